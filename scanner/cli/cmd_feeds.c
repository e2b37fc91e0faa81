/* `ranwhence feeds`: what each feed brought, and when. */
#include "base/date.h"
#include "cli/command.h"
#include "cli/setup.h"
#include "feeds/feed.h"
#include "report/feeds.h"

static int by_name(const void *va, const void *vb)
{
	const struct store_feed *a = va, *b = vb;

	return str_cmp(a->name, b->name);
}

/* Feeds that the program has and nobody fetched yet. */
static void add_others(struct store_feeds *feeds)
{
	size_t n = feeds->list.n;
	const struct feed *f;

	for (size_t i = 0; (f = feed_at(i)); i++) {
		bool is_there = false;

		for (size_t k = 0; k < n; k++)
			is_there = is_there ||
				   str_is(feeds->list.v[k].name, f->name);
		if (!is_there)
			vec_push(&feeds->list, ((struct store_feed){
				.name = str_c(f->name),
				.licence = str_c(f->licence),
				.url = str_c(f->url)}));
	}
	vec_sort(&feeds->list, by_name);
}

static int run_feeds(const struct opts *o)
{
	bool json = opt_given(o, OPT_ID_json);
	struct diags ds = {0};
	struct arena a = {0};
	struct store *s = setup_store(o, &ds);
	struct store_feeds feeds = {0};
	struct feeds_input in = {.store = s ? s->path : STR(""),
				 .feeds = &feeds, .today = date_now()};
	struct report_style style;
	struct strbuf out;
	int code = EXIT_USAGE;

	strbuf_init(&out, 0);
	if (setup_style(o, true, &style))
		goto done;
	code = setup_exit(&ds);
	if (!s && code && !json)
		goto done; /* there is one, of which nothing can be said */
	if (s && store_list_feeds(s, &a, &feeds))
		vec_clear(&feeds.list);
	add_others(&feeds);
	if (json)
		feeds_json(&in, &ds, &out);
	else
		feeds_text(&in, &style, &out);
	code = setup_exit(&ds);
	code = setup_print(&out, code);
done:
	setup_complain(&ds, DIAG_WARNING);
	vec_release(&feeds.list);
	strbuf_release(&out);
	store_close(s);
	diag_release(&ds);
	arena_release(&a);
	return code;
}

const struct command command_feeds = {
	.name = "feeds", .arguments = "",
	.summary = "show what each feed brought, and when",
	.bit = OPT_FEEDS, .min_targets = 0, .run = run_feeds,
};
