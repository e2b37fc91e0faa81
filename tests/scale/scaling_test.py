#!/usr/bin/env python3
"""How much faster two workers of one thread each are than one, on the same
plan: a figure, never a failure, since others may use the machine. For two
cores that are otherwise idle; the time of the processors tells how far they
were. TAP on standard output."""
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


def count(folder, out, workers):
    """Seconds until so many workers, which take the next shard each, have
    counted all, and those of processors."""
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
    began, used = time.monotonic(), processor()
    threads = [threading.Thread(target=work) for _ in range(workers)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert not any(failed), failed
    return time.monotonic() - began, processor() - used


def two_workers_against_one(folder):
    repositories.make(f"{folder}/repos", N)
    plan = _tap.run("shards", "plan", "-q", f"--shards={SHARDS}", "-p",
                    "default", *sorted(os.listdir(f"{folder}/repos")),
                    cwd=f"{folder}/repos", env=_scale.environment())
    with open(f"{folder}/repos/plan.json", "wb") as f:
        f.write(plan.stdout)
    took = {n: [] for n in (1, 2)}
    for i, n in enumerate((1, 2, 2, 1)):
        seconds, used = count(f"{folder}/repos", f"out{i}", n)
        took[n].append(seconds)
        _scale.figure(f"{n} worker{'s' * (n - 1)}: {seconds:.1f} s, "
                      f"{used:.1f} s of processors")
    one, two = min(took[1]), min(took[2])
    _scale.figure(f"{N} repositories in {SHARDS} shards, {os.cpu_count()} "
                  f"cores: two workers are {one / two:.2f} times as fast")
    first, *more = (_scale.parts(f"{folder}/repos/out{i}") for i in range(4))
    return [] if len(first) == N and all(m == first for m in more) else [
        "the parts are others"]


_tap.main([two_workers_against_one])
