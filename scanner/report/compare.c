/* Matching the rows of several reports. */
#include "report/compare.h"

#include "base/map.h"

#define WHOLE 10000

static void *cells(struct compare *c, size_t size)
{
	return arena_alloc(&c->arena, c->n * size);
}

/* --- do they fit? --------------------------------------------------------- */

static bool is_same_policy(const struct report_verdict *a,
			   const struct report_file *b, struct diags *ds)
{
	const struct report_verdict *v = report_file_verdict(b, a->policy);

	if (v && str_eq(v->sha256, a->sha256))
		return true;
	diag_add(ds, RW1606, diag_at(b->path),
		 v ? "judged by another edition of the policy %.*s"
		   : "not judged by the policy %.*s", STR_ARG(a->policy));
	return false;
}

enum err compare_check(const struct report_file *r, size_t n, struct diags *ds)
{
	enum err e = OK;

	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < r[0].verdicts.n; k++)
			if (!is_same_policy(&r[0].verdicts.v[k], &r[i], ds))
				e = ERR_CONFIG;
	for (size_t i = 1; i < n; i++)
		for (size_t k = 0; k < r[i].verdicts.n; k++)
			if (!report_file_verdict(&r[0],
						 r[i].verdicts.v[k].policy) &&
			    !is_same_policy(&r[i].verdicts.v[k], &r[0], ds))
				e = ERR_CONFIG;
	return e;
}

/* --- components ----------------------------------------------------------- */

static int by_identity(const void *x, const void *y)
{
	const struct compare_component *a = x, *b = y;

	return str_cmp(a->identity, b->identity);
}

static struct compare_component *row_of(struct compare *c, struct map *rows,
					const struct report_component *of)
{
	bool is_new;
	size_t i = *map_put(rows, of->identity, c->components.n, &is_new);
	struct compare_component k = {.identity = of->identity,
				      .name = of->name};

	if (!is_new)
		return &c->components.v[i];
	k.at = cells(c, sizeof *k.at);
	k.index = cells(c, sizeof *k.index);
	for (size_t r = 0; r < c->n; r++)
		k.index[r] = SIZE_MAX;
	vec_push(&c->components, k);
	return &c->components.v[i];
}

/* Of several components with one identity the first stands in the row. */
static void match_components(struct compare *c)
{
	struct map rows = {0};

	for (size_t r = 0; r < c->n; r++)
		for (size_t i = 0; i < c->reports[r].components.n; i++) {
			const struct report_component *of =
				&c->reports[r].components.v[i];
			struct compare_component *row = row_of(c, &rows, of);

			if (row->at[r])
				continue;
			row->at[r] = of;
			row->index[r] = i;
			row->present++;
		}
	map_release(&rows);
	vec_sort(&c->components, by_identity);
}

/* --- one policy ----------------------------------------------------------- */

static void match_rules(struct compare *c, struct compare_policy *p)
{
	for (size_t i = 0; i < p->at[0]->findings.n; i++) {
		const struct report_finding *f = &p->at[0]->findings.v[i];
		struct compare_rule row = {.rule = f->rule,
					   .title = f->title,
					   .severity = f->severity};

		row.at = cells(c, sizeof *row.at);
		for (size_t r = 0; r < c->n; r++) {
			row.at[r] = report_file_finding(p->at[r], f->rule);
			row.is_different = row.is_different || !row.at[r] ||
				!str_eq(row.at[r]->state, f->state);
		}
		vec_push(&p->rules, row);
	}
}

static void match_functions(struct compare *c, struct compare_policy *p)
{
	for (size_t i = 0; i < FUNCTION_COUNT; i++) {
		struct compare_function row = {
			.function = str_c(component_function_name(
				(enum function)i))};
		bool is_any = false;

		row.at = cells(c, sizeof *row.at);
		for (size_t r = 0; r < c->n; r++) {
			row.at[r] = report_file_function(p->at[r],
							 row.function);
			is_any = is_any || row.at[r];
		}
		if (is_any)
			vec_push(&p->functions, row);
	}
}

static int32_t share_of(const struct report_verdict *v,
			const struct report_organisation *o)
{
	uint64_t all = v->units[AXIS_COMMITS];
	uint64_t part = o ? o->units[AXIS_COMMITS] : 0;

	if (all == 0)
		return 0;
	return (int32_t)(all > UINT64_MAX / WHOLE
			 ? part / (all / WHOLE) : part * WHOLE / all);
}

