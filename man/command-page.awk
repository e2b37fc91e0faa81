# Cuts the page of one command out of ranwhence.1, so that the two never say
# different things: its lines of SYNOPSIS and COMMANDS, and of OPTIONS those
# that its --help lists.
#   awk -f command-page.awk -v command=NAME HELP ranwhence.1
FNR == NR {
	if (FNR == 3)
		purpose = $0
	# long options only: each short one stands with its long one
	if (match($0, /--[a-z][a-z-]*/))
		takes[substr($0, RSTART + 2, RLENGTH - 2)] = 1
	next
}

FNR == 1 {
	sub(/RANWHENCE/, "RANWHENCE-" toupper(command))
	print
	print ".SH NAME"
	gsub(/-/, "\\-", purpose)
	print "ranwhence\\-" command " \\- " purpose
	next
}

/^\.SH / {
	section = substr($0, 5)
	of_command = 0
	if (section == "SEE ALSO")
		print ".SH SEE ALSO\n.BR ranwhence (1),"
	else if (section == "SYNOPSIS" || section == "OPTIONS" ||
		 section == "EXIT STATUS" || section == "ENVIRONMENT")
		print
	else if (section == "COMMANDS")
		print ".SH DESCRIPTION"
	next
}

section == "SYNOPSIS" {
	if ($0 == ".br")
		of_command = 0
	else if ($1 == ".B" && $2 == "ranwhence")
		of_command = $3 == command
	if (of_command)
		print
	next
}

# An entry is ".TP", the line that names it, and what follows
section == "COMMANDS" || section == "OPTIONS" {
	if ($0 == ".TP") {
		named = 1
		of_command = 0
		next
	}
	if (named) {
		named = 0
		if (section == "COMMANDS") {
			of_command = $2 == command
			next
		}
		plain = $0
		gsub(/\\/, "", plain)
		of_command = match(plain, /--[a-z][a-z-]*/) &&
			     (substr(plain, RSTART + 2, RLENGTH - 2) in takes)
		if (of_command)
			print ".TP"
	}
	if (of_command)
		print
	next
}

section == "EXIT STATUS" || section == "ENVIRONMENT" || section == "SEE ALSO" {
	print
}
