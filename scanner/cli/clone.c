/* The helper answers one request after the other; the worker completes the
 * clone, counts its history, and hands over the digest, or why it did not. */
#include "cli/clone.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/sandbox.h"
#include "cli/command.h"
#include "cli/peer.h"
#include "cli/stewards.h"
#include "cli/worker.h"
#include "history/history.h"
#include "history/indexpack.h"
#include "store/digest_cache.h"
#include "store/facts_store.h"

#define OUTPUT "why="
#define MOST_SECONDS 3600 /* for the pack, and for the history */
#define ACCOUNTS_BYTES (256 * LIMIT_MB) /* ids of commits */
#define AXES (DIGEST_COMMITS | DIGEST_CHURN | DIGEST_SURVIVING | DIGEST_REVIEW)

/* --- in the worker -------------------------------------------------------- */

/* What the repository really has is told with its digest; anything else that
 * left something out is a fault of the clone. */
static bool is_its_own(const struct diag *d)
{
	return diag_effect(d->code) == DIAG_HARMLESS || d->code == RW1407;
}

/* Why the digest is not to be kept, "" if it is. */
static struct str judge(const struct diags *ds, struct arena *a,
			struct diags *told)
{
	for (size_t i = 0; i < ds->kept.n; i++) {
		const struct diag *d = &ds->kept.v[i];

		if (!is_its_own(d))
			return arena_fmt(a, "%s %.*s", diag_name(d->code),
					 STR_ARG(d->message));
		diag_add(told, d->code, diag_at(STR("")), "%.*s",
			 STR_ARG(d->message));
	}
	return STR("");
}

/* Files that say who decides and cannot be read: the axis is not observed, and
 * the digest tells the first reason. */
static void tell_seats(const struct diags *ds, struct diags *told)
{
	for (size_t i = 0; i < ds->kept.n; i++) {
		const struct diag *d = &ds->kept.v[i];

		if (diag_effect(d->code) == DIAG_HARMLESS)
			continue;
		diag_add(told, RW1416, diag_at(STR("")), "seats are not "
			 "observed: %.*s: %.*s", STR_ARG(d->place.path),
			 STR_ARG(d->message));
		return;
	}
}

static struct str complete(const struct feed_clone *c, const char *packs,
			   struct arena *a)
{
	struct indexpack p = {.file = c->pack, .offset = c->pack_offset,
			      .folder = packs, .max_seconds = MOST_SECONDS};
	struct str why = STR("");

	if (!c->pack || !indexpack_run(&p, a, &why))
		return STR("");
	return arena_fmt(a, "its pack is not sound: %.*s", STR_ARG(why));
}

static struct str count(const struct opts *o, const struct feed_clone *c,
			struct arena *a)
{
	struct facts facts = {0};
	struct diags ds = {0}, told = {0};
	struct digest d = {0};
	struct scan tree = {0}; /* at the head, for the seats */
	struct history_options h = {.axes = AXES, .facts = &facts,
				    .accounts = c->accounts,
				    .max_seconds = MOST_SECONDS};
	struct strbuf text;
	struct str why;
	enum err e = facts_store_load(&facts, &ds);

	strbuf_init(&text, LIMIT_DIGEST_BYTES);
	facts_store_index(&facts, &ds);
	if (!e)
		e = history_digest(c->folder, &h, a, &ds, &d);
	if (!e)
		stewards_read(c->folder, &d, &tree, &ds, NULL);
	why = judge(&ds, a, &told);
	tell_seats(&tree.diags, &told);
	d.repository = c->address;
	if (e && !why.n)
		why = STR("it has no history");
	if (!why.n) {
		(void)digest_cache_text(&d, &told, &text);
		worker_keep(o, NULL, KEPT_CLONE, c->key, strbuf_str(&text));
	}
	strbuf_release(&text);
	digest_release(&d);
	scan_release(&tree);
	diag_release(&ds);
	diag_release(&told);
	facts_store_release(&facts);
	return why;
}

static int run_clone(const struct opts *o)
{
	const struct clone_task *t = o->clone;
	const char *output = opt_value(o, OPT_ID_output);
	struct diags ds = {0};
	struct arena a = {0};
	struct strbuf b;
	struct str why = complete(&t->clone, t->packs, &a);
	enum err e;

	if (!why.n && !t->is_for_later)
		why = count(o, &t->clone, &a);
	strbuf_init(&b, LIMIT_DIAG_BYTES);
	strbuf_add(&b, why);
	e = worker_write(o, output + sizeof OUTPUT - 1, &b, &ds);
	strbuf_release(&b);
	diag_release(&ds);
	arena_release(&a);
	return e || why.n ? EXIT_INCOMPLETE : EXIT_MET;
}

static const struct command counter = {
	.name = "update", .arguments = "", .summary = "", .bit = OPT_UPDATE,
	.run = run_clone,
};

/* --- the helper ----------------------------------------------------------- */

struct clone_helper {
	struct peer peer;
};

struct request {
	uint32_t address_n, folder_n, pack_n;
	uint64_t accounts_n;     /* bytes */
	uint64_t pack_offset;
	unsigned char key[SHA256_BYTES];
};

