#!/usr/bin/env python3
"""Compares the line diff with git's on random and adversarial pairs of blobs:
the counts of `git diff --numstat` and the hunks of `git diff -U0`, which
must be equal for every pair. TAP on standard output.

By hand, to look further:
    diff_oracle.py --seed N --pairs N    other random pairs
    diff_oracle.py --kind scattered      only such that meet every cut-off
    diff_oracle.py --repo PATH [--max N] the changes of a real repository
"""
import argparse
import os
import random
import re
import subprocess
import sys
import tempfile

HUNK = re.compile(rb"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")


# --- pairs -------------------------------------------------------------------

def joined(lines, rng):
    """Lines as bytes; now and then without the last newline."""
    text = b"".join(line + b"\n" for line in lines)
    return text[:-1] if text and rng.random() < 0.15 else text


def words(rng, n, size):
    """n lines over an alphabet of `size` different ones."""
    return [b"%d" % rng.randrange(size) for _ in range(n)]


def code(rng, n):
    """Lines that look like source: indented, many blank or a brace."""
    out, depth = [], 0
    for _ in range(n):
        kind = rng.random()
        indent = rng.choice([b"\t", b"    ", b"  ", b" \t"]) * depth
        if kind < 0.2:
            out.append(rng.choice([b"", b"", b" ", b"\t", b"\r", b"\v"]))
        elif kind < 0.35:
            out.append(indent + b"if (x%d) {" % rng.randrange(4))
            depth = min(depth + 1, 40)
        elif kind < 0.5:
            depth = max(depth - 1, 0)
            out.append(b"\t" * depth + b"}")
        else:
            out.append(indent + b"call(%d);" % rng.randrange(30)
                       + (b"\r" if rng.random() < 0.03 else b""))
    return out


def edited(rng, lines, changes, fresh):
    """A copy with blocks deleted, inserted, replaced, moved, repeated."""
    out = list(lines)
    for _ in range(changes):
        at = rng.randrange(len(out) + 1)
        n = min(rng.choice([1, 1, 1, 2, 3, 5, 8, 20, 60]), len(out) - at)
        kind = rng.randrange(6)
        if kind == 0:
            del out[at:at + n]
        elif kind == 1:
            out[at:at] = fresh(rng, rng.choice([1, 1, 2, 5, 30]))
        elif kind == 2:
            out[at:at + n] = fresh(rng, max(1, n))
        elif kind == 3:
            block = out[at:at + n]
            del out[at:at + n]
            to = rng.randrange(len(out) + 1)
            out[to:to] = block
        elif kind == 4:
            out[at:at] = out[at:at + n] * rng.choice([1, 1, 2, 7])
        else:
            out[at:at + n] = reversed(out[at:at + n])
    return out


