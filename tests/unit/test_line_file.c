/* Lines of files, short and long, and files that are none. */
#include "unit.h"

#include <stdio.h>
#include <string.h>

#include "feeds/line_file.h"
#include "folder.h"

static void put(const char *text, size_t n, size_t times)
{
	FILE *f = fopen("lines", "we");

	assert_non_null(f);
	while (times--)
		assert_int_equal(fwrite(text, 1, n, f), n);
	assert_int_equal(fclose(f), 0);
}

/* How many lines there are, and their bytes. */
static size_t count(size_t *ret_bytes, enum err *ret_error)
{
	struct line_file l;
	struct str line;
	size_t n = 0;

	*ret_bytes = 0;
	line_file_open(&l, "lines");
	while (line_file_next(&l, &line)) {
		n++;
		*ret_bytes += line.n;
	}
	*ret_error = l.error;
	assert_false(line_file_next(&l, &line));
	line_file_close(&l);
	return n;
}

static void expect(size_t lines, size_t bytes, enum err error)
{
	size_t got;
	enum err e;

	assert_int_equal(count(&got, &e), lines);
	assert_int_equal(got, bytes);
	assert_int_equal(e, error);
}

static void test_lines_and_none(void **state)
{
	(void)state;
	put("", 0, 1);
	expect(0, 0, OK);
	put("\n\na\nbc", 6, 1);
	expect(4, 3, OK);
	put("ab\n", 3, 100000); /* lines over the ends of pieces */
	expect(100000, 200000, OK);
	put("a\0b\n", 4, 1);
	expect(1, 3, OK);
}

static void test_a_long_line(void **state)
{
	static char text[1 << 20];

	(void)state;
	memset(text, 'a', sizeof text);
	put(text, sizeof text, 3);
	expect(1, 3 << 20, OK);
	put(text, sizeof text, 5);
	expect(0, 0, ERR_LIMIT);
}

static void test_what_cannot_be_read(void **state)
{
	(void)state;
	remove("lines");
	expect(0, 0, ERR_IO);
	assert_int_equal(mkdir("lines", 0700), 0);
	expect(0, 0, ERR_IO);
	assert_int_equal(rmdir("lines"), 0);
}

int main(void)
{
#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, folder_setup, folder_teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_lines_and_none), TEST(test_a_long_line),
		TEST(test_what_cannot_be_read)};

	return cmocka_run_group_tests_name("line_file", tests, NULL, NULL);
}
