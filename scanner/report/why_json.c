/* The way of a claim, as JSON: ranwhence.why/1. */
#include "base/json_out.h"
#include "report/json_parts.h"
#include "report/shown.h"
#include "report/why.h"

struct teller {
	const struct report_input *in;
	struct json_out j;
};

static void korganisation(struct teller *t, size_t o)
{
	const struct facts *f = t->in->scan->facts;

	json_out_kstr_or_null(&t->j, "organisation", o == SIZE_MAX
			      ? STR("") : f->organisations.v[o].id);
}

static void kfact(struct teller *t, size_t fact)
{
	json_out_key(&t->j, "fact");
	if (fact == SIZE_MAX)
		json_out_null(&t->j);
	else
		json_parts_fact(t->in->scan->facts, fact, &t->j);
}

static void kunits(struct teller *t, const uint64_t *units)
{
	json_out_key(&t->j, "units");
	json_out_object(&t->j);
	for (size_t a = 0; a < AXIS_COUNT; a++)
		if (units[a])
			json_out_ki64(&t->j, verdict_axis_name((enum axis)a),
				      (int64_t)verdict_shown((enum axis)a,
							     units[a]));
	json_out_object_end(&t->j);
}

/* --- organisations -------------------------------------------------------- */

static void tell_standing(struct teller *t, const struct verdict *v, size_t o)
{
	const struct org_standing *st = &v->standings.v[o];
	const struct rung_result *r = &v->ladders->v[o]->rungs[st->rung];
	struct json_out *j = &t->j;

	json_out_object(j);
	json_out_kstr(j, "policy", v->policy);
	json_out_kstr(j, "standing",
		      str_c(verdict_standing_name(st->standing)));
	json_out_kstr(j, "standing_on_b",
		      str_c(verdict_standing_name(st->on_b)));
	json_out_kstr(j, "rung", str_c(ladder_rung_name(st->rung)));
	json_out_kstr(j, "state", str_c(ladder_state_name(r->state)));
	json_parts_kinterval(j, "share", r->low_bp, r->high_bp);
	json_out_key(j, "chain");
	json_out_array(j);
	for (size_t i = 0; i < r->chain_n; i++)
		json_parts_fact(t->in->scan->facts, r->chain[i], j);
	json_out_array_end(j);
	json_out_object_end(j);
}

static void tell_hosts(struct teller *t, size_t o)
{
	const struct used *u = &t->in->scan->used;
	struct json_out *j = &t->j;

	json_out_key(j, "hosts");
	json_out_array(j);
	for (size_t d = 0; d < u->digests.n; d++)
		for (size_t i = u->digests.v[d].first;
		     i < u->digests.v[d].first + u->digests.v[d].n; i++) {
			const struct used_host *h = &u->hosts.v[i];

			if (h->organisation != o)
				continue;
			json_out_object(j);
			json_out_kstr(j, "host", h->host);
			json_out_kstr(j, "repository",
				      u->digests.v[d].repository);
			json_out_ki64(j, "commits", (int64_t)h->commits);
			json_out_ki64(j, "churn", (int64_t)h->churn);
			json_out_ki64(j, "reviews", (int64_t)h->reviews);
			shown_json_host(&u->digests.v[d], h, j);
			kfact(t, h->fact);
			json_out_object_end(j);
		}
	json_out_array_end(j);
}

static void tell_supply(struct teller *t, size_t o)
{
	static const char *const roles[] = {
		[SUPPLY_SUPPLIER] = "supplier", [SUPPLY_PRODUCER] = "producer",
		[SUPPLY_PUBLISHER] = "publisher"};
	const struct parts *p = &t->in->scan->parts;
	struct json_out *j = &t->j;

	json_out_key(j, "supply");
	json_out_array(j);
	for (size_t i = 0; i < p->components.n; i++)
		for (size_t k = 0; k < SUPPLY_COUNT; k++) {
			const struct supply *s = &p->components.v[i].supply[k];

			if (!s->is_stated || s->organisation != o)
				continue;
			json_out_object(j);
			json_out_ki64(j, "component", (int64_t)i);
			json_out_kstr(j, "role", str_c(roles[k]));
			kfact(t, s->fact);
			json_out_object_end(j);
		}
	json_out_array_end(j);
}

static void tell_organisation(struct teller *t, size_t o)
{
	const struct organisation *x =
		&t->in->scan->facts->organisations.v[o];
	struct json_out *j = &t->j;

	json_out_object(j);
	json_out_kstr(j, "id", x->id);
	json_out_kstr(j, "name", x->name);
	json_out_key(j, "policies");
	json_out_array(j);
	for (size_t i = 0; i < t->in->verdicts_n; i++)
		if (t->in->verdicts[i].ladders->v[o])
			tell_standing(t, &t->in->verdicts[i], o);
	json_out_array_end(j);
	tell_hosts(t, o);
	tell_supply(t, o);
	json_out_object_end(j);
}

/* --- components ----------------------------------------------------------- */

