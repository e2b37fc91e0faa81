/* openat() one segment at a time, with O_NOFOLLOW. */
#include "history/beneath.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/limits.h"

#define STEP (O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)

static enum err error(void)
{
	switch (errno) {
	case ENOENT:
		return ERR_NOTFOUND;
	case ELOOP:
	case ENOTDIR:
	case ENXIO:
		return ERR_UNSUPPORTED;
	default:
		return ERR_IO;
	}
}

/* Takes the next segment off a path, but "" and "."; false at the end. */
static bool next_segment(struct str *rest, struct str *ret)
{
	while (str_split(rest, '/', ret))
		if (ret->n && !str_is(*ret, "."))
			return true;
	return false;
}

static void close_unless(int fd, int kept)
{
	int saved = errno;

	if (fd >= 0 && fd != kept)
		close(fd);
	errno = saved;
}

/*
 * Opens the folder that holds the last segment of a path, which may be
 * `folder` itself: close_unless().  *ret_name is that segment, with a NUL
 * ("." when the path is empty).
 */
static enum err open_parent(int folder, struct str path, int *ret_fd,
			    char ret_name[LIMIT_PATH_BYTES])
{
	struct str rest = path, part, next;
	int fd = folder;

	if (!next_segment(&rest, &part))
		part = STR(".");
	for (bool more = true; fd >= 0 && more; part = next) {
		if (part.n >= LIMIT_PATH_BYTES || str_is(part, "..") ||
		    str_find_ch(part, '\0') != SIZE_MAX) {
			close_unless(fd, folder);
			return ERR_UNSUPPORTED;
		}
		memcpy(ret_name, part.p, part.n);
		ret_name[part.n] = '\0';
		more = next_segment(&rest, &next);
		if (more) {
			int below = openat(fd, ret_name, STEP);

			close_unless(fd, folder);
			fd = below;
		}
	}
	*ret_fd = fd;
	return fd < 0 ? error() : OK;
}

enum err beneath_look(int folder, struct str path, struct stat *ret)
{
	char name[LIMIT_PATH_BYTES];
	int fd;
	enum err e = open_parent(folder, path, &fd, name);

	if (e)
		return e;
	e = fstatat(fd, name, ret, AT_SYMLINK_NOFOLLOW) ? error() : OK;
	close_unless(fd, folder);
	return e;
}

enum beneath_kind beneath_kind(int folder, struct str path)
{
	struct stat st;

	switch (beneath_look(folder, path, &st)) {
	case OK:
		break;
	case ERR_NOTFOUND:
		return BENEATH_NONE;
	case ERR_UNSUPPORTED:
		return BENEATH_LINK;
	default:
		return BENEATH_UNREAD;
	}
	if (S_ISREG(st.st_mode))
		return BENEATH_FILE;
	if (S_ISDIR(st.st_mode))
		return BENEATH_FOLDER;
	return S_ISLNK(st.st_mode) ? BENEATH_LINK : BENEATH_OTHER;
}

static enum err open_last(int folder, struct str path, int flags,
			  int *ret_fd)
{
	char name[LIMIT_PATH_BYTES];
	int parent;
	enum err e = open_parent(folder, path, &parent, name);

	if (e)
		return e;
	*ret_fd = openat(parent, name,
			 O_RDONLY | O_NOFOLLOW | O_CLOEXEC | flags);
	e = *ret_fd < 0 ? error() : OK;
	close_unless(parent, folder);
	return e;
}

enum err beneath_open_folder(int folder, struct str path, int *ret_fd)
{
	return open_last(folder, path, O_DIRECTORY, ret_fd);
}

static int compare_names(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

enum err beneath_list(int folder, size_t max, struct arena *a,
		      struct beneath_names *ret)
{
	struct dirent *entry;
	int again = openat(folder, ".", STEP);
	DIR *d = again < 0 ? NULL : fdopendir(again);
	enum err e = OK;

	if (!d) {
		close_unless(again, -1);
		return ERR_IO;
	}
	while (!e && (errno = 0, entry = readdir(d))) {
		struct str name = str_c(entry->d_name);

		if (str_is(name, ".") || str_is(name, ".."))
			continue;
		if (ret->list.n == max)
			e = ERR_LIMIT;
		else
			vec_push(&ret->list, arena_dup(a, name));
	}
	if (!e && errno)
		e = ERR_IO;
	closedir(d);
	if (e == ERR_LIMIT)
		ret->list.n = 0; /* which ones, the disk would say */
	vec_sort(&ret->list, compare_names);
	return e;
}

enum err beneath_is_filled(int folder, struct str path, bool *ret_is_filled)
{
	unsigned n = 0;
	DIR *d;
	int fd;
	enum err e = beneath_open_folder(folder, path, &fd);

	*ret_is_filled = false;
	if (e)
		return e == ERR_IO ? e : OK;
	d = fdopendir(fd);
	if (!d) {
		close(fd);
		return ERR_IO;
	}
	errno = 0;
	while (n < 3 && readdir(d)) /* more than "." and ".." */
		n++;
	e = errno ? ERR_IO : OK;
	closedir(d);
	*ret_is_filled = n == 3;
	return e;
}

enum err beneath_open_file(int folder, struct str path, int *ret_fd,
			   uint64_t *ret_size)
{
	struct stat st;
	enum err e = open_last(folder, path, O_NONBLOCK, ret_fd);

	if (e)
		return e;
	if (fstat(*ret_fd, &st) || st.st_size < 0)
		e = ERR_IO;
	else if (!S_ISREG(st.st_mode))
		e = ERR_UNSUPPORTED;
	else
		*ret_size = (uint64_t)st.st_size;
	if (e)
		close(*ret_fd);
	return e;
}

bool beneath_pread(int fd, void *to, size_t n, uint64_t at)
{
	char *p = to;

	while (n) {
		ssize_t got = pread(fd, p, n, (off_t)at);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		p += got;
		n -= (size_t)got;
		at += (uint64_t)got;
	}
	return true;
}

enum err beneath_read(int folder, struct str path, size_t max,
		      struct arena *a, struct str *ret_bytes)
{
	uint64_t size;
	int fd;
	char *p;
	enum err e = beneath_open_file(folder, path, &fd, &size);

	if (e)
		return e;
	if (size > max) {
		e = ERR_LIMIT;
	} else {
		p = arena_alloc(a, size + 1);
		*ret_bytes = str_n(p, size);
		e = beneath_pread(fd, p, size, 0) ? OK : ERR_IO;
	}
	close(fd);
	return e;
}
