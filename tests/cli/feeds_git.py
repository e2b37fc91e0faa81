#!/usr/bin/env python3
# slow
"""The feed `git`: clones of what a target names, from a real git
http-backend, made whole or not at all, counted by a worker, and used by a
scan that asks nobody. TAP on standard output."""
import gzip
import json
import os
import shutil
import subprocess
import time

import _tap
from _feeds import Site, sbom

ADDRESS = "forge.example/acme/part"
URL = "https://" + ADDRESS
DAY = "--as-of=2026-01-01"


def make(root, path=ADDRESS, commits=3, first=0, host=b"intel.com"):
    """Commits in the repository that a server has under this path."""
    where = os.path.join(root, path)
    stream = b""
    for i in range(first, first + commits):
        stream += _tap.commit(
            i + 1, b"A", b"u%d@%s" % (i % 2, host),
            b"%d +0000" % (1600000000 + i * 86400),
            {"f": os.urandom(20000).hex().encode() + b"\n"},
            (i or None) if i != first or not first else None)
    if first:
        stream = stream.replace(b"\nM 100644", b"\nfrom refs/heads/main^0\n"
                                b"M 100644", 1)
        subprocess.run(["git", "fast-import", "--quiet"], cwd=where,
                       input=stream, check=True)
    else:
        _tap.repository(where, stream)
    subprocess.run(["git", "update-server-info"], cwd=where, check=True)
    return where


def stack(folder, *addresses):
    path = os.path.join(folder, "stack.yaml")
    with open(path, "w", encoding="utf-8") as f:
        f.write("stack: 1\nname: x\nfunctions:\n  - function: O-DU\n"
                "    components:\n")
        for a in addresses or [URL]:
            f.write(f"      - repository: {a}\n")
    return path


class GitSite(Site):
    def __init__(self, folder, **options):
        super().__init__(folder, **options)
        self.root = os.path.join(folder, "served")
        os.makedirs(self.root)
        self.server.state["git"] = self.root
        self.tail = "[feed git]\nenabled = yes\n"

    def clones(self):
        path = self.store + ".clones"
        return sorted(os.listdir(path)) if os.path.isdir(path) else []

    def counted(self, target):
        """Commits per component of a scan that asks nobody."""
        p = _tap.run("scan", "-q", DAY, "-o", "json", "--store", self.store,
                     target)
        report = json.loads(p.stdout)
        return {d["repository"]: d["commits"]
                for d in report["digests"]}

    def git(self, *arguments):
        return self.update("--feed=git", *arguments)


def a_scan_uses_what_was_cloned(folder):
    with GitSite(folder) as s:
        make(s.root)
        target = stack(folder)
        status, out, err = s.update("--for", target)
        found = [] if status == 0 and "git" in out and not err else [
            f"{status} {out} {err}"]
        asked = [r.target for r in s.asked("/git/")]
        if len(asked) != 2 or s.counted(target) != {URL: 3}:
            found.append(f"{asked} {s.counted(target)}")
        answer = s.rows("SELECT url, status FROM answer WHERE feed = 'git' "
                        "AND key = ?", URL)
        sources = [v for k, _, _, v in s.facts("git") if k == "source"]
        if len(answer) != 1 or not any(ADDRESS in v for v in sources):
            found.append(f"{answer} {sources}")
        p = _tap.run("feeds", "--json", "--store", s.store)
        rows = [f for f in json.loads(p.stdout)["feeds"]
                if f["feed"] == "git"]
        if not rows or rows[0]["error"] or not rows[0]["rows"]:
            found.append(str(rows))
        return found + left_over(s)


def a_report_says_where_it_is_from(folder):
    with GitSite(folder) as s:
        make(s.root)
        target = stack(folder)
        s.git("--for", target)
        outputs = {f: os.path.join(folder, "r." + f) for f in ("json", "html")}
        _tap.run("scan", "-q", DAY, "--store", s.store,
                 *[f"--output={f}={p}" for f, p in outputs.items()], target)
        with open(outputs["json"], encoding="utf-8") as f:
            d = json.load(f)["digests"][0]
        with open(outputs["html"], "rb") as f:
            page = f.read()
        day = time.strftime("%Y-%m-%d", time.gmtime(s.rows(
            "SELECT time FROM answer WHERE key = ?", URL)[0][0]))
        again = _tap.run("report", "-q", "--output=html", outputs["json"])
        words = f"counted from a clone fetched on {day} from {URL}".encode()
        found = [] if (d["clone"], d["fetched"], d["bundled"]) == (
            True, day, False) else [str(d)]
        if words not in page or b"read in this run" in page:
            found.append("the page says something else")
        return found + ([] if again.stdout == page else [
            "written again it differs"])


