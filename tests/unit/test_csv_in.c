/* CSV: quoting, line counting, malformed rows and their limits. */
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "base/csv_in.h"

static struct arena arena;
static struct csv c;

static int teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

static void begin(const char *text)
{
	csv_init(&c, str_c(text), &arena);
}

static void test_plain_rows(void **state)
{
	(void)state;
	begin("kind,subject\nhost, example.com \n,\n");
	assert_int_equal(csv_row(&c), OK);
	assert_int_equal(c.line, 1);
	assert_int_equal(c.n, 2);
	assert_str(c.fields[1], "subject");
	assert_int_equal(csv_row(&c), OK);
	assert_str(c.fields[1], " example.com ");
	assert_int_equal(csv_row(&c), OK);
	assert_int_equal(c.n, 2);
	assert_str(c.fields[0], "");
	assert_str(c.fields[1], "");
	assert_int_equal(csv_row(&c), ERR_NOTFOUND);
	assert_int_equal(csv_row(&c), ERR_NOTFOUND);
}

static void test_fields_are_slices_of_the_text(void **state)
{
	const char *text = "a,\"b c\"\n";

	(void)state;
	begin(text);
	assert_int_equal(csv_row(&c), OK);
	assert_ptr_equal(c.fields[0].p, text);
	assert_ptr_equal(c.fields[1].p, text + 3);
	assert_int_equal(arena.total, 0);
}

static void test_quotes(void **state)
{
	(void)state;
	begin("\"a,b\",\"say \"\"hi\"\"\",\"\",\"\"\"\"\n\"two\r\nlines\",x\nz");
	assert_int_equal(csv_row(&c), OK);
	assert_int_equal(c.n, 4);
	assert_str(c.fields[0], "a,b");
	assert_str(c.fields[1], "say \"hi\"");
	assert_str(c.fields[2], "");
	assert_str(c.fields[3], "\"");
	assert_int_equal(csv_row(&c), OK);
	assert_int_equal(c.line, 2);
	assert_str(c.fields[0], "two\r\nlines");
	assert_int_equal(csv_row(&c), OK);
	assert_int_equal(c.line, 4);
	assert_str(c.fields[0], "z");
}

static void test_line_ends(void **state)
{
	(void)state;
	begin("\n\r\n\na,b\r\n\r\n\"q\"\r\na\rb,c\r");
	assert_int_equal(csv_row(&c), OK);
	assert_int_equal(c.line, 4);
	assert_str(c.fields[1], "b");
	assert_int_equal(csv_row(&c), OK);
	assert_int_equal(c.line, 6);
	assert_str(c.fields[0], "q");
	assert_int_equal(csv_row(&c), OK);
	assert_str(c.fields[0], "a\rb");
	assert_str(c.fields[1], "c");
	assert_int_equal(csv_row(&c), ERR_NOTFOUND);
}

static void test_nothing(void **state)
{
	(void)state;
	begin("");
	assert_int_equal(csv_row(&c), ERR_NOTFOUND);
	csv_init(&c, (struct str){NULL, 0}, &arena);
	assert_int_equal(csv_row(&c), ERR_NOTFOUND);
	begin("\r\n\n\r\n");
	assert_int_equal(csv_row(&c), ERR_NOTFOUND);
}

static void test_nul_is_data(void **state)
{
	static const char text[] = "a\0b,\"\0\"\n";

	(void)state;
	csv_init(&c, str_n(text, sizeof text - 1), &arena);
	assert_int_equal(csv_row(&c), OK);
	assert_str(c.fields[0], "a\0b");
	assert_str(c.fields[1], "\0");
}

/* Every malformed row is refused at its line, and the next one is read. */
static void test_malformed_rows(void **state)
{
	static const char *const bad[] = {
		"a,\"b\"c", "\"a\" ,b", "a\"b,c", "a,\"b\"\"c", "\"", "\"\"\"",
		"\"a\"\rb",
	};

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct str text = arena_fmt(&arena, "h\n%s\nnext,row\n",
					    bad[i]);

		csv_init(&c, text, &arena);
		assert_int_equal(csv_row(&c), OK);
		assert_int_equal(csv_row(&c), ERR_FORMAT);
		assert_int_equal(c.line, 2);
		assert_int_equal(c.n, 0);
		assert_int_equal(csv_row(&c), OK);
		assert_int_equal(c.line, 3);
		assert_str(c.fields[1], "row");
		assert_int_equal(csv_row(&c), ERR_NOTFOUND);
	}
}

