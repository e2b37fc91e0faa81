/* How many lines of a tree each seat governs. */
#ifndef EXTRACT_WEIGH_H
#define EXTRACT_WEIGH_H

#include "extract/extract.h"

/*
 * Counts the lines of text in the files of a tree and gives them to the seats
 * that it declares, which stand from `seat` and `area` on: to each those of
 * its area, or all.  Nothing is done where no seat has an area, and nothing
 * is left where a file cannot be read or the patterns cost more than a limit
 * (RW1901).
 */
void weigh_seats(struct scan *s, struct tree *t, size_t seat, size_t area);

#endif
