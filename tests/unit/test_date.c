/* The calendar against an independent count, parsing, and the clock. */
#include "unit.h"

#include <stdlib.h>

#include "base/date.h"

static bool is_leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int month_days(int year, int month)
{
	static const int days[] = {31, 28, 31, 30, 31, 30,
				   31, 31, 30, 31, 30, 31};

	return days[month - 1] + (month == 2 && is_leap(year));
}

/* Every day of years 1 to 9999, counted one by one. */
static void test_every_day(void **state)
{
	int32_t day = -719162;

	(void)state;
	assert_int_equal(date_of(1970, 1, 1), 0);
	for (int y = 1; y <= 9999; y++)
		for (int m = 1; m <= 12; m++) {
			int32_t first = day;

			for (int d = 1; d <= month_days(y, m); d++, day++) {
				int cy, cm, cd;

				date_civil(day, &cy, &cm, &cd);
				if (date_of(y, m, d) != day || cy != y ||
				    cm != m || cd != d)
					fail_msg("%d-%d-%d", y, m, d);
			}
			if (date_month(first) != (y - 1970) * 12 + m - 1 ||
			    date_month_first(date_month(day - 1)) != first)
				fail_msg("month %d-%d", y, m);
		}
	assert_int_equal(day, 2932897);
}

static void test_parse(void **state)
{
	static const char *const bad[] = {
		"", "2024", "2024-02", "2024-2-1", "2024-02-30", "2023-02-29",
		"1900-02-29", "2024-13-01", "2024-00-01", "2024-01-00",
		"2024-01-32", "0000-01-01", "2024/01/01", "2024-01-01 ",
		" 2024-01-01", "2024-01-01T00:00:00Z", "20240101", "+024-01-01",
		"-024-01-01", "2024-+1-01", "2024--1-01", "99999-01-01",
		"2024-04-31", "abcd-ef-gh",
	};
	int32_t day = 7;

	(void)state;
	assert_int_equal(date_parse(STR("2024-02-29"), &day), OK);
	assert_int_equal(day, date_of(2024, 2, 29));
	assert_int_equal(date_parse(STR("0001-01-01"), &day), OK);
	assert_int_equal(date_parse(STR("9999-12-31"), &day), OK);
	assert_int_equal(day, 2932896);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (date_parse(str_c(bad[i]), &day) != ERR_FORMAT)
			fail_msg("took \"%s\"", bad[i]);
	assert_int_equal(date_parse(STR("2024-01-0\0"), &day), ERR_FORMAT);
	assert_int_equal(day, 2932896);
}

static void test_spans_as_text(void **state)
{
	static const char *const texts[] = {
		"2023", "2024", "0001", "9999", "2024-02", "2023-12",
		"2024-02-29", "2023-12-31", "2024-01-01"};
	struct date_span open[] = {{DATE_MIN, DATE_MIN},
				   {DATE_MAX, DATE_MAX}};
	struct strbuf b;

	(void)state;
	strbuf_init(&b, 0);
	for (size_t i = 0; i < 2; i++)
		date_write_span(&b, open[i]);
	assert_int_equal(b.n, 0);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct date_span s;

		assert_int_equal(date_parse_span(str_c(texts[i]), &s), OK);
		strbuf_clear(&b);
		date_write_span(&b, s);
		assert_string_equal(b.p, texts[i]);
	}
	strbuf_release(&b);
}

static void test_spans(void **state)
{
	static const char *const bad[] = {
		"", "2024-", "2024-02-", "2024-2", "202", "20245", "2024-023",
		"0000", "2024-13", "2024-02-30", "2024-02-01-", "-",
	};
	struct date_span s;

	(void)state;
	assert_int_equal(date_parse_span(STR("2023"), &s), OK);
	assert_int_equal(s.first, date_of(2023, 1, 1));
	assert_int_equal(s.last, date_of(2023, 12, 31));
	assert_int_equal(date_parse_span(STR("2024-02"), &s), OK);
	assert_int_equal(s.first, date_of(2024, 2, 1));
	assert_int_equal(s.last, date_of(2024, 2, 29));
	assert_int_equal(date_parse_span(STR("2024-12"), &s), OK);
	assert_int_equal(s.last, date_of(2024, 12, 31));
	assert_int_equal(date_parse_span(STR("2024-02-03"), &s), OK);
	assert_int_equal(s.first, date_of(2024, 2, 3));
	assert_int_equal(s.last, s.first);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (date_parse_span(str_c(bad[i]), &s) != ERR_FORMAT)
			fail_msg("took \"%s\"", bad[i]);
}

