/* Addresses of forges: repository and revision, or nothing. */
#include "unit.h"

#include "model/forge.h"

static struct arena arena;

static int teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

static const struct { const char *url, *repository, *rev; } found[] = {
	{"https://github.com/Tencent/rapidjson", "github.com/Tencent/rapidjson",
	 ""},
	{"git@github.com:a/b.git", NULL, NULL}, /* for the general reader */
	{"https://www.GitHub.com/a/b.git#main", "github.com/a/b", ""},
	{"https://user:pw@github.com:443/a/b/", "github.com/a/b", ""},
	{"github.com/a/b", "github.com/a/b", ""},
	{"https://github.com/a/b/archive/v1.2.tar.gz", "github.com/a/b",
	 "v1.2"},
	{"https://github.com/a/b/archive/refs/tags/v1.2.zip",
	 "github.com/a/b", "v1.2"},
	{"https://github.com/a/b/releases/download/v1.2/b_1.deb",
	 "github.com/a/b", "v1.2"},
	{"https://github.com/a/b/releases/latest", "github.com/a/b", ""},
	{"https://github.com/a/b/tree/main/packages/c", "github.com/a/b",
	 "main"},
	{"https://github.com/a/b/commit/0123abc", "github.com/a/b", "0123abc"},
	{"https://github.com/a/b/issues/7", "github.com/a/b", ""},
	{"https://codeload.github.com/a/b/tar.gz/refs/tags/1.0",
	 "github.com/a/b", "1.0"},
	{"https://raw.githubusercontent.com/a/b/abc/x/y.sh", "github.com/a/b",
	 "abc"},
	{"https://api.github.com/repos/a/b/tarball/1.0", "github.com/a/b",
	 "1.0"},
	{"https://api.github.com/users/a", NULL, NULL},
	{"https://github.com/orgs/o-ran-sc", NULL, NULL},
	{"https://github.com/o-ran-sc", NULL, NULL},
	{"https://github.com/", NULL, NULL},
	{"https://bitbucket.org/a/b/get/1.0.tar.bz2", "bitbucket.org/a/b",
	 "1.0"},
	{"https://opendev.org/starlingx/x/raw/branch/master/y",
	 "opendev.org/starlingx/x", "master"},
	{"https://codeberg.org/a/b/archive/1.0.tar.gz", "codeberg.org/a/b",
	 "1.0"},
	{"https://gitlab.eurecom.fr/oai/openairinterface5g/-/archive/v2/x.zip",
	 "gitlab.eurecom.fr/oai/openairinterface5g", "v2"},
	{"https://gitlab.com/g/s/p/-/tree/main/x", "gitlab.com/g/s/p", "main"},
	{"https://gitlab.com/g/s/p.git", "gitlab.com/g/s/p", ""},
	{"https://gitlab.com/g", NULL, NULL},
	{"https://gerrit.o-ran-sc.org/r/ric-plt/e2",
	 "gerrit.o-ran-sc.org/r/ric-plt/e2", ""},
	{"https://gerrit.o-ran-sc.org/r/plugins/gitiles/ric-plt/e2/+/refs/"
	 "heads/master/INFO.yaml", "gerrit.o-ran-sc.org/r/ric-plt/e2",
	 "master"},
	{"https://gerrit.o-ran-sc.org/r/admin/repos/ric-plt/e2",
	 "gerrit.o-ran-sc.org/r/ric-plt/e2", ""},
	{"https://go.googlesource.com/net/+archive/abc.tar.gz",
	 "go.googlesource.com/net", "abc"},
	{"https://go.googlesource.com/net/+", "go.googlesource.com/net", ""},
	{"https://git.dpdk.org/dpdk", "git.dpdk.org/dpdk", ""},
	{"https://git.kernel.org/x/linux-5.0.tar.xz", NULL, NULL},
	{"https://www.example.com/a/b", NULL, NULL},
	{"https://github.com.example.org/a/b", "github.com.example.org/a/b",
	 ""},
	{"https://github.com/a/..", "github.com/a/..", ""},
	{"", NULL, NULL}, {"/", NULL, NULL}, {"://", NULL, NULL},
	{"NOASSERTION", NULL, NULL}, {"https://github.com/a/b c", NULL, NULL},
};

static void test_finds(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof found / sizeof *found; i++) {
		struct forge_place p;
		bool is_there = forge_find(str_c(found[i].url), &arena, &p);

		if (is_there != (found[i].repository != NULL))
			fail_msg("%s", found[i].url);
		if (!is_there)
			continue;
		if (!str_is(str_from(p.repository, 8), found[i].repository) ||
		    !str_is(p.rev, found[i].rev))
			fail_msg("%s: %.*s at %.*s", found[i].url,
				 STR_ARG(p.repository), STR_ARG(p.rev));
	}
}

static const struct { const char *path, *want; } modules[] = {
	{"github.com/a/b", "https://github.com/a/b"},
	{"github.com/a/b/v2", "https://github.com/a/b"},
	{"github.com/a/b/sub/pkg", "https://github.com/a/b"},
	{"github.com/a/vb", "https://github.com/a/vb"},
	{"gopkg.in/yaml.v3", "https://github.com/go-yaml/yaml"},
	{"gopkg.in/natefinch/lumberjack.v2",
	 "https://github.com/natefinch/lumberjack"},
	{"gopkg.in/yaml", ""}, {"gopkg.in/", ""},
	{"gerrit.o-ran-sc.org/r/ric-plt/alarm-go.git/alarm",
	 "https://gerrit.o-ran-sc.org/r/ric-plt/alarm-go"},
	{"gerrit.o-ran-sc.org/r/ric-plt/sdlgo",
	 "https://gerrit.o-ran-sc.org/r/ric-plt/sdlgo"},
	{"gitlab.com/a/b", "https://gitlab.com/a/b"},
	{"gitlab.com/a/b/c", ""}, /* group or folder? */
	{"gitlab.com/a/b/c.git/d", "https://gitlab.com/a/b/c"},
	{"golang.org/x/net", ""}, {"k8s.io/api", ""}, {"", ""}, {"v2", ""},
};

static void test_go_modules(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof modules / sizeof *modules; i++) {
		struct str got = forge_go_module(str_c(modules[i].path),
						 &arena);

		if (!str_is(got, modules[i].want))
			fail_msg("%s: %.*s", modules[i].path, STR_ARG(got));
	}
}

static void test_archives(void **state)
{
	(void)state;
	assert_true(forge_is_archive(STR("https://h/a-1.0.tar.gz")));
	assert_true(forge_is_archive(STR("https://h/a.deb?x=1#y")));
	assert_false(forge_is_archive(STR("https://h/a?file=b.zip")));
	assert_false(forge_is_archive(STR("https://h/a.git")));
	assert_false(forge_is_archive(STR("")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_finds),
		cmocka_unit_test(test_go_modules),
		cmocka_unit_test(test_archives),
	};

	return cmocka_run_group_tests_name("forge", tests, NULL, teardown);
}
