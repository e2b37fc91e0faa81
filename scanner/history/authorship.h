/*
 * How far the commits of a history show that their authors are who they say
 * (model/authorship.h).  All but a signature can be forged.
 */
#ifndef HISTORY_AUTHORSHIP_H
#define HISTORY_AUTHORSHIP_H

#include "history/walk.h"

/* What an address must have to be consistent with the history. */
#define AUTHORSHIP_COMMITS 10
#define AUTHORSHIP_DAYS 90 /* from the first to the last of them */

/*
 * Fills the authorship of n digests, by commits that are counted; of[commit] is
 * the one that a commit is in, and NULL where there is but one.  An address is
 * as long in use as in all of the walk.  Texts go to `a`.
 */
void authorship_find(const struct walk *w, const uint32_t *of, size_t n,
		     struct arena *a, struct digest *ret);
/* Tells of signatures by given keys that do not hold (RW1418). */
void authorship_tell(const struct walk *w, struct diags *ds);

#endif
