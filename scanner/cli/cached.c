/* Between the history and the store. */
#include "cli/cached.h"

#include <string.h>

#include "base/limits.h"
#include "cli/part.h"
#include "cli/progress.h"
#include "cli/setup.h"
#include "cli/shard_find.h"
#include "cli/stewards.h"
#include "cli/terms.h"
#include "cli/worker.h"
#include "history/pgpsig.h"
#include "store/kept.h"

struct cached cached_by(const struct opts *o, struct store *store,
			struct arena *a)
{
	struct cached c = {.o = o, .parts = opt_value(o, OPT_ID_parts)};

	if (opt_given(o, OPT_ID_no_cache))
		return c;
	c.store = store;
	if (store || opt_given(o, OPT_ID_store))
		c.path = setup_store_path(o, a);
	return c;
}

static void say(const struct cached *c, const char *path, const char *what)
{
	if (opt_verbose(c->o))
		progress_say(str_c(path), what, STR(""));
}

/* What the outcome depends on, this program among it, and the folder: another
 * one may say to have the same origin and head, and hold other files. */
static bool find_key(const char *path, const struct history_options *o,
		     enum cached_beside beside, unsigned char *ret_key)
{
	const char *library = o->keys ? pgpsig_library() : NULL;
	char *real = realpath(path, NULL);
	struct strbuf b;
	bool is_sound;

	strbuf_init(&b, 0);
	strbuf_fmt(&b, PACKAGE_VERSION "\n%s\nbeside %d\nopenpgp %s\n",
		   real ? real : "", (int)beside, library ? library : "");
	is_sound = real && history_key_told(path, o, &b);
	sha256_of(strbuf_str(&b), ret_key);
	strbuf_release(&b);
	free(real);
	return is_sound;
}

/* Of what has no history, or cannot be opened, that is all there is. */
static void add_why_not(const char *path, struct strbuf *to)
{
	struct diags told = {0};
	struct arena a = {0};
	struct str head = history_head(path, &a, &told);

	strbuf_fmt(to, "not read %.*s\n", STR_ARG(head));
	for (size_t i = 0; i < told.kept.n; i++)
		strbuf_fmt(to, "%s %.*s\n",
			   diag_name(told.kept.v[i].code),
			   STR_ARG(told.kept.v[i].message));
	diag_release(&told);
	arena_release(&a);
}

bool cached_key(const char *path, const struct history_options *o,
		struct strbuf *to)
{
	unsigned char key[SHA256_BYTES];
	struct strbuf b;
	bool is_whole;

	strbuf_init(&b, 0);
	strbuf_fmt(&b, PACKAGE_VERSION "\n%s\n", path);
	is_whole = history_key_told(path, o, &b);
	if (!is_whole)
		add_why_not(path, &b);
	sha256_of(strbuf_str(&b), key);
	strbuf_release(&b);
	sha256_hex(to, key, sizeof key);
	return is_whole;
}

/* The two keys of an outcome: of one for which no object was lacking, and of
 * one for which some were, which may arrive. */
struct keys {
	unsigned char whole[SHA256_BYTES], partly[SHA256_BYTES];
	bool has_partly;
};

static void find_partly(const char *path, struct keys *k)
{
	struct strbuf b;

	strbuf_init(&b, 0);
	strbuf_add(&b, str_n((const char *)k->whole, sizeof k->whole));
	k->has_partly = history_objects(path, &b);
	sha256_of(strbuf_str(&b), k->partly);
	strbuf_release(&b);
}

/* Is what was told so for good, as long as the same objects are at hand?  Not
 * what a system failed to do, and where time was up. */
static bool is_lasting(const struct diags *told)
{
	static const enum diag_code fleeting[] = {RW1002, RW1401, RW1402,
						  RW1408, RW1412, RW1413};
	bool is = !diag_has_effect(told, DIAG_FATAL);

	for (size_t i = 0; i < sizeof fleeting / sizeof *fleeting; i++)
		is = is && !told->counts[fleeting[i]];
	return is;
}

/* The key under which to keep it; NULL: it is not kept. */
static const unsigned char *key_for(struct keys *k, const char *path,
				    const struct history_reads *reads)
{
	struct keys before = *k;

	if (reads->has_failed)
		return NULL;
	if (!reads->has_lacked)
		return k->whole;
	/* nothing arrived while it was counted */
	find_partly(path, k);
	return before.has_partly && k->has_partly &&
	       !memcmp(before.partly, k->partly, sizeof k->partly)
	       ? k->partly : NULL;
}

