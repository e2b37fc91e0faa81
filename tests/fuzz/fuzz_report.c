/* Any bytes as a report: one that is taken can be written in every format,
 * and as JSON is taken again and written the same. */
#include <assert.h>
#include <stdint.h>

#include "report/why.h"
#include "store/report_in.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static const struct report_style style = {.columns = 80};

static struct report_input input_of(const struct report_in *r)
{
	return (struct report_input){
		.scan = &r->scan, .verdicts = r->verdicts.v,
		.verdicts_n = r->verdicts.n, .waivers = &r->waivers,
		.baseline = r->baseline,
		.baseline_as_of = r->baseline_as_of, .fail_on = r->fail_on,
		.facts_key = r->facts_key, .sandbox = r->sandbox,
		.tool_version = r->tool_version};
}

static void write(const struct report_in *r, const struct reporter *how,
		  struct strbuf *out)
{
	const struct report_input in = input_of(r);

	strbuf_init(out, 0);
	how->write(&in, &style, out);
}

/* Written and read again, twice the same. */
static void check_json(const struct report_in *r)
{
	const struct reporter *json = report_find(STR("json"));
	struct strbuf once, twice;
	struct diags ds = {0};
	struct report_in again;

	write(r, json, &once);
	assert(report_in_parse(strbuf_str(&once), STR("f"), &ds, &again) ==
	       OK);
	write(&again, json, &twice);
	assert(str_eq(strbuf_str(&once), strbuf_str(&twice)));
	strbuf_release(&once);
	strbuf_release(&twice);
	report_in_release(&again);
	diag_release(&ds);
}

static void check_why(const struct report_in *r)
{
	const struct report_input in = input_of(r);
	struct why_subjects s;
	struct strbuf out;

	if (!r->verdicts.n)
		return;
	why_find(&in, STR("a"), &s);
	strbuf_init(&out, 0);
	for (size_t i = 0; i < s.list.n && i < 8; i++) {
		why_write(&in, &s.list.v[i], &style, &out);
		why_write(&in, &s.list.v[i], NULL, &out);
	}
	why_candidates(&in, &s, &out);
	strbuf_release(&out);
	vec_release(&s.list);
}

/* One format, by what is in it: all of them would take too long. */
static size_t choose(const uint8_t *bytes, size_t n)
{
	size_t sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += bytes[i];
	return sum;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct diags ds = {0};
	struct report_in r;
	struct strbuf out;

	if (report_in_parse(str_n((const char *)bytes, n), STR("f"), &ds,
			    &r) == OK) {
		check_json(&r);
		check_why(&r);
		write(&r, report_table[choose(bytes, n) % report_count],
		      &out);
		strbuf_release(&out);
	} else {
		assert(ds.kept.n != 0);
	}
	report_in_release(&r);
	diag_release(&ds);
	return 0;
}
