#!/bin/sh
# What the sandbox costs a scan: processor time with and without it, by turns
# (BENCH_ROUNDS, 5), the least of each. Over 5 % it fails.
#   tests/bench/sandbox.sh CLONE...
set -eu
if [ $# -eq 0 ]; then
	echo "left out: name the clones, as in $0 CLONE..."
	exit 0
fi
here=`dirname "$0"`
rounds=${BENCH_ROUNDS:-5}

# without a store every run counts the history anew
XDG_DATA_HOME=/dev/null
unset RANWHENCE_STORE
export XDG_DATA_HOME

once() { # OPTION CLONE: seconds
	out=`"${PYTHON3:-python3}" "$here/measure.py" "$RANWHENCE" scan -q \
		$1 -o json=/dev/null "$2" 2> /dev/null`
	echo "${out% *}"
}

tmp=`mktemp`
trap 'rm -f "$tmp"' EXIT
for clone in "$@"; do
	i=0
	while [ $i -lt "$rounds" ]; do
		with=`once --require-sandbox "$clone"`
		without=`once --no-sandbox "$clone"`
		echo "$with $without"
		i=$((i + 1))
	done > "$tmp"
	awk -v name="${clone##*/}" '
		NR == 1 || $1 < with { with = $1 }
		NR == 1 || $2 < without { without = $2 }
		END { printf "%s: %.2f s with, %.2f s without, %+.1f %%\n",
			name, with, without, 100 * (with / without - 1)
			exit with > 1.05 * without }' "$tmp"
done
