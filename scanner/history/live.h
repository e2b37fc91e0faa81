/*
 * What one commit still has to answer for, while blame goes back through
 * history: of every file of its tree, the lines that reach the head.
 */
#ifndef HISTORY_LIVE_H
#define HISTORY_LIVE_H

#include "base/vec.h"
#include "history/oid.h"

/* n lines of a file at the head, and where they stand in the origin. */
struct live_lines {
	uint32_t file, final, here, n;
};

struct live_origin {
	uint32_t path;
	struct oid blob;
	VEC(struct live_lines) lines;
};

/* A table by path.  The order of its slots reaches nothing that is told. */
struct live {
	struct live_origin **slots;
	size_t n, cap;
};

/* An empty table. */
struct live *live_new(void);
/* Frees it with all that is in it; NULL is fine. */
void live_free(struct live *l);
/* Frees an origin that was taken. */
void live_free_origin(struct live_origin *o);
/* The origin of a path, made when there is none. */
struct live_origin *live_put(struct live *l, uint32_t path,
			     const struct oid *blob);
/* Takes an origin out; NULL when there is none. */
struct live_origin *live_take(struct live *l, uint32_t path);
/* Adds lines to an origin; joins them to the last ones where they continue
 * those. */
void live_add(struct live_origin *o, struct live_lines lines);
/* Moves all of `o`, which is freed, to the same lines of another path. */
void live_move(struct live *to, uint32_t path, struct live_origin *o);
/* Puts two tables together into one, which is returned; either may be
 * NULL. */
struct live *live_join(struct live *a, struct live *b);
/* Sorts an origin's lines by where they stand in it. */
void live_sort(struct live_origin *o);

#endif
