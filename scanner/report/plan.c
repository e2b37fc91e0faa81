/*
 * A plan of phase-out for a terminal: first what must go and by when, then
 * what may have to, then the years.
 */
#include "report/plan.h"

#include "base/date.h"
#include "base/utf8.h"
#include "report/page.h"

#define BAR 20 /* columns of a bar from 0 to 100 % */

struct sheet {
	struct page page;
	const struct plan *plan;
};

static struct str day_or(struct sheet *s, int32_t day, const char *otherwise)
{
	return day ? page_day(&s->page, day) : str_c(otherwise);
}

/* "NAME VERSION (FUNCTION)". */
static struct str product(struct sheet *s, size_t component)
{
	enum function f = s->plan->verdict->scores.v[component].function;
	struct str name = page_component(&s->page, component);

	if (f == FUNCTION_NONE)
		return name;
	return arena_fmt(&s->page.arena, "%.*s (%s)", STR_ARG(name),
			 component_function_name(f));
}

static void write_alternatives(struct sheet *s, const struct plan_asset *a)
{
	struct strbuf b;

	if (!a->alternatives.n && !a->undecided)
		return;
	strbuf_init(&b, 0);
	strbuf_cstr(&b, "in the stack for the same function: ");
	for (size_t i = 0; i < a->alternatives.n; i++) {
		struct str name = page_component(&s->page,
						 a->alternatives.v[i]);

		strbuf_fmt(&b, "%s%.*s", i ? ", " : "", STR_ARG(name));
	}
	if (!a->alternatives.n)
		strbuf_cstr(&b, "none that breaks no rule for sure");
	if (a->undecided)
		strbuf_fmt(&b, "; %zu more of which it is not known",
			   a->undecided);
	strbuf_pad(s->page.paint.out, ' ', 4);
	paint_wrap(&s->page.paint, strbuf_str(&b), 4, 6);
	strbuf_release(&b);
}

/* How much sooner than its end of life, in whole months. */
static void write_early(struct strbuf *b, const struct plan_asset *a,
			int32_t day)
{
	int32_t months;

	if (!a->end_of_life) {
		strbuf_cstr(b, "; its end of life is not said");
		return;
	}
	months = date_month(a->end_of_life) - date_month(day);
	strbuf_fmt(b, "; %d month%s before its end of life", months,
		   months == 1 ? "" : "s");
}

static void write_asset(struct sheet *s, const struct plan_asset *a,
			const struct plan_deadline *by, enum paint_colour c)
{
	struct strbuf *out = s->page.paint.out;
	struct strbuf b;

	strbuf_init(&b, 0);
	strbuf_cstr(out, "  ");
	paint_cell(&s->page.paint, c,
		   by->day == s->page.in->scan->as_of
		   ? STR("now") : page_day(&s->page, by->day), 10);
	strbuf_ch(out, ' ');
	paint_wrap(&s->page.paint, product(s, a->component), 14, 14);
	strbuf_fmt(&b, "rule %.*s; ", STR_ARG(by->rule));
	paint_interval(&b, a->low_bp, a->high_bp);
	strbuf_cstr(&b, " of concern");
	write_early(&b, a, by->day);
	strbuf_pad(out, ' ', 4);
	paint_wrap(&s->page.paint, strbuf_str(&b), 4, 6);
	strbuf_release(&b);
	write_alternatives(s, a);
}

static void write_out(struct sheet *s)
{
	size_t n = 0;

	paint_heading(&s->page.paint, "Out of service from (proven)");
	for (size_t i = 0; i < s->plan->assets.n; i++) {
		const struct plan_asset *a = &s->plan->assets.v[i];

		if (!a->out.rule.n)
			continue;
		write_asset(s, a, &a->out, PAINT_RED);
		n++;
	}
	if (!n)
		strbuf_cstr(s->page.paint.out, s->plan->rules
			? "  No product breaks a rule for sure.\n"
			: "  The policy has no rule that a single product "
			  "could break.\n");
}

