/*
 * Waivers: what somebody answers for, until a day, so that it does not fail
 * a run.  They change no figure and hide nothing.
 */
#ifndef MODEL_WAIVER_H
#define MODEL_WAIVER_H

#include "model/selector.h"

enum waiver_state {
	WAIVER_HOLDS,
	WAIVER_EXPIRED,
	WAIVER_AHEAD /* its first day is still to come */
};

/*
 * All that is given must fit.  With a component and no organisation, the
 * component does not count in the rules; with an organisation, its units do
 * not count as of concern (there, or everywhere); with a rule only, the rule
 * as a whole is waived.
 */
struct waiver {
	struct str rule;         /* id; "": every rule */
	struct selector component;
	struct str organisation; /* id, name or alias as written; "": any */
	struct str reason, owner;
	int32_t since, expires;  /* holds on days [since, expires) */
	enum waiver_state state; /* on the day of judgement */
	struct str file;
	unsigned line, column;
	bool is_used;            /* it fits something in this run */
};

struct waivers {
	struct arena arena;
	VEC(struct waiver) list; /* in the order of files and lines */
};

#endif
