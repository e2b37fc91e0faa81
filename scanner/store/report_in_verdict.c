/* The verdicts of a report that is read back. */
#include "base/date.h"
#include "base/limits.h"
#include "store/report_in_parts.h"

#define KEY REREAD_KEY

static const char *state_name(size_t i)
{
	return verdict_state_name((enum rule_state)i);
}

static const char *aside_name(size_t i)
{
	return verdict_aside_name((enum set_aside)i);
}

static const char *question_name(size_t i)
{
	return verdict_question_name((enum question_kind)i);
}

static const char *rung_name(size_t i)
{
	return ladder_rung_name((enum rung)i);
}

static const char *rung_state_name(size_t i)
{
	return ladder_state_name((enum rung_state)i);
}

static enum rule_state state_of(struct reread *r, struct json_raw v)
{
	return (enum rule_state)reread_word(r, v, 4, state_name);
}

/* An interval that a rule may lack. */
static void interval_to(struct reread *r, struct json_raw v,
			int32_t *ret_low, int32_t *ret_high)
{
	struct report_interval i = reread_interval(r, v);

	*ret_low = i.low_bp;
	*ret_high = i.high_bp;
}

/* --- roll-ups ------------------------------------------------------------- */

static struct rollup rollup_of(struct reread *r, struct json_raw v,
			       const struct report_in_filling *f)
{
	struct rollup to;
	REREAD_KEYS(r, v, KEY("exposure"), KEY("exposure_on_b"),
			 KEY("peak"), KEY("breadth"), KEY("peak_component"));

	report_in_score_bounds(r, m[0], &to.exposure_low_bp,
			       &to.exposure_high_bp);
	report_in_score_bounds(r, m[1], &to.exposure_on_b_low_bp,
			       &to.exposure_on_b_high_bp);
	report_in_score_bounds(r, m[2], &to.peak_low_bp, &to.peak_high_bp);
	report_in_score_bounds(r, m[3], &to.breadth_low_bp,
			       &to.breadth_high_bp);
	to.peak_component = reread_index(r, m[4],
					 report_in_score_components(f));
	return to;
}

static void read_function(struct reread *r, struct json_raw v, void *to)
{
	struct report_in_filling *f = to;
	REREAD_KEYS(r, v, KEY("function"), KEY("components"),
			 KEY("all"));

	vec_push(&f->verdict->functions, ((struct function_rollup){
		.function = report_in_score_function(r, m[0]),
		.components = reread_count(r, m[1]),
		.all = rollup_of(r, m[2], f)}));
}

static void read_year(struct reread *r, struct json_raw v, void *to)
{
	struct report_in_filling *f = to;
	struct year_tally *y = vec_add(&f->verdict->years);
	REREAD_KEYS(r, v, KEY("year"), KEY("axes"));

	*y = (struct year_tally){
		.year = (int32_t)(reread_count(r, m[0]) & INT16_MAX)};
	for (size_t a = 0; a < AXIS_COUNT; a++) {
		struct json_raw t = json_raw_get(
			m[1], verdict_axis_name((enum axis)a));

		y->axes[a] = t.type == JSON_ABSENT
			     ? report_in_score_unobserved[a]
			     : report_in_score_tally(r, (enum axis)a, t);
	}
}

static void read_axes(struct reread *r, struct json_raw v,
		      struct report_in_filling *f)
{
	for (size_t a = 0; a <= AXIS_COUNT; a++)
		f->verdict->axes[a] = rollup_of(r, json_raw_get(
			v, a == AXIS_COUNT ? "all"
			   : verdict_axis_name((enum axis)a)), f);
}

/* --- rules ---------------------------------------------------------------- */

static void read_index(struct reread *r, struct json_raw v, void *to)
{
	struct report_in_filling *f = to;
	size_t i = reread_index(r, v, report_in_score_components(f));

	if (i != SIZE_MAX)
		vec_push(&f->finding->components, i);
}

static void read_waiver(struct reread *r, struct json_raw v, void *to)
{
	struct report_in_filling *f = to;
	size_t i = reread_index(r, v, f->parts->to->waivers.list.n);

	if (i != SIZE_MAX)
		vec_push(&f->finding->waivers, i);
}

static void read_named(struct reread *r, struct json_raw v, void *to)
{
	struct report_in_filling *f = to;
	size_t o = report_in_facts_organisation(f->parts, v);

	if (o != SIZE_MAX && f->ladders[o])
		vec_push(&f->finding->organisations, o);
	else
		reread_bad(r, v.line, "an organisation of which the "
					   "verdict does not speak");
}

