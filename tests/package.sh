#!/bin/sh
# `make package`: the Debian package as somebody else would make it, from a
# clean copy; nothing that lintian calls an error or a warning; its tests
# against the installed package where autopkgtest is there (as root). Needs
# debhelper and lintian; never part of a check.
set -eu
src=$(cd "$SRCDIR" && pwd)
out=${1:?where to}
mkdir -p "$out"
out=$(cd "$out" && pwd)
for tool in dpkg-buildpackage dh lintian; do
	command -v $tool >/dev/null || {
		echo "make package: $tool is missing" >&2; exit 1; }
done
rm -rf "$out/ranwhence"
git clone -q "$src" "$out/ranwhence"
cd "$out/ranwhence"
dpkg-buildpackage -us -uc
cd "$out"
lintian --fail-on error,warning ranwhence_*.changes
if command -v autopkgtest >/dev/null && [ "$(id -u)" = 0 ]; then
	autopkgtest -B ranwhence_*.dsc ranwhence_*.deb -- null
else
	echo "make package: no autopkgtest, or not root: not installed"
fi
ls -l "$out"/*.deb
