/* Digests: adding, folding, writing, and refusing what is not sound. */
#include "unit.h"

#include <string.h>

#include "base/date.h"
#include "base/strbuf.h"
#include "model/digest.h"

#define ID "0123456789abcdef0123456789abcdef01234567"

#define LINES "\"commits\": 1, \"credits\": 720720, \"excluded\": 0, " \
	"\"co_authored\": 0, \"squashed\": 0, \"contributors\": 1, " \
	"\"added\": 30, \"deleted\": 4, \"weighed\": 20, " \
	"\"imports\": 0, \"surviving\": 12, \"surviving_source\": 9, " \
	"\"reviews\": null, \"submits\": null, \"lines\": [" \
	"[\"source\", 18, 2, 9], [\"generated\", 2, 1, 0], " \
	"[\"vendored\", 10, 1, 3], [\"data\", 0, 0, 0]]"

/* The counts of lines that were not made. */
#define NO_LINES "\"added\": null, \"deleted\": null, \"weighed\": null, " \
	"\"imports\": null, \"surviving\": null, " \
	"\"surviving_source\": null, \"lines\": null"

static const char sound[] =
	"{\n"
	"\"schema\": \"ranwhence.digest/3\",\n"
	"\"repository\": \"https://gerrit.o-ran-sc.org/r/ric-plt/e2\",\n"
	"\"head\": \"" ID "\",\n"
	"\"range\": {\"from\": null, \"to\": \"" ID "\"}, "
	"\"engine\": {\"counts\": 2, \"classes\": 1}, "
	"\"asked\": {\"since\": null, \"scope\": \"all\", "
	"\"paths\": [\"src/*\"], \"classes\": [[\"data\", \"x\"]], "
	"\"max_commits\": null, \"max_seconds\": null}, "
	"\"incomplete\": [],\n"
	"\"totals\": {\"commits\": 10, \"credits\": 7207200, \"merges\": 3,\n"
	" \"excluded\": 2, \"co_authored\": 1, \"squashed\": 0, " NO_LINES ",\n"
	" \"contributors\": 6, \"reviews\": 5, \"submits\": 4},\n"
	"\"hosts\": [\n"
	"{\"host\": \"\", \"organisation\": null, \"class\": \"unknown\",\n"
	" \"commits\": 1, \"credits\": 1081080, \"excluded\": 0,\n"
	" \"co_authored\": 0, \"squashed\": 0, " NO_LINES ",\n"
	" \"contributors\": 1, \"reviews\": 0, \"submits\": 0,\n"
	" \"months\": [[\"2019-12\", 1, 1081080, 0,\n"
	"  null, null, null, null, null, 0, 0]]},\n"
	"{\"host\": \"nokia.com\", \"organisation\": \"Nokia\",\n"
	" \"class\": \"organisation\", \"commits\": 9, \"credits\": 6126120,\n"
	" \"excluded\": 2, \"co_authored\": 1, \"squashed\": 0,\n"
	" " NO_LINES ", \"contributors\": 5, \"reviews\": 5, \"submits\": 4,\n"
	" \"months\": [[\"2019-11\", 4, 2882880, 2,\n"
	"  null, null, null, null, null, 5, 0],\n"
	" [\"2020-01\", 5, 3243240, 0, null, null, null, null, null, 0, 4]]}\n"
	"],\n"
	"\"seats\": null, \"diagnostics\": []\n"
	"}\n";

/* One of which lines were counted. */
static const char with_lines[] =
	"{\"schema\": \"ranwhence.digest/3\", \"repository\": \"r\", "
	"\"head\": \"" ID "\", \"range\": {\"from\": null, \"to\": null}, "
	"\"engine\": {\"counts\": 2, \"classes\": 1}, "
	"\"asked\": {\"since\": \"2020-01-31\", \"scope\": \"runtime\", "
	"\"paths\": [], \"classes\": [], \"max_commits\": 9, "
	"\"max_seconds\": 7}, \"incomplete\": [\"churn\", \"surviving\"], "
	"\"totals\": {\"merges\": 0, " LINES "}, \"hosts\": [{\"host\": "
	"\"a.b\", \"organisation\": null, \"class\": \"unknown\", " LINES ", "
	"\"months\": [[\"2020-01\", 1, 720720, 0, 30, 4, 20, 12, 9, null, "
	"null]]}], \"seats\": null, \"diagnostics\": [{\"code\": "
	"\"RW1403\", \"severity\": \"error\", \"path\": null, \"line\": null, "
	"\"column\": null, \"message\": \"\"}]}\n";

