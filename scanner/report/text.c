/*
 * The report for a terminal.  What matters first: the verdict, why, the
 * components that drive it, who stands behind them on what evidence, what is
 * unknown, and what could not be read.
 */
#include "base/date.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "report/counted.h"
#include "report/files.h"
#include "report/held.h"
#include "report/matrix.h"
#include "report/removal.h"
#include "report/shown.h"

/* How many lines a section shows; the JSON report has all of them. */
#define COMPONENTS_SHOWN 12
#define ORGANISATIONS_SHOWN 10
#define QUESTIONS_SHOWN 8
#define DIAGNOSTICS_SHOWN 12

/* --- head ---------------------------------------------------------------- */

/* The name in bold where all fits one line. */
static void write_stack(struct page *p, const struct stack_info *s)
{
	struct str rest = arena_fmt(
		&p->arena, "%s%.*s%s%.*s%s", s->supplier.n ? " from " : "",
		STR_ARG(s->supplier), s->perimeter.n ? " (" : "",
		STR_ARG(s->perimeter), s->perimeter.n ? ")" : "");

	if (utf8_width(s->name) + utf8_width(rest) >
	    p->paint.style->columns) {
		paint_wrap(&p->paint,
			   arena_fmt(&p->arena, "%.*s%.*s", STR_ARG(s->name),
				     STR_ARG(rest)), 0, 2);
		return;
	}
	paint_text(&p->paint, PAINT_BOLD, s->name);
	utf8_show(p->paint.out, rest);
	strbuf_ch(p->paint.out, '\n');
}

static void write_head(struct page *p)
{
	const struct scan *s = p->in->scan;
	struct strbuf *out = p->paint.out;

	strbuf_fmt(out, "ranwhence %s, as of ", p->in->tool_version);
	date_write(out, s->as_of);
	strbuf_fmt(out, ", offline, sandbox: %s\n", p->in->sandbox);
	if (s->stack.name.n)
		write_stack(p, &s->stack);
	for (size_t i = 0; i < s->targets.n; i++) {
		const struct target *t = &s->targets.v[i];

		if (t->kind == TARGET_STACK && s->stack.name.n)
			continue;
		strbuf_cstr(out, "  ");
		utf8_show(out, t->name);
		if (t->format.n)
			strbuf_fmt(out, " (%.*s)", STR_ARG(t->format));
		strbuf_ch(out, '\n');
	}
}

static void write_left_out(struct page *p)
{
	const struct scan *s = p->in->scan;

	for (size_t i = 0; i < s->left_out.n; i++) {
		strbuf_cstr(p->paint.out, "  as if there were no ");
		utf8_show(p->paint.out, s->left_out.v[i]);
		strbuf_ch(p->paint.out, '\n');
	}
}

/* --- verdict ------------------------------------------------------------- */

static void write_headline(struct page *p)
{
	const struct verdict *v = p->v;
	struct strbuf *out = p->paint.out;
	struct str all = page_interval(p, v->headline_low_bp,
				       v->headline_high_bp);

	strbuf_cstr(out, "  Influence of entities of concern: ");
	paint_text(&p->paint, PAINT_BOLD, all);
	strbuf_cstr(out, " (");
	paint_interval(out, v->range_low_bp, v->range_high_bp);
	strbuf_cstr(out, " under other weights)\n  Coverage: ");
	paint_share(out, v->coverage_bp, false);
	strbuf_fmt(out, "; %llu of %llu component%s %s data\n",
		   (unsigned long long)v->components_with_data,
		   (unsigned long long)v->components_counted,
		   v->components_counted == 1 ? "" : "s",
		   v->components_with_data == 1 ? "has" : "have");
	strbuf_cstr(out, "  If records that still want a citation hold: ");
	paint_interval(out, v->axes[AXIS_COUNT].exposure_on_b_low_bp,
		       v->axes[AXIS_COUNT].exposure_on_b_high_bp);
	strbuf_ch(out, '\n');
}

