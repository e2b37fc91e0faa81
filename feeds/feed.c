/* What the feeds have in common: asking, and keeping what is answered.  Rows
 * are in feed_rows.c. */
#include "feeds/feed.h"

#include <stdarg.h>
#include <unistd.h>

#include "base/limits.h"
#include "feeds/config.h"
#include "feeds/feed_rows.h"
#include "feeds/part.h"

#define ENTRY(id) &feed_##id,
static const struct feed *const table[] = {FEEDS(ENTRY)};
#undef ENTRY
#define URL_SHOWN 120
#define TABLE_N (sizeof table / sizeof *table)

const struct feed *feed_at(size_t i)
{
	return i < TABLE_N ? table[i] : NULL;
}

const struct feed *feed_find(struct str name)
{
	for (size_t i = 0; i < TABLE_N; i++)
		if (str_is(name, table[i]->name))
			return table[i];
	return NULL;
}

static struct str name_of(const struct feed_run *r)
{
	return str_c(r->feed->name);
}

struct place feed_rows_place(struct feed_run *r)
{
	return diag_at(arena_fmt(&r->arena, "feed %s", r->feed->name));
}

struct str feed_url(struct feed_run *r, struct str path)
{
	struct str base;

	if (!str_has_prefix(path, STR("/")))
		return path;
	base = origin_url(&r->service.origin, &r->arena);
	if (str_has_suffix(base, STR("/")))
		base.n--;
	return arena_fmt(&r->arena, "%.*s%.*s", STR_ARG(base), STR_ARG(path));
}

struct str feed_setting(const struct feed_run *r, const char *key,
			const char *usual)
{
	const struct config_feed *c = r->config;
	struct str value = str_c(usual);

	for (size_t i = 0; i < c->settings.n; i++)
		if (str_is(c->settings.v[i].key, key))
			value = c->settings.v[i].value;
	return value;
}

static void note_error(struct feed_run *r, struct str error)
{
	if (!r->error.n)
		r->error = arena_dup(&r->arena, error);
}

enum err feed_fail(struct feed_run *r, struct str key, const char *fmt, ...)
{
	struct str what;
	va_list args;

	va_start(args, fmt);
	what = arena_vfmt(&r->arena, fmt, args);
	va_end(args);
	what = arena_fmt(&r->arena, "%.*s: %.*s", STR_ARG(str_head(key, 200)),
			 STR_ARG(what));
	diag_add(r->diags, RW2004, feed_rows_place(r), "%.*s", STR_ARG(what));
	note_error(r, arena_fmt(&r->arena, "RW2004: %.*s", STR_ARG(what)));
	r->bad++;
	if (answer_renew(r->store, name_of(r), key, 0))
		note_error(r, STR("the store does not take answers"));
	return ERR_FEED;
}

/* --- asking --------------------------------------------------------------- */

static void keep(struct feed_run *r, struct str key, const struct answer *a)
{
	if (answer_put(r->store, name_of(r), key, a)) {
		r->failed++;
		note_error(r, STR("the store does not take answers"));
	}
}

static void go_on(struct feed_question *n, const struct answer *a)
{
	if (n->q.then)
		n->q.then(n->run, n->q.key, a);
}

static void lose(struct feed_question *n, struct str what)
{
	struct feed_run *r = n->run;

	r->failed++;
	diag_add(r->diags, RW2003, feed_rows_place(r), "%.*s", STR_ARG(what));
	note_error(r, arena_fmt(&r->arena, "RW2003: %.*s", STR_ARG(what)));
}

/* The answer to a file's question: what the file is. */
static void take_file(struct feed_question *n, const struct fetch_answer *f)
{
	struct feed_run *r = n->run;
	struct arena *a = &r->arena;

	if (n->size && f->size != n->size) {
		part_remove(n->file);
		lose(n, arena_fmt(a, "%.*s has %llu bytes, not %llu",
				  STR_ARG(f->url),
				  (unsigned long long)f->size,
				  (unsigned long long)n->size));
		return;
	}
	n->noted = (struct answer){
		.url = arena_dup(a, f->url), .etag = arena_dup(a, f->etag),
		.last_modified = arena_dup(a, f->last_modified),
		.time = f->time, .status = 200,
		.body = arena_fmt(a, "sha256 %.*s size %llu",
				  STR_ARG(f->sha256),
				  (unsigned long long)f->size)};
	vec_push(&r->files, n);
	r->fresh++;
	go_on(n, &n->noted);
}

