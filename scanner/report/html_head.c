/* The head of the page: what was judged, and the outcome at a glance. */
#include "base/date.h"
#include "report/html_page.h"
#include "report/markup.h"
#include "report/questions_list.h"

static void write_targets(struct html_page *p)
{
	const struct scan *s = p->in->scan;
	const char *sep = "";

	for (size_t i = 0; i < s->targets.n; i++) {
		const struct target *t = &s->targets.v[i];

		if (t->kind == TARGET_STACK && s->stack.name.n)
			continue;
		strbuf_cstr(p->out, sep[0] ? sep : "<p class=\"soft\">Read: ");
		markup_text(p->out, t->name);
		if (t->format.n) {
			strbuf_cstr(p->out, " (");
			markup_text(p->out, t->format);
			strbuf_ch(p->out, ')');
		}
		sep = ", ";
	}
	strbuf_cstr(p->out, sep[0] ? "</p>\n" : "");
	for (size_t i = 0; i < s->left_out.n; i++) {
		strbuf_cstr(p->out, "<p><strong>Judged as if there were no ");
		markup_text(p->out, s->left_out.v[i]);
		strbuf_cstr(p->out, "</strong></p>\n");
	}
}

static void write_word(struct html_page *p, const char *before, struct str s)
{
	if (!s.n)
		return;
	strbuf_cstr(p->out, before);
	markup_text(p->out, s);
}

/* --- at a glance --------------------------------------------------------- */

static void write_states(struct html_page *p)
{
	static const enum rule_state order[] = {
		RULE_NOT_MET, RULE_UNPROVEN, RULE_MET, RULE_NOT_APPLICABLE};
	size_t all = p->in->verdicts_n;

	for (size_t k = 0; k < sizeof order / sizeof *order; k++) {
		size_t n = 0;

		for (size_t i = 0; i < all; i++)
			n += p->in->verdicts[i].state == order[k];
		if (!n)
			continue;
		html_page_state(p, order[k]);
		if (all > 1)
			strbuf_fmt(p->out, " %zu of %zu ", n, all);
	}
}

static void write_influence(struct html_page *p, const struct verdict *v)
{
	strbuf_cstr(p->out, "</dt><dd>");
	html_page_interval(p, (struct svg_interval){
		{v->headline_low_bp, v->headline_high_bp}, {-1, -1}, -1,
		false});
}

/* Of each policy, where there are several, with how much was observed. */
static void write_influences(struct html_page *p)
{
	static const char link[] = "<div><dt><a href=\"#influence\">";

	for (size_t i = 0; i < p->in->verdicts_n; i++) {
		const struct verdict *v = &p->in->verdicts[i];

		strbuf_cstr(p->out, link);
		strbuf_cstr(p->out, "Influence of concern</a>");
		if (p->in->verdicts_n > 1)
			write_word(p, " to ", v->policy);
		write_influence(p, v);
		if (p->in->verdicts_n > 1) {
			strbuf_cstr(p->out, " <span class=\"soft whole\">");
			markup_share(p->out, v->coverage_bp, false);
			strbuf_cstr(p->out, " observed</span></dd></div>\n");
			continue;
		}
		strbuf_cstr(p->out, "</dd></div>\n");
		strbuf_cstr(p->out, link);
		strbuf_cstr(p->out, "Observed</a></dt><dd>");
		markup_share(p->out, v->coverage_bp, false);
		strbuf_cstr(p->out, "</dd></div>\n");
	}
}

static void write_glance(struct html_page *p)
{
	struct questions_list l;
	size_t n = 0;

	for (size_t i = 0; i < p->v->standings.n; i++)
		n += p->organisations[i].n &&
		     html_page_worst(p, i) == STANDING_CONCERN;
	questions_list_make(p->in, &l);
	strbuf_cstr(p->out, "<dl class=\"glance\">\n<div><dt><a href=\""
			    "#verdict\">Verdict</a></dt><dd>");
	write_states(p);
	strbuf_cstr(p->out, "</dd></div>\n");
	write_influences(p);
	strbuf_cstr(p->out, "<div><dt><a href=\"#organisations\">"
			    "Organisations of concern</a></dt><dd>");
	markup_count(p->out, n);
	strbuf_cstr(p->out, "</dd></div>\n<div><dt><a href=\"#questions\">"
			    "Open questions</a></dt><dd>");
	markup_count(p->out, l.items.n);
	strbuf_cstr(p->out, "</dd></div>\n</dl>\n");
	questions_list_release(&l);
}

void html_head(struct html_page *p)
{
	const struct scan *s = p->in->scan;

	strbuf_cstr(p->out, "<header>\n<p class=\"kicker\">Who stands behind "
			    "this software, and how much of it</p>\n<h1>");
	markup_name(p->out, s->stack.name.n ? s->stack.name
			    : s->targets.n ? s->targets.v[0].name
			    : STR("Nothing"));
	strbuf_cstr(p->out, "</h1>\n<p class=\"lead\">");
	write_word(p, "Offered by ", s->stack.supplier);
	write_word(p, " on ", s->stack.supplier.n ? s->stack.date : STR(""));
	write_word(p, s->stack.supplier.n ? ". Perimeter: " : "Perimeter: ",
		   s->stack.perimeter);
	write_word(p, s->stack.perimeter.n ? "; use: " : "Use: ",
		   s->stack.user_class);
	strbuf_cstr(p->out, s->stack.name.n ? ". Judged as of " :
					      "Judged as of ");
	date_write(p->out, s->as_of);
	strbuf_cstr(p->out, ", offline, by ranwhence ");
	markup_text(p->out, str_c(p->in->tool_version));
	strbuf_cstr(p->out, ".</p>\n");
	write_targets(p);
	if (p->v)
		write_glance(p);
	strbuf_cstr(p->out, "</header>\n");
}
