/*
 * Under which hosts else whoever wrote a commit is known: by a sign-off in
 * that very commit, or by commits of the same identity (identity.h) not more
 * than half a year away; by these also who shares a commit or reviewed it.
 * Which organisations those are is not decided here.
 */
#ifndef HISTORY_LINKS_H
#define HISTORY_LINKS_H

#include "history/mailmap.h"
#include "history/review.h"
#include "history/walk.h"

#define LINKS_DAYS 180 /* before and after */

/* Fills the links of a digest, by commits and reviews that are counted; texts
 * go to `a`. */
void links_find(const struct walk *w, const struct reviews *r,
		const struct mailmap *map, struct arena *a,
		struct digest *ret);

#endif
