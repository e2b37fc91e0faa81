/* Slices: search, splitting, numbers and matching, at their edges. */
#include "unit.h"

#include <string.h>

#include "base/str.h"

static const struct str null = {NULL, 0};

static void test_making(void **state)
{
	(void)state;
	assert_str(str_c("ab"), "ab");
	assert_str(str_c(NULL), "");
	assert_str(str_n("abc", 2), "ab");
	assert_int_equal(STR("a\0b").n, 3);
	assert_true(str_is_empty(null));
	assert_true(str_is_empty(STR("")));
	assert_false(str_is_empty(STR("\0")));
}

static void test_equality(void **state)
{
	(void)state;
	assert_true(str_eq(STR("a\0b"), STR("a\0b")));
	assert_false(str_eq(STR("a\0b"), STR("a\0c")));
	assert_false(str_eq(STR("a"), STR("a\0")));
	assert_true(str_eq(null, STR("")));
	assert_true(str_is(STR("ab"), "ab"));
	assert_false(str_is(STR("ab\0"), "ab"));
	assert_true(str_eq_nocase(STR("Chart.YAML"), STR("chart.yaml")));
	assert_false(str_eq_nocase(STR("@"), STR("`")));
	assert_false(str_eq_nocase(STR("\xc3\x84"), STR("\xc3\xa4")));
}

static void test_order(void **state)
{
	static const char *const sorted[] = {
		"", "A", "a", "a-", "a.b", "a/b", "ab", "b", "\x7f", "\x80",
		"\xff",
	};

	(void)state;
	for (size_t i = 0; i < sizeof sorted / sizeof *sorted; i++)
		for (size_t j = 0; j < sizeof sorted / sizeof *sorted; j++) {
			int c = str_cmp(str_c(sorted[i]), str_c(sorted[j]));

			assert_int_equal((c > 0) - (c < 0),
					 (i > j) - (i < j));
		}
	assert_int_equal(str_cmp(null, STR("")), 0);
	assert_true(str_cmp(STR("a"), STR("a\0")) < 0);
}

static void test_ends(void **state)
{
	(void)state;
	assert_true(str_has_prefix(STR("abc"), STR("ab")));
	assert_true(str_has_prefix(STR("abc"), STR("")));
	assert_false(str_has_prefix(STR("a"), STR("ab")));
	assert_true(str_has_suffix(STR("abc"), STR("bc")));
	assert_true(str_has_suffix(null, null));
	assert_false(str_has_suffix(STR("c"), STR("bc")));
	assert_true(str_has_prefix_nocase(STR("HTTPS://x"), STR("https:")));
	assert_false(str_has_prefix_nocase(STR("HTTP"), STR("https:")));
}

static void test_find(void **state)
{
	(void)state;
	assert_int_equal(str_find_ch(STR("a.b.c"), '.'), 1);
	assert_int_equal(str_rfind_ch(STR("a.b.c"), '.'), 3);
	assert_int_equal(str_find_ch(STR("abc"), 0), SIZE_MAX);
	assert_int_equal(str_find_ch(STR("ab\0"), 0), 2);
	assert_int_equal(str_find_ch(null, 'a'), SIZE_MAX);
	assert_int_equal(str_rfind_ch(null, 'a'), SIZE_MAX);
	assert_int_equal(str_find(STR("aab"), STR("ab")), 1);
	assert_int_equal(str_find(STR("aab"), STR("")), 0);
	assert_int_equal(str_find(null, null), 0);
	assert_int_equal(str_find(STR("a"), STR("aa")), SIZE_MAX);
	assert_int_equal(str_find(STR("a\0b"), STR("\0b")), 1);
	assert_int_equal(str_find_nocase(STR("xSPDX"), STR("spdx")), 1);
	assert_int_equal(str_find_nocase(STR("xSPD"), STR("spdx")),
			 SIZE_MAX);
	assert_int_equal(str_find_nocase(STR(""), STR("")), 0);
}

