/*
 * `ranwhence update`: the only command that uses the network.  Fetches what
 * feeds have into the store.  Targets are read by a worker that has neither
 * network nor tokens; this process never opens them.
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/date.h"
#include "base/fs.h"
#include "base/limits.h"
#include "cli/clone.h"
#include "cli/command.h"
#include "cli/fetching.h"
#include "cli/progress.h"
#include "cli/say.h"
#include "cli/setup.h"
#include "cli/target.h"
#include "cli/wants.h"
#include "cli/worker.h"
#include "extract/extract.h"
#include "feeds/update.h"
#include "resolve/resolve.h"
#include "store/facts_feed.h"
#include "store/facts_store.h"

#define MAX_AGE "1d" /* as the manual says */
#define OUTPUT "wants="
#define FAILED "ranwhence: what feeds had before stays; 'ranwhence explain " \
	"RW2003' tells what helps\n"

/* An update on its way. */
struct updating {
	struct store *store;
	struct feed_wants wants;
	struct diags *diags;
	struct fetching fetching;
	bool quiet;
};

static void on_show(void *context, const struct update_progress *p)
{
	struct updating *u = context;

	fetching_show(&u->fetching, p);
}

static void on_tell(void *context, const struct feed *of, struct str url,
		    struct str how)
{
	struct arena a = {0};

	(void)context;
	progress_say(str_c(of->name), arena_fmt(&a, "%.*s: ",
						STR_ARG(url)).p, how);
	arena_release(&a);
}

static void on_say(void *context, struct str line)
{
	const struct updating *u = context;

	progress_end(u->quiet);
	if (!u->quiet)
		printf("%.*s\n", STR_ARG(line));
}

/* What feeds said of packages leads to repositories. */
static void on_found(void *context)
{
	struct updating *u = context;
	struct facts facts = {0};

	if (!u->wants.packages.n)
		return;
	if (!facts_store_load(&facts, u->diags)) {
		facts_feed_load(&facts, u->store, NULL, u->diags);
		facts_store_index(&facts, u->diags);
		wants_find(&u->wants, &facts, date_now());
	}
	facts_store_release(&facts);
}

/*
 * In a worker: reads what --for names, as far as it can be resolved offline,
 * and hands over what is left open.
 */
static int run_wants(const struct opts *o)
{
	struct target_options t = {.quiet = opt_given(o, OPT_ID_quiet),
				   .verbose = opt_verbose(o),
				   .with_history = true};
	const char *output = opt_value(o, OPT_ID_output);
	struct facts facts = {0};
	struct scan s = {.facts = &facts, .as_of = date_now()};
	struct feed_wants wants = {0};
	struct diags unsaid = {0}; /* the first time there is no store */
	struct strbuf text;
	enum err e = facts_store_load(&facts, &s.diags);

	strbuf_init(&text, LIMIT_ANSWER_BYTES);
	facts_store_index(&facts, &s.diags);
	t.facts = &facts;
	t.store = setup_store(o, &unsaid);
	for (size_t i = 0; !e && i < o->targets.list.n; i++)
		e = target_add(&s, o->targets.list.v[i], &t);
	if (!e) {
		extract_link(&s);
		resolve_scan(&s);
		wants_collect(&s, &wants);
		wants_write(&wants, &text);
		e = worker_write(o, output + sizeof OUTPUT - 1, &text,
				 &s.diags);
	}
	diag_sort(&s.diags);
	setup_complain(&s.diags, t.quiet ? DIAG_ERROR : DIAG_WARNING);
	wants_release(&wants);
	strbuf_release(&text);
	scan_release(&s);
	facts_store_release(&facts);
	store_close(t.store);
	diag_release(&unsaid);
	return e ? EXIT_USAGE : EXIT_MET;
}

static const struct command reader = {
	.name = "update", .arguments = "", .summary = "", .bit = OPT_UPDATE,
	.run = run_wants,
};

/* What the targets leave open, read by a worker without network. */
static enum err read_targets(const struct opts *o, struct arena *a,
			     struct diags *ds, struct feed_wants *ret)
{
	char folder[] = "/tmp/ranwhence-XXXXXX";
	struct opts inner = *o;
	const char *path, *output;
	struct str text = STR("");
	enum err e = ERR_IO;

