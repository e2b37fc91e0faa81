#!/usr/bin/env python3
"""What must hold between two runs: adding an unknown raises no lower bound,
resolving one widens no interval, taking away a component of concern worsens
no verdict, and the order of the input changes nothing. TAP on standard
output."""
import json
import os
import random

import _tap

DAY = ["-q", "--as-of=2025-06-15"]
RULES = """policy: 1
name: meta
title: T
text: {title: T, date: 2025, source: none, status: own}
concern: {jurisdictions: [CN], rungs: [controlled, established]}
weights: {axes: {commits: 3, supply: 1}, functions: {O-DU: 100, xApp: 40}}
component-limit: 20%
rules:
"""
KINDS = ["kind: exposure, axis: commits, limit: 20%",
         "kind: exposure, limit: 30%", "kind: peak, axis: commits, limit: 60%",
         "kind: breadth, axis: commits, limit: 40%", "kind: supplier",
         "kind: exposure, axis: commits, window: 12, limit: 15%",
         "kind: pattern, match: {host: '^red[.]'}"]
FACTS = _tap.FACTS
HOSTS = ["red.example", "blue.example", "grey.example", "dim.example",
         "dusk.example"]
ORDER = {"met": 0, "not applicable": 0, "unproven": 1, "not met": 2}


class Stack:
    """Components with commits per host and month, and facts."""

    def __init__(self, seed):
        rng = random.Random(seed)
        self.commits = {
            f"c{i}": {h: {f"{y}-0{m}": rng.randint(0, 30)
                          for y in (2020, 2025) for m in (1, 4)}
                      for h in rng.sample(HOSTS, rng.randint(1, 5))}
            for i in range(6)}
        self.dark = {"c5"} if rng.random() < 0.5 else set()
        self.supplier = {c: rng.choice(["Red Works", "Blue Works", "Grey", ""])
                         for c in self.commits}
        self.facts = FACTS

    def digest(self, name):
        def counts(n):
            return {"commits": n, "credits": n * 720720, "excluded": 0,
                    "co_authored": 0, "squashed": 0, "added": None,
                    "deleted": None, "weighed": None, "imports": None,
                    "surviving": None, "surviving_source": None,
                    "reviews": None, "submits": None, "lines": None}
        hosts = [{
            "host": h, "organisation": None, "class": "unknown",
            **counts(sum(months.values())), "contributors": 3,
            "months": [[m, n, n * 720720, 0] + [None] * 7
                       for m, n in sorted(months.items())]}
            for h, months in sorted(self.commits[name].items())]
        return {"schema": "ranwhence.digest/3",
                "repository": f"https://git.example/{name}",
                "head": "0" * 40, "range": {"from": None, "to": None},
                "engine": {"counts": 2, "classes": 1},
                "asked": {"since": None, "scope": "all", "paths": [],
                          "classes": [], "max_commits": None,
                          "max_seconds": None}, "incomplete": [],
                "totals": {**counts(sum(h["commits"] for h in hosts)),
                           "contributors": 3 * len(hosts), "merges": 0},
                "hosts": hosts, "seats": None, "diagnostics": []}

    def write(self, folder, rng=None):
        os.makedirs(folder + "/d")
        names = list(self.commits)
        rows = self.facts.splitlines()
        if rng:
            rng.shuffle(names)
            head, body = rows[0], rows[1:]
            rng.shuffle(body)
            rows = [head] + body
        for i, c in enumerate(names):
            if c not in self.dark:
                with open(f"{folder}/d/{i}.json", "w", encoding="utf-8") as f:
                    json.dump(self.digest(c), f)
        with open(folder + "/facts.csv", "w", encoding="utf-8") as f:
            f.write("\n".join(rows) + "\n")
        with open(folder + "/policy.yaml", "w", encoding="utf-8") as f:
            f.write(RULES + "".join(
                "  - {id: R-%d, title: T, clause: C, confirmed: true, "
                "severity: high, %s}\n" % (i, k)
                for i, k in enumerate(KINDS)))
        with open(folder + "/stack.yaml", "w", encoding="utf-8") as f:
            f.write("stack: 1\nname: s\nfunctions:\n")
            for c in names:
                f.write("  - function: %s\n    components:\n"
                        "      - purl: pkg:generic/%s?vcs_url=git%%2Bhttps:"
                        "//git.example/%s\n" % (
                            "xApp" if int(c[1:]) % 2 else "O-DU", c, c))
                if self.supplier[c]:
                    f.write(f"        supplier: {self.supplier[c]}\n")

    def judge(self, folder, *more, rng=None):
        self.write(folder, rng)
        p = _tap.run("scan", *DAY, "-p", "policy.yaml", "--facts",
                     "facts.csv", "--digests", "d", "-o", "json", *more,
                     "stack.yaml", cwd=folder)
        return json.loads(p.stdout)


