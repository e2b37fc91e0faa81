/* requirements files: forms of statements, options, and rubbish. */
#include "extracting.h"

#include "base/limits.h"

#define PATH "requirements.txt"

static void test_pinned(void **state)
{
	(void)state;
	assert_extracts(PATH,
		"Flask==1.1.2\n"
		"ruamel.yaml === 0.17.17 # a comment\n"
		"coverage[toml, x]==5.5\n"
		"a_b == 1.0, >=0.9 ; python_version>=\"3.0\" # GPLv2\n"
		"paren (==2.0)\n"
		"local==1!1.0rc1+ubuntu.1\n",
		"Flask 1.1.2 pkg:pypi/flask@1.1.2 runtime 1\n"
		"ruamel.yaml 0.17.17 pkg:pypi/ruamel.yaml@0.17.17 runtime 2\n"
		"coverage 5.5 pkg:pypi/coverage@5.5 runtime 3\n"
		"a_b 1.0 pkg:pypi/a-b@1.0 runtime 4\n"
		"paren 2.0 pkg:pypi/paren@2.0 runtime 5\n"
		"local 1!1.0rc1+ubuntu.1 "
		"pkg:pypi/local@1%211.0rc1%2Bubuntu.1 runtime 6\n", "");
}

static void test_unpinned_is_kept(void **state)
{
	(void)state;
	assert_extracts(PATH,
		"sphinx\n"
		"urllib3~=1.26.15\n"
		"docutils < 0.17\n"
		"PrettyTable<0.8,>=0.7.2\n"
		"wild==1.*\n"
		"yamllint<1.26.1;python_version>=\"3.0\" # GPLv2\n"
		"not==1.0#sharp\n",
		"sphinx  pkg:pypi/sphinx runtime 1 unpinned\n"
		"urllib3  pkg:pypi/urllib3 runtime 2 unpinned\n"
		"docutils  pkg:pypi/docutils runtime 3 unpinned\n"
		"PrettyTable  pkg:pypi/prettytable runtime 4 unpinned\n"
		"wild  pkg:pypi/wild runtime 5 unpinned\n"
		"yamllint  pkg:pypi/yamllint runtime 6 unpinned\n",
		"RW1301 7 not a requirement: ==1.0#sharp\n");
}

static void test_continuations_and_hashes(void **state)
{
	(void)state;
	assert_extracts(PATH,
		"\xef\xbb\xbf" "one==1 \\\r\n"
		"    --hash=sha256:aa\r\n"
		"two==2 --hash=sha256:aa \\\n"
		"  --hash sha256:bb\n"
		"three \\\n"
		"  ==3 \\\n"
		"# a comment ends it \\\n"
		"four==4\n"
		"cut==5 \\",
		"one 1 pkg:pypi/one@1 runtime 1 hash=sha256:aa\n"
		"two 2 pkg:pypi/two@2 runtime 3\n"
		"three 3 pkg:pypi/three@3 runtime 5\n"
		"four 4 pkg:pypi/four@4 runtime 8\n"
		"cut 5 pkg:pypi/cut@5 runtime 9\n", "");
}

static void test_repositories(void **state)
{
	(void)state;
	assert_extracts(PATH,
		"-e git+https://opendev.org/starlingx/config.git@r/stx.9.0"
		"#egg=cgtsclient&subdirectory=sysinv\n"
		"git+ssh://git@github.com/O/R.git@v1.2\n"
		"name[extra] @ git+https://user:pw@github.com/O/R@"
		"0123456789ABCDEF0123456789abcdef01234567 ; os_name=='x'\n"
		"--editable=git+https://example.com/a/b/\n"
		"svn+https://svn.example.com/a@7#egg=svn\n",
		"cgtsclient  pkg:git/opendev.org/starlingx/config runtime 1 "
		"repository=https://opendev.org/starlingx/config "
		"ref=r/stx.9.0 unpinned\n"
		"R v1.2 pkg:github/o/r@v1.2 runtime 2 "
		"repository=https://github.com/O/R ref=v1.2\n"
		"name 0123456789abcdef0123456789abcdef01234567 "
		"pkg:github/o/r@0123456789abcdef0123456789abcdef01234567 "
		"runtime 3 repository=https://github.com/O/R "
		"commit=0123456789abcdef0123456789abcdef01234567\n"
		"b  pkg:git/example.com/a/b runtime 4 "
		"repository=https://example.com/a/b unpinned\n"
		"svn   runtime 5 unpinned\n",
		"RW1302 5 the repository of svn is not known\n");
}

