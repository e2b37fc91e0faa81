/*
 * Organisations while facts are put together: which of those at hand a record
 * of a feed means.  The same LEI is the same organisation; without one it is
 * the same name (facts_name.h, exactly or else without legal forms) in the
 * same country, when only one organisation has it.  Nothing is guessed.
 */
#ifndef STORE_KNOWN_H
#define STORE_KNOWN_H

#include "base/map.h"
#include "model/facts.h"

struct known_org {
	struct str id, lei;       /* lei is "" when none is known */
	VEC(struct str) names, countries;
	VEC(struct str) keys;     /* kept by known.c: exact, brief, exact... */
	bool has_holders;         /* of a kind that somebody can hold */
	bool is_by_name;          /* its record was found by name only */
};

struct known {
	struct arena arena;
	VEC(struct known_org) orgs;
	struct map ids, leis;     /* -> index */
	struct map names;         /* form, country -> index; SIZE_MAX: more */
};

/* Takes in the organisations of rows that are not indexed yet. */
void known_init(struct known *k, const struct facts *f);
void known_release(struct known *k);
/* Frees what a record holds. */
void known_release_record(struct known_org *record);
/* Adds one; texts must outlive it.  Its index. */
size_t known_add(struct known *k, struct known_org *org);
/* Sets the LEI of one that had none. */
void known_set_lei(struct known *k, size_t org, struct str lei);
/* What a record means (its id is not looked at); SIZE_MAX for none. */
size_t known_find(struct known *k, struct known_org *record,
		  bool *ret_by_name);

#endif
