/*
 * Counting the histories of a plan into parts: each in a worker of its own,
 * so that one that ends badly takes no other with it.
 */
#ifndef CLI_SHARD_RUN_H
#define CLI_SHARD_RUN_H

#include "cli/opt.h"
#include "cli/shard.h"
#include "model/facts.h"

/* What is to be counted, and where parts go. */
struct shard_run {
	const struct opts *o;
	const struct shard_plan *plan;
	const char *folder;
	uint64_t first, end; /* shards, without the last */
	unsigned jobs;       /* at a time */
	struct facts facts;  /* shard_run_begin loads them */
};

/* Loads what all units need, once.  ERR_CONFIG after messages. */
NODISCARD enum err shard_run_begin(struct shard_run *r);
/*
 * Writes the parts that are not there, then those of histories all slices of
 * which are.  EXIT_MET when the parts of these shards are there; EXIT_AGAIN
 * when one is not and may be if tried again; EXIT_USAGE when what is to be
 * counted is not what was planned.  Says so on standard error.
 */
int shard_run_units(const struct shard_run *r);
void shard_run_end(struct shard_run *r);

#endif
