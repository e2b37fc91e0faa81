/*
 * Phase-out: what the rules of a policy want out of service, and when.
 */
#ifndef ASSESS_PLAN_H
#define ASSESS_PLAN_H

#include "assess/policy.h"
#include "model/plan.h"

/*
 * Plans from a verdict on a scan.  A product is judged as if it were alone
 * with what it brings in, by each rule that a single product can break, on
 * the first day on which rule and product meet.  The facts are those of the day
 * of judgement; *ret keeps a pointer to the verdict.
 */
void plan_make(const struct scan *s, const struct policy *p,
	       const struct verdict *v, struct plan *ret);

#endif
