/*
 * Hosts get numbers in their order of bytes first; then every (host, month)
 * gets a cell, found by hashing and sorted at the end.
 */
#include "history/tally.h"

#include <stdlib.h>

#include "base/date.h"
#include "model/digest_part.h"

struct cell {
	uint32_t host;
	int32_t month;
	struct digest_counts counts;
};

struct tally {
	const struct walk *walk;
	struct str *hosts;        /* sorted, unique */
	size_t n_hosts;
	uint32_t *host_of;        /* by place in walk.addresses */
	uint32_t lost;            /* the host of lines that are nobody's */
	bool *has_commits;        /* the same */
	struct digest_rest *rest; /* of each host */
	VEC(struct cell) cells;
	uint32_t *table;          /* place in cells + 1 */
	size_t cap;
};

static int compare_strs(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

static uint32_t place_of(const struct tally *t, struct str host)
{
	const struct str *at = bsearch(&host, t->hosts, t->n_hosts,
				       sizeof *t->hosts, compare_strs);

	return (uint32_t)(at - t->hosts);
}

static void number_hosts(struct tally *t)
{
	const struct addresses *as = &t->walk->addresses;
	size_t n = as->list.n;

	t->hosts = mem_new(n + 1, sizeof *t->hosts);
	t->host_of = mem_new(n, sizeof *t->host_of);
	t->has_commits = mem_new(n, sizeof *t->has_commits);
	t->rest = mem_new(n + 1, sizeof *t->rest);
	for (size_t i = 0; i < n; i++)
		t->hosts[i] = as->list.v[i].host;
	t->hosts[n] = STR(DIGEST_LOST);
	qsort(t->hosts, n + 1, sizeof *t->hosts, compare_strs);
	for (size_t i = 0; i <= n; i++)
		if (!i || !str_eq(t->hosts[i], t->hosts[t->n_hosts - 1]))
			t->hosts[t->n_hosts++] = t->hosts[i];
	for (size_t i = 0; i < n; i++)
		t->host_of[i] = place_of(t, as->list.v[i].host);
	t->lost = place_of(t, STR(DIGEST_LOST));
}

static size_t slot_of(const struct tally *t, uint32_t host, int32_t month)
{
	uint64_t key = (uint64_t)host << 32 | (uint32_t)month;
	size_t i = (key * 0x9e3779b97f4a7c15u) >> 40 & (t->cap - 1);

	while (t->table[i] && (t->cells.v[t->table[i] - 1].host != host ||
			       t->cells.v[t->table[i] - 1].month != month))
		i = (i + 1) & (t->cap - 1);
	return i;
}

static void grow(struct tally *t)
{
	free(t->table);
	t->cap = t->cap ? t->cap * 2 : 1024;
	t->table = mem_new(t->cap, sizeof *t->table);
	for (size_t i = 0; i < t->cells.n; i++)
		t->table[slot_of(t, t->cells.v[i].host,
				 t->cells.v[i].month)] = (uint32_t)i + 1;
}

static struct digest_counts *counts_of(struct tally *t, uint32_t host,
				       int32_t month)
{
	size_t slot;

	if ((t->cells.n + 1) * 2 > t->cap)
		grow(t);
	slot = slot_of(t, host, month);
	if (!t->table[slot]) {
		vec_push(&t->cells,
			 ((struct cell){.host = host, .month = month}));
		t->table[slot] = (uint32_t)t->cells.n;
	}
	return &t->cells.v[t->table[slot] - 1].counts;
}

static struct digest_counts *counts_by(struct tally *t, uint64_t address,
				       int32_t month)
{
	return counts_of(t, t->host_of[address_find(&t->walk->addresses,
						    address)], month);
}

/*
 * Credits and weighed lines are shared in equal parts; what is left over by
 * dividing is the author's.
 */
static void add_part(const struct walk_commit *c, uint64_t weighed,
		     struct digest_counts *of_co_author)
{
	uint64_t persons = (uint64_t)c->n_coauthors + 1;

	of_co_author->credits += DIGEST_CREDITS / persons;
	of_co_author->weighed += weighed / persons;
}

static void add_share(const struct walk_commit *c, uint64_t weighed,
		      struct digest_counts *own)
{
	uint64_t persons = (uint64_t)c->n_coauthors + 1;

	own->credits += DIGEST_CREDITS -
			DIGEST_CREDITS / persons * c->n_coauthors;
	own->weighed += weighed - weighed / persons * c->n_coauthors;
}

static void share(struct tally *t, const struct walk_commit *c,
		  uint64_t weighed)
{
	int32_t month = date_month(c->day);

	for (uint32_t i = 0; i < c->n_coauthors; i++)
		add_part(c, weighed, counts_by(
			t, t->walk->coauthors.v[c->coauthors + i], month));
	add_share(c, weighed, counts_by(t, c->address, month));
}

/* Adds the lines of a commit; how many of them weigh. */
static uint64_t count_lines(const struct walk_lines *l,
			    struct digest_counts *counts,
			    struct digest_rest *rest)
{
	uint64_t source = l->of[LINE_SOURCE].added +
			  l->of[LINE_SOURCE].deleted;

	for (size_t i = 0; i < LINE_CLASS_COUNT; i++) {
		counts->added += l->of[i].added;
		counts->deleted += l->of[i].deleted;
		rest->lines[i].added += l->of[i].added;
		rest->lines[i].deleted += l->of[i].deleted;
	}
	rest->flags.imports += l->created > LINE_CLASS_IMPORT;
	return source < LINE_CLASS_CAP ? source : LINE_CLASS_CAP;
}

static void count_surviving(const struct walk_lines *l,
			    struct digest_counts *counts,
			    struct digest_rest *rest)
{
	for (size_t i = 0; i < LINE_CLASS_COUNT; i++) {
		counts->surviving += l->of[i].surviving;
		rest->lines[i].surviving += l->of[i].surviving;
	}
	counts->surviving_source += l->of[LINE_SOURCE].surviving;
}

/* Lines of which it is not known whose they are, at most so many. */
static void count_lost(struct tally *t, const struct walk_commit *c,
		       uint64_t weighed, uint64_t surviving)
{
	struct digest_counts *counts;

	if (!weighed && !surviving)
		return;
	counts = counts_of(t, t->lost, date_month(c->day));
	counts->weighed += weighed;
	counts->surviving += surviving;
	counts->surviving_source += surviving;
	t->rest[t->lost].lines[LINE_SOURCE].surviving += surviving;
}

static bool survives(const struct walk_lines *l)
{
	for (size_t i = 0; i < LINE_CLASS_COUNT; i++)
		if (l->of[i].surviving)
			return true;
	return false;
}

static void count_commit(struct tally *t, const struct walk_commit *c,
			 const struct walk_lines *l)
{
	size_t address = address_find(&t->walk->addresses, c->address);
	uint32_t host = t->host_of[address];
	struct digest_rest *rest = &t->rest[host];
	struct digest_counts *counts;
	uint64_t weighed = 0;

	if (l)
		count_lost(t, c, 0, l->lost);
	if ((c->n_parents > 1 || c->is_elsewhere) && !(l && survives(l)))
		return;
	counts = counts_of(t, host, date_month(c->day));
	if (l)
		count_surviving(l, counts, rest);
	if (c->n_parents > 1 || c->is_elsewhere)
		return;
	if (c->is_automatic) {
		counts->excluded++;
		return;
	}
	counts->commits++;
	rest->flags.co_authored += c->n_coauthors > 0;
	rest->flags.squashed += c->is_squashed;
	t->has_commits[address] = true;
	if (l)
		weighed = count_lines(l, counts, rest);
	share(t, c, weighed); /* may move `counts` */
	if (l && l->is_lost)
		count_lost(t, c, LINE_CLASS_CAP - weighed, 0);
}

bool tally_is_counted(const struct walk *w, size_t at)
{
	const struct walk_commit *c = &w->commits.v[at];

	return c->state == WALK_READ && !c->is_hidden && !c->is_elsewhere &&
	       c->n_parents <= 1 && !c->is_automatic;
}

void tally_add_own(const struct walk *w, size_t at, struct digest_counts *to)
{
	const struct walk_commit *c = &w->commits.v[at];
	struct digest_rest ignored = {0};
	uint64_t weighed = 0;

	to->commits++;
	if (w->lines) {
		count_surviving(&w->lines[at], to, &ignored);
		weighed = count_lines(&w->lines[at], to, &ignored);
	}
	add_share(c, weighed, to);
}

void tally_add_co_author(const struct walk *w, size_t at,
			 struct digest_counts *to)
{
	struct digest_counts ignored = {0};
	struct digest_rest unread = {0};
	uint64_t weighed = 0;

	if (w->lines)
		weighed = count_lines(&w->lines[at], &ignored, &unread);
	add_part(&w->commits.v[at], weighed, to);
}

/* A review has the month of the change. */
static void count_review(struct tally *t, const struct review *r)
{
	struct digest_counts *counts = counts_by(
		t, r->address, date_month(t->walk->commits.v[r->commit].day));

	if (r->is_submit)
		counts->submits++;
	else
		counts->reviews++;
}

static int compare_cells(const void *va, const void *vb)
{
	const struct cell *a = va, *b = vb;

	if (a->host != b->host)
		return a->host < b->host ? -1 : 1;
	return (a->month > b->month) - (a->month < b->month);
}

static void write_digest(struct tally *t, struct arena *a,
			 struct digest *ret)
{
	struct digest_host *h = NULL;
	size_t *place = mem_new(t->n_hosts, sizeof *place);

	vec_sort(&t->cells, compare_cells);
	for (size_t i = 0; i < t->cells.n; i++) {
		const struct cell *c = &t->cells.v[i];

		if (!i || c->host != c[-1].host) {
			place[c->host] = ret->hosts.n;
			h = vec_add(&ret->hosts);
			*h = (struct digest_host){
				.host = arena_dup(a, t->hosts[c->host]),
				.rest = t->rest[c->host]};
		}
		vec_push(&h->months, ((struct digest_month){
			.month = c->month, .counts = c->counts,
			.by = {.organisation = SIZE_MAX, .fact = SIZE_MAX}}));
		digest_counts_add(&h->counts, &c->counts);
		digest_counts_add(&ret->totals, &c->counts);
	}
	for (size_t i = 0; i < t->walk->addresses.list.n; i++)
		if (t->has_commits[i])
			ret->hosts.v[place[t->host_of[i]]].rest
				.contributors++;
	for (size_t i = 0; i < ret->hosts.n; i++)
		digest_rest_add(&ret->rest, &ret->hosts.v[i].rest);
	free(place);
}

static void tally_init(struct tally *t, const struct walk *w)
{
	*t = (struct tally){.walk = w};
	number_hosts(t);
}

/* Forgets what was counted. */
static void tally_clear(struct tally *t)
{
	size_t n = t->walk->addresses.list.n;

	vec_clear(&t->cells);
	free(t->table);
	t->table = NULL;
	t->cap = 0;
	for (size_t i = 0; i < n; i++) {
		t->has_commits[i] = false;
		t->rest[i] = (struct digest_rest){0};
	}
	t->rest[n] = (struct digest_rest){0};
}

static void tally_release(struct tally *t)
{
	free(t->hosts);
	free(t->host_of);
	free(t->has_commits);
	free(t->rest);
	free(t->table);
	vec_release(&t->cells);
}

static void add_commit(struct tally *t, size_t at, struct digest *ret)
{
	const struct walk *w = t->walk;
	const struct walk_commit *c = &w->commits.v[at];

	if (c->state != WALK_READ || c->is_hidden)
		return;
	ret->merges += c->n_parents > 1 && !c->is_elsewhere;
	count_commit(t, c, w->lines ? &w->lines[at] : NULL);
}

void tally_walk(const struct walk *w, const struct reviews *r,
		struct arena *a, struct digest *ret)
{
	struct tally t;

	tally_init(&t, w);
	for (size_t i = 0; i < w->commits.n; i++)
		add_commit(&t, i, ret);
	for (size_t i = 0; i < r->list.n; i++)
		count_review(&t, &r->list.v[i]);
	write_digest(&t, a, ret);
	tally_release(&t);
}

/* Numbers by part: those of part k are v[from[k]..from[k + 1]). */
struct by_part { size_t *from; uint32_t *v; };

static struct by_part sort_commits(const uint32_t *of, size_t commits,
				   size_t parts)
{
	struct by_part b = {mem_new(parts + 2, sizeof *b.from),
			    mem_new(commits, sizeof *b.v)};

	for (size_t i = 0; i < commits; i++)
		b.from[of[i] + 2]++;
	for (size_t i = 0; i < parts; i++)
		b.from[i + 2] += b.from[i + 1];
	for (size_t i = 0; i < commits; i++)
		b.v[b.from[of[i] + 1]++] = (uint32_t)i;
	return b;
}

static int compare_reviews(const void *va, const void *vb, void *with)
{
	const struct review *a = va, *b = vb;
	const uint32_t *of = *(const uint32_t *const *)with;

	return (of[a->commit] > of[b->commit]) -
	       (of[a->commit] < of[b->commit]);
}

void tally_parts(const struct walk *w, const struct reviews *r,
		 const uint32_t *of, size_t n, struct arena *a,
		 struct digest *ret)
{
	struct by_part commits = sort_commits(of, w->commits.n, n);
	struct { VEC(struct review) list; } reviews = {0};
	struct tally t;
	size_t next = 0;

	for (size_t i = 0; i < r->list.n; i++)
		vec_push(&reviews.list, r->list.v[i]);
	if (reviews.list.n > 1)
		qsort_r(reviews.list.v, reviews.list.n,
			sizeof *reviews.list.v, compare_reviews, &of);
	tally_init(&t, w);
	for (size_t k = 0; k < n; k++) {
		if (commits.from[k] == commits.from[k + 1])
			continue;
		for (size_t i = commits.from[k]; i < commits.from[k + 1]; i++)
			add_commit(&t, commits.v[i], &ret[k]);
		for (; next < reviews.list.n &&
		       of[reviews.list.v[next].commit] == k; next++)
			count_review(&t, &reviews.list.v[next]);
		write_digest(&t, a, &ret[k]);
		tally_clear(&t);
	}
	tally_release(&t);
	vec_release(&reviews.list);
	free(commits.from);
	free(commits.v);
}
