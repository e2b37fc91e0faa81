/* Reading YAML: trees, places, aliases and merges, limits, cut texts. */
#include "unit.h"

#include <string.h>

#include "base/limits.h"
#include "base/strbuf.h"
#include "base/yaml_in.h"

static struct arena arena;
static struct diags ds;
static struct strbuf out;

static int setup(void **state)
{
	(void)state;
	diag_release(&ds);
	arena_release(&arena);
	strbuf_release(&out);
	return 0;
}

static const struct yaml *parse_nth(struct str text, size_t skip,
				    enum err want)
{
	const struct yaml *root;
	enum err err;

	diag_release(&ds);
	err = yaml_parse(text, skip, STR("f"), &arena, &ds, &root);
	assert_int_equal(err, want);
	assert_non_null(root);
	return root;
}

static const struct yaml *parse(const char *text, enum err want)
{
	return parse_nth(str_c(text), 0, want);
}

static void assert_diag(enum diag_code code, unsigned line, unsigned column)
{
	assert_int_equal(ds.kept.n, 1);
	assert_int_equal(ds.kept.v[0].code, code);
	assert_int_equal(ds.kept.v[0].place.line, line);
	assert_int_equal(ds.kept.v[0].place.column, column);
}

/* A small tree as flow text; recursion is bounded by LIMIT_YAML_DEPTH. */
static void show(const struct yaml *y)
{
	if (y->type == YAML_SCALAR)
		strbuf_add(&out, y->text);
	if (y->type != YAML_SEQUENCE && y->type != YAML_MAPPING)
		return;
	strbuf_ch(&out, y->type == YAML_SEQUENCE ? '[' : '{');
	for (const struct yaml *m = y->first; m; m = m->next) {
		if (m->key) {
			show(m->key);
			strbuf_ch(&out, ':');
		}
		show(m);
		if (m->next)
			strbuf_ch(&out, ' ');
	}
	strbuf_ch(&out, y->type == YAML_SEQUENCE ? ']' : '}');
}

#define assert_shown(y, want) do { \
	strbuf_clear(&out); \
	show(y); \
	assert_str(strbuf_str(&out), want); \
} while (0)

static void test_tree(void **state)
{
	const struct yaml *y = parse("a: 1\nb:\n  - x\n  - {c: 'y z'}\n"
				     "\"d\": ''\ne:\n? [k]\n: v\n", OK);

	(void)state;
	assert_shown(y, "{a:1 b:[x {c:y z}] d: e: [k]:v}");
	assert_int_equal(y->count, 5);
	assert_int_equal(yaml_get(y, "b")->count, 2);
	assert_str(yaml_get_str(y, "a"), "1");
	assert_str(yaml_get_str(y, "none"), "");
	assert_str(yaml_get_str(yaml_get(y, "a"), "x"), "");
	assert_int_equal(yaml_get(y, "none")->type, YAML_ABSENT);
	assert_int_equal(ds.kept.n, 0);
}

static void test_byte_order_mark(void **state)
{
	const struct yaml *y = parse("\xef\xbb\xbf" "a: 1\nb: 2\n", OK);

	(void)state;
	assert_shown(y, "{a:1 b:2}");
	assert_int_equal(yaml_get(y, "a")->key->column, 1);
	assert_int_equal(ds.kept.n, 0);
}

static void test_places(void **state)
{
	const struct yaml *y = parse("# c\na: {b: 1,\n    c: \"x\"}\n", OK);
	const struct yaml *c = yaml_get(yaml_get(y, "a"), "c");
	struct place at = yaml_place(c, STR("p"));

	(void)state;
	assert_int_equal(at.line, 3);
	assert_int_equal(at.column, 8);
	assert_int_equal(c->key->column, 5);
	assert_int_equal(yaml_get(y, "a")->line, 2);
}

