/*
 * The register of legal entities as facts: of the organisations at hand and
 * of names that are asked for, their records and all that consolidates them,
 * upwards.
 */
#ifndef STORE_FACTS_LEGAL_H
#define STORE_FACTS_LEGAL_H

#include "store/facts_feed.h"
#include "store/known.h"

/*
 * Adds them.  The first `own` organisations of `known` are looked for by LEI,
 * or else name and country; the others by LEI only.  Past LIMIT_LEGAL
 * entities RW1901 says that holders are missing.
 */
void facts_legal_add(struct facts *f, struct store *s, struct known *known,
		     size_t own, const struct facts_feed_names *names,
		     struct diags *ds);

#endif
