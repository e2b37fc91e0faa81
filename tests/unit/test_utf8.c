/* UTF-8: validity, repair, UTF-16, and hostile text on a terminal. */
#include "unit.h"

#include <string.h>

#include "base/utf8.h"

static struct arena arena;
static struct strbuf out;

static int teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	strbuf_release(&out);
	return 0;
}

/* Overlong, surrogate, past the end, cut, stray and NUL. */
static const struct { const char *p; size_t n, bad; } invalid[] = {
	{"\xc0\x80", 2, 2}, {"\xc1\xbf", 2, 2}, {"\xe0\x80\x80", 3, 3},
	{"\xe0\x9f\xbf", 3, 3}, {"\xf0\x80\x80\x80", 4, 4},
	{"\xf0\x8f\xbf\xbf", 4, 4}, {"\xed\xa0\x80", 3, 3},
	{"\xed\xbf\xbf", 3, 3}, {"\xf4\x90\x80\x80", 4, 4},
	{"\xf5\x80\x80\x80", 4, 4}, {"\xff", 1, 1}, {"\xfe\xfe", 2, 2},
	{"\x80", 1, 1}, {"\xbf", 1, 1}, {"\xc3", 1, 1}, {"\xe2\x82", 2, 2},
	{"\xf0\x9f\x98", 3, 3}, {"\xc3(", 2, 1}, {"\xe2\x82(", 3, 2},
	{"\0", 1, 1}, {"a\0b", 3, 1}, {"\xc3\xc3\xa9", 3, 1},
};
#define INVALID (sizeof invalid / sizeof *invalid)

static void test_validity(void **state)
{
	(void)state;
	assert_true(utf8_is_valid(STR("")));
	assert_true(utf8_is_valid((struct str){NULL, 0}));
	assert_true(utf8_is_valid(STR("a\n\x7f")));
	assert_true(utf8_is_valid(STR("\xc2\x80\xdf\xbf\xe0\xa0\x80\xef\xbf"
				      "\xbf\xf0\x90\x80\x80\xf4\x8f\xbf\xbf"
				      "\xed\x9f\xbf\xee\x80\x80")));
	for (size_t i = 0; i < INVALID; i++)
		if (utf8_is_valid(str_n(invalid[i].p, invalid[i].n)))
			fail_msg("invalid[%zu]", i);
}

static void test_repair(void **state)
{
	struct str sound = STR("sm\xc3\xb8rrebr\xc3\xb8" "d");

	(void)state;
	assert_ptr_equal(utf8_repair(&arena, sound).p, sound.p);
	assert_str(utf8_repair(&arena, STR("a\xff" "b\0c")),
		   "a\xef\xbf\xbd" "b\xef\xbf\xbd" "c");
	assert_str(utf8_repair(&arena, STR("\xc3\xc3\xa9")),
		   "\xef\xbf\xbd\xc3\xa9");
	for (size_t i = 0; i < INVALID; i++) {
		struct str s = str_n(invalid[i].p, invalid[i].n);
		struct str fixed = utf8_repair(&arena, s);

		assert_true(utf8_is_valid(fixed));
		assert_int_equal(fixed.n, s.n + 2 * invalid[i].bad);
		assert_ptr_equal(utf8_repair(&arena, fixed).p, fixed.p);
	}
}

static void assert_decoded(struct str bytes, enum err want,
			   struct str want_text)
{
	struct str text;

	assert_int_equal(utf8_decode(&arena, bytes, &text), want);
	assert_true(str_eq(text, want_text));
}

static void test_decode_marks(void **state)
{
	(void)state;
	assert_decoded(STR(""), OK, STR(""));
	assert_decoded(STR("{}"), OK, STR("{}"));
	assert_decoded(STR("\xef\xbb\xbf{}"), OK, STR("{}"));
	assert_decoded(STR("\xef\xbb\xbf"), OK, STR(""));
	assert_decoded(STR("\xef\xbb"), OK, STR("\xef\xbb"));
	assert_decoded(STR("\xff\xfe{\0}\0"), OK, STR("{}"));
	assert_decoded(STR("\xfe\xff\0{\0}"), OK, STR("{}"));
	assert_decoded(STR("\xff\xfe"), OK, STR(""));
	assert_decoded(STR("{\0\"\0"), OK, STR("{\""));
	assert_decoded(STR("\0{\0\""), OK, STR("{\""));
	assert_decoded(STR("a\xff"), OK, STR("a\xff")); /* not checked */
	assert_decoded(STR("\0\0\0\0"), OK, STR("\0\0\0\0"));
}

