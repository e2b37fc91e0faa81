/*
 * The lines of the files at the head, by the commit that `git blame` (its
 * default options) names for them.  Counted are regular files that git takes
 * for text.
 */
#ifndef HISTORY_SURVIVE_H
#define HISTORY_SURVIVE_H

#include "history/walk.h"

/* Receives every stretch of lines, from any thread, in no order: lines
 * [from, from + n) of a file, counted from 0, are of a commit. */
struct survive_watch {
	void *with;
	void (*lines)(void *with, struct str path, uint32_t from, uint32_t n,
		      const struct oid *commit);
};

/*
 * Adds to each commit of the walk how many of its lines survive at `head`,
 * on w->threads threads.  Lines that reach beyond a shallow boundary or what
 * cannot be read are of nobody: diagnostics say how many.  False when there
 * was too much to do, and nothing is counted.  `watch` may be NULL.
 */
bool survive_run(struct walk *w, const struct oid *head,
		 const struct survive_watch *watch, struct diags *ds);

#endif
