#!/bin/sh
# Imports a made-up GLEIF golden copy with as many relations as the real one
# (490,000), from a server on this machine. Bounds: 10 s of processor time for
# the relations, 80 MB until the edition is published, 100 MB then.
set -eu
python3 "$SRCDIR/tests/bench/gleif.py" "${BENCH_ENTITIES:-1000000}"
