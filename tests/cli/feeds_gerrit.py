#!/usr/bin/env python3
"""The feed `gerrit`: reviews of a history that came without their record, by
host and month, whole or not at all, of no person; what a scan makes of them.
TAP on standard output."""
import gzip
import json
import os
import subprocess
import time

import _tap
import _feeds
from _feeds import Site, feed_server, sbom

import service_gerrit as gerrit  # noqa: E402  (its folder: _feeds)

E2 = "gerrit.o-ran-sc.org/r/ric-plt/e2"
HUB = "https://github.com/o-ran-sc/ric-plt-e2"
BIG = "https://gerrit.o-ran-sc.org/r/test/big"
POLICY = """policy: 1
name: p
title: reviews
text: {title: t, date: 2026-01-01, source: s, status: own}
concern: {jurisdictions: [US], rungs: [established]}
weights: {axes: {review: 1}, default: 1, dependencies: 1}
rules:
  - {id: R-1, title: t, clause: c, confirmed: true, kind: exposure,
     axis: review, limit: 10%, severity: high, unproven: warn}
"""


def clone(folder, url=HUB):
    """A history without any record of reviews, and where it is from."""
    path = os.path.join(folder, "clone")
    stream = b"".join(_tap.commit(
        i + 1, b"A", b"u@intel.com", b"%d +0000" % (1567000000 + i),
        {"f": b"%d\n" % i}, i or None) for i in range(3))
    _tap.repository(path, stream)
    subprocess.run(["git", "remote", "add", "origin", url], cwd=path,
                   check=True)
    return path


def digests(site):
    found = {}
    for repository, body in site.rows(
            "SELECT repository, body FROM digest ORDER BY 1"):
        d = json.loads(gzip.decompress(body))
        found[repository] = {
            (h["host"], m[0]): tuple(m[-2:])
            for h in d["hosts"] for m in h["months"]}
    return found


WANT = {"https://" + E2: {
    ("", "2019-09"): (1, 0), ("att.com", "2019-09"): (0, 1),
    ("att.com", "2020-01"): (1, 1),
    ("highstreet-technologies.com", "2019-09"): (1, 0),
    ("highstreet-technologies.com", "2020-01"): (1, 0)}}


def differences(got, want):
    return [] if got == want else [f"got {got}", f"want {want}"]


def updated(folder, url=HUB, **options):
    site = Site(folder, **options)
    return site, clone(folder, url)


def reviews_are_counted_by_host_and_month(folder):
    """Each account once a change; no owner, author, bot, or vote of 0. The
    project is found by its list, from the address of a mirror."""
    site, target = updated(folder)
    with site as s:
        code, _, err = s.update("--for", target)
        queries = [r.query for r in s.asked("/gerrit/changes")]
        found = [] if code == 0 else [err]
        if {q["q"] for q in queries} != {
                "project:ric-plt/e2 branch:master status:merged"}:
            found.append(str(queries))
        return found + differences(digests(s), WANT)


def pages_are_followed_to_the_end(folder):
    site, target = updated(folder, BIG)
    with site as s:
        code, _, err = s.update("--for", target)
        asked = [r.query["S"] for r in s.asked("/gerrit/changes")]
        return ([] if code == 0 else [err]) + differences(
            asked, ["0", "100", "200", "0"]) + differences(digests(s), {
                BIG: {("att.com", "2019-09"): (0, 250),
                      ("highstreet-technologies.com", "2019-09"): (250, 0)}})


def what_moves_meanwhile_is_not_missed(folder):
    """A change that goes to the front while pages are read."""
    site, target = updated(folder)
    many = [gerrit.change("ric-plt/e2", n, [(gerrit.VOTER, 2)])
            for n in range(150, 0, -1)]
    moved = dict(many[120], updated="2021-01-01 00:00:00.000000000")
    with site as s:
        s.server.state["gerrit changes"] = many
        plain = gerrit.handle

        def handle(request):
            got = gerrit.handle(request)
            if request.query.get("S") == "0" and "q" in request.query:
                request.server.state["gerrit changes"] = \
                    [moved] + many[:120] + many[121:]
            return got

        s.server.services["gerrit"].handle, keep = handle, \
            s.server.services["gerrit"].handle
        try:
            code, _, err = s.update("--for", target)
        finally:
            s.server.services["gerrit"].handle = keep
        assert plain is gerrit.handle
        got = digests(s).get("https://" + E2, {})
        return ([] if code == 0 else [err]) + differences(
            got.get(("highstreet-technologies.com", "2019-09")), (150, 0))


