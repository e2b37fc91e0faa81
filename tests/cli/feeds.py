#!/usr/bin/env python3
"""ranwhence update against a server that answers as the services do: what is
fetched, stored, not fetched again, and gone on with. TAP on standard
output."""
import json
import os
import stat

import _tap
from _feeds import Site, sbom
from _terminal import on_terminal


def editions_are_published(folder):
    with Site(folder) as s:
        code, out, err = s.update()
        found = [] if code == 0 and not err else [f"{code} {err}"]
        found += [f for f in ("csl", "fcc", "gleif") if not s.edition(f)]
        if s.edition("depsdev"):
            found.append("a feed that asks per target ran without one")
        listed = {(a, b) for kind, a, b, _ in s.facts("fcc")
                  if kind == "lists"}
        if ("us-fcc-covered", "huawei-technologies") not in listed or \
                ("us-fcc-covered", "zte") not in listed or \
                len([x for x in listed]) != 6:
            found.append(str(listed))
        names = [v for kind, _, _, v in s.facts("fcc")
                 if kind == "organisation"]
        if sorted(names) != ["AO Invented Lab", "InvNet (USA) LLC",
                             "Invented Networks Corp."]:
            found.append(str(names))
        return found


def a_user_is_told_what_helps(folder):
    """Where a feed fails or is misspelt; and nothing is cut or too wide."""
    found = []
    with Site(folder) as s:
        s.update()
        s.server.fault("/fcc/", "status", 404)
        _, _, err = s.update("--max-age=0s", "--feed=fcc")
        found += [] if "ranwhence explain RW2003" in err else [err]
        _, _, err = s.update("--max-age=0s", "--feed=fcc", "--quiet")
        found += ["not quiet"] if "explain" in err else []
        _, _, err = s.update("--feed=fc")
        found += [] if "ranwhence feeds" in err else [err]
        s.tail = "[feed fc]\n"
        _, _, err = s.update()
        found += [] if "ranwhence feeds" in err else [err]
        p = _tap.run("feeds", "--store", s.store).stdout.decode()
        lines = p.split("\n")[1:]
        found += [x for x in lines if len(x) > 80 and "/" not in x]
        found += [] if "\nsoftwareheritage " in p else [p]
    p = _tap.run("update", "--help").stdout.decode()
    return found + [x for x in p.split("\n") if x.endswith(" ")]


def a_failure_is_told_once(folder):
    """Its address and reason on standard error, without the query; that the
    edition before stays on standard output. -v tells all requests."""
    with Site(folder) as s:
        s.server.fault("/1260h/api", "status", 404)
        _, out, err = s.update("--feed=1260h", "--feed=psl")
        found = [] if "1260h            failed: RW2003; there is no edition " \
            "yet\n" in out and "/1260h/" not in out and \
            err.count("/1260h/") == 1 and "documents.json... " in err and \
            err.count("\n") == 2 else [out, err]
        s.server.clear()
        s.update("--feed=1260h")
        s.server.fault("/1260h/api", "status", 404)
        _, out, err = s.update("--feed=1260h", "--feed=psl", "--max-age=0s",
                               "-v")
        if "failed: RW2003; the edition before stays" not in out:
            found.append(out)
        for line in ("ranwhence: psl: http", ": not changed since, status 304",
                     ": refused with a status, status 404"):
            found += [] if line in err else [f"{line}: {err}"]
        _, out, err = s.update("--feed=psl", "-v")
        found += [] if ": at hand" in err else [err]
        _, out, err = s.update("--feed=psl", "-v", "-q", "--max-age=0s")
        return found + [x for x in (out, err) if x]


