#!/usr/bin/env python3
"""Work trees: links, FIFOs, sockets and devices where files stand, names and
depths without measure, files that nobody may read. None is followed or waited
for."""
import gzip
import os
import socket

from _bom import files, text
import _git
import _run
from _run import row

C = "components --json"
GO = b"module x\nrequire github.com/a/b v1.0.0\n"
KEPT = ["github.com/a/b"]
NOT = "RW1003"


def tree(change):
    """A folder with a sound go.mod, and what `change` does to it."""
    def make(folder):
        top = os.path.join(folder, "t")
        os.makedirs(top)
        with open(top + "/go.mod", "wb") as f:
            f.write(GO)
        change(top)
        return top
    return make


def link(name, to):
    def change(top):
        os.makedirs(os.path.dirname(os.path.join(top, name)), exist_ok=True)
        os.symlink(to, os.path.join(top, name))
    return tree(change)


def put(name, data=b"six==1.0\n", mode=0o644):
    def change(top):
        path = os.path.join(os.fsencode(top), name if isinstance(name, bytes)
                            else name.encode())
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as f:
            f.write(data)
        os.chmod(path, mode)
    return tree(change)


def fifo(top):
    os.mkfifo(top + "/requirements.txt")


def unix_socket(top):
    s = socket.socket(socket.AF_UNIX)
    here = os.open(".", os.O_RDONLY)
    # a path of a socket is short
    s.bind(f"/proc/self/fd/{os.open(top, os.O_RDONLY)}/requirements.txt")
    os.close(here)
    s.close()


def device(top):
    try:
        os.mknod(top + "/requirements.txt", 0o20666, os.makedev(1, 5))
    except OSError:
        os.mkfifo(top + "/requirements.txt")  # the next best


def folder(top):
    os.mkdir(top + "/requirements.txt")


def deep(n):
    def change(top):
        here = os.open(top, os.O_RDONLY)
        for _ in range(n):
            os.mkdir("d" * 30, dir_fd=here)
            new = os.open("d" * 30, os.O_RDONLY, dir_fd=here)
            os.close(here)
            here = new
        os.close(os.open("requirements.txt", os.O_CREAT, dir_fd=here))
        os.close(here)
    return tree(change)


def circle(top):
    os.makedirs(top + "/a/b")
    os.symlink("../..", top + "/a/b/up")
    os.symlink("self", top + "/self")


def many(n):
    def change(top):
        for i in range(n):
            os.close(os.open(f"{top}/f{i}", os.O_CREAT))
    return tree(change)


def hole(top):
    with open(top + "/requirements.txt", "wb") as f:
        f.truncate(1 << 40)


def wholly_git(name):
    """Something named .git that is none."""
    def change(top):
        if name == "file":
            os.close(os.open(top + "/.git", os.O_CREAT))
        elif name == "folder":
            os.mkdir(top + "/.git")
        else:
            os.mkfifo(top + "/.git")
    return tree(change)


def unreadable(top):
    """As root nothing is: then the row only says so."""
    os.mkdir(top + "/secret")
    with open(top + "/secret/requirements.txt", "wb") as f:
        f.write(b"six==1\n")
    os.chmod(top + "/secret", 0)


def nested_repository(top):
    """Another's repository in the tree, with settings that lead out."""
    r = _git.Repo(top, "inner", work=True)
    r.sound()
    r.add("config", b"[include]\n\tpath = /etc/shadow\n")


def target(kind):
    """What the user names is no file."""
    def make(folder_):
        path = os.path.join(folder_, "x.json")
        if kind == "fifo":
            os.mkfifo(path)
        elif kind == "loop":
            os.symlink("x.json", path)
        elif kind == "dangling":
            os.symlink("none", path)
        else:
            os.symlink("/dev/zero", path)
        return path
    return make


