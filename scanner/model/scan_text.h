/*
 * What the reading of one target added to a scan, as a text: the target, its
 * components, edges, seats and documents.  Numbers end with a blank, texts
 * have their length before them; it has no version of its own, since whoever
 * keeps it keeps it under a key that the program's version is part of.
 */
#ifndef MODEL_SCAN_TEXT_H
#define MODEL_SCAN_TEXT_H

#include "base/strbuf.h"
#include "model/scan.h"

/* Adds the text of a scan to which nothing but that was added yet; it stays
 * as it is. */
void scan_text_write(struct scan *s, struct strbuf *to);
/* Adds to *to what the text says; texts go to its arena.  False, and nothing
 * was added, when it is not sound. */
NODISCARD bool scan_text_read(struct str text, struct scan *to);

#endif
