/*
 * From the counts of a digest to the units of an axis: commits count in
 * credits, which co-authors share, changed and surviving lines where they are
 * source.
 */
#ifndef ASSESS_UNITS_H
#define ASSESS_UNITS_H

#include "model/digest.h"
#include "model/verdict.h"

/* The units of a row of counts on each axis; 0 where it has none. */
void units_of(const struct digest_counts *c, uint64_t ret[AXIS_COUNT]);
/* The bit of enum digest_axes that counts for an axis, or 0. */
unsigned units_bit(enum axis a);
/* The bits of a mask of 1u << enum axis. */
unsigned units_bits(unsigned axes);

#endif
