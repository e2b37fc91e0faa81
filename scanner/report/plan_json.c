/* A plan of phase-out as JSON, ranwhence.plan/1 (docs/plan.schema.json). */
#include "base/diag_json.h"
#include "report/json_parts.h"
#include "report/plan.h"

static void kday(struct json_out *j, const char *key, int32_t day)
{
	json_parts_kdate(j, key, day ? day : DATE_MAX);
}

static void kdeadline(struct json_out *j, const char *key,
		      const struct plan_deadline *d)
{
	json_out_key(j, key);
	if (!d->rule.n) {
		json_out_null(j);
		return;
	}
	json_out_object(j);
	json_parts_kdate(j, "from", d->day);
	json_out_kstr(j, "rule", d->rule);
	json_out_object_end(j);
}

static void write_asset(const struct report_plans *in,
			const struct plan *p, const struct plan_asset *a,
			struct json_out *j)
{
	const struct component *k =
		&in->scan->parts.components.v[a->component];

	json_out_object(j);
	json_out_kstr(j, "name", k->name);
	json_out_kstr_or_null(j, "version", k->version);
	json_out_kstr_or_null(j, "purl", k->purl);
	json_out_kstr_or_null(j, "function", str_c(component_function_name(
		p->verdict->scores.v[a->component].function)));
	kday(j, "in_service", a->in_service);
	kday(j, "end_of_life", a->end_of_life);
	json_parts_kinterval(j, "share", a->low_bp, a->high_bp);
	kdeadline(j, "out", &a->out);
	kdeadline(j, "open", &a->open);
	json_out_key(j, "alternatives");
	json_out_array(j);
	for (size_t i = 0; i < a->alternatives.n; i++)
		json_out_str(j, in->scan->parts.components.v[
				a->alternatives.v[i]].name);
	json_out_array_end(j);
	json_out_ki64(j, "undecided", (int64_t)a->undecided);
	json_out_object_end(j);
}

static void write_point(const struct plan_point *at, struct json_out *j)
{
	json_out_object(j);
	json_parts_kdate(j, "from", at->day);
	json_out_ki64(j, "in_service", (int64_t)at->in_service);
	json_out_ki64(j, "out", (int64_t)at->out);
	json_parts_kinterval(j, "by_itself", at->low_bp, at->high_bp);
	json_parts_kinterval(j, "by_the_rules", at->kept_low_bp,
			     at->kept_high_bp);
	json_out_object_end(j);
}

static void write_plan(const struct report_plans *in, const struct plan *p,
		       struct json_out *j)
{
	json_out_object(j);
	json_out_kstr(j, "policy", p->verdict->policy);
	json_out_kstr(j, "title", p->verdict->title);
	json_out_kstr(j, "sha256", p->verdict->policy_sha256);
	json_out_key(j, "assets");
	json_out_array(j);
	for (size_t i = 0; i < p->assets.n; i++)
		write_asset(in, p, &p->assets.v[i], j);
	json_out_array_end(j);
	json_out_key(j, "points");
	json_out_array(j);
	for (size_t i = 0; i < p->points.n; i++)
		write_point(&p->points.v[i], j);
	json_out_array_end(j);
	json_out_object_end(j);
}

void plan_json(const struct report_plans *in, struct strbuf *out)
{
	struct json_out j;

	json_out_init(&j, out, false);
	json_out_object(&j);
	json_out_kstr(&j, "schema", STR("ranwhence.plan/1"));
	json_out_kstr(&j, "tool_version", str_c(in->tool_version));
	json_parts_kdate(&j, "as_of", in->scan->as_of);
	json_out_kstr_or_null(&j, "stack", in->scan->stack.name);
	json_out_key(&j, "policies");
	json_out_array(&j);
	for (size_t i = 0; i < in->n; i++)
		write_plan(in, &in->plans[i], &j);
	json_out_array_end(&j);
	json_out_key(&j, "diagnostics");
	diag_json_write(&in->scan->diags, &j);
	json_out_object_end(&j);
	json_out_end(&j);
}
