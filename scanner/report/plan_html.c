/*
 * A plan of phase-out as one HTML file: per policy the products, what must go
 * first, with what could take their place, and the exposure that is left year
 * by year.
 */
#include "base/date.h"
#include "report/html_frame.h"
#include "report/html_page.h"
#include "report/markup.h"
#include "report/plan.h"

struct view {
	struct html_page page;
	const struct report_plans *in;
	const struct plan *plan;
};

/* `what` stands before the cell where rows are cards. */
static void open_cell(struct view *w, const char *class, const char *what)
{
	strbuf_fmt(w->page.out, "<td class=\"%s\" data-of=\"%s\">", class,
		   what);
}

static void close_cell(struct view *w)
{
	strbuf_cstr(w->page.out, "</td>");
}

static void write_day(struct view *w, int32_t day)
{
	if (day)
		date_write(w->page.out, day);
	else
		strbuf_cstr(w->page.out, "<span class=\"soft whole\">not said"
					 "</span>");
}

static void write_bar(struct view *w, int32_t low_bp, int32_t high_bp)
{
	html_page_interval(&w->page, (struct svg_interval){
		{low_bp, high_bp}, {-1, -1}, -1, false});
}

/* --- products ------------------------------------------------------------ */

static void write_deadline(struct view *w, const char *what,
			   const struct plan_deadline *d)
{
	open_cell(w, "", what);
	if (!d->rule.n) {
		strbuf_cstr(w->page.out, "<span class=\"soft\">\xe2\x80\x93"
					 "</span></td>");
		return;
	}
	if (d->day == w->in->scan->as_of)
		strbuf_cstr(w->page.out, "<strong>now</strong>, ");
	date_write(w->page.out, d->day);
	strbuf_cstr(w->page.out, " <span class=\"soft\">by ");
	markup_name(w->page.out, d->rule);
	strbuf_cstr(w->page.out, "</span></td>");
}

static void write_alternatives(struct view *w, const struct plan_asset *a)
{
	open_cell(w, "", "in the stack");
	for (size_t i = 0; i < a->alternatives.n; i++) {
		strbuf_cstr(w->page.out, i ? ", " : "");
		markup_name(w->page.out, html_page_name(
			&w->page, a->alternatives.v[i]));
	}
	if (a->undecided) {
		strbuf_cstr(w->page.out, a->alternatives.n
			    ? "; <span class=\"soft\">"
			    : "<span class=\"soft\">");
		markup_count(w->page.out, a->undecided);
		strbuf_cstr(w->page.out, a->alternatives.n
			    ? " more may have to go too</span>"
			    : ", which may have to go too</span>");
	}
	close_cell(w);
}

static void write_asset(struct view *w, const struct plan_asset *a)
{
	enum function f = w->plan->verdict->scores.v[a->component].function;

	strbuf_cstr(w->page.out, "<tr><th scope=\"row\">");
	markup_name(w->page.out, html_page_name(&w->page, a->component));
	if (f != FUNCTION_NONE)
		strbuf_fmt(w->page.out, " <span class=\"soft\">%s</span>",
			   component_function_name(f));
	strbuf_cstr(w->page.out, "</th>");
	write_deadline(w, "must go", &a->out);
	write_deadline(w, "may have to go", &a->open);
	open_cell(w, "share", "of concern");
	write_bar(w, a->low_bp, a->high_bp);
	close_cell(w);
	open_cell(w, "", "in service");
	if (a->in_service || a->end_of_life) {
		write_day(w, a->in_service);
		strbuf_cstr(w->page.out, " to ");
	}
	write_day(w, a->end_of_life);
	close_cell(w);
	write_alternatives(w, a);
	strbuf_cstr(w->page.out, "</tr>\n");
}

static void write_assets(struct view *w)
{
	if (!w->plan->rules)
		strbuf_cstr(w->page.out, "<p>The policy has no rule that a "
			    "single product could break.</p>\n");
	html_page_table_open(&w->page, "side", "Products, by when they must "
			     "be out of service", "Product|Must go (proven)|"
			     "May have to go|Of concern|In service|For the "
			     "same function in the stack");
	for (size_t i = 0; i < w->plan->assets.n; i++)
		write_asset(w, &w->plan->assets.v[i]);
	html_page_table_close(&w->page);
}

/* --- years --------------------------------------------------------------- */

static void write_point(struct view *w, const struct plan_point *at)
{
	strbuf_cstr(w->page.out, "<tr><th scope=\"row\">");
	date_write(w->page.out, at->day);
	strbuf_cstr(w->page.out, "</th>");
	open_cell(w, "", "products");
	markup_count(w->page.out, at->in_service);
	close_cell(w);
	open_cell(w, "", "out");
	markup_count(w->page.out, at->out);
	close_cell(w);
	open_cell(w, "share", "by itself");
	write_bar(w, at->low_bp, at->high_bp);
	close_cell(w);
	open_cell(w, "share", "by the rules");
	write_bar(w, at->kept_low_bp, at->kept_high_bp);
	close_cell(w);
	strbuf_cstr(w->page.out, "</tr>\n");
}

