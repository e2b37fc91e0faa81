#!/usr/bin/env python3
"""Digests kept in the store: the same bytes cold, warm and without, and
counted anew when anything that they depend on changes. TAP on standard
output."""
import os
import random
import sqlite3
import subprocess

import _tap

HOSTS = [b"huawei.com", b"intel.com", b"nokia.com", b"gmail.com", b"x.example"]
AXES = "commits,churn,surviving,review,stewardship"


def history(path, n, seed, first=0):
    """n commits after the first ones, on one line."""
    rng, stream = random.Random(seed), b""
    for i in range(first, first + n):
        message = b"x\n\nReviewed-by: R <r@%s>\n" % rng.choice(HOSTS)
        stream += _tap.commit(
            i + 1, b"A", b"u%d@%s" % (i % 9, rng.choice(HOSTS)),
            b"%d +0000" % (1600000000 + i * 86400),
            {f"f{i % 7}": b"".join(b"%d\n" % rng.randrange(40)
                                   for _ in range(30))},
            (i or None) if i != first or not first else None, message)
    if first:
        stream = stream.replace(b"\nM 100644", b"\nfrom refs/heads/main^0\n"
                                b"M 100644", 1)
        subprocess.run(["git", "fast-import", "--quiet"], cwd=path,
                       input=stream, check=True)
    else:
        _tap.repository(path, stream)


def digest(folder, *options, path="r"):
    p = _tap.run("history", "--json", "--axis=" + AXES, *options, path,
                 cwd=folder)
    return p.stdout if p.returncode == 0 else p.stdout + p.stderr


def kept(folder):
    if not os.path.exists(f"{folder}/s.db"):
        return 0
    db = sqlite3.connect(f"{folder}/s.db")
    n = db.execute("SELECT count(*) FROM digest").fetchone()[0]
    db.close()
    return n


def poison(folder):
    """Changes what is kept, so that its use shows."""
    db = sqlite3.connect(f"{folder}/s.db")
    db.execute("UPDATE digest SET body = x'00'")
    db.commit()
    db.close()


STORE = "--store=s.db"


def cold_warm_and_without(folder):
    found = []
    for seed in range(3):
        name = f"r{seed}"
        history(f"{folder}/{name}", 60, seed)
        runs = [digest(folder, *more, path=name) for more in
                ([], [STORE], [STORE], [STORE, "--no-cache"],
                 [STORE, "--threads=2"])]
        if len(set(runs)) != 1 or b'"hosts"' not in runs[0]:
            found.append(f"{name}: {[len(r) for r in runs]}")
        if kept(folder) != seed + 1:
            found.append(f"{name}: {kept(folder)} kept")
    scans = [_tap.run("scan", "--as-of=2026-01-01", "-o", "json", *more, "r0",
                      cwd=folder).stdout for more in
             ([], [STORE], [STORE], [STORE, "--no-cache"])]
    return found + ([] if len(set(scans)) == 1 else ["the scans differ"])


def it_is_used(folder):
    history(f"{folder}/r", 20, 1)
    digest(folder, STORE)
    db = sqlite3.connect(f"{folder}/s.db")
    key = db.execute("SELECT key FROM digest").fetchone()[0]
    history(f"{folder}/other", 5, 2)
    digest(folder, STORE, path="other")
    db.execute("UPDATE digest SET body = (SELECT body FROM digest WHERE key "
               "!= ?), size = 1 WHERE key = ?", (key, key))
    db.commit()
    db.close()
    a, b = digest(folder, STORE), digest(folder, STORE, path="other")
    return [] if a.split(b'"diagnostics"')[0] == b.split(
        b'"diagnostics"')[0] else ["what is kept is not used"]


def another_question_another_answer(folder):
    history(f"{folder}/r", 30, 1)
    found, n = [], 0
    with open(f"{folder}/f.csv", "w", encoding="utf-8") as f:
        f.write("kind,subject,object,value,from,to,source,speaks_for,read,"
                "confidence,state,note\nbot,u1@*,,a bot,,,,,,B,,\n")
    notes = (b"blob\nmark :1\ndata 8\nVerified\ncommit refs/notes/review\n"
             b"committer A <a@b.example> 1700000000 +0000\ndata 0\n"
             b"M 100644 :1 " + b"0" * 40 + b"\n")
    changes = [
        ("nothing", [], lambda: None), ("paths", ["--paths=f1"], None),
        ("since", ["--since=2020-09-20"], None),
        ("scope", ["--scope=runtime"], None),
        ("facts", ["--facts=f.csv"], None),
        ("range", ["--range=HEAD~3..HEAD"], None),
        ("a commit", [], lambda: history(f"{folder}/r", 1, 7, 30)),
        ("notes", [], lambda: subprocess.run(
            ["git", "fast-import", "--quiet"], cwd=f"{folder}/r",
            input=notes, check=True)),
        ("address", [], lambda: subprocess.run(
            ["git", "config", "remote.origin.url", "https://example.com/r"],
            cwd=f"{folder}/r", check=True))]
    for name, options, change in changes:
        if change:
            change()
        cold = digest(folder, STORE, "--no-cache", *options)
        for _ in range(2):
            if digest(folder, STORE, *options) != cold:
                found.append(f"{name}: another answer")
        n += 1
        if kept(folder) != n:
            found.append(f"{name}: {kept(folder)} kept")
    return found


