/*
 * Making one component of several that are the same thing: all evidence and
 * edges stay.
 */
#ifndef RESOLVE_MERGE_H
#define RESOLVE_MERGE_H

#include "model/scan.h"

/*
 * Merges the components whose keys are equal (keys[i] of component i, "" =
 * alone) into the first of each; indices in edges, seats and targets follow.
 * Edges are sorted, each stands there once, and none leads back to its own
 * component.  Of several declarations of one component the seats of one
 * count; where they name different suppliers, producers (RW1804) or
 * repositories, that is unknown.
 */
void merge_components(struct scan *s, const struct str *keys);

#endif
