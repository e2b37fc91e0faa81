/*
 * Reports side by side as one HTML file, in the order in which an evaluator
 * asks: what is compared, the verdicts and which is lower, then each policy
 * with its rules, axes, functions, organisations and components, and last
 * what is in one report and not in another.  Very long tables are cut and
 * say so: ranwhence.comparison/1 has every row.
 */
#include "report/compare.h"
#include "report/html_frame.h"
#include "report/html_page.h"
#include "report/markup.h"

#define ROWS 2000 /* of a table at most */

struct view {
	struct html_page page;
	const struct compare *c;
};

static char letter(size_t report)
{
	return (char)('A' + report % 26);
}

/* --- cells --------------------------------------------------------------- */

static void write_interval(struct view *w, struct report_interval i)
{
	if (i.low_bp < 0)
		strbuf_cstr(w->page.out, "<span class=\"soft\">"
					 "\xe2\x80\x93</span>");
	else
		html_page_interval(&w->page, (struct svg_interval){
			{i.low_bp, i.high_bp}, {-1, -1}, -1, false});
}

/* Which report a cell is of, where rows are cards, stands in data-of. */
static void open_cell(struct view *w, const char *class, size_t report)
{
	strbuf_fmt(w->page.out, "<td class=\"%s\" data-of=\"%c\">", class,
		   letter(report));
}

static void close_cell(struct view *w)
{
	strbuf_cstr(w->page.out, "</td>");
}

static void write_absent(struct view *w, size_t report)
{
	open_cell(w, "soft", report);
	strbuf_cstr(w->page.out, "\xe2\x80\x93</td>");
}

static void open_table(struct view *w, const char *caption,
		       const char *first)
{
	struct strbuf columns;

	strbuf_init(&columns, 0);
	strbuf_cstr(&columns, first);
	for (size_t r = 0; r < w->c->n; r++)
		strbuf_fmt(&columns, "|%c", letter(r));
	html_page_table_open(&w->page, "side", caption,
			     arena_cstr(&w->page.arena,
					strbuf_str(&columns)));
	strbuf_release(&columns);
}

static void open_row(struct view *w)
{
	strbuf_cstr(w->page.out, "<tr><th scope=\"row\">");
}

static void end_row(struct view *w)
{
	strbuf_cstr(w->page.out, "</tr>\n");
}

/* Ends a table of which no more than ROWS of n rows were written. */
static void close_table(struct view *w, size_t n)
{
	html_page_table_close(&w->page);
	if (n <= ROWS)
		return;
	strbuf_cstr(w->page.out, "<p class=\"warn\">And ");
	markup_count(w->page.out, n - ROWS);
	strbuf_cstr(w->page.out, " more, which are in the JSON form.</p>\n");
}

/* --- what is compared ---------------------------------------------------- */

static void write_text_cell(struct view *w, struct str s)
{
	strbuf_cstr(w->page.out, "<td>");
	if (s.n)
		markup_text(w->page.out, s);
	else
		strbuf_cstr(w->page.out, "<span class=\"soft\">not said"
					 "</span>");
	close_cell(w);
}

static void write_report(struct view *w, size_t r)
{
	const struct report_file *f = &w->c->reports[r];

	strbuf_fmt(w->page.out, "<tr><th scope=\"row\">%c ", letter(r));
	markup_name(w->page.out, f->stack.n ? f->stack : f->path);
	strbuf_cstr(w->page.out, "</th>");
	write_text_cell(w, f->supplier);
	write_text_cell(w, f->as_of);
	strbuf_cstr(w->page.out, "<td>");
	markup_plural(w->page.out, f->components.n, "component");
	close_cell(w);
	write_text_cell(w, f->version);
	strbuf_cstr(w->page.out, "<td><code>");
	markup_text(w->page.out, f->path);
	strbuf_cstr(w->page.out, "</code></td></tr>\n");
}

static void write_head(struct view *w)
{
	strbuf_cstr(w->page.out, "<header>\n<p class=\"kicker\">Who stands "
				 "behind this software, and how much of it"
				 "</p>\n<h1>");
	markup_plural(w->page.out, w->c->n, "report");
	strbuf_cstr(w->page.out, " side by side</h1>\n</header>\n");
	html_frame_section("reports", "What is compared", w->page.out);
	html_page_table_open(&w->page, "reports", "The reports and their "
			     "letters on this page", "Report|Supplier|As of|"
			     "Size|Made with|File");
	for (size_t r = 0; r < w->c->n; r++)
		write_report(w, r);
	close_table(w, w->c->n);
	html_frame_section_end(w->page.out);
}

