/* Words of Python source: enough to find lists of texts, never run. */
#ifndef EXTRACT_PYTOKEN_H
#define EXTRACT_PYTOKEN_H

#include "base/str.h"

enum pytoken_kind { PYTOKEN_END, PYTOKEN_NAME, PYTOKEN_STRING, PYTOKEN_MARK };

struct pytoken {
	enum pytoken_kind kind;
	struct str text;  /* of a string what stands between its quotes */
	unsigned line;
	bool is_made;     /* a string that is computed: f"..." */
};

/* A place in a text. */
struct pytoken_place {
	struct str text;
	size_t at;
	unsigned line;
};

/* The next token behind a place; an open string ends with the text. */
struct pytoken pytoken_next(struct pytoken_place *p);
/* Is it this mark? */
bool pytoken_is(const struct pytoken *t, char mark);

#endif
