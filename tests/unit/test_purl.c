/* Package URLs: what is read, what is refused, what is written. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/limits.h"
#include "model/purl.h"

static struct arena arena;

static int empty_arena(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

/* The canonical form of each text; NULL when it must be refused. */
static void same(const char *const (*rows)[2])
{
	for (; (*rows)[0]; rows++) {
		struct str got = purl_canonical(str_c((*rows)[0]), &arena);
		const char *want = (*rows)[1] ? (*rows)[1] : "";

		if (!str_is(got, want))
			fail_msg("%s: wanted %s, got %.*s", (*rows)[0], want,
				 STR_ARG(got));
	}
}

static void test_general_form(void **state)
{
	static const char *const rows[][2] = {
		{"pkg:generic/a", "pkg:generic/a"},
		{"PKG://GENERIC///a", "pkg:generic/a"},
		{"pkg:generic/a/", "pkg:generic/a"},
		{"pkg:generic/n//m/a@1", "pkg:generic/n/m/a@1"},
		{"pkg:generic/a@", "pkg:generic/a"},
		{"pkg:generic/a@1@2", "pkg:generic/a%401@2"},
		{"pkg:generic/a@v/1", "pkg:generic/a@v%2F1"},
		{"pkg:generic/a%2Fb", "pkg:generic/a%2Fb"},
		{"pkg:generic/a+b@1+c", "pkg:generic/a%2Bb@1%2Bc"},
		{"pkg:generic/a%3ab~_-.@1%3A2", "pkg:generic/a:b~_-.@1:2"},
		{"pkg:generic/a b@1 2", "pkg:generic/a%20b@1%202"},
		{"pkg:generic/\xc3\xa4", "pkg:generic/%C3%A4"},
		{"pkg:generic/%c3%A4", "pkg:generic/%C3%A4"},
		{"pkg:generic/a%0d%1b", "pkg:generic/a%0D%1B"},
		{"pkg:x.y-2/a", "pkg:x.y-2/a"},
		{NULL, NULL}};

	(void)state;
	same(rows);
}

static void test_refused(void **state)
{
	static const char *const rows[][2] = {
		{"", NULL}, {"pkg", NULL}, {"pkg:", NULL}, {"pkg:///", NULL},
		{"pkg:a", NULL}, {"pkg:a/", NULL}, {"pkg:generic/@1", NULL},
		{"pkg:generic/?a=b", NULL}, {"pkg:generic/#a", NULL},
		{"npm/a@1", NULL}, {"pkg%3Anpm/a", NULL}, {" pkg:npm/a", NULL},
		{"pkg:1a/b", NULL}, {"pkg:a_b/c", NULL}, {"pkg:a+b/c", NULL},
		{"pkg:a:b/c", NULL}, {"pkg:n%70m/a", NULL},
		{"pkg:generic/a%", NULL}, {"pkg:generic/a%2", NULL},
		{"pkg:generic/a%zz", NULL}, {"pkg:generic/a@%4", NULL},
		{"pkg:generic/a%ff", NULL}, {"pkg:generic/a\xff", NULL},
		{"pkg:generic/a%00", NULL}, {"pkg:generic/%c0%80", NULL},
		{"pkg:generic/n%2Fm/a", NULL}, {"pkg:generic/a#b%2Fc", NULL},
		{"pkg:generic/a?k=%q0", NULL}, {"pkg:generic/a?k=%ff", NULL},
		{NULL, NULL}};

	(void)state;
	same(rows);
}

static void test_qualifiers(void **state)
{
	static const char *const rows[][2] = {
		{"pkg:generic/a?b=2&A=1", "pkg:generic/a?a=1&b=2"},
		{"pkg:generic/a?&b=&&c=1&", "pkg:generic/a?c=1"},
		{"pkg:generic/a?b", "pkg:generic/a"},
		{"pkg:generic/a?", "pkg:generic/a"},
		{"pkg:generic/a?b=c=d", "pkg:generic/a?b=c%3Dd"},
		{"pkg:generic/a?b=https://h/p%40q",
		 "pkg:generic/a?b=https:%2F%2Fh%2Fp%40q"},
		{"pkg:generic/a?b.x=2&b=1", "pkg:generic/a?b=1&b.x=2"},
		{"pkg:generic/a?checksum=SHA1:AB,md5:0F",
		 "pkg:generic/a?checksum=sha1:ab%2Cmd5:0f"},
		{"pkg:generic/a?vers=vers:pypi%2F1",
		 "pkg:generic/a?vers=vers:pypi%2F1"},
		{"pkg:generic/a@1?vers=vers:pypi%2F1", NULL},
		{"pkg:generic/a?b=1&B=2", NULL},
		{"pkg:generic/a?b=&b=2", "pkg:generic/a?b=2"},
		{"pkg:generic/a?1b=2", NULL},
		{"pkg:generic/a?b%20c=2", NULL},
		{"pkg:generic/a?=2", NULL},
		{NULL, NULL}};

	(void)state;
	same(rows);
}

