/* What a query to `why` means. */
#include "report/why.h"

#include "base/utf8.h"

/* How near a query is to a thing. */
enum nearness { NEAR_NOT, NEAR_PART, NEAR_NAME, NEAR_ID };

struct search {
	const struct report_input *in;
	struct str query;
	enum nearness best;
	struct why_subjects *to;
};

static enum nearness nearer(enum nearness a, enum nearness b)
{
	return a > b ? a : b;
}

/* The query as an id, or as a name; `as` says which. */
static enum nearness compare(const struct search *s, struct str text,
			     enum nearness as)
{
	if (!text.n)
		return NEAR_NOT;
	if (str_eq_nocase(text, s->query))
		return as;
	return str_find_nocase(text, s->query) == SIZE_MAX ? NEAR_NOT
							   : NEAR_PART;
}

static void take(struct search *s, enum nearness n, struct why_subject x)
{
	if (n == NEAR_NOT || n < s->best)
		return;
	if (n > s->best)
		s->to->list.n = 0;
	s->best = n;
	vec_push(&s->to->list, x);
}

/* "NAME VERSION" or "NAME@VERSION". */
static bool is_versioned(struct str query, const struct component *c)
{
	size_t at = c->name.n;

	return c->version.n && query.n == at + 1 + c->version.n &&
	       (query.p[at] == ' ' || query.p[at] == '@') &&
	       str_eq_nocase(str_head(query, at), c->name) &&
	       str_eq_nocase(str_from(query, at + 1), c->version);
}

static void search_components(struct search *s)
{
	const struct parts *p = &s->in->scan->parts;

	for (size_t i = 0; i < p->components.n; i++) {
		const struct component *c = &p->components.v[i];
		enum nearness n = compare(s, c->purl, NEAR_ID);

		n = nearer(n, compare(s, c->name, NEAR_NAME));
		n = nearer(n, compare(s, c->provenance.repository,
				      NEAR_NAME));
		if (is_versioned(s->query, c))
			n = NEAR_ID;
		take(s, n, (struct why_subject){WHY_COMPONENT, i, STR("")});
	}
}

/* Does a verdict speak of an organisation? */
static bool is_known(const struct report_input *in, size_t o)
{
	for (size_t i = 0; i < in->verdicts_n; i++)
		if (in->verdicts[i].ladders->v[o])
			return true;
	return false;
}

static void search_organisations(struct search *s)
{
	const struct facts *f = s->in->scan->facts;

	for (size_t i = 0; i < f->organisations.n; i++)
		if (is_known(s->in, i))
			take(s, nearer(compare(s, f->organisations.v[i].id,
					       NEAR_ID),
				       compare(s, f->organisations.v[i].name,
					       NEAR_NAME)),
			     (struct why_subject){WHY_ORGANISATION, i,
						  STR("")});
}

static bool is_rule_before(const struct report_input *in, size_t verdict,
			   struct str rule)
{
	for (size_t i = 0; i < verdict; i++)
		for (size_t k = 0; k < in->verdicts[i].findings.n; k++)
			if (str_eq(in->verdicts[i].findings.v[k].rule, rule))
				return true;
	return false;
}

static void search_rules(struct search *s)
{
	for (size_t i = 0; i < s->in->verdicts_n; i++)
		for (size_t k = 0; k < s->in->verdicts[i].findings.n; k++) {
			struct str rule =
				s->in->verdicts[i].findings.v[k].rule;

			if (!is_rule_before(s->in, i, rule))
				take(s, compare(s, rule, NEAR_ID),
				     (struct why_subject){WHY_RULE, SIZE_MAX,
							  rule});
		}
}

/* component:N, as candidates are shown. */
static bool find_number(struct search *s)
{
	struct str kind, rest;
	uint64_t n;

	if (!str_cut(s->query, ':', &kind, &rest) ||
	    !str_is(kind, "component") || !str_to_u64(rest, &n) ||
	    n >= s->in->scan->parts.components.n)
		return false;
	take(s, NEAR_ID,
	     (struct why_subject){WHY_COMPONENT, (size_t)n, STR("")});
	return true;
}

void why_find(const struct report_input *in, struct str query,
	      struct why_subjects *ret)
{
	struct search s = {.in = in, .query = query, .to = ret};
	struct str kind, rest;
	bool has_kind = str_cut(query, ':', &kind, &rest);
	bool is_organisation = has_kind && str_is(kind, "organisation");
	bool is_rule = has_kind && str_is(kind, "rule");

	*ret = (struct why_subjects){0};
	if (!query.n || find_number(&s)) {
		ret->is_exact = query.n != 0;
		return;
	}
	if (is_organisation || is_rule)
		s.query = rest;
	if (!is_organisation && !is_rule)
		search_components(&s);
	if (!is_rule)
		search_organisations(&s);
	if (!is_organisation)
		search_rules(&s);
	ret->is_exact = s.best >= NEAR_NAME;
}

static void write_candidate(const struct report_input *in,
			    const struct why_subject *x, struct strbuf *out)
{
	const struct component *c;
	const struct organisation *o;

	switch (x->kind) {
	case WHY_COMPONENT:
		c = &in->scan->parts.components.v[x->index];
		strbuf_fmt(out, "component:%zu ", x->index);
		utf8_show_cut(out, c->name, 40);
		strbuf_ch(out, ' ');
		utf8_show_cut(out, c->version, 20);
		break;
	case WHY_ORGANISATION:
		o = &in->scan->facts->organisations.v[x->index];
		strbuf_fmt(out, "organisation:%.*s ", STR_ARG(o->id));
		utf8_show_cut(out, o->name, 40);
		break;
	case WHY_RULE:
		strbuf_cstr(out, "rule:");
		utf8_show_cut(out, x->rule, 60);
		break;
	}
}

void why_candidates(const struct report_input *in,
		    const struct why_subjects *s, struct strbuf *out)
{
	for (size_t i = 0; i < s->list.n; i++) {
		strbuf_cstr(out, "  ");
		write_candidate(in, &s->list.v[i], out);
		while (out->p[out->n - 1] == ' ')
			out->n--;
		strbuf_ch(out, '\n');
	}
}

void why_write(const struct report_input *in, const struct why_subject *s,
	       const struct report_style *style, struct strbuf *out)
{
	if (style)
		why_text(in, s, style, out);
	else
		why_json(in, s, out);
}
