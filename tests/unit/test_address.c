/* Mirrors and the sources of packages, by facts. */
#include "unit.h"

#include <string.h>

#include "model/address.h"
#include "model/facts_index.h"
#include "store/facts_store.h"

static struct arena arena;
static struct diags diags;
static struct facts facts;

static const char rows[] =
	"kind,subject,object,value,from,to,source,speaks_for,read,confidence,"
	"state,note\n"
	"mirror,gerrit.x.org/r,github.com/x,dashes,,,,,,A,,\n"
	"mirror,gerrit.x.org/r/special,github.com/other/one,same,,,,,,A,,\n"
	"mirror,git.y.org,github.com/y,same,,,,,,A,,\n"
	"mirror,git.b.org,github.com/b,same,,,,,,B,,\n"
	"mirror,git.w.org,github.com/w,same,,,,,,A,withdrawn,\n"
	"mirror,git.old.org,github.com/old,same,,2020-01-01,,,,A,,\n"
	"package,pkg:golang/golang.org/x/*,go.googlesource.com/*,,,,,,,A,,\n"
	"package,pkg:golang/google.golang.org/grpc,github.com/grpc/grpc-go"
	",,,,,,,A,,\n"
	"package,pkg:deb/*/rapidjson-dev,github.com/tencent/rapidjson"
	",,,,,,,A,,\n"
	"package,pkg:deb/debian/unsure,github.com/u/u,,,,,,,C,,\n"
	"package,pkg:npm/claimed,github.com/c/c,,,,,,,B,,\n"
	"package,pkg:npm/twice,github.com/c/c,,,,,,,B,,\n"
	"package,pkg:npm/twice,git.y.org/d,,,,,,,B,,\n"
	"package,pkg:npm/agreed,github.com/y/d,,,,,,,B,,\n"
	"package,pkg:npm/agreed,git.y.org/d,,,,,,,B,,\n"
	"package,pkg:npm/cited,github.com/c/c,,,,,,,B,,\n"
	"package,pkg:npm/cited,github.com/a/a,,,,,,,A,,\n"
	"package,pkg:npm/moved,github.com/c/new,,,,,,,B,,\n"
	"package,pkg:npm/moved@1.0-b,github.com/c/old,,,,,,,B,,\n"
	"package,pkg:npm/asked,,unknown,,,,,,B,,\n"
	"package,pkg:npm/asked@2,github.com/c/c,,,,,,,B,,\n"
	"package,pkg:cargo/serde@9,github.com/c/c,,,,,,,B,,\n"
	"fork,github.com/f/k,github.com/c/c,,,,,,,A,,\n"
	"fork,github.com/g/k,github.com/c/c,,,,,,,C,,\n"
	"package,pkg:cargo/serde,github.com/serde-rs/serde,,,,,,,A,,\n"
	"library,link/rte_*,github.com/dpdk/dpdk,dpdk,,,,,,A,,\n"
	"library,link/rte_own,github.com/o/own,own,,,,,,A,,\n"
	"library,link/mkl,,intel-mkl,,,,,,B,,\n"
	"library,link/unsure,github.com/u/u,unsure,,,,,,C,,\n"
	"library,link/seen,github.com/s/s,seen,,,,,,B,,\n";

static int setup(void **state)
{
	(void)state;
	if (facts_store_parse(&facts, str_c(rows), STR("x.csv"), &diags))
		return 1;
	facts_store_index(&facts, &diags);
	return diags.counts[RW1701] != 0;
}

static int teardown(void **state)
{
	(void)state;
	facts_store_release(&facts);
	diag_release(&diags);
	arena_release(&arena);
	return 0;
}

