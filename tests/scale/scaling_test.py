#!/usr/bin/env python3
"""How much faster two workers of one thread each are than one, on the same
plan: at least 1.8 times, which is demanded where two cores had next to nothing
else to do. TAP on standard output."""
import os
import resource
import subprocess
import threading
import time

import _scale
import _tap
import repositories

N, SHARDS = 64, 24


def processor():
    """Seconds that processors spent on what this script ran."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def busy():
    """Seconds that the machine's processors worked for anybody."""
    with open("/proc/stat", encoding="ascii") as f:
        v = [int(x) for x in f.readline().split()[1:9]]
    return (sum(v) - v[3] - v[4]) / os.sysconf("SC_CLK_TCK")


def count(folder, out, workers):
    """Seconds until so many workers, which take the next shard each, have
    counted all, those of processors for them, and for others."""
    left, failed = list(range(SHARDS)), []

    def work():
        while left:
            try:
                index = left.pop(0)
            except IndexError:
                return
            failed.append(subprocess.run(
                [_scale.RANWHENCE, "shards", "run", "--threads=1",
                 f"--index={index}", f"--out={out}", "plan.json"], cwd=folder,
                env=_scale.environment(), check=False).returncode)
    began, used, all_ = time.monotonic(), processor(), busy()
    threads = [threading.Thread(target=work) for _ in range(workers)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert not any(failed), failed
    used = processor() - used
    return time.monotonic() - began, used, busy() - all_ - used


def two_workers_against_one(folder):
    repositories.make(f"{folder}/repos", N)
    plan = _tap.run("shards", "plan", "-q", f"--shards={SHARDS}", "-p",
                    "default", *sorted(os.listdir(f"{folder}/repos")),
                    cwd=f"{folder}/repos", env=_scale.environment())
    with open(f"{folder}/repos/plan.json", "wb") as f:
        f.write(plan.stdout)
    took, others = {n: [] for n in (1, 2)}, 0
    for i, n in enumerate((1, 2, 2, 1)):
        seconds, used, more = count(f"{folder}/repos", f"out{i}", n)
        took[n].append(seconds)
        others = max(others, more / seconds)
        _scale.figure(f"{n} worker{'s' * (n - 1)}: {seconds:.1f} s, "
                      f"{used:.1f} s of processors, {more:.1f} s of others")
    one, two = min(took[1]), min(took[2])
    _scale.figure(f"{N} repositories in {SHARDS} shards, {os.cpu_count()} "
                  f"cores: two workers are {one / two:.2f} times as fast")
    if os.cpu_count() < 2 or others > 0.05:
        _scale.figure(f"others took {others:.2f} cores: nothing is demanded")
    elif one / two < 1.8:
        return [f"two workers are only {one / two:.2f} times as fast"]
    first, *more = (_scale.parts(f"{folder}/repos/out{i}") for i in range(4))
    # of each its components and its history
    return [] if len(first) == 2 * N and all(m == first for m in more) else [
        "the parts are others"]


_tap.main([two_workers_against_one])
