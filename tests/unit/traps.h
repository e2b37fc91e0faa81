/* The facts of fixtures/facts/traps.csv, and days to ask them at. */
#ifndef TESTS_TRAPS_H
#define TESTS_TRAPS_H

#include "facts_text.h"

#include <stdlib.h>

static struct facts traps;

static inline int traps_load(void **state)
{
	const char *root = getenv("SRCDIR");
	struct diags ds = {0};
	struct str path = arena_fmt(&traps.arena, "%s/fixtures/facts/traps.csv",
				    root ? root : ".");
	enum err e = facts_store_add(&traps, path.p, &ds);

	(void)state;
	facts_store_index(&traps, &ds);
	for (size_t i = 0; i < ds.kept.n; i++)
		print_error("%.*s:%u: %.*s\n",
			    STR_ARG(ds.kept.v[i].place.path),
			    ds.kept.v[i].place.line,
			    STR_ARG(ds.kept.v[i].message));
	e |= ds.kept.n != 0;
	diag_release(&ds);
	return e != OK;
}

static inline int traps_release(void **state)
{
	(void)state;
	facts_store_release(&traps);
	return 0;
}

/* A date as text to a day. */
static inline int32_t day(const char *text)
{
	int32_t d;

	assert_int_equal(date_parse(str_c(text), &d), OK);
	return d;
}

/* The id of an organisation, or "-". */
static inline const char *id_of(size_t organisation)
{
	static char id[64];
	struct str s;

	if (organisation == SIZE_MAX)
		return "-";
	s = traps.organisations.v[organisation].id;
	assert_true(s.n < sizeof id);
	for (size_t i = 0; i < s.n; i++)
		id[i] = s.p[i];
	id[s.n] = 0;
	return id;
}

#endif
