#!/usr/bin/env python3
"""The page about scale shows what the simulation prints, and its plot is the
one that it writes. TAP on standard output."""
import os
import subprocess
import sys

import _tap

SCRIPT = f"{_tap.SRCDIR}/tests/scale/simulate.py"
PAGE = f"{_tap.SRCDIR}/docs/scale"


def simulate(*more):
    return subprocess.run([sys.executable, SCRIPT, *more], check=True,
                          capture_output=True, timeout=120).stdout.decode()


def read(path):
    with open(path, encoding="utf-8") as f:
        return f.read()


def the_page_shows_what_it_prints(folder):
    plot = os.path.join(folder, "plot.svg")
    printed = simulate(f"--svg={plot}")
    found = [] if printed in read(f"{PAGE}/README.md") and \
        printed.count("\n") == 17 else ["another table"]
    return found + ([] if read(plot) == read(f"{PAGE}/simulation.svg")
                    else ["another plot"])


def numbers_follow_from_what_is_given(_folder):
    def rows(text):
        return [[float(c.replace(",", "")) for c in r.split("|")[1:-1]]
                for r in text.splitlines()[2:]]
    usual = rows(simulate())
    dear, frail = rows(simulate("--price=0.5")), rows(simulate(
        "--failures=5"))
    found = []
    for u, d, f in zip(usual, dear, frail):
        if abs(d[4] - 0.5 * u[3]) > 0.1 or d[:3] != u[:3]:
            found.append(f"the price: {u} {d}")
        if f[3] < u[3] or f[6] < u[6]:
            found.append(f"failures: {u} {f}")
    for n in range(0, 15, 5):
        hours = [r[5] for r in usual[n:n + 5]]
        if hours != sorted(hours, reverse=True):
            found.append(f"more workers take longer: {hours}")
    return found


_tap.main([the_page_shows_what_it_prints, numbers_follow_from_what_is_given])