/* --- verdicts ------------------------------------------------------------ */

static void write_verdict(struct view *w, const struct report_verdict *v,
			  size_t r)
{
	open_cell(w, "share", r);
	html_page_state_named(&w->page, v->state);
	if (v->is_incomplete)
		strbuf_cstr(w->page.out, " <span class=\"soft\">not all was "
					 "read</span>");
	write_interval(w, v->headline);
	if (v->decided_by.n) {
		strbuf_cstr(w->page.out, "<p class=\"soft\">decided by ");
		markup_name(w->page.out, v->decided_by);
		strbuf_cstr(w->page.out, "</p>");
	}
	if (!str_eq(v->gate, v->state)) {
		strbuf_cstr(w->page.out, "<p class=\"soft\">after waivers and "
					 "baseline: ");
		markup_name(w->page.out, v->gate);
		strbuf_cstr(w->page.out, "</p>");
	}
	close_cell(w);
}

static void write_verdicts(struct view *w, const struct str *ids)
{
	html_frame_section("verdicts", "Verdicts, and influence",
			   w->page.out);
	html_page_legend(&w->page, "");
	open_table(w, "The verdict by each policy, the influence of "
		   "organisations of concern, and which is lower", "Policy");
	for (size_t i = 0; i < w->c->policies.n; i++) {
		const struct compare_policy *p = &w->c->policies.v[i];

		open_row(w);
		strbuf_fmt(w->page.out, "<a href=\"#%.*s\">",
			   STR_ARG(ids[i]));
		markup_name(w->page.out, p->policy);
		strbuf_cstr(w->page.out, "</a> <span class=\"soft\">");
		if (p->lowest == SIZE_MAX)
			strbuf_cstr(w->page.out, "which is lowest is open");
		else
			strbuf_fmt(w->page.out, "%c is lowest for sure",
				   letter(p->lowest));
		strbuf_cstr(w->page.out, "</span></th>");
		for (size_t r = 0; r < w->c->n; r++)
			write_verdict(w, p->at[r], r);
		end_row(w);
	}
	close_table(w, w->c->policies.n);
	html_frame_section_end(w->page.out);
}

/* --- the rules of a policy ----------------------------------------------- */

static void write_finding(struct view *w, const struct compare_rule *rule,
			  size_t r)
{
	if (!rule->at[r]) {
		write_absent(w, r);
		return;
	}
	open_cell(w, "share", r);
	html_page_state_named(&w->page, rule->at[r]->state);
	if (rule->at[r]->measured.low_bp >= 0) {
		strbuf_ch(w->page.out, ' ');
		markup_interval(w->page.out, rule->at[r]->measured.low_bp,
				rule->at[r]->measured.high_bp);
	}
	close_cell(w);
}

static void write_rule(struct view *w, const struct compare_rule *rule)
{
	open_row(w);
	markup_name(w->page.out, rule->rule);
	strbuf_cstr(w->page.out, " <span class=\"soft\">");
	markup_text(w->page.out, rule->title);
	strbuf_cstr(w->page.out, " (");
	markup_name(w->page.out, rule->severity);
	strbuf_cstr(w->page.out, ")</span></th>");
	for (size_t r = 0; r < w->c->n; r++)
		write_finding(w, rule, r);
	end_row(w);
}

static void write_some_rules(struct view *w, const struct compare_policy *p,
			     bool is_different)
{
	size_t n = 0;

	for (size_t i = 0; i < p->rules.n; i++) {
		const struct compare_rule *rule = &p->rules.v[i];

		if (rule->is_different != is_different || ++n > ROWS)
			continue;
		if (n == 1)
			open_table(w, is_different ? "Rules that differ"
				   : "Rules in the same state everywhere",
				   "Rule");
		write_rule(w, rule);
	}
	if (n)
		close_table(w, n);
	else if (is_different)
		strbuf_cstr(w->page.out, "<p>No rule differs.</p>\n");
}

/* --- its figures --------------------------------------------------------- */

/* A figure of a verdict, by name. */
enum figure { HEADLINE, ON_B, RANGE, COVERAGE };

static struct report_interval figure_of(const struct report_verdict *v,
					enum figure f)
{
	if (f == HEADLINE)
		return v->headline;
	if (f == ON_B)
		return v->headline_on_b;
	return v->range;
}

