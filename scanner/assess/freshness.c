/* The kind `freshness`: the history at hand of each component reaches to
 * within some months of the day of judgement. */
#include "assess/measure.h"

/* The month of the last commit that is not after the day; INT32_MIN when
 * there is none. */
static int32_t last_month(const struct digest *d, int32_t today)
{
	int32_t last = INT32_MIN;

	for (size_t i = 0; i < d->hosts.n; i++)
		for (size_t k = 0; k < d->hosts.v[i].months.n; k++) {
			const struct digest_month *m =
				&d->hosts.v[i].months.v[k];

			if (m->counts.commits + m->counts.excluded > 0 &&
			    m->month <= today && m->month > last)
				last = m->month;
		}
	return last;
}

static enum rule_state state_of(const struct rule_input *in, size_t i)
{
	const struct component *c = &in->scan->parts.components.v[i];
	int32_t today = date_month(in->scan->as_of), last;
	const struct digest *d;

	if (c->digest >= in->scan->digests.n || c->has_claimed_digest)
		return RULE_UNPROVEN;
	d = &in->scan->digests.v[c->digest];
	if (d->incomplete & DIGEST_COMMITS)
		return RULE_UNPROVEN;
	last = last_month(d, today);
	return last == INT32_MIN || today - last > in->rule->months
	       ? RULE_NOT_MET : RULE_MET;
}

static void measure(const struct rule_input *in, struct arena *a,
		    struct finding *f)
{
	struct rollup_query q = measure_query(in->rule);
	const struct verdict *v = in->verdict;
	struct arena scratch = {0};
	uint64_t *keys = arena_alloc(&scratch, v->scores.n * sizeof *keys);
	size_t n[RULE_NOT_APPLICABLE] = {0}, all = 0;

	for (size_t i = 0; i < v->scores.n; i++)
		if (rollup_counts(&v->scores.v[i], &q)) {
			n[state_of(in, i)]++;
			all++;
		}
	f->state = n[RULE_NOT_MET] ? RULE_NOT_MET
		   : n[RULE_UNPROVEN] ? RULE_UNPROVEN : RULE_MET;
	for (size_t i = 0; f->state != RULE_MET && i < v->scores.n; i++)
		if (rollup_counts(&v->scores.v[i], &q) &&
		    state_of(in, i) == f->state)
			keys[i] = rollup_weight(&v->scores.v[i], &q);
	decide_components(keys, v->scores.n, f);
	f->reason = arena_fmt(a, "Of %zu components, the history of %zu ends "
			      "more than %d months ago and that of %zu is not "
			      "known.", all, n[RULE_NOT_MET],
			      in->rule->months, n[RULE_UNPROVEN]);
	arena_release(&scratch);
}

const struct rule_kind rule_freshness = {
	.name = "freshness",
	.summary = "the history of each component is recent enough",
	.takes = RULE_MONTHS | RULE_FUNCTIONS | RULE_EACH,
	.measure = measure,
};
