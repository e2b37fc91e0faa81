#!/usr/bin/env python3
# slow
"""What is awkward about histories, one small repository for each: lines added
and deleted by every commit, and the commit of every line at the head, are
those that git says, and the digest has the same bytes for 1, 2 and 8 threads.
Each commit has an author at a host of its own, so that the digest tells them
apart. TAP on standard output."""
import json
import os
import random
import subprocess
import sys

import _tap
import blame_oracle


def git(repo, *arguments, data=None):
    return subprocess.run(["git", "-C", repo, *arguments], input=data,
                          check=True, stdout=subprocess.PIPE).stdout


class History:
    """A stream for fast-import; commits are numbered from 1."""

    def __init__(self):
        self.stream, self.n = b"", 0

    def commit(self, files, parents=None, when=None):
        """Sets files (None: gone; a pair: mode and bytes) on top of the
        parents, which are the last commit unless they are given."""
        self.n += 1
        if parents is None:
            parents = [self.n - 1] if self.n > 1 else []
        who = b"A <a@c%d.test> %d +0000" % (
            self.n, 10 ** 9 + 1000 * self.n if when is None else when)
        out = b"commit refs/heads/main\nmark :%d\nauthor %s\n" \
            b"committer %s\ndata 1\nx\n" % (self.n, who, who)
        if not parents:
            out = b"reset refs/heads/main\n" + out
        for i, parent in enumerate(parents):
            out += b"%s :%d\n" % (b"merge" if i else b"from", parent)
        for path, text in files.items():
            mode = b"100644"
            if isinstance(text, tuple):
                mode, text = text
            if text is None:
                out += b"D %s\n" % path
            elif mode == b"160000":
                out += b"M 160000 %s %s\n" % (text, path)
            else:
                out += b"M %s inline %s\ndata %d\n%s\n" % (
                    mode, path, len(text), text)
        self.stream += out + b"\n"
        return self.n


def lines(*numbers):
    """Lines of ten bytes each."""
    return b"".join(b"line %04d\n" % n for n in numbers)


def kept(n, of=100, new=5000):
    """The first n of so many lines, and others for the rest."""
    return lines(*range(n), *range(new, new + of - n))


# --- traps -------------------------------------------------------------------

def evil_merge(h):
    h.commit({b"f": lines(*range(30))})
    a = h.commit({b"f": lines(99, *range(30))}, [1])
    b = h.commit({b"f": lines(*range(30), 98)}, [1])
    h.commit({b"f": lines(99, *range(14), 777, *range(15, 30), 98),
              b"new": lines(1, 2)}, [a, b])


def octopus_merge(h):
    h.commit({b"f": lines(*range(60))})
    sides = []
    for i in range(4):
        text = list(range(60))
        text[15 * i:15 * i + 2] = [500 + i]
        sides.append(h.commit({b"f": lines(*text), b"g%d" % i: lines(i)},
                              [1]))
    text = list(range(60))
    for i in (3, 2, 1, 0):
        text[15 * i:15 * i + 2] = [500 + i]
    h.commit({b"f": lines(*text), **{b"g%d" % i: lines(i)
                                     for i in range(4)}}, sides)


def criss_cross_merge(h):
    h.commit({b"f": lines(*range(20))})
    a = h.commit({b"f": lines(50, *range(20))}, [1])
    b = h.commit({b"f": lines(*range(20), 60)}, [1])
    both = lines(50, *range(20), 60)
    c = h.commit({b"f": both}, [a, b])
    d = h.commit({b"f": both}, [b, a])
    c = h.commit({b"f": both + lines(70)}, [c])
    d = h.commit({b"f": lines(40) + both}, [d])
    h.commit({b"f": lines(40) + both + lines(70)}, [d, c])


def merge_that_takes_one_side(h):
    h.commit({b"f": lines(*range(9)), b"g": lines(*range(9))})
    a = h.commit({b"f": lines(*range(5)), b"g": None}, [1])
    b = h.commit({b"f": lines(*range(9), 8), b"h": lines(*range(8))}, [1])
    h.commit({b"f": lines(*range(9), 8), b"g": lines(*range(9)),
              b"h": None}, [a, b])


def rename_on_one_side_edit_on_the_other(h):
    h.commit({b"old.c": lines(*range(40))})
    a = h.commit({b"old.c": None, b"new.c": lines(*range(40))}, [1])
    b = h.commit({b"old.c": lines(*range(20), 77, *range(20, 40))}, [1])
    for parents in ([a, b], [b, a]):
        h.commit({b"old.c": None, b"new.c": lines(
            *range(20), 77, *range(20, 40))}, parents)
    h.commit({b"x": lines(1)}, [4, 5])