static void test_downloads_and_folders(void **state)
{
	(void)state;
	assert_extracts(PATH,
		"https://u:secret@example.com/x/a-1.0.whl#sha256=ab\n"
		"b@https://example.com/b.zip\n"
		"-e .\n"
		"./libs/c\n"
		"dist/d.whl\n"
		"e @ file:///opt/e.whl\n",
		"a-1.0.whl  pkg:generic/a-1.0.whl?download_url="
		"https:%2F%2Fexample.com%2Fx%2Fa-1.0.whl runtime 1 "
		"hash=sha256:ab\n"
		"b  pkg:generic/b?download_url=https:%2F%2Fexample.com%2Fb.zip"
		" runtime 2 unpinned\n"
		"e   runtime 6 unpinned\n",
		"RW1304 3 a package is taken from .\n"
		"RW1304 4 a package is taken from ./libs/c\n"
		"RW1304 5 a package is taken from dist/d.whl\n"
		"RW1304 6 a package is taken from file:///opt/e.whl\n");
}

static void test_options(void **state)
{
	static const struct made files[] = {
		{"a/requirements-base.txt", STR("base==1\n"), NULL},
		{"a/requirements.txt", STR(
			"-r requirements-base.txt\n"
			"-r ../b/plain.txt\n"
			"-rmissing.txt\n"
			"--requirement=https://example.com/r.txt\n"
			"-c upper-constraints.txt\n"
			"-i https://u:pw@index.example.com/simple "
			"--extra-index-url https://other.example.com/\n"
			"--pre --no-binary :all:\n"
			"--trusted-host=x\n"
			"--no-such-option 1\n"), NULL},
		{"b/plain.txt", STR("unread==1\n"), NULL},
		{0}};
	struct extracting e;

	(void)state;
	extracting_run(&e, files);
	assert_str(extracting_components(&e),
		   "base 1 pkg:pypi/base@1 runtime 1\n");
	assert_str(extracting_diags(&e),
		"RW1301 2 the included file is not read: ../b/plain.txt\n"
		"RW1301 3 the included file is not read: missing.txt\n"
		"RW1301 4 the included file is not read: "
		"https://example.com/r.txt\n"
		"RW1302 5 versions may be fixed by upper-constraints.txt, "
		"which is not applied\n"
		"RW1305 6 packages may come from "
		"https://index.example.com/simple\n"
		"RW1305 6 packages may come from https://other.example.com/\n"
		"RW1301 9 unknown option: --no-such-option 1\n");
	extracting_release(&e);
}

static void test_variables(void **state)
{
	(void)state;
	assert_extracts(PATH, "a==${VERSION}\nb=={{ version }}\n"
			"{{ name }}==1\n",
		"a  pkg:pypi/a runtime 1 unpinned\n"
		"b  pkg:pypi/b runtime 2 unpinned\n",
		"RW1302 1 a version is not known: ${VERSION}\n"
		"RW1302 2 a version is not known: {{ version }}\n"
		"RW1301 3 not a requirement: {{ name }}==1\n");
}

