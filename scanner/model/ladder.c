/* Names of rungs and their states. */
#include "model/ladder.h"

#define NAME(id, name) name,
static const char *const rung_names[] = {RUNGS(NAME)};
#undef NAME

const char *ladder_rung_name(enum rung r)
{
	return rung_names[r];
}

bool ladder_find_rung(struct str name, enum rung *ret)
{
	for (size_t i = 0; i < RUNG_COUNT; i++)
		if (str_is(name, rung_names[i])) {
			*ret = (enum rung)i;
			return true;
		}
	return false;
}

const char *ladder_state_name(enum rung_state s)
{
	static const char *const names[] = {"no", "possible", "proven"};

	return names[s];
}
