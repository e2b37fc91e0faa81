#!/bin/sh
# The store at the size of the register of legal entities (BENCH_ENTITIES,
# BENCH_RELATIONS): filling it, its memory and size, and what one entity and
# the bundled organisations take from it; exchange and check; then, of the
# clones that are given, a digest that is counted, taken from the store, and
# counted anew.
# Bounds: 490,000 relations alone 10 s; 100 MB; one entity 10 ms.
set -eu
here=$SRCDIR/tests/bench
tmp=`mktemp -d "${BENCH_TMP:-/tmp}/rw-bench-XXXXXX"`
trap 'rm -rf "$tmp"' EXIT
entities=${BENCH_ENTITIES:-3000000} relations=${BENCH_RELATIONS:-490000}

cc=${CC:-cc}
libs=`sed -n 's/^[A-Z0-9]*_*LIBS = //p' Makefile 2> /dev/null || :`
if ! $cc -O2 -std=gnu17 -I"$SRCDIR/scanner" -I"$SRCDIR" -I. "$here/store.c" \
	libranwhence.a -o "$tmp/store" $libs -pthread 2> "$tmp/err"; then
	echo "not measured: run it in the build folder"
	head -3 "$tmp/err"
	exit 0
fi
echo "$relations relations alone"
"$tmp/store" "$tmp/r.db" 0 "$relations" > "$tmp/out"
sed '/^one/,$d;s/^/  /' "$tmp/out"
echo "$entities entities, $relations relations"
"$tmp/store" "$tmp/s.db" "$entities" "$relations" > "$tmp/out"
sed 's/^/  /' "$tmp/out"
du -m "$tmp/s.db" | awk '{ print "  " $1 " MB on disk" }'

once() { # NAME COMMAND...
	"${PYTHON3:-python3}" - "$@" << 'END'
import os, resource, subprocess, sys, time
start = time.monotonic()
run = subprocess.run(sys.argv[2:], stdout=subprocess.DEVNULL,
                     stderr=subprocess.DEVNULL)
if run.returncode not in (0, 3):
    sys.exit(f"{sys.argv[1]}: ended with {run.returncode}")
wall, use = time.monotonic() - start, resource.getrusage(
    resource.RUSAGE_CHILDREN)
print(f"  {sys.argv[1]:30} {wall:7.3f} s, {use.ru_utime + use.ru_stime:7.3f} s"
      f" of processor, {use.ru_maxrss // 1024} MB")
END
}
once entity "$RANWHENCE" entity --store="$tmp/s.db" \
	"Company number 17 of US AG"
once export "$RANWHENCE" store export --store="$tmp/s.db" "$tmp/x"
once import "$RANWHENCE" store import --store="$tmp/t.db" "$tmp/x"
once verify "$RANWHENCE" store verify --store="$tmp/t.db"

for clone; do
	echo "$clone"
	for what in counted taken anew; do
		[ $what != anew ] || set -- --no-cache
		[ $what = anew ] || set --
		once "digest $what" "$RANWHENCE" history -q --json "$@" \
			--axis=commits,churn,surviving,review \
			--store="$tmp/d.db" "$clone"
	done
done
