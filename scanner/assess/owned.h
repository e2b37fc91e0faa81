/* Files of a component by who holds most of their lines, and how few
 * organisations know them. */
#ifndef ASSESS_OWNED_H
#define ASSESS_OWNED_H

#include "assess/policy.h"

/* From the digest of a component, which must have been attributed; nothing
 * is known where surviving lines are not, or only in part. */
struct owned owned_of(const struct scan *s, const struct policy *p,
		      const struct verdict *v, size_t component,
		      const struct digest *d);

#endif
