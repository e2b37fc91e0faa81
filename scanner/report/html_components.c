/*
 * Which components: a tree map of the greatest, and a table of all, which the
 * script filters and sorts.  A row is as small as can be, for a stack may
 * have tens of thousands; what stands behind it is in the evidence.
 */
#include "base/mem.h"
#include "report/counted.h"
#include "report/html_frame.h"
#include "report/html_page.h"
#include "report/markup.h"

#define PATH 12
#define STEP 50    /* columns of a name on a way */
#define VERSION_COLUMNS 40 /* columns */
#define ORGANISATIONS 3
#define FIELDS 60
#define WAYS 10

/* --- tree map ------------------------------------------------------------ */

static uint64_t commits_of(const struct component_score *s)
{
	const struct tally *t = &s->axes[AXIS_COMMITS];

	return t->is_observed ? t->concern + t->other + t->unknown : 0;
}

static int greatest_first(const void *va, const void *vb)
{
	const struct svg_field *a = va, *b = vb;

	if (a->size != b->size)
		return a->size < b->size ? 1 : -1;
	return str_cmp(a->id, b->id);
}

static void write_treemap(struct html_page *p)
{
	struct svg_field *fields = mem_new(p->order_n, sizeof *fields);
	size_t n = 0;

	for (size_t i = 0; i < p->order_n; i++) {
		const struct component_score *s =
			verdict_counted(p->v, p->order[i]);
		const struct tally *t = &s->axes[AXIS_COMMITS];

		if (!p->v->scores.v[p->order[i]].weight || !commits_of(s))
			continue;
		fields[n++] = (struct svg_field){
			html_page_name(p, p->order[i]),
			p->components[p->order[i]],
			verdict_shown(AXIS_COMMITS, commits_of(s)),
			{t->low_bp, t->high_bp}};
	}
	qsort(fields, n, sizeof *fields, greatest_first);
	if (n > 1) {
		strbuf_cstr(p->out, "<figure>\n");
		svg_treemap(p->out, fields, n,
			    STR("Components by number of commits; the table of "
				"components has the figures"));
		strbuf_cstr(p->out, "<figcaption>Each field is a component, "
				    "as great as its number of commits");
		strbuf_cstr(p->out, n > FIELDS ? " (the 60 greatest)" : "");
		strbuf_cstr(p->out, "; tint and bar show whose commits they "
				    "are.</figcaption>\n</figure>\n");
	}
	free(fields);
}

/* --- ways in ------------------------------------------------------------- */

/* The components before it, or that it is offered itself. */
static void write_path(struct html_page *p, size_t component)
{
	struct str names[PATH];
	size_t n = html_page_path(p, component, names, PATH);

	if (n < 2) {
		strbuf_cstr(p->out, p->in->scan->parts.components.v[component]
				    .is_root ? "part of the offer" : "");
		return;
	}
	for (size_t i = 0; i + 1 < n; i++) {
		strbuf_cstr(p->out, i ? " \xe2\x80\xba " : "");
		markup_text_cut(p->out, names[i], STEP);
	}
}

/* How the components with proven influence come in. */
static void write_ways(struct html_page *p)
{
	char level = p->in->verdicts_n > 1 ? '4' : '3'; /* of its heading */
	size_t n = 0;

	for (size_t i = 0; i < p->order_n && n < WAYS; i++) {
		const struct component_score *s =
			&p->v->scores.v[p->order[i]];

		if (!s->weight_alone || s->low_bp <= 0)
			continue;
		if (n++ == 0)
			strbuf_fmt(p->out, "<div>\n<h%c>Where influence is "
				   "proven, and how it comes in</h%c>\n<ol>\n",
				   level, level);
		strbuf_cstr(p->out, "<li>");
		html_page_component(p, p->order[i]);
		strbuf_ch(p->out, ' ');
		markup_interval(p->out, s->low_bp, s->high_bp);
		strbuf_cstr(p->out, " <span class=\"soft\">");
		write_path(p, p->order[i]);
		strbuf_cstr(p->out, "</span></li>\n");
	}
	strbuf_cstr(p->out, n ? "</ol>\n</div>\n" : "");
}

/* --- table --------------------------------------------------------------- */

