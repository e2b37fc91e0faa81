/* Reports by their days as one HTML file: per policy the verdict, the
 * influence and each axis of every day, and what the change is for sure. */
#include "report/html_frame.h"
#include "report/html_page.h"
#include "report/markup.h"
#include "report/trend.h"

/* `what` stands before the cell where rows are cards. */
static void write_share(struct html_page *p, const char *what,
			struct report_interval i)
{
	strbuf_fmt(p->out, "<td class=\"whole\" data-of=\"%s\">", what);
	markup_interval(p->out, i.low_bp, i.high_bp);
	strbuf_cstr(p->out, "</td>");
}

/* Named where it is not what the page is about. */
static void write_name(struct html_page *p, const struct report_file *r,
		       const struct report_file *first)
{
	if (r->stack.n && str_eq(r->stack, first->stack))
		return;
	strbuf_cstr(p->out, " <span class=\"soft\">");
	markup_name(p->out, r->stack.n ? r->stack : r->path);
	strbuf_cstr(p->out, "</span>");
}

static void write_day(struct html_page *p, const struct report_file *r,
		      const struct report_file *first,
		      const struct report_verdict *v)
{
	strbuf_cstr(p->out, "<tr><th scope=\"row\"><span class=\"whole\">");
	markup_name(p->out, r->as_of);
	strbuf_cstr(p->out, "</span>");
	write_name(p, r, first);
	strbuf_cstr(p->out, "</th><td data-of=\"verdict\">");
	html_page_state_named(p, v->state);
	if (!str_eq(v->gate, v->state)) {
		strbuf_cstr(p->out, "<p class=\"soft\">after waivers and "
				    "baseline: ");
		markup_name(p->out, v->gate);
		strbuf_cstr(p->out, "</p>");
	}
	strbuf_cstr(p->out, "</td>");
	write_share(p, "influence", v->headline);
	strbuf_cstr(p->out, "<td data-of=\"observed\">");
	markup_share(p->out, v->coverage_bp, false);
	strbuf_cstr(p->out, "</td>");
	for (size_t a = 0; a < AXIS_COUNT; a++)
		write_share(p, verdict_axis_name((enum axis)a), v->axes[a]);
	strbuf_cstr(p->out, "</tr>\n");
}

/* --- charts -------------------------------------------------------------- */

/* An axis; AXIS_COUNT for the whole. */
static void draw(struct html_page *p, const struct trend *t,
		 struct str policy, size_t axis)
{
	const char *name = axis < AXIS_COUNT
			   ? verdict_axis_name((enum axis)axis) : "influence";
	struct svg_day *days = arena_alloc(&p->arena, t->n * sizeof *days);

	for (size_t i = 0; i < t->n; i++) {
		const struct report_verdict *v =
			report_file_verdict(t->reports[i], policy);
		struct report_interval x = axis < AXIS_COUNT ? v->axes[axis]
							     : v->headline;

		days[i] = (struct svg_day){t->reports[i]->as_of,
					   {x.low_bp, x.high_bp}};
	}
	strbuf_fmt(p->out, "<figure>\n<figcaption>%s</figcaption>\n", name);
	svg_days(p->out, days, t->n, arena_fmt(
		&p->arena, "%s by day; the table has the figures", name));
	strbuf_cstr(p->out, "</figure>\n");
}

static void write_charts(struct html_page *p, const struct trend *t,
			 struct str policy)
{
	strbuf_cstr(p->out, "<div class=\"grid small\">\n");
	draw(p, t, policy, AXIS_COUNT);
	for (size_t a = 0; a < AXIS_COUNT; a++)
		draw(p, t, policy, a);
	strbuf_cstr(p->out, "</div>\n");
}

/* --- the whole ----------------------------------------------------------- */

static void write_policy(struct html_page *p, const struct trend *t,
			 const struct report_verdict *v)
{
	struct strbuf columns;

	strbuf_fmt(p->out, "<article id=\"%.*s\">\n<h3>",
		   STR_ARG(html_page_id(p, "p-", v->policy)));
	markup_name(p->out, v->policy);
	strbuf_cstr(p->out, ": ");
	markup_text(p->out, v->title);
	strbuf_cstr(p->out, "</h3>\n");
	if (t->n > 1)
		strbuf_fmt(p->out, "<p class=\"keep\"><strong>%s</strong>"
				   "</p>\n",
			   trend_movement(t, v->policy));
	write_charts(p, t, v->policy);
	strbuf_init(&columns, 0);
	strbuf_cstr(&columns, "Day|Verdict|Influence|Observed");
	for (size_t a = 0; a < AXIS_COUNT; a++)
		strbuf_fmt(&columns, "|%s", verdict_axis_name((enum axis)a));
	html_page_table_open(p, "side", "Influence of organisations of "
			     "concern by day, and on each axis",
			     arena_cstr(&p->arena, strbuf_str(&columns)));
	strbuf_release(&columns);
	for (size_t i = 0; i < t->n; i++)
		write_day(p, t->reports[i], t->reports[0],
			  report_file_verdict(t->reports[i], v->policy));
	html_page_table_close(p);
	strbuf_cstr(p->out, "</article>\n");
}

static void write_method(struct html_page *p)
{
	html_frame_section("method", "How to read it", p->out);
	strbuf_cstr(p->out,
		"<p>Each figure is an interval: what is proven is the floor, "
		"and what cannot be ruled out the ceiling. It rose or fell for "
		"sure only where the intervals of the first and the last day "
		"do not overlap. All days were judged by the same editions of "
		"the same policies; that the reports looked equally far is not "
		"checked: see what was observed. Days stand side by side in "
		"the charts, however far apart they are.</p>\n");
	html_frame_section_end(p->out);
}

void trend_html(const struct trend *t, const char *tool_version,
		struct strbuf *out)
{
	static const struct html_link links[] = {
		{"trend", "By policy"}, {"method", "How to read it"}};
	const struct report_file *first = t->reports[0];
	struct html_frame f = {.title = STR("Influence over time"),
			       .tool_version = tool_version, .links = links,
			       .links_n = sizeof links / sizeof *links};
	struct html_page p = {.out = out};

	html_frame_open(&f, out);
	strbuf_cstr(out, "<header>\n<p class=\"kicker\">Who stands behind this "
			 "software, and how much of it</p>\n<h1>");
	markup_name(out, first->stack.n ? first->stack : first->path);
	strbuf_cstr(out, " over time</h1>\n</header>\n");
	html_frame_section("trend", "Policy by policy", out);
	html_page_legend(&p, "");
	for (size_t i = 0; i < first->verdicts.n; i++)
		write_policy(&p, t, &first->verdicts.v[i]);
	html_frame_section_end(out);
	write_method(&p);
	html_frame_close(&f, out);
	html_page_release(&p);
}
