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

/* Fills the authorship of a digest, by commits that are counted; texts go to
 * `a`. */
void authorship_find(const struct walk *w, struct arena *a,
		     struct digest *ret);

#endif