static void test_subpaths(void **state)
{
	static const char *const rows[][2] = {
		{"pkg:generic/a#/b//./c/../d/", "pkg:generic/a#b/c/d"},
		{"pkg:generic/a#%2e%2E/b", "pkg:generic/a#b"},
		{"pkg:generic/a#..", "pkg:generic/a"},
		{"pkg:generic/a#b#c", "pkg:generic/a%23b#c"},
		{"pkg:generic/a#b?c@d", "pkg:generic/a#b%3Fc%40d"},
		{"pkg:generic/a@1?k=v#b+c", "pkg:generic/a@1?k=v#b%2Bc"},
		{NULL, NULL}};

	(void)state;
	same(rows);
}

static void test_case_of_types(void **state)
{
	static const char *const rows[][2] = {
		{"pkg:github/O-RAN-SC/Ric@V1", "pkg:github/o-ran-sc/ric@V1"},
		{"pkg:bitbucket/A/B@C", "pkg:bitbucket/a/b@C"},
		{"pkg:gitlab/A/B", "pkg:gitlab/A/B"},
		{"pkg:golang/github.com/A/B@v1", "pkg:golang/github.com/A/B@v1"},
		{"pkg:deb/Debian/Rmr@1:2A", "pkg:deb/debian/rmr@1:2A"},
		{"pkg:apk/Alpine/Curl", "pkg:apk/alpine/curl"},
		{"pkg:alpm/Arch/Pacman", "pkg:alpm/arch/pacman"},
		{"pkg:rpm/Fedora/ImageMagick", "pkg:rpm/fedora/ImageMagick"},
		{"pkg:qpkg/BlackBerry/Com.Q", "pkg:qpkg/blackberry/Com.Q"},
		{"pkg:yocto/Core/GlibC", "pkg:yocto/core/GlibC"},
		{"pkg:composer/A/B", "pkg:composer/a/b"},
		{"pkg:brew/Some/Tap/App", "pkg:brew/some/tap/app"},
		{"pkg:hex/A/B", "pkg:hex/a/b"},
		{"pkg:luarocks/A/B@1-A", "pkg:luarocks/a/b@1-A"},
		{"pkg:bitnami/A@B", "pkg:bitnami/a@B"},
		{"pkg:oci/A@SHA256:AB?tag=V1", "pkg:oci/a@sha256:ab?tag=V1"},
		{"pkg:docker/A/B@C", "pkg:docker/A/B@C"},
		{"pkg:otp/A@B#C", "pkg:otp/a@B#c"},
		{"pkg:huggingface/A/B@C", "pkg:huggingface/A/B@c"},
		{"pkg:vscode-extension/A/B@C", "pkg:vscode-extension/a/b@c"},
		{"pkg:npm/JSONStream@A", "pkg:npm/JSONStream@A"},
		{"pkg:maven/A.B/C@D", "pkg:maven/A.B/C@D"},
		{"pkg:nuget/A.B@C", "pkg:nuget/A.B@C"},
		{"pkg:cargo/A", "pkg:cargo/A"}, {"pkg:gem/A", "pkg:gem/A"},
		{"pkg:conan/A/B@C", "pkg:conan/A/B@C"},
		{"pkg:cocoapods/A#B", "pkg:cocoapods/A#B"},
		{NULL, NULL}};

	(void)state;
	same(rows);
}

static void test_go_module_of_one_segment(void **state)
{
	struct str s = STR("pkg:golang/go.opencensus.io@v0.24.0");

	(void)state;
	assert_true(str_eq(purl_canonical(s, &arena), s));
}

