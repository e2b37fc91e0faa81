/*
 * From a component to where its source lives, and to the digest of it:
 * declared repository, then purl, then download address, then facts, curated
 * ones and those of feeds.  What only a row of confidence B says is claimed;
 * where two say different things, that is told and nothing is known.
 */
#ifndef RESOLVE_RESOLVE_H
#define RESOLVE_RESOLVE_H

#include "model/scan.h"

/* Fills provenance of every component and its digest; merges components that
 * are the same thing (same purl, or same repository and version), keeping
 * all evidence and edges. */
void resolve_scan(struct scan *s);

#endif
