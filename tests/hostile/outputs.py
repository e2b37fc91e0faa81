#!/usr/bin/env python3
"""Outputs: places that are links, folders, devices, read-only or the input
itself; and no secret of the environment in any of them. A file is written
whole or not at all, and nothing else is touched."""
import os

from _bom import text
import _run
from _run import row


def place(make_place, form="json", more=()):
    """The arguments for an output beside the input; `make_place` makes what
    stands there and gives its path."""
    def make(folder):
        home = os.path.dirname(folder) + "/home"
        with open(folder + "/b.json", "w", encoding="utf-8") as f:
            f.write(text())
        path = make_place(home, folder)
        return ["-o", f"{form}={path}", *more, folder + "/b.json"]
    return make


def existing(home, _):
    with open(home + "/x", "w", encoding="utf-8") as f:
        f.write("before")
    return home + "/x"


def link(to):
    def make(home, _):
        with open(home + "/kept", "w", encoding="utf-8") as f:
            f.write("before")
        os.symlink(to, home + "/x")
        return home + "/x"
    return make


def folder(home, _):
    os.mkdir(home + "/x")
    return home + "/x"


def read_only(home, _):
    """A folder in which nobody makes a file; root may all the same."""
    os.mkdir(home + "/ro")
    os.chmod(home + "/ro", 0o500)
    return home + "/ro/x"


def temporaries(home, _):
    """Links under names that a careless writer would use."""
    for name in ("x.tmp", ".x.tmp", "x~", ".x.swp"):
        os.symlink("/etc/passwd", home + "/" + name)
    return home + "/x"


def whole(_, folder_):
    """The output is there, and no temporary file beside it."""
    home = folder_ + "/home"
    names = [n for n in os.listdir(home) if "ranwhence-" in n]
    return [f"left over: {names}"] if names else []


def no_canary(_, folder_):
    problems = []
    for d, _, names in os.walk(folder_ + "/home"):
        for n in names:
            with open(os.path.join(d, n), "rb") as f:
                if _run.CANARY.encode() in f.read():
                    problems.append(f"the canary is in {n}")
    return problems


S = "scan -q"
DONE = (0, 1, 3, 5)
CANT = [("RW1008", "")]


def failing(name, make_place, says=CANT, exit=(2, 3), **more):
    return row(name, place(make_place, **more), S, exit, says)


ROWS = [
    row("a new file", place(lambda h, _: h + "/x"), S, DONE, holds=whole),
    row("an existing file", place(existing), S, DONE, holds=whole),
    row("a link to a file", place(link("kept")), S, DONE, holds=whole),
    row("a link to nothing", place(link("none")), S, DONE, holds=whole),
    row("links that a temporary file might follow", place(temporaries), S,
        DONE, holds=whole),
    failing("a folder", folder, exit=(2, 3)),
    failing("a folder that does not exist", lambda h, _: h + "/none/x"),
    failing("a file below a file", lambda h, f: f + "/b.json/x"),
    failing("a link to itself", link("x")),
    row("a folder that is read-only", place(read_only), S, DONE),
    row("/dev/null", place(lambda h, _: "/dev/null"), S, DONE),
    row("/dev/full", place(lambda h, _: "/dev/full"), S, (2, 3), CANT),
    row("a name of 300 bytes", place(lambda h, _: h + "/" + "x" * 300), S,
        (2, 3), CANT),
    row("a name with escapes", place(lambda h, _: h + "/\x1b[2J/x"), S,
        (2, 3), CANT),
    row("an unknown format", place(lambda h, _: h + "/x", form="evil"), S, 2,
        errors=["evil"]),
    row("no file", place(lambda h, _: ""), S, 2),
    row("no secret of the environment in HTML", place(
        lambda h, _: h + "/x", form="html"), S, DONE, holds=no_canary),
    row("no secret of the environment in JSON", place(
        lambda h, _: h + "/x"), S, DONE, holds=no_canary),
    row("no secret of the environment in SARIF", place(
        lambda h, _: h + "/x", form="sarif"), S, DONE, holds=no_canary),
]

if __name__ == "__main__":
    _run.main(__doc__, ROWS)
