/*
 * Under which other address the author of a commit signed it off.  A name is
 * compared here, as bytes, and only between two lines of one commit: the
 * author's and that of a Signed-off-by.  It tells that both lines are of the
 * same person, and nothing else.
 */
#ifndef HISTORY_SIGNERS_H
#define HISTORY_SIGNERS_H

#include "history/commit.h"
#include "history/record.h"

/* Is this value of a Signed-off-by the author's own, with an address at
 * another host? */
bool signers_is_own(struct str value, const struct commit_text *text);
/* Adds the address of such a value to `lists`; none of a bot or a tool. */
void signers_add(struct str value, struct addresses *addresses,
		 struct record_lists *lists);

#endif
