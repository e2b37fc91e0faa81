/*
 * Events of an identity (a commit or a sign-off, with day and host) are
 * sorted by day, and a window goes over them.  Every host that a commit is
 * linked to is a hit; commits with equal hits, host and month make a row.
 */
#include "history/links.h"

#include <string.h>

#include "base/date.h"
#include "history/identity.h"
#include "history/tally.h"
#include "model/digest_links.h"

struct event {
	uint32_t who;
	int32_t day;
	uint32_t host;   /* place in `hosts` */
	uint32_t commit; /* UINT32_MAX: of a sign-off */
};

struct hit {
	uint32_t commit;
	bool is_identity;
	uint32_t host;
};

struct row {
	struct digest_link link; /* without counts */
	uint32_t commit;
};

struct finder {
	const struct walk *walk;
	struct arena *arena;
	struct map places;        /* of hosts */
	VEC(struct str) hosts;
	VEC(struct event) events;
	VEC(struct hit) hits;
	VEC(struct row) rows;
};

static const struct address *author_of(const struct walk *w, size_t commit)
{
	return &w->addresses.list.v[address_find(
		&w->addresses, w->commits.v[commit].address)];
}

static uint32_t place_of(struct finder *f, struct str host)
{
	bool is_new;
	size_t *at = map_put(&f->places, host, f->hosts.n, &is_new);

	if (is_new)
		vec_push(&f->hosts, host);
	return (uint32_t)*at;
}

/* ---- events ------------------------------------------------------------ */

/* Does a commit show where its author was at work? */
static bool is_evidence(const struct walk *w, size_t at)
{
	const struct walk_commit *c = &w->commits.v[at];

	return c->state == WALK_READ && !c->is_hidden && c->n_parents <= 1 &&
	       !c->is_automatic && !author_of(w, at)->is_bot;
}

static void add_signers(struct finder *f, const struct identities *ids)
{
	const struct walk *w = f->walk;

	for (size_t i = 0; i < w->signers.n; i++) {
		const struct walk_signer *s = &w->signers.v[i];
		const struct address *a = &w->addresses.list.v[
			address_find(&w->addresses, s->address)];
		uint32_t who, host = place_of(f, a->host);

		if (!is_evidence(w, s->commit))
			continue;
		who = identity_of(ids, author_of(w, s->commit));
		if (who != IDENTITY_NONE)
			vec_push(&f->events, ((struct event){
				who, w->commits.v[s->commit].day, host,
				UINT32_MAX}));
		if (tally_is_counted(w, s->commit))
			vec_push(&f->hits, ((struct hit){s->commit, false,
							 host}));
	}
}

static void add_commits(struct finder *f, const struct identities *ids)
{
	const struct walk *w = f->walk;

	for (size_t i = 0; ids->keys.n && i < w->commits.n; i++) {
		uint32_t who;

		if (!is_evidence(w, i))
			continue;
		who = identity_of(ids, author_of(w, i));
		if (who != IDENTITY_NONE)
			vec_push(&f->events, ((struct event){
				who, w->commits.v[i].day,
				place_of(f, author_of(w, i)->host),
				(uint32_t)i}));
	}
}

static int compare_events(const void *va, const void *vb)
{
	const struct event *a = va, *b = vb;

	if (a->who != b->who)
		return a->who < b->who ? -1 : 1;
	return (a->day > b->day) - (a->day < b->day);
}

/* ---- one identity ------------------------------------------------------ */

/* Its hosts, and how often each stands in the window. */
struct window {
	uint32_t hosts[DIGEST_LINKS_MOST];
	uint64_t counts[DIGEST_LINKS_MOST];
	size_t n;
};

static size_t find(const struct window *w, uint32_t host)
{
	size_t i = 0;

	while (i < w->n && w->hosts[i] != host)
		i++;
	return i;
}

/* False when there is only one, or more than a person has. */
static bool find_hosts(struct window *w, const struct event *e, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (find(w, e[i].host) < w->n)
			continue;
		if (w->n == DIGEST_LINKS_MOST)
			return false;
		w->hosts[w->n++] = e[i].host;
	}
	return w->n > 1;
}

