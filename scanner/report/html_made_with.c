/* What the page was made with: policies, lists, histories, versions. */
#include "base/date.h"
#include "report/html_frame.h"
#include "report/html_page.h"
#include "report/markup.h"

static void write_policy(struct html_page *p, const struct verdict *v)
{
	const struct concern *c = &v->concern;

	strbuf_cstr(p->out, "<tr><th scope=\"row\">");
	markup_text(p->out, v->policy);
	strbuf_cstr(p->out, "</th><td>");
	markup_text(p->out, v->text_version);
	strbuf_cstr(p->out, "</td><td>");
	for (size_t i = 0; i < c->jurisdictions_n; i++) {
		strbuf_cstr(p->out, i ? ", " : "");
		markup_text(p->out, c->jurisdictions[i]);
	}
	for (size_t i = 0; i < c->lists_n; i++) {
		strbuf_cstr(p->out, i || c->jurisdictions_n ? ", " : "");
		markup_text(p->out, c->lists[i]);
	}
	strbuf_cstr(p->out, "</td><td><code>");
	markup_text(p->out, v->policy_sha256);
	strbuf_cstr(p->out, "</code></td></tr>\n");
}

/* --- lists --------------------------------------------------------------- */

static bool is_named_before(const struct html_page *p, size_t verdict,
			    size_t list)
{
	struct str id = p->in->verdicts[verdict].concern.lists[list];

	for (size_t i = 0; i <= verdict; i++) {
		const struct concern *c = &p->in->verdicts[i].concern;

		for (size_t k = 0; k < c->lists_n; k++)
			if (str_eq(c->lists[k], id))
				return i < verdict || k < list;
	}
	return false;
}

static void write_list(struct html_page *p, const struct held *h)
{
	strbuf_cstr(p->out, "<tr><th scope=\"row\">");
	markup_text(p->out, h->list);
	strbuf_cstr(p->out, "</th><td>");
	markup_text(p->out, html_page_list_title(p, h->list));
	strbuf_cstr(p->out, h->is_whole ? "</td><td>whole: "
				        : "</td><td>an extract");
	markup_text(p->out, h->edition);
	strbuf_cstr(p->out, "</td><td class=\"n\">");
	markup_count(p->out, h->entries);
	strbuf_cstr(p->out, "</td></tr>\n");
}

static void write_lists(struct html_page *p)
{
	size_t n = 0;

	for (size_t i = 0; i < p->in->verdicts_n; i++)
		for (size_t k = 0; k < p->in->verdicts[i].held.n; k++) {
			if (is_named_before(p, i, k))
				continue;
			if (n++ == 0)
				html_page_table_open(
					p, "lists", "The lists, as the facts "
					"hold them: whoever is missing in an "
					"extract may still be listed",
					"List|Title|Held|Entries");
			write_list(p, &p->in->verdicts[i].held.v[k]);
		}
	if (n)
		html_page_table_close(p);
}

/* --- histories ----------------------------------------------------------- */

/* Where its counts are from. */
static void write_origin(struct html_page *p, const struct used_digest *d)
{
	strbuf_cstr(p->out, d->is_bundled ? "comes with the program"
			    : d->is_clone ? "counted from a clone fetched"
					  : "read in this run or given");
	if (d->is_clone && d->fetched != DATE_MIN) {
		strbuf_cstr(p->out, " on ");
		date_write(p->out, d->fetched);
	}
	if (d->is_clone) {
		strbuf_cstr(p->out, " from ");
		markup_text(p->out, d->repository);
	}
	strbuf_cstr(p->out, d->is_incomplete ? "; a part only" : "");
}

static void write_digest(struct html_page *p, const struct used_digest *d)
{
	strbuf_cstr(p->out, "<tr><th scope=\"row\">");
	markup_text(p->out, d->repository);
	strbuf_cstr(p->out, "</th><td><code>");
	markup_text(p->out, d->head);
	strbuf_cstr(p->out, "</code></td><td>");
	write_origin(p, d);
	strbuf_cstr(p->out, "</td><td class=\"n\">");
	markup_count(p->out, d->commits);
	strbuf_cstr(p->out, "</td></tr>\n");
}

static void write_digests(struct html_page *p)
{
	const struct scan *s = p->in->scan;

	if (!s->used.digests.n)
		return;
	html_page_table_open(p, "digests", "Histories that were used",
			     "Repository|At commit|From|Commits counted");
	for (size_t i = 0; i < s->used.digests.n; i++)
		write_digest(p, &s->used.digests.v[i]);
	html_page_table_close(p);
}

static void write_versions(struct html_page *p)
{
	strbuf_cstr(p->out, "<dl class=\"facts\">\n<div><dt>Program</dt><dd>"
			    "ranwhence ");
	markup_text(p->out, str_c(p->in->tool_version));
	strbuf_cstr(p->out, "</dd></div>\n<div><dt>Day of judgement</dt><dd>");
	date_write(p->out, p->in->scan->as_of);
	strbuf_cstr(p->out, "</dd></div>\n<div><dt>Network</dt><dd>none was "
			    "used</dd></div>\n</dl>\n");
}

void html_made_with(struct html_page *p)
{
	html_frame_section("made-with", "What this was made with", p->out);
	write_versions(p);
	html_page_table_open(p, "used", "Policies: the text that each follows, "
			     "who is of concern to it, and the checksum of the "
			     "file", "Policy|After|Of concern|SHA-256");
	for (size_t i = 0; i < p->in->verdicts_n; i++)
		write_policy(p, &p->in->verdicts[i]);
	html_page_table_close(p);
	write_lists(p);
	write_digests(p);
	html_frame_section_end(p->out);
}