static void test_decode_utf16(void **state)
{
	(void)state;
	assert_decoded(STR("\xff\xfe\xe9\x00\xac\x20\x3d\xd8\x00\xde"), OK,
		       STR("\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80"));
	assert_decoded(STR("\xfe\xff\xdb\xff\xdf\xff"), OK,
		       STR("\xf4\x8f\xbf\xbf"));
	assert_decoded(STR("\xff\xfe" "a\0b"), ERR_FORMAT,
		       STR("a\xef\xbf\xbd"));
	assert_decoded(STR("\xff\xfe\x00\xd8" "a\0"), ERR_FORMAT,
		       STR("\xef\xbf\xbd" "a"));
	assert_decoded(STR("\xff\xfe\x00\xdc" "a\0"), ERR_FORMAT,
		       STR("\xef\xbf\xbd" "a"));
	assert_decoded(STR("\xff\xfe" "a\0\x00\xd8"), ERR_FORMAT,
		       STR("a\xef\xbf\xbd"));
	assert_decoded(STR("\xff\xfe\x00\xd8\x00\xd8\x00\xdc"), ERR_FORMAT,
		       STR("\xef\xbf\xbd\xf0\x90\x80\x80"));
	/* the most that n bytes can become */
	assert_decoded(STR("\xff\xfe\xff\xff\xff\xff."), ERR_FORMAT,
		       STR("\xef\xbf\xbf\xef\xbf\xbf\xef\xbf\xbd"));
}

static struct str shown(struct str s)
{
	strbuf_clear(&out);
	utf8_show(&out, s);
	assert_int_equal(utf8_width(s), utf8_width(strbuf_str(&out)));
	return strbuf_str(&out);
}

static void test_show(void **state)
{
	(void)state;
	assert_str(shown(STR("")), "");
	assert_str(shown(STR("plain \xc3\xa9 \\n")), "plain \xc3\xa9 \\n");
	assert_str(shown(STR("\x1b]0;x\x07\x1b[2J")),
		   "\\x1b]0;x\\x07\\x1b[2J");
	assert_str(shown(STR("a\r\nb\tc\0d\x7f")),
		   "a\\x0d\\x0ab\\x09c\\x00d\\x7f");
	assert_str(shown(STR("\xc2\x9b" "31m\xc2\x85")),
		   "\\u{009B}31m\\u{0085}");
	assert_str(shown(STR("\xe2\x80\xae" "cod\xe2\x81\xa6.\xe2\x81\xa9")),
		   "\\u{202E}cod\\u{2066}.\\u{2069}");
	assert_str(shown(STR("\xd8\x9c\xe2\x80\x8e\xe2\x80\xa8\xef\xbb\xbf")),
		   "\\u{061C}\\u{200E}\\u{2028}\\u{FEFF}");
	assert_str(shown(STR("\xf3\xa0\x81\xa1")), "\\u{E0061}");
	assert_str(shown(STR("\x9b" "1m\xed\xa0\x80\xc0")),
		   "\\x9b1m\\xed\\xa0\\x80\\xc0");
}

/* Whatever the code point, nothing that steers a terminal gets through. */
static void test_show_every_code_point(void **state)
{
	(void)state;
	for (uint32_t c = 0; c < 0x110000; c++) {
		char wide[4] = {(char)(c >> 8), (char)c};
		struct str text, all;

		if (c > 0xffff) {
			uint32_t d = c - 0x10000;

			wide[0] = (char)(0xd8 | d >> 18);
			wide[1] = (char)(d >> 10);
			wide[2] = (char)(0xdc | ((d >> 8) & 3));
			wide[3] = (char)d;
		}
		strbuf_clear(&out);
		strbuf_cstr(&out, "\xfe\xff");
		strbuf_add(&out, str_n(wide, c > 0xffff ? 4 : 2));
		(void)!utf8_decode(&arena, strbuf_str(&out), &text);
		assert_true(c == 0 || utf8_is_valid(text));
		all = shown(text);
		for (size_t i = 0; i < all.n; i++)
			assert_true((unsigned char)all.p[i] >= 0x20 &&
				    all.p[i] != 0x7f);
		assert_int_equal(str_find(all, STR("\xe2\x80\xae")),
				 SIZE_MAX);
		assert_true(all.n < 2 || (unsigned char)all.p[0] != 0xc2 ||
			    (unsigned char)all.p[1] >= 0xa0);
		if (arena.total > 1 << 20)
			arena_release(&arena);
	}
}

