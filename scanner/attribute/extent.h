/*
 * What absence from a list means: rows tell on which days the facts hold a
 * list whole, and whom it cannot name by its own terms.  Of any other list
 * whoever is missing may still be on it.
 */
#ifndef ATTRIBUTE_EXTENT_H
#define ATTRIBUTE_EXTENT_H

#include "base/vec.h"
#include "model/facts_index.h"
#include "model/ladder.h"

/* A list of the concern. */
struct extent_list {
	size_t closed;              /* the row that says that all entries are
				       here, or that it is not in force
				       on the day; or SIZE_MAX */
	struct facts_run exempts;   /* rows of whom it cannot name */
};

struct extent {
	const struct facts *f;
	int32_t as_of;
	enum fact_confidence least; /* rows below this do not count */
	bool is_strict;             /* absence from an extract says nothing */
	VEC(struct extent_list) lists;
};

/* Looks up the lists of a concern.  With rows of confidence B absence from an
 * extract is taken as it is: that is what B means. */
void extent_read(struct extent *x, const struct facts *f,
		 const struct concern *c, enum fact_confidence least);
void extent_release(struct extent *x);
/* An organisation may be on a list that has no entry of it; `rows` are all
 * rows about it. */
bool extent_may_name(const struct extent *x, const size_t *rows, size_t n);
/* Somebody of whom no row says so may be on one of the lists. */
bool extent_is_open(const struct extent *x);
/* The row by which a list that is not held whole cannot name an organisation,
 * or SIZE_MAX. */
size_t extent_exempt(const struct extent *x, const struct extent_list *l,
		     const size_t *rows, size_t n);

#endif
