/* How fast a service is asked: rates kept, waits, Retry-After. */
#include "unit.h"

#include "feeds/pace.h"

#define S PACE_SECOND

static void test_rates(void **state)
{
	struct pace_rate r;

	(void)state;
	assert_true(pace_parse(STR("4/s 60/h"), &r));
	assert_int_equal(r.spacing, S / 4);
	assert_int_equal(r.n, 60);
	assert_int_equal(r.window, 3600 * S);
	assert_false(pace_parse(STR(""), &r));
	assert_false(pace_parse(STR("4"), &r));
	assert_false(pace_parse(STR("0/s"), &r));
	assert_false(pace_parse(STR("4/ms"), &r));
	assert_false(pace_parse(STR("4/s 5/s"), &r));
	assert_false(pace_parse(STR("4/m 5/h"), &r));
	assert_false(pace_parse(STR("9999999/s"), &r));
}

static void test_times(void **state)
{
	int64_t t;

	(void)state;
	assert_true(pace_parse_time(STR("20ms"), &t) && t == S / 50);
	assert_true(pace_parse_time(STR("7d"), &t) && t == 7 * 86400 * S);
	assert_false(pace_parse_time(STR("7"), &t));
	assert_false(pace_parse_time(STR("d"), &t));
	assert_false(pace_parse_time(STR("-7d"), &t));
	assert_false(pace_parse_time(STR("7 d"), &t));
}

static void test_spacing(void **state)
{
	struct pace p;
	int64_t now = 5 * S, first = now;

	(void)state;
	pace_init(&p, (struct pace_rate){.spacing = S / 10}, S, 1);
	for (int i = 0; i < 100; i++) {
		now = pace_when(&p, now);
		pace_start(&p, now);
		now += 3000; /* whoever waits is always a little late */
	}
	assert_in_range(now - first, 99 * S / 10, 99 * S / 10 + S / 5);
	/* after a pause there is no burst */
	now = pace_when(&p, now + 60 * S);
	pace_start(&p, now);
	assert_int_equal(pace_when(&p, now), now + S / 10);
	pace_release(&p);
}

static void test_window(void **state)
{
	struct pace p;
	int64_t starts[40], now = 0;

	(void)state;
	pace_init(&p, (struct pace_rate){.n = 10, .window = 60 * S}, S, 1);
	for (int i = 0; i < 40; i++) {
		now = pace_when(&p, now + (i % 3) * S);
		pace_start(&p, now);
		starts[i] = now;
		if (i >= 10)
			assert_true(now - starts[i - 10] >= 60 * S);
	}
	assert_true(now < 4 * 61 * S);
	pace_release(&p);
}

static void test_backoff(void **state)
{
	struct pace p, q;
	int64_t before = 0;

	(void)state;
	pace_init(&p, (struct pace_rate){0}, 2 * S, 7);
	pace_init(&q, (struct pace_rate){0}, 2 * S, 7);
	for (int i = 0; i < 12; i++) {
		int64_t wait = pace_fail(&p, 0, -1), most = 2 * S << i;

		most = most < 300 * S ? most : 300 * S;
		assert_in_range(wait, most / 2, most);
		assert_int_equal(wait, pace_fail(&q, 0, -1));
		assert_true(wait >= before || wait >= 150 * S);
		before = wait;
	}
	assert_true(pace_when(&p, 0) > 150 * S);
	pace_succeed(&p);
	assert_true(pace_fail(&p, 0, -1) <= 2 * S);
	/* what the service asks for counts, and nothing starts before */
	assert_int_equal(pace_fail(&p, 1000 * S, 40 * S), 40 * S);
	assert_int_equal(pace_when(&p, 1000 * S), 1040 * S);
	pace_release(&p);
	pace_release(&q);
}

static void test_retry_after(void **state)
{
	int64_t at = 784111777; /* of the date below */

	(void)state;
	assert_int_equal(pace_retry_after(STR("120"), 0), 120 * S);
	assert_int_equal(pace_retry_after(STR(" 0 "), 0), 0);
	assert_int_equal(pace_retry_after(STR("99999999999999999999"), 0),
			 PACE_RETRY_AFTER_MAX);
	assert_int_equal(pace_retry_after(
		STR("Sun, 06 Nov 1994 08:49:37 GMT"), at - 30), 30 * S);
	assert_int_equal(pace_retry_after(
		STR("Sun, 06 Nov 1994 08:49:37 GMT"), at + 30), 0);
	assert_int_equal(pace_retry_after(
		STR("Sun, 06 Nov 9999 08:49:37 GMT"), at),
		PACE_RETRY_AFTER_MAX);
	assert_int_equal(pace_retry_after(STR(""), at), -1);
	assert_int_equal(pace_retry_after(STR("soon"), at), -1);
	assert_int_equal(pace_retry_after(STR("-1"), at), -1);
	assert_int_equal(pace_retry_after(
		STR("Sun, 06 Nov 1994 08:49:99 GMT"), at), -1);
	assert_int_equal(pace_retry_after(
		STR("Sun, 06 Foo 1994 08:49:37 GMT"), at), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rates), cmocka_unit_test(test_times),
		cmocka_unit_test(test_spacing), cmocka_unit_test(test_window),
		cmocka_unit_test(test_backoff),
		cmocka_unit_test(test_retry_after),
	};

	return cmocka_run_group_tests_name("pace", tests, NULL, NULL);
}
