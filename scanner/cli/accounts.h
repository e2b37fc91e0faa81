/* Which commits of a repository at hand forges and review servers say to be by
 * the account of their author: what the store has under its address. */
#ifndef CLI_ACCOUNTS_H
#define CLI_ACCOUNTS_H

#include "store/account_store.h"

/* Fills *ret for the repository at `path`, whose address is its origin; `of`
 * has facts and day.  Nothing where there is no store (NULL) or no origin. */
void accounts_find(const char *path, struct store *s,
		   struct account_store_of of, struct account_commits *ret);

#endif