def what_is_incomplete_is_not_kept(folder):
    history(f"{folder}/whole", 30, 1)
    subprocess.run(["git", "clone", "-q", "--bare", "--depth=5",
                    f"file://{folder}/whole", f"{folder}/r"], check=True)
    shallow = digest(folder, STORE)
    found = [f"{n} kept of a shallow clone" for n in [kept(folder)] if n]
    subprocess.run(["git", "fetch", "-q", "--unshallow", "origin"],
                   cwd=f"{folder}/r", check=True)
    whole = digest(folder, STORE)
    if whole == shallow or kept(folder) != 1:
        found.append("the missing commits were not counted")
    cut = digest(folder, STORE, "--max-commits=3")
    if kept(folder) != 1 or cut == whole:
        found.append("a cut digest was kept")
    poison(folder)
    return found + ([] if digest(folder, STORE) == whole
                    else ["damage shows"])


def loosen(path):
    """All objects in files of their own."""
    packs = f"{path}/objects/pack"
    for name in os.listdir(packs):
        os.rename(f"{packs}/{name}", f"{path}/{name}")
        if name.endswith(".pack"):
            with open(f"{path}/{name}", "rb") as f:
                subprocess.run(["git", "unpack-objects", "-q"], cwd=path,
                               stdin=f, check=True)


def pack(path, name):
    blob = subprocess.run(["git", "rev-parse", name], cwd=path,
                          stdout=subprocess.PIPE, check=True).stdout
    subprocess.run(["git", "pack-objects", "-q", "objects/pack/pack"],
                   cwd=path, input=blob, stdout=subprocess.DEVNULL,
                   check=True)


def what_is_missing_may_arrive(folder):
    """Kept with what was told, until the objects at hand change."""
    history(f"{folder}/w", 30, 1)
    subprocess.run(["git", "clone", "-q", "--bare", "w", "r"], cwd=folder,
                   check=True)
    repository = f"{folder}/r"
    loosen(repository)
    whole = digest(folder, "--no-cache")
    blob = subprocess.run(["git", "rev-parse", "HEAD~9:f0"], cwd=repository,
                          stdout=subprocess.PIPE, check=True).stdout.decode()
    file = f"{repository}/objects/{blob[:2]}/{blob[2:40]}"
    os.rename(file, f"{folder}/blob")
    runs = [digest(folder, *more) for more in
            ([STORE], [STORE], [STORE, "--no-cache"], [STORE, "--threads=1"])]
    found = [] if len(set(runs)) == 1 and b"RW1414" in runs[0] else [
        f"not the same: {runs}"]
    if kept(folder) != 1:
        found.append(f"{kept(folder)} kept")
    said = _tap.run("history", "--verbose", "--axis=" + AXES, STORE, "r",
                    cwd=folder).stderr
    if b"kept from an earlier scan" not in said or b"RW1414" not in said:
        found.append(f"it was said: {said}")
    os.rename(f"{folder}/blob", file)
    if whole == runs[0] or digest(folder, STORE) != whole:
        found.append("the blob that arrived is not counted")
    os.rename(file, f"{folder}/blob")
    os.remove(f"{folder}/s.db")
    for n, name in enumerate(["HEAD:f1", "HEAD:f2"]):
        if n:
            pack(repository, name)
        for _ in range(2):
            if digest(folder, STORE) != runs[0] or kept(folder) != n + 1:
                found.append(f"{n} packs arrived: {kept(folder)} kept")
    return found


def nothing_is_made_unasked(folder):
    history(f"{folder}/r", 5, 1)
    digest(folder, "--no-cache", STORE)
    found = [f"{n} is there" for n in os.listdir(folder) if n != "r"]
    p = _tap.run("history", "r", cwd=folder,
                 env={"XDG_DATA_HOME": folder + "/data"})
    if p.returncode or os.listdir(folder) != ["r"]:
        found.append(f"{p.returncode}: {os.listdir(folder)}")
    return found


_tap.main([cold_warm_and_without, it_is_used,
           another_question_another_answer, what_is_incomplete_is_not_kept,
           what_is_missing_may_arrive,
           nothing_is_made_unasked])