static void take_same(struct feed_question *n, int64_t now)
{
	struct feed_run *r = n->run;
	struct arena scratch = {0};
	struct answer a;

	r->at_hand++;
	if (n->file)
		part_remove(n->file); /* it was made to hold nothing */
	if (answer_renew(r->store, name_of(r), n->q.key, now) ||
	    feed_answer(r, n->q.key, &scratch, &a))
		lose(n, STR("the store lost an answer"));
	else
		go_on(n, &a);
	arena_release(&scratch);
}

/* An address as people need it to know what was asked. */
static struct str short_url(struct feed_run *r, struct str url)
{
	size_t query = str_find_ch(url, '?');

	if (query == SIZE_MAX && url.n <= URL_SHOWN)
		return url;
	return arena_fmt(&r->arena, "%.*s...",
			 STR_ARG(str_head(str_head(url, query), URL_SHOWN)));
}

static void take_failure(struct feed_question *n, const struct fetch_answer *f)
{
	struct str gap = f->why.n ? STR(": ") : STR("");

	lose(n, arena_fmt(&n->run->arena, "%.*s %s%.*s%.*s",
			  STR_ARG(short_url(n->run, f->url)),
			  fetch_end_words(f->end), STR_ARG(gap),
			  STR_ARG(str_head(f->why, 200))));
	if (n->file && (f->end == FETCH_BIG || f->end == FETCH_STATUS))
		part_remove(n->file);
}

static void tell(const struct feed_question *n, const struct fetch_answer *f)
{
	const struct feed_run *r = n->run;
	struct arena a = {0};

	if (r->tell)
		r->tell(r->context, r->feed, f->url, arena_fmt(
			&a, "%s, status %ld, %llu bytes",
			fetch_end_words(f->end), f->status,
			(unsigned long long)f->size));
	arena_release(&a);
}

static void on_done(void *context, const struct fetch_answer *f)
{
	struct feed_question *n = context;
	struct feed_run *r = n->run;
	struct answer a = {
		.url = f->url, .etag = f->etag, .body = f->body,
		.last_modified = f->last_modified, .next = f->next,
		.time = f->time, .status = f->status};
	bool is_unknown = f->end == FETCH_STATUS && n->q.may_be_unknown &&
			  (f->status == 404 || f->status == 410);

	tell(n, f);
	if (f->end == FETCH_OK && r->feed->keep && !n->file) {
		a.body = r->feed->keep(r, n->q.key, f->body);
		if (!a.body.n) {
			(void)feed_fail(r, n->q.key, "not of the documented "
						     "shape");
			feed_pump(r);
			return;
		}
	}
	if (f->end == FETCH_SAME) {
		take_same(n, f->time);
	} else if (f->end == FETCH_OK && n->file) {
		take_file(n, f);
	} else if (f->end == FETCH_OK || is_unknown) {
		if (is_unknown && r->feed->keep)
			a.body = STR("");
		r->fresh++;
		keep(r, n->q.key, &a);
		go_on(n, &a);
	} else {
		take_failure(n, f);
	}
	feed_pump(r);
}

static struct feed_question *question(struct feed_run *r,
				      const struct feed_request *q)
{
	struct feed_question *n = arena_alloc(&r->arena, sizeof *n);
	struct arena *a = &r->arena;

	*n = (struct feed_question){.run = r, .q = *q};
	n->q.key = arena_dup(a, q->key);
	n->q.url = feed_url(r, arena_dup(a, q->url));
	n->q.accept = arena_dup(a, q->accept);
	n->q.post = arena_dup(a, q->post);
	n->q.post_type = arena_dup(a, q->post_type);
	if (!n->q.max_bytes)
		n->q.max_bytes = LIMIT_ANSWER_BYTES;
	return n;
}

/* Is what is at hand young enough, or all that can be had? */
static bool is_enough(const struct feed_run *r, const struct answer *a)
{
	return !r->fetch || (a->time && r->now - a->time < r->max_age);
}

static void send(struct feed_question *n, const struct answer *at_hand)
{
	struct feed_run *r = n->run;
	struct fetch_request f = {
		.service = n->q.service ? n->q.service : &r->service,
		.url = n->q.url,
		.accept = n->q.accept, .post = n->q.post,
		.post_type = n->q.post_type, .file = n->file,
		.max_bytes = n->q.max_bytes, .done = on_done, .context = n};

	/* what is half there already is not what was published */
	if (at_hand->time && at_hand->status == 200 &&
	    (!n->file || access(n->file, F_OK))) {
		f.etag = arena_dup(&r->arena, at_hand->etag);
		f.last_modified = arena_dup(&r->arena,
					    at_hand->last_modified);
	}
	fetch_add(r->fetch, &f);
}

