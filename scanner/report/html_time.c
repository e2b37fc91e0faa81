/* Since when: the dated axes by year, and the others as they are today. */
#include "base/mem.h"
#include "base/count.h"
#include "report/html_frame.h"
#include "report/html_page.h"
#include "report/markup.h"

struct dated {
	enum axis axis;
	const char *title, *noun, *caption;
};

static const struct dated dated[] = {
	{AXIS_COMMITS, "Commits", "commits", "Commits by year"},
	{AXIS_CHURN, "Churn", "changed lines",
	 "Lines added and deleted by year"},
	{AXIS_REVIEW, "Review", "votes and submits",
	 "Review votes and submits by year"},
};

/* The years that have any unit on an axis; the caller frees. */
static struct svg_year *years_of(const struct verdict *v, enum axis a,
				 size_t *ret_n)
{
	struct svg_year *years = mem_new(v->years.n, sizeof *years);
	size_t n = 0;

	for (size_t i = 0; i < v->years.n; i++) {
		const struct tally *t = &v->years.v[i].axes[a];

		if (t->is_observed)
			years[n++] = (struct svg_year){
				v->years.v[i].year,
				verdict_shown(a, t->concern),
				verdict_shown(a, t->unknown),
				verdict_shown(a, t->other)};
	}
	*ret_n = n;
	return years;
}

static void write_count(struct html_page *p, enum axis a, uint64_t n)
{
	strbuf_cstr(p->out, "<td class=\"n\">");
	markup_count(p->out, verdict_shown(a, n));
	strbuf_cstr(p->out, "</td>");
}

static void write_years(struct html_page *p, enum axis a, const char *caption)
{
	html_page_table_open(p, "years", caption,
			     "Year|Of concern|Unknown|Ruled out|Share of "
			     "concern");
	for (size_t i = 0; i < p->v->years.n; i++) {
		const struct tally *t = &p->v->years.v[i].axes[a];

		if (!t->is_observed)
			continue;
		strbuf_fmt(p->out, "<tr><th scope=\"row\">%d</th>",
			   p->v->years.v[i].year);
		write_count(p, a, t->concern);
		write_count(p, a, t->unknown);
		write_count(p, a, t->other);
		strbuf_cstr(p->out, "<td class=\"n\">");
		markup_interval(p->out, t->low_bp, t->high_bp);
		strbuf_cstr(p->out, "</td></tr>\n");
	}
	html_page_table_close(p);
}

static bool write_dated(struct html_page *p, size_t i)
{
	size_t n;
	struct svg_year *years = years_of(p->v, dated[i].axis, &n);

	if (n) {
		strbuf_fmt(p->out, "<figure>\n<figcaption><strong>%s</strong>: "
				   "shares of each year, and how many %s there "
				   "were</figcaption>\n", dated[i].title,
			   dated[i].noun);
		svg_columns(p->out, years, n, dated[i].noun);
		strbuf_cstr(p->out, "<details class=\"print\"><summary>"
				    "Figures</summary>\n");
		write_years(p, dated[i].axis, dated[i].caption);
		strbuf_cstr(p->out, "</details>\n</figure>\n");
	}
	free(years);
	return n != 0;
}

/* --- today --------------------------------------------------------------- */

static void write_today(struct html_page *p, enum axis a, const char *what)
{
	struct svg_part parts[] = {{"is", 0}, {"may", 0}, {"no", 0}};
	uint64_t all = 0;

	for (size_t i = 0; i < p->v->scores.n; i++) {
		const struct tally *t = &verdict_counted(p->v, i)->axes[a];

		if (!p->v->scores.v[i].weight || !t->is_observed)
			continue;
		count_add(&parts[0].n, t->concern);
		count_add(&parts[1].n, t->unknown);
		count_add(&parts[2].n, t->other);
	}
	for (size_t i = 0; i < 3; i++)
		count_add(&all, parts[i].n);
	strbuf_fmt(p->out, "<tr><th scope=\"row\">%s</th><td class=\"share\">",
		   what);
	if (all)
		svg_stacked(p->out, parts, 3, all);
	else
		strbuf_cstr(p->out, "<span class=\"soft\">not observed</span>");
	strbuf_cstr(p->out, "</td>");
	for (size_t i = 0; i < 3; i++)
		write_count(p, a, parts[i].n);
	strbuf_cstr(p->out, "</tr>\n");
}

static void write_policy(struct html_page *p)
{
	size_t drawn = 0;

	strbuf_cstr(p->out, "<div class=\"grid\">\n");
	for (size_t i = 0; i < sizeof dated / sizeof *dated; i++)
		drawn += write_dated(p, i);
	strbuf_cstr(p->out, "</div>\n");
	if (!drawn)
		strbuf_cstr(p->out, "<p>No history is at hand.</p>\n");
	html_page_table_open(p, "today", "Axes that have no date: as they are "
			     "today", "Axis|Shares|Of concern|Unknown|Ruled "
			     "out");
	write_today(p, AXIS_SURVIVING, "lines that survive");
	write_today(p, AXIS_STEWARDSHIP, "seats, by the lines they govern "
					 "where that is known");
	write_today(p, AXIS_SUPPLY, "roles in the supply");
	html_page_table_close(p);
}

void html_time(struct html_page *p)
{
	html_frame_section("time", "Over time", p->out);
	if (p->v) {
		strbuf_cstr(p->out, "<p>All histories together, each counted "
				    "once and unweighted: what was done in "
				    "each year, and by whom. The last year may "
				    "not be over.</p>\n");
		html_page_legend(p, "");
	}
	html_page_each(p, write_policy);
	html_terms(p);
	html_frame_section_end(p->out);
}
