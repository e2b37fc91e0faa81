/* The kinds `pattern` and `freshness` in each of their states, and what the
 * parser refuses of them. */
#include "judging.h"

static struct judging j;
static size_t prc;

static int setup(void **state)
{
	(void)state;
	judging_init(&j);
	prc = judging_org(&j, "prc", STANDING_CONCERN, FACT_A);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	judging_release(&j);
	return 0;
}

#define RULE(text) JUDGING_HEAD JUDGING_WEIGHTS \
	"rules:\n  - {id: R-1, title: T, clause: C, confirmed: true, " \
	"severity: high, " text "}\n"

static enum rule_state judge(const char *rule)
{
	struct str text = arena_fmt(&j.scan.arena, RULE("%s"), rule);

	judging_policy(&j, text.p);
	return judging_judge(&j)->findings.v[0].state;
}

static size_t component(const char *purl, const char *host)
{
	size_t i = judging_component(&j, purl, true);

	j.scan.parts.components.v[i].purl = str_c(purl);
	if (host)
		judging_commits(&j, judging_digest(&j, i), host, prc, 1);
	return i;
}

static void test_purl_and_path(void **state)
{
	(void)state;
	component("pkg:npm/a", NULL);
	component("pkg:gem/b", NULL);
	assert_int_equal(judge("kind: pattern, match: {purl: '^pkg:pypi/'}"),
			 RULE_MET);
	assert_int_equal(judge("kind: pattern, match: {purl: '^pkg:gem/'}"),
			 RULE_NOT_MET);
	assert_int_equal(j.verdict.findings.v[0].components.n, 1);
	assert_int_equal(j.verdict.findings.v[0].components.v[0], 1);
	assert_int_equal(judge("kind: pattern, match: {path: '^x$'}"),
			 RULE_NOT_MET);
	assert_int_equal(judge("kind: pattern, match: {path: '^x$', "
			       "purl: none}"), RULE_MET);
}

static void test_host_and_organisation(void **state)
{
	(void)state;
	component("a", "mail.example");
	assert_int_equal(judge("kind: pattern, match: {host: '[.]example$'}"),
			 RULE_NOT_MET);
	assert_int_equal(judge("kind: pattern, match: {host: '[.]test$'}"),
			 RULE_MET);
	assert_int_equal(judge("kind: pattern, match: {organisation: ^prc$}"),
			 RULE_NOT_MET);
	component("b", NULL);
	assert_int_equal(judge("kind: pattern, match: {host: '[.]test$'}"),
			 RULE_UNPROVEN);
	assert_int_equal(j.verdict.findings.v[0].components.v[0], 1);
	assert_int_equal(judge("kind: pattern, match: {host: '[.]test$', "
			       "purl: none}"), RULE_MET);
}

/* A match that meets a limit is not known. */
static void test_limits(void **state)
{
	(void)state;
	component("abababababababababababababababababababababababababababab"
		  "abababababababababababababababababababab!", NULL);
	assert_int_equal(judge("kind: pattern, match: {purl: "
			       "'^((?:ab)+)+$'}"), RULE_UNPROVEN);
}

static void test_freshness(void **state)
{
	size_t a = component("a", "x.example"), d;

	(void)state;
	assert_int_equal(judge("kind: freshness, months: 0"), RULE_MET);
	d = j.scan.parts.components.v[a].digest;
	j.scan.digests.v[d].hosts.v[0].months.v[0].month = AS_OF_MONTH - 5;
	assert_int_equal(judge("kind: freshness, months: 5"), RULE_MET);
	assert_int_equal(judge("kind: freshness, months: 4"), RULE_NOT_MET);
	/* a month to come says nothing */
	j.scan.digests.v[d].hosts.v[0].months.v[0].month = AS_OF_MONTH + 1;
	assert_int_equal(judge("kind: freshness, months: 4"), RULE_NOT_MET);
	j.scan.digests.v[d].incomplete = DIGEST_COMMITS;
	assert_int_equal(judge("kind: freshness, months: 4"),
			 RULE_UNPROVEN);
}

static void test_no_history_is_not_fresh(void **state)
{
	(void)state;
	component("a", "x.example");
	component("b", NULL);
	assert_int_equal(judge("kind: freshness, months: 12"),
			 RULE_UNPROVEN);
	assert_int_equal(j.verdict.findings.v[0].components.v[0], 1);
}

static void refuses(const char *text, const char *says)
{
	struct diags ds = {0};
	struct policy p;

	assert_int_equal(policy_parse(str_c(text), STR("p"), &ds, &p),
			 ERR_CONFIG);
	if (str_find(ds.kept.v[0].message, str_c(says)) == SIZE_MAX ||
	    !ds.kept.v[0].place.line || !ds.kept.v[0].place.column)
		fail_msg("%.*s", STR_ARG(ds.kept.v[0].message));
	assert_int_equal(ds.kept.v[0].code, RW1601);
	diag_release(&ds);
}

static void test_what_is_refused(void **state)
{
	(void)state;
	refuses(RULE("kind: pattern"), "needs 'match'");
	refuses(RULE("kind: pattern, match: {}"), "nothing to match");
	refuses(RULE("kind: pattern, match: x"), "must be a mapping");
	refuses(RULE("kind: pattern, match: {name: x}"), "unknown key");
	refuses(RULE("kind: pattern, match: {purl: '(a'}"), "at offset 2");
	refuses(RULE("kind: pattern, match: {purl: '(a+)+$'}"),
		"backtracks without end");
	refuses(RULE("kind: pattern, match: {purl: a}, months: 3"),
		"takes no 'months'");
	refuses(RULE("kind: freshness"), "needs 'months'");
	refuses(RULE("kind: freshness, months: soon"), "not a whole number");
	refuses(RULE("kind: supplier, match: {purl: a}"),
		"takes no 'match'");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
		TEST(test_purl_and_path),
		TEST(test_host_and_organisation),
		TEST(test_limits),
		TEST(test_freshness),
		TEST(test_no_history_is_not_fresh),
		TEST(test_what_is_refused),
	};

	return cmocka_run_group_tests_name("pattern", tests, NULL, NULL);
}
