#!/usr/bin/env python3
"""What a scan that met a fault leaves in the store: nothing of it. One call at
a time fails (open, read, map, memory) while a history is counted; the next
count, from the same store, must say what one without a fault and a store says.
`make check` tries a sample, with --n as many as that. TAP on standard
output; skipped with sanitizers."""
import argparse
import errno
import mmap
import os
import random
import shutil
import struct
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../cli"))
import _tap  # noqa: E402

INJECT = os.path.join(os.path.dirname(os.path.abspath(_tap.RANWHENCE)),
                      "tests/faults/inject.so")
CLASSES = ["alloc", "open", "read", "write", "sync", "rename", "map"]
ERRNOS = {"open": [errno.EIO, errno.EMFILE], "read": [errno.EIO, 0],
          "map": [errno.ENOMEM], "alloc": [errno.ENOMEM]}
HISTORY = ["history", "-q", "--json", "--threads=1",
           "--axis=commits,churn,surviving,review,stewardship"]


def prepare(folder):
    """One repository in a pack, one in loose objects of which two lack."""
    stream = b""
    for i in range(25):
        files = {f"src/f{i % 5}.c": b"".join(b"line %d %d\n" % (k, i * k % 7)
                                             for k in range(20))}
        if i % 8 == 0:
            files["INFO.yaml"] = b"project: x\ncommitters:\n  - {name: A%d," \
                b" email: a@zte.com.cn, company: ZTE}\n" % i
            files[".mailmap"] = b"B <u1@nokia.com> <u%d@gmail.com>\n" % i
            files["MAINTAINERS"] = b"A\nM: A <a@nokia.com>\nF: src/\n"
        stream += _tap.commit(i + 1, b"U", b"u%d@%s" % (
            i, [b"nokia.com", b"gmail.com"][i % 2]),
            b"%d +0000" % (1600000000 + i * 864000), files, i or None)
    for name in ("packed", "loose"):
        _tap.repository(f"{folder}/{name}", stream)
    path = f"{folder}/loose"
    packs = f"{path}/objects/pack"
    for name in os.listdir(packs):
        os.rename(f"{packs}/{name}", f"{path}/{name}")
        if name.endswith(".pack"):
            with open(f"{path}/{name}", "rb") as f:
                subprocess.run(["git", "unpack-objects", "-q"], cwd=path,
                               stdin=f, check=True)
        os.remove(f"{path}/{name}")
    for name in ("HEAD~9:src/f0.c", "HEAD:src/f1.c"):
        blob = subprocess.run(["git", "rev-parse", name], cwd=path, check=True,
                              stdout=subprocess.PIPE).stdout.decode()
        os.remove(f"{path}/objects/{blob[:2]}/{blob[2:40]}")


def run(folder, name, *options, fault=("", 0, 0, 0)):
    with tempfile.TemporaryFile() as shared:
        shared.truncate(mmap.PAGESIZE)
        env = dict(os.environ, LD_PRELOAD=INJECT, HOME=folder,
                   FAULT_FD=str(shared.fileno()))
        env |= dict(zip(("FAULT_CLASS", "FAULT_NTH", "FAULT_ERRNO",
                         "FAULT_ON"), map(str, fault)))
        p = subprocess.run([_tap.RANWHENCE, *HISTORY, *options, name],
                           cwd=folder, env=env, stdin=subprocess.DEVNULL,
                           capture_output=True, timeout=60,
                           pass_fds=[shared.fileno()])
        shared.seek(0)
        numbers = struct.unpack("8Q", shared.read(64))
    return ((p.returncode, p.stdout, p.stderr),
            dict(zip(CLASSES + ["fired"], numbers)))


def faults(counts, n, rng):
    for c, errnos in ERRNOS.items():
        share = min(counts[c], max(1, n // len(ERRNOS)))
        for k, nth in enumerate(rng.sample(range(1, counts[c] + 1), share)):
            yield c, nth, errnos[k % len(errnos)], int(k % 5 == 4)


def sweep(folder, name, n, seed):
    store = "--store=s/s.db"
    good, _ = run(folder, name, "--no-cache")
    first, counts = run(folder, name, store)
    found = [] if first == good and b'"hosts"' in good[1] else [
        f"without a fault: {good[0]} {good[2][-300:]}"]
    fired = kept = 0
    for fault in faults(counts, n, random.Random(seed)):
        shutil.rmtree(f"{folder}/s", ignore_errors=True)
        got, did = run(folder, name, store, fault=fault)
        fired += did["fired"] > 0
        kept += got == good
        after, _ = run(folder, name, store)
        if after != good:
            found.append(f"{fault}: {got[0]} {got[2][-200:]}, and then "
                         f"{after[0]} {after[2][-200:]}")
    print(f"# {name}: {fired} faults, {kept} without effect")
    return found + ([] if fired else ["no fault was met"])


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--n", type=int, default=16)
    p.add_argument("--seed", type=int, default=1)
    a = p.parse_args()
    with open(_tap.RANWHENCE, "rb") as f:
        skip = b"__asan_init" in f.read()
    print("1..2")
    for number, name in enumerate(["packed", "loose"], 1):
        with tempfile.TemporaryDirectory() as folder:
            found = []
            if not skip:
                prepare(folder)
                found = sweep(folder, name, a.n, a.seed)
        print(f"{'not ok' if found else 'ok'} {number} - {name}"
              f"{' # skip sanitizers' if skip else ''}")
        for line in found[:8]:
            print("#", line)


if __name__ == "__main__":
    main()
