/* The order in which a person reads the rows of a comparison: what is worst
 * in any of the reports first. */
#include "report/compare.h"

struct ranked {
	size_t index;
	int64_t key, second;
};

struct ranking { VEC(struct ranked) v; };

static int worst_first(const void *x, const void *y)
{
	const struct ranked *a = x, *b = y;

	if (a->key != b->key)
		return a->key > b->key ? -1 : 1;
	if (a->second != b->second)
		return a->second > b->second ? -1 : 1;
	return (a->index > b->index) - (a->index < b->index);
}

static void finish(struct ranking *all, struct compare_order *ret)
{
	*ret = (struct compare_order){0};
	vec_sort(&all->v, worst_first);
	for (size_t i = 0; i < all->v.n; i++)
		vec_push(&ret->rows, all->v.v[i].index);
	vec_release(&all->v);
}

void compare_rank_organisations(const struct compare *c,
				const struct compare_policy *p,
				struct compare_order *ret)
{
	struct ranking all = {0};

	for (size_t i = 0; i < p->organisations.n; i++) {
		const struct compare_organisation *o =
			&p->organisations.v[i];
		struct ranked row = {i, o->is_of_concern, 0};

		for (size_t r = 0; r < c->n; r++)
			if (o->share_bp[r] > row.second)
				row.second = o->share_bp[r];
		vec_push(&all.v, row);
	}
	finish(&all, ret);
}

void compare_rank_components(const struct compare *c,
			     const struct compare_policy *p,
			     struct compare_order *ret)
{
	struct ranking all = {0};

	for (size_t i = 0; i < c->components.n; i++) {
		struct ranked row = {i, -1, -1};

		for (size_t r = 0; r < c->n; r++) {
			const struct report_score *s =
				compare_score(c, p, i, r);

			if (s && s->influence.low_bp > row.key)
				row.key = s->influence.low_bp;
			if (s && s->influence.high_bp > row.second)
				row.second = s->influence.high_bp;
		}
		if (row.key >= 0)
			vec_push(&all.v, row);
	}
	finish(&all, ret);
}
