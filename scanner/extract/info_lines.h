/*
 * INFO.yaml by its lines, where it is no valid YAML: the project, the lead
 * and the committers, as far as each line says plainly what it is.
 */
#ifndef EXTRACT_INFO_LINES_H
#define EXTRACT_INFO_LINES_H

#include "base/yaml_in.h"

/* What was found: YAML_ABSENT where there is nothing. */
struct info_lines {
	const struct yaml *project;    /* a text */
	const struct yaml *lead;       /* a mapping */
	const struct yaml *committers; /* a sequence of mappings */
	/* Of lead and committers: parts that were not taken, because they may
	 * say something else than it seems, and the line of the first. */
	size_t unread;
	unsigned unread_line;
};

/*
 * Reads a text; nodes go to `a`, their texts stay in `text`.  Of a person only
 * name, email, id and company are there.  Where the file lacks a lead or
 * committers, that is one part that was not read.
 */
struct info_lines info_lines_read(struct str text, struct arena *a);

#endif
