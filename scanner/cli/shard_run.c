/*
 * The process that was started forks one for each history, which is the
 * parent of its confined worker (cli/worker.h) and writes the one file that
 * is asked of it, whole or not at all.
 */
#include "cli/shard_run.h"

#include <errno.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/limits.h"
#include "cli/cached.h"
#include "cli/command.h"
#include "cli/part_components.h"
#include "cli/part.h"
#include "cli/say.h"
#include "cli/setup.h"
#include "cli/worker.h"
#include "store/facts_store.h"

#define OUTPUT "part="

/* --- in the worker -------------------------------------------------------- */

static int complain(const struct shard_unit *u, const char *what, int code)
{
	say("%.*s: %s", STR_ARG(u->path), what);
	return code;
}

static struct reading_item item_of(const struct shard_unit *u,
				   const char *path)
{
	return (struct reading_item){path, u->paths.v, u->paths.n, true};
}

/* Is it what was planned? */
static int check_item(const struct opts *o, const char *path)
{
	const struct reading_item of = item_of(o->unit, path);
	struct reading_size size;
	struct arena a = {0};
	struct strbuf key;
	int code = EXIT_MET;

	strbuf_init(&key, 0);
	reading_key(o->plan->basis, &of, &key, &a, &size);
	if (fs_kind(path) == FS_NONE ||
	    (fs_kind(path) == FS_DIR && history_form(path) == HISTORY_UNREAD))
		code = complain(o->unit, "there is nothing to be read (now)",
				EXIT_INCOMPLETE);
	else if (!str_eq(strbuf_str(&key), o->unit->key) && !size.is_whole)
		code = complain(o->unit, "its files cannot all be read (now)",
				EXIT_INCOMPLETE);
	else if (!str_eq(strbuf_str(&key), o->unit->key))
		code = complain(o->unit, "its files are not those of the plan",
				EXIT_USAGE);
	strbuf_release(&key);
	arena_release(&a);
	return code;
}

static int check(const struct shard_unit *u, const char *path,
		 const struct history_options *h)
{
	struct strbuf key;
	int code = EXIT_MET;
	bool is_whole;

	if (history_form(path) == HISTORY_NONE)
		return complain(u, "there is no repository here (now)",
				EXIT_INCOMPLETE);
	strbuf_init(&key, 0);
	is_whole = cached_key(path, h, &key);
	if (!str_eq(strbuf_str(&key), u->history) && !is_whole)
		code = complain(u, "the repository cannot be read whole (now)",
				EXIT_INCOMPLETE);
	else if (!str_eq(strbuf_str(&key), u->history))
		code = complain(u, "the repository, the facts or the keys are "
				"not those of the plan", EXIT_USAGE);
	strbuf_release(&key);
	return code;
}

/* The bytes of a part: all of a history, which may be in the store or made of
 * its slices, or a slice. */
static bool make_part(const struct opts *o, const char *path,
		      const struct history_options *h, struct arena *a,
		      struct strbuf *to)
{
	const struct shard_unit *u = o->unit;
	struct diags told = {0}, unsaid = {0};
	struct store *store = opt_given(o, OPT_ID_store)
			      ? setup_store(o, &unsaid) : NULL;
	const struct cached c = {.o = o, .store = store};
	const struct cached_slices all = {opt_value(o, OPT_ID_parts),
					  u->history, u->slices};
	struct digest d = {0};
	struct strbuf slice;
	enum err e;
	bool is_sound;

	strbuf_init(&slice, 0);
	if (u->slices > 1 && u->slice < u->slices) {
		e = history_slice(path, h, u->slice, u->slices, &slice);
		is_sound = !e && part_write_slice(u->key, strbuf_str(&slice),
						  to);
	} else {
		e = u->slices > 1
		    ? cached_join(&all, path, h,
				  &(struct cached_outcome){
					  .arena = a, .diags = &told,
					  .digest = &d})
		    : cached_digest(&c, path, h, a, &told, &d);
		is_sound = !(e == ERR_FORMAT && told.counts[RW1831]) &&
			   part_write(u->key, path, e, &d, &told, to);
	}
	strbuf_release(&slice);
	digest_release(&d);
	store_close(store);
	diag_release(&told);
	diag_release(&unsaid);
	return is_sound;
}

