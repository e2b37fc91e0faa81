/* Units by year: the same standing as in the tallies, each history once. */
#include "judging.h"

static struct judging j;
static size_t prc, us, kernel, history;

static int setup(void **state)
{
	(void)state;
	judging_init(&j);
	prc = judging_org(&j, "prc", STANDING_CONCERN, FACT_A);
	us = judging_org(&j, "us", STANDING_OTHER, FACT_A);
	kernel = judging_component(&j, "kernel", true);
	history = judging_digest(&j, kernel);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	judging_release(&j);
	return 0;
}

static void assert_year(const struct verdict *v, size_t i, int year,
			uint64_t concern, uint64_t other, uint64_t unknown)
{
	const struct tally *t = &v->years.v[i].axes[AXIS_COMMITS];

	assert_int_equal(v->years.v[i].year, year);
	assert_int_equal(t->concern, concern);
	assert_int_equal(t->other, other);
	assert_int_equal(t->unknown, unknown);
}

static void test_years_ascend_and_add_up(void **state)
{
	const struct verdict *v;

	(void)state;
	judging_commits(&j, history, "us.example", us, 60);
	judging_commits(&j, history, "us.example", us, 5)->month -= 1;
	judging_commits(&j, history, "prc.example", prc, 20);
	judging_commits(&j, history, "x.example", SIZE_MAX, 7)->month -= 30;
	v = judging_judge(&j);
	assert_int_equal(v->years.n, 3);
	assert_year(v, 0, 2017, 0, 0, 7);
	assert_year(v, 1, 2019, 0, 5, 0);
	assert_year(v, 2, 2020, 20, 60, 0);
	assert_int_equal(v->years.v[2].axes[AXIS_COMMITS].low_bp, 2500);
	assert_false(v->years.v[2].axes[AXIS_CHURN].is_observed);
}

static void test_a_shared_history_counts_once(void **state)
{
	size_t twin = judging_component(&j, "twin", true);
	const struct verdict *v;

	(void)state;
	j.scan.parts.components.v[twin].digest = history;
	judging_commits(&j, history, "prc.example", prc, 20);
	v = judging_judge(&j);
	assert_int_equal(v->years.n, 1);
	assert_year(v, 0, 2020, 20, 0, 0);
}

static void test_half_a_history_is_left_out(void **state)
{
	(void)state;
	judging_commits(&j, history, "prc.example", prc, 20);
	j.scan.digests.v[history].incomplete = ~0u;
	assert_int_equal(judging_judge(&j)->years.n, 0);
}

static void test_any_month_has_a_year(void **state)
{
	const struct verdict *v;

	(void)state;
	judging_commits(&j, history, "a.example", us, 1)->month = -1;
	judging_commits(&j, history, "b.example", us, 1)->month = 0;
	judging_commits(&j, history, "c.example", us, 1)->month = 96359;
	judging_commits(&j, history, "d.example", us, 1)->month = -23628;
	v = judging_judge(&j);
	assert_int_equal(v->years.n, 4);
	assert_int_equal(v->years.v[0].year, 1);
	assert_int_equal(v->years.v[1].year, 1969);
	assert_int_equal(v->years.v[2].year, 1970);
	assert_int_equal(v->years.v[3].year, 9999);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
		T(test_years_ascend_and_add_up),
		T(test_a_shared_history_counts_once),
		T(test_half_a_history_is_left_out),
		T(test_any_month_has_a_year)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