static void test_keys(void **state)
{
	static const struct { const char *address, *want; } t[] = {
		{"https://gerrit.x.org/r/ric-plt/lib/Rmr",
		 "github.com/x/ric-plt-lib-rmr"},
		{"https://github.com/X/ric-plt-lib-rmr",
		 "github.com/x/ric-plt-lib-rmr"},
		{"https://gerrit.x.org/r/special", "github.com/other/one"},
		{"https://gerrit.x.org/r/special/a/b",
		 "github.com/other/one/a/b"},
		{"https://gerrit.x.org/r", "github.com/x"},
		{"https://gerrit.x.org/rest", "gerrit.x.org/rest"},
		{"https://git.y.org/A/b", "github.com/y/a/b"},
		{"https://git.b.org/a", "git.b.org/a"},
		{"https://git.w.org/a", "git.w.org/a"},
		{"https://git.old.org/a", "git.old.org/a"},
		{"https://gitlab.com/A/b", "gitlab.com/a/b"},
		{"https://gitlab.eurecom.fr/A", "gitlab.eurecom.fr/A"},
		{"", ""}};

	(void)state;
	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		struct str got = address_key(&facts, 20000,
					     str_c(t[i].address), &arena);

		if (!str_is(got, t[i].want))
			fail_msg("%s: %.*s", t[i].address, STR_ARG(got));
	}
	assert_str(address_key(&facts, 0, STR("https://git.old.org/A"),
			       &arena), "github.com/old/a");
	assert_str(address_key(NULL, 0, STR("https://github.com/A/b"),
			       &arena), "github.com/a/b");
}

static void test_packages(void **state)
{
	static const struct { const char *package, *want; } t[] = {
		{"pkg:golang/golang.org/x/net",
		 "https://go.googlesource.com/net"},
		{"pkg:golang/golang.org/x/net/http2",
		 "https://go.googlesource.com/net"},
		{"pkg:golang/golang.org/x", ""},
		{"pkg:golang/google.golang.org/grpc",
		 "https://github.com/grpc/grpc-go"},
		{"pkg:golang/google.golang.org/grpc/cmd/x",
		 "https://github.com/grpc/grpc-go"},
		{"pkg:golang/google.golang.org/grpcx", ""},
		{"pkg:deb/ubuntu/rapidjson-dev",
		 "https://github.com/tencent/rapidjson"},
		{"pkg:rpm/ubuntu/rapidjson-dev", ""},
		{"pkg:deb/debian/unsure", ""},
		{"pkg:cargo/serde", "https://github.com/serde-rs/serde"},
		{"pkg:cargo", ""}, {"", ""}};
	struct address_package of;

	(void)state;
	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		address_of_package(&facts, 0, str_c(t[i].package), STR("1"),
				   &arena, &of);
		if (!str_is(of.repository, t[i].want) ||
		    (of.fact == SIZE_MAX) != !of.repository.n ||
		    of.is_claimed)
			fail_msg("%s: %.*s", t[i].package,
				 STR_ARG(of.repository));
	}
	address_of_package(NULL, 0, STR("pkg:cargo/serde"), STR(""), &arena,
			   &of);
	assert_str(of.repository, "");
}

static void test_claims(void **state)
{
	static const struct {
		const char *package, *version, *want;
		bool is_claimed, differs;
	} t[] = {
		{"pkg:npm/claimed", "1", "https://github.com/c/c", true,
		 false},
		{"pkg:npm/twice", "", "", true, true},
		{"pkg:npm/agreed", "", "https://git.y.org/d", true, false},
		{"pkg:npm/cited", "", "https://github.com/a/a", false, true},
		{"pkg:npm/moved", "1.0-B", "https://github.com/c/old", true,
		 false},
		{"pkg:npm/moved", "2", "https://github.com/c/new", true,
		 false},
		{"pkg:npm/asked", "1", "", false, false},
		{"pkg:npm/asked", "2", "https://github.com/c/c", true, false},
		{"pkg:cargo/serde", "9", "https://github.com/serde-rs/serde",
		 false, true},
		{"pkg:npm/claimed/below", "", "", false, false}};

	(void)state;
	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		struct address_package of;

		address_of_package(&facts, 0, str_c(t[i].package),
				   str_c(t[i].version), &arena, &of);
		if (!str_is(of.repository, t[i].want) ||
		    of.is_claimed != t[i].is_claimed ||
		    (of.other != SIZE_MAX) != t[i].differs)
			fail_msg("%s@%s: %.*s", t[i].package, t[i].version,
				 STR_ARG(of.repository));
	}
}

