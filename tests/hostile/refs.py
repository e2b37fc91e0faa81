#!/usr/bin/env python3
"""Refs: names that nobody would give, refs to nothing, in circles, too many. A
history begins at HEAD; no other ref can hide it or add to it."""
import os

import _git
import _run
from _run import row

SOUND = {"commits": 3}


def with_files(files, head=None):
    """More files in the git folder of a sound repository."""
    def make(folder):
        r = _git.Repo(folder)
        tip = r.sound()
        for path, text in files.items():
            r.write(path, text.replace(b"TIP", tip.encode()))
        if head:
            r.write("HEAD", head.replace(b"TIP", tip.encode()))
        return r.top
    return make


def packed(text, **more):
    return with_files({"packed-refs": text}, **more)


def tag_chain(n):
    """A tag of a tag of ... of a commit, as HEAD's branch."""
    def make(folder):
        r = _git.Repo(folder)
        name, kind = r.sound(), "commit"
        for i in range(n):
            name = r.put("tag", b"object %s\ntype %s\ntag t%d\ntagger x <x> 0 "
                         b"+0000\n\nx\n" % (name.encode(), kind.encode(), i))
            kind = "tag"
        r.write("HEAD", name.encode() + b"\n")
        return r.top
    return make


def tag_of_itself(folder):
    r = _git.Repo(folder)
    r.sound()
    name = "12" * 20
    r.raw(name, b"tag 64\0object %s\ntype tag\ntag t\n\nx\n" % name.encode())
    r.write("HEAD", name.encode() + b"\n")
    return r.top


def of_an_object(kind):
    def make(folder):
        r = _git.Repo(folder)
        r.sound()
        r.ref("refs/heads/main", r.blob() if kind == "blob" else r.tree())
        return r.top
    return make


def million(folder):
    r = _git.Repo(folder)
    tip = r.sound()
    r.write("packed-refs", b"# pack-refs with: peeled fully-peeled sorted \n" +
            b"".join(b"%s refs/heads/b%06d\n" % (tip.encode(), i)
                     for i in range(1000000)))
    return r.top


def special(kind):
    def make(folder):
        r = _git.Repo(folder)
        r.sound()
        path = r.at("refs/heads/main")
        os.remove(path)
        (os.mkfifo if kind == "fifo" else os.mkdir)(path)
        return r.top
    return make


def other_refs_are_broken(folder):
    """One malformed commit on another ref must not hide the rest."""
    r = _git.Repo(folder)
    r.sound()
    for i in range(8):
        r.ref(f"refs/heads/bad{i}", r.commit(author=None, more=b"\0\n" * i))
        r.ref(f"refs/tags/v{i}.0", "%040x" % (i + 1))
        r.write(f"refs/remotes/origin/{i}", b"\xff\0\n")
    return r.top


def head_is_malformed(folder):
    """The tip is odd, what lies below is sound."""
    r = _git.Repo(folder)
    tip = r.sound()
    r.head(r.commit(tip, author=b"no address 1 +0000"))
    return r.top


def sha256(folder):
    r = _git.Repo(folder)
    r.sound()
    r.write("config", b"[core]\n\trepositoryformatversion = 1\n[extensions]\n"
            b"\tobjectFormat = sha256\n")
    return r.top


def reftable(folder):
    r = _git.Repo(folder)
    r.sound()
    r.write("config", b"[core]\n\trepositoryformatversion = 1\n[extensions]\n"
            b"\trefStorage = reftable\n")
    r.write("HEAD", b"ref: refs/heads/.invalid\n")
    return r.top


