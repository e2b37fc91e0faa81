#!/usr/bin/env python3
"""ranwhence plan: what a rule wants out, from which day, and what is left of
the exposure until then. TAP on standard output."""
import json
import os

import jsonschema

import _tap

FACTS = """kind,subject,object,value,from,to,source,speaks_for,read,\
confidence,state,note
source,own-word,none,https://facts.example/,,,,,,A,,
organisation,red-works,vendor,Red Works,,,own-word,2025,,A,,
establishes,red-works,,CN,,,own-word,2025,,A,,
controlled-from,red-works,,CN,,,own-word,2025,,A,,
organisation,blue-works,vendor,Blue Works,,,own-word,2025,,A,,
establishes,blue-works,,FI,,,own-word,2025,,A,,
controlled-from,blue-works,,FI,,,own-word,2025,,A,,
"""
POLICY = """policy: 1
name: out
title: Out of the core, then of all
text: {title: T, date: 2025, source: none, status: own}
concern: {jurisdictions: [CN], rungs: [controlled, established]}
weights: {axes: {supply: 1}, default: 50}
rules:
  - {id: NO-NEW, title: N, clause: c, confirmed: true, kind: supplier,
     assets: new, from: 2026-01-01, severity: high}
  - {id: CORE, title: C, clause: c, confirmed: true, kind: supplier,
     functions: [core NF], from: 2027-01-01, severity: critical}
  - {id: ALL, title: A, clause: c, confirmed: true, kind: supplier,
     from: 2030-01-01, severity: high}
  - {id: TOLD, title: I, clause: c, confirmed: true, kind: supplier,
     severity: info}
"""
STACK = """stack: 1
name: Ageing
functions:
  - function: core NF
    in-service: 2020-01-01
    end-of-life: 2032-01-01
    components:
      - {purl: pkg:generic/red-core, supplier: Red Works}
      - {purl: pkg:generic/blue-core, supplier: Blue Works}
      - {purl: pkg:generic/grey-core, supplier: Nobody Knows}
  - function: O-DU
    in-service: 2021-01-01
    components:
      - {purl: pkg:generic/red-du, supplier: Red Works,
         end-of-life: 2028-06-30}
      - {purl: pkg:generic/red-du-two, supplier: Red Works,
         end-of-life: 2035-01-01}
      - {purl: pkg:generic/red-du-new, supplier: Red Works,
         in-service: 2027-06-01}
"""


def plan(folder, *arguments, stack=STACK, policy=POLICY):
    for name, text in (("stack.yaml", stack), ("out.yaml", policy),
                       ("facts.csv", FACTS)):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as f:
            f.write(text)
    p = _tap.run("plan", "-q", "--as-of=2026-06-01",
                 "--facts=" + folder + "/facts.csv", "--policy=" + folder +
                 "/out.yaml", *arguments, folder + "/stack.yaml")
    return p.returncode, p.stdout.decode(), p.stderr.decode()


def made(folder, **how):
    code, out, err = plan(folder, "--json", **how)
    return code, json.loads(out or "{}"), err


def deadlines(document, key):
    return {a["name"]: (a[key]["from"], a[key]["rule"])
            for a in document["policies"][0]["assets"] if a[key]}


def each_product_has_its_first_deadline(folder):
    code, document, _ = made(folder)
    out, maybe = deadlines(document, "out"), deadlines(document, "open")
    want = {"red-core": ("2027-01-01", "CORE"),
            "red-du-two": ("2030-01-01", "ALL"),
            "red-du-new": ("2027-06-01", "NO-NEW")}
    found = [] if code == 1 and out == want else [f"{code} {out}"]
    if maybe != {"grey-core": ("2027-01-01", "CORE")}:
        found.append(str(maybe))
    order = [a["name"] for a in document["policies"][0]["assets"]]
    if order[:4] != ["red-core", "red-du-new", "red-du-two", "grey-core"]:
        found.append(str(order))
    return found


def alternatives_are_those_that_break_nothing(folder):
    """And that are not gone by then, as red-du is by 2030."""
    assets = {a["name"]: (a["alternatives"], a["undecided"]) for a in
              made(folder)[1]["policies"][0]["assets"]}
    want = {"red-core": (["blue-core"], 1), "red-du": ([], 0),
            "grey-core": (["blue-core"], 0), "blue-core": ([], 1),
            "red-du-two": ([], 0), "red-du-new": (["red-du"], 0)}
    return [] if assets == want else [str(assets)]


def what_comes_too_late_is_no_alternative(folder):
    """red-core must be out by 2027: what enters in 2028 cannot stand in."""
    late = STACK.replace(
        "      - {purl: pkg:generic/grey-core",
        "      - {purl: pkg:generic/late-core, supplier: Blue Works,\n"
        "         in-service: 2028-01-01}\n"
        "      - {purl: pkg:generic/grey-core")
    assets = {a["name"]: a["alternatives"] for a in
              made(folder, stack=late)[1]["policies"][0]["assets"]}
    return [] if assets["red-core"] == ["blue-core"] and \
        "late-core" in assets else [str(assets)]


