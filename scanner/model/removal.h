/*
 * What it would take to be without a component: how it comes into the stack,
 * what else needs it, and what no longer does.
 */
#ifndef MODEL_REMOVAL_H
#define MODEL_REMOVAL_H

#include "model/verdict.h"

enum removal_relation {
	REMOVAL_NAMED,      /* the stack names it: it is a product itself */
	REMOVAL_DIRECT,     /* a product needs it */
	REMOVAL_TRANSITIVE, /* something that a product needs does */
	REMOVAL_UNREACHED   /* no product is known to bring it in */
};

/* Components are indices into the scan's. */
struct removal {
	size_t component;
	enum removal_relation relation;
	const size_t *path; /* from the product down to the component */
	size_t path_n;
	const size_t *dependents; /* all that need it, ascending */
	size_t dependents_n;
	/* Other versions of those, of which it is known what they need, and
	 * it is not among that. */
	const size_t *dropped_by;
	size_t dropped_by_n;
};

/* One for each of these components, in `a`; the verdict tells the ways. */
struct removal *removal_find(const struct scan *s, const struct verdict *v,
			     const size_t *components, size_t n,
			     struct arena *a);
/* "named", "direct", "transitive", "unreached". */
const char *removal_relation_name(enum removal_relation r);

#endif
