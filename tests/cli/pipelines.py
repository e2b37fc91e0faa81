#!/usr/bin/env python3
"""What pipelines read: SARIF, JUnit, annotations, Code Quality, Markdown and
one line, checked against their structure, also with hostile names. TAP on
standard output."""
import json
import os
import re
import xml.etree.ElementTree as ET

import _tap

BIDS = os.path.join(_tap.SRCDIR, "fixtures/bids")
DAY = ["--as-of=2026-11-25", "-q"]
NASTY = ["\x1b[31mred", "=HYPERLINK(1)", "</script><b>", "a\r\n::error::x",
         "\u202eevil", "]]>&'\"", "| a | b |", "%0A::stop", "\ufffe\ufffd"]


def bid(folder, *more):
    """The report on a bid in one format, read from the bid's folder."""
    return _tap.run("scan", *DAY, *more, "one.yaml", cwd=BIDS)


def text(*more):
    return bid(None, *more).stdout.decode()


def nasty(folder):
    path = os.path.join(folder, "n.cdx.json")
    with open(path, "w", encoding="utf-8") as f:
        json.dump({"bomFormat": "CycloneDX", "specVersion": "1.5",
                   "version": 1,
                   "metadata": {"component": {
                       "bom-ref": "r", "type": "application", "name": "x"}},
                   "components": [{"bom-ref": f"c{i}", "type": "library",
                                   "name": n, "version": n}
                                  for i, n in enumerate(NASTY)]}, f)
    return path


def is_uri(s):
    return re.fullmatch(r"(file:///|https://)?[A-Za-z0-9._~/%-]+", s) is not None


def location_problems(at):
    place = at["physicalLocation"]
    uri = place["artifactLocation"]["uri"]
    found = [] if is_uri(uri) else [f"uri {uri!r}"]
    base = place["artifactLocation"].get("uriBaseId")
    if (base is None) == (not uri.startswith(("file:", "https:"))) or \
            "%3A//" in uri:
        found.append(f"base {base} of {uri}")
    line = place.get("region", {"startLine": 1})["startLine"]
    return found + ([] if isinstance(line, int) and line > 0
                    else [f"line {line}"])


def sarif_problems(log):
    """SARIF 2.1.0, as far as it is used: required members, types, that rules
    are there and fingerprints are."""
    found = [] if log["version"] == "2.1.0" and len(log["runs"]) == 1 \
        and set(log) == {"$schema", "version", "runs"} else ["top level"]
    run = log["runs"][0]
    driver = run["tool"]["driver"]
    ids = [r["id"] for r in driver["rules"]]
    if len(ids) != len(set(ids)) or not driver["name"]:
        found.append("rule ids")
    for r in driver["rules"]:
        if not r["shortDescription"]["text"] or \
                r["defaultConfiguration"]["level"] not in (
                    "none", "note", "warning", "error"):
            found.append(f"rule {r['id']}")
    for x in run["results"]:
        if x["ruleId"] not in ids or x["level"] not in ("note", "warning",
                                                        "error"):
            found.append(f"result of {x['ruleId']}")
        if not x["message"]["text"] or len(x["locations"]) != 1 or \
                not re.fullmatch(r"[0-9a-f]{32}",
                                 x["partialFingerprints"]["ranwhence/v1"]):
            found.append(f"result {x['message']}")
        if x.get("baselineState", "new") not in ("new", "unchanged"):
            found.append("baselineState")
        for s in x["suppressions"]:
            if s["kind"] not in ("inSource", "external") or \
                    s["status"] not in ("accepted", "underReview",
                                        "rejected"):
                found.append(str(s))
        for at in x["locations"] + x["relatedLocations"]:
            found += location_problems(at)
    for n in run["invocations"][0]["toolExecutionNotifications"]:
        for at in n.get("locations", []):
            found += location_problems(at)
        if n["level"] not in ("none", "note", "warning", "error"):
            found.append(str(n))
    if not isinstance(run["invocations"][0]["executionSuccessful"], bool):
        found.append("executionSuccessful")
    return found[:10]


def sarif_is_sound(_):
    log = json.loads(text("-o", "sarif"))
    return sarif_problems(log) + (
        [] if len(log["runs"][0]["results"]) > 20 else ["few results"])


def sarif_names_the_line_of_the_declaration(_):
    log = json.loads(text("-o", "sarif"))
    with open(os.path.join(BIDS, "one.yaml"), encoding="utf-8") as f:
        lines = f.read().splitlines()
    found = []
    for x in log["runs"][0]["results"]:
        place = x["locations"][0]["physicalLocation"]
        name = x["message"]["text"].split(",")[0].split(" ")[0]
        if "region" in place and ", decides" in x["message"]["text"] and \
                name.lower() not in lines[
                    place["region"]["startLine"] - 1].lower():
            found.append(f"{name} {place}")
    return found[:5]


def sarif_marks_what_is_waived(folder):
    path = os.path.join(folder, "w.yaml")
    with open(path, "w", encoding="utf-8") as f:
        f.write("waivers: 1\nlist:\n  - {rule: DEF-PEAK, reason: seen, "
                "owner: o, expires: 2027-01-01}\n")
    log = json.loads(text("-o", "sarif", "--waivers", path))
    marked = {(x["ruleId"], bool(x["suppressions"]))
              for x in log["runs"][0]["results"]}
    found = [] if ("default/DEF-PEAK", True) in marked and \
        ("default/DEF-COMMITS", False) in marked else [str(marked)]
    return found + sarif_problems(log)