static void keep(const struct cached *c, const unsigned char *key,
		 const char *path, const struct part *outcome)
{
	struct strbuf hex, b;

	strbuf_init(&hex, 0);
	strbuf_init(&b, PART_BYTES);
	sha256_hex(&hex, key, SHA256_BYTES);
	if (part_put(strbuf_str(&hex), path, outcome, &b))
		worker_keep(c->o, c->path, KEPT_DIGEST, key, strbuf_str(&b));
	strbuf_release(&hex);
	strbuf_release(&b);
}

/* Goes on from what the scan before has left, and leaves what is new. */
static enum err count(const struct cached *c, const char *path,
		      struct history_options *o, struct arena *a,
		      struct diags *ds, struct digest *ret)
{
	struct history_memo memo = {.before = STR("")};
	unsigned char key[SHA256_BYTES];
	struct strbuf text, before;
	enum err e;

	strbuf_init(&text, 0);
	strbuf_init(&before, LIMIT_KEPT_BYTES);
	strbuf_init(&memo.after, LIMIT_KEPT_BYTES);
	strbuf_cstr(&text, PACKAGE_VERSION "\n");
	if (c && (c->store || c->path) && history_memo_key(path, o, &text)) {
		sha256_of(strbuf_str(&text), key);
		if (c->store && kept_find(c->store, KEPT_HISTORY, key,
					  &before))
			memo.before = strbuf_str(&before);
		say(c, path, memo.before.n
		    ? "the history goes on from an earlier scan"
		    : "the history is read, none is kept");
		o->memo = &memo;
	}
	e = history_digest(path, o, a, ds, ret);
	if (memo.after.n && !memo.after.full && c->path)
		worker_keep(c->o, c->path, KEPT_HISTORY, key,
			    strbuf_str(&memo.after));
	strbuf_release(&text);
	strbuf_release(&before);
	strbuf_release(&memo.after);
	return e;
}

/* What an earlier scan kept under a key. */
static bool find_one(const struct cached *c, const unsigned char *key,
		     const char *path, const struct cached_outcome *to)
{
	struct diags told = {0}, seats = {0};
	struct part p = {.digest = to->digest, .told = &told, .seats = &seats};
	struct strbuf hex, b;
	bool is_there;

	strbuf_init(&hex, 0);
	strbuf_init(&b, 0);
	sha256_hex(&hex, key, SHA256_BYTES);
	is_there = kept_find(c->store, KEPT_DIGEST, key, &b) &&
		   part_get(strbuf_str(&b), strbuf_str(&hex), path, to->arena,
			    &p);
	if (is_there) {
		diag_merge(to->diags, &told);
		if (to->tree)
			diag_merge(&to->tree->diags, &seats);
	}
	strbuf_release(&hex);
	strbuf_release(&b);
	diag_release(&told);
	diag_release(&seats);
	return is_there;
}

/* The outcome of this state of the repository. */
static bool find(const struct cached *c, const char *path, struct keys *k,
		 const struct cached_outcome *to)
{
	if (c->store && find_one(c, k->whole, path, to))
		return true;
	find_partly(path, k);
	return c->store && k->has_partly &&
	       find_one(c, k->partly, path, to);
}

static void read_beside(const char *path, const struct cached_outcome *to,
			struct diags *ds, struct history_reads *reads)
{
	if (to->beside == CACHED_SEATS)
		stewards_read(path, to->digest, to->tree, ds, reads);
	if (to->beside == CACHED_TERMS)
		terms_read(path, to->digest, to->arena, ds, reads);
}

/* From the store, or counted. */
static enum err find_or_count(const struct cached *c, const char *path,
			      const struct history_options *o,
			      const struct cached_outcome *to)
{
	struct keys k = {.has_partly = false};
	struct diags told = {0};
	struct history_reads reads = {0};
	struct history_options with = *o;
	struct diags *seats = to->tree ? &to->tree->diags : NULL;
	bool is_kept = c && (c->store || c->path) &&
		       find_key(path, o, to->beside, k.whole);
	const unsigned char *key;
	enum err e;

	if (is_kept && find(c, path, &k, to)) {
		say(c, path, "the history is kept from an earlier scan");
		return OK;
	}
	with.reads = &reads;
	e = count(c, path, &with, to->arena, &told, to->digest);
	if (!e)
		read_beside(path, to, &told, &reads);
	if (is_kept && c->path && !e && is_lasting(&told) &&
	    (!seats || is_lasting(seats))) {
		key = key_for(&k, path, &reads);
		if (key)
			keep(c, key, path, &(struct part){e, to->digest,
							  &told, seats});
	}
	diag_merge(to->diags, &told);
	diag_release(&told);
	return e;
}

