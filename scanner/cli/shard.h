/*
 * A plan of shards: the histories that a scan needs, as units under the keys
 * of their outcomes, packed into shards by estimated cost.  As JSON it is
 * ranwhence.shards/1 (docs/shards.schema.json).
 */
#ifndef CLI_SHARD_H
#define CLI_SHARD_H

#include "history/history.h"
#include "model/account_commits.h"
#include "model/line_class.h"

#define SHARD_MOST 4096 /* shards of a plan */

/* One history to count, or one slice of it. */
struct shard_unit {
	struct str key, path, commit; /* key and commit in hex */
	struct str history;           /* the key of all of it */
	unsigned slice, slices;       /* this one of so many; slice ==
					 slices: join them */
	bool is_divisible;            /* known where a plan is made */
	unsigned axes;
	enum digest_scope scope;
	VEC(struct str) paths;        /* patterns of files that count */
	struct line_class_choices classes;
	const struct account_commits *accounts; /* in the plan's arena */
	VEC(struct str) beyond;       /* history_options.beyond */
	uint64_t cost;                /* milliseconds, by an estimate */
	uint64_t shard;
};

/* Zeroed before use. */
struct shard_plan {
	struct arena arena;
	VEC(struct shard_unit) units;  /* by history and slice, once packed */
	VEC(struct str) unkeyed;       /* paths: counted by the scan itself */
	uint64_t shards;
};

/* Notes a history that a scan would count; `key` in hex, "" = it has none. */
void shard_note(struct shard_plan *p, const char *path,
		const struct history_options *o, struct str key);
/*
 * Sorts, leaves one of equal units, cuts into slices what costs more than
 * `most` (0: than one of the n shards should have to do), and packs into n
 * shards: the costliest first, each into the shard that has the least.
 */
void shard_pack(struct shard_plan *p, uint64_t n, uint64_t most);
/* Adds the JSON. */
void shard_write(const struct shard_plan *p, struct strbuf *to);
/* Reads a plan that this version of the program made.  ERR_CONFIG after
 * saying on standard error what is wrong. */
NODISCARD enum err shard_read(const char *file, struct shard_plan *ret);
/* Frees everything. */
void shard_release(struct shard_plan *p);

#endif
