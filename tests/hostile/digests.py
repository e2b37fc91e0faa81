#!/usr/bin/env python3
"""Digests: counts that others made. What does not add up, is of another
repository or only a part is not taken; a borrowed one never speaks for a
scanned tree."""
import json
import os
import subprocess
import tempfile

import _git
import _run
from _run import row

S = "scan -q -o json"
URL = "https://github.com/acme-example/lib"
_MADE = {}


def digest():
    """A sound digest of three commits, as the program writes it."""
    if not _MADE:
        with tempfile.TemporaryDirectory() as folder:
            r = _git.Repo(folder)
            r.sound()
            r.add("config", f'[remote "origin"]\n\turl = {URL}\n'.encode())
            p = subprocess.run([_run.RANWHENCE, "history", "--json", "-q",
                                "--axis=commits,churn", r.top],
                               capture_output=True, check=True)
            _MADE["text"] = p.stdout.decode()
    return json.loads(_MADE["text"])


def forged(change=None, raw=None, name="d.json"):
    """The digest, changed, beside a target of its repository."""
    def make(folder):
        d = digest()
        if change:
            d = change(d) or d
        data = raw(json.dumps(d)) if raw else json.dumps(d)
        path = os.path.join(folder, name)
        with open(path, "wb") as f:
            f.write(data if isinstance(data, bytes) else data.encode())
        return ["--digests=" + path, "pkg:github/acme-example/lib@1"]
    return make


def set_(path, value):
    def change(d):
        at = d
        for key in path[:-1]:
            at = at[key]
        at[path[-1]] = value
    return change


def more_hosts(n):
    def change(d):
        d["hosts"] = d["hosts"] * n
    return change


def negative(d):
    d["hosts"][0]["commits"] = -3
    d["totals"]["commits"] = -3


def without(key):
    def change(d):
        del d[key]
    return change


def months(value):
    def change(d):
        d["hosts"][0]["months"] = value
    return change


def of_evil_as_acme(folder):
    """The digest says that all is Acme's; the tree that is scanned says it is
    the same repository, and its own history says Evil."""
    made = forged()(folder)
    r = _git.Repo(folder)
    r.head(r.file(b"1\n", author=_git.EVIL))
    r.add("config", f'[remote "origin"]\n\turl = {URL}\n'.encode())
    with open(folder + "/f.csv", "w", encoding="utf-8") as f:
        f.write(_run.FACTS)
    with open(folder + "/p.yaml", "w", encoding="utf-8") as f:
        f.write(_run.POLICY.replace("AXIS", "commits"))
    return [made[0], "--facts=" + folder + "/f.csv", "-p",
            folder + "/p.yaml", r.top]


def two_that_differ(folder):
    forged()(folder)
    os.mkdir(folder + "/d")
    for i, name in enumerate(("a", "b")):
        d = digest()
        d["head"] = "%040x" % (i + 1)
        with open(f"{folder}/d/{name}.json", "w", encoding="utf-8") as f:
            json.dump(d, f)
    return [f"--digests={folder}/d", "pkg:github/acme-example/lib@1"]


def empty_folder(folder):
    os.mkdir(folder + "/d")
    return [f"--digests={folder}/d", "pkg:github/acme-example/lib@1"]


BAD = [("RW1803", "d.json")]
NOT = (2, 3)


def bad(name, change=None, raw=None, says=BAD):
    return row(name, forged(change, raw), S, NOT, says)


ROWS = [
    row("a sound one", forged(), S, (0, 1, 3)),
    bad("a sum that is too large", set_(["totals", "commits"], 99)),
    bad("a sum that is too small", set_(["totals", "commits"], 1)),
    bad("a sum below zero", set_(["totals", "commits"], -3)),
    bad("counts below zero", negative),
    bad("counts of 2^64", set_(["hosts", 0, "commits"], 1 << 64)),
    bad("counts of 1e308", set_(["hosts", 0, "commits"], 1e308)),
    bad("counts of half a commit", set_(["hosts", 0, "commits"], 2.5)),
    bad("counts as text", set_(["hosts", 0, "commits"], "3")),
    bad("more surviving than lines", set_(["hosts", 0, "surviving"], 1)),
    bad("one host many times", more_hosts(5)),
    bad("no hosts", set_(["hosts"], [])),
    bad("hosts that are an object", set_(["hosts"], {})),
    bad("no totals", without("totals")),
    bad("no head", without("head")),
    bad("no repository", without("repository")),
    bad("a head of garbage", set_(["head"], "../../etc/passwd")),
    bad("another schema", set_(["schema"], "evil/1")),
    bad("a schema of the future", set_(["schema"], "ranwhence.digest/99")),
    bad("months that do not add up", months([["2020-09", 1, 1, 0]])),
    bad("month 13", months([["2020-13", 3, 2162160, 0, 6, 0, None, None, None,
                             None, None]])),
    bad("a month twice", lambda d: d["hosts"][0]["months"].append(
        d["hosts"][0]["months"][0])),
    bad("months of garbage", months("x")),
    bad("a host of 1 MB", set_(["hosts", 0, "host"], "a" * (1 << 20))),
    bad("a repository of 1 MB", set_(["repository"], "a" * (1 << 20)), says=[]
        ),
    bad("cut", raw=lambda t: t[:len(t) // 2], says=[]),
    bad("empty", raw=lambda t: ""),
    bad("garbage", raw=lambda t: b"\0\xff" * 999),
    bad("100,000 brackets", raw=lambda t: "[" * 100000, says=[]),
    bad("keys twice", raw=lambda t: t.replace(
        '"totals"', '"totals": {"commits": 1}, "totals"', 1), says=[]),
    bad("something behind it", raw=lambda t: t + t, says=[]),
    bad("only a part", set_(["asked", "paths"], ["src/**"])),
    row("of another repository", forged(set_(
        ["repository"], "https://github.com/other/thing")), S, (0, 1, 3, 5)),
    row("a forged one beside the scanned tree", of_evil_as_acme, S, 1),
    row("two of one repository", two_that_differ, S, (0, 1, 3)),
    row("a folder without any", empty_folder, S, 3, [("RW1007", "d")]),
    row("a file that is not there", lambda f: [
        f"--digests={f}/none.json", "pkg:npm/x@1"], S, 2,
        [("RW1002", "none.json")]),
]

if __name__ == "__main__":
    _run.main(__doc__, ROWS)
