#!/usr/bin/env python3
# slow
"""ranwhence update against a server that breaks: each time the edition before
is served, the error is coded and kept for `feeds`, and no secret leaves for
another host. TAP on standard output."""
import os

import _tap
from _feeds import Site, feed_server, sbom

# fault, its argument, the code, a word of the message
FAULTS = [
    ("status", 500, "RW2003", "500"), ("status", 404, "RW2003", "404"),
    ("retry_after", 99999999999, "RW2003", "wait"),
    ("retry_after", "Fri, 31 Dec 9999 23:59:59 GMT", "RW2003", "wait"),
    ("spent", 5000, "RW2003", "wait"),
    ("redirect", "http://127.0.0.1:9/x", "RW2003", "redirects"),
    ("redirect", "https://elsewhere.example/x", "RW2003", "redirects"),
    ("redirect", "file:///etc/passwd", "RW2003", "redirects"),
    ("redirect", "https://user@127.0.0.1/", "RW2003", "redirects"),
    ("redirect", "//169.254.169.254/latest/", "RW2003", "redirects"),
    ("redirect", "/fcc/supplychain/coveredlist", "RW2003", "many redirects"),
    ("truncate", None, "RW2003", "early"),
    ("no_length", None, "RW2003", "how long"),
    ("short_length", None, "RW2004", "coveredlist"),
    ("chunk_cut", None, "RW2003", "early"),
    ("slow", None, "RW2003", "slowly"), ("stall", 3, "RW2003", "slowly"),
    ("reset", None, "RW2003", "early"), ("headers", None, "RW2003", "early"),
    ("not_http", None, "RW2003", "early"),
    ("garbage", None, "RW2004", "another page"),
    ("login", None, "RW2004", "another page"),
    ("empty", None, "RW2004", "another page"),
    ("bomb", 32, "RW2003", "limit"), ("bad_gzip", None, "RW2003", "early"),
    ("endless", None, "RW2003", "limit"),
    ("status", 301, "RW2003", "301"), ("status", 401, "RW2003", "401"),
    ("status", 410, "RW2003", "410"), ("status", 204, "RW2003", "204"),
    ("unavailable", "Fri, 31 Dec 1999 23:59:59 GMT", "RW2003", "503"),
    ("redirect", "//10.0.0.1/x", "RW2003", "redirects"),
    ("redirect", "https://[::1]/x", "RW2003", "redirects"),
    ("redirect", "gopher://127.0.0.1/x", "RW2003", "redirects"),
    ("stall_inside", 10, "RW2003", "slowly"), ("part", None, "RW2003", "206"),
    ("cut_gzip", None, "RW2003", "early"),
    ("encoding", "br", "RW2003", "early"),
    ("two_lengths", None, "RW2003", "early"),
    ("body", bytes(range(256)) * 40, "RW2004", "another page"),
]


def each_fault_leaves_the_edition(folder):
    found = []
    with Site(folder) as s:
        s.update("--feed=fcc")
        before = s.edition("fcc")
        for name, argument, code, word in FAULTS:
            s.server.clear()
            s.server.fault("/fcc/", name, argument)
            status, out, err = s.update("--feed=fcc", "--max-age=0s")
            error = s.error("fcc")
            shown = _tap.run("feeds", "--store", s.store).stdout.decode()
            if status != 3 or s.edition("fcc") != before or \
                    not error.startswith(code) or word not in error or \
                    f"[{code}]" not in err or "failed" not in out or \
                    code not in shown:
                found.append(f"{name} {argument}: {status} {error} {err}")
        s.server.clear()
        status, out, err = s.update("--feed=fcc")
        if status or s.error("fcc"):
            found.append(f"does not recover: {status} {out} {err}")
    return found


def every_feed_keeps_its_edition(folder):
    """Whatever feed it is: all that ask for all, broken all at once."""
    found = []
    with Site(folder) as s:
        s.update()
        names = [n for n, in s.rows("SELECT name FROM feed")]
        before = {n: s.edition(n) for n in names}
        for name, argument in (("status", 500), ("empty", None),
                               ("login", None), ("garbage", None),
                               ("truncate", None), ("short_length", None),
                               ("json", {"odd": [1]}), ("bomb", 80)):
            s.server.clear()
            s.server.fault("/", name, argument)
            status, _, err = s.update("--max-age=0s")
            for n in names:
                error = s.error(n)
                if s.edition(n) != before[n] or \
                        error[:6] not in ("RW2003", "RW2004", "RW1822"):
                    found.append(f"{name}: {n}: {error}")
            if status != 3:
                found.append(f"{name}: {status} {err}")
        s.server.clear()
        status, _, err = s.update("--max-age=0s")
        left = [(n, s.error(n)) for n in names if s.error(n)]
        if status or left or len(names) < 4:
            found.append(f"does not recover: {left} {err}")
    return found