def progress_is_for_people(folder):
    """On a terminal a line that is taken away, elsewhere none of it."""
    target = sbom(folder, [f"pkg:npm/part{i}@1" for i in range(12)])
    with Site(folder) as s:
        s.tail = "[feed depsdev]\nrate = 10/s\n"
        _, out, err = s.update("--feed=depsdev", "--for", target)
        found = [err] if "left" in err or "\r" in out + err else []
        out, status = on_terminal(
            ["update", "--config", "config", "--store", "other.db",
             "--feed=depsdev", "--for", target],
            {"TERM": "xterm", "LC_ALL": "C"}, folder)
        lines = [x for x in out.split(b"\r") if b" a second" in x]
        if status or not any(b"[#" in x and b" s left: depsdev " in x
                             for x in lines):
            found.append(str(lines[-5:]))
        found += [str(x) for x in lines if len(x) > 90]
        quiet, _ = on_terminal(
            ["update", "--config", "config", "--store", "other.db", "-q",
             "--feed=depsdev", "--for", target, "--max-age=0s"],
            {"TERM": "xterm", "LC_ALL": "C"}, folder)
        return found + ([str(quiet)] if quiet else [])


def persons_stay_out(folder):
    with Site(folder) as s:
        s.update("--feed=csl")
        text = str(s.facts("csl"))
        found = [n for n in ("Wei Person", "DOE, Jane", "Denied", "Elsewhere",
                             "Filler") if n in text]
        listed = {b: v for kind, _, b, v in s.facts("csl") if kind == "lists"}
        if "huawei-technologies" not in listed or len(listed) != 4:
            found.append(str(listed))
        ends = s.facts("csl", "kind, ends, confidence, note")
        if ("lists", "2024-01-01", "B", "84 FR 22961") not in ends or \
                any(k == "lists" and c != "B" for k, _, c, _ in ends):
            found.append(str(ends))
        return found


def entities_that_matter(folder):
    with Site(folder) as s:
        s.update("--feed=gleif")
        names = [r[0] for r in s.rows("SELECT name FROM entity ORDER BY lei")]
        want = ["示例通信有限公司", "Example Holding Inc.", "Example Top Ltd",
                "Beispiel GmbH", "Ericsson AB"]
        found = [] if names == want else [str(names)]
        dates = s.rows("SELECT DISTINCT begins, ends FROM relation")
        found += [] if dates == [("2013-11-01", "")] else [str(dates)]
        kinds = s.rows("SELECT kind, count(*) FROM relation GROUP BY kind")
        want = [("direct", 4), ("ultimate", 1)]
        return found + ([] if kinds == want else [str(kinds)])


def changes_are_enough_later(folder):
    with Site(folder) as s:
        s.update("--feed=gleif")
        module = s.server.services["gleif"]
        s.server.state["gleif"] = {
            "date": "2026-01-09 08:00:00",
            "changes": [module.entity(4, "Beispiel Neu GmbH", "CN")]}
        s.server.clear()
        code, _, err = s.update("--feed=gleif", "--max-age=0s")
        found = [] if code == 0 else [err]
        asked = [r.path for r in s.asked()]
        if "files/lei2-delta.zip" not in asked or \
                "files/lei2-full.zip" in asked:
            found.append(str(asked))
        number = s.edition("gleif")[0]
        names = [r[0] for r in s.rows(
            "SELECT name FROM entity WHERE edition = ? ORDER BY lei", number)]
        if "Beispiel Neu GmbH" not in names or "Beispiel GmbH" in names or \
                "Ericsson AB" not in names:
            found.append(str(names))
        return found


PURLS = ["pkg:npm/%40scope/left@1.0.0", "pkg:pypi/signed", "pkg:npm/nope@1",
         "pkg:golang/example.org/m@v1.2.3", "pkg:maven/org.example/lib@3",
         "pkg:deb/debian/zlib@1"]


