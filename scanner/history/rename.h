/*
 * Where a file that a parent does not have came from: git's search for the
 * source of one rename, over the files that are gone.
 */
#ifndef HISTORY_RENAME_H
#define HISTORY_RENAME_H

#include "history/diff_line.h"
#include "history/odb.h"

/* A file of the parent that the commit does not have. */
struct rename_source {
	uint32_t path;
	bool is_regular;
	struct oid blob;
	struct str name;  /* the last segment of its path */
};
struct rename_sources { VEC(struct rename_source) list; };

struct rename_print;

/* One per thread: what was computed of blobs is kept for a while. */
struct rename {
	struct odb_reader *reader;
	struct rename_print **table;
	size_t n, cap, bytes;
	uint64_t turn;    /* prints are charged once in each */
	size_t used;      /* bytes of the prints of this turn */
	struct diff_line_key key; /* so that pieces cannot be made to collide */
	uint64_t steps;   /* work that may still be done */
};

/* A search that reads through `r`. */
void rename_init(struct rename *s, struct odb_reader *r);
void rename_release(struct rename *s);
/* Gives it a budget of its own: what it costs to use it up does not depend on
 * what is kept from before. */
void rename_begin(struct rename *s, uint64_t steps);
/*
 * Finds the source of a regular file: *ret is its place in the list, or
 * SIZE_MAX when nothing is similar enough.  ERR_LIMIT: no steps are left;
 * other errors: a blob cannot be read.
 */
NODISCARD enum err rename_find(struct rename *s, const struct oid *blob,
			       struct str name,
			       const struct rename_sources *from,
			       size_t *ret);

#endif