static void write_lists(struct page *p)
{
	struct strbuf b;

	if (!p->v->concern.lists_n)
		return;
	strbuf_init(&b, 0);
	held_phrase(p->v, &b);
	strbuf_cstr(p->paint.out, "  ");
	paint_wrap(&p->paint, strbuf_str(&b), 2, 4);
	strbuf_release(&b);
}

static void write_verdict_line(struct page *p)
{
	const struct verdict *v = p->v;
	struct strbuf *out = p->paint.out;

	paint_heading(&p->paint, "Verdict");
	strbuf_cstr(out, "  ");
	paint_cell(&p->paint, page_colour(v->state), page_state(v->state), 9);
	paint_wrap(&p->paint,
		   arena_fmt(&p->arena, "%.*s: %.*s", STR_ARG(v->policy),
			     STR_ARG(v->title)), 12, 12);
	if (v->is_incomplete) {
		strbuf_cstr(out, "  ");
		paint_text(&p->paint, PAINT_YELLOW, STR("incomplete"));
		strbuf_cstr(out, ": a part was not read; see the end of "
				 "this report\n");
	}
	for (size_t i = 0; i < v->missing_lists.n; i++)
		strbuf_fmt(out, "  no facts about the list %.*s: nobody is "
				"cleared of it\n",
			   STR_ARG(v->missing_lists.v[i]));
	write_lists(p);
	page_gate(p);
	write_headline(p);
}

/* --- why ----------------------------------------------------------------- */

static void write_finding(struct page *p, const struct finding *g)
{
	struct strbuf *out = p->paint.out;

	strbuf_cstr(out, "  ");
	paint_cell(&p->paint, page_colour(g->state), page_state(g->state), 8);
	paint_text(&p->paint, PAINT_BOLD, g->rule);
	strbuf_cstr(out, "  ");
	paint_wrap(&p->paint, g->title, 13 + utf8_width(g->rule), 11);
	if (g->state == RULE_NOT_APPLICABLE)
		return;
	strbuf_pad(out, ' ', 11);
	paint_wrap(&p->paint, g->reason, 11, 11);
	page_aside(p, g, 11);
}

/* Rules that are broken first, then unproven, then met; those that do not
 * count in the verdict last. */
static void write_why(struct page *p)
{
	static const enum rule_state order[] = {
		RULE_NOT_MET, RULE_UNPROVEN, RULE_MET, RULE_NOT_APPLICABLE};

	paint_heading(&p->paint, "Why");
	for (size_t k = 0; k < sizeof order / sizeof *order; k++)
		for (size_t i = 0; i < p->v->findings.n; i++)
			if (p->v->findings.v[i].counts_as == order[k])
				write_finding(p, &p->v->findings.v[i]);
}

/* --- axes ---------------------------------------------------------------- */

static bool is_counted(const struct verdict *v, enum axis a)
{
	for (size_t i = 0; i < v->scores.n; i++)
		if (v->scores.v[i].weight &&
		    verdict_counted(v, i)->axes[a].is_observed)
			return true;
	return false;
}

static void write_axis(struct page *p, enum axis a)
{
	const struct rollup *r = &p->v->axes[a];
	struct strbuf *out = p->paint.out;

	strbuf_cstr(out, "  ");
	paint_cell(&p->paint, PAINT_PLAIN, str_c(verdict_axis_name(a)), 12);
	paint_cell(&p->paint, PAINT_PLAIN,
		   page_interval(p, r->exposure_low_bp, r->exposure_high_bp),
		   14);
	paint_cell(&p->paint, PAINT_PLAIN,
		   page_interval(p, r->exposure_on_b_low_bp,
			    r->exposure_on_b_high_bp), 14);
	paint_cell(&p->paint, PAINT_PLAIN,
		   page_interval(p, r->peak_low_bp, r->peak_high_bp), 13);
	if (r->peak_component != SIZE_MAX && r->peak_low_bp > 0)
		utf8_show_cut(out, page_component(p, r->peak_component), 18);
	while (out->n && out->p[out->n - 1] == ' ')
		out->n--;
	strbuf_ch(out, '\n');
}

