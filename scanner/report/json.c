/*
 * The report as JSON: ranwhence.report/1, documented in
 * docs/report.schema.json and ranwhence-report(5).  Everything the other
 * reporters say is in it.
 */
#include "base/date.h"
#include "base/json_out.h"
#include "base/mem.h"
#include "model/removal.h"
#include "report/files.h"
#include "report/json_parts.h"
#include "report/json_records.h"
#include "report/report.h"

static void kindex(struct json_out *j, const char *key, size_t i)
{
	json_out_key(j, key);
	if (i == SIZE_MAX)
		json_out_null(j);
	else
		json_out_i64(j, (int64_t)i);
}

static void write_stack(const struct stack_info *s, struct json_out *j)
{
	json_out_key(j, "stack");
	if (!s->file.n) {
		json_out_null(j);
		return;
	}
	json_out_object(j);
	json_out_kstr(j, "name", s->name);
	json_out_kstr_or_null(j, "supplier", s->supplier);
	json_out_kstr_or_null(j, "date", s->date);
	json_out_kstr_or_null(j, "perimeter", s->perimeter);
	json_out_kstr_or_null(j, "user_class", s->user_class);
	json_out_kstr(j, "file", s->file);
	json_out_object_end(j);
}

static void write_targets(const struct scan *s, struct json_out *j)
{
	static const char *const kinds[] = {"repository", "folder", "sbom",
					    "stack", "purl"};

	json_out_key(j, "targets");
	json_out_array(j);
	for (size_t i = 0; i < s->targets.n; i++) {
		const struct target *t = &s->targets.v[i];

		json_out_object(j);
		json_out_kstr(j, "kind", str_c(kinds[t->kind]));
		json_out_kstr(j, "name", t->name);
		json_out_kstr_or_null(j, "format", t->format);
		kindex(j, "component", t->root);
		json_out_ki64(j, "files_seen", (int64_t)t->files_seen);
		json_out_ki64(j, "files_read", (int64_t)t->files_read);
		json_out_ki64(j, "files_failed", (int64_t)t->files_failed);
		json_out_object_end(j);
	}
	json_out_array_end(j);
}

static void write_units(const char *key, enum axis a, uint64_t units,
			struct json_out *j)
{
	json_out_ki64(j, key, (int64_t)verdict_shown(a, units));
}

/* Are commits shared by several persons among them? */
static bool is_shared(enum axis a, uint64_t units)
{
	return a == AXIS_COMMITS &&
	       verdict_shown(a, units) * DIGEST_CREDITS != units;
}

/* The counts of commits as they are, where they are not whole. */
static void write_credits(enum axis a, const struct tally *t,
			  struct json_out *j)
{
	if (!is_shared(a, t->concern) && !is_shared(a, t->other) &&
	    !is_shared(a, t->unknown) && !is_shared(a, t->on_b) &&
	    !is_shared(a, t->concern_on_b))
		return;
	json_out_key(j, "credits");
	json_out_object(j);
	json_out_ki64(j, "concern", (int64_t)t->concern);
	json_out_ki64(j, "other", (int64_t)t->other);
	json_out_ki64(j, "unknown", (int64_t)t->unknown);
	json_out_ki64(j, "unknown_other_on_b", (int64_t)t->on_b);
	json_out_ki64(j, "unknown_concern_on_b", (int64_t)t->concern_on_b);
	json_out_object_end(j);
}

static void write_tally(enum axis a, const struct tally *t,
			struct json_out *j)
{
	json_out_object(j);
	write_units("concern", a, t->concern, j);
	write_units("other", a, t->other, j);
	write_units("unknown", a, t->unknown, j);
	json_out_ki64(j, "excluded", (int64_t)t->excluded);
	write_units("unknown_other_on_b", a, t->on_b, j);
	write_units("unknown_concern_on_b", a, t->concern_on_b, j);
	write_credits(a, t, j);
	json_out_ki64(j, "low_bp", t->low_bp);
	json_out_ki64(j, "high_bp", t->high_bp);
	json_out_object_end(j);
}

