/*
 * The search for the lines that two sequences have in common: E. Myers, "An
 * O(ND) Difference Algorithm and Its Variations", Algorithmica 1 (1986),
 * section 4b, with the cut-offs of git's default diff where it grows dear.
 */
#ifndef HISTORY_DIFF_SEARCH_H
#define HISTORY_DIFF_SEARCH_H

#include "history/diff_class.h"

struct diff_search {
	struct diff_array front[4]; /* memory */
};

/* All zero is empty and usable. */
void diff_search_release(struct diff_search *s);
/*
 * How many kept lines of both sides together have to change at least; when
 * that is more than `most`, SIZE_MAX.
 */
size_t diff_search_least(struct diff_search *s,
			 const struct diff_side side[2], size_t most);
/* Counts the kept lines that git's default diff changes on each side. */
void diff_search_count(struct diff_search *s, const struct diff_side side[2],
		       uint32_t ret_changed[2]);
/* Marks them in changed[] of each side. */
void diff_search_mark(struct diff_search *s, struct diff_side side[2]);

#endif