static void write_figure(struct view *w, const struct compare_policy *p,
			 enum figure f, const char *name)
{
	open_row(w);
	strbuf_cstr(w->page.out, name);
	strbuf_cstr(w->page.out, "</th>");
	for (size_t r = 0; r < w->c->n; r++) {
		open_cell(w, "share", r);
		if (f == COVERAGE)
			markup_share(w->page.out, p->at[r]->coverage_bp,
				     false);
		else
			write_interval(w, figure_of(p->at[r], f));
		close_cell(w);
	}
	end_row(w);
}

static void write_axis(struct view *w, const struct compare_policy *p,
		       size_t a)
{
	open_row(w);
	strbuf_cstr(w->page.out, a == AXIS_COUNT ? "all axes"
		    : verdict_axis_name((enum axis)a));
	strbuf_cstr(w->page.out, "</th>");
	for (size_t r = 0; r < w->c->n; r++) {
		struct report_interval peak = p->at[r]->peaks[a];

		open_cell(w, "share", r);
		write_interval(w, p->at[r]->axes[a]);
		if (peak.low_bp >= 0) {
			strbuf_cstr(w->page.out, " <span class=\"soft\">peak ");
			markup_interval(w->page.out, peak.low_bp,
					peak.high_bp);
			strbuf_cstr(w->page.out, "</span>");
		}
		close_cell(w);
	}
	end_row(w);
}

static void write_figures(struct view *w, const struct compare_policy *p)
{
	open_table(w, "Influence of organisations of concern: the mean of all "
		   "components by each axis, and the worst one", "Axis");
	write_figure(w, p, HEADLINE, "headline");
	write_figure(w, p, ON_B, "headline, if what wants a citation held");
	write_figure(w, p, RANGE, "under any other weights of the axes");
	write_figure(w, p, COVERAGE, "observed of what is weighed");
	for (size_t a = 0; a <= AXIS_COUNT; a++)
		write_axis(w, p, a);
	close_table(w, AXIS_COUNT);
}

static void write_functions(struct view *w, const struct compare_policy *p)
{
	if (!p->functions.n)
		return;
	open_table(w, "Exposure by network function", "Function");
	for (size_t i = 0; i < p->functions.n; i++) {
		const struct compare_function *f = &p->functions.v[i];

		open_row(w);
		markup_name(w->page.out, f->function.n ? f->function
							: STR("none named"));
		strbuf_cstr(w->page.out, "</th>");
		for (size_t r = 0; r < w->c->n; r++) {
			if (!f->at[r]) {
				write_absent(w, r);
				continue;
			}
			open_cell(w, "share", r);
			write_interval(w, f->at[r]->exposure);
			strbuf_cstr(w->page.out, " <span class=\"soft\">");
			markup_plural(w->page.out,
				      (uint64_t)f->at[r]->components,
				      "component");
			strbuf_cstr(w->page.out, "</span></td>");
		}
		end_row(w);
	}
	close_table(w, p->functions.n);
}

/* --- organisations ------------------------------------------------------- */

static void write_units(struct view *w, const struct report_organisation *o)
{
	for (size_t a = 0; a < AXIS_COUNT; a++) {
		if (!o->units[a] || a == AXIS_COMMITS)
			continue;
		strbuf_fmt(w->page.out, ", %s ",
			   verdict_axis_name((enum axis)a));
		markup_count(w->page.out, o->units[a]);
	}
}

static void write_part(struct view *w, const struct compare_organisation *row,
		       size_t r)
{
	const struct report_organisation *o = row->at[r];

	if (!o) {
		write_absent(w, r);
		return;
	}
	open_cell(w, "share", r);
	markup_plural(w->page.out, o->units[AXIS_COMMITS], "commit");
	strbuf_cstr(w->page.out, " (");
	markup_share(w->page.out, row->share_bp[r], false);
	strbuf_cstr(w->page.out, ")<span class=\"soft\">");
	write_units(w, o);
	strbuf_cstr(w->page.out, "; standing ");
	markup_name(w->page.out, o->standing);
	if (o->rung.n) {
		strbuf_cstr(w->page.out, ", rung ");
		markup_name(w->page.out, o->rung);
	}
	strbuf_cstr(w->page.out, "</span></td>");
}