def numbered(n):
    """The last of them first, as Gerrit answers."""
    return [gerrit.change("ric-plt/e2", i, [(gerrit.VOTER, 2)])
            for i in range(n, 0, -1)]


def touched(change, *votes):
    """One that something happened to today."""
    new = gerrit.change("ric-plt/e2", change["_number"],
                        [(gerrit.VOTER, 2), *votes])
    now = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime())
    return dict(new, updated=f"{now}.{change['_number']:09d}")


def later(site, days):
    site.rows("UPDATE answer SET time = time - 86400 * ?", days)


def pages(site, before=0):
    return [(r.query["S"], "after:" in r.query["q"]) for r in
            site.asked("/gerrit/changes")[before:]]


def only_what_was_touched_is_asked_for_again(folder):
    """The digest is that of a store which is new; an update soon after asks
    nothing; the day of the query leaves a day over."""
    site, target = updated(folder)
    fresh = os.path.join(folder, "fresh")
    os.mkdir(fresh)
    many = numbered(150)
    with site as s:
        s.server.state["gerrit changes"] = many
        s.update("--for", target)
        later(s, 2)
        n = len(pages(s))
        many = [touched({"_number": 151}),
                touched(many[140], (gerrit.OTHER, 1))] + \
            many[:140] + many[141:]
        s.server.state["gerrit changes"] = many
        code, _, err = s.update("--for", target)
        found = differences((code, pages(s, n)), (0, [("0", True)]))
        day = time.strftime("%Y-%m-%d", time.gmtime(time.time() - 3 * 86400))
        if f"after:{day}" not in s.asked("/gerrit/changes")[-1].query["q"]:
            found.append(s.asked("/gerrit/changes")[-1].query["q"])
        got, n = digests(s), len(pages(s))
        s.update("--for", target)
        found += differences(pages(s, n), [])
        s.folder, s.store = fresh, os.path.join(fresh, "store.db")
        s.update("--for", target)
        reviews = got.get("https://" + E2, {})
        return found + differences(got, digests(s)) + differences(
            (reviews.get(("highstreet-technologies.com", "2019-09")),
             reviews.get(("att.com", "2019-09"))), ((151, 0), (1, 151)))


def what_vanished_is_noticed_within_a_month(folder):
    """When all changes are read again, and nothing older is left."""
    site, target = updated(folder)
    with site as s:
        s.server.state["gerrit changes"] = numbered(150)
        s.update("--for", target)
        counts = []
        for days, n in ((2, 149), (31, 99)):
            later(s, days)
            s.server.state["gerrit changes"] = numbered(150)[-n:]
            s.update("--for", target)
            counts.append(sum(r for r, _ in digests(s)[
                "https://" + E2].values()))
        keys = [k.partition(" ")[2] for (k,) in s.rows(
            "SELECT key FROM answer WHERE feed = 'gerrit' ORDER BY 1")]
        return differences(counts, [150, 99]) + differences(
            keys, ["list 000000", "changes 000000", "head"])


def many_that_were_touched_are_whole_or_nothing(folder):
    site, target = updated(folder)
    many = numbered(250)
    with site as s:
        s.server.state["gerrit changes"] = many
        s.update("--for", target)
        before = digests(s)
        later(s, 2)
        n = len(pages(s))
        s.server.state["gerrit changes"] = [
            touched(c, (gerrit.OTHER, 1)) for c in many[:150]] + many[150:]
        plain = s.server.services["gerrit"].handle

        def handle(request):
            bad = request.query.get("S") == "100"
            return feed_server.Response(b"", 404) if bad else plain(request)
        s.server.services["gerrit"].handle = handle
        try:
            first, _, _ = s.update("--for", target)
        finally:
            s.server.services["gerrit"].handle = plain
        found = differences((first, digests(s)), (3, before))
        second, _, err = s.update("--for", target)
        reviews = digests(s)["https://" + E2]
        return found + differences(
            (second, reviews.get(("att.com", "2019-09"))), (0, (150, 250))) + \
            differences(pages(s, n), [("0", True), ("100", True),
                                      ("100", True), ("0", True)]) + (
                                          [] if second == 0 else [err])


