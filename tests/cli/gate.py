#!/usr/bin/env python3
"""What fails a run: waivers, baseline and --fail-on change the exit status
and never what is reported. TAP on standard output."""
import json
import os

import _tap

DAY = "--as-of=2026-11-25"
POLICY = """policy: 1
name: gate
title: Who writes it
text: {title: T, date: 2026, source: none, status: own}
concern:
  jurisdictions: [CN]
  lists: [us-entity-list]
  rungs: [listed]
weights: {axes: {commits: 1}}
rules:
  - {id: G-PEAK, title: T, clause: C, confirmed: true, kind: peak,
     axis: commits, limit: 10%%, severity: %s}
"""
WAIVER = "waivers: 1\nlist:\n  - {%s, reason: read, owner: office, %s}\n"


def setting(folder, severity="medium"):
    """A repository with a third of its commits from huawei.com, a policy
    that it breaks."""
    repo = os.path.join(folder, "radio")
    if not os.path.isdir(repo):
        _tap.repository(repo, b"".join(
            _tap.commit(i, b"A", b"a@%s" % host,
                        b"%d +0000" % (1600000000 + i),
                        {"f": b"%d" % i}, i - 1 if i > 1 else None)
            for i, host in enumerate([b"huawei.com", b"nokia.com",
                                      b"nokia.com"], 1)))
    write(folder, "p.yaml", POLICY % severity)
    return "radio"


def write(folder, name, text):
    with open(os.path.join(folder, name), "w", encoding="utf-8") as f:
        f.write(text)
    return name


def scan(folder, *more, report="r.json"):
    """(exit status, the verdict, the report, standard error)"""
    p = _tap.run("scan", "-q", DAY, "-p", "p.yaml", "-o", f"json={report}",
                 *more, "radio", cwd=folder)
    document = None
    if p.returncode not in (2, 4):
        with open(os.path.join(folder, report), encoding="utf-8") as f:
            document = json.load(f)
    return (p.returncode, document and document["verdicts"][0], document,
            p.stderr.decode())


def wants(got, status, gate, aside):
    code, verdict, _, err = got
    if verdict is None:
        return [f"exit {code}: {err}"]
    rule = verdict["rules"][0]
    found = (code, verdict["state"], rule["state"], verdict["gate"],
             rule["set_aside"])
    want = (status, "not met", "not met", gate, aside)
    return [] if found == want else [f"wanted {want}, got {found}"]


def a_broken_rule_fails(folder):
    setting(folder)
    return wants(scan(folder), 1, "not met", None)


def a_waiver_lets_it_pass(folder):
    setting(folder)
    name = write(folder, "w.yaml", WAIVER % ("organisation: Huawei",
                                             "expires: 2027-01-01"))
    got = scan(folder, "--waivers", name)
    found = wants(got, 0, "met", "waived")
    waiver = got[2]["gate"]["waivers"][0]
    if (waiver["state"], waiver["used"], waiver["line"]) != \
            ("holds", True, 3):
        found.append(str(waiver))
    text = _tap.run("scan", DAY, "-p", "p.yaml", "--waivers", name, "radio",
                    cwd=folder).stdout.decode()
    return found + [f"the text lacks: {t}" for t in (
        "Gate: met (1 waived)", "not met", "Waived until 2027-01-01",
        "office", "w.yaml:3") if t not in text]


def an_expired_waiver_is_none_and_says_so(folder):
    setting(folder)
    name = write(folder, "w.yaml", WAIVER % ("rule: G-PEAK",
                                             "expires: 2026-11-25"))
    got = scan(folder, "--waivers", name)
    codes = [(d["code"], d["line"]) for d in got[2]["diagnostics"]]
    text = _tap.run("scan", DAY, "-p", "p.yaml", "--waivers", name, "radio",
                    cwd=folder).stdout.decode()
    return wants(got, 1, "not met", None) + \
        ([] if ("RW1604", 3) in codes else [str(codes)]) + \
        ([] if "expired" in text else ["the text is silent"])


def a_waiver_that_fits_nothing_is_named(folder):
    setting(folder)
    name = write(folder, "w.yaml", WAIVER % ("purl: pkg:npm/none",
                                             "expires: 2027-01-01"))
    got = scan(folder, "--waivers", name)
    codes = [d["code"] for d in got[2]["diagnostics"]]
    return wants(got, 1, "not met", None) + \
        ([] if "RW1605" in codes else [str(codes)])


