/*
 * How far an update is, on standard error: a line with a bar that changes on
 * a terminal, elsewhere (a log of a build) a line now and then.
 */
#ifndef CLI_FETCHING_H
#define CLI_FETCHING_H

#include "feeds/update.h"

struct fetching {
	bool quiet;
	uint64_t next; /* milliseconds at which the next plain line is due */
};

/* "[###.......] 12.5 MB, 1.2 MB a second, 40 s left: gleif 2/4, csl 0/1";
 * the bar only where it is known how long it takes. */
void fetching_line(const struct update_progress *p, bool has_bar,
		   struct strbuf *to);
/* Shows it. */
void fetching_show(struct fetching *f, const struct update_progress *p);

#endif
