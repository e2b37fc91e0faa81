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
/* 0 met, 1 not met, 3 incomplete, 5 nothing to judge (design.md section 5);
 * the worst over all verdicts in the order 2, 3, 1, 5, 0. */
int assess_exit_code(const struct scan *s, const struct verdict *v,
		     size_t n);

#endif
