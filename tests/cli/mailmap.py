#!/usr/bin/env python3
"""git as the oracle of what a .mailmap would do to the hosts of authors, and
proof that nothing that is counted goes by it. Clones named as arguments are
compared by hand. TAP on standard output."""
import collections
import json
import os
import random
import re
import subprocess
import sys

import _tap

NAMES = [b"Ann One", b"ann ONE", b"Bob", b" Lead", b"T\xc3\xa4st", b""]
ADDRESSES = [b"a@one.test", b"A@One.Test", b"b@two.test", b"c@two.test",
             b"no at sign", b"", b"d@", b"x@y@three.test", b" sp@ace.test "]
ODD = [b"", b"#<a@one.test> <b@two.test>", b" # <z@z.test> <c@two.test>",
       b"Ann <a@one.test", b"<> <a@one.test>", b"<e@four.test> <>",
       b"A <a@one.test> B", b"> < <x@five.test> <b@two.test>", b"\t",
       b"<x@six.test> \v <a@one.test>", b"<q@q.test><a@one.test><c@two.test>",
       b"<n@nul.test>\0 <a@one.test>", b"\xff <\xff@\xff> <\xff>"]
TOLD = re.compile(r"its \.mailmap would move from host '(.*)' to host '(.*)': "
                  r"(\d+) commits")


def mailmap(rng):
    """Lines of the four forms, and odd ones."""
    lines = []
    for _ in range(rng.choice([0, 1, 3, 9, 30])):
        name, other = rng.choice(NAMES), rng.choice(NAMES)
        to = rng.choice(ADDRESSES + [b"m@moved.test", b"m@ONE.test"])
        old = rng.choice(ADDRESSES)
        lines.append(rng.choice([
            b"%s <%s>" % (name, to), b"<%s> <%s>" % (to, old),
            b"%s <%s> <%s>" % (name, to, old),
            b"%s <%s>\t%s <%s> # why" % (name, to, other, old),
            rng.choice(ODD)]) + rng.choice([b"", b"", b"\r"]))
    return b"\n".join(lines) + rng.choice([b"", b"\n"])


def raw(tree, parents, name, address):
    return b"tree %s\n%sauthor %s <%s> 1600000000 +0000\ncommitter C <c@c.t>" \
        b" 9 +0000\n\nx\n" % (tree, b"".join(b"parent %s\n" % p
                                             for p in parents), name, address)


def git(path, *arguments, data=None):
    return subprocess.run(["git", "-C", path, *arguments], input=data,
                          check=True, stdout=subprocess.PIPE).stdout


def history(path, rng, text, mode="100644", n=30):
    """The .mailmap is in the tree of the last commit only."""
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", path],
                   check=True)
    empty = git(path, "mktree", data=b"").strip()
    blob = git(path, "hash-object", "-w", "--stdin", data=text).strip()
    tree = git(path, "mktree", data=b"%s blob %s\t.mailmap\n" % (
        mode.encode(), blob)).strip()
    names = []
    for i in range(n):
        parents = names[-1:]
        if i > 9 and rng.random() < .1:
            parents = names[-1:] + [rng.choice(names[:-1])]
        names.append(git(
            path, "hash-object", "-w", "-t", "commit", "--literally",
            "--stdin", data=raw(tree if i == n - 1 else empty, parents,
                                rng.choice(NAMES),
                                rng.choice(ADDRESSES))).strip())
    git(path, "update-ref", "refs/heads/main", names[-1])


def host(address):
    return address.rpartition(b"@")[2].lower() if b"@" in address else b""


def wanted(path):
    """By git, which reads the file of HEAD in a bare repository."""
    count = collections.Counter()
    for line in git(path, "log", "--use-mailmap", "--no-merges", "-z",
                    "--format=%ae%x01%aE").split(b"\0"):
        old, _, new = line.partition(b"\1")
        if host(old) != host(new):
            count[host(old).decode(errors="replace"),
                  host(new).decode(errors="replace")] += 1
    return count


def got(path, *options):
    out = json.loads(_tap.run("history", "--json", *options, path).stdout)
    messages = [d["message"] for d in out["diagnostics"]
                if d["code"] == "RW1415"]
    count = collections.Counter()
    for m in messages:
        found = TOLD.fullmatch(m)
        if found:
            count[found.group(1), found.group(2)] += int(found.group(3))
    return count, messages, out


