/*
 * Reading JSON, in two steps.  `json_scan` finds the structure of a document
 * without building anything: it is linear, does not recurse, and survives a
 * cut text.  The pieces that matter (one component, one package) are then
 * parsed into trees one at a time, so a 100 MB SBOM costs its own size and a
 * little.  Trees come from cJSON; json_tree.c is its only door.
 *
 * Names are case-sensitive; of duplicate keys the first wins and RW1103 says
 * so; depth is bounded by LIMIT_JSON_DEPTH (RW1104); text is UTF-8
 * (utf8_decode it first), bad bytes are repaired with RW1105.
 */
#ifndef BASE_JSON_IN_H
#define BASE_JSON_IN_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/strbuf.h"

enum json_type {
	JSON_NULL, JSON_BOOL, JSON_NUMBER, JSON_STRING, JSON_ARRAY,
	JSON_OBJECT, JSON_ABSENT
};

/* The raw text of one value in a document. */
struct json_raw {
	struct str text;    /* from its first to its last byte */
	enum json_type type; /* by its first byte */
	unsigned line;       /* where it starts, from 1 */
	bool cut;            /* ends early: no more of it is sound JSON */
};

/* Walks the members of an object or the elements of an array. */
struct json_walk {
	struct str rest;
	enum json_type type;
	unsigned line;
	bool broken;         /* the container was cut: no more follows */
	bool done;
};

/*
 * Finds the first value of a text, checking its syntax in full.  Where the
 * text ends inside it or is malformed, *ret is what stood before that place,
 * with `cut` set.  ERR_FORMAT when that is nothing (JSON_ABSENT), ERR_LIMIT
 * when the value nests too deeply (cut there).  `ret_after`, when not NULL,
 * gets what follows, trimmed.
 */
NODISCARD enum err json_scan(struct str text, struct json_raw *ret,
			     struct str *ret_after);
/*
 * The same for a document as a whole, and says what is wrong with it: RW1101,
 * RW1102, RW1104, RW1105, at this path and from this line on (0: line 1).
 * ERR_FORMAT or ERR_LIMIT also when *ret is cut.
 */
NODISCARD enum err json_open(struct str text, struct place at,
			     struct diags *ds, struct json_raw *ret);
/* Begins a walk through an object or array (else an empty walk). */
void json_walk_begin(struct json_walk *w, struct json_raw of);
/* The next member; `key` (NULL for arrays) is the raw key between its quotes
 * (escapes not decoded: compare with json_raw_key_is).  False at the end or
 * when broken; the last value of a broken walk may be cut. */
bool json_walk_next(struct json_walk *w, struct str *key,
		    struct json_raw *ret_value);
/* Takes the elements of an array that has just n; false when it is none. */
bool json_walk_take(struct json_raw of, struct json_raw *ret, size_t n);
/* Is a raw key this one, however it is escaped? */
bool json_raw_key_is(struct str raw_key, struct str key);
/* The first member of an object with this key; type JSON_ABSENT if none. */
struct json_raw json_raw_get(struct json_raw of, const char *key);
/*
 * The members of an object with these n keys, in one pass: the first of each,
 * JSON_ABSENT where there is none.  RW1103 at `path` for a second one.
 */
void json_raw_members(struct json_raw of, const struct str *keys, size_t n,
		      struct json_raw *ret_values, struct str path,
		      struct diags *ds);
/* A raw string decoded into `a`, as valid UTF-8 without NUL ("" for any other
 * type and when it is cut). */
struct str json_raw_str(struct json_raw raw, struct arena *a);

/* Adds the text of a whole value, with what json_raw_str would replace in
 * its strings replaced. */
void json_raw_repair(struct json_raw raw, struct strbuf *b);

/* A parsed tree. */
struct json; /* a node, owned by its document */

/*
 * Parses one whole value into a tree (up to 40 times the size of the text:
 * bound it first); RW1101 to RW1105 go to `ds` with this path and line.  The
 * caller frees with json_free.
 */
NODISCARD enum err json_parse(struct str text, struct place at,
			      struct diags *ds, struct json **ret);
void json_free(struct json *root);

/* All of these take NULL and give the empty answer. */
const struct json *json_get(const struct json *object, const char *key);
const struct json *json_first(const struct json *container);
const struct json *json_next(const struct json *element);
/* The text of a string node; "" otherwise.  Lives as long as the tree. */
struct str json_str(const struct json *j);
/* json_str(json_get(object, key)). */
struct str json_get_str(const struct json *object, const char *key);
/* A whole number without loss; false otherwise. */
bool json_i64(const struct json *j, int64_t *ret_value);
bool json_get_i64(const struct json *object, const char *key,
		  int64_t *ret_value);
/* The version of cJSON, in static storage. */
const char *json_library_version(void);

#endif
