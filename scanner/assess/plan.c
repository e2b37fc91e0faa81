/* Phase-out; see plan.h.  Years without a number end it: nobody plans them. */
#include "assess/plan.h"

#include "assess/rollup.h"
#include "assess/rules.h"

#define YEARS_MAX 30

/* A verdict of which weights and bounds may be changed for a while. */
struct draft {
	const struct scan *scan;
	const struct policy *policy;
	struct verdict verdict;   /* shares all but `scores` */
	const struct verdict *of;
	struct plan *plan;
	size_t *asset_of;         /* by product, once all are known */
};

/* Restores weights and bounds. */
static void reset(struct draft *d)
{
	for (size_t i = 0; i < d->of->scores.n; i++)
		d->verdict.scores.v[i] = d->of->scores.v[i];
}

/* Leaves one product and what it brings in, by itself whatever it counts
 * with. */
static void keep_one(struct draft *d, size_t product)
{
	reset(d);
	for (size_t i = 0; i < d->verdict.scores.n; i++) {
		struct component_score *s = &d->verdict.scores.v[i];

		s->joint = 0;
		if (s->product != product)
			s->weight_alone = 0;
		s->weight = s->weight_alone;
	}
}

static int32_t latest(int32_t a, int32_t b)
{
	return a > b ? a : b;
}

/* The first day on which a rule and a product meet; DATE_MAX for never. */
static int32_t first_day(const struct draft *d, const struct policy_rule *r,
			 const struct plan_asset *a)
{
	int32_t day = latest(latest(d->scan->as_of, r->from), a->in_service);

	return day < r->to && day < plan_end(a, false) ? day : DATE_MAX;
}

static bool can_oust(const struct policy_rule *r)
{
	return r->kind->takes & RULE_OUSTS && r->severity != SEVERITY_INFO;
}

/* What a rule is to the product that is alone in the draft. */
static enum rule_state judge(struct draft *d, const struct policy_rule *r,
			     int32_t day)
{
	struct scan at = *d->scan;
	struct rule_input in = {.scan = &at, .policy = d->policy, .rule = r,
				.verdict = &d->verdict};
	struct finding f;

	at.as_of = day;
	rules_judge(&in, &d->plan->arena, &f);
	vec_release(&f.components);
	vec_release(&f.organisations);
	vec_release(&f.waivers);
	return f.counts_as;
}

static void put_deadline(struct plan_deadline *to, int32_t day,
			 struct str rule, struct arena *a)
{
	if (to->rule.n && to->day <= day)
		return;
	*to = (struct plan_deadline){day, arena_dup(a, rule)};
}

static void judge_asset(struct draft *d, struct plan_asset *a)
{
	struct rollup r;

	keep_one(d, a->component);
	rollup_query(d->scan, d->policy, &d->verdict,
		     &(struct rollup_query){0}, &r);
	a->low_bp = r.exposure_low_bp;
	a->high_bp = r.exposure_high_bp;
	for (size_t i = 0; i < d->policy->rules.n; i++) {
		const struct policy_rule *rule = &d->policy->rules.v[i];
		int32_t day = first_day(d, rule, a);
		enum rule_state state;

		if (!can_oust(rule) || day == DATE_MAX)
			continue;
		state = judge(d, rule, day);
		if (state == RULE_NOT_MET)
			put_deadline(&a->out, day, rule->id,
				     &d->plan->arena);
		else if (state == RULE_UNPROVEN)
			put_deadline(&a->open, day, rule->id,
				     &d->plan->arena);
	}
	if (a->out.rule.n && a->open.day >= a->out.day)
		a->open = (struct plan_deadline){0};
}

static void add_assets(struct draft *d)
{
	for (size_t i = 0; i < d->of->scores.n; i++) {
		const struct component *k = &d->scan->parts.components.v[i];
		struct plan_asset a = {.component = i,
				       .in_service = k->in_service,
				       .end_of_life = k->end_of_life};

		if (!k->is_root || d->of->scores.v[i].weight_alone == 0)
			continue;
		judge_asset(d, &a);
		vec_push(&d->plan->assets, a);
	}
}

static enum function function_of(const struct draft *d,
				 const struct plan_asset *a)
{
	return d->of->scores.v[a->component].function;
}

/* The day from which something has to take the product's place. */
static int32_t replaced_from(const struct draft *d, const struct plan_asset *a)
{
	return a->out.rule.n ? a->out.day
	       : a->open.rule.n ? a->open.day : d->scan->as_of;
}

/* Other products of the function that are in service by then, by what the
 * rules say of them. */
static void find_alternatives(struct draft *d, struct plan_asset *a)
{
	for (size_t i = 0; i < d->plan->assets.n; i++) {
		const struct plan_asset *b = &d->plan->assets.v[i];

		if (b == a || b->out.rule.n ||
		    plan_end(b, false) <= replaced_from(d, a) ||
		    b->in_service > replaced_from(d, a) ||
		    function_of(d, a) == FUNCTION_NONE ||
		    function_of(d, a) != function_of(d, b))
			continue;
		if (b->open.rule.n)
			a->undecided++;
		else
			vec_push(&a->alternatives, b->component);
	}
}

/* Those that a rule ousts first, by day; then those that it may; then by
 * their end of life. */
