/*
 * The kind `pattern`: no component fits all the patterns of the rule.  A
 * match that meets a limit is not known, and so are the hosts and
 * organisations of a component without data.
 */
#include "assess/measure.h"

/* Yes wins, then what is not known. */
static enum regex_result or(enum regex_result a, enum regex_result b)
{
	if (a == REGEX_YES || b == REGEX_YES)
		return REGEX_YES;
	return a == REGEX_LIMIT ? a : b;
}

/* No wins, then what is not known. */
static enum regex_result and(enum regex_result a, enum regex_result b)
{
	if (a == REGEX_NO || b == REGEX_NO)
		return REGEX_NO;
	return a == REGEX_LIMIT ? a : b;
}

static enum regex_result match_path(const struct regex *r,
				    const struct component *c)
{
	enum regex_result any = REGEX_NO;

	for (size_t i = 0; i < c->evidence.n; i++)
		any = or(any, regex_match(r, c->evidence.v[i].path));
	return any;
}

static enum regex_result match_host(const struct regex *r,
				    const struct scan *s,
				    const struct component *c)
{
	const struct digest *d = c->digest < s->digests.n
				 ? &s->digests.v[c->digest] : NULL;
	bool is_whole = d && !(d->incomplete & DIGEST_COMMITS);
	enum regex_result any = is_whole ? REGEX_NO : REGEX_LIMIT;

	if (c->has_claimed_digest)
		return REGEX_LIMIT;
	for (size_t i = 0; d && i < d->hosts.n; i++)
		any = or(any, regex_match(r, d->hosts.v[i].host));
	return any;
}

static enum regex_result match_organisation(const struct regex *r,
					    const struct scan *s,
					    const struct component_score *score)
{
	enum regex_result any = score->has_data && !score->is_claimed
				? REGEX_NO : REGEX_LIMIT;

	for (size_t i = 0; i < score->by.n; i++) {
		const struct contribution *c = &score->by.v[i];
		const struct organisation *o;

		if (c->organisation >= s->facts->organisations.n ||
		    (score->is_claimed && !c->units[AXIS_SUPPLY]))
			continue;
		o = &s->facts->organisations.v[c->organisation];
		any = or(any, or(regex_match(r, o->id),
				 regex_match(r, o->name)));
	}
	return any;
}

/* Does a component fit all that the rule gives? */
static enum regex_result fits(const struct rule_input *in, size_t i)
{
	const struct component *c = &in->scan->parts.components.v[i];
	struct regex *const *p = in->rule->patterns;
	enum regex_result all = REGEX_YES;

	if (p[MATCH_PURL])
		all = and(all, regex_match(p[MATCH_PURL], c->purl));
	if (p[MATCH_PATH])
		all = and(all, match_path(p[MATCH_PATH], c));
	if (p[MATCH_HOST])
		all = and(all, match_host(p[MATCH_HOST], in->scan, c));
	if (p[MATCH_ORGANISATION])
		all = and(all, match_organisation(
			p[MATCH_ORGANISATION], in->scan,
			&in->verdict->scores.v[i]));
	return all;
}

static void measure(const struct rule_input *in, struct arena *a,
		    struct finding *f)
{
	struct rollup_query q = measure_query(in->rule);
	const struct verdict *v = in->verdict;
	struct arena scratch = {0};
	uint64_t *keys = arena_alloc(&scratch, v->scores.n * sizeof *keys);
	enum regex_result *of = arena_alloc(&scratch,
					    v->scores.n * sizeof *of);
	size_t n[] = {[REGEX_NO] = 0, [REGEX_YES] = 0, [REGEX_LIMIT] = 0};
	enum regex_result decides;

	for (size_t i = 0; i < v->scores.n; i++)
		if (rollup_counts(&v->scores.v[i], &q))
			n[of[i] = fits(in, i)]++;
	decides = n[REGEX_YES] ? REGEX_YES : n[REGEX_LIMIT] ? REGEX_LIMIT
							    : REGEX_NO;
	f->state = decides == REGEX_YES ? RULE_NOT_MET
		   : decides == REGEX_LIMIT ? RULE_UNPROVEN : RULE_MET;
	for (size_t i = 0; decides != REGEX_NO && i < v->scores.n; i++)
		if (rollup_counts(&v->scores.v[i], &q) && of[i] == decides)
			keys[i] = rollup_weight(&v->scores.v[i], &q);
	decide_components(keys, v->scores.n, f);
	f->reason = arena_fmt(a, "%zu components fit the patterns of the "
			      "rule, of %zu it is not known, %zu do not.",
			      n[REGEX_YES], n[REGEX_LIMIT], n[REGEX_NO]);
	arena_release(&scratch);
}

const struct rule_kind rule_pattern = {
	.name = "pattern",
	.summary = "no component fits the patterns in `match`",
	.takes = RULE_MATCH | RULE_FUNCTIONS | RULE_OUSTS | RULE_EACH,
	.measure = measure,
};
