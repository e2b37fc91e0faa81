/* How much: the headline, and each axis. */
#include "report/html_frame.h"
#include "report/html_page.h"
#include "report/markup.h"

static const char *const meanings[AXIS_COUNT] = {
	[AXIS_COMMITS] = "who wrote the commits",
	[AXIS_CHURN] = "whose commits changed how many lines",
	[AXIS_SURVIVING] = "whose lines are in it today",
	[AXIS_REVIEW] = "who approved what others wrote",
	[AXIS_STEWARDSHIP] = "who may decide what is merged",
	[AXIS_SUPPLY] = "who supplies, produces or publishes it",
};

static void write_headline(struct html_page *p)
{
	const struct verdict *v = p->v;
	const struct rollup *all = &v->axes[AXIS_COUNT];
	struct svg_interval bar = {
		{v->headline_low_bp, v->headline_high_bp},
		{all->exposure_on_b_low_bp, all->exposure_on_b_high_bp}, -1,
		false};
	struct strbuf label;

	strbuf_init(&label, 0);
	strbuf_cstr(&label, "Influence: ");
	markup_interval(&label, v->headline_low_bp, v->headline_high_bp);
	strbuf_cstr(p->out, "<div class=\"headline\">\n<p class=\"number\">");
	markup_interval(p->out, v->headline_low_bp, v->headline_high_bp);
	strbuf_cstr(p->out, "</p>\n");
	svg_interval(p->out, &bar, strbuf_str(&label));
	strbuf_release(&label);
	strbuf_cstr(p->out, "\n<p class=\"scale\" aria-hidden=\"true\">"
			    "<span>0</span><span>25</span><span>50</span>"
			    "<span>75</span><span>100 %</span></p>\n</div>\n");
	html_page_legend(p, "<li><svg class=\"key\" aria-hidden=\"true\"><line "
		       "class=\"b\" x1=\"50%\" x2=\"50%\" y1=\"0\" "
		       "y2=\"100%\"/></svg> where the ends would be if records "
		       "that still want a citation held</li>");
}

static void write_words(struct html_page *p)
{
	const struct verdict *v = p->v;
	const struct rollup *all = &v->axes[AXIS_COUNT];

	strbuf_cstr(p->out, "<p>At least <strong>");
	markup_share(p->out, v->headline_low_bp, false);
	strbuf_cstr(p->out, "</strong> of the influence on this software is "
			    "proven to be with organisations of concern, and "
			    "at most <strong>");
	markup_share(p->out, v->headline_high_bp, true);
	strbuf_cstr(p->out, "</strong> may be: what lies between is not known, "
			    "and nothing unknown is taken to be harmless.</p>\n"
			    "<dl class=\"facts\">\n<div><dt>Coverage</dt><dd>");
	markup_share(p->out, v->coverage_bp, false);
	strbuf_cstr(p->out, " of what the policy weighs was observed</dd>"
			    "</div>\n<div><dt>Components</dt><dd>");
	markup_count(p->out, v->components_with_data);
	strbuf_cstr(p->out, " of ");
	markup_count(p->out, v->components_counted);
	strbuf_cstr(p->out, " have data</dd></div>\n<div><dt>Range</dt><dd>");
	markup_interval(p->out, v->range_low_bp, v->range_high_bp);
	strbuf_cstr(p->out, " under any other weights of the axes</dd></div>\n"
			    "<div><dt>If cited</dt><dd>");
	markup_interval(p->out, all->exposure_on_b_low_bp,
			all->exposure_on_b_high_bp);
	strbuf_cstr(p->out, " if records that still want a citation hold</dd>"
			    "</div>\n</dl>\n");
}

static bool is_observed(const struct verdict *v, size_t a)
{
	for (size_t i = 0; i < v->scores.n; i++)
		if (v->scores.v[i].weight &&
		    verdict_counted(v, i)->axes[a].is_observed)
			return true;
	return false;
}

static void write_axis(struct html_page *p, size_t a)
{
	const struct rollup *r = &p->v->axes[a];

	strbuf_fmt(p->out, "<tr><th scope=\"row\">%s <span class=\"soft\">%s"
			   "</span></th>", verdict_axis_name((enum axis)a),
		   meanings[a]);
	if (!is_observed(p->v, a)) {
		strbuf_cstr(p->out, "<td class=\"soft\" colspan=\"3\">not "
				    "observed: anything from 0 to 100 %"
				    "</td></tr>\n");
		return;
	}
	strbuf_cstr(p->out, "<td class=\"share\">");
	html_page_interval(p, (struct svg_interval){
		{r->exposure_low_bp, r->exposure_high_bp},
		{r->exposure_on_b_low_bp, r->exposure_on_b_high_bp}, -1,
		false});
	strbuf_cstr(p->out, "</td><td>");
	markup_interval(p->out, r->exposure_on_b_low_bp,
			r->exposure_on_b_high_bp);
	strbuf_cstr(p->out, "</td><td>");
	markup_interval(p->out, r->peak_low_bp, r->peak_high_bp);
	if (r->peak_component != SIZE_MAX && r->peak_low_bp > 0) {
		strbuf_cstr(p->out, " in ");
		html_page_component(p, r->peak_component);
	}
	strbuf_cstr(p->out, "</td></tr>\n");
}

static void write_policy(struct html_page *p)
{
	write_headline(p);
	write_words(p);
	html_page_table_open(p, "axes", "Share of organisations of concern on "
			     "each axis, as the weighted mean of all "
			     "components; peak: in the worst of them; if "
			     "cited: if records of confidence B held",
			     "Axis|Exposure|If cited|Peak");
	for (size_t a = 0; a < AXIS_COUNT; a++)
		write_axis(p, a);
	html_page_table_close(p);
}

void html_influence(struct html_page *p)
{
	html_frame_section("influence", "How much influence", p->out);
	if (!p->v)
		strbuf_cstr(p->out, "<p>No policy judged this scan.</p>\n");
	html_page_each(p, write_policy);
	html_frame_section_end(p->out);
}
