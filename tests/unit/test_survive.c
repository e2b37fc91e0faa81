/*
 * Surviving lines: small cases by hand.  That they are of the commits that
 * git blame names is for tests/cli/blame_oracle.py, which asks this program
 * too.
 */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

#include "history/history.h"
#include "history/refs.h"
#include "history/survive.h"
#include "repo.h"

static void print_lines(void *with, struct str path, uint32_t from,
			uint32_t n, const struct oid *commit)
{
	const struct gitdir *g = with;
	struct arena scratch = {0};

	printf("%s %u %u %.*s\n", oid_hex(commit, g->oid_bytes, &scratch).p,
	       from, n, STR_ARG(path));
	arena_release(&scratch);
}

/* Prints every stretch of lines: commit, first line, how many, path. */
static int print_all(const char *path, const char *threads)
{
	struct diags ds = {0};
	struct gitdir g;
	struct survive_watch watch = {&g, print_lines};
	struct survive_options so;
	struct odb_reader *r;
	struct oid head;
	struct walk w;

	if (gitdir_open(&g, path, &ds))
		return 1;
	r = odb_reader_new(&g.odb, 8 * LIMIT_MB);
	if (refs_resolve(&g, r, STR("HEAD"), &head))
		return 1;
	walk_init(&w, &g, NULL);
	w.threads = (unsigned)atoi(threads);
	walk_load(&w, r, &head);
	so = (struct survive_options){.head = head, .watch = &watch};
	if (!survive_run(&w, &so, &ds))
		return 1;
	for (size_t i = 0; i < ds.kept.n; i++)
		fprintf(stderr, "%s: %.*s\n", diag_name(ds.kept.v[i].code),
			STR_ARG(ds.kept.v[i].message));
	walk_release(&w);
	odb_reader_free(r);
	gitdir_close(&g);
	diag_release(&ds);
	return 0;
}

/* ---- cases ------------------------------------------------------------- */

/* Runs git in a work tree as a person of a host; all at the same moment. */
#define AS(host, command) \
	repo_run("cd %s && git -c user.name=N -c user.email=n@" host \
		 " " command, name)
#define WRITE(text) repo_run("cd %s && printf '" text, name)
#define COMMIT(host) AS(host, "commit -q -a -m m")

static void make(const char *name)
{
	repo_run("git init -q -b main %s", name);
	WRITE("1\\n2\\n3\\n4\\n' >f && git add f");
	COMMIT("a.test");
}

/* The digest of a repository with its surviving lines. */
static void read_digest(const char *path, const char *range,
			unsigned threads, struct digest *ret)
{
	struct history_options o = {
		.range = range, .threads = threads,
		.axes = DIGEST_COMMITS | DIGEST_SURVIVING};

	diag_release(&repo_diags);
	assert_int_equal(history_digest(path, &o, &repo_arena, &repo_diags,
					ret), OK);
	assert_true(ret->axes & DIGEST_SURVIVING);
}

/* "host lines, ..." for a repository, without hosts that have none. */
static struct str lines_of(const char *path, const char *range)
{
	struct str out = STR("");
	struct digest d;

	read_digest(path, range, 2, &d);
	for (size_t i = 0; i < d.hosts.n; i++)
		if (d.hosts.v[i].counts.surviving)
			out = arena_fmt(&repo_arena, "%.*s%s%.*s %u",
					STR_ARG(out), out.n ? ", " : "",
					STR_ARG(d.hosts.v[i].host),
					(unsigned)d.hosts.v[i]
						.counts.surviving);
	digest_release(&d);
	return out;
}

