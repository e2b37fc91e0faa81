/*
 * Commits that nobody made: Gerrit gives a superproject one for each change
 * of a submodule, under the name and address of who wrote that change.
 */
#ifndef HISTORY_BUMPS_H
#define HISTORY_BUMPS_H

#include "history/walk.h"

/* Has a message the title that Gerrit gives them? */
bool bumps_is_title(struct str message);
/*
 * Marks the commits with that title which change nothing but submodules.  The
 * title alone would let a commit hide.
 */
void bumps_find(struct walk *w, struct odb_reader *r);

#endif
