#!/usr/bin/env python3
"""git as the oracle of the history engine: on random histories (merges of
all kinds, odd authors, encodings, signatures, dates, several roots) the
digest equals what `git log` prints, for one thread and for several.
TAP on standard output."""
import collections
import glob
import json
import os
import random
import re
import subprocess
import sys

import _tap

ADDRESSES = [b"a@one.test", b"A@ONE.test", b"b@two.test", b"x@y@two.test",
             b"no at sign", b"", b"c@", b"@d.test", b" sp@ace.test ",
             b"u@\xc3\xb6.test", b"l@latin\xf6.test", b"t\t@tab.test",
             b"49+dep[bot]@users.noreply.github.com", b"a<b@nested.test"]
DATES = [b"0 +0000", b"1583020799 +1400", b"1583020800 -1200", b"1 +9999",
         b"4102444800 +0000", b"99999999999 +0000", b"1600000000 +0000"]
ENDS = [b"", b"\r", b" ", b" <second@address.test> 5 +0000"]


def git(repo, *arguments, data=None):
    return subprocess.run(["git", "-C", repo, *arguments], input=data,
                          check=True, stdout=subprocess.PIPE).stdout


def raw_commit(rng, tree, parents):
    address, encoding = rng.choice(ADDRESSES), b""
    if rng.random() < .2:
        # git recodes what it prints; the digest keeps the bytes of a host
        encoding = b"encoding " + (rng.choice([b"ISO-8859-1", b"nonsense"])
                                   if address.isascii() else b"UTF-8")
    author = b"N <%s> %s%s" % (address, rng.choice(DATES), rng.choice(ENDS))
    head = [b"tree " + tree] + [b"parent " + p for p in parents]
    head += [b"author " + author, b"committer C <c@c.test> 9 +0000"]
    if encoding:
        head.append(encoding)
    if rng.random() < .2:
        head.append(b"gpgsig -----BEGIN\n author X <x@sig.test> 9 +0000\n "
                    b"-----END")
    if len(parents) > 1:
        head.append(b"mergetag object " + parents[1] + b"\n author Y "
                    b"<y@tag.test> 1 +0000")
    return b"\n".join(head) + b"\n\nauthor M <m@message.test> 9 +0000\n"


def history(path, rng, n):
    """A bare repository with n commits; refs/heads/main is the last."""
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", path],
                   check=True)
    tree = git(path, "hash-object", "-w", "-t", "tree", "/dev/null").strip()
    names = []
    for i in range(n):
        count = min(len(names), rng.choice([0, 1, 1, 1, 1, 1, 2, 2, 5])
                    if rng.random() < .9 else 1)
        near = names[-12:]
        parents = rng.sample(near, min(count, len(near)))
        names.append(git(path, "hash-object", "-w", "-t", "commit",
                         "--literally", "--stdin",
                         data=raw_commit(rng, tree, parents)).strip())
    tip = git(path, "hash-object", "-w", "-t", "commit", "--stdin", data=(
        b"tree %s\n%sauthor T <t@tip.test> 9 +0000\ncommitter T <t@tip.test>"
        b" 9 +0000\n\nx\n" % (tree, b"".join(b"parent %s\n" % p for p in
                                            names[-9:])))).strip()
    git(path, "update-ref", "refs/heads/main", tip)
    if rng.random() < .5:
        git(path, "repack", "-q", "-a", "-d")
    return names


def robots():
    """What matches the addresses that the facts give to robots."""
    with open(os.path.join(_tap.SRCDIR, "feeds/seed/bots.csv"), "rb") as f:
        patterns = [re.escape(line.split(b",")[1]) for line in f][1:]
    return re.compile(b"|".join(
        p.replace(rb"\*", b".*").replace(rb"\?", b".") for p in patterns),
        re.DOTALL)


ROBOTS = robots()


def host_of(address):
    address = address.lower()
    if ROBOTS.fullmatch(address):
        return b"(robots)"
    return address.rsplit(b"@", 1)[1] if b"@" in address else b""


def wanted(path, revisions):
    count = collections.Counter()
    for line in git(path, "log", "--no-merges", "--format=%ae", "-z",
                    *revisions).split(b"\0")[:-1]:
        count[host_of(line).decode(errors="replace")] += 1
    merges = int(git(path, "rev-list", "--count", "--merges", *revisions))
    return count, merges


def got(path, *options):
    p = _tap.run("history", "--json", *options, path)
    out = json.loads(p.stdout)
    return (collections.Counter({h["host"]: h["commits"] + h["excluded"]
                                 for h in out["hosts"]}),
            out["totals"]["merges"]), p.stdout


