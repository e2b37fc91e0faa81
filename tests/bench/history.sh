#!/bin/sh
# The history engine beside git, in the same run:
#   tests/bench/history.sh CLONE...
# Ratios are what counts; times depend on the machine and what else it does.
set -eu
ranwhence=${RANWHENCE:-./ranwhence}
if [ $# -eq 0 ]; then
	echo "left out: name the clones, as in $0 CLONE..."
	exit 0
fi
out=$(mktemp)
trap 'rm -f "$out"' EXIT

# beside NAME CLONE OURS GITS RUNS: prints ratio, times and memory.  git ends
# with an error where a blob is missing, and is timed up to there.
beside() {
	hyperfine -N -i -w 1 -r "$5" --export-json "$out" "$3" "$4" \
		>/dev/null 2>&1
	ours=$(/usr/bin/time -f %M $3 2>&1 >/dev/null | tail -1)
	gits=$(/usr/bin/time -f %M $4 2>&1 >/dev/null | tail -1)
	python3 - "$out" "$1" "$2" "$ours" "$gits" <<-'END'
	import json, sys
	a, b = json.load(open(sys.argv[1]))["results"]
	print("%-8s %-28s %5.2fx  ours %8.1f ms  git %8.1f ms  "
	      "memory %d / %d MB" % (sys.argv[2], sys.argv[3][-28:],
	      b["min"] / a["min"], 1e3 * a["min"], 1e3 * b["min"],
	      int(sys.argv[4]) >> 10, int(sys.argv[5]) >> 10))
	END
}

for clone; do
	beside commits "$clone" "$ranwhence history --json $clone" \
		"git -C $clone log --no-merges --format=%ae" 10
	beside churn "$clone" "$ranwhence history --json --axis=churn $clone" \
		"git -C $clone log --no-merges --numstat --no-renames" 3
done