/* Is anything that an organisation does there of concern to a policy? */
static bool is_concern(const struct html_page *p, size_t component,
		       size_t organisation)
{
	for (size_t i = 0; i < p->in->verdicts_n; i++) {
		const struct component_score *s =
			&p->in->verdicts[i].scores.v[component];

		for (size_t k = 0; k < s->by.n; k++)
			if (s->by.v[k].organisation == organisation &&
			    s->by.v[k].standing == STANDING_CONCERN)
				return true;
	}
	return false;
}

/* With their shares of the commits; where none were observed, those that
 * supply it. */
static void write_organisations(struct html_page *p,
				const struct component_score *s)
{
	uint64_t all = commits_of(s);
	enum axis axis = all ? AXIS_COMMITS : AXIS_SUPPLY;
	size_t shown = 0;

	for (size_t i = 0; i < s->by.n && shown < ORGANISATIONS; i++) {
		const struct contribution *b = &s->by.v[i];
		bool is_bold;

		if (b->organisation == SIZE_MAX || !b->units[axis])
			continue;
		is_bold = is_concern(p, s->component, b->organisation);
		strbuf_cstr(p->out, shown++ ? ", " : "");
		strbuf_cstr(p->out, is_bold ? "<strong>" : "");
		html_page_organisation(p, b->organisation);
		strbuf_cstr(p->out, is_bold ? "</strong>" : "");
		if (!all)
			continue;
		strbuf_ch(p->out, ' ');
		markup_share(p->out, (int32_t)((unsigned __int128)
				     b->units[axis] * 10000 / all),
			     false);
	}
	if (!shown && all)
		strbuf_cstr(p->out, "<span class=\"soft\">none known</span>");
}

/* Axes from here on, one behind the other, that were not observed. */
static size_t count_unobserved(const struct component_score *s, size_t a)
{
	size_t n = 0;

	while (a + n < AXIS_COUNT && !s->axes[a + n].is_observed)
		n++;
	return n;
}

static void write_axes(struct html_page *p, const struct component_score *s)
{
	if (!s->has_data) {
		strbuf_fmt(p->out, "<td class=\"soft\" colspan=\"%d\">",
			   AXIS_COUNT);
		markup_text_cut(p->out, s->why, 200);
		return;
	}
	for (size_t a = 0; a < AXIS_COUNT; a++) {
		const struct tally *t = &s->axes[a];
		size_t n = count_unobserved(s, a);

		if (n > 1)
			strbuf_fmt(p->out, "<td class=\"q\" colspan=\"%zu\">",
				   n);
		else
			strbuf_fmt(p->out, "<td class=\"q q%zu\">", a);
		if (t->is_observed)
			markup_interval(p->out, t->low_bp, t->high_bp);
		else
			strbuf_cstr(p->out, "\xe2\x80\x93");
		a += n > 1 ? n - 1 : 0;
	}
}

static void write_influence(struct html_page *p,
			    const struct component_score *s)
{
	if (!s->weight_alone && !s->weight)
		strbuf_cstr(p->out, s->joint ? "a mirror" : "not counted");
	else if (!s->has_data)
		strbuf_cstr(p->out, "0\xe2\x80\x93""100\xc2\xa0%");
	else
		html_page_interval(p, (struct svg_interval){
			{s->low_bp, s->high_bp}, {-1, -1}, -1, false});
}

/* By one policy with its axes, by several each its own; then the axes are in
 * the detail. */
static void write_influences(struct html_page *p, size_t i)
{
	if (p->in->verdicts_n == 1) {
		strbuf_cstr(p->out, "<td class=\"share\">");
		write_influence(p, &p->v->scores.v[i]);
		write_axes(p, &p->v->scores.v[i]);
		return;
	}
	for (size_t k = 0; k < p->in->verdicts_n; k++) {
		strbuf_cstr(p->out, "<td class=\"share\" data-policy=\"");
		markup_text(p->out, p->in->verdicts[k].policy);
		strbuf_cstr(p->out, "\">");
		write_influence(p, &p->in->verdicts[k].scores.v[i]);
	}
}

/* What it counts with, and how much they are together. */
static void write_others(struct html_page *p, size_t i)
{
	struct str with = counted_with(p->in->scan, p->v, i, &p->arena);

	if (!with.n)
		return;
	strbuf_cstr(p->out, " <span>counted once with ");
	markup_text(p->out, with);
	strbuf_cstr(p->out, "</span>");
}

