/* The kind `coverage`: how much of what the policy weighs was observed; the
 * limit is the least that it asks for.  Below it the rule is unproven, not
 * broken: what nobody looked at speaks neither for nor against a stack. */
#include "assess/measure.h"
#include "assess/share.h"

/* Ranks the components by what is not observed of them. */
static void decide(const struct rule_input *in, struct finding *f)
{
	struct rollup_query q = measure_query(in->rule);
	const struct verdict *v = in->verdict;
	struct arena scratch = {0};
	uint64_t *keys = rollup_parts(in->scan, in->policy, v, &q, &scratch);

	for (size_t i = 0; i < v->scores.n; i++)
		keys[i] = keys[i] / SHARE_ALL *
			  (uint64_t)(SHARE_ALL -
				     verdict_counted(v, i)->coverage_bp);
	decide_components(keys, v->scores.n, f);
	arena_release(&scratch);
}

static void measure(const struct rule_input *in, struct arena *a,
		    struct finding *f)
{
	struct strbuf b;

	f->low_bp = f->high_bp = in->verdict->coverage_bp;
	f->limit_bp = in->rule->limit_bp;
	f->state = f->low_bp >= f->limit_bp ? RULE_MET : RULE_UNPROVEN;
	if (f->state == RULE_UNPROVEN)
		decide(in, f);
	strbuf_init(&b, 0);
	share_write(&b, f->low_bp);
	strbuf_cstr(&b, " of what the policy weighs was observed; it asks "
			"for at least ");
	share_write(&b, f->limit_bp);
	strbuf_ch(&b, '.');
	measure_reason(&b, a, f);
}

const struct rule_kind rule_coverage = {
	.name = "coverage",
	.summary = "how much of what weighs was observed, at least",
	.takes = RULE_LIMIT,
	.measure = measure,
};
