/* Strings of TOML: basic and literal, on one line or several. */
#ifndef BASE_TOML_STRING_H
#define BASE_TOML_STRING_H

#include "base/arena.h"

/* A place in a text; `at` stands on the first quote. */
struct toml_string {
	struct str text;
	size_t at;
	unsigned line;
};

/* Reads a string, decoded: a slice of the text or in `a`.  On success the
 * place is behind it; false when it is not closed or an escape is not one. */
bool toml_string_read(struct toml_string *s, struct arena *a,
		      struct str *ret);

#endif
