/*
 * The notes of a ref: a tree whose paths, slashes left out, are the names of
 * the objects that the blobs speak of (git-notes(1)).
 */
#ifndef HISTORY_NOTES_H
#define HISTORY_NOTES_H

#include "history/gitdir.h"

struct note {
	struct oid about, blob;
};

struct notes { VEC(struct note) list; };

/*
 * Lists the notes of a ref, sorted by what they are about.  ERR_NOTFOUND:
 * there is no such ref.  What cannot be read is told and left out.
 */
NODISCARD enum err notes_load(struct gitdir *g, struct odb_reader *r,
			      struct str ref, struct diags *ds,
			      struct notes *ret);
void notes_release(struct notes *n);

#endif
