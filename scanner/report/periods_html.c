/* Influence by quarter or by release as one HTML file: per policy the shares
 * of each period on the axes that are dated, and what they are made of. */
#include "base/date.h"
#include "report/bom.h"
#include "report/html_frame.h"
#include "report/html_page.h"
#include "report/markup.h"
#include "report/periods.h"

static const enum axis dated[] = {AXIS_COMMITS, AXIS_CHURN, AXIS_REVIEW};
#define DATED (sizeof dated / sizeof *dated)

static void write_units(struct html_page *p, enum axis a, const char *what,
			uint64_t n)
{
	strbuf_cstr(p->out, what);
	markup_count(p->out, verdict_shown(a, n));
}

/* The share with its bar, and of how many units; the cell stays open. */
static void write_tally(struct html_page *p, enum axis a,
			const struct tally *t)
{
	strbuf_fmt(p->out, "<td class=\"share\" data-of=\"%s\">",
		   verdict_axis_name(a));
	if (!t->is_observed) {
		strbuf_cstr(p->out, "<span class=\"soft\">not observed"
				    "</span>");
		return;
	}
	html_page_interval(p, (struct svg_interval){
		{t->low_bp, t->high_bp}, {-1, -1}, -1, false});
	strbuf_cstr(p->out, "<p class=\"soft\">");
	write_units(p, a, "of concern ", t->concern);
	write_units(p, a, ", unknown ", t->unknown);
	write_units(p, a, ", ruled out ", t->other);
	strbuf_cstr(p->out, "</p>");
}

/* Who held the seats at the end of a quarter. */
static void write_seats(struct html_page *p, const struct periods_row *r)
{
	const char *sep = "";

	strbuf_cstr(p->out, "<p class=\"soft\">");
	for (size_t i = 0; i < r->seats.n; i++, sep = ", ") {
		strbuf_cstr(p->out, sep);
		markup_count(p->out, r->seats.v[i].seats);
		strbuf_ch(p->out, ' ');
		markup_name(p->out, r->seats.v[i].organisation.n
			    ? r->seats.v[i].organisation
			    : STR("of nobody known"));
	}
	strbuf_cstr(p->out, "</p>");
}

static bool has_seats(const struct periods *of)
{
	for (size_t i = 0; i < of->rows.n; i++)
		if (of->rows.v[i].seats.n)
			return true;
	return false;
}

static void write_row(struct html_page *p, const struct periods_row *r,
		      bool has_stewardship)
{
	strbuf_cstr(p->out, "<tr><th scope=\"row\">");
	markup_name(p->out, r->name.n ? r->name : STR("since the last one"));
	strbuf_cstr(p->out, "</th>");
	for (size_t i = 0; i < DATED; i++) {
		write_tally(p, dated[i], &r->axes[dated[i]]);
		strbuf_cstr(p->out, "</td>");
	}
	if (has_stewardship) {
		write_tally(p, AXIS_STEWARDSHIP, &r->axes[AXIS_STEWARDSHIP]);
		if (r->seats.n)
			write_seats(p, r);
		strbuf_cstr(p->out, "</td>");
	}
	strbuf_cstr(p->out, "</tr>\n");
}

static void write_policy(struct html_page *p, const struct periods *of,
			 enum parts_by by)
{
	bool has_stewardship = has_seats(of);

	strbuf_fmt(p->out, "<article id=\"%.*s\">\n<h3>",
		   STR_ARG(html_page_id(p, "p-", of->verdict->policy)));
	markup_name(p->out, of->verdict->policy);
	strbuf_cstr(p->out, ": ");
	markup_text(p->out, of->verdict->title);
	strbuf_cstr(p->out, "</h3>\n");
	if (!of->rows.n) {
		strbuf_cstr(p->out, "<p>No history was read in full.</p>\n"
				    "</article>\n");
		return;
	}
	html_page_table_open(p, "side", by == PARTS_BY_QUARTER
			     ? "Shares of organisations of concern by quarter"
			     : "Shares of organisations of concern by release",
			     arena_cstr(&p->arena, arena_fmt(
				     &p->arena, "%s|Commits|Churn|Review%s",
				     by == PARTS_BY_QUARTER ? "Quarter"
							    : "Release",
				     has_stewardship ? "|Stewardship" : "")));
	for (size_t i = 0; i < of->rows.n; i++)
		write_row(p, &of->rows.v[i], has_stewardship);
	html_page_table_close(p);
	strbuf_cstr(p->out, "</article>\n");
}

/* What is not in the shares stands before them. */
static void write_missing(const struct report_periods *in, struct strbuf *out)
{
	if (in->left_out) {
		strbuf_cstr(out, "<p><strong>");
		markup_plural(out, in->left_out, "product");
		strbuf_cstr(out, " without a history that was read in full: "
				 "what was done there is not in these shares."
				 "</strong></p>\n");
	}
	if (diag_has_effect(&in->scan->diags, DIAG_INCOMPLETE))
		strbuf_cstr(out, "<p><strong>Something could not be read: the "
				 "JSON form of this page says what."
				 "</strong></p>\n");
}

static void write_method(const struct report_periods *in, struct strbuf *out)
{
	html_frame_section("method", "How to read it", out);
	strbuf_cstr(out,
		"<p>Each figure is the share of what was done in the period: "
		"what is proven is the floor, and what cannot be ruled out "
		"the ceiling. Only axes that have dates are here. "
		"Organisations are judged by who controls them on the day of "
		"judgement, not by who did at the time.</p>\n<p>");
	strbuf_cstr(out, in->by == PARTS_BY_QUARTER
		? "The histories of the targets are counted together, by "
		  "quarters of the author date in UTC; what they bring in is "
		  "not counted. The last quarter may not be over. Stewardship "
		  "is that of the seats at the end of a quarter, by the "
		  "editions of INFO.yaml; of one role, host and company as "
		  "many as stood in an edition at most.</p>\n"
		: "A release holds what came with its tag and with no tag "
		  "before it.</p>\n");
	html_frame_section_end(out);
}

static void write_header(const struct report_periods *in, struct strbuf *out)
{
	strbuf_cstr(out, "<header>\n<p class=\"kicker\">Who stands behind this "
			 "software, and how much of it</p>\n<h1>");
	markup_name(out, bom_subject(in->scan));
	strbuf_fmt(out, " by %s</h1>\n<p>Judged as of ",
		   parts_by_name(in->by));
	date_write(out, in->scan->as_of);
	strbuf_cstr(out, ".</p>\n");
	write_missing(in, out);
	strbuf_cstr(out, "</header>\n");
}

void periods_html(const struct report_periods *in, struct strbuf *out)
{
	static const struct html_link links[] = {
		{"periods", "By policy"}, {"method", "How to read it"}};
	struct html_frame f = {.title = STR("Influence over time"),
			       .tool_version = in->tool_version,
			       .links = links,
			       .links_n = sizeof links / sizeof *links};
	struct html_page p = {.out = out};

	html_frame_open(&f, out);
	write_header(in, out);
	html_frame_section("periods", "Policy by policy", out);
	html_page_legend(&p, "");
	for (size_t i = 0; i < in->n; i++)
		write_policy(&p, &in->periods[i], in->by);
	html_frame_section_end(out);
	write_method(in, out);
	html_frame_close(&f, out);
	html_page_release(&p);
}