static void test_namespace_of_types(void **state)
{
	static const char *const required[] = {
		"alpm", "apk", "bitbucket", "composer", "deb", "git", "github",
		"huggingface", "maven", "qpkg", "rpm", "swift",
		"vscode-extension"};
	static const char *const prohibited[] = {
		"bazel", "bitnami", "cargo", "cocoapods", "conda", "cran",
		"gem", "hackage", "mlflow", "nuget", "oci", "opam", "otp",
		"pub", "pypi", "vcpkg"};
	struct str s;

	(void)state;
	for (size_t i = 0; i < sizeof required / sizeof *required; i++) {
		s = arena_fmt(&arena, "pkg:%s/a", required[i]);
		assert_int_equal(purl_canonical(s, &arena).n, 0);
		s = arena_fmt(&arena, "pkg:%s/a.b/c/d", required[i]);
		assert_true(str_eq(purl_canonical(s, &arena), s));
	}
	for (size_t i = 0; i < sizeof prohibited / sizeof *prohibited; i++) {
		s = arena_fmt(&arena, "pkg:%s/a", prohibited[i]);
		assert_true(str_eq(purl_canonical(s, &arena), s));
		s = arena_fmt(&arena, "pkg:%s/a/b", prohibited[i]);
		assert_int_equal(purl_canonical(s, &arena).n, 0);
	}
}

static void test_particular_types(void **state)
{
	static const char *const rows[][2] = {
		{"pkg:npm/@o-ran/core", "pkg:npm/%40o-ran/core"},
		{"pkg:npm/@o-ran/core@1.0", "pkg:npm/%40o-ran/core@1.0"},
		{"pkg:NPM/@o-ran/core", "pkg:npm/%40o-ran/core"},
		{"pkg:npm/core@feature/x", "pkg:npm/core@feature%2Fx"},
		{"pkg:pypi/Ruamel.Yaml_Clib@1.0RC1",
		 "pkg:pypi/ruamel.yaml-clib@1.0rc1"},
		{"pkg:pub/My-Pack.age", "pkg:pub/my_pack_age"},
		{"pkg:hackage/a_B", "pkg:hackage/a-B"},
		{"pkg:cpan/gdt/URI-Pkg", "pkg:cpan/GDT/URI-Pkg"},
		{"pkg:cpan/URI::Pkg", NULL},
		{"pkg:git/h.org/a%2F%2Fb", "pkg:git/h.org/a/b"},
		{"pkg:git/gerrit.o-ran-sc.org/r/Ric-Plt/e2@ab",
		 "pkg:git/gerrit.o-ran-sc.org/r/Ric-Plt/e2@ab"},
		{"pkg:julia/A", NULL}, {"pkg:julia/A?uuid=1",
					"pkg:julia/A?uuid=1"},
		{"pkg:swid/A", NULL}, {"pkg:swid/A?tag_id=1",
				       "pkg:swid/A?tag_id=1"},
		{"pkg:swift/github.com/A", NULL},
		{"pkg:mlflow/A?repository_url=x.azuredatabricks.net",
		 "pkg:mlflow/a?repository_url=x.azuredatabricks.net"},
		{"pkg:mlflow/A?repository_url=x.azureml.ms",
		 "pkg:mlflow/A?repository_url=x.azureml.ms"},
		{"pkg:chrome-extension/ABCDEFGHIJKLMNOPabcdefghijklmnop@1.2",
		 "pkg:chrome-extension/abcdefghijklmnopabcdefghijklmnop@1.2"},
		{"pkg:chrome-extension/abcdefghijklmnopabcdefghijklmnoq", NULL},
		{"pkg:chrome-extension/abcd", NULL},
		{"pkg:chrome-extension/abcdefghijklmnopabcdefghijklmnop@1..2",
		 NULL},
		{"pkg:chrome-extension/abcdefghijklmnopabcdefghijklmnop"
		 "@1.2.3.4.5", NULL},
		{NULL, NULL}};

	(void)state;
	same(rows);
}

