/* Reports side by side: rows are matched by what a thing is. */
#include "unit.h"

#include "report/compare.h"

static struct report_file reports[3];
static struct compare c;
static struct diags diags;

static void add_verdict(struct report_file *r, const char *policy,
			const char *sha)
{
	struct report_verdict v = {.policy = str_c(policy),
				   .sha256 = str_c(sha)};

	vec_push(&r->verdicts, v);
}

static int setup(void **state)
{
	(void)state;
	for (size_t i = 0; i < 3; i++) {
		reports[i].path = STR("r.json");
		add_verdict(&reports[i], "p", "1");
	}
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	compare_release(&c);
	for (size_t i = 0; i < 3; i++)
		report_file_release(&reports[i]);
	diag_release(&diags);
	return 0;
}

static size_t component(struct report_file *r, const char *identity,
			const char *version, int32_t low, int32_t high)
{
	struct report_component k = {.identity = str_c(identity),
				     .name = str_c(identity),
				     .version = str_c(version)};
	struct report_score s = {.component = r->components.n, .weight = 1,
				 .influence = {low, high}};

	vec_push(&r->components, k);
	vec_push(&r->verdicts.v[0].scores, s);
	return s.component;
}

static void make(size_t n)
{
	assert_int_equal(compare_make(reports, n, &diags, &c), OK);
}

static void test_components_are_matched(void **state)
{
	(void)state;
	component(&reports[0], "b", "1", 5, 6);
	component(&reports[0], "a", "1", 1, 2);
	component(&reports[1], "c", "1", 3, 4);
	component(&reports[1], "b", "2", 7, 8);
	make(2);
	assert_int_equal(c.components.n, 3);
	assert_str(c.components.v[0].identity, "a");
	assert_int_equal(c.components.v[0].present, 1);
	assert_null(c.components.v[0].at[1]);
	assert_int_equal(c.components.v[1].present, 2);
	assert_str(c.components.v[1].at[1]->version, "2");
	assert_int_equal(compare_score(&c, &c.policies.v[0], 1, 0)
			 ->influence.low_bp, 5);
	assert_int_equal(compare_score(&c, &c.policies.v[0], 1, 1)
			 ->influence.low_bp, 7);
	assert_null(compare_score(&c, &c.policies.v[0], 2, 0));
}

/* What the policy gives no weight has no score to compare. */
static void test_what_does_not_count(void **state)
{
	(void)state;
	component(&reports[0], "a", "", 1, 2);
	reports[0].verdicts.v[0].scores.v[0].weight = 0;
	make(2);
	assert_null(compare_score(&c, &c.policies.v[0], 0, 0));
}

static void test_the_first_of_equal_ones_stands(void **state)
{
	(void)state;
	component(&reports[0], "a", "1", 1, 1);
	component(&reports[0], "a", "2", 2, 2);
	make(2);
	assert_int_equal(c.components.n, 1);
	assert_str(c.components.v[0].at[0]->version, "1");
	assert_int_equal(c.components.v[0].present, 1);
}

static void headline(size_t r, int32_t low, int32_t high)
{
	reports[r].verdicts.v[0].headline =
		(struct report_interval){low, high};
}

static size_t lowest(void)
{
	size_t i;

	make(3);
	i = c.policies.v[0].lowest;
	compare_release(&c);
	return i;
}

static void test_which_is_lower_for_sure(void **state)
{
	(void)state;
	headline(0, 50, 60);
	headline(1, 10, 49);
	headline(2, 50, 90);
	assert_int_equal(lowest(), 1);
	headline(1, 10, 50);
	assert_true(lowest() == SIZE_MAX);
	headline(2, 9, 9);
	assert_int_equal(lowest(), 2);
	headline(1, 9, 9);
	assert_true(lowest() == SIZE_MAX);
}

static void finding(size_t r, const char *rule, const char *state)
{
	struct report_finding f = {.rule = str_c(rule),
				   .state = str_c(state)};

	vec_push(&reports[r].verdicts.v[0].findings, f);
}