static bool make_item(const struct opts *o, const char *path,
		      struct strbuf *to)
{
	const struct reading_item of = item_of(o->unit, path);
	struct scan s = {.facts = o->facts, .as_of = o->plan->as_of};
	struct reading r = {.e = OK};
	bool is_sound;

	reading_all(&s, &of, &r);
	is_sound = part_components_write(o->unit->key, path, &s, &r, to);
	reading_release(&r);
	scan_release(&s);
	return is_sound;
}

static int count(const struct opts *o, const char *path,
		 const struct history_options *h, struct arena *a)
{
	const char *output = opt_value(o, OPT_ID_output);
	struct diags unsaid = {0};
	struct strbuf part;
	int code = EXIT_MET;

	strbuf_init(&part, PART_BYTES);
	if (o->unit->kind == SHARD_COMPONENTS ? !make_item(o, path, &part)
					      : !make_part(o, path, h, a,
							   &part))
		code = complain(o->unit, "what was counted cannot be kept",
				EXIT_INTERNAL);
	else if (worker_write(o, output + sizeof OUTPUT - 1, &part, &unsaid))
		code = EXIT_INCOMPLETE;
	setup_complain(&unsaid, DIAG_WARNING);
	strbuf_release(&part);
	diag_release(&unsaid);
	return code;
}

static int run_unit(const struct opts *o)
{
	const struct shard_unit *u = o->unit;
	struct author_keys keys = {0};
	struct diags ds = {0};
	struct arena a = {0};
	const char *path = arena_cstr(&a, u->path);
	struct history_options h = {
		.axes = u->axes, .scope = u->scope, .facts = o->facts,
		.classes = &u->classes, .accounts = u->accounts,
		.paths = u->paths.v, .n_paths = u->paths.n,
		.beyond = u->beyond.v, .n_beyond = u->beyond.n};
	int code = EXIT_USAGE;

	if (!setup_threads(o, &h.threads) &&
	    !setup_author_keys(o, &keys, &h.keys, &ds)) {
		code = u->kind == SHARD_COMPONENTS ? check_item(o, path)
						   : check(u, path, &h);
		if (!code)
			code = count(o, path, &h, &a);
	}
	setup_complain(&ds, DIAG_WARNING);
	author_keys_release(&keys);
	diag_release(&ds);
	arena_release(&a);
	return code;
}

/* --- outside -------------------------------------------------------------- */

static const struct command counter = {
	.name = "shards", .arguments = "", .summary = "", .bit = OPT_SHARDS,
	.run = run_unit,
};

/* In a process of its own. */
static int start(const struct shard_run *r, const struct shard_unit *u)
{
	struct opts inner = *r->o;
	struct arena a = {0};
	int code;

	inner.unit = u;
	inner.plan = r->plan;
	inner.facts = &r->facts;
	inner.targets = (struct opt_values){0};
	vec_push(&inner.targets.list, arena_cstr(&a, u->path));
	vec_push(&inner.given[OPT_ID_output].list,
		 arena_fmt(&a, OUTPUT "%s/%.*s" PART_SUFFIX, r->folder,
			   STR_ARG(u->key)).p);
	/* slices are looked for where they are to be joined */
	if (u->slice == u->slices)
		vec_push(&inner.given[OPT_ID_parts].list, r->folder);
	if (r->jobs > 1 && !opt_given(r->o, OPT_ID_threads))
		vec_push(&inner.given[OPT_ID_threads].list, "1");
	code = opt_given(r->o, OPT_ID_no_sandbox)
	       ? run_unit(&inner) : worker_run(&counter, &inner);
	vec_release(&inner.targets.list);
	vec_release(&inner.given[OPT_ID_output].list);
	vec_release(&inner.given[OPT_ID_parts].list);
	arena_release(&a);
	return code;
}

struct pool {
	unsigned running;
	unsigned again, stale;
};

