/* What fails a run: --fail-on, and what the baseline already had. */
#include "judging.h"

#include "assess/gate.h"

static struct judging j;
static struct report_file baseline;
static struct diags diags;
static size_t prc;

static int setup(void **state)
{
	(void)state;
	judging_init(&j);
	prc = judging_org(&j, "prc", STANDING_CONCERN, FACT_A);
	judging_org(&j, "us", STANDING_OTHER, FACT_A);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	judging_release(&j);
	report_file_release(&baseline);
	diag_release(&diags);
	return 0;
}

static struct gate_options options(const char *text)
{
	struct gate_options o;

	assert_int_equal(gate_parse(str_c(text), &o), OK);
	return o;
}

static void test_what_to_fail_on(void **state)
{
	struct gate_options o;

	(void)state;
	assert_int_equal(options("high").least, SEVERITY_HIGH);
	assert_int_equal(options("high").unproven, RULE_UNPROVEN);
	assert_int_equal(options("unproven").unproven, RULE_NOT_MET);
	assert_int_equal(options("unproven").least, SEVERITY_LOW);
	assert_int_equal(options("critical,not-met").unproven, RULE_MET);
	assert_true(options("never").never);
	assert_int_equal(gate_parse(STR("often"), &o), ERR_CONFIG);
	assert_int_equal(gate_parse(STR("info"), &o), ERR_CONFIG);
	assert_int_equal(gate_parse(STR(""), &o), ERR_CONFIG);
	assert_int_equal(gate_parse(STR("high,"), &o), ERR_CONFIG);
	assert_int_equal(gate_parse(STR("high,low"), &o), ERR_CONFIG);
	assert_int_equal(gate_parse(STR("unproven,not-met"), &o),
			 ERR_CONFIG);
}

/* A component of which `concern` and `unknown` percent are so. */
static void component(const char *name, uint64_t concern, uint64_t unknown)
{
	size_t i = judging_component(&j, name, true);
	size_t d = judging_digest(&j, i);

	j.scan.parts.components.v[i].purl =
		arena_fmt(&j.scan.arena, "pkg:npm/%s@2", name);
	if (concern)
		judging_commits(&j, d, "prc.example", prc, concern);
	judging_commits(&j, d, "us.example", 1, 100 - concern - unknown);
	judging_commits(&j, d, "who.example", SIZE_MAX, unknown);
}

/* The gate of the verdict by a rule on the worst component. */
static enum rule_state close(const char *severity, struct gate_options o)
{
	struct str text = arena_fmt(
		&j.scan.arena, JUDGING_HEAD JUDGING_WEIGHTS
		"rules: [{id: R-1, title: T, clause: C, confirmed: true, "
		"kind: peak, axis: commits, limit: 10%%, severity: %s}]\n",
		severity);
	struct verdict *v;

	judging_policy(&j, text.p);
	v = judging_judge(&j);
	gate_close(&j.scan, &o, v);
	return v->gate;
}

static void test_usual(void **state)
{
	(void)state;
	component("a", 50, 0);
	assert_int_equal(close("low", gate_usual()), RULE_NOT_MET);
	assert_int_equal(close("info", gate_usual()), RULE_NOT_APPLICABLE);
}

static void test_severity(void **state)
{
	(void)state;
	component("a", 50, 0);
	assert_int_equal(close("medium", options("high")), RULE_MET);
	assert_int_equal(j.verdict.findings.v[0].aside, ASIDE_MINOR);
	assert_int_equal(j.verdict.state, RULE_NOT_MET);
	assert_int_equal(close("high", options("high")), RULE_NOT_MET);
	assert_int_equal(close("critical", options("high")), RULE_NOT_MET);
	assert_int_equal(close("critical", options("never")), RULE_MET);
}