/* An axis that was not observed is null: its interval is 0 to 100 %. */
static void write_axes(const struct component_score *c, struct json_out *j)
{
	static const char *const names[] = {"all", "last_24_months",
					    "last_12_months"};

	json_out_key(j, "axes");
	json_out_object(j);
	for (size_t a = 0; a < AXIS_COUNT; a++) {
		json_out_key(j, verdict_axis_name((enum axis)a));
		if (!c->axes[a].is_observed) {
			json_out_null(j);
			continue;
		}
		json_out_object(j);
		for (size_t w = 0; w < WINDOW_COUNT; w++) {
			if (!c->windows[w][a].is_observed)
				continue;
			json_out_key(j, names[w]);
			write_tally((enum axis)a, &c->windows[w][a], j);
		}
		json_out_object_end(j);
	}
	json_out_object_end(j);
}

static const char *class_name(enum host_class c)
{
	switch (c) {
	case HOST_UNKNOWN: return "unknown";
	case HOST_ORGANISATION: return "organisation";
	case HOST_NEUTRAL: return "neutral";
	}
	return "unknown";
}

static void write_contributions(const struct component_score *c,
				const struct facts *f, struct json_out *j)
{
	json_out_key(j, "contributions");
	json_out_array(j);
	for (size_t i = 0; i < c->by.n; i++) {
		const struct contribution *b = &c->by.v[i];
		const char letter = facts_confidence_letter(b->confidence);

		json_out_object(j);
		json_out_kstr_or_null(j, "organisation",
				      b->organisation == SIZE_MAX ? STR("")
				      : f->organisations.v[b->organisation].id);
		json_out_kstr_or_null(j, "host", b->host);
		json_out_kstr(j, "class", str_c(class_name(b->class)));
		json_out_kstr(j, "standing",
			      str_c(verdict_standing_name(b->standing)));
		json_out_kstr(j, "standing_on_b",
			      str_c(verdict_standing_name(b->on_b)));
		json_out_kstr_or_null(j, "confidence",
				      str_n(&letter, !!b->confidence));
		json_out_key(j, "units");
		json_out_object(j);
		for (size_t a = 0; a < AXIS_COUNT; a++)
			if (b->units[a])
				write_units(verdict_axis_name((enum axis)a),
					    (enum axis)a, b->units[a], j);
		json_out_object_end(j);
		if (is_shared(AXIS_COMMITS, b->units[AXIS_COMMITS]))
			json_out_ki64(j, "credits",
				      (int64_t)b->units[AXIS_COMMITS]);
		json_out_object_end(j);
	}
	json_out_array_end(j);
}

static void kcount(struct json_out *j, const char *key, uint64_t n)
{
	json_out_ki64_or_null(j, key, n ? (int64_t)n : -1);
}

static void write_spread(const struct spread *s, struct json_out *j)
{
	json_out_object(j);
	json_out_ki64(j, "known", (int64_t)s->known);
	json_out_kbool(j, "all_known", s->is_all_known);
	kcount(j, "elephant_low", s->elephant_low);
	kcount(j, "elephant_high", s->elephant_high);
	json_out_ki64(j, "hhi_low_bp", s->hhi_low_bp);
	json_out_ki64(j, "hhi_high_bp", s->hhi_high_bp);
	json_out_object_end(j);
}

/* Over how many organisations the axes are spread, where there is any unit,
 * and how many are known in each window of the commits. */
static void write_spreads(const struct component_score *c, struct json_out *j)
{
	json_out_key(j, "organisations");
	json_out_array(j);
	for (size_t w = 0; w < WINDOW_COUNT; w++)
		json_out_i64(j, (int64_t)c->organisations[w]);
	json_out_array_end(j);
	json_out_key(j, "spread");
	json_out_object(j);
	for (size_t a = 0; a < AXIS_COUNT; a++) {
		if (!c->axes[a].is_observed)
			continue;
		json_out_key(j, verdict_axis_name((enum axis)a));
		write_spread(&c->spread[a], j);
	}
	json_out_object_end(j);
}

