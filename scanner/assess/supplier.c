/* The kind `supplier`: nobody of concern may supply the stack or one of its
 * components, whatever the share. */
#include "assess/measure.h"
#include "assess/standing.h"

static enum rule_state state_of(const struct tally *t)
{
	if (t->concern)
		return RULE_NOT_MET;
	return t->is_observed && t->unknown == 0 ? RULE_MET : RULE_UNPROVEN;
}

/* The supplier of the stack as a whole; met where the stack names none. */
static enum rule_state state_of_stack(const struct rule_input *in)
{
	static const enum rule_state states[] = {
		[STANDING_OTHER] = RULE_MET,
		[STANDING_UNKNOWN] = RULE_UNPROVEN,
		[STANDING_CONCERN] = RULE_NOT_MET};
	const struct supply *by = &in->scan->stack.supplied_by;
	struct standing_of of = {SIZE_MAX, by->organisation, FACT_C};

	if (!by->is_stated || in->rule->functions)
		return RULE_MET;
	of.confidence = standing_fact(in->scan->facts, by->fact);
	return states[standing_unit(in->verdict, in->policy, of).standing];
}

/* How many components are in each state. */
struct suppliers {
	size_t n[RULE_NOT_APPLICABLE];
	size_t all;
	enum rule_state stack;
};

static struct suppliers count(const struct rule_input *in)
{
	struct suppliers c = {.stack = state_of_stack(in)};
	struct rollup_query q = measure_query(in->rule);

	for (size_t i = 0; i < in->verdict->scores.n; i++) {
		const struct component_score *s =
			rollup_of(in->verdict, i, &q);

		if (!rollup_counts(&in->verdict->scores.v[i], &q))
			continue;
		c.n[state_of(&s->axes[AXIS_SUPPLY])]++;
		c.all++;
	}
	return c;
}

static enum rule_state worst(const struct suppliers *c)
{
	if (c->n[RULE_NOT_MET] || c->stack == RULE_NOT_MET)
		return RULE_NOT_MET;
	if (c->n[RULE_UNPROVEN] || c->stack == RULE_UNPROVEN)
		return RULE_UNPROVEN;
	return RULE_MET;
}

/* The components in the state that decides, the weightiest first. */
static void decide(const struct rule_input *in, struct finding *f)
{
	struct rollup_query q = measure_query(in->rule);
	const struct rollup_query supply = {.has_axis = true,
					    .axis = AXIS_SUPPLY};
	const struct verdict *v = in->verdict;
	struct arena scratch = {0};
	uint64_t *keys = arena_alloc(&scratch, v->scores.n * sizeof *keys);

	for (size_t i = 0; i < v->scores.n; i++) {
		const struct component_score *s = &v->scores.v[i];
		const struct tally *t =
			&rollup_of(v, i, &q)->axes[AXIS_SUPPLY];

		if (rollup_counts(s, &q) && state_of(t) == f->state)
			keys[i] = rollup_weight(s, &q);
	}
	decide_components(keys, v->scores.n, f);
	decide_organisations(in->policy, v, &supply,
			     f->state == RULE_NOT_MET ? STANDING_CONCERN
						      : STANDING_UNKNOWN, f);
	arena_release(&scratch);
}

static void write_stack(struct strbuf *b, enum rule_state state)
{
	if (state == RULE_NOT_MET)
		strbuf_cstr(b, "The supplier of the stack is of concern. ");
	else if (state == RULE_UNPROVEN)
		strbuf_cstr(b, "It is not known who controls the supplier of "
			       "the stack. ");
}

static void write_components(struct strbuf *b, enum rule_state state,
			     const struct suppliers *c)
{
	if (state == RULE_MET) {
		strbuf_cstr(b, "No supplier, producer or publisher of ");
		measure_write_count(b, c->all);
		strbuf_cstr(b, " can be of concern.");
		return;
	}
	strbuf_fmt(b, "%zu of ", c->n[state]);
	measure_write_count(b, c->all);
	strbuf_cstr(b, state == RULE_NOT_MET
		    ? " have a supplier, producer or publisher of concern."
		    : " state no supplier, producer or publisher, or one "
		      "whose control is not known.");
}

static void measure(const struct rule_input *in, struct arena *a,
		    struct finding *f)
{
	struct suppliers c = count(in);
	struct strbuf b;

	f->state = worst(&c);
	if (f->state != RULE_MET)
		decide(in, f);
	strbuf_init(&b, 0);
	write_stack(&b, c.stack);
	write_components(&b, f->state, &c);
	measure_reason(&b, a, f);
}

const struct rule_kind rule_supplier = {
	.name = "supplier",
	.summary = "nobody of concern supplies the stack or a component",
	.takes = RULE_FUNCTIONS | RULE_OUSTS,
	.measure = measure,
};
