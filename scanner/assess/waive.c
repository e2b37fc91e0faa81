/*
 * Applying waivers.  Rules to which the same waivers apply share one second
 * judgement, a view: components that are waived have no weight in it, and
 * organisations that are waived count as others.
 */
#include "assess/waive.h"

#include "assess/rollup.h"
#include "assess/rules.h"
#include "assess/score.h"
#include "assess/standing.h"
#include "model/facts_index.h"

/* A waiver that holds, and what it fits. */
struct fit {
	size_t waiver;
	size_t organisation; /* SIZE_MAX: it names none */
	VEC(size_t) components;
	bool is_possible;    /* what it names is there */
};

/* The verdict as it would be under some of the waivers. */
struct view {
	VEC(size_t) waivers; /* ascending, of those that hold */
	struct accepted accepted;
	struct verdict verdict;
};

struct waiving {
	const struct scan *scan;
	const struct policy *policy;
	struct waivers *waivers;
	struct verdict *verdict;
	VEC(struct fit) fits;
	VEC(struct view *) views;
};

static size_t find_organisation(const struct facts *f, struct str name)
{
	size_t i;

	if (!f || !name.n)
		return SIZE_MAX;
	i = facts_organisation(f, name);
	return i != SIZE_MAX ? i : facts_index_name(f, name, NULL);
}

static bool contributes(const struct component_score *s, size_t organisation)
{
	for (size_t i = 0; i < s->by.n; i++)
		for (size_t a = 0; a < AXIS_COUNT; a++)
			if (s->by.v[i].organisation == organisation &&
			    s->by.v[i].units[a])
				return true;
	return false;
}

/* Is the organisation anywhere in the scan?  The stack's supplier counts. */
static bool takes_part(const struct waiving *w, size_t organisation)
{
	const struct supply *by = &w->scan->stack.supplied_by;

	if (by->is_stated && by->organisation == organisation)
		return true;
	for (size_t i = 0; i < w->verdict->scores.n; i++)
		if (contributes(&w->verdict->scores.v[i], organisation))
			return true;
	return false;
}

static void find_components(const struct waiving *w,
			    const struct waiver *waiver, struct fit *fit)
{
	const struct verdict *v = w->verdict;

	for (size_t i = 0; i < v->scores.n; i++)
		if (selector_picks(&waiver->component,
				   &w->scan->parts.components.v[i]) &&
		    (!waiver->organisation.n ||
		     contributes(&v->scores.v[i], fit->organisation)))
			vec_push(&fit->components, i);
}

static void find_fit(const struct waiving *w, const struct waiver *waiver,
		     struct fit *fit)
{
	bool names_component = !selector_is_empty(&waiver->component);

	fit->organisation = find_organisation(w->scan->facts,
					      waiver->organisation);
	fit->is_possible = !waiver->organisation.n ||
			   fit->organisation != SIZE_MAX;
	if (names_component && fit->is_possible) {
		find_components(w, waiver, fit);
		fit->is_possible = fit->components.n != 0;
	} else if (waiver->organisation.n && fit->is_possible) {
		fit->is_possible = takes_part(w, fit->organisation);
	}
}

static void find_fits(struct waiving *w)
{
	for (size_t i = 0; i < w->waivers->list.n; i++) {
		const struct waiver *waiver = &w->waivers->list.v[i];
		struct fit fit = {.waiver = i};

		if (waiver->state != WAIVER_HOLDS)
			continue;
		find_fit(w, waiver, &fit);
		vec_push(&w->fits, fit);
	}
}

/* The fits that apply to a rule, ascending. */
static void select_fits(const struct waiving *w, struct str rule,
			struct view *ret)
{
	for (size_t i = 0; i < w->fits.n; i++) {
		const struct waiver *waiver =
			&w->waivers->list.v[w->fits.v[i].waiver];

		if (w->fits.v[i].is_possible &&
		    (!waiver->rule.n || str_eq(waiver->rule, rule)))
			vec_push(&ret->waivers, i);
	}
}

/* Is the rule waived as a whole by one of these? */
static bool is_whole(const struct waiving *w, const struct view *view)
{
	for (size_t i = 0; i < view->waivers.n; i++) {
		const struct fit *fit = &w->fits.v[view->waivers.v[i]];

		if (!fit->components.n && fit->organisation == SIZE_MAX)
			return true;
	}
	return false;
}

static void accept(struct view *view, const struct fit *fit)
{
	struct acceptance a = {SIZE_MAX, fit->organisation};

	if (!fit->components.n)
		vec_push(&view->accepted.list, a);
	for (size_t i = 0; i < fit->components.n; i++) {
		a.component = fit->components.v[i];
		vec_push(&view->accepted.list, a);
	}
}

/* One that counts with others goes when all of them do: others have some of
 * its commits. */
static void take_weight(struct verdict *v, size_t component)
{
	struct component_score *s = &v->scores.v[component];
	const struct joint_score *j =
		s->joint ? &v->joints.v[s->joint - 1] : NULL;
	bool is_left = false;

	s->weight_alone = 0;
	for (size_t i = 0; j && i < j->components.n; i++)
		is_left = is_left ||
			  v->scores.v[j->components.v[i]].weight_alone;
	if (!is_left)
		v->scores.v[j ? j->score.component : component].weight = 0;
}

