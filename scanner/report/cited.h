/*
 * The records that a report rests on: those that prove who is of concern and
 * whose a contribution is, what the user asserts, and what these refer to
 * (organisations, lists, sources).  With them a report can be written again
 * from its JSON.
 */
#ifndef REPORT_CITED_H
#define REPORT_CITED_H

#include "report/report.h"

struct cited {
	/* By row of the facts: its place among those cited; SIZE_MAX: it is
	 * not. */
	size_t *place;
	size_t rows_n; /* of the facts */
};

/* Finds them. */
void cited_find(const struct report_input *in, struct cited *ret);
void cited_release(struct cited *c);

#endif
