#!/usr/bin/env python3
"""Imports a made-up GLEIF golden copy of the real one's number of relations
and says how long it took and how much memory: gleif.py [ENTITIES]."""
import os
import random
import resource
import subprocess
import sys
import tempfile

SRCDIR = os.environ.get("SRCDIR", ".")
sys.path.insert(0, os.path.join(SRCDIR, "tests/feeds"))
import server  # noqa: E402

RELATIONS = 490_000


def main():
    n = int(sys.argv[1]) if sys.argv[1:] else 1_000_000
    random.seed(1)
    with tempfile.TemporaryDirectory() as folder, server.Server() as s:
        module = s.services["gleif"]
        leis = [module.lei(i) for i in range(n)]
        module.lei = leis.__getitem__
        countries = ["CN"] * 5 + ["US", "DE", "GB", "FR", "IN"] * 19
        module.ENTITIES = (module.entity(
            i, f"Company {i} of Some Place Limited",
            countries[i % len(countries)]) for i in range(n))
        module.RELATIONS = [module.relation(
            i, random.randrange(n)) for i in random.sample(range(n),
                                                           RELATIONS)]
        built = module.files({})
        module.files = lambda _: built
        path = os.path.join(folder, "config")
        with open(path, "w", encoding="utf-8") as f:
            f.write(s.configuration("time = 60s", "stall-time = 60s"))
        subprocess.run(["true"], check=True)
        before = os.times()
        subprocess.run([os.environ.get("RANWHENCE", "./ranwhence"), "update",
                        "--feed=gleif", "--config", path, "--store",
                        os.path.join(folder, "s.db")], check=True)
        after = os.times()
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        print(f"{RELATIONS} relations, {n} entities: "
              f"{after.elapsed - before.elapsed:.1f} s, "
              f"{used.ru_maxrss / 1024:.0f} MB, store "
              f"{os.path.getsize(folder + '/s.db') / 1e6:.0f} MB")


main()
