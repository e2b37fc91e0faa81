/*
 * `ranwhence queue`: work that grows on the way, shared by workers through a
 * PostgreSQL database.  `init` makes it, `add` says what to begin with,
 * `work` does it, `status` tells how far it is.
 */
#include <stdio.h>
#include <string.h>

#include "base/fs.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "cli/command.h"
#include "cli/queue_fetch.h"
#include "cli/say.h"
#include "cli/setup.h"
#include "model/component.h"

#define LEASE "60s" /* as the manual says */

static int complain(const char *what, const char *value, const char *why)
{
	say("%s%s%s: %s", what, value ? "=" : "",
		value ? value : "", why);
	return EXIT_USAGE;
}

/* How a verb that only talked to the database ends. */
static int ending(enum err e, struct diags *ds, int code)
{
	setup_complain(ds, DIAG_WARNING);
	return e == ERR_IO ? EXIT_AGAIN : e ? EXIT_USAGE : code;
}

/* --- init ----------------------------------------------------------------- */

static bool number(const struct opts *o, enum opt_id id, uint64_t least,
		   uint64_t *ret)
{
	const char *value = opt_value(o, id);

	*ret = UINT64_MAX;
	if (!value || (str_to_u64(str_c(value), ret) && *ret >= least &&
		       *ret <= INT32_MAX))
		return true;
	say("--%s=%s: not a number %d to %d", opt_row(id).name, value,
	    (int)least, INT32_MAX);
	return false;
}

static int init(const struct opts *o)
{
	struct diags ds = {0};
	struct queue *q = NULL;
	uint64_t depth, most;
	enum err e = ERR_CONFIG;
	int code;

	if (number(o, OPT_ID_depth, 0, &depth) &&
	    number(o, OPT_ID_most, 0, &most))
		e = queue_new(opt_value(o, OPT_ID_db), &ds, &q);
	if (!e)
		e = queue_init(q, depth, most);
	queue_free(q);
	code = ending(e, &ds, EXIT_MET);
	diag_release(&ds);
	return code;
}

/* --- add ------------------------------------------------------------------ */

static bool is_plan(const char *path)
{
	struct arena a = {0};
	struct diags unsaid = {0};
	struct str text = STR("");
	bool is = fs_kind(path) == FS_FILE &&
		  !fs_read(path, 1024 * LIMIT_MB, &a, &unsaid, &text) &&
		  shard_sniffs(text);

	diag_release(&unsaid);
	arena_release(&a);
	return is;
}

static bool is_address(struct str s)
{
	return str_find(s, STR("://")) != SIZE_MAX ||
	       str_has_prefix(s, STR("git@"));
}

static enum err add_plan(const char *path, struct arena *a,
			 struct queue_items *to)
{
	struct shard_plan p = {0};
	struct strbuf units;
	enum err e = shard_read(path, &p);

	strbuf_init(&units, 0);
	if (!e) {
		hands_write_units(&p, UINT64_MAX, &units);
		e = queue_fetch_found(STR(""), strbuf_str(&units), 0, a, to);
	}
	strbuf_release(&units);
	shard_release(&p);
	return e ? ERR_CONFIG : OK;
}

static enum err add_target(struct hands *h, const char *name, struct arena *a,
			   struct queue_items *to)
{
	struct str wants, units;
	struct queue_item item;

	if (is_plan(name))
		return add_plan(name, a, to);
	if (is_address(str_c(name))) {
		if (!queue_item_of(QUEUE_FETCH, component_repository_url(
					str_c(name), a), a, &item)) {
			complain(name, NULL, "not an address of a repository");
			return ERR_CONFIG;
		}
		vec_push(&to->list, item);
		return OK;
	}
	if (hands_read(h, str_c(name), a, &wants, &units) ||
	    queue_fetch_found(wants, units, 0, a, to)) {
		complain(name, NULL, "cannot be added");
		return ERR_CONFIG;
	}
	return OK;
}

static int add(const struct opts *o)
{
	/* before there is a connection in our memory */
	struct hands *h = hands_new(o);
	struct queue_items items = {0};
	struct queue_added added = {0};
	struct diags ds = {0};
	struct arena a = {0};
	struct queue *q = NULL;
	enum err e = h ? OK : ERR_IO;
	int code;

	for (size_t i = 1; !e && i < o->targets.list.n; i++)
		e = add_target(h, o->targets.list.v[i], &a, &items);
	hands_free(h);
	if (!e)
		e = queue_new(opt_value(o, OPT_ID_db), &ds, &q);
	if (!e)
		e = queue_check(q);
	if (!e)
		e = queue_add(q, &items, &added);
	if (!e && added.left_out)
		diag_add(&ds, RW1901, diag_at(STR("queue")), "%llu are left "
			 "out: 'ranwhence queue init --most' takes more",
			 (unsigned long long)added.left_out);
	if (!e && !opt_given(o, OPT_ID_quiet))
		printf("added: %llu of %zu\n", (unsigned long long)added.n,
		       items.list.n);
	code = ending(e, &ds, setup_exit(&ds));
	queue_free(q);
	vec_release(&items.list);
	diag_release(&ds);
	arena_release(&a);
	return code;
}

