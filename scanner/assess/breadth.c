/* The kind `breadth`: the weight of the components that are past the
 * policy's limit for one component. */
#include "assess/measure.h"
#include "assess/share.h"

static void measure(const struct rule_input *in, struct arena *a,
		    struct finding *f)
{
	struct rollup_query q = measure_query(in->rule);
	int32_t limit = in->policy->component_limit_bp;
	struct rollup r;
	struct strbuf b;
	size_t n = rollup_query(in->scan, in->policy, in->verdict, &q, &r);

	measure_set(in, f, r.breadth_low_bp, r.breadth_high_bp);
	measure_decide_past(in, limit, f);
	strbuf_init(&b, 0);
	measure_write_bounds(&b, f);
	strbuf_cstr(&b, "the weight of ");
	measure_write_count(&b, n);
	strbuf_cstr(&b, " is in those where more than ");
	share_write(&b, limit);
	strbuf_cstr(&b, " of ");
	measure_write_noun(&b, in->rule);
	strbuf_cstr(&b, " is by organisations of concern");
	measure_write_limit(&b, f);
	measure_reason(&b, a, f);
}

const struct rule_kind rule_breadth = {
	.name = "breadth",
	.summary = "weight of the components past `component-limit`",
	.takes = RULE_AXIS | RULE_LIMIT | RULE_WINDOW | RULE_FUNCTIONS,
	.measure = measure,
};
