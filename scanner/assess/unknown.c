/* The kind `unknown`: how much is not known, as the weighted mean of the gap
 * between the bounds.  A rule of it asks for transparency, whoever it is. */
#include "assess/measure.h"
#include "assess/share.h"

/* Ranks the components by what is not known of them. */
static void decide(const struct rule_input *in, struct finding *f)
{
	struct rollup_query q = measure_query(in->rule);
	const struct verdict *v = in->verdict;
	struct arena scratch = {0};
	uint64_t *keys = rollup_parts(in->scan, in->policy, v, &q, &scratch);

	for (size_t i = 0; i < v->scores.n; i++) {
		struct rollup_bounds b = rollup_bounds(rollup_of(v, i, &q), &q);

		keys[i] = keys[i] / SHARE_ALL *
			  (uint64_t)(b.high_bp - b.low_bp);
	}
	decide_components(keys, v->scores.n, f);
	if (q.window == WINDOW_ALL)
		decide_organisations(in->policy, v, &q, STANDING_UNKNOWN, f);
	arena_release(&scratch);
}

static void measure(const struct rule_input *in, struct arena *a,
		    struct finding *f)
{
	struct rollup_query q = measure_query(in->rule);
	struct rollup r;
	struct strbuf b;
	size_t n = rollup_query(in->scan, in->policy, in->verdict, &q, &r);
	int32_t gap = r.exposure_high_bp - r.exposure_low_bp;

	f->low_bp = f->high_bp = gap;
	f->limit_bp = in->rule->limit_bp;
	f->state = gap <= f->limit_bp ? RULE_MET : RULE_NOT_MET;
	if (f->state == RULE_NOT_MET)
		decide(in, f);
	strbuf_init(&b, 0);
	strbuf_cstr(&b, "Of ");
	share_write(&b, gap);
	strbuf_cstr(&b, " of ");
	measure_write_noun(&b, in->rule);
	strbuf_cstr(&b, " (weighted mean of ");
	measure_write_count(&b, n);
	strbuf_cstr(&b, ") it is not known who they are by, or who controls "
			"those; at most ");
	share_write(&b, f->limit_bp);
	strbuf_cstr(&b, " is allowed.");
	measure_reason(&b, a, f);
}

const struct rule_kind rule_unknown = {
	.name = "unknown",
	.summary = "weighted mean of the share that is not known, at most",
	.takes = RULE_AXIS | RULE_LIMIT | RULE_WINDOW | RULE_FUNCTIONS,
	.measure = measure,
};
