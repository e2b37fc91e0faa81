/*
 * Which repositories of a stack have commits of each other, and what each of
 * them adds to those that count before it: found from the names of commits,
 * in time linear in their number.
 */
#ifndef CLI_JOINT_H
#define CLI_JOINT_H

#include "model/scan.h"

/* More places at which a history leaves those before it are not kept. */
#define JOINT_MOST 4096

struct stack_component; /* discover/stack.h */

/* A repository of the stack. */
struct joint_item {
	const char *path;
	struct str role;    /* only what has the same one is asked about in
			       the same way */
	size_t component;
	const struct stack_component *of; /* what the stack says of it */
	/* Filled: joint.group is 0 where it counts by itself. */
	struct joint joint;
	VEC(struct str) last; /* its own part is beyond these (ascending); none:
				 all of it is, or nothing (is_contained) */
};

struct joint_items {
	VEC(struct joint_item) list;
};

/* The role: function, service, what is built and what its lines are. */
struct str joint_role(const struct stack_component *of, struct arena *a);
/*
 * Fills all items.  Tells of what cannot be compared (RW1422); texts go to
 * the scan's arena.  The order of the items does not matter but for the
 * numbers of groups.
 */
void joint_relate(struct joint_items *all, unsigned threads, struct scan *s);
/* Tells what counts once (RW1421), and puts it into the components. */
void joint_settle(const struct joint_items *all, struct scan *s);
void joint_items_release(struct joint_items *all);

#endif