ROWS = [
    row("link to a secret file", link("requirements.txt", "/etc/shadow"), C,
        0, [(NOT, "requirements.txt")], kept=KEPT),
    row("link to a file of the tree", link("requirements.txt", "go.mod"), C,
        0, [(NOT, "requirements.txt")], kept=KEPT),
    row("link to /", link("a", "/"), C, 0, kept=KEPT),
    row("link to /dev/zero", link("requirements.txt", "/dev/zero"), C, 0,
        [(NOT, "requirements.txt")], kept=KEPT),
    row("link to nothing", link("requirements.txt", "none"), C, 0,
        [(NOT, "requirements.txt")], kept=KEPT),
    row("link for a folder above a file", link("sub", "/etc"), C, 0,
        kept=KEPT),
    row("links in circles", tree(circle), C, 0, kept=KEPT),
    row("FIFO", tree(fifo), C, 0, [(NOT, "requirements.txt")], kept=KEPT),
    row("socket", tree(unix_socket), C, 0, [(NOT, "requirements.txt")],
        kept=KEPT),
    row("device", tree(device), C, 0, [(NOT, "requirements.txt")],
        kept=KEPT),
    row("folder with a file's name", tree(folder), C, 0, kept=KEPT),
    row("folders 60 deep", deep(60), C, (0, 3), kept=KEPT),
    row("folders 200 deep, path over 4,096", deep(200), C, 3,
        [("RW1005", "t")], kept=KEPT),
    row("10,000 files", many(10000), C, 0, kept=KEPT, seconds=2),
    row("file of 1 TB", tree(hole), C, 3, [("RW1004", "requirements.txt")],
        kept=KEPT),
    row("name with escapes", put("\x1b[2J/\x07requirements.txt"), C, (0, 3),
        kept=KEPT),
    row("name with a new line", put("a\nb/requirements.txt"), C, (0, 3),
        kept=KEPT + ["six"]),
    row("name that is no UTF-8", put(b"\xff\xfe/requirements.txt"), C,
        (0, 3), kept=KEPT + ["six"]),
    row("name with a direction override", put("\u202ex/requirements.txt"), C,
        (0, 3), kept=KEPT + ["six"]),
    row("name of 255 bytes", put("a" * 255 + "/requirements.txt"), C, (0, 3),
        kept=KEPT + ["six"]),
    row("names that differ in case", put("REQUIREMENTS.TXT"), C, (0, 3),
        kept=KEPT),
    row("name that is an option", put("--output=x/requirements.txt"), C,
        (0, 3), kept=KEPT + ["six"]),
    row("name of blanks and dots", put(" ../. ./requirements.txt"), C, (0, 3),
        kept=KEPT + ["six"]),
    row("file that nobody may read", put("requirements.txt", mode=0), C,
        (0, 3), kept=KEPT),
    row("folder that nobody may enter", tree(unreadable), C, (0, 3),
        kept=KEPT),
    row("an empty file named .git", wholly_git("file"), C, (0, 3),
        kept=KEPT),
    row("an empty folder named .git", wholly_git("folder"), C, (0, 3),
        kept=KEPT),
    row("a FIFO named .git", wholly_git("fifo"), C, (0, 3), kept=KEPT),
    row("another repository inside", tree(nested_repository), C, 0,
        kept=KEPT),
    row("another repository inside, and who wrote it",
        tree(nested_repository), "scan -q -o json", 3,
        [("RW1009", "t/inner")]),
    row("target that is a FIFO", target("fifo"), C, 2, [("RW1006",
                                                         "x.json")]),
    row("target that is a link to itself", target("loop"), C, 2,
        [("RW1001", "x.json")]),
    row("target that leads nowhere", target("dangling"), C, 2,
        [("RW1001", "x.json")]),
    row("target that is /dev/zero", target("zero"), C, 2,
        [("RW1006", "x.json")]),
    row("target that does not exist", lambda f: f + "/none", C, 2,
        [("RW1001", "none")]),
    row("target with a NUL of its own", lambda f: f + "/\x1b[2J", C, 2,
        [("RW1001", "")]),
    row("target that is empty", lambda f: "", C, 2, [("RW1001", "")]),
    row("SBOM in a tree behind a million blanks", files(
        ("bom.json", " " * 1000000 + text())), C, (0, 3), kept=["lib0"]),
    row("SBOM by name, of nothing known", files(
        ("go.mod", GO), ("x.cdx.json", '{"evil": 1}')), C, 3,
        [("RW1201", "x.cdx.json")], kept=KEPT),
    row("compressed SBOM in a tree", files(
        ("sbom/x.cdx.json.gz", gzip.compress(text().encode()))), C, 0,
        kept=["lib0"]),
    row("compressed SBOM by name, of nothing known", files(
        ("go.mod", GO), ("sbom.json.gz", gzip.compress(b'{"evil": 1}'))), C,
        3, [("RW1201", "sbom.json.gz")], kept=KEPT),
]

if __name__ == "__main__":
    _run.main(__doc__, ROWS)
