/*
 * Through whom: who wrote most, and each organisation of concern with the
 * chain of records that makes it one, as a graph and as a table.
 */
#include "base/mem.h"
#include "base/count.h"
#include "report/html_chain.h"
#include "report/html_frame.h"
#include "report/html_page.h"
#include "report/markup.h"

#define GREATEST 15

struct sum {
	size_t organisation;
	uint64_t units[AXIS_COUNT];
	size_t components;
};

struct sums {
	struct sum *v; /* greatest first, those with a component only */
	size_t n;
	uint64_t commits; /* of all, known or not */
};

/* --- sums ---------------------------------------------------------------- */

static int greatest_first(const void *va, const void *vb)
{
	const struct sum *a = va, *b = vb;

	for (size_t i = 0; i < AXIS_COUNT; i++)
		if (a->units[i] != b->units[i])
			return a->units[i] < b->units[i] ? 1 : -1;
	return (a->organisation > b->organisation) -
	       (a->organisation < b->organisation);
}

static void add_row(const struct contribution *b, size_t component,
		    size_t *last, struct sums *s)
{
	struct sum *to;

	count_add(&s->commits, b->units[AXIS_COMMITS]);
	if (b->organisation == SIZE_MAX)
		return;
	to = &s->v[b->organisation];
	for (size_t a = 0; a < AXIS_COUNT; a++)
		count_add(&to->units[a], b->units[a]);
	to->components += last[b->organisation] != component + 1;
	last[b->organisation] = component + 1;
}

/* The caller frees ret->v. */
static void add_up(const struct html_page *p, struct sums *ret)
{
	size_t all = p->in->scan->facts->organisations.n, n = 0;
	size_t *last = mem_new(all, sizeof *last);
	const struct component_score *s;

	*ret = (struct sums){.v = mem_new(all, sizeof *ret->v)};
	for (size_t i = 0; i < all; i++)
		ret->v[i].organisation = i;
	for (size_t i = 0; i < p->v->scores.n; i++)
		for (size_t k = 0; (s = verdict_once(p->v, i)) &&
				   k < s->by.n; k++)
			add_row(&s->by.v[k], i, last, ret);
	for (size_t i = 0; i < all; i++)
		if (ret->v[i].components)
			ret->v[n++] = ret->v[i];
	ret->n = n;
	qsort(ret->v, n, sizeof *ret->v, greatest_first);
	free(last);
}

void html_organisations_prepare(struct html_page *p)
{
	struct sums s;

	if (!p->v)
		return;
	add_up(p, &s);
	for (size_t i = 0; i < s.n; i++) {
		size_t o = s.v[i].organisation;

		if (html_page_worst(p, o) != STANDING_OTHER)
			p->organisations[o] = html_page_id(
				p, "o-",
				p->in->scan->facts->organisations.v[o].id);
	}
	free(s.v);
}

/* --- who wrote most ------------------------------------------------------ */

static const char *const stands[] = {
	[STANDING_OTHER] = "ruled out", [STANDING_UNKNOWN] = "unknown",
	[STANDING_CONCERN] = "of concern"};

/* One word where all policies say the same, else one for each. */
static void write_stands(struct html_page *p, size_t o)
{
	const struct verdict *all = p->in->verdicts;
	bool is_one = true;

	for (size_t i = 1; i < p->in->verdicts_n; i++)
		is_one = is_one && all[i].standings.v[o].standing ==
				   all[0].standings.v[o].standing;
	if (is_one) {
		strbuf_cstr(p->out, stands[all[0].standings.v[o].standing]);
		return;
	}
	for (size_t i = 0; i < p->in->verdicts_n; i++) {
		strbuf_fmt(p->out, "%s%s (", i ? ", " : "",
			   stands[all[i].standings.v[o].standing]);
		markup_text(p->out, all[i].policy);
		strbuf_ch(p->out, ')');
	}
}

/* The worst that it is to a policy colours it. */
static enum standing colour_of(const struct html_page *p, size_t o)
{
	enum standing worst = STANDING_OTHER;

