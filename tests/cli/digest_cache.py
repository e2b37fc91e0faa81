#!/usr/bin/env python3
"""What histories came to, kept in the store: the same bytes and exit status
cold, warm and without, whatever was told, and counted anew when the objects at
hand change. kept_knobs.py has what else it depends on. TAP on standard
output."""
import glob
import hashlib
import os
import random
import sqlite3
import subprocess

import _tap

HOSTS = [b"huawei.com", b"intel.com", b"nokia.com", b"gmail.com", b"x.example"]
AXES = "commits,churn,surviving,review,stewardship"


def history(path, n, seed):
    """n commits on one line."""
    rng, stream = random.Random(seed), b""
    for i in range(n):
        message = b"x\n\nReviewed-by: R <r@%s>\n" % rng.choice(HOSTS)
        stream += _tap.commit(
            i + 1, b"A", b"u%d@%s" % (i % 9, rng.choice(HOSTS)),
            b"%d +0000" % (1600000000 + i * 86400),
            {f"f{i % 7}": b"".join(b"%d\n" % rng.randrange(40)
                                   for _ in range(30))},
            i or None, message)
    _tap.repository(path, stream)


def digest(folder, *options, path="r"):
    if not any(o.startswith("--axis") for o in options):
        options = ("--axis=" + AXES, *options)
    p = _tap.run("history", "--json", *options, path, cwd=folder)
    return b"%d\n" % p.returncode + p.stdout + p.stderr


def kept(folder):
    if not os.path.exists(f"{folder}/s.db"):
        return 0
    db = sqlite3.connect(f"{folder}/s.db")
    n = db.execute("SELECT count(*) FROM kept WHERE kind = 'digest'"
                   ).fetchone()[0]
    db.close()
    return n


def rewrite(folder, change):
    """Changes what is kept."""
    db = sqlite3.connect(f"{folder}/s.db")
    for key, body in db.execute("SELECT key, body FROM kept WHERE kind = "
                                "'digest'").fetchall():
        body = change(bytes(body))
        db.execute("UPDATE kept SET body = ?, size = ? WHERE kind = 'digest' "
                   "AND key = ?", (body, len(body), key))
    db.commit()
    db.close()


def forged(body):
    """With another count, so that its use shows, and the checksum of that."""
    body = body.replace(b'"merges": 0', b'"merges": 9')[:-65]
    return body + hashlib.sha256(body[:-7]).hexdigest().encode() + b"\n"


STORE = "--store=s.db"


def same(folder, n, told=b"", *options, axes=AXES):
    """Cold, warm, with other threads and without a store; n are kept then."""
    runs = [digest(folder, *more, *options, "--axis=" + axes) for more in
            (["--no-cache"], [STORE], [STORE], [STORE, "--threads=1"],
             [STORE, "--threads=8"])]
    found = [] if len(set(runs)) == 1 and told in runs[0] else [
        f"{told} {options}: not the same: "
        f"{[(len(r), r[:1], r[-99:]) for r in runs]}"]
    if kept(folder) != n:
        found.append(f"{told} {options}: {kept(folder)} kept, not {n}")
    return found


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
    cold = digest(folder, STORE)
    if kept(folder) != 1:
        return [f"{kept(folder)} kept"]
    rewrite(folder, forged)
    warm = digest(folder, STORE)
    return [] if warm == cold.replace(b'"merges": 0', b'"merges": 9') != cold \
        else ["what is kept is not used"]


def shallow_until_it_is_not(folder):
    """What is told is kept with the rest, until the boundary moves."""
    history(f"{folder}/whole", 30, 1)
    subprocess.run(["git", "clone", "-q", "--bare", "--depth=5",
                    f"file://{folder}/whole", f"{folder}/r"], check=True)
    found = same(folder, 1, b"RW1404")
    shallow = digest(folder, "--no-cache")
    subprocess.run(["git", "fetch", "-q", "--unshallow", "origin"],
                   cwd=f"{folder}/r", check=True)
    found += same(folder, 2)
    if digest(folder, STORE) == shallow:
        found.append("the missing commits were not counted")
    with open(f"{folder}/r/shallow", "w", encoding="utf-8") as f:
        f.write(subprocess.run(["git", "rev-parse", "HEAD~9"], check=True,
                               cwd=f"{folder}/r", stdout=subprocess.PIPE
                               ).stdout.decode())
    return found + same(folder, 3, b"RW1404")


def cut_is_not_kept(folder):
    history(f"{folder}/r", 30, 1)
    found = same(folder, 0, b"RW1413", "--max-commits=3")
    found += same(folder, 0, b"", "--max-seconds=100")
    for change in (lambda body: body[:-9] + b"x" + body[-8:],
                   lambda body: b"", lambda body: body[:-1],
                   lambda body: body.replace(b"a", b"b", 1)):
        found += same(folder, 1)
        rewrite(folder, change)
    return found


def loosen(path):
    """All objects in files of their own."""
    packs = f"{path}/objects/pack"
    for name in os.listdir(packs):
        os.rename(f"{packs}/{name}", f"{path}/{name}")
        if name.endswith(".pack"):
            with open(f"{path}/{name}", "rb") as f:
                subprocess.run(["git", "unpack-objects", "-q"], cwd=path,
                               stdin=f, check=True)


