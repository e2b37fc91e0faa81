/*
 * The table of kinds, and what is the same for all: whether a rule speaks of
 * the scan at all, and what its state is to the verdict.
 */
#include "assess/rules.h"

#include "assess/measure.h"

#define ENTRY(id) &rule_##id,
const struct rule_kind *const rules_table[] = {RULE_KINDS(ENTRY)};
#undef ENTRY
const size_t rules_count = sizeof rules_table / sizeof *rules_table;

const struct rule_kind *rules_find(struct str name)
{
	for (size_t i = 0; i < rules_count; i++)
		if (str_is(name, rules_table[i]->name))
			return rules_table[i];
	return NULL;
}

/* The names of the functions in a mask. */
static struct str function_words(unsigned mask, struct arena *a)
{
	struct strbuf b;
	struct str words;

	strbuf_init(&b, 0);
	for (size_t i = 0; i < FUNCTION_COUNT; i++)
		if (mask & 1u << i)
			strbuf_fmt(&b, "%s%s", b.n ? " or " : "",
				   component_function_name((enum function)i));
	words = arena_dup(a, strbuf_str(&b));
	strbuf_release(&b);
	return words;
}

static size_t count_components(const struct verdict *v,
			       const struct rollup_query *q)
{
	size_t n = 0;

	for (size_t i = 0; i < v->scores.n; i++)
		n += rollup_counts(&v->scores.v[i], q);
	return n;
}

/* No component is said to serve the rule's functions.  That settles the rule
 * only where every component says what it serves. */
static void judge_absent(const struct rule_input *in, struct arena *a,
			 struct finding *f)
{
	struct rollup_query q = measure_query(in->rule);
	size_t silent;
	struct str words = function_words(in->rule->functions, a);

	q.functions = 1u << FUNCTION_NONE;
	silent = count_components(in->verdict, &q);
	if (silent && in->rule->functions) {
		f->state = RULE_UNPROVEN;
		f->reason = arena_fmt(a, "No component is said to serve "
			"%.*s, and %zu of them serve no named function: a "
			"stack file can name it.", STR_ARG(words), silent);
	} else if (in->rule->functions) {
		f->reason = arena_fmt(a, "No component serves %.*s.",
				      STR_ARG(words));
	} else if (in->rule->is_about_new) {
		f->reason = STR("No product that counts goes into service "
				"under the rule.");
	} else {
		f->reason = STR("No component counts.");
	}
}

static struct str day_text(int32_t day, struct arena *a)
{
	struct strbuf b;
	struct str s;

	strbuf_init(&b, 0);
	date_write(&b, day);
	s = arena_dup(a, strbuf_str(&b));
	strbuf_release(&b);
	return s;
}

/* Does the rule speak of this scan, on this day?  Else with a reason. */
static bool applies(const struct rule_input *in, struct arena *a,
		    struct finding *f)
{
	const struct policy_rule *r = in->rule;

	if (in->scan->as_of < r->from)
		f->reason = arena_fmt(a, "The rule holds from %.*s.",
				      STR_ARG(day_text(r->from, a)));
	else if (in->scan->as_of >= r->to)
		f->reason = arena_fmt(a, "The rule held until %.*s.",
				      STR_ARG(day_text(r->to, a)));
	else if (!policy_rule_covers(r, &in->scan->stack))
		f->reason = STR("The rule is not about this perimeter or "
				"class of user.");
	else
		return true;
	return false;
}

enum rule_state rules_counts_as(const struct policy_rule *r,
				enum rule_state state)
{
	static const enum rule_state unproven[] = {
		[UNPROVEN_WARN] = RULE_UNPROVEN,
		[UNPROVEN_FAIL] = RULE_NOT_MET, [UNPROVEN_PASS] = RULE_MET};

	if (r->severity == SEVERITY_INFO)
		return RULE_NOT_APPLICABLE;
	return state == RULE_UNPROVEN ? unproven[r->unproven] : state;
}

void rules_judge(const struct rule_input *in, struct arena *a,
		 struct finding *ret)
{
	const struct policy_rule *r = in->rule;
	const struct rollup_query q = measure_query(r);

	*ret = (struct finding){
		.rule = arena_dup(a, r->id), .title = arena_dup(a, r->title),
		.clause = arena_dup(a, r->clause),
		.severity = str_c(policy_severity_name(r->severity)),
		.kind = str_c(r->kind->name),
		.axis = str_c(r->has_axis ? verdict_axis_name(r->axis) : ""),
		.state = RULE_NOT_APPLICABLE, .is_confirmed = r->is_confirmed,
		.low_bp = -1, .high_bp = -1, .limit_bp = -1};
	if (!applies(in, a, ret))
		;
	else if (count_components(in->verdict, &q) == 0)
		judge_absent(in, a, ret);
	else
		r->kind->measure(in, a, ret);
	ret->counts_as = rules_counts_as(r, ret->state);
	ret->waived_state = ret->state;
	ret->gate = ret->counts_as;
}
