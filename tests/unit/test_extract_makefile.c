/* Makefiles: recipes, variables, conditions, and hostile files. */
#include "extracting.h"

#include "base/limits.h"

#define PATH "Makefile"
#define GH "repository=https://github.com/o/"

static void test_which_files(void **state)
{
	static const char *const wanted[] = {
		"Makefile", "a/makefile", "GNUmakefile", "rules.mk",
		"Makefile.common", "lib.makefile"};
	static const char *const others[] = {
		"Makefile.am", "Makefile.in", "Makefile.md", "makefile.py",
		"cmakefile", "Makefile/x", "Makefile.pyc"};

	(void)state;
	for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
		assert_true(extract_makefile.wants(
			&(struct file){.path = str_c(wanted[i])}));
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		assert_false(extract_makefile.wants(
			&(struct file){.path = str_c(others[i])}));
}

static void test_recipes(void **state)
{
	(void)state;
	assert_extracts(PATH,
		"all: x # git clone https://github.com/o/no\n"
		"\t@-git clone https://github.com/o/a\n"
		"\tcd a && git checkout v1 && \\\n"
		"\t  git clone https://github.com/o/b\n"
		"\n"
		"#\tgit clone https://github.com/o/no\n"
		"git clone https://github.com/o/no\n"
		"x: y; wget https://dl.vendor.dev/c-1.0.tgz\n"
		"\techo git clone https://github.com/o/no\n"
		"\t$(MAKE) install; $(INSTALL) -d x\n"
		"\tgo install dl.vendor.dev/d@v1.0.0",
		"a v1 pkg:github/o/a@v1 unknown 2 " GH "a ref=v1\n"
		"b  pkg:github/o/b unknown 4 " GH "b unpinned\n"
		"c 1.0 pkg:generic/c@1.0?download_url="
		"https:%2F%2Fdl.vendor.dev%2Fc-1.0.tgz unknown 8\n"
		"dl.vendor.dev/d v1.0.0 pkg:golang/dl.vendor.dev/d@v1.0.0 "
		"unknown 11\n", "");
}

static void test_variables(void **state)
{
	(void)state;
	assert_extracts(PATH,
		"A = 1 # comment\n"
		"export B := v$(A)\n"
		"override C ?= no\n"
		"C ?= nor\n"
		"LATE = $(LATER)\n"
		"LATER = 7\n"
		"L := p1\n"
		"L += \\\n p2\n"
		"A = 2\n"
		"x:\n"
		"\tgit clone -b $(B) https://github.com/o/a\n"
		"\tgit clone -b v${A}.$(LATE) https://github.com/o/b\n"
		"\tfor i in r1; do apt install $$i $(L) $C $(NO) $(call f,x); "
		"done\n"
		"\tW=9; git clone -b v$$W https://github.com/o/c\n"
		"\tgit clone -b v$$W https://github.com/o/d\n"
		"\tx=$(shell git clone https://github.com/o/e)\n"
		"define F\n"
		"\tgit clone https://github.com/o/no\n"
		"endef\n"
		"y: A = 3\n",
		"a v1 pkg:github/o/a@v1 unknown 12 " GH "a ref=v1\n"
		"b v2.7 pkg:github/o/b@v2.7 unknown 13 " GH "b ref=v2.7\n"
		"r1   unknown 14 unpinned\n"
		"p1   unknown 14 unpinned\n"
		"p2   unknown 14 unpinned\n"
		"no   unknown 14 unpinned\n"
		"c v9 pkg:github/o/c@v9 unknown 15 " GH "c ref=v9\n"
		"d  pkg:github/o/d unknown 16 " GH "d unpinned\n"
		"e  pkg:github/o/e unknown 17 " GH "e unpinned\n",
		"RW1302 14 the package is not known: ${NO}\n"
		"RW1302 14 the package is not known: ${}\n"
		"RW1302 16 the revision is not known: v${W}\n");
}

static void test_conditions(void **state)
{
	(void)state;
	assert_extracts(PATH,
		"V = 1\n"
		"ifeq ($(X),y)\n"
		"V = 2\n"
		"ONLY = 4\n"
		"else ifdef Z\n"
		"V = 3\n"
		"endif\n"
		"endif\n"
		"x:\n"
		"\tgit clone -b v$(V) https://github.com/o/a\n"
		"\tgit clone -b v$(ONLY) https://github.com/o/b\n",
		"a  pkg:github/o/a unknown 10 " GH "a unpinned\n"
		"b v4 pkg:github/o/b@v4 unknown 11 " GH "b ref=v4\n",
		"RW1302 10 the revision is not known: v${V}\n");
}

static void test_hostile(void **state)
{
	enum { N = 50000 };
	struct extracting e;
	struct strbuf b;

	(void)state;
	assert_extracts(PATH, "A = $(B)\nB = $(A)\nC = $(C)x\nD = $(D\n"
			"x:\n\tapt install $(A) $(C) $(D) $\n", "",
			"RW1302 6 the package is not known: ${B}\n"
			"RW1302 6 the package is not known: ${C}xxxxxxx\n"
			"RW1302 6 the package is not known: ${}\n"
			"RW1302 6 the package is not known: ${}\n");
	strbuf_init(&b, 0);
	strbuf_cstr(&b, "A = ");
	for (int i = 0; i < N; i++)
		strbuf_cstr(&b, "$(A)");
	strbuf_cstr(&b, "\nall:\n\tgit clone https://github.com/o/r\n");
	for (int i = 0; i < N; i++)
		strbuf_cstr(&b, "\techo $(A)\nifdef X\nelse\n");
	extracting_text(&e, PATH, strbuf_str(&b));
	assert_int_equal(e.scan.parts.components.n, 2);
	assert_int_equal(e.scan.diags.counts[RW1901], 1);
	extracting_release(&e);
	strbuf_clear(&b);
	strbuf_cstr(&b, "x:\n\tgit clone https://github.com/o/r\n\ta \\\n");
	for (int i = 0; i < N; i++)
		strbuf_cstr(&b, "01234567890123456789012345678901234567\\\n");
	strbuf_cstr(&b, "\n\tgit clone https://github.com/o/s\n");
	extracting_text(&e, PATH, strbuf_str(&b));
	assert_int_equal(e.scan.parts.components.n, 3);
	assert_int_equal(e.scan.diags.counts[RW1108], 1);
	extracting_release(&e);
	strbuf_release(&b);
	extracting_text(&e, PATH, STR("\x7f" "ELF\0\xff\n\t\xff\n\t'\n= =\n"));
	assert_int_equal(e.scan.parts.components.n, 1);
	extracting_release(&e);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_which_files),
		cmocka_unit_test(test_recipes),
		cmocka_unit_test(test_variables),
		cmocka_unit_test(test_conditions),
		cmocka_unit_test(test_hostile),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
