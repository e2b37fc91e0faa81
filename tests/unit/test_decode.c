/* Bodies that were compressed on their way. */
#include "feeds/decode.h"

#include "base/archive_in.h"
#include "unit.h"

#define TEXT "a list of names, a list of names, a list of names"

static void fill(struct strbuf *b, size_t cut, struct str more)
{
	strbuf_init(b, 0);
	archive_gzip(STR(TEXT), b);
	b->n -= cut;
	strbuf_add(b, more);
}

static void test_whole(void **state)
{
	static const char *const names[] = {"gzip", "x-gzip", " GZip "};
	struct strbuf b;

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		fill(&b, 0, STR(""));
		assert_int_equal(decode_body(str_c(names[i]), 1000, &b), OK);
		assert_str(strbuf_str(&b), TEXT);
		strbuf_release(&b);
	}
	strbuf_init(&b, 0);
	strbuf_cstr(&b, TEXT);
	assert_int_equal(decode_body(STR(""), 1, &b), OK);
	assert_int_equal(decode_body(STR("identity"), 1, &b), OK);
	assert_str(strbuf_str(&b), TEXT);
	assert_int_equal(decode_body(STR("br"), 1000, &b), ERR_UNSUPPORTED);
	assert_int_equal(decode_body(STR("gzip, gzip"), 1000, &b),
			 ERR_UNSUPPORTED);
	assert_int_equal(decode_body(STR("gzip"), 1000, &b), ERR_FORMAT);
	strbuf_release(&b);
}

/* Every cut is one, also in the eight bytes at the end. */
static void test_cut(void **state)
{
	struct strbuf b;
	size_t n;

	(void)state;
	fill(&b, 0, STR(""));
	n = b.n;
	strbuf_release(&b);
	for (size_t cut = 1; cut <= n; cut++) {
		fill(&b, cut, STR(""));
		if (!decode_body(STR("gzip"), 1000, &b))
			fail_msg("taken without its last %zu bytes", cut);
		strbuf_release(&b);
	}
}

static void test_too_much(void **state)
{
	struct strbuf b;

	(void)state;
	fill(&b, 0, STR(""));
	assert_int_equal(decode_body(STR("gzip"), sizeof TEXT - 2, &b),
			 ERR_LIMIT);
	strbuf_release(&b);
	fill(&b, 0, STR(""));
	assert_int_equal(decode_body(STR("gzip"), sizeof TEXT - 1, &b), OK);
	strbuf_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_whole), cmocka_unit_test(test_cut),
		cmocka_unit_test(test_too_much)};

	return cmocka_run_group_tests_name("decode", tests, NULL, NULL);
}
