/* What feed.c and feed_rows.c share; feeds use feed.h. */
#ifndef FEEDS_FEED_ROWS_H
#define FEEDS_FEED_ROWS_H

#include "feeds/feed.h"

/* A request, from the moment it is asked. */
struct feed_question {
	struct feed_run *run;
	struct feed_request q;
	const char *file;
	uint64_t size;
	struct answer noted; /* of a file: to be kept when it is published */
};

/* The place of what is said about a feed. */
struct place feed_rows_place(struct feed_run *r);

#endif
