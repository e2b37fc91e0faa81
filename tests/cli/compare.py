#!/usr/bin/env python3
"""ranwhence compare: bids side by side, as text and as JSON. TAP on standard
output."""
import copy
import json
import os

import jsonschema

import _tap

BIDS = os.path.join(_tap.SRCDIR, "fixtures/bids")
DAY = "--as-of=2026-11-25"
POLICIES = ["default", "us-889", "uk-tsa"]


def report(folder, bid, name=None, policies=POLICIES):
    """The path of a report on a bid."""
    path = os.path.join(folder, name or bid + ".json")
    _tap.run("scan", "-q", DAY, *(f"--policy={p}" for p in policies), "-o",
             f"json={path}", os.path.join(BIDS, bid + ".yaml"))
    return path


def load(path):
    with open(path, encoding="utf-8") as f:
        return json.load(f)


def save(path, document):
    with open(path, "w", encoding="utf-8") as f:
        json.dump(document, f)
    return path


def compare(*arguments, cwd=None):
    p = _tap.run("compare", *arguments, cwd=cwd)
    return p.returncode, p.stdout.decode(), p.stderr.decode()


def two_bids_as_text(folder):
    code, out, err = compare(report(folder, "one"), report(folder, "two"))
    found = [] if code == 0 and not err else [f"{code} {err}"]
    found += [f"no {w!r}" for w in (
        "A  Open RAN with an ONAP management plane, from Example Integrator",
        "Verdicts, and influence", "rules that differ", "DEF-PEAK",
        "by network function", "Near-RT RIC", "ZTE Corporation",
        "components, worst first", "holmes-rule-management",
        "3 components are in all, 16 in A alone, 6 in B alone")
        if w not in out]
    return found + [x for x in out.splitlines() if len(x) > 80
                    and "/" not in x]


def what_is_worst_stands_first(folder):
    _, out, _ = compare(report(folder, "one"), report(folder, "two"))
    rows = out.split("components, worst first\n")[1].splitlines()
    lows = [float(r[30:].split("-")[0].strip()) for r in rows[:7]]
    return [] if lows == sorted(lows, reverse=True) and lows[0] > 20 \
        else [str(rows[:7])]


def json_follows_its_schema(folder):
    schema = load(os.path.join(_tap.SRCDIR, "docs/comparison.schema.json"))
    check = jsonschema.Draft202012Validator(schema)
    _, out, _ = compare("--json", report(folder, "one"),
                        report(folder, "two"))
    document = json.loads(out)
    found = [f"{list(e.absolute_path)}: {e.message[:200]}"
             for e in check.iter_errors(document)][:5]
    for key in list(document) + ["surplus"]:
        other = copy.deepcopy(document)
        if key == "surplus":
            other[key] = 1
        else:
            del other[key]
        if check.is_valid(other):
            found.append(f"the schema takes it without or with {key}")
    return found


def json_says_what_the_reports_say(folder):
    paths = [report(folder, "one"), report(folder, "two")]
    reports = [load(p) for p in paths]
    document = json.loads(compare("--json", *paths)[1])
    found = []
    for i, p in enumerate(document["policies"]):
        for k, r in enumerate(reports):
            v = r["verdicts"][i]
            if (p["policy"], p["verdicts"][k]["state"],
                    p["verdicts"][k]["headline"]) != \
                    (v["policy"], v["state"], v["headline"]):
                found.append(p["policy"])
            states = [x["at"][k]["state"] for x in p["rules"]]
            if states != [x["state"] for x in v["rules"]]:
                found.append(f"{p['policy']}: {states}")
    present = [sum(c["at"][k] is not None for c in document["components"])
               for k in range(2)]
    return found + ([] if present == [19, 9] else [str(present)])


def a_report_beside_itself(folder):
    path = report(folder, "two")
    document = json.loads(compare("--json", path, path)[1])
    return [p["policy"] for p in document["policies"]
            if p["lowest"] is not None
            or any(r["differs"] for r in p["rules"])]


def many_reports_follow_in_tables(folder):
    path = report(folder, "two")
    code, out, _ = compare(*[path] * 8)
    heads = [x.split() for x in out.splitlines()
             if x.startswith(" " * 30) and x.strip()[:1] in "ADG"
             and len(x.split()) in (2, 3)]
    return [] if code == 0 and ["A", "B", "C"] in heads and \
        ["G", "H"] in heads and max(map(len, out.splitlines())) <= 80 \
        else [str(heads)]


def versions_that_differ(folder):
    path = report(folder, "two")
    document = load(path)
    for c in document["components"]:
        if c["name"] == "dpdk":
            c["version"] = "v24.11"
    _, out, _ = compare(path, save(folder + "/later.json", document))
    rows = [x.split() for x in out.splitlines() if x.startswith("  dpdk ")]
    return [] if ["dpdk", "v23.11", "v24.11"] in rows else [str(rows)]


def refused(says, *arguments):
    code, out, err = compare(*arguments)
    if code == 2 and not out and says in err:
        return []
    return [f"{arguments}: {code}, no {says!r} in {err}"]


def bad_input(folder):
    good = report(folder, "two")
    text = load(good)
    fewer = report(folder, "two", "fewer.json", POLICIES[:1])
    edition = copy.deepcopy(text)
    edition["verdicts"][1]["policy_sha256"] = "0" * 64
    schema = dict(text, schema="ranwhence.report/9")
    broken = copy.deepcopy(text)
    broken["verdicts"][0]["scores"][0]["component"] = 10 ** 6
    with open(good, encoding="utf-8") as f:
        half = f.read()[:5000]
    with open(folder + "/half.json", "w", encoding="utf-8") as f:
        f.write(half)
    return refused("not judged by the policy us-889", good, fewer) + \
        refused("not judged by the policy us-889", fewer, good) + \
        refused("another edition of the policy us-889", good,
                save(folder + "/edition.json", edition)) + \
        refused("schema.json:1: ", good,
                save(folder + "/schema.json", schema)) + \
        refused("past the components", good,
                save(folder + "/broken.json", broken)) + \
        refused("half.json", good, folder + "/half.json") + \
        refused("none.json", good, folder + "/none.json") + \
        refused("usage", good) + \
        refused("at most 26", *[good] * 27)


_tap.main([two_bids_as_text, what_is_worst_stands_first,
           json_follows_its_schema, json_says_what_the_reports_say,
           a_report_beside_itself, many_reports_follow_in_tables,
           versions_that_differ, bad_input])
