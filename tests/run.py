#!/usr/bin/env python3
"""Runs the tests and counts their points; `make check` calls it.

What runs: the unit test programs named on the command line, and of the
source tree tests/cases.py, tests/lint/run.py and everything in tests/cli/,
tests/hostile/ and tests/faults/ (*.py, *.sh). Each prints TAP on standard
output: a plan "1..N", then "ok 1 - name" or "not ok 1 - name", "# ..." for
comments. A script with a line "# slow" among its first ten, and all of tests/hostile/ and tests/faults/,
are left out by --quick; the others find RANWHENCE_QUICK=1 in the environment
then.

A program that crashes, hangs, ends with a status other than 0 without a
failed point, or breaks its plan counts as one failure. The last line is
always "N passed, N failed"; that no test ran at all is a failure too.
"""
import argparse
import concurrent.futures
import os
import re
import signal
import subprocess
import sys
import tempfile
import time

POINT = re.compile(r"(not )?ok\b\s*-?\s*\d*\s*-?\s*(.*)")
PLAN = re.compile(r"1\.\.(\d+)\s*(#.*)?$")
TIMEOUT = 600  # seconds for one program


class Result:
    def __init__(self, name):
        self.name = name
        self.passed, self.failed, self.skipped = 0, [], 0
        self.output = ""
        self.seconds = 0.0


def count(result, output, status):
    """Count the points of TAP output into result."""
    plan = None
    for line in output.splitlines():
        m = PLAN.match(line)
        if m:
            plan = int(m.group(1)) + (plan or 0)
        m = POINT.match(line)
        if not m:
            continue
        if re.search(r"# *skip", m.group(2), re.I):
            result.skipped += 1
        elif m.group(1):
            result.failed.append(m.group(2))
        else:
            result.passed += 1
    seen = result.passed + len(result.failed) + result.skipped
    if status < 0:
        result.failed.append("killed by " + signal.Signals(-status).name)
    elif status and not result.failed:
        result.failed.append(f"ended with status {status}")
    elif plan is None:
        result.failed.append("printed no plan")
    elif plan != seen:
        result.failed.append(f"planned {plan} points, made {seen}")


def run(name, command, env):
    result = Result(name)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="rw-test-") as home, \
            subprocess.Popen(
                command, env=dict(env, HOME=home), text=True,
                errors="replace", stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                start_new_session=True) as p:
        try:
            out, err = p.communicate(timeout=TIMEOUT)
            count(result, out, p.returncode)
        except subprocess.TimeoutExpired:
            os.killpg(p.pid, signal.SIGKILL)
            out, err = p.communicate()
            result.failed.append(f"still running after {TIMEOUT} s")
        result.output = out + err
    result.seconds = time.monotonic() - began
    return result


def is_slow(path):
    if os.path.basename(os.path.dirname(path)) in ("hostile", "faults"):
        return True
    with open(path, encoding="utf-8") as f:
        return any(line.strip() == "# slow"
                   for line, _ in zip(f, range(10)))


def programs(args):
    """(name, command) of everything to run, what takes longest first: begun
    last, it would run alone."""
    scripts = []
    for folder in ("tests/hostile", "tests/faults", "tests/cli"):
        path = os.path.join(args.srcdir, folder)
        if os.path.isdir(path):
            scripts += [f"{folder}/{f}" for f in sorted(os.listdir(path))
                        if f.endswith((".py", ".sh")) and f[0] != "_"]
    for s in scripts + ["tests/cases.py", "tests/lint/run.py"]:
        path = os.path.join(args.srcdir, s)
        if not os.path.exists(path) or (args.quick and is_slow(path)):
            continue
        shell = sys.executable if s.endswith(".py") else "bash"
        yield s, [shell, path]
    for p in args.programs:
        yield p, [os.path.join(args.builddir, p)]


def environment(args):
    env = {k: v for k, v in os.environ.items()
           if not k.startswith(("GIT_", "LC_", "XDG_", "MAKE", "RANWHENCE"))
           and k not in ("LANG", "LANGUAGE", "MFLAGS", "TZ")}
    env.update(
        LC_ALL="C", SRCDIR=os.path.abspath(args.srcdir),
        BUILDDIR=os.path.abspath(args.builddir),
        RANWHENCE=os.path.abspath(os.path.join(args.builddir, "ranwhence")),
        PYTHONDONTWRITEBYTECODE="1",
        # no store of the user's
        XDG_DATA_HOME="/dev/null",
        PYTHONPATH=os.path.abspath(os.path.join(args.srcdir, "tests")),
        CMOCKA_MESSAGE_OUTPUT="TAP",
        GIT_CONFIG_NOSYSTEM="1", GIT_CONFIG_GLOBAL=os.devnull,
        # a status that no command of ours has
        ASAN_OPTIONS="exitcode=99:" + env.get("ASAN_OPTIONS", ""),
        UBSAN_OPTIONS="exitcode=99:print_stacktrace=1:"
                      + env.get("UBSAN_OPTIONS", ""))
    if args.quick:
        env["RANWHENCE_QUICK"] = "1"
    return env


def report(result):
    mark = "FAIL" if result.failed else "ok  "
    points = result.passed + len(result.failed)
    skipped = f", {result.skipped} skipped" if result.skipped else ""
    print(f"{mark} {result.name} ({points} points{skipped}, "
          f"{result.seconds:.1f} s)")
    if result.failed:
        print("     " + result.output.rstrip().replace("\n", "\n     "))
    sys.stdout.flush()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--srcdir", default=".")
    parser.add_argument("--builddir", default=".")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--only", default="", help="part of a name")
    parser.add_argument("programs", nargs="*")
    args = parser.parse_args()
    env = environment(args)
    work = [(n, c) for n, c in programs(args) if args.only in n]
    results = []
    # one more than there are processors, as many tests wait for a server
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() + 1) as pool:
        for r in pool.map(lambda w: run(*w, env), work):
            report(r)
            results.append(r)
    failed = [(r.name, f) for r in results for f in r.failed]
    if failed:
        print("\nfailed:")
        for name, point in failed:
            print(f"  {name}: {point}")
    passed = sum(r.passed for r in results)
    print(f"{passed} passed, {len(failed)} failed")
    return 0 if passed and not failed else 1


if __name__ == "__main__":
    sys.exit(main())