def with_files(s, files):
    """The repository gets a commit with these files."""
    where = os.path.join(s.root, ADDRESS)
    stream = _tap.commit(90, b"A", b"u@intel.com", b"1700000000 +0000",
                         files).replace(
        b"\nM 100644", b"\nfrom refs/heads/main^0\nM 100644", 1)
    subprocess.run(["git", "fast-import", "--quiet"], cwd=where, input=stream,
                   check=True)
    subprocess.run(["git", "update-server-info"], cwd=where, check=True)


def stewardship(s, target):
    """Exit status, the axis of the component, and who holds the seats."""
    p = _tap.run("scan", "-q", DAY, "-o", "json", "--store", s.store, target)
    report = json.loads(p.stdout)
    score = report["verdicts"][0]["scores"][0]
    return (p.returncode, score["axes"]["stewardship"],
            {c["organisation"]: c["units"]["stewardship"]
             for c in score["contributions"] if "stewardship" in c["units"]},
            report)


INFO = b"project: x\nproject_lead: &l {name: N, email: n@nokia.com, id: n, " \
    b"company: Nokia}\ncommitters:\n- <<: *l\n" \
    b"- {name: J, email: j@janedoe.xyz, id: j, company: Jane Ltd}\n"


def seats_are_counted(folder):
    """As INFO.yaml and MAINTAINERS say, also of a package that leads there;
    without a person; the same as of the repository itself."""
    with GitSite(folder) as s:
        where, target = make(s.root), stack(folder)
        s.git("--for", target)
        found = [] if stewardship(s, target)[1] is None else ["seats of none"]
        with_files(s, {"INFO.yaml": INFO, "MAINTAINERS":
                       b"Core\nM: A <a@huawei.com>\nF: *\n"})
        status, out, err = s.git("--for", target, "--max-age=0s")
        _, axis, held, report = stewardship(s, target)
        if status or not axis or "nokia" not in held or \
                "huawei-technologies" not in held:
            found.append(f"{status} {out} {err} {axis} {held}")
        terms = report["digests"][0]["terms"]
        if not terms or "janedoe" not in json.dumps(terms):
            found.append(f"terms: {terms}")
        own = json.loads(_tap.run("history", "--json", "--axis=stewardship",
                                  where).stdout)
        rows = [{k: v for k, v in r.items() if k != "organisation"}
                for r in own["seats"]]
        body = s.rows("SELECT body FROM digest")[-1][0]
        kept = json.loads(gzip.decompress(body))
        if [{k: v for k, v in r.items() if k != "organisation"}
                for r in kept["seats"]] != rows or len(rows) < 4:
            found.append(f"{kept['seats']} {rows}")
        if b"a@huawei" in gzip.decompress(body):
            found.append("a person is kept")
        return found + left_over(s)


def seats_that_cannot_be_read_are_none(folder):
    """Half of a list of maintainers is not taken for the whole; the rest of
    the digest stands, and what was wrong is told with each scan."""
    with GitSite(folder) as s:
        make(s.root)
        target = stack(folder)
        with_files(s, {"INFO.yaml": INFO[:-40] + b"\n  - ]\n",
                       "MAINTAINERS": b"Core\nM: A <a@huawei.com>\nF: *\n"})
        status, out, err = s.git("--for", target)
        code, axis, held, report = stewardship(s, target)
        told = [d for d in report["diagnostics"]
                if d["message"].startswith("seats are not observed: ")]
        return left_over(s) + ([] if status == 0 and axis is None and
                               not held and len(told) == 1 and
                               s.counted(target) == {URL: 4} else [
            f"{status} {err} {code} {axis} {held} {told}"])


def another_engine_s_digest_is_counted_again(folder):
    """Where nothing is new in the repository, too."""
    with GitSite(folder) as s:
        make(s.root)
        target = stack(folder)
        s.git("--for", target)
        (key, body), = s.rows("SELECT key, body FROM digest")
        text = gzip.decompress(body)
        number = json.loads(text)["engine"]["counts"]
        older = text.replace(b'"counts": %d' % number,
                             b'"counts": %d' % (number + 1))
        s.rows("UPDATE digest SET body = ? WHERE key = ?",
               gzip.compress(older), key)
        s.server.clear()
        status, out, err = s.git("--for", target, "--max-age=0s")
        (again,), = s.rows("SELECT body FROM digest")
        return left_over(s) + ([] if status == 0 and older != text and
                               gzip.decompress(again) == text and
                               len(s.asked("/git/")) == 1 else [
            f"{status} {out} {err} {s.asked('/git/')}"])


