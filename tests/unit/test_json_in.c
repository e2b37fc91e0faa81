/* Reading JSON: syntax, structure, cut texts, trees, hostile input. */
#include "unit.h"

#include <stdio.h>
#include <string.h>

#include "base/json_in.h"
#include "base/limits.h"
#include "base/utf8.h"

static struct arena arena;
static struct diags ds;

static int setup(void **state)
{
	(void)state;
	diag_release(&ds);
	arena_release(&arena);
	return 0;
}

/* Opens a document; its kept diagnostics must be as many as said. */
static enum err open_text(struct str text, struct json_raw *ret,
			  size_t diagnostics)
{
	enum err err;

	diag_release(&ds);
	err = json_open(text, diag_at(STR("f")), &ds, ret);
	if (ds.kept.n != diagnostics)
		fail_msg("%zu diagnostics for %.*s", ds.kept.n,
			 STR_ARG(text));
	return err;
}

static void assert_diag(size_t i, enum diag_code code, unsigned line,
			unsigned column)
{
	assert_true(i < ds.kept.n);
	assert_int_equal(ds.kept.v[i].code, code);
	assert_int_equal(ds.kept.v[i].place.line, line);
	assert_int_equal(ds.kept.v[i].place.column, column);
}

static void test_sound_values(void **state)
{
	static const struct { const char *text; enum json_type type; } t[] = {
		{"{}", JSON_OBJECT}, {"[]", JSON_ARRAY}, {"\"\"", JSON_STRING},
		{"true", JSON_BOOL}, {"false", JSON_BOOL}, {"null", JSON_NULL},
		{"0", JSON_NUMBER}, {"-0.5e+10", JSON_NUMBER},
		{"12E3", JSON_NUMBER}, {" \t\r\n[1 , 2]\n", JSON_ARRAY},
		{"{\"a\":{\"b\":[{}, [ ] , \"\\\"]}\"]}}", JSON_OBJECT},
		{"\"\\u00e9\\ud83d\\ude00\\/\\b\"", JSON_STRING},
	};
	struct json_raw raw;

	(void)state;
	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		struct str text = str_c(t[i].text);

		assert_int_equal(open_text(text, &raw, 0), OK);
		assert_int_equal(raw.type, t[i].type);
		assert_false(raw.cut);
		assert_true(str_eq(raw.text, str_trim(text)));
	}
}

static void test_malformed(void **state)
{
	static const char *const t[] = {
		"", " ", "]", "}", "tru", "nul", "True", "NaN", "-", "01",
		"1.", "1.e5", "1e", "+1", ".5", "'a'", "{a:1}", "{\"a\"}",
		"{\"a\":}", "{\"a\":1,}", "{,}", "{\"a\":1 2}",
		"{\"a\":\"\"x", "[1,]", "[,1]", "[1 2]",
		"[1", "{", "{\"a", "{\"a\"", "{\"a\":", "{\"a\":1", "[}",
		"{]", "[1}", "{\"a\":1]", "\"\\x\"", "\"\\u12g4\"", "\"\\",
		"\"\\u12", "\"a", "[\"a\":1]", "{1:2}", "[1,,2]", "// c\n1",
	};
	struct json_raw raw;

	(void)state;
	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		assert_int_equal(open_text(str_c(t[i]), &raw, 1), ERR_FORMAT);
		assert_int_equal(ds.kept.v[0].code, RW1101);
	}
	assert_int_equal(open_text((struct str){NULL, 0}, &raw, 1),
			 ERR_FORMAT);
	assert_int_equal(open_text(STR("{}\n <html>"), &raw, 1), OK);
	assert_diag(0, RW1102, 2, 2);
	assert_int_equal(open_text(STR("[1,\n  2, x]"), &raw, 1), ERR_FORMAT);
	assert_diag(0, RW1101, 2, 6);
	assert_str(raw.text, "[1,\n  2, ");
	assert_true(raw.cut);
}

