/*
 * Who else wrote a commit, under which other address the author signed it, and
 * whether several were made into one: what its message says, in trailers and
 * in the forms that git and forges leave.
 */
#ifndef HISTORY_AUTHORS_H
#define HISTORY_AUTHORS_H

#include "history/commit.h"
#include "history/record.h"

/*
 * Adds the co-authors to `lists`, ascending, each address once: those of
 * Co-authored-by and Co-developed-by that are not the author, no bot and no
 * tool.  Without an address, what stands there counts as one, of no host.
 * And the addresses at other hosts by which the author signed off.  True when
 * a line Signed-off-by has the author's own address.
 */
bool authors_of(const struct commit_text *text, struct addresses *addresses,
		struct record_lists *lists);
/* Does the message say that it was several commits? */
bool authors_is_squashed(struct str message);

#endif
