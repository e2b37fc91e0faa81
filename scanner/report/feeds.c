/* The feeds that the store knows, as a table and as JSON. */
#include "report/feeds.h"

#include "base/date.h"
#include "base/diag_json.h"
#include "base/json_out.h"
#include "base/utf8.h"
#include "report/paint.h"

#define DAY 86400

static int64_t age_of(const struct feeds_input *in,
		      const struct store_feed *f)
{
	/* a clock that was turned back makes nothing younger than new */
	int64_t age = in->today - (int64_t)date_of_seconds(f->fetched);

	return age > 0 ? age : 0;
}

/* Seconds as RFC 3339 writes them. */
static void write_time(struct strbuf *b, int64_t t)
{
	int64_t of_day = (t % DAY + DAY) % DAY;

	date_write(b, date_of_seconds(t));
	strbuf_fmt(b, "T%02d:%02d:%02dZ", (int)(of_day / 3600),
		   (int)(of_day / 60 % 60), (int)(of_day % 60));
}

/* --- text ----------------------------------------------------------------- */

/* Under a feed, when the last try failed. */
static void write_error(const struct paint *p, const struct store_feed *f)
{
	strbuf_cstr(p->out, "    last error, ");
	write_time(p->out, f->error_at);
	strbuf_cstr(p->out, ": ");
	paint_wrap(p, f->error, 38, 6);
}

static void write_feed(const struct feeds_input *in, const struct paint *p,
		       const struct store_feed *f)
{
	struct strbuf *out = p->out;

	paint_cell(p, PAINT_BOLD, f->name, 16);
	if (!f->fetched) {
		strbuf_cstr(out, "never fetched\n");
	} else {
		paint_cell(p, PAINT_PLAIN, f->edition, 20);
		paint_cell(p, PAINT_PLAIN, f->speaks_for.n ? f->speaks_for
							  : STR("-"), 10);
		strbuf_fmt(out, "%4lld d %9llu\n"
				"    digest ", (long long)age_of(in, f),
			   (unsigned long long)f->rows);
		utf8_show(out, str_head(f->sha256, 8));
		strbuf_cstr(out, ", licence ");
		utf8_show(out, f->licence.n ? f->licence : STR("not known"));
		strbuf_ch(out, '\n');
	}
	if (f->error.n)
		write_error(p, f);
}

void feeds_text(const struct feeds_input *in,
		const struct report_style *style, struct strbuf *out)
{
	struct paint p = {style, out};

	if (!in->store.n)
		strbuf_cstr(out, "There is no store: 'ranwhence update' makes "
				 "one.\n");
	if (in->store.n) {
		strbuf_cstr(out, "Store: ");
		paint_wrap(&p, in->store, 7, 7);
	}
	if (!in->feeds->list.n)
		return;
	strbuf_cstr(out, "\nfeed             edition              speaks for"
			 "    age      rows\n");
	for (size_t i = 0; i < in->feeds->list.n; i++)
		write_feed(in, &p, &in->feeds->list.v[i]);
}

/* --- JSON ----------------------------------------------------------------- */

static void put_time(struct json_out *j, const char *key, int64_t t)
{
	struct strbuf b;

	strbuf_init(&b, 0);
	if (t)
		write_time(&b, t);
	json_out_kstr_or_null(j, key, strbuf_str(&b));
	strbuf_release(&b);
}

static void put_feed(const struct feeds_input *in,
		     const struct store_feed *f, struct json_out *j)
{
	json_out_object(j);
	json_out_kstr(j, "feed", f->name);
	json_out_kstr_or_null(j, "edition", f->edition);
	json_out_kstr_or_null(j, "speaks_for", f->speaks_for);
	put_time(j, "fetched", f->fetched);
	put_time(j, "checked", f->checked);
	json_out_ki64_or_null(j, "age_days",
			      f->fetched ? age_of(in, f) : -1);
	json_out_ki64(j, "rows", (int64_t)f->rows);
	json_out_kstr_or_null(j, "sha256", f->sha256);
	json_out_kstr_or_null(j, "licence", f->licence);
	json_out_kstr_or_null(j, "url", f->url);
	json_out_kstr_or_null(j, "error", f->error);
	put_time(j, "error_at", f->error.n ? f->error_at : 0);
	json_out_object_end(j);
}

void feeds_json(const struct feeds_input *in, const struct diags *ds,
		struct strbuf *out)
{
	struct json_out j;

	json_out_init(&j, out, false);
	json_out_object(&j);
	json_out_kstr(&j, "schema", STR("ranwhence.feeds/1"));
	json_out_kstr_or_null(&j, "store", in->store);
	json_out_key(&j, "feeds");
	json_out_array(&j);
	for (size_t i = 0; i < in->feeds->list.n; i++)
		put_feed(in, &in->feeds->list.v[i], &j);
	json_out_array_end(&j);
	json_out_key(&j, "diagnostics");
	diag_json_write(ds, &j);
	json_out_object_end(&j);
	json_out_end(&j);
}
