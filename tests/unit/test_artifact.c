/* Addresses of downloads: what they name, what they are not. */
#include "extracting.h"

#include "extract/artifact.h"
#include "extract/artifact_name.h"

/* The component of an address as extracting_components writes it, without
 * scope and line; then its diagnostics. */
static void expect(const char *url, const char *want, int line)
{
	struct extracting e = {0};
	struct arena scratch = {0};
	struct extraction x = {
		.path = STR("f"), .root = SIZE_MAX, .parts = &e.scan.parts,
		.arena = &e.scan.arena, .scratch = &scratch,
		.diags = &e.scan.diags};
	struct component *c = artifact_add(&x, &extract_script, str_c(url),
					   1);
	struct strbuf b;

	strbuf_init(&b, 0);
	if (c)
		strbuf_fmt(&b, "%.*s %.*s %.*s%s", STR_ARG(c->name),
			   STR_ARG(c->version), STR_ARG(c->purl),
			   c->is_unpinned ? " unpinned" : "");
	for (size_t i = 0; i < e.scan.diags.kept.n; i++)
		strbuf_fmt(&b, " !%.*s",
			   STR_ARG(e.scan.diags.kept.v[i].message));
	unit_assert_str(strbuf_str(&b), str_c(want), __FILE__, line);
	strbuf_release(&b);
	arena_release(&scratch);
	extracting_release(&e);
}

#define assert_adds(url, want) expect(url, want, __LINE__)
#define SHA "0123456789abcdef0123456789abcdef01234567"

static void test_forges(void **state)
{
	(void)state;
	assert_adds("https://github.com/O/R/releases/download/v1/x_2_all.deb",
		    "R v1 pkg:github/o/r@v1");
	assert_adds("https://github.com/o/r/archive/refs/tags/v1.tar.gz",
		    "r v1 pkg:github/o/r@v1");
	assert_adds("https://codeload.github.com/o/r/tar.gz/refs/tags/v1",
		    "r v1 pkg:github/o/r@v1");
	assert_adds("https://github.com/o/r/archive/" SHA ".zip",
		    "r " SHA " pkg:github/o/r@" SHA);
	assert_adds("https://raw.githubusercontent.com/o/r/main/x.sh",
		    "r  pkg:github/o/r unpinned");
	assert_adds("https://api.github.com/repos/o/r/releases/latest",
		    "r  pkg:github/o/r unpinned");
	assert_adds("https://github.com/o/r/releases/download/"
		    "v1.2%2Fx/y.tgz", "r v1.2/x pkg:github/o/r@v1.2%2Fx");
	assert_adds("https://salsa.debian.org/g/s/r/-/archive/1.0/r-1.0.tgz",
		    "r 1.0 pkg:git/salsa.debian.org/g/s/r@1.0");
	assert_adds("https://gerrit.o-ran-sc.org/r/tools/hooks/commit-msg",
		    "commit-msg  pkg:generic/commit-msg?download_url="
		    "https:%2F%2Fgerrit.o-ran-sc.org%2Fr%2Ftools%2Fhooks%2F"
		    "commit-msg unpinned");
}

static void test_packages(void **state)
{
	(void)state;
	assert_adds("https://packagecloud.io/o-ran-sc/release/packages/"
		    "debian/stretch/rmr-dev_4.9.4_amd64.deb/download.deb",
		    "rmr-dev 4.9.4 pkg:deb/o-ran-sc/rmr-dev@4.9.4?arch=amd64"
		    "&distro=debian-stretch&download_url=https:%2F%2F"
		    "packagecloud.io%2Fo-ran-sc%2Frelease%2Fpackages%2Fdebian"
		    "%2Fstretch%2Frmr-dev_4.9.4_amd64.deb%2Fdownload.deb");
	assert_adds("https://packagecloud.io/o-ran-sc/staging/packages/el/5/"
		    "rmr-4.9.4-1.x86_64.rpm/download.rpm",
		    "rmr 4.9.4-1 pkg:rpm/o-ran-sc/rmr@4.9.4-1?arch=x86_64"
		    "&distro=el-5&download_url=https:%2F%2Fpackagecloud.io"
		    "%2Fo-ran-sc%2Fstaging%2Fpackages%2Fel%2F5%2F"
		    "rmr-4.9.4-1.x86_64.rpm%2Fdownload.rpm");
	assert_adds("http://x.ubuntu.com/pool/libnng1_1.2.6-1_amd64.deb",
		    "libnng1 1.2.6-1 pkg:deb/ubuntu/libnng1@1.2.6-1?arch="
		    "amd64&download_url=http:%2F%2Fx.ubuntu.com%2Fpool%2F"
		    "libnng1_1.2.6-1_amd64.deb");
	assert_adds("https://dl.vendor.dev/x-1.0-py3-none-any.whl",
		    "x 1.0 pkg:pypi/x@1.0");
	assert_adds("https://dl.vendor.dev/a/epel-latest-9.noarch.rpm",
		    "epel  pkg:generic/epel?arch=noarch&download_url=https:"
		    "%2F%2Fdl.vendor.dev%2Fa%2Fepel-latest-9.noarch.rpm "
		    "unpinned");
}

