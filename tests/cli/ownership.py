#!/usr/bin/env python3
"""`ownership` in a digest: lines of each file are what `git blame` says,
commits and creators what `git log --follow` says, on histories with renames,
merges, bots and files that come back; whatever the number of threads. TAP on
standard output."""
import collections
import json
import os
import random
import re
import subprocess

import _tap

HOSTS = [b"nokia.com", b"intel.com", b"gmail.com", b"kqzx.net"]
BOT = b"renovate[bot]@users.noreply.github.com"


def git(repo, *arguments):
    return subprocess.run(["git", "-C", repo, *arguments], check=True,
                          capture_output=True).stdout.decode()


def digest(path, *options):
    return _tap.run("history", "--json", "-q", "--no-cache",
                    "--axis=surviving", *options, path).stdout


def history(path, seed):
    """Files that grow, are moved as they are, and go; merges that take what
    the other side added."""
    rng = random.Random(seed)
    stream, files = b"", {}
    for i in range(1, 120):
        email = BOT if rng.random() < .08 else b"a%d@%s" % (
            rng.randrange(3), rng.choice(HOSTS))
        when = 1400000000 + i * 2700000
        stream += _tap.commit(i, b"N", email, b"%d +0000" % when, {},
                              i - 1 or None)
        gone = set()  # what stays is copied, not moved
        for _ in range(rng.choice([1, 1, 2, 4])):
            name = b"s%d/f%d.c" % (rng.randrange(2), rng.randrange(9))
            other = b"s%d/m%d.c" % (rng.randrange(2), i)
            if name in gone:
                continue
            if name in files and rng.random() < .1:
                files[other] = files.pop(name)
                gone.add(name)
                stream += b"R %s %s\n" % (name, other)
                continue
            text = files.get(name, [])
            at = rng.randrange(1, len(text) + 1) if text else 0
            text[at:at + rng.choice([0, 0, 1, 3])] = [
                b"call(%d, %d);" % (i, rng.randrange(1 << 30))
                for _ in range(rng.randrange(1, 6))]
            files[name] = text
            body = b"\n".join(text) + b"\n"
            stream += b"M 100644 inline %s\ndata %d\n%s\n" % (
                name, len(body), body)
        if rng.random() < .05 and len(files) > 4:
            name = rng.choice(sorted(files))
            del files[name]
            stream += b"D %s\n" % name
    stream += _tap.commit(120, b"N", b"a@nokia.com", b"1800000000 +0000",
                          {"data.json": b"{}\n"}, 119)
    _tap.repository(path, stream)


def holder(line):
    """"a@b.c 2020" as host and year."""
    address, year = line.rsplit(" ", 1)
    if address == BOT.decode():
        return "(robots)", int(year)
    return address.rsplit("@", 1)[-1].lower(), int(year)


def lines_of(repo, path):
    """Lines of each holder, by the commits that blame names."""
    counts = collections.Counter()
    text = git(repo, "blame", "--line-porcelain", "HEAD", "--", path)
    for commit in re.findall(r"^([0-9a-f]{40}) \d+ \d+", text,
                             re.MULTILINE):
        counts[commit] += 1
    lines = collections.Counter()
    for commit, n in counts.items():
        lines[holder(git(repo, "show", "-s", "--format=%ae %ad",
                         "--date=format:%Y", commit).strip())] += n
    return lines


def commits_of(repo, path):
    """Holders of the commits to a file, the newest first, and the creator."""
    lines = git(repo, "log", "--follow", "--no-merges", "--diff-filter=d", "--format=%ae %ad",
                "--date=format:%Y", "HEAD", "--", path).split("\n")[:-1]
    counts = collections.Counter(
        holder(x) for x in lines if x.split()[0] != BOT.decode())
    creator = None if lines[-1].split()[0] == BOT.decode() \
        else holder(lines[-1])
    return counts, creator


