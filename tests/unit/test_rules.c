/* Each kind of rule in each of its states, when rules apply, and what they
 * say. */
#include "judging.h"

#include <string.h>

static struct judging j;
static size_t prc, us, dark;

static int setup(void **state)
{
	(void)state;
	judging_init(&j);
	prc = judging_org(&j, "prc", STANDING_CONCERN, FACT_A);
	us = judging_org(&j, "us", STANDING_OTHER, FACT_A);
	dark = judging_org(&j, "dark", STANDING_UNKNOWN, FACT_A);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	judging_release(&j);
	return 0;
}

/* A component with commits of concern, others and unknown. */
static size_t component(const char *name, bool is_root, uint64_t concern,
			uint64_t other, uint64_t unknown)
{
	size_t i = judging_component(&j, name, is_root);
	size_t d = judging_digest(&j, i);

	judging_commits(&j, d, "prc.example", prc, concern);
	judging_commits(&j, d, "us.example", us, other);
	judging_commits(&j, d, "who.example", SIZE_MAX, unknown);
	return i;
}

/* The finding on one rule, its kind and what follows given. */
static const struct finding *judge(const char *rule)
{
	struct str text = arena_fmt(
		&j.scan.arena, JUDGING_HEAD JUDGING_WEIGHTS
		"component-limit: 20%%\n"
		"rules: [{id: R-1, title: T, clause: C, confirmed: true, "
		"severity: high, %s}]\n", rule);

	judging_policy(&j, text.p);
	return &judging_judge(&j)->findings.v[0];
}

static void assert_finding(const struct finding *f, enum rule_state state,
			   int low, int high)
{
	if (f->state != state || f->low_bp != low || f->high_bp != high)
		fail_msg("%s %d..%d: %.*s", verdict_state_name(f->state),
			 f->low_bp, f->high_bp, STR_ARG(f->reason));
}

static void assert_says(const struct finding *f, const char *words)
{
	if (str_find(f->reason, str_c(words)) == SIZE_MAX)
		fail_msg("%.*s", STR_ARG(f->reason));
}

static void test_exposure(void **state)
{
	const struct finding *f;

	(void)state;
	component("a", true, 10, 80, 10);
	component("b", true, 0, 100, 0);
	f = judge("kind: exposure, axis: commits, limit: 10%");
	assert_finding(f, RULE_MET, 500, 1000);
	assert_str(f->reason, "At most 10 % of the commits (weighted mean of "
		   "2 components) is by organisations of concern: within the "
		   "limit of 10 %.");
	assert_int_equal(f->components.n, 0);
	f = judge("kind: exposure, axis: commits, limit: 4.99%");
	assert_finding(f, RULE_NOT_MET, 500, 1000);
	assert_int_equal(f->components.n, 1);
	assert_int_equal(f->components.v[0], 0);
	assert_int_equal(f->organisations.n, 1);
	assert_int_equal(f->organisations.v[0], prc);
	f = judge("kind: exposure, axis: commits, limit: 5%");
	assert_finding(f, RULE_UNPROVEN, 500, 1000);
	assert_says(f, "Between 5 % and 10 % of the commits");
	assert_says(f, "the limit lies between, at 5 %.");
}

/* Adding harmless dependencies dilutes no share beyond their set weight. */
static void test_dependencies_do_not_dilute(void **state)
{
	(void)state;
	component("product", true, 100, 0, 0);
	component("dep", false, 0, 100, 0);
	assert_finding(judge("kind: exposure, axis: commits, limit: 1%"),
		       RULE_NOT_MET, 6666, 6667);
	for (size_t i = 0; i < 50; i++)
		component("padding", false, 0, 1, 0);
	assert_finding(judge("kind: exposure, axis: commits, limit: 1%"),
		       RULE_NOT_MET, 6666, 6667);
}

static void test_peak(void **state)
{
	const struct finding *f;

	(void)state;
	component("a", true, 10, 90, 0);
	component("b", false, 20, 70, 10);
	f = judge("kind: peak, axis: commits, limit: 30%");
	assert_finding(f, RULE_MET, 2000, 3000);
	f = judge("kind: peak, axis: commits, limit: 9%");
	assert_finding(f, RULE_NOT_MET, 2000, 3000);
	assert_int_equal(f->components.n, 2);
	assert_int_equal(f->components.v[0], 1);
	assert_says(f, "in the worst of 2 components (b)");
	f = judge("kind: peak, axis: commits, limit: 25%");
	assert_finding(f, RULE_UNPROVEN, 2000, 3000);
	assert_int_equal(f->components.n, 1);
}

