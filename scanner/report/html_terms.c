/* Since when and until when seats were held, as the histories at hand tell. */
#include "base/date.h"
#include "report/html_page.h"
#include "report/markup.h"

#define MOST_SHOWN 100 /* of one history: those that began last */

static int by_month(const void *va, const void *vb)
{
	const struct digest_term *a = *(struct digest_term *const *)va;
	const struct digest_term *b = *(struct digest_term *const *)vb;

	if (a->from != b->from)
		return a->from > b->from ? -1 : 1;
	return a < b ? -1 : a > b; /* in the order of the digest */
}

static void write_month(struct html_page *p, const struct digest_term *t,
			bool is_end)
{
	strbuf_fmt(p->out, "<td class=\"whole\" data-of=\"%s\">",
		   is_end ? "to" : "from");
	if (is_end && t->is_open)
		strbuf_cstr(p->out, "now");
	else
		date_write_month(p->out, is_end ? t->to : t->from);
	strbuf_cstr(p->out, "</td>");
}

static void write_name(struct html_page *p, const char *what, struct str name,
		       const char *otherwise)
{
	strbuf_fmt(p->out, "<td data-of=\"%s\">", what);
	markup_name(p->out, name.n ? name : str_c(otherwise));
	strbuf_cstr(p->out, "</td>");
}

static void write_term(struct html_page *p, const struct digest_term *t)
{
	strbuf_fmt(p->out, "<tr><th scope=\"row\">%s</th>",
		   component_role_name(t->role));
	write_month(p, t, false);
	write_month(p, t, true);
	write_name(p, "host", t->host, "(no address)");
	write_name(p, "company", t->company, "(none)");
	strbuf_cstr(p->out, "<td class=\"n\" data-of=\"seats\">");
	markup_count(p->out, t->seats);
	strbuf_cstr(p->out, "</td></tr>\n");
}

static void write_history(struct html_page *p, const struct used_digest *d)
{
	const struct digest_term *terms =
		p->in->scan->used.terms.v + d->first_term;
	const struct digest_term **order = mem_new(d->n_terms, sizeof *order);

	for (size_t i = 0; i < d->n_terms; i++)
		order[i] = &terms[i];
	qsort(order, d->n_terms, sizeof *order, by_month);
	strbuf_cstr(p->out, "<details class=\"print\"><summary>Seats over "
			    "time in ");
	markup_name(p->out, d->repository);
	strbuf_cstr(p->out, "</summary>\n");
	html_page_table_open(p, "side", "Seats by INFO.yaml, the latest "
			     "first; of one role, host and company as many as "
			     "stood there at most",
			     "Role|From|To|Host of the address|Company, as "
			     "declared|Seats");
	for (size_t i = 0; i < d->n_terms && i < MOST_SHOWN; i++)
		write_term(p, order[i]);
	html_page_table_close(p);
	if (d->n_terms > MOST_SHOWN) {
		strbuf_cstr(p->out, "<p>");
		markup_plural(p->out, d->n_terms - MOST_SHOWN, "earlier term");
		strbuf_cstr(p->out, ": the JSON form has them.</p>\n");
	}
	strbuf_cstr(p->out, "</details>\n");
	free(order);
}

void html_terms(struct html_page *p)
{
	const struct used *u = &p->in->scan->used;

	for (size_t i = 0; i < u->digests.n; i++)
		if (u->digests.v[i].n_terms)
			write_history(p, &u->digests.v[i]);
}
