/*
 * The gate.  A finding is known when the baseline has the rule in a state at
 * least as bad, with every component that decides now, and, where the rule is
 * broken, every organisation: a component or an organisation that is new
 * fails the run, the same ones in another version do not.
 */
#include "assess/gate.h"

#include "base/map.h"

struct gate_options gate_usual(void)
{
	return (struct gate_options){.least = SEVERITY_LOW,
				     .unproven = RULE_UNPROVEN};
}

enum err gate_parse(struct str text, struct gate_options *ret)
{
	struct gate_options usual = gate_usual();
	bool has_severity = false;
	struct str word;

	*ret = usual;
	while (str_split(&text, ',', &word)) {
		enum severity s;

		if (policy_find_severity(word, &s) && s != SEVERITY_INFO &&
		    !has_severity) {
			ret->least = s;
			has_severity = true;
		} else if (str_is(word, "never")) {
			ret->never = true;
		} else if (ret->unproven != usual.unproven) {
			return ERR_CONFIG;
		} else if (str_is(word, "unproven")) {
			ret->unproven = RULE_NOT_MET;
		} else if (str_is(word, "not-met")) {
			ret->unproven = RULE_MET;
		} else {
			return ERR_CONFIG;
		}
	}
	return OK;
}

enum err gate_check(const struct gate_options *o, const struct policy *p,
		    struct diags *ds)
{
	const struct report_verdict *v;

	if (!o->baseline)
		return OK;
	v = report_file_verdict(o->baseline, p->name);
	if (v && str_eq(v->sha256, p->sha256))
		return OK;
	diag_add(ds, RW1606, diag_at(o->baseline->path),
		 v ? "the baseline was judged by another edition of the "
		     "policy %.*s: make it anew"
		   : "the baseline has no verdict by the policy %.*s",
		 STR_ARG(p->name));
	return ERR_CONFIG;
}

/* Is every component of a finding, in whatever version, in the other? */
static bool has_components(const struct scan *s, const struct finding *f,
			   const struct report_file *r,
			   const struct report_finding *before)
{
	struct map known = {0};
	bool has_all = true;

	for (size_t i = 0; i < before->components.n; i++)
		map_put(&known,
			r->components.v[before->components.v[i]].identity, 0,
			NULL);
	for (size_t i = 0; i < f->components.n; i++) {
		const struct component *c =
			&s->parts.components.v[f->components.v[i]];

		has_all = has_all &&
			  map_get(&known, selector_identity(
				c->purl, c->provenance.repository, c->name));
	}
	map_release(&known);
	return has_all;
}

static bool has_organisations(const struct scan *s, const struct finding *f,
			      const struct report_finding *before)
{
	for (size_t i = 0; i < f->organisations.n; i++) {
		struct str id = s->facts->organisations
				.v[f->organisations.v[i]].id;
		size_t k = 0;

		while (k < before->organisations.n &&
		       !str_eq(before->organisations.v[k], id))
			k++;
		if (k == before->organisations.n)
			return false;
	}
	return true;
}

static bool is_known(const struct scan *s, const struct report_file *r,
		     struct str policy, const struct finding *f)
{
	const struct report_verdict *v = report_file_verdict(r, policy);
	const struct report_finding *before =
		v ? report_file_finding(v, f->rule) : NULL;

	if (!before)
		return false;
	if (f->state == RULE_UNPROVEN)
		return (str_is(before->state, "unproven") ||
			str_is(before->state, "not met")) &&
		       has_components(s, f, r, before);
	return str_is(before->state, "not met") &&
	       has_components(s, f, r, before) &&
	       has_organisations(s, f, before);
}

static void close_finding(const struct scan *s, const struct gate_options *o,
			  struct str policy, struct finding *f)
{
	enum severity severity = SEVERITY_INFO;

	(void)policy_find_severity(f->severity, &severity);
	if (f->gate == RULE_UNPROVEN)
		f->gate = o->unproven;
	if (!verdict_is_worse(f->gate, RULE_MET))
		return;
	if (o->baseline && is_known(s, o->baseline, policy, f))
		f->aside = ASIDE_KNOWN;
	else if (o->never || severity < o->least)
		f->aside = ASIDE_MINOR;
	else
		return;
	f->gate = RULE_NOT_APPLICABLE;
}

void gate_close(const struct scan *s, const struct gate_options *o,
		struct verdict *v)
{
	v->gate = v->state == RULE_NOT_APPLICABLE ? v->state : RULE_MET;
	for (size_t i = 0; i < v->findings.n; i++) {
		struct finding *f = &v->findings.v[i];

		close_finding(s, o, v->policy, f);
		if (verdict_is_worse(f->gate, v->gate))
			v->gate = f->gate;
	}
}
