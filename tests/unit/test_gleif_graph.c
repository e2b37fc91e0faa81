/* Which entities belong to those that are wanted. */
#include "unit.h"

#include <stdio.h>
#include <unistd.h>

#include "feeds/gleif_graph.h"

static struct strbuf out;

static struct str lei(unsigned n)
{
	static char text[4][21];
	static unsigned at;
	char *p = text[at++ % 4];

	snprintf(p, 21, "%020u", n);
	return str_c(p);
}

static void take(void *context, const struct str *f)
{
	(void)context;
	strbuf_fmt(&out, "%.*s=%.*s;", STR_ARG(str_from(f[0], 17)),
		   STR_ARG(f[1]));
}

static void edge(struct gleif_graph *g, unsigned held, unsigned holder)
{
	gleif_graph_edge(g, lei(held), lei(holder));
}

static void hold(struct gleif_graph *g, unsigned n, const char *name)
{
	struct str fields[] = {lei(n), str_c(name)};

	gleif_graph_hold(g, fields, 2);
}

static void test_up_and_down(void **state)
{
	struct gleif_graph g = {0};

	(void)state;
	/* 1 <- 2 <- 3 above; 4, 5 below; 6 is a sister; 8, 9 are apart */
	edge(&g, 1, 2);
	edge(&g, 2, 3);
	edge(&g, 4, 1);
	edge(&g, 5, 4);
	edge(&g, 6, 2);
	edge(&g, 8, 9);
	edge(&g, 3, 2); /* a circle */
	gleif_graph_edge(&g, STR("short"), lei(1));
	gleif_graph_sort(&g);
	for (unsigned i = 2; i < 10; i++)
		hold(&g, i, i == 3 ? "" : "name");
	hold(&g, 77, "without a relation");
	hold(&g, 2, "a second row");
	gleif_graph_want(&g, lei(1));
	gleif_graph_want(&g, lei(55));
	assert_int_equal(gleif_graph_close(&g, take, NULL), OK);
	assert_str(strbuf_str(&out), "002=name;003=;004=name;005=name;");
	gleif_graph_release(&g);
}

static void test_nothing(void **state)
{
	struct gleif_graph g = {0};

	(void)state;
	strbuf_clear(&out);
	gleif_graph_sort(&g);
	hold(&g, 1, "x");
	gleif_graph_want(&g, lei(1));
	assert_int_equal(gleif_graph_close(&g, take, NULL), OK);
	assert_str(strbuf_str(&out), "");
	gleif_graph_release(&g);
	strbuf_release(&out);
}

/* More rows than stay in memory, long ones among them. */
static void test_in_a_file(void **state)
{
	char name[3000];
	struct gleif_graph g = {.folder = "."};
	unsigned n = 3000;

	(void)state;
	memset(name, 'x', sizeof name - 1);
	name[sizeof name - 1] = '\0';
	for (unsigned i = 1; i < n; i++)
		edge(&g, i, i + 1);
	gleif_graph_sort(&g);
	for (unsigned i = 1; i <= n; i++)
		hold(&g, i, i % 2 ? name : "short");
	gleif_graph_want(&g, lei(100));
	assert_true(g.written > 4000000 && g.rows.n < 3000000);
	strbuf_clear(&out);
	assert_int_equal(gleif_graph_close(&g, take, NULL), OK);
	assert_true(out.n > 1400 * 3000);
	assert_non_null(strstr(out.p, ";002=short;003=xxx"));
	/* what the disk lost is not left out quietly */
	assert_int_equal(ftruncate(g.file, 0), 0);
	strbuf_clear(&out);
	assert_int_equal(gleif_graph_close(&g, take, NULL), ERR_IO);
	gleif_graph_release(&g);
	strbuf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_in_a_file),
		cmocka_unit_test(test_up_and_down),
		cmocka_unit_test(test_nothing),
	};

	return cmocka_run_group_tests_name("gleif_graph", tests, NULL, NULL);
}
