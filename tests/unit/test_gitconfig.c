/* Config files as data: names, quotes, escapes, comments, broken lines. */
#include "unit.h"

#include "history/gitconfig.h"

static struct gitconfig config;
static struct arena arena;

static int teardown(void **state)
{
	(void)state;
	gitconfig_release(&config);
	arena_release(&arena);
	return 0;
}

#define assert_value(text, key, want) \
	(teardown(NULL), \
	 assert_int_equal(gitconfig_parse(&config, STR(text), &arena), 0), \
	 assert_str(gitconfig_get(&config, key), want))

static void test_names(void **state)
{
	(void)state;
	assert_value("[a]\nb=1\n[a]\nb = 2", "a.b", "2");
	assert_value("[A]\n\tB = x y ", "a.b", "x y");
	assert_value("[a \"Sub.x\"]\nb=1", "a.Sub.x.b", "1");
	assert_value("[a \"q\\\"]\\\\\"]\nb=1", "a.q\"]\\.b", "1");
	assert_value("[a.b] c = 1", "a.b.c", "1");
	assert_value("[a] b", "a.b", "true");
	assert_value("[a]\nb # = 3", "a.b", "true");
	assert_value("", "a.b", "");
}

static void test_values(void **state)
{
	(void)state;
	assert_value("[a]\nb = x # c", "a.b", "x");
	assert_value("[a]\nb = \"x # c\"  ; d", "a.b", "x # c");
	assert_value("[a]\nb = \" x \"", "a.b", " x ");
	assert_value("[a]\nb = x\\\n  y\nc=1", "a.b", "x  y");
	assert_value("[a]\nb = x\\ty\\\\z\\n", "a.b", "x\ty\\z\n");
	assert_value("[a]\r\nb = x\r\n", "a.b", "x");
	assert_value("[a]\nb = ", "a.b", "");
	assert_value("[a]\nb = x\\", "a.b", "x");
}

static void test_broken_lines(void **state)
{
	(void)state;
	assert_int_equal(gitconfig_parse(&config, STR("b = 1\n[a]\nb = 2"),
					 &arena), 1);
	assert_str(gitconfig_get(&config, "a.b"), "2");
	assert_int_equal(gitconfig_parse(&config, STR("[a]\nok=1\n[a\n[b \"x"),
					 &arena), 3);
	assert_int_equal(gitconfig_parse(&config, STR("[a]\nb = \"x"),
					 &arena), 2);
	assert_int_equal(gitconfig_parse(&config, STR("[a]\nb c = 1"),
					 &arena), 2);
	assert_int_equal(gitconfig_parse(&config, STR("[]\n"), &arena), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_names, teardown),
		cmocka_unit_test_teardown(test_values, teardown),
		cmocka_unit_test_teardown(test_broken_lines, teardown),
	};

	return cmocka_run_group_tests_name("gitconfig", tests, NULL, NULL);
}
