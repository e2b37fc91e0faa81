/*
 * Where organisations stand under a policy, and how a unit of theirs counts.
 * Everything strict lives here: what is not shown by rows of the confidence
 * that the policy demands stays unknown.
 */
#ifndef ASSESS_STANDING_H
#define ASSESS_STANDING_H

#include "assess/policy.h"

/* How one unit counts. */
struct standing_unit {
	enum standing standing;
	enum standing on_b;  /* if rows of confidence B were cited, too */
	enum fact_confidence confidence; /* of the row that names its
					    organisation; 0: none */
};

/* Fills v->standings and v->missing_lists from v->ladders. */
void standing_all(const struct facts *f, const struct policy *p,
		  struct verdict *v);
/* Whose unit it is: of a component (SIZE_MAX: the stack), by an organisation
 * (SIZE_MAX: unknown) that a row of this confidence names. */
struct standing_of {
	size_t component, organisation;
	enum fact_confidence confidence;
};
/* How it counts; an organisation that is accepted there counts as other. */
struct standing_unit standing_unit(const struct verdict *v,
				   const struct policy *p,
				   struct standing_of of);
/* The confidence of a row; the lowest for one that is in dispute or was
 * withdrawn, and where there is no row. */
enum fact_confidence standing_fact(const struct facts *f, size_t fact);

#endif
