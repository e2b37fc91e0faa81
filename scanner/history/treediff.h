/*
 * What differs between two trees, on the raw objects: equal subtrees are
 * never opened, no content is read, renames are not looked for.
 */
#ifndef HISTORY_TREEDIFF_H
#define HISTORY_TREEDIFF_H

#include "history/entry.h"
#include "history/odb.h"
#include "history/paths.h"

/* One side of a change; mode 0: nothing is there. */
struct treediff_side {
	unsigned mode;
	struct oid id;
};

/* A path that is no folder and not the same on both sides. */
struct treediff_change {
	uint32_t path;
	struct treediff_side old, new;
};

struct treediff_level;

struct treediff {
	struct odb_reader *reader;
	size_t oid_bytes;
	struct paths *paths;
	uint64_t steps;       /* entries that may still be looked at: set it */
	VEC(struct treediff_change) changes; /* of the last run */
	struct { VEC(struct treediff_level) list; } stack;
	enum err worst;
};

/* A differ for one thread. */
void treediff_init(struct treediff *d, struct odb_reader *r,
		   size_t oid_bytes, struct paths *paths);
void treediff_release(struct treediff *d);
/*
 * Compares two trees (`old` NULL: the empty one) and lists the changes in
 * git's order.  The first error is returned, with what could be read beside
 * it listed all the same: ERR_NOTFOUND a tree is missing, ERR_FORMAT it is
 * none, ERR_LIMIT too deep or no steps left.
 */
NODISCARD enum err treediff_run(struct treediff *d, const struct oid *old,
				const struct oid *new);

#endif
