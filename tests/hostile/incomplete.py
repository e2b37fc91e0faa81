#!/usr/bin/env python3
"""Histories of which a part is not there or not the real one: shallow,
partial, grafted, replaced, pruned. What is missing is said and is never
counted as nothing; what would bend the history is not followed."""
import os
import shutil

import _git
import _run
from _run import row

H = "history --json"
LINES = "history --json --axis=commits,churn,surviving"


def history(folder, n=6):
    """n commits, the third by Evil; their names."""
    r, last, names = _git.Repo(folder), [], []
    for i in range(n):
        last = [r.file(b"".join(b"%d\n" % k for k in range(i + 1)), *last,
                       author=_git.EVIL if i == 2 else _git.WHO)]
        names.append(last[0])
    r.head(last[0])
    return r, names


def remove(r, name):
    os.remove(r.at("objects", name[:2], name[2:]))


def changed(change):
    def make(folder):
        r, names = history(folder)
        change(r, names)
        return r.top
    return make


def shallow(r, names):
    r.write("shallow", names[4].encode() + b"\n")
    for n in names[:4]:
        remove(r, n)


def shallow_with_all(r, names):
    """It calls itself shallow, though all is there."""
    r.write("shallow", names[4].encode() + b"\n")


def shallow_garbage(r, _):
    r.write("shallow", b"\0\xff\n" * 999)


def shallow_empty(r, _):
    r.write("shallow", b"")


def shallow_many(r, names):
    r.write("shallow", b"".join(b"%040x\n" % i for i in range(200000)) +
            names[3].encode() + b"\n")


def partial(r, names):
    r.write("config", b"[core]\n\trepositoryformatversion = 1\n[extensions]\n"
            b"\tpartialClone = origin\n[remote \"origin\"]\n\tpromisor = true"
            b"\n\tpartialclonefilter = blob:none\n\turl = "
            b"https://127.0.0.1:9/x\n")
    base = r.pack(_git.whole([("blob", b"x")]))
    r.write(base[len(r.path) + 1:] + ".promisor", b"")
    remove(r, _git.name_of("blob", b"0\n1\n2\n"))


def promisor_without_settings(r, _):
    base = r.pack(_git.whole([("blob", b"x")]))
    r.write(base[len(r.path) + 1:] + ".promisor", b"")
    remove(r, _git.name_of("blob", b"0\n1\n2\n"))


def graft(r, names):
    r.write("info/grafts", names[5].encode() + b"\n")


def graft_to_the_victim(r, names):
    r.write("info/grafts", b"%s %s\n" % (names[5].encode(), b"12" * 20))


def replace(r, names):
    r.ref("refs/replace/" + names[2], r.file(b"0\n", names[1]))


def replace_packed(r, names):
    r.write("packed-refs", b"%s refs/replace/%s\n" % (
        names[0].encode(), names[5].encode()))


def replace_the_tip(r, names):
    """As a squashed import: nobody but Acme."""
    r.ref("refs/replace/" + names[5], r.file(b"0\n"))


def gone(which):
    def change(r, names):
        remove(r, names[which])
    return change


def blob_gone(r, _):
    remove(r, _git.name_of("blob", b"0\n1\n2\n"))


def tree_gone(r, _):
    blob = _git.name_of("blob", b"0\n1\n2\n")
    remove(r, _git.name_of("tree", b"100644 f\0" + bytes.fromhex(blob)))


def emptied(which):
    """The file of an object is there, and has no bytes."""
    def change(r, names):
        r.write(f"objects/{names[which][:2]}/{names[which][2:]}", b"")
    return change


def cut(r, names):
    path = r.at("objects", names[2][:2], names[2][2:])
    with open(path, "r+b") as f:
        f.truncate(30)


