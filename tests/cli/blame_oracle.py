#!/usr/bin/env python3
"""Compares the commit of every line at the head with what `git blame` says,
on random histories that hold what is awkward: merges that change lines,
octopus and criss-cross merges, several roots, renames of every similarity,
types that change, CRLF, NUL, lines without an end, long common tails and
clocks that go wrong. TAP on standard output.

By hand: blame_oracle.py --seed N --histories N
         blame_oracle.py --repo PATH [--files N] [--jobs N]
"""
import argparse
import concurrent.futures
import os
import random
import re
import subprocess
import sys
import tempfile

FOLDERS = [b"", b"a/", b"a/b/", b"lib/", b"z/"]
NAMES = [b"main.c", b"util.c", b"util.h", b"README", b"x", b"y.txt"]
GITLINK = b"0123456789abcdef0123456789abcdef01234567"


# --- histories ---------------------------------------------------------------

def text(rng, n):
    return [rng.choice([b"", b"}", b"\treturn 0;",
                        b"line %d" % rng.randrange(1 << 20),
                        b"    call(%d);" % rng.randrange(50),
                        b"a long line of words, number %d, " % rng.randrange(9)
                        + b"word " * rng.randrange(30)])
            + (b"\r" if rng.random() < 0.04 else b"") for _ in range(n)]


def blob(rng):
    n = rng.choice([0, 1, 2, 5, 12, 40, 120])
    data = b"\n".join(text(rng, n)) + (b"\n" if rng.random() < 0.8 else b"")
    if rng.random() < 0.04:
        data += b"\0" + data
    if rng.random() < 0.06:
        data = data + b"t\n" * 900
    return data


def edit(rng, data):
    lines = data.split(b"\n")
    for _ in range(rng.choice([1, 1, 2, 4, 15])):
        at = rng.randrange(len(lines) + 1)
        n = rng.choice([0, 1, 1, 2, 6])
        kind = rng.randrange(4)
        if kind == 0:
            lines[at:at + n] = text(rng, n)
        elif kind == 1:
            lines[at:at] = text(rng, n)
        elif kind == 2:
            del lines[at:at + n]
        else:
            lines[at:at] = lines[at:at + n]
    return b"\n".join(lines)


def path(rng):
    return rng.choice(FOLDERS) + rng.choice(NAMES)


def fits(tree, name):
    """Whether a file of this name is beside no folder of it."""
    return not any(p.startswith(name + b"/") or name.startswith(p + b"/")
                   for p in tree)


def change(rng, tree):
    """One thing that happens to a tree: {path: (mode, bytes)}."""
    files = sorted(p for p in tree if tree[p][0] != b"160000")
    kind, new = rng.randrange(12), path(rng)
    if kind < 2 or not files:
        if fits(tree, new):
            tree[new] = (b"100644", blob(rng))
        return
    old = rng.choice(files)
    mode, data = tree[old]
    if kind < 7:
        tree[old] = (mode, edit(rng, data))
    elif kind == 7:
        del tree[old]
    elif kind < 10:   # a rename, a few at once, or a copy
        for _ in range(rng.choice([1, 1, 3])):
            del tree[old]
            new = path(rng)
            if fits(tree, new):
                for _ in range(rng.choice([0, 0, 1, 3, 6])):
                    data = edit(rng, data)
                tree[new] = (mode, data)
                if rng.random() < 0.2 and fits(tree, new + b".bak"):
                    tree[new + b".bak"] = (mode, data)
            files = sorted(p for p in tree if tree[p][0] != b"160000")
            if not files:
                return
            old = rng.choice(files)
            mode, data = tree[old]
    elif kind == 10:  # another type
        mode = rng.choice([b"120000", b"160000", b"100755", b"100644"])
        tree[old] = (mode, GITLINK if mode == b"160000" else data)
    else:             # the same content twice
        if fits(tree, new):
            tree[new] = (mode, data)


def merged(rng, trees):
    tree = {}
    for p in sorted(set().union(*trees)):
        found = [t[p] for t in trees if p in t]
        if rng.random() < 0.9 or len(found) == len(trees):
            tree[p] = rng.choice(found)
    for p in sorted(tree):
        if not fits({q: 1 for q in tree if q != p}, p):
            del tree[p]
    return tree


def history(rng, n):
    """A history of n commits as text for fast-import."""
    trees, tips, out = [], [], []
    for i in range(n):
        parents = []
        if tips and rng.random() > 0.03:
            width = rng.choice([1, 1, 1, 1, 2, 2, 3]) if i + 1 < n else 4
            parents = rng.sample(tips, min(width, len(tips)))
            if rng.random() < 0.1 and i > 4:
                parents = list(dict.fromkeys(
                    parents + [rng.randrange(i)]))
        tree = merged(rng, [trees[p] for p in parents]) \
            if len(parents) > 1 else dict(trees[parents[0]] if parents else {})
        for _ in range(rng.choice([0, 1]) if len(parents) > 1
                       else rng.choice([1, 2, 4])):
            change(rng, tree)
        trees.append(tree)
        keep = [t for t in tips if t not in parents or rng.random() < 0.25]
        tips = (keep + [i])[-5:]
        when = max(1, 1000 + i * 10 + rng.randrange(-60, 60))
        out.append(b"commit refs/heads/main\nmark :%d\n"
                   b"committer A <a@a.test> %d +0000\ndata 0\n"
                   % (i + 1, when))
        out += [b"%s :%d\n" % (b"merge" if j else b"from", p + 1)
                for j, p in enumerate(parents)]
        out.append(b"deleteall\n")
        for p, (mode, data) in sorted(tree.items()):
            if mode == b"160000":
                out.append(b"M 160000 %s %s\n" % (data, p))
            else:
                out.append(b"M %s inline %s\ndata %d\n%s\n"
                           % (mode, p, len(data), data))
        out.append(b"\n")
    return b"".join(out)


