/* What the new edition of a feed does not say any more. */
#ifndef STORE_WITHDRAWN_H
#define STORE_WITHDRAWN_H

#include "store/edition.h"

/*
 * Does the edition `now` take back more of what `before` (0: none) has than
 * e->hold lets pass?  Of each list by itself, and unless e->holds_lists_only
 * of each other kind of row about who is of concern; an entry of a list stays
 * when its wording does.  Told (RW1832).
 */
bool withdrawn_is_too_much(struct store *s, const struct edition *e,
			   int64_t before, int64_t now);
/*
 * Tells (RW1829) which lists, holdings and seats of control that held until
 * further notice in the edition `before` do not in `now`: the first of them,
 * in order, and how many more.  With 0 for `before` there was none.
 */
void withdrawn_tell(struct store *s, struct str feed, int64_t before,
		    int64_t now);

#endif
