#!/bin/sh
# Surviving lines beside git blame, in the same run:
#   tests/bench/blame.sh CLONE...
# git blames a sample of the files at the head (BENCH_FILES, 200), two
# processes at a time as we have two threads; its time is scaled to all files.
set -eu
ranwhence=${RANWHENCE:-./ranwhence}
if [ $# -eq 0 ]; then
	echo "left out: name the clones, as in $0 CLONE..."
	exit 0
fi
exec python3 - "$ranwhence" "${BENCH_FILES:-200}" "$@" <<'END'
import concurrent.futures, json, random, subprocess, sys, time

def run(*command):
    return subprocess.run(command, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL).stdout

def ours(clone, threads):
    start = time.time()
    out = run(sys.argv[1], "history", "--json", "--axis=surviving",
              "--threads=%d" % threads, clone)
    return time.time() - start, json.loads(out)["totals"]["surviving"]

for clone in sys.argv[3:]:
    git = ["git", "-C", clone]
    files = [e.split(b"\t", 1)[1] for e in
             run(*git, "ls-tree", "-r", "-z", "HEAD").split(b"\0")
             if e.startswith(b"100")]
    some = random.Random(1).sample(files, min(int(sys.argv[2]), len(files)))
    one, lines = min(ours(clone, 1) for _ in range(2))
    two, _ = min(ours(clone, 2) for _ in range(2))
    start = time.time()
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda f: run(*git, "blame", "--incremental", "HEAD",
                                    "--", f), some))
    theirs = (time.time() - start) * len(files) / len(some)
    print("surviving %-28s %6.1fx  ours %6.2f s (1 thread %6.2f s)  git "
          "%8.1f s (%d of %d files)  %d lines" % (
              clone[-28:], theirs / two, two, one, theirs, len(some),
              len(files), lines))
END
