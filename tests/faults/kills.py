#!/usr/bin/env python3
"""kill -9 at random moments of a scan, of `report`, of a store's import and
export, and a disk that is full: an output is not there or whole, never a
part of one; a store is sound; and the next run says what it would have said.
Parent or worker may be hit alone. `make faults-kills N=1000` for many. TAP on
standard output."""
import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import sweep  # noqa: E402
import _tap  # noqa: E402

REPORT = sweep.Scenario(
    "write a report again", None,
    ["report", "-o", "html=out.html", "-o", "csv=out.csv", "in.json"],
    ["out.html", "out.csv"])


def prepare_report(folder):
    sweep.prepare_boms(folder)
    p = _tap.run("scan", "-q", sweep.DATE, "-o", "json=in.json",
                 "in/stack.yaml", cwd=folder)
    if not os.path.exists(os.path.join(folder, "in.json")):
        raise RuntimeError(p.stderr)


REPORT.prepare = prepare_report
SCENARIOS = [s for s in sweep.SCENARIOS if s.name.split()[0] in
             ("scan", "import", "export")] + [REPORT]


def children(pid):
    try:
        with open(f"/proc/{pid}/task/{pid}/children") as f:
            return [int(c) for c in f.read().split()]
    except OSError:
        return []


def start(scenario, folder):
    return subprocess.Popen(
        [_tap.RANWHENCE, *scenario.arguments], cwd=folder,
        env=dict(os.environ, HOME=folder, RANWHENCE_STORE=folder + "/none.db"),
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, start_new_session=True)


def outputs(scenario, folder):
    found = {}
    for name in scenario.files:
        path = os.path.join(folder, name)
        if os.path.exists(path):
            with open(path, "rb") as f:
                found[name] = f.read()
    return found


def stores(folder):
    """Every store below, by `store verify`."""
    found = []
    for name in ("s/s.db", "new.db", "store.db", "none.db"):
        path = os.path.join(folder, name)
        if os.path.exists(path):
            p = _tap.run("store", "--store=" + path, "verify")
            # a file that has not become a store yet is none
            if p.returncode and b"RW1827" not in p.stderr:
                found.append(f"{name}: {p.returncode} {p.stderr[-300:]!r}")
    return found


def once(scenario, base, good, rng, longest):
    """Killed once, then run to its end. What is wrong."""
    folder = tempfile.mkdtemp(prefix="rw-kill-")
    try:
        shutil.copytree(base, folder, dirs_exist_ok=True, symlinks=True)
        p = start(scenario, folder)
        time.sleep(rng.uniform(0, longest))
        victims = [p.pid, *children(p.pid)]
        victim = rng.choice(victims)
        try:
            os.kill(victim, signal.SIGKILL)
        except ProcessLookupError:
            pass
        out, err = p.communicate(timeout=60)
        was_hit = p.returncode != good.status
        found = [f"{name} is {len(text)} bytes of {len(good.files[name])}"
                 for name, text in outputs(scenario, folder).items()
                 if text != good.files[name]]
        if victim != p.pid and was_hit and not err:
            found.append(f"no word of a dead worker, status {p.returncode}")
        found += stores(folder)
        time.sleep(0.02)  # a worker dies with its parent
        p = start(scenario, folder)
        out, err = p.communicate(timeout=60)
        if (p.returncode, out, outputs(scenario, folder)) != (
                good.status, good.out, good.files):
            found.append(f"the next run: {p.returncode} {err[-300:]!r}")
        return found, was_hit
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def kill(scenario, n, seed):
    base = tempfile.mkdtemp(prefix="rw-kill-base-")
    rng = random.Random(seed)
    found, hits = [], 0
    try:
        scenario.prepare(base)
        begun = time.monotonic()
        good = sweep.run(scenario, base)
        longest = (time.monotonic() - begun) * 1.1
        for _ in range(n):
            wrong, was_hit = once(scenario, base, good, rng, longest)
            found += wrong
            hits += was_hit
    finally:
        shutil.rmtree(base, ignore_errors=True)
    return found, hits


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--n", type=int, default=50)
    p.add_argument("--seed", type=int, default=1)
    a = p.parse_args()
    all_hits = 0
    print(f"1..{len(SCENARIOS)}")
    for number, s in enumerate(SCENARIOS, 1):
        if sweep.sanitized():
            print(f"ok {number} - {s.name} # skip sanitizers")
            continue
        found, hits = kill(s, a.n // len(SCENARIOS), a.seed)
        all_hits += hits
        if number == len(SCENARIOS) and not all_hits:
            found.append("nothing was hit in any of them")
        print(f"# {s.name}: {a.n // len(SCENARIOS)} kills, {hits} in time")
        print(f"{'not ok' if found else 'ok'} {number} - killed: {s.name}")
        for line in found[:8]:
            print("#", line)


main()
