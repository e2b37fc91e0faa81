/* CMake: commands, values, libraries, what is fetched, hostile text. */
#include "native_facts.h"

#include "base/limits.h"

#define PATH "CMakeLists.txt"
#define GH "repository=https://github.com/o/"
#define SCTP "pkg:github/sctp/lksctp-tools runtime "
#define SCTP_AT " repository=https://github.com/sctp/lksctp-tools unpinned\n"

static void test_which_files(void **state)
{
	(void)state;
	assert_true(extract_cmake.wants(
		&(struct file){.path = STR("a/CMakeLists.txt")}));
	assert_true(extract_cmake.wants(
		&(struct file){.path = STR("cmake/FindX.cmake")}));
	assert_false(extract_cmake.wants(
		&(struct file){.path = STR("CMakeLists.txt/x")}));
	assert_false(extract_cmake.wants(
		&(struct file){.path = STR("cmake.txt")}));
}

static void test_packages(void **state)
{
	(void)state;
	assert_native(PATH, STR(
		"# find_package(No)\n"
		"#[[ find_package(No)\n"
		"find_package(No) ]]\n"
		"find_package ( SCTP 1.0 REQUIRED )\n"
		"FIND_PACKAGE(Sctp)\n"
		"find_package(Threads REQUIRED)\n"
		"find_package(Acme 2.1 EXACT)\n"
		"find_package(Guess)\n"
		"find_package(Mine)\n"
		"find_package(Other_Lib)\n"
		"message(\"find_package(No)\")\n"
		"add_executable(mine x.c)\n"
		"pkg_check_modules(PC REQUIRED \"libdpdk >= ${V}\" "
		"libdpdk=20.11 sctp>=1)\n"
		"find_library(A_LIB NAMES nope libsctp.so HINTS /x)\n"
		"find_library(M m)\n"), "lib/other/x.c",
		"lksctp-tools  " SCTP "4,5,13,14" SCTP_AT
		"Acme 2.1 pkg:generic/acme@2.1 runtime 7\n"
		"Guess  pkg:generic/guess runtime 8 unpinned\n"
		"dpdk  pkg:github/dpdk/dpdk runtime 13 "
		"repository=https://github.com/dpdk/dpdk unpinned\n"
		"dpdk 20.11 pkg:github/dpdk/dpdk runtime 13 "
		"repository=https://github.com/dpdk/dpdk\n", "");
}

static void test_modules_look_for_what_is_known(void **state)
{
	(void)state;
	assert_native("cmake/FindThing.cmake", STR(
		"find_library(T thing)\n"
		"find_package(Unheard)\n"
		"find_library(T rte_eal)\n"), NULL,
		"dpdk  pkg:github/dpdk/dpdk runtime 3 "
		"repository=https://github.com/dpdk/dpdk unpinned\n", "");
}

static void test_links(void **state)
{
	(void)state;
	assert_native(PATH, STR(
		"set(LIBS sctp -lpthread)\n"
		"list(APPEND LIBS -lacme)\n"
		"target_link_libraries(x PRIVATE ${LIBS} mylib Foo::bar\n"
		"  -Wl,-lrte_eal $<LINK_ONLY:y> -lo)\n"
		"link_libraries(-lacme)\n"), NULL,
		"lksctp-tools  " SCTP "3" SCTP_AT
		"acme  pkg:generic/acme runtime 3,5 unpinned\n"
		"dpdk  pkg:github/dpdk/dpdk runtime 4 "
		"repository=https://github.com/dpdk/dpdk unpinned\n", "");
}

static void test_fetched(void **state)
{
	(void)state;
	assert_native(PATH, STR(
		"project(p VERSION 1.5)\n"
		"set(T v2)\n"
		"FetchContent_Declare(a\n"
		"  GIT_REPOSITORY https://github.com/o/a.git\n"
		"  GIT_TAG ${T})\n"
		"ExternalProject_Add(b GIT_REPOSITORY https://github.com/o/b "
		"GIT_TAG origin/main)\n"
		"ExternalProject_Add(c GIT_REPOSITORY ${CMAKE_SOURCE_DIR}/c)\n"
		"ExternalProject_Add(d SOURCE_DIR ${X}/d)\n"
		"FetchContent_Declare(e URL https://dl.acme.dev/e-1.0.tar.gz "
		"URL_HASH SHA256=AB12)\n"
		"CPMAddPackage(\"gh:o/f@1.2\")\n"
		"CPMAddPackage(NAME g GITHUB_REPOSITORY o/g VERSION 3.0)\n"
		"CPMAddPackage(NAME h GIT_REPOSITORY https://github.com/o/h "
		"GIT_TAG ${NO})\n"
		"execute_process(COMMAND git clone -b v9 "
		"https://github.com/o/i)\n"
		"file(DOWNLOAD https://dl.acme.dev/j-2.0.zip x)\n"
		"add_subdirectory(third/k)\n"), NULL,
		"a v2 pkg:github/o/a@v2 runtime 4 " GH "a ref=v2\n"
		"b  pkg:github/o/b runtime 6 " GH "b ref=main unpinned\n"
		"e 1.0 pkg:generic/e@1.0?download_url="
		"https:%2F%2Fdl.acme.dev%2Fe-1.0.tar.gz runtime 9 "
		"hash=sha256:ab12\n"
		"f v1.2 pkg:github/o/f@v1.2 runtime 10 " GH "f ref=v1.2\n"
		"g v3.0 pkg:github/o/g@v3.0 runtime 11 " GH "g ref=v3.0\n"
		"h  pkg:github/o/h runtime 12 " GH "h unpinned\n"
		"i v9 pkg:github/o/i@v9 runtime 13 " GH "i ref=v9\n"
		"j 2.0 pkg:generic/j@2.0?download_url="
		"https:%2F%2Fdl.acme.dev%2Fj-2.0.zip runtime 14\n",
		"RW1302 7 the repository is not known: "
		"${CMAKE_SOURCE_DIR}/c\n"
		"RW1302 12 the revision is not known: ${NO}\n");
}