def packages_of_a_target(folder):
    target = sbom(folder, PURLS)
    with Site(folder) as s:
        code, out, err = s.update("--for", target)
        rows = {a: (b or c, d) for kind, a, b, c, d in s.facts(
            "depsdev", "kind, subject, object, value, confidence")
            if kind == "package"}
        want = {}
        for purl, version, what in (
                ("pkg:maven/org.example/lib", "3",
                 ("gitlab.com/example/lib", "B")),
                ("pkg:npm/%40scope/left", "1.0.0",
                 ("github.com/example/left", "B")),
                ("pkg:golang/example.org/m", "v1.2.3", ("no-source", "B")),
                ("pkg:pypi/signed", "2.1",
                 ("github.com/example/attested", "A"))):
            want[purl] = want[f"{purl}@{version}"] = what
        want["pkg:npm/nope@1"] = ("unknown", "B")
        found = [] if code == 0 and rows == want else [f"{code} {rows} {err}"]
        answers = dict(s.rows("SELECT key, status FROM answer WHERE "
                              "feed = 'depsdev'"))
        if answers.get("pkg:npm/nope@1") != 404 or s.edition("csl"):
            found.append(str(answers))
        s.server.clear()
        code, out, _ = s.update("--for", target)
        return found + [r.target for r in s.asked()] + (
            [] if "is current" in out else [out])


def a_scan_knows_what_came(folder):
    """Components that had only purls get their repository, offline."""
    target = sbom(folder, PURLS)
    with Site(folder) as s:
        s.update()
        s.update("--for", target)
    p = _tap.run("components", "--json", "--store", s.store, target)
    got = {c["purl"]: c for c in json.loads(p.stdout)["components"]
           if c["purl"]}
    want = {PURLS[0]: ("https://github.com/example/left", True),
            PURLS[1]: ("https://github.com/example/attested", False),
            PURLS[4]: ("https://gitlab.com/example/lib", True)}
    found = [f"{k}: {got[k]}" for k, v in want.items()
             if (got[k]["repository"], got[k].get("claimed", False)) != v]
    for purl, word in ((PURLS[2], "depsdev (20"), (PURLS[3], "no source"),
                       (PURLS[5], "no fact does")):
        if word not in got[purl]["resolved_by"]:
            found.append(f"{purl}: {got[purl]['resolved_by']}")
    p = _tap.run("entity", "--store", s.store, "Example Telecom Co., Ltd.")
    out = p.stdout.decode()
    if "Example Top Ltd" not in out or b"RW" in p.stderr:
        found.append(f"{out[:300]} {p.stderr}")
    return found


def a_scan_names_organisations_offline(folder):
    """A component with only a purl, an empty store, update, scan; and the
    same from the exported store on another machine."""
    target = sbom(folder, ["pkg:pypi/e2-tools@1.0"])
    out = os.path.join(folder, "store.rwx")
    other = os.path.join(folder, "other.db")
    with Site(folder) as s:
        before = _tap.run("scan", "-o", "json", target)
        s.update()
        s.update("--for", target)
        scan = _tap.run("scan", "-o", "json", "--store", s.store, target)
    _tap.run("store", "export", out, "--store", s.store)
    p = _tap.run("store", "import", out, "--store", other)
    again = _tap.run("scan", "-o", "json", "--store", other, target)
    known = [b"nokia" in x.stdout.lower() and b"AT&T" in x.stdout
             for x in (before, scan)]
    found = [] if known == [False, True] else [f"{known} {scan.stderr}"]
    a = scan.stdout.replace(s.store.encode(), b"")
    b = again.stdout.replace(other.encode(), b"")
    return found + ([] if a == b else [f"not the same: {p.stderr}"])


def nothing_is_fetched_twice(folder):
    with Site(folder) as s:
        s.update()
        feeds = [r[0] for r in s.rows("SELECT name FROM feed ORDER BY 1")]
        before = [s.edition(f) for f in feeds]
        s.server.clear()
        code, out, _ = s.update()
        found = [r.target for r in s.asked()]
        code, out, _ = s.update("--max-age=0s")
        plain = [r.target for r in s.asked()
                 if not r.headers.get("If-None-Match")]
        after = [s.edition(f) for f in feeds]
        if code or out.count("is current") != len(feeds) or before != after:
            found.append(f"{code} {out}")
        return found + plain


