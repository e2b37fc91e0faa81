/*
 * Charts: each as the file fixtures/report/charts/NAME.svg says, byte for
 * byte, and sound whatever the figures are.  RANWHENCE_UPDATE=1 writes the
 * files anew (run the program by hand: the runner takes the variable away).
 */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

#include "report/svg.h"

static struct strbuf out;

static int setup(void **state)
{
	(void)state;
	strbuf_init(&out, 0);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	strbuf_release(&out);
	return 0;
}

static void read_file(const char *path, struct strbuf *b)
{
	FILE *f = fopen(path, "rb");
	int c;

	assert_non_null(f);
	while ((c = getc(f)) != EOF)
		strbuf_ch(b, (char)c);
	fclose(f);
}

static void assert_golden(const char *name)
{
	const char *srcdir = getenv("SRCDIR");
	struct strbuf want;
	char path[4096];

	if (!srcdir)
		skip();
	snprintf(path, sizeof path, "%s/fixtures/report/charts/%s.svg", srcdir,
		 name);
	if (getenv("RANWHENCE_UPDATE")) {
		FILE *f = fopen(path, "wb");

		assert_non_null(f);
		fwrite(out.p, 1, out.n, f);
		fclose(f);
	}
	strbuf_init(&want, 0);
	read_file(path, &want);
	unit_assert_str(strbuf_str(&out), strbuf_str(&want), path, 0);
	strbuf_release(&want);
}

static bool holds(const char *text)
{
	return str_find(strbuf_str(&out), str_c(text)) != SIZE_MAX;
}

static void test_interval(void **state)
{
	const struct svg_interval bars[] = {
		{{0, 10000}, {-1, -1}, -1, false},
		{{1, 2}, {-1, -1}, 2500, false},
		{{2500, 7500}, {3000, 4000}, -1, false},
		{{10000, 10000}, {-1, -1}, 5000, true}};

	(void)state;
	for (size_t i = 0; i < sizeof bars / sizeof *bars; i++) {
		svg_interval(&out, &bars[i], i ? STR("a \"label\"") : STR(""));
		strbuf_ch(&out, '\n');
	}
	assert_golden("interval");
}

static void test_stacked(void **state)
{
	const struct svg_part parts[] = {{"is", 1}, {"may", 2}, {"no", 1}};
	const struct svg_part huge[] = {{"is", UINT64_MAX}, {"no", 5}};

	(void)state;
	svg_stacked(&out, parts, 3, 4);
	svg_stacked(&out, parts, 3, 0);
	svg_stacked(&out, huge, 2, UINT64_MAX);
	assert_golden("stacked");
}

static void test_columns(void **state)
{
	const struct svg_year years[] = {
		{2019, 0, 4, 0}, {2020, 10, 20, 70}, {2022, 1, 0, 0},
		{2023, 500, 0, 1500}};

	(void)state;
	svg_columns(&out, years, 4, "commits");
	assert_golden("columns");
}

static void test_days(void **state)
{
	const struct svg_day days[] = {
		{STR("2024-06-01"), {0, 10000}},
		{STR("<day>"), {1, 2}},
		{STR("2025-06-01"), {2500, 7500}},
		{STR("2026-06-01"), {10000, 10000}}};
	static struct svg_day many[200];

	(void)state;
	svg_days(&out, days, 4, STR("Influence by day"));
	assert_golden("days");
	assert_false(holds("<day>"));
	strbuf_clear(&out);
	for (size_t i = 0; i < 200; i++)
		many[i] = (struct svg_day){i == 199 ? STR("last") : STR("x"),
					   {0, 1}};
	svg_days(&out, many, 200, STR("many"));
	assert_true(holds("last"));
	assert_in_range(out.n, 1000, 20000);
	strbuf_clear(&out);
	svg_days(&out, many, 0, STR("none"));
	assert_int_equal(out.n, 0);
}

/* A history may claim any year and any amount. */
static void test_columns_are_bounded(void **state)
{
	const struct svg_year years[] = {
		{1, 5, 5, 5}, {1970, UINT64_MAX, UINT64_MAX, 1},
		{9990, 1, 1, 1}, {9999, UINT64_MAX - 1, 1, 0}};

	(void)state;
	svg_columns(&out, years, 4, "commits");
	assert_true(out.n < 10000);
	assert_false(holds("<title>1:"));
	assert_true(holds("<title>9999:"));
	strbuf_clear(&out);
	svg_columns(&out, years, 0, "commits");
	assert_int_equal(out.n, 0);
}

