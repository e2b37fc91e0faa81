/* Remarks on components; see bom.h. */
#include "report/bom.h"

#include "base/date.h"
#include "base/sha256.h"
#include "model/facts_index.h"

struct writer {
	const struct report_input *in;
	struct arena *arena;
	struct bom_remarks *to;
	size_t component;
};

static void say_as(struct writer *w, struct str name, struct str value)
{
	if (value.n)
		vec_push(&w->to->list,
			 ((struct bom_remark){name, value, STR("")}));
}

static void say(struct writer *w, const char *name, struct str value)
{
	say_as(w, str_c(name), value);
}

static void say_flag(struct writer *w, const char *name, bool is_set)
{
	say(w, name, str_c(is_set ? "true" : ""));
}

static struct str number(struct writer *w, int64_t n)
{
	return arena_fmt(w->arena, "%lld", (long long)n);
}

static void say_of_component(struct writer *w)
{
	const struct component *c =
		&w->in->scan->parts.components.v[w->component];

	say(w, "ranwhence:function",
	    str_c(component_function_name(c->function)));
	say(w, "ranwhence:scope", str_c(component_scope_name(c->scope)));
	say(w, "ranwhence:extractor", c->extractor);
	say(w, "ranwhence:commit", c->provenance.commit);
	say(w, "ranwhence:ref", c->provenance.ref);
	say(w, "ranwhence:resolved_by", c->provenance.how);
	say_flag(w, "ranwhence:unpinned", c->is_unpinned);
	say_flag(w, "ranwhence:indirect", c->is_indirect);
	for (size_t i = 0; i < c->more_purls.n; i++)
		say(w, "ranwhence:purl", c->more_purls.v[i]);
}

/* The address behind the first source id of a row. */
static struct str address_of(const struct facts *f, struct str ids)
{
	struct str id, rest;
	struct facts_run run;

	str_cut(ids, ';', &id, &rest);
	run = facts_index_subject(f, FACT_SOURCE, str_trim(id));
	return run.n ? f->rows.v[run.first].value : str_trim(id);
}

static void cite(struct strbuf *b, const struct facts *f, size_t fact)
{
	const struct fact *r = &f->rows.v[fact];

	strbuf_fmt(b, "%s%s %.*s", b->n ? "; " : "",
		   facts_kind_name(r->kind), STR_ARG(r->subject));
	if (r->object.n)
		strbuf_fmt(b, " %.*s", STR_ARG(r->object));
	if (r->value.n)
		strbuf_fmt(b, " %.*s", STR_ARG(r->value));
	strbuf_fmt(b, " (%c, %.*s", facts_confidence_letter(r->confidence),
		   STR_ARG(address_of(f, r->evidence->source)));
	if (r->evidence->speaks_for.n)
		strbuf_fmt(b, ", speaks for %.*s",
			   STR_ARG(r->evidence->speaks_for));
	if (r->evidence->read.n)
		strbuf_fmt(b, ", read %.*s", STR_ARG(r->evidence->read));
	strbuf_ch(b, ')');
}

/* The chain that makes an organisation one of concern. */
static struct str citation(struct writer *w, const struct verdict *v,
			   size_t organisation)
{
	const struct org_standing *o = &v->standings.v[organisation];
	const struct rung_result *r;
	struct strbuf b;
	struct str text;

	if (organisation >= v->ladders->n || !v->ladders->v[organisation])
		return STR("");
	r = &v->ladders->v[organisation]->rungs[o->rung];
	strbuf_init(&b, 0);
	strbuf_fmt(&b, "%s", ladder_rung_name(o->rung));
	for (size_t i = 0; i < r->chain_n; i++)
		cite(&b, w->in->scan->facts, r->chain[i]);
	text = arena_dup(w->arena, strbuf_str(&b));
	strbuf_release(&b);
	return text;
}

static struct str contribution_text(struct writer *w,
				    const struct contribution *c)
{
	struct strbuf b;
	struct str text;

	strbuf_init(&b, 0);
	strbuf_add(&b, w->in->scan->facts->organisations
		       .v[c->organisation].id);
	for (size_t i = 0; i < AXIS_COUNT; i++)
		if (c->units[i])
			strbuf_fmt(&b, " %s=%llu",
				   verdict_axis_name((enum axis)i),
				   (unsigned long long)verdict_shown(
					   (enum axis)i, c->units[i]));
	text = arena_dup(w->arena, strbuf_str(&b));
	strbuf_release(&b);
	return text;
}

