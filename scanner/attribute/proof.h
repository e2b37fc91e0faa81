/*
 * The rows that prove a rung, or that rule it out: the fewest steps, then the
 * fewest holders, then the rows that sort first.
 */
#ifndef ATTRIBUTE_PROOF_H
#define ATTRIBUTE_PROOF_H

#include "attribute/solve.h"
#include "base/limits.h"
#include "base/vec.h"

/* Something that a solution knows of a node. */
struct proof_step {
	int claim;
	size_t node;
	int64_t share; /* of a sum: what it has to reach */
	uint32_t round;
	bool is_done;
};

struct proof {
	const struct solution *s;
	size_t rows[LIMIT_CHAIN]; /* from the party of concern down */
	size_t n;
	VEC(struct proof_step) steps;
	VEC(size_t) edges; /* scratch */
};

/* Finds the rows; `share` is what an owned... rung has to reach.  The rung
 * must be proven (ruled out, with `is_no`) in the solution. */
void proof_find(struct proof *p, size_t node, enum rung rung, int64_t share,
		bool is_no);
void proof_release(struct proof *p);

#endif