/* What waivers, the baseline and the user's wish make of it. */
static void read_gate(struct reread *r, struct json_raw v,
		      struct report_in_filling *f)
{
	struct finding *g = f->finding;
	REREAD_KEYS(r, v, KEY("waived_state"), KEY("waivers"),
			 KEY("set_aside"), KEY("gate"));

	g->waived_state = state_of(r, m[0]);
	g->aside = (enum set_aside)reread_word(r, m[2], 4, aside_name);
	g->gate = state_of(r, m[3]);
	reread_list(r, m[1], read_waiver, f);
}

static void read_finding(struct reread *r, struct json_raw v, void *to)
{
	struct report_in_filling *f = to;
	struct finding *g = vec_add(&f->verdict->findings);
	REREAD_KEYS(r, v, KEY("rule"), KEY("title"), KEY("clause"),
			 KEY("clause_confirmed"), KEY("severity"),
			 KEY("kind"), KEY("axis"), KEY("state"),
			 KEY("counts_as"), KEY("measured"), KEY("limit_bp"),
			 KEY("reason"), KEY("components"),
			 KEY("organisations"));

	*g = (struct finding){
		.rule = reread_text(r, m[0]),
		.title = reread_text(r, m[1]),
		.clause = reread_text(r, m[2]),
		.is_confirmed = reread_bool(r, m[3]),
		.severity = reread_text(r, m[4]),
		.kind = reread_text(r, m[5]),
		.axis = reread_text(r, m[6]),
		.state = state_of(r, m[7]), .counts_as = state_of(r, m[8]),
		.limit_bp = reread_share(r, m[10]),
		.reason = reread_text(r, m[11])};
	interval_to(r, m[9], &g->low_bp, &g->high_bp);
	f->finding = g;
	read_gate(r, v, f);
	reread_list(r, m[12], read_index, f);
	reread_list(r, m[13], read_named, f);
}

/* --- organisations -------------------------------------------------------- */

static void read_link(struct reread *r, struct json_raw v, void *to)
{
	struct report_in_filling *f = to;
	size_t row = report_in_facts_find(f->parts, v);

	if (f->rung->chain_n >= LIMIT_CHAIN)
		reread_bad(r, v.line, "a chain that is too long");
	else if (row != SIZE_MAX)
		f->chain[f->rung->chain_n++] = row;
}

/* The rungs stand in their order. */
static void read_rung(struct reread *r, struct json_raw v, void *to)
{
	struct report_in_filling *f = to;
	size_t i;
	REREAD_KEYS(r, v, KEY("rung"), KEY("state"), KEY("state_on_b"),
			 KEY("low_bp"), KEY("high_bp"), KEY("confidence"),
			 KEY("chain"));

	i = reread_word(r, m[0], RUNG_COUNT, rung_name);
	if (i != f->n++) {
		reread_bad(r, v.line, "the rungs are not in order");
		return;
	}
	f->chain = arena_alloc(&f->verdict->arena,
			       LIMIT_CHAIN * sizeof *f->chain);
	f->rung[i] = (struct rung_result){
		.state = (enum rung_state)reread_word(r, m[1], 3,
							   rung_state_name),
		.state_on_b = (enum rung_state)reread_word(
			r, m[2], 3, rung_state_name),
		.low_bp = report_in_score_bound(r, m[3]),
		.high_bp = report_in_score_bound(r, m[4]),
		.confidence = report_in_score_letter(r, m[5]),
		.chain = f->chain};
	f->rung += i;
	reread_list(r, m[6], read_link, f);
	f->rung -= i;
}

static void read_ladder(struct reread *r, struct json_raw v, size_t o,
			struct report_in_filling *f)
{
	struct ladder *l = arena_alloc(&f->verdict->arena, sizeof *l);
	REREAD_KEYS(r, v, KEY("economic"), KEY("economic_on_b"),
			 KEY("ladder"));

	report_in_score_bounds(r, m[0], &l->economic_low_bp,
			       &l->economic_high_bp);
	report_in_score_bounds(r, m[1], &l->economic_on_b_low_bp,
			       &l->economic_on_b_high_bp);
	f->rung = l->rungs;
	f->n = 0;
	reread_list(r, m[2], read_rung, f);
	if (f->n != RUNG_COUNT)
		reread_bad(r, v.line, "a ladder that is not whole");
	f->ladders[o] = l;
}