static void write_organisation(struct view *w,
			       const struct compare_organisation *o)
{
	open_row(w);
	markup_name(w->page.out, o->name);
	strbuf_cstr(w->page.out, " <span class=\"soft\">");
	markup_name(w->page.out, o->id);
	strbuf_cstr(w->page.out, "</span></th>");
	for (size_t r = 0; r < w->c->n; r++)
		write_part(w, o, r);
	end_row(w);
}

static void write_some_organisations(struct view *w,
				     const struct compare_policy *p,
				     const size_t *rows, size_t n)
{
	for (size_t i = 0; i < n && i < ROWS; i++)
		write_organisation(w, &p->organisations.v[rows[i]]);
	close_table(w, n);
}

/* Those of concern; and the others, for who wants to open them. */
static void write_organisations(struct view *w,
				const struct compare_policy *p)
{
	struct compare_order order;
	size_t all, n = 0;

	compare_rank_organisations(w->c, p, &order);
	all = order.rows.n;
	while (n < all && p->organisations.v[order.rows.v[n]].is_of_concern)
		n++;
	if (n) {
		open_table(w, "Organisations of concern, and what they did",
			   "Organisation");
		write_some_organisations(w, p, order.rows.v, n);
	}
	if (all > n) {
		strbuf_cstr(w->page.out, "<details>\n<summary>");
		markup_plural(w->page.out, all - n, "other organisation");
		strbuf_cstr(w->page.out, "</summary>\n");
		open_table(w, "Organisations not of concern, or of which it "
			   "is not known", "Organisation");
		write_some_organisations(w, p, order.rows.v + n, all - n);
		strbuf_cstr(w->page.out, "</details>\n");
		strbuf_cstr(w->page.out, "<p class=\"paper soft\">The other "
			    "organisations are not printed.</p>\n");
	}
	vec_release(&order.rows);
}

/* --- components ---------------------------------------------------------- */

static void write_score(struct view *w, const struct report_score *s,
			size_t r)
{
	if (!s) {
		write_absent(w, r);
		return;
	}
	open_cell(w, "share", r);
	write_interval(w, s->influence);
	strbuf_cstr(w->page.out, "<span class=\"soft\">");
	if (!s->has_data)
		strbuf_cstr(w->page.out, " nothing observed");
	if (s->commits.low_bp >= 0) {
		strbuf_cstr(w->page.out, " commits ");
		markup_interval(w->page.out, s->commits.low_bp,
				s->commits.high_bp);
	}
	if (s->function.n) {
		strbuf_cstr(w->page.out, " in ");
		markup_name(w->page.out, s->function);
	}
	strbuf_cstr(w->page.out, "</span></td>");
}

static void write_scores(struct view *w, const struct compare_policy *p)
{
	struct compare_order order;

	compare_rank_components(w->c, p, &order);
	if (order.rows.n)
		open_table(w, "Components that the policy counts, worst "
			   "first", "Component");
	for (size_t i = 0; i < order.rows.n && i < ROWS; i++) {
		size_t k = order.rows.v[i];

		open_row(w);
		markup_name(w->page.out, w->c->components.v[k].name);
		strbuf_cstr(w->page.out, "</th>");
		for (size_t r = 0; r < w->c->n; r++)
			write_score(w, compare_score(w->c, p, k, r), r);
		end_row(w);
	}
	if (order.rows.n)
		close_table(w, order.rows.n);
	vec_release(&order.rows);
}

static void write_component(struct view *w, const struct compare_component *k)
{
	open_row(w);
	markup_name(w->page.out, k->name);
	strbuf_cstr(w->page.out, "<p class=\"soft\">");
	markup_text(w->page.out, k->identity);
	strbuf_cstr(w->page.out, "</p></th>");
	for (size_t r = 0; r < w->c->n; r++) {
		if (!k->at[r]) {
			write_absent(w, r);
			continue;
		}
		open_cell(w, "share", r);
		markup_name(w->page.out, k->at[r]->version.n
			    ? k->at[r]->version : STR("no version"));
		strbuf_cstr(w->page.out, k->at[r]->is_root
			    ? " <span class=\"soft\">product</span>" : "");
		close_cell(w);
	}
	end_row(w);
}

static void write_some_components(struct view *w, bool in_all)
{
	size_t n = 0;

	for (size_t i = 0; i < w->c->components.n; i++) {
		const struct compare_component *k = &w->c->components.v[i];

		if ((k->present == w->c->n) != in_all || ++n > ROWS)
			continue;
		if (n == 1)
			open_table(w, in_all ? "In every report, by version"
				   : "Not in every report, by version",
				   "Component");
		write_component(w, k);
	}
	if (n)
		close_table(w, n);
}

