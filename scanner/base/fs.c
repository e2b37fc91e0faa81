/*
 * Files: reading what the user names, reading and listing what stands below
 * a root without being led out of it, and writing whole files.
 */
#include "base/fs.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/path.h"
#include "base/strbuf.h"

/* O_NONBLOCK: opening a FIFO must not wait for its writer. */
#define OPEN_FLAGS (O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
#define OPEN_DIR (O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_DIRECTORY)

enum fs_kind fs_kind(const char *path)
{
	struct stat st;

	if (stat(path, &st))
		return FS_NONE;
	return S_ISREG(st.st_mode) ? FS_FILE
	     : S_ISDIR(st.st_mode) ? FS_DIR : FS_OTHER;
}

/* Says why something could not be opened or read. */
static enum err fail(struct diags *ds, struct str place, int error)
{
	switch (error) {
	case ELOOP:
	case ENOTDIR:
	case ENXIO:
		diag_add(ds, RW1003, diag_at(place), "a symbolic link or "
			 "something else that is not a regular file");
		return ERR_UNSUPPORTED;
	case ENOENT:
		diag_add(ds, RW1002, diag_at(place), "does not exist");
		return ERR_NOTFOUND;
	default:
		diag_add(ds, RW1002, diag_at(place), "cannot be read: %s",
			 strerror(error));
		return ERR_IO;
	}
}

/* Reads fd to its end; errno when it fails with ERR_IO. */
static enum err slurp(int fd, size_t hint, size_t max, struct arena *a,
		      struct str *ret)
{
	size_t n = 0, room = hint + 1;
	char *p = arena_alloc(a, room);

	for (;;) {
		ssize_t got = read(fd, p + n, room - n);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return ERR_IO;
		if (got == 0)
			break;
		n += (size_t)got;
		if (n > max)
			return ERR_LIMIT;
		if (n == room) { /* it grew since it was looked at */
			size_t more = n > max / 2 ? max + 1 : n * 2;
			char *q = arena_alloc(a, more);

			memcpy(q, p, n);
			p = q;
			room = more;
		}
	}
	*ret = str_n(p, n);
	return OK;
}

/* Reads an open file and closes it. */
static enum err read_file(int fd, struct str place, size_t max,
			  struct arena *a, struct diags *ds, struct str *ret)
{
	struct stat st;
	enum err e;

	if (fstat(fd, &st)) {
		e = fail(ds, place, errno);
	} else if (!S_ISREG(st.st_mode)) {
		diag_add(ds, RW1003, diag_at(place), "not a regular file");
		e = ERR_UNSUPPORTED;
	} else {
		e = (uint64_t)st.st_size > max
			? ERR_LIMIT
			: slurp(fd, (size_t)st.st_size, max, a, ret);
		if (e == ERR_IO)
			fail(ds, place, errno);
		if (e == ERR_LIMIT)
			diag_add(ds, RW1004, diag_at(place),
				 "larger than %zu bytes", max);
	}
	close(fd);
	return e;
}

enum err fs_read(const char *path, size_t max, struct arena *a,
		 struct diags *ds, struct str *ret_bytes)
{
	int fd = open(path, OPEN_FLAGS);

	*ret_bytes = STR("");
	if (fd < 0)
		return fail(ds, str_c(path),
			    errno == ENOTDIR ? ENOENT : errno);
	return read_file(fd, str_c(path), max, a, ds, ret_bytes);
}

enum err fs_read_open(int fd, struct str name, size_t max, struct arena *a,
		      struct diags *ds, struct str *ret_bytes)
{
	enum err e;

	*ret_bytes = STR("");
	e = slurp(fd, 64 * LIMIT_KB, max, a, ret_bytes);
	if (e == ERR_IO)
		fail(ds, name, errno);
	if (e == ERR_LIMIT)
		diag_add(ds, RW1004, diag_at(name), "larger than %zu bytes",
			 max);
	return e;
}

enum err fs_root_open(struct fs_root *root, const char *path)
{
	*root = (struct fs_root){.fd = open(path, OPEN_DIR),
				 .name = str_c(path),
				 .max_entries = LIMIT_TREE_FILES};
	if (root->fd >= 0)
		return OK;
	return errno == ENOENT || errno == ENOTDIR ? ERR_NOTFOUND : ERR_IO;
}

void fs_root_close(struct fs_root *root)
{
	if (root->fd >= 0)
		close(root->fd);
	root->fd = -1;
}

/*
 * Opens a normalised path below a folder, step by step, so that no link on
 * the way is followed; -1 and errno.  "" is the folder itself.
 */
static int open_below(int root, struct str path, int flags)
{
	int at = openat(root, ".", OPEN_DIR);
	struct str segment;

	while (at >= 0 && path.n && str_split(&path, '/', &segment)) {
		char name[NAME_MAX + 1] = {0};
		int next = -1, error = ENAMETOOLONG;

		if (segment.n < sizeof name) {
			memcpy(name, segment.p, segment.n);
			next = openat(at, name, O_NOFOLLOW |
				      (path.n ? OPEN_DIR : flags));
			error = errno;
		}
		close(at);
		errno = error;
		at = next;
	}
	return at;
}

