/* With what a component counts once, in words. */
#ifndef REPORT_COUNTED_H
#define REPORT_COUNTED_H

#include "model/verdict.h"

/* "NAME, NAME and 3 more" of the others of its group, the longest history
 * first; "" where it counts by itself.  Goes to `a`. */
struct str counted_with(const struct scan *s, const struct verdict *v,
			size_t component, struct arena *a);

#endif
