/*
 * `git blame` of many files at once: one pass back through the history, in
 * which each commit passes the lines that it did not change on to its
 * parents, renames included.  The order of commits is from children to
 * parents; which lines a commit keeps depends on nothing else.
 */
#ifndef HISTORY_BLAME_H
#define HISTORY_BLAME_H

#include "history/firstdiff.h"
#include "history/lines_memo.h"
#include "history/live.h"
#include "history/rename.h"
#include "history/texts.h"

/* What all passes share and none changes. */
struct blame_input {
	struct walk *walk;
	const struct firstdiff *diffs;
	const uint32_t *order;     /* commits, children before parents */
	size_t n_order;
	const struct lines_memo *known; /* where a pass may stop; or NULL */
};

/* Lines whose commit cannot be told, and why. */
struct blame_loss {
	uint32_t commit;  /* where they were lost */
	enum err e;       /* OK: history is cut off there */
	uint64_t lines;
};

/* Whom a pass tells what it found: lines of a file from `final` on. */
struct blame_sink {
	void *with;
	void (*found)(void *with, uint32_t commit,
		      const struct live_lines *lines);
	void (*lost)(void *with, const struct blame_loss *loss);
	/* Before a commit, lines of a file were found under another path. */
	void (*renamed)(void *with, uint32_t commit,
			const struct live_lines *lines, uint32_t path);
};

struct blame;

/* The state of one thread, for one pass after the other. */
struct blame *blame_new(const struct blame_input *in);
void blame_free(struct blame *b);
/* Runs a pass from the first commit of the order, whose lines are given. */
void blame_run(struct blame *b, struct live *head,
	       const struct blame_sink *sink);

#endif
