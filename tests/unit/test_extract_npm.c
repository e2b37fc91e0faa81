/* npm, yarn, pnpm: manifests, locks of all versions, joins, rubbish. */
#include "extracting.h"

#include "base/limits.h"

#define NPM(name, version, rest) \
	name " " version " pkg:npm/" name "@" version " " rest "\n"

static void expect(const struct made *files, const char *components,
		   const char *diags, size_t edges, int line)
{
	struct extracting e;

	extracting_run(&e, files);
	unit_assert_str(extracting_components(&e), str_c(components),
			__FILE__, line);
	unit_assert_str(extracting_diags(&e), str_c(diags), __FILE__, line);
	if (e.scan.parts.edges.n != edges) {
		print_error("%zu edges\n", e.scan.parts.edges.n);
		_fail(__FILE__, line);
	}
	extracting_release(&e);
}

#define assert_graph(files, components, diags, edges) \
	expect(files, components, diags, edges, __LINE__)

static void test_manifest(void **state)
{
	(void)state;
	assert_extracts("package.json",
		"{\"dependencies\": {\n"
		"\"@s/a\": \"1.2.3\",\n\"b\": \"^1.0.0\",\n"
		"\"c\": \"npm:@x/real@2.0.0\",\n"
		"\"d\": \"github:O/D#v1.0\",\n\"e\": \"O/E\",\n"
		"\"f\": \"git+ssh://git@example.com/o/f.git#main\",\n"
		"\"g\": \"https://u:p@files.example/g.tgz\",\n"
		"\"h\": \"file:../h\",\n\"i\": \"workspace:*\",\n"
		"\"j\": \"\", \"k\": \"=1.0.0-rc.1\"},\n"
		"\"devDependencies\": {\"t\": \"latest\", \"n\": 1},\n"
		"\"optionalDependencies\": {\"o\": \"1.x\"},\n"
		"\"peerDependencies\": [], \"x\": {\"dependencies\": {}}}",
		"@s/a 1.2.3 pkg:npm/%40s/a@1.2.3 runtime 2\n"
		"b  pkg:npm/b runtime 3 unpinned\n"
		"@x/real 2.0.0 pkg:npm/%40x/real@2.0.0 runtime 4\n"
		"d v1.0 pkg:github/o/d@v1.0 runtime 5 "
		"repository=https://github.com/O/D ref=v1.0\n"
		"e  pkg:github/o/e runtime 6 repository=https://github.com/"
		"O/E unpinned\n"
		"f  pkg:git/example.com/o/f runtime 7 "
		"repository=https://example.com/o/f ref=main unpinned\n"
		"g   runtime 8 repository=https://files.example/g.tgz "
		"unpinned\n"
		"j  pkg:npm/j runtime 11 unpinned\n"
		"k 1.0.0-rc.1 pkg:npm/k@1.0.0-rc.1 runtime 11\n"
		"t  pkg:npm/t test 12 unpinned\n"
		"o  pkg:npm/o runtime 13 unpinned\n",
		"RW1301 12 not a version: n\n"
		"RW1301 14 not an object: peerDependencies\n"
		"RW1304 9 the package h is taken from file:../h\n"
		"RW1304 10 the package i is taken from workspace:*\n");
}

#define LOCK_3 \
	"{\"lockfileVersion\": 3, \"packages\": {\n" \
	"\"\": {\"dependencies\": {\"a\": \"^1\"},\n" \
	" \"devDependencies\": {\"t\": \"1\"}},\n" \
	"\"node_modules/a\": {\"version\": \"1.5.0\",\n" \
	" \"integrity\": \"sha1-AAEC/w==\",\n" \
	" \"resolved\": \"https://registry.example/a.tgz\",\n" \
	" \"dependencies\": {\"b\": \"2\", \"gone\": \"1\"}},\n" \
	"\"node_modules/a/node_modules/b\": {\"version\": \"2.0.0\"},\n" \
	"\"node_modules/b\": {\"version\": \"1.0.0\"},\n" \
	"\"node_modules/part\": {\"resolved\": \"part\", \"link\": true},\n" \
	"\"node_modules/t\": {\"version\": \"1.0.0\", \"dev\": true,\n" \
	" \"dependencies\": {\"b\": \"1\"}},\n" \
	"\"node_modules/u\": {\"name\": \"@r/u\", \"optional\": true,\n" \
	" \"version\": \"1.0.0\", \"resolved\":\n" \
	" \"git+ssh://git@github.com/r/u.git#" \
	"0123456789012345678901234567890123456789\"},\n" \
	"\"part\": {\"dependencies\": {\"b\": \"1\"}}\n}}"