static void reap(struct pool *p)
{
	int status;
	pid_t pid;

	do {
		pid = wait(&status);
	} while (pid < 0 && errno == EINTR);
	p->running--;
	if (pid > 0 && WIFEXITED(status) && WEXITSTATUS(status) == EXIT_MET)
		return;
	if (pid > 0 && WIFEXITED(status) && WEXITSTATUS(status) == EXIT_USAGE)
		p->stale++;
	else
		p->again++;
}

static void spawn(struct pool *p, const struct shard_run *r,
		  const struct shard_unit *u)
{
	pid_t pid;

	fflush(NULL);
	pid = fork();
	if (pid == 0) {
		worker_die_with_parent();
		_exit(start(r, u));
	}
	if (pid < 0)
		p->again++;
	else
		p->running++;
}

static bool is_asked(const struct shard_run *r, const struct shard_unit *u)
{
	return u->shard >= r->first && u->shard < r->end;
}

static void run_one(struct pool *p, const struct shard_run *r,
		    const struct shard_unit *u)
{
	if (p->running == r->jobs)
		reap(p);
	spawn(p, r, u);
}

static void run_all(struct pool *p, const struct shard_run *r)
{
	for (size_t i = 0; i < r->plan->units.n; i++) {
		const struct shard_unit *u = &r->plan->units.v[i];

		if (is_asked(r, u) && !part_is_there(r->folder, u->key) &&
		    (u->slices == 1 || !part_is_there(r->folder, u->history)))
			run_one(p, r, u);
	}
	while (p->running)
		reap(p);
}

/* Those of one history follow each other. */
static size_t end_of_slices(const struct shard_run *r, size_t first,
			    bool *ret_is_asked)
{
	const struct shard_unit *u = r->plan->units.v;
	size_t i = first;

	for (*ret_is_asked = false; i < r->plan->units.n &&
	     str_eq(u[i].history, u[first].history); i++)
		*ret_is_asked |= is_asked(r, &u[i]);
	return i;
}

/* Whoever sees all slices puts them together: the last one to be written, by
 * whomever. */
static void join_all(struct pool *p, const struct shard_run *r)
{
	size_t end;

	for (size_t i = 0; i < r->plan->units.n; i = end) {
		struct shard_unit whole = r->plan->units.v[i];
		struct part_slices there;
		bool asked;

		end = end_of_slices(r, i, &asked);
		if (whole.slices == 1 || !asked ||
		    part_is_there(r->folder, whole.history) ||
		    !part_find_slices(r->folder, whole.history, &there))
			continue;
		whole.key = whole.history;
		whole.slice = whole.slices;
		run_one(p, r, &whole);
	}
	while (p->running)
		reap(p);
}

/* Are this machine's facts and keys those of the plan? */
static enum err check_basis(const struct shard_run *r, struct diags *ds)
{
	const struct author_keys *given;
	struct author_keys keys = {0};
	enum err e = setup_author_keys(r->o, &keys, &given, ds);

	if (!e && !reading_is_by(r->plan->basis, &r->facts, r->plan->as_of,
				 given)) {
		say("the facts or the keys are not those of the plan: plan "
		    "again");
		e = ERR_CONFIG;
	}
	author_keys_release(&keys);
	return e;
}

enum err shard_run_begin(struct shard_run *r)
{
	struct diags ds = {0};
	struct store *store = setup_store(r->o, &ds);
	enum err e = setup_facts(r->o, store, NULL, &r->facts, &ds);

	store_close(store);
	e = e ? e : check_basis(r, &ds);
	setup_complain(&ds, DIAG_WARNING);
	diag_release(&ds);
	return e;
}

void shard_run_end(struct shard_run *r)
{
	facts_store_release(&r->facts);
}

int shard_run_units(const struct shard_run *r)
{
	struct pool p = {0};

	run_all(&p, r);
	join_all(&p, r);
	if (p.again)
		say("%u parts are missing: try again", p.again);
	if (p.stale)
		say("%u units are not as planned: plan again", p.stale);
	/* trying again brings nothing of what is stale: plan first */
	return p.stale ? EXIT_USAGE : p.again ? EXIT_AGAIN : EXIT_MET;
}