static void test_scalars(void **state)
{
	const struct yaml *y = parse("a: ~\nb: null\nc: 'null'\nd: yes\n"
				     "e: 'yes'\nf: Off\ng: !!str on\n"
				     "h: |\n  two\n  lines\ni:\n", OK);
	bool v = false;

	(void)state;
	assert_str(yaml_get_str(y, "a"), "");
	assert_str(yaml_get_str(y, "b"), "");
	assert_str(yaml_get_str(y, "c"), "null");
	assert_str(yaml_get_str(y, "h"), "two\nlines\n");
	assert_str(yaml_get_str(y, "i"), "");
	assert_true(yaml_bool(yaml_get(y, "d"), &v) && v);
	assert_false(yaml_bool(yaml_get(y, "e"), &v));
	assert_true(yaml_bool(yaml_get(y, "f"), &v) && !v);
	assert_false(yaml_bool(yaml_get(y, "g"), &v));
	assert_false(yaml_bool(yaml_get(y, "none"), &v));
	assert_false(yaml_bool(y, &v));
}

static void test_duplicate_keys(void **state)
{
	const struct yaml *y = parse("a: 1\nb: 2\n\"a\": {x: 3}\n", OK);

	(void)state;
	assert_shown(y, "{a:1 b:2}");
	assert_diag(RW1103, 3, 1);
}

static void test_aliases(void **state)
{
	(void)state;
	assert_shown(parse("a: &x {n: 1}\nb: *x\nc: [*x, *x]\n"
			   "k: &s word\n*s : 2\n", OK),
		     "{a:{n:1} b:{n:1} c:[{n:1} {n:1}] k:word word:2}");
	/* the last anchor of a name counts */
	assert_shown(parse("[&x 1, *x, &x 2, *x]", OK), "[1 1 2 2]");
	assert_shown(parse("[1, *x, 2]", ERR_FORMAT), "[1]");
	assert_diag(RW1106, 1, 5);
	parse("a: &x [1, *x]\n", ERR_FORMAT);
	assert_diag(RW1106, 1, 11);
	/* anchors end with their document */
	parse_nth(STR("&x a\n---\n*x\n"), 1, ERR_FORMAT);
}

static void test_merge_keys(void **state)
{
	(void)state;
	/* what stands there wins, before and after; then the first merged */
	assert_shown(parse("a: &a {x: 1, y: 2}\nb: &b {y: 3, z: 4}\n"
			   "c: {<<: *a, x: 9}\nd: {<<: [*b, *a]}\n"
			   "e: {y: 0, <<: *a, <<: *b}\n"
			   "f: {<<: {q: 5}}\n", OK),
		     "{a:{x:1 y:2} b:{y:3 z:4} c:{x:9 y:2} "
		     "d:{y:3 z:4 x:1} e:{y:0 x:1 z:4} f:{q:5}}");
	assert_int_equal(ds.kept.n, 0);
	/* merges of merges; the anchor sees the whole */
	assert_shown(parse("- &a {x: 1}\n- &b {<<: *a, y: 2}\n"
			   "- {<<: *b, z: 3}\n", OK),
		     "[{x:1} {y:2 x:1} {z:3 y:2 x:1}]");
	assert_shown(parse("{'<<': 1}", OK), "{<<:1}");
	assert_shown(parse("{<<: 1, a: 2}", OK), "{a:2}");
	assert_diag(RW1106, 1, 6);
}

static void test_documents(void **state)
{
	static const char text[] = "---\na: 1\n---\nb: 2\n...\n---\n";

	(void)state;
	assert_shown(parse_nth(str_c(text), 0, OK), "{a:1}");
	assert_shown(parse_nth(str_c(text), 1, OK), "{b:2}");
	assert_shown(parse_nth(str_c(text), 2, OK), "");
	assert_int_equal(parse_nth(str_c(text), 3, ERR_NOTFOUND)->type,
			 YAML_ABSENT);
	assert_int_equal(parse("", ERR_NOTFOUND)->type, YAML_ABSENT);
	assert_int_equal(parse("# only\n", ERR_NOTFOUND)->type, YAML_ABSENT);
	/* what follows the document that was asked for is not looked at */
	assert_shown(parse("a: 1\n---\n]\n", OK), "{a:1}");
}