/* What links would settle, over all histories. */
static void write_links(struct page *p)
{
	const struct used *u = &p->in->scan->used;
	uint64_t n[DIGEST_TIERS] = {0};

	for (size_t i = 0; i < u->digests.n; i++)
		for (size_t t = 0; t < DIGEST_TIERS; t++)
			n[t] += u->digests.v[i].linked[t].commits;
	if (n[DIGEST_TRAILER] || n[DIGEST_IDENTITY] || n[DIGEST_CONFLICT])
		strbuf_fmt(p->paint.out, "  if cited, from links: %llu "
			   "commits by trailer, %llu by identity; %llu in "
			   "conflict\n",
			   (unsigned long long)n[DIGEST_TRAILER],
			   (unsigned long long)n[DIGEST_IDENTITY],
			   (unsigned long long)n[DIGEST_CONFLICT]);
}

/* On which rungs of authorship that rests which is counted as of concern. */
static void write_shown(struct page *p)
{
	struct strbuf b;

	strbuf_init(&b, 0);
	if (shown_concern(&p->in->scan->used, p->v, &b)) {
		strbuf_cstr(p->paint.out, "  ");
		paint_wrap(&p->paint, strbuf_str(&b), 2, 4);
	}
	strbuf_release(&b);
}

static void write_axes(struct page *p)
{
	struct strbuf *out = p->paint.out;
	const char *sep = "  not counted here: ";

	paint_heading(&p->paint, "Axes: share of organisations of concern");
	strbuf_cstr(out, "  axis         exposure       if cited       peak"
			 "          in\n");
	for (size_t a = 0; a < AXIS_COUNT; a++)
		if (is_counted(p->v, (enum axis)a))
			write_axis(p, (enum axis)a);
	for (size_t a = 0; a < AXIS_COUNT; a++)
		if (!is_counted(p->v, (enum axis)a)) {
			strbuf_fmt(out, "%s%s", sep,
				   verdict_axis_name((enum axis)a));
			sep = ", ";
		}
	if (sep[0] == ',')
		strbuf_ch(out, '\n');
	write_shown(p);
	if (p->v == p->in->verdicts)
		write_links(p);
}

/* --- components ---------------------------------------------------------- */

static int worst_first(const void *va, const void *vb)
{
	const struct component_score *a = *(struct component_score *const *)va;
	const struct component_score *b = *(struct component_score *const *)vb;

	if (a->low_bp != b->low_bp)
		return a->low_bp < b->low_bp ? 1 : -1;
	if (a->has_data != b->has_data)
		return a->has_data ? -1 : 1;
	if (a->high_bp != b->high_bp)
		return a->high_bp < b->high_bp ? 1 : -1;
	if (a->weight != b->weight)
		return a->weight < b->weight ? 1 : -1;
	return (a->component > b->component) - (a->component < b->component);
}

/* What a component counts with. */
static void write_others(struct page *p, size_t component)
{
	struct str with = counted_with(p->in->scan, p->v, component,
				       &p->arena);

	if (!with.n)
		return;
	strbuf_cstr(p->paint.out, "    ");
	paint_wrap(&p->paint, arena_fmt(&p->arena, "counted once with %.*s: "
					"these are the figures of all of them",
					STR_ARG(with)), 4, 6);
}

