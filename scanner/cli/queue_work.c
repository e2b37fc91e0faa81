/*
 * One thing after the other: as many workers are started as are to run at a
 * time.  A thread with a connection of its own keeps the leases of what this
 * one is at; when both are gone, they end.
 */
#include "cli/queue_work.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/sha256.h"
#include "cli/clone.h"
#include "cli/command.h"
#include "cli/queue_fetch.h"
#include "cli/setup.h"
#include "store/facts_store.h"

#define PATIENCE 900               /* seconds without the server */
#define LAST_BACKOFF (600 * PACE_SECOND)
#define POLL PACE_SECOND           /* others may find something */
#define AT_ONCE_FETCH 8
#define AT_ONCE_PACKAGES 32

/* --- the heart ------------------------------------------------------------ */

struct heart {
	pthread_t thread;
	pthread_mutex_t mutex;
	pthread_cond_t stop;
	bool is_stopped;
	const struct queue_work *w;
	struct queue *q;
	struct diags unsaid;
};

static void *beat(void *with)
{
	struct heart *h = with;
	struct timespec t;

	pthread_mutex_lock(&h->mutex);
	clock_gettime(CLOCK_REALTIME, &t);
	while (!h->is_stopped) {
		t.tv_nsec += (long)(h->w->lease * 1000 % 3000 * 1000000 / 3);
		t.tv_sec += (time_t)(h->w->lease / 3) +
			    t.tv_nsec / 1000000000;
		t.tv_nsec %= 1000000000;
		if (!pthread_cond_timedwait(&h->stop, &h->mutex, &t))
			continue;
		pthread_mutex_unlock(&h->mutex);
		/* where the server is away there is a next time */
		(void)!queue_beat(h->q, h->w->owner, h->w->lease);
		pthread_mutex_lock(&h->mutex);
		clock_gettime(CLOCK_REALTIME, &t);
	}
	pthread_mutex_unlock(&h->mutex);
	return NULL;
}

static bool heart_begin(struct heart *h, const struct queue_work *w)
{
	*h = (struct heart){.w = w};
	pthread_mutex_init(&h->mutex, NULL);
	pthread_cond_init(&h->stop, NULL);
	return !queue_new(opt_value(w->o, OPT_ID_db), &h->unsaid, &h->q) &&
	       !pthread_create(&h->thread, NULL, beat, h);
}

static void heart_end(struct heart *h)
{
	pthread_mutex_lock(&h->mutex);
	h->is_stopped = true;
	pthread_cond_signal(&h->stop);
	pthread_mutex_unlock(&h->mutex);
	pthread_join(h->thread, NULL);
	queue_free(h->q);
	diag_release(&h->unsaid);
	pthread_cond_destroy(&h->stop);
	pthread_mutex_destroy(&h->mutex);
}

/* --- what came of an item ------------------------------------------------- */

static void say(const struct queue_work *w, const struct queue_item *item,
		struct str what)
{
	struct strbuf b;

	if (opt_given(w->o, OPT_ID_quiet))
		return;
	strbuf_init(&b, 0);
	strbuf_fmt(&b, "%s %.*s: %.*s\n", queue_item_kind_name(item->kind),
		   STR_ARG(item->kind == QUEUE_COUNT ? item->key
			   : str_trim(item->body)), STR_ARG(what));
	for (size_t i = 0; i + 1 < b.n; i++)
		if ((unsigned char)b.p[i] < ' ')
			b.p[i] = ' ';
	(void)setup_print(&b, EXIT_MET);
	fflush(stdout);
	strbuf_release(&b);
}

enum err queue_work_done(struct queue_work *w, const struct queue_item *item,
			 const struct queue_items *found)
{
	struct arena a = {0};
	struct queue_added added;
	bool is_ours;
	enum err e = queue_finish(w->q, item, w->owner, found, &is_ours,
				  &added);

	if (!e && !is_ours)
		say(w, item, STR("done, and meanwhile taken over by another "
				 "worker"));
	else if (!e)
		say(w, item, arena_fmt(&a, "done, %llu found",
				       (unsigned long long)added.n));
	arena_release(&a);
	return e;
}

/* Longer each time; or as long as the service asks for. */
static struct queue_failure failure(struct queue_work *w, uint64_t attempts)
{
	struct queue_waits waits = queue_take_waits(w->q);
	struct queue_failure f = {
		.wait = (int64_t)w->lease * PACE_SECOND / 4, .counts = true};