def intervals(report):
    """Every share that is bounded, by name; commits must be observed."""
    v = report["verdicts"][0]
    out = {"headline": v["headline"], "range": v["range"]}
    for a, r in v["axes"].items():
        for k in ("exposure", "peak", "breadth"):
            out[f"{a} {k}"] = r[k]
    for f in v["functions"]:
        out[f"{f['function']}"] = f["all"]["exposure"]
    for s in v["scores"]:
        name = report["components"][s["component"]]["name"]
        out[name] = s["influence"]
        for a, t in s["axes"].items():
            for w, x in (t or {}).items():
                out[f"{name} {a} {w}"] = x
    return {k: (i["low_bp"], i["high_bp"]) for k, i in out.items()}


def states(report):
    return {r["rule"]: r["state"] for r in report["verdicts"][0]["rules"]}


def runs(folder, change):
    """(name, before, after) of random stacks and a change to each."""
    for seed in range(12):
        stack = Stack(seed)
        before = stack.judge(f"{folder}/{seed}a")
        what = change(stack, random.Random(seed))
        yield f"{seed} {what}", before, stack.judge(f"{folder}/{seed}b")


def digests_are_found(folder):
    report = Stack(1).judge(folder + "/x")
    seen = sum(bool(s["axes"]["commits"]) for s in
               report["verdicts"][0]["scores"])
    return [] if seen >= 5 else [f"{seen} components have commits"]


def an_unknown_raises_no_lower_bound(folder):
    def add(stack, rng):
        c = rng.choice([c for c in stack.commits if c not in stack.dark])
        stack.commits[c].setdefault("nobody.example", {})["2025-04"] = \
            rng.randint(1, 60)
        return c
    return [f"{name}: {k} {a[k]} {b[k]}"
            for name, x, y in runs(folder, add)
            for a, b in [(intervals(x), intervals(y))]
            for k in a if k in b and b[k][0] > a[k][0]][:5]


def resolving_widens_no_interval(folder):
    def resolve(stack, rng):
        host, org = rng.choice(["grey.example", "dim.example"]), rng.choice(
            ["red-works", "blue-works"])
        stack.facts += f"host,{host},{org},,,,own-word,2025,,A,,\n"
        return f"{host} {org}"
    found = []
    for name, x, y in runs(folder, resolve):
        a, b = intervals(x), intervals(y)
        found += [f"{name}: {k} {a[k]} {b[k]}" for k in a if k in b and
                  (b[k][0] < a[k][0] or b[k][1] > a[k][1])]
        before, after = states(x), states(y)
        found += [f"{name}: {r} {before[r]} {after[r]}" for r in before
                  if before[r] in ("met", "not met")
                  and before[r] != after[r] and r != "R-6"]
    return found[:5]


def a_digest_more_widens_no_interval(folder):
    def light(stack, _):
        stack.dark = set()
        return "c5"
    return [f"{name}: {k} {a[k]} {b[k]}"
            for name, x, y in runs(folder, light)
            for a, b in [(intervals(x), intervals(y))]
            for k in a if k in b and k != "range"
            and (b[k][0] < a[k][0] or b[k][1] > a[k][1])][:5]


def without_what_is_of_concern_nothing_is_worse(folder):
    found = []
    for seed in range(12):
        stack = Stack(seed)
        stack.commits["c0"] = {"red.example": {"2025-04": 9, "2020-01": 9}}
        stack.supplier["c0"] = "Red Works"
        before = states(stack.judge(f"{folder}/{seed}a"))
        after = states(stack.judge(f"{folder}/{seed}b", "--without",
                                   "pkg:generic/c0"))
        found += [f"{seed}: {r} {before[r]} {after[r]}" for r in before
                  if ORDER[after[r]] > ORDER[before[r]]]
    return found[:5]


def by_name(report):
    """The report without what stands for the order of the input."""
    v = report["verdicts"][0]
    names = [c["name"] for c in report["components"]]
    return (intervals(report), v["state"], sorted(
        (r["rule"], r["state"], r["reason"], sorted(
            names[c] for c in r["components"]), r["organisations"])
        for r in v["rules"]), sorted(
            (q["text"], q["gain_bp"]) for q in v["questions"]))


def the_order_of_input_changes_nothing(folder):
    found = []
    for seed in range(8):
        stack = Stack(seed)
        a = by_name(stack.judge(f"{folder}/{seed}a"))
        b = by_name(stack.judge(f"{folder}/{seed}b",
                                rng=random.Random(seed)))
        found += [f"{seed}: {x} {y}"[:300] for x, y in zip(a, b) if x != y]
    return found[:5]


_tap.main([digests_are_found, an_unknown_raises_no_lower_bound,
           resolving_widens_no_interval, a_digest_more_widens_no_interval,
           without_what_is_of_concern_nothing_is_worse,
           the_order_of_input_changes_nothing])