static void test_lock_3_and_workspaces(void **state)
{
	static const struct made files[] = {
		{"package-lock.json", STR(LOCK_3), NULL},
		{"package.json", STR("{\"dependencies\":{\"a\":\"^1\"}}"),
		 NULL},
		{"part/package.json", STR("{\"dependencies\":{\"b\":\"1\"}}"),
		 NULL},
		{"strange/package.json", STR("{\"dependencies\":"
					     "{\"b\":\"1\"}}"), NULL},
		{0}};

	(void)state;
	assert_graph(files,
		NPM("a", "1.5.0", "runtime 4 hash=sha1:000102ff")
		NPM("b", "2.0.0", "runtime 8 indirect")
		NPM("b", "1.0.0", "runtime 9")
		NPM("t", "1.0.0", "test 11")
		"@r/u 0123456789012345678901234567890123456789 pkg:github/r/u"
		"@0123456789012345678901234567890123456789 runtime 13 "
		"repository=https://github.com/r/u "
		"commit=0123456789012345678901234567890123456789 indirect\n"
		NPM("a", "1.5.0", "runtime 1") NPM("b", "1.0.0", "runtime 1")
		"b  pkg:npm/b runtime 1 unpinned\n", "", 5 + 1 + 3);
}

static void test_lock_1(void **state)
{
	static const struct made files[] = {
		{"npm-shrinkwrap.json", STR(
			"{\"dependencies\": {\n"
			"\"a\": {\"version\": \"1.0.0\",\n"
			" \"requires\": {\"b\": \"2\", \"c\": \"1\"},\n"
			" \"dependencies\": {\n"
			"  \"b\": {\"version\": \"2.0.0\"}}},\n"
			"\"b\": {\"version\": \"1.0.0\", \"dev\": true},\n"
			"\"c\": {\"version\": \"github:o/c#0123456789012345678"
			"901234567890123456789\"},\n"
			"\"d\": 1}}"), NULL},
		{"package.json", STR("{\"dependencies\":{\"a\":\"1\"}}"),
		 NULL},
		{0}};

	(void)state;
	assert_graph(files,
		NPM("a", "1.0.0", "runtime 2")
		NPM("b", "2.0.0", "runtime 5 indirect")
		NPM("b", "1.0.0", "test 6 indirect")
		"c 0123456789012345678901234567890123456789 pkg:github/o/c@"
		"0123456789012345678901234567890123456789 runtime 7 "
		"repository=https://github.com/o/c "
		"commit=0123456789012345678901234567890123456789 indirect\n"
		NPM("a", "1.0.0", "runtime 1"),
		"RW1301 8 not a package: node_modules/d\n", 5);
}

static void test_yarn_1(void **state)
{
	static const struct made files[] = {
		{"package.json", STR("{\"devDependencies\":{\"a\":\"^1\",\n"
				     "\"b\":\"2\"}}"), NULL},
		{"yarn.lock", STR(
			"# yarn lockfile v1\n\n"
			"\"@s/c@^1\", \"@s/c@~1.0 || 2\":\n"
			"  version \"1.0.1\"\n  integrity sha1-AA==\n\n"
			"a@^1:\n  version \"1.9.0\"\n"
			"  resolved \"https://registry.example/a#00\"\n"
			"  dependencies:\n    \"@s/c\" \"~1.0 || 2\"\n"
			"  optionalDependencies:\n    b \"3\"\n\n"
			"b@2:\n  version \"2.0.0\"\n\n"
			"b@3:\n  version \"3.0.0\"\n"
			"  integrity sha\xef\xbf\xbd\xef\xbf\xbd-AA==\n"
			"rubbish\n  version \"0\"\n"), NULL},
		{0}};

	(void)state;
	assert_graph(files,
		NPM("a", "1.9.0", "test 1") NPM("b", "2.0.0", "test 2")
		"@s/c 1.0.1 pkg:npm/%40s/c@1.0.1 test 3 hash=sha1:00 "
		"indirect\n"
		NPM("a", "1.9.0", "test 7") NPM("b", "2.0.0", "test 15")
		NPM("b", "3.0.0", "test 18 indirect"),
		"RW1301 21 not understood: rubbish\n", 2 + 2 + 2);
}

static void test_yarn_2(void **state)
{
	static const struct made files[] = {
		{"package.json", STR("{\"dependencies\":{\"a\":\"^1\"}}"),
		 NULL},
		{"yarn.lock", STR(
			"__metadata:\n  version: 6\n"
			"\"a@npm:^1, a@npm:^1.1\":\n  version: 1.9.0\n"
			"  resolution: \"a@npm:1.9.0\"\n"
			"  dependencies:\n    b: ^2\n"
			"\"b@npm:^2\":\n  version: 2.0.0\n"
			"  resolution: \"b@npm:2.0.0\"\n"
			"\"root@workspace:.\":\n  version: 0.0.0-use.local\n"
			"  resolution: \"root@workspace:.\"\n"
			"  dependencies:\n    a: ^1\n"
			"\"x@npm:1\":\n  version: 1\n"), NULL},
		{0}};

	(void)state;
	assert_graph(files,
		NPM("a", "1.9.0", "runtime 1") NPM("a", "1.9.0", "runtime 3")
		NPM("b", "2.0.0", "runtime 8 indirect"),
		"RW1301 16 a package without a resolution: x@npm:1\n",
		1 + 3);
}

