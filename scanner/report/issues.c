/* From findings to issues. */
#include "report/issues.h"

#include "base/sha256.h"
#include "model/selector.h"

#define FINGERPRINT_BYTES 16

static enum issue_level level_of(const struct finding *f)
{
	bool is_grave = str_is(f->severity, "high") ||
			str_is(f->severity, "critical");
	bool is_slight = str_is(f->severity, "low") ||
			 str_is(f->severity, "info");

	if (f->aside != ASIDE_NONE || is_slight)
		return ISSUE_NOTE;
	if (f->state == RULE_NOT_MET && is_grave)
		return ISSUE_ERROR;
	return ISSUE_WARNING;
}

/* Where the component is declared: the first place that has a line, else
 * the first; of the stack as a whole its file, else the first target. */
static struct evidence place_of(const struct report_input *in, size_t i)
{
	const struct scan *s = in->scan;
	const struct component *c;

	if (i == SIZE_MAX) {
		if (s->stack.file.n)
			return (struct evidence){s->stack.file, 0};
		return (struct evidence){
			s->targets.n ? s->targets.v[0].name : STR("."), 0};
	}
	c = &s->parts.components.v[i];
	for (size_t k = 0; k < c->evidence.n; k++)
		if (c->evidence.v[k].line)
			return c->evidence.v[k];
	return c->evidence.v[0];
}

static struct str fingerprint(const struct report_input *in,
			      const struct issue *x, struct arena *a)
{
	unsigned char digest[SHA256_BYTES];
	struct str what = STR(""), text;
	struct strbuf b;

	if (x->component != SIZE_MAX) {
		const struct component *c =
			&in->scan->parts.components.v[x->component];

		what = selector_identity(c->purl, c->provenance.repository,
					 c->name);
	}
	sha256_of(arena_fmt(a, "%.*s\n%.*s\n%.*s",
			    STR_ARG(x->verdict->policy),
			    STR_ARG(x->finding->rule), STR_ARG(what)),
		  digest);
	strbuf_init(&b, 0);
	sha256_hex(&b, digest, FINGERPRINT_BYTES);
	text = arena_dup(a, strbuf_str(&b));
	strbuf_release(&b);
	return text;
}

static void write_influence(struct strbuf *b,
			    const struct component_score *s)
{
	strbuf_fmt(b, "%d.%02d to %d.%02d %%", s->low_bp / 100,
		   s->low_bp % 100, s->high_bp / 100, s->high_bp % 100);
}

static struct str message(const struct report_input *in,
			  const struct issue *x, struct arena *a)
{
	struct strbuf b;
	struct str text;

	strbuf_init(&b, 0);
	if (x->component != SIZE_MAX) {
		const struct component *c =
			&in->scan->parts.components.v[x->component];

		strbuf_add(&b, c->name);
		if (c->version.n)
			strbuf_fmt(&b, " %.*s", STR_ARG(c->version));
		strbuf_cstr(&b, ", influence of entities of concern ");
		write_influence(&b,
				&x->verdict->scores.v[x->component]);
		strbuf_cstr(&b, ", decides this rule. ");
	}
	strbuf_fmt(&b, "%.*s (%s): %.*s", STR_ARG(x->finding->title),
		   verdict_state_name(x->finding->state),
		   STR_ARG(x->finding->reason));
	text = arena_dup(a, strbuf_str(&b));
	strbuf_release(&b);
	return text;
}

static void add(const struct report_input *in, struct issue x,
		struct issues *ret)
{
	if (ret->list.n >= ISSUES_KEPT) {
		ret->dropped++;
		return;
	}
	x.level = level_of(x.finding);
	x.at = place_of(in, x.component);
	x.message = message(in, &x, &ret->arena);
	x.fingerprint = fingerprint(in, &x, &ret->arena);
	vec_push(&ret->list, x);
}

static void add_finding(const struct report_input *in,
			const struct verdict *v, const struct finding *f,
			struct issues *ret)
{
	struct issue x = {.verdict = v, .finding = f,
			  .component = SIZE_MAX};

	if (!verdict_is_worse(f->state, RULE_MET))
		return;
	if (!f->components.n)
		add(in, x, ret);
	for (size_t i = 0; i < f->components.n; i++) {
		x.component = f->components.v[i];
		add(in, x, ret);
	}
}

void issues_make(const struct report_input *in, struct issues *ret)
{
	*ret = (struct issues){0};
	for (size_t i = 0; i < in->verdicts_n; i++)
		for (size_t k = 0; k < in->verdicts[i].findings.n; k++)
			add_finding(in, &in->verdicts[i],
				    &in->verdicts[i].findings.v[k], ret);
}

void issues_release(struct issues *l)
{
	vec_release(&l->list);
	arena_release(&l->arena);
}
