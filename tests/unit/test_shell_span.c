/* Quoted and bracketed parts of shell text: where they end, or that they do
 * not. */
#include "unit.h"

#include "base/strbuf.h"
#include "extract/shell_span.h"

/* The part is all of the text but for " rest". */
static void assert_part(const char *text)
{
	struct strbuf b;
	struct str s = str_c(text);

	strbuf_init(&b, 0);
	strbuf_fmt(&b, "%s rest", text);
	assert_int_equal(shell_span(strbuf_str(&b), false), s.n);
	assert_int_equal(shell_span(s, false), s.n);
	strbuf_release(&b);
}

static void assert_span(const char *text, size_t n)
{
	assert_int_equal(shell_span(str_c(text), false), n);
}

static void test_quotes(void **state)
{
	(void)state;
	assert_part("'a \"b\" $( ` \\'");
	assert_part("\"a 'b\\\" $(echo \")\" ')') ${x:-\"y\"}\"");
	assert_part("`a \\` \"`b`\"`");
	assert_part("$'it\\'s'");
	assert_span("plain", 0);
	assert_span("", 0);
	assert_span("$", 0);
	assert_span("$x", 0);
	assert_span("\\'", 0);
}

static void test_in_double_quotes(void **state)
{
	(void)state;
	assert_int_equal(shell_span(STR("'s"), true), 0);
	assert_int_equal(shell_span(STR("(a)"), true), 0);
	assert_int_equal(shell_span(STR("$'s'"), true), 0);
	assert_int_equal(shell_span(STR("${x:-it's} y"), true), 10);
	assert_int_equal(shell_span(STR("$(echo 'a)') y"), true), 12);
}

static void test_substitutions(void **state)
{
	(void)state;
	assert_part("$(a (b) ${c} \"$(d ')')\")");
	assert_part("${a:-${b:-$(c})}}");
	assert_part("(a ')' \")\" # it's )\n b)");
	assert_part("$(echo a#b)");
	assert_part("$((1 << 2 + (3)))");
	assert_part("$(cat <<<'x')");
}

static void test_heredoc_in_substitution(void **state)
{
	(void)state;
	assert_part("$(cat <<EOF\nit's )\nEOF\n)");
	assert_part("$(cat <<-\"E F\"; b\n ) ( '\n\t\tE F\nc)");
	assert_span("$(cat <<EOF\nit's )\n", SIZE_MAX);
}

static void test_open_ends(void **state)
{
	static const char *const texts[] = {
		"'a", "\"a", "`a", "$(a", "${a", "(a", "$'a\\'", "\"a\\",
		"$(a \"b)", "$((1)", "(a # b)"};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		assert_span(texts[i], SIZE_MAX);
}

/* No recursion: a hundred thousand brackets end at the limit. */
static void test_depth(void **state)
{
	struct strbuf b;

	(void)state;
	strbuf_init(&b, 0);
	for (int i = 0; i < 60; i++)
		strbuf_cstr(&b, "$(");
	for (int i = 0; i < 60; i++)
		strbuf_cstr(&b, ")");
	assert_int_equal(shell_span(strbuf_str(&b), false), 180);
	for (int i = 0; i < 100000; i++)
		strbuf_cstr(&b, "\"$(");
	assert_int_equal(shell_span(str_from(strbuf_str(&b), 180), false),
			 SIZE_MAX);
	strbuf_release(&b);
}

static void test_inner(void **state)
{
	(void)state;
	assert_str(shell_span_inner(STR("$(a b) c"), 6), "a b");
	assert_str(shell_span_inner(STR("'a b' c"), 5), "a b");
	assert_str(shell_span_inner(STR("$'a'"), 4), "a");
}

static void test_heredoc_words(void **state)
{
	struct shell_span_heredoc h;
	struct str rest = STR("<<- 'a b'; c");

	(void)state;
	assert_true(shell_span_heredoc(&rest, &h));
	assert_str(h.end, "'a b'");
	assert_str(rest, "; c");
	assert_true(h.has_tabs);
	assert_int_equal(shell_span_body(STR("x\n\t\ta b\ny"), &h), 8);
	assert_int_equal(shell_span_body(STR("x\na b"), &h), 5);
	assert_int_equal(shell_span_body(STR("x\n a b\n"), &h), SIZE_MAX);
	rest = STR("<<<x");
	assert_false(shell_span_heredoc(&rest, &h));
	rest = STR("<< \nx");
	assert_false(shell_span_heredoc(&rest, &h));
	rest = STR("<<E\\OF\n");
	assert_true(shell_span_heredoc(&rest, &h));
	assert_false(h.has_tabs);
	assert_int_equal(shell_span_body(STR("EOF\r\nz"), &h), 5);
	assert_int_equal(shell_span_body(STR("EOFF\n"), &h), SIZE_MAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_quotes),
		cmocka_unit_test(test_in_double_quotes),
		cmocka_unit_test(test_substitutions),
		cmocka_unit_test(test_heredoc_in_substitution),
		cmocka_unit_test(test_open_ends),
		cmocka_unit_test(test_depth),
		cmocka_unit_test(test_inner),
		cmocka_unit_test(test_heredoc_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
