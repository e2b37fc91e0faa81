/* The kind `peak`: the share in the worst component, so in each of them. */
#include "assess/measure.h"

static void measure(const struct rule_input *in, struct arena *a,
		    struct finding *f)
{
	struct rollup_query q = measure_query(in->rule);
	struct rollup r;
	struct strbuf b;
	size_t n = rollup_query(in->scan, in->policy, in->verdict, &q, &r);

	measure_set(in, f, r.peak_low_bp, r.peak_high_bp);
	measure_decide_past(in, f->limit_bp, f);
	strbuf_init(&b, 0);
	measure_write_bounds(&b, f);
	measure_write_noun(&b, in->rule);
	strbuf_cstr(&b, " in the worst of ");
	measure_write_count(&b, n);
	if (f->state == RULE_NOT_MET) {
		size_t worst = f->components.v[0];

		strbuf_fmt(&b, " (%.*s)", STR_ARG(
			in->scan->parts.components.v[worst].name));
	}
	strbuf_cstr(&b, " is by organisations of concern");
	measure_write_limit(&b, f);
	measure_reason(&b, a, f);
}

const struct rule_kind rule_peak = {
	.name = "peak",
	.summary = "share in the worst component, so in each one",
	.takes = RULE_AXIS | RULE_LIMIT | RULE_WINDOW | RULE_FUNCTIONS |
		 RULE_OUSTS | RULE_EACH,
	.measure = measure,
};
