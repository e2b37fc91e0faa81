/* The order of an update; feed.c has what each feed does in it. */
#include "feeds/update.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"
#include "feeds/git_clones.h"

#define DEFAULT_PARALLEL 2

struct update {
	const struct update_options *o;
	struct store *store;
	struct diags *diags;
	struct arena arena;
	struct fetch *fetch;
	const char *folder;      /* for files on their way */
	int lock;
	VEC(struct feed_run) runs;
	struct store_feeds known;
	int64_t began, asks;     /* the update, and its feeds to ask */
	bool has_failed;
};

static const struct feed_wants nothing;

/* --- what to run ---------------------------------------------------------- */

static bool is_among(const char *const *names, size_t n, const struct feed *f)
{
	for (size_t i = 0; i < n; i++)
		if (str_is(str_c(names[i]), f->name))
			return true;
	return false;
}

static const struct store_feed *known(const struct update *u,
				      const struct feed *f)
{
	for (size_t i = 0; i < u->known.list.n; i++)
		if (str_is(u->known.list.v[i].name, f->name))
			return &u->known.list.v[i];
	return NULL;
}

static bool has_edition(const struct update *u, const struct feed *f)
{
	const struct store_feed *k = known(u, f);

	return k && k->edition.n;
}

static bool is_wanted(const struct update *u, const struct config_feed *c)
{
	const struct update_options *o = u->o;
	bool is_per_target = c->feed->flags & FEED_PER_TARGET;

	if (o->names_n)
		return is_among(o->names, o->names_n, c->feed);
	if (c->is_disabled || ((c->feed->flags & FEED_OFF) && !c->is_enabled))
		return false;
	if (!c->feed->url[0] && !c->url.n)
		return false;
	if (o->wants && o->wants->hosts.n && (c->feed->flags & FEED_OF_HOSTS))
		return !has_edition(u, c->feed);
	return is_per_target == (o->wants != NULL);
}

static enum err check_names(const char *option, const char *const *names,
			    size_t n, struct diags *ds)
{
	enum err e = OK;

	for (size_t i = 0; i < n; i++)
		if (!feed_find(str_c(names[i]))) {
			diag_add(ds, RW2001, diag_at(str_c(option)),
				 "%s is no feed: 'ranwhence feeds' lists them",
				 names[i]);
			e = ERR_CONFIG;
		}
	return e;
}

static enum err set_service(struct update *u, struct feed_run *r,
			    uint64_t seed)
{
	const struct config_feed *c = r->config;
	struct str url = c->url.n ? c->url : str_c(r->feed->url);
	struct fetch_service *s = &r->service;
	struct pace_rate rate = c->rate;

	if (origin_parse(url, &u->arena, &s->origin)) {
		diag_add(u->diags, RW2001, diag_at(STR("--feed")),
			 "%s has no usual address: configure its url",
			 r->feed->name);
		return ERR_CONFIG;
	}
	if (!rate.n && !rate.spacing &&
	    !pace_parse(str_c(r->feed->rate), &rate))
		rate.spacing = PACE_SECOND;
	s->name = str_c(r->feed->name);
	s->hosts = c->hosts.n ? c->hosts : str_c(r->feed->hosts);
	s->may_private = c->is_private;
	s->parallel = r->feed->parallel ? r->feed->parallel
					: DEFAULT_PARALLEL;
	if (c->token.n)
		s->token_header = arena_fmt(
			&u->arena, "%s%.*s", r->feed->token[0]
			? r->feed->token : "Authorization: Bearer ",
			STR_ARG(c->token));
	pace_init(&s->pace, rate, u->o->config->backoff,
		  u->o->config->seed + seed);
	return OK;
}

/* Where not everybody may use it, the user says to have the right. */
static enum err check_licence(struct update *u, const struct config_feed *c)
{
	if (!(c->feed->flags & FEED_LICENCE) ||
	    str_is(c->licence, c->feed->licence))
		return OK;
	diag_add(u->diags, RW2001, diag_at(STR("--feed")),
		 "%s is under %s: if you may use it, say `licence = %s` in "
		 "[feed %s]", c->feed->name, c->feed->licence,
		 c->feed->licence, c->feed->name);
	return ERR_CONFIG;
}

static enum err choose(struct update *u)
{
	const struct update_options *o = u->o;
	enum err e = check_names("--feed", o->names, o->names_n, u->diags);

	if (check_names("--accept", o->accepted, o->accepted_n, u->diags))
		e = ERR_CONFIG;

