/*
 * Legal entities and who consolidates whom, as the store has them from a
 * register: millions, of which a scan needs those that it names and their
 * holders.
 */
#ifndef STORE_LEGAL_H
#define STORE_LEGAL_H

#include "store/edition.h"

/* "direct", "ultimate", "branch". */
const char *legal_relation_name(enum edition_relation_kind k);
/*
 * The number under which a name is found: the same for names that are equal
 * by facts_name_short.  False for a name without letters.
 */
bool legal_form(struct str name, struct arena *scratch, int64_t *ret_form);

#endif
