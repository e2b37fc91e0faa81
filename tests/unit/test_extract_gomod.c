/* go.mod: requires, replaces, versions, and files that are not sound. */
#include "extracting.h"

static void test_require_forms(void **state)
{
	(void)state;
	assert_extracts("go.mod",
		"module example.com/m // a comment\n"
		"\n"
		"go 1.22\n"
		"toolchain go1.22.1\n"
		"require github.com/Azure/a v1.2.3\n"
		"require (\n"
		"\tgolang.org/x/net v0.17.0 // indirect\n"
		"\t\"k8s.io/api\" `v0.28.0` // indirect; for tests\n"
		"\n"
		"\t// github.com/not/this v1.0.0\n"
		"\tgopkg.in/yaml.v3 v3.0.1 // not an indirect one\n"
		")\n"
		"require()\n"
		"require(\n"
		"github.com/b/c/v2 v2.0.0+incompatible\n"
		")\n",
		"github.com/Azure/a v1.2.3 "
		"pkg:golang/github.com/Azure/a@v1.2.3 runtime 5 "
		"repository=https://github.com/Azure/a ref=v1.2.3\n"
		"golang.org/x/net v0.17.0 "
		"pkg:golang/golang.org/x/net@v0.17.0 runtime 7 "
		"ref=v0.17.0 indirect\n"
		"k8s.io/api v0.28.0 pkg:golang/k8s.io/api@v0.28.0 "
		"runtime 8 ref=v0.28.0 indirect\n"
		"gopkg.in/yaml.v3 v3.0.1 pkg:golang/gopkg.in/yaml.v3@v3.0.1 "
		"runtime 11 ref=v3.0.1\n"
		"github.com/b/c/v2 v2.0.0+incompatible "
		"pkg:golang/github.com/b/c/v2@v2.0.0%2Bincompatible "
		"runtime 15 repository=https://github.com/b/c ref=v2.0.0\n",
		"");
}

static void test_other_directives_are_skipped(void **state)
{
	(void)state;
	assert_extracts("go.mod",
		"module m\n"
		"exclude golang.org/x/net v1.0.0\n"
		"exclude (\n\tgolang.org/x/net v1.1.0\n)\n"
		"retract [v1.0.0, v1.9.9] // a slip, it says\n"
		"retract (\n\tv0.1.0\n\t[v1.0.0, v1.1.0] // and so on\n)\n"
		"tool golang.org/x/tools/cmd/stringer\n"
		"godebug default=go1.21\n"
		"ignore (\n\t./node_modules\n)\n", "", "");
}

static void test_pseudo_versions(void **state)
{
	(void)state;
	assert_extracts("go.mod",
		"require (\n"
		"github.com/a/b v0.0.0-20200123010203-0123456789ab\n"
		"github.com/a/c v1.2.4-0.20200123010203-abcdef012345\n"
		"github.com/a/d v1.2.3-pre.0.20200123010203-abcdef012345"
		"+incompatible\n"
		"github.com/a/e v1.2.3-20200123010203\n"
		"github.com/a/f v1.2.3-20200123010203-abcdef01234g\n"
		")\n",
		"github.com/a/b v0.0.0-20200123010203-0123456789ab "
		"pkg:golang/github.com/a/b@"
		"v0.0.0-20200123010203-0123456789ab runtime 2 "
		"repository=https://github.com/a/b ref=0123456789ab\n"
		"github.com/a/c v1.2.4-0.20200123010203-abcdef012345 "
		"pkg:golang/github.com/a/c@"
		"v1.2.4-0.20200123010203-abcdef012345 runtime 3 "
		"repository=https://github.com/a/c ref=abcdef012345\n"
		"github.com/a/d v1.2.3-pre.0.20200123010203-abcdef012345"
		"+incompatible pkg:golang/github.com/a/d@"
		"v1.2.3-pre.0.20200123010203-abcdef012345%2Bincompatible "
		"runtime 4 repository=https://github.com/a/d "
		"ref=abcdef012345\n"
		"github.com/a/e v1.2.3-20200123010203 "
		"pkg:golang/github.com/a/e@v1.2.3-20200123010203 runtime 5 "
		"repository=https://github.com/a/e "
		"ref=v1.2.3-20200123010203\n"
		"github.com/a/f v1.2.3-20200123010203-abcdef01234g "
		"pkg:golang/github.com/a/f@"
		"v1.2.3-20200123010203-abcdef01234g runtime 6 "
		"repository=https://github.com/a/f "
		"ref=v1.2.3-20200123010203-abcdef01234g\n",
		"");
}

