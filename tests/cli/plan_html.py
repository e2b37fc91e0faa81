#!/usr/bin/env python3
"""ranwhence plan --html: a page that loads nothing, says what the JSON says,
and lets no text be more than text. TAP on standard output."""
import json
import os

import _hostile
import _tap
from _page import Page, holds, interval, problems, rows

BIDS = os.path.join(_tap.SRCDIR, "fixtures/bids")
DAY = ["-q", "--as-of=2026-11-25"]
POLICIES = ["--policy=uk-tsa", "--policy=eu-5g-toolbox"]
STACK = """stack: 1
name: Ageing <b>
functions:
  - function: core NF
    in-service: 2020-01-01
    end-of-life: 2032-01-01
    components:
      - {purl: pkg:generic/one, supplier: Huawei}
      - {purl: pkg:generic/two, supplier: Nokia}
  - function: O-DU
    components:
      - {purl: pkg:generic/three, supplier: Nobody Knows}
"""


def plan(form, *arguments, cwd=None):
    p = _tap.run("plan", *DAY, form, *arguments, cwd=cwd)
    if p.returncode not in (0, 1, 3) or not p.stdout:
        raise RuntimeError(p.stderr.decode()[:900])
    return p.returncode, p.stdout.decode()


def stack(folder):
    _hostile.write(folder, "stack.yaml", STACK)
    return os.path.join(folder, "stack.yaml")


def deadline(d):
    return ["\u2013"] if d is None else [d["from"], "by " + d["rule"]]


def asset(a):
    """What each cell of its row must hold."""
    return [[a["name"], a["version"] or "", a["function"] or ""],
            deadline(a["out"]), deadline(a["open"]), [interval(a["share"])],
            [(a["in_service"] or "not said") + " to "
             if a["in_service"] or a["end_of_life"] else "",
             a["end_of_life"] or "not said"],
            a["alternatives"] + ([f"{a['undecided']}", "may have to go too"]
                                 if a["undecided"] else [])]


def point(p):
    return [[p["from"]], [str(p["in_service"])], [str(p["out"])],
            [interval(p["by_itself"])], [interval(p["by_the_rules"])]]


def it_says_what_the_json_says(folder):
    found = []
    for name in (stack(folder), os.path.join(BIDS, "one.yaml")):
        code, text = plan("--json", *POLICIES, name)
        same, page = plan("--html", *POLICIES, name)
        if code != same:
            found.append(f"exit status {code} and {same}")
        of = rows(page)
        for p in json.loads(text)["policies"]:
            for want in [asset(a) for a in p["assets"]] + \
                    [point(x) for x in p["points"]]:
                if not any(holds(r, want) for r in of["p-" + p["policy"]]):
                    found.append(f"{p['policy']}: no row {want}")
    return found[:10]


def pages_are_sound(folder):
    name = stack(folder)
    one, two = plan("--html", *POLICIES, name), \
        plan("--html", *POLICIES, name)
    return problems(one[1].encode()) + ([] if one == two else ["differ"])


def nothing_hostile_gets_through(folder):
    name = _hostile.stack(folder)
    _, page = plan("--html", "--facts=facts.csv", "-p", "policy.yaml", name,
                   cwd=folder)
    shown = "".join(Page(page).text)
    return problems(page.encode()) + [
        f"not shown as text: {s!r}" for s in _hostile.SEEDS[:1]
        if s not in shown]


def two_forms_at_once_are_refused(folder):
    p = _tap.run("plan", "--html", "--json", stack(folder))
    return [] if p.returncode == 2 and not p.stdout and \
        b"choose one" in p.stderr else [f"{p.returncode} {p.stderr!r}"]


_tap.main([it_says_what_the_json_says, pages_are_sound,
           nothing_hostile_gets_through, two_forms_at_once_are_refused])
