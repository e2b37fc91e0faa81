/*
 * The name of a git object: a SHA-1 (20 bytes) or SHA-256 (32 bytes) value.
 * Which of the two is a property of the repository (`bytes` below).
 */
#ifndef HISTORY_OID_H
#define HISTORY_OID_H

#include <string.h>

#include "base/arena.h"
#include "base/vec.h"

#define OID_SHA1_BYTES 20
#define OID_SHA256_BYTES 32
#define OID_MAX_BYTES OID_SHA256_BYTES

/* What is beyond the repository's length is zero. */
struct oid {
	unsigned char b[OID_MAX_BYTES];
};

struct oids { VEC(struct oid) list; };

/* Takes `bytes` raw bytes. */
static inline struct oid oid_of(const unsigned char *raw, size_t bytes)
{
	struct oid o = {0};

	memcpy(o.b, raw, bytes);
	return o;
}

/* The first eight bytes: spread well already, as a hash gives them. */
static inline uint64_t oid_word(const struct oid *o)
{
	uint64_t w;

	memcpy(&w, o->b, sizeof w);
	return w;
}

/* Are they the same?  Nearly all that differ do so in their first bytes. */
static inline bool oid_eq(const struct oid *a, const struct oid *b)
{
	return oid_word(a) == oid_word(b) &&
	       !memcmp(a->b, b->b, OID_MAX_BYTES);
}

/* Reads exactly 2 * bytes hexadecimal digits in either case. */
bool oid_parse(struct str hex, size_t bytes, struct oid *ret);
/* As lower-case hexadecimal digits, in `a`. */
struct str oid_hex(const struct oid *o, size_t bytes, struct arena *a);

#endif
