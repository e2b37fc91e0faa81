/* What `trend --by` prints: influence by quarter or by release. */
#ifndef REPORT_PERIODS_H
#define REPORT_PERIODS_H

#include "report/parts.h"
#include "report/report.h"

/* Seats of an organisation; "" = of nobody known. */
struct periods_seats {
	struct str organisation;
	uint64_t seats;
};

struct periods_row {
	struct str name;        /* "2024-Q3", or of a release; "" = after the
				   last one */
	struct tally axes[AXIS_COUNT]; /* the dated ones, and of quarters the
					  stewardship at their end */
	VEC(struct periods_seats) seats; /* then, the most first */
};

/* By one policy. */
struct periods {
	const struct verdict *verdict;
	VEC(struct periods_row) rows; /* in the order of time */
};

struct report_periods {
	const struct scan *scan;
	const struct periods *periods; /* one a policy */
	size_t n;
	enum parts_by by;
	/* Products whose commits are not known in full: not in the shares. */
	size_t left_out;
	const char *tool_version;
};

/* Text, or JSON (ranwhence.periods/1) where style is NULL. */
void report_periods(const struct report_periods *in,
		    const struct report_style *style, struct strbuf *out);
/* One page for people, on screen and paper, that loads nothing. */
void periods_html(const struct report_periods *in, struct strbuf *out);

#endif
