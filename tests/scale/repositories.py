#!/usr/bin/env python3
"""Repositories to count, with a heavy tail: a few of thousands of commits,
most of some dozens. The same ones each time.

    repositories.py FOLDER [N]     FOLDER/r00 to r63, N of them (64)

The last one has a commit that is malformed: a result, too."""
import os
import random
import subprocess
import sys

HOSTS = [b"huawei.com", b"intel.com", b"nokia.com", b"zte.com.cn",
         b"ericsson.com", b"redhat.com", b"gmail.com", b"one.example"]
LARGEST = 2600  # commits
FILES, VERSIONS, LINES = 12, 6, 3000


def commits_of(i):
    return max(12, int(LARGEST / (i + 1) ** 0.8))


def versions(rng):
    """Texts that differ in one line of ten."""
    first = rng.choices(range(1000), k=LINES)
    for _ in range(VERSIONS):
        yield b"".join(b"%d\n" % (n if rng.random() < .9 else rng.randrange(
            1000)) for n in first)


def stream(i):
    """A fast-import stream. Each commit puts other versions of some files in
    place, which is quickly made and slowly counted."""
    rng = random.Random(i)
    for k in range(FILES):
        for v, text in enumerate(versions(rng)):
            yield b"blob\nmark :%d\ndata %d\n%s\n" % (
                k * VERSIONS + v + 1, len(text), text)
    for n in range(commits_of(i)):
        who = b"A <u%d@%s> %d +0000" % (
            rng.randrange(40), rng.choice(HOSTS), 1500000000 + n * 40000)
        yield b"commit refs/heads/main\nauthor %s\ncommitter %s\n" \
            b"data 2\nx\n\n" % (who, who)
        for k in rng.sample(range(FILES), 3):
            yield b"M 100644 :%d d%d/f%d.c\n" % (
                k * VERSIONS + rng.randrange(VERSIONS) + 1, k % 3, k)


def spoil(path):
    """A last commit whose author has no date."""
    def git(*words, data=None):
        return subprocess.run(["git", *words], cwd=path, check=True,
                              capture_output=True, input=data).stdout.strip()
    new = git("hash-object", "-w", "-t", "commit", "--literally", "--stdin",
              data=b"tree %s\nparent %s\nauthor A <a@one.example\ncommitter "
              b"A <a@one.example> 9 +0000\n\nx\n" % (
                  git("rev-parse", "main^{tree}"), git("rev-parse", "main")))
    with open(f"{path}/refs/heads/main", "wb") as f:
        f.write(new + b"\n")


def make(folder, n=64):
    os.makedirs(folder, exist_ok=True)
    for i in range(n):
        path = f"{folder}/r{i:02}"
        if os.path.exists(path):
            continue
        subprocess.run(["git", "init", "-q", "--bare", "-b", "main", path],
                       check=True)
        subprocess.run(["git", "fast-import", "--quiet"], cwd=path,
                       input=b"".join(stream(i)), check=True)
    spoil(f"{folder}/r{n - 1:02}")


if __name__ == "__main__":
    make(sys.argv[1], *map(int, sys.argv[2:]))