def renames_about_half_alike(h):
    for n in (49, 50, 51):
        h.commit({b"a%d" % n: lines(*range(1000 * (n - 48), 100 + 1000 *
                                           (n - 48)))})
    for n in (49, 50, 51):
        base = 1000 * (n - 48)
        h.commit({b"a%d" % n: None, b"b%d" % n: lines(
            *range(base, base + n), *range(7000, 7100 - n))})


def renames_that_keep_the_name(h):
    """Of equal name and 74, 75, 76 % alike, beside one more alike."""
    for n in (74, 75, 76):
        h.commit({b"old/%d.c" % n: kept(100), b"old/other%d" % n: kept(
            n, new=5000), b"stay": lines(n)})
        h.commit({b"old/%d.c" % n: None, b"old/other%d" % n: None,
                  b"new/%d.c" % n: kept(n, new=5000)})
        h.commit({b"old/%d.c" % n: kept(100), b"old/x": kept(90)})
        h.commit({b"old/%d.c" % n: None, b"old/x": None,
                  b"newer/%d.c" % n: kept(n, new=6000)})


def sources_that_tie(h):
    """git keeps four sources at a time, whatever they are: which of several
    that are equally alike is taken depends on all that came before."""
    rng = random.Random(1)
    for case in range(24):
        new, folder = lines(*range(100)), b"%02d/" % case
        sources = {}
        for i in range(rng.randrange(2, 12)):
            own = lines(*range(1000 + 100 * i, 1100 + 100 * i))
            alike = 10 * rng.choice([60, 60, 60, 20, 10, 10, 0])
            sources[folder + b"%02d" % i] = rng.choice(
                3 * [new[:alike] + own[alike:]] +
                [b"", own[:10], (b"120000", new), (b"160000", b"%040d" % i)])
        h.commit(sources)
        h.commit({**dict.fromkeys(sources), folder + b"new": new})


def two_files_from_one(h):
    h.commit({b"a": lines(*range(50))})
    h.commit({b"a": None, b"b": lines(*range(50)),
              b"c": lines(*range(45)), b"d": lines(*range(40))})
    h.commit({b"b": None, b"c": None, b"e": lines(*range(47), 99)})


def renames_through_folders(h):
    h.commit({b"a/b/c": lines(*range(20)), b"a/b/d": lines(*range(30, 50))})
    h.commit({b"a/b/c": None, b"a/b/d": None, b"c": lines(*range(20)),
              b"x/d": lines(*range(30, 50))})
    h.commit({b"c": None, b"c/c": lines(*range(20)), b"x/d": None,
              b"x": lines(*range(30, 49))})
    h.commit({b"x": None, b"x/x/x": lines(*range(30, 49), 1)})


def other_types(h):
    text, link = lines(1, 2, 3), b"0123456789abcdef0123456789abcdef01234567"
    h.commit({b"a": text, b"b": text, b"c": (b"120000", text)})
    h.commit({b"a": (b"120000", text), b"b": (b"160000", link),
              b"c": text})
    h.commit({b"a": text + lines(4), b"b": text + lines(5)})
    h.commit({b"a": (b"160000", link), b"b": (b"120000", text)})
    h.commit({b"a": (b"160000", link[::-1]), b"b": text})
    h.commit({b"a": text})


def modes(h):
    h.commit({b"a": lines(1, 2), b"b": (b"100755", lines(3))})
    h.commit({b"a": (b"100755", lines(1, 2)), b"b": lines(3)})
    h.commit({b"a": lines(1, 2, 9), b"b": None,
              b"c": (b"100755", lines(3))})


def carriage_returns(h):
    dos = lines(*range(30)).replace(b"\n", b"\r\n")
    h.commit({b"a": lines(*range(30)), b"b": dos})
    h.commit({b"a": dos, b"b": lines(*range(30))})
    h.commit({b"a": None, b"b": None, b"c": lines(*range(30)) + b"x\r",
              b"d": dos + b"y\r\r\n"})
    h.commit({b"c": None, b"e": dos + b"x\r"})


def last_lines_without_an_end(h):
    h.commit({b"a": b"1\n2\n3", b"b": b"1\n2\n3\n", b"c": b"x"})
    h.commit({b"a": b"1\n2\n3\n", b"b": b"1\n2\n3", b"c": b"x\n"})
    h.commit({b"a": b"1\n2\n3\n4", b"b": b"1\n2\n3\n3", b"c": b"y"})
    h.commit({b"a": b"0\n1\n2\n3\n4", b"b": b"3\n3", b"c": b""})


