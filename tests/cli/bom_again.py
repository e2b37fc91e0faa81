#!/usr/bin/env python3
"""A CycloneDX document that is written again as one: its references, names,
versions, purls and dependencies stay, what is added stands in properties and
citations, and the report JSON gives the same bytes. TAP on standard output."""
import json
import os

import _tap

DEMO = os.path.join(_tap.SRCDIR, "fixtures/demo/near-rt-ric.cdx.json")
STACK = os.path.join(_tap.SRCDIR, "fixtures/demo/stack.yaml")
DAY = ["--as-of=2026-11-25", "-q"]
KEPT = ["type", "group", "name", "version", "publisher", "scope"]


def again(*targets):
    return json.loads(_tap.run("scan", *DAY, "-o", "cyclonedx",
                               *targets).stdout)


def write(folder, document, name="in.cdx.json"):
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf-8") as f:
        f.write(document if isinstance(document, str)
                else json.dumps(document))
    return path


def bom(components, whole=True, **more):
    d = {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
         "components": components, **more}
    if whole:
        d["metadata"] = {"component": {
            "bom-ref": "whole", "type": "application", "name": "whole"}}
    return d


def flat(document):
    """All components, those inside others too, by reference."""
    todo = list(document["components"])
    if "component" in document["metadata"]:
        todo.append(document["metadata"]["component"])
    found = {}
    while todo:
        c = todo.pop()
        found[c["bom-ref"]] = c
        todo += c.get("components", [])
    return found


def needs(document):
    return {(d["ref"], on) for d in document["dependencies"]
            for on in d.get("dependsOn", [])}


def differences(source, result):
    before, after = flat(source), flat(result)
    found = [] if set(before) == set(after) else [
        f"{sorted(before)} became {sorted(after)}"]
    for ref in set(before) & set(after):
        found += [f"{ref} {k}: {before[ref].get(k)} {after[ref].get(k)}"
                  for k in KEPT if before[ref].get(k) != after[ref].get(k)]
        # a purl is written in its canonical form
        found += [f"{ref} {before[ref].get('purl')}"] if before[ref].get(
            "purl", "").lower() != after[ref].get("purl", "") else []
    if needs(source) != needs(result):
        found.append(f"needs {needs(source) ^ needs(result)}")
    return found


def values(component, name):
    return [p["value"] for p in component["properties"] if p["name"] == name]


def the_demo_stays(_):
    with open(DEMO, encoding="utf-8") as f:
        source = json.load(f)
    result = again(DEMO)
    found = differences(source, result)
    if result["metadata"]["component"]["bom-ref"] != "ric":
        found.append("another is described")
    return found + ([] if result["citations"] else ["nothing is cited"])


def citations_point_to_claims(_):
    result = again(DEMO)
    found = []
    for pointer in [p for c in result["citations"] for p in c["pointers"]]:
        at = result
        for part in pointer.split("/")[1:-1]:
            at = at[int(part)] if isinstance(at, list) else at[part]
        if not at["name"].endswith(":concern"):
            found.append(f"{pointer}: {at}")
    return found


RICH = bom([
    {"bom-ref": "a/1?x=\u00e4\"", "type": "cryptographic-asset",
     "group": "org.example", "name": "a", "version": "1",
     "publisher": "Example Inc.", "scope": "optional"},
    {"bom-ref": "b", "type": "library", "name": "x/b", "version": "2",
     "scope": "required", "purl": "pkg:golang/x/b@2",
     "components": [{"bom-ref": "component-3", "type": "file",
                     "name": "inner"}]},
    {"bom-ref": "ranwhence", "type": "library", "name": "@group/c",
     "scope": "excluded"}],
    dependencies=[{"ref": "whole", "dependsOn": ["b", "a/1?x=\u00e4\""]},
                  {"ref": "b", "dependsOn": ["component-3", "ranwhence"]}])


