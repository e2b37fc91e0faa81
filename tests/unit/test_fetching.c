/* Lines about an update that runs. */
#include "unit.h"

#include "cli/fetching.h"

static struct strbuf text;

static struct str line(uint64_t bytes, uint64_t ms, uint64_t left)
{
	const struct update_progress p = {
		.what = STR("gleif 2/4, csl 0/1"), .bytes = bytes, .ms = ms,
		.left = left};

	strbuf_clear(&text);
	fetching_line(&p, true, &text);
	return strbuf_str(&text);
}

static void test_how_far(void **state)
{
	(void)state;
	strbuf_init(&text, 0);
	assert_str(line(12500000, 10000, 30000),
		   "[##........] 12.5 MB, 1.2 MB a second, 31 s left: "
		   "gleif 2/4, csl 0/1");
	assert_str(line(999999, 3000, 0),
		   "999 kB, 333 kB a second: gleif 2/4, csl 0/1");
	assert_str(line(0, 0, 0), "gleif 2/4, csl 0/1");
	strbuf_release(&text);
}

static void test_the_bar_stays_within(void **state)
{
	(void)state;
	strbuf_init(&text, 0);
	assert_true(str_has_prefix(line(0, 1, 1), STR("[#.........] ")));
	assert_true(str_has_prefix(line(0, 1000000, 1),
				   STR("[#########.] ")));
	assert_true(str_has_prefix(line(0, 1, 1000000),
				   STR("[..........] ")));
	strbuf_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_how_far),
		cmocka_unit_test(test_the_bar_stays_within)};

	return cmocka_run_group_tests_name("fetching", tests, NULL, NULL);
}
