/*
 * The lines of blobs that were looked at last: what is the parent's file in
 * one comparison is the child's in the next.  One per thread.
 */
#ifndef HISTORY_TEXTS_H
#define HISTORY_TEXTS_H

#include "history/diff.h"
#include "history/odb.h"

#define TEXTS_SLOTS 128

struct texts_slot {
	struct oid blob;
	struct object *object; /* NULL: free */
	struct diff_text text;
	uint64_t used;         /* when, counted in uses */
};

struct texts {
	struct odb_reader *reader;
	struct diff_work *work;
	size_t bytes, max;
	uint64_t uses;
	struct texts_slot slots[TEXTS_SLOTS];
};

/* A cache that keeps about `max` bytes, of blobs that `r` reads. */
void texts_init(struct texts *t, struct odb_reader *r, struct diff_work *w,
		size_t max);
void texts_release(struct texts *t);
/* The lines of a blob, valid until two others were asked for.  `like`, when
 * not NULL, is what was asked for before, and said to be similar. */
NODISCARD enum err texts_get(struct texts *t, const struct oid *blob,
			     const struct diff_text *like,
			     const struct diff_text **ret);

#endif
