/*
 * What a filled scan leaves open, for feeds that are asked per target; also as
 * text, as targets are read by a process that has neither network nor secrets.
 */
#ifndef CLI_WANTS_H
#define CLI_WANTS_H

#include "feeds/feed.h"
#include "model/scan.h"

/* Fills *ret from a scan that is resolved; release with wants_release. */
void wants_collect(const struct scan *s, struct feed_wants *ret);
/*
 * Adds the repositories of its packages, as facts say on a day; of packages
 * on whose source facts differ, all that they name.
 */
void wants_find(struct feed_wants *w, const struct facts *f, int32_t day);
/* Lines of a word and one or two texts, joined by tabs. */
void wants_write(const struct feed_wants *w, struct strbuf *to);
/* Reads them back; whoever wrote them is not believed: what is no such line is
 * ERR_FORMAT.  Release in any case. */
NODISCARD enum err wants_read(struct str text, struct feed_wants *ret);
void wants_release(struct feed_wants *w);

#endif
