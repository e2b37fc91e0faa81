/* Reading a text line by line, with line numbers and under limits. */
#ifndef EXTRACT_LINES_H
#define EXTRACT_LINES_H

#include "extract/extract.h"

struct lines {
	struct extraction *x;
	struct str rest;
	unsigned number; /* of the line given last, from 1 */
};

/* Begins with the first line of the file. */
struct lines lines_of(struct extraction *x);
/*
 * The next line without its end; false when there is none.  A line over
 * LIMIT_LINE_BYTES is left out with RW1108.
 */
bool lines_next(struct lines *l, struct str *ret_line);
/* RW1301 at a line: what could not be read, and a text to quote or "". */
void lines_bad(struct extraction *x, unsigned line, const char *what,
	       struct str text);

/* How much of the files so far was not read (RW1108, RW1301, RW1901): an
 * extractor has failed when it grew. */
unsigned long lines_lost(const struct extraction *x);

#endif