def an_interrupted_update_goes_on(folder):
    site, target = updated(folder, BIG)
    with site as s:
        s.server.fault("/gerrit/changes/", "reset")
        first = s.update("--for", target)[0]
        s.server.clear()
        s.server.fault("/gerrit/projects/", "status", 500)
        second = s.update("--for", target)[0]
        n = len(s.asked("/gerrit/projects/"))
        third = s.update("--for", target)[0]
        again = len(s.asked("/gerrit/changes/"))
        found = differences((first, second, third), (3, 0, 0))
        return found + differences((n, again), (0, 4)) + differences(
            list(digests(s)), [BIG])


def nothing_of_a_person_is_kept(folder):
    site, target = updated(folder)
    with site as s:
        s.update("--for", target)
        bodies = b"".join(gzip.decompress(b) for (b,) in s.rows(
            "SELECT body FROM answer WHERE feed = 'gerrit' AND size > 0"))
        with open(s.store, "rb") as f:
            raw = f.read()
        out = _tap.run("scan", "-o", "json", "--store", s.store, target)
        return [f"{word} in {where}" for word in (b"Canary", b"jane", b"@")
                for where, text in (("answers", bodies), ("file", raw),
                                    ("report", out.stdout))
                if word in text and (word != b"@" or where == "answers")]


def scan(site, target, folder, *options):
    path = os.path.join(folder, "p.yaml")
    with open(path, "w", encoding="utf-8") as f:
        f.write(POLICY)
    p = _tap.run("scan", "-o", "json", "--as-of=2020-06-01", "--policy",
                 path, "--store", site.store, target, *options)
    return json.loads(p.stdout), p.stdout


def a_scan_counts_them_if_cited(folder):
    """Bounds do not move; the interval if cited does; it is told."""
    site, target = updated(folder)
    with site as s:
        s.update("--feed=freemail")
        before, _ = scan(s, target, folder)
        s.update("--for", target)
        after, text = scan(s, target, folder)
    was, now = [r["verdicts"][0]["scores"][0]["axes"]["review"]
                for r in (before, after)]
    found = [] if was is None else [str(was)]
    t = now["all"]
    # of 6: AT&T (US) has 3, highstreet (DE) 2, one is nobody's
    return found + differences(
        (t["low_bp"], t["high_bp"], t["concern"], t["other"], t["unknown"],
         t["unknown_concern_on_b"]), (0, 10000, 0, 0, 6, 3)) + (
             [] if t["unknown_other_on_b"] == 2 else [str(t)]) + (
                 [] if b"RW1807" in text else ["it is not told"])


def an_import_gives_the_same(folder):
    """Reviews and accounts leave with the answers that they are from."""
    site, target = updated(folder)
    there = os.path.join(folder, "there.db")
    with site as s:
        s.update("--for", target)
        _, here = scan(s, target, folder)
        for command in (("export", "--store", s.store),
                        ("import", "--store", there)):
            p = _tap.run("store", command[0], os.path.join(folder, "x.rw"),
                         *command[1:])
            if p.returncode:
                return [p.stderr.decode()]
        s.store = there
        _, text = scan(s, target, folder)
    return [] if text == here else ["not the same"]


def notes_in_the_clone_come_first(folder):
    """What the history records itself is not replaced."""
    site, target = updated(folder)
    stream = b"".join(_tap.commit(
        i + 1, b"A", b"u@intel.com", b"%d +0000" % (1567000000 + i),
        {"f": b"%d\n" % i}, i or None,
        b"x\n\nReviewed-by: B <b@ericsson.com>\n") for i in range(3))
    own = os.path.join(folder, "own")
    _tap.repository(own, stream)
    subprocess.run(["git", "remote", "add", "origin", HUB], cwd=own,
                   check=True)
    with site as s:
        s.update("--for", target)
        report, text = scan(s, own, folder)
    t = report["verdicts"][0]["scores"][0]["axes"]["review"]["all"]
    return differences((t["other"] + t["unknown"] + t["concern"],
                        b"RW1807" in text), (3, False))


