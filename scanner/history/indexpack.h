/*
 * Taking in a pack that was fetched: libgit2 reads it, resolves its deltas,
 * and writes pack and index into a folder.  Nothing else of libgit2 is used
 * for it: no repository, no settings, no network.
 */
#ifndef HISTORY_INDEXPACK_H
#define HISTORY_INDEXPACK_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

struct indexpack {
	const char *file;       /* that has the pack */
	uint64_t offset;        /* where it begins in there */
	const char *folder;     /* objects/pack of a repository */
	uint64_t max_seconds;   /* 0 = no limit */
};

/* ERR_IO: a file cannot be read or written; ERR_LIMIT: the time is over;
 * ERR_FORMAT: it is no sound pack.  *ret_why, in `a`, says more. */
NODISCARD enum err indexpack_run(const struct indexpack *p, struct arena *a,
				 struct str *ret_why);

#endif
