/* Diagnostics: limits, order, merging, and the table of codes. */
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/limits.h"

static struct diags ds;

static int teardown(void **state)
{
	(void)state;
	diag_release(&ds);
	return 0;
}

static void test_what_is_added_is_copied(void **state)
{
	char path[] = "go.mod", message[] = "odd";

	(void)state;
	diag_add(&ds, RW1301, diag_at_column(str_c(path), 3, 4), "%s one",
		 message);
	memset(path, 'x', sizeof path - 1);
	memset(message, 'x', sizeof message - 1);
	assert_int_equal(ds.kept.n, 1);
	assert_int_equal(ds.kept.v[0].code, RW1301);
	assert_str(ds.kept.v[0].place.path, "go.mod");
	assert_int_equal(ds.kept.v[0].place.line, 3);
	assert_int_equal(ds.kept.v[0].place.column, 4);
	assert_str(ds.kept.v[0].message, "odd one");
}

static void test_long_message(void **state)
{
	static char text[100000];

	(void)state;
	memset(text, 'a', sizeof text - 1);
	diag_add(&ds, RW1301, diag_at(STR("")), "%s", text);
	assert_int_equal(ds.kept.v[0].message.n, LIMIT_DIAG_BYTES);
}

/* Past the limit of a code, they are counted and not kept. */
static void test_limit_of_a_code(void **state)
{
	(void)state;
	for (unsigned i = 0; i < 100000; i++)
		diag_add(&ds, RW1101, diag_at_line(STR("a"), i), "bad");
	diag_add(&ds, RW1102, diag_at(STR("a")), "other");
	assert_int_equal(ds.kept.n, LIMIT_DIAGS_PER_CODE + 1);
	assert_int_equal(ds.counts[RW1101], 100000);
	assert_int_equal(diag_dropped(&ds), 100000 - LIMIT_DIAGS_PER_CODE);
	assert_true(ds.arena.total < 100000);
}

static void test_limit_in_all(void **state)
{
	unsigned long all = 0;

	(void)state;
	for (int c = 0; c < DIAG_CODE_COUNT; c++)
		for (unsigned i = 0; i < LIMIT_DIAGS_PER_CODE; i++, all++)
			diag_add(&ds, (enum diag_code)c, diag_at(STR("")),
				 "x");
	assert_true(all > LIMIT_DIAGS);
	assert_int_equal(ds.kept.n, LIMIT_DIAGS);
	assert_int_equal(diag_dropped(&ds), all - LIMIT_DIAGS);
}

static void test_sort_and_fold(void **state)
{
	static const struct {
		enum diag_code code;
		const char *path;
		unsigned line, column;
		const char *message;
	} sorted[] = {
		{RW1101, "a", 0, 0, "x"}, {RW1101, "a", 1, 2, "x"},
		{RW1101, "a", 1, 10, "x"}, {RW1101, "a", 2, 0, "x"},
		{RW1102, "a", 2, 0, "x"}, {RW1102, "a", 2, 0, "y"},
		{RW1001, "b", 0, 0, "x"},
	};
	enum { N = sizeof sorted / sizeof *sorted };

	(void)state;
	for (int twice = 0; twice < 2; twice++)
		for (size_t i = N; i-- > 0;)
			diag_add(&ds, sorted[i].code, diag_at_column(
				 str_c(sorted[i].path), sorted[i].line,
				 sorted[i].column), "%s", sorted[i].message);
	diag_sort(&ds);
	assert_int_equal(ds.kept.n, N);
	assert_int_equal(diag_dropped(&ds), 0);
	for (size_t i = 0; i < N; i++) {
		assert_int_equal(ds.kept.v[i].code, sorted[i].code);
		assert_true(str_is(ds.kept.v[i].place.path, sorted[i].path));
		assert_int_equal(ds.kept.v[i].place.line, sorted[i].line);
		assert_true(str_is(ds.kept.v[i].message, sorted[i].message));
	}
	assert_int_equal(ds.counts[RW1001], 1);
}

static void test_merge(void **state)
{
	struct diags other = {0};

	(void)state;
	diag_add(&ds, RW1101, diag_at(STR("a")), "first");
	for (int i = 0; i < 70; i++)
		diag_add(&other, RW1101, diag_at(STR("b")), "%d", i);
	diag_add(&other, RW1404, diag_at(STR("b")), "shallow");
	diag_merge(&ds, &other);
	diag_release(&other);
	assert_int_equal(ds.counts[RW1101], 71);
	assert_int_equal(ds.counts[RW1404], 1);
	assert_int_equal(ds.kept.n, LIMIT_DIAGS_PER_CODE + 1);
	assert_int_equal(diag_dropped(&ds), 71 - LIMIT_DIAGS_PER_CODE);
	assert_str(ds.kept.v[0].message, "first");
	assert_str(ds.kept.v[ds.kept.n - 1].message, "shallow");
}

static void test_effects(void **state)
{
	(void)state;
	assert_false(diag_has_effect(&ds, DIAG_HARMLESS));
	diag_add(&ds, RW1003, diag_at(STR("a")), "x");
	assert_true(diag_has_effect(&ds, DIAG_HARMLESS));
	assert_false(diag_has_effect(&ds, DIAG_INCOMPLETE));
	diag_add(&ds, RW1002, diag_at(STR("a")), "x");
	assert_true(diag_has_effect(&ds, DIAG_INCOMPLETE));
	assert_false(diag_has_effect(&ds, DIAG_FATAL));
	diag_add(&ds, RW1001, diag_at(STR("a")), "x");
	assert_true(diag_has_effect(&ds, DIAG_FATAL));
}

/* Names rise, find their code, and say something. */
static void test_table(void **state)
{
	enum diag_code found;

	(void)state;
	for (int c = 0; c < DIAG_CODE_COUNT; c++) {
		enum diag_code code = (enum diag_code)c;
		const char *text = diag_text(code);

		if (c)
			assert_true(strcmp(diag_name(code - 1),
					   diag_name(code)) < 0);
		assert_true(diag_find(str_c(diag_name(code)), &found));
		assert_int_equal(found, code);
		assert_true(strlen(diag_title(code)) > 3);
		assert_int_equal(text[strlen(text) - 1], '.');
		/* what stops the run or hides something is no note */
		assert_true(diag_effect(code) == DIAG_HARMLESS ||
			    diag_severity(code) != DIAG_NOTE);
	}
	assert_true(diag_find(STR("rw1001"), &found));
	assert_int_equal(found, RW1001);
	assert_false(diag_find(STR("RW100"), &found));
	assert_false(diag_find(STR(""), &found));
	assert_string_equal(diag_severity_name(DIAG_NOTE), "note");
	assert_string_equal(diag_severity_name(DIAG_WARNING), "warning");
	assert_string_equal(diag_severity_name(DIAG_ERROR), "error");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_what_is_added_is_copied,
					  teardown),
		cmocka_unit_test_teardown(test_long_message, teardown),
		cmocka_unit_test_teardown(test_limit_of_a_code, teardown),
		cmocka_unit_test_teardown(test_limit_in_all, teardown),
		cmocka_unit_test_teardown(test_sort_and_fold, teardown),
		cmocka_unit_test_teardown(test_merge, teardown),
		cmocka_unit_test_teardown(test_effects, teardown),
		cmocka_unit_test(test_table),
	};

	return cmocka_run_group_tests_name("diag", tests, NULL, NULL);
}
