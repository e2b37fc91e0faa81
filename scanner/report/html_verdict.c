/* The verdict of each policy, with its reasons. */
#include "base/date.h"
#include "report/held.h"
#include "report/html_frame.h"
#include "report/html_page.h"
#include "report/markup.h"

#define DECIDERS 3 /* components and organisations named */

static void write_word(struct html_page *p, const char *before, struct str s)
{
	if (!s.n)
		return;
	strbuf_cstr(p->out, before);
	markup_text(p->out, s);
}

/* --- policies ------------------------------------------------------------ */

static const struct finding *decider(const struct verdict *v)
{
	return v->decided_by == SIZE_MAX ? NULL
					 : &v->findings.v[v->decided_by];
}

static void write_policy_row(struct html_page *p, const struct verdict *v,
			     struct str id)
{
	const struct finding *f = decider(v);

	strbuf_fmt(p->out, "<tr><th scope=\"row\"><a href=\"#%.*s\">",
		   STR_ARG(id));
	markup_text(p->out, v->title);
	strbuf_cstr(p->out, "</a></th><td>");
	html_page_state(p, v->state);
	strbuf_cstr(p->out, "</td><td class=\"share\">");
	html_page_interval(p, (struct svg_interval){
		{v->headline_low_bp, v->headline_high_bp}, {-1, -1}, -1,
		false});
	strbuf_cstr(p->out, "</td><td>");
	if (f) {
		strbuf_cstr(p->out, "<strong>");
		markup_text(p->out, f->rule);
		strbuf_cstr(p->out, "</strong> ");
		markup_text(p->out, f->reason);
	}
	strbuf_cstr(p->out, "</td></tr>\n");
}

static void write_policies(struct html_page *p, const struct str *ids)
{
	html_page_table_open(p, "policies", "The verdict of each policy",
			     "Policy|Verdict|Influence|Decided by");
	for (size_t i = 0; i < p->in->verdicts_n; i++)
		write_policy_row(p, &p->in->verdicts[i], ids[i]);
	html_page_table_close(p);
}

/* --- rules --------------------------------------------------------------- */

static void write_aside(struct html_page *p, const struct finding *f)
{
	if (f->aside == ASIDE_KNOWN)
		strbuf_cstr(p->out, "<p class=\"aside\">Known: it was so in "
				    "the baseline.</p>");
	for (size_t i = 0; f->aside == ASIDE_WAIVED && i < f->waivers.n; i++) {
		const struct waiver *w =
			&p->in->waivers->list.v[f->waivers.v[i]];

		strbuf_cstr(p->out, "<p class=\"aside\">Waived until ");
		date_write(p->out, w->expires);
		write_word(p, ", answered for by ", w->owner);
		write_word(p, ": ", w->reason);
		strbuf_cstr(p->out, "</p>");
	}
}

/* Is an organisation one to name?  For a broken rule one of concern; the
 * reason of a rule on concentration names it by itself. */
static bool is_named(const struct verdict *v, const struct finding *f,
		     size_t organisation)
{
	return !str_is(f->kind, "concentration") &&
	       (f->state != RULE_NOT_MET ||
		v->standings.v[organisation].standing == STANDING_CONCERN);
}

static void write_deciders(struct html_page *p, const struct verdict *v,
			   const struct finding *f)
{
	size_t n = 0;

	for (size_t i = 0; i < f->organisations.n; i++) {
		size_t o = f->organisations.v[i];

		if (!is_named(v, f, o) || n++ >= DECIDERS)
			continue;
		strbuf_cstr(p->out, n > 1 ? ", "
			    : f->state == RULE_NOT_MET
			      ? "<p class=\"soft\">By "
			      : "<p class=\"soft\">Not settled: who controls ");
		html_page_organisation(p, o);
	}
	if (n > DECIDERS)
		strbuf_fmt(p->out, " and %zu more", n - DECIDERS);
	strbuf_cstr(p->out, n ? "</p>" : "");
}

