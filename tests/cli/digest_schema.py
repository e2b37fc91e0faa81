#!/usr/bin/env python3
"""docs/digest.schema.json: takes a sound digest and every bundled one, and
refuses what does not follow the format. TAP on standard output."""
import copy
import glob
import json
import os
import sys

import jsonschema

SRCDIR = os.environ.get("SRCDIR", ".")
ID = "0123456789abcdef0123456789abcdef01234567"
COUNTS = {"commits": 2, "credits": 1441440, "excluded": 0, "co_authored": 1,
          "squashed": 0, "contributors": 1, "added": 5, "deleted": 0,
          "weighed": 4, "imports": 0, "surviving": None,
          "surviving_source": None, "reviews": 0, "submits": 0,
          "lines": [["source", 4, 0, None], ["generated", 1, 0, None],
                    ["vendored", 0, 0, None], ["data", 0, 0, None]]}
SOUND = {
    "schema": "ranwhence.digest/3", "repository": "https://a.example/b",
    "head": ID, "range": {"from": None, "to": None},
    "engine": {"counts": 2, "classes": 1},
    "asked": {"since": "2020-01-31", "scope": "runtime", "paths": ["src/*"],
              "classes": [["data", "x/*"]], "max_commits": None,
              "max_seconds": 3},
    "incomplete": ["churn"], "totals": {**COUNTS, "merges": 1},
    "hosts": [{"host": "nokia.com", "organisation": "Nokia",
               "class": "organisation", **COUNTS,
               "months": [["2020-01", 2, 1441440, 0, 5, 0, 4, None, None, 0,
                           0]]}],
    "seats": [{"role": "lead", "host": "nokia.com", "company": "Nokia",
               "seats": 2, "holders": 1, "lines": None}],
    "terms": [["lead", "nokia.com", "Nokia", "2020-01", None, 1],
              ["committer", "", None, "2019-01", "2020-01", 2]],
    "links": [["gmail.com", "2020-01", ["nokia.com"], [], 1, 720720, 0, 5, 0,
               4, None, None, 0, 0]],
    "diagnostics": [{"code": "RW1404", "severity": "warning", "path": None,
                     "line": None, "column": 3, "message": ""}],
}

# (path to a member, its value or None to take it away)
BROKEN = [
    (["schema"], "ranwhence.digest/1"), (["head"], None),
    (["head"], "HEAD"), (["head"], ID.upper()), (["repository"], ""),
    (["range", "from"], "v1"), (["range", "by"], None), (["author"], "x"),
    (["totals", "merges"], -1), (["totals", "merges"], 1.5),
    (["totals", "merges"], 2 ** 53), (["totals", "merges"], "1"),
    (["hosts", 0, "host"], "jane@nokia.com"),
    (["hosts", 0, "host"], "Nokia.com"), (["hosts", 0, "class"], "person"),
    (["hosts", 0, "names"], []), (["hosts", 0, "months", 0, 0], "2020-13"),
    (["hosts", 0, "months", 0], ["2020-01", 1]),
    (["hosts", 0, "months", 0], ["2020-01"] + [0] * 11),
    (["engine", "counts"], 0), (["asked", "since"], "2020"),
    (["asked", "scope"], "some"), (["asked", "paths"], None),
    (["asked", "classes", 0], ["x", "y"]), (["asked", "max_commits"], 0),
    (["incomplete"], ["supply"]), (["incomplete"], ["churn", "churn"]),
    (["totals", "lines", 0], ["data", 0, 0, 0]), (["totals", "lines"], []),
    (["seats"], []), (["seats", 0, "role"], "boss"),
    (["seats", 0, "host"], "jane@nokia.com"), (["seats", 0, "seats"], 0),
    (["seats", 0, "company"], ""), (["seats", 0, "company"], "j@nokia.com"),
    (["seats", 0, "holders"], -1), (["seats", 0, "name"], "Jane"),
    (["seats", 0, "lines"], "1"), (["seats", 0, "company"], 7),
    (["terms"], {}), (["terms", 0, 0], "boss"), (["terms", 0, 5], 0),
    (["terms", 0, 1], "j@nokia.com"), (["terms", 0, 2], "j@nokia.com"),
    (["terms", 0, 3], None), (["terms", 0, 4], "2020"),
    (["terms", 0], ["lead", "", None, "2020-01", None]),
    (["links"], {}), (["links", 0, 0], "jane@gmail.com"),
    (["links", 0, 1], "2020"), (["links", 0, 2], "nokia.com"),
    (["links", 0, 2], ["j@nokia.com"]), (["links", 0, 3], ["a", "a"]),
    (["links", 0], ["gmail.com", "2020-01", ["nokia.com"], [], 1]),
    (["links", 0, 4], -1), (["diagnostics", 0, "code"], "E1"), (["diagnostics", 0, "line"], 0),
]


def broken(path, value):
    whole = copy.deepcopy(SOUND)
    at = whole
    for step in path[:-1]:
        at = at[step]
    if value is None and path[-1] in at:
        del at[path[-1]]
    else:
        at[path[-1]] = value
    return whole


def main():
    with open(os.path.join(SRCDIR, "docs/digest.schema.json"),
              encoding="utf-8") as f:
        schema = json.load(f)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    points = [("a sound digest", validator.is_valid(SOUND)),
              ("one without lines", validator.is_valid(
                  {**SOUND, "totals": {**SOUND["totals"], "lines": None}})),
              ("one with null", validator.is_valid({**SOUND,
                                                    "seats": None}))]
    for path, value in BROKEN:
        points.append((f"refuses {path} = {value}",
                       not validator.is_valid(broken(path, value))))
    for path in sorted(glob.glob(
            os.path.join(SRCDIR, "feeds/seed/digests/*.json"))):
        with open(path, encoding="utf-8") as f:
            points.append((os.path.basename(path),
                           validator.is_valid(json.load(f))))
    print(f"1..{len(points)}")
    for i, (name, is_ok) in enumerate(points, 1):
        print(f"{'' if is_ok else 'not '}ok {i} - {name}")
    return not all(is_ok for _, is_ok in points)


if __name__ == "__main__":
    sys.exit(main())
