#!/usr/bin/env python3
"""ranwhence update that is killed, or finds no room: the store stays sound,
and the next update goes on. TAP on standard output."""
import os
import random
import resource
import shutil
import signal
import subprocess
import time

import _tap
from _feeds import Site

KILLS = int(os.environ.get("KILLS") or (
    8 if os.environ.get("RANWHENCE_QUICK") else 25))


def start(s, *arguments, limit=None):
    path = os.path.join(s.folder, "config")
    with open(path, "w", encoding="utf-8") as f:
        f.write(s.server.configuration(*s.extra) + s.tail)
    return subprocess.Popen(
        [_tap.RANWHENCE, "update", "--config", path, "--store", s.store,
         *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        preexec_fn=limit)


def is_sound(s):
    """Problems that the store itself finds."""
    if not os.path.exists(s.store):
        return []
    p = _tap.run("store", "verify", "--store", s.store)
    return [] if p.returncode in (0, 2) and b"RW182" not in p.stderr.replace(
        b"RW1827", b"") else [f"{p.returncode} {p.stdout} {p.stderr}"]


def target(folder):
    path = os.path.join(folder, "stack.yaml")
    with open(path, "w", encoding="utf-8") as f:
        f.write("stack: 1\nname: x\nfunctions:\n  - function: O-DU\n"
                "    components:\n"
                "      - repository: https://forge.example/a/r\n")
    return path


def grow(folder, n):
    """One more commit in what the server has."""
    path = os.path.join(folder, "served/forge.example/a/r")
    stream = _tap.commit(n, b"A", b"a@intel.com",
                         b"%d +0000" % (1600000000 + n), {
                             "f": os.urandom(99999)})
    if not os.path.isdir(path):
        _tap.repository(path, stream)
        return
    subprocess.run(["git", "fast-import", "--quiet"], cwd=path, check=True,
                   input=stream.replace(b"\nM 1", b"\nfrom refs/heads/main^0"
                                        b"\nM 1", 1))


def clones_are_sound(s):
    """A clone that stands is whole, at any moment."""
    folder, found = s.store + ".clones", []
    for name in os.listdir(folder) if os.path.isdir(folder) else []:
        if name.endswith(".git"):
            p = subprocess.run(["git", "fsck", "--connectivity-only"],
                               cwd=os.path.join(folder, name), check=False,
                               capture_output=True)
            found += [f"{name}: {p.stderr}"] if p.returncode else []
    return found


def kills_leave_the_store_sound(folder):
    random.seed(5)
    found, killed = [], 0
    # by then the repository is large, and the machine may be busy
    with Site(folder, ["stall-time = 30s", "time = 60s"]) as s:
        s.server.state["git"] = os.path.join(folder, "served")
        s.tail = "[feed git]\nenabled = yes\n"
        per_target = ["--for", target(folder)]
        for i in range(KILLS):
            grow(folder, i + 1)
            p = start(s, "--max-age=0s", *(per_target if i % 2 else []))
            time.sleep(random.uniform(0, 0.5 if i % 2 else 0.3))
            p.send_signal(signal.SIGKILL)
            p.communicate()
            killed += p.returncode == -signal.SIGKILL
            found += [f"kill {i}: {x}" for x in
                      is_sound(s) + clones_are_sound(s)]
        for more in ([], per_target):
            status, out, err = s.update("--max-age=0s", *more)
            if status:
                found.append(f"does not go on: {out} {err}")
        print(f"# {killed} of {KILLS} were killed on their way")
        editions = [f for f in ("csl", "fcc", "gleif", "git")
                    if not s.edition(f)]
        left = [n for n in os.listdir(s.store + ".clones")
                if not n.endswith(".git")]
        return found + editions + left + is_sound(s) + clones_are_sound(s)


def a_full_disk_is_told(folder):
    """No file may grow past a size that is met on the way."""
    found = []
    with Site(folder) as s:
        s.update("--feed=fcc")
        before = s.edition("fcc")
        for size in (100_000, 300_000, 500_000):
            def limit(size=size):
                signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
                resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
            p = start(s, "--max-age=0s", limit=limit)
            _, err = p.communicate(timeout=60)
            if p.returncode != 3 or b"RW" not in err or \
                    s.edition("fcc") != before:
                found.append(f"{size}: {p.returncode} {err}")
            found += is_sound(s)
        status, _, err = s.update("--max-age=0s")
        return found + ([] if status == 0 else [f"{status} {err}"])


def a_disk_that_is_really_full(folder):
    """On a file system of 500 kB, where the system lets us make one."""
    script = ("mount -t tmpfs -o size=500k none room || exit 99\n"
              "cp store.db room/ && %s update --config config --store "
              "room/store.db %s --max-age=0s; echo status $?\n"
              "df room | tail -1\n"
              "%s store verify --store room/store.db || exit 98\n"
              "mkdir after%d && cp room/store.db room/store.db-* after%d/\n"
              "test -s after%d/store.db\n")
    found = []
    with Site(folder) as s:
        s.server.state["git"] = os.path.join(folder, "served")
        s.tail = "[feed git]\nenabled = yes\n"
        for i in range(20):
            grow(folder, i + 1)
        s.update("--feed=fcc")
        before = s.edition("fcc")
        os.mkdir(os.path.join(folder, "room"))
        program = os.path.abspath(_tap.RANWHENCE)
        for i, more in enumerate(("", "--for " + target(folder))):
            p = subprocess.run(
                ["unshare", "-rm", "sh", "-c",
                 script % (program, more, program, i, i, i)], cwd=folder,
                capture_output=True, check=False)
            if p.returncode in (1, 99) and b"status" not in p.stdout:
                return []  # not allowed here
            s.store = os.path.join(folder, f"after{i}/store.db")
            if p.returncode or b"status 3" not in p.stdout or \
                    b"RW" not in p.stderr or s.edition("fcc")[2] != before[2]:
                found.append(f"{more}: {p}")
            s.store = os.path.join(folder, "store.db")
    return found


def folders_that_cannot_be_written(folder):
    """Files stand where folders are to be made."""
    found = []
    with Site(folder) as s:
        s.server.state["git"] = os.path.join(folder, "served")
        s.tail = "[feed git]\nenabled = yes\n"
        grow(folder, 1)
        with open(s.store + ".clones", "w", encoding="utf-8"):
            pass
        status, _, err = s.update("--feed=git", "--for", target(folder))
        if status != 3 or "RW2004" not in err or "clones" not in err:
            found.append(f"clones: {status} {err}")
        os.unlink(s.store + ".clones")
        status, _, err = s.update("--feed=git", "--for", target(folder))
        if status:
            found.append(f"does not go on: {err}")
        shutil.rmtree(s.store + ".fetch")
        with open(s.store + ".fetch", "w", encoding="utf-8"):
            pass
        status, _, err = s.update("--feed=git", "--for", target(folder))
        if status != 3 or "RW2006" not in err:
            found.append(f"fetch: {status} {err}")
        return found + is_sound(s)


def no_place_for_a_store(folder):
    with Site(folder) as s:
        s.store = "/proc/none/store.db"
        status, _, err = s.update("--feed=fcc")
        found = [] if status == 3 and "RW1820" in err else [f"{status} {err}"]
        s.store = os.path.join(folder, "s.db")
        os.makedirs(s.store + ".fetch")
        with open(s.store + ".fetch/lock", "w", encoding="utf-8") as f:
            import fcntl
            fcntl.flock(f, fcntl.LOCK_EX)
            status, _, err = s.update("--feed=fcc")
        return found + ([] if status == 3 and "RW2006" in err and
                        not s.asked() else [f"{status} {err}"])


_tap.main([kills_leave_the_store_sound, a_full_disk_is_told,
           a_disk_that_is_really_full, folders_that_cannot_be_written,
           no_place_for_a_store])
