#!/usr/bin/env python3
"""Compares the commit of every line at the head with what `git blame` says.
TAP on standard output.

By hand: blame_oracle.py --repo PATH [--files N] [--jobs N]
"""
import argparse
import concurrent.futures
import os
import random
import re
import subprocess
import sys


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
    """The regular files at the head, without those that are binary."""
    empty = git(repo, "hash-object", "-t", "tree", "/dev/null")
    stat = git(repo, "diff", "--numstat", "--no-renames", "-z",
               empty.decode().strip(), "HEAD")
    text = {e.split(b"\t", 2)[2] for e in stat.split(b"\0")
            if e and not e.startswith(b"-\t")}
    tree = git(repo, "ls-tree", "-r", "-z", "HEAD").split(b"\0")
    return [e.split(b"\t", 1)[1] for e in tree
            if e.startswith(b"100") and e.split(b"\t", 1)[1] in text]


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


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--repo")
    parser.add_argument("--files", type=int, default=1 << 60)
    parser.add_argument("--jobs", type=int, default=2)
    args = parser.parse_args()
    total, files, wrong, texts, unknown = compare(args.repo, args.files,
                                                  args.jobs)
    print("1..1")
    print(f"{'not ' if wrong else ''}ok 1 - {total} lines of {files} files "
          "as git blames them")
    for text in texts[:20]:
        print("# " + text)
    print(f"# {total} lines, {wrong} differ, {unknown} files git cannot "
          "blame")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
