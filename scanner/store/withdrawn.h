/* What the new edition of a feed does not say any more. */
#ifndef STORE_WITHDRAWN_H
#define STORE_WITHDRAWN_H

#include "store/store.h"

/*
 * Tells (RW1829) which lists, holdings and seats of control that held until
 * further notice in the edition `before` do not in `now`: the first of them,
 * in order, and how many more.  With 0 for `before` there was none.
 */
void withdrawn_tell(struct store *s, struct str feed, int64_t before,
		    int64_t now);

#endif
