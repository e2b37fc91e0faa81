/* The file itself, and beside it PATH.meta with one line: its validator. */
#include "feeds/part.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/sha256.h"

#define FLAGS (O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW)
#define VALIDATOR_MAX 1024

static const char *meta_path(const char *path, struct arena *a)
{
	return arena_fmt(a, "%s.meta", path).p;
}

static enum err write_all(int fd, struct str s)
{
	while (s.n) {
		ssize_t n = write(fd, s.p, s.n);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return ERR_IO;
		s = str_from(s, (size_t)n);
	}
	return OK;
}

static void read_meta(struct part *p)
{
	char *text = arena_alloc(&p->arena, VALIDATOR_MAX);
	int fd = open(meta_path(p->path, &p->arena),
		      O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	ssize_t n = fd < 0 ? 0 : read(fd, text, VALIDATOR_MAX);
	struct str s = str_n(text, n > 0 ? (size_t)n : 0);

	if (fd >= 0)
		close(fd);
	/* a line without its end was not written whole */
	if (str_has_suffix(s, STR("\n")))
		p->validator = str_head(s, s.n - 1);
}

enum err part_open(struct part *p, const char *path)
{
	struct stat st;

	*p = (struct part){.path = path, .fd = open(path, FLAGS, 0600)};
	if (p->fd < 0)
		return ERR_IO;
	if (fstat(p->fd, &st) || !S_ISREG(st.st_mode) ||
	    lseek(p->fd, 0, SEEK_END) < 0) {
		part_close(p);
		return ERR_IO;
	}
	p->size = (uint64_t)st.st_size;
	read_meta(p);
	return OK;
}

bool part_may_resume(const struct part *p)
{
	return p->size && p->validator.n;
}

enum err part_restart(struct part *p, struct str validator)
{
	const char *path = meta_path(p->path, &p->arena);
	enum err e = OK;
	int fd;

	unlink(path);
	if (ftruncate(p->fd, 0) || lseek(p->fd, 0, SEEK_SET))
		return ERR_IO;
	p->size = 0;
	if (validator.n >= VALIDATOR_MAX ||
	    str_find_ch(validator, '\n') != SIZE_MAX)
		validator = STR("");
	p->validator = arena_dup(&p->arena, validator);
	if (!validator.n)
		return OK;
	fd = open(path, FLAGS | O_TRUNC, 0600);
	if (fd < 0)
		return ERR_IO;
	e = write_all(fd, arena_fmt(&p->arena, "%.*s\n", STR_ARG(validator)));
	close(fd);
	return e;
}

enum err part_add(struct part *p, struct str bytes)
{
	if (write_all(p->fd, bytes))
		return ERR_IO;
	p->size += bytes.n;
	return OK;
}

enum err part_digest(struct part *p, struct strbuf *ret_hex)
{
	unsigned char digest[SHA256_BYTES];
	char buffer[64 * 1024];
	struct sha256 *h = sha256_begin();
	ssize_t n = 0;

	if (!lseek(p->fd, 0, SEEK_SET))
		while ((n = read(p->fd, buffer, sizeof buffer)) > 0)
			sha256_add(h, str_n(buffer, (size_t)n));
	sha256_end(h, digest);
	sha256_hex(ret_hex, digest, sizeof digest);
	return n < 0 || lseek(p->fd, 0, SEEK_END) < 0 ? ERR_IO : OK;
}

void part_close(struct part *p)
{
	if (p->fd >= 0)
		close(p->fd);
	p->fd = -1;
	arena_release(&p->arena);
}

void part_remove(const char *path)
{
	struct arena a = {0};

	unlink(path);
	unlink(meta_path(path, &a));
	arena_release(&a);
}
