/* Reports side by side as ranwhence.comparison/1: all rows, all reports. */
#include "report/compare.h"
#include "report/json_parts.h"

static void kinterval(struct json_out *j, const char *key,
		      struct report_interval i)
{
	json_parts_kinterval(j, key, i.low_bp, i.high_bp);
}

static void write_reports(const struct compare *c, struct json_out *j)
{
	json_out_key(j, "reports");
	json_out_array(j);
	for (size_t r = 0; r < c->n; r++) {
		const struct report_file *f = &c->reports[r];

		json_out_object(j);
		json_out_kstr(j, "file", f->path);
		json_out_kstr_or_null(j, "stack", f->stack);
		json_out_kstr_or_null(j, "supplier", f->supplier);
		json_out_kstr(j, "as_of", f->as_of);
		json_out_kstr(j, "tool_version", f->version);
		json_out_ki64(j, "components", (int64_t)f->components.n);
		json_out_object_end(j);
	}
	json_out_array_end(j);
}

static void write_axes(const struct report_verdict *v, struct json_out *j)
{
	json_out_key(j, "axes");
	json_out_object(j);
	for (size_t a = 0; a <= AXIS_COUNT; a++) {
		json_out_key(j, a == AXIS_COUNT ? "all"
				: verdict_axis_name((enum axis)a));
		json_out_object(j);
		kinterval(j, "exposure", v->axes[a]);
		kinterval(j, "peak", v->peaks[a]);
		json_out_object_end(j);
	}
	json_out_object_end(j);
}

static void write_verdicts(const struct compare *c,
			   const struct compare_policy *p, struct json_out *j)
{
	json_out_key(j, "verdicts");
	json_out_array(j);
	for (size_t r = 0; r < c->n; r++) {
		const struct report_verdict *v = p->at[r];

		json_out_object(j);
		json_out_kstr(j, "state", v->state);
		json_out_kstr(j, "gate", v->gate);
		json_out_kstr_or_null(j, "decided_by", v->decided_by);
		json_out_kbool(j, "incomplete", v->is_incomplete);
		kinterval(j, "headline", v->headline);
		kinterval(j, "headline_on_b", v->headline_on_b);
		kinterval(j, "range", v->range);
		json_out_ki64(j, "coverage_bp", v->coverage_bp);
		write_axes(v, j);
		json_out_object_end(j);
	}
	json_out_array_end(j);
}

static void write_rules(const struct compare *c,
			const struct compare_policy *p, struct json_out *j)
{
	json_out_key(j, "rules");
	json_out_array(j);
	for (size_t i = 0; i < p->rules.n; i++) {
		const struct compare_rule *rule = &p->rules.v[i];

		json_out_object(j);
		json_out_kstr(j, "rule", rule->rule);
		json_out_kstr(j, "title", rule->title);
		json_out_kstr(j, "severity", rule->severity);
		json_out_kbool(j, "differs", rule->is_different);
		json_out_key(j, "at");
		json_out_array(j);
		for (size_t r = 0; r < c->n; r++) {
			if (!rule->at[r]) {
				json_out_null(j);
				continue;
			}
			json_out_object(j);
			json_out_kstr(j, "state", rule->at[r]->state);
			kinterval(j, "measured", rule->at[r]->measured);
			json_out_object_end(j);
		}
		json_out_array_end(j);
		json_out_object_end(j);
	}
	json_out_array_end(j);
}

static void write_functions(const struct compare *c,
			    const struct compare_policy *p,
			    struct json_out *j)
{
	json_out_key(j, "functions");
	json_out_array(j);
	for (size_t i = 0; i < p->functions.n; i++) {
		const struct compare_function *f = &p->functions.v[i];

		json_out_object(j);
		json_out_kstr_or_null(j, "function", f->function);
		json_out_key(j, "at");
		json_out_array(j);
		for (size_t r = 0; r < c->n; r++) {
			if (!f->at[r]) {
				json_out_null(j);
				continue;
			}
			json_out_object(j);
			json_out_ki64(j, "components", f->at[r]->components);
			kinterval(j, "exposure", f->at[r]->exposure);
			json_out_object_end(j);
		}
		json_out_array_end(j);
		json_out_object_end(j);
	}
	json_out_array_end(j);
}

