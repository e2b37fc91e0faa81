/* Provenance, merging and digests of components. */
#include "unit.h"

#include <string.h>

#include "resolve/merge.h"
#include "resolve/resolve.h"
#include "store/facts_store.h"

#define ID "0123456789abcdef0123456789abcdef01234567"

static struct scan scan;

static int setup(void **state)
{
	(void)state;
	scan = (struct scan){0};
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	scan_release(&scan);
	return 0;
}

/* A component with a purl and a declared repository, each may be "". */
static struct component *add(const char *purl, const char *repository)
{
	size_t i = component_add(&scan.parts, STR("c"), STR("test"),
				 (struct evidence){STR("f"),
				 (unsigned)scan.parts.components.n + 1});
	struct component *c = &scan.parts.components.v[i];

	c->purl = str_c(purl);
	c->provenance.repository = str_c(repository);
	if (*repository)
		c->provenance.kind = PROVENANCE_REPOSITORY;
	return c;
}

static const struct component *at(size_t i)
{
	assert_true(i < scan.parts.components.n);
	return &scan.parts.components.v[i];
}

static const struct {
	const char *purl, *declared, *repository, *commit, *ref, *how;
} sources[] = {
	{"", "git@github.com:A/b.git", "https://github.com/A/b", "", "",
	 "declared"},
	{"", "git+https://h.org/a/b@v1#sub", "https://h.org/a/b", "", "v1",
	 "declared"},
	{"", "https://h.org/a.git@" ID, "https://h.org/a", ID, "",
	 "declared"},
	{"", "https://github.com/a/b/archive/v1.tar.gz",
	 "https://github.com/a/b", "", "v1", "download address"},
	{"", "https://github.com/a/b/tree/main/x", "https://github.com/a/b",
	 "", "main", "declared"},
	{"pkg:github/A/b@" ID, "", "https://github.com/a/b", ID, "", "purl"},
	{"pkg:github/a/b@v2", "https://github.com/a/b",
	 "https://github.com/a/b", "", "v2", "declared"},
	{"pkg:github/a/b@v1?repository_url=https://git.corp/", "",
	 "https://git.corp/a/b", "", "v1", "purl"},
	{"pkg:gitlab/a/b@v1", "", "https://gitlab.com/a/b", "", "v1", "purl"},
	{"pkg:bitbucket/a/b", "", "https://bitbucket.org/a/b", "", "", "purl"},
	{"pkg:git/h.org/r/a/b.git@" ID, "", "https://h.org/r/a/b", ID, "",
	 "purl"},
	{"pkg:swift/github.com/a/b@1", "", "https://github.com/a/b", "", "1",
	 "purl"},
	{"pkg:golang/github.com/a/b/v2@v2.0.1", "", "https://github.com/a/b",
	 "", "v2.0.1", "purl"},
	{"pkg:golang/gerrit.o-ran-sc.org/r/com/golog.git/x@v0", "",
	 "https://gerrit.o-ran-sc.org/r/com/golog", "", "v0", "purl"},
	{"pkg:generic/a?vcs_url=git%2Bhttps://h.org/a.git%40" ID, "",
	 "https://h.org/a", ID, "", "purl qualifier vcs_url"},
	{"pkg:vcpkg/a?vcs_url=git%2Bhttps://github.com/microsoft/vcpkg", "",
	 "", "", "", "a purl of type vcpkg names no repository, and no fact "
	 "does"},
	{"pkg:generic/a@1?download_url=https://github.com/x/a/archive/1.zip",
	 "", "https://github.com/x/a", "", "1",
	 "purl qualifier download_url"},
	{"pkg:generic/a?download_url=https://h.org/a-1.tgz", "", "", "", "",
	 "a purl of type generic names no repository, and no fact does"},
	{"pkg:generic/a?repository_url=https://github.com/x/a", "",
	 "https://github.com/x/a", "", "", "purl qualifier repository_url"},
	{"pkg:maven/a/b@1?repository_url=https://github.com/x/a", "", "", "",
	 "", "a purl of type maven names no repository, and no fact does"},
	{"pkg:deb/debian/rapidjson-dev@1.1", "",
	 "https://github.com/tencent/rapidjson", "", "",
	 "fact about the package (who-says)"},
	{"pkg:deb/debian/zlib1g@1", "https://h.org/z.tar.gz", "", "", "",
	 "the address declared is not one of a repository: "
	 "https://h.org/z.tar.gz"},
	{"", "NOASSERTION", "", "", "",
	 "the address declared is not one of a repository: NOASSERTION"},
	{"", "../sibling", "", "", "",
	 "the address declared is not one of a repository: ../sibling"},
	{"", "", "", "", "",
	 "neither a repository nor a purl is declared"},
};
#define SOURCES (sizeof sources / sizeof *sources)

