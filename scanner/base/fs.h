/*
 * Reading and writing files.  Scanned trees are hostile: everything below a
 * root is opened relative to it, step by step, without following links
 * (openat, O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, then fstat: regular files
 * only).  Nothing here ever writes below a scanned root.
 */
#ifndef BASE_FS_H
#define BASE_FS_H

#include "base/arena.h"
#include "base/diag.h"

/* What stands at a path. */
enum fs_kind { FS_NONE, FS_FILE, FS_DIR, FS_OTHER };

/* The kind of what a path of the user's names (links are followed). */
enum fs_kind fs_kind(const char *path);

/*
 * Reads a file named by the user (links are followed; "-" is not special).
 * At most `max` bytes: more is ERR_LIMIT.  Bytes go to `a`, followed by a NUL
 * that is not counted.  On failure a diagnostic RW1002 (ERR_NOTFOUND,
 * ERR_IO), RW1003 (ERR_UNSUPPORTED) or RW1004 (ERR_LIMIT) names the file.
 */
NODISCARD enum err fs_read(const char *path, size_t max, struct arena *a,
			   struct diags *ds, struct str *ret_bytes);

/* The same of what is open already, to its end: a pipe, or what was given as
 * standard input.  It stays open. */
NODISCARD enum err fs_read_open(int fd, struct str name, size_t max,
				struct arena *a, struct diags *ds,
				struct str *ret_bytes);

/* A root folder held open. */
struct fs_root {
	int fd;
	struct str name; /* as the user wrote it */
	size_t max_entries; /* that fs_root_list looks at */
};

/* Opens a folder as a root (`path` must outlive it); ERR_NOTFOUND or
 * ERR_IO, without a diagnostic. */
NODISCARD enum err fs_root_open(struct fs_root *root, const char *path);
void fs_root_close(struct fs_root *root);
/* Reads a file below the root; as fs_read, but no link on the way is
 * followed (RW1003) and a path that leads outside is ERR_FORMAT (RW1002). */
NODISCARD enum err fs_root_read(const struct fs_root *root, struct str path,
				size_t max, struct arena *a,
				struct diags *ds, struct str *ret_bytes);

struct fs_entry {
	struct str path;  /* below the root */
	uint64_t size;
	bool is_link, is_executable;
	bool is_special; /* a FIFO, a device..., a folder named .git */
};

struct fs_entries { VEC(struct fs_entry) list; };

/*
 * Lists everything below the root that is not a folder, sorted by path
 * bytewise; of folders named ".git" only the name is listed, and not of the
 * root's own; links are listed and never followed.  Iterative, breadth first.
 * What cannot be read is RW1002;
 * LIMIT_TREE_* give RW1005 and ERR_LIMIT, and a folder is then taken whole or
 * not at all, so that the list never depends on the order of the disk.
 * ERR_IO when the root itself cannot be read.  *ret holds what was seen in
 * every case; the caller releases ret->list.  Paths go to `a`.
 */
NODISCARD enum err fs_root_list(const struct fs_root *root, struct arena *a,
				struct diags *ds, struct fs_entries *ret);

/* Removes what fs_write left in a folder where it was killed: of processes
 * that are gone, or of `all`. */
void fs_drop_temporaries(const char *folder, bool all);
/*
 * Writes a file whole or not at all: temporary name in the same folder,
 * fsync, rename; permissions of a file that it replaces stay.  "-" is
 * standard output; a device or FIFO is written to.  ERR_IO with RW1008.
 */
NODISCARD enum err fs_write(const char *path, struct str bytes,
			    struct diags *ds);

#endif