static void link_identity(struct finder *f, const struct event *e, size_t n)
{
	struct window w = {.n = 0};
	size_t first = 0, last = 0;

	if (!find_hosts(&w, e, n))
		return;
	for (size_t i = 0; i < n; i++) {
		for (; last < n && e[last].day - e[i].day <= LINKS_DAYS;
		     last++)
			w.counts[find(&w, e[last].host)]++;
		for (; e[i].day - e[first].day > LINKS_DAYS; first++)
			w.counts[find(&w, e[first].host)]--;
		if (e[i].commit == UINT32_MAX ||
		    !tally_is_counted(f->walk, e[i].commit))
			continue;
		for (size_t k = 0; k < w.n; k++)
			if (w.counts[k] && w.hosts[k] != e[i].host)
				vec_push(&f->hits, ((struct hit){
					e[i].commit, true, w.hosts[k]}));
	}
}

static void link_identities(struct finder *f)
{
	size_t end;

	vec_sort(&f->events, compare_events);
	for (size_t i = 0; i < f->events.n; i = end) {
		for (end = i; end < f->events.n &&
			      f->events.v[end].who == f->events.v[i].who; )
			end++;
		link_identity(f, &f->events.v[i], end - i);
	}
}

/* ---- rows -------------------------------------------------------------- */

static int compare_hits(const void *va, const void *vb, void *with)
{
	const struct hit *a = va, *b = vb;
	const struct str *hosts = with;

	if (a->commit != b->commit)
		return a->commit < b->commit ? -1 : 1;
	if (a->is_identity != b->is_identity)
		return a->is_identity ? 1 : -1;
	return str_cmp(hosts[a->host], hosts[b->host]);
}

/* What no name of a host has would not be read back as it stands there. */
static bool is_text(struct str host)
{
	for (size_t i = 0; i < host.n; i++)
		if (host.p[i] <= ' ' || host.p[i] > '~')
			return false;
	return true;
}

/* The hosts of a commit's hits, without the equal ones and "". */
static void add_row(struct finder *f, const struct hit *h, size_t n)
{
	struct str to[2 * DIGEST_LINKS_MOST];
	struct digest_link link = {
		.from = author_of(f->walk, h->commit)->host,
		.month = date_month(f->walk->commits.v[h->commit].day),
		.organisation = SIZE_MAX};
	struct str *copy;
	size_t all = 0;

	for (size_t i = 0; i < n; i++) {
		struct str host = f->hosts.v[h[i].host];
		uint8_t *count = h[i].is_identity ? &link.n_identity
						  : &link.n_trailer;

		if (!host.n || !is_text(host) || str_eq(host, link.from) ||
		    (*count && str_eq(to[all - 1], host)))
			continue;
		if (*count == DIGEST_LINKS_MOST)
			return; /* not one person's */
		to[all++] = host;
		++*count;
	}
	if (!all || !is_text(link.from))
		return;
	copy = arena_alloc(f->arena, all * sizeof *copy);
	memcpy(copy, to, all * sizeof *copy);
	link.to = copy;
	vec_push(&f->rows, ((struct row){link, h->commit}));
}

static void make_rows(struct finder *f)
{
	size_t end;

	if (f->hits.n > 1)
		qsort_r(f->hits.v, f->hits.n, sizeof *f->hits.v,
			compare_hits, f->hosts.v);
	for (size_t i = 0; i < f->hits.n; i = end) {
		for (end = i; end < f->hits.n && f->hits.v[end].commit ==
						 f->hits.v[i].commit; )
			end++;
		add_row(f, &f->hits.v[i], end - i);
	}
}

static int compare_rows(const void *va, const void *vb)
{
	const struct row *a = va, *b = vb;

	return digest_links_compare(&a->link, &b->link);
}

/* Joins equal rows; the texts of those that stay are copied. */
static void write_rows(struct finder *f, struct arena *a, struct digest *ret)
{
	vec_sort(&f->rows, compare_rows);
	for (size_t i = 0; i < f->rows.n; i++) {
		struct row *r = &f->rows.v[i];

		if (!i || compare_rows(&r[-1], r)) {
			digest_links_keep(&r->link, a);
			vec_push(&ret->links, r->link);
		}
		tally_add_own(f->walk, r->commit,
			      &ret->links.v[ret->links.n - 1].counts);
	}
}

void links_find(const struct walk *w, const struct mailmap *map,
		struct arena *a, struct digest *ret)
{
	struct arena scratch = {0};
	struct finder f = {.walk = w, .arena = &scratch};
	struct identities ids;

	identity_join(&ids, &w->addresses, map);
	add_signers(&f, &ids);
	add_commits(&f, &ids);
	link_identities(&f);
	make_rows(&f);
	write_rows(&f, a, ret);
	ret->has_links = true;
	identity_release(&ids);
	map_release(&f.places);
	vec_release(&f.hosts);
	vec_release(&f.events);
	vec_release(&f.hits);
	vec_release(&f.rows);
	arena_release(&scratch);
}