def empty_files(h):
    h.commit({b"a": b"", b"b": b"\n", b"c": lines(1)})
    h.commit({b"a": lines(1, 2), b"b": b"", b"c": None, b"d": b""})
    h.commit({b"a": b"", b"b": b"\n\n", b"d": None, b"e": b""})
    h.commit({b"a": b"\n", b"e": lines(1)})


def a_line_of_two_megabytes(h):
    wide = bytes(97 + i % 26 for i in range(1 << 21))
    h.commit({b"a": wide, b"b": lines(1) + wide + b"\n" + lines(2)})
    h.commit({b"a": wide + b"!", b"b": lines(1, 3) + wide + b"\n"})
    h.commit({b"a": None, b"c": wide + b"?\n"})


def long_common_tails(h):
    """git looks past a common tail of 1,024 bytes when it blames."""
    tail = b"}\n" * 700 + lines(*range(200))
    for n in (500, 511, 512, 513, 1024, 1025):
        end = b"t\n" * n
        h.commit({b"f%d" % n: b"a\n{\nb\n}\n" + end})
        h.commit({b"f%d" % n: b"a\n{\nt\n}\nt\nb\n}\n" + end})
        h.commit({b"f%d" % n: b"a\nt\nt\n{\nb\n}\nt\n" + end})
    h.commit({b"g": b"x\n}\n" + tail})
    h.commit({b"g": b"x\n}\n}\ny\n}\n" + tail})
    h.commit({b"g": b"x\n}\n" + tail[2:]})