static void test_malformed_keeps_the_beginning(void **state)
{
	(void)state;
	assert_shown(parse("a: 1\nb: [x, {c: 2, d", ERR_FORMAT),
		     "{a:1 b:[x {c:2 d:}]}");
	assert_int_equal(ds.counts[RW1106], 1);
	assert_shown(parse("a: 1\nb: 2\n]\n", ERR_FORMAT), "{a:1 b:2}");
	assert_diag(RW1106, 3, 1);
	parse("a: 1\n\tb: 2\n", ERR_FORMAT);
	parse("a: \"x\n", ERR_FORMAT);
	parse("a: {b: 1]\n", ERR_FORMAT);
	parse("%YAML 9.9\n---\na\n", ERR_FORMAT);
	parse("a: !<\n", ERR_FORMAT);
	/* libyaml refuses control characters, and names an offset only */
	parse("a: 1\nb: x\x01\n", ERR_FORMAT);
	assert_diag(RW1106, 2, 5);
}

static void test_bad_bytes(void **state)
{
	(void)state;
	assert_shown(parse_nth(STR("a: x\xff\nb: y\0z\n"), 0, OK),
		     "{a:x\xef\xbf\xbd b:y\xef\xbf\xbdz}");
	assert_int_equal(ds.counts[RW1105], 1);
}

static struct str repeat(const char *what, size_t n)
{
	strbuf_clear(&out);
	for (size_t i = 0; i < n; i++)
		strbuf_cstr(&out, what);
	return arena_dup(&arena, strbuf_str(&out));
}

static void test_depth(void **state)
{
	struct str deepest;

	(void)state;
	strbuf_clear(&out);
	strbuf_pad(&out, '[', LIMIT_YAML_DEPTH);
	strbuf_pad(&out, ']', LIMIT_YAML_DEPTH);
	deepest = arena_dup(&arena, strbuf_str(&out));
	parse_nth(deepest, 0, OK);
	parse_nth(repeat("[", LIMIT_YAML_DEPTH + 1), 0, ERR_LIMIT);
	assert_diag(RW1104, 1, LIMIT_YAML_DEPTH + 1);
	/* these would take minutes without a limit */
	parse_nth(repeat("[", 1000000), 0, ERR_LIMIT);
	parse_nth(repeat("- ", 1000000), 0, ERR_LIMIT);
	parse_nth(repeat("{a: ", 1000000), 0, ERR_LIMIT);
	parse_nth(repeat("? ", 1000000), 0, ERR_LIMIT);
}

static void test_bombs(void **state)
{
	struct strbuf text = {0};

	(void)state;
	/* each level holds the one before nine times */
	strbuf_cstr(&text, "a0: &a0 x\n");
	for (int i = 1; i < 40; i++) {
		strbuf_fmt(&text, "a%d: &a%d [", i, i);
		for (int k = 0; k < 9; k++)
			strbuf_fmt(&text, "*a%d,", i - 1);
		strbuf_cstr(&text, "]\n");
	}
	parse_nth(strbuf_str(&text), 0, ERR_LIMIT);
	assert_int_equal(ds.counts[RW1901], 1);
	strbuf_clear(&text);
	strbuf_cstr(&text, "m0: &m0 {k0: 1}\n");
	for (int i = 1; i < 40; i++)
		strbuf_fmt(&text, "m%d: &m%d {<<: [*m%d, *m%d], k%d: 1}\n",
			   i, i, i - 1, i - 1, i);
	parse_nth(strbuf_str(&text), 0, ERR_LIMIT);
	strbuf_release(&text);
	parse_nth(repeat("%TAG !a! x\n", 100000), 0, ERR_LIMIT);
	assert_int_equal(ds.counts[RW1901], 1);
	parse_nth(repeat("- a\n", LIMIT_YAML_NODES), 0, ERR_LIMIT);
}

