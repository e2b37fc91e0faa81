/* The tags of a repository, loose and packed, by name. */
#ifndef HISTORY_TAGS_H
#define HISTORY_TAGS_H

#include "history/gitdir.h"

struct tags { VEC(struct str) names; }; /* without refs/tags/, ascending */

/*
 * Lists at most LIMIT_TAGS; false when there are more.  Names belong to the
 * arena of `g`, which has_unread when a folder of them could not be read.
 */
bool tags_list(struct gitdir *g, struct tags *ret);
void tags_release(struct tags *t);

#endif
