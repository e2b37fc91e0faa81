/*
 * Counting units on an axis as concern, other, unknown or excluded, and the
 * bounds that follow.  Counts are checked: what does not fit is not observed
 * rather than wrong.
 */
#ifndef ASSESS_TALLY_H
#define ASSESS_TALLY_H

#include "model/verdict.h"

/* Adds n units that stand so, and would stand so on_b. */
void tally_add(struct tally *t, enum standing standing, enum standing on_b,
	       uint64_t n);
/* Adds n units that stand outside every share. */
void tally_exclude(struct tally *t, uint64_t n);
/* All units that are in the share; false when they do not fit 64 bits. */
bool tally_sum(const struct tally *t, uint64_t *ret);
/* Sets the bounds; without units, or not observed, they are 0 to 100 %. */
void tally_close(struct tally *t, bool is_observed);
/* The same for a part of a tally that is observed: no units in it means
 * that nobody did anything then, and the share is 0. */
void tally_close_window(struct tally *t, bool is_observed);

#endif
