/*
 * A rule is met when the upper bound is within the limit, not met when the
 * lower bound is past it, and unproven when the limit lies between.
 */
#include "assess/measure.h"

#include "assess/share.h"

struct rollup_query measure_query(const struct policy_rule *r)
{
	return (struct rollup_query){.has_axis = r->has_axis,
				     .axis = r->axis, .window = r->window,
				     .functions = r->functions,
				     .is_each = r->kind->takes & RULE_EACH,
				     .new_since = r->is_about_new ? r->from
								  : 0};
}

void measure_set(const struct rule_input *in, struct finding *f,
		 int32_t low_bp, int32_t high_bp)
{
	f->low_bp = low_bp;
	f->high_bp = high_bp;
	f->limit_bp = in->rule->limit_bp;
	if (high_bp <= f->limit_bp)
		f->state = RULE_MET;
	else
		f->state = low_bp > f->limit_bp ? RULE_NOT_MET
						: RULE_UNPROVEN;
}

void measure_decide(const struct rule_input *in, const uint64_t *keys,
		    struct finding *f)
{
	struct rollup_query q = measure_query(in->rule);

	decide_components(keys, in->verdict->scores.n, f);
	if (q.window == WINDOW_ALL)
		decide_organisations(in->policy, in->verdict, &q,
				     f->state == RULE_NOT_MET
				     ? STANDING_CONCERN : STANDING_UNKNOWN,
				     f);
}

/* How far a component is past a limit, or may be; 0 when the rule is met. */
static uint64_t key_past(enum rule_state state, int32_t limit_bp,
			 struct rollup_bounds b)
{
	int32_t bp = state == RULE_NOT_MET ? b.low_bp : b.high_bp;

	return state != RULE_MET && bp > limit_bp ? (uint64_t)(bp - limit_bp)
						  : 0;
}

void measure_decide_past(const struct rule_input *in, int32_t limit_bp,
			 struct finding *f)
{
	struct rollup_query q = measure_query(in->rule);
	const struct verdict *v = in->verdict;
	struct arena scratch = {0};
	uint64_t *keys = arena_alloc(&scratch, v->scores.n * sizeof *keys);

	for (size_t i = 0; i < v->scores.n; i++)
		if (rollup_counts(&v->scores.v[i], &q))
			keys[i] = key_past(f->state, limit_bp,
					   rollup_bounds(rollup_of(v, i, &q),
							 &q));
	measure_decide(in, keys, f);
	arena_release(&scratch);
}

void measure_write_bounds(struct strbuf *b, const struct finding *f)
{
	if (f->state == RULE_UNPROVEN) {
		strbuf_cstr(b, "Between ");
		share_write(b, f->low_bp);
		strbuf_cstr(b, " and ");
		share_write(b, f->high_bp);
	} else {
		bool is_met = f->state == RULE_MET;

		strbuf_cstr(b, is_met ? "At most " : "At least ");
		share_write(b, is_met ? f->high_bp : f->low_bp);
	}
	strbuf_cstr(b, " of ");
}

void measure_write_noun(struct strbuf *b, const struct policy_rule *r)
{
	static const char *const nouns[AXIS_COUNT] = {
		[AXIS_COMMITS] = "the commits",
		[AXIS_CHURN] = "the changed lines",
		[AXIS_SURVIVING] = "the surviving lines",
		[AXIS_REVIEW] = "the review votes and submits",
		[AXIS_STEWARDSHIP] = "the seats",
		[AXIS_SUPPLY] = "the supplier roles"};
	static const char *const windows[WINDOW_COUNT] = {
		[WINDOW_ALL] = "", [WINDOW_24] = " of the last 24 months",
		[WINDOW_12] = " of the last 12 months"};

	strbuf_cstr(b, r->has_axis ? nouns[r->axis]
				   : "the influence on all axes");
	strbuf_cstr(b, windows[r->window]);
}

void measure_write_limit(struct strbuf *b, const struct finding *f)
{
	static const char *const words[] = {
		[RULE_MET] = ": within the limit of ",
		[RULE_NOT_MET] = ": past the limit of ",
		[RULE_UNPROVEN] = ": the limit lies between, at "};

	strbuf_cstr(b, words[f->state]);
	share_write(b, f->limit_bp);
	strbuf_ch(b, '.');
}

void measure_write_on_b(struct strbuf *b, const struct finding *f,
			int32_t low_bp, int32_t high_bp)
{
	bool is_within = high_bp <= f->limit_bp;

	if (f->state != RULE_UNPROVEN ||
	    (!is_within && low_bp <= f->limit_bp))
		return;
	strbuf_cstr(b, is_within ? " At most " : " At least ");
	share_write(b, is_within ? high_bp : low_bp);
	strbuf_cstr(b, " if the records that lack a citation hold.");
}

void measure_write_count(struct strbuf *b, size_t components)
{
	strbuf_fmt(b, "%zu component%s", components,
		   components == 1 ? "" : "s");
}

void measure_reason(struct strbuf *b, struct arena *a, struct finding *f)
{
	f->reason = arena_dup(a, strbuf_str(b));
	strbuf_release(b);
}
