#!/bin/sh
# Surviving lines beside `git blame` of one file after the other, in the same
# run, without and with a commit graph and changed-path (Bloom) filters:
#   tests/bench/blame.sh CLONE...
# git blames a sample of the files at the head (BENCH_FILES, 200); its time
# is scaled to all of them.
set -eu
if [ $# -eq 0 ]; then
	echo "left out: name the clones, as in $0 CLONE..."
	exit 0
fi
exec "${PYTHON3:-python3}" "$(dirname "$0")/beside.py" blame "$@"
