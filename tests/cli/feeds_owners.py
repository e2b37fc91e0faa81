#!/usr/bin/env python3
"""Feeds of who holds whom: what is stored, what is believed, and what a
changed shape does. TAP on standard output."""
import gzip
import json
import os
import time

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
            code, _, err = s.update("--feed=gleif", "--max-age=0s",
                                    "--accept=gleif")
        finally:
            module.RELATIONS, module.EXCEPTIONS = kept
        number = s.edition("gleif")[0]
        counts = [s.rows(f"SELECT count(*) FROM {t} WHERE edition = ?",
                         number)[0][0] for t in ("relation", "exception",
                                                 "entity")]
        gone = "gleif does not say any more: relation " \
            f"{module.lei(2)} {module.lei(1)}"
        return [] if code == 0 and counts == [4, 1, 5] and \
            err.count("RW1829") == 1 and gone in err else [
                f"{code} {counts} {err}"]


def an_older_publication_is_refused(folder):
    """A mirror that is behind: what the store has stays, and `feeds` says
    why; what comes later, or is accepted, is taken."""
    dates = {"new": "2026-01-09 08:00:00", "old": "2026-01-07 08:00:00"}
    got = []

    def update(site, date, *more):
        site.server.state["gleif"] = {"date": date}
        code, _, err = site.update("--feed=gleif", "--max-age=0s", *more)
        got.append((code, site.edition("gleif")[1], site.error(
            "gleif")[:6]))
        return err
    with Site(folder) as s:
        update(s, dates["new"])
        err = update(s, dates["old"])
        update(s, "2026-01-12 08:00:00")
        update(s, dates["old"], "--accept=gleif")
        text = _tap.run("feeds", "--store", s.store).stdout.decode()
        bad, _, words = s.update("--accept=nothing")
    want = [(0, dates["new"], ""), (3, dates["new"], "RW1826"),
            (0, "2026-01-12 08:00:00", ""), (0, dates["old"], "")]
    found = [] if got == want else [str(got)]
    for said in (dates["old"], dates["new"], "--accept=gleif"):
        if said not in err:
            found.append(f"{said!r} is not in {err}")
    return found + ([] if dates["old"] in text and bad == 2 and
                    "no feed" in words else [text, words])


def a_list_that_lost_much_is_held(folder):
    """It would make somebody of concern look neutral: the edition before
    stays until it is accepted, or the configuration lets it pass."""
    with Site(folder) as s:
        s.update("--feed=fcc")
        before = s.edition("fcc")
        module = s.server.services["fcc"]
        kept = module.ROWS
        module.ROWS = kept[1:]
        try:
            code, out, err = s.update("--feed=fcc", "--max-age=0s")
            held = s.edition("fcc"), s.error("fcc")
            _, _, again = s.update("--feed=fcc")
            s.tail = "[feed fcc]\nhold-withdrawals = 20%\n"
            passed, _, _ = s.update("--feed=fcc", "--max-age=0s")
            after = s.edition("fcc"), s.error("fcc")
            s.tail = "[feed fcc]\nhold-withdrawals = 100%\n"
            wrong, _, words = s.update("--feed=fcc")
        finally:
            module.ROWS = kept
    found = [] if code == 3 and held[0] == before and "RW1829" in err and \
        "edition before stays" in out and held[1].startswith("RW1832: ") and \
        "1 of 6 rows of us-fcc-covered" in held[1] and "RW1832" in again \
        else [f"{code} {out} {err} {held} {again}"]
    if passed or after[0] == before or after[1]:
        found.append(f"{passed} {after}")
    return found + ([] if wrong == 2 and "hold-withdrawals" in words
                    else [words])


def who_is_listed_no_more_is_told(folder):
    """The new edition lacks a company, and nothing else has changed: whoever
    updates sees whom it takes off."""
    with Site(folder) as s:
        s.tail = "[feed fcc]\nhold-withdrawals = no\n"
        _, _, first = s.update("--feed=fcc")
        module = s.server.services["fcc"]
        kept = module.ROWS
        module.ROWS = kept[1:]
        try:
            code, _, err = s.update("--feed=fcc", "--max-age=0s")
        finally:
            module.ROWS = kept
        _, _, back = s.update("--feed=fcc", "--max-age=0s")
        want = "fcc does not say any more: lists us-fcc-covered " \
            "huawei-technologies"
        found = [] if code == 0 and want in " ".join(err.split()) and \
            err.count("RW1829") == 1 else [f"{code} {err}"]
        return found + [f"told: {e}" for e in (first, back) if "RW1829" in e]