def a_waiver_in_the_tree_is_not_obeyed(folder):
    setting(folder)
    os.mkdir(os.path.join(folder, "work"))
    for name in ("waivers.yaml", ".ranwhence.yaml"):
        write(folder, name, WAIVER % ("rule: G-PEAK", "expires: 2027-01-01"))
    return wants(scan(folder), 1, "not met", None)


def what_the_baseline_had_passes(folder):
    setting(folder)
    scan(folder, report="old.json")
    got = scan(folder, "--baseline", "old.json")
    found = wants(got, 0, "met", "known")
    gate = got[2]["gate"]
    if (gate["baseline"], gate["baseline_as_of"]) != ("old.json",
                                                      "2026-11-25"):
        found.append(str(gate))
    return found


def what_is_new_fails(folder):
    setting(folder)
    scan(folder, report="old.json")
    path = os.path.join(folder, "old.json")
    with open(path, encoding="utf-8") as f:
        old = json.load(f)
    old["verdicts"][0]["rules"][0]["organisations"] = ["zte"]
    with open(path, "w", encoding="utf-8") as f:
        json.dump(old, f)
    return wants(scan(folder, "--baseline", "old.json"), 1, "not met", None)


def fail_on_sets_a_threshold(folder):
    found = []
    for severity, what, status in (
            ("medium", "medium", 1), ("medium", "high", 0),
            ("critical", "high", 1), ("critical", "never", 0),
            ("medium", "high,unproven", 0), ("high", "not-met", 1)):
        setting(folder, severity)
        found += wants(scan(folder, f"--fail-on={what}"), status,
                       "met" if status == 0 else "not met",
                       None if status else "minor")
    return found


def refuses(folder, says, *options):
    code, _, _, err = scan(folder, *options)
    if code != 2 or says not in err:
        return [f"{options}: exit {code}, wanted 2 and {says!r}: {err}"]
    return []


def bad_input(folder):
    setting(folder)
    scan(folder, report="old.json")
    forever = write(folder, "w.yaml", "waivers: 1\nlist:\n"
                    "  - {rule: R, reason: r, owner: o}\n")
    with open(os.path.join(folder, "old.json"), encoding="utf-8") as f:
        text = f.read()
    other = write(folder, "other.json", text.replace(
        '"policy": "gate"', '"policy": "other"'))
    edition = write(folder, "edition.json", text.replace(
        '"policy_sha256": "', '"policy_sha256": "0'))
    schema = write(folder, "schema.json", "{\n" + text[1:].replace(
        "ranwhence.report/1", "ranwhence.report/2"))
    cut = write(folder, "cut.json", text[:len(text) // 2])
    return refuses(folder, "w.yaml:3:5: ", "--waivers", forever) + \
        refuses(folder, "[RW1603]", "--waivers", forever) + \
        refuses(folder, "none.yaml", "--waivers", "none.yaml") + \
        refuses(folder, "[RW1606]", "--baseline", other) + \
        refuses(folder, "another edition", "--baseline", edition) + \
        refuses(folder, "schema.json:1: ", "--baseline", schema) + \
        refuses(folder, "[RW1606]", "--baseline", cut) + \
        refuses(folder, "none.json", "--baseline", "none.json") + \
        refuses(folder, "--fail-on=now", "--fail-on=now")


def a_rule_that_does_not_hold_yet_passes_nothing(folder):
    repo = setting(folder)
    write(folder, "p.yaml", (POLICY % "high").replace(
        "limit:", "from: 2031-01-01, limit:"))
    p = _tap.run("scan", "-q", DAY, "-p", "p.yaml", repo, cwd=folder)
    line = [l for l in p.stdout.decode().splitlines() if "gate: " in l]
    if p.returncode != 5 or not line or not line[0].startswith("  n/a  "):
        return [f"exit {p.returncode}: {line}"]
    return []


_tap.main([a_broken_rule_fails, a_waiver_lets_it_pass,
           an_expired_waiver_is_none_and_says_so,
           a_waiver_that_fits_nothing_is_named,
           a_waiver_in_the_tree_is_not_obeyed, what_the_baseline_had_passes,
           what_is_new_fails, fail_on_sets_a_threshold,
           a_rule_that_does_not_hold_yet_passes_nothing, bad_input])
