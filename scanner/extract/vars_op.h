/* The forms of ${NAME...} that change a value by a pattern. */
#ifndef EXTRACT_VARS_OP_H
#define EXTRACT_VARS_OP_H

#include "base/arena.h"

/*
 * Applies what follows the name: #p ##p %p %%p /p/t //p/t.  False for any
 * other form, for patterns with more than * and ? and for long values.
 */
bool vars_op(struct str value, struct str op, struct arena *a,
	     struct str *ret);

#endif