	for (size_t i = 0; i < p->in->verdicts_n; i++)
		if (p->in->verdicts[i].standings.v[o].standing > worst)
			worst = p->in->verdicts[i].standings.v[o].standing;
	return worst;
}

static void write_greatest_row(struct html_page *p, const struct sums *s,
			       const struct sum *o)
{
	static const char *const classes[] = {
		[STANDING_OTHER] = "no", [STANDING_UNKNOWN] = "may",
		[STANDING_CONCERN] = "is"};
	struct svg_part part = {classes[colour_of(p, o->organisation)],
				o->units[AXIS_COMMITS]};

	strbuf_cstr(p->out, "<tr><th scope=\"row\">");
	html_page_organisation(p, o->organisation);
	strbuf_cstr(p->out, "</th><td>");
	write_stands(p, o->organisation);
	strbuf_cstr(p->out, "</td><td class=\"share\">");
	svg_stacked(p->out, &part, 1, s->commits);
	strbuf_cstr(p->out, "<span>");
	markup_share(p->out, (int32_t)((unsigned __int128)part.n * 10000 /
				       s->commits), false);
	strbuf_cstr(p->out, "</span></td><td class=\"n\">");
	markup_count(p->out, verdict_shown(AXIS_COMMITS, part.n));
	strbuf_cstr(p->out, "</td><td class=\"n\">");
	markup_count(p->out, o->components);
	strbuf_cstr(p->out, "</td></tr>\n");
}

static void write_greatest(struct html_page *p, const struct sums *s)
{
	if (!s->commits || !s->n || !s->v[0].units[AXIS_COMMITS])
		return;
	html_page_table_open(p, "greatest", "The organisations that wrote most "
			     "of the commits, of concern or not; all "
			     "components together",
			     "Organisation|Stands as|Share of the commits|"
			     "Commits|Components");
	for (size_t i = 0; i < s->n && i < GREATEST; i++)
		if (s->v[i].units[AXIS_COMMITS])
			write_greatest_row(p, s, &s->v[i]);
	html_page_table_close(p);
}

/* --- one organisation ---------------------------------------------------- */

/* One unit and several. */
static const char *const units[AXIS_COUNT][2] = {
	[AXIS_COMMITS] = {"commit", "commits"},
	[AXIS_CHURN] = {"line changed", "lines changed"},
	[AXIS_SURVIVING] = {"line that survives", "lines that survive"},
	[AXIS_REVIEW] = {"review", "reviews"},
	[AXIS_STEWARDSHIP] = {"line (or seat) governed",
			      "lines (or seats) governed"},
	[AXIS_SUPPLY] = {"role in the supply", "roles in the supply"},
};

static void write_doings(struct html_page *p, const struct sum *o)
{
	const char *sep = ": ";

	strbuf_cstr(p->out, "<p>In ");
	markup_plural(p->out, o->components, "component");
	for (size_t a = 0; a < AXIS_COUNT; a++) {
		uint64_t n = verdict_shown((enum axis)a, o->units[a]);

		if (!o->units[a])
			continue;
		strbuf_cstr(p->out, sep);
		markup_count(p->out, n);
		strbuf_fmt(p->out, " %s", units[a][n != 1]);
		sep = ", ";
	}
	strbuf_cstr(p->out, ".</p>\n");
}

/* The rungs in words. */
static const char *const ties[RUNG_COUNT] = {
	[RUNG_LISTED] = "it stands itself on a list that the policy names",
	[RUNG_AFFILIATE] = "it belongs to somebody who stands on a list",
	[RUNG_OWNED50] = "half of it or more is owned by parties of concern",
	[RUNG_CONTROLLED] = "a party of concern has decisive influence on it",
	[RUNG_OWNED25] = "a quarter of it or more is owned by parties of "
			 "concern",
	[RUNG_OWNED10] = "a tenth of it or more is owned by parties of concern",
	[RUNG_OWNED5] = "a twentieth of it or more is owned by parties of "
			"concern",
	[RUNG_STATE] = "it is a body of a state of concern, or such a state "
		       "controls it",
	[RUNG_ESTABLISHED] = "it is established in a jurisdiction of concern, "
			     "and no controller elsewhere is known",
	[RUNG_LOCATED] = "it has a unit in a jurisdiction of concern",
	[RUNG_UNKNOWN] = "who controls it is not known",
};

