/*
 * Dates that cannot be: whoever writes a commit dates it, and nobody checks.
 * Nothing is moved; it is told, because windows go by these dates.
 */
#ifndef HISTORY_CLOCK_H
#define HISTORY_CLOCK_H

#include "history/walk.h"

/* Days by which a commit may be dated before one that it builds on: patches
 * wait, and are taken over from elsewhere. */
#define CLOCK_DAYS 366

/* Tells of commits in the range that are dated past 2100, or more than that
 * before one of their ancestors (RW1430). */
void clock_tell(const struct walk *w, struct diags *ds);

#endif