def differences(path, names, rng):
    problems = []
    a, b = rng.choice(names).decode(), rng.choice(names).decode()
    for options, revisions in (([], ["HEAD"]), ([f"--range={b}"], [b]),
                               ([f"--range={a}..{b}"], [f"{a}..{b}"])):
        one, text = got(path, "--threads=1", *options)
        want = wanted(path, revisions)
        if one != want:
            problems.append(f"{options}: wanted {want}, got {one}")
        if got(path, "--threads=3", *options)[1] != text:
            problems.append(f"{options}: other bytes with three threads")
    return problems


def lines_wanted(path):
    """Lines added and deleted, by host, as git counts them."""
    count, host = collections.Counter(), None
    for line in git(path, "log", "--no-merges", "--numstat", "--no-renames",
                    "--format=%x01%ae").split(b"\n"):
        if line[:1] == b"\1":
            host = host_of(line[1:]).decode()
        elif line[:1].isdigit():
            added, deleted, _ = line.split(b"\t", 2)
            count[host] += int(added) * 1000000 + int(deleted)
    return count


def lines_equal_git(folder):
    """Random edits, twice, one half of it in a pack with deltas."""
    rng = random.Random(3)
    path = os.path.join(folder, "r")
    texts, stream = {}, b""
    for i in range(1, 300):
        changed = {}
        for _ in range(rng.randrange(1, 4)):
            name = f"d{rng.randrange(3)}/f{rng.randrange(5)}"
            lines = texts.setdefault(name, [b"%d" % n for n in range(60)])
            for _ in range(rng.randrange(6)):
                at = rng.randrange(len(lines) + 1)
                lines[at:at + rng.randrange(5)] = [
                    b"%d" % rng.randrange(80)] * rng.randrange(4)
            changed[name] = b"\n".join(lines)
        stream += _tap.commit(i, b"N", rng.choice(ADDRESSES[:3]),
                              b"%d +0000" % (1e9 + 5000 * i), changed, i - 1)
    _tap.repository(path, stream)
    problems, texts = [], set()
    for _ in range(2):
        for threads in ("1", "3"):
            p = _tap.run("history", "--json", "--axis=commits,churn",
                         "--threads=" + threads, path)
            texts.add(p.stdout)
            one = {h["host"]: h["added"] * 1000000 + h["deleted"]
                   for h in json.loads(p.stdout)["hosts"]}
            if one != lines_wanted(path):
                problems.append(f"wanted {lines_wanted(path)}, got {one}")
        git(path, "repack", "-q", "-a", "-d", "-f")
    return problems + (["not the same bytes"] if len(texts) != 1 else [])


def streams_equal_git(folder):
    """fixtures/history/*.fi: merges of all kinds, kinds of files."""
    problems = []
    streams = sorted(glob.glob(os.path.join(_tap.SRCDIR,
                                            "fixtures/history/*.fi")))
    for stream in streams:
        path = os.path.join(folder, os.path.basename(stream))
        with open(stream, "rb") as f:
            _tap.repository(path, f.read())
        p = _tap.run("history", "--json", "--axis=churn", path)
        hosts = json.loads(p.stdout)["hosts"]
        lines = collections.Counter({h["host"]: h["added"] * 1000000 +
                                     h["deleted"] for h in hosts})
        if got(path)[0] != wanted(path, ["HEAD"]):
            problems.append(f"{stream}: {got(path)[0]}")
        if lines != lines_wanted(path):
            problems.append(f"{stream}: {lines} {lines_wanted(path)}")
    return problems if len(streams) > 1 else ["no streams"]


def random_histories_equal_git(folder):
    problems = []
    for seed in range(int(os.environ.get("ORACLE_RUNS", "6"))):
        rng = random.Random(seed)
        path = os.path.join(folder, str(seed))
        names = history(path, rng, rng.choice([1, 5, 40]))
        problems += [f"seed {seed}: {p}"
                     for p in differences(path, names, rng)]
    return problems


def a_long_history_in_a_pack_equals_git(folder):
    """Long enough for the threads that read ahead."""
    rng = random.Random(7)
    path = os.path.join(folder, "r")
    stream = b""
    for i in range(1, 1200):
        stream += _tap.commit(i, b"N", rng.choice(ADDRESSES[:4]),
                              b"%d +0000" % (1e9 + 5000 * i), {}, i - 1)
        if i > 9 and i % 11 == 0:
            stream += b"merge :%d\n" % (i - 7)
    _tap.repository(path, stream)
    git(path, "repack", "-q", "-a", "-d", "-f")
    return differences(path, [b"main~1000", b"main~10"], rng)


if __name__ == "__main__":
    if len(sys.argv) > 1: # clones to compare by hand
        for clone in sys.argv[1:]:
            one, two = got(clone)[0], wanted(clone, ["HEAD"])
            print("equal" if one == two else f"differs: {one} {two}", clone,
                  sum(two[0].values()), len(two[0]), two[1])
    else:
        _tap.main([random_histories_equal_git,
                   a_long_history_in_a_pack_equals_git, lines_equal_git,
                   streams_equal_git])
