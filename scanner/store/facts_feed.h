/*
 * What feeds brought, as facts: the rows of each edition that readers see,
 * and of the register of legal entities what the organisations at hand need.
 * Rows say where they come from; ids that mean an organisation at hand
 * (known.h) become its id.  Where only name and country say so, its rows are
 * of confidence B at most: no proven bound rests on a name.
 */
#ifndef STORE_FACTS_FEED_H
#define STORE_FACTS_FEED_H

#include "model/facts.h"
#include "store/store.h"

/* Names that are looked for besides those of the organisations at hand: of
 * suppliers, companies of seats, what the user asks for. */
struct facts_feed_names { VEC(struct str) list; };

/*
 * Adds the rows to facts that are loaded and not indexed yet.  A row that is
 * not sound is RW1823, rows that cannot be read RW1820: both lower coverage.
 * `names` may be NULL.
 */
void facts_feed_load(struct facts *f, struct store *s,
		     const struct facts_feed_names *names, struct diags *ds);
/* Does the store hold legal entities? */
bool facts_feed_has_entities(struct store *s);

#endif
