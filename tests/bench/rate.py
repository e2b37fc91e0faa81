#!/usr/bin/env python3
"""Asks a server on this machine about many packages at a rate that the
configuration allows, and compares with what the server saw: rate.py."""
import os
import subprocess
import sys
import tempfile

SRCDIR = os.environ.get("SRCDIR", ".")
sys.path.insert(0, os.path.join(SRCDIR, "tests/feeds"))
sys.path.insert(0, os.path.join(SRCDIR, "tests/cli"))
import server  # noqa: E402
from _feeds import sbom  # noqa: E402


def times(folder, rate, n):
    """When the server was asked, in seconds, ascending."""
    name = rate.replace("/", "-").replace(" ", "_")
    target = sbom(folder, [f"pkg:npm/part{i}@1" for i in range(n)])
    with server.Server() as s:
        path = os.path.join(folder, "config")
        with open(path, "w", encoding="utf-8") as f:
            f.write(s.configuration("time = 30s", "stall-time = 30s")
                    + f"[feed depsdev]\nrate = {rate}\n")
        subprocess.run([os.environ.get("RANWHENCE", "./ranwhence"), "update",
                        "-q", "--feed=depsdev", "--for", target, "--config",
                        path, "--store", os.path.join(folder, name + ".db")],
                       check=True, stderr=subprocess.DEVNULL)
        return sorted(t for t, r in s.requests
                      if r.target.startswith("/depsdev/"))


def most_within(at, seconds):
    """The most requests in any window of so many seconds."""
    first, most = 0, 0
    for last, t in enumerate(at):
        while t - at[first] >= seconds:
            first += 1
        most = max(most, last - first + 1)
    return most


def main():
    bad = False
    with tempfile.TemporaryDirectory() as folder:
        for rate, n, per_second in (("20/s", 200, 20), ("100/s", 800, 100)):
            at = times(folder, rate, n)
            got = (len(at) - 1) / (at[-1] - at[0])
            off = got / per_second - 1
            most = most_within(at, 1)
            print(f"  {rate}: {len(at)} requests, {got:.2f}/s "
                  f"({off:+.1%}), at most {most} in any second")
            bad = bad or abs(off) > 0.05 or most > per_second * 1.05 + 1
    sys.exit("the rate is not kept" if bad else 0)


main()
