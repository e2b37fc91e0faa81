/* libgit2's indexer, fed from a file. */
#include "history/indexpack.h"

#include <errno.h>
#include <fcntl.h>
#include <git2.h>
#include <time.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/mem.h"

#define PIECE (256 * LIMIT_KB)

struct timer {
	int64_t end;  /* 0 = never */
	bool is_over;
};

static int64_t seconds_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec;
}

static int on_progress(const git_indexer_progress *stats, void *payload)
{
	struct timer *t = payload;

	(void)stats;
	t->is_over = t->end && seconds_now() >= t->end;
	return t->is_over ? -1 : 0;
}

/* The rest of the file, then the index. */
static int feed(git_indexer *indexer, int fd, char *piece, bool *ret_read)
{
	git_indexer_progress stats = {0};
	ssize_t n;
	int rc = 0;

	while (!rc && (n = read(fd, piece, PIECE)) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			*ret_read = false;
			return -1;
		}
		rc = git_indexer_append(indexer, piece, (size_t)n, &stats);
	}
	return rc ? rc : git_indexer_commit(indexer, &stats);
}

static enum err index_all(const struct indexpack *p, int fd, struct arena *a,
			  struct str *ret_why)
{
	git_indexer_options options;
	git_indexer *indexer = NULL;
	struct timer timer = {.end = p->max_seconds ? seconds_now() +
				     (int64_t)p->max_seconds : 0};
	char *piece = mem_new(1, PIECE);
	bool can_read = true;
	int rc = git_indexer_options_init(&options,
					  GIT_INDEXER_OPTIONS_VERSION);

	options.progress_cb = on_progress;
	options.progress_cb_payload = &timer;
	if (!rc)
		rc = git_indexer_new(&indexer, p->folder, 0, NULL, &options);
	if (!rc)
		rc = feed(indexer, fd, piece, &can_read);
	if (rc) {
		const git_error *e = git_error_last();

		*ret_why = arena_fmt(a, "%s", e && e->message ? e->message
							      : "no reason");
	}
	git_indexer_free(indexer);
	free(piece);
	if (!rc)
		return OK;
	return !can_read ? ERR_IO : timer.is_over ? ERR_LIMIT : ERR_FORMAT;
}

enum err indexpack_run(const struct indexpack *p, struct arena *a,
		       struct str *ret_why)
{
	int fd = open(p->file, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	enum err e = ERR_IO;

	*ret_why = STR("cannot be read");
	if (fd < 0)
		return e;
	git_libgit2_init();
	if (lseek(fd, (off_t)p->offset, SEEK_SET) == (off_t)p->offset)
		e = index_all(p, fd, a, ret_why);
	git_libgit2_shutdown();
	close(fd);
	return e;
}