def a_new_store_gets_the_suffixes(folder):
    """Nobody has to know that hosts are asked about by them; the second time
    they are not part of it, nor where no host is open."""
    target = seats(folder, "mail.no.fict")
    with Site(folder) as s:
        first = s.update("--for", target)
        n = len(s.asked("/psl/"))
        second = s.update("--for", target, "--max-age=0s")
        found = [] if (first[0], second[0], n, len(s.asked("/psl/"))) == (
            0, 0, 1, 1) else [f"{first} {second}"]
    with Site(os.path.join(folder, "served")) as s:
        os.mkdir(s.folder)
        s.update("--for", suppliers(folder, "Nobody Knows Inc"))
        return found + [r.target for r in s.asked("/psl/")]


def the_configuration_of_the_page_is_one(folder):
    """That of docs/feeds.md, but for the token, which is not set here."""
    with open(os.path.join(_tap.SRCDIR, "docs/feeds.md"),
              encoding="utf-8") as f:
        text = f.read().partition("\n    [fetch]\n")[2].partition("\n\n## ")[0]
    lines = ["[fetch]"] + [line.strip() for line in text.splitlines()
                           if "token" not in line]
    path = os.path.join(folder, "config")
    with open(path, "w", encoding="utf-8") as f:
        f.write("\n".join(lines))
    p = _tap.run("update", "--offline", "--feed=psl", "--config", path,
                 "--store", os.path.join(folder, "s.db"))
    return [] if p.returncode == 3 and b"RW2001" not in p.stderr and \
        len(lines) > 20 else [f"{p.returncode} {p.stderr.decode()} {lines}"]


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


def seats(folder, host):
    """A repository whose history has hosts of addresses."""
    import subprocess
    path = os.path.join(folder, "repo")
    env = dict(os.environ, GIT_AUTHOR_NAME="A", GIT_COMMITTER_NAME="A",
               GIT_AUTHOR_EMAIL="a@" + host, GIT_COMMITTER_EMAIL="a@" + host)
    subprocess.run(["git", "init", "-q", path], check=True)
    with open(os.path.join(path, "a.c"), "w", encoding="utf-8") as f:
        f.write("int x;\n")
    subprocess.run(["git", "-C", path, "add", "."], check=True)
    subprocess.run(["git", "-C", path, "commit", "-q", "-m", "x"], check=True,
                   env=env)
    return path


def listed(site, name, day):
    d = entity(site, f"--as-of={day}", name)
    return {r["rung"]: r["state"] for r in d["ladder"]}["listed"]


def a_list_of_the_federal_register(folder):
    with Site(folder) as s:
        code, _, err = s.update("--feed=1260h")
        rows = s.facts("1260h", "kind, object, value, begins, ends, "
                       "confidence, note")
        found = [] if code == 0 else [err]
        lists = {v: (o, b, e, c, n) for k, o, v, b, e, c, n in rows
                 if k == "lists" and b == "2026-06-10"}
        names = {v for k, _, v, *_ in rows if k == "organisation"}
        got = lists.get("Huawei Technologies Co., Ltd. (Huawei)", "")
        want = ("huawei-technologies", "2026-06-10", "", "B",
                "document 2026-11571; Huawei is indirectly affiliated with "
                "SASAC (Section 1260H(g)(2)(B)(i)(I)).")
        found += [] if got == want else [str(got)]
        if len(lists) != 34 or not {
                "Invented Military Radio Group Co., Ltd.",
                "IMR Shanghai Co., Ltd.", "IMR & Sons Co., Ltd.",
                "Invented Company 29 Co., Ltd."} <= names:
            found.append(f"{len(lists)} {names}")
        if "Removed" in str(rows):
            found.append("what was removed is listed")
        if s.edition("1260h")[1] != "2026-11571":
            found.append(str(s.edition("1260h")))
        # a row of a machine's reading proves nothing
        state = listed(s, "IMR Shanghai Co., Ltd.", "2026-07-01")
        return found + ([] if state == "possible" else [state])