static void write_organisation(const struct compare *c,
			       const struct compare_organisation *o,
			       struct json_out *j)
{
	json_out_object(j);
	json_out_kstr(j, "id", o->id);
	json_out_kstr(j, "name", o->name);
	json_out_key(j, "at");
	json_out_array(j);
	for (size_t r = 0; r < c->n; r++) {
		if (!o->at[r]) {
			json_out_null(j);
			continue;
		}
		json_out_object(j);
		json_out_kstr(j, "standing", o->at[r]->standing);
		json_out_kstr(j, "rung", o->at[r]->rung);
		json_out_ki64(j, "share_bp", o->share_bp[r]);
		json_out_key(j, "units");
		json_out_object(j);
		for (size_t a = 0; a < AXIS_COUNT; a++)
			if (o->at[r]->units[a])
				json_out_ki64(j, verdict_axis_name(
						      (enum axis)a),
					      (int64_t)o->at[r]->units[a]);
		json_out_object_end(j);
		json_out_object_end(j);
	}
	json_out_array_end(j);
	json_out_object_end(j);
}

static void write_scores(const struct compare *c,
			 const struct compare_policy *p, struct json_out *j)
{
	json_out_key(j, "scores");
	json_out_array(j);
	for (size_t i = 0; i < c->components.n; i++) {
		json_out_array(j);
		for (size_t r = 0; r < c->n; r++) {
			const struct report_score *s =
				compare_score(c, p, i, r);

			if (!s) {
				json_out_null(j);
				continue;
			}
			json_out_object(j);
			json_out_kstr_or_null(j, "function", s->function);
			json_out_kbool(j, "has_data", s->has_data);
			kinterval(j, "influence", s->influence);
			kinterval(j, "commits", s->commits);
			json_out_object_end(j);
		}
		json_out_array_end(j);
	}
	json_out_array_end(j);
}

static void write_policy(const struct compare *c,
			 const struct compare_policy *p, struct json_out *j)
{
	json_out_object(j);
	json_out_kstr(j, "policy", p->policy);
	json_out_kstr(j, "title", p->title);
	json_out_kstr(j, "policy_sha256", p->at[0]->sha256);
	json_out_key(j, "lowest");
	if (p->lowest == SIZE_MAX)
		json_out_null(j);
	else
		json_out_i64(j, (int64_t)p->lowest);
	write_verdicts(c, p, j);
	write_rules(c, p, j);
	write_functions(c, p, j);
	json_out_key(j, "organisations");
	json_out_array(j);
	for (size_t i = 0; i < p->organisations.n; i++)
		write_organisation(c, &p->organisations.v[i], j);
	json_out_array_end(j);
	write_scores(c, p, j);
	json_out_object_end(j);
}

static void write_components(const struct compare *c, struct json_out *j)
{
	json_out_key(j, "components");
	json_out_array(j);
	for (size_t i = 0; i < c->components.n; i++) {
		const struct compare_component *k = &c->components.v[i];

		json_out_object(j);
		json_out_kstr(j, "identity", k->identity);
		json_out_kstr(j, "name", k->name);
		json_out_key(j, "at");
		json_out_array(j);
		for (size_t r = 0; r < c->n; r++) {
			if (!k->at[r]) {
				json_out_null(j);
				continue;
			}
			json_out_object(j);
			json_out_ki64(j, "component", (int64_t)k->index[r]);
			json_out_kstr_or_null(j, "version",
					      k->at[r]->version);
			json_out_kbool(j, "root", k->at[r]->is_root);
			json_out_object_end(j);
		}
		json_out_array_end(j);
		json_out_object_end(j);
	}
	json_out_array_end(j);
}

void compare_json(const struct compare *c, const char *tool_version,
		  struct strbuf *out)
{
	struct json_out j;

	json_out_init(&j, out, false);
	json_out_object(&j);
	json_out_kstr(&j, "schema", STR("ranwhence.comparison/1"));
	json_out_kstr(&j, "tool_version", str_c(tool_version));
	write_reports(c, &j);
	json_out_key(&j, "policies");
	json_out_array(&j);
	for (size_t i = 0; i < c->policies.n; i++)
		write_policy(c, &c->policies.v[i], &j);
	json_out_array_end(&j);
	write_components(c, &j);
	json_out_object_end(&j);
	json_out_end(&j);
}