enum err fs_root_read(const struct fs_root *root, struct str path, size_t max,
		      struct arena *a, struct diags *ds,
		      struct str *ret_bytes)
{
	struct arena scratch = {0};
	struct str place = path_join(&scratch, root->name, path), below;
	enum err e = path_normalise(&scratch, path, &below);
	int fd;

	*ret_bytes = STR("");
	if (e) {
		diag_add(ds, RW1002, diag_at(place), "leads outside");
	} else {
		fd = open_below(root->fd, below, OPEN_FLAGS);
		e = fd < 0 ? fail(ds, place, errno)
			   : read_file(fd, place, max, a, ds, ret_bytes);
	}
	arena_release(&scratch);
	return e;
}

/* A folder that is still to be listed. */
struct folder {
	struct str path;
	size_t depth; /* segments of its path */
};

struct walk {
	const struct fs_root *root;
	struct arena *arena;
	struct diags *ds;
	struct fs_entries *out;
	VEC(struct folder) folders; /* in the order in which they are met */
	size_t seen;  /* entries of any kind */
	size_t bytes; /* of their paths */
	enum err e;
};

struct names { VEC(struct str) list; };

static int compare_names(const void *va, const void *vb)
{
	const struct str *a = va, *b = vb;

	return str_cmp(*a, *b);
}

static int compare_entries(const void *va, const void *vb)
{
	const struct fs_entry *a = va, *b = vb;

	return str_cmp(a->path, b->path);
}

/* Where a path below the root is for the user; lives in `scratch`. */
static struct str place_of(const struct walk *w, struct arena *scratch,
			   struct str path)
{
	return path.n ? path_join(scratch, w->root->name, path)
		      : w->root->name;
}

/* Says that a limit was met; what is left out follows from the names alone
 * and not from the order in which the disk gives them. */
static void limit_met(struct walk *w, struct str place, const char *what)
{
	diag_add(w->ds, RW1005, diag_at(place), "%s", what);
	w->e = ERR_LIMIT;
}

/*
 * Reads the names of an open folder; 0 or an errno.  E2BIG: more than the
 * walk may still see, of which any choice would depend on the disk.
 */
static int read_names(const struct walk *w, DIR *dir, struct str path,
		      struct arena *scratch, struct names *names)
{
	size_t bytes = w->bytes;
	struct dirent *d;

	while (errno = 0, d = readdir(dir)) {
		struct str name = str_c(d->d_name);

		if (str_is(name, ".") || str_is(name, ".."))
			continue;
		bytes += path.n + 1 + name.n;
		if (w->seen + names->list.n == w->root->max_entries ||
		    bytes > LIMIT_TREE_PATHS_BYTES)
			return E2BIG;
		vec_push(&names->list, arena_dup(scratch, name));
	}
	return errno;
}

static void add_entry(struct walk *w, int dir, const struct folder *in,
		      struct str name, struct arena *scratch)
{
	struct str path = path_join(w->arena, in->path, name);
	struct str place = place_of(w, scratch, path);
	struct stat st;

	w->seen++;
	w->bytes += path.n;
	if (path.n > LIMIT_PATH_BYTES)
		limit_met(w, place, "its path is too long");
	else if (fstatat(dir, name.p, &st, AT_SYMLINK_NOFOLLOW))
		fail(w->ds, place, errno);
	else if (str_is(name, ".git") && !in->path.n)
		return; /* the root's own */
	else if (!S_ISDIR(st.st_mode) || str_is(name, ".git"))
		vec_push(&w->out->list, ((struct fs_entry){
			.path = path,
			.size = S_ISREG(st.st_mode) ? (uint64_t)st.st_size : 0,
			.is_link = S_ISLNK(st.st_mode),
			.is_executable = S_ISREG(st.st_mode) &&
					 (st.st_mode & S_IXUSR),
			.is_special = !S_ISREG(st.st_mode) &&
				      !S_ISLNK(st.st_mode)}));
	else if (in->depth == LIMIT_TREE_DEPTH)
		limit_met(w, place, "folders nest too deeply here");
	else
		vec_push(&w->folders,
			 ((struct folder){path, in->depth + 1}));
}

