/* Text from input as HTML, numbers for people, and ids. */
#include "unit.h"

#include <string.h>

#include "report/markup.h"

static struct strbuf b;

static int setup(void **state)
{
	(void)state;
	strbuf_init(&b, 0);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	strbuf_release(&b);
	return 0;
}

static void test_text_is_inert(void **state)
{
	(void)state;
	markup_text(&b, STR("<a b=\"c\" d='e'>&\x1b\0\xff\xe2\x80\xae"));
	assert_str(strbuf_str(&b),
		   "&lt;a b=&quot;c&quot; d=&apos;e&apos;&gt;&amp;\\x1b\\x00"
		   "\\xff\\u{202E}");
}

static void test_cut_text_is_inert(void **state)
{
	(void)state;
	markup_text_cut(&b, STR("&&&&&&"), 3);
	assert_str(strbuf_str(&b), "&amp;&amp;\xe2\x80\xa6");
}

static void test_long_text_is_cut(void **state)
{
	char text[2000];

	(void)state;
	memset(text, '<', sizeof text);
	markup_text(&b, str_n(text, sizeof text));
	assert_int_equal(b.n, 599 * 4 + 3);
	strbuf_clear(&b);
	markup_name(&b, str_n(text, 80));
	assert_int_equal(b.n, 80 * 4);
	strbuf_clear(&b);
	markup_name(&b, str_n(text, 81));
	assert_int_equal(b.n, 79 * 4 + 3);
}

static void assert_no_link(const char *s)
{
	strbuf_clear(&b);
	markup_address(&b, str_c(s));
	if (str_find(strbuf_str(&b), STR("<a")) != SIZE_MAX)
		fail_msg("%s became a link", s);
}

static void test_only_addresses_are_links(void **state)
{
	(void)state;
	markup_address(&b, STR("https://a.example/x?y=1&z"));
	assert_str(strbuf_str(&b),
		   "<a rel=\"noopener noreferrer\" "
		   "href=\"https://a.example/x?y=1&amp;z\">"
		   "https://a.example/x?y=1&amp;z</a>");
	assert_no_link("javascript:alert(1)");
	assert_no_link("data:text/html,x");
	assert_no_link("//a.example");
	assert_no_link("https://");
	assert_no_link("https:// a.example");
	assert_no_link("https://a.example/\"onclick=\"x");
	assert_no_link("https://a.example\njavascript:x");
	assert_no_link("https://user@a.example");
	assert_no_link("HTTPS://a.example");
	assert_no_link("https://b\xc3\xa4.example");
	assert_no_link("84 FR 43493");
}

static void test_shares_round_outwards(void **state)
{
	(void)state;
	markup_interval(&b, 19, 1231);
	assert_str(strbuf_str(&b), "0.1\xe2\x80\x93" "12.4\xc2\xa0%");
	strbuf_clear(&b);
	markup_interval(&b, 0, 10000);
	assert_str(strbuf_str(&b), "0\xe2\x80\x93" "100\xc2\xa0%");
	strbuf_clear(&b);
	markup_percent(&b, 5);
	assert_str(strbuf_str(&b), "0.05%");
}

static void assert_count(uint64_t n, const char *want)
{
	strbuf_clear(&b);
	markup_count(&b, n);
	assert_string_equal(b.p, want);
}

static void test_counts(void **state)
{
	(void)state;
	assert_count(0, "0");
	assert_count(9999, "9999");
	assert_count(10000, "10\xc2\xa0" "000");
	assert_count(1234567, "1\xc2\xa0" "234\xc2\xa0" "567");
	strbuf_clear(&b);
	markup_plural(&b, 1, "component");
	strbuf_ch(&b, ' ');
	markup_plural(&b, 2, "component");
	assert_str(strbuf_str(&b), "1 component 2 components");
}

static void test_slugs(void **state)
{
	static const char *const pairs[][2] = {
		{"O-DU High 1.2", "o-du-high-1.2"},
		{"--<script>--", "script"},
		{"\xe7\x8e\x8b\xe4\xbc\x9f", ""},
		{"a//b\"c", "a-b-c"}};
	char long_name[500];

	(void)state;
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		strbuf_clear(&b);
		markup_slug(&b, str_c(pairs[i][0]));
		assert_true(str_is(strbuf_str(&b), pairs[i][1]));
	}
	strbuf_clear(&b);
	memset(long_name, 'A', sizeof long_name);
	markup_slug(&b, str_n(long_name, sizeof long_name));
	assert_int_equal(b.n, 60);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
		T(test_text_is_inert), T(test_cut_text_is_inert),
		T(test_long_text_is_cut),
		T(test_only_addresses_are_links),
		T(test_shares_round_outwards), T(test_counts),
		T(test_slugs)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
