/*
 * Events of an identity (what it wrote, signed, has a share in or reviewed,
 * with day and host) are sorted by day, and a window goes over them, in which
 * only what its person wrote itself tells of hosts.  Every host that a unit is
 * linked to is a hit; units with equal hits, host and month make a row.
 */
#include "history/links.h"

#include <string.h>

#include "base/date.h"
#include "history/identity.h"
#include "history/tally.h"
#include "model/digest_links.h"

enum kind { OWN, CO_AUTHOR, VOTE, SUBMIT };

/* What somebody has a part in.  The number of one that is OWN is that of its
 * commit; the others come behind all commits. */
struct unit {
	enum kind kind;
	uint32_t commit;
	uint64_t address; /* its hash */
};

struct event {
	uint32_t who;
	int32_t day;
	uint32_t host;     /* place in `hosts` */
	uint32_t unit;     /* UINT32_MAX: none that is counted */
	bool is_evidence;  /* its person wrote it */
};

struct hit {
	uint32_t unit;
	bool is_identity;
	uint32_t host;
};

struct row {
	struct digest_link link; /* without counts */
	uint32_t unit;
};

struct finder {
	const struct walk *walk;
	struct arena *arena;
	struct map places;        /* of hosts */
	VEC(struct str) hosts;
	VEC(struct unit) others;  /* than OWN */
	VEC(struct event) events;
	VEC(struct hit) hits;
	VEC(struct row) rows;
};

static const struct address *author_of(const struct walk *w, size_t commit)
{
	return &w->addresses.list.v[address_find(
		&w->addresses, w->commits.v[commit].address)];
}

static struct unit unit_of(const struct finder *f, uint32_t number)
{
	const struct walk *w = f->walk;

	if (number >= w->commits.n)
		return f->others.v[number - w->commits.n];
	return (struct unit){OWN, number, w->commits.v[number].address};
}

static const struct address *whose(const struct finder *f,
				   const struct unit *u)
{
	return &f->walk->addresses.list.v[address_find(&f->walk->addresses,
						       u->address)];
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

	return c->state == WALK_READ && c->n_parents <= 1 &&
	       (!c->is_hidden || w->shows_hidden) &&
	       !c->is_automatic && !author_of(w, at)->is_bot;
}

static void add_event(struct finder *f, const struct identities *ids,
		      const struct address *by, struct event e)
{
	e.who = identity_of(ids, by);
	if (e.who != IDENTITY_NONE)
		vec_push(&f->events, e);
}

static void add_signers(struct finder *f, const struct identities *ids)
{
	const struct walk *w = f->walk;

	for (size_t i = 0; i < w->signers.n; i++) {
		const struct walk_signer *s = &w->signers.v[i];
		const struct address *a = &w->addresses.list.v[
			address_find(&w->addresses, s->address)];
		uint32_t host = place_of(f, a->host);

		if (!is_evidence(w, s->commit))
			continue;
		add_event(f, ids, author_of(w, s->commit), (struct event){
			0, w->commits.v[s->commit].day, host, UINT32_MAX,
			true});
		if (tally_is_counted(w, s->commit))
			vec_push(&f->hits, ((struct hit){s->commit, false,
							 host}));
	}
}

static void add_commits(struct finder *f, const struct identities *ids)
{
	const struct walk *w = f->walk;

	for (uint32_t i = 0; i < w->commits.n; i++)
		if (is_evidence(w, i))
			add_event(f, ids, author_of(w, i), (struct event){
				0, w->commits.v[i].day,
				place_of(f, author_of(w, i)->host),
				tally_is_counted(w, i) ? i : UINT32_MAX,
				true});
}

static void add_other(struct finder *f, const struct identities *ids,
		      struct unit u)
{
	const struct address *a = whose(f, &u);

	if (identity_of(ids, a) == IDENTITY_NONE)
		return;
	add_event(f, ids, a, (struct event){
		0, f->walk->commits.v[u.commit].day, place_of(f, a->host),
		(uint32_t)(f->walk->commits.n + f->others.n), false});
	vec_push(&f->others, u);
}

/* Shares of co-authors and reviews: who named them knows under which host
 * they were at work, and they need not. */
