/* Regular expressions under limits. */
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/mem.h"
#include "base/regex.h"
#include "base/strbuf.h"

static struct arena arena;

static int teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

static enum regex_result match(const char *pattern, struct str s)
{
	struct regex *r;
	struct str why;
	enum regex_result result;

	assert_int_equal(regex_new(str_c(pattern), &arena, &r, &why), OK);
	result = regex_match(r, s);
	regex_free(r);
	return result;
}

static void test_matches(void **state)
{
	(void)state;
	assert_int_equal(match("^pkg:npm/", STR("pkg:npm/a")), REGEX_YES);
	assert_int_equal(match("^pkg:npm/", STR("x pkg:npm/a")), REGEX_NO);
	assert_int_equal(match("a|b", STR("xxb")), REGEX_YES);
	assert_int_equal(match("(?i)zte", STR("ZTE Corp")), REGEX_YES);
	assert_int_equal(match("^$", STR("")), REGEX_YES);
	assert_int_equal(match("^.$", STR("\xe4\xb8\xad")), REGEX_YES);
	assert_int_equal(match("b", STR("a\0b")), REGEX_YES);
}

/* Bytes that are no UTF-8 do no harm. */
static void test_hostile_subjects(void **state)
{
	char *longest = mem_new(LIMIT_NAME_BYTES + 1, 1);

	(void)state;
	assert_int_equal(match("a", STR("\xff\xfe" "a")), REGEX_YES);
	assert_int_equal(match("a", STR("\xc3")), REGEX_NO);
	memset(longest, 'x', LIMIT_NAME_BYTES + 1);
	assert_int_equal(match("x", str_n(longest, LIMIT_NAME_BYTES)),
			 REGEX_YES);
	assert_int_equal(match("x", str_n(longest, LIMIT_NAME_BYTES + 1)),
			 REGEX_LIMIT);
	free(longest);
}

static enum err refused(const char *pattern, const char *says)
{
	struct regex *r;
	struct str why;
	enum err e = regex_new(str_c(pattern), &arena, &r, &why);

	assert_true(e != OK);
	assert_null(r);
	if (str_find(why, str_c(says)) == SIZE_MAX)
		fail_msg("%s: %.*s", pattern, STR_ARG(why));
	return e;
}

static void test_what_is_no_pattern(void **state)
{
	char longest[LIMIT_PATTERN_BYTES + 2];

	(void)state;
	assert_int_equal(refused("(a", "at offset 2"), ERR_FORMAT);
	assert_int_equal(refused("[", "at offset"), ERR_FORMAT);
	assert_int_equal(refused("\\C", "at offset"), ERR_FORMAT);
	assert_int_equal(refused("\xff", "UTF-8"), ERR_FORMAT);
	memset(longest, 'a', sizeof longest - 1);
	longest[sizeof longest - 1] = 0;
	assert_int_equal(refused(longest, "too long"), ERR_LIMIT);
}

static void test_backtracking_without_end(void **state)
{
	(void)state;
	assert_int_equal(refused("(a+)+$", "without end"), ERR_LIMIT);
	assert_int_equal(refused("^(zte|zt|z|t|e)*(z|zz)*(z+)*x$",
				 "without end"), ERR_LIMIT);
	assert_int_equal(refused("(x*)*y", "without end"), ERR_LIMIT);
}

/* What no probe shows still ends, and is not taken for a no. */
static void test_a_match_that_takes_too_long(void **state)
{
	struct strbuf b;

	(void)state;
	strbuf_init(&b, 0);
	for (size_t i = 0; i < 40; i++)
		strbuf_cstr(&b, "ab");
	strbuf_ch(&b, '!');
	assert_int_equal(match("^((?:ab)+)+$", strbuf_str(&b)),
			 REGEX_LIMIT);
	strbuf_release(&b);
}

static void test_free_nothing(void **state)
{
	(void)state;
	regex_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_matches, teardown),
		cmocka_unit_test_teardown(test_hostile_subjects, teardown),
		cmocka_unit_test_teardown(test_what_is_no_pattern, teardown),
		cmocka_unit_test_teardown(test_backtracking_without_end,
					  teardown),
		cmocka_unit_test_teardown(test_a_match_that_takes_too_long,
					  teardown),
		cmocka_unit_test(test_free_nothing),
	};

	return cmocka_run_group_tests_name("regex", tests, NULL, NULL);
}