static struct arena arena;
static struct diags diags;

static int teardown(void **state)
{
	(void)state;
	diag_release(&diags);
	arena_release(&arena);
	return 0;
}

static enum err parse(struct str text, struct digest *d)
{
	return digest_parse(text, STR("x.json"), &arena, &diags, d);
}

/* A text with the first `from` replaced. */
static struct str replaced(const char *text, const char *from,
			   const char *to)
{
	struct str s = str_c(text);
	size_t at = str_find(s, str_c(from));

	assert_true(at != SIZE_MAX);
	return arena_fmt(&arena, "%.*s%s%s", (int)at, s.p, to,
			 s.p + at + strlen(from));
}

static struct str changed(const char *from, const char *to)
{
	return replaced(sound, from, to);
}

static void test_reads(void **state)
{
	struct digest d;
	const struct digest_host *h;

	(void)state;
	assert_int_equal(parse(str_c(sound), &d), OK);
	assert_int_equal(diags.kept.n, 0);
	assert_str(d.repository, "https://gerrit.o-ran-sc.org/r/ric-plt/e2");
	assert_str(d.head, ID);
	assert_str(d.range_from, "");
	assert_str(d.range_to, ID);
	assert_int_equal(d.axes, DIGEST_COMMITS | DIGEST_REVIEW);
	assert_int_equal(d.totals.commits, 10);
	assert_int_equal(d.merges, 3);
	assert_int_equal(d.rest.contributors, 6);
	assert_true(digest_is_part(&d)); /* of some paths */
	vec_clear(&d.asked.paths);
	assert_false(digest_is_part(&d));
	assert_int_equal(d.incomplete, 0);
	assert_int_equal(d.engine, 2);
	assert_int_equal(d.totals.credits, 10 * DIGEST_CREDITS);
	assert_int_equal(d.rest.flags.co_authored, 1);
	assert_false(d.asked.has_since);
	assert_int_equal(d.asked.classes.list.v[0].class, LINE_DATA);
	assert_int_equal(d.hosts.n, 2);
	h = &d.hosts.v[1];
	assert_str(h->host, "nokia.com");
	assert_int_equal(h->counts.reviews, 5);
	assert_int_equal(h->rest.contributors, 5);
	assert_int_equal(h->months.n, 2);
	assert_int_equal(h->months.v[1].month, 600);
	assert_int_equal(h->months.v[1].counts.submits, 4);
	assert_true(h->months.v[1].by.organisation == SIZE_MAX);
	digest_release(&d);
}

/* What was published before there were members that may be left out. */
static void test_reads_older(void **state)
{
	struct digest d;

	(void)state;
	assert_int_equal(parse(changed("digest/3", "digest/2"), &d), OK);
	assert_int_equal(d.hosts.n, 2);
	digest_release(&d);
}