static void write_deciding(struct html_page *p, const struct verdict *v,
			   const struct finding *f)
{
	size_t n = f->components.n;

	if (f->state == RULE_NOT_APPLICABLE || f->state == RULE_MET)
		return;
	for (size_t i = 0; i < n && i < DECIDERS; i++) {
		strbuf_cstr(p->out, i ? ", " : f->state == RULE_NOT_MET
			    ? "<p class=\"soft\">Decided in "
			    : "<p class=\"soft\">Open in ");
		html_page_component(p, f->components.v[i]);
	}
	if (n > DECIDERS)
		strbuf_fmt(p->out, " and %zu more", n - DECIDERS);
	strbuf_cstr(p->out, n ? "</p>" : "");
	write_deciders(p, v, f);
}

static void write_measured(struct html_page *p, const struct finding *f)
{
	if (f->low_bp < 0 || f->state == RULE_NOT_APPLICABLE)
		return;
	html_page_interval(p, (struct svg_interval){
		{f->low_bp, f->high_bp}, {-1, -1}, f->limit_bp,
		str_is(f->kind, "coverage") || str_is(f->kind, "unknown") ||
		str_is(f->kind, "concentration")});
	if (f->limit_bp < 0)
		return;
	strbuf_cstr(p->out, " <span class=\"soft whole\">limit ");
	markup_share(p->out, f->limit_bp, false);
	strbuf_cstr(p->out, "</span>");
}

static void write_rule(struct html_page *p, const struct verdict *v,
		       const struct finding *f)
{
	struct str id = html_page_id(p, "r-", arena_fmt(
		&p->arena, "%.*s-%.*s", STR_ARG(v->policy),
		STR_ARG(f->rule)));

	strbuf_fmt(p->out, "<tr id=\"%.*s\"><td>", STR_ARG(id));
	html_page_state(p, f->state);
	strbuf_cstr(p->out, "</td><th scope=\"row\">");
	markup_text(p->out, f->title);
	strbuf_cstr(p->out, " <span class=\"soft\"><span "
			    "class=\"whole\">");
	markup_text_cut(p->out, f->rule, 40);
	strbuf_fmt(p->out, "</span>, %.*s%s</span></th><td>",
		   STR_ARG(f->severity),
		   f->counts_as == RULE_NOT_APPLICABLE &&
		   f->state != RULE_NOT_APPLICABLE ? ": does not count" : "");
	markup_text(p->out, f->reason);
	write_deciding(p, v, f);
	write_aside(p, f);
	if (f->clause.n) {
		strbuf_cstr(p->out, "<p class=\"soft\">From: ");
		markup_text(p->out, f->clause);
		strbuf_cstr(p->out, f->is_confirmed ? "</p>"
			    : " (wording not checked against the text)</p>");
	}
	strbuf_cstr(p->out, "</td><td class=\"share\">");
	write_measured(p, f);
	strbuf_cstr(p->out, "</td></tr>\n");
}

static void write_rules(struct html_page *p, const struct verdict *v)
{
	static const enum rule_state order[] = {
		RULE_NOT_MET, RULE_UNPROVEN, RULE_MET, RULE_NOT_APPLICABLE};

	html_page_table_open(p, "rules", "Rules and why they stand so",
			     "State|Rule|Why|Measured");
	for (size_t k = 0; k < sizeof order / sizeof *order; k++)
		for (size_t i = 0; i < v->findings.n; i++)
			if (v->findings.v[i].counts_as == order[k])
				write_rule(p, v, &v->findings.v[i]);
	html_page_table_close(p);
}

/* --- one policy ---------------------------------------------------------- */

/* What keeps the verdict from being final. */
static void write_caveats(struct html_page *p, const struct verdict *v)
{
	if (v->is_incomplete)
		strbuf_cstr(p->out, "<p class=\"warn\"><strong>Incomplete:"
				    "</strong> a part was not read; "
				    "<a href=\"#diagnostics\">what and why</a>."
				    "</p>\n");
	for (size_t i = 0; i < v->missing_lists.n; i++) {
		strbuf_cstr(p->out, "<p class=\"warn\">No facts about the "
				    "list ");
		markup_text(p->out, v->missing_lists.v[i]);
		strbuf_cstr(p->out, ": nobody is cleared of it.</p>\n");
	}
}

