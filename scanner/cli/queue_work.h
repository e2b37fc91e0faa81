/*
 * A worker of the queue: claims what is due, fetches or counts it, and says
 * what came of it, until nothing is left that it could do.
 */
#ifndef CLI_QUEUE_WORK_H
#define CLI_QUEUE_WORK_H

#include "cli/hands.h"
#include "feeds/config.h"
#include "feeds/feed.h"
#include "feeds/queue.h"

#define QUEUE_CLONES "/clones"  /* below the folder of all workers */
#define QUEUE_PARTS "/parts"

struct queue_work {
	const struct opts *o;
	const char *out;        /* the folder of all workers */
	bool fetches, counts;
	uint64_t lease;         /* seconds */
	/* kept while it runs */
	struct str owner;       /* this worker, of all there are */
	struct hands *hands;
	struct feed_cloner cloner;
	struct fetch_budget budget;
	struct queue *q;
	struct config config;
	struct facts facts;     /* the bundled ones, indexed */
	struct diags diags;
	struct arena arena;
};

/* Works; the exit code.  The first five are given. */
int queue_work_run(struct queue_work *w);
/* An item is done, and this was found. */
NODISCARD enum err queue_work_done(struct queue_work *w,
				   const struct queue_item *item,
				   const struct queue_items *found);
/* It failed, for a reason that begins with a code; it counts as a try unless
 * that is of somebody else's making. */
NODISCARD enum err queue_work_failed(struct queue_work *w,
				     const struct queue_item *item,
				     struct str why, bool counts);

#endif