def what_was_answered_is_published_offline(folder):
    target = sbom(folder, PURLS[:2])
    with Site(folder) as s:
        s.update("--for", target)
        before = s.edition("depsdev")[0]
        s.server.clear()
        code, out, _ = s.update("--offline", "--for", target)
        found = [] if code == 0 else [out]
        code, out, err = s.update("--offline", "--feed=fcc")
        if code != 3 or "not at hand" not in err:
            found.append(f"{code} {err}")
        return found + [r.target for r in s.asked()] + (
            [] if s.edition("depsdev")[0] == before else ["a new edition"])


def a_cut_file_is_gone_on_with(folder):
    with Site(folder) as s:
        s.server.fault("/csl/", "truncate", times=1)
        code, _, err = s.update("--feed=csl")
        ranges = [r.headers.get("Range") for r in s.asked("/csl/")]
        found = [] if code == 0 and len(ranges) == 2 and not ranges[0] and \
            (ranges[1] or "").startswith("bytes=") else [f"{ranges} {err}"]
        return found + ([] if s.edition("csl") else ["no edition"])


def a_killed_update_goes_on(folder):
    """The file is half there from an earlier run, then changed."""
    with Site(folder) as s:
        s.server.fault("/csl/", "truncate", times=2)
        first = s.update("--feed=csl")[0]
        s.server.clear()
        code = s.update("--feed=csl")[0]
        asked = s.asked("/csl/")
        found = [] if (first, code) == (3, 0) and len(asked) == 1 and \
            asked[0].headers.get("If-Range") else [f"{first} {code}"]
        left = os.listdir(s.store + ".fetch")
        return found + ([] if left == ["lock"] else left)



def the_store_is_private(folder):
    with Site(folder) as s:
        s.update("--feed=fcc")
        mode = stat.S_IMODE(os.stat(s.store + ".fetch").st_mode)
        return [] if mode == 0o700 else [oct(mode)]


def the_configuration_says_where_the_store_is(folder):
    store = os.path.join(folder, "here", "s.db")
    with Site(folder) as s:
        path = os.path.join(folder, "ranwhence", "config")
        os.mkdir(os.path.dirname(path))
        with open(path, "w", encoding="utf-8") as f:
            f.write(s.server.configuration() + f"[store]\nfile = {store}\n")
        env = {"XDG_CONFIG_HOME": folder}
        code = _tap.run("update", "--feed=fcc", env=env).returncode
    found = [] if code == 0 and os.path.exists(store) else [str(code)]
    out = _tap.run("feeds", env=env).stdout.decode()
    other = _tap.run("feeds", "--config", path,
                     env={"XDG_CONFIG_HOME": "/"}).stdout.decode()
    if store not in out or store not in other:
        found.append(out)
    p = _tap.run("entity", "AO Invented Lab", env=env)
    return found + ([] if b"fcc-" in p.stdout else [str(p)])


def a_rate_is_kept(folder):
    target = sbom(folder, [f"pkg:npm/part{i}@1" for i in range(30)])
    with Site(folder) as s:
        s.tail = "[feed depsdev]\nrate = 50/s\n"
        s.update("--for", target)
        times = [t for t, r in s.server.requests
                 if r.service == "depsdev"]
        rate = (len(times) - 1) / (times[-1] - times[0])
        # a busy machine may be late, but never early
        return [] if 25 <= rate <= 52.5 else [f"{rate:.1f} a second"]


_tap.main([editions_are_published, a_user_is_told_what_helps,
           a_failure_is_told_once, progress_is_for_people,
           persons_stay_out, entities_that_matter,
           changes_are_enough_later, packages_of_a_target,
           a_scan_knows_what_came, a_scan_names_organisations_offline,
           nothing_is_fetched_twice, what_was_answered_is_published_offline,
           a_cut_file_is_gone_on_with, a_killed_update_goes_on,
           the_store_is_private,
           the_configuration_says_where_the_store_is, a_rate_is_kept])
