/* Leaving components out: what goes with them, and what stays. */
#include "unit.h"

#include "model/prune.h"

static struct scan scan;

static int teardown(void **state)
{
	(void)state;
	scan_release(&scan);
	scan = (struct scan){0};
	return 0;
}

static size_t add(const char *purl, bool is_root)
{
	size_t i = component_add(&scan.parts, str_c(purl), STR("t"),
				 (struct evidence){STR("f"), 1});

	scan.parts.components.v[i].purl = str_c(purl);
	scan.parts.components.v[i].is_root = is_root;
	return i;
}

static void edge(size_t from, size_t to)
{
	component_add_edge(&scan.parts, from, to, EDGE_DEPENDS_ON);
}

static size_t prune(const char *purl, size_t *all)
{
	struct selector s = {.purl = str_c(purl)};

	return prune_scan(&scan, &s, 1, all);
}

/* root -> a -> b -> c, root -> d -> c, e by itself */
static void setting(void)
{
	size_t root = add("pkg:x/root@1", true), a = add("pkg:x/a@1", false);
	size_t b = add("pkg:x/b@1", false), c = add("pkg:x/c@1", false);
	size_t d = add("pkg:x/d@1", false);

	add("pkg:x/e@1", false);
	edge(root, a);
	edge(a, b);
	edge(b, c);
	edge(root, d);
	edge(d, c);
	component_add_seat(&scan.parts, c, SEAT_LEAD, (struct evidence){0});
	component_add_seat(&scan.parts, b, SEAT_LEAD, (struct evidence){0});
	vec_push(&scan.targets, ((struct target){.root = root}));
}

static void test_what_only_it_brings_in_goes_too(void **state)
{
	size_t all;

	(void)state;
	setting();
	assert_int_equal(prune("pkg:x/a", &all), 1);
	assert_int_equal(all, 2);
	assert_int_equal(scan.parts.components.n, 4);
	assert_str(scan.parts.components.v[1].purl, "pkg:x/c@1");
	assert_str(scan.parts.components.v[3].purl, "pkg:x/e@1");
	assert_int_equal(scan.parts.edges.n, 2);
	assert_int_equal(scan.parts.edges.v[0].to, 2);
	assert_int_equal(scan.parts.edges.v[1].from, 2);
	assert_int_equal(scan.parts.edges.v[1].to, 1);
	assert_int_equal(scan.parts.seats.n, 1);
	assert_int_equal(scan.parts.seats.v[0].component, 1);
	assert_int_equal(scan.targets.v[0].root, 0);
}

static void test_a_root(void **state)
{
	size_t all;

	(void)state;
	setting();
	assert_int_equal(prune("pkg:x/root@1", &all), 1);
	assert_int_equal(all, 5);
	assert_int_equal(scan.parts.components.n, 1);
	assert_true(scan.targets.v[0].root == SIZE_MAX);
}

static void test_nothing_is_picked(void **state)
{
	size_t all;

	(void)state;
	setting();
	assert_int_equal(prune("pkg:x/a@2", &all), 0);
	assert_int_equal(all, 0);
	assert_int_equal(scan.parts.components.n, 6);
	assert_int_equal(scan.parts.edges.n, 5);
}

static void test_circles(void **state)
{
	size_t root = add("pkg:x/root", true), a = add("pkg:x/a", false);
	size_t b = add("pkg:x/b", false), all;

	(void)state;
	edge(root, a);
	edge(a, b);
	edge(b, a);
	edge(b, b);
	assert_int_equal(prune("pkg:x/b", &all), 1);
	assert_int_equal(all, 1);
	assert_int_equal(scan.parts.components.n, 2);
	assert_int_equal(scan.parts.edges.n, 1);
}

static void test_an_empty_scan(void **state)
{
	size_t all;

	(void)state;
	assert_int_equal(prune("pkg:x/b", &all), 0);
	assert_int_equal(all, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_teardown(name, teardown)
		TEST(test_what_only_it_brings_in_goes_too),
		TEST(test_a_root),
		TEST(test_nothing_is_picked),
		TEST(test_circles),
		TEST(test_an_empty_scan),
	};

	return cmocka_run_group_tests_name("prune", tests, NULL, NULL);
}
