/* Digests: adding, folding, writing, and refusing what is not sound. */
#include "unit.h"

#include <string.h>

#include "base/strbuf.h"
#include "model/digest.h"

#define ID "0123456789abcdef0123456789abcdef01234567"

static const char sound[] =
	"{\n"
	"\"schema\": \"ranwhence.digest/1\",\n"
	"\"repository\": \"https://gerrit.o-ran-sc.org/r/ric-plt/e2\",\n"
	"\"head\": \"" ID "\",\n"
	"\"range\": {\"from\": null, \"to\": \"" ID "\"},\n"
	"\"totals\": {\"commits\": 10, \"merges\": 3, \"excluded\": 2,\n"
	" \"added\": null, \"deleted\": null, \"surviving\": null,\n"
	" \"contributors\": 6, \"reviews\": 5, \"submits\": 4},\n"
	"\"hosts\": [\n"
	"{\"host\": \"\", \"organisation\": null, \"class\": \"unknown\",\n"
	" \"commits\": 1, \"excluded\": 0, \"added\": null,\n"
	" \"deleted\": null, \"surviving\": null, \"contributors\": 1,\n"
	" \"reviews\": 0, \"submits\": 0,\n"
	" \"months\": [[\"2019-12\", 1, 0, null, null, null, 0, 0]]},\n"
	"{\"host\": \"nokia.com\", \"organisation\": \"Nokia\",\n"
	" \"class\": \"organisation\", \"commits\": 9, \"excluded\": 2,\n"
	" \"added\": null, \"deleted\": null, \"surviving\": null,\n"
	" \"contributors\": 5, \"reviews\": 5, \"submits\": 4,\n"
	" \"months\": [[\"2019-11\", 4, 2, null, null, null, 5, 0],\n"
	"  [\"2020-01\", 5, 0, null, null, null, 0, 4]]}\n"
	"],\n"
	"\"diagnostics\": []\n"
	"}\n";

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

/* `sound` with the first `from` replaced. */
static struct str changed(const char *from, const char *to)
{
	struct str s = str_c(sound);
	size_t at = str_find(s, str_c(from));

	assert_true(at != SIZE_MAX);
	return arena_fmt(&arena, "%.*s%s%s", (int)at, s.p, to,
			 s.p + at + strlen(from));
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
	assert_int_equal(d.contributors, 6);
	assert_false(d.is_incomplete);
	assert_int_equal(d.hosts.n, 2);
	h = &d.hosts.v[1];
	assert_str(h->host, "nokia.com");
	assert_int_equal(h->counts.reviews, 5);
	assert_int_equal(h->contributors, 5);
	assert_int_equal(h->months.n, 2);
	assert_int_equal(h->months.v[1].month, 600);
	assert_int_equal(h->months.v[1].counts.submits, 4);
	assert_true(h->months.v[1].by.organisation == SIZE_MAX);
	digest_release(&d);
}

