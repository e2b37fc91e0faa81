#!/bin/sh
# Resolves an SBOM of 10,000 components (BENCH_COMPONENTS) that have only a
# purl from a warm store. Bound: 2 s of processor time.
set -eu
python3 "$SRCDIR/tests/bench/resolve.py" "${BENCH_COMPONENTS:-10000}"
