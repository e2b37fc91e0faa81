/*
 * Reading CSV (RFC 4180): LF or CR LF, quotes doubled, header first.  Bounded
 * by LIMIT_CSV_FIELDS and LIMIT_LINE_BYTES.  Fields are slices of the text
 * where nothing needed unquoting, else of the arena.
 */
#ifndef BASE_CSV_IN_H
#define BASE_CSV_IN_H

#include "base/arena.h"
#include "base/limits.h"

struct csv {
	struct str rest;
	struct arena *arena;
	unsigned line;              /* of the row just read, from 1 */
	unsigned next_line;
	size_t n;                   /* fields of the row just read */
	struct str fields[LIMIT_CSV_FIELDS];
};

/* Begins to read a text; fields live in `text` and `a`. */
void csv_init(struct csv *c, struct str text, struct arena *a);
/*
 * Reads a row.  OK; ERR_NOTFOUND at the end; ERR_FORMAT for an open quote,
 * a quote inside an unquoted field or text after a closing quote, ERR_LIMIT
 * for too many fields or too long a row: `line` names it, the line it began
 * on is skipped and reading can go on.  Empty lines are skipped.
 */
NODISCARD enum err csv_row(struct csv *c);

#endif
