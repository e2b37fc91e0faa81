#!/usr/bin/env python3
"""ranwhence trend --by: a repository over time. TAP on standard output."""
import datetime
import json
import os
import subprocess

import jsonschema

import _hostile
import _tap
from _page import holds, problems, rounded, rows

FACTS = _tap.FACTS
POLICY = """policy: 1
name: who
title: Who wrote it
text: {title: T, date: 2025, source: none, status: own}
concern: {jurisdictions: [CN], rungs: [controlled, established]}
weights: {axes: {commits: 1}, default: 50}
rules:
  - {id: R, title: R, clause: c, confirmed: true, kind: exposure,
     axis: commits, limit: 10%, severity: high}
"""
# (day, host, tag): each one commit on the one before
COMMITS = [("2020-01-10", "red.example", ""), ("2020-03-30", "blue.example",
                                               ""),
           ("2020-04-01", "blue.example", "v1"),
           ("2020-04-02", "grey.example", ""), ("2021-12-31", "red.example",
                                                ""),
           ("2021-12-30", "red.example", "v2"), ("2022-01-01", "blue.example",
                                                 "")]


# Hosts of lead and committers, from a commit on
SEATS = {2: "red red", 4: "red blue grey", 5: "blue blue", 7: "blue"}
SEATS_SAID = [("2020-Q1", {"Red Works": 2}),
              ("2020-Q2", {"Red Works": 1, "Blue Works": 1, None: 1}),
              ("2021-Q4", {"Blue Works": 2}), ("2022-Q1", {"Blue Works": 1})]


def info(hosts):
    lead, *committers = [h.encode() for h in hosts.split()]
    return b"project_lead: {email: l@%s.example}\ncommitters:\n" % lead + \
        b"".join(b"- {email: c%d@%s.example}\n" % (i, h)
                 for i, h in enumerate(committers))


def make(folder, seats=None):
    path = os.path.join(folder, "r.git")
    stream = b""
    for i, (day, host, tag) in enumerate(COMMITS, 1):
        when = datetime.datetime.fromisoformat(day + "T12:00:00+00:00")
        files = {"f": b"%d" % i}
        if seats and i in seats:
            files["INFO.yaml"] = info(seats[i])
        stream += _tap.commit(i, b"N", b"a@" + host.encode(),
                              b"%d +0000" % when.timestamp(), files, i - 1)
        if tag:
            stream += b"reset refs/tags/%s\nfrom :%d\n\n" % (tag.encode(), i)
    _tap.repository(path, stream)
    for name, text in (("facts.csv", FACTS), ("who.yaml", POLICY)):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as f:
            f.write(text)
    return path


def trend(folder, by, *arguments, target=None):
    path = target or make(folder)
    p = _tap.run("trend", "-q", "--as-of=2026-01-01", "--by=" + by,
                 "--facts=" + folder + "/facts.csv",
                 "--policy=" + folder + "/who.yaml", *arguments, path)
    return p.returncode, p.stdout.decode(), p.stderr.decode()


def counts(folder, by):
    code, out, err = trend(folder, by, "--json")
    document = json.loads(out or "{}")
    rows = [(p["name"], *(p["commits"][k] for k in
                          ("concern", "other", "unknown")))
            for p in document["policies"][0]["periods"]]
    return rows if code == 0 else [code, err]


def quarters_are_of_the_author_date(folder):
    want = [("2020-Q1", 1, 1, 0), ("2020-Q2", 0, 1, 1), ("2021-Q4", 2, 0, 0),
            ("2022-Q1", 0, 1, 0)]
    got = counts(folder, "quarter")
    return [] if got == want else [str(got)]


def releases_are_what_came_with_a_tag(folder):
    want = [("v1", 1, 2, 0), ("v2", 2, 0, 1), (None, 0, 1, 0)]
    got = counts(folder, "release")
    return [] if got == want else [str(got)]


