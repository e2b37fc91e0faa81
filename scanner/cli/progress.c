/* Progress for people: never in a pipe, a log or a dumb terminal. */
#include "cli/progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/utf8.h"
#include "cli/terminal.h"

bool progress_is_seen(bool quiet)
{
	const char *term = getenv("TERM");

	return !quiet && isatty(STDERR_FILENO) && term &&
	       strcmp(term, "dumb") != 0;
}

void progress_show(bool quiet, const char *what, struct str of)
{
	struct strbuf b;

	if (!progress_is_seen(quiet))
		return;
	strbuf_init(&b, 0);
	strbuf_fmt(&b, "\r\033[K%s ", what);
	utf8_show_cut(&b, of, 60);
	terminal_tell(strbuf_str(&b));
	strbuf_release(&b);
}

void progress_say(struct str of, const char *what, struct str detail)
{
	struct strbuf b;

	progress_end(false);
	strbuf_init(&b, 0);
	strbuf_cstr(&b, "ranwhence: ");
	utf8_show(&b, of);
	strbuf_fmt(&b, ": %s", what);
	utf8_show(&b, detail);
	strbuf_ch(&b, '\n');
	terminal_tell(strbuf_str(&b));
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
	terminal_tell(strbuf_str(&b));
	strbuf_release(&b);
}

const struct history_watch *progress_watch(bool quiet)
{
	static const struct history_watch watch = {NULL, show};

	return progress_is_seen(quiet) ? &watch : NULL;
}

static uint64_t now(void)
{
	struct timespec t;

	if (clock_gettime(CLOCK_MONOTONIC, &t))
		return 0;
	return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

static void show_files(void *with, uint64_t done, uint64_t all)
{
	struct progress_files *p = with;
	uint64_t ms = now() - p->began;

	if (!p->is_shown || ms < p->next)
		return;
	p->next = ms + 100;
	show(NULL, "reading files", done, all, ms);
}

static void say_read(void *with, struct str path, const char *extractor)
{
	const struct progress_files *p = with;

	if (p->is_told)
		progress_say(path, "read by ", str_c(extractor));
}

void progress_begin_files(bool quiet, bool is_told,
			  struct progress_files *ret)
{
	*ret = (struct progress_files){
		.watch = {ret, show_files, say_read}, .began = now(),
		.is_shown = !is_told && progress_is_seen(quiet),
		.is_told = is_told};
}

void progress_end(bool quiet)
{
	if (progress_is_seen(quiet))
		fputs("\r\033[K", stderr);
}
