/* Paths as text: slash-separated, never looked up on a disk here. */
#ifndef BASE_PATH_H
#define BASE_PATH_H

#include "base/arena.h"

/* The part after the last slash; before it ("" when there is none). */
struct str path_base(struct str path);
struct str path_dir(struct str path);
/* a/b (one slash, also when a ends in one), or b alone when a is empty. */
struct str path_join(struct arena *a, struct str dir, struct str name);
/*
 * Without empty, "." and ".." segments.  ERR_FORMAT when it is absolute, holds
 * a NUL or leaves its root.
 */
NODISCARD enum err path_normalise(struct arena *a, struct str path,
				  struct str *ret_path);
/* True when one of the folders of the path (not its last segment) is `name`,
 * ASCII case ignored. */
bool path_has_dir(struct str path, struct str name);

#endif
