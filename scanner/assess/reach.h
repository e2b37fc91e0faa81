/*
 * How a component comes into the product: a shortest way from a root, and
 * the network function that it serves by it.
 */
#ifndef ASSESS_REACH_H
#define ASSESS_REACH_H

#include "assess/policy.h"

/* Fills function, weight and parent of all scores. */
void reach_components(const struct scan *s, const struct policy *p,
		      struct verdict *v);

#endif