static void say_by_policy(struct writer *w, const struct verdict *v,
			  const char *what, struct str value)
{
	say_as(w, arena_fmt(w->arena, "ranwhence:%.*s:%s",
			    STR_ARG(v->policy), what), value);
}

static void say_of_verdict(struct writer *w, const struct verdict *v)
{
	const struct component_score *s = &v->scores.v[w->component];

	if (!s->weight_alone)
		return;
	say_by_policy(w, v, "low_bp", number(w, s->low_bp));
	say_by_policy(w, v, "high_bp", number(w, s->high_bp));
	say_by_policy(w, v, "coverage_bp", number(w, s->coverage_bp));
	say_by_policy(w, v, "unknown_because", s->why);
	for (size_t i = 0; i < s->by.n; i++) {
		const struct contribution *c = &s->by.v[i];

		if (c->standing != STANDING_CONCERN ||
		    c->organisation == SIZE_MAX)
			continue;
		say_by_policy(w, v, "concern", contribution_text(w, c));
		w->to->list.v[w->to->list.n - 1].citation =
			citation(w, v, c->organisation);
	}
}

void bom_remark(const struct report_input *in, size_t component,
		struct arena *a, struct bom_remarks *ret)
{
	struct writer w = {in, a, ret, component};

	*ret = (struct bom_remarks){0};
	say_of_component(&w);
	for (size_t i = 0; i < in->verdicts_n; i++)
		say_of_verdict(&w, &in->verdicts[i]);
}

static bool is_hex(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!ascii_is_hex(s.p[i]))
			return false;
	return true;
}

const struct bom_algorithm *bom_hash(struct str hash, struct str *ret_hex)
{
	static const struct bom_algorithm all[] = {
		{"md5", "MD5", "MD5", 32}, {"sha1", "SHA-1", "SHA1", 40},
		{"sha256", "SHA-256", "SHA256", 64},
		{"sha384", "SHA-384", "SHA384", 96},
		{"sha512", "SHA-512", "SHA512", 128}};
	struct str name;

	str_cut(hash, ':', &name, ret_hex);
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (str_is(name, all[i].name) &&
		    ret_hex->n == all[i].digits && is_hex(*ret_hex))
			return &all[i];
	return NULL;
}

struct str bom_verdict(const struct verdict *v, struct arena *a)
{
	return arena_fmt(a, "Policy %.*s (sha256 %.*s): %s%s; influence of "
			 "entities of concern %d to %d basis points; "
			 "coverage %d basis points.", STR_ARG(v->policy),
			 STR_ARG(v->policy_sha256),
			 verdict_state_name(v->state),
			 v->is_incomplete ? ", incomplete" : "",
			 v->headline_low_bp, v->headline_high_bp,
			 v->coverage_bp);
}

struct str bom_subject(const struct scan *s)
{
	if (s->stack.name.n)
		return s->stack.name;
	return s->targets.n ? s->targets.v[0].name : STR("nothing");
}

struct str bom_time(const struct scan *s, struct arena *a)
{
	struct strbuf b;
	struct str text;

	strbuf_init(&b, 0);
	date_write(&b, s->as_of);
	strbuf_cstr(&b, "T00:00:00Z");
	text = arena_dup(a, strbuf_str(&b));
	strbuf_release(&b);
	return text;
}

struct str bom_namespace(struct str draft, struct arena *a)
{
	unsigned char digest[SHA256_BYTES];
	struct strbuf b;
	struct str text;

	sha256_of(draft, digest);
	strbuf_init(&b, 0);
	strbuf_cstr(&b, "urn:ranwhence:sha256:");
	sha256_hex(&b, digest, sizeof digest);
	text = arena_dup(a, strbuf_str(&b));
	strbuf_release(&b);
	return text;
}

static int by_ends(const void *x, const void *y)
{
	const struct edge *a = x, *b = y;

	if (a->from != b->from)
		return a->from < b->from ? -1 : 1;
	if (a->to != b->to)
		return a->to < b->to ? -1 : 1;
	return (int)a->kind - (int)b->kind;
}

struct edge *bom_edges(const struct parts *p, struct arena *a, size_t *ret_n)
{
	struct edge *v = arena_alloc(a, p->edges.n * sizeof *v);
	size_t n = 0, kept = 0;

	for (size_t i = 0; i < p->edges.n; i++)
		if (p->edges.v[i].from != p->edges.v[i].to)
			v[n++] = p->edges.v[i];
	if (n > 1)
		qsort(v, n, sizeof *v, by_ends);
	for (size_t i = 0; i < n; i++)
		if (i == 0 || by_ends(&v[i], &v[kept - 1]))
			v[kept++] = v[i];
	*ret_n = kept;
	return v;
}