static void test_versions_that_fix_nothing(void **state)
{
	(void)state;
	assert_extracts("go.mod",
		"require github.com/a/b master\n"
		"require github.com/a/c "
		"v0.0.0-00010101000000-000000000000\n",
		"github.com/a/b  pkg:golang/github.com/a/b runtime 1 "
		"repository=https://github.com/a/b ref=master unpinned\n"
		"github.com/a/c  pkg:golang/github.com/a/c runtime 2 "
		"repository=https://github.com/a/c unpinned\n",
		"RW1302 1 github.com/a/b has no fixed version: master\n"
		"RW1302 2 github.com/a/c has no fixed version: "
		"v0.0.0-00010101000000-000000000000\n");
}

static void test_replaces(void **state)
{
	(void)state;
	assert_extracts("sub/go.mod",
		"require (\n"
		"github.com/a/fork v1.0.0\n"
		"github.com/a/old v1.0.0\n"
		"github.com/a/kept v1.1.0\n"
		"example.com/here v0.0.0-00010101000000-000000000000\n"
		"example.com/away v1.0.0\n"
		"example.com/root v1.0.0\n"
		")\n"
		"replace github.com/a/fork => github.com/b/fork v1.0.1\n"
		"replace (\n"
		"github.com/a/old v1.0.0 => github.com/a/old v1.0.2\n"
		"github.com/a/old => github.com/no/no v9.9.9\n"
		"github.com/a/kept v1.0.0 => github.com/no/no v9.9.9\n"
		"example.com/here => ./lib/here\n"
		"example.com/away => ../../away\n"
		"example.com/root => /go/src/root\n"
		"github.com/not/required => github.com/no/no v9.9.9\n"
		")\n",
		"github.com/b/fork v1.0.1 "
		"pkg:golang/github.com/b/fork@v1.0.1 runtime 2,9 "
		"repository=https://github.com/b/fork ref=v1.0.1\n"
		"github.com/a/old v1.0.2 "
		"pkg:golang/github.com/a/old@v1.0.2 runtime 3,11 "
		"repository=https://github.com/a/old ref=v1.0.2\n"
		"github.com/a/kept v1.1.0 "
		"pkg:golang/github.com/a/kept@v1.1.0 runtime 4 "
		"repository=https://github.com/a/kept ref=v1.1.0\n"
		"example.com/away   runtime 15 unpinned\n"
		"example.com/root   runtime 16 unpinned\n",
		"RW1304 14 module example.com/here is taken from the folder "
		"sub/lib/here\n"
		"RW1304 15 module example.com/away is taken from a folder "
		"outside the tree: ../../away\n"
		"RW1304 16 module example.com/root is taken from a folder "
		"outside the tree: /go/src/root\n");
}

static void test_gerrit_and_folders(void **state)
{
	(void)state;
	assert_extracts("go.mod",
		"require gerrit.o-ran-sc.org/r/ric-plt/nodeb-rnib.git/entities"
		" v1.2.8\n"
		"require gerrit.o-ran-sc.org/r/com/golog.git v0.0.2\n"
		"require github.com/o/r/sub/dir/v3 v3.1.0\n"
		"require github.com/o v1.0.0\n",
		"gerrit.o-ran-sc.org/r/ric-plt/nodeb-rnib.git/entities v1.2.8 "
		"pkg:golang/gerrit.o-ran-sc.org/r/ric-plt/nodeb-rnib.git/"
		"entities@v1.2.8 runtime 1 "
		"repository=https://gerrit.o-ran-sc.org/r/ric-plt/nodeb-rnib "
		"ref=entities/v1.2.8\n"
		"gerrit.o-ran-sc.org/r/com/golog.git v0.0.2 "
		"pkg:golang/gerrit.o-ran-sc.org/r/com/golog.git@v0.0.2 "
		"runtime 2 repository=https://gerrit.o-ran-sc.org/r/com/golog "
		"ref=v0.0.2\n"
		"github.com/o/r/sub/dir/v3 v3.1.0 "
		"pkg:golang/github.com/o/r/sub/dir/v3@v3.1.0 runtime 3 "
		"repository=https://github.com/o/r ref=sub/dir/v3.1.0\n"
		"github.com/o v1.0.0 pkg:golang/github.com/o@v1.0.0 runtime 4 "
		"ref=v1.0.0\n",
		"");
}

