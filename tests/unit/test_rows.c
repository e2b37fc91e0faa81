/* CSV that comes in pieces: columns by name, any cut, and what is refused. */
#include "unit.h"

#include "feeds/rows.h"

static struct strbuf out;

static void take(void *context, const struct str *f)
{
	const size_t *n = context;

	for (size_t i = 0; i < *n; i++)
		strbuf_fmt(&out, "%.*s|", STR_ARG(f[i]));
	strbuf_ch(&out, '\n');
}

/* Reads a text in pieces of this size. */
static enum err read_in(struct str text, size_t piece,
			const char *const *columns, size_t n)
{
	struct rows w;

	strbuf_clear(&out);
	rows_init(&w, columns, n, take, &n);
	while (text.n && rows_feed(&w, str_head(text, piece)))
		text = str_from(text, piece);
	return rows_end(&w);
}

static const char *const columns[] = {"c", "a", "?none"};

static void test_pieces(void **state)
{
	struct str text = STR("\xef\xbb\xbf\"a\",b,c\r\n1,\"x,\"\"\ny\",3\r\n"
			      "\r\n\"q\"\"\"\"\",,\"\"\r\n,,\n7,8,9");

	(void)state;
	for (size_t n = 1; n <= text.n; n++) {
		assert_int_equal(read_in(text, n, columns, 3), OK);
		assert_str(strbuf_str(&out),
			   "3|1||\n|q\"\"||\n|||\n9|7||\n");
	}
}

static void test_refused(void **state)
{
	static const struct { struct str text; enum err e; } cases[] = {
		{{"", 0}, ERR_FORMAT}, {{"a,b\n1,2\n", 8}, ERR_FORMAT},
		{{"a,c\n1\n", 6}, ERR_FORMAT},
		{{"a,c\n1,2,3\n", 10}, ERR_FORMAT},
		{{"a,c\n1,\"2\n", 9}, ERR_FORMAT},
		{{"a,c\n1,\"2\"x\n", 11}, ERR_FORMAT}};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		if (read_in(cases[i].text, 3, columns, 3) != cases[i].e)
			fail_msg("case %zu", i);
	assert_int_equal(read_in(STR("a,c\n"), 2, columns, 3), OK);
	assert_str(strbuf_str(&out), "");
}

static void test_limits(void **state)
{
	struct strbuf b = {0};

	(void)state;
	strbuf_cstr(&b, "a,c\n");
	strbuf_pad(&b, 'x', 2 << 20);
	strbuf_cstr(&b, ",1\n");
	assert_int_equal(read_in(strbuf_str(&b), 65536, columns, 3),
			 ERR_LIMIT);
	strbuf_clear(&b);
	strbuf_pad(&b, ',', ROWS_WIDTH + 1);
	strbuf_ch(&b, '\n');
	assert_int_equal(read_in(strbuf_str(&b), 65536, columns, 3),
			 ERR_LIMIT);
	strbuf_release(&b);
}

static int teardown(void **state)
{
	(void)state;
	strbuf_release(&out);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pieces), cmocka_unit_test(test_refused),
		cmocka_unit_test(test_limits),
	};

	return cmocka_run_group_tests_name("rows", tests, NULL, teardown);
}
