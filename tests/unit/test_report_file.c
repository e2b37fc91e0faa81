/* Reports read back: what is kept, and what is refused. */
#include "unit.h"

#include <string.h>

#include "store/report_file.h"

#define INTERVAL(low, high) "{\"low_bp\":" #low ",\"high_bp\":" #high "}"
#define ROLLUP(low, high) "{\"exposure\":" INTERVAL(low, high) \
	",\"exposure_on_b\":" INTERVAL(low, low) \
	",\"peak\":" INTERVAL(0, high) "}"

static const char sound[] =
	"{\"schema\":\"ranwhence.report/1\",\n"
	"\"tool\":{\"version\":\"1.0\"},\"as_of\":\"2026-11-25\",\n"
	"\"stack\":{\"name\":\"Bid\",\"supplier\":null},\n"
	"\"verdicts\":[{\"policy\":\"p\",\"title\":\"P\",\n"
	"\"policy_sha256\":\"abc\",\"state\":\"not met\",\n"
	"\"gate\":\"met\",\"headline\":" INTERVAL(100, 200) ",\n"
	"\"range\":" INTERVAL(0, 300) ",\"coverage_bp\":5000,\n"
	"\"incomplete\":false,\"axes\":{\"commits\":" ROLLUP(1, 2) ",\n"
	"\"churn\":" ROLLUP(0, 10000) ",\"surviving\":" ROLLUP(0, 10000) ",\n"
	"\"review\":" ROLLUP(0, 10000) ",\"stewardship\":" ROLLUP(3, 4) ",\n"
	"\"supply\":" ROLLUP(5, 6) ",\"all\":" ROLLUP(7, 8) "},\n"
	"\"rules\":[{\"rule\":\"R\",\"title\":\"T\",\"severity\":\"high\",\n"
	"\"state\":\"not met\",\"gate\":\"met\",\"limit_bp\":null,\n"
	"\"measured\":{\"low_bp\":null,\"high_bp\":null},\n"
	"\"components\":[1,0],\"organisations\":[\"zte\"]}],\n"
	"\"scores\":[{\"component\":0,\"function\":\"O-DU\",\"weight\":100,\n"
	"\"has_data\":true,\"influence\":" INTERVAL(9, 10) ",\n"
	"\"axes\":{\"commits\":{\"all\":" INTERVAL(11, 12) "}},\n"
	"\"contributions\":[{\"organisation\":\"zte\",\n"
	"\"units\":{\"commits\":5,\"supply\":1}},{\"organisation\":null,\n"
	"\"units\":{\"commits\":7}}]},{\"component\":1,\"function\":null,\n"
	"\"weight\":50,\"has_data\":false,\"influence\":" INTERVAL(0, 10000)
	",\"axes\":{\"commits\":null},\"contributions\":[]}],\n"
	"\"organisations\":[{\"id\":\"zte\",\"name\":\"ZTE\",\n"
	"\"standing\":\"concern\",\"rung\":\"listed\"}],\n"
	"\"decided_by\":\"R\",\"functions\":[{\"function\":\"xApp\",\n"
	"\"components\":1,\"all\":" ROLLUP(1, 9) "},{\"function\":null,\n"
	"\"components\":2,\"all\":" ROLLUP(0, 3) "}]}],\n"
	"\"components\":[{\"name\":\"a\",\"version\":\"1\",\n"
	"\"purl\":\"pkg:npm/a@1\",\"repository\":null,\"root\":true},\n"
	"{\"name\":\"b\",\"version\":null,\"purl\":null,\n"
	"\"repository\":\"https://x.example/b\",\"root\":false}]}\n";

static struct report_file report;
static struct diags diags;
static struct arena arena;

static int teardown(void **state)
{
	(void)state;
	report_file_release(&report);
	diag_release(&diags);
	arena_release(&arena);
	return 0;
}

static enum err parse(struct str text)
{
	return report_file_parse(text, STR("r.json"), &diags, &report);
}

static void test_head_and_components(void **state)
{
	(void)state;
	assert_int_equal(parse(str_c(sound)), OK);
	assert_int_equal(diags.kept.n, 0);
	assert_str(report.as_of, "2026-11-25");
	assert_str(report.version, "1.0");
	assert_str(report.stack, "Bid");
	assert_str(report.supplier, "");
	assert_int_equal(report.components.n, 2);
	assert_str(report.components.v[0].identity, "pkg:npm/a");
	assert_true(report.components.v[0].is_root);
	assert_str(report.components.v[1].identity, "https://x.example/b");
}

static void test_verdict(void **state)
{
	const struct report_verdict *v;

	(void)state;
	assert_int_equal(parse(str_c(sound)), OK);
	assert_null(report_file_verdict(&report, STR("q")));
	v = report_file_verdict(&report, STR("p"));
	assert_non_null(v);
	assert_str(v->sha256, "abc");
	assert_str(v->state, "not met");
	assert_str(v->gate, "met");
	assert_int_equal(v->headline.high_bp, 200);
	assert_int_equal(v->headline_on_b.high_bp, 7);
	assert_int_equal(v->coverage_bp, 5000);
	assert_int_equal(v->axes[AXIS_STEWARDSHIP].low_bp, 3);
	assert_int_equal(v->axes[AXIS_COUNT].high_bp, 8);
	assert_int_equal(v->peaks[AXIS_SUPPLY].high_bp, 6);
	assert_int_equal(v->units[AXIS_COMMITS], 12);
	assert_int_equal(v->organisations.n, 1);
	assert_int_equal(v->organisations.v[0].units[AXIS_COMMITS], 5);
	assert_int_equal(v->organisations.v[0].units[AXIS_SUPPLY], 1);
	assert_str(v->organisations.v[0].rung, "listed");
	assert_str(v->decided_by, "R");
	assert_int_equal(v->functions.n, 2);
	assert_int_equal(report_file_function(v, STR(""))->components, 2);
	assert_int_equal(report_file_function(v, STR("xApp"))
			 ->exposure.high_bp, 9);
	assert_null(report_file_function(v, STR("rApp")));
	assert_ptr_equal(report_file_organisation(v, STR("zte")),
			 v->organisations.v);
	assert_null(report_file_organisation(v, STR("a")));
}