static void tell_axis(struct teller *t, const struct verdict *v,
		      const struct component_score *s, enum axis a)
{
	const struct tally *x = &s->axes[a];
	struct json_out *j = &t->j;

	json_out_object(j);
	json_out_kstr(j, "axis", str_c(verdict_axis_name(a)));
	json_out_ki64(j, "weight", v->axis_weights[a]);
	json_out_kbool(j, "observed", x->is_observed);
	json_out_ki64(j, "concern", (int64_t)verdict_shown(a, x->concern));
	json_out_ki64(j, "unknown", (int64_t)verdict_shown(a, x->unknown));
	json_out_ki64(j, "other", (int64_t)verdict_shown(a, x->other));
	json_parts_kinterval(j, "share", x->low_bp, x->high_bp);
	json_out_object_end(j);
}

/* Which feeds know nothing of somebody unknown. */
static void kasked(struct teller *t, const struct contribution *c)
{
	struct inquiries of = {0};

	if (c->organisation == SIZE_MAX && c->class == HOST_UNKNOWN)
		inquiry_select(&t->in->scan->inquiries, c->host, c->host, &of);
	json_out_key(&t->j, "asked");
	json_out_array(&t->j);
	for (size_t i = 0; i < of.list.n; i++)
		json_parts_inquiry(&of.list.v[i], &t->j);
	json_out_array_end(&t->j);
	vec_release(&of.list);
}

static void tell_contribution(struct teller *t, const struct contribution *c)
{
	struct json_out *j = &t->j;

	json_out_object(j);
	korganisation(t, c->organisation);
	json_out_kstr_or_null(j, "host", c->host);
	json_out_kstr(j, "standing",
		      str_c(verdict_standing_name(c->standing)));
	json_out_kstr(j, "standing_on_b",
		      str_c(verdict_standing_name(c->on_b)));
	kunits(t, c->units);
	kasked(t, c);
	json_out_object_end(j);
}

/* Where its source is; what feeds answered where that is not known. */
static void ksource(struct teller *t, const struct provenance *p)
{
	struct json_out *j = &t->j;

	json_out_key(j, "source");
	json_out_object(j);
	json_out_kstr_or_null(j, "repository", p->repository);
	json_out_kstr_or_null(j, "commit", p->commit);
	json_out_kstr_or_null(j, "resolved_by", p->how);
	json_out_object_end(j);
}

/* How far it is shown who wrote it. */
static void kshown(struct teller *t, size_t digest)
{
	const struct used *u = &t->in->scan->used;

	if (digest < u->digests.n) {
		shown_json(&u->digests.v[digest], &t->j);
		return;
	}
	json_out_key(&t->j, "authorship");
	json_out_null(&t->j);
}

/* The others that it counts once with, and how much they are together. */
static void tell_joint(struct teller *t, const struct verdict *v, size_t i)
{
	const struct joint_score *g = verdict_joint(v, i);
	struct json_out *j = &t->j;

	json_out_key(j, "counted_with");
	json_out_array(j);
	for (size_t k = 0; g && k < g->components.n; k++)
		if (g->components.v[k] != i)
			json_out_i64(j, (int64_t)g->components.v[k]);
	json_out_array_end(j);
	json_out_key(j, "together");
	if (!g) {
		json_out_null(j);
		return;
	}
	json_out_object(j);
	json_out_ki64(j, "weight", g->score.weight);
	json_parts_kinterval(j, "influence", g->score.low_bp,
			     g->score.high_bp);
	json_out_object_end(j);
}

static void tell_score(struct teller *t, const struct verdict *v, size_t i)
{
	const struct component_score *s = &v->scores.v[i];
	struct json_out *j = &t->j;

	json_out_object(j);
	json_out_ki64(j, "component", (int64_t)i);
	json_out_kstr(j, "name", t->in->scan->parts.components.v[i].name);
	json_out_kstr_or_null(j, "version",
			      t->in->scan->parts.components.v[i].version);
	json_out_kstr_or_null(j, "purl",
			      t->in->scan->parts.components.v[i].purl);
	ksource(t, &t->in->scan->parts.components.v[i].provenance);
	json_out_kstr(j, "policy", v->policy);
	json_out_ki64(j, "weight", s->weight);
	json_parts_kinterval(j, "influence", s->low_bp, s->high_bp);
	json_out_ki64(j, "coverage_bp", s->coverage_bp);
	json_out_kstr_or_null(j, "why_unknown", s->why);
	tell_joint(t, v, i);
	kshown(t, t->in->scan->parts.components.v[i].digest);
	json_out_key(j, "comes_in_by");
	json_out_array(j);
	for (size_t at = s->parent; at != SIZE_MAX; at = v->scores.v[at].parent)
		json_out_i64(j, (int64_t)at);
	json_out_array_end(j);
	json_out_key(j, "axes");
	json_out_array(j);
	for (size_t a = 0; a < AXIS_COUNT; a++)
		tell_axis(t, v, s, (enum axis)a);
	json_out_array_end(j);
	json_out_key(j, "contributions");
	json_out_array(j);
	for (size_t k = 0; k < s->by.n; k++)
		tell_contribution(t, &s->by.v[k]);
	json_out_array_end(j);
	json_out_object_end(j);
}

