/*
 * One of several slices of the costly work on a history: of its commits, for
 * the lines that they change, and of the files at the head, for the lines that
 * survive.  Which those are depends on the history alone.
 */
#ifndef HISTORY_SLICE_H
#define HISTORY_SLICE_H

#include "history/walk.h"

struct slice { unsigned number, of; };

/* How many of n things it has: number, number + of, and so on. */
size_t slice_count(const struct slice *s, size_t n);
/*
 * Marks the commits of a slice among those that churn_compares; NULL where all
 * are wanted, else the caller frees it.
 */
bool *slice_commits(const struct slice *s, const struct walk *w);

#endif
