/* Merging and ranking the rows of who contributed to a component. */
#include "assess/contributors.h"

#include "assess/spread.h"
#include "base/count.h"

/* Unknown hosts of a component that keep a row of their own. */
#define HOSTS_KEPT 256

static void add_units(struct contribution *to,
		      const uint64_t units[AXIS_COUNT])
{
	for (size_t i = 0; i < AXIS_COUNT; i++)
		count_add(&to->units[i], units[i]);
}

static int cmp_u64(uint64_t a, uint64_t b)
{
	return (a > b) - (a < b);
}

/* What a row stands for, in an order that puts organisations together. */
static int cmp_key(const struct contribution *a,
		   const struct contribution *b)
{
	int d = cmp_u64(a->organisation, b->organisation);

	d = d ? d : str_cmp(a->host, b->host);
	d = d ? d : (int)b->standing - (int)a->standing;
	d = d ? d : (int)b->on_b - (int)a->on_b;
	return d ? d : (int)b->confidence - (int)a->confidence;
}

static int by_key(const void *a, const void *b)
{
	return cmp_key(a, b);
}

/* Greatest first, on the axes in the order of what they tell. */
static int by_units(const void *x, const void *y)
{
	static const enum axis order[AXIS_COUNT] = {
		AXIS_COMMITS, AXIS_SURVIVING, AXIS_CHURN, AXIS_STEWARDSHIP,
		AXIS_REVIEW, AXIS_SUPPLY};
	const struct contribution *a = x, *b = y;
	int d = 0;

	for (size_t i = 0; i < AXIS_COUNT && d == 0; i++)
		d = cmp_u64(b->units[order[i]], a->units[order[i]]);
	return d ? d : cmp_key(a, b);
}

static bool is_same(const struct contribution *a, const struct contribution *b)
{
	return cmp_key(a, b) == 0;
}

void contributors_add(struct contributors *c, const struct contribution *row,
		      const uint64_t units[AXIS_COUNT])
{
	struct contribution *last = c->rows.n ? &c->rows.v[c->rows.n - 1]
					      : NULL;

	if (!last || !is_same(last, row)) {
		vec_push(&c->rows, *row);
		last = &c->rows.v[c->rows.n - 1];
	}
	if (row->class > last->class)
		last->class = row->class;
	add_units(last, units);
}

/* Sorts by key and folds equal rows. */
static void merge(struct contributors *c)
{
	size_t n = 0;

	vec_sort(&c->rows, by_key);
	for (size_t i = 0; i < c->rows.n; i++) {
		struct contribution *row = &c->rows.v[i];
		struct contribution *to = n ? &c->rows.v[n - 1] : NULL;

		if (!to || !is_same(to, row)) {
			c->rows.v[n++] = *row;
			continue;
		}
		if (row->class > to->class)
			to->class = row->class;
		add_units(to, row->units);
	}
	c->rows.n = n;
}

/* Leaves the greatest unknown hosts a row each; one row for the others. */
static void fold_hosts(struct contributors *c)
{
	struct contribution others = {
		.organisation = SIZE_MAX, .host = STR("(other hosts)"),
		.standing = STANDING_UNKNOWN, .on_b = STANDING_UNKNOWN};
	size_t n = 0, hosts = 0;

	for (size_t i = 0; i < c->rows.n; i++) {
		const struct contribution *row = &c->rows.v[i];

		if (row->organisation == SIZE_MAX && ++hosts > HOSTS_KEPT)
			add_units(&others, row->units);
		else
			c->rows.v[n++] = *row;
	}
	c->rows.n = n;
	if (hosts > HOSTS_KEPT)
		vec_push(&c->rows, others);
}

void contributors_take(struct contributors *c, struct component_score *ret)
{
	merge(c);
	for (size_t a = 0; a < AXIS_COUNT; a++)
		ret->spread[a] = spread_of(c->rows.v, c->rows.n,
					   (enum axis)a);
	vec_sort(&c->rows, by_units);
	fold_hosts(c);
	vec_sort(&c->rows, by_units);
	if (c->rows.n)
		ret->by.v = mem_new(c->rows.n, sizeof *ret->by.v);
	for (size_t i = 0; i < c->rows.n; i++)
		ret->by.v[i] = c->rows.v[i];
	ret->by.n = ret->by.cap = c->rows.n;
	vec_clear(&c->rows);
}

void contributors_release(struct contributors *c)
{
	vec_release(&c->rows);
}