H = "history --json"
NONE = (3, 5)
ROWS = [
    row("HEAD that is empty", with_files({"HEAD": b""}), H, NONE,
        [("RW1402", "r")]),
    row("HEAD of garbage", with_files({"HEAD": b"\0\xff" * 500}), H, NONE,
        [("RW1402", "r")]),
    row("HEAD of 1 MB", with_files({"HEAD": b"ref: " + b"a" * (1 << 20)}), H,
        NONE, [("RW1402", "r")]),
    row("HEAD that is its own target", with_files({"HEAD": b"ref: HEAD\n"}),
        H, NONE, [("RW1402", "HEAD")]),
    row("refs in a circle", with_files({
        "refs/heads/main": b"ref: refs/heads/b\n",
        "refs/heads/b": b"ref: refs/heads/main\n"}), H, NONE,
        [("RW1402", "refs/heads/main")]),
    row("refs behind each other, six", with_files(
        dict([("refs/heads/main", b"ref: refs/heads/1\n")] + [
            (f"refs/heads/{i}", b"ref: refs/heads/%d\n" % (i + 1))
            for i in range(1, 7)] + [("refs/heads/7", b"TIP\n")])), H, NONE,
        [("RW1402", "")]),
    row("HEAD of an unborn branch", with_files(
        {}, head=b"ref: refs/heads/none\n"), H, 5,
        [("RW1402", "refs/heads/none")]),
    row("HEAD of /etc/passwd", with_files({}, head=b"ref: /etc/passwd\n"), H,
        NONE, [("RW1402", "/etc/passwd")]),
    row("HEAD with dots", with_files(
        {}, head=b"ref: refs/../../../../../etc/passwd\n"), H, NONE,
        [("RW1402", "etc/passwd")]),
    row("HEAD with an escape", with_files(
        {}, head=b"ref: refs/heads/\x1b]0;x\x07\x1b[31m\n"), H, NONE,
        [("RW1402", "")]),
    row("HEAD at a missing commit", with_files(
        {"refs/heads/main": b"78" * 20 + b"\n"}), H, 3,
        [("RW1403", "r")]),
    row("HEAD at zeros", with_files({"refs/heads/main": b"0" * 40 + b"\n"}),
        H, NONE, [("RW1403", "r")]),
    row("HEAD at a short name", with_files({"refs/heads/main": b"1234\n"}),
        H, NONE),
    row("HEAD at a blob", of_an_object("blob"), H, 3, [("RW1412", "r")]),
    row("HEAD at a tree", of_an_object("tree"), H, 3, [("RW1412", "r")]),
    row("HEAD at a tag", tag_chain(1), H, 0, totals=SOUND),
    row("HEAD at ten tags on each other", tag_chain(10), H, 0, totals=SOUND),
    row("HEAD at a hundred tags on each other", tag_chain(100), H, 3,
        [("RW1412", "r")]),
    row("HEAD at a tag of itself", tag_of_itself, H, 3,
        [("RW1412", "r")]),
    row("HEAD with a name in capitals", with_files(
        {"refs/heads/main": b"TIP\n"}, head=b"REF: refs/heads/main\n"), H,
        NONE),
    row("HEAD's branch is a FIFO", special("fifo"), H, NONE,
        [("RW1402", "refs/heads/main")]),
    row("HEAD's branch is a folder", special("folder"), H, NONE,
        [("RW1402", "refs/heads/main")]),
    row("malformed commits on other refs", other_refs_are_broken, H, 0,
        totals=SOUND),
    row("malformed commit at HEAD", head_is_malformed, H, 3,
        [("RW1407", "r")], totals={"commits": 4}),
    row("packed-refs of garbage", packed(b"\0\xff\n" * 9999), H, 0,
        totals=SOUND),
    row("packed-refs with a line of 8 MB", packed(b"x" * (8 << 20)), H, 0,
        totals=SOUND),
    row("packed-refs, a million", million, H, 0, totals=SOUND),
    row("packed-refs that contradict the loose one", packed(
        b"12" * 20 + b" refs/heads/main\n"), H, 0, totals=SOUND),
    row("packed ref twice", packed(
        b"TIP refs/heads/p\n" + b"12" * 20 + b" refs/heads/p\n",
        head=b"ref: refs/heads/p\n"), H, (0, 3)),
    row("names of refs that are no names", with_files({
        "refs/heads/a..b": b"TIP\n", "refs/heads/@{": b"TIP\n",
        "refs/heads/.lock": b"TIP\n", "refs/heads/-x": b"TIP\n",
        "refs/heads/\x1b[2J": b"TIP\n", "refs/heads/x\ny": b"TIP\n"}), H, 0,
        totals=SOUND),
    row("sha256 that is not", sha256, H, NONE),
    row("refs in a reftable", reftable, H, 3, [("RW1401", "config")]),
    row("a format of the future", with_files({"config": b"[core]\n\t"
        b"repositoryformatversion = 99\n"}), H, 3, [("RW1401", "config")]),
    row("an extension of the future", with_files({"config": b"[core]\n\t"
        b"repositoryformatversion = 1\n[extensions]\n\tmagic = true\n"}), H,
        3, [("RW1401", "config")]),
    row("settings of garbage", with_files({"config": b"\0\xff[" * 999}), H, 3,
        [("RW1301", "config")]),
    row("settings of 5 MB", with_files({"config": b"[a]\n" * (5 << 18)}), H,
        3, [("RW1401", "config")]),
]

if __name__ == "__main__":
    _run.main(__doc__, ROWS)
