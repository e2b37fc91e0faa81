#!/usr/bin/env python3
"""What was found, as CycloneDX, SPDX and CSV: the documents hold together, say
what the JSON report says, and are read again as they were written. TAP on
standard output."""
import csv
import io
import json
import os
import re

import _tap

DEMO = os.path.join(_tap.SRCDIR, "fixtures/demo/stack.yaml")
DAY = ["--as-of=2026-11-25", "-q"]
NASTY = ["\x1b[31mred", "=HYPERLINK(1)", "</script><b>", "a\r\n::error::x",
         "\u202eevil", "@SUM(1)", "-1+1", "+1", "\ttab", "a,\"b\"", "\ufffe"]


def scan(form, *arguments, target=DEMO):
    p = _tap.run("scan", *DAY, "-o", form, *arguments, target)
    return p.stdout.decode()


def document(form, *arguments, target=DEMO):
    return json.loads(scan(form, *arguments, target=target))


def pointed(at, pointer):
    for part in pointer.split("/")[1:]:
        at = at[int(part)] if isinstance(at, list) else at[part]
    return at


def cyclonedx_holds_together(_):
    bom = document("cyclonedx", "-p", "default", "-p", "us-889")
    refs = [c["bom-ref"] for c in bom["components"]]
    known = set(refs) | {bom["metadata"]["component"]["bom-ref"]}
    found = [] if len(set(refs)) == len(refs) else ["a reference twice"]
    for d in bom["dependencies"]:
        if {d["ref"], *d["dependsOn"]} - known or \
                len(set(d["dependsOn"])) != len(d["dependsOn"]):
            found.append(str(d))
    for c in bom["compositions"]:
        known_here = set(c["dependencies"]) <= known
        found += [] if known_here else [str(c)]
    cited = [p for c in bom["citations"] for p in c["pointers"]]
    for pointer in cited:
        prop = pointer.rsplit("/", 1)[0]
        if not pointed(bom, prop)["name"].endswith(":concern"):
            found.append(pointer)
    concern = [p for c in bom["components"] for p in c["properties"]
               if p["name"].endswith(":concern")]
    if not concern or len(concern) != len(cited):
        found.append(f"{len(concern)} claims, {len(cited)} cited")
    if not all(re.search(r"\((A|B), .*read \d{4}", c["note"])
               for c in bom["citations"]):
        found.append("a citation without source or date")
    return found + ([] if len(bom["annotations"]) == 2 else ["verdicts"])


def remarks_say_what_the_report_says(_):
    report = document("json")
    scores = {s["component"]: s for s in report["verdicts"][0]["scores"]}
    found = []
    for form, remarks in (("cyclonedx", lambda d: [
            [(p["name"], p["value"]) for p in c["properties"]]
            for c in d["components"]]), ("spdx", lambda d: [
            [a["comment"].split(" because: ")[0].split("=", 1)
             for a in p["annotations"]] for p in d["packages"][1:]])):
        for i, said in enumerate(remarks(document(form))):
            said = dict(said)
            if not scores[i]["weight"]:
                continue
            want = scores[i]["influence"]
            got = [said.get(f"ranwhence:default:{k}") for k in want]
            if got != [str(x) for x in want.values()]:
                found.append(f"{form} {i}: {got} {want}")
    return found


def claims_count_as_the_report_does(_):
    """Units of organisations of concern, commits as whole commits."""
    report = document("json")
    found = []
    for i, c in enumerate(document("cyclonedx")["components"]):
        said = {p["value"].split()[0]: dict(
            x.split("=") for x in p["value"].split()[1:])
            for p in c["properties"] if p["name"].endswith(":concern")}
        for row in report["verdicts"][0]["scores"][i]["contributions"]:
            if row["standing"] != "concern":
                continue
            want = {a: str(n) for a, n in row["units"].items() if n}
            if said.get(row["organisation"]) != want:
                found.append(f"{c['name']}: {said} {want}")
    return found


