#!/usr/bin/env python3
"""Trees: entries twice, out of order, with names that leave the tree, without
end. Lines are counted where they can be, and a file is never looked for
outside."""
import _git
from _git import Repo
import _run
from _run import row

H = "history --json --axis=commits,churn,surviving"
C = "components --json"
GOMOD = b"module x\nrequire github.com/a/b v1.0.0\n"


def entries(*made):
    """A commit over a sound one, with these entries; an id is that of a blob
    unless given."""
    def make(folder):
        r = Repo(folder)
        first = r.file(b"1\n")
        blob = r.blob(b"1\n2\n")
        r.head(r.commit(first, tree=r.tree(*(
            (m, n, i or blob) for m, n, i in made))))
        return r.top
    return make


def raw(data, size=None):
    """A tree of these bytes; BLOB stands for a blob's id."""
    def make(folder):
        r = Repo(folder)
        first = r.file(b"1\n")
        text = data.replace(b"BLOB", bytes.fromhex(r.blob(b"1\n2\n")))
        name = _git.name_of("tree", text)
        r.raw(name, b"tree %d\0" % (len(text) if size is None else size) +
              text)
        r.head(r.commit(first, tree=name))
        return r.top
    return make


def nested(depth, width=1, file=b"x\n"):
    """Folders in folders; width > 1 makes a bomb."""
    def make(folder):
        r = Repo(folder)
        first = r.file(b"1\n")
        name, mode = r.blob(file), b"100644"
        for _ in range(depth):
            name = r.tree(*((mode, b"%03d" % i, name) for i in range(width)))
            mode = b"40000"
        r.head(r.commit(first, tree=name))
        return r.top
    return make


def wide(n):
    def make(folder):
        r = Repo(folder)
        first, blob = r.file(b"1\n"), r.blob(b"x\n")
        r.head(r.commit(first, tree=r.tree(*(
            (b"100644", b"%07d" % i, blob) for i in range(n)))))
        return r.top
    return make


def in_itself(folder):
    r = Repo(folder)
    first, name = r.file(b"1\n"), "56" * 20
    r.raw(name, b"tree 33\0" + b"40000 again\0" + bytes.fromhex(name))
    r.head(r.commit(first, tree=name))
    return r.top


def swapped(kind):
    """A folder's id is that of a blob, or a file's that of a tree."""
    def make(folder):
        r = Repo(folder)
        first = r.file(b"1\n")
        blob = r.blob(b"x\n")
        tree = r.tree((b"100644", b"f", blob))
        bad = (b"40000", b"d", blob) if kind == "blob" else \
            (b"100644", b"f", tree)
        r.head(r.commit(first, tree=r.tree(bad)))
        return r.top
    return make


def with_manifest(name, mode=b"100644"):
    """A bare repository whose only manifest has this name."""
    def make(folder):
        r = Repo(folder)
        r.head(r.commit(tree=r.tree((mode, name, r.blob(GOMOD)))))
        return r.top
    return make


def renames(n):
    """Everything moves at once, each file a little."""
    def make(folder):
        r = Repo(folder)
        texts = [b"".join(b"%d %d\n" % (i * j % 7, j) for j in range(60))
                 for i in range(n)]
        objects = [("blob", t) for t in texts] + \
            [("blob", t + b"more\n") for t in texts]
        r.pack(_git.whole(dict.fromkeys(objects)))
        trees = [r.tree(*((b"100644", b"%s%05d" % (p, i), _git.name_of(
            "blob", t + e)) for i, t in enumerate(texts)))
            for p, e in ((b"a", b""), (b"b", b"more\n"))]
        first = r.commit(tree=trees[0])
        r.head(r.commit(first, tree=trees[1]))
        return r.top
    return make