static void write_score_members(const struct component_score *c,
				const struct facts *f, struct json_out *j)
{
	json_out_ki64(j, "component", (int64_t)c->component);
	json_out_kstr_or_null(j, "function",
			      str_c(component_function_name(c->function)));
	json_out_ki64(j, "weight", c->weight);
	json_out_ki64(j, "weight_alone", c->weight_alone);
	json_out_kbool(j, "has_data", c->has_data);
	json_out_kbool(j, "incomplete", c->is_incomplete);
	json_out_kstr_or_null(j, "why", c->why);
	json_parts_kinterval(j, "influence", c->low_bp, c->high_bp);
	json_parts_kinterval(j, "influence_on_b", c->on_b_low_bp,
			     c->on_b_high_bp);
	json_out_ki64(j, "coverage_bp", c->coverage_bp);
	write_spreads(c, j);
	files_json(&c->owned, j);
	kindex(j, "parent", c->parent);
	write_axes(c, j);
	write_contributions(c, f, j);
}

static void write_indices(const char *key, const size_t *v, size_t n,
			  struct json_out *j)
{
	json_out_key(j, key);
	json_out_array(j);
	for (size_t i = 0; i < n; i++)
		json_out_i64(j, (int64_t)v[i]);
	json_out_array_end(j);
}

static void write_scores(const struct verdict *v, const struct facts *f,
			 struct json_out *j)
{
	json_out_key(j, "scores");
	json_out_array(j);
	for (size_t i = 0; i < v->scores.n; i++) {
		json_out_object(j);
		write_score_members(&v->scores.v[i], f, j);
		json_out_object_end(j);
	}
	json_out_array_end(j);
	json_out_key(j, "joint_scores");
	json_out_array(j);
	for (size_t i = 0; i < v->joints.n; i++) {
		const struct joint_score *s = &v->joints.v[i];

		json_out_object(j);
		write_indices("components", s->components.v, s->components.n,
			      j);
		write_score_members(&s->score, f, j);
		json_out_object_end(j);
	}
	json_out_array_end(j);
}

static void write_rollup(const struct rollup *r, const char *name,
			 struct json_out *j)
{
	json_out_key(j, name);
	json_out_object(j);
	json_parts_kinterval(j, "exposure", r->exposure_low_bp,
			     r->exposure_high_bp);
	json_parts_kinterval(j, "exposure_on_b", r->exposure_on_b_low_bp,
			     r->exposure_on_b_high_bp);
	json_parts_kinterval(j, "peak", r->peak_low_bp, r->peak_high_bp);
	json_parts_kinterval(j, "breadth", r->breadth_low_bp,
			     r->breadth_high_bp);
	kindex(j, "peak_component", r->peak_component);
	json_out_object_end(j);
}

static void write_functions(const struct verdict *v, struct json_out *j)
{
	json_out_key(j, "functions");
	json_out_array(j);
	for (size_t i = 0; i < v->functions.n; i++) {
		const struct function_rollup *f = &v->functions.v[i];

		json_out_object(j);
		json_out_kstr_or_null(
			j, "function",
			str_c(component_function_name(f->function)));
		json_out_ki64(j, "components", (int64_t)f->components);
		write_rollup(&f->all, "all", j);
		json_out_object_end(j);
	}
	json_out_array_end(j);
}

/* An axis without a unit in that year is left out. */
static void write_years(const struct verdict *v, struct json_out *j)
{
	json_out_key(j, "years");
	json_out_array(j);
	for (size_t i = 0; i < v->years.n; i++) {
		const struct year_tally *y = &v->years.v[i];

		json_out_object(j);
		json_out_ki64(j, "year", y->year);
		json_out_key(j, "axes");
		json_out_object(j);
		for (size_t a = 0; a < AXIS_COUNT; a++) {
			if (!y->axes[a].is_observed)
				continue;
			json_out_key(j, verdict_axis_name((enum axis)a));
			write_tally((enum axis)a, &y->axes[a], j);
		}
		json_out_object_end(j);
		json_out_object_end(j);
	}
	json_out_array_end(j);
}

