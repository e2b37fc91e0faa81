/*
 * Which addresses are known to be one person's: what a .mailmap joins, and
 * stand-ins of one numbered account at a forge.  No name is looked at: rows
 * of a .mailmap for one name at an address join nothing, and an address with
 * such a row is several persons'.
 */
#ifndef HISTORY_IDENTITY_H
#define HISTORY_IDENTITY_H

#include "history/address.h"
#include "history/mailmap.h"

#define IDENTITY_NONE UINT32_MAX

struct identities {
	VEC(uint64_t) keys;     /* of addresses and accounts, ascending */
	uint32_t *root;         /* of each key: the least of those joined */
};

/* Joins what the rows and the accounts join. */
void identity_join(struct identities *s, const struct addresses *as,
		   const struct mailmap *map);
void identity_release(struct identities *s);
/* Whose an address is: equal for those joined; IDENTITY_NONE when it is
 * joined to none. */
uint32_t identity_of(const struct identities *s, const struct address *a);

#endif