static const struct { const char *from, *to; unsigned line; } bad[] = {
	{"digest/3", "digest/1", 1}, {"digest/3", "digest/4", 1},
	{"\"schema\"", "\"scheme\"", 2},
	{"\"schema\"", "\"sch\\u0065ma\"", 2},
	{"\"head\"", "\"schema\": 1, \"head\"", 4},
	{"\"head\": \"" ID "\",", "", 1},
	{ID, "0123456789", 1},
	{ID, "0123456789ABCDEF0123456789abcdef01234567", 1},
	{"\"https://gerrit.o-ran-sc.org/r/ric-plt/e2\"", "\"\"", 1},
	{"\"https://gerrit.o-ran-sc.org/r/ric-plt/e2\"", "7", 1},
	{"\"from\": null", "\"from\": \"HEAD\"", 5},
	{"\"from\": null", "\"from\": 0", 5},
	{"\"range\": {", "\"range\": {\"by\": 1, ", 5},
	{"\"merges\": 3,", "", 6},
	{"\"merges\": 3", "\"merges\": null", 6},
	{"\"merges\": 3", "\"merges\": -3", 6},
	{"\"merges\": 3", "\"merges\": 3.0", 6},
	{"\"merges\": 3", "\"merges\": 3e0", 6},
	{"\"merges\": 3", "\"merges\": \"3\"", 6},
	{"\"merges\": 3", "\"merges\": 9007199254740992", 6},
	{"\"merges\": 3", "\"merges\": 99999999999999999999", 6},
	{"\"merges\": 3", "\"merges\": 3, \"authors\": 3", 6},
	{"\"commits\": 10", "\"commits\": 11", 6},
	{"\"credits\": 7207200", "\"credits\": 7207201", 6},
	{"\"credits\": 1081080", "\"credits\": 1081081", 14},
	{"\"co_authored\": 1", "\"co_authored\": 2", 9},
	{"\"engine\": {", "\"engine\": {\"x\": 1, ", 5},
	{"\"counts\": 2", "\"counts\": 0", 5},
	{"\"since\": null", "\"since\": \"2020\"", 5},
	{"\"all\"", "\"some\"", 5},
	{"\"src/*\"", "7", 5},
	{"[\"data\", \"x\"]", "[\"data\"]", 5},
	{"[\"data\", \"x\"]", "[\"date\", \"x\"]", 5},
	{"\"max_commits\": null", "\"max_commits\": 0", 5},
	{"\"incomplete\": []", "\"incomplete\": [\"churn\"]", 5},
	{"\"incomplete\": []", "\"incomplete\": [\"review\", "
	 "\"commits\"]", 5},
	{"\"excluded\": 2", "\"excluded\": 1", 9},
	{"\"contributors\": 6", "\"contributors\": 7", 9},
	{"\"reviews\": 5", "\"reviews\": 6", 9},
	{"\"added\": null", "\"added\": 0", 6},
	{"\"commits\": 1, \"cred", "\"commits\": 2, \"cred", 14},
	{"\"commits\": 1, \"cred", "\"commits\": null, \"cred", 10},
	{"\"months\": [[", "\"months\": [3, [", 14},
	{"\"months\": [[", "\"months\": [[\"2019-12\"], [", 14},
	{"0, 0]]}", "0, 0, 0]]}", 14},
	{"\"2019-12\"", "\"2019-13\"", 14},
	{"\"2019-12\"", "\"2019-1\"", 14},
	{"\"2019-12\"", "\"2019-12-01\"", 14},
	{"\"2019-12\"", "201912", 14},
	{"\"2020-01\"", "\"2019-11\"", 22},
	{"\"2020-01\"", "\"2019-10\"", 22},
	{"\"2020-01\", 5", "\"2020-01\", 4", 20},
	{"\"nokia.com\"", "\"Nokia.com\"", 16},
	{"\"nokia.com\"", "\"jane@nokia.com\"", 16},
	{"\"nokia.com\"", "\"\"", 16},
	{"\"nokia.com\"", "null", 16},
	{"\"organisation\": \"Nokia\"", "\"organisation\": 1", 16},
	{"\"class\": \"organisation\"", "\"class\": \"person\"", 16},
	{"\"class\": \"organisation\"", "\"class\": null", 16},
	{"\"diagnostics\": []", "\"diagnostics\": {}", 24},
	{"\"diagnostics\": []", "\"diagnostics\": [1]", 24},
	{"\"diagnostics\": []", "\"diagnostics\": [{}]", 24},
	{"}\n", "}\n,", 23}, /* that of the last host: not JSON */
	{"\"diagnostics\": []\n}", "\"diagnostics\": []\n} {}", 25},
	{"Nokia", "No\xffkia", 1},
	{"\"Nokia\"", "\"No\\u0000kia\"", 16},
};

static void test_refuses(void **state)
{
	struct digest d;

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct str s = changed(bad[i].from, bad[i].to);

		diag_release(&diags);
		if (parse(s, &d) != ERR_FORMAT)
			fail_msg("taken: %s", bad[i].to);
		assert_int_equal(diags.kept.n, 1);
		assert_int_equal(diags.kept.v[0].code, RW1803);
		assert_str(diags.kept.v[0].place.path, "x.json");
		if (diags.kept.v[0].place.line != bad[i].line)
			fail_msg("%s: line %u, wanted %u: %.*s", bad[i].to,
				 diags.kept.v[0].place.line, bad[i].line,
				 STR_ARG(diags.kept.v[0].message));
	}
	diag_release(&diags);
}

