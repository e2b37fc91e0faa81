/*
 * Who contributed to a component: rows that add up to its tallies, merged
 * and sorted with the greatest first.
 */
#ifndef ASSESS_CONTRIBUTORS_H
#define ASSESS_CONTRIBUTORS_H

#include "model/verdict.h"

struct contributors {
	VEC(struct contribution) rows;
};

/* Adds units to a row like this one, made when the last added is another. */
void contributors_add(struct contributors *c, const struct contribution *row,
		      const uint64_t units[AXIS_COUNT]);
/* Moves all rows into a score, and counts organisations; empty after. */
void contributors_take(struct contributors *c, struct component_score *ret);
/* Frees everything. */
void contributors_release(struct contributors *c);

#endif
