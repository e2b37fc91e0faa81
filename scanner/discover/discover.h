/*
 * A folder on disk as a tree of files (model/file.h), under the limits of
 * base/limits.h.  Decides nothing about what the files mean.  The submodules
 * of a git work tree are not seen here: their commits stand in git's own
 * data, and whoever opened the repository merges them in.
 */
#ifndef DISCOVER_DISCOVER_H
#define DISCOVER_DISCOVER_H

#include "model/file.h"

/*
 * Opens a folder, which may be a link itself.  Of a folder with a ".git"
 * below it is noted that it is a repository of its own, and the ".git" left
 * out; links are listed, never followed; FIFOs, sockets and devices are
 * RW1003 and left out.  OK also where a limit (RW1005) or an unreadable
 * folder (RW1002) cut the list.  ERR_NOTFOUND (RW1001) or ERR_IO (RW1002)
 * when there is no such folder or it cannot be listed: nothing to close then.
 * Paths go to `a`, which must outlive the tree; the tree's `close` frees the
 * rest.
 */
NODISCARD enum err discover_open(const char *path, struct arena *a,
				 struct diags *ds, struct tree *ret);

#endif
