/* Influence over time, of one history or of all of a stack together. */
#include "report/periods.h"

#include "base/date.h"
#include "base/diag_json.h"
#include "base/utf8.h"
#include "report/json_parts.h"
#include "report/paint.h"

#define BAR 25 /* columns of a bar from 0 to 100 % */

static const enum axis dated[] = {AXIS_COMMITS, AXIS_CHURN, AXIS_REVIEW};
#define DATED (sizeof dated / sizeof *dated)

/* --- text ----------------------------------------------------------------- */

/* What is proven as '#', what may be as '=', what cannot be as '.'. */
static void write_bar(const struct tally *t, struct strbuf *out)
{
	int32_t low = t->low_bp * BAR / 10000;
	int32_t high = (t->high_bp * BAR + 9999) / 10000;

	strbuf_pad(out, '#', (size_t)low);
	strbuf_pad(out, '=', (size_t)(high - low));
	strbuf_pad(out, '.', (size_t)(BAR - high));
}

static void write_cell(const struct paint *p, const struct tally *t)
{
	struct strbuf b;

	strbuf_init(&b, 0);
	if (t->is_observed)
		paint_interval(&b, t->low_bp, t->high_bp);
	else
		strbuf_ch(&b, '-');
	paint_cell_right(p, strbuf_str(&b), 12);
	strbuf_release(&b);
}

static void write_row(const struct paint *p, const struct periods_row *r)
{
	strbuf_cstr(p->out, "  ");
	paint_cell(p, PAINT_PLAIN, r->name.n ? r->name : STR("(since)"), 10);
	for (size_t i = 0; i < DATED; i++)
		write_cell(p, &r->axes[dated[i]]);
	if (r->axes[AXIS_COMMITS].is_observed)
		write_bar(&r->axes[AXIS_COMMITS], p->out);
	while (p->out->n && p->out->p[p->out->n - 1] == ' ')
		p->out->n--;
	strbuf_ch(p->out, '\n');
}

/* --- seats ---------------------------------------------------------------- */

static bool is_same(const struct periods_row *a, const struct periods_row *b)
{
	const struct tally *x = &a->axes[AXIS_STEWARDSHIP];
	const struct tally *y = &b->axes[AXIS_STEWARDSHIP];
	bool is = a->seats.n == b->seats.n && x->low_bp == y->low_bp &&
		  x->high_bp == y->high_bp;

	for (size_t i = 0; is && i < a->seats.n; i++)
		is = a->seats.v[i].seats == b->seats.v[i].seats &&
		     str_eq(a->seats.v[i].organisation,
			    b->seats.v[i].organisation);
	return is;
}

static void write_seats(const struct paint *p, const struct periods_row *r)
{
	const struct tally *t = &r->axes[AXIS_STEWARDSHIP];
	struct strbuf b;
	const char *sep = "";

	strbuf_init(&b, 0);
	strbuf_cstr(p->out, "  ");
	paint_cell(p, PAINT_PLAIN, r->name, 10);
	write_cell(p, t);
	strbuf_cstr(p->out, "  ");
	if (!r->seats.n)
		strbuf_cstr(&b, "none");
	for (size_t i = 0; i < r->seats.n; i++, sep = ", ")
		strbuf_fmt(&b, "%s%llu %.*s", sep,
			   (unsigned long long)r->seats.v[i].seats,
			   STR_ARG(r->seats.v[i].organisation.n
				   ? r->seats.v[i].organisation
				   : STR("(unknown)")));
	utf8_show_cut(p->out, strbuf_str(&b), p->style->columns - 26);
	strbuf_ch(p->out, '\n');
	strbuf_release(&b);
}

/* The quarters at whose end they were others than before. */
static void write_tenure(const struct paint *p, const struct periods *of)
{
	const struct periods_row *last = NULL;

	for (size_t i = 0; i < of->rows.n; i++) {
		const struct periods_row *r = &of->rows.v[i];

		if (last ? is_same(last, r) : !r->seats.n)
			continue;
		if (!last)
			strbuf_cstr(p->out, "  period      stewardship  seats "
					    "at its end, by INFO.yaml\n");
		write_seats(p, r);
		last = r;
	}
}

static void write_policy(const struct paint *p, const struct periods *of)
{
	strbuf_ch(p->out, '\n');
	paint_text(p, PAINT_BOLD, of->verdict->policy);
	strbuf_cstr(p->out, ": ");
	paint_wrap(p, of->verdict->title, of->verdict->policy.n + 2, 2);
	strbuf_cstr(p->out, "  period          commits        churn       "
			    "review commits\n");
	for (size_t i = 0; i < of->rows.n; i++)
		write_row(p, &of->rows.v[i]);
	if (!of->rows.n)
		strbuf_cstr(p->out, "  no history that was read in full\n");
	write_tenure(p, of);
}