def compare_random(seed, jobs):
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory() as repo:
        git(repo, "init", "-q", "--bare", "-b", "main")
        subprocess.run(["git", "-C", repo, "fast-import", "--quiet",
                        "--force"], check=True,
                       input=history(rng, rng.choice([15, 40, 90])))
        return compare(repo, 1 << 60, jobs)


# --- answers -----------------------------------------------------------------

def git(repo, *args):
    return subprocess.run(["git", "-C", repo, *args], check=True,
                          stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL).stdout


def our_lines(repo, threads=2):
    """{path: [commit of each line]}; a line of nobody is None."""
    tool = os.path.join(os.environ.get("BUILDDIR", "."),
                        "tests/unit/test_survive")
    out = subprocess.run([tool, "--lines", str(threads), repo], check=True,
                         stdout=subprocess.PIPE).stdout
    files = {}
    for line in out.splitlines():
        commit, first, n, path = line.split(b" ", 3)
        lines = files.setdefault(path, [])
        end = int(first) + int(n)
        lines.extend([None] * (end - len(lines)))
        if any(x is not None for x in lines[int(first):end]):
            raise ValueError(f"{path}: a line is counted twice")
        lines[int(first):end] = [commit] * int(n)
    return files


def git_lines(repo, path):
    """The commit of each line of a file; None when git cannot say."""
    p = subprocess.run(["git", "-C", repo, "blame", "--incremental", "HEAD",
                        "--", path], stdout=subprocess.PIPE,
                       stderr=subprocess.DEVNULL)
    if p.returncode:
        return None
    lines = []
    for m in re.finditer(rb"^([0-9a-f]{40,64}) \d+ (\d+) (\d+)$", p.stdout,
                         re.M):
        first, n = int(m.group(2)) - 1, int(m.group(3))
        lines.extend([None] * (first + n - len(lines)))
        lines[first:first + n] = [m.group(1)] * n
    return lines


def text_files(repo):
    """The regular files at the head that are there, without binary ones."""
    tree = git(repo, "ls-tree", "-r", "-z", "HEAD").split(b"\0")
    entries = [e.split(b"\t", 1) for e in tree if e.startswith(b"100")]
    found = []
    with tempfile.TemporaryFile() as names:
        names.write(b"".join(e[0].split()[2] + b"\n" for e in entries))
        names.seek(0)
        p = subprocess.Popen(["git", "-C", repo, "cat-file", "--batch"],
                             stdin=names, stdout=subprocess.PIPE,
                             stderr=subprocess.DEVNULL)
        for _, path in entries:
            header = p.stdout.readline().split()
            if len(header) == 3:
                data = p.stdout.read(int(header[2]) + 1)
                if b"\0" not in data[:-1][:8000]:
                    found.append(path)
        p.communicate()
    return found


def compare(repo, most, jobs, seed=1):
    """(lines compared, files, lines that differ, texts)"""
    ours, files = our_lines(repo), text_files(repo)
    if len(files) > most:
        files = random.Random(seed).sample(files, most)
    total = wrong = unknown = 0
    texts = []
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        for path, want in zip(files, pool.map(
                lambda p: git_lines(repo, p), files)):
            if want is None:
                unknown += 1
                continue
            got = ours.get(path, [])
            bad = [i for i in range(max(len(want), len(got)))
                   if i >= len(want) or i >= len(got) or want[i] != got[i]]
            total += len(want)
            wrong += len(bad)
            if bad:
                i = bad[0]
                texts.append(
                    f"{path.decode(errors='replace')}: {len(bad)} of "
                    f"{len(want)} lines, the first {i + 1}: git "
                    f"{want[i:i + 1]} ours {got[i:i + 1]}")
    return total, len(files) - unknown, wrong, texts, unknown


def report(number, name, total, wrong, texts):
    print(f"{'not ' if wrong else ''}ok {number} - {name}: {total} lines as "
          "git blames them")
    for line in texts[:20]:
        print("# " + line)
    sys.stdout.flush()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--histories", type=int, default=12)
    parser.add_argument("--repo")
    parser.add_argument("--files", type=int, default=1 << 60)
    parser.add_argument("--jobs", type=int, default=2)
    args = parser.parse_args()
    if args.repo:
        total, files, wrong, texts, unknown = compare(args.repo, args.files,
                                                      args.jobs)
        print("1..1")
        report(1, args.repo, total, wrong, texts)
        print(f"# {files} files, {wrong} lines differ, git cannot blame "
              f"{unknown} files")
        return 1 if wrong else 0
    print(f"1..{args.histories}")
    failed = 0
    for i in range(args.histories):
        total, _, wrong, texts, unknown = compare_random(args.seed + i,
                                                         args.jobs)
        failed += wrong + unknown
        report(i + 1, f"history {args.seed + i}", total, wrong + unknown,
               texts)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