def older_lists_of_the_register_have_their_time(folder):
    """A list holds until the next one, what a short one adds until then,
    too; a text of another shape is told, and is not in the way."""
    with Site(folder) as s:
        s.server.state["1260h-first"] = True
        code, out, err = s.update("--feed=1260h")
        found = [] if code == 0 and "RW2005" in err and \
            "2021-13753 of 2021-06-28" in err else [f"{code} {out} {err}"]
        spans = {}
        for b, e in s.rows("SELECT begins, ends FROM fact WHERE kind = "
                           "'lists'"):
            spans[b, e] = spans.get((b, e), 0) + 1
        want = {("2025-01-07", "2026-06-10"): 26,
                ("2025-06-02", "2026-06-10"): 3, ("2026-06-10", ""): 34}
        found += [] if spans == want else [str(spans)]
        for name, day, want in (
                ("Invented Former Company 3 Co., Ltd.", "2025-01-06", "no"),
                ("Invented Former Company 3 Co., Ltd.", "2025-01-07", "yes"),
                ("Invented Former Company 3 Co., Ltd.", "2026-06-09", "yes"),
                ("Invented Former Company 3 Co., Ltd.", "2026-06-10", "no"),
                ("Invented Added Company 1 Co., Ltd.", "2025-05-01", "no"),
                ("Invented Added Company 1 Co., Ltd.", "2025-07-01", "yes"),
                ("IMR Shanghai Co., Ltd.", "2025-07-01", "no"),
                ("IMR Shanghai Co., Ltd.", "2026-06-10", "yes")):
            d = entity(s, f"--as-of={day}", name)
            chain = next(r["chain"] for r in d["ladder"]
                         if r["rung"] == "listed")
            if bool([c for c in chain if c["kind"] == "lists"]) != (
                    want == "yes"):
                found.append(f"{name} {day}: {chain}")
        asked = len(s.asked("/1260h/documents"))
        s.update("--feed=1260h")
        return found + ([] if asked == 4 and len(
            s.asked("/1260h/documents")) == 4 else [f"{asked}"])


def an_older_list_that_is_gone_is_told(folder):
    with Site(folder) as s:
        s.server.fault("/1260h/documents/full_text/text/2025-00070",
                       "status", 404)
        code, _, err = s.update("--feed=1260h")
        days = {b for (b,) in s.rows("SELECT begins FROM fact WHERE kind = "
                                     "'lists'")}
        return [] if code == 0 and days == {"2025-06-02", "2026-06-10"} and \
            "2025-00070 of 2025-01-07: its text is not to be had" in \
            " ".join(err.split()) else [f"{code} {days} {err}"]


def another_shape_of_the_register_is_told(folder):
    found = []
    with Site(folder) as s:
        s.update("--feed=1260h")
        before = s.edition("1260h")
        text = "<pre>in accordance with section 1260H:\nA Co.\n</pre>"
        for prefix, fault, value in (
                ("/1260h/api", "json", {"results": []}),
                ("/1260h/api", "json", {"documents": 1}),
                ("/1260h/api", "login", None), ("/1260h/doc", "login", None),
                ("/1260h/doc", "garbage", None),
                ("/1260h/doc", "json", text), ("/1260h/doc", "status", 404),
                ("/1260h/doc", "empty", None)):
            s.server.clear()
            s.server.fault(prefix, fault, value)
            code, _, err = s.update("--feed=1260h", "--max-age=0s")
            if code != 3 or s.edition("1260h") != before or \
                    s.error("1260h")[:6] not in ("RW2003", "RW2004"):
                found.append(f"{prefix} {fault} {value}: {code} {err}")
        s.server.clear()
        code, _, err = s.update("--feed=1260h", "--max-age=0s")
        return found + ([] if code == 0 else [err])