/* A policy, and the tie that decides, proven or not. */
static void write_rung(struct html_page *p, const struct verdict *v, size_t o)
{
	const struct org_standing *st = &v->standings.v[o];
	strbuf_cstr(p->out, "<li>Policy ");
	markup_text(p->out, v->policy);
	strbuf_cstr(p->out, st->standing == STANDING_CONCERN
		    ? ": <strong>proven</strong>"
		    : ": not proven; would be if uncited records held");
	strbuf_fmt(p->out, ": %s <span class=\"soft\">(rung %s)</span>"
			   "</li>\n", ties[st->rung],
		   ladder_rung_name(st->rung));
}

/* The first policy to which it stands so, in the order given. */
static const struct verdict *write_rungs(struct html_page *p, size_t o,
					 enum standing standing)
{
	const struct verdict *first = NULL;

	strbuf_cstr(p->out, "<ul class=\"rungs\">\n");
	for (size_t i = 0; i < p->in->verdicts_n; i++) {
		const struct verdict *v = &p->in->verdicts[i];
		const struct org_standing *st = &v->standings.v[o];

		if (standing == STANDING_CONCERN
		    ? st->standing != STANDING_CONCERN
		    : st->on_b != STANDING_CONCERN)
			continue;
		first = first ? first : v;
		write_rung(p, v, o);
	}
	strbuf_cstr(p->out, "</ul>\n");
	return first;
}

static void write_organisation(struct html_page *p, const struct sum *s,
			       enum standing standing)
{
	size_t o = s->organisation;
	const struct verdict *v;

	strbuf_fmt(p->out, "<article id=\"%.*s\" class=\"organisation\">\n"
			   "<h4>", STR_ARG(p->organisations[o]));
	markup_name(p->out, p->in->scan->facts->organisations.v[o].name);
	strbuf_cstr(p->out, "</h4>\n");
	write_doings(p, s);
	v = write_rungs(p, o, standing);
	if (v) {
		const struct rung_result *r = &v->ladders->v[o]->rungs[
			v->standings.v[o].rung];

		strbuf_cstr(p->out, "<div class=\"pair\">\n<div>\n");
		html_chain_draw(p, r, o);
		strbuf_cstr(p->out, "</div>\n<div>\n");
		html_chain_records(p, r, o);
		strbuf_cstr(p->out, "</div>\n</div>\n");
	}
	strbuf_cstr(p->out, "</article>\n");
}

static size_t write_standing(struct html_page *p, const struct sums *s,
			     enum standing standing)
{
	size_t n = 0;

	for (size_t i = 0; i < s->n; i++) {
		if (html_page_worst(p, s->v[i].organisation) != standing)
			continue;
		if (n++ == 0 && standing == STANDING_UNKNOWN)
			strbuf_cstr(p->out, "<h3>Of concern only if uncited "
					    "records hold</h3>\n<p>These count "
					    "as unknown: the records below "
					    "want a citation first.</p>\n");
		write_organisation(p, &s->v[i], standing);
	}
	return n;
}

void html_organisations(struct html_page *p)
{
	struct sums s;

	html_frame_section("organisations", "Organisations", p->out);
	if (!p->v) {
		html_frame_section_end(p->out);
		return;
	}
	add_up(p, &s);
	write_greatest(p, &s);
	strbuf_cstr(p->out, "<h3>Organisations of concern, and the evidence"
			    "</h3>\n<p>Each graph leads from where the concern "
			    "begins, a list or a jurisdiction, down to the "
			    "organisation; beside an edge stands what a record "
			    "says, since when, its confidence and its source."
			    "</p>\n");
	if (!write_standing(p, &s, STANDING_CONCERN))
		strbuf_cstr(p->out, "<p>None is proven in this stack.</p>\n");
	write_standing(p, &s, STANDING_UNKNOWN);
	free(s.v);
	html_frame_section_end(p->out);
}
