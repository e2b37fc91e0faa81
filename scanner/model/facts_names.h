/*
 * Which organisation a name means: the names of organisations and their
 * aliases, by form (facts_name.h).  Only hashes are kept, so that millions of
 * names cost little; the texts are those of the rows.
 */
#ifndef MODEL_FACTS_NAMES_H
#define MODEL_FACTS_NAMES_H

#include "model/facts.h"

/* Entries of hash and row, sorted; names of one form are one entry. */
struct facts_names_table { VEC(uint64_t) entries; };

struct facts_names {
	struct facts_names_table forms;
	struct facts_names_table shorts; /* without legal forms */
	/* Rows whose name means nobody, ascending: several have it, or it has
	 * no letters. */
	VEC(size_t) unclear;
};

/* Rows must be sorted; accepted ones of confidence A or B name. */
void facts_names_build(struct facts_names *names, const struct facts *f);
void facts_names_release(struct facts_names *names);
/*
 * The organisation that has exactly this form, or else the same without legal
 * forms; SIZE_MAX when there is none, or several.  *ret_fact (may be NULL) is
 * the row that says it.
 */
size_t facts_names_find(const struct facts_names *names,
			const struct facts *f, struct str name,
			size_t *ret_fact);

#endif