static void write_finding(const struct finding *g, const struct facts *f,
			  struct json_out *j)
{
	json_out_object(j);
	json_out_kstr(j, "rule", g->rule);
	json_out_kstr(j, "title", g->title);
	json_out_kstr_or_null(j, "clause", g->clause);
	json_out_kbool(j, "clause_confirmed", g->is_confirmed);
	json_out_kstr(j, "severity", g->severity);
	json_out_kstr(j, "kind", g->kind);
	json_out_kstr_or_null(j, "axis", g->axis);
	json_out_kstr(j, "state", str_c(verdict_state_name(g->state)));
	json_out_kstr(j, "counts_as",
		      str_c(verdict_state_name(g->counts_as)));
	json_out_kstr(j, "waived_state",
		      str_c(verdict_state_name(g->waived_state)));
	json_out_key(j, "waivers");
	json_out_array(j);
	for (size_t i = 0; i < g->waivers.n; i++)
		json_out_i64(j, (int64_t)g->waivers.v[i]);
	json_out_array_end(j);
	json_out_kstr_or_null(j, "set_aside",
			      str_c(verdict_aside_name(g->aside)));
	json_out_kstr(j, "gate", str_c(verdict_state_name(g->gate)));
	json_parts_kinterval(j, "measured", g->low_bp, g->high_bp);
	json_out_ki64_or_null(j, "limit_bp", g->limit_bp);
	json_out_kstr(j, "reason", g->reason);
	json_out_key(j, "components");
	json_out_array(j);
	for (size_t i = 0; i < g->components.n; i++)
		json_out_i64(j, (int64_t)g->components.v[i]);
	json_out_array_end(j);
	json_out_key(j, "organisations");
	json_out_array(j);
	for (size_t i = 0; i < g->organisations.n; i++)
		json_out_str(j, f->organisations.v[g->organisations.v[i]].id);
	json_out_array_end(j);
	json_out_object_end(j);
}

/* Marks every organisation that the scores or rules name. */
static void mark(const struct verdict *v, bool *named)
{
	for (size_t i = 0; i < v->scores.n; i++)
		for (size_t k = 0; k < v->scores.v[i].by.n; k++) {
			size_t o = v->scores.v[i].by.v[k].organisation;

			if (o != SIZE_MAX)
				named[o] = true;
		}
	for (size_t i = 0; i < v->findings.n; i++)
		for (size_t k = 0; k < v->findings.v[i].organisations.n; k++)
			named[v->findings.v[i].organisations.v[k]] = true;
}

static void write_organisations(const struct verdict *v,
				const struct facts *f, struct json_out *j)
{
	bool *named = mem_new(f->organisations.n, sizeof *named);

	mark(v, named);
	json_out_key(j, "organisations");
	json_out_array(j);
	for (size_t i = 0; i < f->organisations.n; i++) {
		const struct org_standing *o = &v->standings.v[i];
		const char letter = facts_confidence_letter(o->confidence);

		if (!named[i])
			continue;
		json_out_object(j);
		json_out_kstr(j, "id", f->organisations.v[i].id);
		json_out_kstr(j, "name", f->organisations.v[i].name);
		json_out_kstr(j, "standing",
			      str_c(verdict_standing_name(o->standing)));
		json_out_kstr(j, "standing_on_b",
			      str_c(verdict_standing_name(o->on_b)));
		json_out_kstr_or_null(j, "confidence",
				      str_n(&letter, !!o->confidence));
		json_out_kstr(j, "rung", str_c(ladder_rung_name(o->rung)));
		json_parts_ladder(f, v->ladders->v[i], j);
		json_out_object_end(j);
	}
	json_out_array_end(j);
	free(named);
}

static void write_removal(const struct removal *r, struct json_out *j)
{
	json_out_object(j);
	json_out_ki64(j, "component", (int64_t)r->component);
	json_out_kstr(j, "relation", str_c(removal_relation_name(
		r->relation)));
	write_indices("path", r->path, r->path_n, j);
	write_indices("dependents", r->dependents, r->dependents_n, j);
	write_indices("dropped_by", r->dropped_by, r->dropped_by_n, j);
	json_out_object_end(j);
}

/* Of all components in which something is proven. */
static void write_removals(const struct scan *s, const struct verdict *v,
			   struct json_out *j)
{
	struct arena a = {0};
	size_t *concern = arena_alloc(&a, v->scores.n * sizeof *concern);
	const struct removal *all;
	size_t n = 0;

	for (size_t i = 0; i < v->scores.n; i++)
		if (v->scores.v[i].weight_alone && v->scores.v[i].low_bp)
			concern[n++] = i;
	all = removal_find(s, v, concern, n, &a);
	json_out_key(j, "removal");
	json_out_array(j);
	for (size_t i = 0; i < n; i++)
		write_removal(&all[i], j);
	json_out_array_end(j);
	arena_release(&a);
}

