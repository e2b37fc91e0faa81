/*
 * A history in parts: by organisation, by quarter of the author date, or by
 * release.  What of each part is by whom, as counts.
 */
#ifndef REPORT_PARTS_H
#define REPORT_PARTS_H

#include "model/digest.h"
#include "model/facts.h"

enum parts_by { PARTS_BY_HOST, PARTS_BY_ORGANISATION, PARTS_BY_QUARTER,
		PARTS_BY_RELEASE };

/* What one organisation, or all of a class, did in a part. */
struct parts_share {
	enum host_class class;
	size_t organisation;  /* SIZE_MAX: not known which */
	struct digest_counts counts;
};

struct parts_row {
	struct str name;
	struct digest_counts counts;  /* sum of the shares */
	size_t from, to;              /* shares [from, to), greatest first */
};

struct parts_table {
	struct arena arena;
	VEC(struct parts_row) rows;   /* in the order of time */
	VEC(struct parts_share) shares;
};

/* Adds a digest that attribution went through: all of it as one row of this
 * name, or a row for each quarter. */
void parts_add(struct parts_table *t, const struct digest *d, struct str name,
	       bool is_one);
void parts_table_release(struct parts_table *t);
/* The name of who holds a share. */
struct str parts_name(const struct parts_share *s, const struct facts *f);
/* "host", "organisation", "release", "quarter". */
const char *parts_by_name(enum parts_by by);
bool parts_find_by(struct str name, enum parts_by *ret);

#endif