def inventory(path):
    out = _tap.run("components", "-q", "--json", path).stdout
    d = json.loads(out)
    names = {i: (c["name"], c["version"], c["purl"], c["supplier"])
             for i, c in enumerate(d["components"])}
    return (sorted(map(str, names.values())),
            sorted((names[e["from"]][0], names[e["to"]][0])
                   for e in d["edges"]),
            {x["code"] for x in d["diagnostics"]} - {"RW1801"})


def what_is_written_is_read_again(folder):
    """All three forms give the components and edges of the report, and one
    more: the whole."""
    report = document("json")
    names = [c["name"] for c in report["components"]]
    edges = {(names[e["from"]], names[e["to"]]) for e in report["edges"]}
    found = []
    for form in ("cyclonedx", "spdx", "spdx3"):
        path = os.path.join(folder, form + ".json")
        scan(form + "=" + path)
        got, pairs, codes = inventory(path)
        if len(got) != len(names) + 1 or codes:
            found.append(f"{form}: {len(got)} of {len(names)} {codes}")
        if edges - set(pairs):
            found.append(f"{form}: {edges - set(pairs)}")
        for c in report["components"]:
            want = str((c["name"], c["version"], c["purl"], c["supplier"]))
            if want not in got:
                found.append(f"{form}: {want}")
    return found


def spdx_holds_together(_):
    d = document("spdx")
    ids = [p["SPDXID"] for p in d["packages"]]
    known = set(ids) | {"SPDXRef-DOCUMENT"}
    found = [] if len(set(ids)) == len(ids) else ["an id twice"]
    for r in d["relationships"]:
        if {r["spdxElementId"], r["relatedSpdxElement"]} - known:
            found.append(str(r))
    found += [x for x in ids if not re.fullmatch(r"SPDXRef-[a-zA-Z0-9.-]+", x)]
    graph = document("spdx3")["@graph"]
    ids = [e.get("spdxId", e.get("@id")) for e in graph]
    if len(set(ids)) != len(ids):
        found.append("an element twice")
    for e in graph:
        for key in ("from", "subject", "suppliedBy"):
            if key in e and e[key] not in ids:
                found.append(f"{key} {e[key]}")
        for key in ("to", "originatedBy", "rootElement", "createdBy"):
            found += [f"{key} {x}" for x in e.get(key, []) if x not in ids]
    names = {d["documentNamespace"], document("spdx", "-p", "us-889")
             ["documentNamespace"]}
    return found + ([] if len(names) == 2 else ["one name for two documents"])


def nasty(folder):
    path = os.path.join(folder, "n.cdx.json")
    with open(path, "w", encoding="utf-8") as f:
        json.dump({"bomFormat": "CycloneDX", "specVersion": "1.5",
                   "version": 1, "components": [
                       {"bom-ref": f"c{i}", "type": "library", "name": n,
                        "version": n, "supplier": {"name": n}}
                       for i, n in enumerate(NASTY)]}, f)
    return path


def hostile_names_stay_text(folder):
    path = nasty(folder)
    text = scan("csv", target=path)
    rows = list(csv.reader(io.StringIO(text, newline="")))
    found = [f"{len(r)} fields" for r in rows if len(r) != len(rows[0])]
    found += [x for r in rows[1:] for x in r if x[:1] in "=+@\t\r-"
              and x and not x.lstrip("-").isdigit()]
    if len(rows) != len(NASTY) + 1:
        found.append(f"{len(rows)} rows")
    for form in ("cyclonedx", "spdx", "spdx3"):
        raw = scan(form, target=path)
        if re.search("[\x00-\x09\x0b-\x1f\x7f\u202e]", raw):
            found.append(form + ": a control character")
        json.loads(raw)
    return found


def nothing_depends_on_the_clock(_):
    return [form for form in ("csv", "cyclonedx", "spdx", "spdx3")
            if scan(form, "--threads=1") != scan(form, "--threads=4")]


_tap.main([cyclonedx_holds_together, remarks_say_what_the_report_says, claims_count_as_the_report_does,
           what_is_written_is_read_again, spdx_holds_together,
           hostile_names_stay_text, nothing_depends_on_the_clock])
