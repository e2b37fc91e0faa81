#!/usr/bin/env python3
"""Settings in the scanned tree: whose author is whom, what is left out, how it
is judged. They are read by nobody, or told and not followed: the figures stay
those of the bare history."""
import os

import _git
import _run
from _run import row

H = "history --json --axis=commits,churn"
EVIL = {"commits": 3}


def repo(name, data, at="work"):
    """A work tree whose last author is Evil, with a file in the work tree and
    in the commit."""
    def make(folder):
        r = _git.Repo(folder, work=True)
        tip, blob = r.sound(2), r.blob(data)
        parts = name.encode().split(b"/")
        entry = (b"100644", parts[-1], blob)
        if len(parts) > 1:
            entry = (b"40000", parts[0], r.tree(entry))
        tree = r.tree(*sorted([entry, (b"100644", b"f", r.blob(b"9\n" * 50))],
                              key=lambda e: e[1]))
        r.head(r.commit(tip, tree=tree, author=_git.EVIL))
        if at == "work":
            path = os.path.join(r.top, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as f:
                f.write(data)
        else:
            r.write(at, data)
        return r.top
    return make


def evil_counts(d, _):
    """The commit of Evil and its lines are its own."""
    found = [h for h in d["hosts"] if h["host"] == "evil.example"]
    return [] if found and found[0]["commits"] == 1 and \
        found[0]["added"] >= 50 else [f"{d['hosts']}"]


def told(name, data, *says, at="work", exit=(0, 3)):
    return row(name, repo(*data, at=at), H, exit, list(says), totals=EVIL,
               holds=evil_counts, judged=(1, 3))


MAP = b"A <a@acme.example> E <e@evil.example>\n"
ROWS = [
    told("mailmap that makes Evil Acme", (".mailmap", MAP),
         ("RW1415", "")),
    told("mailmap of an address alone", (
        ".mailmap", b"<a@acme.example> <e@evil.example>\n"),
        ("RW1415", "")),
    told("mailmap of garbage", (".mailmap", b"\0<<>>\xff\n" * 9999)),
    told("mailmap of 5 MB", (".mailmap", MAP * 150000)),
    told("mailmap.file in the settings", (
        ".mailmap.x", MAP), at="x"),
    told("attributes: no text", (".gitattributes", b"* -diff -text binary\n")
         ),
    told("attributes: generated", (
        ".gitattributes", b"* linguist-generated linguist-vendored\n")),
    told("attributes: export-ignore", (".gitattributes",
                                       b"* export-ignore\n")),
    told("attributes in info", ("x", b"* -diff binary\n"),
         at="info/attributes"),
    told("ignore file", (".gitignore", b"*\n")),
    told("exclude in info", ("x", b"*\n"), at="info/exclude"),
    told("sparse checkout", ("x", b"/none\n"), at="info/sparse-checkout"),
    told("ranwhence.yaml", ("ranwhence.yaml", b"policy: 1\nname: x\n")),
    told(".ranwhence.yaml", (".ranwhence.yaml", b"fail-on: never\n")),
    told("policies/default.yaml", ("policies/default.yaml",
                                   _run.POLICY.encode())),
    told("waivers.yaml", ("waivers.yaml", b"waivers: 1\n")),
    told("facts.csv", ("facts.csv", _run.FACTS.replace("CN", "US").encode())),
    told(".config/ranwhence/config", (".config/ranwhence/config",
                                      b"[store]\npath = /tmp/x\n")),
    told("store.db", ("store.db", b"SQLite format 3\0" + b"\xff" * 5000)),
    told("osv-scanner.toml", ("osv-scanner.toml", b"[[IgnoredVulns]]\n")),
    told(".grype.yaml", (".grype.yaml", b"ignore: [{}]\n")),
    told(".snyk", (".snyk", b"ignore: {}\n")),
]

if __name__ == "__main__":
    _run.main(__doc__, ROWS)
