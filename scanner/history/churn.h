/*
 * Lines added and deleted by every commit that is no merge, as `git log
 * --numstat --no-renames` counts them.
 */
#ifndef HISTORY_CHURN_H
#define HISTORY_CHURN_H

#include "history/classify.h"
#include "history/memo.h"
#include "history/select.h"
#include "history/slice.h"
#include "history/walk.h"

/* A blob: where it is in a pack, or which of a list of names. */
struct churn_blob {
	uint64_t key; /* 0: nothing */
};

struct churn_change {
	uint32_t path, commit;      /* numbers in `paths` and walk.commits */
	struct churn_blob old, new;
	uint32_t added, deleted;
	bool is_binary;
	bool is_known;              /* from a memo: the blobs were not found */
	uint8_t class;              /* enum line_class */
	uint8_t error;              /* enum err: why it is not counted */
};

/* What comparing the trees of a commit took. */
struct churn_effort {
	uint32_t steps, changes;
};

struct churn {
	struct walk *walk;
	struct paths paths;
	VEC(struct churn_change) changes; /* by path, then commit */
	struct oids others;               /* blobs that are in no pack */
	struct classify classes;
};

/* All may be NULL. */
struct churn_options {
	const struct line_class_choices *choices;
	const struct select_what *what; /* which files count */
	struct memo *memo;              /* for all files only */
	const struct slice *slice;      /* which commits count */
};

/*
 * Compares every commit of the walk that is in its range, no merge and not
 * cut off from its parent with that parent, on walk.threads threads; tells
 * what could not be read and where a limit ended it.
 */
void churn_run(struct churn *c, struct walk *w,
	       const struct churn_options *o, struct diags *ds);
/* Is a commit compared with its parent, or with nothing? */
bool churn_compares(const struct walk *w, const struct walk_commit *c);
/* Adds what every commit added and deleted to walk.lines. */
void churn_sum(const struct churn *c);
void churn_release(struct churn *c);

#endif
