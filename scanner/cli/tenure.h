/* Who held the seats of the products at the end of a period, by the terms of
 * their histories. */
#ifndef CLI_TENURE_H
#define CLI_TENURE_H

#include "assess/timeline.h"
#include "report/periods.h"

/* How many terms times periods are looked at. */
#define TENURE_STEPS 2000000

/* Would it be more than TENURE_STEPS for so many periods? */
bool tenure_is_too_much(const struct scan *s, size_t periods);
/*
 * The seats at the end of a quarter, of the products that weigh, by terms that
 * hold beyond it: adds them to its stewardship, and by organisation to *ret,
 * the most seats first.  Names are those of the facts.
 */
void tenure_at(const struct scan *s, const struct policy *p,
	       const struct verdict *v, struct timeline_period *to,
	       struct periods_row *ret);

#endif
