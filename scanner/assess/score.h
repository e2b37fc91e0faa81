/*
 * Influence per component: tallies on every axis, their bounds, and who
 * contributed (docs/method.md, "Influence, per component").
 */
#ifndef ASSESS_SCORE_H
#define ASSESS_SCORE_H

#include "assess/policy.h"

/* Fills v->scores, one per component of the scan in its order; standings
 * must be filled. */
void score_components(const struct scan *s, const struct policy *p,
		      struct verdict *v);

#endif