def random_pair(rng):
    size = rng.choice([2, 2, 3, 4, 6, 10, 30, 200, 100000])
    kind = rng.randrange(10)
    n = rng.choice([0, 1, 2, 3, 5, 9, 20, 60, 200, 600])
    fresh = rng.choice([lambda r, k: words(r, k, size), code])
    a = fresh(rng, n)
    if kind < 2:
        b = fresh(rng, rng.choice([n, n, n // 2, 2 * n, 1]))
    else:
        b = edited(rng, a, rng.choice([1, 1, 2, 3, 6, 20, 80]), fresh)
    if kind == 9:
        shared = code(rng, rng.choice([50, 300]))
        a, b = shared + a + shared, shared + b + shared
    return joined(a, rng), joined(b, rng)


def mixed(rng, n, often):
    """n lines, a share of them one and the same, no other twice."""
    return [b"}" if rng.random() < often else b"%d" % rng.getrandbits(40)
            for _ in range(n)]


def scattered(rng):
    """Long files, where lines are moved far between long equal stretches."""
    n = rng.choice([5000, 15000, 32760, 33000, 40000])
    a = words(rng, n, rng.choice([40, 1 << 40, 1 << 40]))
    if rng.random() < 0.2:
        a = a[:700] * (n // 700)
    b = list(a)
    for _ in range(len(a) // rng.choice([15, 25, 45])):
        i, j = rng.randrange(len(a)), rng.randrange(len(a))
        b[i], b[j] = b[j], b[i]
    if rng.random() < 0.5:
        i, n = rng.randrange(len(b)), rng.choice([50, 700, 1500])
        block = b[i:i + n]
        del b[i:i + n]
        j = rng.randrange(len(b))
        b[j:j] = block
    return a, b


def shuffled(rng, lines):
    return rng.sample(lines, len(lines))


def slope(rng, changes, gain):
    """Two stretches that take so many changes (an even number) and have
    about so many lines in common for each, the last of them in one go."""
    a, b, last = [], [], rng.randrange(20, 25)
    same = round(changes * gain) - last
    for i in range(0, changes, 2):
        lines = mixed(rng, same * (i + 2) // changes - same * i // changes, 0)
        a += mixed(rng, 1, 0) + lines
        b += mixed(rng, 1, 0) + lines
    tail = mixed(rng, last, 0)
    return a + tail, b + tail


def edge_pair(rng):
    """Just over the size that allows a cut at a promising point, which is
    far from clear: little gain, points of equal worth, ends of the box."""
    kind = rng.randrange(4)
    gain = rng.choice([1.2, 1.4, 1.5, 1.6, 2.5])
    head = slope(rng, rng.randrange(240, 300, 2), gain)
    foot = slope(rng, rng.randrange(240, 300, 2), gain)
    foot = foot[0][::-1], foot[1][::-1]
    if kind == 0:     # either end may be cut at, if worth it
        mess = mixed(rng, 33000, 0)
        a = head[0] + mess + shuffled(rng, head[1] + foot[1]) + foot[0]
        b = head[1] + shuffled(rng, mess + head[0] + foot[0]) + foot[1]
    elif kind == 1:   # about the size that allows it
        a = mixed(rng, 32760 + rng.randrange(10), 0)
        b = shuffled(rng, a)
    elif kind == 2:   # two points of the same worth
        mess = mixed(rng, 33000, 0)
        n = rng.randrange(11, 16)
        a = head[0] + [b"z", b"s"] * n + mess + shuffled(rng, head[1])
        b = head[1] + [b"s", b"z"] * n + shuffled(rng, mess + head[0])
    else:             # one file ends where the point is
        head = slope(rng, rng.randrange(170, 200, 2), gain + 2)
        known = set(head[0])
        a = [x for x in head[1] if x not in known] + head[0]
        b = head[1] + [x for _ in range(140) for x in shuffled(rng, a)]
    if rng.random() < 0.5:
        a, b = a[::-1], b[::-1]
    if rng.random() < 0.5:
        a, b = b, a
    return joined(a, rng), joined(b, rng)


def long_pair(rng):
    """Large enough for the cut-offs and the discarding of lines."""
    n = rng.choice([800, 1500, 3000, 6000])
    kind = rng.randrange(7)
    if kind == 0:     # nothing but frequent lines
        a, b = words(rng, n, 3), words(rng, n, rng.choice([3, 4]))
    elif kind == 1:   # blocks moved about
        a = words(rng, n, 1 << 30)
        b = list(a)
        for _ in range(rng.choice([3, 30, 300])):
            i, j = rng.randrange(n), rng.randrange(n)
            k = rng.randrange(1, 80)
            b[i:i + k], b[j:j + k] = b[j:j + k], b[i:i + k]
    elif kind == 2:   # few common lines in much that is new
        a = mixed(rng, n, 0.6)
        b = [x if rng.random() < 0.7 else rng.choice(a)
             for x in words(rng, n, 1 << 30)]
    elif kind == 3:   # every line touched with some chance
        a = words(rng, n, rng.choice([20, 300, 5000]))
        p = rng.choice([0.1, 0.3, 0.6])
        b = [x for x in a for x in
             ([x] if rng.random() > p else words(rng, rng.randrange(3), 5000))]
    elif kind == 4:   # source, edited in very many places
        a = code(rng, n)
        b = edited(rng, a, rng.choice([40, 200, 600]), code)
    else:             # frequent lines nearly lost among others
        often = rng.choice([0.2, 0.23, 0.26])
        a, b = mixed(rng, n // 4, often), mixed(rng, n // 4, often)
        for _ in range(rng.randrange(3)):
            a.insert(rng.randrange(len(a)), b"y")
            b.insert(rng.randrange(len(b)), b"y")
    return joined(a, rng), joined(b, rng)


def very_long_pair(rng, frequent):
    """Over 4 ** 10 lines, in which a line of the middles is this often."""
    head, tail = b"\n" * 600000, b"}\n" * frequent + b"\n" * 600000
    return [head + joined(mixed(rng, 400, 0.23), rng) + b"\n" + tail
            for _ in range(2)]


def fixed_pairs():
    long = b"".join(b"line %d\n" % i for i in range(500))
    same = b"x\n" * 300
    yield from [
        (b"", b""), (b"", b"a"), (b"a", b""), (b"a", b"a\n"), (b"\n", b"\n\n"),
        (b"a\r\nb\r\n", b"a\nb\n"), (b"a\r\n", b"a\r"), (b"a\n\n\n", b"a\n\n"),
        (b"a\0b\n", b"a\n"), (b"a\n", b"x" * 7999 + b"\0"),
        (b"a\n", b"x" * 8000 + b"\0"), (b"a\nb", b"b"), (b"b", b"a\nb"),
        (b"a\nb\n", b"b"), (b"ab\n", b"b\n"), (b"b\n", b"ab\n"),
        (same, same[2:]), (same, same + same), (same, b"y\n" + same),
        (b"p\n" + long, b"q\n" + long), (b"p\n" + long, b"p\nq\n" + long),
        (b"p" + b"z" * 3000, b"q" + b"z" * 3000),
        (b"p" + b"z" * 3000 + b"\nq\n", b"q" + b"z" * 3000 + b"\nq\n"),
        (b"x" * 100000, b"y" * 100000), (long + same, same + long),
        (long.replace(b"\n", b"\r\n"), long), (long, long[:-1]),
        (b"\n" * 50 + long, long), (long, b"\n" * 50 + long + b"\n" * 50)]


def scattered_pair(rng):
    return tuple(joined(lines, rng) for lines in scattered(rng))


def pairs_of(seed, count, kind="mixed"):
    rng = random.Random(seed)
    if kind != "mixed":
        return [{"long": long_pair, "edge": edge_pair,
                 "scattered": scattered_pair}[kind](rng)
                for _ in range(count)]
    out = list(fixed_pairs())
    out += [very_long_pair(rng, n) for n in (600, 900, 1100, 1900)]
    out += [scattered_pair(rng) for _ in range(count // 400)]
    while len(out) < count:
        make = long_pair if rng.random() < 0.1 else random_pair
        out.append(make(rng))
    return out


# --- answers -----------------------------------------------------------------

def hunks_of(line):
    """A header of -U0 as places counted from 0."""
    m = HUNK.match(line)
    a, n, b, k = (1 if g is None else int(g) for g in m.groups())
    return "%d,%d,%d,%d" % (a - (n > 0), n, b - (k > 0), k)


def git(repo, *args):
    return subprocess.run(["git", "-C", repo, *args], check=True,
                          stdout=subprocess.PIPE).stdout


def stream(pairs):
    """Two commits that hold the left and right blobs, for fast-import."""
    for side in (0, 1):
        yield (b"commit refs/heads/main\ncommitter A <a@a.test> %d +0000\n"
               b"data 0\n" % side)
        for i, pair in enumerate(pairs):
            yield b"M 100644 inline %d\ndata %d\n%s\n" % (
                i, len(pair[side]), pair[side])


def git_answers(repo, n, old, new):
    """What git says of the files 0 to n - 1 of two commits or trees, in the
    form that our program uses."""
    answers = [["0 0", []] for _ in range(n)]
    both = ["--no-renames", "--no-ext-diff", "--no-textconv", old, new]
    for line in git(repo, "diff", "--numstat", *both).splitlines():
        added, deleted, i = line.decode().split("\t")
        answers[int(i)][0] = f"{added} {deleted}"
    p = subprocess.Popen(["git", "-C", repo, "diff", "-U0", *both],
                         stdout=subprocess.PIPE)
    for line in p.stdout:
        if line.startswith(b"diff --git "):
            i = int(line.rsplit(b"/", 1)[1])
        elif line.startswith(b"@@"):
            answers[i][1].append(hunks_of(line))
    return [" ".join([counts] + hunks) for counts, hunks in answers]


def our_answers(pairs):
    tool = os.path.join(os.environ.get("BUILDDIR", "."),
                        "tests/unit/test_diff")
    text = b"".join(b"%d %d\n%s%s" % (len(a), len(b), a, b)
                    for a, b in pairs)
    return subprocess.run([tool, "--pairs"], input=text, check=True,
                          stdout=subprocess.PIPE).stdout.decode().splitlines()


def compare(seed, count, kind, keep=None):
    """(pairs compared, texts of mismatches)"""
    pairs = pairs_of(seed, count, kind)
    with tempfile.TemporaryDirectory() as repo:
        git(repo, "init", "-q", "--bare", "-b", "main")
        subprocess.run(["git", "-C", repo, "fast-import", "--quiet"],
                       input=b"".join(stream(pairs)), check=True)
        want = git_answers(repo, len(pairs), "main~1", "main")
    got = our_answers(pairs)
    wrong = [i for i in range(len(pairs))
             if i >= len(got) or got[i] != want[i]]
    for i in wrong[:5] if keep else []:
        for side in (0, 1):
            with open(f"{keep}.{seed}.{i}.{'ab'[side]}", "wb") as f:
                f.write(pairs[i][side])
    return len(pairs), [f"seed {seed} pair {i}: git {want[i][:160]} | ours "
                        f"{got[i][:160] if i < len(got) else 'nothing'}"
                        for i in wrong]


# --- a real repository -------------------------------------------------------

def changes(repo):
    """The pairs of blobs of all changes of files that are there."""
    log = git(repo, "log", "--raw", "--no-abbrev", "--no-renames",
              "--no-merges", "--format=")
    pairs = dict.fromkeys(
        tuple(line.split()[2:4]) for line in log.splitlines()
        if re.match(rb":100\d+ 100\d+ ", line))
    names = b"\n".join({name for pair in pairs for name in pair}) + b"\n"
    there = {line.split()[0] for line in subprocess.run(
        ["git", "-C", repo, "cat-file", "--batch-check", "--unordered"],
        input=names, stdout=subprocess.PIPE, check=True).stdout.splitlines()
        if b" blob " in line}
    return [p for p in pairs if p[0] in there and p[1] in there]


def compare_repository(repo, most):
    pairs = changes(repo)[:most]
    with tempfile.TemporaryDirectory() as own:
        git(own, "init", "-q", "--bare")
        with open(own + "/objects/info/alternates", "w") as f:
            f.write(os.path.abspath(repo) + "/objects\n")
        trees = [subprocess.run(
            ["git", "-C", own, "mktree", "--missing"], check=True,
            input=b"".join(b"100644 blob %s\t%d\n" % (pair[side], i)
                           for i, pair in enumerate(pairs)),
            stdout=subprocess.PIPE).stdout.decode().strip()
            for side in (0, 1)]
        want = git_answers(own, len(pairs), *trees)
    tool = os.path.join(os.environ.get("BUILDDIR", "."),
                        "tests/unit/test_diff")
    text = b"".join(b"%s %s\n" % pair for pair in pairs)
    got = subprocess.run([tool, "--objects", repo], input=text, check=True,
                         stdout=subprocess.PIPE).stdout.decode().splitlines()
    return len(pairs), [
        f"{pairs[i][0].decode()} {pairs[i][1].decode()}: git {want[i][:160]}"
        f" | ours {got[i][:160] if i < len(got) else 'nothing'}"
        for i in range(len(pairs)) if i >= len(got) or got[i] != want[i]]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pairs", type=int, default=1200)
    parser.add_argument("--kind", default="mixed",
                        choices=["mixed", "long", "scattered", "edge"])
    parser.add_argument("--repo")
    parser.add_argument("--max", type=int, default=1 << 60)
    parser.add_argument("--keep", help="write pairs that differ here")
    args = parser.parse_args()
    if args.repo:
        n, wrong = compare_repository(args.repo, args.max)
    else:
        n, wrong = compare(args.seed, args.pairs, args.kind, args.keep)
    print("1..1")
    print(f"{'not ' if wrong else ''}ok 1 - {n} pairs as git compares them")
    for text in wrong[:20]:
        print("# " + text)
    print(f"# {n} pairs, {len(wrong)} mismatches")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
