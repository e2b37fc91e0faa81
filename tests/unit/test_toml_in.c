/* Reading TOML: trees, strings, places, what is not sound, limits. */
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/strbuf.h"
#include "base/toml_in.h"

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

static const struct toml *parse(struct str text, enum err want)
{
	const struct toml *root;

	diag_release(&ds);
	assert_int_equal(toml_parse(text, STR("f"), &arena, &ds, &root),
			 want);
	assert_non_null(root);
	return root;
}

/* A tree as one line; recursion is bounded by LIMIT_TOML_DEPTH. */
static void show(const struct toml *t)
{
	bool is_table = t->type == TOML_TABLE;

	if (t->type == TOML_STRING)
		strbuf_fmt(&out, "'%.*s'", STR_ARG(t->text));
	if (t->type == TOML_PLAIN)
		strbuf_add(&out, t->text);
	if (!is_table && t->type != TOML_ARRAY)
		return;
	strbuf_ch(&out, is_table ? '{' : '[');
	for (const struct toml *m = t->first; m; m = m->next) {
		if (is_table)
			strbuf_fmt(&out, "%.*s:", STR_ARG(m->key));
		show(m);
		strbuf_cstr(&out, m->next ? " " : "");
	}
	strbuf_ch(&out, is_table ? '}' : ']');
}

#define assert_toml(text, want) do { \
	strbuf_clear(&out); \
	show(parse(STR(text), OK)); \
	assert_str(strbuf_str(&out), want); \
	assert_int_equal(ds.kept.n, 0); \
} while (0)

#define assert_broken(text, want, code_, line_, column_) do { \
	strbuf_clear(&out); \
	show(parse(STR(text), ERR_FORMAT)); \
	assert_str(strbuf_str(&out), want); \
	assert_int_equal(ds.kept.v[0].code, code_); \
	assert_int_equal(ds.kept.v[0].place.line, line_); \
	assert_int_equal(ds.kept.v[0].place.column, column_); \
} while (0)

static void test_values(void **state)
{
	(void)state;
	assert_toml("", "{}");
	assert_toml("# only\r\n\r\n  # this", "{}");
	assert_toml("a = 1 # one\nb= 'x'\r\nc =\"y\"\n\"d e\" = true\n'' = inf",
		    "{a:1 b:'x' c:'y' d e:true :inf}");
	assert_toml("a=-1_000.5e+3\nd=1979-05-27 07:32:00Z\n"
		    "e=1979-05-27\nf=07:32:00.9\ng=0xDEAD\n",
		    "{a:-1_000.5e+3 d:1979-05-27 07:32:00Z e:1979-05-27 "
		    "f:07:32:00.9 g:0xDEAD}");
	assert_toml("a=[]\nb=[1,[2, 'x',],\n # c\n {y={}},\n]\nc={}\n"
		    "d = {x=1, y.z=2}",
		    "{a:[] b:[1 [2 'x'] {y:{}}] c:{} d:{x:1 y:{z:2}}}");
}

static void test_strings(void **state)
{
	(void)state;
	assert_toml("a='\\n'\nb=\"\\n\\t\\\"\\\\\\u00e9\\U0001F600\\b\"",
		    "{a:'\\n' b:'\n\t\"\\\xc3\xa9\xf0\x9f\x98\x80\b'}");
	assert_toml("a=\"\"\nb=''\nc=\"\"\"\"\"\"\nd=''''''",
		    "{a:'' b:'' c:'' d:''}");
	assert_toml("a=\"\"\"\n1\n2\"\"\"\nb='''\r\n\\1'''\nc=1",
		    "{a:'1\n2' b:'\\1' c:1}");
	assert_toml("a=\"\"\"x\"\"y\"\"\"\"\"\nb=\"\"\"\\\n   z \\  \n\n w\"\"\"",
		    "{a:'x\"\"y\"\"' b:'z w'}");
	assert_toml("a=\"\"\"\\\"\"\"\"", "{a:'\"'}");
}

static void test_tables(void **state)
{
	(void)state;
	assert_toml("top=1\n[a]\nx=1\n[a.b.c]\ny=2\n[ d . 'e.f' ]\nz=3\n",
		    "{top:1 a:{x:1 b:{c:{y:2}}} d:{e.f:{z:3}}}");
	assert_toml("[[p]]\nn=1\n[p.q]\nm=2\n[[p]]\nn=3\n[[p.r]]\n[[p.r]]\n"
		    "k=1", "{p:[{n:1 q:{m:2}} {n:3 r:[{} {k:1}]}]}");
	assert_toml("a.b=1\na . c=2\n[a.d]\n", "{a:{b:1 c:2 d:{}}}");
	assert_toml("[x.y]\n[x]\nz=1\n", "{x:{y:{} z:1}}");
}

static void test_access_and_lines(void **state)
{
	const struct toml *t = parse(STR("a = '1'\n\n[b]\n# c\nx = \"\"\"\n\n"
					 "\"\"\"\nd = [\n 1,\n {y = 2}]\n"),
				     OK);
	const struct toml *d = toml_get(toml_get(t, "b"), "d");

	(void)state;
	assert_str(toml_get_str(t, "a"), "1");
	assert_str(toml_get_str(t, "b"), "");
	assert_int_equal(toml_get(t, "none")->type, TOML_ABSENT);
	assert_int_equal(toml_get(toml_get(t, "none"), "x")->type,
			 TOML_ABSENT);
	assert_int_equal(toml_get(t, "a")->line, 1);
	assert_int_equal(toml_get(t, "b")->line, 3);
	assert_int_equal(d->line, 8);
	assert_int_equal(d->first->next->line, 10);
}