/* --- work ----------------------------------------------------------------- */

static int work(const struct opts *o)
{
	const char *stage = opt_value(o, OPT_ID_stage);
	const char *lease = opt_value(o, OPT_ID_lease);
	struct queue_work w = {.o = o, .out = opt_value(o, OPT_ID_out),
			       .fetches = !stage || !strcmp(stage, "fetch"),
			       .counts = !stage || !strcmp(stage, "count")};
	int64_t time;

	if (!w.fetches && !w.counts)
		return complain("--stage", stage, "not fetch or count");
	if (!pace_parse_time(str_c(lease ? lease : LEASE), &time) ||
	    time < PACE_SECOND || time > 86400 * PACE_SECOND)
		return complain("--lease", lease, "not a time from 1s to 1d");
	w.lease = (uint64_t)(time / PACE_SECOND);
	return queue_work_run(&w);
}

/* --- status --------------------------------------------------------------- */

static void write_counts(const struct queue_count *n, struct strbuf *to)
{
	strbuf_cstr(to, "             ready    leased      done  given up\n");
	for (size_t i = 0; i < QUEUE_KIND_COUNT; i++)
		strbuf_fmt(to, "%-8s%10llu%10llu%10llu%10llu\n",
			   queue_item_kind_name((enum queue_kind)i),
			   (unsigned long long)n[i].ready,
			   (unsigned long long)n[i].leased,
			   (unsigned long long)n[i].done,
			   (unsigned long long)n[i].dead);
}

/* Line by line, as it may be shown. */
static void write_shown(struct str text, struct strbuf *to)
{
	struct str line;

	while (str_line(&text, &line)) {
		utf8_show(to, line);
		strbuf_ch(to, '\n');
	}
}

static int status(const struct opts *o)
{
	struct queue_count n[QUEUE_KIND_COUNT];
	struct diags ds = {0};
	struct queue *q = NULL;
	struct strbuf out, more;
	bool is_less = false;
	int64_t due;
	enum err e = queue_new(opt_value(o, OPT_ID_db), &ds, &q);
	int code;

	strbuf_init(&out, 0);
	strbuf_init(&more, 0);
	if (!e)
		e = queue_check(q);
	if (!e)
		e = queue_counts(q, n, &due);
	if (!e)
		e = queue_tell(q, &more, &is_less);
	for (size_t i = 0; !e && i < QUEUE_KIND_COUNT; i++)
		is_less = is_less || n[i].dead;
	code = ending(e, &ds, is_less ? EXIT_INCOMPLETE : EXIT_MET);
	if (!e) {
		write_counts(n, &out);
		write_shown(strbuf_str(&more), &out);
		code = setup_print(&out, code);
	}
	queue_free(q);
	strbuf_release(&out);
	strbuf_release(&more);
	diag_release(&ds);
	return code;
}

/* --- the command ---------------------------------------------------------- */

static int run_queue(const struct opts *o)
{
	const char *action = o->targets.list.v[0];
	size_t n = o->targets.list.n - 1;
	bool has_out = opt_given(o, OPT_ID_out);
	uint64_t unused;

	if (!number(o, OPT_ID_split, 1, &unused))
		return EXIT_USAGE;
	if (!strcmp(action, "init") && !n && !has_out)
		return init(o);
	if (!strcmp(action, "add") && n && !has_out)
		return add(o);
	if (!strcmp(action, "work") && !n && has_out)
		return work(o);
	if (!strcmp(action, "status") && !n && !has_out)
		return status(o);
	fputs("usage: ranwhence queue init [--depth=N] [--most=N] | add "
	      "TARGET...\n"
	      "       | work --out=DIR [--stage=fetch|count] | status\n",
	      stderr);
	return EXIT_USAGE;
}

const struct command command_queue = {
	.name = "queue", .arguments = "init|add|work|status [TARGET...]",
	.summary = "fetch and count with several workers",
	.bit = OPT_QUEUE, .min_targets = 1, .run = run_queue,
};
