/*
 * The store as one file, for sites without a network: the editions that
 * readers see, answers and digests (docs/store.md has the format).  The same
 * content gives the same bytes, whatever the history of the store.
 */
#ifndef STORE_EXCHANGE_H
#define STORE_EXCHANGE_H

#include "store/store.h"

/* What may leave: "open" is what anybody may pass on, every other licence
 * must be asked for by its name.  None: "open". */
struct exchange_licences {
	const char *const *v;
	size_t n;
};
/* What became of each feed. */
struct exchange_part {
	struct str feed, licence;
	uint64_t rows;
	bool leaves;
};
struct exchange_manifest { VEC(struct exchange_part) list; };

/*
 * Writes the file, whole or not at all (RW1008).  What leaves are editions
 * and answers of feeds whose licence was asked for; *ret (texts in `a`) says
 * so, sorted by feed, and the file does, too.
 */
NODISCARD enum err store_export(struct store *s, const char *path,
				const struct exchange_licences *asked,
				struct arena *a,
				struct exchange_manifest *ret);

struct exchange_counts {
	uint64_t feeds, left_out, answers, digests;
};
/* Feeds that are taken however old they are and whatever they take back. */
struct exchange_accepted {
	const char *const *v;
	size_t n;
};
/*
 * Takes over what a file has; `bytes` are those of the file.  All of it is
 * checked before any reader sees it: after an error (RW1825, RW1820, RW1832)
 * the store is as it was.  A feed of which the store has a newer edition, or
 * had this one and replaced it, is left out (RW1826).  `accepted` may be NULL.
 */
NODISCARD enum err store_import(struct store *s, struct str bytes,
				struct str path,
				const struct exchange_accepted *accepted,
				struct exchange_counts *ret);

#endif
