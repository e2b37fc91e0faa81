/*
 * Roll-ups over components.  The products (roots) have their functions'
 * weights; all they bring in has together a set percentage of the products'
 * weight, so that adding harmless dependencies dilutes no share.
 */
#include "assess/rollup.h"

#include "assess/share.h"

/* Means are taken in thousandths of a basis point before they are joined. */
#define FINE 1000

/* What is summed, each times the weight of its component. */
enum what { LOW, HIGH, ON_B_LOW, ON_B_HIGH, PAST_LOW, PAST_HIGH, COVERAGE,
	    WHATS };

/* The products, and all they bring in. */
enum set { ROOTS, DEPENDENCIES, SETS };

struct sums {
	uint64_t weight[SETS];
	uint64_t of[SETS][WHATS];
	uint64_t percent[SETS]; /* how much the sets count */
};

uint64_t rollup_weight(const struct component_score *s,
		       const struct rollup_query *q)
{
	return (uint64_t)(q->is_each ? s->weight_alone : s->weight);
}

const struct component_score *rollup_of(const struct verdict *v, size_t i,
					const struct rollup_query *q)
{
	return q->is_each ? &v->scores.v[i] : verdict_counted(v, i);
}

bool rollup_counts(const struct component_score *s,
		   const struct rollup_query *q)
{
	return rollup_weight(s, q) > 0 &&
	       (q->functions == 0 || q->functions & 1u << s->function) &&
	       (s->in_service == 0 || s->in_service >= q->new_since);
}

struct rollup_bounds rollup_bounds(const struct component_score *s,
				   const struct rollup_query *q)
{
	const struct tally *t;

	if (!q->has_axis)
		return (struct rollup_bounds){s->low_bp, s->high_bp,
					      s->on_b_low_bp,
					      s->on_b_high_bp};
	t = &s->windows[q->window][q->axis];
	return (struct rollup_bounds){t->low_bp, t->high_bp, t->on_b_low_bp,
				      t->on_b_high_bp};
}

static enum set set_of(const struct scan *s, size_t component)
{
	return s->parts.components.v[component].is_root ? ROOTS
							: DEPENDENCIES;
}

/* One component that counts, or the group that it stands for. */
struct counted {
	enum set set;
	uint64_t weight;
	int32_t coverage_bp;
	struct rollup_bounds bounds;
};

static void add(struct sums *to, int32_t limit_bp, const struct counted *c)
{
	uint64_t w = c->weight, *of = to->of[c->set];
	struct rollup_bounds b = c->bounds;

	to->weight[c->set] += w;
	of[LOW] += w * (uint64_t)b.low_bp;
	of[HIGH] += w * (uint64_t)b.high_bp;
	of[ON_B_LOW] += w * (uint64_t)b.on_b_low_bp;
	of[ON_B_HIGH] += w * (uint64_t)b.on_b_high_bp;
	of[PAST_LOW] += b.low_bp > limit_bp ? w * SHARE_ALL : 0;
	of[PAST_HIGH] += b.high_bp > limit_bp ? w * SHARE_ALL : 0;
	of[COVERAGE] += w * (uint64_t)c->coverage_bp;
}

/* a / b, rounded down or up. */
static uint64_t divide(uint64_t a, uint64_t b, bool up)
{
	return a / b + (up && a % b != 0);
}

/* The weighted mean of what was summed, in basis points. */
static int32_t mean(const struct sums *s, enum what what, bool up)
{
	uint64_t sum = 0, percent = 0;

	for (size_t i = 0; i < SETS; i++) {
		if (s->weight[i] == 0)
			continue;
		sum += s->percent[i] * divide(s->of[i][what] * FINE,
					      s->weight[i], up);
		percent += s->percent[i];
	}
	return (int32_t)divide(sum, percent * FINE, up);
}

static struct sums empty_sums(const struct policy *p)
{
	return (struct sums){.percent = {
		[ROOTS] = 100,
		[DEPENDENCIES] = (uint64_t)p->dependency_percent}};
}

/* Where the one set is empty, or counts nothing, the other counts alone. */
static bool settle_sets(struct sums *s)
{
	if (s->weight[ROOTS] == 0 && s->weight[DEPENDENCIES] != 0)
		s->percent[DEPENDENCIES] = 100;
	return s->weight[ROOTS] != 0 || s->weight[DEPENDENCIES] != 0;
}

static void fill_means(const struct sums *s, struct rollup *r)
{
	r->exposure_low_bp = mean(s, LOW, false);
	r->exposure_high_bp = mean(s, HIGH, true);
	r->exposure_on_b_low_bp = mean(s, ON_B_LOW, false);
	r->exposure_on_b_high_bp = mean(s, ON_B_HIGH, true);
	r->breadth_low_bp = mean(s, PAST_LOW, false);
	r->breadth_high_bp = mean(s, PAST_HIGH, true);
}

/* The worst component: the greatest lower bound, then the greatest upper
 * one, then the first. */
static void raise_peak(struct rollup *r, int32_t *high_of_peak, size_t i,
		       struct rollup_bounds b)
{
	bool is_worse = r->peak_component == SIZE_MAX ||
			b.low_bp > r->peak_low_bp ||
			(b.low_bp == r->peak_low_bp &&
			 b.high_bp > *high_of_peak);

