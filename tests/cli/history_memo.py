#!/usr/bin/env python3
# slow
"""A scan goes on from what the one before it left in the store: the same
bytes as counted anew, for heads in any order, after merges, renames and force
pushes, whatever is asked for, and where the memo is damaged. TAP on standard
output.

By hand: history_memo.py --seed N [--histories N]"""
import hashlib
import os
import random
import re
import sqlite3
import subprocess
import sys

import _tap
import blame_oracle

AXES = ["commits,churn,surviving,review", "commits,churn,surviving",
        "churn", "surviving"]
STORE = "--store=s.db"
SEED, HISTORIES = 1, 5


def history(path, seed, n):
    """A random history in which each commit has a host of its own."""
    rng, number = random.Random(seed), iter(range(1 << 20))
    stream = re.sub(rb"committer A <a@a\.test>",
                    lambda m: b"committer A <a@h%d.test>" % next(number),
                    blame_oracle.history(rng, n))
    _tap.repository(path, stream)
    return git(path, "rev-list", "--topo-order", "--reverse",
               "main").split()


def git(path, *arguments, data=None):
    return subprocess.run(["git", "-C", path, *arguments], check=True,
                          input=data, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL).stdout.decode()


def digest(folder, *options, path="r"):
    """Counted anew, unless the store is among the options."""
    where = [] if STORE in options else ["--no-cache"]
    p = _tap.run("history", "--json", *where, *options, path, cwd=folder)
    return (p.returncode, p.stdout)


def memo(folder):
    """The one memo of the store, or None."""
    if not os.path.exists(f"{folder}/s.db"):
        return None
    db = sqlite3.connect(f"{folder}/s.db")
    rows = db.execute("SELECT body FROM kept WHERE kind = 'history'")
    bodies = [r[0] for r in rows]
    db.close()
    return bodies[0] if len(bodies) == 1 else None


def set_memo(folder, body):
    db = sqlite3.connect(f"{folder}/s.db")
    db.execute("UPDATE kept SET body = ?, size = ? WHERE kind = 'history'",
               (body, len(body)))
    db.execute("DELETE FROM digest")
    db.commit()
    db.close()


# --- the same bytes ----------------------------------------------------------

def heads_in_any_order(folder):
    """Later, earlier, on other branches: what a force push leaves too."""
    found = []
    for seed in range(SEED, SEED + HISTORIES):
        rng, name = random.Random(seed), f"r{seed}"
        commits = history(f"{folder}/{name}", seed, rng.choice([20, 60, 120]))
        heads = sorted(rng.sample(range(len(commits)), 5))
        rng.shuffle(heads)
        for at in heads + [len(commits) - 1, rng.randrange(len(commits))]:
            head = commits[at]
            axes = f"--axis={rng.choice(AXES[:1] * 3 + AXES)}"
            one = digest(folder, axes, f"--range={head}",
                         f"--threads={rng.choice([1, 2, 8])}", path=name)
            two = digest(folder, axes, f"--range={head}", STORE,
                         f"--threads={rng.choice([1, 2, 8])}", path=name)
            if one != two or one[0]:
                found.append(f"seed {seed}, {axes} at commit {at}: "
                             f"{one[0]}, {two[0]}")
    return found


def whatever_is_asked_for(folder):
    """The memo is of all files and days; other questions leave it alone."""
    commits = history(f"{folder}/r", 77, 60)
    digest(folder, "--axis=churn,surviving", STORE, f"--range={commits[40]}")
    found = []
    for more in (["--paths=*a/*"], ["--since=1970-01-02"],
                 ["--scope=runtime"], ["--max-commits=9"],
                 [f"--range={commits[10]}..{commits[50]}"], [],
                 ["--by=organisation"], ["--by=release"]):
        axes = "--axis=" + AXES[0]
        if digest(folder, axes, *more) != digest(folder, axes, STORE, *more):
            found.append(" ".join(more))
    return found


def take_apart(path):
    """Every object as a file of its own."""
    packs = f"{path}/objects/pack"
    for name in sorted(os.listdir(packs)):
        os.rename(f"{packs}/{name}", f"{path}/{name}")
    for name in sorted(os.listdir(path)):
        if name.endswith(".pack"):
            with open(f"{path}/{name}", "rb") as f:
                subprocess.run(["git", "-C", path, "unpack-objects", "-q"],
                               check=True, stdin=f)


def where_objects_are_missing(folder):
    """What cannot be counted is told each time, and the rest is not lost."""
    found = []
    for seed in range(4):
        rng, name = random.Random(seed), f"r{seed}"
        commits = history(f"{folder}/{name}", 200 + seed, 50)
        take_apart(f"{folder}/{name}")
        listed = git(f"{folder}/{name}", "rev-list", "--objects",
                     "main").split("\n")
        others = sorted(o[:40] for o in listed if " " in o)
        for o in rng.sample(others, 6):
            os.unlink(f"{folder}/{name}/objects/{o[:2]}/{o[2:]}")
        for head in (commits[30], commits[40], commits[-1], commits[-1]):
            options = [f"--axis={AXES[0]}", f"--range={head}"]
            one = digest(folder, *options, path=name)
            two = digest(folder, *options, STORE, path=name)
            if one != two or not one[1]:
                found.append(f"seed {seed} at {head}")
    return found


