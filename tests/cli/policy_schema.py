#!/usr/bin/env python3
"""docs/policy.schema.json and the parser take and refuse the same policies
(JSON is YAML). TAP on standard output."""
import copy
import json
import os
import re

import jsonschema

import _tap

RULE = {"id": "R-1", "title": "T", "clause": "C", "confirmed": True,
        "kind": "exposure", "axis": "commits", "limit": "10%",
        "severity": "high"}
SOUND = {"policy": 1, "name": "x", "title": "T",
         "text": {"title": "T", "date": "2026", "source": "none",
                  "status": "own"},
         "concern": {"jurisdictions": ["CN"], "rungs": ["state"]},
         "weights": {"axes": {"commits": 1}, "functions": {"O-DU": 3}},
         "rules": [RULE]}
WITH = [{}, {"evidence": {"other": "B"}},
        {"evidence": {"max-age": 30}}, {"scopes": ["runtime"]},
        {"history-scope": "runtime"}, {"history-scope": "all"},
        {"component-limit": "2.5%"}, {"parameters": {"a": "1%"}},
        {"parameters": {"a": "1%"}, "rules": [dict(RULE, limit="${a}")]}]
RULES = [{"window": "12"}, {"functions": ["xApp"]}, {"note": "n"},
         {"perimeters": ["ran"], "user-classes": ["critical"]},
         {"unproven": "fail", "from": "2026-01-01", "to": "2027-01-01"},
         {"kind": "supplier", "axis": None, "limit": None},
         {"kind": "pattern", "axis": None, "limit": None,
          "match": {"purl": "a"}},
         {"kind": "freshness", "axis": None, "limit": None, "months": 12}]
BROKEN = [{"policy": 2}, {"name": "a b"}, {"title": None}, {"colour": "red"},
          {"text": {"title": "T"}}, {"concern": {"rungs": ["located"]}},
          {"concern": {"jurisdictions": ["cn"], "rungs": ["state"]}},
          {"weights": {"axes": {"drinks": 1}}},
          {"weights": {"axes": {"commits": 1001}}}, {"rules": []},
          {"rules": None}, {"component-limit": "101%"},
          {"evidence": {"max-age": -1}}, {"evidence": {"max-age": "30d"}},
          {"evidence": {"concern": "B"}}, {"scopes": ["none"]},
          {"history-scope": "build"}, {"history-scope": ["runtime"]}]
BROKEN_RULES = [{"id": "a b"}, {"limit": "110%"}, {"limit": 10},
                {"limit": None}, {"kind": "vibes"}, {"severity": "bad"},
                {"axis": "drinks"}, {"window": "13"}, {"functions": ["X"]},
                {"months": 3}, {"match": {"purl": "a"}}, {"from": "soon"},
                {"kind": "concentration", "axis": None},
                {"kind": "pattern", "axis": None, "limit": None},
                {"kind": "pattern", "axis": None, "limit": None,
                 "match": {}}]


def changed(document, more):
    out = copy.deepcopy(document)
    out.update(more)
    return {k: v for k, v in out.items() if v is not None}


def validator():
    path = os.path.join(_tap.SRCDIR, "docs/policy.schema.json")
    with open(path, encoding="utf-8") as f:
        schema = json.load(f)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def both(folder, document):
    """(the schema takes it, the parser does)"""
    path = os.path.join(folder, "p.yaml")
    with open(path, "w", encoding="utf-8") as f:
        json.dump(document, f)
    code = _tap.run("policy", "check", path).returncode
    return validator().is_valid(document), code == 0


def sound_ones_are_taken(folder):
    cases = [changed(SOUND, w) for w in WITH] + [
        changed(SOUND, {"rules": [changed(RULE, r)]}) for r in RULES] + [
            {k: SOUND[k] for k in ("policy", "name", "title", "text")} |
            {"extends": "default"}]
    return [f"{both(folder, c)} {json.dumps(c)[:300]}" for c in cases
            if both(folder, c) != (True, True)]


def broken_ones_are_refused(folder):
    cases = [changed(SOUND, b) for b in BROKEN] + [
        changed(SOUND, {"rules": [changed(RULE, r)]}) for r in BROKEN_RULES]
    return [f"{both(folder, c)} {json.dumps(c)[:300]}" for c in cases
            if both(folder, c) != (False, False)]


def the_schema_knows_all_kinds_and_keys(_):
    rule = validator().schema["properties"]["rules"]["items"]["properties"]
    with open(os.path.join(_tap.SRCDIR, "scanner/assess/rules.h"),
              encoding="utf-8") as f:
        kinds = re.findall(r"X\((\w+)\)", re.search(
            r"#define RULE_KINDS\(X\)(.*?)#define", f.read(), re.S).group(1))
    with open(os.path.join(_tap.SRCDIR, "scanner/assess/policy.c"),
              encoding="utf-8") as f:
        keys = re.findall(r'^\t\{"([a-z-]+)", (?:true|false)', f.read().split(
            "rule_fields[] = {")[1].split("};")[0], re.M)
    return [] if sorted(rule["kind"]["enum"]) == sorted(kinds) and \
        sorted(rule) == sorted(keys) else [str(kinds), str(keys)]


_tap.main([sound_ones_are_taken, broken_ones_are_refused,
           the_schema_knows_all_kinds_and_keys])
