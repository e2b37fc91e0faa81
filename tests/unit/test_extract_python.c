/* Python projects: pyproject.toml, INI files, setup.py, locks, rubbish. */
#include "extracting.h"

#include "base/limits.h"

#define PYPI(name, rest) name "  pkg:pypi/" name " " rest "\n"

static void test_project(void **state)
{
	(void)state;
	assert_extracts("pyproject.toml",
		"[build-system]\nrequires = ['hatchling==1.2']\n"
		"[project]\nname = 'My_App'\n"
		"dependencies = [\n  'requests[socks]>=2',\n"
		"  \"pinned == 1.0 ; os_name == 'x'\",\n"
		"  'at @ git+https://github.com/O/R@v1.0',\n]\n"
		"[project.optional-dependencies]\n"
		"test = ['pytest']\nfast = ['uvloop', 'my-app[test]']\n"
		"[dependency-groups]\n"
		"docs = ['sphinx', {include-group = 'x'}]\nx = ['ruff']\n"
		"[tool.uv.sources]\nRUFF = {path = '../ruff'}\n"
		"[[tool.uv.index]]\nurl = 'https://u:p@index.example/simple'\n",
		"requests  pkg:pypi/requests runtime 6 unpinned\n"
		"pinned 1.0 pkg:pypi/pinned@1.0 runtime 7\n"
		"at v1.0 pkg:github/o/r@v1.0 runtime 8 "
		"repository=https://github.com/O/R ref=v1.0\n"
		PYPI("pytest", "test 11 unpinned")
		PYPI("uvloop", "runtime 12 unpinned")
		PYPI("sphinx", "docs 14 unpinned")
		"ruff   test 15 unpinned\n"
		"hatchling 1.2 pkg:pypi/hatchling@1.2 build 2\n",
		"RW1304 15 a package is taken from ../ruff\n"
		"RW1305 18 packages may come from "
		"https://index.example/simple\n");
}

static void test_poetry(void **state)
{
	(void)state;
	assert_extracts("pyproject.toml",
		"[tool.poetry.dependencies]\npython = '^3.9'\na = '^1.0'\n"
		"b = '1.2.3'\nc = {version = '==2.0', optional = true}\n"
		"d = {git = 'https://github.com/O/D.git', rev = 'main'}\n"
		"e = {path = './e'}\nf = '1.*'\n"
		"[tool.poetry.group.docs.dependencies]\nmkdocs = '*'\n"
		"[tool.poetry.dev-dependencies]\nblack = [{version = '1'}]\n",
		PYPI("a", "runtime 3 unpinned")
		"b 1.2.3 pkg:pypi/b@1.2.3 runtime 4\n"
		"c 2.0 pkg:pypi/c@2.0 runtime 5\n"
		"d  pkg:github/o/d runtime 6 repository=https://github.com/"
		"O/D ref=main unpinned\n"
		PYPI("f", "runtime 8 unpinned")
		PYPI("black", "test 12 unpinned")
		PYPI("mkdocs", "docs 10 unpinned"),
		"RW1304 7 a package is taken from ./e\n");
}

static void test_ini_files(void **state)
{
	(void)state;
	assert_extracts("setup.cfg",
		"[metadata]\nname = x\n[options]\ninstall_requires =\n"
		"    a>=1\n    # no\n    b==2.0\n\npackages = find:\n"
		"setup_requires = pbr\n"
		"[options.extras_require]\ndev =\n  c\n",
		PYPI("a", "runtime 5 unpinned")
		"b 2.0 pkg:pypi/b@2.0 runtime 7\n"
		PYPI("pbr", "build 10 unpinned")
		PYPI("c", "test 13 unpinned"), "");
	assert_extracts("tox.ini",
		"[tox]\nenvlist = py\n[testenv]\ndeps =\n  pytest==7 # why\n"
		"  py39,lint: flake8\n  -rreq.txt\n  {[base]deps}\n"
		"commands = x: y\n[testenv:docs]\ndeps = sphinx\n",
		"pytest 7 pkg:pypi/pytest@7 test 5\n"
		PYPI("flake8", "test 6 unpinned")
		PYPI("sphinx", "docs 11 unpinned"), "");
	assert_extracts("setup.cfg", "[options\nx\n[options]\n"
		"install_requires = file: req.txt\n", "",
		"RW1301 1 not understood: [options\n"
		"RW1301 2 not understood: x\n"
		"RW1302 4 requirements stand in req.txt\n");
}

