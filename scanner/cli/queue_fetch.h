/*
 * What a worker of the queue does with the network: it fetches repositories
 * and asks feeds about packages, as `update` does, within the budgets that
 * all workers share.  Clones go to a folder of all workers.
 */
#ifndef CLI_QUEUE_FETCH_H
#define CLI_QUEUE_FETCH_H

#include "cli/queue_work.h"

/* Fetches these, reads what they depend on, and says what came of each.
 * ERR_CONFIG where this worker cannot do it at all, else as queue_finish. */
NODISCARD enum err queue_fetch_repositories(struct queue_work *w,
					    const struct queue_items *items);
/* The same of packages: where their sources are. */
NODISCARD enum err queue_fetch_packages(struct queue_work *w,
					const struct queue_items *items);
/* Adds what was read of a target (hands_read), so many steps from a root. */
NODISCARD enum err queue_fetch_found(struct str wants, struct str units,
				     uint64_t depth, struct arena *a,
				     struct queue_items *ret);

#endif