static void test_parts(void **state)
{
	(void)state;
	assert_str(str_from(STR("abc"), 1), "bc");
	assert_str(str_from(STR("abc"), 3), "");
	assert_str(str_from(STR("abc"), SIZE_MAX), "");
	assert_str(str_from(null, 5), "");
	assert_str(str_head(STR("abc"), 2), "ab");
	assert_str(str_head(STR("abc"), 9), "abc");
	assert_str(str_sub(STR("abcd"), 1, 3), "bc");
	assert_str(str_sub(STR("abcd"), 3, 1), "");
	assert_str(str_sub(STR("abcd"), 2, SIZE_MAX), "cd");
	assert_str(str_trim(STR(" \t\r\n\v\fa b \n")), "a b");
	assert_str(str_trim(STR(" \t ")), "");
	assert_str(str_trim(STR("\xa0x\x85")), "\xa0x\x85");
	assert_str(str_unquote(STR("\"a\"")), "a");
	assert_str(str_unquote(STR("'a'")), "a");
	assert_str(str_unquote(STR("'a\"")), "'a\"");
	assert_str(str_unquote(STR("\"")), "\"");
	assert_str(str_unquote(STR("\"\"")), "");
}

static void test_split(void **state)
{
	struct str rest = STR("a,,b,"), part;

	(void)state;
	assert_true(str_split(&rest, ',', &part));
	assert_str(part, "a");
	assert_true(str_split(&rest, ',', &part));
	assert_str(part, "");
	assert_true(str_split(&rest, ',', &part));
	assert_str(part, "b");
	assert_true(str_split(&rest, ',', &part));
	assert_str(part, "");
	assert_null(rest.p);
	assert_false(str_split(&rest, ',', &part));
	rest = STR("");
	assert_true(str_split(&rest, ',', &part));
	assert_false(str_split(&rest, ',', &part));
}

static void test_lines(void **state)
{
	struct str rest = STR("a\r\n\nb\rc\n\r\nend\r"), line;
	static const char *const want[] = {"a", "", "b\rc", "", "end"};
	size_t n = 0;

	(void)state;
	while (str_line(&rest, &line)) {
		assert_true(n < sizeof want / sizeof *want);
		assert_true(str_is(line, want[n++]));
	}
	assert_int_equal(n, 5);
	rest = null;
	assert_false(str_line(&rest, &line));
}

static void test_words(void **state)
{
	struct str rest = STR("  require\tx  v1\n"), word;

	(void)state;
	assert_true(str_word(&rest, &word));
	assert_str(word, "require");
	assert_true(str_word(&rest, &word));
	assert_str(word, "x");
	assert_true(str_word(&rest, &word));
	assert_str(word, "v1");
	assert_false(str_word(&rest, &word));
	rest = null;
	assert_false(str_word(&rest, &word));
}

static void test_cut(void **state)
{
	struct str a, b;

	(void)state;
	assert_true(str_cut(STR("k=v=w"), '=', &a, &b));
	assert_str(a, "k");
	assert_str(b, "v=w");
	assert_false(str_cut(STR("k"), '=', &a, &b));
	assert_str(a, "k");
	assert_str(b, "");
	assert_true(str_cut(STR("="), '=', &a, &b));
	assert_str(a, "");
	assert_str(b, "");
}

static void test_numbers(void **state)
{
	static const char *const bad[] = {
		"", "-", "+1", " 1", "1 ", "0x1", "1.0", "18446744073709551616",
		"99999999999999999999999", "1e3", "--1", "-1",
	};
	uint64_t u = 7;
	int64_t i = 7;

	(void)state;
	assert_true(str_to_u64(STR("18446744073709551615"), &u));
	assert_true(u == UINT64_MAX);
	assert_true(str_to_u64(STR("000"), &u));
	assert_int_equal(u, 0);
	for (size_t k = 0; k < sizeof bad / sizeof *bad; k++)
		if (str_to_u64(str_c(bad[k]), &u))
			fail_msg("took \"%s\"", bad[k]);
	assert_int_equal(u, 0);
	assert_false(str_to_u64(STR("1\0"), &u));
	assert_true(str_to_i64(STR("-9223372036854775808"), &i));
	assert_true(i == INT64_MIN);
	assert_true(str_to_i64(STR("9223372036854775807"), &i));
	assert_true(i == INT64_MAX);
	assert_false(str_to_i64(STR("9223372036854775808"), &i));
	assert_false(str_to_i64(STR("-9223372036854775809"), &i));
	assert_false(str_to_i64(STR("-"), &i));
	assert_true(str_to_i64(STR("-0"), &i));
	assert_int_equal(i, 0);
}

