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
	strbuf_fmt(p->out, "<td class=\"share\" data-of=\"%s\">", what);
	html_page_interval(p, (struct svg_interval){
		{i.low_bp, i.high_bp}, {-1, -1}, -1, false});
	strbuf_cstr(p->out, "</td>");
}

static void write_day(struct html_page *p, const struct report_file *r,
		      const struct report_verdict *v)
{
	strbuf_cstr(p->out, "<tr><th scope=\"row\">");
	markup_name(p->out, r->as_of);
	strbuf_cstr(p->out, " <span class=\"soft\">");
	markup_name(p->out, r->stack.n ? r->stack : r->path);
	strbuf_cstr(p->out, "</span></th><td data-of=\"verdict\">");
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
		strbuf_fmt(p->out, "<p><strong>%s</strong></p>\n",
			   trend_movement(t, v->policy));
	strbuf_init(&columns, 0);
	strbuf_cstr(&columns, "Day|Verdict|Influence|Observed");
	for (size_t a = 0; a < AXIS_COUNT; a++)
		strbuf_fmt(&columns, "|%s", verdict_axis_name((enum axis)a));
	html_page_table_open(p, "side", "Influence of organisations of "
			     "concern by day, and on each axis",
			     arena_cstr(&p->arena, strbuf_str(&columns)));
	strbuf_release(&columns);
	for (size_t i = 0; i < t->n; i++)
		write_day(p, t->reports[i],
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
		"checked: see what was observed.</p>\n");
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
