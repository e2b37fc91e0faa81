/* Gradle: build files in both languages, locks, catalogs, rubbish. */
#include "extracting.h"

#include "base/limits.h"

#define LINE(g, a, v, rest) \
	g ":" a " " v " pkg:maven/" g "/" a "@" v " " rest "\n"
#define BARE(g, a, rest) \
	g ":" a "  pkg:maven/" g "/" a " " rest " unpinned\n"

static void test_groovy(void **state)
{
	(void)state;
	assert_extracts("build.gradle",
		"// implementation 'no:no:1'\n"
		"plugins { id 'org.p' version '3.1' }\n"
		"def v = '2.0' /* '\n */\n"
		"ext.w = \"$v.1\"\n"
		"dependencies {\n"
		"  implementation 'g:a:1.0', 'g:b:1.+'\n"
		"  testImplementation \"g:c:${w}\"\n"
		"  api group: 'g', name: 'd', version: v\n"
		"  api group: 'g', name: 'e',\n      version: '4'\n"
		"  runtimeOnly(\"g:f:$unknown\") {\n"
		"    exclude group: 'x', module: 'y'\n  }\n"
		"  implementation platform('g:bom:5'), project(':own')\n"
		"  implementation libs.some.thing\n"
		"  implementation files('libs/x.jar')\n"
		"}\n"
		"buildscript { dependencies { classpath 'g:h:6@jar' } }\n"
		"println 'g:no:1'\n",
		LINE("org.p", "org.p.gradle.plugin", "3.1", "build 2")
		LINE("g", "a", "1.0", "runtime 7")
		BARE("g", "b", "runtime 7")
		LINE("g", "c", "2.0.1", "test 8")
		BARE("g", "d", "runtime 9")
		LINE("g", "e", "4", "runtime 11")
		BARE("g", "f", "runtime 12")
		LINE("g", "bom", "5", "runtime 15")
		LINE("g", "h", "6", "build 19"),
		"RW1302 12 a version is not known: g:f:$unknown\n");
}

static void test_kotlin(void **state)
{
	(void)state;
	assert_extracts("app/build.gradle.kts",
		"plugins {\n  kotlin(\"jvm\") version \"1.9\"\n"
		"  id(\"org.q\") version \"2\"\n}\n"
		"val v = \"3\"\n"
		"dependencies {\n"
		"  implementation(\"g:a:$v\")\n"
		"  api(group = \"g\", name = \"b\", version = \"1\")\n"
		"  kapt(\"g:c:latest.release\")\n"
		"}\n",
		LINE("org.q", "org.q.gradle.plugin", "2", "build 3")
		LINE("g", "a", "3", "runtime 7")
		LINE("g", "b", "1", "runtime 8")
		BARE("g", "c", "build 9"), "");
}

static void test_lock_fixes_build(void **state)
{
	static const struct made files[] = {
		{"build.gradle", STR("dependencies {\n api 'g:a'\n}\n"), NULL},
		{"gradle.lockfile", STR(
			"# made by Gradle\n"
			"g:a:1.5=compileClasspath,testCompileClasspath\n"
			"g:t:2=testRuntimeClasspath\n"
			"g:p:3=annotationProcessor\n"
			"empty=x\nrubbish\n"), NULL},
		{0}};
	struct extracting e;

	(void)state;
	extracting_run(&e, files);
	assert_str(extracting_components(&e),
		   LINE("g", "a", "1.5", "runtime 2")
		   LINE("g", "a", "1.5", "runtime 2")
		   LINE("g", "t", "2", "test 3")
		   LINE("g", "p", "3", "build 4"));
	assert_str(extracting_diags(&e),
		   "RW1301 6 not understood: rubbish\n");
	extracting_release(&e);
}

static void test_catalog(void **state)
{
	(void)state;
	assert_extracts("gradle/libs.versions.toml",
		"[versions]\nx = \"1.2\"\ny = {strictly = \"[1,2)\"}\n"
		"[libraries]\n"
		"a = {module = \"g:a\", version.ref = \"x\"}\n"
		"b = {group = \"g\", name = \"b\", version = \"3\"}\n"
		"c = \"g:c:4\"\nd = {module = \"g:d\", version.ref = \"y\"}\n"
		"e = {module = \"bad\"}\n"
		"[plugins]\np = {id = \"org.p\", version.ref = \"x\"}\n"
		"q = {version = \"1\"}\n",
		"g:a 1.2 pkg:maven/g/a@1.2 unknown 5\n"
		"g:b 3 pkg:maven/g/b@3 unknown 6\n"
		"g:c 4 pkg:maven/g/c@4 unknown 7\n"
		BARE("g", "d", "unknown 8")
		LINE("org.p", "org.p.gradle.plugin", "1.2", "build 11"),
		"RW1301 9 not a library: bad\n"
		"RW1301 12 a plugin without an id: q\n");
}

static void test_hostile(void **state)
{
	static const char text[] =
		"dependencies {\n api 'g:a:1' // \"\n /* */ api(\"g:b:$x\")\n"
		"x = 'y'\nplugins { id 'p' version '1' } api group: 'g'";
	struct strbuf b = {0};
	struct extracting e;

	(void)state;
	for (size_t n = 0; n < sizeof text; n++) {
		extracting_text(&e, "build.gradle", str_n(text, n));
		extracting_release(&e);
	}
	strbuf_cstr(&b, "dependencies { api 'g:a:1'\n");
	strbuf_pad(&b, '{', 10000);
	extracting_text(&e, "build.gradle", strbuf_str(&b));
	assert_str(extracting_components(&e),
		   LINE("g", "a", "1", "runtime 1"));
	assert_str(extracting_diags(&e), "RW1301 2 nested too deeply\n");
	extracting_release(&e);
	strbuf_clear(&b);
	strbuf_cstr(&b, "g:a:1=x\n");
	strbuf_pad(&b, 'x', LIMIT_LINE_BYTES + 1);
	extracting_text(&e, "gradle.lockfile", strbuf_str(&b));
	assert_int_equal(e.scan.parts.components.n, 2);
	assert_int_equal(e.scan.diags.counts[RW1108], 1);
	extracting_release(&e);
	strbuf_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_groovy),
		cmocka_unit_test(test_kotlin),
		cmocka_unit_test(test_lock_fixes_build),
		cmocka_unit_test(test_catalog),
		cmocka_unit_test(test_hostile),
	};

	return cmocka_run_group_tests_name("extract_gradle", tests, NULL,
					   NULL);
}