static void test_seconds(void **state)
{
	(void)state;
	assert_int_equal(date_of_seconds(0), 0);
	assert_int_equal(date_of_seconds(86399), 0);
	assert_int_equal(date_of_seconds(86400), 1);
	assert_int_equal(date_of_seconds(-1), -1);
	assert_int_equal(date_of_seconds(-86400), -1);
	assert_int_equal(date_of_seconds(-86401), -2);
	assert_int_equal(date_of_seconds(INT64_MAX), date_of(9999, 12, 31));
	assert_int_equal(date_of_seconds(INT64_MIN), date_of(1, 1, 1));
}

/* No overflow at the ends of the types. */
static void test_extremes(void **state)
{
	int y, m, d;

	(void)state;
	assert_int_equal(date_of(INT32_MAX, 12, 31), DATE_MAX - 1);
	assert_int_equal(date_of(INT32_MIN, 1, 1), DATE_MIN + 1);
	date_civil(DATE_MAX, &y, &m, &d);
	assert_int_equal(date_of(y, m, d), DATE_MAX - 1);
	date_civil(DATE_MIN, &y, &m, &d);
	assert_int_equal(date_of(y, m, d), DATE_MIN + 1);
	assert_int_equal(date_month_first(INT32_MAX), DATE_MAX - 1);
	assert_int_equal(date_month_first(INT32_MIN), DATE_MIN + 1);
	assert_int_equal(date_month_first(-1), date_of(1969, 12, 1));
	assert_int_equal(date_month(-1), -1);
}

static void test_write(void **state)
{
	struct strbuf b;

	(void)state;
	strbuf_init(&b, 0);
	date_write(&b, date_of(33, 4, 3));
	strbuf_ch(&b, ' ');
	date_write_month(&b, date_month(date_of(2024, 2, 29)));
	strbuf_ch(&b, ' ');
	date_write(&b, DATE_MIN);
	strbuf_ch(&b, ' ');
	date_write(&b, DATE_MAX);
	strbuf_ch(&b, ' ');
	date_write_month(&b, INT32_MAX);
	assert_str(strbuf_str(&b),
		   "0033-04-03 2024-02 0001-01-01 9999-12-31 9999-12");
	strbuf_release(&b);
}

/* The order of sources; SOURCE_DATE_EPOCH is read once. */
static void test_now(void **state)
{
	(void)state;
	setenv("SOURCE_DATE_EPOCH", "86400", 1);
	assert_int_equal(date_now(), 1);
	setenv("SOURCE_DATE_EPOCH", "172800", 1);
	assert_int_equal(date_now(), 1);
	date_set_now(20000);
	assert_int_equal(date_now(), 20000);
	date_set_now(DATE_MIN); /* as at the start */
	assert_int_equal(date_now(), 2);
	setenv("SOURCE_DATE_EPOCH", "yesterday", 1);
	date_set_now(DATE_MIN);
	assert_true(date_now() > date_of(2020, 1, 1));
	unsetenv("SOURCE_DATE_EPOCH");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_day),
		cmocka_unit_test(test_parse),
		cmocka_unit_test(test_spans),
		cmocka_unit_test(test_spans_as_text),
		cmocka_unit_test(test_seconds),
		cmocka_unit_test(test_extremes),
		cmocka_unit_test(test_write),
		cmocka_unit_test(test_now),
	};

	return cmocka_run_group_tests_name("date", tests, NULL, NULL);
}
