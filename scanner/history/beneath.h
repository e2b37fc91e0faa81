/*
 * Opening what lies beneath a folder that is held open: step by step, no
 * symbolic link followed on the way, never above the folder.
 */
#ifndef HISTORY_BENEATH_H
#define HISTORY_BENEATH_H

#include <sys/stat.h>

#include "base/arena.h"
#include "base/vec.h"

enum beneath_kind {
	BENEATH_NONE, BENEATH_FILE, BENEATH_FOLDER, BENEATH_LINK,
	BENEATH_OTHER,
	BENEATH_UNREAD /* it could not be looked at: any of them, or none */
};

/* What stands at a path; a link anywhere on the way is BENEATH_LINK. */
enum beneath_kind beneath_kind(int folder, struct str path);
/* The same with all that the system knows of it.  ERR_NOTFOUND;
 * ERR_UNSUPPORTED for a link on the way; ERR_IO. */
NODISCARD enum err beneath_look(int folder, struct str path,
				struct stat *ret);
/* Is it a folder that holds anything?  What is no folder holds nothing. */
NODISCARD enum err beneath_is_filled(int folder, struct str path,
				     bool *ret_is_filled);
/* The names in an open folder, sorted, but "." and "..": ERR_LIMIT, and none,
 * when there are more than max; ERR_IO.  The caller releases ret->list. */
struct beneath_names { VEC(struct str) list; };
NODISCARD enum err beneath_list(int folder, size_t max, struct arena *a,
				struct beneath_names *ret);
/*
 * Opens a folder or regular file; the caller closes *ret_fd.  ERR_NOTFOUND;
 * ERR_UNSUPPORTED for links, "..", devices and the like; ERR_IO.
 */
NODISCARD enum err beneath_open_folder(int folder, struct str path,
				       int *ret_fd);
NODISCARD enum err beneath_open_file(int folder, struct str path,
				     int *ret_fd, uint64_t *ret_size);
/* Reads a whole file into `a`; ERR_LIMIT when it has more than max bytes. */
NODISCARD enum err beneath_read(int folder, struct str path, size_t max,
				struct arena *a, struct str *ret_bytes);
/* Reads exactly n bytes at an offset; false when they are not there. */
bool beneath_pread(int fd, void *to, size_t n, uint64_t at);

#endif
