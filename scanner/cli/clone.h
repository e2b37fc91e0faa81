/*
 * Counting what the feed `git` cloned.  The process that updates has tokens
 * and an open store in its memory: a helper, forked before, starts the
 * confined workers instead, one for each clone.
 */
#ifndef CLI_CLONE_H
#define CLI_CLONE_H

#include "cli/opt.h"
#include "feeds/feed.h"

/* What a worker is to complete and count. */
struct clone_task {
	struct feed_clone clone;
	const char *packs;   /* the only folder that it may write */
	bool is_for_later;   /* complete it only */
};

struct clone_helper;

/* Starts the helper, which counts unless that `is_for_later`; NULL when it
 * cannot be, after a message. */
struct clone_helper *clone_helper_new(const struct opts *o,
				      bool is_for_later);
void clone_helper_free(struct clone_helper *h);
/* As feed_cloner has it; `with` is the helper. */
NODISCARD enum err clone_count(void *with, const struct feed_clone *c,
			       struct arena *a, struct str *ret_why);

#endif
