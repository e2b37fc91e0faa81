/* Any bytes as a report that is compared with another one: after a line "%"
 * the other, else itself.  What is taken can be written in every way. */
#include <assert.h>
#include <stdint.h>

#include "report/compare.h"
#include "report/trend.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static const struct report_style style = {.columns = 80};

static void try_compare(const struct report_file *r, struct diags *ds)
{
	struct strbuf out;
	struct compare c;

	if (compare_make(r, 2, ds, &c))
		return;
	strbuf_init(&out, 0);
	compare_text(&c, "1", &style, &out);
	compare_json(&c, "1", &out);
	compare_html(&c, "1", &out);
	for (size_t i = 0; i < c.policies.n; i++)
		assert(c.policies.v[i].lowest == SIZE_MAX ||
		       c.policies.v[i].lowest < c.n);
	strbuf_release(&out);
	compare_release(&c);
}

static void try_trend(const struct report_file *r, struct diags *ds)
{
	struct strbuf out;
	struct trend t;

	if (trend_make(r, 2, ds, &t))
		return;
	strbuf_init(&out, 0);
	trend_text(&t, "1", &style, &out);
	trend_json(&t, "1", &out);
	trend_html(&t, "1", &out);
	strbuf_release(&out);
	trend_release(&t);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct str text = {(const char *)bytes, n}, other = text;
	size_t at = str_find(text, STR("\n%\n"));
	struct report_file r[2] = {0};
	struct diags ds = {0};
	enum err e[2];

	if (at != SIZE_MAX) {
		other = str_from(text, at + 3);
		text = str_head(text, at);
	}
	e[0] = report_file_parse(text, STR("a.json"), &ds, &r[0]);
	assert(!e[0] || ds.kept.n);
	e[1] = report_file_parse(other, STR("b.json"), &ds, &r[1]);
	assert(!e[1] || ds.kept.n);
	if (!e[0] && !e[1]) {
		try_compare(r, &ds);
		try_trend(r, &ds);
	}
	report_file_release(&r[0]);
	report_file_release(&r[1]);
	diag_release(&ds);
	return 0;
}