static void test_setup_py(void **state)
{
	(void)state;
	assert_extracts("setup.py",
		"'''install_requires=['no']'''\n"
		"REQ = ['named==1.0',  # 'no'\n    \"two\" '>=1']\n"
		"install_requires = ['not-used']\n"
		"args = dict(setup_requires=('pbr',))\n"
		"setup(\n  name='x', install_requires=REQ,\n"
		"  tests_require=['mock', f'{x}', 'v==%s' % ('1', V), 'w'],\n"
		"  **{'extras_require': {'docs': ['sphinx'], 'y': 'z'}})\n"
		"setup(install_requires=open('f').readlines())\n"
		"setup(install_requires=['cut',",
		PYPI("pbr", "build 5 unpinned")
		"named 1.0 pkg:pypi/named@1.0 runtime 2\n"
		PYPI("two", "runtime 3 unpinned")
		PYPI("mock", "test 8 unpinned")
		PYPI("v", "test 8 unpinned")
		PYPI("w", "test 8 unpinned")
		PYPI("sphinx", "docs 9 unpinned")
		PYPI("z", "runtime 9 unpinned")
		PYPI("cut", "runtime 11 unpinned"),
		"RW1302 8 a requirement is computed: {x}\n"
		"RW1302 8 a requirement is computed: v==%s\n"
		"RW1302 10 a list is computed: open\n");
}

#define UV_LOCK \
	"version = 1\n" \
	"[[package]]\nname = 'app'\nversion = '0'\n" \
	"source = {editable = '.'}\n" \
	"dependencies = [{name = 'a'}]\n" \
	"[package.dev-dependencies]\ndev = [{name = 'c'}]\n" \
	"[[package]]\nname = 'a'\nversion = '1.1'\n" \
	"source = {registry = 'https://registry.example/simple'}\n" \
	"dependencies = [{name = 'B_x'}, {name = 'gone'}]\n" \
	"sdist = {url = 'https://registry.example/a', hash = 'sha256:aa'}\n" \
	"[[package]]\nname = 'b-x'\nversion = '2.0'\n" \
	"source = {git = 'https://github.com/o/b?rev=v2#0123456789012345678901" \
	"234567890123456789'}\n" \
	"[[package]]\nname = 'c'\nversion = '3.0'\n" \
	"dependencies = [{name = 'a'}, {name = 'd'}]\n" \
	"[[package]]\nname = 'd'\nversion = '4.0'\n"

static void test_uv_lock_and_manifest(void **state)
{
	static const struct made files[] = {
		{"p/pyproject.toml", STR("[project]\nname='app'\n"
			"dependencies=['A>=1', 'x']\n[dependency-groups]\n"
			"dev=['c']\n"), NULL},
		{"p/uv.lock", STR(UV_LOCK), NULL},
		{"pyproject.toml", STR("[project]\ndependencies=['a']\n"),
		 NULL},
		{0}};
	struct extracting e;

	(void)state;
	assert_tree(files,
		"A 1.1 pkg:pypi/a@1.1 runtime 3\n"
		PYPI("x", "runtime 3 unpinned")
		"c 3.0 pkg:pypi/c@3.0 test 5\n"
		"a 1.1 pkg:pypi/a@1.1 runtime 9 hash=sha256:aa\n"
		"b-x 0123456789012345678901234567890123456789 pkg:github/o/b@"
		"0123456789012345678901234567890123456789 runtime 15 "
		"repository=https://github.com/o/b "
		"commit=0123456789012345678901234567890123456789 indirect\n"
		"c 3.0 pkg:pypi/c@3.0 test 19\n"
		"d 4.0 pkg:pypi/d@4.0 test 23 indirect\n"
		PYPI("a", "runtime 2 unpinned"), "");
	extracting_run(&e, files);
	assert_int_equal(e.scan.parts.edges.n, 3 + 2 + 3 + 1);
	extracting_release(&e);
}

static void test_poetry_lock(void **state)
{
	static const struct made files[] = {
		{"poetry.lock", STR(
			"[[package]]\nname = 'a'\nversion = '1.0'\n"
			"groups = ['main', 'dev']\n"
			"[package.dependencies]\nB = '>=1'\n"
			"[[package]]\nname = 'b'\nversion = '2.0'\n"
			"category = 'dev'\n"
			"[[package]]\nversion = '3'\n"
			"[[package]]\nname = 'l'\nversion = '0'\n"
			"[package.source]\ntype = 'directory'\nurl = 'l'\n"
			"[[package]]\nname = 'cut'\nversion = '4"), NULL},
		{"pyproject.toml", STR("[tool.poetry.dependencies]\n"
				       "b = '^2'\n"), NULL},
		{0}};

	(void)state;
	assert_tree(files,
		"a 1.0 pkg:pypi/a@1.0 runtime 1\n"
		"b 2.0 pkg:pypi/b@2.0 test 7 indirect\n"
		PYPI("cut", "runtime 19 unpinned")
		"b 2.0 pkg:pypi/b@2.0 runtime 2\n",
		"RW1114 21 a string that is not closed or not valid\n"
		"RW1301 11 a package without a name\n");
}

