/*
 * Over how many organisations the units of an axis are spread: bounds, because
 * what is unknown may be of any organisation, of one or of many.
 */
#ifndef ASSESS_SPREAD_H
#define ASSESS_SPREAD_H

#include "assess/contributors.h"

/* Of rows that are sorted by organisation (contributors' merge does so). */
struct spread spread_of(const struct contribution *rows, size_t n,
			enum axis a);

#endif
