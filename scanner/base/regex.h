/*
 * Regular expressions of the user's policies, by PCRE2; its only door.
 * Bounded: a match that would take too many steps, too much depth or memory
 * is neither yes nor no.
 */
#ifndef BASE_REGEX_H
#define BASE_REGEX_H

#include "base/arena.h"

struct regex;

enum regex_result { REGEX_NO, REGEX_YES, REGEX_LIMIT };

/*
 * Compiles a pattern (UTF-8; \C is refused).  ERR_FORMAT, or ERR_LIMIT for
 * one that is too long or that runs without end on a short text of its own
 * letters; *ret_why, in `a`, says what is wrong.  The caller frees.
 */
NODISCARD enum err regex_new(struct str pattern, struct arena *a,
			     struct regex **ret, struct str *ret_why);
/* Takes NULL. */
void regex_free(struct regex *r);
/* Does it match anywhere in s?  Bad UTF-8 in s matches nothing. */
enum regex_result regex_match(const struct regex *r, struct str s);
/* The version of PCRE2, in static storage. */
const char *regex_library_version(void);

#endif
