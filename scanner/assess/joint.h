/*
 * Components whose commits count once: which of them make a group, and which
 * history says what of each (docs/method.md, "Commits that count once").
 */
#ifndef ASSESS_JOINT_H
#define ASSESS_JOINT_H

#include "model/verdict.h"

/* Where the units of one component of a group come from. */
struct joint_histories {
	const struct digest *commits; /* those that none before it has */
	const struct digest *review;  /* of those commits, or as a server
					 tells of this repository */
	const struct digest *tree;    /* all of it: what stands there */
};

/* False for one that has nothing of its own. */
bool joint_histories(const struct scan *s, size_t component,
		     struct joint_histories *ret);
/*
 * Adds the groups to v->joints, without their scores.  A group of which
 * something is missing, or does not count, is none: each counts by itself.
 * Scores and weights must be there.
 */
void joint_find(const struct scan *s, struct verdict *v);

#endif