static void test_refuses_every_cut(void **state)
{
	struct digest d;

	(void)state;
	for (size_t n = 0; n < sizeof sound - 3; n++)
		assert_int_equal(parse(str_n(sound, n), &d), ERR_FORMAT);
	diag_release(&diags);
}

static void test_sums_do_not_wrap(void **state)
{
	struct digest_counts a = {.commits = UINT64_MAX - 1},
			     b = {.commits = 2, .submits = 1};

	(void)state;
	digest_counts_add(&a, &b);
	assert_true(a.commits == UINT64_MAX);
	digest_counts_add(&a, &b);
	assert_true(a.commits == UINT64_MAX);
	assert_int_equal(a.submits, 2);
}

static void test_diagnostics_say_incomplete(void **state)
{
#define WITH(code) "\"diagnostics\": [{\"code\": \"" code "\", " \
	"\"severity\": \"note\", \"path\": null, \"line\": null, " \
	"\"column\": null, \"message\": \"\"}]"
	static const struct { const char *text; bool want; } rows[] = {
		{WITH("RW1404"), true}, {WITH("RW1406"), false},
		{WITH("RW9999"), true}};
	struct digest d;

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(parse(changed("\"diagnostics\": []",
					       rows[i].text), &d), OK);
		assert_int_equal(d.incomplete, rows[i].want ? d.axes : 0);
		digest_release(&d);
	}
}

/* Where a digest says which axes they are, the others are whole. */
static void test_reads_lines(void **state)
{
	static const struct { const char *from, *to; } wrong[] = {
		{"[\"source\", 18", "[\"source\", 19"},
		{"[\"source\"", "[\"code\""},
		{", [\"data\", 0, 0, 0]", ""},
		{"[\"data\", 0, 0, 0]", "[\"data\", 0, 0]"},
		{"[\"data\", 0, 0, 0]", "[\"data\", 0, 0, null]"},
		{"\"surviving_source\": 9", "\"surviving_source\": 8"},
		{"\"weighed\": 20", "\"weighed\": -1"},
		{"20, 12, 9", "20, 12, 8"},
		{"[\"churn\", \"surviving\"]", "[\"surviving\", \"churn\"]"},
		{"[\"churn\", \"surviving\"]", "[\"churn\", \"churn\"]"},
		{"[\"churn\", \"surviving\"]", "[\"review\"]"}};
	struct digest d;

	(void)state;
	assert_int_equal(parse(str_c(with_lines), &d), OK);
	assert_int_equal(d.incomplete, DIGEST_CHURN | DIGEST_SURVIVING);
	assert_int_equal(d.hosts.v[0].rest.lines[LINE_VENDORED].added, 10);
	assert_int_equal(d.hosts.v[0].months.v[0].counts.weighed, 20);
	assert_int_equal(d.totals.surviving_source, 9);
	assert_int_equal(d.asked.scope, DIGEST_RUNTIME);
	assert_int_equal(d.asked.since, date_of(2020, 1, 31));
	assert_int_equal(d.asked.max_seconds, 7);
	assert_true(digest_is_part(&d));
	digest_release(&d);
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		if (parse(replaced(with_lines, wrong[i].from, wrong[i].to),
			  &d) != ERR_FORMAT)
			fail_msg("taken: %s", wrong[i].to);
	diag_release(&diags);
}

static void add_name(struct digest_names *names, enum host_class class,
		     struct str organisation)
{
	vec_push(&names->hosts, ((struct digest_name){class, organisation}));
}

static void write_and_read(struct str text, const char *want)
{
	struct digest_names names = {0};
	struct digest d, again;
	struct strbuf out, out2;

	strbuf_init(&out, 0);
	strbuf_init(&out2, 0);
	assert_int_equal(parse(text, &d), OK);
	add_name(&names, HOST_UNKNOWN, STR(""));
	add_name(&names, HOST_ORGANISATION, STR("Nokia \"\x1b"));
	digest_write(&d, &names, &diags, &out);
	if (str_find(strbuf_str(&out), str_c(want)) == SIZE_MAX)
		fail_msg("no %s in %.*s", want, STR_ARG(strbuf_str(&out)));
	assert_int_equal(parse(strbuf_str(&out), &again), OK);
	digest_write(&again, &names, &diags, &out2);
	assert_true(str_eq(strbuf_str(&out), strbuf_str(&out2)));
	strbuf_release(&out);
	strbuf_release(&out2);
	vec_release(&names.hosts);
	digest_release(&d);
	digest_release(&again);
}

