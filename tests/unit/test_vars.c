/* Variables: substitution, arms of conditions, lists, limits. */
#include "unit.h"

#include "base/limits.h"
#include "extract/vars.h"

static struct arena arena;
static struct vars v;

static int setup(void **state)
{
	(void)state;
	vars_init(&v, '\\', &arena);
	vars_set(&v, STR("V"), STR("1.69.0"));
	vars_set(&v, STR("EMPTY"), STR(""));
	vars_set(&v, STR("PART"), STR("a-${X}"));
	vars_set(&v, STR("P"), STR("/usr/src/x.tar.gz"));
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	vars_release(&v);
	arena_release(&arena);
	return 0;
}

static void expect(const char *word, const char *text, bool is_known, int line)
{
	bool known = vars_expand(&v, str_c(word), VARS_KEEP);

	unit_assert_str(strbuf_str(&v.text), str_c(text), __FILE__, line);
	assert_int_equal(known, is_known);
}

#define assert_known(word, text) expect(word, text, true, __LINE__)
#define assert_unknown(word, text) expect(word, text, false, __LINE__)

static void test_plain(void **state)
{
	(void)state;
	assert_known("a$V", "a1.69.0");
	assert_known("\"v${V}\"'$V'", "v1.69.0$V");
	assert_known("\\$V \"\\$V \\a\" \\\\", "$V $V \\a \\");
	assert_known("a\\\nb\\\r\nc", "abc");
	assert_known("$EMPTY$'it\\'s'$\"x\"", "it\\'sx");
	assert_unknown("$X/${Y}z", "${X}/${Y}z");
	assert_unknown("$PART", "a-${X}");
	assert_unknown("$1 ${12} $@ $? ${#V} ${!V}",
		       "${1} ${1} ${@} ${?} ${...} ${...}");
	assert_unknown("$(date)`id`$((1+1))", "$(...)$(...)$(...)");
	assert_unknown("a$", "a$");
	assert_unknown("${V", "$(...)");
}

static void test_stars(void **state)
{
	(void)state;
	assert_false(vars_expand(&v, STR("x$A-$PART"), VARS_STAR));
	assert_str(strbuf_str(&v.text), "x*-*");
}

static void test_choices(void **state)
{
	(void)state;
	assert_known("${X:-d}${X-e}${EMPTY:-f}${EMPTY-g}", "def");
	assert_known("${V:+y}${X:+n}${EMPTY:+n}${EMPTY+y}", "yy");
	assert_known("${V:?no}${X:-${Y:-$V}}", "1.69.01.69.0");
	assert_unknown("${X:?no}", "${X}");
	assert_unknown("${PART:-d}", "${PART}");
	assert_known("${N:=kept}$N", "keptkept");
	assert_unknown("${M:=$X}$M", "${X}${M}");
}

static void test_patterns(void **state)
{
	(void)state;
	assert_known("${V%.*}_${V%%.*}_${V#*.}_${V##*.}",
		     "1.69_1_69.0_0");
	assert_known("${P##*/}_${P%.tar.gz}", "x.tar.gz_/usr/src/x");
	assert_known("${V//./_}_${V/./-}_${V//.}", "1_69_0_1-69.0_1690");
	assert_unknown("${V//[0-9]/x}", "${V}");
	assert_unknown("${V/#1/x}", "${V}");
	assert_unknown("${V:0:3}${V^^}", "${V}${V}");
	assert_unknown("${X%.*}", "${X}");
}

static void test_lists(void **state)
{
	(void)state;
	vars_assign(&v, STR("A"), STR("(one 'two' $V)"));
	assert_known("${A[@]}", "one two 1.69.0");
	assert_true(v.has_blanks);
	assert_known("\"$A\"", "one two 1.69.0");
	assert_unknown("x$A", "x${A}");
	assert_unknown("${A[0]}", "${A}");
	vars_set_list(&v, STR("ONE"), STR("single"));
	assert_known("x$ONE", "xsingle");
	vars_append(&v, STR("A"), STR("(three)"));
	assert_known("$A", "one two 1.69.0 three");
	vars_append(&v, STR("V"), STR("-rc$EMPTY"));
	assert_known("$V", "1.69.0-rc");
	vars_append(&v, STR("NEW"), STR("x"));
	assert_unknown("$NEW", "x");
}

