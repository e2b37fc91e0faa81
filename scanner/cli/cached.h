/* The digest of a repository, from the store where it is there already. */
#ifndef CLI_CACHED_H
#define CLI_CACHED_H

#include "cli/opt.h"
#include "history/history.h"
#include "store/store.h"

struct cached {
	const struct opts *o;
	struct store *store;   /* looked into; NULL: not */
	const char *path;      /* of the store to keep digests in, or NULL */
};

/*
 * What the options say: the store that is open is looked into, and it, or
 * one that --store names, is written; with --no-cache neither.  The path goes
 * to `a`.
 */
struct cached cached_by(const struct opts *o, struct store *store,
			struct arena *a);
/*
 * As history_digest, with the same bytes.  `c` may be NULL.
 */
NODISCARD enum err cached_digest(const struct cached *c, const char *path,
				 const struct history_options *o,
				 struct arena *a, struct diags *ds,
				 struct digest *ret);

#endif