static void test_writes_what_it_reads(void **state)
{
	(void)state;
	write_and_read(str_c(sound), "[\"2020-01\",5,3243240,0,null,null,"
		       "null,null,null,0,4]");
	write_and_read(str_c(with_lines), "[\"vendored\",10,1,3]");
	write_and_read(str_c(with_lines), "\"since\": \"2020-01-31\"");
}

/* A host with `n` contributors and one commit in each of two months. */
static void add_host(struct digest *d, struct str name, uint64_t n,
		     int32_t month)
{
	struct digest_host *h = vec_add(&d->hosts);

	*h = (struct digest_host){.host = name, .rest = {.contributors = n},
				  .counts = {.commits = 2, .added = 7}};
	for (int32_t i = 0; i < 2; i++)
		vec_push(&h->months, ((struct digest_month){
			.month = month + i, .by = {.class = HOST_NEUTRAL},
			.counts = {.commits = 1, .added = i ? 7 : 0}}));
	digest_counts_add(&d->totals, &h->counts);
	d->rest.contributors += n;
}

static bool starts_with_l(const struct digest_host *h, void *with)
{
	(*(unsigned *)with)++;
	return str_has_prefix(h->host, STR("l"));
}

static void test_folds(void **state)
{
	struct digest d = {.axes = DIGEST_COMMITS};
	const struct digest_host *h;
	struct digest_counts sum = {0};
	unsigned asked = 0;

	(void)state;
	add_host(&d, STR(""), 1, 600);
	add_host(&d, STR("(unlisted)"), 9, 590);
	add_host(&d, STR("big.example"), 3, 600);
	add_host(&d, STR("jane-doe.example"), 1, 600);
	add_host(&d, STR("listed.example"), 1, 600);
	add_host(&d, STR("two.example"), 2, 601);
	digest_fold(&d, starts_with_l, &asked);
	assert_int_equal(asked, 4);
	assert_int_equal(d.hosts.n, 3);
	h = &d.hosts.v[0];
	assert_str(h->host, "(unlisted)");
	assert_int_equal(h->rest.contributors, 13);
	assert_int_equal(h->counts.commits, 8);
	assert_int_equal(h->months.n, 5);
	assert_int_equal(h->months.v[2].month, 600);
	assert_int_equal(h->months.v[3].counts.commits, 3);
	assert_int_equal(h->months.v[3].by.class, HOST_UNKNOWN);
	for (size_t i = 0; i < h->months.n; i++)
		digest_counts_add(&sum, &h->months.v[i].counts);
	assert_int_equal(sum.commits, h->counts.commits);
	assert_int_equal(sum.added, h->counts.added);
	assert_str(d.hosts.v[1].host, "big.example");
	assert_str(d.hosts.v[2].host, "listed.example");
	assert_int_equal(d.totals.commits, 12);
	assert_int_equal(d.rest.contributors, 17);
	digest_release(&d);
}

static void test_folds_nothing(void **state)
{
	struct digest d = {0};
	unsigned asked = 0;

	(void)state;
	digest_fold(&d, starts_with_l, &asked);
	assert_int_equal(d.hosts.n, 0);
	add_host(&d, STR("listed.example"), 1, 600);
	digest_fold(&d, starts_with_l, &asked);
	assert_int_equal(d.hosts.n, 1);
	assert_str(d.hosts.v[0].host, "listed.example");
	digest_release(&d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_reads),
		cmocka_unit_test(test_reads_older),
		cmocka_unit_test(test_refuses),
		cmocka_unit_test(test_refuses_every_cut),
		cmocka_unit_test(test_sums_do_not_wrap),
		cmocka_unit_test(test_diagnostics_say_incomplete),
		cmocka_unit_test(test_reads_lines),
		cmocka_unit_test(test_writes_what_it_reads),
		cmocka_unit_test(test_folds),
		cmocka_unit_test(test_folds_nothing),
	};

	return cmocka_run_group_tests_name("digest", tests, NULL, teardown);
}