static void write_left_out(const struct paint *p, size_t n)
{
	struct strbuf b;

	if (!n)
		return;
	strbuf_init(&b, 0);
	strbuf_fmt(&b, "%zu product%s without a history that was read in full: "
		   "what was done there is not in these shares.", n,
		   n == 1 ? "" : "s");
	paint_wrap(p, strbuf_str(&b), 0, 0);
	strbuf_release(&b);
}

static void write_text(const struct report_periods *in,
		       const struct report_style *style, struct strbuf *out)
{
	struct paint p = {style, out};

	strbuf_fmt(out, "ranwhence %s, influence by %s, judged as of ",
		   in->tool_version, parts_by_name(in->by));
	date_write(out, in->scan->as_of);
	strbuf_ch(out, '\n');
	for (size_t i = 0; i < in->n; i++)
		write_policy(&p, &in->periods[i]);
	strbuf_ch(out, '\n');
	write_left_out(&p, in->left_out);
	paint_wrap(&p, STR("Shares of what was done in the period; '#' is "
			   "proven, '=' possible. Organisations are judged by "
			   "who controls them on the day of judgement."),
		   0, 0);
}

/* --- JSON ----------------------------------------------------------------- */

static void write_units(const char *key, enum axis a, uint64_t units,
			struct json_out *j)
{
	json_out_ki64(j, key, (int64_t)verdict_shown(a, units));
}

static void write_tally(enum axis a, const struct tally *t,
			struct json_out *j)
{
	json_out_object(j);
	json_parts_kinterval(j, "share", t->low_bp, t->high_bp);
	json_parts_kinterval(j, "share_on_b", t->on_b_low_bp,
			     t->on_b_high_bp);
	write_units("concern", a, t->concern, j);
	write_units("other", a, t->other, j);
	write_units("unknown", a, t->unknown, j);
	json_out_ki64(j, "excluded", (int64_t)t->excluded);
	json_out_object_end(j);
}

static void write_json_seats(const struct periods_row *r, struct json_out *j)
{
	json_out_key(j, "stewardship");
	if (!r->seats.n) {
		json_out_null(j);
		json_out_key(j, "seats");
		json_out_null(j);
		return;
	}
	write_tally(AXIS_STEWARDSHIP, &r->axes[AXIS_STEWARDSHIP], j);
	json_out_key(j, "seats");
	json_out_array(j);
	for (size_t i = 0; i < r->seats.n; i++) {
		json_out_object(j);
		json_out_kstr_or_null(j, "organisation",
				      r->seats.v[i].organisation);
		json_out_ki64(j, "seats", (int64_t)r->seats.v[i].seats);
		json_out_object_end(j);
	}
	json_out_array_end(j);
}

static void write_json_row(const struct periods_row *r, struct json_out *j)
{
	json_out_object(j);
	json_out_kstr_or_null(j, "name", r->name);
	for (size_t i = 0; i < DATED; i++) {
		json_out_key(j, verdict_axis_name(dated[i]));
		if (r->axes[dated[i]].is_observed)
			write_tally(dated[i], &r->axes[dated[i]], j);
		else
			json_out_null(j);
	}
	write_json_seats(r, j);
	json_out_object_end(j);
}

static void write_json(const struct report_periods *in, struct strbuf *out)
{
	struct json_out j;

	json_out_init(&j, out, false);
	json_out_object(&j);
	json_out_kstr(&j, "schema", STR("ranwhence.periods/1"));
	json_out_kstr(&j, "tool_version", str_c(in->tool_version));
	json_parts_kdate(&j, "as_of", in->scan->as_of);
	json_out_kstr(&j, "by", str_c(parts_by_name(in->by)));
	json_out_ki64(&j, "left_out", (int64_t)in->left_out);
	json_out_key(&j, "policies");
	json_out_array(&j);
	for (size_t i = 0; i < in->n; i++) {
		const struct periods *p = &in->periods[i];

		json_out_object(&j);
		json_out_kstr(&j, "policy", p->verdict->policy);
		json_out_kstr(&j, "title", p->verdict->title);
		json_out_kstr(&j, "sha256", p->verdict->policy_sha256);
		json_out_key(&j, "periods");
		json_out_array(&j);
		for (size_t k = 0; k < p->rows.n; k++)
			write_json_row(&p->rows.v[k], &j);
		json_out_array_end(&j);
		json_out_object_end(&j);
	}
	json_out_array_end(&j);
	json_out_key(&j, "diagnostics");
	diag_json_write(&in->scan->diags, &j);
	json_out_object_end(&j);
	json_out_end(&j);
}

void report_periods(const struct report_periods *in,
		    const struct report_style *style, struct strbuf *out)
{
	if (style)
		write_text(in, style, out);
	else
		write_json(in, out);
}