def object_file(path, name):
    id_ = subprocess.run(["git", "rev-parse", name], cwd=path,
                         stdout=subprocess.PIPE, check=True).stdout.decode()
    return f"{path}/objects/{id_[:2]}/{id_[2:40]}"


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
    found = []
    for name, told in (("HEAD~9:f0", b"RW1414"), ("HEAD:f0", b"RW1414"),
                       ("HEAD~7^{tree}", b"RW1403"), ("HEAD~5", b"RW1403")):
        file = object_file(repository, name)
        os.rename(file, f"{folder}/object")
        found += same(folder, 1, told)
        lacking = digest(folder, STORE)
        os.rename(f"{folder}/object", file)
        if whole == lacking or digest(folder, STORE) != whole:
            found.append(f"{name}: what arrived is not counted")
        os.remove(f"{folder}/s.db")
    return found


def objects_that_change(folder):
    """Other files of objects, other keys; in all places where they are."""
    history(f"{folder}/r", 30, 1)
    repository = f"{folder}/r"
    loosen(repository)
    file = object_file(repository, "HEAD~9:f0")
    os.rename(file, f"{folder}/object")
    said = [_tap.run("history", "--verbose", "--axis=" + AXES, STORE, "r",
                     cwd=folder).stderr for _ in range(2)][1]
    found = [] if b"kept from an earlier scan" in said and b"RW1414" in said \
        else [f"it was said: {said}"]
    pack(repository, "HEAD:f1")
    found += same(folder, 2, b"RW1414")
    pack(repository, "HEAD:f2")
    found += same(folder, 3, b"RW1414")
    with open(glob.glob(f"{repository}/objects/pack/*.pack")[0][:-4] +
              "promisor", "wb"):
        pass
    found += same(folder, 4, b"RW1414")
    os.makedirs(f"{repository}/lent/{file[-41:-39]}")
    with open(f"{repository}/objects/info/alternates", "wb") as f:
        f.write(b"../lent\n")
    found += same(folder, 4, b"RW1414")
    os.rename(f"{folder}/object", f"{repository}/lent/{file[-41:]}")
    before = kept(folder)
    return found + same(folder, before + 1)


def seats_with_what_was_told(folder):
    """Those that can be read, and that some cannot; with the exit status."""
    info = b"project: x\ncommitters:\n  - {name: %s, email: a@zte.com.cn}\n"
    maintainers = b"A\nM: Ann <ann@%s>\nF: src/\n"
    stream = b""
    for i, files in enumerate([
            {"INFO.yaml": info % b"A", "src/a": b"1\n2\n"},
            {"INFO.yaml": b"committers: [\n", "src/b": b"3\n"},
            {"INFO.yaml": info % b"B",
             "MAINTAINERS": maintainers % b"huawei.com"},
            {"MAINTAINERS": maintainers % b"nokia.com"},
            {"INFO.yaml": b"committers: [\n"}]):
        stream += _tap.commit(i + 1, b"A", b"a@nokia.com", b"%d +0000" %
                              (1600000000 + i * 8640000), files, i or None)
    _tap.repository(f"{folder}/r", stream)
    found, runs = [], set()
    for n in range(5):
        branch = f"HEAD~{4 - n}"
        found += same(folder, n + 1, b"RW1416" if n else b"",
                      f"--range={branch}")
        runs.add(digest(folder, STORE, f"--range={branch}"))
    if len(runs) != 5:
        found.append(f"{len(runs)} outcomes")
    broken = digest(folder, STORE, "--range=HEAD")
    if broken[:1] != b"3" or b'"seats": null' not in broken or \
            b"INFO.yaml" not in broken.splitlines()[-1]:
        found.append(f"half a list: {broken[:1]} {broken[-300:]}")
    return found


def without_a_tree(folder):
    """What only says little that is missing: no .mailmap can be looked for."""
    history(f"{folder}/r", 5, 1)
    loosen(f"{folder}/r")
    file = object_file(f"{folder}/r", "HEAD^{tree}")
    os.rename(file, f"{folder}/tree")
    found = same(folder, 1, b"", axes="commits")
    os.rename(f"{folder}/tree", file)
    return found + same(folder, 2, b"", axes="commits")


def nothing_is_made_unasked(folder):
    history(f"{folder}/r", 5, 1)
    digest(folder, "--no-cache", STORE)
    found = [f"{n} is there" for n in os.listdir(folder) if n != "r"]
    p = _tap.run("history", "r", cwd=folder,
                 env={"XDG_DATA_HOME": folder + "/data"})
    if p.returncode or os.listdir(folder) != ["r"]:
        found.append(f"{p.returncode}: {os.listdir(folder)}")
    return found


_tap.main([cold_warm_and_without, it_is_used, shallow_until_it_is_not,
           cut_is_not_kept, what_is_missing_may_arrive, objects_that_change,
           seats_with_what_was_told, without_a_tree, nothing_is_made_unasked])