static void write_questions(const struct verdict *v, const struct facts *f,
			    struct json_out *j)
{
	json_out_key(j, "questions");
	json_out_array(j);
	for (size_t i = 0; i < v->questions.n; i++) {
		const struct question *q = &v->questions.v[i];

		json_out_object(j);
		json_out_kstr(j, "kind",
			      str_c(verdict_question_name(q->kind)));
		kindex(j, "component", q->component);
		json_out_ki64(j, "components", (int64_t)q->components);
		json_out_kstr_or_null(j, "host", q->host);
		json_out_kstr_or_null(j, "organisation",
				      q->organisation == SIZE_MAX ? STR("")
				      : f->organisations.v[q->organisation].id);
		json_out_ki64(j, "gain_bp", q->gain_bp);
		json_out_kstr(j, "text", q->text);
		json_out_kstr(j, "settled_by", q->settled_by);
		json_out_object_end(j);
	}
	json_out_array_end(j);
}

/* Of an extract absence proves nothing; a whole list is so as of an edition. */
static void write_held(const struct verdict *v, struct json_out *j)
{
	json_out_key(j, "held");
	json_out_array(j);
	for (size_t i = 0; i < v->held.n; i++) {
		const struct held *h = &v->held.v[i];

		json_out_object(j);
		json_out_kstr(j, "list", h->list);
		json_out_kbool(j, "whole", h->is_whole);
		json_out_ki64(j, "entries", (int64_t)h->entries);
		json_out_kstr_or_null(j, "edition", h->edition);
		json_out_object_end(j);
	}
	json_out_array_end(j);
}

/* What weighs how much. */
static void write_weights(const struct verdict *v, struct json_out *j)
{
	json_out_key(j, "weights");
	json_out_object(j);
	json_out_key(j, "axes");
	json_out_object(j);
	for (size_t a = 0; a < AXIS_COUNT; a++)
		json_out_ki64(j, verdict_axis_name((enum axis)a),
			      v->axis_weights[a]);
	json_out_object_end(j);
	json_out_ki64(j, "dependencies_percent", v->dependency_percent);
	json_out_ki64(j, "component_limit_bp", v->component_limit_bp);
	json_out_object_end(j);
}

static void write_head(const struct verdict *v, struct json_out *j)
{
	const struct concern *c = &v->concern;

	json_out_kstr(j, "policy", v->policy);
	json_out_kstr(j, "title", v->title);
	json_out_kstr_or_null(j, "text", v->text_version);
	json_out_kstr(j, "policy_sha256", v->policy_sha256);
	json_out_key(j, "concern");
	json_out_object(j);
	json_parts_kdate(j, "as_of", c->as_of);
	json_out_kstrs(j, "jurisdictions", c->jurisdictions,
		       c->jurisdictions_n);
	json_out_kstrs(j, "lists", c->lists, c->lists_n);
	json_out_kstrs(j, "missing_lists", v->missing_lists.v,
		   v->missing_lists.n);
	write_held(v, j);
	json_out_object_end(j);
	write_weights(v, j);
	json_out_kstr(j, "state", str_c(verdict_state_name(v->state)));
	json_out_kstr(j, "gate", str_c(verdict_state_name(v->gate)));
	json_out_kstr_or_null(j, "decided_by",
			      v->decided_by == SIZE_MAX ? STR("")
			      : v->findings.v[v->decided_by].rule);
	json_out_kbool(j, "incomplete", v->is_incomplete);
	json_parts_kinterval(j, "headline", v->headline_low_bp,
			     v->headline_high_bp);
	json_parts_kinterval(j, "range", v->range_low_bp, v->range_high_bp);
	json_out_ki64(j, "coverage_bp", v->coverage_bp);
	json_out_ki64(j, "components_counted",
		      (int64_t)v->components_counted);
	json_out_ki64(j, "components_with_data",
		      (int64_t)v->components_with_data);
}

static void write_verdict(const struct scan *s, const struct verdict *v,
			  struct json_out *j)
{
	const struct facts *f = s->facts;