def left_over(s):
    """What is half, or was forgotten."""
    bad = [n for n in s.clones() if not n.endswith(".git")]
    bad += [n for n in os.listdir(s.store + ".fetch") if n != "lock"]
    p = _tap.run("store", "verify", "--store", s.store)
    return bad + ([] if p.returncode == 0 else [str(p)])


def only_what_is_new_is_fetched(folder):
    with GitSite(folder) as s:
        where, target = make(s.root), stack(folder)
        s.git("--for", target)
        s.server.clear()
        status, out, err = s.git("--for", target)
        found = [] if status == 0 and not s.asked("/git/") else [
            f"young: {status} {out} {err}"]
        status, out, err = s.git("--for", target, "--max-age=0s")
        if status or len(s.asked("/git/")) != 1:
            found.append(f"the same: {status} {out} {err}")
        make(s.root, commits=2, first=3, host=b"nokia.com")
        subprocess.run(["git", "tag", "v1"], cwd=where, check=True)
        s.server.clear()
        status, out, err = s.git("--for", target, "--max-age=0s")
        posts = [r for r in s.asked("/git/") if r.method == "POST"]
        if status or s.counted(target) != {URL: 5} or len(posts) != 1 or \
                posts[0].body.count(b"have ") != 1:
            found.append(f"more: {status} {out} {err} {s.counted(target)} "
                         f"{[r.body for r in posts]}")
        clone = os.path.join(s.store + ".clones", s.clones()[0])
        p = subprocess.run(["git", "fsck", "--strict"], cwd=clone,
                           capture_output=True, check=False)
        refs = subprocess.run(["git", "for-each-ref"], cwd=clone,
                              stdout=subprocess.PIPE, check=True).stdout
        if p.returncode or refs.count(b"\n") != 2:
            found.append(f"{p} {refs}")
        return found + left_over(s)


def a_history_that_was_rewritten(folder):
    with GitSite(folder) as s:
        where, target = make(s.root), stack(folder)
        s.git("--for", target)
        shutil.rmtree(where)
        make(s.root, commits=4, host=b"ericsson.com")
        status, _, err = s.git("--for", target, "--max-age=0s")
        return left_over(s) + ([] if status == 0 and
                               s.counted(target) == {URL: 4} else [
            f"{status} {err} {s.counted(target)}"])


# where, what goes wrong, a word of the error
FAULTS = [
    ("GET", "status", 404, "404"), ("GET", "status", 500, "500"),
    ("GET", "empty", None, "smart"), ("GET", "login", None, "smart"),
    ("GET", "garbage", None, "smart"),
    ("GET", "truncate", None, "early"), ("GET", "short_length", None, "cut"),
    ("GET", "retry_after", 9999999, "wait"),
    ("GET", "redirect", "https://elsewhere.example/x", "redirects"),
    ("GET", "redirect", "http://127.0.0.1:9/x", "redirects"),
    ("GET", "redirect", "/git/other/info/refs", "404"),
    ("GET", "bomb", 80, "limit"), ("GET", "stall", 3, "slowly"),
    ("POST", "status", 403, "403"), ("POST", "truncate", None, "early"),
    ("POST", "short_length", None, "pack"),
    ("POST", "garbage", None, "pack"), ("POST", "empty", None, "pack"),
    ("POST", "login", None, "pack"), ("POST", "slow", None, "slowly"),
    ("POST", "endless", None, "limit"),
    ("POST", "redirect", "/git/x/git-upload-pack", "redirects"),
]


def each_fault_leaves_the_digest(folder):
    found = []
    with GitSite(folder) as s:
        where, target = make(s.root), stack(folder)
        s.tail += "size = 8\n"
        s.git("--for", target)
        make(s.root, commits=1, first=3)
        for method, name, argument, word in FAULTS:
            s.server.clear()
            s.server.fault("/git/" + ADDRESS + (
                "/git-upload-pack" if method == "POST" else "/info/refs"),
                name, argument)
            status, out, err = s.git("--for", target, "--max-age=0s")
            error = s.error("git")
            if status != 3 or error[:6] not in ("RW2003", "RW2004") or \
                    word not in error or "failed" not in out or \
                    s.counted(target) != {URL: 3} or len(s.clones()) != 1:
                found.append(f"{method} {name} {argument}: {status} {error} "
                             f"{err} {s.counted(target)} {s.clones()}")
        s.server.clear()
        shutil.move(where, where + ".gone")
        status, _, err = s.git("--for", target, "--max-age=0s")
        if status != 3 or s.counted(target) != {URL: 3}:
            found.append(f"gone: {status} {err}")
        shutil.move(where + ".gone", where)
        status, _, err = s.git("--for", target, "--max-age=0s")
        if status or s.error("git") or s.counted(target) != {URL: 4}:
            found.append(f"does not recover: {status} {err}")
        return found + left_over(s)


