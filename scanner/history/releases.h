/*
 * Which release a commit came with: the first tag, in the order of ancestry,
 * from which it is reached.
 */
#ifndef HISTORY_RELEASES_H
#define HISTORY_RELEASES_H

#include "history/walk.h"

struct release {
	struct str name;  /* of the tag */
	uint32_t commit, depth;
};

struct releases {
	VEC(struct release) list; /* ancestors before descendants */
	uint32_t *of; /* of each commit: its release; list.n: of none yet */
};

/* Looks at the tags of commits that the walk has read; RW1413 when there are
 * too many. */
void releases_find(struct releases *r, struct walk *w,
		   struct odb_reader *reader, struct diags *ds);
void releases_release(struct releases *r);

#endif
