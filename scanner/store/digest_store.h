/*
 * Finding the digest of a repository: those of the scan (its own targets, and
 * files or folders that the user names), then those of the clones that
 * `update` made, then those that came with the program (seed/digests/).
 */
#ifndef STORE_DIGEST_STORE_H
#define STORE_DIGEST_STORE_H

#include "base/map.h"
#include "model/scan.h"

/*
 * Adds the digests of a file or of all *.json of a folder (--digests).  The
 * sound ones are added; what cannot be read or counts only a range is a
 * diagnostic, and the error of the first is returned.
 */
NODISCARD enum err digest_store_add(struct scan *s, const char *path);

/* Look-ups in the digests of a scan, by what their addresses have in common
 * (address_key).  Their texts live in `arena`. */
struct digest_store {
	struct scan *scan;
	struct arena arena;
	struct map by_key;      /* key -> first digest, or SIZE_MAX */
	struct map tried;       /* keys whose bundled digest was looked for */
	struct map asked;       /* addresses that the store was asked for */
	VEC(size_t) next;       /* of each digest: the next one of its key */
};

/* Indexes the digests that the scan has; it must outlive the store. */
void digest_store_open(struct digest_store *d, struct scan *s);
void digest_store_close(struct digest_store *d);
/*
 * The digest of a repository (canonical address): one of that very commit, or
 * else the first in the order above; those of the store and the bundled ones
 * are loaded when none of that commit is at hand.  Index into scan.digests or
 * SIZE_MAX.
 */
size_t digest_store_find(struct digest_store *d, struct str repository,
			 struct str commit);

#endif