	if (!mkdtemp(folder)) {
		fputs("ranwhence: update: /tmp cannot be written\n", stderr);
		return ERR_IO;
	}
	path = arena_fmt(a, "%s/wants", folder).p;
	output = arena_fmt(a, OUTPUT "%s", path).p;
	inner.targets = o->given[OPT_ID_for];
	inner.given[OPT_ID_output] = (struct opt_values){0};
	vec_push(&inner.given[OPT_ID_output].list, output);
	if (worker_run(&reader, &inner))
		e = ERR_CONFIG;
	else if (!fs_read(path, LIMIT_ANSWER_BYTES, a, ds, &text))
		e = wants_read(text, ret);
	vec_release(&inner.given[OPT_ID_output].list);
	unlink(path);
	rmdir(folder);
	return e;
}

static enum err set_age(const struct opts *o, int64_t *ret_seconds)
{
	const char *age = opt_value(o, OPT_ID_max_age);

	if (pace_parse_time(str_c(age ? age : MAX_AGE), ret_seconds)) {
		*ret_seconds /= PACE_SECOND;
		return OK;
	}
	say("--max-age=%s: not a time such as 12h or 7d", age);
	return ERR_CONFIG;
}

static enum err open_store(const struct opts *o, struct arena *a,
			   struct diags *ds, struct store **ret)
{
	const char *path = setup_store_path(o, a);

	if (path)
		return store_open(path, DB_WRITE, ds, ret);
	fputs("ranwhence: no place for a store: use --store=FILE\n", stderr);
	return ERR_CONFIG;
}

/* Everything but what must be released. */
static enum err update(const struct opts *o, struct update_options *u,
		       struct config *c, struct scan *s)
{
	struct updating *now = u->context;
	enum err e = set_age(o, &u->max_age);

	/* before a token is in our memory */
	if (!e && opt_given(o, OPT_ID_for)) {
		e = read_targets(o, &s->arena, &s->diags, &now->wants);
		u->wants = &now->wants;
	}
	if (!e)
		e = config_load(opt_value(o, OPT_ID_config), &s->diags, c);
	if (!e)
		e = open_store(o, &s->arena, &s->diags, &now->store);
	if (!e)
		e = update_run(now->store, u, &s->diags);
	store_close(now->store);
	wants_release(&now->wants);
	return e;
}

static int run_update(const struct opts *o)
{
	bool quiet = opt_given(o, OPT_ID_quiet);
	struct facts facts = {0};
	struct scan s = {.facts = &facts};
	struct config config = {0};
	struct updating now = {.diags = &s.diags, .quiet = quiet,
			       .fetching.quiet = quiet};
	/* before a token or a store is in our memory */
	struct feed_cloner cloner = {
		.count = clone_count, .with = clone_helper_new(o, false)};
	struct update_options u = {
		.config = &config, .facts = &facts,
		.names = o->given[OPT_ID_feed].list.v,
		.names_n = o->given[OPT_ID_feed].list.n,
		.accepted = o->given[OPT_ID_accept].list.v,
		.accepted_n = o->given[OPT_ID_accept].list.n,
		.is_offline = opt_given(o, OPT_ID_offline),
		.show = on_show, .say = on_say, .found = on_found,
		.tell = opt_verbose(o) ? on_tell : NULL,
		.cloner = cloner.with ? &cloner : NULL, .context = &now};
	enum err e = facts_store_load(&facts, &s.diags);
	int code;

	if (o->targets.list.n) {
		say("update: %s: name a target with --for",
		    o->targets.list.v[0]);
		e = ERR_CONFIG;
	}
	facts_store_index(&facts, &s.diags);
	if (!e)
		e = update(o, &u, &config, &s);
	progress_end(quiet);
	diag_sort(&s.diags);
	setup_complain(&s.diags, quiet ? DIAG_ERROR : DIAG_WARNING);
	if (!quiet && s.diags.counts[RW2003])
		fputs(FAILED, stderr);
	code = e == ERR_CONFIG || e == ERR_NOTFOUND || e == ERR_UNSUPPORTED
		? EXIT_USAGE : setup_exit(&s.diags);
	if (e && !code)
		code = EXIT_INCOMPLETE;
	clone_helper_free(cloner.with);
	config_release(&config);
	scan_release(&s);
	facts_store_release(&facts);
	return code;
}

const struct command command_update = {
	.name = "update", .arguments = "",
	.summary = "fetch what public feeds have into the store",
	.bit = OPT_UPDATE, .min_targets = 0, .run = run_update,
};
