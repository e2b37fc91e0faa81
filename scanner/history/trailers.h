/*
 * The trailers at the end of a commit message ("Reviewed-by: A <a@b>"), as
 * git-interpret-trailers(1) describes them and `git log --format=%(trailers)`
 * shows them.  git is the oracle of its tests.
 */
#ifndef HISTORY_TRAILERS_H
#define HISTORY_TRAILERS_H

#include "base/str.h"

struct trailers {
	struct str rest; /* lines not yet looked at */
};

/* Finds the trailers of a message; there may be none. */
struct trailers trailers_of(struct str message);
/*
 * The next one: its key, and its value with the lines that continue it, as
 * they stand there.  False at the end.
 */
bool trailers_next(struct trailers *t, struct str *ret_key,
		   struct str *ret_value);
/* The address in a value: what stands in the last <>, or the whole when it is
 * an address by itself; "" when there is none. */
struct str trailers_address(struct str text);

#endif
