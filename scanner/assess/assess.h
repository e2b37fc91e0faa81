/*
 * From attributed facts to a verdict, under one policy.  Pure: no file, clock,
 * network or floating point.
 */
#ifndef ASSESS_ASSESS_H
#define ASSESS_ASSESS_H

#include "assess/policy.h"
#include "model/verdict.h"

/* Judges a scan.  `ladders` must be made for policy->concern. */
void assess_scan(const struct scan *s, const struct policy *p,
		 const struct ladders *ladders, struct verdict *ret);
/*
 * The outcome over the gates of all verdicts, the first that applies: 2 a
 * fatal diagnostic, 3 something was not read, 1 a gate is not met, 5 nothing
 * to judge or no rule that applies, 3 a gate is unproven, 0 all are met.
 */
int assess_exit_code(const struct scan *s, const struct verdict *v,
		     size_t n);

#endif
