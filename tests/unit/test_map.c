/* The hash table: keys as bytes, growth, and no quadratic probing. */
#include "unit.h"

#include <stdio.h>

#include "base/arena.h"
#include "base/map.h"

static void test_empty(void **state)
{
	struct map m = {0};

	(void)state;
	assert_null(map_get(&m, STR("a")));
	assert_null(map_get(&m, STR("")));
	map_release(&m);
	map_release(&m);
}

static void test_put_and_get(void **state)
{
	struct map m = {0};
	bool is_new;

	(void)state;
	assert_int_equal(*map_put(&m, STR("a"), 1, &is_new), 1);
	assert_true(is_new);
	assert_int_equal(*map_put(&m, STR("a"), 2, &is_new), 1);
	assert_false(is_new);
	*map_put(&m, STR("a"), 0, NULL) = 9;
	assert_int_equal(*map_get(&m, STR("a")), 9);
	assert_null(map_get(&m, STR("A")));
	assert_null(map_get(&m, STR("a\0")));
	*map_put(&m, STR("a\0"), 3, NULL) += 1;
	*map_put(&m, STR(""), 5, NULL) += 1;
	assert_int_equal(*map_get(&m, STR("a")), 9);
	assert_int_equal(*map_get(&m, STR("a\0")), 4);
	assert_int_equal(*map_get(&m, (struct str){NULL, 0}), 6);
	assert_int_equal(m.n, 3);
	map_release(&m);
	assert_null(map_get(&m, STR("a")));
}

/* Every key is found again after every growth. */
static void test_many(void **state)
{
	enum { N = 100000 };
	struct arena a = {0};
	struct map m = {0};

	(void)state;
	for (size_t i = 0; i < N; i++) {
		bool is_new;
		struct str key = arena_fmt(&a, "host-%zu.example.org", i);

		assert_int_equal(*map_put(&m, key, i, &is_new), i);
		assert_true(is_new);
	}
	assert_int_equal(m.n, N);
	assert_true(m.cap >= N && m.cap <= 4 * N);
	for (size_t i = 0; i < N; i++) {
		char key[32];
		size_t *at;

		snprintf(key, sizeof key, "host-%zu.example.org", i);
		at = map_get(&m, str_c(key));
		assert_non_null(at);
		assert_int_equal(*at, i);
	}
	assert_null(map_get(&m, STR("host-100000.example.org")));
	map_release(&m);
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_put_and_get),
		cmocka_unit_test(test_many),
	};

	return cmocka_run_group_tests_name("map", tests, NULL, NULL);
}
