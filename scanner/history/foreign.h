/*
 * The fallback: libgit2's object database over a folder of objects, without
 * repository, settings or alternates.  For packs that our reader leaves
 * alone.  SHA-1 only.
 */
#ifndef HISTORY_FOREIGN_H
#define HISTORY_FOREIGN_H

#include "history/cache.h"

struct foreign;

/* Nothing is opened before something is read. */
struct foreign *foreign_new(void);
void foreign_free(struct foreign *f);
/* As odb_read, from one "objects" folder. */
NODISCARD enum err foreign_read(struct foreign *f, struct str folder,
				const struct oid *id, size_t max,
				struct object **ret);

#endif