static void test_rules(void **state)
{
	const struct compare_policy *p;

	(void)state;
	finding(0, "R-1", "met");
	finding(0, "R-2", "met");
	finding(0, "R-3", "met");
	finding(1, "R-2", "not met");
	finding(1, "R-1", "met");
	make(2);
	p = &c.policies.v[0];
	assert_int_equal(p->rules.n, 3);
	assert_false(p->rules.v[0].is_different);
	assert_true(p->rules.v[1].is_different);
	assert_str(p->rules.v[1].at[1]->state, "not met");
	assert_true(p->rules.v[2].is_different);
	assert_null(p->rules.v[2].at[1]);
}

static void organisation(size_t r, const char *id, const char *standing,
			 uint64_t commits)
{
	struct report_organisation o = {
		.id = str_c(id), .name = str_c(id),
		.standing = str_c(standing),
		.units = {[AXIS_COMMITS] = commits}};

	vec_push(&reports[r].verdicts.v[0].organisations, o);
}

static void test_organisations(void **state)
{
	const struct compare_policy *p;

	(void)state;
	organisation(0, "nokia", "other", 3);
	organisation(0, "zte", "concern", 1);
	organisation(1, "att", "unknown", 2);
	organisation(1, "zte", "concern", 2);
	reports[0].verdicts.v[0].units[AXIS_COMMITS] = 4;
	reports[1].verdicts.v[0].units[AXIS_COMMITS] = UINT64_MAX;
	reports[1].verdicts.v[0].organisations.v[1].units[AXIS_COMMITS] =
		UINT64_MAX;
	make(2);
	p = &c.policies.v[0];
	assert_int_equal(p->organisations.n, 3);
	assert_str(p->organisations.v[0].id, "att");
	assert_null(p->organisations.v[0].at[0]);
	assert_false(p->organisations.v[0].is_of_concern);
	assert_str(p->organisations.v[2].id, "zte");
	assert_true(p->organisations.v[2].is_of_concern);
	assert_int_equal(p->organisations.v[2].share_bp[0], 2500);
	assert_int_equal(p->organisations.v[2].share_bp[1], 10000);
}

static void test_functions_stand_in_their_own_order(void **state)
{
	struct report_function f = {.function = STR("xApp")};
	const struct compare_policy *p;

	(void)state;
	vec_push(&reports[0].verdicts.v[0].functions, f);
	f.function = STR("O-DU");
	vec_push(&reports[1].verdicts.v[0].functions, f);
	make(2);
	p = &c.policies.v[0];
	assert_int_equal(p->functions.n, 2);
	assert_str(p->functions.v[0].function, "O-DU");
	assert_null(p->functions.v[0].at[0]);
	assert_non_null(p->functions.v[1].at[0]);
}

static void test_policies_must_be_the_same(void **state)
{
	(void)state;
	reports[1].verdicts.v[0].sha256 = STR("2");
	assert_int_equal(compare_make(reports, 2, &diags, &c), ERR_CONFIG);
	assert_int_equal(diags.counts[RW1606], 1);
	reports[1].verdicts.v[0].sha256 = STR("1");
	add_verdict(&reports[1], "q", "1");
	assert_int_equal(compare_make(reports, 2, &diags, &c), ERR_CONFIG);
	assert_int_equal(compare_make(reports + 1, 2, &diags, &c),
			 ERR_CONFIG);
	assert_int_equal(diags.counts[RW1606], 3);
}

static void test_reports_without_verdicts(void **state)
{
	struct report_style style = {.columns = 80};
	struct strbuf out;

	(void)state;
	for (size_t i = 0; i < 2; i++)
		vec_clear(&reports[i].verdicts);
	make(2);
	strbuf_init(&out, 0);
	compare_text(&c, "1", &style, &out);
	compare_json(&c, "1", &out);
	assert_true(out.n > 100);
	strbuf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
		TEST(test_components_are_matched),
		TEST(test_what_does_not_count),
		TEST(test_the_first_of_equal_ones_stands),
		TEST(test_which_is_lower_for_sure),
		TEST(test_rules),
		TEST(test_organisations),
		TEST(test_functions_stand_in_their_own_order),
		TEST(test_policies_must_be_the_same),
		TEST(test_reports_without_verdicts),
	};

	return cmocka_run_group_tests_name("compare", tests, NULL, NULL);
}