static void write_component(struct page *p, const struct component_score *c)
{
	struct strbuf *out = p->paint.out;
	const struct tally *commits = &c->axes[AXIS_COMMITS];

	strbuf_cstr(out, "  ");
	paint_cell(&p->paint, c->low_bp ? PAINT_RED : PAINT_PLAIN,
		   page_component(p, c->component), 29);
	paint_cell(&p->paint, PAINT_PLAIN,
		   str_c(component_function_name(c->function)), 11);
	paint_cell(&p->paint, PAINT_PLAIN,
		   page_interval(p, c->low_bp, c->high_bp), 14);
	if (commits->is_observed)
		paint_cell(&p->paint, PAINT_PLAIN,
			   page_interval(p, commits->low_bp,
					 commits->high_bp), 16);
	else
		utf8_show_cut(out, c->why, 20);
	while (out->n && out->p[out->n - 1] == ' ')
		out->n--;
	strbuf_ch(out, '\n');
	write_others(p, c->component);
}

static void write_components(struct page *p)
{
	size_t n = p->v->scores.n, shown = 0, rest = 0, concern_n = 0;
	const struct component_score **order = mem_new(n, sizeof *order);
	size_t concern[COMPONENTS_SHOWN];
	const struct component_score *seen[COMPONENTS_SHOWN];

	for (size_t i = 0; i < n; i++)
		order[i] = verdict_counted(p->v, i);
	qsort(order, n, sizeof *order, worst_first);
	paint_heading(&p->paint, "Components that drive the verdict");
	strbuf_cstr(p->paint.out, "  component                     function    "
				  "influence      of its commits\n");
	for (size_t i = 0; i < n; i++) {
		if (!p->v->scores.v[order[i]->component].weight)
			continue;
		if (order[i]->has_data && shown < COMPONENTS_SHOWN) {
			write_component(p, order[i]);
			seen[shown++] = order[i];
			if (order[i]->low_bp)
				concern[concern_n++] = order[i]->component;
		} else {
			rest += order[i]->has_data;
		}
	}
	if (!shown)
		strbuf_cstr(p->paint.out, "  no component has any data\n");
	if (rest)
		strbuf_fmt(p->paint.out, "  and %zu more with data\n", rest);
	files_page(p, seen, shown);
	removal_write(p, concern, concern_n);
	free(order);
}

/* --- organisations ------------------------------------------------------- */

struct org_sum {
	size_t organisation;
	uint64_t units[AXIS_COUNT];
	size_t components;
};

static int greatest_first(const void *va, const void *vb)
{
	const struct org_sum *a = va, *b = vb;

	for (size_t i = 0; i < AXIS_COUNT; i++)
		if (a->units[i] != b->units[i])
			return a->units[i] < b->units[i] ? 1 : -1;
	return (a->organisation > b->organisation) -
	       (a->organisation < b->organisation);
}

/* Of a history that is only claimed to be a component's nobody is said to
 * have done anything. */
static void add_up(const struct verdict *v, struct org_sum *sums)
{
	for (size_t i = 0; i < v->scores.n; i++) {
		const struct component_score *s = verdict_once(v, i);

		for (size_t k = 0; s && k < s->by.n; k++) {
			const struct contribution *b = &s->by.v[k];

			if (b->organisation == SIZE_MAX ||
			    (s->is_claimed && !b->units[AXIS_SUPPLY]))
				continue;
			for (size_t a = 0; a < AXIS_COUNT; a++)
				sums[b->organisation].units[a] += b->units[a];
			sums[b->organisation].components++;
		}
	}
}

/* The name, what it did, the first rung of the policy that decided, and the
 * chain of facts that proves it. */