static void write_row(struct html_page *p, size_t i)
{
	const struct component *c = &p->in->scan->parts.components.v[i];
	const struct component_score *s = &p->v->scores.v[i];

	strbuf_fmt(p->out, "<tr id=\"%.*s\"><th scope=\"row\">",
		   STR_ARG(p->components[i]));
	if (p->has_detail[i])
		strbuf_fmt(p->out, "<a href=\"#d%.*s\">",
			   STR_ARG(str_from(p->components[i], 1)));
	markup_name(p->out, c->name);
	if (c->version.n) {
		strbuf_cstr(p->out, " <span>");
		markup_text_cut(p->out, c->version, VERSION_COLUMNS);
		strbuf_cstr(p->out, "</span>");
	}
	strbuf_cstr(p->out, p->has_detail[i] ? "</a>" : "");
	write_others(p, i);
	strbuf_cstr(p->out, "<td>");
	strbuf_cstr(p->out, component_function_name(s->function));
	write_influences(p, i);
	strbuf_cstr(p->out, "<td>");
	write_organisations(p, s);
	strbuf_cstr(p->out, "<td>");
	write_path(p, i);
	strbuf_cstr(p->out, "</tr>\n");
}

/* Shown by the script only: without it they would do nothing. */
static void write_tools(struct html_page *p)
{
	strbuf_cstr(p->out, "<form class=\"tools\" role=\"search\" hidden>\n"
			    "<label>Filter <input type=\"search\" "
			    "id=\"filter\" autocomplete=\"off\" "
			    "aria-describedby=\"shown\"></label>\n"
			    "<label>Function <select id=\"function\">"
			    "<option value=\"\">all</option>");
	for (size_t i = 0; i < p->v->functions.n; i++) {
		const char *name = component_function_name(
			p->v->functions.v[i].function);

		if (name[0])
			strbuf_fmt(p->out, "<option>%s</option>", name);
	}
	strbuf_cstr(p->out, "</select></label>\n"
			    "<label><input type=\"checkbox\" id=\"known\"> "
			    "with data</label>\n"
			    "<output id=\"shown\" for=\"filter function known"
			    "\" aria-live=\"polite\"></output>\n"
			    "<button type=\"button\" id=\"all\" hidden>Show "
			    "all</button>\n</form>\n");
}

/* A column of influence for each policy. */
static const char *columns_of(struct html_page *p)
{
	const char *columns;
	struct strbuf b;

	strbuf_init(&b, 0);
	strbuf_cstr(&b, "Component|Function");
	for (size_t i = 0; i < p->in->verdicts_n; i++) {
		strbuf_cstr(&b, "|Influence: ");
		markup_text(&b, p->in->verdicts[i].policy);
	}
	strbuf_cstr(&b, "|Organisations|Comes in by");
	columns = arena_cstr(&p->arena, strbuf_str(&b));
	strbuf_release(&b);
	return columns;
}

static void write_table(struct html_page *p)
{
	if (p->in->verdicts_n == 1)
		html_page_table_open(
			p, "components", "Components, what drives the "
			"verdict first; each axis as floor to ceiling of "
			"the share of organisations of concern; "
			"organisations with their share of the commits, "
			"in bold where of concern",
			"Component|Function|Influence|Commits|Churn|"
			"Surviving|Review|Stewardship|Supply|"
			"Organisations|Comes in by");
	else
		html_page_table_open(
			p, "components", "Components, what drives the first "
			"verdict first; the influence by each policy, whose "
			"axes stand with the evidence; organisations with "
			"their share of the commits, in bold where of concern "
			"to a policy", columns_of(p));
	for (size_t i = 0; i < p->order_n; i++)
		write_row(p, p->order[i]);
	html_page_table_close(p);
	if (p->order_n > 200)
		strbuf_fmt(p->out, "<p class=\"paper\">On paper: the first 200 "
				   "of %zu components.</p>\n", p->order_n);
}

static void write_policy(struct html_page *p)
{
	strbuf_cstr(p->out, "<div class=\"pair\">\n");
	write_treemap(p);
	write_ways(p);
	strbuf_cstr(p->out, "</div>\n");
}

void html_components(struct html_page *p)
{
	html_frame_section("components", "Components", p->out);
	if (!p->v || !p->order_n) {
		strbuf_cstr(p->out, "<p>There is no component.</p>\n");
		html_frame_section_end(p->out);
		return;
	}
	html_page_each(p, write_policy);
	write_tools(p);
	write_table(p);
	html_frame_section_end(p->out);
}