def known_reviews_are_not_asked_for(folder):
    """The bundled history has them, and nothing else is named."""
    with Site(folder) as s:
        code, _, err = s.update("--for", sbom(folder, [
            "pkg:github/o-ran-sc/ric-plt-e2@1", "pkg:npm/unheard@1"]))
        return ([] if code == 0 else [err]) + [
            r.target for r in s.asked("/gerrit/")]


SHAPES = [("/gerrit/projects/?", {"com/golog": 5}),
          ("/gerrit/projects/?", []),
          ("/gerrit/projects/ric", {"x": 1}),
          ("/gerrit/projects/ric", "master"),
          ("/gerrit/changes/", {"changes": []}),
          ("/gerrit/changes/", [{"_number": 1}]),
          ("/gerrit/changes/", [dict(gerrit.change("p", 1, []),
                                     labels=None)]),
          ("/gerrit/changes/", [dict(gerrit.change("p", 1, []),
                                     owner={})]),
          ("/gerrit/changes/", [dict(gerrit.change("p", 1, []),
                                     _number="1")])]


def a_changed_shape_is_told(folder):
    """Also an answer without the line that begins all of them, as error
    pages are; what was known stays."""
    site, target = updated(folder)
    found, seen = [], set()
    with site as s:
        s.update("--for", target)
        for prefix, value in SHAPES:
            body = b")]}'\n" + json.dumps(value).encode()
            ways = [("body", body)] if prefix in seen else [
                ("body", body), ("login", None), ("body", body[5:]),
                ("garbage", None), ("body", body[:-1])]
            seen.add(prefix)
            for name, argument in ways:
                s.server.clear()
                s.server.fault(prefix, name, argument)
                code, _, err = s.update("--feed=gerrit", "--for", target,
                                        "--max-age=0s")
                if code != 3 or not s.error("gerrit").startswith("RW2004") \
                        or digests(s) != WANT:
                    found.append(f"{prefix} {name} {value}: {code} {err}")
        s.server.clear()
        code, _, err = s.update("--for", target)
        return found + ([] if code == 0 and digests(s) == WANT else [err])


def too_many_changes_are_no_reviews(folder):
    """Only the newest would be a bias, not a part."""
    site, target = updated(folder, BIG)
    with site as s:
        s.tail = "[feed gerrit]\nchanges = 150\n"
        code, _, err = s.update("--for", target)
        return differences((code, digests(s)), (3, {})) + (
            [] if "setting: changes" in err else [err])


def limits_are_obeyed_and_no_token_is_sent(folder):
    site, target = updated(folder)
    with site as s:
        s.server.fault("/gerrit/changes/", "retry_after", 1, times=1)
        s.tail = "[feed github]\ntoken-env = GH\n"
        code, _, err = s.update("--for", target, env={"GH": "ghp-secret"})
        times = [t for t, r in s.server.requests
                 if r.target.startswith("/gerrit/changes/")]
        sent = [r.target for r in s.asked("/gerrit/")
                if "secret" in str(r.headers)]
        found = [] if code == 0 and times[1] - times[0] >= 1 else [err]
        s.server.clear()
        s.server.fault("/gerrit/changes/", "retry_after", 9999)
        code, _, err = s.update("--for", target, "--max-age=0s",
                                env={"GH": "ghp-secret"})
        return found + sent + differences((code, digests(s)), (3, WANT))


_tap.main([reviews_are_counted_by_host_and_month,
           pages_are_followed_to_the_end, what_moves_meanwhile_is_not_missed,
           only_what_was_touched_is_asked_for_again,
           what_vanished_is_noticed_within_a_month,
           many_that_were_touched_are_whole_or_nothing,
           an_interrupted_update_goes_on, nothing_of_a_person_is_kept,
           a_scan_counts_them_if_cited, an_import_gives_the_same,
           notes_in_the_clone_come_first,
           known_reviews_are_not_asked_for, a_changed_shape_is_told,
           too_many_changes_are_no_reviews,
           limits_are_obeyed_and_no_token_is_sent])