def runs_that_slide(h):
    blocks = b"".join(b"void f%d()\n{\n\n\treturn;\n}\n\n" % (i // 2)
                      for i in range(12))
    h.commit({b"f": blocks})
    h.commit({b"f": blocks[:58] + blocks[29:]})
    h.commit({b"f": blocks + blocks})
    h.commit({b"f": blocks.replace(b"\treturn;\n", b"\treturn;\n\n")})


def bytes_that_are_no_text(h):
    late = b"a\n" * 4000 + b"\0\n"
    h.commit({b"a": b"1\n\0\n", b"b": lines(1), b"c": late[:7999] + b"\0\n",
              b"d": late})
    h.commit({b"a": lines(1), b"b": b"\0", b"c": late, b"d": b"x\n" + late})
    h.commit({b"a": b"\xff\xfe\n" + lines(1), b"b": lines(1, 2),
              b"e": b"\xff" * 9000})


def several_roots(h):
    a = h.commit({b"f": lines(*range(10))})
    b = h.commit({b"f": lines(*range(5, 15)), b"g": lines(7)}, [])
    c = h.commit({b"f": lines(*range(20, 30))}, [])
    d = h.commit({b"f": lines(*range(15)), b"g": lines(7)}, [a, b])
    h.commit({b"f": lines(*range(15), *range(20, 30))}, [d, c])


def clocks_that_go_wrong(h):
    h.commit({b"f": lines(*range(9))}, when=2 * 10 ** 9)
    a = h.commit({b"f": lines(*range(10))}, [1], when=5)
    b = h.commit({b"f": lines(50, *range(9))}, [1], when=4102444800)
    c = h.commit({b"f": lines(50, *range(10))}, [a, b], when=1)
    d = h.commit({b"f": lines(50, *range(11))}, [a], when=3)
    h.commit({b"f": lines(50, *range(11), 60)}, [c, d], when=2)


def what_comes_back(h):
    for text in (lines(1, 2), lines(1), lines(1, 2), None, lines(1, 2),
                 lines(2, 1), lines(1, 2)):
        h.commit({b"f": text, b"n": lines(h.n)})


def large_rewrites(h):
    """Past the rounds after which git's search cuts short."""
    a = [i * 7919 % 3001 for i in range(3000)]
    h.commit({b"f": lines(*a)})
    h.commit({b"f": lines(*[x if x % 3 else 3001 + x for x in a])})
    h.commit({b"f": lines(*a[1000:2000], *a[:1000], *a[2000:])})
    h.commit({b"f": lines(*sorted(a))})
    h.commit({b"f": lines(*[x % 50 for x in a])})
    h.commit({b"f": lines(*[x % 51 for x in a[::-1]])})


# --- comparisons -------------------------------------------------------------

def git_counts(repo):
    found, host = {}, None
    for line in git(repo, "log", "--no-merges", "--numstat", "--no-renames",
                    "--format=%x01%ae", "-z", "HEAD").split(b"\0"):
        if b"\1" in line:
            host, _, line = line.rpartition(b"\1")[2].partition(b"\n")
            host = host.rpartition(b"@")[2].decode()
        line = line.strip(b"\n")
        if line:
            added, deleted, _ = line.split(b"\t", 2)
            one = found.setdefault(host, [0, 0])
            one[0] += int(added) if added != b"-" else 0
            one[1] += int(deleted) if deleted != b"-" else 0
    return {k: v for k, v in found.items() if v != [0, 0]}


def digest(repo, threads):
    return _tap.run("history", "--json", "--axis=churn,surviving",
                    f"--threads={threads}", repo).stdout


def differences(repo):
    text = digest(repo, 1)
    problems = [f"other bytes with {t} threads" for t in (2, 8)
                if digest(repo, t) != text]
    got = {h["host"]: [h["added"], h["deleted"]]
           for h in json.loads(text)["hosts"]
           if h["added"] or h["deleted"]}
    want = git_counts(repo)
    problems += [f"commit at {host}: git {want.get(host)}, ours "
                 f"{got.get(host)}" for host in sorted(got | want)
                 if got.get(host) != want.get(host)]
    total, _, wrong, found, unknown = blame_oracle.compare(repo, 1 << 60, 2)
    if not total or unknown:
        problems.append(f"git blames {total} lines, {unknown} files not")
    return problems + found


def oracle(trap):
    def test(folder):
        h = History()
        trap(h)
        path = os.path.join(folder, "r")
        _tap.repository(path, h.stream)
        problems, before = differences(path), digest(path, 1)
        git(path, "repack", "-q", "-a", "-d", "-f", "--depth=50")
        if digest(path, 2) != before:
            problems.append("packed anew, it says something else")
        return problems

    test.__name__ = trap.__name__
    return test


def modes_of_old(folder):
    """100664 and modes with a zero in front, which git wrote once."""
    path = os.path.join(folder, "r")
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", path],
                   check=True)
    tip = None
    for i, (mode, text) in enumerate([
            (b"100644", lines(1)), (b"100664", lines(1)),
            (b"100664", lines(1, 2)), (b"100755", lines(1, 2)),
            (b"100644", lines(1, 2, 3))], 1):
        blob = git(path, "hash-object", "-w", "--stdin", data=text).strip()
        raw = b"%s f\0" % mode + bytes.fromhex(blob.decode())
        tree = git(path, "hash-object", "-w", "-t", "tree", "--literally",
                   "--stdin", data=raw).strip()
        who = b"A <a@c%d.test> %d +0000" % (i, 10 ** 9 + i)
        tip = git(path, "hash-object", "-w", "-t", "commit", "--stdin",
                  data=b"tree %s\n%sauthor %s\ncommitter %s\n\nx\n" % (
                      tree, b"parent %s\n" % tip if tip else b"", who,
                      who)).strip()
    git(path, "update-ref", "refs/heads/main", tip)
    return differences(path)


def shallow_clones(folder):
    """Lines of the boundary are of nobody, where git names it."""
    h = History()
    for i in range(8):
        h.commit({b"f": lines(*range(3 * i + 3))})
    path, cut = os.path.join(folder, "r"), os.path.join(folder, "s")
    _tap.repository(path, h.stream)
    subprocess.run(["git", "clone", "-q", "--bare", "--depth=4",
                    "file://" + os.path.abspath(path), cut], check=True)
    with open(os.path.join(cut, "shallow"), "rb") as f:
        boundary = f.read().split()
    want = [None if c in boundary else c
            for c in blame_oracle.git_lines(cut, b"f")]
    got = blame_oracle.our_lines(cut)[b"f"]
    got = [None] * (len(want) - len(got)) + got
    return [] if got == want and None in want else [f"{got} {want}"]


TRAPS = [evil_merge, octopus_merge, criss_cross_merge,
         merge_that_takes_one_side, rename_on_one_side_edit_on_the_other,
         renames_about_half_alike, renames_that_keep_the_name,
         sources_that_tie, two_files_from_one, renames_through_folders,
         other_types, modes, carriage_returns, last_lines_without_an_end,
         empty_files, a_line_of_two_megabytes, long_common_tails, runs_that_slide,
         bytes_that_are_no_text, several_roots, clocks_that_go_wrong,
         what_comes_back, large_rewrites]

if __name__ == "__main__":
    sys.exit(_tap.main([oracle(t) for t in TRAPS] +
                       [modes_of_old, shallow_clones]))
