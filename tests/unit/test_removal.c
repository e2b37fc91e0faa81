/* How components come in, what needs them, and which versions do not. */
#include "unit.h"

#include "model/removal.h"

static struct scan scan;
static struct verdict verdict;
static struct arena arena;

static int teardown(void **state)
{
	(void)state;
	scan_release(&scan);
	verdict_release(&verdict);
	arena_release(&arena);
	scan = (struct scan){0};
	verdict = (struct verdict){0};
	arena = (struct arena){0};
	return 0;
}

/* A component and how the verdict reached it. */
static size_t add(const char *purl, size_t parent)
{
	struct str text = str_c(purl), name, version;
	size_t i = component_add(&scan.parts, text, STR("t"),
				 (struct evidence){STR("f"), 1});
	struct component *c = &scan.parts.components.v[i];

	str_cut(text, '@', &name, &version);
	c->name = name;
	c->version = version;
	c->purl = text;
	c->is_root = parent == SIZE_MAX && str_has_prefix(text,
							  STR("pkg:generic/"));
	vec_push(&verdict.scores,
		 ((struct component_score){.component = i, .parent = parent}));
	return i;
}

static void edge(size_t from, size_t to)
{
	component_add_edge(&scan.parts, from, to, EDGE_DEPENDS_ON);
}

static struct removal find(size_t component)
{
	return *removal_find(&scan, &verdict, &component, 1, &arena);
}

static void test_ways(void **state)
{
	size_t root = add("pkg:generic/product@1", SIZE_MAX);
	size_t a = add("pkg:npm/a@1", root), b = add("pkg:npm/b@1", a);
	size_t lone = add("pkg:npm/lone@1", SIZE_MAX);
	struct removal r;

	(void)state;
	edge(root, a);
	edge(a, b);
	r = find(b);
	assert_int_equal(r.relation, REMOVAL_TRANSITIVE);
	assert_int_equal(r.path_n, 3);
	assert_int_equal(r.path[0], root);
	assert_int_equal(r.path[1], a);
	assert_int_equal(r.path[2], b);
	assert_int_equal(find(a).relation, REMOVAL_DIRECT);
	assert_int_equal(find(root).relation, REMOVAL_NAMED);
	assert_int_equal(find(lone).relation, REMOVAL_UNREACHED);
	assert_int_equal(find(lone).path_n, 1);
}

static void test_dependents_once_each(void **state)
{
	size_t root = add("pkg:generic/product@1", SIZE_MAX);
	size_t x = add("pkg:npm/x@1", root), a = add("pkg:npm/a@1", root);
	struct removal r;

	(void)state;
	edge(a, x);
	edge(root, x);
	edge(a, x);
	edge(x, x);
	r = find(x);
	assert_int_equal(r.dependents_n, 2);
	assert_int_equal(r.dependents[0], root);
	assert_int_equal(r.dependents[1], a);
	assert_int_equal(find(root).dependents_n, 0);
}

/* a@2 has another dependency and not x: it drops it; of a@3 nothing is said;
 * a@4 needs another version of x; a@5 is said to need nothing; a@6 is known
 * in part. */
static void test_versions_that_drop_it(void **state)
{
	size_t root = add("pkg:generic/product@1", SIZE_MAX);
	size_t a1 = add("pkg:npm/a@1", root), x = add("pkg:npm/x@1", a1);
	size_t a2 = add("pkg:npm/a@2", root), y = add("pkg:npm/y@1", a2);
	size_t a4, a5, a6;
	struct removal r;

	(void)state;
	add("pkg:npm/a@3", root);
	a4 = add("pkg:npm/a@4", root);
	a5 = add("pkg:npm/a@5", root);
	a6 = add("pkg:npm/a@6", root);
	add("pkg:npm/b@2", root);
	edge(a1, x);
	edge(a2, y);
	edge(a4, add("pkg:npm/x@2", a4));
	edge(a6, y);
	scan.parts.components.v[a5].completeness = COMPLETENESS_COMPLETE;
	scan.parts.components.v[a6].completeness = COMPLETENESS_INCOMPLETE;
	r = find(x);
	assert_int_equal(r.dropped_by_n, 2);
	assert_int_equal(r.dropped_by[0], a2);
	assert_int_equal(r.dropped_by[1], a5);
	r = find(y);
	assert_int_equal(r.dropped_by_n, 3);
	assert_int_equal(r.dropped_by[0], a1);
	assert_int_equal(r.dropped_by[1], a4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_ways, teardown),
		cmocka_unit_test_teardown(test_dependents_once_each,
					  teardown),
		cmocka_unit_test_teardown(test_versions_that_drop_it,
					  teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
