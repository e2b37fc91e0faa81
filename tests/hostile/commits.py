#!/usr/bin/env python3
"""Commits: headers that are missing, twice, too long or of bytes that no
program writes. Each is counted, those below it too, and it is said what was
not readable."""
import _git
import _run
from _run import row

H = "history --json"
OK = {"commits": 2}
EMPTY = [("RW1407", "r")]


def raw(text, count=1):
    """A commit of these bytes over a sound one; TREE and PARENT stand for
    theirs."""
    def make(folder):
        r = _git.Repo(folder)
        first = r.file(b"1\n")
        tree = r.tree((b"100644", b"f", r.blob(b"1\n2\n")))
        r.head(r.put("commit", text.replace(b"TREE", tree.encode()).replace(
            b"PARENT", first.encode())))
        return r.top
    return make


def by(author, **more):
    """An author line."""
    def make(folder):
        r = _git.Repo(folder)
        first = r.file(b"1\n")
        r.head(r.file(b"1\n2\n", first, author=author, **more))
        return r.top
    return make


def parents(n):
    def make(folder):
        r = _git.Repo(folder)
        first = r.file(b"1\n")
        r.head(r.commit(*[first] * n))
        return r.top
    return make


def circle(folder):
    """Two commits that are each other's parent, under false names."""
    r = _git.Repo(folder)
    tree = r.tree((b"100644", b"f", r.blob()))
    names = ["12" * 20, "34" * 20]
    for a, b in (names, names[::-1]):
        data = b"tree %s\nparent %s\nauthor %s\ncommitter %s\n\nx\n" % (
            tree.encode(), b.encode(), _git.WHO, _git.WHO)
        r.raw(a, b"commit %d\0" % len(data) + data)
    r.head(names[0])
    return r.top


def own_parent(folder):
    r = _git.Repo(folder)
    tree = r.tree((b"100644", b"f", r.blob()))
    data = b"tree %s\nparent %s\nauthor %s\ncommitter %s\n\nx\n" % (
        tree.encode(), b"12" * 20, _git.WHO, _git.WHO)
    r.raw("12" * 20, b"commit %d\0" % len(data) + data)
    r.head("12" * 20)
    return r.top


def missing_parent(folder):
    r = _git.Repo(folder)
    r.head(r.commit("12" * 20))
    return r.top


def chain(n):
    def make(folder):
        r = _git.Repo(folder)
        tree = r.tree((b"100644", b"f", r.blob()))
        objects, last = [], None
        for i in range(n):
            data = b"tree %s\n" % tree.encode()
            if last:
                data += b"parent %s\n" % last.encode()
            data += b"author %s\ncommitter %s\n\n%d\n" % (
                _git.WHO, _git.WHO, i)
            last = _git.name_of("commit", data)
            objects.append(("commit", data))
        r.pack(_git.whole(objects))
        r.head(last)
        return r.top
    return make


