#!/usr/bin/env python3
"""Runs the fuzz targets for a time each; `make fuzz` calls it.

    run.py --time 60 --work fuzz PROGRAM...

Each target starts from its seeds and from what earlier runs kept in
WORK/corpus/NAME, with the words of tests/fuzz/dict/NAME.dict. An input that
crashes, leaks, or takes over a second of processor time or 512 MB is a
finding: its file is named and stays in WORK/findings. What a run did is added
to WORK/runs.tsv; --totals adds those up. The last line is "N passed, N
failed", in targets."""
import argparse
import concurrent.futures
import os
import re
import resource
import subprocess
import sys
import time

MEGABYTES = 512
SECONDS = 1
FAST = ("-rss_limit_mb=%d" % MEGABYTES, "-timeout=%d" % SECONDS)


def environment():
    env = {k: v for k, v in os.environ.items() if not k.startswith("LC_")}
    # what was freed must not count as memory of an input
    env["ASAN_OPTIONS"] = "quarantine_size_mb=32:malloc_context_size=10"
    env["UBSAN_OPTIONS"] = "print_stacktrace=1"
    env["LC_ALL"] = "C"
    return env


def children_seconds(command, env):
    """Status and processor time of a program."""
    p = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL,
                         stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(p.pid, 0)
    p.returncode = os.waitstatus_to_exitcode(status)
    return p.returncode, usage.ru_utime + usage.ru_stime


def is_slow(program, path, env):
    """The clock of a busy machine made it slow, or the input does: libFuzzer
    measures the clock, this processor time, beside an empty input."""
    once = []
    for what in (os.devnull, path):
        status, seconds = min(
            children_seconds([program, "-timeout=600", what], env)
            for _ in range(2))
        if status:
            return True
        once.append(seconds)
    return once[1] - once[0] > SECONDS


class Target:
    def __init__(self, args, program):
        self.program = os.path.abspath(program)
        self.name = os.path.basename(program).removeprefix("fuzz_")
        self.corpus = os.path.join(args.work, "corpus", self.name)
        self.found = os.path.join(args.work, "findings", self.name + "-")
        self.seeds = os.path.join(args.srcdir, "tests/fuzz/seeds", self.name)
        self.dictionary = os.path.join(args.srcdir, "tests/fuzz/dict",
                                       self.name + ".dict")
        self.log = os.path.join(args.work, self.name + ".log")
        self.left, self.seed = args.time, args.seed
        self.executions, self.coverage, self.features = 0, 0, 0
        self.seconds = 0.0
        self.findings, self.error = [], ""
        os.makedirs(self.corpus, exist_ok=True)
        os.makedirs(os.path.dirname(self.found), exist_ok=True)

    def command(self):
        c = [self.program, f"-max_total_time={max(1, int(self.left))}", *FAST,
             f"-artifact_prefix={self.found}", "-print_final_stats=1",
             "-verbosity=1", "-reload=0"]
        if self.seed:
            c.append(f"-seed={self.seed}")
        if os.path.exists(self.dictionary):
            c.append("-dict=" + self.dictionary)
        return c + [self.corpus, self.seeds]

    def once(self):
        """One run; the file that ended it, "" when its time did."""
        began = time.monotonic()
        with open(self.log, "ab") as log:
            at = log.tell()
            status = subprocess.run(self.command(), stdout=log, stderr=log,
                                    env=environment()).returncode
        spent = time.monotonic() - began
        self.left -= spent
        self.seconds += spent
        with open(self.log, encoding="utf-8", errors="replace") as log:
            log.seek(at)
            text = log.read()
        for n in re.findall(r"stat::number_of_executed_units: (\d+)", text):
            self.executions += int(n)
        for cov, ft in re.findall(r"cov: (\d+) ft: (\d+)", text):
            self.coverage = max(self.coverage, int(cov))
            self.features = max(self.features, int(ft))
        found = re.findall(r"Test unit written to (\S+)", text)
        if status and not found:
            self.error = f"ended with status {status}: see {self.log}"
        return found[-1] if status and found else ""

    def run(self):
        while self.left > 0 and not self.error and len(self.findings) < 3:
            path = self.once()
            if not path:
                break
            name = os.path.basename(path)
            if ("-timeout-" in name or "-slow-unit-" in name) and not \
                    is_slow(self.program, path, environment()):
                os.unlink(path)
                continue
            self.findings.append(path)
        return self

    def line(self):
        kept = len(os.listdir(self.corpus))
        text = (f"{self.name:<12} {self.executions:>10} executions  "
                f"cov {self.coverage:>6}  ft {self.features:>6}  "
                f"kept {kept:>5}  {len(self.findings)} findings")
        for f in self.findings:
            text += f"\n    {f}"
        return text + (f"\n    {self.error}" if self.error else "")


def totals(path):
    """Adds up what all runs did; prints a table."""
    sums = {}
    with open(path, encoding="utf-8") as f:
        for row in f:
            name, *numbers = row.split("\t")
            seconds, executions, coverage, findings = map(int, numbers)
            s = sums.setdefault(name, [0, 0, 0, 0])
            s[0] += seconds
            s[1] += executions
            s[2] = max(s[2], coverage)
            s[3] += findings
    print(f"{'target':<12} {'seconds':>8} {'executions':>12} "
          f"{'coverage':>9} {'findings':>9}")
    for name in sorted(sums):
        s = sums[name]
        print(f"{name:<12} {s[0]:>8} {s[1]:>12} {s[2]:>9} {s[3]:>9}")
    print(f"{'all':<12} {sum(s[0] for s in sums.values()):>8} "
          f"{sum(s[1] for s in sums.values()):>12} {'':>9} "
          f"{sum(s[3] for s in sums.values()):>9}")


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--time", type=int, default=60)
    p.add_argument("--jobs", type=int, default=2)
    p.add_argument("--seed", type=int, default=0, help="0: another each time")
    p.add_argument("--srcdir", default=".")
    p.add_argument("--work", default="fuzz")
    p.add_argument("--only", default="")
    p.add_argument("--totals", action="store_true")
    p.add_argument("programs", nargs="*")
    args = p.parse_args()
    args.work = os.path.abspath(args.work)
    runs = os.path.join(args.work, "runs.tsv")
    if args.totals:
        totals(runs)
        return 0
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    targets = [Target(args, f) for f in args.programs if args.only in f]
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
        for t in pool.map(Target.run, targets):
            print(t.line(), flush=True)
            failed += bool(t.findings or t.error)
            with open(runs, "a", encoding="utf-8") as f:
                f.write(f"{t.name}\t{int(t.seconds)}\t{t.executions}\t"
                        f"{t.coverage}\t{len(t.findings)}\n")
    print(f"{sum(t.executions for t in targets)} executions, "
          f"{sum(len(t.findings) for t in targets)} findings")
    print(f"{len(targets) - failed} passed, {failed} failed")
    return 0 if targets and not failed else 1


if __name__ == "__main__":
    sys.exit(main())
