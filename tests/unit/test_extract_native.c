/* Meson and its wraps, pkg-config, configure.ac, links of Makefiles. */
#include "native_facts.h"

#include "base/limits.h"

#define GH "repository=https://github.com/o/"
#define SCTP "lksctp-tools  pkg:github/sctp/lksctp-tools runtime "
#define SCTP_AT " repository=https://github.com/sctp/lksctp-tools unpinned\n"
#define DPDK "dpdk  pkg:github/dpdk/dpdk runtime "
#define DPDK_AT " repository=https://github.com/dpdk/dpdk unpinned\n"

static void test_meson(void **state)
{
	(void)state;
	assert_native("lib/meson.build", STR(
		"# dependency('no')\n"
		"a = dependency('libdpdk', version: '>=20')\n"
		"b = dependency('acme', 'sctp', required : false)\n"
		"c = cc.find_library('sctp',\n"
		"    required: false)\n"
		"d = sub.dependency('no')\n"
		"e = declare_dependency(link_with: x)\n"
		"f = dependency('acme', version : ['>=1', '<2'])\n"
		"g = dependency('acme', version: '=1.5')\n"
		"h = dependency('lib' + name)\n"
		"i = dependency('tool', native: true)\n"
		"j = dependency('threads')\n"
		"k = '''dependency('no')'''\n"
		"l = cc.find_library('rt', dirs: ['/x', f(1)])\n"
		"m = dependency('mine')\n"), "src/mine.c",
		DPDK "2" DPDK_AT
		SCTP "3,4" SCTP_AT
		"acme  pkg:generic/acme runtime 8 unpinned\n"
		"acme 1.5 pkg:generic/acme@1.5 runtime 9\n"
		"tool  pkg:generic/tool build 11 unpinned\n",
		"RW1302 10 the library is not known: ${'lib' + name}\n");
	assert_native("meson.build", STR("x = dependency('acme')\n"
					 "y = dependency('cu"), NULL,
		"acme  pkg:generic/acme runtime 1 unpinned\n",
		"RW1301 2 a call is not closed: dependency\n");
}

static void test_wraps(void **state)
{
	(void)state;
	assert_native("subprojects/a.wrap", STR(
		"[wrap-git]\n"
		"url = https://github.com/o/a.git\n"
		"revision = 00112233445566778899aabbccddeeff00112233\n"
		"[provide]\nurl = no\n"), NULL,
		"a 00112233445566778899aabbccddeeff00112233 pkg:github/o/a@"
		"00112233445566778899aabbccddeeff00112233 runtime 2 " GH
		"a commit=00112233445566778899aabbccddeeff00112233\n", "");
	assert_native("subprojects/b.wrap", STR(
		"[wrap-git]\nurl=https://github.com/o/b\nrevision=HEAD\n"),
		NULL, "b  pkg:github/o/b runtime 2 " GH "b unpinned\n", "");
	assert_native("subprojects/c.wrap", STR(
		"[wrap-file]\ndirectory = c-1.2\n"
		"source_url = https://dl.acme.dev/c-1.2.tar.xz\n"
		"source_hash = ABCD\nodd\n"), NULL,
		"c 1.2 pkg:generic/c@1.2?download_url="
		"https:%2F%2Fdl.acme.dev%2Fc-1.2.tar.xz runtime 3 "
		"hash=sha256:abcd\n",
		"RW1301 5 not understood: odd\n");
	assert_native("subprojects/d.wrap", STR(
		"[wrap-redirect]\nfilename = x/y.wrap\n"), NULL, "", "");
	assert_false(extract_meson_wrap.wants(
		&(struct file){.path = STR("x/a.wrap")}));
}

static void test_pkg_config(void **state)
{
	(void)state;
	assert_native("x.pc.in", STR(
		"Name: x\n"
		"Requires: libdpdk >= 21.11, acme = 1.2 @EXTRA@\n"
		"Requires.private: sctp \\\n"
		"  other\n"
		"Libs: -L${libdir} -lno\n"
		"Requires:\n"), "other.pc.in",
		DPDK "2" DPDK_AT
		"acme 1.2 pkg:generic/acme@1.2 runtime 2\n"
		SCTP "3" SCTP_AT, "");
}