def wikidata_is_a_lead(folder):
    target = seats(folder, "mail.radio.fict")
    sbom_of = suppliers(folder, 'Invented "Radio" Works', "Nobody at all")
    with Site(folder) as s:
        s.update("--feed=psl")
        code, _, err = s.update("--for", target, "--for", sbom_of,
                                "--feed=wikidata")
        rows = s.facts("wikidata", "kind, object, value, begins, ends, "
                       "confidence, note, subject")
        found = [] if code == 0 else [err]
        owns = [r[2:7] for r in rows if r[0] == "owns"]
        controls = [r[2:7] for r in rows if r[0] == "controls"]
        if set(owns) != {("51.5%", "2018", "", "B", "reference: "
                          "https://example.com/report")} or \
                set(controls) != {("parent organisation", "", "2020-05", "C",
                                   "no reference")}:
            found.append(f"{owns} {controls}")
        hosts = [r[7] for r in rows if r[0] == "host"]
        found += [] if hosts == ["radio.fict"] else [str(hosts)]
        d = entity(s, "mail.radio.fict")
        if d["organisation"]["name"] != "Invented Radio":
            found.append(str(d["organisation"]))
        found += [f"{r['rung']} is proven" for r in d["ladder"]
                  if r["state"] == "proven"]
        p = _tap.run("entity", "--store", s.store, "Nobody at all")
        if b"wikidata was asked (" not in p.stderr:
            found.append(p.stderr.decode())
        asked = [r.body for r in s.asked("/wikidata")]
        found += [] if all(b"Q5" in b and b"LIMIT" in b for b in asked) and \
            len(asked) == 3 else [str(asked)]
        s.server.clear()
        s.server.fault("/wikidata", "json", {"results": {"rows": []}})
        code, _, err = s.update("--for", target, "--feed=wikidata",
                                "--max-age=0s")
        return found + ([] if code == 3 and s.error("wikidata").startswith(
            "RW2004") else [f"{code} {err}"])


def asked_in(report):
    return [(a["kind"], a["of"], a["feed"], a["known"])
            for a in report["asked"]]


def a_report_says_whom_it_asked_in_vain(folder):
    """Of a supplier and of hosts that stay unknown, in every form that shows
    them; written again from the JSON, to the byte."""
    repository = seats(folder, "mail.no.fict")
    target = suppliers(folder, "Nobody Knows Inc", "Nokia")
    day = time.strftime("%Y-%m-%d", time.gmtime())
    with Site(folder) as s:
        s.update("--feed=psl")
        code, _, err = s.update("--for", target, "--for", repository,
                                "--feed=wikidata", "--feed=gleif-api",
                                "--feed=rdap")
        s.rows("UPDATE answer SET time = time - time % 86400")
        outputs = {f: os.path.join(folder, "r." + f) for f in ("json", "html")}
        _tap.run("scan", "-q", "--store", s.store,
                 *[f"--output={f}={p}" for f, p in outputs.items()], target,
                 repository)
        with open(outputs["json"], encoding="utf-8") as f:
            report = json.load(f)
        with open(outputs["html"], "rb") as f:
            page = f.read()
        found = [] if asked_in(report) == [
            ("host", "no.fict", "wikidata", True),
            ("name", "Nobody Knows Inc", "gleif-api", True),
            ("name", "Nobody Knows Inc", "wikidata", True)] else [
                f"{code} {err} {asked_in(report)}"]
        words = f"wikidata was asked ({day}) and does not settle it"
        again = _tap.run("report", "-q", "--output=html", outputs["json"])
        if words.encode() not in page or again.stdout != page:
            found.append("the page does not tell it, or not again")
        for part in ("part0", "repo"):
            p = _tap.run("why", part, outputs["json"])
            if words not in " ".join(p.stdout.decode().split()):
                found.append(f"{part}: {p.stdout.decode()} {p.stderr}")
            p = _tap.run("why", "--json", part, outputs["json"])
            asked = [a for x in json.loads(p.stdout)["components"][0][
                "contributions"] for a in x["asked"]]
            if not asked or any(a not in report["asked"] for a in asked):
                found.append(f"{part}: {asked}")
        text = " ".join(_tap.run("report", "-q", outputs["json"])
                        .stdout.decode().split())
        for words in (f"part0? So far gleif-api was asked ({day}) and does "
                      "not settle it; wikidata was asked (",
                      f"belong to in repo? So far wikidata was asked ({day})"):
            if words not in text:
                found.append(f"{words!r} is not in {text}")
        report["asked"].reverse()
        with open(outputs["json"], "w", encoding="utf-8") as f:
            json.dump(report, f)
        p = _tap.run("report", "-q", outputs["json"])
        return found + ([] if p.returncode == 2 and b"not in order"
                        in p.stderr else [p.stderr.decode()])