A, C = b"author " + _git.WHO, b"committer " + _git.WHO
TOP = b"tree TREE\nparent PARENT\n"
ROWS = [
    row("no author", raw(TOP + C + b"\n\nx\n"), H, 3, EMPTY, totals=OK),
    row("no committer", raw(TOP + A + b"\n\nx\n"), H, 0, totals=OK),
    row("no author and no committer", raw(TOP + b"\nx\n"), H, 3, EMPTY,
        totals=OK),
    row("no tree", raw(b"parent PARENT\n" + A + b"\n" + C + b"\n\nx\n"), H, 3,
        EMPTY, totals=OK),
    row("a tree that is not there", raw(b"tree " + b"12" * 20 + b"\nparent "
        b"PARENT\n" + A + b"\n" + C + b"\n\nx\n"),
        "history --json --axis=churn", (0, 3), totals=OK, judged=(0, 3)),
    row("empty commit", raw(b""), H, 3, EMPTY),
    row("only a blank line", raw(b"\n\n"), H, 3, EMPTY),
    row("no message and no blank line", raw(TOP + A + b"\n" + C), H, (0, 3),
        totals=OK, judged=(0, 3)),
    row("NUL in the author line", by(b"A\0 <a@evil.example> 1600000000 +0000"
                                     ), H, 3, EMPTY, totals=OK),
    row("NUL before the author", raw(TOP + b"x\0y\n" + A + b"\n" + C +
                                     b"\n\nx\n"), H, 3, EMPTY, totals=OK),
    row("parents behind the author", raw(
        b"tree TREE\n" + A + b"\nparent PARENT\n" + C + b"\n\nx\n"), H, 3,
        EMPTY, totals={"commits": 1}),
    row("parent of garbage", raw(b"tree TREE\nparent zzzz\n" + A + b"\n" + C +
                                 b"\n\nx\n"), H, 3, EMPTY),
    row("parent that is a blob", raw(
        b"tree TREE\nparent " + _git.name_of("blob", b"1\n").encode() +
        b"\n" + A + b"\n" + C + b"\n\nx\n"), H, 3, [("RW1412", "r")]),
    row("parent that is not there", missing_parent, H, 3,
        [("RW1403", "r")], totals={"commits": 1}),
    row("its own parent", own_parent, H, 3),
    row("parents in a circle", circle, H, 3),
    row("same parent 2,000 times", parents(2000), H, 0),
    row("100,000 parents", parents(100000), H, 0),
    row("author without an address", by(b"A a@evil.example 1 +0000"), H, 3,
        EMPTY, totals=OK),
    row("author without <", by(b"A a@evil.example> 1 +0000"), H, 3, EMPTY,
        totals=OK),
    row("author without >", by(b"A <a@evil.example 1 +0000"), H, 3, EMPTY,
        totals=OK),
    row("author of brackets", by(b"<<<>>><<>> 1 +0000"), H, 0, totals=OK,
        judged=3),
    row("author with two addresses", by(
        b"A <a@evil.example> <b@acme.example> 1 +0000"), H, 0, totals=OK,
        judged=1),
    row("two author lines", raw(TOP + A + b"\nauthor " + _git.EVIL + b"\n" +
                                C + b"\n\nx\n"), H, 0, totals=OK, judged=1),
    row("author's address of 1 MB", by(
        b"A <" + b"a" * (1 << 20) + b"@evil.example> 1 +0000"), H, (0, 3),
        totals=OK, judged=(1, 3)),
    row("author's host of 1 MB", by(
        b"A <a@" + b"a" * (1 << 20) + b".example> 1 +0000"), H, (0, 3),
        totals=OK, judged=3),
    row("author's name of 7 MB", by(
        b"A" * (7 << 20) + b" <a@evil.example> 1 +0000"), H, (0, 3),
        totals=OK, judged=(1, 3)),
    row("commit over 8 MB", by(_git.WHO, message=b"x" * (9 << 20)), H, 3,
        [("RW1412", "r")]),
    row("10,000 unknown headers", by(_git.WHO, more=b"x-y z\n" * 10000), H,
        0, totals=OK),
    row("signature that never ends", by(_git.WHO, more=b"gpgsig -----BEGIN\n"
        + b" x\n" * 100000), H, 0, totals=OK),
    row("mergetag with a second author", by(
        _git.WHO, more=b"mergetag object x\n author E <e@evil.example>\n"), H,
        0, totals=OK),
    row("encoding that does not exist", by(
        b"\xff\xfe <a@acme.example> 1600000000 +0000",
        more=b"encoding KLINGON-8\n"), H, 0, totals=OK),
    row("UTF-16 in the author", by("Ä <a@evil.example> 1 +0000".encode(
        "utf-16")), H, 3, EMPTY, totals=OK),
    row("parent behind a header of nonsense", raw(
        b"tree TREE\nx-y z\nparent PARENT\nauthor " + _git.WHO +
        b"\ncommitter " + _git.WHO + b"\n\nx\n"), H, 3, EMPTY,
        totals={"commits": 1}),
    row("date before 1970", by(b"A <a@acme.example> -5 +0000"), H, 3, EMPTY,
        totals=OK),
    row("date of 20 digits", by(
        b"A <a@acme.example> 99999999999999999999 +0000"), H, 3, EMPTY,
        totals=OK),
    row("date that overflows 64 bits", by(
        b"A <a@acme.example> 18446744073709551616 +0000"), H, 3, EMPTY,
        totals=OK),
    row("date of words", by(b"A <a@acme.example> yesterday"), H, 3, EMPTY,
        totals=OK),
    row("no date", by(b"A <a@acme.example>"), H, 3, EMPTY, totals=OK),
    row("date in the year 2500", by(
        b"A <a@acme.example> 16725225600 +0000"), H, 0, totals=OK),
    row("zone of nonsense", by(b"A <a@acme.example> 1600000000 +99999999"), H,
        0, totals=OK),
    row("CR at the ends of lines", raw((TOP + A + b"\n" + C + b"\n\nx\n")
                                       .replace(b"\n", b"\r\n")), H, 3,
        EMPTY),
    row("a trailer of 1 MB", by(_git.WHO, message=b"x\n\nReviewed-by: " +
                                b"a" * (1 << 20) + b" <a@evil.example>\n"),
        "history --json --axis=review", (0, 3), totals=OK, judged=(0, 3)),
    row("100,000 trailers", by(_git.WHO, message=b"x\n\n" + b"Reviewed-by: R "
                               b"<r@acme.example>\n" * 100000),
        "history --json --axis=review", (0, 3), totals=OK, judged=(0, 3)),
    row("100,000 co-authors", by(_git.WHO, message=b"x\n\n" + b"".join(
        b"Co-authored-by: R <r%d@acme.example>\n" % i
        for i in range(100000))), H, (0, 3), totals=OK, judged=(0, 3)),
    row("5,000 commits in a row", chain(5000), H, 0,
        totals={"commits": 5000}),
]

if __name__ == "__main__":
    _run.main(__doc__, ROWS)
