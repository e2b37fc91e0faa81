#!/bin/sh
# Prepares the build of a fresh clone.
#
#   ./autogen.sh                            write ./configure
#   ./autogen.sh --install-deps [ARG...]    install the system packages of
#                                           packages.txt (as root, or with
#                                           sudo), write ./configure, and run
#                                           it with ARG...
#   ./autogen.sh --install-scale            install those of
#                                           tests/scale/packages.txt: engines
#                                           for docs/scale and `make scale`
#
# Safe to run again at any time; packages that are there are left alone.
set -eu
cd "$(dirname "$0")"

die() {
	echo "autogen.sh: $*" >&2
	exit 1
}

# Column $1 of the list, one package (or a|b choice) per line
column() {
	awk -v c="$1" '!/^#/ && NF && $c != "-" { print $c }' "$list"
}

as_root() {
	if [ "$(id -u)" = 0 ]; then
		"$@"
	elif command -v sudo >/dev/null; then
		sudo "$@"
	else
		die "installing packages needs root: run this as root, or install
sudo, or install these by hand: $missing"
	fi
}

has_deb() {
	dpkg-query -W -f '${db:Status-Status}\n' "$1" 2>/dev/null |
		grep -qx installed
}

# The packages of a|b choices: one that is installed, or else the first that
# the system can install
pick() {
	choice=$1
	has=$2
	knows=$3
	for p in $(echo "$choice" | tr '|' ' '); do
		! "$has" "$p" || return 0
	done
	for p in $(echo "$choice" | tr '|' ' '); do
		if "$knows" "$p"; then
			missing="$missing $p"
			return 0
		fi
	done
	die "no package '$choice' on this system"
}

knows_deb() { [ -n "$(apt-cache madison "$1" 2>/dev/null)" ]; }

install_debian() {
	any=
	for c in $(column 1); do
		found=no
		for p in $(echo "$c" | tr '|' ' '); do
			! has_deb "$p" || found=yes
		done
		[ $found = yes ] || any="$any $c"
	done
	[ -n "$any" ] || return 0
	missing=$any
	DEBIAN_FRONTEND=noninteractive
	export DEBIAN_FRONTEND
	as_root apt-get update -q </dev/null
	missing=
	for c in $any; do
		pick "$c" has_deb knows_deb
	done
	as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y \
		--no-install-recommends $missing </dev/null
}

install_fedora() {
	missing=
	for p in $(column 2); do
		rpm -q --whatprovides "$p" >/dev/null 2>&1 ||
			missing="$missing $p"
	done
	[ -z "$missing" ] || as_root dnf install -q -y $missing </dev/null
}

install_alpine() {
	missing=
	for p in $(column 3); do
		apk info -e "$p" >/dev/null 2>&1 || missing="$missing $p"
	done
	[ -z "$missing" ] || as_root apk add -q $missing </dev/null
}

install_deps() {
	[ -r "$list" ] || die "there is no $list"
	if command -v apt-get >/dev/null; then
		install_debian
	elif command -v dnf >/dev/null; then
		install_fedora
	elif command -v apk >/dev/null; then
		install_alpine
	else
		die "no apt-get, dnf or apk here: install what $list lists"
	fi
	echo "autogen.sh: all packages are there"
}

install=no
list=packages.txt
if [ "$*" = --install-scale ]; then
	list=tests/scale/packages.txt
	install_deps
	exit
elif [ "${1-}" = --install-deps ]; then
	install=yes
	shift
elif [ $# -gt 0 ]; then
	die "usage: ./autogen.sh [--install-deps [CONFIGURE ARGUMENT...] |
       --install-scale]"
fi

[ $install = no ] || install_deps
for tool in autoreconf automake pkg-config; do
	command -v $tool >/dev/null ||
		die "$tool is missing: run ./autogen.sh --install-deps"
done
autoreconf -i -f
if [ $install = yes ]; then
	./configure "$@"
else
	echo "autogen.sh: now run ./configure && make"
fi