static void test_sources(void **state)
{
	struct facts facts = {0};

	(void)state;
	assert_int_equal(facts_store_parse(&facts, STR(
		"kind,subject,object,value,from,to,source,speaks_for,read,"
		"confidence,state,note\n"
		"source,who-says,-,somebody,,,,,,,,\n"
		"package,pkg:deb/*/rapidjson-dev,github.com/tencent/rapidjson"
		",,,,who-says,,,A,,\n"), STR("x.csv"), &scan.diags), OK);
	facts_store_index(&facts, &scan.diags);
	scan.facts = &facts;
	for (size_t i = 0; i < SOURCES; i++) {
		const struct component *c;
		const struct provenance *p;

		scan_release(&scan);
		scan = (struct scan){.facts = &facts};
		add(sources[i].purl, sources[i].declared);
		resolve_scan(&scan);
		c = at(0);
		p = &c->provenance;
		if (!str_is(p->repository, sources[i].repository) ||
		    !str_is(p->commit, sources[i].commit) ||
		    !str_is(p->ref, sources[i].ref) ||
		    !str_is(p->how, sources[i].how))
			fail_msg("%s, %s: %.*s commit %.*s ref %.*s: %.*s",
				 sources[i].purl, sources[i].declared,
				 STR_ARG(p->repository), STR_ARG(p->commit),
				 STR_ARG(p->ref), STR_ARG(p->how));
		assert_int_equal(p->kind == PROVENANCE_REPOSITORY,
				 p->repository.n != 0);
		assert_int_equal(scan.diags.counts[RW1801],
				 p->repository.n == 0);
	}
	facts_store_release(&facts);
}

static void test_purls_become_canonical(void **state)
{
	(void)state;
	add("pkg:PYPI/A_b@1", "");
	add("pkg:nothing", "");
	resolve_scan(&scan);
	assert_str(at(0)->purl, "pkg:pypi/a-b@1");
	assert_str(at(1)->purl, "");
	assert_int_equal(scan.diags.counts[RW1206], 1);
	assert_int_equal(scan.diags.kept.v[0].code, RW1206);
	assert_int_equal(scan.diags.kept.v[0].place.line, 2);
}

static void test_artefacts_and_commits(void **state)
{
	(void)state;
	add("pkg:oci/a@sha256:ab", "");
	add("pkg:generic/a@1?checksum=sha1:0f,md5:1", "");
	add("", "")->provenance.hash = STR("sha256:cd");
	add("", "https://h.org/a")->provenance.commit = STR("0123abc");
	add("", "https://h.org/b")->provenance.commit =
		STR("0123456789ABCDEF0123456789abcdef01234567");
	resolve_scan(&scan);
	assert_int_equal(at(0)->provenance.kind, PROVENANCE_ARTIFACT);
	assert_str(at(0)->provenance.hash, "sha256:ab");
	assert_str(at(1)->provenance.hash, "sha1:0f");
	assert_int_equal(at(2)->provenance.kind, PROVENANCE_ARTIFACT);
	assert_str(at(3)->provenance.commit, "");
	assert_str(at(3)->provenance.ref, "0123abc");
	assert_str(at(4)->provenance.commit, ID);
}

/* An address that is not declared as a repository's: a download. */
static void test_downloads(void **state)
{
	static const struct { const char *url, *want; } t[] = {
		{"https://github.com/a/b/archive/v1.zip",
		 "https://github.com/a/b"},
		{"https://github.com/a/b", "https://github.com/a/b"},
		{"https://www.openssl.org/source/", ""},
		{"https://h.org/a/b-1.0.tar.gz", ""}};

	(void)state;
	for (size_t i = 0; i < 4; i++)
		add("", "")->provenance.repository = str_c(t[i].url);
	resolve_scan(&scan);
	assert_int_equal(scan.parts.components.n, 4);
	for (size_t i = 0; i < 4; i++)
		if (!str_is(at(i)->provenance.repository, t[i].want))
			fail_msg("%s: %.*s", t[i].url,
				 STR_ARG(at(i)->provenance.repository));
	assert_str(at(0)->provenance.how, "download address");
	assert_str(at(0)->provenance.ref, "v1");
	assert_int_equal(at(2)->provenance.kind, PROVENANCE_UNKNOWN);
}

