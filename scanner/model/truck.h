/*
 * The truck factor at the level of organisations: the fewest of them whose
 * leaving leaves more than half of the files without an author, those who
 * are authors of most files leaving first (Avelino and others, A Novel
 * Approach for Estimating Truck Factors, 2016).  Of an organisation and a
 * file, the degree of authorship (Fritz and others, 2010) is
 *
 *   3.293 + 1.098 FA + 0.164 DL - 0.321 ln(1 + AC)
 *
 * FA: it created the file; DL: commits of its to it; AC: those of others.  It
 * is an author where that is at least 3.293 and more than three quarters of
 * the greatest.
 */
#ifndef MODEL_TRUCK_H
#define MODEL_TRUCK_H

#include "model/ownership.h"

/*
 * Bounds that hold whichever organisations stand behind the commits that are
 * of nobody known, one or many, known ones or others.
 */
struct truck {
	uint64_t low, high;
	bool has_high;  /* else nothing known is sure to be among the first */
};

/* of[i] is the organisation of holder i, SIZE_MAX when it is not known. */
void truck_factor(const struct ownership *o, const size_t *of,
		  struct truck *ret);
/* The degree of authorship in millionths, without a floating point; `all` are
 * the commits to the file, `own` those of the organisation. */
int64_t truck_authorship(bool created, uint64_t own, uint64_t all);

#endif
