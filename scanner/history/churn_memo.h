/*
 * The lines that every commit added and deleted, from one scan to the next, or
 * from several slices of the commits one after the other.  Whoever counted
 * them writes the same bytes.
 */
#ifndef HISTORY_CHURN_MEMO_H
#define HISTORY_CHURN_MEMO_H

#include "history/churn.h"
#include "history/memo.h"

/* What is known of commits of the walk. */
struct churn_known {
	struct paths paths;
	VEC(struct churn_change) changes;
	VEC(struct churn_change) some; /* of commits of which not all are */
	bool *has;                    /* each commit: is it known? */
	struct churn_effort *efforts; /* of those */
};

/* Reads what is known of commits that churn_compares; `ret` has arrays for
 * all commits, zeroed.  False when it is damaged, and of no use then. */
bool churn_memo_read(const struct walk *w, const struct memo *m,
		     struct churn_known *ret);
/* What is to be left of a commit: what could be counted of its files, or
 * nothing, as its trees could not be compared. */
enum churn_memo_rest { CHURN_MEMO_ALL, CHURN_MEMO_SOME, CHURN_MEMO_NONE };
/* Writes the changes of commits before `end` that churn_compares. */
void churn_memo_write(const struct churn *c, const struct churn_known *k,
		      const uint8_t *rest, size_t end, struct strbuf *to);

#endif