static void test_breadth(void **state)
{
	(void)state;
	component("a", true, 50, 50, 0);  /* past 20 % */
	component("b", true, 10, 80, 10); /* not past */
	component("c", true, 10, 0, 90);  /* may be */
	component("d", true, 20, 80, 0);  /* at it */
	assert_finding(judge("kind: breadth, axis: commits, limit: 50%"),
		       RULE_MET, 2500, 5000);
	assert_finding(judge("kind: breadth, axis: commits, limit: 20%"),
		       RULE_NOT_MET, 2500, 5000);
	assert_finding(judge("kind: breadth, axis: commits, limit: 25%"),
		       RULE_UNPROVEN, 2500, 5000);
	assert_says(&j.verdict.findings.v[0], "more than 20 % of the commits");
}

static void test_coverage(void **state)
{
	const struct finding *f;

	(void)state;
	component("a", true, 0, 1, 0);
	judging_component(&j, "dark", true);
	assert_finding(judge("kind: coverage, limit: 50%"), RULE_MET, 5000,
		       5000);
	f = judge("kind: coverage, limit: 50.01%");
	assert_finding(f, RULE_UNPROVEN, 5000, 5000);
	assert_int_equal(f->components.n, 1);
	assert_int_equal(f->components.v[0], 1);
}

static void supplier(size_t component, enum supply_role role, size_t org)
{
	j.scan.parts.components.v[component].supply[role] = (struct supply){
		.is_stated = true, .organisation = org,
		.fact = judging_row(&j, FACT_A, FACT_ACCEPTED)};
}

static void test_supplier(void **state)
{
	size_t a = judging_component(&j, "a", true);
	size_t b = judging_component(&j, "b", false);
	const struct finding *f;

	(void)state;
	supplier(a, SUPPLY_SUPPLIER, us);
	supplier(b, SUPPLY_PRODUCER, us);
	assert_finding(judge("kind: supplier"), RULE_MET, -1, -1);
	supplier(b, SUPPLY_SUPPLIER, dark);
	f = judge("kind: supplier");
	assert_finding(f, RULE_UNPROVEN, -1, -1);
	assert_int_equal(f->components.v[0], b);
	assert_int_equal(f->organisations.v[0], dark);
	supplier(b, SUPPLY_PUBLISHER, prc);
	f = judge("kind: supplier");
	assert_finding(f, RULE_NOT_MET, -1, -1);
	assert_int_equal(f->components.v[0], b);
	assert_int_equal(f->organisations.v[0], prc);
	assert_says(f, "1 of 2 components have a supplier");
}

static void test_nobody_stated_is_not_clean(void **state)
{
	supplier(judging_component(&j, "a", true), SUPPLY_SUPPLIER, us);
	judging_component(&j, "b", false);
	(void)state;
	assert_finding(judge("kind: supplier"), RULE_UNPROVEN, -1, -1);
	assert_says(&j.verdict.findings.v[0],
		    "1 of 2 components state no supplier");
}

static void test_the_stack_has_a_supplier(void **state)
{
	const size_t *orgs[] = {&us, &dark, &prc};
	static const enum rule_state states[] = {RULE_MET, RULE_UNPROVEN,
						 RULE_NOT_MET};

	(void)state;
	supplier(judging_component(&j, "a", true), SUPPLY_SUPPLIER, us);
	j.scan.stack.supplied_by = j.scan.parts.components.v[0].supply[0];
	for (size_t i = 0; i < 3; i++) {
		j.scan.stack.supplied_by.organisation = *orgs[i];
		assert_finding(judge("kind: supplier"), states[i], -1, -1);
	}
	assert_says(&j.verdict.findings.v[0],
		    "The supplier of the stack is of concern.");
}

