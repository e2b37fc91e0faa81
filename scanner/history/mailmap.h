/*
 * .mailmap files, in the four forms of gitmailmap(5): which address another
 * one is joined to.  Data only: nothing that is counted goes by it.  Names
 * that it would put right are not looked at.
 */
#ifndef HISTORY_MAILMAP_H
#define HISTORY_MAILMAP_H

#include "base/arena.h"
#include "base/map.h"
#include "base/vec.h"

struct mailmap_row {
	struct str from, to; /* addresses, in lower case */
	bool has_name;       /* for one name at that address only */
};

/* An empty one is all zero. */
struct mailmap {
	struct arena arena;
	VEC(struct mailmap_row) rows; /* those that change the address */
	struct map by;                /* "address" or "address\0name" */
};

/* Reads a file; what git cannot read in it says nothing here either. */
void mailmap_parse(struct mailmap *m, struct str text);
void mailmap_release(struct mailmap *m);
/*
 * The row for an author's name and address, as they stand in a commit, or
 * NULL.  A row with this name comes before one for any.
 */
const struct mailmap_row *mailmap_find(const struct mailmap *m,
				       struct str name, struct str address);

#endif
