/*
 * The report as one HTML file, in the order in which a reviewer asks: the
 * verdicts and why, how much, where in the network, in which components, since
 * when, through whom, what is not known, and on what evidence.  Everything is
 * there without the script, which only filters and sorts.
 */
#include "report/html_frame.h"
#include "report/html_page.h"

static const struct html_link sections[] = {
	{"verdict", "Verdict"},
	{"influence", "Influence"},
	{"network", "The network"},
	{"components", "Components"},
	{"time", "Over time"},
	{"organisations", "Organisations"},
	{"questions", "Unknowns"},
	{"evidence", "Evidence"},
	{"made-with", "Made with"},
	{"method", "Method"},
};

static struct str title_of(struct html_page *p)
{
	const struct scan *s = p->in->scan;
	struct str name = s->stack.name;

	if (!name.n && s->targets.n)
		name = s->targets.v[0].name;
	return arena_fmt(&p->arena, "%.*s: who stands behind it",
			 STR_ARG(name));
}

static void write(const struct report_input *in,
		  const struct report_style *style, struct strbuf *out)
{
	struct html_frame f = {.tool_version = in->tool_version,
			       .links = sections,
			       .links_n = sizeof sections / sizeof *sections};
	struct html_page p;

	(void)style;
	html_page_init(&p, in, out);
	html_organisations_prepare(&p);
	f.title = title_of(&p);
	html_frame_open(&f, out);
	html_head(&p);
	html_verdict(&p);
	html_influence(&p);
	html_network(&p);
	html_components(&p);
	html_time(&p);
	html_organisations(&p);
	html_questions(&p);
	html_evidence(&p);
	html_made_with(&p);
	html_method(&p);
	html_frame_close(&f, out);
	html_page_release(&p);
}

const struct reporter report_html = {
	.name = "html", .summary = "one page for people, on screen and paper",
	.write = write,
};