def exposure_falls_as_products_go(folder):
    """Each product weighs the same: five in service, then six, of which those
    that are gone count as free of concern."""
    points = {p["from"]: (p["in_service"], p["out"], p["by_itself"],
                          p["by_the_rules"])
              for p in made(folder)[1]["policies"][0]["points"]}

    def bounds(low, high, of):
        return {"low_bp": low * 10000 // of, "high_bp": -(-high * 10000 // of)}
    want = {"2026-06-01": (5, 0, bounds(3, 4, 5), bounds(3, 4, 5)),
            "2027-01-01": (5, 1, bounds(3, 4, 5), bounds(2, 3, 5)),
            "2028-01-01": (6, 2, bounds(4, 5, 6), bounds(2, 3, 6)),
            "2029-01-01": (5, 2, bounds(3, 4, 6), bounds(1, 2, 6)),
            "2030-01-01": (5, 3, bounds(3, 4, 6), bounds(0, 1, 6)),
            "2032-01-01": (2, 2, bounds(2, 2, 6), bounds(0, 0, 6)),
            "2035-01-01": (1, 1, bounds(1, 1, 6), bounds(0, 0, 6))}
    found = [f"{day}: {points.get(day)} not {w}" for day, w in want.items()
             if points.get(day) != w]
    return found + ([] if list(points)[-1] == "2035-01-01" else [str(points)])


def text_says_the_same_in_80_columns(folder):
    out = plan(folder)[1]
    found = [x for x in out.splitlines() if len(x) > 80]
    for says in ("2027-01-01 red-core (core NF)", "60 months before",
                 "its end of life is not said", "blue-core; 1 more of which",
                 "To be settled by"):
        if says not in " ".join(out.split()):
            found.append("not there: " + says)
    return found + ([] if not found else [out])


def follows_its_schema(folder):
    path = os.path.join(_tap.SRCDIR, "docs/plan.schema.json")
    with open(path, encoding="utf-8") as f:
        check = jsonschema.Draft202012Validator(json.load(f))
    document = made(folder)[1]
    found = [e.message[:200] for e in check.iter_errors(document)][:5]
    for key in list(document):
        less = {k: v for k, v in document.items() if k != key}
        if check.is_valid(less):
            found.append("the schema takes it without " + key)
    return found


def outcome_is_the_exit_code(folder):
    calm = STACK.split("  - function: O-DU")[0]
    calm = "\n".join(x for x in calm.split("\n") if "red" not in x)
    grey = made(folder, stack=calm)[0]
    blue = made(folder, stack="\n".join(
        x for x in calm.split("\n") if "grey" not in x))[0]
    none = made(folder, stack="stack: 1\nname: n\nfunctions:\n"
                "  - {function: O-DU, components: [{sbom: gone.json}]}\n")[0]
    got = [grey, blue, none]
    return [] if got == [3, 0, 3] else [str(got)]


def a_scan_knows_old_from_new(folder):
    """On 2026-06-01 only NO-NEW holds: old products do not break it."""
    made(folder)
    arguments = ["scan", "-q", "--as-of=2026-06-01", "-o", "json", "--facts="
                 + folder + "/facts.csv", "--policy=" + folder + "/out.yaml"]
    states = []
    for stack in (STACK, STACK.split("      - {purl: pkg:generic/red-du-new")
                  [0]):
        with open(folder + "/stack.yaml", "w", encoding="utf-8") as f:
            f.write(stack)
        out = _tap.run(*arguments, folder + "/stack.yaml").stdout
        states += [f["state"] for v in json.loads(out)["verdicts"]
                   for f in v["rules"] if f["rule"] == "NO-NEW"]
    return [] if states == ["not met", "not applicable"] else [str(states)]


def bad_dates_are_told(folder):
    found = []
    for old, new, says in (
            ("in-service: 2020-01-01", "in-service: soon", "YYYY-MM-DD"),
            ("in-service: 2020-01-01", "in-service: 2033-01-01",
             "not before end-of-life")):
        code, _, err = made(folder, stack=STACK.replace(old, new, 1))
        if code != 2 or "RW1501" not in err or says not in err:
            found.append(f"{code} {err}")
    code, _, err = made(folder, policy=POLICY.replace(
        ", from: 2026-01-01", "", 1).replace("from: 2026-01-01, ", ""))
    if code != 2 or "new since when" not in err:
        found.append(f"{code} {err}")
    return found


_tap.main([each_product_has_its_first_deadline,
           alternatives_are_those_that_break_nothing,
           what_comes_too_late_is_no_alternative,
           exposure_falls_as_products_go, text_says_the_same_in_80_columns,
           follows_its_schema, outcome_is_the_exit_code,
           a_scan_knows_old_from_new, bad_dates_are_told])
