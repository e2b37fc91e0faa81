#!/usr/bin/env python3
"""Compares every (commit, path, added, deleted) of clones with git:
    make oracle REPO="CLONE..."
Commits of which a blob is missing (partial clones) are left out, because
git stops at them; how many is printed."""
import os
import subprocess
import sys


def git(repo, *arguments, data=None):
    return subprocess.run(["git", "-C", repo, "--no-replace-objects", "-c",
                           "core.attributesFile=/dev/null", *arguments],
                          input=data, check=True,
                          stdout=subprocess.PIPE).stdout


def ours(program, repo):
    out = subprocess.run([program, repo], check=True,
                         stdout=subprocess.PIPE).stdout
    found = {}
    for entry in out.split(b"\0")[:-1]:
        commit, added, deleted, path = entry.split(b"\t", 3)
        found[commit, path] = (added, deleted)
    return found


def gits(repo, without):
    ids = [i for i in git(repo, "rev-list", "--no-merges", "HEAD").split()
           if i not in without]
    out = git(repo, "log", "--no-walk=unsorted", "--stdin", "--numstat",
              "--no-renames", "-z", "--format=%x01%H",
              data=b"\n".join(ids) + b"\n")
    found, commit = {}, None
    for entry in out.split(b"\0"):
        entry = entry.lstrip(b"\n")
        if entry[:1] == b"\x01":
            commit, _, entry = entry[1:].partition(b"\n")
        if entry:
            added, deleted, path = entry.split(b"\t", 2)
            found[commit, path] = (added, deleted)
    return found


def main():
    worst = 0
    for repo in sys.argv[2:]:
        a = ours(sys.argv[1], repo)
        without = {c for (c, _), n in a.items() if n[0] == b"?"}
        a = {k: v for k, v in a.items() if k[0] not in without}
        b = gits(repo, without)
        wrong = sorted(k for k in a.keys() | b.keys()
                       if a.get(k) != b.get(k))
        print(f"{repo}: {len(b)} entries, {len(without)} commits left out, "
              f"{len(wrong)} differences", flush=True)
        for k in wrong[:20]:
            print("  ", *(os.fsdecode(x) for x in k), "git", b.get(k),
                  "ours", a.get(k))
        worst = max(worst, len(wrong))
    return worst > 0


if __name__ == "__main__":
    sys.exit(main())
