/*
 * Package URLs by ECMA-427 and the registered type definitions: parsing from
 * the right, per-type normalisation, canonical writing.
 */
#ifndef MODEL_PURL_H
#define MODEL_PURL_H

#include "base/arena.h"
#include "base/vec.h"

struct purl_qualifier { struct str key, value; };

struct purl {
	struct str type;      /* lower-case */
	struct str namespace; /* decoded, segments joined by '/'; "" if none */
	struct str name;      /* decoded */
	struct str version;   /* decoded; "" if none */
	VEC(struct purl_qualifier) qualifiers; /* sorted by key, none empty */
	struct str subpath;   /* decoded; "" if none */
};

/* Frees the vectors; the texts belong to the arena of purl_parse. */
void purl_release(struct purl *p);
/*
 * Parses and normalises.  On ERR_FORMAT *ret_why (not NULL) says in a few
 * words what is wrong (static storage) and nothing needs a release.
 */
NODISCARD enum err purl_parse(struct str text, struct arena *a,
			      struct purl *ret, const char **ret_why);
/* Applies the rules of the type to parts that a caller filled in; the same
 * errors as purl_parse. */
NODISCARD enum err purl_normalise(struct purl *p, struct arena *a,
				  const char **ret_why);
/* The canonical text, in `a`. */
struct str purl_write(const struct purl *p, struct arena *a);
/* Canonical text of a purl as written; "" when it is not one. */
struct str purl_canonical(struct str text, struct arena *a);
/* The canonical text without version, qualifiers and subpath: what names the
 * package whatever its release. */
struct str purl_package(const struct purl *p, struct arena *a);
/* The value of a qualifier, "" if absent. */
struct str purl_qualifier(const struct purl *p, const char *key);

#endif
