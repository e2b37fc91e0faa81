/*
 * Who did what in which year: the units of all histories together, counted
 * like those of a component.
 */
#ifndef ASSESS_TIMELINE_H
#define ASSESS_TIMELINE_H

#include "assess/policy.h"

/* Fills v->years; the scores must be there.  Histories that were read in part
 * are left out. */
void timeline_fill(const struct scan *s, const struct policy *p,
		   struct verdict *v);

#endif
