#!/bin/sh
# Puts the bundled files (facts, policies, style and script of the HTML
# report) into the program.
#
#   bundle-gen.sh OUT SRCDIR      write the assembler file OUT, if it changed
#   bundle-gen.sh --list SRCDIR   print "name file" of each bundled file
#
# OUT holds the bytes of each file and the table that bundle.h describes. A
# checksum of every file stands in a comment, so that a changed file changes
# OUT and is embedded anew. Names hold no space; files whose name begins with
# a dot or ends in ~ are left out.
set -eu
LC_ALL=C
export LC_ALL

# "name file" lines, sorted by name
list() {
	# of a pipe only the last command's failure counts
	seed=
	[ ! -d "$1/feeds/seed" ] || seed=$(find "$1/feeds/seed" -type f)
	{
		echo "$seed" | sed -n "s|^$1/feeds/\(.*\)|\1 &|p"
		for f in "$1"/policies/*.yaml; do
			[ ! -f "$f" ] || echo "policies/${f##*/} $f"
		done
		for f in "$1"/scanner/report/*.css "$1"/scanner/report/*.js; do
			[ ! -f "$f" ] || echo "report/${f##*/} $f"
		done
	} | sed -e '/\/\.[^ ]* /d' -e '/~ /d' | sort
}

# The assembler text for the list on standard input
generate() {
	cat <<-'TXT'
	/* Made by bundle-gen.sh: do not edit. */
	#if defined __CET__
	# include <cet.h>
	#endif
	#if __SIZEOF_POINTER__ == 8
	# define WORD .quad
	#else
	# define WORD .long
	#endif
		.section .note.GNU-stack,"",%progbits
		.section .rodata
	TXT
	n=0
	table=
	while read -r name file; do
		sum=$(cksum <"$file")
		cat <<-TXT
		/* $sum */
		.Lname$n:
			.asciz "$name"
			.balign 16
		.Ldata$n:
			.incbin "$file"
		.Lend$n:
			.byte 0
		TXT
		table="$table	WORD .Lname$n, .Ldata$n, .Lend$n - .Ldata$n
"
		n=$((n + 1))
	done
	cat <<-TXT
		.balign 8
		.globl bundle_count
		.hidden bundle_count
		.type bundle_count, %object
		.size bundle_count, __SIZEOF_POINTER__
	bundle_count:
		WORD $n
		.section .data.rel.ro,"aw",%progbits
		.balign 8
		.globl bundle_table
		.hidden bundle_table
		.type bundle_table, %object
		.size bundle_table, $n * 3 * __SIZEOF_POINTER__
	bundle_table:
	$table
	TXT
}

case $1 in
--list)
	list "$2"
	;;
*)
	list "$2" >"$1.list"
	generate <"$1.list" >"$1.tmp"
	rm -f "$1.list"
	if cmp -s "$1.tmp" "$1"; then
		rm -f "$1.tmp"
	else
		mv -f "$1.tmp" "$1"
	fi
	;;
esac
