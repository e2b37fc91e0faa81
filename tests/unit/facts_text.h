/* Facts from text: rows with little to write, loaded as a user's file. */
#ifndef TESTS_FACTS_TEXT_H
#define TESTS_FACTS_TEXT_H

#include "unit.h"

#include "store/facts_store.h"

#define HEADER \
	"kind,subject,object,value,from,to,source,speaks_for,read," \
	"confidence,state,note\n"
/* "kind,subject,object,value" as a row of confidence A, B or C without
 * dates; with dates; in a state. */
#define A(said) said ",,,,,,A,,\n"
#define B(said) said ",,,,,,B,,\n"
#define C(said) said ",,,,,,C,,\n"
#define DATED(said, from, to) said "," from "," to ",,,,A,,\n"
#define IN_STATE(said, state) said ",,,,,,A," state ",\n"
/* An organisation of a kind. */
#define ORG(id, kind) A("organisation," id "," kind "," id)

/* Loads rows (without a header) and indexes them. */
static inline void facts_text(struct facts *f, struct diags *ds,
			      const char *rows)
{
	struct str text;

	text = arena_fmt(&f->arena, "%s%s", HEADER, rows);
	(void)!facts_store_parse(f, text, STR("test.csv"), ds);
	facts_store_index(f, ds);
}

/* The same, where nothing may be wrong with the rows. */
static inline void facts_good(struct facts *f, const char *rows)
{
	struct diags ds = {0};

	facts_text(f, &ds, rows);
	for (size_t i = 0; i < ds.kept.n; i++)
		print_error("%.*s:%u: %.*s\n",
			    STR_ARG(ds.kept.v[i].place.path),
			    ds.kept.v[i].place.line,
			    STR_ARG(ds.kept.v[i].message));
	assert_int_equal(ds.kept.n, 0);
	diag_release(&ds);
}

#endif