static void test_malformed_is_left_out(void **state)
{
	(void)state;
	assert_broken("a = 1\nb = \nc = 2\n[d]\ne = 3\n", "{a:1 b: d:{e:3}}",
		      RW1114, 2, 5);
	assert_broken("[a\nx=1\n[b]\ny=1\n", "{b:{y:1}}", RW1114, 1, 3);
	assert_broken("[[p]]\nn='x\n[[p]]\nn='y'\n", "{p:[{n:} {n:'y'}]}",
		      RW1114, 2, 3);
	assert_broken("a = 1 2\n[b]\n", "{a:1 b:{}}", RW1114, 1, 7);
	assert_broken("a = 1\na.b = 2\n", "{a:1}", RW1114, 2, 3);
	assert_broken("a = 1\n[[a]]\n", "{a:1}", RW1114, 2, 6);
	assert_broken("a = [1,, 2]", "{a:[1 ]}", RW1114, 1, 8);
	assert_broken("a = [1, {b = [2", "{a:[1 {b:[2]}]}", RW1114, 1, 16);
	assert_broken("a = \"\\q\"", "{a:}", RW1114, 1, 5);
	assert_broken("a = \"\\ud800\"", "{a:}", RW1114, 1, 5);
	assert_broken("a = \"\\u0000\"", "{a:}", RW1114, 1, 5);
	assert_broken("a\n", "{}", RW1114, 1, 2);
	assert_broken("= 1\n", "{}", RW1114, 1, 1);
	assert_broken("a = x\n", "{a:}", RW1114, 1, 6);
	assert_broken("a = \"\"\"x", "{a:}", RW1114, 1, 5);
}

static void test_duplicates(void **state)
{
	(void)state;
	strbuf_clear(&out);
	show(parse(STR("a=1\na=[2, {a=3}]\n[t]\nx=1\n[t]\ny=2\nx=3\n"), OK));
	assert_str(strbuf_str(&out), "{a:1 t:{x:1 y:2}}");
	assert_int_equal(ds.counts[RW1103], 3);
	assert_int_equal(ds.kept.v[1].place.line, 5);
}

static void test_depth(void **state)
{
	struct strbuf b = {0};

	(void)state;
	strbuf_cstr(&b, "a=1\nb=");
	strbuf_pad(&b, '[', 10000);
	strbuf_cstr(&b, "\n[c]\nd=1\n");
	parse(strbuf_str(&b), ERR_FORMAT);
	assert_int_equal(ds.counts[RW1104], 1);
	strbuf_clear(&b);
	strbuf_ch(&b, 'a');
	for (int i = 0; i < 10000; i++)
		strbuf_cstr(&b, ".a");
	strbuf_cstr(&b, "=1\n[c]\nd=1\n");
	assert_int_equal(toml_get(toml_get(parse(strbuf_str(&b), ERR_FORMAT),
					   "c"), "d")->type, TOML_PLAIN);
	assert_int_equal(ds.counts[RW1104], 1);
	strbuf_release(&b);
}

static void test_nodes(void **state)
{
	struct strbuf b = {0};

	(void)state;
	strbuf_cstr(&b, "a=[");
	for (int i = 0; i < LIMIT_TOML_NODES; i++)
		strbuf_cstr(&b, "1,");
	parse(strbuf_str(&b), ERR_LIMIT);
	assert_int_equal(ds.counts[RW1901], 1);
	strbuf_release(&b);
}

static void test_cut_and_changed_at_every_byte(void **state)
{
	static const char sample[] =
		"a.b = [1, {c = \"\\u00e9\"}] # x\n[[t.u]]\nd = '''x\ny'''\n"
		"[t.v]\ne = 1979-05-27 07:32:00\n";
	static const char nasty[] = "\"'[]{}=.,#\n\\";

	(void)state;
	for (size_t i = 0; i <= sizeof sample - 1; i++) {
		char *copy = malloc(i + 1);

		memcpy(copy, sample, i);
		for (size_t k = 0; k < sizeof nasty; k++) {
			const struct toml *t;
			enum err err;

			diag_release(&ds);
			err = toml_parse(str_n(copy, i), STR("f"), &arena,
					 &ds, &t);
			assert_true((err == OK) == (ds.counts[RW1114] == 0));
			show(t);
			if (i)
				copy[i - 1] = nasty[k];
		}
		free(copy);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_values, setup),
		cmocka_unit_test_setup(test_strings, setup),
		cmocka_unit_test_setup(test_tables, setup),
		cmocka_unit_test_setup(test_access_and_lines, setup),
		cmocka_unit_test_setup(test_malformed_is_left_out, setup),
		cmocka_unit_test_setup(test_duplicates, setup),
		cmocka_unit_test_setup(test_depth, setup),
		cmocka_unit_test_setup(test_nodes, setup),
		cmocka_unit_test_setup(test_cut_and_changed_at_every_byte,
				       setup),
	};

	return cmocka_run_group_tests_name("toml_in", tests, NULL, setup);
}
