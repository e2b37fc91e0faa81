/* Names of rungs and their states. */
#include "model/ladder.h"

#define NAME(id, name) name,
static const char *const rung_names[] = {RUNGS(NAME)};
#undef NAME

const char *ladder_rung_name(enum rung r)
{
	return rung_names[r];
}

const char *ladder_state_name(enum rung_state s)
{
	static const char *const names[] = {"no", "possible", "proven"};

	return names[s];
}
