/* What `ranwhence history --by` prints: a history in parts. */
#include <stdio.h>

#include "base/diag_json.h"
#include "base/json_out.h"
#include "base/utf8.h"
#include "model/digest_asked.h"
#include "model/digest_row.h"
#include "report/paint.h"
#include "report/report.h"

/* ---- JSON -------------------------------------------------------------- */

static void write_share(const struct parts_share *s, unsigned axes,
			const struct facts *f, struct json_out *j)
{
	static const char *const classes[] = {"unknown", "organisation",
					      "neutral"};

	json_out_object(j);
	json_out_kstr_or_null(j, "organisation", s->organisation == SIZE_MAX
			      ? STR("")
			      : f->organisations.v[s->organisation].id);
	json_out_kstr(j, "class", str_c(classes[s->class]));
	digest_row_write_counts(&s->counts, axes, j);
	json_out_object_end(j);
}

static void write_row(const struct parts_table *t,
		      const struct parts_row *row,
		      const struct report_parts *p, struct json_out *j)
{
	json_out_object(j);
	json_out_kstr_or_null(j, "name", row->name);
	digest_row_write_counts(&row->counts, p->digest->axes, j);
	json_out_key(j, "organisations");
	json_out_array(j);
	for (size_t i = row->from; i < row->to; i++)
		write_share(&t->shares.v[i], p->digest->axes, p->facts, j);
	json_out_array_end(j);
	json_out_object_end(j);
}

static void write_json(const struct parts_table *t,
		       const struct report_parts *p, const struct diags *ds,
		       struct strbuf *out)
{
	struct json_out j;

	json_out_init(&j, out, false);
	json_out_object(&j);
	json_out_kstr(&j, "schema", STR("ranwhence.history/1"));
	json_out_kstr(&j, "repository", p->digest->repository);
	json_out_kstr(&j, "head", p->digest->head);
	json_out_kstr(&j, "by", str_c(parts_by_name(p->by)));
	digest_asked_write(p->digest, &j);
	json_out_key(&j, "rows");
	json_out_array(&j);
	for (size_t i = 0; i < t->rows.n; i++)
		write_row(t, &t->rows.v[i], p, &j);
	json_out_array_end(&j);
	json_out_key(&j, "diagnostics");
	diag_json_write(ds, &j);
	json_out_object_end(&j);
	json_out_end(&j);
}

/* ---- text -------------------------------------------------------------- */

static void number(const struct paint *p, uint64_t n, size_t width)
{
	char text[24];
	int len = snprintf(text, sizeof text, "%llu", (unsigned long long)n);

	paint_cell_right(p, str_n(text, (size_t)len), width);
}

/* A count, where its axis was counted. */
static void counted(const struct paint *p, const struct report_parts *in,
		    unsigned axis, uint64_t n)
{
	if (in->digest->axes & axis)
		number(p, n, 9);
	else
		paint_cell_right(p, STR("-"), 9);
}

/* A share of commits, co-authors sharing theirs. */
static void share(const struct paint *p, uint64_t part, uint64_t all)
{
	struct strbuf b;

	strbuf_init(&b, 0);
	if (all) /* LIMIT_COMMITS times DIGEST_CREDITS times 10^4 fits */
		paint_share(&b, (int32_t)(part * 10000 / all), false);
	paint_cell_right(p, strbuf_str(&b), 7);
	strbuf_release(&b);
}

/* One line for each organisation of the only row. */
static void write_organisations(const struct paint *p,
				const struct parts_table *t,
				const struct report_parts *in)
{
	strbuf_cstr(p->out, "\n  commits   share     lines surviving   reviews "
			    "organisation\n");
	for (size_t i = 0; i < t->shares.n; i++) {
		const struct parts_share *s = &t->shares.v[i];

		number(p, s->counts.commits, 9);
		share(p, s->counts.credits, t->rows.v[0].counts.credits);
		counted(p, in, DIGEST_CHURN, s->counts.weighed);
		counted(p, in, DIGEST_SURVIVING, s->counts.surviving_source);
		counted(p, in, DIGEST_REVIEW, s->counts.reviews);
		utf8_show_cut(p->out, parts_name(s, in->facts), 30);
		strbuf_ch(p->out, '\n');
	}
}

/* How many organisations, how much is of none, and the greatest one. */
static void write_era(const struct paint *p, const struct parts_table *t,
		      const struct parts_row *row,
		      const struct report_parts *in)
{
	const struct parts_share *greatest = NULL;
	uint64_t unknown = 0, known = 0;

	for (size_t i = row->from; i < row->to; i++) {
		const struct parts_share *s = &t->shares.v[i];

		if (s->organisation == SIZE_MAX) {
			unknown += s->counts.credits;
		} else {
			greatest = greatest ? greatest : s;
			known += s->counts.credits != 0;
		}
	}
	paint_cell(p, PAINT_PLAIN, row->name.n ? row->name
					       : STR("(unreleased)"), 16);
	number(p, row->counts.commits, 8);
	counted(p, in, DIGEST_CHURN, row->counts.weighed);
	number(p, known, 5);
	share(p, unknown, row->counts.credits);
	share(p, greatest ? greatest->counts.credits : 0,
	      row->counts.credits);
	if (greatest)
		utf8_show_cut(p->out, parts_name(greatest, in->facts), 21);
	strbuf_ch(p->out, '\n');
}

static void write_eras(const struct paint *p, const struct parts_table *t,
		       const struct report_parts *in)
{
	strbuf_fmt(p->out, "\n%-16s  commits     lines  orgs unknown "
			   "greatest known\n", parts_by_name(in->by));
	for (size_t i = 0; i < t->rows.n; i++)
		write_era(p, t, &t->rows.v[i], in);
}

static void write_text(const struct parts_table *t,
		       const struct report_parts *in,
		       const struct report_style *style, struct strbuf *out)
{
	struct paint p = {style, out};

	utf8_show(out, in->digest->repository);
	strbuf_fmt(out, " at %.*s%s\n", STR_ARG(in->digest->head),
		   in->digest->incomplete ? "; incomplete" : "");
	if (!t->rows.n)
		return;
	if (in->by == PARTS_BY_ORGANISATION)
		write_organisations(&p, t, in);
	else
		write_eras(&p, t, in);
}

void report_history_parts(const struct parts_table *t,
			  const struct report_parts *p,
			  const struct diags *ds,
			  const struct report_style *style,
			  struct strbuf *out)
{
	if (style)
		write_text(t, p, style, out);
	else
		write_json(t, p, ds, out);
}