	if (is_worse) {
		r->peak_component = i;
		r->peak_low_bp = b.low_bp;
		*high_of_peak = b.high_bp;
	}
	if (b.high_bp > r->peak_high_bp)
		r->peak_high_bp = b.high_bp;
}

/* The worst is one by itself: counting with others hides nobody. */
static void raise_peaks(const struct verdict *v, const struct rollup_query *q,
			struct rollup *r)
{
	struct rollup_query each = *q;
	int32_t high_of_peak = 0;

	each.is_each = true;
	for (size_t i = 0; i < v->scores.n; i++)
		if (rollup_counts(&v->scores.v[i], &each))
			raise_peak(r, &high_of_peak, i,
				   rollup_bounds(&v->scores.v[i], q));
}

static size_t sum_up(const struct scan *s, const struct policy *p,
		     const struct verdict *v, const struct rollup_query *q,
		     struct sums *sums, struct rollup *r)
{
	size_t n = 0;

	*r = (struct rollup){.peak_component = SIZE_MAX};
	*sums = empty_sums(p);
	for (size_t i = 0; i < v->scores.n; i++) {
		const struct component_score *of = rollup_of(v, i, q);

		if (!rollup_counts(&v->scores.v[i], q))
			continue;
		add(sums, p->component_limit_bp, &(struct counted){
			set_of(s, i), rollup_weight(&v->scores.v[i], q),
			of->coverage_bp, rollup_bounds(of, q)});
		n++;
	}
	raise_peaks(v, q, r);
	if (settle_sets(sums)) {
		fill_means(sums, r);
		return n;
	}
	r->exposure_high_bp = r->exposure_on_b_high_bp = SHARE_ALL;
	r->peak_high_bp = r->breadth_high_bp = SHARE_ALL;
	return n;
}

size_t rollup_query(const struct scan *s, const struct policy *p,
		    const struct verdict *v, const struct rollup_query *q,
		    struct rollup *ret)
{
	struct sums sums;

	return sum_up(s, p, v, q, &sums, ret);
}

uint64_t *rollup_parts(const struct scan *s, const struct policy *p,
		       const struct verdict *v, const struct rollup_query *q,
		       struct arena *a)
{
	uint64_t *parts = arena_alloc(a, v->scores.n * sizeof *parts);
	uint64_t percent = 0;
	struct rollup r;
	struct sums sums;

	if (sum_up(s, p, v, q, &sums, &r) == 0)
		return parts;
	for (size_t i = 0; i < SETS; i++)
		percent += sums.weight[i] ? sums.percent[i] : 0;
	for (size_t i = 0; i < v->scores.n; i++) {
		const struct component_score *score = &v->scores.v[i];
		enum set set = set_of(s, i);

		if (rollup_counts(score, q))
			parts[i] = ROLLUP_PARTS * rollup_weight(score, q) *
				   sums.percent[set] /
				   (sums.weight[set] * percent);
	}
	return parts;
}

/* Is an axis weighed, or observed anywhere? */
static bool is_in_range(const struct policy *p, const struct verdict *v,
			enum axis a)
{
	if (p->axis_weights[a])
		return true;
	for (size_t i = 0; i < v->scores.n; i++)
		if (v->scores.v[i].weight &&
		    verdict_counted(v, i)->axes[a].is_observed)
			return true;
	return false;
}

static void fill_range(const struct policy *p, struct verdict *v)
{
	v->range_low_bp = SHARE_ALL;
	v->range_high_bp = 0;
	for (size_t i = 0; i < AXIS_COUNT; i++) {
		const struct rollup *r = &v->axes[i];

		if (!is_in_range(p, v, (enum axis)i))
			continue;
		if (r->exposure_low_bp < v->range_low_bp)
			v->range_low_bp = r->exposure_low_bp;
		if (r->exposure_high_bp > v->range_high_bp)
			v->range_high_bp = r->exposure_high_bp;
	}
}

static void fill_functions(const struct scan *s, const struct policy *p,
			   struct verdict *v)
{
	for (size_t i = 0; i < FUNCTION_COUNT; i++) {
		struct rollup_query q = {.functions = 1u << i};
		struct function_rollup f = {.function = (enum function)i};

		f.components = rollup_query(s, p, v, &q, &f.all);
		if (f.components)
			vec_push(&v->functions, f);
	}
}

void rollup_verdict(const struct scan *s, const struct policy *p,
		    struct verdict *v)
{
	struct rollup *all = &v->axes[AXIS_COUNT];
	struct sums sums;

	for (size_t i = 0; i < AXIS_COUNT; i++) {
		struct rollup_query q = {.has_axis = true,
					 .axis = (enum axis)i};

		rollup_query(s, p, v, &q, &v->axes[i]);
	}
	v->components_counted = sum_up(s, p, v, &(struct rollup_query){0},
				       &sums, all);
	if (v->components_counted)
		v->coverage_bp = mean(&sums, COVERAGE, false);
	v->headline_low_bp = all->exposure_low_bp;
	v->headline_high_bp = all->exposure_high_bp;
	for (size_t i = 0; i < v->scores.n; i++)
		v->components_with_data += v->scores.v[i].weight &&
					   verdict_counted(v, i)->has_data;
	fill_range(p, v);
	fill_functions(s, p, v);
}
