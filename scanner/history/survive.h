/*
 * The lines of the files at the head, by the commit that `git blame` (its
 * default options) names for them.  Counted are regular files that git takes
 * for text.
 */
#ifndef HISTORY_SURVIVE_H
#define HISTORY_SURVIVE_H

#include "history/classify.h"
#include "history/owners.h"
#include "history/select.h"
#include "history/slice.h"
#include "history/walk.h"

/* Receives every stretch of lines, from any thread, in no order: lines
 * [from, from + n) of a file, counted from 0, are of a commit. */
struct survive_watch {
	void *with;
	void (*lines)(void *with, struct str path, uint32_t from, uint32_t n,
		      const struct oid *commit);
};

struct survive_options {
	struct oid head;
	const struct line_class_choices *choices; /* may be NULL */
	const struct select_what *what;    /* which files count; the same */
	const struct survive_watch *watch; /* the same */
	struct owners *owners;    /* to be told who holds what; the same */
	struct memo *memo;        /* for all files only; the same */
	const struct slice *slice; /* which files are traced; the same */
};

/*
 * Adds to walk.lines how many of each commit survive at the head, on
 * w->threads threads.  Lines that reach beyond a shallow boundary or what
 * cannot be read are of nobody: diagnostics say how many.  False when there
 * was too much to do, and nothing is counted.
 */
bool survive_run(struct walk *w, const struct survive_options *o,
		 struct diags *ds);

#endif
