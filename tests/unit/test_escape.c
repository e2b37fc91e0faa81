/* Text that means something to a format, as text in that format. */
#include "unit.h"

#include "report/escape.h"

static void check(void (*escape)(struct strbuf *b, struct str s),
		  struct str from, const char *to)
{
	struct strbuf b;

	strbuf_init(&b, 0);
	escape(&b, from);
	if (!str_is(strbuf_str(&b), to))
		fail_msg("got %.*s, wanted %s", (int)b.n, b.p, to);
	strbuf_release(&b);
}

static void test_markdown(void **state)
{
	(void)state;
	check(escape_markdown, STR("plain-1.2 (x): y"), "plain-1.2 (x): y");
	check(escape_markdown, STR("a|b"), "a\\|b");
	check(escape_markdown, STR("<script>"), "\\<script\\>");
	check(escape_markdown, STR("[x](y)"), "\\[x\\](y)");
	check(escape_markdown, STR("https://x"), "https:\\//x");
	check(escape_markdown, STR("`*_@#~&!"),
	      "\\`\\*\\_\\@\\#\\~\\&\\!");
	check(escape_markdown, STR("a\nb\033[m"), "a\\\\x0ab\\\\x1b\\[m");
}

static void test_csv(void **state)
{
	(void)state;
	check(escape_csv, STR(""), "\"\"");
	check(escape_csv, STR("a,b"), "\"a,b\"");
	check(escape_csv, STR("say \"x\""), "\"say \"\"x\"\"\"");
	check(escape_csv, STR("=HYPERLINK(1)"), "\"'=HYPERLINK(1)\"");
	check(escape_csv, STR("+1"), "\"'+1\"");
	check(escape_csv, STR("-1"), "\"'-1\"");
	check(escape_csv, STR("@a"), "\"'@a\"");
	check(escape_csv, STR("\t=1"), "\"'\\x09=1\"");
	check(escape_csv, STR("a\r\nb"), "\"a\\x0d\\x0ab\"");
}

static void test_xml(void **state)
{
	(void)state;
	check(escape_xml, STR("<a b=\"c\" d='e'>&"),
	      "&lt;a b=&quot;c&quot; d=&apos;e&apos;&gt;&amp;");
	check(escape_xml, STR("]]>"), "]]&gt;");
	check(escape_xml, STR("a\0b\n\xff"), "a\\x00b\\x0a\\xff");
	check(escape_xml, STR("\xef\xbf\xbe|\xef\xbf\xbf|\xef\xbf\xbc"),
	      "\xef\xbf\xbd|\xef\xbf\xbd|\xef\xbf\xbc");
}

static void test_uri(void **state)
{
	(void)state;
	check(escape_uri, STR("../a b/c-1.2_~%"), "../a%20b/c-1.2_~%25");
	check(escape_uri, STR("\xc3\xa4?#\n"), "%C3%A4%3F%23%0A");
}

static void test_command(void **state)
{
	struct strbuf b;

	(void)state;
	strbuf_init(&b, 0);
	escape_command(&b, STR("a:b,c%\n::d"), true);
	strbuf_ch(&b, ' ');
	escape_command(&b, STR("a:b,c%\n::d"), false);
	assert_str(strbuf_str(&b), "a%3Ab%2Cc%25\\x0a%3A%3Ad "
		   "a:b,c%25\\x0a::d");
	strbuf_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_markdown),
		cmocka_unit_test(test_csv),
		cmocka_unit_test(test_xml),
		cmocka_unit_test(test_uri),
		cmocka_unit_test(test_command),
	};

	return cmocka_run_group_tests_name("escape", tests, NULL, NULL);
}
