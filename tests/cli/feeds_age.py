#!/usr/bin/env python3
"""What a policy's max-age leaves out: editions and answers that nobody has
confirmed lately are not there, and that is told. TAP on standard output."""
import json
import os

import _tap
from _feeds import Site

DAY = 86400
POLICY = """policy: 1
name: NAME
title: T
text: {title: T, date: 2026, source: none, status: own}
concern: {jurisdictions: [CN], rungs: [established, controlled]}
evidence: {max-age: DAYS}
weights: {axes: {supply: 1}}
rules:
  - {id: R1, title: T, clause: C, confirmed: true, kind: exposure, limit: 10%,
     severity: low}
"""


def suppliers(folder, *names):
    """A CycloneDX file whose components have nothing but a supplier."""
    path = os.path.join(folder, "product.cdx.json")
    with open(path, "w", encoding="utf-8") as f:
        json.dump({"bomFormat": "CycloneDX", "specVersion": "1.5",
                   "components": [{"type": "library", "name": f"part{i}",
                                   "supplier": {"name": n}}
                                  for i, n in enumerate(names)]}, f)
    return path


def policy(folder, name, days):
    path = os.path.join(folder, name + ".yaml")
    with open(path, "w", encoding="utf-8") as f:
        f.write(POLICY.replace("NAME", name).replace("DAYS", str(days)))
    return path


def scan(site, folder, target, *policies):
    out = os.path.join(folder, "r.json")
    if os.path.exists(out):
        os.unlink(out)
    p = _tap.run("scan", "-q", "--store", site.store, f"--output=json={out}",
                 *[f"--policy={x}" for x in policies], target)
    if not os.path.exists(out):
        return p.returncode, None, p.stderr.decode()
    with open(out, encoding="utf-8") as f:
        return p.returncode, json.load(f), p.stderr.decode()


def is_named(report):
    return report["supply"][0]["organisation"] is not None


def told(report):
    return sorted(d["message"] for d in report["diagnostics"]
                  if d["code"] == "RW1828")


def age(site, days, columns):
    """Makes all that the store knows so many days older."""
    for table, column in columns:
        site.rows(f"UPDATE {table} SET {column} = {column} - ?", days * DAY)


ALL = [("edition", "fetched"), ("feed", "checked_at"), ("answer", "time")]


def known(folder, site):
    target = suppliers(folder, "Asked Networks GmbH")
    code, _, err = site.update("--for", target, "--feed=gleif-api")
    return target, [] if code == 0 else [err]


def what_is_young_counts(folder):
    with Site(folder) as s:
        target, found = known(folder, s)
        age(s, 29, ALL)
        for days in (30, 0):
            code, r, err = scan(s, folder, target, policy(folder, "p", days))
            if not is_named(r) or told(r):
                found.append(f"{days}: {code} {told(r)} {err}")
        return found


def what_is_old_is_told_and_left_out(folder):
    with Site(folder) as s:
        target, found = known(folder, s)
        age(s, 31, ALL)
        code, r, _ = scan(s, folder, target, policy(folder, "p", 30))
        words = told(r)
        if code != 3 or is_named(r) or len(words) != 2 or \
                "gleif-api: answers older than the 30 days" not in words[0] \
                or "gleif-api: its edition of 20" not in words[1]:
            found.append(f"{code} {words}")
        # the same store, for a policy that asks for nothing
        _, r, _ = scan(s, folder, target, policy(folder, "q", 0))
        return found + ([] if is_named(r) and not told(r) else [str(told(r))])


def what_was_found_current_is_young(folder):
    with Site(folder) as s:
        target, found = known(folder, s)
        age(s, 100, [("edition", "fetched")])
        _, r, _ = scan(s, folder, target, policy(folder, "p", 30))
        return found + ([] if is_named(r) and not told(r) else [str(told(r))])


def old_answers_in_a_new_edition_are_old(folder):
    """An edition that is made of answers is no younger than each of them."""
    with Site(folder) as s:
        target, found = known(folder, s)
        age(s, 100, [("answer", "time")])
        s.rows("UPDATE fact SET read = '2020-01-01' WHERE read != ''")
        _, r, _ = scan(s, folder, target, policy(folder, "p", 30))
        return found + ([] if not is_named(r) and len(told(r)) == 1
                        else [str(told(r))])


def a_clock_set_back_makes_nothing_young(folder):
    """Beside an edition of today one of a hundred days ago is old, whatever
    the day of judgement says."""
    with Site(folder) as s:
        target, found = known(folder, s)
        age(s, 100, ALL)
        s.update("--feed=psl")
        env = {"SOURCE_DATE_EPOCH": "1500000000"}
        out = os.path.join(folder, "r.json")
        p = _tap.run("scan", "-q", "--store", s.store, f"--output=json={out}",
                     "--policy=" + policy(folder, "p", 30), target, env=env)
        with open(out, encoding="utf-8") as f:
            r = json.load(f)
        if r["as_of"] != "2017-07-14" or is_named(r) or len(told(r)) != 2:
            found.append(f"{p.returncode} {r['as_of']} {told(r)}")
        return found


def policies_of_a_run_agree(folder):
    with Site(folder) as s:
        target, found = known(folder, s)
        code, r, err = scan(s, folder, target, policy(folder, "p", 30),
                            policy(folder, "q", 31))
        if code != 2 or r or "max-age is not that of 'p'" not in err:
            found.append(f"{code} {err}")
        return found


if __name__ == "__main__":
    _tap.main([what_is_young_counts, what_is_old_is_told_and_left_out,
               what_was_found_current_is_young,
               old_answers_in_a_new_edition_are_old,
               a_clock_set_back_makes_nothing_young,
               policies_of_a_run_agree])
