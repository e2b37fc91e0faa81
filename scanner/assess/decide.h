/*
 * Which components and organisations decide a rule: what a reader has to
 * look at first.
 */
#ifndef ASSESS_DECIDE_H
#define ASSESS_DECIDE_H

#include "assess/policy.h"
#include "assess/rollup.h"

/* The part of a component that a contribution is, of `whole`, rounded down:
 * on the axis of the query, or over all axes weighted. */
uint64_t decide_part(const struct policy *p, const struct component_score *s,
		     const struct rollup_query *q,
		     const struct contribution *c, uint64_t whole);
/* Adds the components with the greatest keys (one per component; 0: does not
 * decide) to a finding, greatest first. */
void decide_components(const uint64_t *keys, size_t n, struct finding *f);
/* Adds the organisations that stand so and hold the greatest parts of the
 * finding's components; parts: the weight of each component. */
void decide_organisations(const struct policy *p, const struct verdict *v,
			  const struct rollup_query *q,
			  enum standing standing, struct finding *f);

#endif