def swapped(r, names):
    """Under Evil's name lies a commit of Acme's."""
    data = b"tree %s\nparent %s\nauthor %s\ncommitter %s\n\nx\n" % (
        r.tree((b"100644", b"f", r.blob())).encode(), names[1].encode(),
        _git.WHO, _git.WHO)
    r.raw(names[2], b"commit %d\0" % len(data) + data)


def type_swapped(r, names):
    r.raw(names[2], b"blob 3\0abc")


def header_lies(r, names):
    r.raw(names[2], b"commit 99999999999999999999\0x")


def no_objects(r, _):
    shutil.rmtree(r.at("objects"))
    os.makedirs(r.at("objects"))


def limit(r, names):
    pass


def squashed(r, _):
    """One commit that brings everything."""
    r.head(r.file(b"x\n" * 100000))


SIX = {"commits": 6}
LIMITED = [("RW1413", "r")]
ROWS = [
    row("shallow", changed(shallow), H, 3, [("RW1404", "r")],
        totals={"commits": 2}),
    row("shallow, though all is there", changed(shallow_with_all), H, 3,
        [("RW1404", "r")], totals={"commits": 2}),
    row("list of shallow commits of garbage", changed(shallow_garbage), H,
        (0, 3), totals=SIX, judged=(1, 3)),
    row("list of shallow commits that is empty", changed(shallow_empty), H, 0,
        totals=SIX, judged=1),
    row("list of 200,000 shallow commits", changed(shallow_many), H, 3,
        [("RW1404", "r")], totals={"commits": 3}),
    row("partial clone", changed(partial), LINES, 3, [("RW1405", "r")],
        totals=SIX),
    row("promised objects without settings", changed(
        promisor_without_settings), LINES, 0, [("RW1414", "r")], totals=SIX,
        judged=3),
    row("graft that cuts", changed(graft), H, 0, [("RW1406", "grafts")],
        totals=SIX, judged=1),
    row("graft to what is not there", changed(graft_to_the_victim), H, 0,
        [("RW1406", "grafts")], totals=SIX, judged=1),
    row("replacement of Evil's commit", changed(replace), H, 0,
        [("RW1406", "replace")], totals=SIX, judged=1),
    row("replacement in packed-refs", changed(replace_packed), H, 0,
        [("RW1406", "replace")], totals=SIX, judged=1),
    row("replacement of the tip", changed(replace_the_tip), H, 0,
        [("RW1406", "replace")], totals=SIX, judged=1),
    row("commit that is gone", changed(gone(2)), H, 3, [("RW1403", "r")],
        totals={"commits": 3}),
    row("first commit that is gone", changed(gone(0)), H, 3,
        [("RW1403", "r")], totals={"commits": 5}),
    row("tip that is gone", changed(gone(5)), H, 3, [("RW1403", "r")]),
    row("blob that is gone", changed(blob_gone), LINES, 0,
        [("RW1414", "r")], totals=SIX, judged=3),
    row("tree that is gone", changed(tree_gone), LINES, 3,
        [("RW1403", "r")], totals=SIX),
    row("commit without bytes", changed(emptied(2)), H, 3,
        [("RW1412", "r")], totals={"commits": 3}),
    row("commit that is cut", changed(cut), H, 3, [("RW1412", "r")],
        totals={"commits": 3}),
    row("another commit under Evil's name", changed(swapped), H, 3,
        [("RW1412", "name")], totals={"commits": 3}),
    row("a blob under a commit's name", changed(type_swapped), H, 3,
        [("RW1412", "r")], totals={"commits": 3}),
    row("a header that lies of the size", changed(header_lies), H, 3,
        [("RW1412", "r")], totals={"commits": 3}),
    row("no objects at all", changed(no_objects), H, 3, [("RW1403", "r")]),
    row("budget of commits", changed(limit), H + " --max-commits=2", 3,
        LIMITED, totals={"commits": 2}, shown=False),
    row("everything in one commit", changed(squashed), H, 0,
        totals={"commits": 1}),
]

if __name__ == "__main__":
    _run.main(__doc__, ROWS)