static void test_unknown_parts(void **state)
{
	(void)state;
	assert_adds("https://packagecloud.io/o/${R}/packages/debian/stretch/"
		    "rmr_${RMR_VER}_amd64.deb/download.deb",
		    "rmr  pkg:deb/o/rmr?arch=amd64&distro=debian-stretch "
		    "unpinned !the version of rmr is not known");
	assert_adds("${BASE}/sub/rmr_1.0_amd64.deb/download.deb",
		    "rmr 1.0 ");
	assert_adds("https://github.com/o/r/releases/download/v${V}/x-${V}.sh",
		    "r  pkg:github/o/r unpinned "
		    "!the revision of r is not known");
	assert_adds("https://github.com/${O}/r/archive/v1.zip",
		    "v1.zip   unpinned");
	assert_adds("https://dl.vendor.dev/go$(...).linux-amd64.tar.gz",
		    "go   unpinned !the version of go is not known");
	assert_adds("${URL}", " !what is downloaded is not known: ${URL}");
	assert_adds("https://u:${T}@dl.vendor.dev/x-1.0.tgz",
		    "x 1.0 pkg:generic/x@1.0?download_url="
		    "https:%2F%2Fdl.vendor.dev%2Fx-1.0.tgz");
	assert_adds("https://get.vendor.dev",
		    "get.vendor.dev  pkg:generic/get.vendor.dev?download_url="
		    "https:%2F%2Fget.vendor.dev unpinned");
	assert_adds("http://x.dev/a%20b%2.zip",
		    "a b%2.zip  pkg:generic/a%20b%252.zip?download_url="
		    "http:%2F%2Fx.dev%2Fa%2520b%252.zip unpinned");
}

static void test_names_of_archives(void **state)
{
	static const struct { const char *file, *name, *version; } t[] = {
		{"dpdk-20.11.9.tar.xz", "dpdk", "20.11.9"},
		{"go1.12.linux-amd64.tar.gz", "go", "1.12"},
		{"cmake-3.14.5-Linux-x86_64.sh", "cmake", "3.14.5"},
		{"helm-v3.12.3-linux-amd64.tar.gz", "helm", "v3.12.3"},
		{"sonar-scanner-cli-3.2.0.1227-linux.zip",
		 "sonar-scanner-cli", "3.2.0.1227"},
		{"boost_1_69_0.zip", "boost", "1_69_0"},
		{"foo-1.2.0-rc1.tar.gz", "foo", "1.2.0-rc1"},
		{"gcc-arm-10.3-2021.07-x86_64.tar.xz",
		 "gcc-arm-10.3-2021.07-x86_64.tar.xz", ""},
		{"kafka_2.13-2.8.0.tgz", "kafka_2.13-2.8.0.tgz", ""},
		{"ninja-linux.zip", "ninja-linux.zip", ""},
		{"kubectl", "kubectl", ""}, {"golang.zip", "golang.zip", ""},
		{"-1.0.zip", "-1.0.zip", ""}, {"", "", ""}, {"1.0", "1.0", ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		struct artifact_name n =
			artifact_name_of_archive(str_c(t[i].file));

		unit_assert_str(n.name, str_c(t[i].name), t[i].file, 0);
		unit_assert_str(n.version, str_c(t[i].version), t[i].file, 0);
	}
}

static void test_names_of_packages(void **state)
{
	static const char *const none[] = {
		"x.deb", "x_1.deb", "_1_all.deb", "x.rpm", "x-1.noarch.rpm",
		"-1-1.noarch.rpm", "x.whl", "x.tar.gz", "", ".deb"};
	struct artifact_name n;

	(void)state;
	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		assert_false(artifact_name_of_package(str_c(none[i]), &n));
	assert_true(artifact_name_of_package(STR("a-b_1:2_3_all.deb"), &n));
	assert_str(n.name, "a-b");
	assert_str(n.version, "1:2_3");
	assert_str(n.arch, "all");
}

static void test_questions(void **state)
{
	static const char *const local[] = {
		"http://localhost/x", "https://u@127.0.0.1:80/x", "http://db/x",
		"http://10.0.0.1", "http://172.31.0.1/x", "http://x.svc/y",
		"http://192.168.1.1/x", "https://www.example.com/x"};
	static const char *const checks[] = {
		"https://x.dev/a.asc", "https://x.dev/a.tgz.sha256?x=1",
		"https://download.docker.com/linux/ubuntu/gpg",
		"https://x.dev/RPM-GPG-KEY-x", "https://x.dev/SHA256SUMS"};

	(void)state;
	for (size_t i = 0; i < sizeof local / sizeof *local; i++)
		assert_true(artifact_is_local(str_c(local[i])));
	for (size_t i = 0; i < sizeof checks / sizeof *checks; i++) {
		assert_true(artifact_is_check(str_c(checks[i])));
		assert_false(artifact_is_local(str_c(checks[i])));
	}
	assert_false(artifact_is_local(STR("http://172.32.0.1/x")));
	assert_false(artifact_is_local(STR("http://${H}/x")));
	assert_false(artifact_is_check(STR("https://x.dev/keyboard.tgz")));
	assert_true(artifact_is_address(STR("get.helm.sh/x.tgz")));
	assert_true(artifact_is_address(STR("FTP://x.dev/y")));
	assert_true(artifact_is_address(STR("$X/y")));
	assert_false(artifact_is_address(STR("file.txt")));
	assert_false(artifact_is_address(STR("./x.tgz")));
	assert_false(artifact_is_address(STR("file:///x.y/z")));
	assert_false(artifact_is_address(STR("https:///x")));
	assert_false(artifact_is_address(STR("")));
	assert_true(artifact_is_hidden(STR("http://$H:80/health")));
	assert_false(artifact_is_hidden(STR("http://$H:80/x.tgz")));
	assert_true(artifact_is_file(STR("https://github.com/o/r/archive/1")));
	assert_false(artifact_is_file(STR("https://github.com/o/r/pulls")));
	assert_false(artifact_is_file(STR("https://x.dev/archive/1")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_forges),
		cmocka_unit_test(test_packages),
		cmocka_unit_test(test_unknown_parts),
		cmocka_unit_test(test_names_of_archives),
		cmocka_unit_test(test_names_of_packages),
		cmocka_unit_test(test_questions),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