static const struct { const char *from, *to; unsigned line; } bad[] = {
	{"digest/1", "digest/2", 1},
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
	{"\"merges\": 3, ", "", 6},
	{"\"merges\": 3", "\"merges\": null", 6},
	{"\"merges\": 3", "\"merges\": -3", 6},
	{"\"merges\": 3", "\"merges\": 3.0", 6},
	{"\"merges\": 3", "\"merges\": 3e0", 6},
	{"\"merges\": 3", "\"merges\": \"3\"", 6},
	{"\"merges\": 3", "\"merges\": 9007199254740992", 6},
	{"\"merges\": 3", "\"merges\": 99999999999999999999", 6},
	{"\"merges\": 3", "\"merges\": 3, \"authors\": 3", 6},
	{"\"commits\": 10", "\"commits\": 11", 9},
	{"\"excluded\": 2", "\"excluded\": 1", 9},
	{"\"contributors\": 6", "\"contributors\": 7", 9},
	{"\"reviews\": 5", "\"reviews\": 6", 9},
	{"\"added\": null", "\"added\": 0", 6},
	{"\"commits\": 1, \"excl", "\"commits\": 2, \"excl", 14},
	{"\"commits\": 1, \"excl", "\"commits\": null, \"excl", 10},
	{"\"months\": [[", "\"months\": [3, [", 14},
	{"\"months\": [[", "\"months\": [[\"2019-12\"], [", 14},
	{"0, 0]]}", "0, 0, 0]]}", 14},
	{"\"2019-12\"", "\"2019-13\"", 14},
	{"\"2019-12\"", "\"2019-1\"", 14},
	{"\"2019-12\"", "\"2019-12-01\"", 14},
	{"\"2019-12\"", "201912", 14},
	{"\"2020-01\"", "\"2019-11\"", 20},
	{"\"2020-01\"", "\"2019-10\"", 20},
	{"\"2020-01\", 5", "\"2020-01\", 4", 19},
	{"\"nokia.com\"", "\"Nokia.com\"", 15},
	{"\"nokia.com\"", "\"jane@nokia.com\"", 15},
	{"\"nokia.com\"", "\"\"", 15},
	{"\"nokia.com\"", "null", 15},
	{"\"organisation\": \"Nokia\"", "\"organisation\": 1", 15},
	{"\"class\": \"organisation\"", "\"class\": \"person\"", 15},
	{"\"class\": \"organisation\"", "\"class\": null", 15},
	{"\"diagnostics\": []", "\"diagnostics\": {}", 22},
	{"\"diagnostics\": []", "\"diagnostics\": [1]", 22},
	{"\"diagnostics\": []", "\"diagnostics\": [{}]", 22},
	{"}\n", "}\n,", 21}, /* that of the last host: not JSON */
	{"\"diagnostics\": []\n}", "\"diagnostics\": []\n} {}", 23},
	{"Nokia", "No\xffkia", 1},
	{"\"Nokia\"", "\"No\\u0000kia\"", 15},
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
		assert_int_equal(d.is_incomplete, rows[i].want);
		digest_release(&d);
	}
}

static void add_name(struct digest_names *names, enum host_class class,
		     struct str organisation)
{
	vec_push(&names->hosts, ((struct digest_name){class, organisation}));
}

static void test_writes_what_it_reads(void **state)
{
	struct digest_names names = {0};
	struct digest d, again;
	struct strbuf out, out2;

	(void)state;
	strbuf_init(&out, 0);
	strbuf_init(&out2, 0);
	assert_int_equal(parse(str_c(sound), &d), OK);
	add_name(&names, HOST_UNKNOWN, STR(""));
	add_name(&names, HOST_ORGANISATION, STR("Nokia \"\x1b"));
	digest_write(&d, &names, &diags, &out);
	assert_true(str_find(strbuf_str(&out),
			     STR("[\"2020-01\",5,0,null,null,null,0,4]")) !=
		    SIZE_MAX);
	assert_int_equal(parse(strbuf_str(&out), &again), OK);
	digest_write(&again, &names, &diags, &out2);
	assert_true(str_eq(strbuf_str(&out), strbuf_str(&out2)));
	strbuf_release(&out);
	strbuf_release(&out2);
	vec_release(&names.hosts);
	digest_release(&d);
	digest_release(&again);
}

/* A host with `n` contributors and one commit in each of two months. */
static void add_host(struct digest *d, struct str name, uint64_t n,
		     int32_t month)
{
	struct digest_host *h = vec_add(&d->hosts);

	*h = (struct digest_host){.host = name, .contributors = n,
				  .counts = {.commits = 2, .added = 7}};
	for (int32_t i = 0; i < 2; i++)
		vec_push(&h->months, ((struct digest_month){
			.month = month + i, .by = {.class = HOST_NEUTRAL},
			.counts = {.commits = 1, .added = i ? 7 : 0}}));
	digest_counts_add(&d->totals, &h->counts);
	d->contributors += n;
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
	assert_int_equal(h->contributors, 13);
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
	assert_int_equal(d.contributors, 17);
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
		cmocka_unit_test(test_refuses),
		cmocka_unit_test(test_refuses_every_cut),
		cmocka_unit_test(test_sums_do_not_wrap),
		cmocka_unit_test(test_diagnostics_say_incomplete),
		cmocka_unit_test(test_writes_what_it_reads),
		cmocka_unit_test(test_folds),
		cmocka_unit_test(test_folds_nothing),
	};

	return cmocka_run_group_tests_name("digest", tests, NULL, teardown);
}
