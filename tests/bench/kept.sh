#!/bin/sh
# A repository to which nothing was added since the scan before, all axes:
# `history` and `scan` with an empty store, and then from the store:
#   tests/bench/kept.sh CLONE...
# Says whether both said the same, to the byte and the exit status.
set -eu
if [ $# -eq 0 ]; then
	echo "left out: name the clones, as in $0 CLONE..."
	exit 0
fi
exec "${PYTHON3:-python3}" "$(dirname "$0")/beside.py" kept "$@"
