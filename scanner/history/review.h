/*
 * Who reviewed and who submitted the changes of a history: votes in the notes
 * that Gerrit leaves (refs/notes/review), trailers, and committers other than
 * authors.  Where a clone does not carry them, nothing is said.
 */
#ifndef HISTORY_REVIEW_H
#define HISTORY_REVIEW_H

#include "history/walk.h"

/* One vote or one submit. */
struct review {
	uint32_t commit;   /* index in walk.commits */
	bool is_submit;
	uint64_t address;  /* hash in walk.addresses */
};

struct reviews {
	VEC(struct review) list; /* in no order; empty when not observed */
	bool is_observed;
};

/*
 * Reads the commits of a walk that are in its range again, with their notes.
 * Observed when nine of ten changes (no merges, none by bots) have a note or
 * name somebody other than their author.
 */
void review_run(struct walk *w, struct diags *ds, struct reviews *ret);
void review_release(struct reviews *r);

#endif