def a_304_that_was_not_asked_for(folder):
    with Site(folder) as s:
        s.server.fault("/fcc/", "same")
        status, _, err = s.update("--feed=fcc")
        return [] if status == 3 and not s.edition("fcc") and \
            "304" in s.error("fcc") else [f"{status} {err}"]


def services_that_are_not_there(folder):
    """A closed port, a name that nobody knows."""
    found = []
    for url in ("http://127.0.0.1:9/x", "https://no-such-host.invalid/x"):
        with Site(folder) as s:
            s.tail = f"[feed fcc]\nurl = {url}\n"
            status, _, err = s.update("--feed=fcc", "--max-age=0s")
            if status != 3 or "cannot be reached" not in s.error("fcc"):
                found.append(f"{url}: {status} {err}")
    return found


def a_changed_shape_is_told(folder):
    shapes = [("csl", "/csl/", {"total": 5, "rows": []}),
              ("csl", "/csl/", {"total": 3, "results": [{"source": "x"}]}),
              ("csl", "/csl/", []),
              ("gleif", "/gleif/api", {"data": []}),
              ("gleif", "/gleif/api", {"data": [{"publish_date": 5}]}),
              ("gleif", "/gleif/files/lei2", {"no": "zip"}),
              ("gleif", "/gleif/files/rr", {"no": "zip"})]
    found = []
    with Site(folder) as s:
        s.update()
        before = {f: s.edition(f) for f in ("csl", "gleif")}
        s.server.state["gleif"] = {"date": "2026-03-05 08:00:00"}
        for feed, prefix, value in shapes:
            s.server.clear()
            s.server.fault(prefix, "json", value)
            status, _, err = s.update("--feed", feed, "--max-age=0s")
            error = s.error(feed)
            if status != 3 or s.edition(feed) != before[feed] or \
                    error[:6] not in ("RW2003", "RW2004"):
                found.append(f"{prefix} {value}: {status} {error} {err}")
        left = [n for n in os.listdir(s.store + ".fetch")
                if n.startswith("csl")]
        return found + left


def a_file_that_has_not_changed_clears_an_error(folder):
    found = []
    with Site(folder) as s:
        s.update()
        for feed, prefix in (("csl", "/csl/"), ("gleif", "/gleif/")):
            before = s.edition(feed)
            s.server.clear()
            s.server.fault(prefix, "status", 500)
            s.update("--feed", feed, "--max-age=0s")
            wrong = s.error(feed)
            s.server.clear()
            status, out, err = s.update("--feed", feed, "--max-age=0s")
            if status or s.error(feed) or not wrong or \
                    s.edition(feed) != before:
                found.append(f"{feed}: {status} {out} {err}")
    return found


def one_bad_answer_of_many(folder):
    target = sbom(folder, ["pkg:npm/%40scope/left@1.0.0",
                           "pkg:maven/org.example/lib@3"])
    with Site(folder) as s:
        s.server.fault("/depsdev/v3/systems/MAVEN", "json", {"odd": 1})
        status, _, err = s.update("--for", target)
        rows = [a for kind, a, _, _ in s.facts("depsdev")
                if kind == "package"]
        found = [] if status == 3 and rows == [
            "pkg:npm/%40scope/left", "pkg:npm/%40scope/left@1.0.0"] and \
            s.error("depsdev").startswith("RW2004") else [
                f"{status} {rows} {err}"]
        s.server.clear()
        status, _, err = s.update("--feed=depsdev", "--for", target)
        asked = [r.path for r in s.asked()]
        if status or len(asked) != 1 or s.error("depsdev"):
            found.append(f"asked again: {status} {asked} {err}")
        return found


def a_dead_service_is_not_asked_for_ever(folder):
    target = sbom(folder, [f"pkg:npm/part{i}@1" for i in range(40)])
    with Site(folder) as s:
        s.server.fault("/depsdev/", "status", 503)
        status, _, _ = s.update("--feed=depsdev", "--for", target)
        n = len(s.asked())
        return [] if status == 3 and n <= 20 else [f"{status} {n} requests"]


def a_budget_is_kept(folder):
    target = sbom(folder, [f"pkg:npm/part{i}@1" for i in range(9)])
    with Site(folder, ["requests = 4"]) as s:
        status, _, err = s.update("--feed=depsdev", "--for", target)
        found = [] if status == 3 and len(s.asked()) == 4 and \
            "budget" in err else [f"{status} {err}"]
        status, _, _ = s.update("--feed=depsdev", "--for", target)
        status, _, err = s.update("--feed=depsdev", "--for", target)
        return found + ([] if status == 0 else [f"does not go on: {err}"])


