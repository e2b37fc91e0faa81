#!/usr/bin/env python3
"""Redirections: a repository that leads to another place of the machine, which
is refused by name. Beside each lies a private repository."""
import os
import subprocess

import _git
import _run
from _run import row


def victim(folder):
    """Whose commits must never be seen."""
    r = _git.Repo(os.path.dirname(folder), "victim")
    r.head(r.file(b"secret\n", author=b"%s <v@%s.example> 1600000000 +0000" % (
        _run.CANARY.encode(), _run.CANARY.encode())))
    return r


def sound(folder, work=False):
    r = _git.Repo(folder, work=work)
    r.sound()
    victim(folder)
    return r


def config(text):
    def make(folder):
        r = sound(folder)
        r.add("config", text.replace("VICTIM", os.path.dirname(folder) +
                                     "/victim").encode())
        return r.top
    return make


def gitfile(text):
    def make(folder):
        top = os.path.join(folder, "w")
        os.makedirs(top)
        v = victim(folder)
        with open(top + "/.git", "w", encoding="utf-8") as f:
            f.write(text.replace("VICTIM", v.path))
        return top
    return make


def of_another_user(path):
    """Whoever is not root cannot give it away: then it is his own."""
    def make(folder):
        r = sound(folder, work=True)
        r.add("config", b"[core]\n\tfsmonitor = touch PWNED\n")
        for top, folders, files in os.walk(r.top):
            for name in folders + files:
                if os.geteuid() == 0 and os.path.join(top, name).endswith(
                        path):
                    os.chown(os.path.join(top, name), 65534, 65534)
        return r.top
    return make


def linked(path, work=False):
    """A part of the repository is a link to that of the victim."""
    def make(folder):
        r = sound(folder, work)
        subprocess.run(["rm", "-rf", r.at(path)], check=True)
        os.symlink(os.path.dirname(folder) + "/victim/" + path, r.at(path))
        return r.top
    return make


def written(path, text):
    def make(folder):
        r = sound(folder)
        r.write(path, text.replace("VICTIM", os.path.dirname(folder) +
                                   "/victim").encode())
        return r.top
    return make


def git_is_a_link(folder):
    os.makedirs(folder + "/w")
    os.symlink(victim(folder).path, folder + "/w/.git")
    return folder + "/w"


def worktree_of_the_victim(folder):
    """What `git worktree add` makes, with everything pointing outside."""
    v, r = victim(folder), _git.Repo(folder, work=True)
    r.sound()
    r.write("commondir", v.path.encode() + b"\n")
    return r.top


def head_of(repository):
    with open(repository + "/refs/heads/main", encoding="ascii") as f:
        return f.read().strip()


def object_is_a_link(folder):
    r = sound(folder)
    tip = os.path.dirname(folder) + "/victim"
    name = head_of(tip)
    os.makedirs(r.at("objects", name[:2]), exist_ok=True)
    os.symlink(f"{tip}/objects/{name[:2]}/{name[2:]}",
               r.at("objects", name[:2], name[2:]))
    r.ref("refs/heads/main", name)
    return r.top


def fan_is_a_link(folder):
    r = sound(folder)
    v = os.path.dirname(folder) + "/victim"
    name = head_of(v)
    os.symlink(f"{v}/objects/{name[:2]}", r.at("objects", name[:2]))
    r.ref("refs/heads/main", name)
    return r.top


def head_leads_out(folder):
    r = sound(folder)
    r.write("HEAD", b"ref: ../victim/refs/heads/main\n")
    return r.top


def pack_is_a_link(folder):
    r = sound(folder)
    v = _git.Repo(folder, "other")
    base = v.pack(_git.whole([("blob", b"x")]))
    os.rename(base + ".pack", folder + "/p")
    os.rename(base + ".idx", r.at("objects/pack/pack-1.idx"))
    os.symlink(folder + "/p", r.at("objects/pack/pack-1.pack"))
    return r.top


def submodule_with_a_gitfile(folder):
    """The work tree of a submodule: its .git leads up, out of the folder."""
    r = _git.Repo(folder, work=True)
    r.sound()
    os.makedirs(r.top + "/sub")
    with open(r.top + "/sub/.git", "w", encoding="utf-8") as f:
        f.write("gitdir: ../.git/modules/sub\n")
    return r.top + "/sub"


def real_worktree(folder):
    """A linked work tree as git makes it, beside its repository."""
    r = _git.Repo(folder, "main", work=True)
    r.sound()
    subprocess.run(["git", "-C", r.top, "worktree", "add", "-q", "--detach",
                    folder + "/w"], check=True)
    return folder + "/w"


def shared_clone(folder):
    r = _git.Repo(folder, "main")
    r.sound()
    subprocess.run(["git", "clone", "-q", "--shared", r.top, folder + "/w"],
                   check=True)
    return folder + "/w"