static void test_edits(void **state)
{
	const char *name = "edits";

	(void)state;
	make(name);
	assert_str(lines_of(name, NULL), "a.test 4");
	WRITE("1\\nx\\n3\\n4\\n5' >f");
	COMMIT("b.test");
	assert_str(lines_of(name, NULL), "a.test 3, b.test 2");
	assert_false(repo_diags.counts[RW1403] + repo_diags.counts[RW1412]);
	WRITE("1\\nx\\n3\\n4\\n5\\n' >f");
	COMMIT("c.test");
	assert_str(lines_of(name, NULL), "a.test 3, b.test 1, c.test 1");
	/* lines of commits outside the range are of nobody in it */
	assert_str(lines_of(name, "HEAD~1..HEAD"), "c.test 1");
	assert_str(lines_of(name, "HEAD~1"), "a.test 3, b.test 2");
}

static void test_renames(void **state)
{
	const char *name = "renames";

	(void)state;
	make(name);
	repo_run("cd %s && mkdir d && git mv f d/g", name);
	COMMIT("b.test");
	assert_str(lines_of(name, NULL), "a.test 4");
	repo_run("cd %s && git mv d/g h && printf 'new\\n' >>h", name);
	COMMIT("c.test");
	assert_str(lines_of(name, NULL), "a.test 4, c.test 1");
	repo_run("cd %s && cp h k && git add k", name); /* no rename */
	COMMIT("d.test");
	assert_str(lines_of(name, NULL), "a.test 4, c.test 1, d.test 5");
}

static void test_merges(void **state)
{
	const char *name = "merges";

	(void)state;
	make(name);
	repo_run("cd %s && git checkout -q -b side", name);
	WRITE("1\\n2\\n3\\n4\\nside\\n' >f");
	COMMIT("b.test");
	repo_run("cd %s && git checkout -q main", name);
	WRITE("main\\n1\\n2\\n3\\n4\\n' >f");
	COMMIT("c.test");
	AS("d.test", "merge -q -m m side");
	assert_str(lines_of(name, NULL), "a.test 4, b.test 1, c.test 1");
	WRITE("main\\n1\\nevil\\n3\\n4\\nside\\n' >f");
	AS("d.test", "commit -q -a --amend --reset-author -m m");
	assert_str(lines_of(name, NULL),
		   "a.test 3, b.test 1, c.test 1, d.test 1");
}

/* Only regular files that are text have lines. */
static void test_kinds(void **state)
{
	const char *name = "kinds";

	(void)state;
	make(name);
	WRITE("a\\0b\\n' >binary; ln -s f link; : >empty; printf x >last; "
	      "git add .");
	COMMIT("b.test");
	assert_str(lines_of(name, NULL), "a.test 4, b.test 1");
	/* what was a link has no past as a file */
	repo_run("cd %s && rm link && cp f link", name);
	COMMIT("c.test");
	assert_str(lines_of(name, NULL), "a.test 4, b.test 1, c.test 4");
}

static void test_shallow(void **state)
{
	const char *name = "deep";

	(void)state;
	make(name);
	WRITE("5\\n' >>f");
	COMMIT("b.test");
	WRITE("6\\n' >>f");
	COMMIT("c.test");
	repo_run("git clone -q --depth 2 file://$PWD/deep cut 2>/dev/null");
	assert_str(lines_of("cut", NULL), "c.test 1");
	assert_int_equal(repo_diags.counts[RW1404], 2);
}

static void test_missing(void **state)
{
	const char *name = "holes";
	struct digest d;

	(void)state;
	make(name);
	WRITE("other\\n' >g && git add g");
	COMMIT("a.test");
	WRITE("5\\n' >>f");
	COMMIT("b.test");
	repo_run("cd holes && o=$(git rev-parse HEAD~1:f) && "
		 "rm -f .git/objects/$(echo $o | cut -c1-2)/"
		 "$(echo $o | cut -c3-)");
	/* whose they are is not known, how many there are is */
	assert_str(lines_of(name, NULL), "(lost) 5, a.test 1");
	assert_int_equal(repo_diags.counts[RW1414], 1);
	assert_int_equal(repo_diags.counts[RW1403], 0);
	read_digest(name, NULL, 1, &d);
	assert_int_equal(d.incomplete, 0);
	/* nor who holds the file */
	assert_int_equal(d.ownership.rows.n, 2);
	assert_int_equal(d.ownership.rows.v[0].lines, 5);
	assert_int_equal(d.ownership.rows.v[0].deliveries, 2);
	for (size_t i = 0; i < d.ownership.rows.v[0].n; i++)
		assert_int_equal(d.ownership.shares.v[i].lines, 0);
	digest_release(&d);
}

