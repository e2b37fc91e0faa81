#!/bin/sh
# Facts of the size of the register of legal entities (BENCH_ENTITIES,
# BENCH_RELATIONS): what `entity` takes to load them and answer, in processor
# time and memory, beside programs that only load the same rows; then, from
# the inside, reading, indexing, a ladder, those of 10,000 hosts and all.
# Bounds: a ladder 10 ms; memory 1.5 GB.
set -eu
here=$SRCDIR/tests/bench
tmp=`mktemp -d`
trap 'rm -rf "$tmp"' EXIT
file=$tmp/facts.csv
python3 "$here/make_facts.py" "${BENCH_ENTITIES:-3000000}" \
	"${BENCH_RELATIONS:-490000}" > "$file"
echo "`wc -l < "$file" | tr -d ' '` rows, `wc -c < "$file" | tr -d ' '` bytes"
ours=-

measure() { # NAME COMMAND...
	name=$1; shift
	out=`"$PYTHON3" "$here/measure.py" "$@" 2> "$tmp/err"`
	[ "$ours" != - ] || ours=${out% *}
	printf '%s\n' "$name $out $ours" | awk '{
		printf "  %-10s %6.2f s  %4.1f x its time  %6.0f MB\n",
			$1, $2, $2 / $4, $3 / 1e6 }'
}

PYTHON3=${PYTHON3:-python3}
measure entity "$RANWHENCE" entity --facts "$file" huawei.com
measure python3 "$PYTHON3" -c \
	'import csv, sys; rows = list(csv.reader(open(sys.argv[1])))' "$file"
if command -v sqlite3 > /dev/null; then
	measure sqlite3 sqlite3 :memory: ".import --csv $file facts"
fi

# the library from the inside, where a compiler is at hand
cc=${CC:-cc}
libs=`sed -n 's/^[A-Z0-9]*_*LIBS = //p' Makefile 2> /dev/null || :`
if $cc -O2 -std=gnu17 -I"$SRCDIR/scanner" -I. "$here/ladder.c" \
	libranwhence.a -o "$tmp/ladder" $libs 2> "$tmp/err"; then
	"$tmp/ladder" "$file" 10000 all > "$tmp/out"
	sed 's/^/  /' "$tmp/out"
else
	echo "  not measured from the inside: run it in the build folder"
	head -3 "$tmp/err"
fi