def certificates_are_checked(folder):
    tls = feed_server.Certificates(folder)
    found = []
    for name, want in (("good", 0), ("expired", 3), ("other", 3)):
        with Site(folder, [f"ca-file = {tls.ca}"], tls=tls,
                  certificate=name) as s:
            status, _, err = s.update("--feed=fcc", "--max-age=0s")
            if status != want or (want and "certificate" not in err):
                found.append(f"{name}: {status} {err}")
    with Site(folder, tls=tls) as s:
        status, _, err = s.update("--feed=fcc", "--max-age=0s")
        if status != 3 or "certificate" not in err:
            found.append(f"an unknown CA: {status} {err}")
    return found


def addresses_that_are_not_public(folder):
    found = []
    for url in ("https://169.254.169.254", "https://10.255.255.1",
                "https://0x7f.1", "https://[::ffff:192.168.0.1]"):
        with Site(folder) as s:
            s.tail = f"[feed fcc]\nurl = {url}\n"
            status, _, err = s.update("--feed=fcc", "--max-age=0s")
            if status != 3 or "not public" not in err:
                found.append(f"{url}: {status} {err}")
    return found


def a_name_that_turns_to_this_machine(folder):
    """A host of the list of hosts that resolves to a loopback address."""
    tls = feed_server.Certificates(folder)
    with Site(folder, [f"ca-file = {tls.ca}"], tls=tls) as s:
        s.server.fault("/fcc/", "redirect", f"https://localhost:"
                       f"{s.server.http.server_address[1]}/fcc/other")
        status, _, err = s.update("--feed=fcc")
        found = [] if status == 3 and "redirects" in err else [err]
        s.server.clear()
        s.server.fault("/fcc/supply", "redirect", f"https://localhost:"
                       f"{s.server.http.server_address[1]}/fcc/other")
        s.tail = "[feed fcc]\nhosts = localhost\n"
        s.update("--feed=fcc")
        # a loopback service may: the hop is made, and answered with 404
        paths = [r.path for r in s.asked()]
        return found + ([] if "other" in paths else [str(paths)])


def a_token_goes_to_its_address_only(folder):
    """Not along a redirect, not into messages or files."""
    tls = feed_server.Certificates(folder)
    env = {"RW_TEST_TOKEN": "open-sesame"}
    found = []
    with Site(folder, [f"ca-file = {tls.ca}"], tls=tls) as s, \
            feed_server.Server(tls=tls, host="localhost") as other:
        s.tail = "[feed fcc]\nhosts = localhost\ntoken-env = " \
            "RW_TEST_TOKEN\n"
        s.server.fault("/fcc/", "redirect", other.base +
                       "/fcc/supplychain/coveredlist")
        status, out, err = s.update("--feed=fcc", env=env)
        own = [r.headers.get("Authorization") for r in s.asked()]
        led = [str(r.headers) for _, r in other.requests]
        if status or own != ["Bearer open-sesame"] or len(led) != 1 or \
                "sesame" in led[0]:
            found.append(f"{status} {own} {led} {err}")
        s.server.clear()
        s.server.fault("/fcc/", "status", 401)
        status, out, err = s.update("--feed=fcc", "--max-age=0s", env=env)
        with open(s.store, "rb") as f:
            kept = f.read()
        if status != 3 or "sesame" in out + err or b"sesame" in kept:
            found.append(f"{status} {out} {err}")
    return found


def settings_are_checked(folder):
    path = os.path.join(folder, "bad")
    with open(path, "w", encoding="utf-8") as f:
        f.write("early = 1\n[fetch]\ntime = fast\nodd = 1\ntries = 0\n"
                "[nope]\n[feed nope]\n[feed fcc]\nurl = http://fcc.gov\n"
                "url = https://u@h/\nrate = 5\nenabled = maybe\nurl =\n"
                "token-env = RW_NO_SUCH\ncountries = CN\nx\n")
    p = _tap.run("update", "--config", path, "--store",
                 os.path.join(folder, "s"))
    err = p.stderr.decode()
    lines = [f":{n}:" for n in (1, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 14, 15,
                                16)]
    found = [f"line {n}" for n in lines if path + n not in err]
    return found + ([] if p.returncode == 2 else [f"{p.returncode} {err}"])


_tap.main([each_fault_leaves_the_edition, every_feed_keeps_its_edition,
           a_304_that_was_not_asked_for, services_that_are_not_there,
           a_changed_shape_is_told,
           a_file_that_has_not_changed_clears_an_error,
           one_bad_answer_of_many, a_dead_service_is_not_asked_for_ever,
           a_budget_is_kept, certificates_are_checked,
           addresses_that_are_not_public, a_name_that_turns_to_this_machine,
           a_token_goes_to_its_address_only, settings_are_checked])
