/*
 * Reading YAML 1.1 into a tree with lines and columns, by libyaml's events;
 * its only door.  Depth is counted in the event loop (LIMIT_YAML_DEPTH);
 * aliases and merge keys (<<) are expanded under a budget of
 * LIMIT_YAML_NODES; of duplicate keys the first wins with RW1103.
 * A cut or malformed document keeps what stood before the error, and RW1106
 * names line and column.  Only the first document is read unless asked.
 */
#ifndef BASE_YAML_IN_H
#define BASE_YAML_IN_H

#include "base/arena.h"
#include "base/diag.h"

enum yaml_type { YAML_ABSENT, YAML_SCALAR, YAML_SEQUENCE, YAML_MAPPING };

struct yaml {
	enum yaml_type type;
	struct str text;     /* of a scalar, UTF-8 */
	bool is_plain;       /* not quoted: may be null, bool or number */
	unsigned line, column;
	size_t count;        /* members of a container */
	struct yaml *first;  /* first member */
	struct yaml *next;   /* next sibling */
	struct yaml *key;    /* in a mapping: the key of this member */
};

/*
 * Parses text (the `skip`-th document of it, from 0) into `a`.  *ret is never
 * NULL (YAML_ABSENT when there is nothing).  ERR_FORMAT or ERR_LIMIT with a
 * diagnostic at `path`; *ret then holds the sound part.  ERR_NOTFOUND when
 * there is no such document.
 */
NODISCARD enum err yaml_parse(struct str text, size_t skip, struct str path,
			      struct arena *a, struct diags *ds,
			      const struct yaml **ret);
/* All documents of a text, as the members of one sequence (YAML_ABSENT where
 * there is none).  One limit of nodes is for them all.  Errors as above. */
NODISCARD enum err yaml_parse_all(struct str text, struct str path,
				  struct arena *a, struct diags *ds,
				  const struct yaml **ret);
/* The member of a mapping; an absent node otherwise (never NULL). */
const struct yaml *yaml_get(const struct yaml *mapping, const char *key);
/* The text of a scalar; "" otherwise; plain ~ and null give "". */
struct str yaml_str(const struct yaml *node);
/* yaml_str(yaml_get(mapping, key)). */
struct str yaml_get_str(const struct yaml *mapping, const char *key);
/* A plain true/false/yes/no/on/off. */
bool yaml_bool(const struct yaml *node, bool *ret_value);
/* Place of a node for a diagnostic. */
struct place yaml_place(const struct yaml *node, struct str path);
/* The version of libyaml, in static storage. */
const char *yaml_library_version(void);

#endif