static void read_organisation(struct reread *r, struct json_raw v,
			      void *to)
{
	struct report_in_filling *f = to;
	size_t o;
	REREAD_KEYS(r, v, KEY("id"), KEY("name"), KEY("standing"),
			 KEY("standing_on_b"), KEY("confidence"),
			 KEY("rung"));

	o = report_in_facts_organisation(f->parts, m[0]);
	if (o == SIZE_MAX || f->ladders[o] ||
	    !str_eq(reread_text(r, m[1]),
		    f->parts->to->facts.organisations.v[o].name)) {
		reread_bad(r, v.line, "an organisation that the facts "
					   "know otherwise");
		return;
	}
	f->verdict->standings.v[o] = (struct org_standing){
		.standing = report_in_score_standing(r, m[2]),
		.on_b = report_in_score_standing(r, m[3]),
		.confidence = report_in_score_letter(r, m[4]),
		.rung = (enum rung)reread_word(r, m[5], RUNG_COUNT,
						    rung_name)};
	read_ladder(r, v, o, f);
}

static void read_question(struct reread *r, struct json_raw v, void *to)
{
	struct report_in_filling *f = to;
	struct question *q = vec_add(&f->verdict->questions);
	REREAD_KEYS(r, v, KEY("kind"), KEY("component"),
			 KEY("components"), KEY("host"), KEY("organisation"),
			 KEY("gain_bp"), KEY("text"), KEY("settled_by"));

	*q = (struct question){
		.kind = (enum question_kind)reread_word(
			r, m[0], QUESTION_KIND_COUNT, question_name),
		.component = reread_index(r, m[1],
					  report_in_score_components(f)),
		.components = (size_t)reread_count(r, m[2]),
		.host = reread_text(r, m[3]),
		.organisation = report_in_facts_organisation(f->parts, m[4]),
		.gain_bp = report_in_score_bound(r, m[5]),
		.text = reread_text(r, m[6]),
		.settled_by = reread_text(r, m[7])};
	if (q->component == SIZE_MAX && q->organisation == SIZE_MAX &&
	    !q->host.n && q->kind != QUESTION_AFFILIATION)
		reread_bad(r, v.line, "a question about nothing");
}

/* --- head ----------------------------------------------------------------- */

struct texts { VEC(struct str) list; };

static void read_text(struct reread *r, struct json_raw v, void *to)
{
	struct texts *t = to;

	vec_push(&t->list, reread_text(r, v));
}

/* A list of texts, in the verdict's memory. */
static const struct str *texts_of(struct reread *r, struct json_raw v,
				  struct arena *a, size_t *ret_n)
{
	struct texts t = {0};
	struct str *copy;

	reread_list(r, v, read_text, &t);
	copy = arena_alloc(a, t.list.n * sizeof *copy);
	for (size_t i = 0; i < t.list.n; i++)
		copy[i] = t.list.v[i];
	*ret_n = t.list.n;
	vec_release(&t.list);
	return copy;
}

static void read_missing(struct reread *r, struct json_raw v, void *to)
{
	struct verdict *verdict = to;

	vec_push(&verdict->missing_lists, reread_text(r, v));
}

static void read_held(struct reread *r, struct json_raw v, void *to)
{
	struct verdict *verdict = to;
	REREAD_KEYS(r, v, KEY("list"), KEY("whole"), KEY("entries"),
			 KEY("edition"));

	vec_push(&verdict->held, ((struct held){
		.list = reread_text(r, m[0]),
		.is_whole = reread_bool(r, m[1]),
		.entries = (size_t)reread_count(r, m[2]),
		.edition = reread_text(r, m[3])}));
}

static void read_concern(struct reread *r, struct json_raw v,
			 struct verdict *to)
{
	struct concern *c = &to->concern;
	REREAD_KEYS(r, v, KEY("as_of"), KEY("jurisdictions"),
			 KEY("lists"), KEY("missing_lists"), KEY("held"));

	c->as_of = reread_date(r, m[0], DATE_MIN);
	c->jurisdictions = texts_of(r, m[1], &to->arena, &c->jurisdictions_n);
	c->lists = texts_of(r, m[2], &to->arena, &c->lists_n);
	reread_list(r, m[3], read_missing, to);
	reread_list(r, m[4], read_held, to);
	if (to->held.n != c->lists_n)
		reread_bad(r, v.line, "lists of which it is not said how "
					   "they are held");
}