static void write_organisation(struct page *p, const struct org_sum *o)
{
	const struct facts *f = p->in->scan->facts;
	const struct org_standing *st = &p->v->standings.v[o->organisation];
	const struct rung_result *r =
		&p->v->ladders->v[o->organisation]->rungs[st->rung];
	struct str name = f->organisations.v[o->organisation].name;
	struct strbuf b;

	strbuf_init(&b, 0);
	strbuf_fmt(&b, "%s %s; in %zu component%s",
		   ladder_rung_name(st->rung), ladder_state_name(r->state),
		   o->components, o->components == 1 ? "" : "s");
	for (size_t a = 0; a < AXIS_COUNT; a++)
		if (o->units[a])
			strbuf_fmt(&b, ", %llu %s",
				   (unsigned long long)verdict_shown(
					   (enum axis)a, o->units[a]),
				   verdict_axis_name((enum axis)a));
	strbuf_cstr(p->paint.out, "  ");
	paint_text(&p->paint, st->standing == STANDING_CONCERN ? PAINT_RED
							       : PAINT_YELLOW,
		   name);
	if (utf8_width(name) + b.n + 4 > p->paint.style->columns)
		strbuf_cstr(p->paint.out, ":\n    ");
	else
		strbuf_cstr(p->paint.out, ": ");
	paint_wrap(&p->paint, strbuf_str(&b), 4, 4);
	strbuf_release(&b);
	for (size_t i = 0; i < r->chain_n; i++)
		page_fact(p, r->chain[i], 6);
}

/* Those proven to be of concern, or those that would be if uncited records
 * held, greatest first; how many there are. */
static size_t select_standing(const struct page *p, bool is_proven,
			      struct org_sum *sums)
{
	size_t all = p->in->scan->facts->organisations.n, n = 0;

	for (size_t i = 0; i < all; i++)
		sums[i] = (struct org_sum){.organisation = i};
	add_up(p->v, sums);
	for (size_t i = 0; i < all; i++) {
		const struct org_standing *st = &p->v->standings.v[i];
		bool is_concern = st->standing == STANDING_CONCERN;

		if (sums[i].components && is_concern == is_proven &&
		    st->on_b == STANDING_CONCERN)
			sums[n++] = sums[i];
	}
	qsort(sums, n, sizeof *sums, greatest_first);
	return n;
}

static void write_organisations(struct page *p, bool is_proven)
{
	struct org_sum *sums = mem_new(p->in->scan->facts->organisations.n,
				       sizeof *sums);
	size_t n = select_standing(p, is_proven, sums);

	if (is_proven)
		paint_heading(&p->paint,
			      "Organisations of concern, and the evidence");
	else if (n)
		paint_heading(&p->paint, "Counted as unknown: of concern only "
					 "if uncited records hold");
	for (size_t i = 0; i < n && i < ORGANISATIONS_SHOWN; i++)
		write_organisation(p, &sums[i]);
	if (!n && is_proven)
		strbuf_cstr(p->paint.out, "  none is proven in this stack\n");
	if (n > ORGANISATIONS_SHOWN)
		strbuf_fmt(p->paint.out, "  and %zu more\n",
			   n - ORGANISATIONS_SHOWN);
	free(sums);
}

/* --- unknown ------------------------------------------------------------- */

static void write_unknown(struct page *p)
{
	struct strbuf *out = p->paint.out;
	size_t without = 0;

	paint_heading(&p->paint, "What is unknown");
	for (size_t i = 0; i < p->v->scores.n; i++)
		without += p->v->scores.v[i].weight &&
			   !verdict_counted(p->v, i)->has_data;
	if (without)
		strbuf_fmt(out, "  %zu component%s no data: each counts as "
				"anything from 0 to 100 %%\n", without,
			   without == 1 ? " has" : "s have");
	for (size_t i = 0; i < p->v->questions.n && i < QUESTIONS_SHOWN; i++) {
		const struct question *q = &p->v->questions.v[i];

		strbuf_fmt(out, "  %zu. ", i + 1);
		paint_wrap(&p->paint,
			   arena_fmt(&p->arena, "%.*s Settled by %.*s.",
				     STR_ARG(q->text),
				     STR_ARG(q->settled_by)), 5, 5);
	}
	if (p->v->questions.n > QUESTIONS_SHOWN)
		strbuf_fmt(out, "  and %zu more questions in the JSON "
				"report\n",
			   p->v->questions.n - QUESTIONS_SHOWN);
	if (!without && !p->v->questions.n)
		strbuf_cstr(out, "  nothing that would narrow the result\n");
}