/* A file that was moved keeps its past; whatever comes to a path has what
 * happened there before, as in git log. */
static void test_owners(void **state)
{
	const char *name = "owners";
	const struct ownership *o;
	struct digest d;

	(void)state;
	make(name);
	WRITE("1\\n2\\n3\\n4\\n5\\n6\\n' >f");
	COMMIT("b.test");
	repo_run("cd %s && git mv f g", name);
	COMMIT("c.test");
	WRITE("other\\n' >f && git add f");
	COMMIT("d.test");
	read_digest(name, NULL, 1, &d);
	o = &d.ownership;
	assert_int_equal(o->rows.n, 2);
	assert_int_equal(o->rows.v[0].lines, 6);
	assert_int_equal(o->rows.v[0].deliveries, 3);
	assert_str(o->holders.v[o->rows.v[0].creator].host, "a.test");
	assert_int_equal(o->shares.v[0].lines, 4);
	assert_int_equal(o->shares.v[1].lines, 2);
	assert_int_equal(o->rows.v[1].deliveries, 3);
	assert_int_equal(o->shares.v[o->rows.v[1].first].lines, 0);
	assert_str(o->holders.v[o->rows.v[1].creator].host, "a.test");
	digest_release(&d);
}

/* The same for any number of threads, and where a walk is cut off. */
static void test_threads(void **state)
{
	const char *name = "many";
	struct digest one, other;

	(void)state;
	repo_run("git init -q -b main many");
	repo_run("cd many && for i in $(seq 40); do mkdir -p d$((i %% 7)); "
		 "seq $i 60 >d$((i %% 7))/f$i; git add .; git -c user.name=N "
		 "-c user.email=n@h$((i %% 3)).test commit -q -m m; done");
	read_digest(name, NULL, 1, &one);
	for (unsigned threads = 2; threads < 9; threads += 3) {
		read_digest(name, NULL, threads, &other);
		assert_int_equal(one.totals.surviving,
				 other.totals.surviving);
		assert_int_equal(one.hosts.n, other.hosts.n);
		for (size_t i = 0; i < one.hosts.n; i++)
			assert_int_equal(
				one.hosts.v[i].counts.surviving,
				other.hosts.v[i].counts.surviving);
		digest_release(&other);
	}
	assert_int_equal(one.totals.surviving, 41 * 20 + 40 * 20);
	digest_release(&one);
}

static void test_cut(void **state)
{
	struct history_options o = {
		.max_commits = 2, .axes = DIGEST_SURVIVING};
	const char *name = "long";
	struct digest d;

	(void)state;
	make(name);
	WRITE("5\\n' >>f");
	COMMIT("b.test");
	WRITE("6\\n' >>f");
	COMMIT("c.test");
	diag_release(&repo_diags);
	assert_int_equal(history_digest(name, &o, &repo_arena, &repo_diags,
					&d), OK);
	assert_int_equal(d.totals.surviving, 1);
	assert_true(d.incomplete);
	assert_true(repo_diags.counts[RW1413]);
	digest_release(&d);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_edits),
		cmocka_unit_test(test_renames),
		cmocka_unit_test(test_merges),
		cmocka_unit_test(test_kinds),
		cmocka_unit_test(test_shallow),
		cmocka_unit_test(test_missing),
		cmocka_unit_test(test_owners),
		cmocka_unit_test(test_threads),
		cmocka_unit_test(test_cut),
	};

	if (argc == 4 && !strcmp(argv[1], "--lines"))
		return print_all(argv[3], argv[2]);
	return cmocka_run_group_tests_name("survive", tests, repo_setup,
					   repo_teardown);
}