def expected(repo):
    rows = collections.Counter()
    for path in git(repo, "ls-tree", "-r", "--name-only",
                    "HEAD").split("\n")[:-1]:
        if not path.endswith(".c"):
            continue
        lines = lines_of(repo, path)
        commits, creator = commits_of(repo, path)
        shares = tuple(sorted((h, commits[h], lines[h])
                              for h in set(lines) | set(commits)))
        rows[sum(commits.values()), sum(lines.values()), creator,
             shares] += 1
    return rows


def told(text):
    rows = collections.Counter()
    own = json.loads(text)["ownership"]
    holders = [tuple(h) for h in own["holders"]]
    for row in own["files"]:
        n, deliveries, lines, creator = row[:4]
        shares = tuple(sorted((holders[row[i]], row[i + 1], row[i + 2])
                              for i in range(4, len(row), 3)))
        rows[deliveries, lines,
             None if creator is None else holders[creator], shares] += n
    return rows


def files_are_what_git_says(folder):
    problems = []
    for seed in range(5):
        path = os.path.join(folder, str(seed))
        history(path, seed)
        want, got = expected(path), told(digest(path))
        for row in (want - got).keys():
            problems.append(f"seed {seed}: missing {row}")
        for row in (got - want).keys():
            problems.append(f"seed {seed}: not so {row}")
    return problems[:8]


def threads_do_not_matter(folder):
    path = os.path.join(folder, "r")
    history(path, 7)
    first = digest(path, "--threads=1")
    return [f"{n} threads: other bytes" for n in (2, 8)
            if digest(path, f"--threads={n}") != first]


def a_part_of_a_history_has_none(folder):
    path = os.path.join(folder, "r")
    history(path, 8)
    problems = []
    for options in (["--since=2015-01-01"], ["--range=HEAD~5..HEAD"]):
        if json.loads(digest(path, *options))["ownership"] is not None:
            problems.append(f"{options}: it has")
    if not told(digest(path, "--paths=s1/*")):
        problems.append("--paths: no files")
    plain = _tap.run("history", "--json", "-q", path).stdout
    if json.loads(plain)["ownership"] is not None:
        problems.append("it was made without surviving lines")
    return problems


def merges_are_followed(folder):
    """What a branch brought is its author's, and a merge no delivery."""
    path = os.path.join(folder, "r")
    stream = b""
    for n, email, parent, merge, files in (
            (1, b"a@nokia.com", None, None, {"x.c": b"a\nb\nc\n"}),
            (2, b"b@intel.com", 1, None, {"y.c": b"1\n2\n"}),
            (3, b"c@kqzx.net", 1, None, {"x.c": b"a\nb\nc\nd\n"}),
            (4, b"d@gmail.com", 3, 2, {"y.c": b"1\n2\n"})):
        one = _tap.commit(n, b"N", email, b"1500000000 +0000", {}, parent)
        stream += one + (b"merge :%d\n" % merge if merge else b"")
        for name, text in files.items():
            stream += b"M 100644 inline %s\ndata %d\n%s\n" % (
                name.encode(), len(text), text)
    _tap.repository(path, stream)
    want = {(2, 4, ("nokia.com", 2017), ((("kqzx.net", 2017), 1, 1),
                                         (("nokia.com", 2017), 1, 3))): 1,
            (1, 2, ("intel.com", 2017), ((("intel.com", 2017), 1, 2),)): 1}
    got = told(digest(path))
    return [] if got == want else [str(got)]


def the_published_name_nobody(folder):
    path = os.path.join(folder, "r")
    history(path, 9)
    text = _tap.run("history", "--publish", "-q", "--no-cache",
                    "--axis=surviving", path).stdout
    own = json.loads(text)["ownership"]
    hosts = {h["host"] for h in json.loads(text)["hosts"]}
    problems = [f"{h} is no host" for h, _ in own["holders"]
                if h not in hosts]
    # three addresses of it: enough persons to be told
    return problems + ([] if own["files"] else ["no files"])


if __name__ == "__main__":
    _tap.main([files_are_what_git_says, threads_do_not_matter,
               a_part_of_a_history_has_none, merges_are_followed,
               the_published_name_nobody])
