/* A scan judged by one policy, step by step; and the outcome of a run. */
#include "assess/assess.h"

#include "assess/questions.h"
#include "assess/rollup.h"
#include "assess/rules.h"
#include "assess/score.h"
#include "assess/standing.h"
#include "assess/timeline.h"

static const struct str *dup_all(const struct str *v, size_t n,
				 struct arena *a)
{
	struct str *copy = arena_alloc(a, n * sizeof *copy);

	for (size_t i = 0; i < n; i++)
		copy[i] = arena_dup(a, v[i]);
	return copy;
}

/* What the verdict says of the policy: it may outlive it. */
static void name_policy(const struct scan *s, const struct policy *p,
			struct verdict *v)
{
	struct arena *a = &v->arena;
	const struct concern *c = &p->concern;

	v->policy = arena_dup(a, p->name);
	v->title = arena_dup(a, p->title);
	v->text_version = arena_fmt(a, "%.*s, %.*s (%.*s)",
				    STR_ARG(p->text_title),
				    STR_ARG(p->text_date),
				    STR_ARG(p->text_status));
	v->policy_sha256 = arena_dup(a, p->sha256);
	v->concern = (struct concern){
		.jurisdictions = dup_all(c->jurisdictions,
					 c->jurisdictions_n, a),
		.jurisdictions_n = c->jurisdictions_n,
		.lists = dup_all(c->lists, c->lists_n, a),
		.lists_n = c->lists_n,
		.as_of = s->as_of};
}

/* What else a reader must know of the policy to follow the figures. */
static void note_terms(const struct scan *s, const struct policy *p,
		       struct verdict *v)
{
	for (size_t i = 0; i < v->concern.lists_n; i++)
		vec_push(&v->held, held_read(s->facts, &v->concern, i));
	for (size_t i = 0; i < AXIS_COUNT; i++)
		v->axis_weights[i] = p->axis_weights[i];
	v->dependency_percent = p->dependency_percent;
	v->component_limit_bp = p->component_limit_bp;
}

static void judge_rules(const struct scan *s, const struct policy *p,
			struct verdict *v)
{
	for (size_t i = 0; i < p->rules.n; i++) {
		struct rule_input in = {.scan = s, .policy = p,
					.rule = &p->rules.v[i],
					.verdict = v};
		struct finding f;

		rules_judge(&in, &v->arena, &f);
		vec_push(&v->findings, f);
	}
}

/* Worst first: not met, unproven, met; not applicable where none counts. */
static enum rule_state worst_state(const struct verdict *v)
{
	static const enum rule_state order[] = {RULE_NOT_MET, RULE_UNPROVEN,
						RULE_MET};

	for (size_t i = 0; i < sizeof order / sizeof *order; i++)
		for (size_t j = 0; j < v->findings.n; j++)
			if (v->findings.v[j].counts_as == order[i])
				return order[i];
	return RULE_NOT_APPLICABLE;
}

/* The gravest finding that makes the verdict what it is, the first of such. */
static size_t decider(const struct policy *p, const struct verdict *v)
{
	size_t best = SIZE_MAX;

	if (v->state == RULE_NOT_APPLICABLE)
		return best;
	for (size_t i = 0; i < v->findings.n; i++)
		if (v->findings.v[i].counts_as == v->state &&
		    (best == SIZE_MAX || p->rules.v[i].severity >
						 p->rules.v[best].severity))
			best = i;
	return best;
}

static bool is_incomplete(const struct scan *s, const struct verdict *v)
{
	for (size_t i = 0; i < v->scores.n; i++)
		if (v->scores.v[i].weight &&
		    verdict_counted(v, i)->is_incomplete)
			return true;
	return v->missing_lists.n ||
	       diag_has_effect(&s->diags, DIAG_INCOMPLETE);
}

void assess_scan(const struct scan *s, const struct policy *p,
		 const struct ladders *ladders, struct verdict *ret)
{
	*ret = (struct verdict){.ladders = ladders};
	name_policy(s, p, ret);
	note_terms(s, p, ret);
	standing_all(s->facts, p, ret);
	score_components(s, p, ret);
	rollup_verdict(s, p, ret);
	timeline_fill(s, p, ret);
	judge_rules(s, p, ret);
	questions_fill(s, p, ret);
	ret->state = ret->gate = worst_state(ret);
	ret->decided_by = decider(p, ret);
	ret->is_incomplete = is_incomplete(s, ret);
}

static bool has_applied(const struct verdict *v)
{
	for (size_t i = 0; i < v->findings.n; i++)
		if (v->findings.v[i].state != RULE_NOT_APPLICABLE)
			return true;
	return false;
}

int assess_exit_code(const struct scan *s, const struct verdict *v, size_t n)
{
	bool incomplete = diag_has_effect(&s->diags, DIAG_INCOMPLETE);
	bool not_met = false, unproven = false, judged = false;
	bool nothing = s->parts.components.n == 0;

	for (size_t i = 0; i < n; i++) {
		incomplete = incomplete || v[i].is_incomplete;
		not_met = not_met || v[i].gate == RULE_NOT_MET;
		unproven = unproven || v[i].gate == RULE_UNPROVEN;
		nothing = nothing || v[i].components_with_data == 0;
		judged = judged || has_applied(&v[i]);
	}
	if (diag_has_effect(&s->diags, DIAG_FATAL))
		return 2;
	if (incomplete)
		return 3;
	if (not_met)
		return 1;
	if (nothing || !judged)
		return 5;
	return unproven ? 3 : 0;
}
