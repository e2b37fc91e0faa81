#!/usr/bin/env python3
"""Feeds of who holds whom: what is stored, what is believed, and what a
changed shape does. TAP on standard output."""
import json
import os

import _tap
from _feeds import Site


def suppliers(folder, *names):
    """A CycloneDX file whose components have nothing but a supplier."""
    path = os.path.join(folder, "product.cdx.json")
    with open(path, "w", encoding="utf-8") as f:
        json.dump({"bomFormat": "CycloneDX", "specVersion": "1.5",
                   "metadata": {"component": {"type": "application",
                                              "name": "product"}},
                   "components": [{"type": "library", "name": f"part{i}",
                                   "supplier": {"name": n}}
                                  for i, n in enumerate(names)]}, f)
    return path


def entity(site, *arguments):
    p = _tap.run("entity", "--json", "--store", site.store, *arguments)
    return json.loads(p.stdout)


def says(document, kind):
    return {(f["subject"], f["object"], f["value"], f["confidence"])
            for f in document["facts"] if f["kind"] == kind}


def withheld_parents_are_shown(folder):
    with Site(folder) as s:
        s.update("--feed=gleif")
        rows = s.rows("SELECT lei, level, reason FROM exception ORDER BY 1, 2")
        module = s.server.services["gleif"]
        want = [(module.lei(1), "direct", "NO_LEI"),
                (module.lei(3), "direct", "NON_PUBLIC"),
                (module.lei(3), "ultimate", "NO_KNOWN_PERSON")]
        found = [] if rows == want else [str(rows)]
        d = entity(s, "Example Top Ltd")
        top = d["organisation"]["id"]
        want = {(top, "direct", "NON_PUBLIC", "A"),
                (top, "ultimate", "NO_KNOWN_PERSON", "A")}
        found += [] if says(d, "undisclosed") == want else [str(d["facts"])]
        # 1 has a direct parent on record, whatever it said before
        found += [str(f) for f in
                  says(entity(s, "Example Telecom Co., Ltd."), "undisclosed")
                  if f[1] == "direct" and "0159" in f[0]]
        # it proves nothing and rules nothing out
        ladder = {r["rung"]: r["state"] for r in d["ladder"]}
        if ladder["controlled"] != "possible":
            found.append(str(ladder))
        p = _tap.run("entity", "--store", s.store, "Example Top Ltd")
        text = " ".join(p.stdout.decode().split())
        return found + ([] if "does not name its parent: direct " in text
                        and "(NON_PUBLIC)" in text else [text])


def what_is_gone_is_gone(folder):
    """A relation and an exception that the next publication lacks."""
    with Site(folder) as s:
        s.update("--feed=gleif")
        module = s.server.services["gleif"]
        s.server.state["gleif"] = {"date": "2026-01-09 08:00:00"}
        kept = module.RELATIONS, module.EXCEPTIONS
        module.RELATIONS, module.EXCEPTIONS = kept[0][1:], kept[1][1:2]
        try:
            code, _, err = s.update("--feed=gleif", "--max-age=0s")
        finally:
            module.RELATIONS, module.EXCEPTIONS = kept
        number = s.edition("gleif")[0]
        counts = [s.rows(f"SELECT count(*) FROM {t} WHERE edition = ?",
                         number)[0][0] for t in ("relation", "exception",
                                                 "entity")]
        return [] if code == 0 and counts == [4, 1, 5] else [
            f"{code} {counts} {err}"]


def single_entities_of_a_target(folder):
    target = suppliers(folder, "Asked Networks GmbH", "Lonely Radio Ltd",
                       "Nobody Knows Inc", "Ericsson AB")
    with Site(folder) as s:
        code, _, err = s.update("--for", target, "--feed=gleif-api")
        found = [] if code == 0 else [f"{code} {err}"]
        names = {v for kind, _, _, v in s.facts("gleif-api")
                 if kind == "organisation"}
        want = {"Asked Networks GmbH", "Middle Holding B.V.",
                "顶层集团有限公司", "Lonely Radio Ltd"}
        found += [] if names == want else [str(names)]
        asked = [r.target for r in s.asked()]
        found += [f"asked twice: {t}" for t in set(asked)
                  if asked.count(t) > 1]
        found += [f"asked: {t}" for t in asked if "Ericsson" in t]
        d = entity(s, "Asked Networks GmbH")
        ladder = {r["rung"]: r["state"] for r in d["ladder"]}
        if ladder["controlled"] != "proven":
            found.append(str(ladder))
        dates = {f["from"] for f in d["facts"] if f["kind"] == "controls"}
        found += [] if dates == {"2013-11-01"} else [str(dates)]
        d = entity(s, "Top Group Co., Ltd.")
        if len(says(d, "undisclosed")) != 2:
            found.append(str(d["facts"]))
        s.server.clear()
        code, out, _ = s.update("--for", target, "--feed=gleif-api")
        return found + [r.target for r in s.asked()] + (
            [] if "is current" in out else [out])


def pages_are_followed(folder):
    target = suppliers(folder, "Asked Networks GmbH & Co. KG")
    with Site(folder) as s:
        s.server.state["gleif-api-page"] = 1
        code, _, err = s.update("--for", target, "--feed=gleif-api")
        names = {v for kind, _, _, v in s.facts("gleif-api")
                 if kind == "organisation"}
        return [] if code == 0 and names == {
            "Asked Networks GmbH & Co. KG"} else [f"{code} {names} {err}"]


def another_shape_of_gleif_is_told(folder):
    target = suppliers(folder, "Asked Networks GmbH", "Lonely Radio Ltd")
    api = "/gleif-api/api/v1/lei-records"
    found = []
    with Site(folder) as s:
        one = s.server.services["gleif-api"].lei(1)
        five = s.server.services["gleif-api"].lei(5)
        cases = [(api + "?", {"records": []}), (api + "?", {"data": {}}),
                 (f"{api}/{one}/direct-parent-relationship", {"data": []}),
                 (f"{api}/{one}/direct-parent-relationship",
                  {"data": {"attributes": {"relationship": {
                      "startNode": {"id": five}, "endNode": {"id": one}}}}}),
                 (f"{api}/{five}/direct-parent-reporting-exception",
                  {"data": {"attributes": {"lei": one, "reason": "x"}}})]
        for prefix, value in cases:
            s.server.clear()
            s.server.fault(prefix, "json", value)
            code, _, err = s.update("--for", target, "--feed=gleif-api",
                                    "--max-age=0s")
            if code != 3 or not s.error("gleif-api").startswith("RW2004"):
                found.append(f"{prefix} {value}: {code} {err}")
        s.server.clear()
        code, _, err = s.update("--for", target, "--feed=gleif-api")
        if code or s.error("gleif-api"):
            found.append(f"does not recover: {err}")
        p = _tap.run("entity", "--store", s.store, "Asked Networks GmbH")
        if b"RW18" in p.stderr:
            found.append(p.stderr.decode())
    return found


_tap.main([withheld_parents_are_shown, what_is_gone_is_gone,
           single_entities_of_a_target, pages_are_followed,
           another_shape_of_gleif_is_told])
