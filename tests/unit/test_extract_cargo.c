/* Cargo: manifests, what they inherit, locks, rubbish. */
#include "extracting.h"

#define CARGO(name, version, rest) \
	name " " version " pkg:cargo/" name "@" version " " rest "\n"
#define BARE(name, rest) name "  pkg:cargo/" name " " rest " unpinned\n"

static void test_manifest(void **state)
{
	(void)state;
	assert_extracts("Cargo.toml",
		"[package]\nname = 'me'\n[dependencies]\na = '1.2'\n"
		"b = {version = '=1.2.3', optional = true}\n"
		"c = {git = 'https://github.com/o/c', tag = 'v1'}\n"
		"d = {path = '../d'}\ne = {package = 'real', version='*'}\n"
		"f = 1\n"
		"[dev-dependencies]\ng = '2'\n[build-dependencies.cc]\n"
		"version = '=1.0.0'\n"
		"[target.'cfg(unix)'.dependencies]\nlibc = '0.2'\n"
		"[dependencies.h]\nworkspace = true\n",
		BARE("a", "runtime 4") CARGO("b", "1.2.3", "runtime 5")
		"c v1 pkg:github/o/c@v1 runtime 6 "
		"repository=https://github.com/o/c ref=v1\n"
		BARE("real", "runtime 8") BARE("h", "runtime 16")
		CARGO("cc", "1.0.0", "build 12") BARE("g", "test 11")
		BARE("libc", "runtime 15"),
		"RW1304 7 the crate d is taken from ../d\n"
		"RW1301 9 not a dependency: f\n"
		"RW1302 16 the workspace of h is not there\n");
}

#define LOCK \
	"version = 3\n[[package]]\nname = 'me'\nversion = '0.1.0'\n" \
	"dependencies = ['a 1.1.0', 'part', 't']\n" \
	"[[package]]\nname = 'part'\nversion = '0.1.0'\n" \
	"dependencies = ['a 2.0.0']\n" \
	"[[package]]\nname = 'a'\nversion = '1.1.0'\n" \
	"source = 'registry+https://registry.example/index'\n" \
	"checksum = 'aa'\ndependencies = ['s (git+x)']\n" \
	"[[package]]\nname = 'a'\nversion = '2.0.0'\nsource = 'registry+x'\n" \
	"[[package]]\nname = 's'\nversion = '0.3.0'\n" \
	"source = 'git+https://github.com/o/s?branch=x#" \
	"0123456789012345678901234567890123456789'\n" \
	"[[package]]\nname = 't'\nversion = '5.0.0'\nsource = 'registry+x'\n"

static void test_workspace_and_lock(void **state)
{
	static const struct made files[] = {
		{"Cargo.lock", STR(LOCK), NULL},
		{"Cargo.toml", STR("[workspace.dependencies]\nt = '5'\n"
			"[package]\nname = 'me'\n[dependencies]\na = '1'\n"
			"[dev-dependencies]\nt.workspace = true\n"), NULL},
		{"part/Cargo.toml", STR("[dependencies]\n"
			"t.workspace = true\nx.workspace = true\n"), NULL},
		{0}};

	(void)state;
	assert_tree(files,
		CARGO("a", "1.1.0", "runtime 10 hash=sha256:aa")
		CARGO("a", "2.0.0", "runtime 16")
		"s 0123456789012345678901234567890123456789 pkg:github/o/s@"
		"0123456789012345678901234567890123456789 runtime 20 "
		"repository=https://github.com/o/s "
		"commit=0123456789012345678901234567890123456789 indirect\n"
		CARGO("t", "5.0.0", "test 24")
		BARE("a", "runtime 6") CARGO("t", "5.0.0", "test 8")
		CARGO("t", "5.0.0", "runtime 2") BARE("x", "runtime 3"),
		"RW1302 3 the workspace of x is not there\n");
}

static void test_cut_anywhere(void **state)
{
	static const struct made whole[] = {
		{"Cargo.lock", STR(LOCK), NULL},
		{"Cargo.toml", STR("[dependencies]\na = {git = 'x', rev = 'y'}"
				   "\nb.workspace = true\n"), NULL}};

	(void)state;
	for (size_t i = 0; i < 2; i++)
		extracting_cut(&whole[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_manifest),
		cmocka_unit_test(test_workspace_and_lock),
		cmocka_unit_test(test_cut_anywhere),
	};

	return cmocka_run_group_tests_name("extract_cargo", tests, NULL,
					   NULL);
}
