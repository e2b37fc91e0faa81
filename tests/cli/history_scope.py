#!/usr/bin/env python3
"""A policy that counts only runtime paths of histories: what it counts, what
it leaves out, and in shards. TAP on standard output."""
import json
import os

import jsonschema

import _tap

DAY = "--as-of=2026-01-01"
FACTS = _tap.FACTS
POLICY = """policy: 1
name: %s
title: Who wrote it
text: {title: T, date: 2025, source: none, status: own}
concern: {jurisdictions: [CN], rungs: [controlled, established]}
%sweights: {axes: {commits: 1, churn: 1, surviving: 1}, default: 50}
rules:
  - {id: R, title: R, clause: c, confirmed: true, kind: exposure,
     axis: commits, limit: 10%%, severity: high}
"""
COMMITS = [("red.example", "tests/a.c"), ("blue.example", "src/a.c"),
           ("red.example", "docs/a.md"), ("blue.example", "src/b.c")]
STACK = """stack: 1
name: n
functions:
  - function: O-DU
    components:
      - {repository: r.git}
      - {repository: 'https://github.com/DPDK/dpdk'}
"""


def make(folder):
    stream = b""
    for i, (host, path) in enumerate(COMMITS, 1):
        stream += _tap.commit(i, b"N", b"a@" + host.encode(),
                              b"%d +0000" % (1600000000 + i * 86400),
                              {path: b"int a%d;\n" % i}, i - 1 or None)
    _tap.repository(os.path.join(folder, "r.git"), stream)
    for name, text in (
            ("facts.csv", FACTS), ("stack.yaml", STACK),
            ("all.yaml", POLICY % ("all", "")),
            ("runtime.yaml", POLICY % ("runtime",
                                       "history-scope: runtime\n"))):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as f:
            f.write(text)


def scan(folder, *policies, target="r.git", more=()):
    p = _tap.run("scan", "-q", "-o", "json", DAY, "--facts=facts.csv",
                 *more, *(f"--policy={x}.yaml" for x in policies), target,
                 cwd=folder)
    return p.returncode, p.stdout, p.stderr.decode()


def axes(report, component=0):
    a = report["verdicts"][0]["scores"][component]["axes"]
    return {k: (t["all"]["concern"], t["all"]["other"], t["all"]["unknown"])
            for k, t in a.items() if k in ("commits", "churn", "surviving")
            and t}


def only_runtime_paths_count(folder):
    make(folder)
    reports = {x: json.loads(scan(folder, x)[1]) for x in ("all", "runtime")}
    want = {"all": (2, 2, 0), "runtime": (0, 2, 0)}
    found = [f"{x}: {axes(r)}" for x, r in reports.items()
             if any(v != want[x] for v in axes(r).values())]
    told = [d["message"] for d in reports["runtime"]["diagnostics"]
            if d["code"] == "RW1809"]
    return found + ([] if len(told) == 1 and "of 0 components" in told[0]
                    else [f"told {told}"])


def other_histories_are_left_out(folder):
    """What came with the program is of all paths: not observed."""
    make(folder)
    found = []
    for policy, is_seen in (("all", True), ("runtime", False)):
        report = json.loads(scan(folder, policy, target="stack.yaml")[1])
        names = [c["name"] for c in report["components"]]
        i = next(k for k, n in enumerate(names) if "dpdk" in n.lower())
        seen = sum(sum(v) for v in axes(report, i).values()) > 0
        told = [d["message"] for d in report["diagnostics"]
                if d["code"] == "RW1809"]
        if seen != is_seen or (told == []) != is_seen:
            found.append(f"{policy}: {axes(report, i)} {told}")
    return found


def policies_of_one_run_have_one_scope(folder):
    make(folder)
    code, out, err = scan(folder, "all", "runtime")
    return [] if code == 2 and not out and "RW1601" in err and \
        "history-scope" in err else [f"{code} {err}"]


def shards_count_the_same(folder):
    make(folder)
    p = _tap.run("shards", "plan", "-q", "--shards=1",
                 "--facts=facts.csv", "--policy=runtime.yaml", "r.git",
                 cwd=folder)
    document = json.loads(p.stdout)
    with open(os.path.join(folder, "plan.json"), "wb") as f:
        f.write(p.stdout)
    path = os.path.join(_tap.SRCDIR, "docs/shards.schema.json")
    with open(path, encoding="utf-8") as f:
        check = jsonschema.Draft202012Validator(json.load(f))
    found = [e.message for e in check.iter_errors(document)][:3]
    found += [] if p.returncode == 0 and [
        u["scope"] for u in document["units"] if u["kind"] == "history"
    ] == ["runtime"] else [
            f"{p.returncode} {document['units']}"]
    p = _tap.run("shards", "run", "-q", "--facts=facts.csv", "--index=0",
                 "--out=parts", "plan.json", cwd=folder)
    found += [] if p.returncode == 0 else [p.stderr.decode()]
    with_parts = scan(folder, "runtime", more=("--parts=parts",))
    found += [] if with_parts[:2] == scan(folder, "runtime")[:2] else [
        "other bytes", with_parts[2]]
    return found


_tap.main([only_runtime_paths_count, other_histories_are_left_out,
           policies_of_one_run_have_one_scope, shards_count_the_same])