static void read_weights(struct reread *r, struct json_raw v,
			 struct verdict *to)
{
	REREAD_KEYS(r, v, KEY("axes"), KEY("dependencies_percent"),
			 KEY("component_limit_bp"));

	for (size_t a = 0; a < AXIS_COUNT; a++)
		to->axis_weights[a] = (int32_t)(reread_count(
			r, json_raw_get(m[0], verdict_axis_name((enum axis)a)))
			& INT16_MAX);
	to->dependency_percent = (int32_t)(reread_count(r, m[1]) &
					   INT16_MAX);
	to->component_limit_bp = report_in_score_bound(r, m[2]);
}

/* The first finding of the rule. */
static size_t find_rule(struct reread *r, struct json_raw v,
			const struct verdict *in)
{
	struct str rule = reread_text(r, v);

	for (size_t i = 0; rule.n && i < in->findings.n; i++)
		if (str_eq(in->findings.v[i].rule, rule))
			return i;
	if (rule.n)
		reread_bad(r, v.line, "a rule that is not there decides");
	return SIZE_MAX;
}

static void read_head(struct reread *r, struct json_raw v,
		      struct verdict *to)
{
	REREAD_KEYS(r, v, KEY("policy"), KEY("title"), KEY("text"),
			 KEY("policy_sha256"), KEY("state"), KEY("gate"),
			 KEY("incomplete"), KEY("headline"), KEY("range"),
			 KEY("coverage_bp"), KEY("components_counted"),
			 KEY("components_with_data"), KEY("concern"),
			 KEY("weights"));

	to->policy = reread_text(r, m[0]);
	to->title = reread_text(r, m[1]);
	to->text_version = reread_text(r, m[2]);
	to->policy_sha256 = reread_text(r, m[3]);
	to->state = state_of(r, m[4]);
	to->gate = state_of(r, m[5]);
	to->is_incomplete = reread_bool(r, m[6]);
	report_in_score_bounds(r, m[7], &to->headline_low_bp,
			       &to->headline_high_bp);
	report_in_score_bounds(r, m[8], &to->range_low_bp, &to->range_high_bp);
	to->coverage_bp = report_in_score_bound(r, m[9]);
	to->components_counted = reread_count(r, m[10]);
	to->components_with_data = reread_count(r, m[11]);
	read_concern(r, m[12], to);
	read_weights(r, m[13], to);
}

/* Nobody stands anywhere before it is read. */
static void begin(struct report_in_filling *f, struct verdict *v)
{
	size_t n = f->parts->to->facts.organisations.n;
	struct ladders *l;

	*v = (struct verdict){0};
	l = arena_alloc(&v->arena, sizeof *l);
	f->ladders = arena_alloc(&v->arena, (n + 1) * sizeof *f->ladders);
	*l = (struct ladders){f->ladders, n};
	v->ladders = l;
	for (size_t i = 0; i < n; i++)
		vec_push(&v->standings, ((struct org_standing){
			.standing = STANDING_OTHER, .on_b = STANDING_OTHER,
			.rung = RUNG_UNKNOWN}));
	f->verdict = v;
}

static void read_verdict(struct reread *r, struct json_raw v, void *to)
{
	struct report_in_filling f = {.parts = to};
	REREAD_KEYS(r, v, KEY("organisations"), KEY("axes"),
			 KEY("functions"), KEY("years"), KEY("rules"),
			 KEY("scores"), KEY("questions"), KEY("decided_by"),
			 KEY("joint_scores"));

	begin(&f, vec_add(&f.parts->to->verdicts));
	read_head(r, v, f.verdict);
	reread_list(r, m[0], read_organisation, &f);
	read_axes(r, m[1], &f);
	reread_list(r, m[2], read_function, &f);
	reread_list(r, m[3], read_year, &f);
	reread_list(r, m[4], read_finding, &f);
	reread_list(r, m[5], report_in_score_read, &f);
	if (m[8].type != JSON_ABSENT)
		reread_list(r, m[8], report_in_score_read_joint, &f);
	reread_list(r, m[6], read_question, &f);
	f.verdict->decided_by = find_rule(r, m[7], f.verdict);
}

void report_in_verdict_read(struct report_in_parts *p, struct json_raw v)
{
	reread_list(&p->read, v, read_verdict, p);
}
