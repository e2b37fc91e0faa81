/* Pieces of the text report, and what it says of waivers and baseline. */
#include "report/page.h"

#include "base/date.h"
#include "base/utf8.h"

#define ASSERTIONS_SHOWN 10

enum paint_colour page_colour(enum rule_state s)
{
	switch (s) {
	case RULE_MET: return PAINT_GREEN;
	case RULE_NOT_MET: return PAINT_RED;
	case RULE_UNPROVEN: return PAINT_YELLOW;
	case RULE_NOT_APPLICABLE: return PAINT_DIM;
	}
	return PAINT_PLAIN;
}

struct str page_state(enum rule_state s)
{
	return str_c(s == RULE_NOT_APPLICABLE ? "n/a" : verdict_state_name(s));
}

static struct str take(struct page *p, struct strbuf *b)
{
	struct str s = arena_dup(&p->arena, strbuf_str(b));

	strbuf_release(b);
	return s;
}

struct str page_interval(struct page *p, int32_t low_bp, int32_t high_bp)
{
	struct strbuf b;

	strbuf_init(&b, 0);
	paint_interval(&b, low_bp, high_bp);
	return take(p, &b);
}

struct str page_day(struct page *p, int32_t day)
{
	struct strbuf b;

	strbuf_init(&b, 0);
	date_write(&b, day);
	return take(p, &b);
}

struct str page_component(struct page *p, size_t i)
{
	const struct component *c = &p->in->scan->parts.components.v[i];

	if (!c->version.n)
		return c->name;
	return arena_fmt(&p->arena, "%.*s %.*s", STR_ARG(c->name),
			 STR_ARG(c->version));
}

void page_fact(struct page *p, size_t fact, size_t indent)
{
	const struct fact *r = &p->in->scan->facts->rows.v[fact];
	struct strbuf text;

	strbuf_init(&text, 0);
	strbuf_fmt(&text, "%.*s %s %.*s%s%.*s%s [%c, %.*s",
		   STR_ARG(r->subject), facts_kind_name(r->kind),
		   STR_ARG(r->object), r->value.n ? " (" : "",
		   STR_ARG(r->value), r->value.n ? ")" : "",
		   facts_confidence_letter(r->confidence),
		   STR_ARG(r->evidence->source));
	if (r->from.first != DATE_MIN)
		strbuf_cstr(&text, ", from ");
	date_write_span(&text, r->from);
	if (r->is_assumed)
		strbuf_fmt(&text, ", asserted by %.*s",
			   STR_ARG(r->evidence->file));
	strbuf_ch(&text, ']');
	strbuf_pad(p->paint.out, ' ', indent);
	paint_wrap(&p->paint, strbuf_str(&text), indent, indent + 2);
	strbuf_release(&text);
}

static void write_assertions_head(struct page *p)
{
	struct str key = p->in->facts_key;

	if (!key.n)
		paint_heading(&p->paint, "Asserted by facts files of this "
			      "run, not verified");
	else
		paint_heading(&p->paint, arena_fmt(&p->arena,
			"Asserted by facts files of this run, signed by the "
			"key %.*s", STR_ARG(str_head(key, 12))).p);
}

void page_assertions(struct page *p)
{
	const struct facts *f = p->in->scan->facts;
	size_t n = 0;

	for (size_t i = 0; f && i < f->rows.n; i++) {
		if (!f->rows.v[i].is_assumed)
			continue;
		if (n == 0)
			write_assertions_head(p);
		if (n < ASSERTIONS_SHOWN)
			page_fact(p, i, 2);
		n++;
	}
	if (n > ASSERTIONS_SHOWN)
		strbuf_fmt(p->paint.out, "  and %zu more\n",
			   n - ASSERTIONS_SHOWN);
}

/* "2 waived, 1 in the baseline, 3 below what fails". */
static void write_asides(const struct verdict *v, struct strbuf *b)
{
	static const char *const words[] = {
		[ASIDE_WAIVED] = "waived", [ASIDE_KNOWN] = "in the baseline",
		[ASIDE_MINOR] = "below what fails"};
	size_t n[] = {0, 0, 0, 0}, all = 0;

	for (size_t i = 0; i < v->findings.n; i++)
		n[v->findings.v[i].aside]++;
	for (size_t k = ASIDE_WAIVED; k <= ASIDE_MINOR; k++)
		if (n[k])
			strbuf_fmt(b, "%s%zu %s", all++ ? ", " : "", n[k],
				   words[k]);
}