static void add_others(struct finder *f, const struct identities *ids,
		       const struct reviews *r)
{
	const struct walk *w = f->walk;

	for (uint32_t i = 0; i < w->commits.n; i++) {
		const struct walk_commit *c = &w->commits.v[i];

		for (uint32_t k = 0; k < c->n_coauthors; k++)
			if (tally_is_counted(w, i))
				add_other(f, ids, (struct unit){
					CO_AUTHOR, i,
					w->coauthors.v[c->coauthors + k]});
	}
	for (size_t i = 0; i < r->list.n; i++)
		add_other(f, ids, (struct unit){
			r->list.v[i].is_submit ? SUBMIT : VOTE,
			r->list.v[i].commit, r->list.v[i].address});
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
			w.counts[find(&w, e[last].host)] +=
				e[last].is_evidence;
		for (; e[i].day - e[first].day > LINKS_DAYS; first++)
			w.counts[find(&w, e[first].host)] -=
				e[first].is_evidence;
		if (e[i].unit == UINT32_MAX)
			continue;
		for (size_t k = 0; k < w.n; k++)
			if (w.counts[k] && w.hosts[k] != e[i].host)
				vec_push(&f->hits, ((struct hit){
					e[i].unit, true, w.hosts[k]}));
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

	if (a->unit != b->unit)
		return a->unit < b->unit ? -1 : 1;
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

/* The hosts of a unit's hits, without the equal ones and "". */
static void add_row(struct finder *f, const struct hit *h, size_t n)
{
	struct str to[2 * DIGEST_LINKS_MOST];
	struct unit u = unit_of(f, h->unit);
	struct digest_link link = {
		.from = whose(f, &u)->host,
		.month = date_month(f->walk->commits.v[u.commit].day),
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
	vec_push(&f->rows, ((struct row){link, h->unit}));
}

static void make_rows(struct finder *f)
{
	size_t end;

	if (f->hits.n > 1)
		qsort_r(f->hits.v, f->hits.n, sizeof *f->hits.v,
			compare_hits, f->hosts.v);
	for (size_t i = 0; i < f->hits.n; i = end) {
		for (end = i; end < f->hits.n && f->hits.v[end].unit ==
						 f->hits.v[i].unit; )
			end++;
		add_row(f, &f->hits.v[i], end - i);
	}
}

static int compare_rows(const void *va, const void *vb)
{
	const struct row *a = va, *b = vb;

	return digest_links_compare(&a->link, &b->link);
}

static void count(const struct finder *f, const struct unit *u,
		  struct digest_counts *to)
{
	if (u->kind == OWN)
		tally_add_own(f->walk, u->commit, to);
	else if (u->kind == CO_AUTHOR)
		tally_add_co_author(f->walk, u->commit, to);
	else if (u->kind == VOTE)
		to->reviews++;
	else
		to->submits++;
}

/* Joins equal rows; the texts of those that stay are copied. */
static void write_rows(struct finder *f, struct arena *a, struct digest *ret)
{
	vec_sort(&f->rows, compare_rows);
	for (size_t i = 0; i < f->rows.n; i++) {
		struct row *r = &f->rows.v[i];
		struct unit unit;

		if (!i || compare_rows(&r[-1], r)) {
			digest_links_keep(&r->link, a);
			vec_push(&ret->links, r->link);
		}
		unit = unit_of(f, r->unit);
		count(f, &unit, &ret->links.v[ret->links.n - 1].counts);
	}
}

void links_find(const struct walk *w, const struct reviews *r,
		const struct mailmap *map, struct arena *a,
		struct digest *ret)
{
	struct arena scratch = {0};
	struct finder f = {.walk = w, .arena = &scratch};
	struct identities ids;

	identity_join(&ids, &w->addresses, map);
	add_signers(&f, &ids);
	if (ids.keys.n) {
		add_commits(&f, &ids);
		add_others(&f, &ids, r);
	}
	link_identities(&f);
	make_rows(&f);
	write_rows(&f, a, ret);
	ret->has_links = true;
	identity_release(&ids);
	map_release(&f.places);
	vec_release(&f.hosts);
	vec_release(&f.others);
	vec_release(&f.events);
	vec_release(&f.hits);
	vec_release(&f.rows);
	arena_release(&scratch);
}