HELP = "if it is yours, name that"
SOUND = {"commits": 3}
ROWS = [
    row("include.path of a secret file", config(
        "[include]\n\tpath = /etc/shadow\n"), "history --json", 3,
        [("RW1408", "config")], totals=SOUND),
    row("include.path of the victim's settings", config(
        "[include]\n\tpath = VICTIM/config\n"), "history --json", 3,
        [("RW1408", "victim/config")], totals=SOUND),
    row("include.path in the home folder", config(
        "[include]\n\tpath = ~/.gitconfig\n"), "history --json", 3,
        [("RW1408", "config")], totals=SOUND),
    row("includeIf by the folder", config(
        '[includeIf "gitdir:/"]\n\tpath = /etc/passwd\n'), "history --json",
        3, [("RW1408", "/etc/passwd")], totals=SOUND),
    row("includeIf by the branch", config(
        '[includeIf "onbranch:main"]\n\tpath = VICTIM/config\n'),
        "history --json", 3, [("RW1408", "config")], totals=SOUND),
    row("include in capitals", config("[INCLUDE]\n\tPATH = /etc/shadow\n"),
        "history --json", 3, [("RW1408", "/etc/shadow")], totals=SOUND),
    row("core.worktree at /etc", config("[core]\n\tworktree = /etc\n"),
        "history --json", 3, [("RW1408", "/etc")], totals=SOUND),
    row("core.worktree with dots", config(
        "[core]\n\tworktree = ../../../../../../etc\n"), "history --json", 3,
        [("RW1408", "etc")], totals=SOUND),
    row("gitfile to an absolute path", gitfile("gitdir: VICTIM\n"),
        "history --json", 3, [("RW1408", ".git")]),
    row("gitfile with dots", gitfile("gitdir: ../../victim\n"),
        "history --json", 3, [("RW1408", ".git")]),
    row("gitfile to /proc", gitfile("gitdir: /proc/self/cwd\n"),
        "history --json", 3, [("RW1408", ".git")]),
    row("gitfile without a folder", gitfile("gitdir:"), "history --json", 3,
        [("RW1401", "w")]),
    row("gitfile of garbage", gitfile("\0\1\2" * 99), "history --json", 3,
        [("RW1401", "w")]),
    row("gitfile of 1 MB", gitfile("gitdir: " + "a/" * (1 << 19)),
        "history --json", 3, [("RW1401", "w")]),
    row("gitfile to itself", gitfile("gitdir: .git\n"), "history --json", 3,
        [("RW1401", ".git")]),
    row("link for .git", git_is_a_link, "history --json", 3,
        [("RW1408", ".git")]),
    row("commondir at the victim", worktree_of_the_victim, "history --json",
        3, [("RW1408", "commondir")]),
    row("commondir with dots", written("commondir", "../../victim\n"),
        "history --json", 3, [("RW1408", "commondir")]),
    row("commondir of garbage", written("commondir", "\0\n\0"),
        "history --json", 3, [("RW1408", "commondir")]),
    row("alternates at the victim", written(
        "objects/info/alternates", "VICTIM/objects\n"), "history --json", 3,
        [("RW1408", "alternates")], totals=SOUND),
    row("alternates with dots", written(
        "objects/info/alternates", "../../../victim/objects\n"),
        "history --json", 3, [("RW1408", "alternates")], totals=SOUND),
    row("alternates in a circle", written(
        "objects/info/alternates", "../objects\n" * 3), "history --json",
        (0, 3), totals=SOUND, judged=(0, 3)),
    row("alternates of 10,000 lines", written(
        "objects/info/alternates", "/a/objects\n" * 5000), "history --json",
        3, [("RW1408", "alternates")], totals=SOUND),
    row("http-alternates", written(
        "objects/info/http-alternates", "http://127.0.0.1:9/objects\n"),
        "history --json", 0, totals=SOUND),
    row("link for objects", linked("objects"), "history --json", 3,
        [("RW1408", "objects")]),
    row("link for objects/pack", linked("objects/pack"), "history --json", 3,
        [("RW1408", "objects")]),
    row("link for an object", object_is_a_link, "history --json", 3,
        [("RW14", "")][:0]),
    row("link for a folder of objects", fan_is_a_link, "history --json", 3),
    row("link for a pack", pack_is_a_link, "history --json", 3,
        [("RW1412", "pack")], totals=SOUND),
    row("link for config", linked("config"), "history --json", 3,
        [("RW1408", "config")]),
    row("link for refs", linked("refs"), "history --json", (3, 5),
        [("RW1402", "")]),
    row("link for a branch", linked("refs/heads/main"), "history --json",
        (3, 5), [("RW1402", "refs/heads/main")]),
    row("link for HEAD", linked("HEAD"), "history --json", (3, 5)),
    row("HEAD that names a ref outside", head_leads_out, "history --json",
        (3, 5), [("RW1402", "victim")]),
    row("packed-refs that are a link", linked("packed-refs"),
        "history --json", (0, 3), totals=SOUND, judged=(0, 3)),
    row("link for shallow", linked("shallow"), "history --json", 3,
        [("RW1408", "shallow")], totals=SOUND),
    row("repository of another user", of_another_user(""), "history --json",
        0, [("RW1419", "config")], totals=SOUND),
    row("git folder of another user", of_another_user(".git"),
        "history --json", 0, [("RW1419", "config")], totals=SOUND),
    row("settings of another user", of_another_user("config"),
        "history --json", 0, [("RW1419", "config")], totals=SOUND),
    row("gitfile of a submodule", submodule_with_a_gitfile,
        "history --json", 3, [("RW1408", ".git")], errors=[HELP]),
    row("linked work tree", real_worktree, "history --json", 3,
        [("RW1408", ".git")], errors=[HELP]),
    row("clone that shares objects", shared_clone, "history --json", 3,
        [("RW1408", "alternates")], errors=["without --shared"]),
]

if __name__ == "__main__":
    _run.main(__doc__, ROWS)