/* --- diagnostics --------------------------------------------------------- */

static void write_diagnostic(struct page *p, const struct diag *d)
{
	struct str at = d->place.path;

	if (d->place.line)
		at = arena_fmt(&p->arena, "%.*s:%u", STR_ARG(at),
			       d->place.line);
	strbuf_cstr(p->paint.out, "  ");
	paint_cell(&p->paint,
		   diag_effect(d->code) == DIAG_HARMLESS ? PAINT_DIM
							 : PAINT_YELLOW,
		   str_c(diag_name(d->code)), 6);
	paint_wrap(&p->paint,
		   arena_fmt(&p->arena, "%.*s: %.*s", STR_ARG(at),
			     STR_ARG(d->message)), 9, 9);
}

/* What lowers coverage first; notes are only counted. */
static void write_diagnostics(struct page *p)
{
	const struct diags *ds = &p->in->scan->diags;
	unsigned long shown = 0, n = diag_warnings(ds);

	if (!n)
		return;
	paint_heading(&p->paint, "What could not be read, and warnings");
	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < ds->kept.n; i++) {
			const struct diag *d = &ds->kept.v[i];
			bool grave = diag_effect(d->code) != DIAG_HARMLESS;

			if (diag_severity(d->code) == DIAG_NOTE ||
			    grave != !pass || shown >= DIAGNOSTICS_SHOWN)
				continue;
			write_diagnostic(p, d);
			shown++;
		}
	if (n > shown)
		strbuf_fmt(p->paint.out, "  and %lu more; 'ranwhence explain "
					 "CODE' tells what a code means\n",
			   n - shown);
}

/* Are the figures of the axes those of the first policy? */
static bool has_same_axes(const struct page *p)
{
	const struct verdict *v = p->v, *first = &p->in->verdicts[0];

	for (size_t i = 0; i < AXIS_COUNT; i++) {
		const struct rollup *a = &v->axes[i], *b = &first->axes[i];

		if (is_counted(v, (enum axis)i) !=
			    is_counted(first, (enum axis)i) ||
		    a->exposure_low_bp != b->exposure_low_bp ||
		    a->exposure_high_bp != b->exposure_high_bp ||
		    a->exposure_on_b_low_bp != b->exposure_on_b_low_bp ||
		    a->exposure_on_b_high_bp != b->exposure_on_b_high_bp ||
		    a->peak_low_bp != b->peak_low_bp ||
		    a->peak_high_bp != b->peak_high_bp ||
		    a->peak_component != b->peak_component)
			return false;
	}
	return true;
}

/* All about one policy; of further ones what differs most. */
static void write_verdict(struct page *p, bool is_first)
{
	write_verdict_line(p);
	write_why(p);
	if (is_first || !has_same_axes(p))
		write_axes(p);
	if (is_first)
		write_components(p);
	write_organisations(p, true);
	if (is_first) {
		write_organisations(p, false);
		write_unknown(p);
	}
}

static void write(const struct report_input *in,
		  const struct report_style *style, struct strbuf *out)
{
	struct page p = {.paint = {style, out}, .in = in};

	write_head(&p);
	write_left_out(&p);
	if (in->verdicts_n > 1)
		matrix_write(&p);
	for (size_t i = 0; i < in->verdicts_n; i++) {
		p.v = &in->verdicts[i];
		write_verdict(&p, i == 0);
	}
	if (in->verdicts_n > 1)
		strbuf_fmt(out, "\nComponents and what is unknown are shown "
				"for %.*s, axes where they\ndiffer from its; "
				"-o json has all for each policy.\n",
			   STR_ARG(in->verdicts[0].policy));
	page_assertions(&p);
	page_waivers(&p);
	write_diagnostics(&p);
	arena_release(&p.arena);
}

const struct reporter report_text = {
	.name = "text", .summary = "for a terminal: what matters first",
	.write = write,
};
