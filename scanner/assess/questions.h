/*
 * What is not known, ranked by how much knowing it would narrow the headline:
 * the questions to put to the bidder.
 */
#ifndef ASSESS_QUESTIONS_H
#define ASSESS_QUESTIONS_H

#include "assess/policy.h"

/* Fills v->questions; scores and standings must be filled. */
void questions_fill(const struct scan *s, const struct policy *p,
		    struct verdict *v);

#endif
