/*
 * Counts that come from input are added up without wrapping: a sum that does
 * not fit stays at UINT64_MAX, which is no count.
 */
#ifndef BASE_COUNT_H
#define BASE_COUNT_H

#include <stdint.h>

/* Adds n to a sum. */
static inline void count_add(uint64_t *to, uint64_t n)
{
	if (__builtin_add_overflow(*to, n, to))
		*to = UINT64_MAX;
}

#endif
