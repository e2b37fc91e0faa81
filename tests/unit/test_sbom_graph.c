/* Cycles and reachability, checked against the obvious slow way. */
#include "unit.h"

#include <string.h>

#include "base/strbuf.h"
#include "extract/sbom_graph.h"

static struct parts parts;
static struct strbuf out;

static void begin(size_t components)
{
	component_parts_release(&parts);
	strbuf_clear(&out);
	for (size_t i = 0; i < components; i++)
		component_add(&parts, STR("c"), STR("x"),
			      (struct evidence){STR("f"), 1});
}

static int teardown(void **state)
{
	(void)state;
	component_parts_release(&parts);
	strbuf_release(&out);
	return 0;
}

static void found(size_t least, size_t n, void *with)
{
	(void)with;
	strbuf_fmt(&out, "%zu:%zu ", least, n);
}

static struct str cycles(size_t first_component, size_t first_edge)
{
	struct sbom_graph g;

	strbuf_clear(&out);
	sbom_graph_init(&g, &parts, first_component, first_edge, true);
	sbom_graph_cycles(&g, found, NULL);
	sbom_graph_release(&g);
	return strbuf_str(&out);
}

static void edge(size_t from, size_t to)
{
	component_add_edge(&parts, from, to, EDGE_DEPENDS_ON);
}

static void test_small_cycles(void **state)
{
	(void)state;
	begin(0);
	assert_str(cycles(0, 0), "");
	begin(8);
	edge(0, 1);
	edge(1, 2);
	edge(2, 1);         /* 1 and 2 */
	edge(2, 3);
	edge(4, 4);         /* 4 alone */
	edge(7, 5);
	edge(5, 6);
	edge(6, 7);         /* 5, 6 and 7 */
	edge(3, 5);
	assert_str(cycles(0, 0), "1:2 4:1 5:3 ");
	component_add_edge(&parts, 3, 0, EDGE_CONTAINS);
	assert_str(cycles(0, 0), "1:2 4:1 5:3 ");
}

static void test_earlier_parts_are_left_alone(void **state)
{
	(void)state;
	begin(4);
	edge(0, 1);
	edge(1, 0);
	edge(2, 3);
	edge(3, 2);
	assert_str(cycles(2, 2), "2:2 ");
}

static void test_long_chain_and_ring(void **state)
{
	size_t n = 200000;

	(void)state;
	begin(n);
	for (size_t i = 0; i + 1 < n; i++)
		edge(i, i + 1);
	assert_str(cycles(0, 0), "");
	edge(n - 1, 0);
	assert_str(cycles(0, 0), "0:200000 ");
}

/* a reaches b by at least one edge, in the n x n matrix */
static void close_relation(bool *reach, size_t n)
{
	for (size_t k = 0; k < n; k++)
		for (size_t i = 0; i < n; i++)
			for (size_t j = 0; j < n; j++)
				reach[i * n + j] |= reach[i * n + k] &&
						    reach[k * n + j];
}

static void slow_cycles(const bool *reach, size_t n, struct strbuf *want)
{
	for (size_t i = 0; i < n; i++) {
		size_t size = 0, least = SIZE_MAX;

		for (size_t j = 0; j < n; j++)
			if (reach[i * n + j] && reach[j * n + i]) {
				size++;
				least = j < least ? j : least;
			}
		if (least == i)
			strbuf_fmt(want, "%zu:%zu ", i, size);
	}
}

static void test_random_graphs(void **state)
{
	enum { N = 9 };
	uint64_t seed = 88172645463325252u;

	(void)state;
	for (int round = 0; round < 500; round++) {
		bool reach[N * N] = {false};
		struct strbuf want = {0};
		struct sbom_graph g;

		begin(N);
		for (int i = 0; i < 4 + round % 12; i++) {
			size_t from, to;

			seed ^= seed << 13;
			seed ^= seed >> 7;
			seed ^= seed << 17;
			from = (size_t)(seed >> 8) % N;
			to = (size_t)(seed >> 24) % N;
			edge(from, to);
			reach[from * N + to] = true;
		}
		close_relation(reach, N);
		slow_cycles(reach, N, &want);
		assert_true(str_eq(cycles(0, 0), strbuf_str(&want)));
		strbuf_release(&want);
		sbom_graph_init(&g, &parts, 0, 0, false);
		sbom_graph_reach(&g, 3);
		for (size_t i = 0; i < N; i++)
			assert_true(sbom_graph_is_reached(&g, i) ==
				    (i == 3 || reach[3 * N + i]));
		sbom_graph_release(&g);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_small_cycles),
		cmocka_unit_test(test_earlier_parts_are_left_alone),
		cmocka_unit_test(test_long_chain_and_ring),
		cmocka_unit_test(test_random_graphs),
	};

	return cmocka_run_group_tests_name("sbom_graph", tests, NULL,
					   teardown);
}