static void ask(struct feed_question *n)
{
	struct feed_run *r = n->run;
	struct arena scratch = {0};
	struct answer a;
	bool is_there = !n->q.is_always &&
			!answer_get(r->store, name_of(r), n->q.key, &scratch,
				    &a);

	if (!is_there)
		a = (struct answer){0};
	if (is_there && is_enough(r, &a) &&
	    (!n->file || access(n->file, F_OK))) {
		r->at_hand++;
		vec_push(&r->ready, n);
		if (r->tell)
			r->tell(r->context, r->feed, n->q.url, STR("at hand"));
	} else if (r->fetch) {
		send(n, &a);
	} else {
		lose(n, arena_fmt(&r->arena, "not at hand: %.*s",
				  STR_ARG(n->q.url)));
	}
	arena_release(&scratch);
}

void feed_ask(struct feed_run *r, const struct feed_request *q)
{
	ask(question(r, q));
}

void feed_ask_file(struct feed_run *r, const struct feed_request *q,
		   uint64_t size)
{
	struct feed_question *n = question(r, q);

	n->file = feed_file(r, q->key);
	n->size = size;
	ask(n);
}

bool feed_once(struct feed_run *r, struct str key)
{
	bool is_new;

	map_put(&r->once, arena_dup(&r->arena, key), 1, &is_new);
	return is_new;
}

size_t feed_bound(struct feed_run *r, size_t n, size_t most, const char *what)
{
	if (n <= most)
		return n;
	diag_add(r->diags, RW1901, feed_rows_place(r),
		 "%zu %s: only the first %zu are asked for", n, what, most);
	return most;
}

void feed_pump(struct feed_run *r)
{
	while (r->ready_at < r->ready.n) {
		struct feed_question *n = r->ready.v[r->ready_at++];
		struct arena scratch = {0};
		struct answer a;

		if (feed_answer(r, n->q.key, &scratch, &a))
			lose(n, STR("the store lost an answer"));
		else
			go_on(n, &a);
		arena_release(&scratch);
	}
}

/* --- answers -------------------------------------------------------------- */

const char *feed_file(struct feed_run *r, struct str key)
{
	struct strbuf b = {0};
	const char *path;

	origin_encode(&b, key);
	path = arena_fmt(&r->arena, "%s/%s-%.*s", r->folder, r->feed->name,
			 STR_ARG(str_head(strbuf_str(&b), 100))).p;
	strbuf_release(&b);
	return path;
}

bool feed_has_file(const struct feed_run *r, struct str key)
{
	for (size_t i = 0; i < r->files.n; i++)
		if (str_eq(r->files.v[i]->q.key, key))
			return true;
	return false;
}

enum err feed_answer(struct feed_run *r, struct str key, struct arena *a,
		     struct answer *ret)
{
	return answer_get(r->store, name_of(r), key, a, ret);
}

void feed_each(struct feed_run *r, feed_then *take)
{
	struct answer_keys keys = {0};
	struct arena all = {0};

	if (answer_list(r->store, name_of(r), &all, &keys))
		note_error(r, STR("the store does not give its answers"));
	for (size_t i = 0; i < keys.list.n; i++) {
		struct arena one = {0};
		struct answer a;

		if (!feed_answer(r, keys.list.v[i], &one, &a))
			take(r, keys.list.v[i], &a);
		arena_release(&one);
	}
	vec_release(&keys.list);
	arena_release(&all);
}

enum err feed_publish_each(struct feed_run *r, feed_then *take)
{
	enum err e = feed_begin(r, feed_time(r, r->now), feed_day(r, r->now),
				false);

	if (!e)
		feed_each(r, take);
	return e;
}

void feed_settle(struct feed_run *r, bool is_published)
{
	/* what is not at fault is not fetched a second time */
	bool stays = !is_published && !r->bad;

	for (size_t i = 0; i < r->files.n; i++) {
		struct feed_question *n = r->files.v[i];

		if (is_published)
			keep(r, n->q.key, &n->noted);
		if (!stays)
			part_remove(n->file);
	}
	vec_release(&r->files);
	vec_release(&r->ready);
	map_release(&r->declared);
	map_release(&r->once);
}

enum err feed_json(struct feed_run *r, struct str key, struct str body,
		   struct json_raw *ret)
{
	struct diags found = {0};
	enum err e = json_open(body, diag_at(key), &found, ret);
	struct str why = found.kept.n ? found.kept.v[0].message : STR("");

	if (e || found.counts[RW1102])
		e = feed_fail(r, key, "not JSON: %.*s", STR_ARG(why));
	diag_release(&found);
	return e;
}
