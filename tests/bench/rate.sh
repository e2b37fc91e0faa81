#!/bin/sh
# Whether `update` keeps the rate that it is allowed, against a server on this
# machine: within 5 % of it on the whole, and in no second more.
set -eu
python3 "$SRCDIR/tests/bench/rate.py"
