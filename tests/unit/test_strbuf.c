/* Growing text: its NUL, its maximum, its memory. */
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"

static void test_adding(void **state)
{
	struct strbuf b;

	(void)state;
	strbuf_init(&b, 0);
	assert_str(strbuf_str(&b), "");
	strbuf_add(&b, (struct str){NULL, 0});
	assert_str(strbuf_str(&b), "");
	strbuf_add(&b, STR("a\0b"));
	strbuf_ch(&b, '-');
	strbuf_cstr(&b, "c");
	strbuf_pad(&b, '.', 3);
	strbuf_pad(&b, '.', 0);
	strbuf_fmt(&b, "%d %s", -7, "x");
	assert_str(strbuf_str(&b), "a\0b-c...-7 x");
	assert_int_equal(b.p[b.n], 0);
	assert_false(b.full);
	strbuf_clear(&b);
	assert_str(strbuf_str(&b), "");
	assert_int_equal(b.p[0], 0);
	strbuf_release(&b);
	assert_str(strbuf_str(&b), "");
}

/* Every length around the sizes at which it grows. */
static void test_growing(void **state)
{
	struct strbuf b;

	(void)state;
	strbuf_init(&b, 0);
	for (size_t n = 0; n < 1000; n++) {
		assert_int_equal(b.n, n);
		strbuf_ch(&b, (char)('a' + n % 26));
		assert_int_equal(b.p[b.n], 0);
		assert_int_equal(strlen(b.p), n + 1);
	}
	for (size_t n = 0; n < 1000; n++)
		assert_int_equal(b.p[n], 'a' + n % 26);
	strbuf_release(&b);
}

static void test_long_format(void **state)
{
	char text[1000];
	struct strbuf b;

	(void)state;
	memset(text, 'x', sizeof text);
	strbuf_init(&b, 0);
	for (int n = 250; n < 260; n++) {
		strbuf_clear(&b);
		strbuf_fmt(&b, "%.*s", n, text);
		assert_int_equal(b.n, n);
	}
	strbuf_clear(&b);
	strbuf_fmt(&b, "%.*s", (int)sizeof text, text);
	assert_int_equal(b.n, sizeof text);
	assert_memory_equal(b.p, text, sizeof text);
	strbuf_fmt(&b, "%s", "");
	assert_int_equal(b.n, sizeof text);
	strbuf_release(&b);
}

static void test_maximum(void **state)
{
	struct strbuf b;

	(void)state;
	strbuf_init(&b, 5);
	strbuf_cstr(&b, "12345");
	assert_false(b.full);
	strbuf_cstr(&b, "");
	assert_false(b.full);
	strbuf_ch(&b, '6');
	assert_true(b.full);
	strbuf_pad(&b, '7', 1000000000);
	strbuf_fmt(&b, "%0300d", 8);
	assert_str(strbuf_str(&b), "12345");
	assert_true(b.cap < 100);
	strbuf_clear(&b);
	assert_false(b.full);
	strbuf_cstr(&b, "abcdefg");
	assert_str(strbuf_str(&b), "abcde");
	assert_true(b.full);
	strbuf_release(&b);
	assert_int_equal(b.max, 5);
	assert_false(b.full);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_adding),
		cmocka_unit_test(test_growing),
		cmocka_unit_test(test_long_format),
		cmocka_unit_test(test_maximum),
	};

	return cmocka_run_group_tests_name("strbuf", tests, NULL, NULL);
}