static void test_lines(void **state)
{
	struct json_raw raw, v;
	struct json_walk w;
	struct str key;

	(void)state;
	assert_int_equal(open_text(STR("\n{ \"a\":\n1,\"b\"\n:\n[\n],\n\n"
				       "\"c\":{}}"), &raw, 0), OK);
	assert_int_equal(raw.line, 2);
	json_walk_begin(&w, raw);
	assert_true(json_walk_next(&w, &key, &v));
	assert_str(key, "a");
	assert_int_equal(v.line, 3);
	assert_true(json_walk_next(&w, &key, &v));
	assert_int_equal(v.line, 5);
	assert_true(json_walk_next(&w, NULL, &v));
	assert_int_equal(v.line, 8);
	assert_false(json_walk_next(&w, NULL, &v));
	assert_true(w.done);
	assert_false(w.broken);
}

static void test_take(void **state)
{
	struct json_raw raw, v[3];

	(void)state;
	assert_int_equal(open_text(STR("[1, \"a\"]"), &raw, 0), OK);
	assert_true(json_walk_take(raw, v, 2));
	assert_str(v[1].text, "\"a\"");
	assert_false(json_walk_take(raw, v, 1));
	assert_false(json_walk_take(raw, v, 3));
	assert_int_equal(open_text(STR("{\"a\": 1}"), &raw, 0), OK);
	assert_false(json_walk_take(raw, v, 1));
	assert_false(json_walk_take(raw, v, 0));
}

static void test_members(void **state)
{
	static const struct str keys[] = {{"a", 1}, {"b", 1}, {"zz", 2}};
	struct json_raw raw, v[3];

	(void)state;
	assert_int_equal(open_text(STR("{\"b\":1,\"A\":0,\"\\u0061\":2,\n"
				       "\"a\":3,\"\":4}"), &raw, 0), OK);
	json_raw_members(raw, keys, 3, v, STR("f"), &ds);
	assert_str(v[0].text, "2");
	assert_str(v[1].text, "1");
	assert_int_equal(v[2].type, JSON_ABSENT);
	assert_diag(0, RW1103, 2, 0);
	assert_str(json_raw_get(raw, "a").text, "2");
	assert_int_equal(json_raw_get(raw, "x").type, JSON_ABSENT);
	assert_int_equal(json_raw_get(v[0], "x").type, JSON_ABSENT);
	json_raw_members(v[0], keys, 3, v, STR("f"), &ds);
	assert_int_equal(v[1].type, JSON_ABSENT);
}

static struct str decoded(struct str text)
{
	struct json_raw raw;
	enum err err = json_scan(text, &raw, NULL);

	assert_int_equal(err, OK);
	return json_raw_str(raw, &arena);
}