static struct str day_of(struct view *w, int32_t day)
{
	struct strbuf b;
	struct str s;

	strbuf_init(&b, 0);
	date_write(&b, day);
	s = arena_dup(&w->page.arena, strbuf_str(&b));
	strbuf_release(&b);
	return s;
}

static void draw(struct view *w, const char *caption, bool is_kept)
{
	size_t n = w->plan->points.n;
	struct svg_day *days = arena_alloc(&w->page.arena, n * sizeof *days);

	for (size_t i = 0; i < n; i++) {
		const struct plan_point *at = &w->plan->points.v[i];

		days[i].label = day_of(w, at->day);
		days[i].share = is_kept
			? (struct svg_share){at->kept_low_bp, at->kept_high_bp}
			: (struct svg_share){at->low_bp, at->high_bp};
	}
	strbuf_fmt(w->page.out, "<figure>\n<figcaption>%s</figcaption>\n",
		   caption);
	svg_days(w->page.out, days, n, arena_fmt(
		&w->page.arena, "%s; the table has the figures", caption));
	strbuf_cstr(w->page.out, "</figure>\n");
}

static void write_years(struct view *w)
{
	strbuf_cstr(w->page.out, "<div class=\"grid small\">\n");
	draw(w, "Exposure left as products reach their end of life", false);
	draw(w, "Exposure left if the rules are kept", true);
	strbuf_cstr(w->page.out, "</div>\n");
	html_page_table_open(&w->page, "side", "Exposure that is left: as "
			     "products reach their end of life, and if the "
			     "rules are kept", "From|Products in service|Of "
			     "them out by a rule|By itself|By the rules");
	for (size_t i = 0; i < w->plan->points.n; i++)
		write_point(w, &w->plan->points.v[i]);
	html_page_table_close(&w->page);
}

/* --- the whole ----------------------------------------------------------- */

static void write_plan(struct view *w)
{
	const struct verdict *v = w->plan->verdict;

	strbuf_fmt(w->page.out, "<article id=\"%.*s\">\n<h3>",
		   STR_ARG(html_page_id(&w->page, "p-", v->policy)));
	markup_name(w->page.out, v->policy);
	strbuf_cstr(w->page.out, ": ");
	markup_text(w->page.out, v->title);
	strbuf_cstr(w->page.out, "</h3>\n<p class=\"soft\">Edition, SHA-256 "
				 "<code>");
	markup_text(w->page.out, v->policy_sha256);
	strbuf_cstr(w->page.out, "</code></p>\n");
	if (v->is_incomplete)
		strbuf_cstr(w->page.out, "<p class=\"warn\">Not all was read: "
			    "more may have to go than stands here.</p>\n");
	write_assets(w);
	write_years(w);
	strbuf_cstr(w->page.out, "</article>\n");
}

static void write_head(struct view *w)
{
	const struct scan *s = w->in->scan;

	strbuf_cstr(w->page.out, "<header>\n<p class=\"kicker\">What the rules "
				 "want replaced, and by when</p>\n<h1>");
	markup_name(w->page.out, s->stack.name.n ? s->stack.name
						 : STR("Plan of phase-out"));
	strbuf_cstr(w->page.out, "</h1>\n<p class=\"lead\">Judged as of ");
	date_write(w->page.out, s->as_of);
	strbuf_cstr(w->page.out, ", offline.</p>\n</header>\n");
}

static void write_method(struct view *w)
{
	html_frame_section("method", "How to read it", w->page.out);
	strbuf_cstr(w->page.out,
		"<p>A rule counts from its day on, for each product alone with "
		"what it brings in. Each figure is an interval: what is proven "
		"is the floor, and what cannot be ruled out the ceiling. What "
		"is replaced counts as free of concern, and a product whose "
		"end of life is not said stays. Facts and shares are those of "
		"the day of judgement.</p>\n");
	html_frame_section_end(w->page.out);
}

void plan_html(const struct report_plans *in, struct strbuf *out)
{
	static const struct html_link links[] = {
		{"plans", "By policy"}, {"method", "How to read it"}};
	const struct report_input input = {.scan = in->scan};
	struct html_frame f = {.title = STR("Plan of phase-out"),
			       .tool_version = in->tool_version,
			       .links = links,
			       .links_n = sizeof links / sizeof *links};
	struct view w = {.page = {.out = out, .in = &input}, .in = in};

	html_frame_open(&f, out);
	write_head(&w);
	html_frame_section("plans", "Policy by policy", out);
	html_page_legend(&w.page, "");
	for (size_t i = 0; i < in->n; i++) {
		w.plan = &in->plans[i];
		write_plan(&w);
	}
	html_frame_section_end(out);
	write_method(&w);
	html_frame_close(&f, out);
	html_page_release(&w.page);
}