struct reply { uint32_t is_done, why_n; };

static const struct account_commits *as_accounts(struct str ids,
						 struct arena *a)
{
	struct account_commits *c = arena_alloc(a, sizeof *c);

	*c = (struct account_commits){0};
	c->list.n = ids.n / sizeof *c->list.v;
	c->list.v = arena_alloc(a, ids.n + 1);
	memcpy(c->list.v, ids.p, ids.n);
	return c;
}

static struct str as_text(const struct account_commits *c)
{
	return c && c->list.n ? str_n((const char *)c->list.v[0].id,
				      c->list.n * sizeof *c->list.v)
			      : STR("");
}

static bool get_request(struct peer *from, struct arena *a,
			struct feed_clone *ret)
{
	struct request q;
	struct str address, folder, pack, accounts;

	if (!peer_get(from, &q, sizeof q) ||
	    !peer_get_text(from, q.address_n, LIMIT_PATH_BYTES, a, &address) ||
	    !peer_get_text(from, q.folder_n, LIMIT_PATH_BYTES, a, &folder) ||
	    !peer_get_text(from, q.pack_n, LIMIT_PATH_BYTES, a, &pack) ||
	    !peer_get_text(from, q.accounts_n, ACCOUNTS_BYTES, a, &accounts))
		return false;
	*ret = (struct feed_clone){.address = address, .folder = folder.p,
				   .pack = pack.n ? pack.p : NULL,
				   .pack_offset = q.pack_offset,
				   .accounts = as_accounts(accounts, a)};
	memcpy(ret->key, q.key, sizeof q.key);
	return true;
}

/* Runs the worker; the reason goes through a file beside the clone. */
static void serve_one(const struct opts *o, const struct clone_task *task,
		      struct arena *a, struct peer *to)
{
	const struct feed_clone *c = &task->clone;
	struct clone_task t = {
		.clone = *c, .is_for_later = task->is_for_later,
		.packs = arena_fmt(a, "%s/objects/pack", c->folder).p};
	const char *file = arena_fmt(a, "%s.why", c->folder).p;
	struct opts inner = *o;
	struct str why;
	struct reply r;

	inner.clone = &t;
	inner.targets = (struct opt_values){0};
	inner.given[OPT_ID_output] = (struct opt_values){0};
	vec_push(&inner.given[OPT_ID_output].list,
		 arena_fmt(a, OUTPUT "%s", file).p);
	r.is_done = worker_run(&counter, &inner) == EXIT_MET;
	if (worker_take(file, LIMIT_DIAG_BYTES, a, &why))
		r.is_done = false;
	vec_release(&inner.given[OPT_ID_output].list);
	r.why_n = (uint32_t)why.n;
	if (peer_put(to, &r, sizeof r))
		(void)peer_put(to, why.p, why.n);
}

static void serve(const struct opts *o, bool is_for_later, struct peer *p)
{
	struct arena a = {0};
	struct clone_task t = {.is_for_later = is_for_later};

	while (get_request(p, &a, &t.clone)) {
		serve_one(o, &t, &a, p);
		arena_release(&a);
	}
	arena_release(&a);
}

struct clone_helper *clone_helper_new(const struct opts *o,
				      bool is_for_later)
{
	struct clone_helper *h;
	struct peer p;

	if (!peer_fork(&p))
		return NULL;
	if (p.pid == 0) {
		worker_die_with_parent();
		serve(o, is_for_later, &p);
		_exit(0);
	}
	h = mem_new(1, sizeof *h);
	h->peer = p;
	return h;
}

void clone_helper_free(struct clone_helper *h)
{
	if (h)
		(void)peer_end(&h->peer);
	free(h);
}

enum err clone_count(void *with, const struct feed_clone *c,
		     struct arena *a, struct str *ret_why)
{
	struct clone_helper *h = with;
	struct str folder = str_c(c->folder);
	struct str pack = c->pack ? str_c(c->pack) : STR("");
	struct str accounts = as_text(c->accounts);
	struct request q = {.accounts_n = accounts.n,
			    .address_n = (uint32_t)c->address.n,
			    .folder_n = (uint32_t)folder.n,
			    .pack_n = (uint32_t)pack.n,
			    .pack_offset = c->pack_offset};
	struct reply r;

	memcpy(q.key, c->key, sizeof q.key);
	*ret_why = STR("");
	if (accounts.n > ACCOUNTS_BYTES) {
		*ret_why = STR("more commits of accounts than it can take");
		return ERR_LIMIT;
	}
	if (!peer_put(&h->peer, &q, sizeof q) ||
	    !peer_put(&h->peer, c->address.p, c->address.n) ||
	    !peer_put(&h->peer, folder.p, folder.n) ||
	    !peer_put(&h->peer, pack.p, pack.n) ||
	    !peer_put(&h->peer, accounts.p, accounts.n) ||
	    !peer_get(&h->peer, &r, sizeof r) ||
	    !peer_get_text(&h->peer, r.why_n, LIMIT_PATH_BYTES, a, ret_why)) {
		*ret_why = STR("the process that counts is gone");
		return ERR_IO;
	}
	return r.is_done ? OK : ERR_FORMAT;
}