static void test_forks(void **state)
{
	size_t row = address_fork(&facts, 0, STR("https://github.com/F/k"),
				  &arena);

	(void)state;
	assert_true(row != SIZE_MAX);
	assert_str(facts.rows.v[row].object, "github.com/c/c");
	assert_int_equal(address_fork(&facts, 0, STR("https://github.com/g/k"),
				      &arena), SIZE_MAX);
	assert_int_equal(address_fork(NULL, 0, STR("x"), &arena), SIZE_MAX);
}

/* A path of very many segments costs no more than one of a few. */
static void test_deep_paths_are_cheap(void **state)
{
	enum { N = 4096 };
	char *deep = arena_alloc(&arena, N);
	struct address_package of;
	size_t before;

	(void)state;
	memset(deep, '/', N);
	memcpy(deep, "pkg:golang/a.org", 16);
	before = arena.total;
	address_of_package(&facts, 0, str_n(deep, N), STR("1"), &arena, &of);
	assert_true(arena.total - before < 4 * N);
	before = arena.total;
	assert_int_equal(address_key(&facts, 0, str_n(deep, N), &arena).n, N);
	assert_true(arena.total - before < 4 * N);
}

/* What a bundled mirror leads to is a leading address: nothing moves twice. */
static void test_bundled_mirrors(void **state)
{
	struct facts seed = {0};
	struct facts_run run;

	(void)state;
	assert_int_equal(facts_store_load(&seed, &diags), OK);
	facts_store_index(&seed, &diags);
	assert_int_equal(diags.counts[RW1701], 0);
	run = facts_index_kind(&seed, FACT_MIRROR);
	assert_true(run.n > 0);
	for (size_t i = run.first; i < run.first + run.n; i++) {
		struct str to = arena_fmt(&arena, "%.*s/a/b",
					  STR_ARG(seed.rows.v[i].object));

		assert_true(str_eq(address_key(&seed, 20000, to, &arena),
				   to));
	}
	assert_str(address_key(&seed, 20000, STR("https://gerrit.o-ran-sc.org"
						 "/r/ric-plt/lib/rmr"),
			       &arena), "github.com/o-ran-sc/ric-plt-lib-rmr");
	facts_store_release(&seed);
}

static void test_libraries(void **state)
{
	static const struct { const char *name, *project, *repository; } t[] = {
		{"link/rte_eal", "dpdk", "https://github.com/dpdk/dpdk"},
		{"link/rte_own", "own", "https://github.com/o/own"},
		{"link/rte", NULL, NULL}, {"link/mkl", "intel-mkl", ""},
		{"link/unsure", NULL, NULL}, {"link/seen", "seen", ""},
		{"cmake/rte_eal", NULL, NULL}, {"", NULL, NULL}};

	(void)state;
	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		size_t row = address_of_library(&facts, 0, str_c(t[i].name),
						&arena);

		assert_int_equal(row == SIZE_MAX, t[i].project == NULL);
		if (row == SIZE_MAX)
			continue;
		assert_true(str_is(facts.rows.v[row].value, t[i].project));
		assert_true(str_is(address_of_row(&facts, row, &arena),
				   t[i].repository));
	}
	assert_true(address_of_library(NULL, 0, STR("link/mkl"), &arena) ==
		    SIZE_MAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_keys),
		cmocka_unit_test(test_libraries),
		cmocka_unit_test(test_packages),
		cmocka_unit_test(test_claims),
		cmocka_unit_test(test_forks),
		cmocka_unit_test(test_deep_paths_are_cheap),
		cmocka_unit_test(test_bundled_mirrors),
	};

	return cmocka_run_group_tests_name("address", tests, setup, teardown);
}