static void test_vendor_folder_is_said(void **state)
{
	static const struct made files[] = {
		{"a/go.mod", STR("require github.com/a/b v1.0.0\n"), NULL},
		{"a/vendor/modules.txt", STR("# github.com/a/b v1.0.0\n"),
		 NULL},
		{0}};
	struct extracting e;

	(void)state;
	extracting_run(&e, files);
	assert_str(extracting_diags(&e), "RW1304 0 the modules are taken "
		   "from the folder a/vendor\n");
	assert_int_equal(e.scan.parts.components.n, 2);
	extracting_release(&e);
}

static void test_unsound_lines(void **state)
{
	(void)state;
	assert_extracts("go.mod",
		"\xef\xbb\xbfmodule m\r\n"
		"require github.com/a/b v1.0.0\r\n"
		"require github.com/a/b\r\n"
		"require a b c d e f g h\r\n"
		"require \"github.com/open v1.0.0\r\n"
		"require github.com/a\x01 v1.0.0\r\n"
		"replace github.com/a/b v1 =>\r\n"
		"replace => x\r\n"
		"<<<<<<< HEAD\r\n"
		"require (\r\n"
		"github.com/cut/off v1",
		"github.com/a/b v1.0.0 pkg:golang/github.com/a/b@v1.0.0 "
		"runtime 2 repository=https://github.com/a/b ref=v1.0.0\n"
		"github.com/cut/off v1 pkg:golang/github.com/cut/off@v1 "
		"runtime 11 repository=https://github.com/cut/off ref=v1\n",
		"RW1301 3 not understood: require github.com/a/b\n"
		"RW1301 4 not understood: require a b c d e f g h\n"
		"RW1301 5 not understood: require \"github.com/open v1.0.0\n"
		"RW1301 6 not understood: require github.com/a\x01 v1.0.0\n"
		"RW1301 7 not understood: replace github.com/a/b v1 =>\n"
		"RW1301 8 not understood: replace => x\n"
		"RW1301 9 not understood: <<<<<<< HEAD\n"
		"RW1301 10 the block is not closed: require\n");
}

static void test_failed_files_are_counted(void **state)
{
	struct extracting e;

	(void)state;
	extracting_text(&e, "go.mod", STR("\x7f" "ELF\0\1\2\3"));
	assert_int_equal(e.scan.parts.components.n, 1);
	assert_int_equal(e.target.files_failed, 1);
	assert_true(diag_has_effect(&e.scan.diags, DIAG_INCOMPLETE));
	extracting_release(&e);
	extracting_text(&e, "go.mod", STR(""));
	assert_int_equal(e.target.files_failed, 0);
	extracting_release(&e);
}

static void test_scope_by_path(void **state)
{
	(void)state;
	assert_extracts("tools/e2-simulator/go.mod",
		"require github.com/a/b v1.0.0\n",
		"github.com/a/b v1.0.0 pkg:golang/github.com/a/b@v1.0.0 "
		"test 1 repository=https://github.com/a/b ref=v1.0.0\n", "");
}

