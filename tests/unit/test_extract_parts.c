/* What extractors over a tree share: scopes, references, requirements and
 * addresses as text, look-ups. */
#include "unit.h"

#include "extract/url.h"
#include "extract/declare.h"
#include "extract/image.h"
#include "extract/pep508.h"
#include "extract/scope.h"

static void test_scope(void **state)
{
	static const struct {
		const char *path;
		enum scope want;
	} rows[] = {
		{"go.mod", SCOPE_RUNTIME},
		{"docs/go.mod", SCOPE_DOCS},
		{"a/Doc/b/go.mod", SCOPE_DOCS},
		{"test/docs/x", SCOPE_DOCS},
		{"tests/x", SCOPE_TEST},
		{"ci/test/x", SCOPE_TEST},
		{"TEST/x", SCOPE_TEST},
		{"mock_smo/requirements.txt", SCOPE_TEST},
		{"e2-simulator/go.mod", SCOPE_TEST},
		{"tools/KubernetesSimulator/go.mod", SCOPE_TEST},
		{"simple/go.mod", SCOPE_RUNTIME},
		{"similar/go.mod", SCOPE_RUNTIME},
		{"contest/go.mod", SCOPE_RUNTIME},
		{"latest/go.mod", SCOPE_RUNTIME},
		{".github/x", SCOPE_CI},
		{"ci-scripts/x", SCOPE_CI},
		{"examples/x", SCOPE_EXAMPLE},
		{"a/previous/b/x", SCOPE_EXAMPLE},
		{"docs", SCOPE_RUNTIME},
		{"requirements-docs.txt", SCOPE_DOCS},
		{"requirements-test.txt", SCOPE_TEST},
		{"test-requirements.txt", SCOPE_TEST},
		{"Dockerfile-Unit-Tests", SCOPE_TEST},
		{"a.test.Dockerfile", SCOPE_TEST},
		{"ci/requirements-docs.txt", SCOPE_DOCS},
		{"Dockerfile.bak", SCOPE_EXAMPLE},
		{"", SCOPE_RUNTIME}};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (scope_of_path(str_c(rows[i].path), SCOPE_RUNTIME) !=
		    rows[i].want)
			fail_msg("%s", rows[i].path);
}

static void test_references(void **state)
{
	static const char *const sound[] = {
		"a", "a/b", "a-b_c/e__f.g", "a:1", "a.b/c", "localhost/c",
		"h:5000/c:1.0_x-y",
		"h.io/a/b/c/d@sha256:00112233445566778899aabbccddeeff",
		"a:t@sha256:00112233445566778899aabbccddeeff"};
	static const char *const unsound[] = {
		"", "/", "a/", "/a", "a//b", "A", "a:", "a:-x", "a@", "a:t:u",
		"a@sha256:00", "a@sha256:xx112233445566778899aabbccddeeff",
		"https://a/b", "a b", "a.", "-a", "h.io/", "a/.b", "a\x80",
		"$X", "a@b@c"};
	struct image image;

	(void)state;
	for (size_t i = 0; i < sizeof sound / sizeof *sound; i++)
		if (!image_parse(str_c(sound[i]), &image))
			fail_msg("%s", sound[i]);
	for (size_t i = 0; i < sizeof unsound / sizeof *unsound; i++)
		if (image_parse(str_c(unsound[i]), &image))
			fail_msg("%s", unsound[i]);
	assert_true(image_parse(STR("h:1/a/b:t"), &image));
	assert_str(image.name, "h:1/a/b");
	assert_str(image.host, "h:1");
	assert_str(image.path, "a/b");
	assert_str(image.tag, "t");
	assert_str(image.digest, "");
}

static void test_urls(void **state)
{
	struct arena a = {0};
	struct str url = STR("git+https://u:p@h.io/g/r.git@v1#egg=x&y=z");

	(void)state;
	assert_true(url_is(url));
	assert_false(url_is(STR("://x")));
	assert_false(url_is(STR("a @ https://x")));
	assert_str(url_fragment(url, STR("egg")), "x");
	assert_str(url_fragment(url, STR("y")), "z");
	assert_str(url_fragment(url, STR("gg")), "");
	url = url_base(url);
	assert_str(url, "git+https://u:p@h.io/g/r.git@v1");
	assert_str(url_revision(url), "v1");
	assert_str(url_name(url), "r");
	assert_str(url_without_user(url, &a), "git+https://h.io/g/r.git@v1");
	assert_str(url_revision(STR("ssh://git@h/x")), "");
	assert_str(url_name(STR("https://h/x.git/")), "x");
	assert_str(url_without_user(STR("https://h"), &a), "https://h");
	arena_release(&a);
}

static void test_requirements_as_text(void **state)
{
	struct str rest = STR("a.b [x, y] ==1"), version, variable;

	(void)state;
	assert_str(pep508_take_name(&rest), "a.b");
	assert_str(rest, "==1");
	assert_true(pep508_pinned(rest, &version, &variable));
	assert_str(version, "1");
	assert_true(pep508_pinned(STR("(>=1, ==1.*)"), &version, &variable));
	assert_str(version, "");
	assert_true(pep508_pinned(STR("==$V"), &version, &variable));
	assert_str(variable, "$V");
	assert_false(pep508_pinned(STR("1"), &version, &variable));
	assert_false(pep508_pinned(STR("=="), &version, &variable));
	assert_true(pep508_is_name(STR("a-B_c.9")));
	assert_false(pep508_is_name(STR("a-")));
	assert_false(pep508_is_name(STR("")));
}

static void test_commits(void **state)
{
	(void)state;
	assert_true(declare_is_commit(
		STR("0123456789abcdefABCDEF0123456789abcdef01")));
	assert_true(declare_is_commit(STR(
		"0123456789abcdef0123456789abcdef"
		"0123456789abcdef0123456789abcdef")));
	assert_false(declare_is_commit(STR("0123456")));
	assert_false(declare_is_commit(
		STR("0123456789abcdefABCDEF0123456789abcdef0g")));
}

static void test_files_of_a_tree(void **state)
{
	struct file files[] = {{.path = STR("a")}, {.path = STR("a/b")},
			       {.path = STR("c")}};
	struct tree t = {.files = {files, 3, 3}};

	(void)state;
	for (size_t i = 0; i < 3; i++)
		assert_ptr_equal(declare_find(&t, files[i].path), &files[i]);
	assert_null(declare_find(&t, STR("")));
	assert_null(declare_find(&t, STR("b")));
	assert_null(declare_find(&t, STR("d")));
	assert_null(declare_find(NULL, STR("a")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_scope),
		cmocka_unit_test(test_references),
		cmocka_unit_test(test_urls),
		cmocka_unit_test(test_requirements_as_text),
		cmocka_unit_test(test_commits),
		cmocka_unit_test(test_files_of_a_tree),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