/* Lists one folder; false when the walk must end. */
static bool list_folder(struct walk *w, struct folder in)
{
	struct arena scratch = {0};
	struct str place = place_of(w, &scratch, in.path);
	struct names names = {0};
	int fd = open_below(w->root->fd, in.path, OPEN_DIR);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	int error = dir ? read_names(w, dir, in.path, &scratch, &names)
			: errno;

	if (error == E2BIG) {
		limit_met(w, place, "too many files and folders: this "
			  "folder and those after it are left out");
	} else {
		if (error)
			fail(w->ds, place, error);
		vec_sort(&names.list, compare_names);
		for (size_t i = 0; i < names.list.n; i++)
			add_entry(w, fd, &in, names.list.v[i], &scratch);
	}
	if (dir)
		closedir(dir);
	else if (fd >= 0)
		close(fd);
	vec_release(&names.list);
	arena_release(&scratch);
	if (error && error != E2BIG && !in.path.n)
		w->e = ERR_IO;
	return error != E2BIG;
}

enum err fs_root_list(const struct fs_root *root, struct arena *a,
		      struct diags *ds, struct fs_entries *ret)
{
	struct walk w = {.root = root, .arena = a, .ds = ds, .out = ret};

	*ret = (struct fs_entries){0};
	vec_push(&w.folders, ((struct folder){STR(""), 0}));
	for (size_t i = 0; i < w.folders.n; i++)
		if (!list_folder(&w, w.folders.v[i]))
			break;
	vec_release(&w.folders);
	vec_sort(&ret->list, compare_entries);
	return w.e;
}

/* 0 or an errno, as all that follows. */
static int write_all(int fd, struct str s)
{
	while (s.n) {
		ssize_t n = write(fd, s.p, s.n);

		if (n >= 0)
			s = str_from(s, (size_t)n);
		else if (errno != EINTR)
			return errno;
	}
	return 0;
}

#define TEMPORARY ".ranwhence-"

void fs_drop_temporaries(const char *folder, bool all)
{
	DIR *d = opendir(folder);
	struct dirent *e;

	while (d && (e = readdir(d))) {
		struct str name = str_c(e->d_name);
		long pid;

		if (!str_has_prefix(name, STR(TEMPORARY)) ||
		    !str_has_suffix(name, STR(".tmp")))
			continue;
		pid = strtol(e->d_name + sizeof TEMPORARY - 1, NULL, 10);
		if (all || (pid > 0 && kill((pid_t)pid, 0) && errno == ESRCH))
			unlinkat(dirfd(d), e->d_name, 0);
	}
	if (d)
		closedir(d);
}

/* Creates a file beside `path` whose name nobody uses. */
static int open_temporary(const char *path, struct strbuf *name)
{
	struct str all = str_c(path), file = path_base(all);
	int fd = -1;

	for (int i = 0; i < 100; i++) {
		strbuf_clear(name);
		strbuf_add(name, str_head(all, all.n - file.n));
		strbuf_fmt(name, TEMPORARY "%ld-%d.tmp", (long)getpid(), i);
		fd = open(name->p, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW |
			  O_CLOEXEC, 0666);
		if (fd >= 0 || errno != EEXIST)
			break;
	}
	return fd;
}

/* Puts a whole new file in the place of `path`; `old` is what stands there
 * and gives its permissions, or NULL. */
static int replace(const char *path, struct str bytes, const struct stat *old)
{
	struct strbuf name;
	int fd, error = 0;

	if (old && faccessat(AT_FDCWD, path, W_OK, AT_EACCESS))
		return errno;
	strbuf_init(&name, 0);
	fd = open_temporary(path, &name);
	if (fd < 0) {
		error = errno;
	} else {
		if (old && fchmod(fd, old->st_mode & 0777))
			error = errno;
		if (!error)
			error = write_all(fd, bytes);
		if (!error && fsync(fd))
			error = errno;
		if (close(fd) && !error)
			error = errno;
		if (!error && rename(name.p, path))
			error = errno;
		if (error)
			unlink(name.p);
	}
	strbuf_release(&name);
	return error;
}

/* Writes to what is already there and must not be replaced: a device, FIFO
 * or standard output. */
static int write_through(const char *path, struct str bytes)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
	int error = fd < 0 ? errno : write_all(fd, bytes);

	if (fd >= 0 && close(fd) && !error)
		error = errno;
	return error;
}

/* The file behind a link is replaced, not the link. */
static int replace_target(const char *path, struct str bytes,
			  const struct stat *old)
{
	char *target = realpath(path, NULL);
	int error = target ? replace(target, bytes, old) : errno;

	free(target);
	return error;
}

enum err fs_write(const char *path, struct str bytes, struct diags *ds)
{
	struct stat st;
	int error;

	if (!strcmp(path, "-"))
		error = fflush(stdout) ? errno
				       : write_all(STDOUT_FILENO, bytes);
	else if (stat(path, &st))
		error = errno == ENOENT ? replace(path, bytes, NULL) : errno;
	else if (S_ISREG(st.st_mode))
		error = replace_target(path, bytes, &st);
	else
		error = write_through(path, bytes);
	if (!error)
		return OK;
	diag_add(ds, RW1008, diag_at(str_c(path)), "cannot be written: %s",
		 strerror(error));
	return ERR_IO;
}
