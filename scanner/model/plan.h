/*
 * What one policy wants replaced by when: the products of a stack with the
 * days on which they go into and out of service, and how much of today's
 * exposure is left in the years to come.  Filled by assess/, read by the
 * reporters.
 */
#ifndef MODEL_PLAN_H
#define MODEL_PLAN_H

#include "model/verdict.h"

/* When a rule wants a product out of service; none where `rule` is "". */
struct plan_deadline {
	int32_t day;      /* not in service from this day on */
	struct str rule;
};

struct plan_asset {
	size_t component;
	int32_t in_service, end_of_life; /* as given; 0: not said */
	/* Of concern in it and in what it brings in. */
	int32_t low_bp, high_bp;
	struct plan_deadline out;  /* the first rule that it breaks by itself */
	struct plan_deadline open; /* the first that it may break, before
				      `out` */
	/* Other products of its function: components that break no rule, and
	 * how many more of which that is not known. */
	VEC(size_t) alternatives;
	size_t undecided;
};

/* On the first day of a period. */
struct plan_point {
	int32_t day;
	size_t in_service; /* products, if each lives as long as was said */
	size_t out;        /* of them, those that a rule wants out */
	/* Exposure that is left by itself, and if the rules are kept: what
	 * is replaced counts as free of concern. */
	int32_t low_bp, high_bp;
	int32_t kept_low_bp, kept_high_bp;
};

struct plan {
	struct arena arena;
	const struct verdict *verdict; /* not owned */
	VEC(struct plan_asset) assets; /* first deadline first */
	VEC(struct plan_point) points; /* the day of judgement, then years */
	size_t rules;      /* of the policy that can oust a product */
};

/* Frees everything. */
void plan_release(struct plan *p);
/* The day from which a product is out of service: by a rule that it breaks
 * (where `by_rules`) or at its end of life; DATE_MAX for never. */
int32_t plan_end(const struct plan_asset *a, bool by_rules);

#endif
