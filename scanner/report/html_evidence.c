/*
 * The evidence: per component who did what and where it was found, what the
 * user asserted or waived, the sources of all records cited, and what could
 * not be read.
 */
#include "base/date.h"
#include "model/facts_index.h"
#include "report/html_detail.h"
#include "report/html_frame.h"
#include "report/html_page.h"
#include "report/markup.h"

#define PRINTED 20 /* details on paper, too */
#define PLACES 3
#define DIAGNOSTICS 300

/* --- components ---------------------------------------------------------- */

static void write_details(struct html_page *p)
{
	size_t n = 0, more = 0;

	strbuf_cstr(p->out, "<h3>Who did what, by component</h3>\n");
	for (size_t i = 0; i < p->order_n; i++)
		if (p->has_detail[p->order[i]])
			html_detail_write(p, p->order[i], n++ < PRINTED);
		else
			more += p->v->scores.v[p->order[i]].by.n != 0;
	if (!n)
		strbuf_cstr(p->out, "<p>No component has data.</p>\n");
	if (more)
		strbuf_fmt(p->out, "<p class=\"soft\">and %zu more, which the "
				   "JSON report has</p>\n", more);
}

static void write_places(struct html_page *p, const struct component *c)
{
	for (size_t i = 0; i < c->evidence.n && i < PLACES; i++) {
		strbuf_cstr(p->out, i ? ", " : "");
		markup_text(p->out, c->evidence.v[i].path);
		if (c->evidence.v[i].line)
			strbuf_fmt(p->out, ":%u", c->evidence.v[i].line);
	}
	if (c->evidence.n > PLACES)
		strbuf_fmt(p->out, " and %zu more", c->evidence.n - PLACES);
}

static void write_declared(struct html_page *p)
{
	const struct parts *parts = &p->in->scan->parts;

	html_page_table_open(p, "declared", "Where each component is declared",
			     "Component|Package URL|Declared at");
	for (size_t i = 0; i < p->order_n; i++) {
		const struct component *c = &parts->components.v[p->order[i]];

		strbuf_cstr(p->out, "<tr><th scope=\"row\">");
		markup_name(p->out, html_page_name(p, p->order[i]));
		strbuf_cstr(p->out, "<td>");
		markup_text(p->out, c->purl);
		strbuf_cstr(p->out, "<td>");
		write_places(p, c);
		strbuf_cstr(p->out, "</tr>\n");
	}
	html_page_table_close(p);
}

/* --- assertions and waivers ---------------------------------------------- */

static void write_assertions(struct html_page *p)
{
	const struct facts *f = p->in->scan->facts;
	size_t n = 0;

	for (size_t i = 0; f && i < f->rows.n; i++) {
		if (!f->rows.v[i].is_assumed)
			continue;
		if (n++ == 0) {
			strbuf_cstr(p->out, "<h3>Asserted by facts files of "
					    "this run, not verified</h3>\n");
			html_records_open(p, "Assertions");
		}
		html_records_row(p, i);
	}
	if (n)
		html_page_table_close(p);
}

/* What a waiver is about. */
static void write_subject(struct html_page *p, const struct waiver *w)
{
	const struct str parts[] = {w->rule, w->component.purl,
				    w->component.repository,
				    w->component.path, w->organisation};
	const char *sep = "";

	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		if (!parts[i].n)
			continue;
		strbuf_cstr(p->out, sep);
		markup_text(p->out, parts[i]);
		sep = ", ";
	}
}

static void write_waivers(struct html_page *p)
{
	static const char *const states[] = {
		[WAIVER_HOLDS] = "holds", [WAIVER_EXPIRED] = "expired",
		[WAIVER_AHEAD] = "not yet"};
	const struct waivers *w = p->in->waivers;

	if (!w || !w->list.n)
		return;
	strbuf_cstr(p->out, "<h3>Waivers</h3>\n");
	html_page_table_open(p, "waivers", "What somebody answers for; a "
			     "waiver changes no figure",
			     "About|State|Until|By|Reason");
	for (size_t i = 0; i < w->list.n; i++) {
		const struct waiver *x = &w->list.v[i];
		bool is_idle = x->state == WAIVER_HOLDS && !x->is_used;

		strbuf_cstr(p->out, "<tr><td>");
		write_subject(p, x);
		strbuf_fmt(p->out, "</td><td>%s</td><td>",
			   is_idle ? "unused" : states[x->state]);
		date_write(p->out, x->expires);
		strbuf_cstr(p->out, "</td><td>");
		markup_text(p->out, x->owner);
		strbuf_cstr(p->out, "</td><td>");
		markup_text(p->out, x->reason);
		strbuf_cstr(p->out, "</td></tr>\n");
	}
	html_page_table_close(p);
}

