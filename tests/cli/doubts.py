#!/usr/bin/env python3
"""What the authors of commits write themselves moves no proven bound, and
hides nobody from the upper one. TAP on standard output."""
import json
import os

import _tap

FACTS = _tap.FACTS
POLICY = """policy: 1
name: who
title: Who wrote it
text: {title: T, date: 2025, source: none, status: own}
concern: {jurisdictions: [CN], rungs: [controlled, established]}
%sweights: {axes: {commits: 1, churn: 1, surviving: 1, review: 1}, default: 50}
rules:
  - {id: R, title: R, clause: c, confirmed: true, kind: exposure,
     axis: commits, limit: 10%%, severity: high}
"""
RED, BLUE = b"r@red.example", b"b@blue.example"
DAY = 86400
NOW = 1795651200  # 2026-11-26


def scan(folder, commits, evidence=""):
    """The report on a history of (address, seconds, files, message)."""
    stream = b"".join(
        _tap.commit(i, b"N", who, b"%d +0000" % when, files, i - 1, message)
        for i, (who, when, files, message) in enumerate(commits, 1))
    os.makedirs(folder, exist_ok=True)
    path = os.path.join(folder, "r.git")
    _tap.repository(path, stream)
    for name, text in (("f.csv", FACTS), ("p.yaml", POLICY % evidence)):
        with open(os.path.join(folder, name), "w", encoding="ascii") as f:
            f.write(text)
    done = _tap.run("scan", "-q", "--no-cache", "--facts",
                    os.path.join(folder, "f.csv"), "--policy",
                    os.path.join(folder, "p.yaml"), "-o", "json",
                    "--as-of=2026-11-26", path)
    return json.loads(done.stdout)


def each(who, first, n, step=DAY, message=b"x"):
    """n commits of a line each."""
    return [(who, first + i * step, {"f%d.c" % i: b"%d %d\n" % (i, first)},
             message) for i in range(n)]


def tally(report, axis="commits", window="all"):
    t = report["verdicts"][0]["scores"][0]["axes"][axis][window]
    return t["concern"], t["other"], t["unknown"]


def told(report, code):
    return [d["message"] for d in report["diagnostics"] if d["code"] == code]


def differs(what, got, want):
    return [] if got == want else [f"{what}: {got}, not {want}"]


def robots_hide_nobody(folder):
    """Anybody can claim to be one: on no axis do they leave the bounds."""
    found = []
    for i, who in enumerate((b"1+x[bot]@users.noreply.github.com",
                             b"noreply@github.com", b"jenkins-li@red.example",
                             b"zuul@blue.example", b"gerrit@onap.org")):
        report = scan(os.path.join(folder, str(i)),
                      each(BLUE, NOW - 90 * DAY, 10) +
                      each(who, NOW - 60 * DAY, 40))
        for axis, units in (("commits", 10), ("churn", 10),
                            ("surviving", 0)):
            # the later lines stand in the same files, and some are new
            got = tally(report, axis)
            if got[0] or got[1] > units or got[2] < 40 - units:
                found.append(f"{who} {axis}: {got}")
        found += differs("RW1816", [m.split()[0] for m in
                                    told(report, "RW1816")], ["40"])
    return found


def a_few_robots_are_no_news(folder):
    report = scan(folder, each(BLUE, NOW - 90 * DAY, 19) +
                  each(b"gerrit@onap.org", NOW - 60 * DAY, 1))
    return differs("RW1816", told(report, "RW1816"), []) + \
        differs("commits", tally(report), (0, 19, 1))


CONCERN = "evidence: {concern-authorship: consistent}\n"


def forged_addresses_prove_nothing(folder):
    """They move the upper bound, signed off or not; who has long been there
    is in the lower."""
    off = b"x\n\nSigned-off-by: R <r@red.example>\n"
    found = []
    for name, evidence, message, want in (
            ("plain", CONCERN, b"x", (0, 7, 3)),
            ("signed", CONCERN, off, (0, 7, 3)),
            ("none", "", b"x", (3, 7, 0))):
        report = scan(os.path.join(folder, name),
                      each(BLUE, NOW - 90 * DAY, 7) +
                      each(RED, NOW - 60 * DAY, 3, message=message), evidence)
        found += differs(name, tally(report), want)
        if evidence and tally(report, "churn")[0]:
            found.append(f"{name}: lines are proven")
    report = scan(os.path.join(folder, "old"),
                  each(RED, NOW - 400 * DAY, 10, 10 * DAY) +
                  each(BLUE, NOW - 90 * DAY, 5), CONCERN)
    return found + differs("old", tally(report), (10, 5, 0))


