/*
 * How the facts hold a list on a day: whoever is missing in an extract may
 * still be on the list, and one that is held whole is so as of some edition.
 */
#ifndef MODEL_HELD_H
#define MODEL_HELD_H

#include "model/facts.h"
#include "model/ladder.h"

struct held {
	struct str list;
	size_t entries;     /* rows of it that may hold on the day */
	bool is_whole;
	struct str edition; /* of one held whole, and what is left out */
};

/* The list number `i` of a concern, on its day; texts are those of the
 * facts. */
struct held held_read(const struct facts *f, const struct concern *c,
		      size_t i);

#endif