def what_is_brought_in_does_not_count(folder):
    """A stack of the repository and an SBOM that names it: once, and not the
    histories of dependencies."""
    make(folder)
    subprocess.run(["git", "-C", folder + "/r.git", "config",
                    "remote.origin.url", "https://x.example/r"], check=True)
    with open(folder + "/stack.yaml", "w", encoding="utf-8") as f:
        f.write("stack: 1\nname: n\nfunctions:\n  - function: O-DU\n"
                "    components:\n      - {repository: r.git}\n"
                "      - {repository: 'https://github.com/DPDK/dpdk'}\n")
    out = trend(folder, "quarter", "--json", target=folder + "/stack.yaml")[1]
    both = json.loads(out)["policies"][0]["periods"]
    alone = counts(folder, "quarter")
    return [] if len(both) > len(alone) else [f"{len(both)} {len(alone)}"]


def what_is_left_out_is_told(folder):
    """A product without a history: counted, said, and exit 3."""
    make(folder)
    with open(folder + "/stack.yaml", "w", encoding="utf-8") as f:
        f.write("stack: 1\nname: n\nfunctions:\n  - function: O-DU\n"
                "    components:\n      - {repository: r.git}\n"
                "      - {purl: 'pkg:generic/dark'}\n")
    found = []
    for form, says in ((["--json"], '"left_out": 1'),
                       ([], "1 product without a history")):
        code, out, _ = trend(folder, "quarter", *form,
                             target=folder + "/stack.yaml")
        if code != 3 or says not in out or "2020-Q1" not in out:
            found.append(f"{form}: {code} {out[-400:]}")
    return found


def schema_and_text(folder):
    path = os.path.join(_tap.SRCDIR, "docs/periods.schema.json")
    with open(path, encoding="utf-8") as f:
        check = jsonschema.Draft202012Validator(json.load(f))
    found = []
    for by in ("quarter", "release"):
        document = json.loads(trend(folder, by, "--json",
                                    target=folder + "/r.git"
                                    if by == "release" else None)[1])
        found += [e.message[:200] for e in check.iter_errors(document)][:3]
        if check.is_valid({k: v for k, v in document.items() if k != "by"}):
            found.append("the schema takes it without `by`")
    text = trend(folder, "quarter", target=folder + "/r.git")[1]
    rows = [x.split()[0] for x in text.splitlines() if x[2:4] == "20"]
    if rows != ["2020-Q1", "2020-Q2", "2021-Q4", "2022-Q1"] or \
            "###" not in text:
        found.append(text)
    return found + [x for x in text.splitlines() if len(x) > 80]


def cell(tally):
    if tally is None:
        return ["not observed"]
    return [rounded(tally["share"]["low_bp"], tally["share"]["high_bp"])] + [
        f"{word} {tally[key]}" for word, key in (
            ("of concern", "concern"), ("unknown", "unknown"),
            ("ruled out", "other"))]


def page_says_what_the_json_says(folder):
    make(folder)
    found = []
    for by in ("quarter", "release"):
        target = folder + "/r.git"
        _, page, err = trend(folder, by, "--html", target=target)
        found += problems(page.encode()) + ([err] if err else [])
        for p in json.loads(trend(folder, by, "--json", target=target)[1])[
                "policies"]:
            got = rows(page)["p-" + p["policy"]]
            for x in p["periods"]:
                want = [[x["name"] or "since the last one"]] + [
                    cell(x[a]) for a in ("commits", "churn", "review")]
                if not any(holds(r, want) for r in got):
                    found.append(f"no row {want}")
        if page != trend(folder, by, "--html", target=target)[1]:
            found.append("runs differ")
    return found


def page_tells_what_is_left_out(folder):
    make(folder)
    with open(folder + "/stack.yaml", "w", encoding="utf-8") as f:
        f.write("stack: 1\nname: '<b>n'\nfunctions:\n  - function: O-DU\n"
                "    components:\n      - {purl: 'pkg:generic/dark'}\n")
    code, page, _ = trend(folder, "quarter", "--html",
                          target=folder + "/stack.yaml")
    found = problems(page.encode()) + ([] if code == 3 else [str(code)])
    return found + [f"not told: {x}" for x in
                    ("1 product without a history", "No history was read",
                     "&lt;b&gt;n by quarter") if x not in
                    page.replace("\u00a0", " ")]


