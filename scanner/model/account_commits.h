/*
 * Commits of which a forge or a review server says that they are by the
 * account that the author's address belongs to (authorship.h): ids, and what
 * all of them together are.
 */
#ifndef MODEL_ACCOUNT_COMMITS_H
#define MODEL_ACCOUNT_COMMITS_H

#include "base/strbuf.h"
#include "base/vec.h"

#define ACCOUNT_COMMITS_ID 20 /* bytes: SHA-1 */

struct account_commit { unsigned char id[ACCOUNT_COMMITS_ID]; };
struct account_commits { VEC(struct account_commit) list; };

/* Adds the commit of this id in hex; what is no such id is left out. */
void account_commits_add(struct account_commits *c, struct str hex);
/* All are in. */
void account_commits_sort(struct account_commits *c);
/* Is this one among them? */
bool account_commits_has(const struct account_commits *c,
			 const unsigned char *id);
/* Adds the SHA-256 of all of them in hex. */
void account_commits_digest(const struct account_commits *c,
			    struct strbuf *to);
void account_commits_release(struct account_commits *c);

#endif