/* A clone without an address is a repository all the same. */
static void test_scanned_without_address(void **state)
{
	struct component *c = add("", "");

	(void)state;
	c->is_root = true;
	c->digest = 0;
	c->provenance = (struct provenance){
		.kind = PROVENANCE_REPOSITORY, .commit = STR(ID),
		.how = STR("scanned")};
	resolve_scan(&scan);
	assert_int_equal(at(0)->provenance.kind, PROVENANCE_REPOSITORY);
	assert_str(at(0)->provenance.commit, ID);
	assert_str(at(0)->provenance.how, "scanned");
	assert_int_equal(scan.diags.counts[RW1801], 0);
}

static void test_merges(void **state)
{
	(void)state;
	add("pkg:npm/a@1", "https://github.com/x/mono");      /* 0 */
	add("", "https://github.com/Tencent/rapidjson");      /* 1 */
	add("pkg:npm/b@1", "https://github.com/x/mono");      /* 2 */
	add("pkg:NPM/a@1", "")->scope = SCOPE_RUNTIME;        /* 3 = 0 */
	add("pkg:github/tencent/rapidjson", "");              /* 4 = 1 */
	add("", "https://github.com/Tencent/rapidjson@v1");   /* 5 */
	add("pkg:npm/a@1", "")->function = FUNCTION_O_DU;     /* 6 */
	add("", "");                                          /* 7 */
	add("", "");                                          /* 8 */
	scan.parts.components.v[3].supplier = STR("S");
	scan.parts.components.v[4].is_root = true;
	component_add_edge(&scan.parts, 7, 4, EDGE_CONTAINS);
	component_add_edge(&scan.parts, 7, 1, EDGE_CONTAINS);
	component_add_edge(&scan.parts, 4, 1, EDGE_DEPENDS_ON);
	component_add_edge(&scan.parts, 3, 8, EDGE_DEPENDS_ON);
	component_add_seat(&scan.parts, 8, SEAT_LEAD,
			   (struct evidence){STR("f"), 1});
	vec_push(&scan.targets, ((struct target){.root = 8}));
	vec_push(&scan.targets, ((struct target){.root = SIZE_MAX}));
	resolve_scan(&scan);
	assert_int_equal(scan.parts.components.n, 7);
	assert_str(at(0)->purl, "pkg:npm/a@1");
	assert_str(at(0)->supplier, "S");
	assert_int_equal(at(0)->scope, SCOPE_RUNTIME);
	assert_int_equal(at(0)->evidence.n, 2);
	assert_int_equal(at(0)->evidence.v[1].line, 4);
	assert_str(at(1)->provenance.repository,
		   "https://github.com/Tencent/rapidjson");
	assert_str(at(1)->purl, "pkg:github/tencent/rapidjson");
	assert_true(at(1)->is_root);
	assert_str(at(2)->purl, "pkg:npm/b@1");
	assert_str(at(3)->provenance.ref, "v1");
	assert_int_equal(at(4)->function, FUNCTION_O_DU);
	assert_int_equal(scan.parts.edges.n, 2);
	assert_int_equal(scan.parts.edges.v[0].from, 0);
	assert_int_equal(scan.parts.edges.v[0].to, 6);
	assert_int_equal(scan.parts.edges.v[1].from, 5);
	assert_int_equal(scan.parts.edges.v[1].to, 1);
	assert_int_equal(scan.parts.seats.v[0].component, 6);
	assert_int_equal(scan.targets.v[0].root, 6);
	assert_true(scan.targets.v[1].root == SIZE_MAX);
}