static void test_pipenv(void **state)
{
	static const struct made files[] = {
		{"Pipfile", STR("[packages]\na = '*'\nb = '==1.0'\n"
				"[dev-packages]\nc = {version = '~=1.0'}\n"
				"bad = 'x'\n"), NULL},
		{"Pipfile.lock", STR("{\"_meta\": {\"a\": {}},\n"
			"\"default\": {\n \"a\": {\"version\": \"==3.0\",\n"
			"  \"hashes\": [\"sha256:aa\"]},\n \"z\": 1},\n"
			"\"develop\": {\n"
			" \"c\": {\"version\": \"==1.5\"}, \"d\": {\"ver"),
		 NULL},
		{0}};

	(void)state;
	assert_tree(files,
		"a 3.0 pkg:pypi/a@3.0 runtime 2\n"
		"b 1.0 pkg:pypi/b@1.0 runtime 3\n"
		"c 1.5 pkg:pypi/c@1.5 test 5\n"
		PYPI("bad", "test 6 unpinned")
		"a 3.0 pkg:pypi/a@3.0 runtime 3 hash=sha256:aa\n"
		"c 1.5 pkg:pypi/c@1.5 test 7\n"
		PYPI("d", "test 7 unpinned"),
		"RW1301 6 not a version: x\n"
		"RW1101 7 the text ends inside a value\n"
		"RW1301 5 not a package: z\n");
}

/* Every file of Python, cut at every byte: no crash, what is lost is said. */
static void test_cut_anywhere(void **state)
{
	static const struct made whole[] = {
		{"pyproject.toml", STR("[project]\ndependencies=['a', 'b>1']\n"
			"[tool.poetry.dependencies]\nc={git='x', rev='y'}\n"),
		 NULL},
		{"setup.cfg", STR("[options]\ninstall_requires =\n a\n b\n"),
		 NULL},
		{"setup.py", STR("setup(install_requires=['a', \"\"\"b\"\"\"],"
			"extras_require={'x': ['c' 'd']})\n"), NULL},
		{"uv.lock", STR(UV_LOCK), NULL},
		{"Pipfile.lock", STR("{\"default\": {\"a\": {\"version\": "
			"\"==1\", \"hashes\": [\"h\"]}}}"), NULL}};

	(void)state;
	for (size_t i = 0; i < sizeof whole / sizeof *whole; i++)
		extracting_cut(&whole[i]);
}

static void test_large_and_deep(void **state)
{
	static const char *const starts[] = {
		"pyproject.toml", "[project]\ndependencies = ['a', ",
		"poetry.lock", "[[package]]\nname='a'\nversion='1'\nx=",
		"Pipfile.lock",
		("{\"default\": {\"a\": {\"version\":\"==1\"}, "
		 "\"x\": "),
		"setup.py", "setup(install_requires=['a', "};

	(void)state;
	for (size_t i = 0; i < 8; i += 2) {
		struct extracting e;
		struct strbuf b = {0};

		strbuf_cstr(&b, starts[i + 1]);
		strbuf_pad(&b, '[', 10000);
		extracting_text(&e, starts[i], strbuf_str(&b));
		assert_int_equal(e.scan.parts.components.n, 2);
		assert_true(i == 6 || e.scan.diags.counts[RW1104]);
		extracting_release(&e);
		strbuf_clear(&b);
		strbuf_cstr(&b, "[options]\ninstall_requires =\n a\n ");
		strbuf_pad(&b, 'x', LIMIT_LINE_BYTES);
		extracting_text(&e, "setup.cfg", strbuf_str(&b));
		assert_int_equal(e.scan.parts.components.n, 2);
		assert_int_equal(e.scan.diags.counts[RW1108], 1);
		extracting_release(&e);
		strbuf_release(&b);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_project),
		cmocka_unit_test(test_poetry),
		cmocka_unit_test(test_ini_files),
		cmocka_unit_test(test_setup_py),
		cmocka_unit_test(test_uv_lock_and_manifest),
		cmocka_unit_test(test_poetry_lock),
		cmocka_unit_test(test_pipenv),
		cmocka_unit_test(test_cut_anywhere),
		cmocka_unit_test(test_large_and_deep),
	};

	return cmocka_run_group_tests_name("extract_python", tests, NULL,
					   NULL);
}