static void test_open_quote_at_the_end(void **state)
{
	(void)state;
	begin("a,b\nc,\"d");
	assert_int_equal(csv_row(&c), OK);
	assert_int_equal(csv_row(&c), ERR_FORMAT);
	assert_int_equal(csv_row(&c), ERR_NOTFOUND);
}

static void test_number_of_fields(void **state)
{
	char text[LIMIT_CSV_FIELDS + 8];

	(void)state;
	memset(text, ',', sizeof text);
	memcpy(text + LIMIT_CSV_FIELDS - 1, "\nx\n", 4);
	begin(text);
	assert_int_equal(csv_row(&c), OK);
	assert_int_equal(c.n, LIMIT_CSV_FIELDS);
	memset(text, ',', sizeof text);
	memcpy(text + LIMIT_CSV_FIELDS, "\nx\n", 4);
	begin(text);
	assert_int_equal(csv_row(&c), ERR_LIMIT);
	assert_int_equal(csv_row(&c), OK);
	assert_str(c.fields[0], "x");
}

/* A text of one row that is n bytes long, and of a second row "x". */
static struct str long_row(size_t n, char first)
{
	char *p = arena_alloc(&arena, n + 2);

	memset(p, 'a', n);
	p[0] = first;
	p[n] = '\n';
	p[n + 1] = 'x';
	return str_n(p, n + 2);
}

static void test_length_of_a_row(void **state)
{
	(void)state;
	csv_init(&c, long_row(LIMIT_LINE_BYTES - 1, 'a'), &arena);
	assert_int_equal(csv_row(&c), OK);
	assert_int_equal(c.fields[0].n, LIMIT_LINE_BYTES - 1);
	for (int quoted = 0; quoted < 2; quoted++) {
		csv_init(&c, long_row(LIMIT_LINE_BYTES * 3,
				      quoted ? '"' : 'a'), &arena);
		assert_int_equal(csv_row(&c), ERR_LIMIT);
		assert_int_equal(c.line, 1);
		assert_int_equal(csv_row(&c), OK);
		assert_int_equal(c.line, 2);
		assert_str(c.fields[0], "x");
		assert_int_equal(csv_row(&c), ERR_NOTFOUND);
	}
}

/* Many rows that open a quote: every one is refused, in linear time. */
static void test_many_open_quotes(void **state)
{
	enum { ROWS = 200000 };
	char *p = arena_alloc(&arena, ROWS * 4);
	unsigned refused = 0;
	enum err e;

	(void)state;
	for (size_t i = 0; i < ROWS; i++)
		memcpy(p + i * 4, "\"b,\n", 4);
	csv_init(&c, str_n(p, ROWS * 4), &arena);
	while ((e = csv_row(&c)) != ERR_NOTFOUND)
		refused += e != OK;
	assert_int_equal(refused, ROWS);
	assert_int_equal(c.next_line, ROWS + 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_plain_rows, teardown),
		cmocka_unit_test_teardown(test_fields_are_slices_of_the_text,
					  teardown),
		cmocka_unit_test_teardown(test_quotes, teardown),
		cmocka_unit_test_teardown(test_line_ends, teardown),
		cmocka_unit_test_teardown(test_nothing, teardown),
		cmocka_unit_test_teardown(test_nul_is_data, teardown),
		cmocka_unit_test_teardown(test_malformed_rows, teardown),
		cmocka_unit_test_teardown(test_open_quote_at_the_end,
					  teardown),
		cmocka_unit_test_teardown(test_number_of_fields, teardown),
		cmocka_unit_test_teardown(test_length_of_a_row, teardown),
		cmocka_unit_test_teardown(test_many_open_quotes, teardown),
	};

	return cmocka_run_group_tests_name("csv_in", tests, NULL, NULL);
}