def page_takes_no_markup_from_tags(folder):
    path = make(folder)
    for text in _hostile.strings()[:60]:
        name = f"refs/tags/{text}"
        if "\0" not in name and "\n" not in name:
            subprocess.run(["git", "-C", path, "update-ref", name, "main"],
                           capture_output=True, check=False)
    page = trend(folder, "release", "--html", target=path)[1]
    return problems(page.encode())


def seats_stand_at_the_end_of_a_quarter(folder):
    """By organisation, in all three forms; of releases nothing is said."""
    target = make(folder, SEATS)
    document = json.loads(trend(folder, "quarter", "--json",
                                target=target)[1])
    periods = document["policies"][0]["periods"]
    got = [(p["name"], {s["organisation"]: s["seats"] for s in p["seats"]})
           for p in periods]
    found = [] if got == SEATS_SAID else [str(got)]
    shares = [(p["stewardship"]["concern"], p["stewardship"]["other"],
               p["stewardship"]["unknown"]) for p in periods]
    found += [] if shares == [(2, 0, 0), (1, 1, 1), (0, 2, 0), (0, 1, 0)] \
        else [str(shares)]
    path = os.path.join(_tap.SRCDIR, "docs/periods.schema.json")
    with open(path, encoding="utf-8") as f:
        check = jsonschema.Draft202012Validator(json.load(f))
    found += [e.message[:200] for e in check.iter_errors(document)][:3]
    text = trend(folder, "quarter", target=target)[1]
    rows_of = [x.split(None, 1) for x in text[text.index("seats at"):]
               .splitlines() if x[2:4] == "20"]
    if [r[0] for r in rows_of] != [n for n, _ in SEATS_SAID] or \
            not rows_of[1][1].endswith("1 (unknown), 1 Blue Works, 1 Red "
                                       "Works"):
        found.append(text)
    page = trend(folder, "quarter", "--html", target=target)[1]
    found += problems(page.encode())
    for p in periods:
        want = [[p["name"]]] + [cell(p[a]) for a in (
            "commits", "churn", "review", "stewardship")]
        want[-1] += [f"{s['seats']} {s['organisation'] or 'of nobody known'}"
                     for s in p["seats"]]
        if not any(holds(r, want) for r in rows(page)["p-who"]):
            found.append(f"no row {want}")
    text = trend(folder, "release", "--json", target=target)[1]
    return found + ["seats of a release" for p in json.loads(text)[
        "policies"][0]["periods"] if p["seats"] or p["stewardship"]]


def seats_change_only_where_an_edition_does(folder):
    """Before the first one they are not observed, not 0."""
    target = make(folder, {3: "red", 6: "red"})
    text = trend(folder, "quarter", target=target)[1]
    said = [x.split()[0] for x in text[text.index("seats at"):].splitlines()
            if x[2:4] == "20"]
    first = json.loads(trend(folder, "quarter", "--json", target=target)[1])[
        "policies"][0]["periods"][0]
    return [] if said == ["2020-Q2"] and first["seats"] is None and \
        first["stewardship"] is None else [text, str(first)]


def bad_input(folder):
    found = []
    for by, target, says in (("month", None, "not quarter or release"),
                             ("release", folder, "takes one git repository"),
                             ("quarter", folder + "/none", "RW1001")):
        code, out, err = trend(folder, by, target=target)
        if code != 2 or out or says not in err:
            found.append(f"{by}: {code} {err}")
    return found


_tap.main([quarters_are_of_the_author_date, releases_are_what_came_with_a_tag,
           what_is_brought_in_does_not_count, what_is_left_out_is_told,
           schema_and_text, page_says_what_the_json_says,
           page_tells_what_is_left_out, page_takes_no_markup_from_tags,
           seats_stand_at_the_end_of_a_quarter,
           seats_change_only_where_an_edition_does, bad_input])