static int by_deadline(const void *x, const void *y)
{
	const struct plan_asset *a = x, *b = y;
	const int32_t keys[][2] = {
		{a->out.rule.n ? a->out.day : DATE_MAX,
		 b->out.rule.n ? b->out.day : DATE_MAX},
		{a->open.rule.n ? a->open.day : DATE_MAX,
		 b->open.rule.n ? b->open.day : DATE_MAX},
		{plan_end(a, false), plan_end(b, false)}};

	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		if (keys[i][0] != keys[i][1])
			return keys[i][0] < keys[i][1] ? -1 : 1;
	return (a->component > b->component) - (a->component < b->component);
}

static void index_assets(struct draft *d)
{
	size_t n = d->of->scores.n;

	d->asset_of = arena_alloc(&d->plan->arena, n * sizeof *d->asset_of);
	for (size_t i = 0; i < n; i++)
		d->asset_of[i] = SIZE_MAX;
	for (size_t i = 0; i < d->plan->assets.n; i++)
		d->asset_of[d->plan->assets.v[i].component] = i;
}

/* The asset that a component comes with, NULL for none. */
static const struct plan_asset *find_asset(const struct draft *d, size_t i)
{
	size_t product = d->of->scores.v[i].product;

	if (product == SIZE_MAX || d->asset_of[product] == SIZE_MAX)
		return NULL;
	return &d->plan->assets.v[d->asset_of[product]];
}

static bool is_gone(const struct draft *d, size_t i, int32_t day,
		    bool by_rules)
{
	const struct plan_asset *a = find_asset(d, i);

	return a && plan_end(a, by_rules) <= day;
}

/* The same of all that a component counts with. */
static bool are_gone(const struct draft *d, size_t i, int32_t day,
		     bool by_rules)
{
	size_t joint = d->of->scores.v[i].joint;
	const struct joint_score *j = joint ? &d->of->joints.v[joint - 1]
					    : NULL;
	bool are = is_gone(d, i, day, by_rules);

	for (size_t k = 0; j && k < j->components.n; k++)
		are = are && is_gone(d, j->components.v[k], day, by_rules);
	return are;
}

/* What is left of the exposure on a day: products that are not yet there do
 * not count, those that are gone count as free of concern. */
static void expose(struct draft *d, int32_t day, bool by_rules,
		   int32_t *ret_low, int32_t *ret_high)
{
	struct rollup r;

	reset(d);
	for (size_t i = 0; i < d->verdict.scores.n; i++) {
		struct component_score *score = &d->verdict.scores.v[i];
		const struct plan_asset *a = find_asset(d, i);

		if (!a)
			continue;
		if (a->in_service > day) {
			score->weight = 0;
		} else if (are_gone(d, i, day, by_rules)) {
			score->joint = 0;
			score->low_bp = score->high_bp = 0;
		}
	}
	rollup_query(d->scan, d->policy, &d->verdict,
		     &(struct rollup_query){0}, &r);
	*ret_low = r.exposure_low_bp;
	*ret_high = r.exposure_high_bp;
}

static void add_point(struct draft *d, int32_t day)
{
	struct plan_point *to = vec_add(&d->plan->points);

	*to = (struct plan_point){.day = day};
	for (size_t i = 0; i < d->plan->assets.n; i++) {
		const struct plan_asset *a = &d->plan->assets.v[i];
		bool is_in = a->in_service <= day &&
			     plan_end(a, false) > day;

		to->in_service += is_in;
		to->out += is_in && plan_end(a, true) <= day;
	}
	expose(d, day, false, &to->low_bp, &to->high_bp);
	expose(d, day, true, &to->kept_low_bp, &to->kept_high_bp);
}

/* The last day on which something happens. */
static int32_t last_day(const struct draft *d)
{
	int32_t last = d->scan->as_of;

	for (size_t i = 0; i < d->plan->assets.n; i++) {
		const struct plan_asset *a = &d->plan->assets.v[i];

		last = latest(last, a->in_service);
		last = latest(last, a->end_of_life);
		last = latest(last, a->out.day);
		last = latest(last, a->open.day);
	}
	return last;
}

static void add_points(struct draft *d)
{
	int32_t last = last_day(d);
	int year, month, day;

	date_civil(d->scan->as_of, &year, &month, &day);
	add_point(d, d->scan->as_of);
	for (int i = 1; i <= YEARS_MAX; i++) {
		int32_t first = date_of(year + i, 1, 1);

		add_point(d, first);
		if (first >= last)
			break;
	}
}

void plan_make(const struct scan *s, const struct policy *p,
	       const struct verdict *v, struct plan *ret)
{
	struct draft d = {.scan = s, .policy = p, .verdict = *v, .of = v,
			  .plan = ret};

	*ret = (struct plan){.verdict = v};
	d.verdict.scores.v = mem_new(v->scores.n, sizeof *v->scores.v);
	for (size_t i = 0; i < p->rules.n; i++)
		ret->rules += can_oust(&p->rules.v[i]);
	add_assets(&d);
	for (size_t i = 0; i < ret->assets.n; i++)
		find_alternatives(&d, &ret->assets.v[i]);
	vec_sort(&ret->assets, by_deadline);
	index_assets(&d);
	add_points(&d);
	free(d.verdict.scores.v);
}