def sarif_tells_the_new_from_the_old(folder):
    old = os.path.join(folder, "old.json")
    text("-o", "json=" + old)
    log = json.loads(text("-o", "sarif", "--baseline", old))
    states = {x["baselineState"] for x in log["runs"][0]["results"]}
    return [] if states == {"unchanged"} else [str(states)]


def junit_is_sound(_):
    p = bid(None, "-o", "junit", "-p", "default", "-p", "us-889")
    root = ET.fromstring(p.stdout)
    suites = root.findall("testsuite")
    found = [] if root.tag == "testsuites" and \
        [s.get("name") for s in suites] == ["default", "us-889"] else ["top"]
    for s in suites:
        cases = s.findall("testcase")
        for attribute, element in (("failures", "failure"),
                                   ("errors", "error"),
                                   ("skipped", "skipped")):
            n = sum(c.find(element) is not None for c in cases)
            if int(s.get(attribute)) != n:
                found.append(f"{s.get('name')}: {attribute} {n}")
        if int(s.get("tests")) != len(cases) or any(
                not c.get("name") or not c.get("classname") or len(c) > 1
                for c in cases):
            found.append(s.get("name"))
    failed = [c.get("name") for c in suites[0] if c.find("failure")
              is not None]
    return found + ([] if "DEF-PEAK" in failed and p.returncode == 1
                    else [str(failed)])


def annotations_are_workflow_commands(_):
    lines = text("-o", "github").splitlines()
    form = re.compile(r"::(error|warning|notice) (file=[^:,]+,line=\d+,)?"
                      r"title=[^:,]+::[^\r\n]+")
    order = [x.split(" ")[0] for x in lines[:-1]]
    ranks = [["::error", "::warning", "::notice"].index(o) for o in order]
    return [x for x in lines if not form.fullmatch(x)] + \
        ([] if ranks == sorted(ranks) and len(lines) > 5 else ["order"])


def code_quality_is_sound(_):
    rows = json.loads(text("-o", "gitlab"))
    return [str(r) for r in rows if
            set(r) != {"description", "check_name", "fingerprint",
                       "severity", "location"} or
            r["severity"] not in ("info", "minor", "major", "critical",
                                  "blocker") or
            not isinstance(r["location"]["lines"]["begin"], int) or
            r["location"]["lines"]["begin"] < 1][:3] + (
                [] if len(rows) > 20 else ["few rows"])


def a_summary_and_a_line(_):
    summary = text("-o", "markdown")
    line = text("-o", "line")
    return ([] if "| default | **not met** | not met |" in summary
            and "- **not met** DEF-PEAK: " in summary else [summary[:500]]) \
        + ([] if re.fullmatch(r"ranwhence: default not met, [\d.]+-[\d.]+ "
                              r"%\n", line) else [line])


def hostile_names_stay_text(folder):
    path = nasty(folder)
    found = []
    for form in ("sarif", "junit", "github", "gitlab", "markdown", "line",
                 "questions", "questions-csv", "text", "json"):
        out = _tap.run("scan", *DAY, "-o", form, path).stdout
        try:
            if form in ("sarif", "gitlab", "json"):
                json.loads(out)
            if form == "sarif":
                found += sarif_problems(json.loads(out))
            if form == "junit":
                ET.fromstring(out)
        except ValueError as e:
            found.append(f"{form}: {e}")
        if b"\x1b" in out or "\u202e".encode() in out:
            found.append(f"{form}: a control character")
        if form == "github" and any(not x.startswith(b"::") for x in
                                    out.splitlines()):
            found.append("github: a line of its own")
        if form in ("markdown", "questions") and b"<b>" in out.replace(
                b"\\<b\\>", b""):
            found.append(f"{form}: a tag")
        if form == "questions-csv" and b',"=' in out:
            found.append("a formula")
    return found


def templates_name_what_there_is(_):
    """The templates under docs/ci use formats and options that exist."""
    formats = {x.split()[0] for x in
               _tap.run("list", "reporters").stdout.decode().splitlines()}
    options = set(re.findall(r"--([a-z-]+)", _tap.run(
        "scan", "--help").stdout.decode()))
    folder = os.path.join(_tap.SRCDIR, "docs/ci")
    found, n = [], 0
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), encoding="utf-8") as f:
            body = f.read()
        for call in re.findall(r"ranwhence scan((?:[^\n]*\\\n)*[^\n]*)",
                               body):
            n += 1
            found += [f"{name}: -o {x}" for x in re.findall(
                r"-o ([a-z-]+)", call) if x not in formats]
            found += [f"{name}: --{x}" for x in re.findall(
                r"--([a-z-]+)", call) if x not in options]
    return found if n >= 4 else [f"{n} calls"]


_tap.main([sarif_is_sound, sarif_names_the_line_of_the_declaration,
           sarif_marks_what_is_waived, sarif_tells_the_new_from_the_old,
           junit_is_sound, annotations_are_workflow_commands,
           code_quality_is_sound, a_summary_and_a_line,
           hostile_names_stay_text, templates_name_what_there_is])
