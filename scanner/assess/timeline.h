/*
 * Who did what in which period: the units of all histories together, counted
 * like those of a component.  Histories that were read in part are left out.
 */
#ifndef ASSESS_TIMELINE_H
#define ASSESS_TIMELINE_H

#include "assess/policy.h"

struct timeline_period {
	int32_t first_month; /* since 1970-01, UTC */
	struct tally axes[AXIS_COUNT]; /* the dated ones are filled */
};

/* Seats of a component that an organisation (SIZE_MAX: unknown) held at the
 * end of a period. */
struct timeline_seats {
	size_t component, organisation;
	enum fact_confidence confidence;
	uint64_t seats;
};

struct timeline {
	VEC(struct timeline_period) list; /* with any unit, ascending */
};

/* Fills v->years; the scores must be there. */
void timeline_fill(const struct scan *s, const struct policy *p,
		   struct verdict *v);
/* The same of the products alone, in periods of so many months, the first of
 * a year beginning with January. */
void timeline_products(const struct scan *s, const struct policy *p,
		       const struct verdict *v, int32_t months,
		       struct timeline *ret);
/* All of one digest, which attribution went through, as one period. */
void timeline_digest(const struct scan *s, const struct policy *p,
		     const struct verdict *v, const struct digest *d,
		     struct timeline *ret);
/* Adds one to the stewardship of a period. */
void timeline_add_seats(const struct policy *p, const struct verdict *v,
			const struct timeline_seats *seats,
			struct timeline_period *to);
void timeline_release(struct timeline *t);

#endif
