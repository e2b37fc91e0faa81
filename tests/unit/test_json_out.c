/* Writing JSON: layout, escapes, diagnostics. */
#include "unit.h"

#include <string.h>

#include "base/diag_json.h"
#include "base/json_out.h"

static struct strbuf out;

static int teardown(void **state)
{
	(void)state;
	strbuf_release(&out);
	return 0;
}

static void begin(struct json_out *j, bool compact)
{
	strbuf_clear(&out);
	json_out_init(j, &out, compact);
}

static void write_sample(struct json_out *j)
{
	json_out_object(j);
	json_out_kstr(j, "name", STR("x"));
	json_out_kstr_or_null(j, "none", STR(""));
	json_out_key(j, "list");
	json_out_array(j);
	json_out_i64(j, INT64_MIN);
	json_out_bool(j, true);
	json_out_null(j);
	json_out_object(j);
	json_out_object_end(j);
	json_out_array(j);
	json_out_array_end(j);
	json_out_array_end(j);
	json_out_ki64(j, "n", INT64_MAX);
	json_out_ki64_or_null(j, "bp", -1);
	json_out_ki64_or_null(j, "zero", 0);
	json_out_kbool(j, "no", false);
	json_out_object_end(j);
	json_out_end(j);
}

static void test_layout(void **state)
{
	struct json_out j;

	(void)state;
	begin(&j, false);
	write_sample(&j);
	assert_str(strbuf_str(&out),
		   "{\n  \"name\": \"x\",\n  \"none\": null,\n  \"list\": [\n"
		   "    -9223372036854775808,\n    true,\n    null,\n    {},\n"
		   "    []\n  ],\n  \"n\": 9223372036854775807,\n"
		   "  \"bp\": null,\n  \"zero\": 0,\n  \"no\": false\n}\n");
	begin(&j, true);
	write_sample(&j);
	assert_str(strbuf_str(&out),
		   "{\"name\":\"x\",\"none\":null,\"list\":["
		   "-9223372036854775808,true,null,{},[]],"
		   "\"n\":9223372036854775807,\"bp\":null,\"zero\":0,"
		   "\"no\":false}\n");
}

/* A string as it is written, without the quotes and the newline. */
static struct str written(struct str s)
{
	struct json_out j;

	begin(&j, true);
	json_out_str(&j, s);
	json_out_end(&j);
	return str_sub(strbuf_str(&out), 1, out.n - 2);
}

static void test_escapes(void **state)
{
	(void)state;
	assert_str(written(STR("")), "");
	assert_str(written(STR("a\"b\\c/d")), "a\\\"b\\\\c/d");
	assert_str(written(STR("\n\r\t\b\x1b[31m\x7f")),
		   "\\n\\r\\t\\u0008\\u001b[31m\\u007f");
	assert_str(written(STR("\xc3\xa9\xe4\xb8\xad\xf0\x9f\x98\x80")),
		   "\xc3\xa9\xe4\xb8\xad\xf0\x9f\x98\x80");
	assert_str(written(STR("\xc2\x85\xe2\x80\xa8\xe2\x80\xa9\xe2\x80\xae"
			       "\xe2\x81\xa6\xef\xbb\xbf\xd8\x9c")),
		   "\\u0085\\u2028\\u2029\\u202e\\u2066\\ufeff\\u061c");
	assert_str(written(STR("a\0b\xff" "c\xed\xa0\x80")),
		   "a\xef\xbf\xbd" "b\xef\xbf\xbd" "c\xef\xbf\xbd\xef\xbf\xbd"
		   "\xef\xbf\xbd");
	assert_str(written(STR("\xe2\x80")), "\xef\xbf\xbd\xef\xbf\xbd");
}

static void test_keys_are_escaped(void **state)
{
	struct json_out j;

	(void)state;
	begin(&j, true);
	json_out_object(&j);
	json_out_kstr(&j, "a\"\n", STR("x"));
	json_out_object_end(&j);
	json_out_end(&j);
	assert_str(strbuf_str(&out), "{\"a\\\"\\n\":\"x\"}\n");
}

static void test_deepest(void **state)
{
	struct json_out j;

	(void)state;
	begin(&j, true);
	for (int i = 0; i < 63; i++)
		json_out_array(&j);
	for (int i = 0; i < 63; i++)
		json_out_array_end(&j);
	json_out_end(&j);
	assert_int_equal(out.n, 127);
}

static void test_diagnostics(void **state)
{
	struct diags ds = {0};
	struct json_out j;

	(void)state;
	diag_add(&ds, RW1103, diag_at_column(STR("b.json"), 7, 3), "twice");
	diag_add(&ds, RW1303, diag_at(STR("a")), "no \"url\"");
	diag_add(&ds, RW1302, diag_at(STR("")), "x");
	diag_sort(&ds);
	begin(&j, true);
	diag_json_write(&ds, &j);
	json_out_end(&j);
	assert_str(strbuf_str(&out),
		   "[{\"code\":\"RW1302\",\"severity\":\"note\",\"path\":null,"
		   "\"line\":null,\"column\":null,\"message\":\"x\"},"
		   "{\"code\":\"RW1303\",\"severity\":\"warning\","
		   "\"path\":\"a\",\"line\":null,\"column\":null,"
		   "\"message\":\"no \\\"url\\\"\"},"
		   "{\"code\":\"RW1103\",\"severity\":\"warning\","
		   "\"path\":\"b.json\",\"line\":7,\"column\":3,"
		   "\"message\":\"twice\"}]\n");
	diag_release(&ds);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_layout),
		cmocka_unit_test(test_escapes),
		cmocka_unit_test(test_keys_are_escaped),
		cmocka_unit_test(test_deepest),
		cmocka_unit_test(test_diagnostics),
	};

	return cmocka_run_group_tests_name("json_out", tests, NULL, teardown);
}