static void test_findings_and_scores(void **state)
{
	const struct report_finding *f;
	const struct report_score *s;

	(void)state;
	assert_int_equal(parse(str_c(sound)), OK);
	assert_null(report_file_finding(&report.verdicts.v[0], STR("S")));
	f = report_file_finding(&report.verdicts.v[0], STR("R"));
	assert_non_null(f);
	assert_int_equal(f->limit_bp, -1);
	assert_int_equal(f->measured.low_bp, -1);
	assert_int_equal(f->components.n, 2);
	assert_int_equal(f->components.v[0], 1);
	assert_str(f->organisations.v[0], "zte");
	s = report.verdicts.v[0].scores.v;
	assert_int_equal(s[0].commits.low_bp, 11);
	assert_str(s[0].function, "O-DU");
	assert_true(s[0].has_data);
	assert_int_equal(s[1].commits.high_bp, 10000);
	assert_int_equal(s[1].weight, 50);
}

/* What is changed, into what, the line that is named, and what is said. */
struct bad {
	const char *from, *to;
	unsigned line;
	const char *says;
};

static const struct bad bads[] = {
	{"ranwhence.report/1", "ranwhence.report/2", 1, "not a report"},
	{"\"schema\"", "\"scheme\"", 1, "not a report"},
	{"\"not met\"", "3", 5, "a text is missing"},
	{"\"policy\":\"p\"", "\"politics\":\"p\"", 0, "a text is missing"},
	{":5000", ":10001", 7, "over 100 %"},
	{":5000", ":-1", 7, "a whole number is missing"},
	{":5000", ":0.5", 7, "a whole number is missing"},
	{":5000", ":\"1\"", 7, "a whole number is missing"},
	{INTERVAL(100, 200), INTERVAL(300, 200), 6, "above its upper"},
	{"[1,0]", "[2]", 0, "past the components"},
	{"[1,0]", "[null]", 0, "past the components"},
	{"\"component\":1", "\"component\":9", 0, "past the components"},
	{"\"commits\":5", "\"drinks\":5", 20, "an axis that is not known"},
	{"\"xApp\"", "\"yApp\"", 0, "function that is not known"},
	{"\"rules\":[", "\"roles\":[", 0, "a list is missing"},
	{"\"components\":[{", "\"compounds\":[{", 0, "a list is missing"},
	{"{\"id\":\"zte\"", "{\"id\":\"b\",\"name\":\"\",\"standing\":\"\","
	 "\"rung\":\"\"},{\"id\":\"a\"", 23, "not in order"},
};

static void refuses(const struct bad *b)
{
	struct str s = str_c(sound), text;
	size_t at = str_find(s, str_c(b->from));
	const struct diag *d = NULL;

	assert_true(at != SIZE_MAX);
	text = arena_fmt(&arena, "%.*s%s%s", (int)at, s.p, b->to,
			 s.p + at + strlen(b->from));
	assert_int_equal(parse(text), ERR_CONFIG);
	for (size_t i = 0; i < diags.kept.n && !d; i++)
		if (str_find(diags.kept.v[i].message, str_c(b->says)) !=
		    SIZE_MAX)
			d = &diags.kept.v[i];
	if (!d)
		fail_msg("%s: no \"%s\"", b->to, b->says);
	assert_int_equal(d->code, RW1606);
	if (b->line && d->place.line != b->line)
		fail_msg("%s: line %u", b->to, d->place.line);
}

static void test_what_is_refused(void **state)
{
	for (size_t i = 0; i < sizeof bads / sizeof *bads; i++) {
		refuses(&bads[i]);
		teardown(state);
	}
}

/* Cut anywhere, it is refused and nothing breaks. */
static void test_cut_reports(void **state)
{
	size_t n = strlen(sound) - 1;

	for (size_t i = 0; i < n; i += 7) {
		char *copy = mem_new(i + 1, 1);

		memcpy(copy, sound, i);
		assert_int_equal(parse(str_n(copy, i)), ERR_CONFIG);
		free(copy);
		teardown(state);
	}
}

static void test_other_documents(void **state)
{
	static const char *const texts[] = {
		"", "null", "[]", "3", "\"ranwhence.report/1\"", "{}",
		"{\"schema\":[\"ranwhence.report/1\"]}", "hello", "\xff"};

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		assert_int_equal(parse(str_c(texts[i])), ERR_CONFIG);
		assert_int_equal(diags.counts[RW1606], 1);
		teardown(state);
	}
}

static void test_no_file(void **state)
{
	(void)state;
	assert_int_equal(report_file_load("/dev/null/r", &diags, &report),
			 ERR_CONFIG);
	assert_int_equal(diags.counts[RW1606], 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_head_and_components, teardown),
		cmocka_unit_test_teardown(test_verdict, teardown),
		cmocka_unit_test_teardown(test_findings_and_scores, teardown),
		cmocka_unit_test_teardown(test_what_is_refused, teardown),
		cmocka_unit_test_teardown(test_cut_reports, teardown),
		cmocka_unit_test_teardown(test_other_documents, teardown),
		cmocka_unit_test_teardown(test_no_file, teardown),
	};

	return cmocka_run_group_tests_name("report_file", tests, NULL, NULL);
}
