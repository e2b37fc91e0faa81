/*
 * Which commits of a repository a review server (Gerrit) and a forge (GitHub)
 * say to be by the account of their author, from what feeds keep of their
 * answers.
 */
#ifndef STORE_ACCOUNT_STORE_H
#define STORE_ACCOUNT_STORE_H

#include "model/account_commits.h"
#include "model/scan.h"
#include "store/store.h"

/* A repository (canonical), and the facts that know its mirrors on a day. */
struct account_store_of {
	struct str repository;
	const struct facts *facts;
	int32_t day;
};

/* Fills *ret, sorted; empty where nothing is known or there is no store
 * (NULL). */
void account_store_find(struct store *s, const struct account_store_of *of,
			struct account_commits *ret);
/*
 * Tells of digests of a scan that were counted elsewhere, bundled ones and of
 * clones, which count none of the commits of which the store knows an account
 * (RW1810).
 */
void account_store_tell(struct scan *s);

#endif