static void test_pnpm(void **state)
{
	static const struct made nine[] = {
		{"app/package.json", STR("{\"dependencies\":{\"a\":\"^1\"}}"),
		 NULL},
		{"pnpm-lock.yaml", STR(
			"lockfileVersion: '9.0'\nimporters:\n  app:\n"
			"    dependencies:\n"
			"      a: {specifier: ^1, version: 1.0.0(b@2.0.0)}\n"
			"    devDependencies:\n"
			"      l: {specifier: x, version: link:../l}\n"
			"packages:\n  a@1.0.0:\n"
			"    resolution: {integrity: sha1-AA==}\n"
			"  '@s/b@2.0.0': {resolution: {integrity: x}}\n"
			"  nothing: {}\n"
			"snapshots:\n  a@1.0.0(b@2.0.0):\n"
			"    dependencies: {b: '@s/b@2.0.0'}\n"
			"  '@s/b@2.0.0': {}\n"), NULL},
		{0}};
	static const struct made five[] = {
		{"pnpm-lock.yaml", STR(
			"lockfileVersion: 5.4\ndependencies:\n  a: 1.0.0\n"
			"packages:\n  /a/1.0.0:\n    dev: false\n"
			"    dependencies: {'@s/b': 2.0.0_a@1.0.0}\n"
			"  /@s/b/2.0.0_a@1.0.0:\n    dev: false\n"
			"  /t/3.0.0: {dev: true}\n"), NULL},
		{0}};

	(void)state;
	assert_graph(nine,
		NPM("a", "1.0.0", "runtime 1")
		NPM("a", "1.0.0", "runtime 9 hash=sha1:00")
		"@s/b 2.0.0 pkg:npm/%40s/b@2.0.0 runtime 11 indirect\n",
		"RW1301 12 not a package: nothing\n", 1 + 2);
	assert_graph(five,
		NPM("a", "1.0.0", "runtime 5")
		"@s/b 2.0.0 pkg:npm/%40s/b@2.0.0 runtime 8 indirect\n"
		NPM("t", "3.0.0", "test 10 indirect"), "", 3);
}

/* A lock that somebody saved under the manifest's name. */
static void test_lock_in_manifest(void **state)
{
	(void)state;
	assert_extracts("package.json",
		"{\"lockfileVersion\": 1, \"dependencies\": {\n"
		"\"a\": {\"version\": \"1.0.0\"}}}",
		NPM("a", "1.0.0", "runtime 2"), "");
}

static void test_cut_anywhere(void **state)
{
	static const struct made whole[] = {
		{"package-lock.json", STR(LOCK_3), NULL},
		{"yarn.lock", STR("\"a@1\", b@2:\n  version \"1\"\n"
				  "  dependencies:\n    c \"1\"\n"), NULL},
		{"pnpm-lock.yaml", STR("importers: {.: {dependencies: {a: "
			"{version: 1.0.0}}}}\npackages: {a@1.0.0: {}}\n"),
		 NULL}};

	(void)state;
	for (size_t i = 0; i < sizeof whole / sizeof *whole; i++)
		extracting_cut(&whole[i]);
}

static void test_deep_and_twice(void **state)
{
	struct extracting e;
	struct strbuf b = {0};

	(void)state;
	strbuf_cstr(&b, "{\"dependencies\": {\"a\": {\"version\":\"1.0.0\"},"
		    "\"b\": ");
	for (int i = 0; i < 10000; i++)
		strbuf_cstr(&b, "{\"dependencies\":{\"c\":");
	extracting_text(&e, "package-lock.json", strbuf_str(&b));
	assert_int_equal(e.scan.diags.counts[RW1104], 1);
	assert_true(e.scan.parts.components.n > 1);
	extracting_release(&e);
	strbuf_release(&b);
	assert_extracts("package-lock.json",
		"{\"packages\": {\"node_modules/a\": {\"version\": \"1.0.0\","
		"\"version\": \"2.0.0\"},\n"
		"\"node_modules/a\": {\"version\": \"3.0.0\"}}}",
		NPM("a", "1.0.0", "runtime 1")
		NPM("a", "3.0.0", "runtime 2"),
		"RW1103 1 the key \"version\" is there twice\n"
		"RW1103 2 the key \"node_modules/a\" is there twice\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_manifest),
		cmocka_unit_test(test_lock_3_and_workspaces),
		cmocka_unit_test(test_lock_1),
		cmocka_unit_test(test_yarn_1),
		cmocka_unit_test(test_yarn_2),
		cmocka_unit_test(test_pnpm),
		cmocka_unit_test(test_lock_in_manifest),
		cmocka_unit_test(test_cut_anywhere),
		cmocka_unit_test(test_deep_and_twice),
	};

	return cmocka_run_group_tests_name("extract_npm", tests, NULL, NULL);
}
