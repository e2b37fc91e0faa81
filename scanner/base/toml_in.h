/*
 * Reading TOML 1.0 into a tree with lines.  No library for it is at hand in C.
 * Texts of numbers, booleans and dates are kept as written.  Of duplicate
 * keys the first wins and a table that is opened twice is one, with RW1103;
 * depth is bounded by LIMIT_TOML_DEPTH (RW1104), nodes by LIMIT_TOML_NODES
 * (RW1901).  A malformed statement is left out with RW1114, and so is what
 * follows up to the next line that begins with '['.
 */
#ifndef BASE_TOML_IN_H
#define BASE_TOML_IN_H

#include "base/arena.h"
#include "base/diag.h"

enum toml_type { TOML_ABSENT, TOML_STRING, TOML_PLAIN, TOML_ARRAY,
		 TOML_TABLE };

struct toml {
	enum toml_type type;
	struct str text;    /* of a string, decoded; of a plain value */
	struct str key;     /* in a table */
	unsigned line;      /* where key or value begins */
	struct toml *first; /* member of an array or table */
	struct toml *next;  /* sibling, in the order of the text */
};

/*
 * Parses a text of valid UTF-8 into `a`; *ret, never NULL, is the table of
 * all.  ERR_FORMAT or ERR_LIMIT after diagnostics at `path`: *ret then holds
 * the sound parts.
 */
NODISCARD enum err toml_parse(struct str text, struct str path,
			      struct arena *a, struct diags *ds,
			      const struct toml **ret);
/* The member of a table; an absent node otherwise (never NULL). */
const struct toml *toml_get(const struct toml *table, const char *key);
/* The text of a string; "" otherwise. */
struct str toml_str(const struct toml *node);
/* toml_str(toml_get(table, key)). */
struct str toml_get_str(const struct toml *table, const char *key);

#endif
