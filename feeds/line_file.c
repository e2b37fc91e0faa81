/* A window over the file, moved on when it holds no whole line. */
#include "feeds/line_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define PIECE 65536

void line_file_open(struct line_file *l, const char *path)
{
	*l = (struct line_file){.fd = open(path, O_RDONLY | O_CLOEXEC |
					     O_NOFOLLOW)};
	strbuf_init(&l->b, LINE_FILE_BYTES + PIECE);
	l->error = l->fd < 0 ? ERR_IO : OK;
}

void line_file_close(struct line_file *l)
{
	if (l->fd >= 0)
		close(l->fd);
	strbuf_release(&l->b);
}

/* Reads on behind what is left of the window. */
static void fill(struct line_file *l)
{
	char piece[PIECE];
	ssize_t n;

	if (l->at) {
		l->b.n -= l->at;
		memmove(l->b.p, l->b.p + l->at, l->b.n);
		l->at = 0;
	}
	if (l->b.n > LINE_FILE_BYTES) {
		l->error = ERR_LIMIT;
		return;
	}
	do
		n = read(l->fd, piece, sizeof piece);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		l->error = ERR_IO;
	else if (n == 0)
		l->has_ended = true;
	else
		strbuf_add(&l->b, str_n(piece, (size_t)n));
}

bool line_file_next(struct line_file *l, struct str *ret_line)
{
	size_t seen = 0, end;

	while (!l->error) {
		struct str rest = str_from(strbuf_str(&l->b), l->at);

		end = str_find_ch(str_from(rest, seen), '\n');
		if (end != SIZE_MAX || (l->has_ended && rest.n)) {
			*ret_line = str_head(rest, end == SIZE_MAX
					     ? rest.n : seen + end);
			l->at += ret_line->n + (end != SIZE_MAX);
			return true;
		}
		if (l->has_ended)
			return false;
		seen = rest.n;
		fill(l);
	}
	return false;
}
