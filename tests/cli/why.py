#!/usr/bin/env python3
"""`ranwhence why`: the arithmetic that it shows is that of the report, its
chains lead to a list or a jurisdiction with sources, and a name that means
several things or none is refused. TAP on standard output."""
import json
import os
import re

import jsonschema

import _hostile
import _tap

SBOM = os.path.join(_tap.SRCDIR, "fixtures/demo/near-rt-ric.cdx.json")
DAY = ["--as-of=2026-11-25", "-q"]


def report(folder, *arguments):
    path = os.path.join(folder, "r.json")
    _tap.run("scan", *DAY, f"--output=json={path}", *arguments, SBOM)
    return path


def why(*arguments):
    return _tap.run("why", *arguments)


def text(*arguments):
    return why(*arguments).stdout.decode()


def answer(query, path):
    return json.loads(why("--json", query, path).stdout)


def the_json_follows_its_schema(folder):
    path = report(folder, "-p", "default", "-p", "us-889")
    with open(os.path.join(_tap.SRCDIR, "docs/why.schema.json"),
              encoding="utf-8") as f:
        v = jsonschema.Draft202012Validator(json.load(f))
    return [f"{q}: {e.message[:200]}" for q in
            ("rapidjson", "tencent", "DEF-COMMITS", "rule:US-889-PART-B",
             "component:0") for e in
            (v.iter_errors(answer(q, path)) if why(q, path).stdout else ())]


def influence_is_the_sum_that_is_shown(folder):
    path = report(folder)
    found, n = [], 0
    for i in range(6):
        for c in answer(f"component:{i}", path)["components"]:
            weight = sum(a["weight"] for a in c["axes"])
            low = sum(a["weight"] * a["share"]["low_bp"] for a in c["axes"])
            high = sum(a["weight"] * a["share"]["high_bp"] for a in c["axes"])
            want = (low // weight, -(-high // weight))
            got = (c["influence"]["low_bp"], c["influence"]["high_bp"])
            n += 1
            if want != got:
                found.append(f"{c['name']}: {want} {got}")
            for a in c["axes"]:
                units = a["concern"] + a["unknown"] + a["other"]
                if a["observed"] and abs(
                        a["share"]["low_bp"] -
                        10000 * a["concern"] / units) > 2:
                    found.append(f"{c['name']}: {a}")
    return found + ([] if n == 6 else [f"{n} components"])


def the_text_shows_it_too(folder):
    path = report(folder)
    out = text("rapidjson", path)
    found = [w for w in (
        "By the policy default", "supply           20", "by 100 = 20.00-",
        "Comes in by example-near-rt-ric 2.0 > ric-plt-e2 6.0.6 > rapid",
        "publishes rapidjson 1.1.0", "listed proven", "us-1260h lists",
        "is published by Tencent", "Sources", "read 2026-11-25")
        if w not in out]
    return [f"{w!r} is missing" for w in found]


def chains_of_concern_end_at_a_list_or_place(folder):
    path, found, n = report(folder), [], 0
    for o in answer("rapidjson", path)["organisations"]:
        for p in o["policies"]:
            if p["standing"] != "concern":
                continue
            n += 1
            first = p["chain"][0]
            if first["kind"] not in ("lists", "establishes", "controls",
                                     "controlled-from", "owns"):
                found.append(str(first))
            found += [str(f) for f in p["chain"] if not f["sources"]]
            found += [f"{o['id']}: by nothing"] if not (
                o["hosts"] or o["supply"]) else []
    return found + ([] if n else ["nobody is of concern"])


def a_rule_names_what_decides_it(folder):
    path = report(folder)
    out = text("def-commits", path)
    a = answer("DEF-COMMITS", path)
    return [] if "Measured: " in out and "limit: 25.00 %" in out and \
        a["kind"] == "rule" and a["components"] and \
        a["rules"][0]["limit_bp"] == 2500 else [out]


def several_or_none_are_refused(folder):
    path = report(folder)
    found = []
    for query, said in (("ric-plt", "alike are"), ("no such thing", "knows no"),
                        ("", "knows no"), ("component:99", "knows no"),
                        ("rule:tencent", "knows no")):
        p = why(query, path)
        if p.returncode != 2 or p.stdout or said not in p.stderr.decode():
            found.append(f"{query!r}: {p.returncode} {p.stderr!r}")
    several = why("ric-plt", path).stderr.decode()
    first = re.search(r"^  (component:\d+) ", several, re.M)
    if not first or why(first[1], path).returncode:
        found.append(several)
    return found


def every_way_fits_80_columns(folder):
    """But for single words that are longer, such as addresses."""
    path = report(folder, "-p", "default", "-p", "eu-5g-toolbox")
    with open(path, encoding="utf-8") as f:
        r = json.load(f)
    queries = [f"component:{i}" for i in range(len(r["components"]))] + [
        f"organisation:{o['id']}" for o in r["verdicts"][0]["organisations"][
            :10]] + [f"rule:{x['rule']}" for v in r["verdicts"]
                     for x in v["rules"]]
    return [f"{q}: {line!r}" for q in queries
            for line in text(q, path).splitlines()
            if len(line) > 80 and " " in line.strip()] or (
                [] if len(queries) > 20 else ["too few"])


def nothing_hostile_reaches_the_terminal(folder):
    stack = _hostile.stack(folder)
    p = _tap.run("scan", *DAY, "--output=json=r.json", "-p", "policy.yaml",
                 "--facts", "facts.csv", stack, cwd=folder)
    found = [] if p.returncode in (1, 3) else [p.stderr.decode()]
    path = os.path.join(folder, "r.json")
    for i in range(0, 200, 9):
        out = text(f"component:{i}", path)
        if not out or re.search(
                "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e"
                "\u2066-\u2069]", out):
            found.append(f"{i}: {out[:100]!r}")
        json.loads(why("--json", f"component:{i}", path).stdout)
    return found


_tap.main([the_json_follows_its_schema, influence_is_the_sum_that_is_shown,
           the_text_shows_it_too, chains_of_concern_end_at_a_list_or_place,
           a_rule_names_what_decides_it, several_or_none_are_refused,
           every_way_fits_80_columns, nothing_hostile_reaches_the_terminal])
