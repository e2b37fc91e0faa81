/*
 * Hosts get numbers in their order of bytes first; then every (host, month)
 * gets a cell, found by hashing and sorted at the end.
 */
#include "history/tally.h"

#include <stdlib.h>

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
	bool *has_commits;        /* the same */
	VEC(struct cell) cells;
	uint32_t *table;          /* place in cells + 1 */
	size_t cap;
};

static int compare_strs(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

static void number_hosts(struct tally *t)
{
	const struct addresses *as = &t->walk->addresses;
	size_t n = as->list.n;

	t->hosts = mem_new(n, sizeof *t->hosts);
	t->host_of = mem_new(n, sizeof *t->host_of);
	t->has_commits = mem_new(n, sizeof *t->has_commits);
	for (size_t i = 0; i < n; i++)
		t->hosts[i] = as->list.v[i].host;
	if (n)
		qsort(t->hosts, n, sizeof *t->hosts, compare_strs);
	for (size_t i = 0; i < n; i++)
		if (!i || !str_eq(t->hosts[i], t->hosts[t->n_hosts - 1]))
			t->hosts[t->n_hosts++] = t->hosts[i];
	for (size_t i = 0; i < n; i++) {
		const struct str *at =
			bsearch(&as->list.v[i].host, t->hosts, t->n_hosts,
				sizeof *t->hosts, compare_strs);

		t->host_of[i] = (uint32_t)(at - t->hosts);
	}
}

static size_t slot_of(const struct tally *t, uint32_t host, int32_t month)
{
	uint64_t key = (uint64_t)host << 32 | (uint32_t)month;
	size_t i = (key * 0x9e3779b97f4a7c15u) >> 20 & (t->cap - 1);

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

static void count_commit(struct tally *t, const struct walk_commit *c)
{
	const struct addresses *as = &t->walk->addresses;
	size_t address = address_find(as, c->address);
	struct digest_counts *counts =
		counts_of(t, t->host_of[address], c->month);

	counts->surviving += c->surviving;
	if (c->n_parents > 1)
		return;
	if (as->list.v[address].is_bot) {
		counts->excluded++;
	} else {
		counts->commits++;
		counts->added += c->added;
		counts->deleted += c->deleted;
		t->has_commits[address] = true;
	}
}

/* A review has the month of the change. */
static void count_review(struct tally *t, const struct review *r)
{
	size_t address = address_find(&t->walk->addresses, r->address);
	struct digest_counts *counts =
		counts_of(t, t->host_of[address],
			  t->walk->commits.v[r->commit].month);

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
				.host = arena_dup(a, t->hosts[c->host])};
		}
		vec_push(&h->months, ((struct digest_month){
			.month = c->month, .counts = c->counts,
			.by = {.organisation = SIZE_MAX, .fact = SIZE_MAX}}));
		digest_counts_add(&h->counts, &c->counts);
		digest_counts_add(&ret->totals, &c->counts);
	}
	for (size_t i = 0; i < t->walk->addresses.list.n; i++)
		if (t->has_commits[i]) {
			ret->hosts.v[place[t->host_of[i]]].contributors++;
			ret->contributors++;
		}
	free(place);
}

void tally_walk(const struct walk *w, const struct reviews *r,
		struct arena *a, struct digest *ret)
{
	struct tally t = {.walk = w};

	number_hosts(&t);
	for (size_t i = 0; i < w->commits.n; i++) {
		const struct walk_commit *c = &w->commits.v[i];

		if (c->state != WALK_READ || c->is_hidden)
			continue;
		ret->merges += c->n_parents > 1;
		if (c->n_parents < 2 || c->surviving)
			count_commit(&t, c);
	}
	for (size_t i = 0; i < r->list.n; i++)
		count_review(&t, &r->list.v[i]);
	write_digest(&t, a, ret);
	free(t.hosts);
	free(t.host_of);
	free(t.has_commits);
	free(t.table);
	vec_release(&t.cells);
}