/* --- rules ---------------------------------------------------------------- */

static void tell_finding(struct teller *t, const struct verdict *v,
			 const struct finding *f)
{
	struct json_out *j = &t->j;

	json_out_object(j);
	json_out_kstr(j, "rule", f->rule);
	json_out_kstr(j, "policy", v->policy);
	json_out_kstr(j, "title", f->title);
	json_out_kstr_or_null(j, "clause", f->clause);
	json_out_kstr(j, "kind", f->kind);
	json_out_kstr_or_null(j, "axis", f->axis);
	json_out_kstr(j, "state", str_c(verdict_state_name(f->state)));
	json_parts_kinterval(j, "measured", f->low_bp, f->high_bp);
	json_out_ki64_or_null(j, "limit_bp", f->limit_bp);
	json_out_kstr(j, "reason", f->reason);
	json_out_object_end(j);
}

/* --- what a subject takes in ---------------------------------------------- */

static bool is_asked(const struct why_subject *s, const struct finding *f)
{
	return s->kind == WHY_RULE && str_eq(s->rule, f->rule);
}

static void tell_rules(struct teller *t, const struct why_subject *s)
{
	json_out_key(&t->j, "rules");
	json_out_array(&t->j);
	for (size_t i = 0; i < t->in->verdicts_n; i++)
		for (size_t k = 0; k < t->in->verdicts[i].findings.n; k++)
			if (is_asked(s, &t->in->verdicts[i].findings.v[k]))
				tell_finding(t, &t->in->verdicts[i],
					     &t->in->verdicts[i]
					     .findings.v[k]);
	json_out_array_end(&t->j);
}

/* Does an organisation do anything in a component? */
static bool is_doer(const struct component_score *s, size_t organisation)
{
	for (size_t i = 0; i < s->by.n; i++)
		if (s->by.v[i].organisation == organisation)
			return true;
	return false;
}

static bool has_component(const struct verdict *v, const struct why_subject *s,
			  size_t component)
{
	if (s->kind == WHY_COMPONENT)
		return component == s->index;
	if (s->kind == WHY_ORGANISATION)
		return is_doer(&v->scores.v[component], s->index);
	for (size_t i = 0; i < v->findings.n; i++)
		for (size_t k = 0; is_asked(s, &v->findings.v[i]) &&
				   k < v->findings.v[i].components.n; k++)
			if (v->findings.v[i].components.v[k] == component)
				return true;
	return false;
}

static void tell_components(struct teller *t, const struct why_subject *s,
			    bool *organisations)
{
	json_out_key(&t->j, "components");
	json_out_array(&t->j);
	for (size_t i = 0; i < t->in->verdicts_n; i++) {
		const struct verdict *v = &t->in->verdicts[i];

		for (size_t c = 0; c < v->scores.n; c++) {
			const struct component_score *x = &v->scores.v[c];

			if (!has_component(v, s, c))
				continue;
			tell_score(t, v, c);
			for (size_t k = 0; k < x->by.n; k++)
				if (x->by.v[k].organisation != SIZE_MAX &&
				    x->by.v[k].on_b == STANDING_CONCERN)
					organisations[x->by.v[k]
						      .organisation] = true;
		}
	}
	json_out_array_end(&t->j);
}

static void mark_named(const struct report_input *in,
		       const struct why_subject *s, bool *organisations)
{
	for (size_t i = 0; i < in->verdicts_n; i++)
		for (size_t k = 0; k < in->verdicts[i].findings.n; k++) {
			const struct finding *f =
				&in->verdicts[i].findings.v[k];

			for (size_t o = 0; is_asked(s, f) &&
					   o < f->organisations.n; o++)
				organisations[f->organisations.v[o]] = true;
		}
}

static void tell(struct teller *t, const struct why_subject *s)
{
	static const char *const kinds[] = {
		[WHY_COMPONENT] = "component",
		[WHY_ORGANISATION] = "organisation", [WHY_RULE] = "rule"};
	size_t n = t->in->scan->facts->organisations.n;
	bool *organisations = mem_new(n + 1, sizeof *organisations);

	json_out_kstr(&t->j, "schema", STR("ranwhence.why/1"));
	json_parts_kdate(&t->j, "as_of", t->in->scan->as_of);
	json_out_kstr(&t->j, "kind", str_c(kinds[s->kind]));
	tell_rules(t, s);
	tell_components(t, s, organisations);
	if (s->kind == WHY_ORGANISATION)
		for (size_t i = 0; i < n; i++)
			organisations[i] = i == s->index;
	mark_named(t->in, s, organisations);
	json_out_key(&t->j, "organisations");
	json_out_array(&t->j);
	for (size_t i = 0; i < n; i++)
		if (organisations[i])
			tell_organisation(t, i);
	json_out_array_end(&t->j);
	free(organisations);
}

void why_json(const struct report_input *in, const struct why_subject *s,
	      struct strbuf *out)
{
	struct teller t = {.in = in};

	json_out_init(&t.j, out, false);
	json_out_object(&t.j);
	tell(&t, s);
	json_out_object_end(&t.j);
	json_out_end(&t.j);
}