void page_gate(struct page *p)
{
	const struct report_input *in = p->in;
	struct strbuf b;

	strbuf_init(&b, 0);
	write_asides(p->v, &b);
	if (in->fail_on.n)
		strbuf_fmt(&b, "%sfails on %.*s", b.n ? "; " : "",
			   STR_ARG(in->fail_on));
	if (in->baseline.n)
		strbuf_fmt(&b, "%snew since %.*s of %.*s", b.n ? "; " : "",
			   STR_ARG(in->baseline),
			   STR_ARG(in->baseline_as_of));
	if (p->v->gate != p->v->state || b.n) {
		strbuf_cstr(p->paint.out, "  Gate: ");
		paint_text(&p->paint, page_colour(p->v->gate),
			   str_c(verdict_state_name(p->v->gate)));
		strbuf_cstr(p->paint.out, b.n ? " (" : "");
		strbuf_cstr(&b, b.n ? ")" : "");
		paint_wrap(&p->paint, strbuf_str(&b), 19, 8);
	}
	strbuf_release(&b);
}

void page_aside(struct page *p, const struct finding *f, size_t indent)
{
	const struct waivers *w = p->in->waivers;

	if (f->aside == ASIDE_KNOWN) {
		strbuf_pad(p->paint.out, ' ', indent);
		strbuf_cstr(p->paint.out, "Known: it was so in the "
					  "baseline.\n");
	}
	for (size_t i = 0; f->aside == ASIDE_WAIVED && i < f->waivers.n;
	     i++) {
		const struct waiver *x = &w->list.v[f->waivers.v[i]];
		struct str text = arena_fmt(
			&p->arena, "Waived until %.*s, answered for by %.*s: "
			"%.*s", STR_ARG(page_day(p, x->expires)),
			STR_ARG(x->owner), STR_ARG(x->reason));

		strbuf_pad(p->paint.out, ' ', indent);
		paint_wrap(&p->paint, text, indent, indent);
	}
}

/* What a waiver is about: "DEF-PEAK, pkg:npm/x, zte". */
static struct str subject(struct page *p, const struct waiver *x)
{
	const struct str parts[] = {x->rule, x->component.purl,
				    x->component.repository,
				    x->component.path, x->organisation};
	struct strbuf b;

	strbuf_init(&b, 0);
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (parts[i].n)
			strbuf_fmt(&b, "%s%.*s", b.n ? ", " : "",
				   STR_ARG(parts[i]));
	return take(p, &b);
}

static void write_waiver(struct page *p, const struct waiver *x)
{
	static const char *const states[] = {
		[WAIVER_HOLDS] = "holds", [WAIVER_EXPIRED] = "expired",
		[WAIVER_AHEAD] = "not yet"};
	bool is_idle = x->state == WAIVER_HOLDS && !x->is_used;
	struct str text = arena_fmt(
		&p->arena, "%.*s: %.*s (%.*s, %s %.*s; %.*s:%u)",
		STR_ARG(subject(p, x)), STR_ARG(x->reason),
		STR_ARG(x->owner),
		x->state == WAIVER_EXPIRED ? "expired on" : "until",
		STR_ARG(page_day(p, x->expires)), STR_ARG(x->file), x->line);

	strbuf_cstr(p->paint.out, "  ");
	paint_cell(&p->paint,
		   x->state == WAIVER_EXPIRED ? PAINT_RED : PAINT_PLAIN,
		   str_c(is_idle ? "unused" : states[x->state]), 8);
	paint_wrap(&p->paint, text, 11, 11);
}

void page_waivers(struct page *p)
{
	const struct waivers *w = p->in->waivers;

	if (!w || !w->list.n)
		return;
	paint_heading(&p->paint, "Waivers");
	for (size_t i = 0; i < w->list.n; i++)
		write_waiver(p, &w->list.v[i]);
}
