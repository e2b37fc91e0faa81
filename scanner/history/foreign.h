/*
 * The fallback: libgit2's object database over single packs that our reader
 * leaves alone, without repository, settings or alternates.  SHA-1 only.
 */
#ifndef HISTORY_FOREIGN_H
#define HISTORY_FOREIGN_H

#include "history/cache.h"

struct foreign;

/* A database without packs. */
struct foreign *foreign_new(void);
void foreign_free(struct foreign *f);
/* Adds the pack of an index file; false when libgit2 refuses it. */
bool foreign_add(struct foreign *f, struct str index_path);
/* As odb_read. */
NODISCARD enum err foreign_read(struct foreign *f, const struct oid *id,
				size_t max, struct object **ret);
/* The version of libgit2, in static storage. */
const char *foreign_library_version(void);

#endif