static void test_concentration(void **state)
{
	const struct finding *f;

	(void)state;
	component("a", true, 30, 60, 10);
	f = judge("kind: concentration, axis: commits, limit: 70%");
	assert_finding(f, RULE_MET, 6000, 7000);
	f = judge("kind: concentration, axis: commits, limit: 50%");
	assert_finding(f, RULE_NOT_MET, 6000, 7000);
	assert_int_equal(f->organisations.v[0], us);
	assert_says(f, "the greatest known of which is us");
	f = judge("kind: concentration, axis: commits, limit: 65%");
	assert_finding(f, RULE_UNPROVEN, 6000, 7000);
	judging_component(&j, "b", true);
	f = judge("kind: concentration, axis: commits, limit: 65%");
	assert_finding(f, RULE_UNPROVEN, 3000, 8500);
	j.facts.rows.v[1].confidence = FACT_B; /* whose us.example is */
	f = judge("kind: concentration, axis: commits, limit: 65%");
	assert_finding(f, RULE_UNPROVEN, 1500, 10000);
	assert_int_equal(f->organisations.v[0], prc);
}

static void test_unknown(void **state)
{
	const struct finding *f;

	(void)state;
	component("a", true, 50, 40, 10);
	component("b", true, 0, 70, 25);
	judging_commits(&j, 1, "dark.example", dark, 5);
	assert_finding(judge("kind: unknown, axis: commits, limit: 20%"),
		       RULE_MET, 2000, 2000);
	f = judge("kind: unknown, axis: commits, limit: 19%");
	assert_finding(f, RULE_NOT_MET, 2000, 2000);
	assert_int_equal(f->components.v[0], 1);
	assert_int_equal(f->organisations.n, 1);
	assert_int_equal(f->organisations.v[0], dark);
	assert_says(f, "Of 20 % of the commits (weighted mean of 2 "
		    "components) it is not known");
}

static void test_all_axes_weighted(void **state)
{
	(void)state;
	component("a", true, 10, 80, 10);
	assert_finding(judge("kind: exposure, limit: 20%"), RULE_MET, 1000,
		       2000);
	assert_says(&j.verdict.findings.v[0], "the influence on all axes");
	assert_finding(judge("kind: peak, limit: 5%"), RULE_NOT_MET, 1000,
		       2000);
}

static void test_window(void **state)
{
	size_t a = judging_component(&j, "a", true);
	size_t d = judging_digest(&j, a);

	(void)state;
	judging_commits(&j, d, "p", prc, 9)->month = AS_OF_MONTH - 12;
	judging_commits(&j, d, "u", us, 1);
	assert_finding(judge("kind: peak, axis: commits, window: 12, "
			     "limit: 10%"), RULE_MET, 0, 0);
	assert_says(&j.verdict.findings.v[0], "of the last 12 months");
	assert_finding(judge("kind: peak, axis: commits, window: 24, "
			     "limit: 10%"), RULE_NOT_MET, 9000, 9000);
	assert_int_equal(j.verdict.findings.v[0].organisations.n, 0);
}

static void test_functions(void **state)
{
	size_t du = component("du", true, 10, 90, 0);
	size_t core = component("core", true, 0, 90, 10);

	(void)state;
	j.scan.parts.components.v[du].function = FUNCTION_O_DU;
	j.scan.parts.components.v[core].function = FUNCTION_CORE_NF;
	assert_finding(judge("kind: peak, axis: commits, limit: 10%, "
			     "functions: [core NF]"), RULE_MET, 0, 1000);
	assert_finding(judge("kind: peak, axis: commits, limit: 10%, "
			     "functions: [SMO]"), RULE_NOT_APPLICABLE, -1,
		       -1);
	assert_says(&j.verdict.findings.v[0], "No component serves SMO.");
	assert_int_equal(j.verdict.state, RULE_NOT_APPLICABLE);
}

/* Where nobody says what a component serves, it may serve anything. */
static void test_unnamed_functions_settle_nothing(void **state)
{
	(void)state;
	component("a", true, 0, 100, 0);
	assert_finding(judge("kind: peak, axis: commits, limit: 10%, "
			     "functions: [SMO, core NF]"), RULE_UNPROVEN,
		       -1, -1);
	assert_says(&j.verdict.findings.v[0],
		    "No component is said to serve SMO or core NF");
}

/* A dependency serves the function of the product that brings it in. */
static void test_functions_are_inherited(void **state)
{
	size_t tool = component("tool", true, 0, 100, 0);
	size_t du = component("du", true, 0, 100, 0);
	size_t lib = component("lib", false, 50, 50, 0);

	(void)state;
	j.scan.parts.components.v[du].function = FUNCTION_O_DU;
	j.scan.parts.components.v[tool].function = FUNCTION_TOOLING;
	component_add_edge(&j.scan.parts, tool, lib, EDGE_DEPENDS_ON);
	component_add_edge(&j.scan.parts, du, lib, EDGE_DEPENDS_ON);
	component_add_edge(&j.scan.parts, lib, du, EDGE_DEPENDS_ON);
	assert_finding(judge("kind: peak, axis: commits, limit: 10%, "
			     "functions: [O-DU]"), RULE_NOT_MET, 5000, 5000);
	assert_int_equal(j.verdict.scores.v[lib].parent, du);
	assert_int_equal(j.verdict.scores.v[du].parent, SIZE_MAX);
}

