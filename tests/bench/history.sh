#!/bin/sh
# Commits and lines of the history engine beside `git log`, in the same run:
#   tests/bench/history.sh CLONE...
# Prints ratios, times and memory; how they are taken, beside.py says.
set -eu
if [ $# -eq 0 ]; then
	echo "left out: name the clones, as in $0 CLONE..."
	exit 0
fi
exec "${PYTHON3:-python3}" "$(dirname "$0")/beside.py" lines "$@"
