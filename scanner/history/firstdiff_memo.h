/* The files that every commit changes, from one scan to the next. */
#ifndef HISTORY_FIRSTDIFF_MEMO_H
#define HISTORY_FIRSTDIFF_MEMO_H

#include "history/firstdiff.h"
#include "history/memo.h"

/* A change of a commit of the walk. */
struct firstdiff_found {
	uint32_t commit;
	struct firstdiff_change change;
};

/* What is known of commits of the walk. */
struct firstdiff_known {
	struct paths paths;
	VEC(struct firstdiff_found) found;
	bool *has;        /* each commit: is it known? */
	uint32_t *steps;  /* of those: tree entries compared */
};

/* Reads what is known of commits that firstdiff_ready; `ret` has arrays for
 * all commits, zeroed.  False when it is damaged, and of no use then. */
bool firstdiff_memo_read(const struct walk *w, const struct memo *m,
			 struct firstdiff_known *ret);
/* Writes the changes of all commits without an error. */
void firstdiff_memo_write(const struct firstdiff *f, const struct walk *w,
			  const uint32_t *steps, struct strbuf *to);

#endif