def what_is_kept(s):
    """Of answers that name persons: nothing but the country, and the digest
    of all that came."""
    found, bodies = [], s.rows("SELECT key, body FROM answer WHERE feed = "
                               "'rdap' AND key LIKE 'host %' AND status = 200")
    for key, body in bodies:
        text = gzip.decompress(body).decode()
        if set(json.loads(text)) != {"sha256", "registrant_country"} or \
                "Person" in text:
            found.append(f"{key}: {text}")
    for name in os.listdir(s.folder):
        if name.startswith("store.db") and os.path.isfile(
                os.path.join(s.folder, name)):
            with open(os.path.join(s.folder, name), "rb") as f:
                found += ["a person is kept"] if b"Person" in f.read() else []
    return found if len(bodies) == 3 else found + [f"{len(bodies)} answers"]


def registrants_are_evidence_only(folder):
    targets = []
    for host in ("mail.radio.fict", "old.fict", "hidden.fict", "none.fict",
                 "x.unknown.other"):
        os.mkdir(os.path.join(folder, host))
        targets += ["--for", seats(os.path.join(folder, host), host)]
    with Site(folder) as s:
        code, _, err = s.update(*targets, "--feed=rdap")
        found = [] if code == 3 and "psl" in s.error("rdap") else [err]
        s.update("--feed=psl")
        code, _, err = s.update(*targets, "--feed=rdap")
        rows = {a: v for k, a, _, v in s.facts("rdap") if k == "registrant"}
        if code or rows != {"radio.fict": "CN", "old.fict": "DE"} or \
                "unknown.other" not in err:
            found.append(f"{code} {rows} {err}")
        if "Person" in str(s.facts("rdap", "value, note, subject, object")):
            found.append("a name is stored as a fact")
        found += what_is_kept(s)
        d = entity(s, "mail.radio.fict")
        if d["host"] and d["host"]["class"] != "unknown":
            found.append(str(d["host"]))
        p = _tap.run("entity", "--store", s.store, "mail.radio.fict")
        err = p.stderr.decode()
        if "radio.fict is registered by somebody in CN" not in err or \
                "rdap was asked (" not in err:
            found.append(err)
        p = _tap.run("entity", "--store", s.store, "none.fict")
        if b"and does not know it" not in p.stderr:
            found.append(p.stderr.decode())
        p = _tap.run("store", "export", os.path.join(folder, "x"), "--store",
                     s.store)
        if b"left out" not in p.stdout:
            found.append("terms of registries let it leave")
        s.server.clear()
        s.server.fault("/rdap/registry/domain/old", "json", {"domain": 1})
        s.server.fault("/rdap/rdap", "json", {"services": 1})
        for _ in range(2):
            code, _, err = s.update(*targets, "--feed=rdap", "--max-age=0s")
            if code != 3 or not s.error("rdap").startswith("RW2004"):
                found.append(f"{code} {err}")
            s.server.faults = s.server.faults[:1]
        return found


MAY = "[feed opensanctions]\nlicence = CC-BY-NC-4.0\n"


def opensanctions_wants_a_licence(folder):
    with Site(folder) as s:
        code, _, err = s.update()
        found = [] if code == 0 and not s.edition("opensanctions") else [err]
        code, _, err = s.update("--feed=opensanctions")
        if code != 2 or "CC-BY-NC-4.0" not in err:
            found.append(f"{code} {err}")
        s.tail = "[feed opensanctions]\nenabled = yes\nlicence = yes\n"
        code, _, err = s.update()
        found += [] if code == 2 and "CC-BY-NC-4.0" in err else [err]
        found += [r.target for r in s.asked("/opensanctions")]
        s.tail = MAY
        code, _, err = s.update("--feed=opensanctions")
        rows = s.facts("opensanctions", "kind, value, begins, ends, "
                       "confidence, object, subject")
        found += [] if code == 0 else [err]
        text = str(rows)
        if "Person" in text or "Elsewhere" in text:
            found.append(text)
        owns = [r[1:5] for r in rows if r[0] == "owns"]
        found += [] if owns == [("51.5%", "2019", "", "B")] else [str(owns)]
        lists = sorted(r[2:4] for r in rows if r[0] == "lists")
        if lists != [("2022-10-05", "2024-01-31"),
                     ("2024-01-31", "2026-06-08"), ("2026-06-08", "")] or \
                not any(r[5] == "huawei-technologies" for r in rows):
            found.append(str(rows))
        out = os.path.join(folder, "x")
        p = _tap.run("store", "export", out, "--store", s.store)
        _tap.run("store", "import", out, "--store", out + ".db")
        p = _tap.run("entity", "--store", out + ".db", "Invented State "
                     "Bureau")
        return found + (["it left"] if b"state-body" in p.stdout else [])