static const char sample[] =
	"project: &p 'x y'\ncommitters:\n  - &one\n    name: \"\xc3\xa9\"\n"
	"    company: [a, *p]\n  - <<: *one\n    text: |\n      long\n"
	"? [k]\n: !!str v # end\n";

/* Nothing but OK and ERR_FORMAT, whatever was cut or changed. */
static void test_cut_and_changed_at_every_byte(void **state)
{
	static const char nasty[] = "\0\n\t[]{}:,-?*&!|>'\"%@`#\xff<";

	(void)state;
	for (size_t i = 0; i < sizeof sample - 1; i++) {
		char *copy = mem_new(i, 1);
		const struct yaml *y;
		enum err err;

		memcpy(copy, sample, i);
		err = yaml_parse(str_n(copy, i), 0, STR("f"), &arena, &ds, &y);
		assert_true(err == OK || err == ERR_FORMAT ||
			    (err == ERR_NOTFOUND && i == 0));
		if (i && err == OK)
			assert_true(y->type != YAML_ABSENT);
		for (size_t k = 0; i && k < sizeof nasty - 1; k++) {
			copy[i - 1] = nasty[k];
			err = yaml_parse(str_n(copy, i), 0, STR("f"), &arena,
					 &ds, &y);
			assert_true(err != ERR_LIMIT);
			show(y);
		}
		free(copy);
	}
}

static void test_escapes_that_are_no_text(void **state)
{
	const struct yaml *y = parse("a: \"x\\0y\"\nb: 'x\\0'\n", OK);

	(void)state;
	assert_str(yaml_get_str(y, "a"), "x\xef\xbf\xbdy");
	assert_str(yaml_get_str(y, "b"), "x\\0");
	assert_diag(RW1105, 1, 4);
}

static void test_all_documents(void **state)
{
	const struct yaml *y;

	(void)state;
	setup(NULL);
	assert_int_equal(yaml_parse_all(STR("a: &x 1\n---\n[b]\n---\n---\n"
					    "c: *x\n"), STR("f"), &arena,
					&ds, &y), ERR_FORMAT);
	assert_shown(y, "[{a:1} [b]  {}]");
	assert_diag(RW1106, 6, 4); /* anchors end with their document */
	assert_int_equal(yaml_get(y->first, "a")->line, 1);
	assert_int_equal(y->first->next->line, 3);
	setup(NULL);
	assert_int_equal(yaml_parse_all(STR(""), STR("f"), &arena, &ds, &y),
			 OK);
	assert_int_equal(y->type, YAML_ABSENT);
	assert_int_equal(yaml_parse_all(STR("a"), STR("f"), &arena, &ds, &y),
			 OK);
	assert_shown(y, "[a]");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_tree, setup),
		cmocka_unit_test_setup(test_byte_order_mark, setup),
		cmocka_unit_test_setup(test_places, setup),
		cmocka_unit_test_setup(test_scalars, setup),
		cmocka_unit_test_setup(test_duplicate_keys, setup),
		cmocka_unit_test_setup(test_aliases, setup),
		cmocka_unit_test_setup(test_merge_keys, setup),
		cmocka_unit_test_setup(test_documents, setup),
		cmocka_unit_test_setup(test_all_documents, setup),
		cmocka_unit_test_setup(test_escapes_that_are_no_text, setup),
		cmocka_unit_test_setup(test_malformed_keeps_the_beginning,
				       setup),
		cmocka_unit_test_setup(test_bad_bytes, setup),
		cmocka_unit_test_setup(test_depth, setup),
		cmocka_unit_test_setup(test_bombs, setup),
		cmocka_unit_test_setup(test_cut_and_changed_at_every_byte,
				       setup),
	};

	return cmocka_run_group_tests_name("yaml_in", tests, NULL, setup);
}
