/*
 * CSV (RFC 4180) of any length, read as it comes in pieces: only the columns
 * that are asked for are kept, row by row.  For registers that csv_in.h is
 * too small for: hundreds of columns, millions of rows.
 */
#ifndef FEEDS_ROWS_H
#define FEEDS_ROWS_H

#include "base/strbuf.h"
#include "base/vec.h"

#define ROWS_COLUMNS 40     /* that may be asked for */
#define ROWS_WIDTH 4096     /* columns of a file */

/* One row: a text for each column that was asked for, valid until it
 * returns. */
typedef void rows_take(void *context, const struct str *fields);

struct rows {
	const char *const *columns; /* names; after a '?' one may be absent */
	size_t n;
	rows_take *take;
	void *context;
	unsigned long line, count;  /* of the row being read; rows so far */
	enum err err;
	const char *why;            /* what is wrong, NULL: nothing */
	/* the rest belongs to rows.c */
	VEC(unsigned char) slots;   /* of each column: which one, or NONE */
	size_t width, column;
	struct strbuf text;         /* of the fields that are kept */
	size_t from[ROWS_COLUMNS], to[ROWS_COLUMNS];
	int state;
	unsigned bom;               /* bytes of it that were seen */
};

/* Begins; `columns` must outlive it. */
void rows_init(struct rows *w, const char *const *columns, size_t n,
	       rows_take *take, void *context);
/* Reads on; false when something is wrong, and from then on. */
bool rows_feed(struct rows *w, struct str bytes);
/* The text is at its end: ERR_FORMAT or ERR_LIMIT, and `why`, when it is not
 * sound or ended early.  Releases everything. */
NODISCARD enum err rows_end(struct rows *w);

#endif
