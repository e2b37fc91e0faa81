/*
 * Runs of changed lines, and where they settle: a run between equal lines
 * can be slid up or down without changing what the comparison says.
 */
#ifndef HISTORY_DIFF_SLIDE_H
#define HISTORY_DIFF_SLIDE_H

#include "base/vec.h"
#include "history/diff.h"

/* Lines [at, at + n) are changed; `common` unchanged lines are before. */
struct diff_slide_run {
	uint32_t at, n, common;
};
struct diff_slide_runs { VEC(struct diff_slide_run) list; };

/* A file of n lines (its end may be cut off) and its runs, ascending. */
struct diff_slide_file {
	const struct diff_text *text;
	uint32_t n;
	struct diff_slide_runs runs;
};

/* Moves the runs of `f` where git's default diff shows them. */
void diff_slide(struct diff_slide_file *f, const struct diff_slide_file *other);

#endif
