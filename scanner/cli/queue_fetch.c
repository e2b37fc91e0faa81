/*
 * An update of a few repositories or packages, into the store of this worker,
 * and a look at what it brought.  A clone that came goes to the folder of all
 * workers by a rename: it is there whole or not at all, and the first one
 * stays.
 */
#include "cli/queue_fetch.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/date.h"
#include "base/fs.h"
#include "cli/command.h"
#include "cli/setup.h"
#include "cli/wants.h"
#include "feeds/git_clones.h"
#include "feeds/update.h"
#include "model/component.h"
#include "store/facts_feed.h"
#include "store/facts_store.h"

#define MAX_AGE 86400 /* seconds, of an answer that is at hand */

/* --- an update ------------------------------------------------------------ */

static void show_nothing(void *context, const struct update_progress *p)
{
	(void)context;
	(void)p;
}

static void say_nothing(void *context, struct str line)
{
	(void)context;
	(void)line;
}

static enum err update(struct queue_work *w, const struct feed_wants *wants,
		       struct diags *ds)
{
	const struct update_options u = {
		.config = &w->config, .wants = wants, .facts = &w->facts,
		.max_age = MAX_AGE, .show = show_nothing, .say = say_nothing,
		.cloner = &w->cloner};
	struct arena a = {0};
	const char *path = setup_store_path(w->o, &a);
	struct store *store = NULL;
	enum err e = path ? store_open(path, DB_WRITE, ds, &store)
			  : ERR_CONFIG;

	if (!path)
		fputs("ranwhence: no place for a store: use --store=FILE\n",
		      stderr);
	if (!e)
		e = update_run(store, &u, ds);
	store_close(store);
	arena_release(&a);
	return e;
}

/* The first error that speaks of this, else the first of all. */
static struct str why_not(const struct diags *ds, struct str of,
			  struct arena *a)
{
	const struct diag *found = NULL;

	for (size_t i = 0; i < ds->kept.n; i++) {
		const struct diag *d = &ds->kept.v[i];

		if (diag_severity(d->code) != DIAG_ERROR)
			continue;
		if (!found)
			found = d;
		if (str_find(d->message, of) != SIZE_MAX) {
			found = d;
			break;
		}
	}
	return found ? arena_fmt(a, "%s: %.*s", diag_name(found->code),
				 STR_ARG(found->message))
		     : STR("RW2003: nothing came of it");
}

/* Another process has the store: not this item's fault. */
static bool counts_as_try(const struct diags *ds)
{
	return !ds->counts[RW2006];
}