	json_out_object(j);
	write_head(v, j);
	json_out_key(j, "axes");
	json_out_object(j);
	for (size_t a = 0; a < AXIS_COUNT; a++)
		write_rollup(&v->axes[a], verdict_axis_name((enum axis)a), j);
	write_rollup(&v->axes[AXIS_COUNT], "all", j);
	json_out_object_end(j);
	write_functions(v, j);
	write_years(v, j);
	json_out_key(j, "rules");
	json_out_array(j);
	for (size_t i = 0; i < v->findings.n; i++)
		write_finding(&v->findings.v[i], f, j);
	json_out_array_end(j);
	write_scores(v, f, j);
	write_organisations(v, f, j);
	write_removals(s, v, j);
	write_questions(v, f, j);
	json_out_object_end(j);
}

static void write_waiver(const struct waiver *w, struct json_out *j)
{
	static const char *const states[] = {
		[WAIVER_HOLDS] = "holds", [WAIVER_EXPIRED] = "expired",
		[WAIVER_AHEAD] = "ahead"};

	json_out_object(j);
	json_out_kstr_or_null(j, "rule", w->rule);
	json_out_kstr_or_null(j, "purl", w->component.purl);
	json_out_kstr_or_null(j, "repository", w->component.repository);
	json_out_kstr_or_null(j, "path", w->component.path);
	json_out_kstr_or_null(j, "organisation", w->organisation);
	json_out_kstr(j, "reason", w->reason);
	json_out_kstr(j, "owner", w->owner);
	json_parts_kdate(j, "since", w->since);
	json_parts_kdate(j, "expires", w->expires);
	json_out_kstr(j, "state", str_c(states[w->state]));
	json_out_kbool(j, "used", w->is_used);
	json_out_kstr(j, "file", w->file);
	json_out_ki64(j, "line", w->line);
	json_out_object_end(j);
}

/* What the exit code depends on, beside the verdicts. */
static void write_gate(const struct report_input *in, struct json_out *j)
{
	json_out_key(j, "gate");
	json_out_object(j);
	json_out_kstr_or_null(j, "fail_on", in->fail_on);
	json_out_kstr_or_null(j, "baseline", in->baseline);
	json_out_kstr_or_null(j, "baseline_as_of", in->baseline_as_of);
	json_out_key(j, "waivers");
	json_out_array(j);
	for (size_t i = 0; in->waivers && i < in->waivers->list.n; i++)
		write_waiver(&in->waivers->list.v[i], j);
	json_out_array_end(j);
	json_out_object_end(j);
}

static void write(const struct report_input *in,
		  const struct report_style *style, struct strbuf *out)
{
	const struct scan *s = in->scan;
	struct json_out j;
	struct cited c;

	(void)style;
	cited_find(in, &c);
	json_out_init(&j, out, false);
	json_out_object(&j);
	json_out_kstr(&j, "schema", STR("ranwhence.report/1"));
	json_out_key(&j, "tool");
	json_out_object(&j);
	json_out_kstr(&j, "name", STR("ranwhence"));
	json_out_kstr(&j, "version", str_c(in->tool_version));
	json_out_kstr(&j, "sandbox", str_c(in->sandbox));
	json_out_object_end(&j);
	json_parts_kdate(&j, "as_of", s->as_of);
	write_stack(&s->stack, &j);
	write_targets(s, &j);
	json_out_kstrs(&j, "left_out", s->left_out.v, s->left_out.n);
	write_gate(in, &j);
	json_out_key(&j, "verdicts");
	json_out_array(&j);
	for (size_t i = 0; i < in->verdicts_n; i++)
		write_verdict(s, &in->verdicts[i], &j);
	json_out_array_end(&j);
	json_parts_inventory(s, &j);
	json_records_supply(s, &c, &j);
	json_records_digests(s, &c, &j);
	json_records_inquiries(s, &j);
	json_records_facts(s->facts, &c, in->facts_key, &j);
	json_records_diagnostics(&s->diags, &j);
	json_out_object_end(&j);
	json_out_end(&j);
	cited_release(&c);
}

const struct reporter report_json = {
	.name = "json", .summary = "everything, as ranwhence.report/1",
	.write = write,
};
