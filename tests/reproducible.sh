#!/bin/sh
# Builds and installs the same source twice, at different places, in the
# source's folder and beside it, with another time of the files, locale, time
# zone, home, umask and number of jobs, and compares all that is installed,
# debug information included. Its last line is "N passed, N failed", in files.
#   SRCDIR=... tests/reproducible.sh FOLDER ARGUMENTS-OF-CONFIGURE...
set -eu
folder=$PWD/$1
shift
make=${MAKE:-make}
case $SRCDIR in /*) ;; *) SRCDIR=$PWD/$SRCDIR ;; esac
rm -rf "$folder"
mkdir -p "$folder/a" "$folder/home" "$folder/other/and-longer"
$make -s distdir distdir="$folder/a/source"
cp -R "$folder/a/source" "$folder/other/and-longer/ranwhence"
find "$folder/other" -exec touch -h -d 2001-02-03 {} +

# build SOURCE BUILD JOBS DESTINATION CONFIGURE-ARGUMENTS...
build() {
	source=$1 jobs=$3 to=$4
	mkdir -p "$2"
	cd "$2"
	shift 4
	"$source/configure" -q "$@"
	$make -s -j"$jobs" > "$folder/log" 2>&1 || {
		tail -20 "$folder/log"
		exit 1
	}
	$make -s install DESTDIR="$to" >> "$folder/log" 2>&1
}

(
	umask 022
	unset LANG LANGUAGE
	export LC_ALL=C TZ=UTC HOME="$folder/home"
	build "$folder/a/source" "$folder/a/source" 2 "$folder/one" "$@"
)
(
	umask 077
	export LC_ALL=C.UTF-8 LANGUAGE=tr TZ=Asia/Kathmandu \
		HOME="$folder/no/home" SOURCE_DATE_EPOCH=1
	build "$folder/other/and-longer/ranwhence" \
		"$folder/other/and-longer/ranwhence/out/deep" 3 \
		"$folder/two" "$@"
)

passed=0 failed=0
cd "$folder/one"
for f in `find . ! -type d | LC_ALL=C sort`; do
	if cmp -s "$f" "../two/$f"; then
		passed=$((passed + 1))
	else
		echo "different: $f"
		failed=$((failed + 1))
	fi
done
for f in `cd ../two && find . ! -type d`; do
	test -e "$f" || {
		echo "only once: $f"
		failed=$((failed + 1))
	}
done
sha256sum usr/local/bin/ranwhence 2> /dev/null || :
echo "$passed passed, $failed failed"
test "$failed" = 0 && test "$passed" -gt 0
