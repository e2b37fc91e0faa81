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

void progress_end(bool quiet)
{
	if (is_wanted(quiet))
		fputs("\r\033[K", stderr);
}
