#!/bin/sh
# Configures one more build of the same source, in FOLDER of this build:
#   SRCDIR=... tests/variant.sh FOLDER ARGUMENTS-OF-CONFIGURE...
# Where the source was configured in place, configure refuses another one; a
# copy of what belongs to the distribution is then taken first.
set -eu
folder=$1
shift
mkdir -p "$folder"
source=`cd "$SRCDIR" && pwd`
if test -f "$source/config.status"; then
	${MAKE:-make} -s distdir distdir="$folder/source"
	source=`cd "$folder/source" && pwd`
fi
test -f "$folder/Makefile" || {
	cd "$folder"
	"$source/configure" -q "$@"
}