static void fill_organisation(struct compare *c, struct compare_policy *p,
			      struct compare_organisation *row)
{
	for (size_t r = 0; r < c->n; r++) {
		const struct report_organisation *o = row->at[r];

		row->share_bp[r] = share_of(p->at[r], o);
		if (!o)
			continue;
		row->name = o->name;
		row->is_of_concern = row->is_of_concern ||
				     str_is(o->standing, "concern");
	}
}

static int by_text(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

static void add_organisation(struct compare *c, struct compare_policy *p,
			     struct str id)
{
	struct compare_organisation row = {.id = id};

	row.at = cells(c, sizeof *row.at);
	row.share_bp = cells(c, sizeof *row.share_bp);
	for (size_t r = 0; r < c->n; r++)
		row.at[r] = report_file_organisation(p->at[r], id);
	fill_organisation(c, p, &row);
	vec_push(&p->organisations, row);
}

static void match_organisations(struct compare *c, struct compare_policy *p)
{
	VEC(struct str) ids = {0};

	for (size_t r = 0; r < c->n; r++)
		for (size_t i = 0; i < p->at[r]->organisations.n; i++)
			vec_push(&ids, p->at[r]->organisations.v[i].id);
	vec_sort(&ids, by_text);
	for (size_t i = 0; i < ids.n; i++)
		if (i == 0 || !str_eq(ids.v[i], ids.v[i - 1]))
			add_organisation(c, p, ids.v[i]);
	vec_release(&ids);
}

static void match_scores(struct compare *c, struct compare_policy *p)
{
	size_t n = c->components.n;

	p->scores = arena_alloc(&c->arena, n * c->n * sizeof *p->scores);
	for (size_t r = 0; r < c->n; r++) {
		size_t all = c->reports[r].components.n;
		const struct report_score **of = mem_new(all, sizeof *of);

		for (size_t i = 0; i < p->at[r]->scores.n; i++)
			of[p->at[r]->scores.v[i].component] =
				&p->at[r]->scores.v[i];
		for (size_t i = 0; i < n; i++) {
			size_t at = c->components.v[i].index[r];

			if (at < all && of[at] && of[at]->weight)
				p->scores[i * c->n + r] = of[at];
		}
		free(of);
	}
}

static size_t find_lowest(const struct compare *c,
			  const struct compare_policy *p)
{
	for (size_t i = 0; i < c->n; i++) {
		bool is_lowest = true;

		for (size_t k = 0; k < c->n; k++)
			is_lowest = is_lowest &&
				(k == i || p->at[i]->headline.high_bp <
						   p->at[k]->headline.low_bp);
		if (is_lowest)
			return i;
	}
	return SIZE_MAX;
}

static void add_policy(struct compare *c, const struct report_verdict *v)
{
	struct compare_policy p = {.policy = v->policy, .title = v->title};

	p.at = cells(c, sizeof *p.at);
	for (size_t r = 0; r < c->n; r++)
		p.at[r] = report_file_verdict(&c->reports[r], v->policy);
	match_rules(c, &p);
	match_functions(c, &p);
	match_organisations(c, &p);
	match_scores(c, &p);
	p.lowest = find_lowest(c, &p);
	vec_push(&c->policies, p);
}

enum err compare_make(const struct report_file *reports, size_t n,
		      struct diags *ds, struct compare *ret)
{
	*ret = (struct compare){.reports = reports, .n = n};
	if (compare_check(reports, n, ds))
		return ERR_CONFIG;
	match_components(ret);
	for (size_t i = 0; i < reports[0].verdicts.n; i++)
		add_policy(ret, &reports[0].verdicts.v[i]);
	return OK;
}

const struct report_score *compare_score(const struct compare *c,
					 const struct compare_policy *p,
					 size_t component, size_t report)
{
	return p->scores[component * c->n + report];
}

void compare_release(struct compare *c)
{
	for (size_t i = 0; i < c->policies.n; i++) {
		vec_release(&c->policies.v[i].rules);
		vec_release(&c->policies.v[i].functions);
		vec_release(&c->policies.v[i].organisations);
	}
	vec_release(&c->policies);
	vec_release(&c->components);
	arena_release(&c->arena);
}