static void test_unproven(void **state)
{
	(void)state;
	component("a", 0, 50);
	assert_int_equal(close("high", gate_usual()), RULE_UNPROVEN);
	assert_int_equal(close("high", options("unproven")), RULE_NOT_MET);
	assert_int_equal(close("high", options("not-met")), RULE_MET);
	assert_int_equal(j.verdict.findings.v[0].aside, ASIDE_NONE);
	assert_int_equal(close("low", options("high,unproven")), RULE_MET);
}

/* A report of the time when the rule was in a state, by a component. */
static struct gate_options since(const char *state, const char *purl,
				 const char *organisation)
{
	struct gate_options o = gate_usual();
	struct report_verdict v = {.policy = STR("test")};
	struct report_finding f = {.rule = STR("R-1"),
				   .state = str_c(state)};
	struct report_component c = {.identity = str_c(purl)};

	report_file_release(&baseline);
	vec_push(&baseline.components, c);
	vec_push(&f.components, 0);
	vec_push(&f.organisations, str_c(organisation));
	vec_push(&v.findings, f);
	vec_push(&baseline.verdicts, v);
	o.baseline = &baseline;
	return o;
}

static void test_what_the_baseline_had(void **state)
{
	(void)state;
	component("a", 50, 0);
	assert_int_equal(close("high", since("not met", "pkg:npm/a", "prc")),
			 RULE_MET);
	assert_int_equal(j.verdict.findings.v[0].aside, ASIDE_KNOWN);
	assert_int_equal(j.verdict.findings.v[0].state, RULE_NOT_MET);
	assert_int_equal(j.verdict.state, RULE_NOT_MET);
}

static void test_what_is_new(void **state)
{
	(void)state;
	component("a", 50, 0);
	assert_int_equal(close("high", since("not met", "pkg:npm/b", "prc")),
			 RULE_NOT_MET);
	assert_int_equal(close("high", since("not met", "pkg:npm/a", "zte")),
			 RULE_NOT_MET);
	assert_int_equal(close("high", since("unproven", "pkg:npm/a",
					     "prc")), RULE_NOT_MET);
	assert_int_equal(close("high", since("met", "pkg:npm/a", "prc")),
			 RULE_NOT_MET);
	assert_int_equal(j.verdict.findings.v[0].aside, ASIDE_NONE);
}

/* Who is unknown has no name to be known by: components decide alone. */
static void test_unproven_before(void **state)
{
	(void)state;
	component("a", 0, 50);
	assert_int_equal(close("high", since("unproven", "pkg:npm/a", "")),
			 RULE_MET);
	assert_int_equal(close("high", since("not met", "pkg:npm/a", "")),
			 RULE_MET);
	assert_int_equal(close("high", since("met", "pkg:npm/a", "")),
			 RULE_UNPROVEN);
	assert_int_equal(close("high", since("unproven", "pkg:npm/b", "")),
			 RULE_UNPROVEN);
}

static void test_the_baseline_must_fit(void **state)
{
	struct gate_options o = since("met", "pkg:npm/a", "");

	(void)state;
	assert_int_equal(gate_check(&o, &j.policy, &diags), ERR_CONFIG);
	assert_int_equal(diags.kept.v[0].code, RW1606);
	baseline.verdicts.v[0].sha256 = j.policy.sha256;
	assert_int_equal(gate_check(&o, &j.policy, &diags), OK);
	baseline.verdicts.v[0].policy = STR("other");
	assert_int_equal(gate_check(&o, &j.policy, &diags), ERR_CONFIG);
	o.baseline = NULL;
	assert_int_equal(gate_check(&o, &j.policy, &diags), OK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
		TEST(test_what_to_fail_on),
		TEST(test_usual),
		TEST(test_severity),
		TEST(test_unproven),
		TEST(test_what_the_baseline_had),
		TEST(test_what_is_new),
		TEST(test_unproven_before),
		TEST(test_the_baseline_must_fit),
	};

	return cmocka_run_group_tests_name("gate", tests, NULL, NULL);
}
