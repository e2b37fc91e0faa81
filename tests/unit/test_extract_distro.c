/* Manifests of repo, .gitreview, StarlingX, Debian, RPM, BitBake, Conan and
 * vcpkg. */
#include "native_facts.h"

#include "base/limits.h"

#define GH "repository=https://github.com/o/"
#define COMMIT "00112233445566778899aabbccddeeff00112233"

static void test_manifest(void **state)
{
	const struct made files[] = {
		{"common.xml", STR(
			"<manifest><remote name='r' fetch='https://github.com/"
			"o/'/><include name='default.xml'/></manifest>"),
		 NULL},
		{"default.xml", STR(
			"<manifest>\n"
			"<include name='common.xml'/>\n"
			"<remote name='t' fetch='https://opendev.org/t' "
			"revision='refs/tags/v2'/>\n"
			"<default remote='r' revision='main'/>\n"
			"<project name='a.git' path='x'/>\n"
			"<project name='b' remote='t'/>\n"
			"<project name='c' revision='" COMMIT "'/>\n"
			"<project name='d' remote='no'/>\n"
			"<project name='e'/><remove-project name='e'/>\n"
			"<project name='f'/><extend-project name='f' "
			"revision='v3'/>\n"
			"</manifest>"), NULL},
		{"other.xml", STR("<project><a/></project>"), NULL},
		{0}};

	(void)state;
	assert_native_all(files,
		"a  pkg:github/o/a runtime 5 " GH "a ref=main unpinned\n"
		"b v2 pkg:git/opendev.org/t/b@v2 runtime 6 "
		"repository=https://opendev.org/t/b ref=v2\n"
		"c " COMMIT " pkg:github/o/c@" COMMIT " runtime 7 " GH
		"c commit=" COMMIT "\n"
		"f v3 pkg:github/o/f@v3 runtime 10 " GH "f ref=v3\n",
		"RW1302 8 the address of d is not known: remote no\n");
	assert_native("default.xml", STR(
		"<manifest><remote name='r' fetch='https://github.com/o'/>\n"
		"<project name='a' remote='r'/><proj"), NULL,
		"a  pkg:github/o/a runtime 2 " GH "a unpinned\n",
		"RW1109 2 unclosed token\n");
}

static void test_gitreview(void **state)
{
	struct extracting e;
	struct provenance *root;

	(void)state;
	extracting_text(&e, ".gitreview", STR(
		"[gerrit]\nhost=gerrit.o-ran-sc.org\nport=29418\n"
		"project=ric-plt/e2.git\n"));
	root = &e.scan.parts.components.v[0].provenance;
	assert_str(root->repository,
		   "https://gerrit.o-ran-sc.org/r/ric-plt/e2");
	assert_str(root->how, ".gitreview of the tree");
	extracting_release(&e);
	extracting_text(&e, ".gitreview", STR("[gerrit]\nhost=x.org\n"));
	root = &e.scan.parts.components.v[0].provenance;
	assert_int_equal(root->repository.n, 0);
	extracting_release(&e);
	assert_false(extract_gitreview.wants(
		&(struct file){.path = STR("a/.gitreview")}));
}

static void test_starlingx(void **state)
{
	(void)state;
	assert_native("config/debian/bullseye/os.lst", STR(
		"# list\nacl  2.2.53-10\n"
		"git 1:2.30.2-1+deb11u5 https://x/y.deb # c\nodd x\n"), NULL,
		"acl 2.2.53-10 pkg:deb/debian/acl@2.2.53-10?distro="
		"debian-11 runtime 2\n"
		"git 1:2.30.2-1+deb11u5 pkg:deb/debian/git@1:2.30.2-1%2B"
		"deb11u5?distro=debian-11 runtime 3\n",
		"RW1301 4 not a version: x\n");
	assert_native("debian/never.lst", STR("acl\ngit\n"), NULL, "", "");
	assert_native("pkg/debian/all/meta_data.yaml", STR(
		"---\ndebver: 1.10\ndl_path:\n  name: a\n"
		"  url: https://dl.acme.dev/a-1.10.tar.gz\n"
		"  sha256sum: abcd\n"
		"dl_files:\n  b.whl:\n    topdir: null\n"
		"    url: https://dl.acme.dev/b-2.0.tar.gz\n"), NULL,
		"a 1.10 pkg:generic/a@1.10?download_url="
		"https:%2F%2Fdl.acme.dev%2Fa-1.10.tar.gz runtime 5 "
		"hash=sha256:abcd\n"
		"b 2.0 pkg:generic/b@2.0?download_url="
		"https:%2F%2Fdl.acme.dev%2Fb-2.0.tar.gz runtime 10\n", "");
	assert_native("lsb/debian/meta_data.yaml", STR("debver: 1.0-2\n"),
		NULL, "lsb 1.0-2 pkg:deb/debian/lsb@1.0-2 runtime 1\n", "");
	assert_native("own/debian/meta_data.yaml",
		STR("debver: 1.0\nsrc_path: x\n"), NULL, "", "");
}

