#!/usr/bin/env python3
"""What `history` counts when only a part is asked for equals what git prints
for that part: by day of the author, by path, by what a file is for, and the
commits nearest to the head. TAP on standard output."""
import collections
import fnmatch
import glob
import json
import os
import random
import subprocess

import _tap

HOSTS = [b"one.test", b"two.test", b"three.test"]
NAMES = ["src/a.c", "src/b.c", "src/deep/c.c", "tests/a_test.c", "docs/x.rst",
         "README.md", "lib/test/t.c", "CMakeLists.txt", "lib/l.c",
         ".github/w.yml", "lib/l_test.go", "protests/p.c",
         "demodulator/simd.c"]
RUNS = ["src/a.c", "src/b.c", "src/deep/c.c", "lib/l.c", "protests/p.c",
        "demodulator/simd.c"]


def git(repo, *arguments):
    return subprocess.run(["git", "-C", repo, *arguments], check=True,
                          capture_output=True).stdout.decode()


def digest(path, *options, status=0):
    p = _tap.run("history", "--json", "-q", *options, path)
    if p.returncode != status:
        raise ValueError(f"{options}: {p.returncode} {p.stderr.decode()}")
    return json.loads(p.stdout), p.stdout


def history(path, seed):
    """Branches and merges; dates of author and committer differ."""
    rng = random.Random(seed)
    stream, texts = b"", {}
    for i in range(1, 90):
        changed = {}
        for _ in range(rng.choice([0, 1, 1, 2])):
            name = rng.choice(NAMES)
            lines = texts.setdefault(name, [b"%d" % n for n in range(20)])
            at = rng.randrange(len(lines) + 1)
            lines[at:at + rng.randrange(3)] = [b"%d" % i] * rng.randrange(4)
            changed[name] = b"\n".join(lines) + b"\n"
        when = 1577836800 + rng.randrange(90) * 86400 + rng.randrange(86400)
        one = _tap.commit(i, b"N", b"a@" + rng.choice(HOSTS),
                          b"%d +0900" % when, {},
                          max(0, i - rng.choice([1, 1, 1, 3]))).replace(
            b"committer N", b"committer C", 1)
        if i > 9 and i % 7 == 0:
            one += b"merge :%d\n" % (i - 4)
        stream += one + b"".join(
            b"M 100644 inline %s\ndata %d\n%s\n" % (n.encode(), len(t), t)
            for n, t in changed.items())
    _tap.repository(path, stream)


def wanted(path, specs, is_wanted, since=0):
    """Commits, lines and merges by host; surviving lines, from git alone."""
    want = {k: collections.Counter() for k in
            ("commits", "added", "deleted", "surviving")}
    days = {}
    for line in git(path, "log", "--no-merges", "--full-history", "--numstat",
                    "--no-renames", "--format=%x01%H %at %ae", "--",
                    *specs).splitlines():
        if line[:1] == "\x01":
            _, at, address = line[1:].split(" ")
            host = address.split("@")[1] if int(at) >= since else None
            if host:
                want["commits"][host] += 1
        elif line and host:
            added, deleted, _ = line.split("\t", 2)
            want["added"][host] += int(added)
            want["deleted"][host] += int(deleted)
    for name in git(path, "ls-tree", "-r", "--name-only",
                    "HEAD").splitlines():
        if not is_wanted(name):
            continue
        for line in git(path, "blame", "--line-porcelain", "HEAD", "--",
                        name).splitlines():
            if line.startswith("author-mail "):
                host = line.split("@")[1].rstrip(">")
            elif line.startswith("author-time ") and \
                    int(line.split()[1]) >= since:
                want["surviving"][host] += 1
    merges = 0
    for line in git(path, "log", "--merges", "--format=%H %at").splitlines():
        name, at = line.split()
        days[name] = int(at)
        if int(at) >= since and subprocess.run(
                ["git", "-C", path, "diff", "--quiet", name + "^1", name, "--",
                 *specs], check=False).returncode:
            merges += 1
    return {k: {h: n for h, n in c.items() if n}
            for k, c in want.items()}, merges


def difference(path, options, want):
    # nothing counted is no "clean" one
    status = 0 if want[0]["commits"] or want[1] else 5
    texts = {digest(path, "--axis=churn,surviving", *options,
                    f"--threads={n}", status=status)[1] for n in (1, 2, 8)}
    d = json.loads(texts.pop())
    got = {k: {h["host"]: h[k] for h in d["hosts"] if h[k]}
           for k in ("commits", "added", "deleted", "surviving")}
    problems = ["not the same bytes"] * len(texts)
    if (got, d["totals"]["merges"]) != want:
        problems.append(f"{options}: {got} {d['totals']['merges']}, {want}")
    return problems


def files_are_picked_by_their_path(folder):
    problems = []
    for seed in range(3):
        path = os.path.join(folder, str(seed))
        history(path, seed)
        for globs in (["src/*"], ["*.c", "docs/?.rst"], ["none"],
                      ["src/deep/c.c"]):
            problems += difference(
                path, [f"--paths={g}" for g in globs],
                wanted(path, globs, lambda name, g=globs: any(
                    fnmatch.fnmatchcase(name, one) for one in g)))
        problems += difference(path, ["--scope=runtime"], wanted(
            path, RUNS, RUNS.__contains__))
        problems += difference(
            path, ["--scope=runtime", "--paths=src/*"],
            wanted(path, RUNS[:3], RUNS[:3].__contains__))
    return problems


