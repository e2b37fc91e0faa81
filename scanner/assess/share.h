/*
 * Shares without floating point, rounded outward: a lower bound is never
 * too high and an upper bound never too low.
 */
#ifndef ASSESS_SHARE_H
#define ASSESS_SHARE_H

#include <stdint.h>

#include "base/strbuf.h"

#define SHARE_ALL 10000 /* the whole, in basis points */

/* part * scale / all, at most `scale`: rounded down, and up.  `all` is not
 * zero and part is at most `all`. */
uint64_t share_floor(uint64_t part, uint64_t all, uint64_t scale);
uint64_t share_ceil(uint64_t part, uint64_t all, uint64_t scale);
/* Adds basis points as "12.34 %", without zeros at the end. */
void share_write(struct strbuf *b, int32_t bp);

#endif