static void test_debian(void **state)
{
	const struct made files[] = {
		{"debian/changelog", STR("a (1.0) jammy; urgency=low\n"),
		 NULL},
		{"debian/control", STR(
			"Source: a\n"
			"Build-Depends: debhelper-compat (= 13),\n"
			"# c\n"
			"  libx-dev (>= 1) [amd64] | liby-dev,\n"
			"  check (= 0.5) <!nocheck>, python3:any\n"
			"Description: depends on\n"
			" Depends: no\n"
			"\n"
			"Package: a\n"
			"Depends: ${shlibs:Depends}, a-data, b, x@Y@\n"
			"\n"
			"Package: a-data\nodd\n"), NULL},
		{0}};

	(void)state;
	assert_native_all(files,
		"debhelper  pkg:deb/ubuntu/debhelper build 2 unpinned\n"
		"libx-dev  pkg:deb/ubuntu/libx-dev build 4 unpinned\n"
		"check 0.5 pkg:deb/ubuntu/check@0.5 test 5\n"
		"python3  pkg:deb/ubuntu/python3 build 5 unpinned\n"
		"b  pkg:deb/ubuntu/b runtime 10 unpinned\n",
		"RW1302 10 the package is not known: x@Y@\n"
		"RW1301 13 not a field: odd\n");
	assert_native("debian/control", STR("Build-Depends: a"), NULL,
		"a   build 1 unpinned\n", "");
}

static void test_rpm(void **state)
{
	(void)state;
	assert_native("a.spec", STR(
		"%global rel 2\n"
		"Name: a\nVersion: 1.%{rel}\nRelease: 1%{?dist}\n"
		"Source0: https://dl.acme.dev/%{name}-%{version}.tar.gz\n"
		"Source1: local.service\n"
		"BuildRequires: gcc, pkgconfig(libdpdk) >= 21, make\n"
		"Requires: libx = 1.0 liby >= 2, /bin/sh\n"
		"Requires: %{name}-libs = %{version}, %{unknown}\n"
		"%description\nRequires: no\n"
		"%package libs\nRequires(post): z\n"
		"%changelog\n"), NULL,
		"a 1.2 pkg:generic/a@1.2?download_url="
		"https:%2F%2Fdl.acme.dev%2Fa-1.2.tar.gz runtime 5\n"
		"gcc   build 7 unpinned\n"
		"dpdk  pkg:github/dpdk/dpdk runtime 7 "
		"repository=https://github.com/dpdk/dpdk unpinned\n"
		"make   build 7 unpinned\n"
		"libx 1.0  runtime 8\n"
		"liby   runtime 8 unpinned\n"
		"z   runtime 13 unpinned\n",
		"RW1302 9 the package is not known: ${unknown}\n");
	assert_native("x.spec", STR("pattern {\n"), NULL, "", "");
}

static void test_bitbake(void **state)
{
	(void)state;
	assert_native("recipes-x/a/a_1.5.bb", STR(
		"# SRC_URI = \"https://x\"\n"
		"SRCREV = \"" COMMIT "\"\n"
		"SRC_URI = \"git://github.com/o/a.git;protocol=https;"
		"branch=main \\\n"
		"    file://p.patch \\\n"
		"    https://dl.acme.dev/${BPN}-${PV}.tar.gz;name=t\"\n"
		"SRC_URI[sha256sum] = \"abcd\"\n"
		"SRC_URI:append = \" crate://crates.test/serde/1.0.1\"\n"
		"DEPENDS += \"openssl cmake-native virtual/kernel ${X}\"\n"
		"RDEPENDS:${PN} = \"bash (>= 4)\"\n"
		"do_x() {\n  DEPENDS=\"no\"\n}\n"), NULL,
		"openssl  pkg:yocto/openssl runtime 8 unpinned\n"
		"cmake  pkg:yocto/cmake build 8 unpinned\n"
		"bash  pkg:yocto/bash runtime 9 unpinned\n"
		"a " COMMIT " pkg:github/o/a@" COMMIT " runtime 3 " GH
		"a commit=" COMMIT "\n"
		"a 1.5 pkg:generic/a@1.5?download_url="
		"https:%2F%2Fdl.acme.dev%2Fa-1.5.tar.gz runtime 3\n"
		"serde 1.0.1 pkg:cargo/serde@1.0.1 runtime 3\n", "");
	assert_native("b_git.bb", STR(
		"SRC_URI = \"git://github.com/o/b;branch=dev\"\n"
		"SRCREV = \"${AUTOREV}\"\n"), NULL,
		"b  pkg:github/o/b runtime 1 " GH "b ref=dev unpinned\n", "");
	assert_native("c_2.bb", STR(
		"SRC_URI = \"https://dl.acme.dev/c-2.0.tgz\"\n"
		"SRC_URI[sha256sum] = \"abcd\"\nDEPENDS = \"cut"), NULL,
		"c 2.0 pkg:generic/c@2.0?download_url="
		"https:%2F%2Fdl.acme.dev%2Fc-2.0.tgz runtime 1 "
		"hash=sha256:abcd\n", "");
}

