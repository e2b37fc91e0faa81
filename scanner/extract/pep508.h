/* Python requirements as text: names and versions by PEP 508 and PEP 440. */
#ifndef EXTRACT_PEP508_H
#define EXTRACT_PEP508_H

#include "base/str.h"

/* A name: letters, digits, ._- with a letter or digit at both ends. */
bool pep508_is_name(struct str s);
/* Cuts a name (which may be none) with its extras off the front. */
struct str pep508_take_name(struct str *rest);
/*
 * The version that a list of clauses (">=1,==1.2") fixes, "" for none.
 * *ret_variable is a version that another program fills in, or "".  False
 * when a clause is not one.
 */
bool pep508_pinned(struct str clauses, struct str *ret_version,
		   struct str *ret_variable);

#endif
