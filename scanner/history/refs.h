/*
 * From a revision as people write it to a commit: HEAD, branches, tags, full
 * and abbreviated names, with ~N, ^N and ^{commit} (gitrevisions; no reflog,
 * no search in messages).
 */
#ifndef HISTORY_REFS_H
#define HISTORY_REFS_H

#include "history/gitdir.h"

/* The object of a ref ("HEAD", "refs/heads/main"), symbolic refs followed;
 * false when it does not exist. */
bool refs_read(struct gitdir *g, struct str name, struct oid *ret);
/* What HEAD names, without looking whether it exists; "" when unreadable. */
struct str refs_head_target(struct gitdir *g);
/*
 * The commit of a revision.  ERR_NOTFOUND: there is no such; ERR_FORMAT: it
 * is no commit, or not written in a way that is understood; or as odb_read.
 */
NODISCARD enum err refs_resolve(struct gitdir *g, struct odb_reader *r,
				struct str revision, struct oid *ret);

#endif
