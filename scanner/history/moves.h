/*
 * What the .mailmap at the head would do to the hosts of authors if it was
 * applied, which it never is: an organisation is told by the address that
 * stands in the commit.
 */
#ifndef HISTORY_MOVES_H
#define HISTORY_MOVES_H

#include "history/mailmap_file.h"

/*
 * Tells (RW1415) how many of the commits that are counted it would move from
 * which host to which.
 */
void moves_tell(struct walk *w, struct odb_reader *r,
		const struct mailmap *map, struct diags *ds);

#endif
