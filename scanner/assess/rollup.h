/*
 * From components to the stack: weighted means, the worst component, and the
 * weight of those past the policy's limit.
 */
#ifndef ASSESS_ROLLUP_H
#define ASSESS_ROLLUP_H

#include "assess/policy.h"

/* Which bounds of which components. */
struct rollup_query {
	bool has_axis;      /* false: all axes, weighted */
	enum axis axis;
	enum window window; /* with an axis only */
	unsigned functions; /* mask of 1u << enum function; 0 = all */
	/* Only products not said to be in service before this day, with what
	 * they bring in; 0 = all. */
	int32_t new_since;
	bool is_each;       /* each component by itself, whatever it counts
			       with */
};

struct rollup_bounds {
	int32_t low_bp, high_bp, on_b_low_bp, on_b_high_bp;
};

/* Does a component count in a query? */
bool rollup_counts(const struct component_score *s,
		   const struct rollup_query *q);
/* How much it weighs there. */
uint64_t rollup_weight(const struct component_score *s,
		       const struct rollup_query *q);
/* What is looked at for a component that counts: itself, or its group. */
const struct component_score *rollup_of(const struct verdict *v, size_t i,
					const struct rollup_query *q);
/* Its bounds. */
struct rollup_bounds rollup_bounds(const struct component_score *s,
				   const struct rollup_query *q);
/* Rolls up; the number of components that count.  Without any, all bounds
 * are 0 to 100 % and the peak is SIZE_MAX. */
size_t rollup_query(const struct scan *s, const struct policy *p,
		    const struct verdict *v, const struct rollup_query *q,
		    struct rollup *ret);
/* The part that each component of a query has of all the weight, in
 * millionths of millionths, rounded down; in `a`, one per component. */
uint64_t *rollup_parts(const struct scan *s, const struct policy *p,
		       const struct verdict *v, const struct rollup_query *q,
		       struct arena *a);
/* Fills the roll-ups, headline, range and coverage of a verdict. */
void rollup_verdict(const struct scan *s, const struct policy *p,
		    struct verdict *v);

#define ROLLUP_PARTS 1000000000000

#endif
