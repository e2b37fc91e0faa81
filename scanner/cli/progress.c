/* Progress for people: never in a pipe, a log or a dumb terminal. */
#include "cli/progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/utf8.h"

static bool is_wanted(bool quiet)
{
	const char *term = getenv("TERM");

	return !quiet && isatty(STDERR_FILENO) && term &&
	       strcmp(term, "dumb") != 0;
}

void progress_show(bool quiet, const char *what, struct str of)
{
	struct strbuf b;

	if (!is_wanted(quiet))
		return;
	strbuf_init(&b, 0);
	strbuf_fmt(&b, "\r\033[K%s ", what);
	utf8_show_cut(&b, of, 60);
	fwrite(b.p, 1, b.n, stderr);
	strbuf_release(&b);
}

/* "counting changed lines: 45 %, 12000 a second, 3 s left" */
static void show(void *with, const char *what, uint64_t done, uint64_t all,
		 uint64_t milliseconds)
{
	uint64_t rate = milliseconds ? done * 1000 / milliseconds : 0;
	struct strbuf b;

	(void)with;
	strbuf_init(&b, 0);
	strbuf_fmt(&b, "\r\033[K%s: ", what);
	if (all)
		strbuf_fmt(&b, "%llu %%", (unsigned long long)(
			done < all ? done * 100 / all : 100));
	else
		strbuf_fmt(&b, "%llu", (unsigned long long)done);
	strbuf_fmt(&b, ", %llu a second", (unsigned long long)rate);
	if (rate && done < all)
		strbuf_fmt(&b, ", %llu s left", (unsigned long long)(
			(all - done) / rate + 1));
	fwrite(b.p, 1, b.n, stderr);
	strbuf_release(&b);
}

const struct history_watch *progress_watch(bool quiet)
{
	static const struct history_watch watch = {NULL, show};

	return is_wanted(quiet) ? &watch : NULL;
}

void progress_end(bool quiet)
{
	if (is_wanted(quiet))
		fputs("\r\033[K", stderr);
}
