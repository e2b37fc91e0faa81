#!/usr/bin/env python3
"""ranwhence update that is killed, or finds no room: the store stays sound,
and the next update goes on. TAP on standard output."""
import os
import random
import resource
import signal
import subprocess
import time

import _tap
from _feeds import Site

KILLS = 8 if os.environ.get("RANWHENCE_QUICK") else 25


def start(s, *arguments, limit=None):
    path = os.path.join(s.folder, "config")
    with open(path, "w", encoding="utf-8") as f:
        f.write(s.server.configuration())
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


def kills_leave_the_store_sound(folder):
    random.seed(5)
    found = []
    with Site(folder) as s:
        for i in range(KILLS):
            p = start(s, "--max-age=0s")
            time.sleep(random.uniform(0, 0.25))
            p.send_signal(signal.SIGKILL)
            p.communicate()
            found += [f"kill {i}: {x}" for x in is_sound(s)]
        status, out, err = s.update("--max-age=0s")
        editions = [f for f in ("csl", "fcc", "gleif") if not s.edition(f)]
        if status:
            found.append(f"does not go on: {out} {err}")
        return found + editions + is_sound(s)


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
           no_place_for_a_store])