def a_pack_that_lies(folder):
    """Sound in its form, not in what it has."""
    found = []
    with GitSite(folder) as s:
        where, target = make(s.root), stack(folder)
        other = make(s.root, "other")
        pack = subprocess.run(
            ["git", "pack-objects", "--all", "--stdout", "-q"], cwd=other,
            stdout=subprocess.PIPE, stdin=subprocess.DEVNULL,
            check=True).stdout
        bent = bytearray(subprocess.run(
            ["git", "pack-objects", "--all", "--stdout", "-q"], cwd=where,
            stdout=subprocess.PIPE, stdin=subprocess.DEVNULL,
            check=True).stdout)
        bent[len(bent) // 2] ^= 1
        for name, body in (("other", pack), ("bent", bytes(bent)),
                           ("cut", pack[:len(pack) // 2])):
            s.server.clear()
            s.server.fault(f"/git/{ADDRESS}/git-upload-pack", "body",
                           b"0008NAK\n" + body)
            status, _, err = s.git("--for", target, "--max-age=0s")
            if status != 3 or not s.error("git").startswith("RW2004") or \
                    s.clones() or s.counted(target):
                found.append(f"{name}: {status} {err} {s.clones()}")
        s.server.clear()
        status, _, err = s.git("--for", target, "--max-age=0s")
        return found + left_over(s) + ([] if status == 0 else [err])


def addresses_that_are_not_asked(folder):
    """What a target names leads to no machine and no port of our own."""
    found = []
    with GitSite(folder) as s:
        s.tail = ""
        names = ["https://localhost/a/b", "https://127.0.0.1/a/b",
                 "https://10.0.0.1/a/b", "https://[::1]/a/b",
                 "https://intranet/a/b", "https://a.localhost/b",
                 "https://2130706433/a/b", "https://0x7f.1/a/b"]
        text = s.server.configuration(*s.extra)
        text = text.replace(f"url = {s.server.url('git')}\n", "")
        path = os.path.join(folder, "own")
        with open(path, "w", encoding="utf-8") as f:
            f.write(text)
        for name in names:
            target = stack(folder, name)
            start = time.monotonic()
            p = _tap.run("update", "--config", path, "--store", s.store,
                         "--feed=git", "--for", target)
            if p.returncode not in (2, 3) or s.asked("/git/") or \
                    time.monotonic() - start > 3 or (
                        p.returncode == 3 and b"public" not in p.stderr):
                found.append(f"{name}: {p}")
    return found


def too_many_are_told(folder):
    with GitSite(folder) as s:
        names = ["forge.example/a/r%d" % i for i in range(4)]
        for n in names:
            make(s.root, n, 1)
        s.tail += "most = 3\n"
        target = stack(folder, *["https://" + n for n in names])
        status, _, err = s.git("--for", target)
        return left_over(s) + ([] if status == 3 and len(s.clones()) == 3
                               and "more than 3" in err else [
            f"{status} {err} {s.clones()}"])


def no_secret_follows(folder):
    env = {"RW_TEST_TOKEN": "open-sesame"}
    with GitSite(folder) as s:
        s.tail += "token-env = RW_TEST_TOKEN\n"
        make(s.root)
        status, out, err = s.update("--feed=git", "--for", stack(folder),
                                    env=env)
        own = {r.headers.get("Authorization") for r in s.asked("/git/")}
        with open(s.store, "rb") as f:
            kept = f.read()
        return [] if status == 0 and own == {"Bearer open-sesame"} and \
            "sesame" not in out + err and b"sesame" not in kept else [
                f"{status} {own} {err}"]


def nothing_of_a_repository_is_obeyed(folder):
    """Hooks, settings and submodules of the other side."""
    with GitSite(folder) as s:
        where, target = make(s.root), stack(folder)
        stream = _tap.commit(9, b"A", b"a@intel.com", b"1700000000 +0000", {
            ".gitmodules": b"[submodule \"s\"]\n\tpath = s\n\turl = "
            + s.server.url("git").encode() + b"/sub\n"}).replace(
            b"\nM 1", b"\nfrom refs/heads/main^0\nM 160000 " + b"1" * 40
            + b" s\nM 1", 1)
        subprocess.run(["git", "fast-import", "--quiet"], cwd=where,
                       input=stream, check=True)
        mark = os.path.join(folder, "PWNED")
        for name in ("post-checkout", "reference-transaction", "post-merge"):
            hook = os.path.join(where, "hooks", name)
            with open(hook, "w", encoding="utf-8") as f:
                f.write(f"#!/bin/sh\ntouch {mark}\n")
            os.chmod(hook, 0o755)
        status, _, err = s.git("--for", target)
        clone = os.path.join(s.store + ".clones", s.clones()[0])
        names = sorted(os.listdir(clone))
        return left_over(s) + ([] if status == 0 and
                               not os.path.exists(mark) and not
                               s.asked("/git/sub") and names == [
            "HEAD", "config", "objects", "packed-refs", "refs"] else [
            f"{status} {err} {names}"])


def it_is_exchanged(folder):
    """The same scan on a fresh machine."""
    with GitSite(folder) as s:
        make(s.root)
        target = stack(folder)
        s.git("--for", target)
        args = ["scan", "-q", DAY, "-o", "json", target, "--store"]
        here = _tap.run(*args, s.store).stdout
        file, there = folder + "/x", folder + "/fresh/store.db"
        _tap.run("store", "export", "--store", s.store, file)
        p = _tap.run("store", "import", "--store", there, file)
        same = _tap.run(*args, there).stdout
        return [] if here == same and URL.encode() in here else [
            f"{p} {here[-300:]} {same[-300:]}"]


def what_has_no_room_goes(folder):
    with GitSite(folder) as s:
        make(s.root)
        target = stack(folder)
        s.git("--for", target)
        os.mkdir(os.path.join(s.store + ".clones", "a" * 32 + ".next"))
        p = _tap.run("store", "gc", "--store", s.store)
        found = [] if p.returncode == 0 and len(s.clones()) == 1 else [
            f"{p} {s.clones()}"]
        shutil.rmtree(s.store + ".clones")
        status, _, err = s.git("--for", target)
        return found + ([] if status == 0 and len(s.clones()) == 1 else [
            f"{status} {err}"]) + left_over(s)


def past_the_room_no_clone_is_fetched(folder):
    with GitSite(folder) as s:
        make(s.root)
        target = stack(folder)
        packs = os.path.join(s.store + ".clones", "a" * 32 + ".git",
                             "objects", "pack")
        os.makedirs(packs)
        with open(os.path.join(packs, "pack-1.pack"), "wb") as f:
            f.truncate(20480 << 20)  # takes no room on the disk
        status, _, err = s.git("--for", target)
        posts = [r for r in s.asked("/git/") if r.method == "POST"]
        found = [] if status == 3 and "store gc" in err and not posts and \
            s.error("git").startswith("RW2004") else [f"{status} {err}"]
        # now the pack itself is too large
        os.truncate(os.path.join(packs, "pack-1.pack"), (20480 << 20) - 9)
        status, _, err = s.git("--for", target, "--max-age=0s")
        if status != 3 or "store gc" not in err or len(s.clones()) != 1:
            found.append(f"{status} {err} {s.clones()}")
        os.truncate(os.path.join(packs, "pack-1.pack"), 20481 << 20)
        _tap.run("store", "gc", "--store", s.store)
        status, _, err = s.git("--for", target, "--max-age=0s")
        return found + ([] if status == 0 and len(s.clones()) == 1 and
                        s.counted(target) == {URL: 3} else [
            f"{status} {err} {s.clones()}"]) + left_over(s)


def packages_lead_to_repositories(folder):
    """From a package by deps.dev to a repository to organisations."""
    with GitSite(folder) as s:
        target = sbom(folder, ["pkg:npm/%40scope/left@1.0.0"])
        s.update("--for", target)
        named = s.rows("SELECT object FROM fact WHERE kind = 'package'")
        asked = [r.path for r in s.asked("/git/")]
        return [] if named and any(a.startswith(named[0][0])
                                   for a in asked) else [
            f"{named} {asked}"]


_tap.main([a_scan_uses_what_was_cloned, seats_are_counted,
           another_engine_s_digest_is_counted_again,
           seats_that_cannot_be_read_are_none, a_report_says_where_it_is_from,
           only_what_is_new_is_fetched,
           a_history_that_was_rewritten, each_fault_leaves_the_digest,
           a_pack_that_lies, addresses_that_are_not_asked, too_many_are_told,
           no_secret_follows, nothing_of_a_repository_is_obeyed,
           it_is_exchanged, what_has_no_room_goes,
           past_the_room_no_clone_is_fetched,
           packages_lead_to_repositories])