enum err cached_join(const struct cached_slices *s, const char *path,
		     const struct history_options *o,
		     const struct cached_outcome *to)
{
	struct history_memo memo = {.is_last = true};
	struct history_options with = *o;
	struct strbuf all;
	enum err e = ERR_FORMAT;

	strbuf_init(&all, 0);
	if (part_join(s->folder, s->key, s->of, &all)) {
		memo.before = strbuf_str(&all);
		with.memo = &memo;
		e = history_digest(path, &with, to->arena, to->diags,
				   to->digest);
	} else {
		diag_add(to->diags, RW1831, diag_at(str_c(s->folder)),
			 "not all slices of %s are whole", path);
	}
	strbuf_release(&all);
	return e;
}

/* The part of a history, or what its slices make together. */
static enum err from_parts(const struct cached *c, struct str key,
			   const char *path, const struct history_options *o,
			   const struct cached_outcome *to)
{
	struct part_slices there;

	if (!part_has_file(c->parts, key) &&
	    part_find_slices(c->parts, key, &there))
		return cached_join(&(struct cached_slices){c->parts, key,
							   there.of},
				   path, o, to);
	return part_find(c->parts, key, path, to->arena, to->diags,
			 to->digest);
}

/* The repository may not be here. */
static enum err from_known(const struct cached *c, const char *path,
			   const struct history_options *o,
			   const struct cached_outcome *to)
{
	struct str key = shard_find_history(c->known, path, o);

	if (key.n)
		return part_find(c->parts, key, path, to->arena, to->diags,
				 to->digest);
	diag_add(to->diags, RW1830, diag_at(str_c(path)), "the plan does not "
		 "have its history, or not as the policies ask for it");
	return ERR_NOTFOUND;
}

/*
 * Machines that counted may not have had what a store says of accounts: what
 * they counted without it is better than nothing, and it is told.
 */
static void forget_accounts(const struct cached *c, const char *path,
			    struct history_options *o, struct strbuf *key,
			    struct diags *ds)
{
	struct history_options with = *o;
	struct part_slices unused;
	struct strbuf other;

	if (!o->accounts || !o->accounts->list.n ||
	    part_has_file(c->parts, strbuf_str(key)) ||
	    part_find_slices(c->parts, strbuf_str(key), &unused))
		return;
	strbuf_init(&other, 0);
	with.accounts = NULL;
	cached_key(path, &with, &other);
	if (part_has_file(c->parts, strbuf_str(&other)) ||
	    part_find_slices(c->parts, strbuf_str(&other), &unused)) {
		diag_add(ds, RW1810, diag_at(str_c(path)), "its part was "
			 "counted without the %zu commits of which the store "
			 "knows an account", o->accounts->list.n);
		o->accounts = NULL;
		strbuf_clear(key);
		strbuf_add(key, strbuf_str(&other));
	}
	strbuf_release(&other);
}

enum err cached_read(const struct cached *c, const char *path,
		     const struct history_options *o,
		     const struct cached_outcome *to)
{
	struct history_options with = *o;
	struct strbuf key;
	enum err e;

	if (c && c->known)
		return from_known(c, path, o, to);
	if (!c || (!c->parts && !c->plan))
		return find_or_count(c, path, o, to);
	strbuf_init(&key, 0);
	cached_key(path, o, &key);
	if (c->plan) {
		shard_note(c->plan, path, o, strbuf_str(&key));
		e = ERR_NOTFOUND;
	} else {
		forget_accounts(c, path, &with, &key, to->diags);
		e = from_parts(c, strbuf_str(&key), path, &with, to);
		if (!e)
			read_beside(path, to, to->diags, NULL);
	}
	strbuf_release(&key);
	return e;
}

enum err cached_digest(const struct cached *c, const char *path,
		       const struct history_options *o, struct arena *a,
		       struct diags *ds, struct digest *ret)
{
	return cached_read(c, path, o, &(struct cached_outcome){
				   .arena = a, .diags = ds, .digest = ret});
}