def names_references_and_needs_stay(folder):
    result = again(write(folder, RICH))
    found = differences(RICH, result)
    tool = result["metadata"]["tools"]["components"][0]["bom-ref"]
    if tool in flat(result):
        found.append(f"the tool is called as a component: {tool}")
    if values(flat(result)["b"], "ranwhence:contains") != ["component-3"]:
        found.append("what is inside is lost")
    return found


def what_is_written_is_written_again(folder):
    path = write(folder, RICH)
    once = again(path)
    return differences(once, again(write(folder, once, "2.cdx.json")))


def twice_the_same_is_one(folder):
    one = {"type": "library", "name": "b", "version": "2",
           "purl": "pkg:golang/x/b@2"}
    result = again(write(folder, bom(
        [{"bom-ref": "b1", **one}, {"bom-ref": "b2", **one}],
        dependencies=[{"ref": "whole", "dependsOn": ["b1", "b2"]}])))
    found = [] if needs(result) == {("whole", "b1")} else [
        str(needs(result))]
    if values(flat(result)["b1"], "ranwhence:bom_ref") != ["b2"]:
        found.append("the other reference is lost")
    return found


def references_that_cannot_stay_are_made(folder):
    """None, one that is taken, one that leads elsewhere, one that is made
    for another."""
    result = again(write(folder, bom([
        {"type": "library", "name": "none"},
        {"bom-ref": "same", "type": "library", "name": "first"},
        {"bom-ref": "same", "type": "library", "name": "second"},
        {"bom-ref": "urn:cdx:x/1#y", "type": "library", "name": "link"},
        {"bom-ref": "component-1", "type": "library", "name": "made"},
        {"bom-ref": "subject", "type": "library", "name": "subject"}],
        whole=False)))
    refs = [c["bom-ref"] for c in result["components"]]
    refs.append(result["metadata"]["component"]["bom-ref"])
    refs.append(result["metadata"]["tools"]["components"][0]["bom-ref"])
    by_name = {c["name"]: c["bom-ref"] for c in result["components"]}
    found = [] if len(set(refs)) == len(refs) == 8 else [str(refs)]
    for name, ref in (("first", "same"), ("made", "component-1"),
                      ("subject", "subject")):
        if by_name[name] != ref:
            found.append(f"{name}: {by_name[name]}")
    if by_name["link"].startswith("urn:cdx:"):
        found.append("a reference to another document")
    return found


def xml_stays_too(folder):
    result = again(write(folder, """<?xml version="1.0"?>
<bom xmlns="http://cyclonedx.org/schema/bom/1.5" version="1"><metadata>
<component type="application" bom-ref="w"><name>w</name></component>
</metadata><components><component type="library" bom-ref="x">
<group>g</group><name>n</name><version>1</version></component></components>
<dependencies><dependency ref="w"><dependency ref="x"/></dependency>
</dependencies></bom>
""", "in.cdx.xml"))
    x = flat(result).get("x", {})
    return [] if (x.get("group"), x.get("name")) == ("g", "n") and \
        needs(result) == {("w", "x")} else [str(result)]


def other_inputs_give_a_new_document(folder):
    path = write(folder, RICH)
    found = []
    for targets in ([path, DEMO], [STACK], [folder]):
        result = again(*targets)
        if result["metadata"]["component"]["bom-ref"] != "subject" or \
                "b" in flat(result):
            found.append(str(targets))
    return found


def the_report_gives_the_same(folder):
    path, report = write(folder, RICH), os.path.join(folder, "r.json")
    _tap.run("scan", *DAY, "-o", "json=" + report, path)
    p = _tap.run("report", "-q", "-o", "cyclonedx", report)
    return [] if json.loads(p.stdout) == again(path) else ["differs"]


_tap.main([the_demo_stays, citations_point_to_claims,
           names_references_and_needs_stay, what_is_written_is_written_again,
           twice_the_same_is_one, references_that_cannot_stay_are_made,
           xml_stays_too, other_inputs_give_a_new_document,
           the_report_gives_the_same])