def equal_to_git(folder):
    problems, moved = [], 0
    for seed in range(24):
        rng = random.Random(seed)
        path = os.path.join(folder, str(seed))
        history(path, rng, mailmap(rng))
        want, have = wanted(path), got(path)[0]
        moved += sum(want.values())
        if want != have:
            problems.append(f"{seed}: wanted {want}, got {have}")
    return problems + ([] if moved > 80 else [f"only {moved} were moved"])


def one(folder, name, text, mode="100644"):
    path = os.path.join(folder, name)
    history(path, random.Random(7), text, mode)
    return path


def nothing_goes_by_it(folder):
    """The same counts with and without, and one exit status."""
    some = one(folder, "r", b"<m@moved.test> <a@one.test>\n")
    none = one(folder, "s", b"\n")
    told, plain = got(some), got(none)
    problems = [] if told[0] and not plain[1] else ["not told"]
    for key in ("hosts", "totals", "incomplete"):
        if told[2][key] != plain[2][key]:
            problems.append(f"{key} differ")
    text = _tap.run("history", some)
    if text.returncode or b"\nRW1415 its .mailmap" not in text.stdout:
        problems.append(f"exit {text.returncode}: {text.stdout.decode()}")
    return problems


def the_same_cold_and_warm(folder):
    path = one(folder, "r", b"<m@moved.test> <a@one.test>\n")
    store = f"--store={folder}/s.db"
    runs = {_tap.run("history", "--json", *more, path).stdout
            for more in ([], [store], [store], ["--threads=3"])}
    kept = _tap.run("store", "info", store).stdout
    other = _tap.run("history", "--json", store, ".", cwd=path).stdout
    return [f"{len(runs)} different"] * (len(runs) != 1) + \
        ["another path is told"] * (folder.encode() in other) + \
        ["not told when warm"] * (b"RW1415" not in other) + \
        [kept.decode()] * (b"RW1415" in kept)


def a_published_digest_names_no_host_by_it(folder):
    path = one(folder, "r", b"<m@jane-doe.test> <a@one.test>\n")
    out = _tap.run("history", "--publish", path).stdout
    return [] if b"RW1415" not in out and b"jane" not in out and out \
        else [out.decode()]


def at_most_so_many_lines(folder):
    """The most frequent first; the rest is one line."""
    path = os.path.join(folder, "r")
    stream, text = b"", b""
    for i in range(1, 41):
        for _ in range(3 if i == 33 else 1):
            n = stream.count(b"\nmark ") + stream.startswith(b"mark")
            stream += _tap.commit(n + 1, b"N", b"n@h%d.test" % i,
                                  b"1600000000 +0000", {}, n or None)
        text += b"<n@new%d.test> <N@H%d.test>\n" % (i, i)
    n = stream.count(b"\nmark ")
    stream += _tap.commit(n + 1, b"N", b"n@last.test", b"1600000000 +0000",
                          {".mailmap": text}, n)
    _tap.repository(path, stream)
    messages = got(path)[1]
    return [] if len(messages) == 21 and "'new33.test': 3 commits" in \
        "".join(messages) and "20 other pairs of hosts: 20 commits" in \
        "".join(messages) else messages


def what_is_no_file_or_too_large(folder):
    """A link is none; what cannot be read is told and harms nothing."""
    move = b"<m@moved.test> <a@one.test>\n"
    link = got(one(folder, "link", move, "120000"))
    large = got(one(folder, "large", move + b"#\n" * (2 << 20)))
    many = got(one(folder, "many", b"".join(
        b"N <m@%d.test> <a@one.test>\n" % i for i in range(100000))))
    gone = one(folder, "gone", move)
    blob = git(gone, "rev-parse", "HEAD:.mailmap").strip().decode()
    os.remove(f"{gone}/objects/{blob[:2]}/{blob[2:]}")
    gone = got(gone)
    problems = [f"link: {link[1]}"] * bool(link[1])
    for name, found in (("large", large), ("gone", gone)):
        if "cannot be read" not in "".join(found[1]) or \
                found[2]["incomplete"]:
            problems.append(f"{name}: {found[1]}")
    return problems + ([] if list(many[0]) == [("one.test", "99999.test")]
                       else [str(many[0])])


def compare_clones(paths):
    for path in paths:
        want, (have, messages, _) = wanted(path), got(path)
        differ = [p for p in have if have[p] != want[p]]
        print(f"{path}: {len(differ)} of {len(have)} pairs differ, of "
              f"{len(want)}; {messages[-1:]}")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        compare_clones(sys.argv[1:])
    else:
        _tap.main([equal_to_git, nothing_goes_by_it, the_same_cold_and_warm,
                   a_published_digest_names_no_host_by_it,
                   at_most_so_many_lines, what_is_no_file_or_too_large])
