/*
 * A process that starts confined workers for one that must not: it is forked
 * before that one has a connection to a database, tokens or an open store in
 * its memory.  What it is asked comes through a pipe, and so do the answers.
 */
#ifndef CLI_HANDS_H
#define CLI_HANDS_H

#include "base/arena.h"
#include "cli/opt.h"
#include "cli/shard.h"

struct hands;

/* Starts it; NULL when it cannot be, after a message. */
struct hands *hands_new(const struct opts *o);
void hands_free(struct hands *h);
/*
 * Reads a target without its history: what it leaves open (wants_read), and
 * the histories that a scan of it would count (hands_next_unit).  Texts go to
 * `a`.  The exit code, EXIT_MET when all is well.
 */
int hands_read(struct hands *h, struct str target, struct arena *a,
	       struct str *ret_wants, struct str *ret_units);
/* Counts the histories of a plan (shard_write) into parts in a folder: the
 * exit code of `shards run`. */
int hands_count(struct hands *h, struct str plan, struct str folder);

/* A unit on its way: its key, its cost, and a plan of it alone. */
struct hands_unit { struct str key, plan; uint64_t cost; };
/* Adds each unit of a plan as such; the plan is packed anew, and what costs
 * more than `most` is cut, where it is known that it can be. */
void hands_write_units(struct shard_plan *p, uint64_t most,
		       struct strbuf *to);
/* Takes the next one off; false at the end, or where it is none. */
bool hands_next_unit(struct str *rest, struct hands_unit *ret);

#endif