static void fill_view(const struct waiving *w, struct view *view)
{
	struct verdict *v = &view->verdict;

	*v = (struct verdict){.ladders = w->verdict->ladders,
			      .accepted = &view->accepted};
	for (size_t i = 0; i < view->waivers.n; i++)
		if (w->fits.v[view->waivers.v[i]].organisation != SIZE_MAX)
			accept(view, &w->fits.v[view->waivers.v[i]]);
	standing_all(w->scan->facts, w->policy, v);
	score_components(w->scan, w->policy, v);
	for (size_t i = 0; i < view->waivers.n; i++) {
		const struct fit *fit = &w->fits.v[view->waivers.v[i]];

		for (size_t k = 0; fit->organisation == SIZE_MAX &&
				   k < fit->components.n; k++)
			take_weight(v, fit->components.v[k]);
	}
	rollup_verdict(w->scan, w->policy, v);
}

static bool is_same_set(const struct view *a, const struct view *b)
{
	for (size_t i = 0; i < a->waivers.n && a->waivers.n == b->waivers.n;
	     i++)
		if (a->waivers.v[i] != b->waivers.v[i])
			return false;
	return a->waivers.n == b->waivers.n;
}

/* The view of a set of waivers, made when it is not there; takes the set. */
static struct view *view_of(struct waiving *w, const struct view *set)
{
	struct view *view;

	for (size_t i = 0; i < w->views.n; i++)
		if (is_same_set(w->views.v[i], set)) {
			free(set->waivers.v);
			return w->views.v[i];
		}
	view = mem_new(1, sizeof *view);
	*view = *set;
	vec_push(&w->views, view);
	fill_view(w, view);
	return view;
}

static enum rule_state judge_again(struct waiving *w, const struct view *set,
				   const struct policy_rule *rule)
{
	struct view *view = view_of(w, set);
	struct rule_input in = {.scan = w->scan, .policy = w->policy,
				.rule = rule, .verdict = &view->verdict};
	struct finding f;

	rules_judge(&in, &view->verdict.arena, &f);
	vec_release(&f.components);
	vec_release(&f.organisations);
	return f.state;
}

static void waive(struct waiving *w, const struct policy_rule *rule,
		  struct finding *f)
{
	struct view set = {0};
	enum rule_state state = RULE_NOT_APPLICABLE;

	select_fits(w, rule->id, &set);
	if (!set.waivers.n ||
	    !verdict_is_worse(f->state, RULE_MET)) {
		vec_release(&set.waivers);
		return;
	}
	for (size_t i = 0; i < set.waivers.n; i++)
		vec_push(&f->waivers, w->fits.v[set.waivers.v[i]].waiver);
	if (is_whole(w, &set))
		vec_release(&set.waivers);
	else
		state = judge_again(w, &set, rule);
	if (!verdict_is_worse(f->state, state))
		return;
	f->waived_state = state;
	f->gate = rules_counts_as(rule, state);
	if (verdict_is_worse(f->counts_as, f->gate))
		f->aside = ASIDE_WAIVED;
}

static void release(struct waiving *w)
{
	for (size_t i = 0; i < w->fits.n; i++)
		vec_release(&w->fits.v[i].components);
	for (size_t i = 0; i < w->views.n; i++) {
		vec_release(&w->views.v[i]->waivers);
		vec_release(&w->views.v[i]->accepted.list);
		verdict_release(&w->views.v[i]->verdict);
		free(w->views.v[i]);
	}
	vec_release(&w->fits);
	vec_release(&w->views);
}

/* A waiver is used when what it names is there, and so is its rule. */
static void mark_used(const struct waiving *w)
{
	for (size_t i = 0; i < w->fits.n; i++) {
		struct waiver *x = &w->waivers->list.v[w->fits.v[i].waiver];

		for (size_t k = 0; k < w->policy->rules.n; k++)
			if (w->fits.v[i].is_possible &&
			    (!x->rule.n ||
			     str_eq(x->rule, w->policy->rules.v[k].id)))
				x->is_used = true;
	}
}

void waive_findings(const struct scan *s, const struct policy *p,
		    struct waivers *w, struct verdict *v)
{
	struct waiving waiving = {.scan = s, .policy = p, .waivers = w,
				  .verdict = v};

	find_fits(&waiving);
	mark_used(&waiving);
	for (size_t i = 0; i < p->rules.n; i++)
		waive(&waiving, &p->rules.v[i], &v->findings.v[i]);
	release(&waiving);
}

void waive_report_unused(const struct waivers *w, struct diags *ds)
{
	for (size_t i = 0; i < w->list.n; i++) {
		const struct waiver *x = &w->list.v[i];

		if (x->state == WAIVER_HOLDS && !x->is_used)
			diag_add(ds, RW1605,
				 diag_at_column(x->file, x->line, x->column),
				 "it fits nothing in this run: take it out, "
				 "or check what it names");
	}
}