static void test_parts(void **state)
{
	struct purl p;
	const char *why;

	(void)state;
	assert_int_equal(purl_parse(STR("pkg:golang/h.org/A%20b/c@v1+x?"
					"vcs_url=git%2Bhttps://h&a=b#d/e"),
				    &arena, &p, &why), OK);
	assert_true(str_is(p.type, "golang"));
	assert_true(str_is(p.namespace, "h.org/A b"));
	assert_true(str_is(p.name, "c"));
	assert_true(str_is(p.version, "v1+x"));
	assert_true(str_is(p.subpath, "d/e"));
	assert_int_equal(p.qualifiers.n, 2);
	assert_true(str_is(purl_qualifier(&p, "vcs_url"), "git+https://h"));
	assert_true(str_is(purl_qualifier(&p, "b"), ""));
	assert_true(str_is(purl_package(&p, &arena),
			   "pkg:golang/h.org/A%20b/c"));
	purl_release(&p);
	assert_int_equal(purl_parse(STR("pkg:git/h.org/a/b/c"), &arena, &p,
				    &why), OK);
	assert_true(str_is(p.namespace, "h.org"));
	assert_true(str_is(p.name, "a/b/c"));
	purl_release(&p);
}

static void test_texts_outlive_the_input(void **state)
{
	char text[] = "pkg:generic/name@1?k=v#s";
	struct purl p;
	const char *why;

	(void)state;
	assert_int_equal(purl_parse(str_c(text), &arena, &p, &why), OK);
	memset(text, 'x', sizeof text);
	assert_true(str_is(purl_write(&p, &arena),
			   "pkg:generic/name@1?k=v#s"));
	purl_release(&p);
}

static void test_build(void **state)
{
	struct purl p = {.type = STR("NPM"), .namespace = STR("/@a//b/"),
			 .name = STR("/c/"), .version = STR("1 2"),
			 .subpath = STR("./x/../y")};
	const char *why;

	(void)state;
	vec_push(&p.qualifiers,
		 ((struct purl_qualifier){STR("Z"), STR("1")}));
	vec_push(&p.qualifiers,
		 ((struct purl_qualifier){STR("a"), STR("%41")}));
	vec_push(&p.qualifiers, ((struct purl_qualifier){STR("b"), STR("")}));
	assert_int_equal(purl_normalise(&p, &arena, &why), OK);
	assert_true(str_is(purl_write(&p, &arena),
			   "pkg:npm/%40a/b/c@1%202?a=%2541&z=1#x/y"));
	vec_push(&p.qualifiers,
		 ((struct purl_qualifier){STR("A b"), STR("1")}));
	assert_int_equal(purl_normalise(&p, &arena, &why), ERR_FORMAT);
	assert_non_null(why);
	purl_release(&p);
	p = (struct purl){.name = STR("a")};
	assert_int_equal(purl_normalise(&p, &arena, &why), ERR_FORMAT);
	p = (struct purl){.type = STR("npm")};
	assert_int_equal(purl_normalise(&p, &arena, &why), ERR_FORMAT);
}

static void test_too_long(void **state)
{
	char *text = arena_alloc(&arena, LIMIT_NAME_BYTES + 2);
	struct purl p;
	const char *why = NULL;

	(void)state;
	memset(text, 'a', LIMIT_NAME_BYTES + 1);
	memcpy(text, "pkg:npm/", 8);
	assert_int_equal(purl_parse(str_n(text, LIMIT_NAME_BYTES), &arena, &p,
				    &why), OK);
	purl_release(&p);
	assert_int_equal(purl_parse(str_n(text, LIMIT_NAME_BYTES + 1), &arena,
				    &p, &why), ERR_FORMAT);
	assert_non_null(why);
}

/* Writing what was read changes nothing more, whatever was cut off. */
static void test_truncated_texts_are_stable(void **state)
{
	static const char text[] = "pkg:cpan/Ab/%43d%2fe@1%2b2?K=%41&l=b%26c"
				   "#f/%2e/g%20h";

	(void)state;
	for (size_t n = 0; n < sizeof text; n++) {
		struct str once = purl_canonical(str_n(text, n), &arena);

		if (once.n)
			assert_true(str_eq(purl_canonical(once, &arena),
					   once));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_general_form),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_qualifiers),
		cmocka_unit_test(test_subpaths),
		cmocka_unit_test(test_case_of_types),
		cmocka_unit_test(test_go_module_of_one_segment),
		cmocka_unit_test(test_namespace_of_types),
		cmocka_unit_test(test_particular_types),
		cmocka_unit_test(test_parts),
		cmocka_unit_test(test_texts_outlive_the_input),
		cmocka_unit_test(test_build),
		cmocka_unit_test(test_too_long),
		cmocka_unit_test(test_truncated_texts_are_stable),
	};

	return cmocka_run_group_tests_name("purl", tests, NULL, empty_arena);
}
