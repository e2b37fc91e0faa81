/*
 * The contract of a kind of rule and the table of all of them.  A kind
 * measures something as an interval; that the interval lies within the
 * limit, past it or across it gives the state.  Its name in a policy is that
 * of its file.
 */
#ifndef ASSESS_RULES_H
#define ASSESS_RULES_H

#include "assess/policy.h"

/* What a kind takes in a policy file, beside id, title, clause ... */
enum rule_takes {
	RULE_AXIS = 1,       /* may have `axis`; without it all, weighted */
	RULE_NEEDS_AXIS = 2, /* ... must have it */
	RULE_LIMIT = 4,      /* must have `limit` */
	RULE_WINDOW = 8,     /* may have `window` where it has an axis */
	RULE_FUNCTIONS = 16, /* may have `functions` */
	RULE_MATCH = 32,     /* must have `match` */
	RULE_MONTHS = 64,    /* must have `months` */
	/* Takes nothing: what breaks it is a single product, which would have
	 * to go, and not a mean over all. */
	RULE_OUSTS = 128,
	/* Takes nothing: it is about each component by itself, whatever counts
	 * once in a mean. */
	RULE_EACH = 256
};

struct rule_input {
	const struct scan *scan;
	const struct policy *policy;
	const struct policy_rule *rule;
	const struct verdict *verdict; /* scores and standings are filled */
};

struct rule_kind {
	const char *name;
	const char *summary; /* one line: what is measured */
	unsigned takes;      /* mask of enum rule_takes */
	/* Fills bounds, state, reason and what decides; texts go to `a`.
	 * Called only where a component counts. */
	void (*measure)(const struct rule_input *in, struct arena *a,
			struct finding *f);
};

#define RULE_KINDS(X) X(breadth) X(concentration) X(coverage) X(exposure) \
	X(freshness) X(pattern) X(peak) X(supplier) X(unknown)
#define RULE_EXTERN(id) extern const struct rule_kind rule_##id;
RULE_KINDS(RULE_EXTERN)
#undef RULE_EXTERN

/* All kinds, sorted by name. */
extern const struct rule_kind *const rules_table[];
extern const size_t rules_count;
/* By name, NULL when there is none. */
const struct rule_kind *rules_find(struct str name);
/* What a rule in this state is to the verdict. */
enum rule_state rules_counts_as(const struct policy_rule *r,
				enum rule_state state);
/* Judges one rule of a policy; texts go to `a`.  A rule that does not hold
 * on the day, or is not about the stack, is not applicable. */
void rules_judge(const struct rule_input *in, struct arena *a,
		 struct finding *ret);

#endif
