/*
 * The files that every commit changes against its first parent, by raw trees,
 * for passes that go over the history more than once.
 */
#ifndef HISTORY_FIRSTDIFF_H
#define HISTORY_FIRSTDIFF_H

#include "history/memo.h"
#include "history/paths.h"
#include "history/treediff.h"
#include "history/walk.h"

struct firstdiff_change {
	uint32_t path;
	uint32_t old_mode, new_mode; /* 0: nothing is there */
	struct oid old, new;
};

struct firstdiff {
	struct paths paths;      /* every path that any commit ever had */
	VEC(struct firstdiff_change) changes; /* by commit, in git's order */
	size_t *first;           /* of each commit of the walk, and the end */
	uint8_t *error;          /* enum err of each commit */
};

/*
 * Compares all commits of a walk, those without a parent with nothing; what
 * a memo (or NULL) knows is taken from it.
 * ERR_LIMIT: there are too many changes, or the time was up
 * (walk_is_late); nothing is left to release.
 */
NODISCARD enum err firstdiff_run(struct firstdiff *f, struct walk *w,
				 unsigned threads, struct memo *memo);
/* Can a commit be compared?  ERR_FORMAT, ERR_NOTFOUND, ERR_LIMIT: why not. */
NODISCARD enum err firstdiff_ready(const struct walk *w,
				   const struct walk_commit *c);
void firstdiff_release(struct firstdiff *f);

#endif
