/* Leaving components out of a scan: what would it be without them? */
#ifndef MODEL_PRUNE_H
#define MODEL_PRUNE_H

#include "model/scan.h"
#include "model/selector.h"

/*
 * Takes out the components that one of the selectors picks, and those that
 * only they bring in; edges, seats and targets follow.  How many were
 * picked; *ret_all counts all that are gone.  Call it when components are
 * resolved: the documents of SBOMs do not follow.
 */
size_t prune_scan(struct scan *s, const struct selector *selectors, size_t n,
		  size_t *ret_all);

#endif