static void test_conditions(void **state)
{
	(void)state;
	assert_native(PATH, STR(
		"if(A)\nset(V v1)\nset(W v7)\nelse()\nset(V v2)\nendif()\n"
		"FetchContent_Declare(a GIT_REPOSITORY "
		"https://github.com/o/a GIT_TAG ${V})\n"
		"FetchContent_Declare(b GIT_REPOSITORY "
		"https://github.com/o/b GIT_TAG ${W})\n"), NULL,
		"a  pkg:github/o/a runtime 7 " GH "a unpinned\n"
		"b v7 pkg:github/o/b@v7 runtime 8 " GH "b ref=v7\n",
		"RW1302 7 the revision is not known: ${V}\n");
}

static void test_sbom_add(void **state)
{
	struct extracting e;

	(void)state;
	assert_native(PATH, STR(
		"sbom_add(PACKAGE \"SCTP\" DOWNLOAD_LOCATION "
		"\"https://www.sctp.org/\" SUPPLIER \"S\" VERSION ${V})\n"
		"sbom_add(PACKAGE \"Intel MKL\" SUPPLIER \"I\" VERSION 3)\n"
		"sbom_add(PACKAGE \"Odd lib\" DOWNLOAD_LOCATION "
		"\"https://github.com/o/odd\" VERSION 1.0)\n"
		"sbom_add(TARGET x LICENSE y)\n"), NULL,
		"lksctp-tools  " SCTP "1" SCTP_AT
		"intel-mkl 3 pkg:generic/intel-mkl@3 runtime 2\n"
		"Odd lib 1.0  runtime 3 " GH "odd\n", "");
	extracting_text(&e, PATH, STR(
		"sbom_add(PACKAGE x SUPPLIER \"Acme Ltd\")\n"));
	assert_str(e.scan.parts.components.v[1].supplier, "Acme Ltd");
	extracting_release(&e);
}

static void test_hostile(void **state)
{
	enum { N = 100000 };
	struct extracting e;
	struct strbuf b;

	(void)state;
	assert_native(PATH, STR("find_package(Acme)\nfind_package(\"Cut"), NULL,
	       "Acme  pkg:generic/acme runtime 1 unpinned\n",
	       "RW1301 2 a command is not closed: find_package\n");
	assert_native(PATH, STR(")\nfind_package(Acme)\n[[x\n\xff(\n"), NULL,
	       "Acme  pkg:generic/acme runtime 2 unpinned\n",
	       "RW1105 0 bytes that are no text were replaced\n"
	       "RW1301 1 not a command: )\n"
	       "RW1301 3 not a command: [[x\n"
	       "RW1301 4 not a command: \xef\xbf\xbd(\n");
	strbuf_init(&b, 0);
	strbuf_cstr(&b, "find_package(Acme)\nx");
	strbuf_pad(&b, '(', N);
	extracting_text(&e, PATH, strbuf_str(&b));
	assert_int_equal(e.scan.parts.components.n, 2);
	extracting_release(&e);
	strbuf_clear(&b);
	strbuf_cstr(&b, "set(A x)\n");
	for (int i = 0; i < 200; i++)
		strbuf_cstr(&b, "set(A \"${A}${A}\")\n");
	strbuf_cstr(&b, "find_package(${A})\nset(B ${B${C}} ${ $ \\)\n");
	extracting_text(&e, PATH, strbuf_str(&b));
	assert_int_equal(e.scan.parts.components.n, 1);
	extracting_release(&e);
	strbuf_clear(&b);
	strbuf_cstr(&b, "find_package(Acme)\nset(L ");
	for (int i = 0; i < N; i++)
		strbuf_cstr(&b, "a;${L} ");
	strbuf_cstr(&b, ")\ntarget_link_libraries(x ${L})\n");
	extracting_text(&e, PATH, strbuf_str(&b));
	assert_int_equal(e.scan.parts.components.n, 2);
	assert_int_equal(e.scan.diags.counts[RW1301], 1);
	extracting_release(&e);
	strbuf_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_which_files),
		cmocka_unit_test(test_packages),
		cmocka_unit_test(test_modules_look_for_what_is_known),
		cmocka_unit_test(test_links),
		cmocka_unit_test(test_fetched),
		cmocka_unit_test(test_conditions),
		cmocka_unit_test(test_sbom_add),
		cmocka_unit_test(test_hostile),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