	for (uint64_t i = 1; i < attempts && f.wait < LAST_BACKOFF; i++)
		f.wait *= 2;
	if (f.wait > LAST_BACKOFF)
		f.wait = LAST_BACKOFF;
	if (waits.held > f.wait) {
		f.wait = waits.held;
	} else if (waits.drawn > w->config.fetch.max_wait) {
		f.wait = waits.drawn; /* it was not even asked */
		f.counts = false;
	}
	return f;
}

enum err queue_work_failed(struct queue_work *w,
			   const struct queue_item *item, struct str why,
			   bool counts)
{
	struct queue_failure f = failure(w, item->attempts);
	struct arena a = {0};
	bool is_dead;
	enum err e;

	f.why = why;
	f.counts = f.counts && counts;
	e = queue_fail(w->q, item, w->owner, &f, &is_dead);
	if (!e)
		say(w, item, arena_fmt(&a, "%s, %.*s", is_dead ? "given up"
				       : "failed", STR_ARG(why)));
	arena_release(&a);
	return e;
}

/* --- counting ------------------------------------------------------------- */

static enum err count(struct queue_work *w, const struct queue_item *item)
{
	static const struct queue_items nothing;
	struct arena a = {0};
	struct str parts = arena_fmt(&a, "%s" QUEUE_PARTS, w->out);
	int code = hands_count(w->hands, item->body, parts);
	enum err e;

	if (code == EXIT_MET)
		e = queue_work_done(w, item, &nothing);
	else
		e = queue_work_failed(w, item, arena_fmt(&a, "RW1830: no part "
				      "came of it (exit status %d)", code),
				      true);
	arena_release(&a);
	return e;
}

static enum err work_on(struct queue_work *w, enum queue_kind kind,
			const struct queue_items *items)
{
	if (kind == QUEUE_FETCH)
		return queue_fetch_repositories(w, items);
	if (kind == QUEUE_PACKAGE)
		return queue_fetch_packages(w, items);
	return count(w, &items->list.v[0]);
}

/* --- the loop ------------------------------------------------------------- */

/* Claims and does some of a kind; how many. */
static enum err do_some(struct queue_work *w, enum queue_kind kind,
			size_t *ret_n)
{
	static const unsigned at_once[QUEUE_KIND_COUNT] = {
		[QUEUE_FETCH] = AT_ONCE_FETCH,
		[QUEUE_PACKAGE] = AT_ONCE_PACKAGES, [QUEUE_COUNT] = 1};
	bool is_mine = kind == QUEUE_COUNT ? w->counts : w->fetches;
	struct queue_items items = {0};
	struct arena a = {0};
	enum err e = OK;

	*ret_n = 0;
	if (is_mine)
		e = queue_claim(w->q, kind, w->owner, w->lease, at_once[kind],
				&a, &items);
	*ret_n = items.list.n;
	if (!e && items.list.n)
		e = work_on(w, kind, &items);
	vec_release(&items.list);
	arena_release(&a);
	return e;
}

/* Is there something left that this worker could do, or that may lead to it?
 * Then waits for it. */
static enum err wait_for_more(struct queue_work *w, bool *ret_more)
{
	struct queue_count n[QUEUE_KIND_COUNT];
	struct timespec t = {0};
	int64_t due;
	uint64_t open;
	enum err e = queue_counts(w->q, n, &due);

	if (e)
		return e;
	open = n[QUEUE_FETCH].ready + n[QUEUE_FETCH].leased +
	       n[QUEUE_PACKAGE].ready + n[QUEUE_PACKAGE].leased;
	if (w->counts)
		open += n[QUEUE_COUNT].ready + n[QUEUE_COUNT].leased;
	*ret_more = open > 0;
	due = due > POLL ? POLL : due < POLL / 20 ? POLL / 20 : due;
	t.tv_sec = due / PACE_SECOND;
	t.tv_nsec = due % PACE_SECOND * 1000;
	if (open)
		nanosleep(&t, NULL);
	return OK;
}

/* What was given up, or left out: the result is not whole. */
static enum err look_back(struct queue_work *w)
{
	struct queue_count n[QUEUE_KIND_COUNT];
	struct strbuf unsaid;
	uint64_t dead = 0;
	bool is_left_out;
	int64_t due;
	enum err e = queue_counts(w->q, n, &due);