/* How many are in one report alone. */
static size_t alone_in(const struct compare *c, size_t report)
{
	size_t n = 0;

	for (size_t i = 0; i < c->components.n; i++)
		n += c->components.v[i].present == 1 &&
		     c->components.v[i].at[report];
	return n;
}

static void write_components(struct view *w)
{
	size_t all = 0;

	for (size_t i = 0; i < w->c->components.n; i++)
		all += w->c->components.v[i].present == w->c->n;
	html_frame_section("components", "In one and not in the other",
			   w->page.out);
	strbuf_cstr(w->page.out, "<p>In all: ");
	markup_plural(w->page.out, all, "component");
	for (size_t r = 0; r < w->c->n; r++) {
		strbuf_fmt(w->page.out, "; in %c alone: ", letter(r));
		markup_count(w->page.out, alone_in(w->c, r));
	}
	strbuf_cstr(w->page.out, ".</p>\n");
	write_some_components(w, false);
	write_some_components(w, true);
	html_frame_section_end(w->page.out);
}

/* --- the whole ----------------------------------------------------------- */

static void write_who_is_lower(struct view *w, const struct compare_policy *p)
{
	if (p->lowest == SIZE_MAX)
		strbuf_cstr(w->page.out, "<p>The intervals overlap: which is "
			    "lower depends on what is unknown. The questions "
			    "of each report say what to ask for.</p>\n");
	else
		strbuf_fmt(w->page.out, "<p><strong>%c has the lowest "
			   "influence, whatever the unknown turns out to "
			   "be.</strong></p>\n", letter(p->lowest));
}

static void write_policy(struct view *w, const struct compare_policy *p,
			 struct str id)
{
	strbuf_fmt(w->page.out, "<article id=\"%.*s\">\n<h3>", STR_ARG(id));
	markup_name(w->page.out, p->policy);
	strbuf_cstr(w->page.out, ": ");
	markup_text(w->page.out, p->title);
	strbuf_cstr(w->page.out, "</h3>\n<p class=\"soft\">Edition, SHA-256 "
				 "<code>");
	markup_text(w->page.out, p->at[0]->sha256);
	strbuf_cstr(w->page.out, "</code></p>\n");
	write_who_is_lower(w, p);
	write_some_rules(w, p, true);
	write_figures(w, p);
	write_functions(w, p);
	write_scores(w, p);
	write_organisations(w, p);
	write_some_rules(w, p, false);
	strbuf_cstr(w->page.out, "</article>\n");
}

static void write_method(struct view *w)
{
	html_frame_section("method", "How to read it", w->page.out);
	strbuf_cstr(w->page.out,
		"<p>Each figure is an interval: what is proven is the floor, "
		"and what cannot be ruled out the ceiling. Nothing unknown is "
		"taken to be harmless. A report is lowest for sure only where "
		"its ceiling is below the floor of every other. Reports are "
		"compared only if the same editions of the same policies "
		"judged them; that they looked equally far is not checked: see "
		"what was observed. Components are matched by what they are, "
		"in whatever version.</p>\n");
	html_frame_section_end(w->page.out);
}

void compare_html(const struct compare *c, const char *tool_version,
		  struct strbuf *out)
{
	static const struct html_link links[] = {
		{"reports", "What is compared"}, {"verdicts", "Verdicts"},
		{"policies", "By policy"}, {"components", "Components"},
		{"method", "How to read it"}};
	struct html_frame f = {.title = STR("Reports side by side"),
			       .tool_version = tool_version, .links = links,
			       .links_n = sizeof links / sizeof *links};
	struct view w = {.page = {.out = out}, .c = c};
	struct str *ids = arena_alloc(&w.page.arena,
				      c->policies.n * sizeof *ids);

	for (size_t i = 0; i < c->policies.n; i++)
		ids[i] = html_page_id(&w.page, "p-", c->policies.v[i].policy);
	html_frame_open(&f, out);
	write_head(&w);
	write_verdicts(&w, ids);
	html_frame_section("policies", "Policy by policy", out);
	for (size_t i = 0; i < c->policies.n; i++)
		write_policy(&w, &c->policies.v[i], ids[i]);
	html_frame_section_end(out);
	write_components(&w);
	write_method(&w);
	html_frame_close(&f, out);
	html_page_release(&w.page);
}