static void test_treemap(void **state)
{
	const struct svg_field fields[] = {
		{STR("kernel 6.1"), STR("c-kernel"), 600, {0, 10000}},
		{STR("<library>"), STR("c-library"), 300, {600, 2000}},
		{STR("\xe2\x80\xae" "tool"), STR(""), 80, {5100, 5100}},
		{STR("small"), STR("c-small"), 20, {0, 0}}};

	(void)state;
	svg_treemap(&out, fields, 4, STR("What is how great"));
	assert_golden("treemap");
	assert_false(holds("<library>"));
}

static void test_treemap_is_bounded(void **state)
{
	static struct svg_field fields[200];
	size_t n = 0;

	(void)state;
	for (size_t i = 0; i < 200; i++)
		fields[i] = (struct svg_field){STR("x"), STR(""),
					       i < 5 ? UINT64_MAX / 4 : 1,
					       {0, 0}};
	svg_treemap(&out, fields, 200, STR("many"));
	for (size_t i = 0; i + 9 < out.n; i++)
		n += !str_cmp(str_n(out.p + i, 9), STR("class=\"fi"));
	assert_in_range(n, 2, 60);
	strbuf_clear(&out);
	svg_treemap(&out, fields, 0, STR("none"));
	assert_int_equal(out.n, 0);
}

static void test_chain(void **state)
{
	const struct svg_node nodes[] = {
		{STR("us-list"), STR("list"), true},
		{STR("Holder & Co"), STR("company"), false},
		{STR("A company with a name that has no room at all here"),
		 STR("company"), false},
		{STR("The held one"), STR(""), false}};
	const struct svg_edge edges[] = {
		{0, 1, STR("lists"), STR("since 2019; A, src")},
		{1, 2, STR("holds 60%"), STR("A, src")},
		{1, 3, STR("holds 20%"), STR("since 2020; A, src")},
		{2, 3, STR("holds 40%"), STR("A, src")}};

	(void)state;
	svg_chain(&out, nodes, 4, edges, 4);
	assert_golden("chain");
}

/* Whoever owns each other goes round in a circle. */
static void test_chain_ends_in_a_circle(void **state)
{
	const struct svg_node nodes[] = {{STR("a"), STR(""), true},
					 {STR("b"), STR(""), false},
					 {STR("c"), STR(""), false}};
	const struct svg_edge edges[] = {{0, 1, STR("x"), STR("y")},
					 {1, 2, STR("x"), STR("y")},
					 {2, 1, STR("x"), STR("y")},
					 {2, 2, STR("x"), STR("y")}};

	(void)state;
	svg_chain(&out, nodes, 3, edges, 4);
	assert_true(holds("</svg>"));
	assert_true(out.n < 10000);
}

static void test_path(void **state)
{
	const struct str names[] = {STR("product 1"), STR("a"), STR("b"),
				    STR("<c>")};

	(void)state;
	svg_path(&out, names, 4);
	assert_golden("path");
}

static void test_network(void **state)
{
	struct svg_function f[FUNCTION_COUNT] = {0};

	(void)state;
	f[FUNCTION_O_DU] = (struct svg_function){true, 3, {120, 6180}};
	f[FUNCTION_SMO] = (struct svg_function){true, 1, {5730, 9500}};
	f[FUNCTION_XAPP] = (struct svg_function){true, 2, {0, 0}};
	f[FUNCTION_TOOLING] = (struct svg_function){true, 1, {0, 10000}};
	svg_network(&out, f);
	assert_golden("network");
}

/* All of them, and what stands beside. */
static void test_network_draws_every_function(void **state)
{
	struct svg_function f[FUNCTION_COUNT];

	(void)state;
	for (size_t i = 0; i < FUNCTION_COUNT; i++)
		f[i] = (struct svg_function){true, 1, {0, 0}};
	svg_network(&out, f);
	for (size_t i = 1; i < FUNCTION_COUNT; i++) {
		struct strbuf word;

		strbuf_init(&word, 0);
		strbuf_fmt(&word, ">%s</text>", component_function_name(
						(enum function)i));
		assert_true(holds(word.p));
		strbuf_release(&word);
	}
	assert_false(holds("absent"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
		T(test_interval), T(test_stacked), T(test_columns),
		T(test_columns_are_bounded), T(test_days),
		T(test_treemap),
		T(test_treemap_is_bounded), T(test_chain),
		T(test_chain_ends_in_a_circle), T(test_path),
		T(test_network), T(test_network_draws_every_function)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