def commits_are_picked_by_day(folder):
    """Of the author, where midnight is that of UTC."""
    problems, path = [], os.path.join(folder, "r")
    history(path, 9)
    for day, since in (("2020-02-01", 1580515200), ("2020-03-30", 1585526400),
                       ("1999-01-01", 0), ("2030-01-01", 1893456000)):
        specs = ["*"]
        want, merges = wanted(path, specs, lambda _: True, since)
        # without paths, a commit that changes nothing counts, too
        want["commits"] = dict(collections.Counter(
            line.split("@")[1] for line in git(
                path, "log", "--no-merges", "--format=%at %ae").splitlines()
            if int(line.split()[0]) >= since))
        merges = sum(int(at) >= since for at in git(
            path, "log", "--merges", "--format=%at").split())
        problems += difference(path, [f"--since={day}"], (want, merges))
    return problems


def the_nearest_commits_are_read(folder):
    path = os.path.join(folder, "r")
    history(path, 4)
    near, todo, parents = [], [git(path, "rev-parse", "HEAD").strip()], {}
    for line in git(path, "log", "--format=%H %P").splitlines():
        parents[line.split()[0]] = line.split()[1:]
    while todo:
        near.append(todo.pop(0))
        todo += [p for p in dict.fromkeys(parents[near[-1]])
                 if p not in near and p not in todo]
    problems = []
    for n in (1, 20, 60):
        d, text = digest(path, "--axis=churn", f"--max-commits={n}", status=3)
        git(path, "repack", "-q", "-a", "-d", "-f")
        again = digest(path, "--axis=churn", "--threads=3",
                       f"--max-commits={n}", status=3)[1]
        want = sum(len(parents[c]) < 2 for c in near[:n])
        if d["totals"]["commits"] != want or text != again or \
                d["incomplete"] != ["commits", "churn"] or \
                d["asked"]["max_commits"] != n or \
                [x["code"] for x in d["diagnostics"]] != ["RW1413"]:
            problems.append(f"{n}: {d['totals']}, {want}, {d['incomplete']}")
    d = digest(path, "--max-commits=1000")[0]
    return problems + (["not whole"] if d["incomplete"] else [])


def time_is_no_excuse(folder):
    """Enough time changes nothing but what was asked."""
    path = os.path.join(folder, "r")
    history(path, 5)
    one, two = (digest(path, "--axis=churn", *o)[0]
                for o in ([], ["--max-seconds=3600"]))
    one["asked"]["max_seconds"] = 3600
    return [] if one == two else ["another digest"]


def a_product_counts_what_it_builds(folder):
    path = os.path.join(folder, "r")
    history(path, 7)
    with open(folder + "/s.yaml", "w", encoding="utf-8") as f:
        f.write("stack: 1\nname: s\nfunctions:\n  - function: xApp\n"
                "    components:\n      - repository: r\n"
                "        built: [src/*]\n")
    report = json.loads(_tap.run("scan", "-q", "--as-of=2026-01-01", "-o",
                                 "json", folder + "/s.yaml").stdout)
    got = report["verdicts"][0]["scores"][0]["axes"]["commits"]["all"]
    want = len(git(path, "log", "--no-merges", "--full-history", "--format=%H",
                   "--", "src/*").split())
    return [] if got["unknown"] == want else [f"{got}, not {want}"]


def what_was_asked_is_told(folder):
    path = os.path.join(folder, "r")
    history(path, 6)
    asked = digest(path, "--since=2020-02-01", "--paths=src/*", "--paths=*.c",
                   "--scope=runtime", "--max-commits=7", status=3)[0]["asked"]
    want = {"since": "2020-02-01", "scope": "runtime", "paths":
            ["src/*", "*.c"], "classes": [], "max_commits": 7,
            "max_seconds": None}
    problems = [] if asked == want else [str(asked)]
    for bad in ("--since=2020", "--since=", "--scope=test", "--paths=",
                "--max-commits=0", "--max-seconds=x", "--max-seconds=-1"):
        p = _tap.run("history", bad, path)
        if p.returncode != 2 or bad.encode() not in p.stderr:
            problems.append(f"{bad}: {p.returncode} {p.stderr}")
    scopes = _tap.run("list", "scopes").stdout.decode()
    return problems + ([] if "a folder is called docs" in scopes
                       else ["scopes are not listed"])


def what_is_published_names_no_folder(folder):
    """What is told of a clone has the address of the repository as its
    place, not where the clone lay."""
    path = os.path.join(folder, "r")
    history(path, 7)
    git(path, "config", "remote.origin.url", "https://git.example/a/b")
    gone = git(path, "rev-parse", "HEAD~20:src/a.c").strip()
    objects = os.path.join(path, git(path, "rev-parse", "--git-path",
                                     "objects").strip())
    for pack in glob.glob(os.path.join(objects, "pack", "*.pack")):
        os.rename(pack, os.path.join(folder, "pack"))
        with open(os.path.join(folder, "pack"), "rb") as f:
            subprocess.run(["git", "-C", path, "unpack-objects", "-q"],
                           stdin=f, check=True)
    os.unlink(os.path.join(objects, gone[:2], gone[2:]))
    told, out = digest(path, "--axis=churn", status=3)
    here, published = digest(path, "--axis=churn", "--publish", status=3)
    places = [d["path"] for d in here["diagnostics"]]
    problems = []
    if path.encode() not in out or not told["diagnostics"]:
        problems.append(f"told of this machine: {told['diagnostics']}")
    if folder.encode() in published or not places or \
            not all(p.startswith(here["repository"]) for p in places):
        problems.append(f"published: {places}")
    return problems


if __name__ == "__main__":
    _tap.main([files_are_picked_by_their_path, commits_are_picked_by_day,
               the_nearest_commits_are_read, time_is_no_excuse,
               a_product_counts_what_it_builds,
               what_was_asked_is_told, what_is_published_names_no_folder])