static void test_blanks(void **state)
{
	(void)state;
	vars_set(&v, STR("W"), STR("a b"));
	assert_known("$W", "a b");
	assert_true(v.has_blanks);
	assert_known("\"$W\"", "a b");
	assert_false(v.has_blanks);
	assert_known("${X:-c d}", "c d");
	assert_true(v.has_blanks);
}

/* if: V=2; else: V=3; fi */
static void test_arms(void **state)
{
	(void)state;
	vars_open_arm(&v);
	vars_set(&v, STR("V"), STR("2"));
	vars_set(&v, STR("SAME"), STR("s"));
	vars_set(&v, STR("ONLY"), STR("o"));
	assert_known("$V", "2");
	vars_close_arm(&v);
	assert_unknown("$V", "${V}");
	vars_open_arm(&v);
	assert_unknown("$V", "${V}");
	vars_set(&v, STR("V"), STR("3"));
	vars_set(&v, STR("SAME"), STR("s"));
	vars_open_arm(&v);
	assert_known("$V", "3");
	vars_close_arm(&v);
	vars_append(&v, STR("ONLY"), STR("+"));
	vars_close_arm(&v);
	assert_unknown("$V${V:-4}", "${V}${V}");
	assert_known("$SAME$ONLY", "so+");
	vars_set(&v, STR("V"), STR("5"));
	assert_known("$V", "5");
}

static void test_rewind(void **state)
{
	(void)state;
	vars_mark(&v);
	vars_set(&v, STR("V"), STR("2"));
	vars_set(&v, STR("V"), STR("3"));
	vars_set(&v, STR("NEW"), STR("n"));
	vars_unset(&v, STR("EMPTY"));
	assert_unknown("$V$NEW$EMPTY", "3n${EMPTY}");
	vars_rewind(&v);
	assert_unknown("$V$EMPTY$NEW", "1.69.0${NEW}");
	vars_clear(&v);
	assert_unknown("$V", "${V}");
}

static void test_assigned(void **state)
{
	struct str value;
	bool adds;

	(void)state;
	assert_str(vars_assigned(STR("A_1=x=y"), &value, &adds), "A_1");
	assert_str(value, "x=y");
	assert_false(adds);
	assert_str(vars_assigned(STR("A+=(b)"), &value, &adds), "A");
	assert_str(value, "(b)");
	assert_true(adds);
	assert_str(vars_assigned(STR("1A=x"), &value, &adds), "");
	assert_str(vars_assigned(STR("=x"), &value, &adds), "");
	assert_str(vars_assigned(STR("a-b=x"), &value, &adds), "");
	assert_str(vars_assigned(STR("ab"), &value, &adds), "");
}

/* Values of themselves, of each other, nested, doubling: all end. */
static void test_hostile(void **state)
{
	struct strbuf b;

	(void)state;
	vars_assign(&v, STR("S"), STR("$S"));
	assert_unknown("$S", "${S}");
	vars_assign(&v, STR("A"), STR("$B"));
	vars_assign(&v, STR("B"), STR("$A"));
	assert_unknown("$A$B", "${B}${B}");
	strbuf_init(&b, 0);
	for (int i = 0; i < 100000; i++)
		strbuf_cstr(&b, "${X:-");
	assert_false(vars_expand(&v, strbuf_str(&b), VARS_KEEP));
	strbuf_release(&b);
	vars_set(&v, STR("D"), STR("12345678"));
	for (int i = 0; i < 10000; i++)
		vars_assign(&v, STR("D"), STR("$D$D"));
	assert_false(vars_expand(&v, STR("$D"), VARS_KEEP));
	for (int i = 0; i < 100000; i++)
		vars_append(&v, STR("E"), STR("0123456789"));
	assert_true(v.is_full);
	assert_true(arena.total < 8 * LIMIT_MB);
	assert_known("$V", "1.69.0"); /* what was there stays */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_plain, setup, teardown),
		cmocka_unit_test_setup_teardown(test_stars, setup, teardown),
		cmocka_unit_test_setup_teardown(test_choices, setup,
						teardown),
		cmocka_unit_test_setup_teardown(test_patterns, setup,
						teardown),
		cmocka_unit_test_setup_teardown(test_lists, setup, teardown),
		cmocka_unit_test_setup_teardown(test_blanks, setup, teardown),
		cmocka_unit_test_setup_teardown(test_arms, setup, teardown),
		cmocka_unit_test_setup_teardown(test_rewind, setup, teardown),
		cmocka_unit_test_setup_teardown(test_assigned, setup,
						teardown),
		cmocka_unit_test_setup_teardown(test_hostile, setup,
						teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
