/* The kind `exposure`: the weighted mean over all components. */
#include "assess/measure.h"
#include "assess/share.h"

/* What a component has to do with the state: its part of the lower bound
 * where the rule is broken, of the gap where it is open. */
static uint64_t key_of(enum rule_state state, uint64_t part,
		       struct rollup_bounds b)
{
	int32_t bp = 0;

	if (state == RULE_NOT_MET)
		bp = b.low_bp;
	else if (state == RULE_UNPROVEN)
		bp = b.high_bp - b.low_bp;
	return part / SHARE_ALL * (uint64_t)bp;
}

static void decide(const struct rule_input *in, struct finding *f)
{
	struct rollup_query q = measure_query(in->rule);
	const struct verdict *v = in->verdict;
	struct arena scratch = {0};
	uint64_t *keys = rollup_parts(in->scan, in->policy, v, &q, &scratch);

	for (size_t i = 0; i < v->scores.n; i++)
		keys[i] = key_of(f->state, keys[i],
				 rollup_bounds(rollup_of(v, i, &q), &q));
	measure_decide(in, keys, f);
	arena_release(&scratch);
}

static void measure(const struct rule_input *in, struct arena *a,
		    struct finding *f)
{
	struct rollup_query q = measure_query(in->rule);
	struct rollup r;
	struct strbuf b;
	size_t n = rollup_query(in->scan, in->policy, in->verdict, &q, &r);

	measure_set(in, f, r.exposure_low_bp, r.exposure_high_bp);
	decide(in, f);
	strbuf_init(&b, 0);
	measure_write_bounds(&b, f);
	measure_write_noun(&b, in->rule);
	strbuf_cstr(&b, " (weighted mean of ");
	measure_write_count(&b, n);
	strbuf_cstr(&b, ") is by organisations of concern");
	measure_write_limit(&b, f);
	measure_write_on_b(&b, f, r.exposure_on_b_low_bp,
			   r.exposure_on_b_high_bp);
	measure_reason(&b, a, f);
}

const struct rule_kind rule_exposure = {
	.name = "exposure",
	.summary = "weighted mean of the share over all components",
	.takes = RULE_AXIS | RULE_LIMIT | RULE_WINDOW | RULE_FUNCTIONS,
	.measure = measure,
};