/* Of whom the policy speaks: codes and lists, with the lists' titles. */
static void write_concern(struct html_page *p, const struct verdict *v)
{
	const struct concern *c = &v->concern;

	if (!c->jurisdictions_n && !c->lists_n)
		return;
	strbuf_cstr(p->out, "<p class=\"soft\">Of concern to this policy: "
			    "organisations tied to ");
	for (size_t i = 0; i < c->jurisdictions_n; i++) {
		strbuf_cstr(p->out, i ? ", " : "");
		markup_text(p->out, c->jurisdictions[i]);
	}
	strbuf_cstr(p->out, c->jurisdictions_n ? " (ISO country codes)" : "");
	for (size_t i = 0; i < c->lists_n; i++) {
		struct str title = html_page_list_title(p, c->lists[i]);

		strbuf_cstr(p->out, i ? ", " : c->jurisdictions_n
			    ? ", or to the lists " : "the lists ");
		markup_text(p->out, c->lists[i]);
		write_word(p, title.n ? " (" : "", title);
		strbuf_cstr(p->out, title.n ? ")" : "");
	}
	strbuf_cstr(p->out, ". Which tie counts is said with each "
			    "<a href=\"#organisations\">organisation</a>."
			    "</p>\n");
}

/* What the words for a state mean. */
static void write_states(struct html_page *p)
{
	static const struct {
		enum rule_state state;
		const char *words;
	} all[] = {
		{RULE_MET, "whatever the unknown turns out to be"},
		{RULE_NOT_MET, "by what is proven"},
		{RULE_UNPROVEN, "it depends on what is not known"}};

	strbuf_cstr(p->out, "<ul class=\"legend\">");
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		strbuf_cstr(p->out, "<li>");
		html_page_state(p, all[i].state);
		strbuf_fmt(p->out, " %s</li>", all[i].words);
	}
	strbuf_cstr(p->out, "</ul>\n");
}

static void write_lists(struct html_page *p, const struct verdict *v)
{
	struct strbuf b;

	if (!v->concern.lists_n)
		return;
	strbuf_init(&b, 0);
	held_phrase(v, &b);
	strbuf_cstr(p->out, "<p class=\"soft\">");
	markup_text(p->out, strbuf_str(&b));
	strbuf_cstr(p->out, ".</p>\n");
	strbuf_release(&b);
}

static void write_gate(struct html_page *p, const struct verdict *v)
{
	if (v->gate == v->state && !p->in->fail_on.n && !p->in->baseline.n)
		return;
	strbuf_cstr(p->out, "<p>After waivers, baseline and what the run was "
			    "asked to fail on: ");
	html_page_state(p, v->gate);
	write_word(p, "; fails on ", p->in->fail_on);
	write_word(p, "; new since ", p->in->baseline);
	write_word(p, " of ", p->in->baseline_as_of);
	strbuf_cstr(p->out, "</p>\n");
}

static void write_policy(struct html_page *p, const struct verdict *v,
			 struct str id)
{
	const struct finding *f = decider(v);

	strbuf_fmt(p->out, "<article id=\"%.*s\">\n<h3>", STR_ARG(id));
	html_page_state(p, v->state);
	strbuf_ch(p->out, ' ');
	markup_text(p->out, v->title);
	strbuf_cstr(p->out, "</h3>\n");
	if (f) {
		strbuf_cstr(p->out, "<p class=\"lead\">");
		markup_text(p->out, f->reason);
		strbuf_cstr(p->out, "</p>\n");
	}
	write_word(p, "<p class=\"soft\">Policy ", v->policy);
	write_word(p, ", after: ", v->text_version);
	strbuf_cstr(p->out, "</p>\n");
	write_concern(p, v);
	write_caveats(p, v);
	write_gate(p, v);
	write_rules(p, v);
	write_lists(p, v);
	strbuf_cstr(p->out, "</article>\n");
}

void html_verdict(struct html_page *p)
{
	size_t n = p->in->verdicts_n;
	struct str *ids = arena_alloc(&p->arena, n * sizeof *ids);

	html_frame_section("verdict", "Verdict", p->out);
	for (size_t i = 0; i < n; i++)
		ids[i] = html_page_id(p, "p-", p->in->verdicts[i].policy);
	if (n)
		write_states(p);
	if (n > 1)
		write_policies(p, ids);
	for (size_t i = 0; i < n; i++)
		write_policy(p, &p->in->verdicts[i], ids[i]);
	html_frame_section_end(p->out);
}