/* 80,000 requires, half of them replaced: linear, or the test takes hours. */
static void test_many(void **state)
{
	enum { N = 40000 };
	struct strbuf b;
	struct extracting e;

	(void)state;
	strbuf_init(&b, 0);
	for (int i = 0; i < N; i++)
		strbuf_fmt(&b, "require github.com/a/b%d v1.0.0\n", i);
	for (int i = 0; i < N; i++)
		strbuf_fmt(&b, "replace github.com/a/b%d => ./%d\n", i, i * 2);
	for (int i = 0; i < N; i++)
		strbuf_fmt(&b, "require c/%d v1\n", i);
	extracting_text(&e, "go.mod", strbuf_str(&b));
	assert_int_equal(e.scan.parts.components.n, N + 1);
	assert_int_equal(e.scan.parts.edges.n, N);
	assert_int_equal(e.scan.diags.counts[RW1304], N);
	extracting_release(&e);
	strbuf_clear(&b);
	strbuf_cstr(&b, "require github.com/a/b v1.0.0\nrequire ");
	strbuf_pad(&b, 'a', 3 << 20);
	strbuf_cstr(&b, " v1\nrequire github.com/a/c v1.0.0\n");
	extracting_text(&e, "go.mod", strbuf_str(&b));
	assert_int_equal(e.scan.parts.components.n, 3);
	assert_int_equal(e.scan.diags.counts[RW1108], 1);
	assert_int_equal(e.target.files_failed, 1);
	extracting_release(&e);
	strbuf_release(&b);
}

static void test_sum_confirms(void **state)
{
	static const struct made files[] = {
		{"go.mod", STR("require example.com/a v1.0.0\n"
			       "require example.com/b v1.0.0\n"), NULL},
		{"go.sum", STR("example.com/a v0.9.0 h1:old=\n"
			       "example.com/a v1.0.0/go.mod h1:mod=\n"
			       "example.com/a v1.0.0 h1:sum=\r\n"
			       "example.com/b v1.0.0/go.mod h1:mod=\n"
			       "example.com/c v1.0.0 h1:no=\nrubbish\n"),
		 NULL},
		{0}};

	(void)state;
	assert_tree(files,
		"example.com/a v1.0.0 pkg:golang/example.com/a@v1.0.0 "
		"runtime 1,3 ref=v1.0.0 hash=h1:sum=\n"
		"example.com/b v1.0.0 pkg:golang/example.com/b@v1.0.0 "
		"runtime 2 ref=v1.0.0\n", "");
}

static void test_workspace(void **state)
{
	static const struct made files[] = {
		{"other/go.mod", STR("require example.com/a v1.0.0\n"), NULL},
		{"ws/a/go.mod", STR("module example.com/a\n"), NULL},
		{"ws/b/go.mod", STR("module example.com/b\n"
				    "require example.com/a v1.0.0\n"
				    "require example.com/old v1.0.0\n"
				    "require example.com/near v1.0.0\n"
				    "replace example.com/old => bad/x v1.0.0\n"
				    ), NULL},
		{"ws/go.work", STR("go 1.22\nuse (\n./a\nb\n)\nuse ../gone\n"
				   "replace example.com/old => "
				   "example.com/new v2.0.0\n"
				   "replace example.com/near => ./near\n"
				   "junk ( \n"), NULL},
		{0}};

	(void)state;
	assert_tree(files,
		"example.com/a v1.0.0 pkg:golang/example.com/a@v1.0.0 "
		"runtime 1 ref=v1.0.0\n"
		"example.com/new v2.0.0 pkg:golang/example.com/new@v2.0.0 "
		"runtime 3 ref=v2.0.0\n",
		"RW1304 2 module example.com/a is taken from the folder "
		"ws/a\n"
		"RW1304 4 module example.com/near is taken from the folder "
		"ws/near\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sum_confirms),
		cmocka_unit_test(test_workspace),
		cmocka_unit_test(test_require_forms),
		cmocka_unit_test(test_other_directives_are_skipped),
		cmocka_unit_test(test_pseudo_versions),
		cmocka_unit_test(test_versions_that_fix_nothing),
		cmocka_unit_test(test_replaces),
		cmocka_unit_test(test_gerrit_and_folders),
		cmocka_unit_test(test_vendor_folder_is_said),
		cmocka_unit_test(test_unsound_lines),
		cmocka_unit_test(test_failed_files_are_counted),
		cmocka_unit_test(test_scope_by_path),
		cmocka_unit_test(test_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