def forged_reviews_prove_nothing(folder):
    """And yet they are counted."""
    by = b"x\n\nReviewed-by: R <r@red.example>\n"
    report = scan(folder, each(BLUE, NOW - 90 * DAY, 10, message=by), CONCERN)
    return differs("review", tally(report, "review"), (0, 0, 10))


def co_authors_hide_nobody(folder):
    """An author may have written all of it, whoever is named beside."""
    pad = b"x\n\n" + b"".join(b"Co-authored-by: P <p%d@blue.example>\n" % i
                              for i in range(15))
    found = []
    for name, author, message, want in (
            ("pad", RED, pad, (1, 0, 15)), ("own", BLUE, pad, (0, 16, 0)),
            ("accused", BLUE, pad.replace(b"blue", b"red"), (0, 1, 15))):
        report = scan(os.path.join(folder, name), [
            (author, NOW - (90 - i) * DAY, {"%d.c" % i: b"%d\n" % i * 1600},
             message) for i in range(20)])
        found += differs(name, tally(report, "churn"),
                         tuple(n * 2000 for n in want))
        t = report["verdicts"][0]["scores"][0]["axes"]["commits"]["all"]
        if "credits" in t:
            t = {k: n / 720720 for k, n in t["credits"].items()}
        found += differs(name, (t["concern"], t["other"], t["unknown"]),
                         tuple(n * 1.25 for n in want))
    return found


def marks_hide_nobody(folder):
    """Whoever writes a file can call it generated."""
    mark = b"// Code generated by x. DO NOT EDIT.\n"
    found = []
    for name, who, path, text, want in (
            ("marked", RED, "h.c", mark, (0, 50, 8001)),
            ("named", RED, "h_generated.c", b"\n", (0, 50, 8001)),
            ("honest", BLUE, "h.c", mark, (0, 50, 0)),
            ("plain", RED, "h.c", b"\n", (8001, 50, 0))):
        report = scan(os.path.join(folder, name), [
            (BLUE, NOW - 90 * DAY, {"a.c": b"b\n" * 50}, b"x"),
            (who, NOW - 60 * DAY, {path: text + b"r\n" * 8000}, b"x")])
        found += differs(name, tally(report, "surviving"), want) + \
            differs(name, tally(report, "churn"),
                    tuple(min(n, 5000) for n in want)) + \
            differs(name, len(told(report, "RW1818")), name != "plain")
    return found


def dates_after_the_day_of_judgement(folder):
    """They may be of the last 12 months, whoever bears them."""
    report = scan(folder, each(BLUE, NOW - 90 * DAY, 8) +
                  each(RED, NOW + 90 * DAY, 12))
    return differs("12 months", tally(report, window="last_12_months"),
                   (0, 8, 12)) + \
        differs("all", tally(report), (12, 8, 0)) + \
        differs("RW1815", [m.split()[0] for m in told(report, "RW1815")],
                ["12"])


def dates_that_cannot_be(folder):
    report = scan(folder, each(BLUE, NOW - 90 * DAY, 2) +
                  each(RED, NOW - 900 * DAY, 3) +
                  each(RED, 4200000000, 1) + each(BLUE, NOW - 3 * DAY, 1))
    return differs("RW1430", [m.split(" ", 1) for m in
                              sorted(told(report, "RW1430"))],
                   [["1", "commits are dated in 2100 or later"],
                    ["3", "commits are dated more than a year before one "
                     "that they build on"]])


def dates_of_work_that_waited(folder):
    report = scan(folder, each(BLUE, NOW - 90 * DAY, 2) +
                  each(BLUE, NOW - 300 * DAY, 3))
    return differs("RW1430", told(report, "RW1430"), [])


if __name__ == "__main__":
    _tap.main([co_authors_hide_nobody, robots_hide_nobody, marks_hide_nobody,
               a_few_robots_are_no_news,
               forged_addresses_prove_nothing, forged_reviews_prove_nothing,
               dates_after_the_day_of_judgement, dates_that_cannot_be,
               dates_of_work_that_waited])
