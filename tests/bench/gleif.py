#!/usr/bin/env python3
"""Imports a made-up GLEIF golden copy of the real one's number of relations
and says how long it took and how much memory: gleif.py [ENTITIES]."""
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile

SRCDIR = os.environ.get("SRCDIR", ".")
sys.path.insert(0, os.path.join(SRCDIR, "tests/feeds"))
import server  # noqa: E402

RELATIONS = 490_000


def serve(n, ready):
    """In a process of its own: its memory is not that of what is measured."""
    random.seed(1)
    with server.Server() as s:
        module = s.services["gleif"]
        leis = [module.lei(i) for i in range(n)]
        module.lei = leis.__getitem__
        countries = ["CN"] * 5 + ["US", "DE", "GB", "FR", "IN"] * 19
        module.ENTITIES = (module.entity(
            i, f"Company {i} of Some Place Limited",
            countries[i % len(countries)]) for i in range(n))
        module.RELATIONS = [module.relation(i, (i * 7 + 1) % n) for i in
                            random.sample(range(n), RELATIONS)]
        built = module.files({})
        module.files = lambda _: built
        os.write(ready, s.configuration("time = 60s", "stall-time = 60s")
                 .encode())
        os.close(ready)
        signal.pause()


def main():
    n = int(sys.argv[1]) if sys.argv[1:] else 1_000_000
    come, ready = os.pipe()
    pid = os.fork()
    if not pid:
        serve(n, ready)
    os.close(ready)
    with os.fdopen(come) as f:
        settings = f.read()
    if not settings:
        sys.exit("the server did not start")
    try:
        measure(n, settings)
    finally:
        os.kill(pid, signal.SIGKILL)


def measure(n, settings):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "config")
        with open(path, "w", encoding="utf-8") as f:
            f.write(settings)
        subprocess.run([os.environ.get("RANWHENCE", "./ranwhence"), "update",
                        "-q", "--feed=gleif", "--config", path, "--store",
                        os.path.join(folder, "s.db")], check=True)
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        print(f"  {RELATIONS} relations, {n} entities: "
              f"{used.ru_utime + used.ru_stime:.1f} s of processor time, "
              f"{used.ru_maxrss / 1024:.0f} MB, store "
              f"{os.path.getsize(folder + '/s.db') / 1e6:.0f} MB")


main()