static void test_autoconf(void **state)
{
	(void)state;
	assert_native("configure.ac", STR(
		"dnl AC_CHECK_LIB([no], [f])\n"
		"# AC_CHECK_LIB([no], [f])\n"
		"PKG_CHECK_MODULES([DPDK], [libdpdk >= 1.0\n"
		"  acme == 2.5], [x], [AC_MSG_ERROR([a, (b)])])\n"
		"AC_CHECK_LIB([sctp], [sctp_bindx], [],\n"
		"  [AC_MSG_ERROR([no (sctp)])])\n"
		"AC_CHECK_LIB(pthread, f)\n"
		"AC_SEARCH_LIBS([f], [m])\n"
		"AC_SEARCH_LIBS([f], [nobody sctp])\n"
		"AC_CHECK_LIB([$LIB], [f])\n"
		"MY_AC_CHECK_LIB([no], [f])\n"), NULL,
		DPDK "3" DPDK_AT
		"acme 2.5 pkg:generic/acme@2.5 runtime 3\n"
		SCTP "5,9" SCTP_AT,
		"RW1302 10 the library is not known: $LIB\n");
	assert_native("configure.ac", STR(
		"AC_CHECK_LIB([acme], [f])\nAC_CHECK_LIB([sc"), NULL,
		"acme  pkg:generic/acme runtime 1 unpinned\n",
		"RW1301 2 a macro is not closed: AC_CHECK_LIB\n");
}

static void test_links(void **state)
{
	(void)state;
	assert_native("Makefile", STR(
		"LDLIBS = -lsctp -lm -lrte_eal -Wl,-lrte_ring -l:libacme.a\n"
		"#LDLIBS += -lno\n"
		"LDLIBS+=-lacme # -lno\n"
		"FLAGS = -ldflags -l -l$(X) -lown -lx\n"
		"\tls -lart; wc -lc; go build -ldflags=\"-X a\"\n"
		"\t$(CC) -o x -lother$(SUFFIX) -l sctp -l no\n"
		"CF = $(shell pkg-config --cflags libdpdk 2>/dev/null) no\n"),
		"src/libown/x.c",
		SCTP "1" SCTP_AT
		DPDK "1,7" DPDK_AT
		"acme  pkg:generic/acme runtime 1,3 unpinned\n"
		"other  pkg:generic/other runtime 6 unpinned\n"
		SCTP "6" SCTP_AT, "");
	assert_true(extract_make_link.wants(
		&(struct file){.path = STR("src/Makefile.am")}));
	assert_false(extract_make_link.wants(
		&(struct file){.path = STR("src/Makefile.in")}));
}

static void test_cgo(void **state)
{
	(void)state;
	assert_native("pkg/rmr.go", STR(
		"package rmr\n"
		"// #cgo CFLAGS: -lno\n"
		"// #cgo LDFLAGS: -L/usr/local/lib -lsctp -lacme -lm\n"
		"// #cgo linux LDFLAGS: -L../lib -lown -lrte_eal\n"
		"// #cgo pkg-config: libdpdk\n"
		"import \"C\"\n"
		"// #cgo LDFLAGS: -lno\n"), NULL,
		SCTP "3" SCTP_AT
		"acme  pkg:generic/acme runtime 3 unpinned\n"
		DPDK "4" DPDK_AT
		DPDK "5" DPDK_AT, "");
	assert_native("a.go", STR("// #cgo LDFLAGS: -lno\n"), NULL, "", "");
	assert_false(extract_cgo.wants(
		&(struct file){.path = STR("vendor/x/a.go")}));
}

/* What is long or deep costs little and is kept in part. */
static void test_hostile(void **state)
{
	enum { N = 200000 };
	static const char *const paths[] = {
		"Makefile", "meson.build", "configure.ac", "x.pc",
		"subprojects/x.wrap", "CMakeLists.txt"};
	static const char *const pieces[] = {
		"-lacme", "dependency('a',", "AC_CHECK_LIB([", "Requires: a,",
		"[wrap-git]\nurl=x\n", "'''", "([{", "@", "\\\n", "\0\xff"};
	struct extracting e;
	struct strbuf b;

	(void)state;
	strbuf_init(&b, 0);
	for (size_t k = 0; k < sizeof pieces / sizeof *pieces; k++) {
		strbuf_clear(&b);
		for (int i = 0; i < N; i++)
			strbuf_cstr(&b, pieces[k]);
		for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
			extracting_text(&e, paths[i], strbuf_str(&b));
			assert_true(e.scan.parts.components.n < 4);
			extracting_release(&e);
		}
	}
	strbuf_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_meson),
		cmocka_unit_test(test_wraps),
		cmocka_unit_test(test_pkg_config),
		cmocka_unit_test(test_autoconf),
		cmocka_unit_test(test_links),
		cmocka_unit_test(test_cgo),
		cmocka_unit_test(test_hostile),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