static void test_glob(void **state)
{
	static const struct { const char *s, *pattern; bool match; } t[] = {
		{"", "", true}, {"", "*", true}, {"a", "", false},
		{"", "?", false}, {"abc", "a?c", true}, {"abc", "*", true},
		{"abc", "a*c*", true}, {"abc", "**c", true},
		{"abc", "a*b", false}, {"aXbXc", "*X?", true},
		{"abab", "*ab", true}, {"a", "?*?", false},
		{"49699333+dependabot[bot]@users.noreply.github.com",
		 "*[bot]@users.noreply.github.com", true},
		{"a*b", "a*b", true}, {"ABC", "abc", false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof t / sizeof *t; i++)
		if (str_glob(str_c(t[i].s), str_c(t[i].pattern), false) !=
		    t[i].match)
			fail_msg("%s %s", t[i].s, t[i].pattern);
	assert_true(str_glob(STR("ABC"), STR("a?C"), true));
	assert_true(str_glob(null, null, true));
	assert_false(str_glob(STR("a\0"), STR("a"), false));
}

static void test_any(void **state)
{
	static const char *const list[] = {"b*", "Cc"};

	(void)state;
	assert_true(str_any(STR("Cc"), list, str_eq));
	assert_false(str_any(STR("cc"), list, str_eq));
	assert_true(str_any(STR("cc"), list, str_eq_nocase));
	assert_true(str_any(STR("BA"), list, str_is_like));
	assert_true(str_any(STR("Ccd"), list, str_has_prefix));
	assert_false(str_any(STR("b"), list, str_has_prefix));
	assert_false(str_any_of(STR("Cc"), list, 1, str_eq));
}

/* Stars without a match do not multiply. */
static void test_glob_is_not_exponential(void **state)
{
	static char s[20000];
	static const char pattern[] = "*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b";

	(void)state;
	memset(s, 'a', sizeof s);
	assert_false(str_glob(str_n(s, sizeof s), str_c(pattern), false));
}

/* The tables against a plain definition, for every byte. */
static void test_ascii(void **state)
{
	(void)state;
	for (int i = 0; i < 256; i++) {
		char c = (char)i;
		bool in = i && i < 128;

		assert_int_equal(ascii_is_digit(c),
				 in && strchr("0123456789", i) != NULL);
		assert_int_equal(ascii_is_hex(c), in &&
				 strchr("0123456789abcdefABCDEF", i) != NULL);
		assert_int_equal(ascii_is_blank(c),
				 in && strchr(" \t\r\n\v\f", i) != NULL);
		assert_int_equal(ascii_is_alpha(c), (i >= 'a' && i <= 'z') ||
				 (i >= 'A' && i <= 'Z'));
		assert_int_equal(ascii_is_alnum(c),
				 ascii_is_alpha(c) || ascii_is_digit(c));
		assert_int_equal((unsigned char)ascii_lower(c),
				 i >= 'A' && i <= 'Z' ? i + 32 : i);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_making),
		cmocka_unit_test(test_equality),
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_ends),
		cmocka_unit_test(test_find),
		cmocka_unit_test(test_parts),
		cmocka_unit_test(test_split),
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_cut),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_glob),
		cmocka_unit_test(test_any),
		cmocka_unit_test(test_glob_is_not_exponential),
		cmocka_unit_test(test_ascii),
	};

	return cmocka_run_group_tests_name("str", tests, NULL, NULL);
}