# --- it is used, and only where it may be ------------------------------------

def lines(path, number, text, parent):
    return _tap.commit(number, b"A", b"a@h%d.test" % number,
                       b"%d +0000" % (1600000000 + number * 86400),
                       {path: text}, parent)


def what_was_read_is_not_read_again(folder):
    """Without the versions of old, a scan goes on from the memo alone."""
    one = b"".join(b"line %d\n" % i for i in range(40))
    two = one.replace(b"line 7\n", b"line seven\n")
    three = two + b"more\n"
    _tap.repository(f"{folder}/r", lines("f", 1, one, None) +
                    lines("f", 2, two, 1) + lines("f", 3, three, 2))
    options = ["--axis=churn,surviving"]
    cold = digest(folder, *options)
    first = digest(folder, *options, STORE, "--range=main~1")
    blob = git(f"{folder}/r", "rev-parse", "main~2:f").strip()
    os.unlink(f"{folder}/r/objects/{blob[:2]}/{blob[2:]}")
    lame, warm = digest(folder, *options), digest(folder, *options, STORE)
    return [text for ok, text in (
        (first[0] == 0, "the first scan failed"),
        (memo(folder), "nothing was left"),
        (lame != cold, "the blob is still there"),
        (warm == cold, "the memo was not used")) if not ok]


def another_place_has_its_own(folder):
    """A clone that lies about its objects has a memo of its own."""
    history(f"{folder}/r", 5, 20)
    subprocess.run(["cp", "-r", f"{folder}/r", f"{folder}/q"], check=True)
    digest(folder, "--axis=churn", STORE)
    digest(folder, "--axis=churn,surviving", STORE, path="q")
    db = sqlite3.connect(f"{folder}/s.db")
    n = db.execute("SELECT count(*) FROM kept WHERE kind = 'history'"
                   ).fetchone()[0]
    db.close()
    return [] if n == 2 else [f"{n} memos"]


def a_shallow_clone_has_none(folder):
    history(f"{folder}/r", 6, 30)
    subprocess.run(["git", "clone", "-q", "--bare", "--depth=5",
                    f"file://{folder}/r", f"{folder}/s"], check=True)
    one = digest(folder, "--axis=churn,surviving", path="s")
    two = [digest(folder, "--axis=churn,surviving", STORE, path="s")
           for _ in range(2)]
    return [text for ok, text in (
        (two == [one, one], "the bytes differ"),
        (not memo(folder), "it has a memo")) if not ok]


# --- damage ------------------------------------------------------------------

def sealed(body):
    """With a digest that is right: only what is read tells the damage."""
    magic = body.index(b"\n") + 1
    return body[:magic] + hashlib.sha256(body[magic + 32:]).digest() + \
        body[magic + 32:]


def damaged(rng, body):
    at = rng.randrange(len(body))
    return rng.choice([
        lambda: body[:at], lambda: body + b"x", lambda: b"",
        lambda: body[:at] + bytes([body[at] ^ 1 << rng.randrange(8)]) +
        body[at + 1:],
        lambda: body[:at] + b"\xff" * 9 + body[at + 9:]])()


def damage_is_as_if_nothing_was_there(folder):
    commits = history(f"{folder}/r", 9, 40)
    options = ["--axis=churn,surviving"]
    digest(folder, *options, STORE, f"--range={commits[25]}")
    body, rng, found = memo(folder), random.Random(2), []
    cold = digest(folder, *options)
    for i in range(12):
        set_memo(folder, damaged(rng, body))
        if digest(folder, *options, STORE) != cold:
            found.append(f"damage {i}")
    return found


def no_bytes_are_trusted(folder):
    """Damage that the digest does not show ends nothing."""
    commits = history(f"{folder}/r", 10, 40)
    options = ["--axis=churn,surviving"]
    digest(folder, *options, STORE, f"--range={commits[25]}")
    body, rng, found = memo(folder), random.Random(3), []
    for i in range(40):
        bad = damaged(rng, body)
        set_memo(folder, sealed(bad) if len(bad) > 60 else bad)
        code, out = digest(folder, *options, STORE)
        if code or b'"hosts"' not in out:
            found.append(f"damage {i}: {code}")
    return found


if __name__ == "__main__":
    if "--seed" in sys.argv:
        SEED = int(sys.argv[sys.argv.index("--seed") + 1])
        if "--histories" in sys.argv:
            HISTORIES = int(sys.argv[sys.argv.index("--histories") + 1])
        _tap.main([heads_in_any_order])
    _tap.main([heads_in_any_order, whatever_is_asked_for,
               where_objects_are_missing, what_was_read_is_not_read_again, another_place_has_its_own,
               a_shallow_clone_has_none, damage_is_as_if_nothing_was_there,
               no_bytes_are_trusted])
