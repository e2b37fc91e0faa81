/*
 * Looking into a plan of shards instead of at what is planned: a report from
 * parts needs no repository, folder or document.
 */
#ifndef CLI_SHARD_FIND_H
#define CLI_SHARD_FIND_H

#include "cli/shard.h"

/* To be called once, when the plan was read. */
void shard_find_begin(struct shard_plan *p);
/* What stands at a path; false for nothing. */
bool shard_find_place(const struct shard_plan *p, const char *path,
		      struct shard_place *ret);
/* The key of an item's part; "" where the plan has none. */
struct str shard_find_item(const struct shard_plan *p,
			   const struct reading_item *of);
/* The key of a history's part, as it is asked for; "" where it has none. */
struct str shard_find_history(const struct shard_plan *p, const char *path,
			      const struct history_options *o);

#endif