	strbuf_init(&unsaid, 0);
	for (size_t i = 0; !e && i < QUEUE_KIND_COUNT; i++)
		dead += n[i].dead;
	if (!e)
		e = queue_tell(w->q, &unsaid, &is_left_out);
	if (!e && dead)
		diag_add(&w->diags, RW2012, diag_at(STR("queue")),
			 "%llu items: 'ranwhence queue status' names them",
			 (unsigned long long)dead);
	if (!e && is_left_out)
		diag_add(&w->diags, RW1901, diag_at(STR("queue")),
			 "more was found than it is to take");
	strbuf_release(&unsaid);
	return e;
}

static enum err loop(struct queue_work *w)
{
	bool more = true;
	enum err e = OK;

	while (!e && more) {
		size_t n;

		e = do_some(w, QUEUE_FETCH, &n);
		if (!e && !n)
			e = do_some(w, QUEUE_PACKAGE, &n);
		if (!e && !n)
			e = do_some(w, QUEUE_COUNT, &n);
		if (!e && !n)
			e = wait_for_more(w, &more);
	}
	return e ? e : look_back(w);
}

/* --- beginning and end ---------------------------------------------------- */

static struct str name_worker(struct arena *a)
{
	char host[64] = "";
	unsigned char random[8];
	struct strbuf hex;
	struct str name;

	strbuf_init(&hex, 0);
	(void)!gethostname(host, sizeof host - 1);
	if (getrandom(random, sizeof random, 0) != sizeof random)
		memset(random, 0, sizeof random); /* host and number do */
	sha256_hex(&hex, random, sizeof random);
	name = arena_fmt(a, "%s-%ld-%s", host, (long)getpid(), hex.p);
	strbuf_release(&hex);
	return name;
}

static enum err begin_fetching(struct queue_work *w)
{
	enum err e = config_load(opt_value(w->o, OPT_ID_config), &w->diags,
				 &w->config);

	if (!e)
		e = facts_store_load(&w->facts, &w->diags);
	facts_store_index(&w->facts, &w->diags);
	w->budget = (struct fetch_budget){queue_draw, queue_hold, w->q};
	w->config.fetch.budget = &w->budget;
	return e;
}

static enum err make_folder(const struct queue_work *w, const char *below)
{
	struct arena a = {0};
	const char *path = arena_fmt(&a, "%s%s", w->out, below).p;
	enum err e = mkdir(path, 0777) && errno != EEXIST ? ERR_IO : OK;

	if (e)
		fprintf(stderr, "ranwhence: %s: %s\n", path, strerror(errno));
	arena_release(&a);
	return e;
}

static enum err run(struct queue_work *w)
{
	struct heart heart;
	enum err e = queue_new(opt_value(w->o, OPT_ID_db), &w->diags, &w->q);

	if (!e)
		e = queue_check(w->q);
	if (!e && w->fetches)
		e = begin_fetching(w);
	if (!e)
		e = make_folder(w, "");
	if (!e)
		e = make_folder(w, QUEUE_CLONES);
	if (!e)
		e = make_folder(w, QUEUE_PARTS);
	if (e)
		return e;
	queue_be_patient(w->q, PATIENCE);
	if (!heart_begin(&heart, w)) {
		fputs("ranwhence: queue: no thread can be started\n", stderr);
		return ERR_CONFIG;
	}
	e = loop(w);
	heart_end(&heart);
	return e;
}

int queue_work_run(struct queue_work *w)
{
	enum err e = ERR_IO;
	int code;

	/* before a connection or a token is in our memory */
	w->hands = hands_new(w->o);
	w->cloner = (struct feed_cloner){.is_for_later = true,
					 .count = clone_count};
	if (w->fetches)
		w->cloner.with = clone_helper_new(w->o, true);
	w->owner = name_worker(&w->arena);
	if (w->hands && (w->cloner.with || !w->fetches))
		e = run(w);
	setup_complain(&w->diags, DIAG_WARNING);
	code = e == ERR_IO ? EXIT_AGAIN : e ? EXIT_USAGE
					    : setup_exit(&w->diags);
	queue_free(w->q);
	clone_helper_free(w->cloner.with);
	hands_free(w->hands);
	config_release(&w->config);
	facts_store_release(&w->facts);
	diag_release(&w->diags);
	arena_release(&w->arena);
	return code;
}
