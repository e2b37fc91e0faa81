#!/usr/bin/env python3
"""ranwhence compare --html: a page that loads nothing, says what the JSON
says, and lets no text of a report be more than text. TAP on standard output.
"""
import html.parser
import json
import os

import _hostile
import _tap
from _page import Page, interval, problems

BIDS = os.path.join(_tap.SRCDIR, "fixtures/bids")
SCAN = ["scan", "-q", "--as-of=2026-11-25"]
POLICIES = ["--policy=" + p for p in ("default", "us-889", "uk-tsa")]
AXES = ["commits", "churn", "surviving", "review", "stewardship", "supply"]


def bids(folder):
    paths = [os.path.join(folder, bid + ".json") for bid in ("one", "two")]
    for path in paths:
        name = os.path.basename(path).replace(".json", ".yaml")
        _tap.run(*SCAN, *POLICIES, "-o", "json=" + path,
                 os.path.join(BIDS, name))
    return paths


def compare(form, *paths):
    p = _tap.run("compare", form, *paths)
    if p.returncode or p.stderr:
        raise RuntimeError(p.stderr.decode()[:900])
    return p.stdout


class Tables(html.parser.HTMLParser):
    """By article or section: caption -> row header -> cells by letter."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.places, self.into = {}, None
        self.rows, self.row, self.caption = None, None, ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag in ("section", "article"):
            self.place = self.places.setdefault(given["id"], {})
        if tag in ("caption", "th", "td"):
            self.into, self.text = tag, ""
            self.of = given.get("data-of")

    def handle_data(self, data):
        if self.into:
            self.text += data

    def handle_endtag(self, tag):
        if tag != self.into:
            return
        self.into = None
        if tag == "caption":
            self.rows = self.place.setdefault(self.text, {})
        elif tag == "th":
            self.row = self.rows.setdefault(self.text, {})
        elif self.of:
            self.row[self.of] = self.text


def count(n):
    text = f"{n:,}".replace(",", "\u00a0")
    return text if n > 9999 else str(n)


class Check:
    """Looks for what each cell must hold."""

    def __init__(self, place):
        self.place, self.found = place, []

    def cells(self, caption, row, at, words):
        """words(cell of the JSON) -> what its cell of the page must hold."""
        rows = [c for t, r in self.place.items() if t.startswith(caption)
                for h, c in r.items() if h.startswith(row)]
        for letter, cell in zip("AB", at):
            want = ["\u2013"] if cell is None else words(cell)
            if not any(all(w in r.get(letter, "") for w in want)
                       for r in rows):
                self.found.append(f"{caption}, {row}, {letter}: no {want}"
                                  f" in {rows[:3]}")


def organisation(cell):
    found = [f"({cell['share_bp'] // 100}.", cell["standing"], cell["rung"]]
    for axis, n in cell["units"].items():
        found.append(f"{count(n)} commit" if axis == "commits"
                     else f"{axis} {count(n)}")
    return found


def policy_problems(p, place, names):
    check = Check(place)
    for key, row in (("headline", "headline"), ("range", "under any"),
                     ("headline_on_b", "headline, if")):
        check.cells("Influence", row, p["verdicts"],
                    lambda v, key=key: [interval(v[key])])
    check.cells("Influence", "observed", p["verdicts"], lambda v: [
        f"{v['coverage_bp'] // 100}.{v['coverage_bp'] // 10 % 10}\u00a0%"])
    for axis in AXES + ["all"]:
        check.cells("Influence", axis, p["verdicts"], lambda v, a=axis: [
            interval(v["axes"][a]["exposure"]),
            interval(v["axes"][a]["peak"], "peak ")])
    for r in p["rules"]:
        check.cells("Rules that differ" if r["differs"] else "Rules in the",
                    r["rule"] + " " + r["title"], r["at"], lambda x: [
                        x["state"], interval(x["measured"])])
    for f in p["functions"]:
        check.cells("Exposure", f["function"] or "none named", f["at"],
                    lambda x: [interval(x["exposure"]),
                               f"{x['components']} component"])
    for o in p["organisations"]:
        check.cells("Organisations", f"{o['name']} {o['id']}", o["at"],
                    organisation)
    for name, at in zip(names, p["scores"]):
        if any(at):
            check.cells("Components", name, at, lambda x: [
                interval(x["influence"]),
                interval(x["commits"], "commits ")])
    return check.found


def it_says_what_the_json_says(folder):
    paths = bids(folder)
    document = json.loads(compare("--json", *paths))
    places = Tables(compare("--html", *paths).decode()).places
    names = [c["name"] for c in document["components"]]
    found = []
    for p in document["policies"]:
        found += policy_problems(p, places["p-" + p["policy"]], names)
        check = Check(places["verdicts"])
        check.cells("The verdict", p["policy"], p["verdicts"], lambda v: [
            v["state"], interval(v["headline"]), v["decided_by"] or ""])
        found += check.found
    check = Check(places["components"])
    for c in document["components"]:
        check.cells("Not in every" if None in c["at"] else "In every",
                    c["name"] + c["identity"], c["at"],
                    lambda x: [x["version"] or "no version"])
    return (found + check.found)[:10]


def who_is_lowest_is_said(folder):
    one, two = bids(folder)
    with open(two, encoding="utf-8") as f:
        document = json.load(f)
    open_page = compare("--html", one, two).decode()
    for v in document["verdicts"]:
        v["headline"] = {"low_bp": 0, "high_bp": 0}
    with open(two, "w", encoding="utf-8") as f:
        json.dump(document, f)
    lowest = json.loads(compare("--json", one, two))["policies"][0]["lowest"]
    page = compare("--html", one, two).decode()
    found = [] if lowest == 1 else [f"lowest is {lowest}: no test"]
    if "The intervals overlap" not in open_page:
        found.append("an open one is not said to be so")
    if "B has the lowest influence, whatever" not in page:
        found.append("the lowest is not named")
    return found


def pages_are_sound(folder):
    paths = bids(folder)
    found = problems(compare("--html", *paths))
    return found + problems(compare("--html", *paths[:1] * 26))


def runs_are_the_same(folder):
    paths = bids(folder)
    one = compare("--html", *paths)
    return [] if one == compare("--html", *paths) else ["differ"]


def nothing_hostile_gets_through(folder):
    name = _hostile.stack(folder)
    _tap.run(*SCAN, "--facts=facts.csv", "-p", "policy.yaml", "-o",
             "json=h.json", name, cwd=folder)
    path = os.path.join(folder, "h.json")
    with open(path, encoding="utf-8") as f:
        document = json.load(f)
    texts = _hostile.strings()
    for v in document["verdicts"]:
        v["policy"], v["decided_by"] = texts[0], texts[3]
        v["policy_sha256"] = texts[4]
        for i, r in enumerate(v["rules"]):
            r["rule"], r["title"] = texts[i + 5:i + 7]
    for i, c in enumerate(document["components"]):
        c["name"], c["version"] = texts[i % 200], texts[(i + 9) % 200]
    with open(path, "w", encoding="utf-8") as f:
        json.dump(document, f)
    data = compare("--html", path, path)
    shown = "".join(Page(data.decode()).text)
    return problems(data) + [
        f"not shown as text: {s!r}" for s in texts[:5]
        if s not in shown]


def two_forms_at_once_are_refused(folder):
    p = _tap.run("compare", "--html", "--json", *bids(folder))
    return [] if p.returncode == 2 and not p.stdout and \
        b"choose one" in p.stderr else [f"{p.returncode} {p.stderr!r}"]


_tap.main([it_says_what_the_json_says, who_is_lowest_is_said, pages_are_sound,
           runs_are_the_same, nothing_hostile_gets_through,
           two_forms_at_once_are_refused])