static void test_days_in_which_a_rule_holds(void **state)
{
	const struct finding *f;

	(void)state;
	component("a", true, 100, 0, 0);
	f = judge("kind: peak, axis: commits, limit: 1%, from: 2020-01-16");
	assert_finding(f, RULE_NOT_APPLICABLE, -1, -1);
	assert_str(f->reason, "The rule holds from 2020-01-16.");
	f = judge("kind: peak, axis: commits, limit: 1%, from: 2020-01-15");
	assert_finding(f, RULE_NOT_MET, 10000, 10000);
	f = judge("kind: peak, axis: commits, limit: 1%, to: 2020-01-15");
	assert_finding(f, RULE_NOT_APPLICABLE, -1, -1);
	assert_str(f->reason, "The rule held until 2020-01-15.");
}

static void test_perimeter(void **state)
{
	(void)state;
	component("a", true, 100, 0, 0);
	j.scan.stack.perimeter = STR("ran");
	assert_finding(judge("kind: peak, axis: commits, limit: 1%, "
			     "perimeters: [core]"), RULE_NOT_APPLICABLE, -1,
		       -1);
	assert_finding(judge("kind: peak, axis: commits, limit: 1%, "
			     "perimeters: [core, ran]"), RULE_NOT_MET, 10000,
		       10000);
}

static void test_what_an_unproven_rule_does(void **state)
{
	static const struct { const char *rule; enum rule_state want; }
	cases[] = {
		{"unproven: warn", RULE_UNPROVEN},
		{"unproven: fail", RULE_NOT_MET},
		{"unproven: pass", RULE_MET},
	};

	(void)state;
	component("a", true, 0, 50, 50);
	for (size_t i = 0; i < 3; i++) {
		struct str rule = arena_fmt(
			&j.scan.arena, "kind: peak, axis: commits, "
			"limit: 10%%, %s", cases[i].rule);

		assert_finding(judge(rule.p), RULE_UNPROVEN, 0, 5000);
		assert_int_equal(j.verdict.state, cases[i].want);
	}
}

static void test_uncited_records_are_told(void **state)
{
	size_t us_b = judging_org(&j, "us-b", STANDING_OTHER, FACT_B);
	size_t prc_b = judging_org(&j, "prc-b", STANDING_CONCERN, FACT_B);
	size_t a = judging_component(&j, "a", true);
	size_t d = judging_digest(&j, a);

	(void)state;
	judging_commits(&j, d, "b", us_b, 95);
	judging_commits(&j, d, "c", SIZE_MAX, 5);
	assert_finding(judge("kind: exposure, axis: commits, limit: 10%"),
		       RULE_UNPROVEN, 0, 10000);
	assert_says(&j.verdict.findings.v[0],
		    " At most 5 % if the records that lack a citation hold.");
	judging_commits(&j, d, "d", prc_b, 100);
	assert_finding(judge("kind: exposure, axis: commits, limit: 10%"),
		       RULE_UNPROVEN, 0, 10000);
	assert_says(&j.verdict.findings.v[0], " At least 50 % if");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_exposure),
		TEST(test_dependencies_do_not_dilute),
		TEST(test_peak),
		TEST(test_breadth),
		TEST(test_coverage),
		TEST(test_supplier),
		TEST(test_nobody_stated_is_not_clean),
		TEST(test_the_stack_has_a_supplier),
		TEST(test_concentration),
		TEST(test_unknown),
		TEST(test_all_axes_weighted),
		TEST(test_window),
		TEST(test_functions),
		TEST(test_unnamed_functions_settle_nothing),
		TEST(test_functions_are_inherited),
		TEST(test_days_in_which_a_rule_holds),
		TEST(test_perimeter),
		TEST(test_what_an_unproven_rule_does),
		TEST(test_uncited_records_are_told),
	};

	return cmocka_run_group_tests_name("rules", tests, NULL, NULL);
}