static void test_which_files(void **state)
{
	static const struct made files[] = {
		{"dev-requirements.in", STR("compiled\n"), NULL},
		{"dev-requirements.txt", STR("compiled==1\n"), NULL},
		{"docs/requirements-docs.txt", STR("sphinx\n"), NULL},
		{"other.txt", STR("no==1\n"), NULL},
		{"requirements-test.txt", STR("tox\n"), NULL},
		{"requirements.rst", STR("no==1\n"), NULL},
		{"requirements/base.in", STR("only-in\n"), NULL},
		{0}};
	struct extracting e;

	(void)state;
	extracting_run(&e, files);
	assert_str(extracting_components(&e),
		"compiled 1 pkg:pypi/compiled@1 runtime 1\n"
		"sphinx  pkg:pypi/sphinx docs 1 unpinned\n"
		"tox  pkg:pypi/tox test 1 unpinned\n"
		"only-in  pkg:pypi/only-in runtime 1 unpinned\n");
	extracting_release(&e);
}

static void test_utf16_and_rubbish(void **state)
{
	struct extracting e;

	(void)state;
	extracting_text(&e, PATH,
			STR("\xff\xfe" "a\0=\0=\0" "1\0\r\0\n\0" "b\0\n\0"));
	assert_str(extracting_components(&e),
		   "a 1 pkg:pypi/a@1 runtime 1\n"
		   "b  pkg:pypi/b runtime 2 unpinned\n");
	assert_str(extracting_diags(&e), "");
	extracting_release(&e);
	extracting_text(&e, PATH, STR("\x7f" "ELF\2\1\1\0\0\xff\xfe\n=\n@\n"
				      "-\n;\n[\n(\na @\n-e\n-r\nok\n"));
	assert_str(extracting_components(&e),
		   "ok  pkg:pypi/ok runtime 11 unpinned\n");
	assert_int_equal(e.scan.diags.counts[RW1301], 10);
	assert_int_equal(e.scan.diags.counts[RW1105], 1);
	assert_int_equal(e.target.files_failed, 1);
	extracting_release(&e);
}

/* 10^5 requirements, long lines, long names. */
static void test_large(void **state)
{
	enum { N = 100000 };
	struct strbuf b;
	struct extracting e;

	(void)state;
	strbuf_init(&b, 0);
	for (int i = 0; i < N; i++)
		strbuf_fmt(&b, "p%d==%d --hash=sha256:ab\\\n\n", i, i);
	extracting_text(&e, PATH, strbuf_str(&b));
	assert_int_equal(e.scan.parts.components.n, N + 1);
	assert_int_equal(e.scan.diags.kept.n, 0);
	extracting_release(&e);
	strbuf_clear(&b);
	strbuf_pad(&b, 'a', LIMIT_NAME_BYTES + 1);
	strbuf_cstr(&b, "\nb==");
	strbuf_pad(&b, '1', LIMIT_NAME_BYTES + 1);
	strbuf_cstr(&b, "\nlong==1 \\\n");
	for (int i = 0; i < 20000; i++)
		strbuf_cstr(&b, " --hash=sha256:0123456789abcdef0123456789 "
			    "--hash=sha256:ab\\\n");
	strbuf_cstr(&b, "\nlast==1");
	extracting_text(&e, PATH, strbuf_str(&b));
	assert_str(extracting_components(&e),
		   "b  pkg:pypi/b runtime 2 unpinned\n"
		   "last 1 pkg:pypi/last@1 runtime 20005\n");
	assert_int_equal(e.scan.diags.counts[RW1301], 2);
	assert_int_equal(e.scan.diags.counts[RW1108], 1);
	extracting_release(&e);
	strbuf_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pinned),
		cmocka_unit_test(test_unpinned_is_kept),
		cmocka_unit_test(test_continuations_and_hashes),
		cmocka_unit_test(test_repositories),
		cmocka_unit_test(test_downloads_and_folders),
		cmocka_unit_test(test_options),
		cmocka_unit_test(test_variables),
		cmocka_unit_test(test_which_files),
		cmocka_unit_test(test_utf16_and_rubbish),
		cmocka_unit_test(test_large),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