static int by_text(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

static int by_package(const void *va, const void *vb)
{
	const struct feed_want *a = va, *b = vb;
	int c = str_cmp(a->purl, b->purl);

	return c ? c : str_cmp(a->version, b->version);
}

/* --- what was found ------------------------------------------------------- */

static void add(struct queue_items *to, enum queue_kind kind, struct str body,
		uint64_t depth, struct arena *a)
{
	struct queue_item item;

	if (!queue_item_of(kind, body, a, &item))
		return; /* no address, no purl: nothing could be asked */
	item.depth = depth;
	vec_push(&to->list, item);
}

static void add_repositories(struct queue_items *to,
			     const struct feed_wants *w, uint64_t depth,
			     struct arena *a)
{
	for (size_t i = 0; i < w->repositories.n; i++)
		add(to, QUEUE_FETCH,
		    component_repository_url(w->repositories.v[i], a), depth,
		    a);
}

static bool add_units(struct queue_items *to, struct str units,
		      struct arena *a)
{
	struct hands_unit u;

	while (units.n) {
		if (!hands_next_unit(&units, &u) || u.key.n != 64 ||
		    u.plan.n > QUEUE_BODY_BYTES)
			return false;
		vec_push(&to->list, ((struct queue_item){
			.kind = QUEUE_COUNT, .key = arena_dup(a, u.key),
			.body = arena_dup(a, u.plan), .cost = u.cost}));
	}
	return true;
}

enum err queue_fetch_found(struct str wants, struct str units, uint64_t depth,
			   struct arena *a, struct queue_items *ret)
{
	struct feed_wants w;
	enum err e = wants_read(wants, &w);

	for (size_t i = 0; !e && i < w.packages.n; i++)
		add(ret, QUEUE_PACKAGE,
		    arena_fmt(a, "%.*s\t%.*s", STR_ARG(w.packages.v[i].purl),
			      STR_ARG(w.packages.v[i].version)), depth, a);
	if (!e)
		add_repositories(ret, &w, depth, a);
	if (!e && !add_units(ret, units, a))
		e = ERR_FORMAT;
	wants_release(&w);
	return e;
}

/* --- repositories --------------------------------------------------------- */

/* Where the clone of an address is, for all workers. */
static const char *clone_of(const struct queue_work *w, struct str address,
			    struct arena *a)
{
	struct git_clone c;

	git_clones_find(arena_fmt(a, "%s" QUEUE_CLONES, w->out).p, address, a,
			&c);
	return c.path;
}

/* Puts a clone of this worker there; why not, or "". */
static struct str hand_on(const struct queue_work *w, struct str address,
			  struct arena *a)
{
	const char *store = setup_store_path(w->o, a);
	const char *to = clone_of(w, address, a);
	struct git_clone c;

	git_clones_find(git_clones_folder(str_c(store), a), address, a, &c);
	if (fs_kind(c.path) != FS_DIR)
		return STR("");
	/* a rename replaces no folder that has something in it */
	if (rename(c.path, to) && errno != ENOTEMPTY && errno != EEXIST)
		return arena_fmt(a, "RW1008: %s: %s", to, strerror(errno));
	if (fs_kind(c.path) == FS_DIR && !rename(c.path, c.old))
		git_clones_drop(&c);
	return STR("");
}

static enum err read_clone(struct queue_work *w, const struct queue_item *item,
			   const char *path, struct arena *a)
{
	struct queue_items found = {0};
	struct str wants, units;
	int code = hands_read(w->hands, str_c(path), a, &wants, &units);
	enum err e;

	if (code == EXIT_USAGE) { /* policy, facts: the same for each item */
		e = queue_work_failed(w, item, STR("RW2012: a worker's options "
						   "are wrong"), false);
		return e ? e : ERR_CONFIG;
	}
	if (code || queue_fetch_found(wants, units, item->depth + 1, a,
				      &found))
		e = queue_work_failed(w, item, arena_fmt(a, "RW2012: its "
				      "files cannot be read (exit status %d)",
				      code), true);
	else
		e = queue_work_done(w, item, &found);
	vec_release(&found.list);
	return e;
}

static enum err settle(struct queue_work *w, const struct queue_item *item,
		       const struct diags *ds)
{
	struct arena a = {0};
	const char *path = clone_of(w, item->body, &a);
	struct str why = hand_on(w, item->body, &a);
	enum err e;

	if (fs_kind(path) == FS_DIR)
		e = read_clone(w, item, path, &a);
	else
		e = queue_work_failed(w, item, why.n ? why
				      : why_not(ds, item->body, &a),
				      counts_as_try(ds));
	arena_release(&a);
	return e;
}

enum err queue_fetch_repositories(struct queue_work *w,
				  const struct queue_items *items)
{
	struct feed_wants wants = {0};
	struct diags ds = {0};
	enum err e = OK;

	for (size_t i = 0; i < items->list.n; i++)
		if (fs_kind(clone_of(w, items->list.v[i].body,
				     &wants.arena)) != FS_DIR)
			vec_push(&wants.repositories, items->list.v[i].body);
	vec_sort(&wants.repositories, by_text);
	if (wants.repositories.n)
		e = update(w, &wants, &ds);
	/* a feed that failed is told item by item */
	e = e == ERR_CONFIG ? e : OK;
	for (size_t i = 0; !e && i < items->list.n; i++)
		e = settle(w, &items->list.v[i], &ds);
	if (e == ERR_CONFIG)
		setup_complain(&ds, DIAG_ERROR);
	wants_release(&wants);
	diag_release(&ds);
	return e;
}

/* --- packages ------------------------------------------------------------- */

static struct feed_want package_of(struct str body)
{
	struct feed_want p;

	(void)!str_cut(body, '\t', &p.purl, &p.version);
	return p;
}

/* The bundled facts with what feeds said. */
static enum err load_facts(struct queue_work *w, struct facts *f,
			   struct diags *ds)
{
	struct store *store = setup_store(w->o, ds);
	enum err e = facts_store_load(f, ds);

	if (!e && store)
		facts_feed_load(f, store, NULL, ds);
	facts_store_index(f, ds);
	store_close(store);
	return e;
}

static enum err resolve(struct queue_work *w, const struct queue_item *item,
			const struct facts *f, const struct diags *ds)
{
	struct feed_wants one = {0};
	struct queue_items found = {0};
	struct arena a = {0};
	enum err e;

	vec_push(&one.packages, package_of(item->body));
	wants_find(&one, f, date_now());
	add_repositories(&found, &one, item->depth, &a);
	/* nothing found while a service did not answer is not "none" */
	if (!found.list.n && diag_has_effect(ds, DIAG_INCOMPLETE))
		e = queue_work_failed(w, item,
				      why_not(ds, package_of(item->body).purl,
					      &a), counts_as_try(ds));
	else
		e = queue_work_done(w, item, &found);
	vec_release(&found.list);
	wants_release(&one);
	arena_release(&a);
	return e;
}

enum err queue_fetch_packages(struct queue_work *w,
			      const struct queue_items *items)
{
	struct feed_wants wants = {0};
	struct facts facts = {0};
	struct diags ds = {0};
	enum err e;

	for (size_t i = 0; i < items->list.n; i++)
		vec_push(&wants.packages, package_of(items->list.v[i].body));
	vec_sort(&wants.packages, by_package);
	e = update(w, &wants, &ds);
	if (e != ERR_CONFIG)
		e = load_facts(w, &facts, &ds);
	for (size_t i = 0; !e && i < items->list.n; i++)
		e = resolve(w, &items->list.v[i], &facts, &ds);
	if (e == ERR_CONFIG)
		setup_complain(&ds, DIAG_ERROR);
	facts_store_release(&facts);
	wants_release(&wants);
	diag_release(&ds);
	return e;
}
