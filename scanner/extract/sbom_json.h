/* SBOM documents in JSON: from raw values to the texts that sbom.h takes. */
#ifndef EXTRACT_SBOM_JSON_H
#define EXTRACT_SBOM_JSON_H

#include "base/json_in.h"
#include "extract/sbom.h"

/* The document in a text: the value itself or, where that lacks the member
 * `mark`, what GitHub ("sbom") or an attestation ("predicate") wraps. */
struct json_raw sbom_json_unwrap(struct json_raw value, const char *mark);
/* The members of an object with these keys; duplicates are said. */
void sbom_json_members(struct sbom *b, struct json_raw of,
		       const struct str *keys, size_t n,
		       struct json_raw *ret);
/* sbom_plain and sbom_value of a text, or of a number as it stands there. */
struct str sbom_json_plain(struct sbom *b, struct json_raw v,
			   struct arena *a);
struct str sbom_json_value(struct sbom *b, struct json_raw v,
			   struct arena *a);
/* A reference: not trimmed, nothing is special; lives as long as the text. */
struct str sbom_json_key(struct sbom *b, struct json_raw v);
/* Does a value say anything: not "", null, [] or {}? */
bool sbom_json_says(struct json_raw v);
/* Has a text, array or object a member or byte that is not blank, and, as a
 * text, does it mean something (not NOASSERTION...)? */
bool sbom_json_means(struct sbom *b, struct json_raw v);

/* Walks an array, not anything else. */
bool sbom_json_next(struct json_walk *w, struct json_raw *ret);
/* Begins such a walk; empty when it is no array. */
struct json_walk sbom_json_walk(struct json_raw list);

#endif
