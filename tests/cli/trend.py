#!/usr/bin/env python3
"""ranwhence trend: reports by their days. TAP on standard output."""
import json
import os

import jsonschema

import _hostile
import _tap
from _page import holds, interval, problems, rows

BID = os.path.join(_tap.SRCDIR, "fixtures/bids/two.yaml")


def report(folder, day, policy="default"):
    path = os.path.join(folder, day + ".json")
    _tap.run("scan", "-q", "--as-of=" + day, "-p", policy, "-o",
             "json=" + path, BID)
    return path


def trend(*arguments):
    p = _tap.run("trend", *arguments)
    return p.returncode, p.stdout.decode(), p.stderr.decode()


def points_stand_by_day(folder):
    days = ["2026-01-01", "2025-01-01", "2024-06-01"]
    paths = [report(folder, d) for d in days]
    code, out, _ = trend("--json", *paths)
    document = json.loads(out)
    path = os.path.join(_tap.SRCDIR, "docs/trend.schema.json")
    with open(path, encoding="utf-8") as f:
        check = jsonschema.Draft202012Validator(json.load(f))
    got = [p["as_of"] for p in document["policies"][0]["points"]]
    found = [] if code == 0 and got == sorted(days) else [str(got)]
    found += [e.message for e in check.iter_errors(document)][:3]
    text = trend(*paths)[1]
    rows = [x.split()[0] for x in text.splitlines() if x[2:4] == "20"]
    found += [] if rows == sorted(days) and "depends on what is unknown" in \
        text and "=====" in text else [text]
    return found + [x for x in text.splitlines() if len(x) > 80]


def a_fall_is_told_from_a_maybe(folder):
    # on a day for which the lists are held whole: somebody is cleared
    path = report(folder, "2026-09-01")
    with open(path, encoding="utf-8") as f:
        later = json.load(f)
    later["as_of"] = "2026-01-01"
    first = dict(later, as_of="2024-01-01", verdicts=[dict(
        later["verdicts"][0], headline={"low_bp": 9999, "high_bp": 10000})])
    for name, document in (("a", first), ("b", later)):
        with open(f"{folder}/{name}.json", "w", encoding="utf-8") as f:
            json.dump(document, f)
    out = trend(f"{folder}/b.json", f"{folder}/a.json")[1]
    return [] if "It fell, whatever" in out else [out]


def one_is_not_several(folder):
    path = report(folder, "2026-01-01")
    found = [] if "1 report by its day\n" in trend(path)[1] else ["trend"]
    sbom = os.path.join(folder, "one.cdx.json")
    _hostile.write(folder, "one.cdx.json", json.dumps({
        "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
        "components": [{"type": "library", "name": "a"}]}))
    out = _tap.run("check", sbom).stdout.decode()
    return found + ([] if "1 component\n" in out and "1 component (" in out
                    else [out[:200]])


def bad_input(folder):
    good = report(folder, "2025-01-01")
    other = report(folder, "2025-02-01", "us-889")
    found = []
    for says, arguments in (("not judged by the policy", [good, other]),
                            ("RW1606", [BID]), ("usage", []),
                            ("none.json", [good, "none.json"])):
        code, out, err = trend(*arguments)
        if code != 2 or out or says not in err:
            found.append(f"{arguments}: {code} {err}")
    return found


def page_says_what_the_json_says(folder):
    paths = [report(folder, d) for d in ("2024-06-01", "2026-01-01")]
    _, page, _ = trend("--html", *paths)
    found = problems(page.encode())
    for p in json.loads(trend("--json", *paths)[1])["policies"]:
        for x in p["points"]:
            want = [[x["as_of"]], [x["state"]], [interval(x["headline"])],
                    [f"{x['coverage_bp'] // 100}."]]
            want += [[interval(i)] for i in x["axes"].values()]
            if not any(holds(r, want) for r in rows(page)["p-" + p["policy"]]):
                found.append(f"no row {want}")
    if "depends on what is unknown" not in page:
        found.append("the change is not told")
    return found + ([] if trend("--html", *paths)[1] == page else ["differ"])


def page_takes_no_markup_from_a_report(folder):
    path = report(folder, "2026-01-01")
    with open(path, encoding="utf-8") as f:
        document = json.load(f)
    texts = _hostile.strings()
    for v in document["verdicts"]:
        v["policy"], v["title"] = texts[:2]
    with open(path, "w", encoding="utf-8") as f:
        json.dump(document, f)
    return problems(trend("--html", path)[1].encode())


def two_forms_at_once_are_refused(folder):
    got = trend("--html", "--json", report(folder, "2026-01-01"))
    return [] if got[:2] == (2, "") and "choose one" in got[2] else [str(got)]


_tap.main([page_says_what_the_json_says,
           page_takes_no_markup_from_a_report, two_forms_at_once_are_refused,
           points_stand_by_day, a_fall_is_told_from_a_maybe,
           one_is_not_several, bad_input])