static void test_merge_keeps_what_is_better(void **state)
{
	struct str keys[3] = {STR("k"), STR("k"), STR("k")};
	struct component *c;

	(void)state;
	c = add("", "");
	c->supplier = STR("Distributor");
	c->is_stamped = true;
	c->scope = SCOPE_TEST;
	c->provenance.hash = STR("sha256:ab");
	c = add("", "");
	c->supplier = STR("Maker");
	c->provenance = (struct provenance){
		.kind = PROVENANCE_REPOSITORY, .how = STR("declared"),
		.repository = STR("https://h.org/a")};
	c = add("", "");
	c->scope = SCOPE_DOCS;
	c->evidence.v[0].line = 1;
	merge_components(&scan, keys);
	assert_int_equal(scan.parts.components.n, 1);
	assert_str(at(0)->supplier, "Maker");
	assert_false(at(0)->is_stamped);
	assert_int_equal(at(0)->scope, SCOPE_UNKNOWN);
	assert_str(at(0)->provenance.repository, "https://h.org/a");
	assert_str(at(0)->provenance.hash, "sha256:ab");
	assert_int_equal(at(0)->evidence.n, 2);
}

/* Whichever comes first, the history that was read in full stays. */
static void test_merge_keeps_the_full_history(void **state)
{
	struct str keys[2] = {STR("k"), STR("k")};

	(void)state;
	vec_push(&scan.digests, ((struct digest){.incomplete = DIGEST_COMMITS}));
	vec_push(&scan.digests, ((struct digest){0}));
	add("", "")->digest = 0;
	add("", "")->digest = 1;
	merge_components(&scan, keys);
	assert_int_equal(at(0)->digest, 1);
	add("", "")->digest = 0;
	merge_components(&scan, keys);
	assert_int_equal(at(0)->digest, 1);
}

static void test_nothing(void **state)
{
	(void)state;
	resolve_scan(&scan);
	merge_components(&scan, NULL);
	assert_int_equal(scan.diags.kept.n, 0);
}

static void test_digests(void **state)
{
	(void)state;
	vec_push(&scan.digests, ((struct digest){
		.repository = STR("https://h.org/a/b"), .head = STR(ID)}));
	add("", "https://h.org/a/b");
	add("pkg:git/h.org/a/b@" ID, "");
	add("", "https://h.org/a/b")->provenance.commit =
		STR("ffff456789abcdef0123456789abcdef01234567");
	add("", "https://h.org/a/c");
	resolve_scan(&scan);
	assert_int_equal(scan.parts.components.n, 4);
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(at(i)->digest, 0);
	assert_true(at(3)->digest == SIZE_MAX);
	assert_int_equal(scan.diags.kept.n, 1);
	assert_int_equal(scan.diags.kept.v[0].code, RW1802);
	assert_int_equal(scan.diags.kept.v[0].place.line, 3);
}

#define FACTS_HEAD \
	"kind,subject,object,value,from,to,source,speaks_for,read," \
	"confidence,state,note\n" \
	"source,who-says,-,somebody,,,,,,,,\n"

/* What only a claim leads to is marked; facts that differ lead nowhere. */
static void test_claims(void **state)
{
	static struct facts facts;

	(void)state;
	assert_int_equal(facts_store_parse(&facts, STR(FACTS_HEAD
		"package,pkg:npm/a,h.org/a,,,,who-says,,,B,,\n"
		"package,pkg:npm/b,h.org/a,,,,who-says,,,B,,\n"
		"package,pkg:npm/b,h.org/b,,,,who-says,,,B,,\n"
		"package,pkg:npm/c,,no-source,,,who-says,,2026-01-02,B,,\n"
		"package,pkg:npm/c@1,,unknown,,,who-says,,2026-01-02,B,,\n"
		"package,pkg:npm/d,,no-source,,,who-says,,2026-01-02,B,,\n"
		"package,pkg:npm/d@1,,no-source,,,who-says,,2026-01-02,B,,\n"),
		STR("store/some"), &scan.diags), OK);
	facts_store_index(&facts, &scan.diags);
	scan.facts = &facts;
	vec_push(&scan.digests, ((struct digest){
		.repository = STR("https://h.org/a"), .head = STR(ID)}));
	add("pkg:npm/a@1", "");
	add("pkg:npm/b@1", "");
	add("pkg:npm/c@1", "");
	add("pkg:npm/a@2", "https://h.org/a");
	add("pkg:npm/d@1", "");
	resolve_scan(&scan);
	assert_true(at(0)->provenance.is_claimed);
	assert_true(at(0)->has_claimed_digest);
	assert_str(at(0)->provenance.how, "claim about the package "
					  "(who-says)");
	assert_str(at(1)->provenance.repository, "");
	assert_str(at(1)->provenance.how, "facts about the package "
		   "contradict each other: h.org/a (who-says) or h.org/b "
		   "(who-says)");
	assert_int_equal(scan.diags.counts[RW1805], 1);
	assert_str(at(2)->provenance.how, "a purl of type npm names no "
		   "repository, and no fact does; some (2026-01-02) does not "
		   "know it; some (2026-01-02) knows it and names no source "
		   "of it");
	assert_false(at(3)->provenance.is_claimed);
	assert_false(at(3)->has_claimed_digest);
	assert_str(at(4)->provenance.how, "a purl of type npm names no "
		   "repository, and no fact does; some (2026-01-02) knows it "
		   "and names no source of it");
	facts_store_release(&facts);
}

