/* Ranking what decides a rule. */
#include "assess/decide.h"

#include "assess/share.h"
#include "assess/tally.h"

#define WHOLE 1000000000

/* One thing and by how much it decides. */
struct ranked {
	size_t index;
	uint64_t key;
};

static int by_key(const void *x, const void *y)
{
	const struct ranked *a = x, *b = y;

	if (a->key != b->key)
		return a->key > b->key ? -1 : 1;
	return (a->index > b->index) - (a->index < b->index);
}

static int by_index(const void *x, const void *y)
{
	const struct ranked *a = x, *b = y;

	return (a->index > b->index) - (a->index < b->index);
}

uint64_t decide_part(const struct policy *p, const struct component_score *s,
		     const struct rollup_query *q,
		     const struct contribution *c, uint64_t whole)
{
	uint64_t part = 0, weights = 0, n;

	for (size_t i = 0; i < AXIS_COUNT; i++) {
		uint64_t w = q->has_axis ? i == q->axis
					 : (uint64_t)p->axis_weights[i];

		weights += w;
		if (w && s->axes[i].is_observed && tally_sum(&s->axes[i], &n))
			part += w * share_floor(c->units[i], n, whole);
	}
	return part / weights;
}

void decide_components(const uint64_t *keys, size_t n, struct finding *f)
{
	VEC(struct ranked) all = {0};

	for (size_t i = 0; i < n; i++)
		if (keys[i])
			vec_push(&all, ((struct ranked){i, keys[i]}));
	vec_sort(&all, by_key);
	for (size_t i = 0; i < all.n; i++)
		vec_push(&f->components, all.v[i].index);
	vec_release(&all);
}

void decide_organisations(const struct policy *p, const struct verdict *v,
			  const struct rollup_query *q,
			  enum standing standing, struct finding *f)
{
	VEC(struct ranked) all = {0};
	size_t n = 0;

	for (size_t i = 0; i < f->components.n; i++) {
		const struct component_score *s =
			rollup_of(v, f->components.v[i], q);

		for (size_t j = 0; j < s->by.n; j++) {
			const struct contribution *c = &s->by.v[j];
			uint64_t key = decide_part(p, s, q, c, WHOLE);

			if (c->organisation != SIZE_MAX && key &&
			    c->standing == standing)
				vec_push(&all, ((struct ranked){
						c->organisation, key}));
		}
	}
	vec_sort(&all, by_index);
	for (size_t i = 0; i < all.n; i++) {
		if (n && all.v[n - 1].index == all.v[i].index)
			all.v[n - 1].key += all.v[i].key;
		else
			all.v[n++] = all.v[i];
	}
	all.n = n;
	vec_sort(&all, by_key);
	for (size_t i = 0; i < all.n; i++)
		vec_push(&f->organisations, all.v[i].index);
	vec_release(&all);
}