static void test_conan(void **state)
{
	(void)state;
	assert_native("conanfile.txt", STR(
		"[requires]\nzlib/1.2.11\n# no/1\nfmt/[>9 <10]\n"
		"own/1.0@acme/stable#00ff\nodd\n"
		"[generators]\nno/1\n[tool_requires]\ncmake/3.2\n"), NULL,
		"zlib 1.2.11 pkg:conan/zlib@1.2.11 runtime 2\n"
		"fmt  pkg:conan/fmt runtime 4 unpinned\n"
		"own 1.0 pkg:conan/own@1.0?channel=stable&user=acme "
		"runtime 5\n"
		"cmake 3.2 pkg:conan/cmake@3.2 build 10\n",
		"RW1301 6 not a reference: odd\n");
	assert_native("conanfile.py", STR(
		"class A(ConanFile):\n"
		"    requires = (\"zlib/1.2.11\",\n"
		"                'fmt/9.1.0')\n"
		"    url = \"https://x/y\"\n"
		"    # requires = \"no/1\"\n"
		"    def requirements(self):\n"
		"        self.requires(\"spdlog/1.0\", force=True)\n"
		"        self.requires(f\"x/{v}\")\n"
		"    def build_requirements(self):\n"
		"        self.test_requires(\"gtest/1.1\")\n"), NULL,
		"zlib 1.2.11 pkg:conan/zlib@1.2.11 runtime 2\n"
		"fmt 9.1.0 pkg:conan/fmt@9.1.0 runtime 3\n"
		"spdlog 1.0 pkg:conan/spdlog@1.0 runtime 7\n"
		"gtest 1.1 pkg:conan/gtest@1.1 test 10\n", "");
	assert_native("conan.lock", STR(
		"{\"version\": \"0.5\",\n \"requires\": [\n"
		"\"zlib/1.2.11#ff%1.0\"], \"build_requires\": []}"), NULL,
		"zlib 1.2.11 pkg:conan/zlib@1.2.11 runtime 3\n", "");
}

static void test_vcpkg(void **state)
{
	(void)state;
	assert_native("vcpkg.json", STR(
		"{\"name\": \"x\", \"builtin-baseline\": \"" COMMIT "\",\n"
		"\"dependencies\": [\"fmt\",\n"
		"{\"name\": \"cmake\", \"host\": true},\n"
		"{\"name\": \"zlib\", \"version>=\": \"1.2\"}],\n"
		"\"features\": {\"a\": {\"dependencies\": [\"curl\"]}},\n"
		"\"overrides\": [{\"name\": \"fmt\", \"version\": \"9.1.0\"}"
		"]}"), NULL,
		"fmt 9.1.0 pkg:vcpkg/fmt@9.1.0 runtime 2\n"
		"cmake  pkg:vcpkg/cmake build 3 unpinned\n"
		"zlib  pkg:vcpkg/zlib runtime 4 unpinned\n"
		"curl  pkg:vcpkg/curl runtime 5 unpinned\n"
		"vcpkg " COMMIT " pkg:github/microsoft/vcpkg@" COMMIT
		" build 1 repository=https://github.com/microsoft/vcpkg "
		"commit=" COMMIT "\n", "");
}

/* What is long, deep or cut costs little and is kept in part. */
static void test_hostile(void **state)
{
	enum { N = 100000 };
	static const char *const paths[] = {
		"a.spec", "a.bb", "debian/control", "conanfile.py",
		"conanfile.txt", "conan.lock", "vcpkg.json", "default.xml",
		"debian/a.lst", "a/debian/meta_data.yaml", ".gitreview"};
	static const char *const pieces[] = {
		"%{a", "${a", "[", "{\"a\":", "<manifest ", "\\\n", ",", "'",
		"SRC_URI += \"git://x\"\n", "%global a %{a}%{a}\n",
		"A = \"${A}${A}\"\n", "\xff\n"};
	struct extracting e;
	struct strbuf b;

	(void)state;
	strbuf_init(&b, 0);
	for (size_t k = 0; k < sizeof pieces / sizeof *pieces; k++) {
		strbuf_clear(&b);
		strbuf_cstr(&b, "Name: x\nRelease: 1\n");
		for (int i = 0; i < N; i++)
			strbuf_cstr(&b, pieces[k]);
		for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
			extracting_text(&e, paths[i], strbuf_str(&b));
			extracting_release(&e);
		}
	}
	strbuf_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_manifest),
		cmocka_unit_test(test_gitreview),
		cmocka_unit_test(test_starlingx),
		cmocka_unit_test(test_debian),
		cmocka_unit_test(test_rpm),
		cmocka_unit_test(test_bitbake),
		cmocka_unit_test(test_conan),
		cmocka_unit_test(test_vcpkg),
		cmocka_unit_test(test_hostile),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
