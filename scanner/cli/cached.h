/* The digest of a repository, from the store where it is there already. */
#ifndef CLI_CACHED_H
#define CLI_CACHED_H

#include "base/sha256.h"
#include "cli/opt.h"
#include "history/history.h"
#include "model/scan.h"
#include "store/store.h"

struct shard_plan; /* cli/shard.h */

struct cached {
	const struct opts *o;
	struct store *store;   /* looked into; NULL: not */
	const char *path;      /* of the store to keep digests in, or NULL */
	const char *parts;     /* a folder: histories are in it; or NULL */
	struct shard_plan *plan; /* count nothing, note it here; or NULL */
	const struct shard_plan *known; /* with parts: nothing is opened, it
					   says what there is; or NULL */
};

/*
 * What the options say: the store that is open is looked into, and it, or
 * one that --store names, is written; with --no-cache neither.  The path goes
 * to `a`.
 */
struct cached cached_by(const struct opts *o, struct store *store,
			struct arena *a);
/* Adds the key of a history in hex, for other machines: all that it depends on,
 * this program and the path as it is named among it, because another folder
 * may hold other files.  False when the repository cannot be read whole: the
 * key is of what was told then. */
bool cached_key(const char *path, const struct history_options *o,
		struct strbuf *to);
/* All slices of a history, in a folder of parts, and where an outcome goes. */
struct cached_slices {
	const char *folder;
	struct str key;        /* of the history */
	unsigned of;
};
/* What is read beside the history, and kept with it. */
enum cached_beside {
	CACHED_NOTHING,
	CACHED_TERMS,          /* terms_read */
	CACHED_SEATS           /* stewards_read */
};
struct cached_outcome {
	struct arena *arena;
	struct diags *diags;
	struct digest *digest;
	enum cached_beside beside;
	struct scan *tree;     /* empty, for seats: gets what is told of them */
};
/* As history_digest, with the same bytes, from slices of it.  ERR_FORMAT after
 * RW1831: one is not sound. */
NODISCARD enum err cached_join(const struct cached_slices *s,
			       const char *path,
			       const struct history_options *o,
			       const struct cached_outcome *to);
/*
 * As history_digest, with the same bytes.  `c` may be NULL.  Where it has
 * parts, a history that has a key is taken from them (part_find, or all of its
 * slices; of one that was counted without o->accounts that is told, RW1810);
 * where it has a plan, there is none (ERR_NOTFOUND).  Where a plan is known,
 * the repository is not looked at, and slices are not joined.
 */
NODISCARD enum err cached_digest(const struct cached *c, const char *path,
				 const struct history_options *o,
				 struct arena *a, struct diags *ds,
				 struct digest *ret);
/* The same with what is to be read beside it, which parts do not hold: where a
 * plan is known, it is not read. */
NODISCARD enum err cached_read(const struct cached *c, const char *path,
			       const struct history_options *o,
			       const struct cached_outcome *to);

#endif
