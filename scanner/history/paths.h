/*
 * Paths as numbers: each folder and file is its parent's number and a name,
 * so that a path costs its last segment only.
 */
#ifndef HISTORY_PATHS_H
#define HISTORY_PATHS_H

#include "base/arena.h"
#include "base/strbuf.h"
#include "base/vec.h"

#define PATHS_ROOT 0 /* the number of the top folder */

struct paths_node {
	uint32_t parent;
	struct str name;
};

struct paths {
	struct arena arena;
	VEC(struct paths_node) nodes; /* parents before their children */
	uint32_t *table;              /* number; 0 = free */
	size_t cap;
};

/* A table that knows the top folder only. */
void paths_init(struct paths *p);
void paths_release(struct paths *p);
/* The number of a name in a folder. */
uint32_t paths_add(struct paths *p, uint32_t parent, struct str name);
/* The same without adding it: PATHS_ROOT when it is not known. */
uint32_t paths_find(const struct paths *p, uint32_t parent, struct str name);
/* Adds the path of a number, segments joined by '/'. */
void paths_write(const struct paths *p, uint32_t number, struct strbuf *out);
/* The number that each of `from`'s has in `p`, which learns them all; the
 * caller frees it. */
uint32_t *paths_merge(struct paths *p, const struct paths *from);
/*
 * Fills an empty table with the paths of `from` that are used, and the folders
 * that they lie in (which become used), in the order of their texts, whatever
 * that of their numbers was.  The new number of each; the caller frees it.
 */
uint32_t *paths_sort(struct paths *p, const struct paths *from, bool *used);

#endif