LOST = [("RW1412", "r")]
F = b"100644"
TWO = {"commits": 2}
ROWS = [
    row("an entry twice", entries((F, b"f", None), (F, b"f", None)), H,
        (0, 3), totals=TWO, judged=(0, 3)),
    row("entries out of order", entries((F, b"z", None), (F, b"a", None)), H,
        (0, 3), totals=TWO, judged=(0, 3)),
    row("a file and a folder of one name", entries(
        (F, b"f", None), (b"40000", b"f", _git.name_of("tree", b""))), H,
        (0, 3), totals=TWO, judged=(0, 3)),
    row("an empty name", entries((F, b"", None)), H, (0, 3), totals=TWO,
        judged=(0, 3)),
    row("name ..", entries((F, b"..", None)), H, (0, 3), totals=TWO,
        judged=(0, 3)),
    row("name with a slash", entries((F, b"../../etc/passwd", None)), H,
        (0, 3), totals=TWO, judged=(0, 3)),
    row("absolute name", entries((F, b"/etc/passwd", None)), H, (0, 3),
        totals=TWO, judged=(0, 3)),
    row("name .git", entries((F, b".git", None)), H, (0, 3), totals=TWO,
        judged=(0, 3)),
    row("name of 1 MB", entries((F, b"a" * (1 << 20), None)), H, (0, 3),
        totals=TWO, judged=(0, 3)),
    row("name with escapes", entries((F, b"\x1b[2J\x07\n\r", None)), H, 0,
        totals=TWO),
    row("mode of nonsense", entries((b"777777", b"f", None)), H, (0, 3),
        totals=TWO, judged=(0, 3)),
    row("mode without end", entries((b"1" * 100000, b"f", None)), H, (0, 3),
        totals=TWO, judged=(0, 3)),
    row("no mode", raw(b"f\0BLOB"), H, 3, LOST, totals=TWO),
    row("name without an end", raw(b"100644 f"), H, 3, LOST, totals=TWO),
    row("id that is cut", raw(b"100644 f\0" + b"1" * 10), H, 3, LOST,
        totals=TWO),
    row("tree of garbage", raw(b"\xff\0" * 5000), H, 3, LOST, totals=TWO),
    row("tree that claims 2 GB", raw(b"100644 f\0BLOB", 2 << 30), H, 3, LOST,
        totals=TWO),
    row("tree that claims a byte less", raw(b"100644 f\0BLOB", 28), H, 3,
        LOST, totals=TWO),
    row("blob where a folder stands", swapped("blob"), H, 3, LOST,
        totals=TWO),
    row("folder where a file stands", swapped("tree"), H, (0, 3), totals=TWO,
        judged=(0, 3)),
    row("tree in itself", in_itself, H, 3, LOST, totals=TWO),
    row("1,000 folders deep", nested(1000), H, (0, 3), totals=TWO,
        judged=(0, 3)),
    # up to a million entries of a commit are looked at
    row("bomb of 200^9 files", nested(9, 200), H, 3, LOST, totals=TWO,
        seconds=5, shown=False),
    row("bomb of 10^10 files", nested(10, 10), H, 3, LOST, totals=TWO,
        seconds=5),
    # its attributes are looked for
    row("bomb, commits only", nested(9, 200), "history --json", 3,
        [("RW1005", "r")], totals=TWO, shown=False),
    row("bomb, components", nested(10, 10), C, 3, [("RW1005", "r")],
        seconds=2),
    row("50,000 files", wide(50000), H, 0, totals={"added": 50001}),
    row("2,000 renames at once", renames(2000), H, (0, 3), totals=TWO,
        judged=(0, 3), seconds=3),
    row("manifest behind ..", with_manifest(b"../go.mod"), C, (0, 3, 5)),
    row("manifest that is a link", with_manifest(b"go.mod", b"120000"), C,
        (0, 3, 5), [("RW1003", "go.mod")]),
    row("manifest that is a submodule", with_manifest(b"go.mod", b"160000"),
        C, (0, 3, 5)),
    row("manifest that is executable", with_manifest(b"go.mod", b"100755"),
        C, (0, 3), kept=["github.com/a/b"]),
]

if __name__ == "__main__":
    _run.main(__doc__, ROWS)
