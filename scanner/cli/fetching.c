/* Lines about an update that runs. */
#include "cli/fetching.h"

#include "base/utf8.h"
#include "cli/progress.h"
#include "cli/terminal.h"

#define BAR 10
#define COLUMNS 79
#define PLAIN_EVERY 30000 /* milliseconds */

static void add_size(uint64_t bytes, struct strbuf *to)
{
	if (bytes < 1000000)
		strbuf_fmt(to, "%llu kB", (unsigned long long)(bytes / 1000));
	else
		strbuf_fmt(to, "%llu.%llu MB",
			   (unsigned long long)(bytes / 1000000),
			   (unsigned long long)(bytes / 100000 % 10));
}

static void add_bar(const struct update_progress *p, struct strbuf *to)
{
	size_t done = (size_t)(p->ms / ((p->ms + p->left) / BAR + 1));

	strbuf_ch(to, '[');
	strbuf_pad(to, '#', done);
	strbuf_pad(to, '.', BAR - done);
	strbuf_cstr(to, "] ");
}

void fetching_line(const struct update_progress *p, bool has_bar,
		   struct strbuf *to)
{
	if (p->left && has_bar)
		add_bar(p, to);
	if (p->ms) {
		add_size(p->bytes, to);
		strbuf_cstr(to, ", ");
		add_size(p->bytes * 1000 / p->ms, to);
		strbuf_cstr(to, " a second");
	}
	if (p->left)
		strbuf_fmt(to, ", %llu s left",
			   (unsigned long long)(p->left / 1000 + 1));
	if (p->ms)
		strbuf_cstr(to, ": ");
	strbuf_add(to, p->what);
}

void fetching_show(struct fetching *f, const struct update_progress *p)
{
	bool is_seen = progress_is_seen(f->quiet);
	struct strbuf line, b;

	if (f->quiet || (!is_seen && p->ms < f->next + PLAIN_EVERY))
		return;
	strbuf_init(&line, 0);
	strbuf_init(&b, 0);
	fetching_line(p, is_seen, &line);
	if (is_seen) {
		strbuf_cstr(&b, "\r\033[K");
		utf8_show_cut(&b, strbuf_str(&line), COLUMNS);
	} else {
		f->next = p->ms;
		strbuf_cstr(&b, "ranwhence: update: ");
		utf8_show(&b, strbuf_str(&line));
		strbuf_ch(&b, '\n');
	}
	terminal_tell(strbuf_str(&b));
	strbuf_release(&line);
	strbuf_release(&b);
}