static void test_width(void **state)
{
	(void)state;
	assert_int_equal(utf8_width(STR("")), 0);
	assert_int_equal(utf8_width(STR("abc")), 3);
	assert_int_equal(utf8_width(STR("\xe4\xb8\xad\xe5\x85\xb4")), 4);
	assert_int_equal(utf8_width(STR("\xef\xbc\xa1\xef\xbd\xa1")), 3);
	assert_int_equal(utf8_width(STR("e\xcc\x81")), 1);
	assert_int_equal(utf8_width(STR("\xe3\x81\x8b\xe3\x82\x99")), 2);
	assert_int_equal(utf8_width(STR("\xf0\x9f\x98\x80")), 2);
	assert_int_equal(utf8_width(STR("\xed\x95\x9c")), 2);
	assert_int_equal(utf8_width(STR("\xc3\xa9\xd0\x96")), 2);
	assert_int_equal(utf8_width(STR("\x1b\xff")), 8);
	assert_int_equal(utf8_width(STR("\xe2\x80\xae")), 8);
}

static struct str cut(struct str s, size_t columns)
{
	strbuf_clear(&out);
	utf8_show_cut(&out, s, columns);
	assert_true(utf8_width(strbuf_str(&out)) <= columns);
	return strbuf_str(&out);
}

static void test_cut(void **state)
{
	(void)state;
	assert_str(cut(STR("abcd"), 4), "abcd");
	assert_str(cut(STR("abcde"), 4), "abc\xe2\x80\xa6");
	assert_str(cut(STR("ab"), 1), "\xe2\x80\xa6");
	assert_str(cut(STR("a"), 1), "a");
	assert_str(cut(STR("ab"), 0), "");
	assert_str(cut(STR(""), 0), "");
	assert_str(cut(STR("\xe4\xb8\xad\xe5\x85\xb4"), 4),
		   "\xe4\xb8\xad\xe5\x85\xb4");
	assert_str(cut(STR("\xe4\xb8\xad\xe5\x85\xb4"), 3),
		   "\xe4\xb8\xad\xe2\x80\xa6");
	assert_str(cut(STR("\xe4\xb8\xad\xe5\x85\xb4"), 2), "\xe2\x80\xa6");
	/* an escape is never cut in two; a mark stays with its letter */
	assert_str(cut(STR("a\x1b" "b"), 5), "a\xe2\x80\xa6");
	assert_str(cut(STR("abe\xcc\x81xy"), 4), "abe\xcc\x81\xe2\x80\xa6");
	assert_str(cut(STR("abe\xcc\x81"), 3), "abe\xcc\x81");
}

static void test_ascii(void **state)
{
	(void)state;
	strbuf_init(&out, 0);
	utf8_ascii(&out, STR("plain\n\x1b[1m"));
	utf8_ascii(&out, STR(" \xc3\xa9\xe4\xb8\xad" "e\xcc\x81"));
	utf8_ascii(&out, STR("cut\xe2\x80\xa6" "\xff" "\xe2\x80"));
	assert_str(strbuf_str(&out), "plain\n\x1b[1m ???ecut~???");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_validity),
		cmocka_unit_test_teardown(test_repair, teardown),
		cmocka_unit_test_teardown(test_decode_marks, teardown),
		cmocka_unit_test_teardown(test_decode_utf16, teardown),
		cmocka_unit_test_teardown(test_show, teardown),
		cmocka_unit_test_teardown(test_show_every_code_point,
					  teardown),
		cmocka_unit_test(test_width),
		cmocka_unit_test_teardown(test_cut, teardown),
		cmocka_unit_test_teardown(test_ascii, teardown),
	};

	return cmocka_run_group_tests_name("utf8", tests, NULL, NULL);
}
