/*
 * How the facts hold a list: whoever is missing in an extract may still be on
 * the list, and one that is held whole is so as of some edition.  A reader
 * must know.
 */
#ifndef REPORT_HELD_H
#define REPORT_HELD_H

#include "base/strbuf.h"
#include "model/facts.h"
#include "model/ladder.h"

struct held {
	struct str list;
	size_t entries;     /* rows of it that may hold on the day */
	bool is_whole;
	struct str edition; /* of one held whole, and what is left out */
};

/* The list number `i` of a concern, on its day. */
struct held held_read(const struct facts *f, const struct concern *c,
		      size_t i);
/* All lists of a concern as one phrase; nothing if it names none. */
void held_phrase(const struct facts *f, const struct concern *c,
		 struct strbuf *b);

#endif