static void test_strings(void **state)
{
	(void)state;
	assert_str(decoded(STR("\"plain\"")), "plain");
	assert_str(decoded(STR("\"\"")), "");
	assert_str(decoded(STR("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"")),
		   "\"\\/\b\f\n\r\t");
	assert_str(decoded(STR("\"\\u0041\\u00e9\\u4e2d\\ud83d\\ude00\"")),
		   "A\xc3\xa9\xe4\xb8\xad\xf0\x9f\x98\x80");
	assert_str(decoded(STR("\"a\\u0000b\"")), "a\xef\xbf\xbd" "b");
	assert_str(decoded(STR("\"\\ud800x\\udc00\\ud800\\u0041\"")),
		   "\xef\xbf\xbdx\xef\xbf\xbd\xef\xbf\xbd" "A");
	assert_str(decoded(STR("\"a\nb\x01\"")),
		   "a\xef\xbf\xbd" "b\xef\xbf\xbd");
	assert_str(decoded(STR("\"a\xff\"")), "a\xef\xbf\xbd");
	assert_str(decoded(STR("17")), "");
	assert_str(decoded(STR("\"cut")), "");
}

static void test_odd_text_is_said(void **state)
{
	static const char *const t[] = {
		"[\n\"\\u0000\"]", "[\n\"\\udead\"]", "[\n\"\\ud800\\u0020\"]",
		"[\n\"\t\"]",
	};
	struct json_raw raw;

	(void)state;
	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		assert_int_equal(open_text(str_c(t[i]), &raw, 1), OK);
		assert_diag(0, RW1105, 2, 0);
	}
	assert_int_equal(open_text(STR("[\"\xc3\"]"), &raw, 1), OK);
	assert_diag(0, RW1105, 0, 0);
}

/* n opening brackets, then as many closing ones. */
static struct str nested(size_t n, char open, char close)
{
	char *p = arena_alloc(&arena, 2 * n + 1);

	memset(p, open, n);
	memset(p + n, close, n);
	return str_n(p, 2 * n);
}

static void test_depth(void **state)
{
	struct json_raw raw;

	(void)state;
	assert_int_equal(open_text(nested(LIMIT_JSON_DEPTH, '[', ']'), &raw,
				   0), OK);
	assert_int_equal(open_text(nested(LIMIT_JSON_DEPTH + 1, '[', ']'),
				   &raw, 1), ERR_LIMIT);
	assert_diag(0, RW1104, 1, LIMIT_JSON_DEPTH + 1);
	assert_int_equal(raw.text.n, LIMIT_JSON_DEPTH);
	assert_true(raw.cut);
	assert_int_equal(open_text(nested(1000000, '[', ']'), &raw, 1),
			 ERR_LIMIT);
	assert_int_equal(open_text(nested(1000000, '{', '}'), &raw, 1),
			 ERR_FORMAT);
}

/* Walks everything below a value, without recursion; counts values. */
static size_t walk_all(struct json_raw root)
{
	VEC(struct json_raw) todo = {0};
	size_t n = 0;

	vec_push(&todo, root);
	while (todo.n) {
		struct json_raw v = todo.v[--todo.n];
		struct json_walk w;
		struct str key = STR("");

		n++;
		assert_true(v.line >= 1);
		assert_true(utf8_is_valid(json_raw_str(v, &arena)));
		json_walk_begin(&w, v);
		while (json_walk_next(&w, &key, &v))
			vec_push(&todo, v);
		assert_true(w.done || w.broken);
	}
	vec_release(&todo);
	return n;
}

static const char sample[] =
	"{\"s\":\"\\u00e9\\ud83d\\ude00\\n\",\n\"n\":[1,-2.5e3,true,false,"
	"null],\"o\":{\"a\":{},\"b\":[[]]},\"k\\\"\":\"\xc3\xa9\"} ";

static void test_cut_at_every_byte(void **state)
{
	struct json_raw raw;
	size_t all = sizeof sample - 1, before = 0;

	(void)state;
	for (size_t i = 0; i <= all; i++) {
		/* exactly i bytes, so that reading past them is seen */
		char *copy = mem_new(i, 1);
		struct str text = {copy, i};
		enum err err;

		memcpy(copy, sample, i);
		diag_release(&ds);
		err = json_open(text, diag_at(STR("f")), &ds, &raw);
		assert_int_equal(err, i >= all - 1 ? OK : ERR_FORMAT);
		if (err)
			assert_true(ds.counts[RW1101] == 1);
		assert_true(raw.cut == (i > 0 && i < all - 1));
		if (raw.type != JSON_ABSENT) {
			size_t n = walk_all(raw);

			/* a value once there stays there */
			assert_true(n >= before);
			before = n;
		}
		free(copy);
	}
	assert_int_equal(before, 13);
}

static void test_long_texts_are_linear(void **state)
{
	size_t n = 4 * LIMIT_MB;
	char *p = mem_new(n, 1);
	struct json_raw raw;
	enum err err;

	(void)state;
	/* would take minutes if anything were quadratic */
	memset(p, '\n', n);
	memcpy(p, "[0", 2);
	for (size_t i = 2; i < n; i += 2)
		memcpy(p + i, ",0", 2);
	err = json_scan(str_n(p, n), &raw, NULL);
	assert_int_equal(err, OK);
	assert_true(raw.cut);
	assert_int_equal(walk_all(raw), n / 2 + 1);
	memset(p, '\\', n);
	p[0] = '"';
	err = json_scan(str_n(p, n), &raw, NULL);
	assert_int_equal(err, OK);
	assert_true(raw.cut);
	free(p);
}

static struct json *parse(struct str text, enum err want)
{
	struct json *j;
	enum err err;

	diag_release(&ds);
	err = json_parse(text, diag_at_line(STR("f"), 5), &ds, &j);
	assert_int_equal(err, want);
	assert_true(want ? !j : j != NULL);
	return j;
}

static void test_tree(void **state)
{
	struct json *j = parse(STR("{\"a\":[1,\"x\",null,true],\"A\":\"big\","
				   "\"n\":-7,\"t\":true,\"o\":{}}"), OK);
	const struct json *a = json_get(j, "a");
	int64_t n = 0;

	(void)state;
	assert_int_equal(ds.kept.n, 0);
	assert_str(json_str(json_next(json_first(a))), "x");
	assert_str(json_get_str(j, "A"), "big");
	assert_str(json_get_str(j, "n"), "");
	assert_true(json_get_i64(j, "n", &n));
	assert_int_equal(n, -7);
	assert_null(json_get(j, "none"));
	json_free(j);
}

static void test_nothing_is_fine(void **state)
{
	int64_t n;

	(void)state;
	assert_null(json_get(NULL, "x"));
	assert_null(json_first(NULL));
	assert_null(json_next(NULL));
	assert_str(json_str(NULL), "");
	assert_false(json_i64(NULL, &n));
	json_free(NULL);
}

static void test_numbers(void **state)
{
	static const struct { const char *text; bool ok; int64_t want; } t[] = {
		{"9007199254740991", true, 9007199254740991},
		{"9007199254740993", false, 0}, {"1e3", true, 1000},
		{"1.5", false, 0}, {"1e999", false, 0}, {"-0", true, 0},
		{"123456789012345678901234567890", false, 0},
		{"\"1\"", false, 0}, {"true", false, 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		struct json *j = parse(str_c(t[i].text), OK);
		int64_t n = 0;

		assert_int_equal(json_i64(j, &n), t[i].ok);
		assert_int_equal(n, t[i].want);
		json_free(j);
	}
}

static void test_tree_repairs(void **state)
{
	struct json *j = parse(STR("{\"a\":\"x\\u0000y\\ud800\","
				   "\"b\":\"\xff\n\\\\\\\"\",\"a\":2,"
				   "\"o\":[{\"k\":1,\"k\":2}]}"), OK);

	(void)state;
	assert_str(json_get_str(j, "a"), "x\xef\xbf\xbdy\xef\xbf\xbd");
	assert_str(json_get_str(j, "b"), "\xef\xbf\xbd\xef\xbf\xbd\\\"");
	assert_int_equal(ds.counts[RW1103], 2);
	assert_int_equal(ds.counts[RW1105], 2);
	json_free(j);
	parse(STR("{\"a\":1"), ERR_FORMAT);
	parse(STR("nonsense"), ERR_FORMAT);
	parse(nested(LIMIT_JSON_DEPTH + 1, '[', ']'), ERR_LIMIT);
	json_free(parse(nested(LIMIT_JSON_DEPTH, '[', ']'), OK));
	json_free(parse(STR("1 2"), OK));
	assert_diag(0, RW1102, 5, 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_sound_values, setup),
		cmocka_unit_test_setup(test_malformed, setup),
		cmocka_unit_test_setup(test_lines, setup),
		cmocka_unit_test_setup(test_take, setup),
		cmocka_unit_test_setup(test_members, setup),
		cmocka_unit_test_setup(test_strings, setup),
		cmocka_unit_test_setup(test_odd_text_is_said, setup),
		cmocka_unit_test_setup(test_depth, setup),
		cmocka_unit_test_setup(test_cut_at_every_byte, setup),
		cmocka_unit_test_setup(test_long_texts_are_linear, setup),
		cmocka_unit_test_setup(test_tree, setup),
		cmocka_unit_test_setup(test_nothing_is_fine, setup),
		cmocka_unit_test_setup(test_numbers, setup),
		cmocka_unit_test_setup(test_tree_repairs, setup),
	};

	return cmocka_run_group_tests_name("json_in", tests, NULL, setup);
}
