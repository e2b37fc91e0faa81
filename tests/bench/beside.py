#!/usr/bin/env python3
"""The history engine beside git, in the same run, or beside itself:
    beside.py lines|blame|kept CLONE...
For `tests/bench/history.sh`, `blame.sh` and `kept.sh`, which say what it
prints.

Ratios are what counts.  "wall" is time on the clock, ours on BENCH_THREADS
(2) threads; "cpu" is processor time, ours on one thread, which says more
where other work runs beside.  Commits of which a blob is missing (partial
clones) are left out for git, which stops at them; ours tells them."""
import os
import random
import resource
import subprocess
import sys
import tempfile
import time

RANWHENCE = os.environ.get("RANWHENCE", "./ranwhence")
THREADS = os.environ.get("BENCH_THREADS", "2")
RUNS = int(os.environ.get("BENCH_RUNS", "3"))


class Cost:
    def __init__(self, wall, cpu, memory):
        self.wall, self.cpu, self.memory = wall, cpu, memory


def measure(command, data=None, runs=RUNS):
    """The least of some runs: seconds, processor seconds, bytes."""
    costs = []
    for _ in range(runs):
        with tempfile.TemporaryFile() as given, \
                open(os.devnull, "w") as nowhere:
            given.write(data or b"")
            given.seek(0)
            start = time.time()
            p = subprocess.Popen(command, stdin=given, stdout=nowhere,
                                 stderr=nowhere)
            _, _, used = os.wait4(p.pid, 0)
            costs.append(Cost(time.time() - start,
                              used.ru_utime + used.ru_stime,
                              used.ru_maxrss << 10))
    return Cost(min(c.wall for c in costs), min(c.cpu for c in costs),
                max(c.memory for c in costs))


def ours(clone, axis, runs=RUNS):
    command = [RANWHENCE, "history", "--json", "--no-cache",
               f"--axis={axis}"]
    return (measure([*command, "--threads=1", clone], runs=runs),
            measure([*command, f"--threads={THREADS}", clone], runs=runs))


def show(what, clone, own, git, note=""):
    one, many = own
    print(f"{what:<10} {clone[-32:]:<32} wall {git.wall / many.wall:6.2f}x  "
          f"cpu {git.cpu / one.cpu:6.2f}x  ours {many.wall:7.2f} s (cpu "
          f"{one.cpu:.2f} s, {one.memory >> 20}, {many.memory >> 20} MB)  "
          f"git {git.wall:7.2f} s (cpu {git.cpu:.2f} s, "
          f"{git.memory >> 20} MB){note}", flush=True)


def git_output(clone, *arguments):
    return subprocess.run(["git", "-C", clone, *arguments], check=True,
                          stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL).stdout


def whole_commits(clone):
    """Prints the commits that are no merges, without those that touch a blob
    which is missing."""
    gone = {line[1:] for line in git_output(
        clone, "rev-list", "--objects", "--missing=print",
        "HEAD").split(b"\n") if line.startswith(b"?")}
    commit, is_whole = None, True
    out = git_output(clone, "log", "--no-merges", "--raw", "--no-abbrev",
                     "--no-renames", "--format=%H", "HEAD") + b"end"
    for line in out.split(b"\n"):
        if line.startswith(b":"):
            is_whole &= not gone.intersection(line.split()[2:4])
        elif line:
            if commit and is_whole:
                print(commit.decode())
            commit, is_whole = line, True


def lines(clone):
    git = ["git", "-C", clone, "log"]
    show("commits", clone, ours(clone, "commits"),
         measure([*git, "--no-merges", "--format=%ae"]))
    # in a process of its own: its memory would count for those begun here
    commits = subprocess.run([sys.executable, __file__, "whole", clone],
                             check=True, stdout=subprocess.PIPE).stdout
    left_out = int(git_output(clone, "rev-list", "--no-merges", "--count",
                              "HEAD")) - commits.count(b"\n")
    theirs = measure([*git, "--no-walk=unsorted", "--stdin", "--numstat",
                      "--no-renames"], commits, 1)
    show("churn", clone, ours(clone, "churn"), theirs,
         f"  {left_out} commits left out" if left_out else "")


def blame_files(clone, files):
    """git blame of files, one after the other, as one cost."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.time()
    for f in files:
        subprocess.run(["git", "-C", clone, "blame", "--incremental", "HEAD",
                        "--", f], stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Cost(time.time() - start,
                after.ru_utime + after.ru_stime - before.ru_utime -
                before.ru_stime, 0)


def with_filters(clone, folder):
    """The same objects with a commit graph and changed-path filters."""
    objects = os.path.abspath(os.path.join(clone, "objects"))
    if not os.path.isdir(objects):
        objects = os.path.abspath(os.path.join(clone, ".git/objects"))
    subprocess.run(["git", "init", "-q", "--bare", folder], check=True)
    with open(os.path.join(folder, "objects/info/alternates"), "w") as f:
        f.write(objects + "\n")
    head = git_output(clone, "rev-parse", "HEAD").decode().strip()
    git_output(folder, "update-ref", "--no-deref", "HEAD", head)
    git_output(folder, "update-ref", "refs/heads/all", head)
    git_output(folder, "commit-graph", "write", "--reachable",
               "--changed-paths")
    return folder


def blame(clone):
    files = [e.split(b"\t", 1)[1] for e in git_output(
        clone, "ls-tree", "-r", "-z", "HEAD").split(b"\0")
        if e.startswith(b"100")]
    some = random.Random(1).sample(files, min(len(files), int(
        os.environ.get("BENCH_FILES", "200"))))
    own = ours(clone, "surviving")
    with tempfile.TemporaryDirectory(prefix="rw-bench-") as folder:
        filtered = with_filters(clone, os.path.join(folder, "r"))
        for what, repository in (("surviving", clone), ("  Bloom", filtered)):
            theirs = blame_files(repository, some)
            theirs.wall *= len(files) / len(some)
            theirs.cpu *= len(files) / len(some)
            show(what, clone, own, theirs,
                 f"  {len(some)} of {len(files)} files")


ALL = "--axis=commits,churn,surviving,review,stewardship"


def kept(clone):
    """Counted anew, with an empty store, and then from the store."""
    with tempfile.TemporaryDirectory(prefix="rw-bench-") as folder:
        for what, arguments in (
                ("history", ["history", "--json", ALL]),
                ("scan", ["scan", "-q", "--as-of=2026-01-01", "-o", "json"])):
            command = [RANWHENCE, *arguments, f"--threads={THREADS}",
                       f"--store={folder}/{what}.db", clone]
            anew, said = measure(command, runs=1), []
            warm = measure(command, runs=max(RUNS, 10))
            for more in (["--no-cache"], []):
                p = subprocess.run([*command, *more], capture_output=True)
                said.append((p.returncode, p.stdout))
            print(f"{what:<10} {clone[-32:]:<32} "
                  f"wall {anew.wall / warm.wall:6.1f}x  "
                  f"cpu {anew.cpu / warm.cpu:6.1f}x  anew {anew.wall:7.2f} s "
                  f"(cpu {anew.cpu:.2f} s)  kept {warm.wall:.3f} s "
                  f"(cpu {warm.cpu:.3f} s, {warm.memory >> 20} MB)  "
                  f"{'the same' if said[0] == said[1] else 'NOT THE SAME'}",
                  flush=True)


def main():
    what = {"lines": lines, "blame": blame, "kept": kept,
            "whole": whole_commits}[sys.argv[1]]
    for clone in sys.argv[2:]:
        what(clone)


if __name__ == "__main__":
    main()