/* --- sources ------------------------------------------------------------- */

static void write_source(struct html_page *p, size_t i)
{
	const struct facts *f = p->in->scan->facts;
	struct facts_run run = facts_index_subject(f, FACT_SOURCE,
						   p->sources.v[i]);
	const struct fact *r = run.n ? &f->rows.v[run.first] : NULL;

	strbuf_fmt(p->out, "<tr id=\"s-%zu\"><th scope=\"row\">", i + 1);
	markup_text(p->out, p->sources.v[i]);
	strbuf_cstr(p->out, "</th><td>");
	if (r) {
		markup_text(p->out, r->evidence->note);
		strbuf_cstr(p->out, r->evidence->note.n ? "<br>" : "");
		markup_address(p->out, r->value);
	}
	strbuf_cstr(p->out, "</td><td>");
	markup_text(p->out, r ? r->evidence->speaks_for : STR(""));
	strbuf_cstr(p->out, "</td><td>");
	markup_text(p->out, r ? r->evidence->read : STR(""));
	strbuf_cstr(p->out, "</td></tr>\n");
}

static void write_cited(struct html_page *p)
{
	if (!p->sources.n)
		return;
	strbuf_cstr(p->out, "<h3>Sources</h3>\n");
	html_page_table_open(p, "sources", "The sources of the records cited "
			     "on this page", "Source|What it is|Speaks for|"
			     "Read");
	for (size_t i = 0; i < p->sources.n; i++)
		write_source(p, i);
	html_page_table_close(p);
}

/* --- diagnostics --------------------------------------------------------- */

static void write_diagnostic(struct html_page *p, const struct diag *d)
{
	bool grave = diag_effect(d->code) != DIAG_HARMLESS;

	strbuf_fmt(p->out, "<tr><th scope=\"row\">%s</th><td>%s</td><td>",
		   diag_name(d->code), grave ? "something is missing"
					     : "nothing is missing");
	markup_text(p->out, d->place.path);
	if (d->place.line)
		strbuf_fmt(p->out, ":%u", d->place.line);
	strbuf_cstr(p->out, "</td><td>");
	markup_text(p->out, d->message);
	strbuf_cstr(p->out, "</td></tr>\n");
}

/* What lowers coverage first; notes are left to the JSON report. */
static size_t write_warnings(struct html_page *p, const struct diags *ds)
{
	size_t shown = 0;

	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < ds->kept.n; i++) {
			const struct diag *d = &ds->kept.v[i];
			bool grave = diag_effect(d->code) != DIAG_HARMLESS;

			if (diag_severity(d->code) == DIAG_NOTE ||
			    grave != !pass || shown >= DIAGNOSTICS)
				continue;
			write_diagnostic(p, d);
			shown++;
		}
	return shown;
}

static void write_diagnostics(struct html_page *p)
{
	const struct diags *ds = &p->in->scan->diags;
	unsigned long n = diag_warnings(ds), shown;

	strbuf_cstr(p->out, "<h3 id=\"diagnostics\">What could not be read, "
			    "and warnings</h3>\n");
	if (!n) {
		strbuf_cstr(p->out, "<p>Nothing.</p>\n");
		return;
	}
	html_page_table_open(p, "diagnostics", "Diagnostics; <code>ranwhence "
			     "explain CODE</code> tells what a code means",
			     "Code|Effect|Place|Message");
	shown = write_warnings(p, ds);
	html_page_table_close(p);
	if (n > shown)
		strbuf_fmt(p->out, "<p class=\"soft\">and %lu more</p>\n",
			   n - shown);
}

void html_evidence(struct html_page *p)
{
	html_frame_section("evidence", "Evidence", p->out);
	if (p->v) {
		write_details(p);
		write_declared(p);
	}
	write_assertions(p);
	write_waivers(p);
	write_cited(p);
	write_diagnostics(p);
	html_frame_section_end(p->out);
}
