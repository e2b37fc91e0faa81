/* Between the history and the store. */
#include "cli/cached.h"

#include "base/limits.h"
#include "cli/part.h"
#include "cli/progress.h"
#include "cli/setup.h"
#include "cli/shard.h"
#include "cli/worker.h"
#include "store/digest_cache.h"
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

/* What the digest depends on, this program among it, and the folder: another
 * one may say to have the same origin and head, and hold other files. */
static bool find_key(const char *path, const struct history_options *o,
		     unsigned char *ret_key)
{
	char *real = realpath(path, NULL);
	struct strbuf b;
	bool is_sound;

	strbuf_init(&b, 0);
	strbuf_fmt(&b, PACKAGE_VERSION "\n%s\n", real ? real : "");
	is_sound = real && history_key(path, o, &b);
	sha256_of(strbuf_str(&b), ret_key);
	strbuf_release(&b);
	free(real);
	return is_sound;
}

bool cached_key(const char *path, const struct history_options *o,
		struct strbuf *to)
{
	unsigned char key[SHA256_BYTES];
	struct strbuf b;
	bool is_sound;

	strbuf_init(&b, 0);
	strbuf_fmt(&b, PACKAGE_VERSION "\n%s\n", path);
	is_sound = history_key(path, o, &b);
	sha256_of(strbuf_str(&b), key);
	strbuf_release(&b);
	if (is_sound)
		sha256_hex(to, key, sizeof key);
	return is_sound;
}

/* The two keys of a digest: of one of which nothing is missing, and of one
 * that misses objects, which may arrive. */
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

/*
 * What is told of a .mailmap, and of lines that cannot be read, goes with the
 * digest: `ret` gets it without a place.  NULL when anything else was told,
 * else the key under which to keep it.
 */
static const unsigned char *key_for(const struct keys *k, const char *path,
				    const struct diags *told,
				    struct diags *ret)
{
	bool is_whole = !told->counts[RW1414];

	for (size_t i = 0; i < told->kept.n; i++) {
		const struct diag *d = &told->kept.v[i];

		if ((d->code != RW1415 && d->code != RW1414) ||
		    !str_is(d->place.path, path) || d->place.line)
			return NULL;
		diag_add(ret, d->code, diag_at(STR("")), "%.*s",
			 STR_ARG(d->message));
	}
	if (diag_dropped(told) || (!is_whole && !k->has_partly))
		return NULL;
	return is_whole ? k->whole : k->partly;
}

static void keep(const struct cached *c, const unsigned char *key,
		 const struct digest *d, const struct diags *told)
{
	struct strbuf b;

	strbuf_init(&b, LIMIT_DIGEST_BYTES);
	if (digest_cache_text(d, told, &b))
		worker_keep(c->o, c->path, KEPT_DIGEST, key, strbuf_str(&b));
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

/* A digest of this state of the repository, made by an earlier scan. */
static bool find(const struct cached *c, const char *path, struct keys *k,
		 struct arena *a, struct digest *ret)
{
	if (c->store && digest_cache_find(c->store, k->whole, a, ret))
		return true;
	find_partly(path, k);
	return c->store && k->has_partly &&
	       digest_cache_find(c->store, k->partly, a, ret);
}

/* From the store, or counted. */
static enum err find_or_count(const struct cached *c, const char *path,
			      const struct history_options *o,
			      struct arena *a, struct diags *ds,
			      struct digest *ret)
{
	struct keys k = {.has_partly = false};
	struct diags told = {0}, kept = {0};
	struct history_options with = *o;
	bool is_kept = c && (c->store || c->path) &&
		       find_key(path, o, k.whole);
	const unsigned char *key;
	enum err e;

	if (is_kept && find(c, path, &k, a, ret)) {
		digest_cache_tell(ret, str_c(path), ds);
		say(c, path, "the history is kept from an earlier scan");
		return OK;
	}
	e = count(c, path, &with, a, &told, ret);
	key = is_kept && c->path && !e ? key_for(&k, path, &told, &kept) : NULL;
	if (key)
		keep(c, key, ret, &kept);
	diag_release(&kept);
	diag_merge(ds, &told);
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

enum err cached_digest(const struct cached *c, const char *path,
		       const struct history_options *o, struct arena *a,
		       struct diags *ds, struct digest *ret)
{
	struct strbuf key;
	enum err e;
	bool is_keyed;

	if (!c || (!c->parts && !c->plan))
		return find_or_count(c, path, o, a, ds, ret);
	strbuf_init(&key, 0);
	is_keyed = cached_key(path, o, &key);
	if (c->plan) {
		shard_note(c->plan, path, o, strbuf_str(&key));
		e = ERR_NOTFOUND;
	} else if (is_keyed) {
		e = from_parts(c, strbuf_str(&key), path, o,
			       &(struct cached_outcome){a, ds, ret});
	} else {
		e = find_or_count(c, path, o, a, ds, ret);
	}
	strbuf_release(&key);
	return e;
}
