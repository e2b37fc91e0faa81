#!/bin/sh
# Reads SBOMs of 186 MB (BENCH_MB) and sets time and peak memory beside those
# of programs that only load the JSON. Bounds: an SPDX document of 186 MB in
# 2 s and 5 times its size.
set -eu
here=$SRCDIR/tests/bench
tmp=`mktemp -d`
trap 'rm -rf "$tmp"' EXIT

measure() { # NAME COMMAND...
	name=$1; shift
	out=`python3 "$here/measure.py" "$@"`
	printf '%s\n' "$name $out $size $ours" | awk '{
		if ($5 == "-") $5 = $2
		printf "  %-12s %6.2f s  %4.1f x its time  %5.2f x the size in memory\n",
			$1, $2, $2 / $5, $3 / $4 }'
	seconds=${out% *}
}

for format in cyclonedx cyclonedx-xml spdx spdx-tag; do
	file=$tmp/$format
	python3 "$here/make_sbom.py" $format "${BENCH_MB:-186}" > "$file"
	size=`wc -c < "$file" | tr -d ' '`
	echo "$format, $size bytes"
	ours=-
	measure ranwhence "$RANWHENCE" components --json "$file"
	ours=$seconds
	case $format in
	*-*) rm "$file"; continue;;
	esac
	measure python3 python3 -c \
		'import json, sys; json.load(open(sys.argv[1]))' "$file"
	if command -v jq > /dev/null; then
		measure jq jq length "$file"
	fi
done