	for (size_t i = 0; i < o->config->feeds.n; i++) {
		const struct config_feed *c = &o->config->feeds.v[i];

		if (!is_wanted(u, c))
			continue;
		if (check_licence(u, c))
			e = ERR_CONFIG;
		else
			vec_push(&u->runs, ((struct feed_run){
				.feed = c->feed, .config = c,
				.store = u->store, .diags = u->diags,
				.wants = o->wants ? o->wants : &nothing,
				.facts = o->facts, .folder = u->folder,
				.fetch = u->fetch, .cloner = o->cloner,
				.now = fetch_now(),
				.max_age = o->max_age,
				.is_accepted = is_among(o->accepted,
							o->accepted_n,
							c->feed),
				.tell = o->tell, .context = o->context}));
	}
	/* the runs do not move any more: requests point to their services */
	for (size_t i = 0; i < u->runs.n; i++)
		if (set_service(u, &u->runs.v[i], i))
			e = ERR_CONFIG;
	return e;
}

/* --- before and while ----------------------------------------------------- */

/* The folder of files on their way, and the lock in it; negative when that is
 * not to be had. */
static int lock_folder(struct str store, struct arena *a,
		       const char **ret_folder, bool *ret_taken)
{
	int fd;

	*ret_folder = arena_fmt(a, "%.*s.fetch", STR_ARG(store)).p;
	mkdir(*ret_folder, 0700);
	fd = open(arena_fmt(a, "%s/lock", *ret_folder).p,
		  O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	*ret_taken = fd >= 0 && flock(fd, LOCK_EX | LOCK_NB);
	if (!*ret_taken)
		return fd;
	close(fd);
	return -1;
}

static enum err take_lock(struct update *u)
{
	bool is_taken;

	u->lock = lock_folder(u->store->path, &u->arena, &u->folder,
			      &is_taken);
	if (u->lock >= 0)
		return OK;
	diag_add(u->diags, RW2006, diag_at(str_c(u->folder)), "%s",
		 is_taken ? "another update is running"
			  : "cannot be written");
	return ERR_FEED;
}

uint64_t update_clean(struct str store, uint64_t most)
{
	struct arena a = {0};
	const char *folder = git_clones_folder(store, &a);
	uint64_t gone = 0;
	bool is_taken;
	int lock;

	if (access(folder, F_OK) == 0) {
		lock = lock_folder(store, &a, &folder, &is_taken);
		if (lock >= 0) {
			gone = git_clones_clean(git_clones_folder(store, &a),
						most);
			close(lock);
		}
	}
	arena_release(&a);
	return gone;
}

/* Milliseconds until a service has answered, if it goes on as it did. */
static uint64_t time_left(const struct fetch_service *s, uint64_t ms)
{
	size_t more = s->asked - s->ended;

	if (s->due)
		return s->bytes ? ms * (s->due / 1024) / (s->bytes / 1024 + 1)
				: 0;
	return s->ended > 1 ? ms * more / s->ended : 0;
}

static void on_progress(void *context)
{
	struct update *u = context;
	uint64_t ms = (uint64_t)(pace_clock() - u->asks) / 1000;
	struct update_progress p = {
		.ms = ms + (uint64_t)(u->asks - u->began) / 1000};
	struct strbuf b;

	strbuf_init(&b, 120);
	for (size_t i = 0; i < u->runs.n; i++) {
		const struct fetch_service *s = &u->runs.v[i].service;
		uint64_t left;

		p.bytes += s->bytes;
		if (s->ended == s->asked)
			continue;
		strbuf_fmt(&b, "%s%.*s %zu/%zu", b.n ? ", " : "",
			   STR_ARG(s->name), s->ended, s->asked);
		left = time_left(s, ms);
		p.left = left > p.left ? left : p.left;
	}
	p.what = strbuf_str(&b);
	u->o->show(u->o->context, &p);
	strbuf_release(&b);
}

static enum err open_fetch(struct update *u)
{
	struct fetch_options f = u->o->config->fetch;

	if (u->o->is_offline)
		return OK;
	f.progress = on_progress;
	f.context = u;
	u->fetch = fetch_new(&f);
	if (u->fetch)
		return OK;
	diag_add(u->diags, RW2001, diag_at(STR("update")), "%s",
		 fetch_is_built_in() ? "libcurl cannot be used"
		 : "this build has no network; --offline works");
	return ERR_CONFIG;
}

/* --- after ---------------------------------------------------------------- */

/* Is there anything that readers do not have yet? */
static bool is_due(const struct update *u, struct feed_run *r)
{
	const struct store_feed *k = known(u, r->feed);
	bool may_lack = r->feed->flags & FEED_PER_TARGET;
	bool is_behind = r->feed->is_behind && r->feed->is_behind(r);

	if (r->failed && !may_lack)
		return false;
	if (r->feed->flags & FEED_FILES)
		return r->files.n > 0;
	return r->fresh || is_behind ||
	       (r->at_hand && (!k || !k->edition.n || k->error.n));
}

static void say(struct update *u, const struct feed_run *r, struct str what)
{
	struct arena a = {0};

	u->o->say(u->o->context, arena_fmt(&a, "%-16s %.*s", r->feed->name,
					   STR_ARG(what)));
	arena_release(&a);
}

/* What the store said of an edition that it did not take. */
static struct str why_not(struct update *u, enum err e)
{
	const struct diags *ds = u->diags;

	for (size_t i = ds->kept.n; e == ERR_LIMIT && i-- > 0;) {
		const struct diag *d = &ds->kept.v[i];

		if (d->code == RW1822 || d->code == RW1826 ||
		    d->code == RW1832)
			return arena_fmt(&u->arena, "%s: %.*s",
					 diag_name(d->code),
					 STR_ARG(d->message));
	}
	return STR("RW1820: the store did not take the edition");
}

/* Is there a new edition? */
static bool publish(struct update *u, struct feed_run *r)
{
	enum err e;

	u->o->show(u->o->context, &(struct update_progress){
		.what = arena_fmt(&u->arena, "publishing %s",
				  r->feed->name)});
	e = r->feed->publish(r);
	if (!e)
		e = edition_publish(r->store);
	edition_drop(r->store);
	feed_settle(r, !e);
	if (e && !r->error.n)
		r->error = why_not(u, e);
	if (!e && !r->error.n)
		say(u, r, arena_fmt(&u->arena, "new edition (answers: %zu, "
				    "bytes: %llu)", r->fresh + r->at_hand,
				    (unsigned long long)r->service.bytes));
	return !e;
}

/* Why is among the diagnostics, where it has a code. */
static void say_failed(struct update *u, const struct feed_run *r, bool is_new)
{
	const struct store_feed *k = known(u, r->feed);
	struct str code, why;
	bool is_told = str_cut(r->error, ':', &code, &why) &&
		       str_has_prefix(code, STR("RW"));

	say(u, r, arena_fmt(&u->arena, "failed: %.*s; %s",
			    STR_ARG(is_told ? code : r->error),
			    is_new ? "what was answered is published"
			    : k && k->edition.n ? "the edition before stays"
			    : "there is no edition yet"));
}

static void finish(struct update *u, struct feed_run *r)
{
	bool is_asked = r->fresh || r->at_hand || r->failed, is_new = false;
	enum err e = OK;

	if (is_due(u, r)) {
		is_new = publish(u, r);
	} else {
		feed_settle(r, false);
		if (!r->error.n)
			say(u, r, is_asked ? STR("is current")
					   : STR("has nothing to ask"));
	}
	if (r->error.n) {
		u->has_failed = true;
		e = store_feed_failed(u->store, str_c(r->feed->name),
				      r->error, r->now);
		say_failed(u, r, is_new);
	} else if (is_asked && !u->o->is_offline) {
		e = store_feed_checked(u->store, str_c(r->feed->name),
				       r->now);
	}
	u->has_failed = u->has_failed || e;
}

static void release(struct update *u)
{
	fetch_free(u->fetch);
	for (size_t i = 0; i < u->runs.n; i++) {
		if (u->runs.v[i].own)
			u->runs.v[i].feed->release(&u->runs.v[i]);
		pace_release(&u->runs.v[i].service.pace);
		arena_release(&u->runs.v[i].arena);
	}
	vec_release(&u->runs);
	vec_release(&u->known.list);
	if (u->lock >= 0)
		close(u->lock);
	arena_release(&u->arena);
}

static bool is_of(const struct feed_run *r, bool is_after)
{
	return is_after == !!(r->feed->flags & FEED_AFTER);
}

/* Those that wait for others, or the others. */
static void run_some(struct update *u, bool is_after)
{
	size_t n = 0;

	for (size_t i = 0; i < u->runs.n; i++) {
		if (!is_of(&u->runs.v[i], is_after))
			continue;
		u->runs.v[i].feed->ask(&u->runs.v[i]);
		feed_pump(&u->runs.v[i]);
		n++;
	}
	u->asks = pace_clock();
	u->began = u->began ? u->began : u->asks;
	if (u->fetch && n)
		fetch_run(u->fetch);
	for (size_t i = 0; i < u->runs.n; i++)
		if (is_of(&u->runs.v[i], is_after))
			finish(u, &u->runs.v[i]);
}

static enum err run(struct update *u)
{
	run_some(u, false);
	if (u->o->found)
		u->o->found(u->o->context);
	run_some(u, true);
	return u->has_failed ? ERR_FEED : OK;
}

enum err update_run(struct store *s, const struct update_options *o,
		    struct diags *ds)
{
	struct update u = {.o = o, .store = s, .diags = ds, .lock = -1};
	enum err e = take_lock(&u);

	if (!e)
		e = open_fetch(&u);
	if (!e && store_list_feeds(s, &u.arena, &u.known))
		e = ERR_FEED;
	if (!e)
		e = choose(&u);
	if (!e)
		e = run(&u);
	release(&u);
	return e;
}
