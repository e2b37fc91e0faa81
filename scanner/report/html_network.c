/* Where in the network: the picture of the architecture, and its figures. */
#include "report/html_frame.h"
#include "report/html_page.h"
#include "report/markup.h"

static void write_row(struct html_page *p, const struct function_rollup *f)
{
	const struct rollup *r = &f->all;
	const char *name = f->function == FUNCTION_NONE
			   ? "no function" : component_function_name(
						     f->function);
	struct str id = html_page_id(p, "f-", str_c(name));

	strbuf_fmt(p->out, "<tr id=\"%.*s\"><th scope=\"row\">%s</th><td>",
		   STR_ARG(id), name);
	markup_count(p->out, f->components);
	strbuf_cstr(p->out, "</td><td class=\"share\">");
	html_page_interval(p, (struct svg_interval){
		{r->exposure_low_bp, r->exposure_high_bp},
		{r->exposure_on_b_low_bp, r->exposure_on_b_high_bp}, -1,
		false});
	strbuf_cstr(p->out, "</td><td>");
	markup_interval(p->out, r->peak_low_bp, r->peak_high_bp);
	if (r->peak_component != SIZE_MAX && r->peak_low_bp > 0) {
		strbuf_cstr(p->out, " in ");
		html_page_component(p, r->peak_component);
	}
	strbuf_cstr(p->out, "</td></tr>\n");
}

/* The tints of the picture, as a row of the legend. */
static void write_tints(struct html_page *p)
{
	static const char *const words[] = {"0", "to 5", "to 25", "to 50",
					    "over 50 %"};

	strbuf_cstr(p->out, "<ul class=\"legend\"><li>Tint of a box, by what "
			    "is proven:</li>");
	for (int i = 0; i < 5; i++)
		strbuf_fmt(p->out, "<li><svg class=\"key\" aria-hidden=\"true\""
				   "><rect class=\"site t%d\" width=\"100%%\" "
				   "height=\"100%%\"/></svg> %s</li>", i,
			   words[i]);
	strbuf_cstr(p->out, "<li><svg class=\"key\" aria-hidden=\"true\"><rect "
			    "class=\"site absent\" width=\"100%\" height=\"100%"
			    "\"/></svg> not in this stack</li></ul>\n");
}

static void write_picture(struct html_page *p)
{
	struct svg_function functions[FUNCTION_COUNT] = {0};

	for (size_t i = 0; i < p->v->functions.n; i++) {
		const struct function_rollup *f = &p->v->functions.v[i];

		functions[f->function] = (struct svg_function){
			true, f->components,
			{f->all.exposure_low_bp, f->all.exposure_high_bp}};
	}
	strbuf_cstr(p->out, "<figure>\n");
	svg_network(p->out, functions);
	strbuf_cstr(p->out, "<figcaption>Functions of the O-RAN architecture "
			    "and the interfaces between them. The bar in a box "
			    "is the interval of its influence.</figcaption>\n");
	write_tints(p);
	strbuf_cstr(p->out, "</figure>\n");
}

static bool names_functions(const struct verdict *v)
{
	for (size_t i = 0; i < v->functions.n; i++)
		if (v->functions.v[i].function != FUNCTION_NONE)
			return true;
	return false;
}

static void write_policy(struct html_page *p)
{
	strbuf_cstr(p->out, "<div class=\"pair\">\n");
	write_picture(p);
	html_page_table_open(p, "functions", "Influence by network function: "
			     "the mean of its components, and the worst of "
			     "them (peak)",
			     "Function|Components|Exposure|Peak");
	for (size_t i = 0; i < p->v->functions.n; i++)
		write_row(p, &p->v->functions.v[i]);
	html_page_table_close(p);
	strbuf_cstr(p->out, "</div>\n");
}

void html_network(struct html_page *p)
{
	html_frame_section("network", "Where in the network", p->out);
	if (!p->v || !names_functions(p->v))
		strbuf_cstr(p->out, "<p>No component says which network "
				    "function it serves; a stack file can."
				    "</p>\n");
	else
		html_page_each(p, write_policy);
	html_frame_section_end(p->out);
}
