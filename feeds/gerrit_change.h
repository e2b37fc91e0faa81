/*
 * What is kept of Gerrit's answers about changes: of each change its number,
 * month and commit, whether its owner uploaded that with an account that has
 * the address of the author, and the hosts of the addresses of whoever voted
 * on it and submitted it.  No account, name or address.
 */
#ifndef FEEDS_GERRIT_CHANGE_H
#define FEEDS_GERRIT_CHANGE_H

#include "feeds/feed.h"

struct gerrit_vote { struct str host; bool is_submit; };

struct gerrit_change {
	uint64_t number;
	struct str updated;  /* as Gerrit writes it: texts sort like times */
	int32_t month;       /* since 1970-01, of the author date */
	struct str commit;   /* 40 hex digits; "" where none is told */
	const struct gerrit_vote *votes; /* each account once */
	size_t n_votes;
};
struct gerrit_changes {
	VEC(struct gerrit_change) list;
	bool has_more;
};

/* Gerrit's answers without the line that keeps them from being scripts; ""
 * for what has no such line and so is none of its answers. */
struct str gerrit_change_body(struct str body);
/* What is kept of a page of changes; "" where its shape is another. */
struct str gerrit_change_keep(struct feed_run *r, struct str body);
/* How many changes it has, and whether there are more behind them; ERR_FORMAT
 * where it is not sound. */
NODISCARD enum err gerrit_change_count(struct str kept, uint64_t *ret_n,
				       bool *ret_more);
/* Adds the changes of what was kept, texts in the arena of the run; ERR_FORMAT
 * where it is not sound. */
NODISCARD enum err gerrit_change_read(struct feed_run *r, struct str kept,
				      struct gerrit_changes *ret);

#endif