/* Of one package, what is declared goes before what is claimed. */
static void test_declared_before_claimed(void **state)
{
	static struct facts facts;

	(void)state;
	assert_int_equal(facts_store_parse(&facts, STR(FACTS_HEAD
		"package,pkg:npm/a,h.org/other,,,,who-says,,,B,,\n"),
		STR("x.csv"), &scan.diags), OK);
	facts_store_index(&facts, &scan.diags);
	scan.facts = &facts;
	add("pkg:npm/a@1", "");
	add("pkg:npm/a@1", "https://h.org/a");
	resolve_scan(&scan);
	assert_int_equal(scan.parts.components.n, 1);
	assert_str(at(0)->provenance.repository, "https://h.org/a");
	assert_false(at(0)->provenance.is_claimed);
	assert_false(at(0)->disputes & DISPUTE_REPOSITORY);
	facts_store_release(&facts);
}

/* The history of the origin stands in for that of a fork, and is told. */
static void test_forks(void **state)
{
	static struct facts facts;

	(void)state;
	assert_int_equal(facts_store_parse(&facts, STR(FACTS_HEAD
		"fork,h.org/f/k,h.org/a,,,,who-says,,,A,,\n"
		"fork,h.org/g/k,h.org/nowhere,,,,who-says,,,A,,\n"),
		STR("x.csv"), &scan.diags), OK);
	facts_store_index(&facts, &scan.diags);
	scan.facts = &facts;
	vec_push(&scan.digests, ((struct digest){
		.repository = STR("https://h.org/a"), .head = STR(ID)}));
	add("", "https://h.org/F/k");
	add("", "https://h.org/g/k");
	add("", "https://h.org/a");
	resolve_scan(&scan);
	assert_int_equal(at(0)->digest, 0);
	assert_true(at(0)->has_claimed_digest);
	assert_false(at(0)->provenance.is_claimed);
	assert_true(at(1)->digest == SIZE_MAX);
	assert_int_equal(at(2)->digest, 0);
	assert_false(at(2)->has_claimed_digest);
	assert_int_equal(scan.diags.counts[RW1806], 1);
	facts_store_release(&facts);
}

/* 200,000 components in pairs, all joined to the first: no more than a
 * moment. */
static void test_many(void **state)
{
	enum { N = 200000 };

	(void)state;
	for (size_t i = 0; i < N; i++) {
		struct component *c = add("", "");

		c->purl = arena_fmt(&scan.arena, "pkg:npm/a%zu@1", i / 2);
		component_add_edge(&scan.parts, 0, i, EDGE_DEPENDS_ON);
	}
	resolve_scan(&scan);
	assert_int_equal(scan.parts.components.n, N / 2);
	assert_int_equal(scan.parts.edges.n, N / 2 - 1);
	assert_int_equal(at(N / 2 - 1)->evidence.n, 2);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_sources),
		TEST(test_purls_become_canonical),
		TEST(test_artefacts_and_commits),
		TEST(test_downloads),
		TEST(test_scanned_without_address),
		TEST(test_merges),
		TEST(test_merge_keeps_what_is_better),
		TEST(test_merge_keeps_the_full_history),
		TEST(test_nothing),
		TEST(test_digests),
		TEST(test_claims),
		TEST(test_declared_before_claimed),
		TEST(test_forks),
		TEST(test_many),
	};

	return cmocka_run_group_tests_name("resolve", tests, NULL, NULL);
}
