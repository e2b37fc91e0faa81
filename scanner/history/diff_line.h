/*
 * Lines of a blob: where they end, how many there are, and a 64-bit hash of
 * each.  The hash is keyed with random numbers, so that no input can be made
 * to collide; two lines of equal hash are taken as equal.
 */
#ifndef HISTORY_DIFF_LINE_H
#define HISTORY_DIFF_LINE_H

#include "base/str.h"

struct diff_line_key {
	uint64_t k[3];
};

/* Draws a key. */
void diff_line_key_init(struct diff_line_key *k);
/* How many lines there are; a last one without LF counts. */
uint32_t diff_line_count(struct str s);
/*
 * Finds the lines of s, which are at most `room`: the hash of each into
 * `hash` and, when `end` is not NULL, the offset after it.  Gives how many.
 */
uint32_t diff_line_scan(struct str s, const struct diff_line_key *k,
			uint64_t *hash, uint32_t *end);

/* The hash of any bytes, as that of a line. */
uint64_t diff_line_hash(struct str s, const struct diff_line_key *k);

#endif