def opensanctions_goes_on_and_is_checked(folder):
    with Site(folder) as s:
        s.tail = MAY
        s.server.fault("/opensanctions/", "truncate", times=1)
        code, _, err = s.update("--feed=opensanctions")
        ranges = [r.headers.get("Range") for r in s.asked("/opensanctions")]
        found = [] if code == 0 and ranges[0] is None and ranges[1] else [
            f"{code} {ranges} {err}"]
        before = s.edition("opensanctions")
        for fault, value in (("json", {"results": []}), ("login", None),
                             ("empty", None), ("garbage", None),
                             ("json", [])):
            s.server.clear()
            s.server.fault("/opensanctions/", fault, value)
            code, _, err = s.update("--feed=opensanctions", "--max-age=0s")
            if code != 3 or s.edition("opensanctions") != before or \
                    not s.error("opensanctions").startswith("RW2004"):
                found.append(f"{fault} {value}: {code} {err}")
        return found


def opensanctions_has_several_datasets(folder):
    """Edges lead from one to another; what is new of one is published with
    the others, and nothing is asked for without need."""
    with Site(folder) as s:
        s.tail = MAY + "dataset = us_dod_chinese_milcorps us_trade_csl " \
            "us_trade_csl\n"
        code, out, err = s.update("--feed=opensanctions")
        rows = s.facts("opensanctions", "kind, subject, object, value, "
                       "begins, ends")
        found = [] if code == 0 and not err else [f"{code} {out} {err}"]
        owns = sorted(r[3] for r in rows if r[0] == "owns")
        lists = sorted((r[1], r[4], r[5]) for r in rows if r[0] == "lists")
        if owns != ["100%", "51.5%"] or lists != [
                ("opensanctions-us-trade-csl", "2027-01-01", ""),
                ("us-1260h", "2022-10-05", "2024-01-31"),
                ("us-1260h", "2024-01-31", "2026-06-08"),
                ("us-1260h", "2026-06-08", "")]:
            found.append(f"{owns} {lists}")
        s.server.clear()
        code, out, err = s.update("--feed=opensanctions", "--max-age=0s")
        if code or "is current" not in out or len(s.asked("/open")) != 2:
            found.append(f"{out} {err} {len(s.asked('/open'))}")
        s.server.clear()
        s.server.state["opensanctions-us_trade_csl"] = [
            {"id": "o4", "schema": "Ownership", "properties": {
                "owner": ["NK-9"], "asset": ["NK-h"], "percentage": ["5"]}}]
        code, out, err = s.update("--feed=opensanctions", "--max-age=0s")
        owns = sorted(v for k, _, _, v in s.facts("opensanctions")
                      if k == "owns")
        if code or owns != ["100%", "5%", "51.5%"] or \
                len(s.asked("/open")) != 3:
            found.append(f"{code} {err} {owns} {len(s.asked('/open'))}")
        before = s.edition("opensanctions")
        s.server.fault("/opensanctions/datasets/latest/us_trade", "json", [])
        code, out, err = s.update("--feed=opensanctions", "--max-age=0s")
        return found + ([] if code == 3 and s.edition("opensanctions") ==
                        before and not [n for n in os.listdir(
                            s.store + ".fetch") if "opensanctions" in n]
                        else [f"{code} {err} {os.listdir(s.store + '.fetch')}"])


_tap.main([a_report_says_whom_it_asked_in_vain,
           opensanctions_wants_a_licence,
           opensanctions_goes_on_and_is_checked,
           opensanctions_has_several_datasets,
           a_list_of_the_federal_register,
           older_lists_of_the_register_have_their_time,
           an_older_list_that_is_gone_is_told,
           another_shape_of_the_register_is_told, wikidata_is_a_lead,
           registrants_are_evidence_only,
           withheld_parents_are_shown, what_is_gone_is_gone,
           who_is_listed_no_more_is_told,
           the_configuration_of_the_page_is_one,
           a_new_store_gets_the_suffixes,
           an_older_publication_is_refused, a_list_that_lost_much_is_held,
           single_entities_of_a_target, pages_are_followed,
           another_shape_of_gleif_is_told])