static void write_open(struct sheet *s)
{
	bool is_first = true;

	for (size_t i = 0; i < s->plan->assets.n; i++) {
		const struct plan_asset *a = &s->plan->assets.v[i];

		if (!a->open.rule.n)
			continue;
		if (is_first)
			paint_heading(&s->page.paint, "To be settled by: may "
				      "have to go");
		is_first = false;
		write_asset(s, a, &a->open, PAINT_YELLOW);
	}
}

/* '#' for what is proven, '=' for what may be. */
static void write_bar(struct strbuf *out, int32_t low_bp, int32_t high_bp)
{
	size_t low = (size_t)(low_bp * BAR / 10000);
	size_t high = (size_t)((high_bp * BAR + 9999) / 10000);

	strbuf_pad(out, '#', low);
	strbuf_pad(out, '=', high - low);
	strbuf_pad(out, '.', BAR - high);
	strbuf_ch(out, '\n');
}

static void write_point(struct sheet *s, const struct plan_point *at)
{
	const struct paint *p = &s->page.paint;

	strbuf_cstr(p->out, "  ");
	paint_cell(p, PAINT_PLAIN, page_day(&s->page, at->day), 10);
	paint_cell_right(p, arena_fmt(&s->page.arena, "%zu",
				      at->in_service), 7);
	paint_cell_right(p, arena_fmt(&s->page.arena, "%zu", at->out), 5);
	paint_cell_right(p, page_interval(&s->page, at->low_bp,
					  at->high_bp), 14);
	paint_cell_right(p, page_interval(&s->page, at->kept_low_bp,
					  at->kept_high_bp), 14);
	write_bar(p->out, at->kept_low_bp, at->kept_high_bp);
}

static void write_years(struct sheet *s)
{
	paint_heading(&s->page.paint, "Exposure that is left");
	strbuf_cstr(s->page.paint.out,
		    "  from       products   out        by itself  "
		    "by the rules\n");
	for (size_t i = 0; i < s->plan->points.n; i++)
		write_point(s, &s->plan->points.v[i]);
	paint_wrap(&s->page.paint, STR("  What is replaced counts as free "
		   "of concern, and a product whose end of life is not said "
		   "stays. Facts and shares are those of the day of "
		   "judgement."), 0, 2);
}

static void write_lives(struct sheet *s)
{
	const struct paint *p = &s->page.paint;

	paint_heading(p, "Products");
	for (size_t i = 0; i < s->plan->assets.n; i++) {
		const struct plan_asset *a = &s->plan->assets.v[i];

		strbuf_cstr(p->out, "  ");
		paint_cell(p, PAINT_PLAIN, product(s, a->component), 40);
		paint_cell(p, PAINT_PLAIN,
			   day_or(s, a->in_service, "not said"), 10);
		strbuf_cstr(p->out, "to ");
		paint_cell(p, PAINT_PLAIN,
			   day_or(s, a->end_of_life, "not said"), 10);
		p->out->n--;
		strbuf_ch(p->out, '\n');
	}
}

static void write_plan(struct sheet *s)
{
	const struct verdict *v = s->plan->verdict;

	strbuf_ch(s->page.paint.out, '\n');
	paint_text(&s->page.paint, PAINT_BOLD, v->policy);
	strbuf_cstr(s->page.paint.out, ": ");
	paint_wrap(&s->page.paint, v->title, v->policy.n + 2, 2);
	write_out(s);
	write_open(s);
	write_years(s);
}

void report_plans(const struct report_plans *in,
		  const struct report_style *style, struct strbuf *out)
{
	const struct report_input input = {.scan = in->scan};

	if (!style) {
		plan_json(in, out);
		return;
	}
	strbuf_fmt(out, "ranwhence %s, plan as of ", in->tool_version);
	date_write(out, in->scan->as_of);
	if (in->scan->stack.name.n) {
		strbuf_cstr(out, ": ");
		utf8_show(out, in->scan->stack.name);
	}
	strbuf_ch(out, '\n');
	for (size_t i = 0; i < in->n; i++) {
		struct sheet s = {
			.page = {.paint = {style, out}, .in = &input,
				 .v = in->plans[i].verdict},
			.plan = &in->plans[i]};

		write_plan(&s);
		if (i + 1 == in->n)
			write_lives(&s);
		arena_release(&s.page.arena);
	}
}
