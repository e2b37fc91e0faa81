/*
 * Loading facts: the bundled rows (seed/) and files of the user's.
 */
#ifndef STORE_FACTS_STORE_H
#define STORE_FACTS_STORE_H

#include "base/diag.h"
#include "model/facts.h"
#include "store/facts_row.h"

/* Loads all bundled rows; a bad row is a programming error of the data and
 * is reported like a user's. */
NODISCARD enum err facts_store_load(struct facts *f, struct diags *ds);
/* Adds the rows of a file of the user's, marked as assumed (RW1701 with
 * line and column; the sound rows are kept, ERR_CONFIG is returned). */
NODISCARD enum err facts_store_add(struct facts *f, const char *path,
				   struct diags *ds);
/* The same of what was read from such a file. */
NODISCARD enum err facts_store_add_bytes(struct facts *f, const char *path,
					 struct str bytes, struct diags *ds);
/* Rows from bytes; `path` must outlive f. */
NODISCARD enum err facts_store_parse(struct facts *f, struct str bytes,
				     struct str path, struct diags *ds);
/* Where a row stands. */
struct facts_origin {
	struct str file;
	unsigned line;
	bool is_assumed;        /* the user signs for it */
};
/* Adds one row of COLUMN_COUNT fields, which are copied.  NULL, or what is
 * wrong with it as the end of a sentence, with the column. */
const char *facts_store_put(struct facts *f, const struct str *fields,
			    const struct facts_origin *at,
			    enum facts_column *ret_column);
/*
 * Call once after all rows are in: rows of the user's replace bundled ones,
 * rows that name what does not exist are dropped (RW1701), the rows are
 * sorted, the look-ups built, contradictions reported (RW1703).
 */
void facts_store_index(struct facts *f, struct diags *ds);
/* Frees everything; f is empty and usable again. */
void facts_store_release(struct facts *f);

#endif
