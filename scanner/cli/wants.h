/* What a filled scan leaves open, for feeds that are asked per target. */
#ifndef CLI_WANTS_H
#define CLI_WANTS_H

#include "feeds/feed.h"
#include "model/scan.h"

/* Fills *ret from a scan that is resolved; release with wants_release. */
void wants_collect(const struct scan *s, struct feed_wants *ret);
void wants_release(struct feed_wants *w);

#endif
