/*
 * Counting the histories of a plan into parts: each in a worker of its own,
 * so that one that ends badly takes no other with it.
 */
#ifndef CLI_SHARD_RUN_H
#define CLI_SHARD_RUN_H

#include "cli/opt.h"
#include "cli/shard.h"

/* What is to be counted, and where parts go. */
struct shard_run {
	const struct opts *o;
	const struct shard_plan *plan;
	const char *folder;
	uint64_t first, end; /* shards, without the last */
	unsigned jobs;       /* at a time */
};

/*
 * Writes the parts that are not there.  EXIT_MET when all are; EXIT_AGAIN
 * when one is not and may be if tried again; EXIT_USAGE when what is to be
 * counted is not what was planned.  Says so on standard error.
 */
int shard_run_units(const struct shard_run *r);

#endif
