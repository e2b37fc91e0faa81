/* Submodules: gitlinks joined with .gitmodules, and either alone. */
#include "extracting.h"

#include "base/limits.h"

#define A40 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define B40 "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"

static void test_joined_on_the_path(void **state)
{
	static const struct made files[] = {
		{".gitmodules", STR(
			"[submodule \"one\"]\n"
			"\tpath = libs/one\n"
			"\turl = https://github.com/O/One.git\n"
			"\tbranch = remotes/origin/main\n"
			"[submodule \"docs/two\"]\n"
			"\tpath = docs/two\n"
			"\turl = git@gerrit.o-ran-sc.org:29418/r/ric/two\n"),
		 NULL},
		{"docs/two", STR(""), B40},
		{"libs/one", STR(""), A40},
		{0}};

	(void)state;
	assert_tree(files,
		"two " B40 " pkg:git/gerrit.o-ran-sc.org/r/ric/two@" B40
		" docs 5,0 repository=https://gerrit.o-ran-sc.org/r/ric/two "
		"commit=" B40 "\n"
		"One " A40 " pkg:github/o/one@" A40 " runtime 1,0 "
		"repository=https://github.com/O/One commit=" A40
		" ref=remotes/origin/main\n", "");
}

static void test_gitlink_alone(void **state)
{
	static const struct made bare[] = {{"deps/x", STR(""), A40}, {0}};
	static const struct made other[] = {
		{".gitmodules", STR("# nothing here\n"), NULL},
		{"deps/x", STR(""), A40}, {0}};

	(void)state;
	assert_tree(bare, "x " A40 "  runtime 0 commit=" A40 "\n",
	       "RW1303 0 the submodule has no entry in .gitmodules\n");
	assert_tree(other, "x " A40 "  runtime 0 commit=" A40 "\n",
	       "RW1303 0 the submodule has no entry in .gitmodules\n");
}

static void test_entry_alone(void **state)
{
	(void)state;
	assert_extracts(".gitmodules",
		"[submodule \"a\"]\npath=a\nurl=https://example.com/g/a\n",
		"a  pkg:git/example.com/g/a runtime 1 "
		"repository=https://example.com/g/a unpinned\n", "");
}

static void test_addresses_that_are_none(void **state)
{
	(void)state;
	assert_extracts(".gitmodules",
		"[submodule \"a\"]\n\tpath = a\n"
		"[submodule \"b\"]\n\tpath = b\n\turl = /srv/git/b\n"
		"[submodule \"c\"]\n\tpath = c\n\turl = file:///srv/c\n"
		"[submodule \"d\"]\n\tpath = d\n\turl = ../d.git\n"
		"[submodule \"e\"]\n\turl = https://example.com/g/e\n"
		"[submodule \"f\"]\n\tpath = a\n",
		"a   runtime 1 unpinned\n"
		"b   runtime 3 unpinned\n"
		"c   runtime 6 unpinned\n"
		"d   runtime 9 unpinned\n",
		"RW1303 1 the submodule a has no usable address\n"
		"RW1303 3 the submodule b has no usable address\n"
		"RW1303 6 the submodule c has no usable address\n"
		"RW1303 9 the submodule d has no usable address\n"
		"RW1301 12 the submodule has no path: "
		"https://example.com/g/e\n"
		"RW1301 14 another submodule has the path: a\n");
}

/* Relative addresses against the repository that the tree is. */
static void test_relative_addresses(void **state)
{
	static const char *const rows[][2] = {
		{"../b.git", "https://example.com/g/b"},
		{"./b", "https://example.com/g/a/b"},
		{"../../h/b", "https://example.com/h/b"},
		{"../../../b", ""}, {"../../../../../b", ""}};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct file f = {.path = STR(".gitmodules")};
		struct tree tree = {.files = {&f, 1, 1}};
		struct extracting e = {0};
		struct arena scratch = {0};
		struct extraction x = {
			.path = f.path, .file = &f, .tree = &tree,
			.parts = &e.scan.parts, .arena = &e.scan.arena,
			.scratch = &scratch, .diags = &e.scan.diags};

		component_add(&e.scan.parts, STR("root"), STR(""),
			      (struct evidence){STR(""), 0});
		e.scan.parts.components.v[0].provenance.repository =
			STR("https://example.com/g/a");
		x.text = arena_fmt(&scratch,
				   "[submodule \"b\"]\npath=b\nurl=%s\n",
				   rows[i][0]);
		assert_int_equal(extract_gitmodules.extract(&x), OK);
		unit_assert_str(e.scan.parts.components.v[1]
					.provenance.repository,
				str_c(rows[i][1]), __FILE__, __LINE__);
		arena_release(&scratch);
		extracting_release(&e);
	}
}

static void test_syntax(void **state)
{
	(void)state;
	assert_extracts(".gitmodules", "[submodule\npath = x\n", "",
			"RW1301 1 not a section: [submodule\n");
	assert_extracts(".gitmodules",
		"\xef\xbb\xbf; a comment\r\n"
		"[core]\r\n\turl = https://example.com/not/this\r\n"
		"[SubModule \"a\"]\r\n"
		"  PATH = \"a # b\" # a comment\r\n"
		"  URL = https://example.com/g/\\\r\n"
		"a ; and one\r\n"
		"  ignore = dirty\r\n"
		"  update\r\n"
		"  path2 = \"open\r\n"
		"[submodule \"open\r\npath = x\r\n",
		"a  pkg:git/example.com/g/a runtime 4 "
		"repository=https://example.com/g/a unpinned\n",
		"RW1301 9 not understood: update\n"
		"RW1301 10 not understood: path2 = \"open\n"
		"RW1301 11 not a section: [submodule \"open\n");
}

static void test_many(void **state)
{
	enum { N = 100000 };
	struct made *files = mem_new(N + 2, sizeof *files);
	struct arena names = {0};
	struct strbuf b;
	struct extracting e;

	(void)state;
	strbuf_init(&b, 0);
	for (int i = 0; i < N; i++) {
		files[i + 1].path = arena_fmt(&names, "m%06d", i).p;
		files[i + 1].commit = A40;
		strbuf_fmt(&b, "[submodule \"%d\"]\npath=m%06d\n"
			   "url=https://example.com/g/m%d\n", i, i, i);
	}
	files[0].path = ".gitmodules";
	files[0].text = strbuf_str(&b);
	extracting_run(&e, files);
	assert_int_equal(e.scan.parts.components.n, N + 1);
	assert_int_equal(e.scan.diags.kept.n, 0);
	extracting_release(&e);
	extracting_run(&e, files + 1);
	assert_int_equal(e.scan.parts.components.n, N + 1);
	assert_int_equal(e.scan.diags.counts[RW1303], N);
	extracting_release(&e);
	strbuf_release(&b);
	arena_release(&names);
	free(files);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_joined_on_the_path),
		cmocka_unit_test(test_gitlink_alone),
		cmocka_unit_test(test_entry_alone),
		cmocka_unit_test(test_addresses_that_are_none),
		cmocka_unit_test(test_relative_addresses),
		cmocka_unit_test(test_syntax),
		cmocka_unit_test(test_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
