/* Paths as text: parts, joining, and what must not leave its root. */
#include "unit.h"

#include <string.h>

#include "base/path.h"

static struct arena arena;

static int teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

static void test_parts(void **state)
{
	(void)state;
	assert_str(path_base(STR("a/b/c.x")), "c.x");
	assert_str(path_dir(STR("a/b/c.x")), "a/b");
	assert_str(path_base(STR("c")), "c");
	assert_str(path_dir(STR("c")), "");
	assert_str(path_base(STR("a/")), "");
	assert_str(path_dir(STR("a/")), "a");
	assert_str(path_base(STR("/a")), "a");
	assert_str(path_dir(STR("/a")), "");
	assert_str(path_base(STR("")), "");
	assert_str(path_dir(STR("")), "");
}

static void test_join(void **state)
{
	(void)state;
	assert_str(path_join(&arena, STR("a"), STR("b")), "a/b");
	assert_str(path_join(&arena, STR("a/"), STR("b")), "a/b");
	assert_str(path_join(&arena, STR("/"), STR("b")), "/b");
	assert_str(path_join(&arena, STR(""), STR("b")), "b");
	assert_str(path_join(&arena, STR("a"), STR("")), "a/");
	assert_str(path_join(&arena, STR(""), STR("")), "");
}

static void assert_normal(struct str path, const char *want)
{
	struct str got;

	assert_int_equal(path_normalise(&arena, path, &got), OK);
	assert_int_equal(got.n, strlen(want));
	assert_memory_equal(got.p, want, got.n + 1);
}

static void test_normalise(void **state)
{
	(void)state;
	assert_normal(STR("a/b"), "a/b");
	assert_normal(STR("./a//b/./c/"), "a/b/c");
	assert_normal(STR("a/../b"), "b");
	assert_normal(STR("a/b/../../c"), "c");
	assert_normal(STR("a/.."), "");
	assert_normal(STR("."), "");
	assert_normal(STR(""), "");
	assert_normal((struct str){NULL, 0}, "");
	assert_normal(STR("...a/..b/c.."), "...a/..b/c..");
	assert_normal(STR("a\\..\\b"), "a\\..\\b");
}

static void test_what_leaves_its_root(void **state)
{
	static const struct { const char *path; size_t n; } bad[] = {
		{"..", 2}, {"../a", 4}, {"a/../..", 7}, {"a/../../a", 9},
		{"./..", 4}, {"a/b/../../../c", 14}, {"/", 1}, {"/etc", 4},
		{"//a", 3}, {"a\0b", 3}, {"\0", 1}, {"a/\0/..", 6},
	};
	struct str got;

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (path_normalise(&arena, str_n(bad[i].path, bad[i].n),
				   &got) != ERR_FORMAT)
			fail_msg("took \"%s\"", bad[i].path);
}

/* Going down and up a million times takes linear time. */
static void test_long_path(void **state)
{
	enum { TIMES = 1000000 };
	char *p = arena_alloc(&arena, TIMES * 5);
	struct str got;

	(void)state;
	for (size_t i = 0; i < TIMES; i++)
		memcpy(p + i * 5, "a/../", 5);
	assert_int_equal(path_normalise(&arena, str_n(p, TIMES * 5), &got),
			 OK);
	assert_str(got, "");
}

static void test_has_dir(void **state)
{
	(void)state;
	assert_true(path_has_dir(STR("vendor/x.c"), STR("vendor")));
	assert_true(path_has_dir(STR("a/Vendor/b/x.c"), STR("vendor")));
	assert_false(path_has_dir(STR("a/vendor"), STR("vendor")));
	assert_false(path_has_dir(STR("vendor"), STR("vendor")));
	assert_false(path_has_dir(STR("a/vendored/x.c"), STR("vendor")));
	assert_false(path_has_dir(STR("a/b/x.c"), STR("a/b")));
	assert_false(path_has_dir(STR("a//x.c"), STR("")));
	assert_false(path_has_dir(STR(""), STR("")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parts),
		cmocka_unit_test_teardown(test_join, teardown),
		cmocka_unit_test_teardown(test_normalise, teardown),
		cmocka_unit_test_teardown(test_what_leaves_its_root, teardown),
		cmocka_unit_test_teardown(test_long_path, teardown),
		cmocka_unit_test(test_has_dir),
	};

	return cmocka_run_group_tests_name("path", tests, NULL, NULL);
}
