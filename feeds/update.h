/*
 * One update: chooses feeds, lets all of them ask at once, and publishes what
 * came, feed by feed.  Another update of the same store waits for none: it
 * fails.
 */
#ifndef FEEDS_UPDATE_H
#define FEEDS_UPDATE_H

#include "feeds/config.h"

/* How far an update is. */
struct update_progress {
	struct str what;  /* "gleif 2/4, csl 0/1" of what has not ended */
	uint64_t bytes;   /* that came */
	uint64_t ms;      /* since it began to ask */
	uint64_t left;    /* and that it will take, about; 0: not known */
};

struct update_options {
	const struct config *config;
	const char *const *names;       /* --feed; none: see update_run */
	size_t names_n;
	const char *const *accepted;    /* --accept: feeds */
	size_t accepted_n;
	const struct feed_wants *wants; /* of --for; NULL: not given */
	const struct facts *facts;      /* the bundled ones, indexed */
	int64_t max_age;                /* seconds */
	bool is_offline;
	/* What happens now, and what has happened, a line for each feed,
	 * without its end. */
	void (*show)(void *context, const struct update_progress *p);
	void (*say)(void *context, struct str line);
	/* Each request, and how it ended; NULL: nobody wants to know. */
	void (*tell)(void *context, const struct feed *of, struct str url,
		     struct str how);
	/* All feeds but those of FEED_AFTER have published: `wants` may be
	 * added to.  May be NULL. */
	void (*found)(void *context);
	const struct feed_cloner *cloner; /* NULL: nobody counts clones */
	void *context;
};

/*
 * Updates the feeds that are named; else with `wants` those that ask per
 * target, without it all others that are switched on.  ERR_CONFIG: a name is
 * no feed or has no address (RW2001).  ERR_FEED: a feed failed, its edition
 * stays, and the store has the reason (RW2003 and on).
 */
NODISCARD enum err update_run(struct store *s, const struct update_options *o,
			      struct diags *ds);

/*
 * Removes clones beside the store at this path, those that were counted first,
 * until they have `most` bytes at most, and what an update that was killed
 * left of one; the bytes that are gone.  Nothing while an update runs.
 */
uint64_t update_clean(struct str store, uint64_t most);

#endif
