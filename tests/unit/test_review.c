/* Reviews: notes of all shapes, who counts, and what is not observed. */
#include "repo.h"

#include "history/history.h"

static struct digest digest;
static struct facts facts;

static int teardown(void **state)
{
	digest_release(&digest);
	digest = (struct digest){0};
	return repo_teardown(state);
}

static void walk(const char *repo)
{
	struct history_options o = {.axes = DIGEST_REVIEW, .facts = &facts};

	digest_release(&digest);
	assert_int_equal(history_digest(repo, &o, &repo_arena, &repo_diags,
					&digest), OK);
}

/* Hosts with reviews or submits: "host reviews submits", one a line. */
static struct str counts(void)
{
	static struct strbuf b;

	strbuf_clear(&b);
	for (size_t i = 0; i < digest.hosts.n; i++) {
		const struct digest_host *h = &digest.hosts.v[i];

		if (h->counts.reviews || h->counts.submits)
			strbuf_fmt(&b, "%.*s %d %d\n", STR_ARG(h->host),
				   (int)h->counts.reviews,
				   (int)h->counts.submits);
	}
	return arena_dup(&repo_arena, strbuf_str(&b));
}

/* A commit by a@a.test; its name. */
static const char *commit(const char *parents, const char *committer,
			  const char *message)
{
	const char *id = repo_object("r", "commit", arena_fmt(
		&repo_arena, "tree " REPO_EMPTY_TREE "\n%sauthor A "
		"<A@a.test> 86400 +0000\ncommitter %s 9 +0000\n\n%s",
		parents, committer, message));

	repo_run("git -C r update-ref refs/heads/main %s", id);
	return id;
}

static const char *parent(const char *id)
{
	return arena_fmt(&repo_arena, "parent %s\n", id).p;
}

static void note(const char *about, const char *text)
{
	repo_run("printf '%s' >n && git -C r -c user.name=n -c user.email=e "
		 "notes --ref=review add -f -F ../n %s", text, about);
}

static void test_notes(void **state)
{
	const char *a, *b, *m;

	(void)state;
	repo_init("r");
	a = commit("", "C <a@A.test>", "x\n");
	b = commit(parent(a), "C <c@c.test>", "x\n");
	m = commit(arena_fmt(&repo_arena, "parent %s\nparent %s\n", b, a).p,
		   "M <m@merge.test>", "x\n");
	note(a, "Code-Review+2: R One <r@r.test>\\n"
		"Verified+1: R One <R@r.test>\\n"
		"Code-Review-1: S <s@s.test>\\n"
		"Code-Review+1: A <a@a.test>\\n"
		"Verified+1: Bot <bot@ci.test>\\n"
		"Submitted-by: S <s@s.test>\\n"
		"Submitted-at: Thu, 01 Jan 1970 00:00:09 +0000\\n"
		"Reviewed-on: https://g.test/1 <x@x.test>\\n");
	note(b, "Code-Review+2: R <r@r.test>\\nSubmitted-by: A <a@a.test>\\n");
	note(m, "Code-Review+2: R <r@r.test>\\nSubmitted-by: S <s@s.test>\\n");
	walk("r");
	assert_int_equal(digest.axes, DIGEST_COMMITS | DIGEST_REVIEW);
	assert_str(counts(), "r.test 3 0\ns.test 1 2\n");
	assert_int_equal(digest.totals.commits, 2);
	assert_int_equal(digest.rest.contributors, 1);
	assert_int_equal(digest.hosts.v[1].months.v[0].month, 0);
	assert_int_equal(repo_diags.kept.n, 0);
}

static void test_trailers(void **state)
{
	const char *a;

	(void)state;
	repo_init("r");
	a = commit("", "A <a@a.test>",
		   "x\n\nReviewed-by: R <r@r.test>\nacked-by: R <R@R.test>\n"
		   "Tested-by: <t@t.test>\nTested-by: A <a@a.test>\n"
		   "Reviewed-by: No Address\nReviewed-by: No Address\n"
		   "Signed-off-by: O <o@o.test>\nReported-by: P <p@p.test>\n");
	commit(parent(a), "C <c@c.test>", "x\n\nAcked-by: u@u.test\n");
	walk("r");
	assert_str(counts(), " 2 0\nc.test 0 1\nr.test 1 0\nt.test 1 0\n"
			     "u.test 1 0\n");
}

/* Half of the changes say nothing: who reviews is not on record. */
static void test_not_observed(void **state)
{
	const char *a;

	(void)state;
	repo_init("r");
	a = commit("", "A <a@a.test>", "x\n\nReviewed-by: R <r@r.test>\n");
	a = commit(parent(a), "A <a@a.test>", "x\n");
	walk("r");
	assert_int_equal(digest.axes, DIGEST_COMMITS);
	assert_int_equal(digest.hosts.n, 1);
	assert_int_equal(digest.totals.reviews, 0);
	/* a bot that commits for others says nothing either */
	commit(parent(a), "B <bot@ci.test>", "x\n");
	walk("r");
	assert_int_equal(digest.axes, DIGEST_COMMITS);
	/* a merge is no change that must be on record */
	repo_run("git -C r update-ref -d refs/heads/main");
	a = commit("", "C <c@c.test>", "x\n");
	commit(arena_fmt(&repo_arena, "parent %s\nparent %s\n", a, a).p,
	       "A <a@a.test>", "x\n");
	walk("r");
	assert_int_equal(digest.axes, DIGEST_COMMITS | DIGEST_REVIEW);
	assert_str(counts(), "c.test 0 1\n");
}

static void test_nine_of_ten(void **state)
{
	const char *a = NULL;

	(void)state;
	repo_init("r");
	for (int i = 0; i < 10; i++)
		a = commit(a ? parent(a) : "", i == 5 ? "A <a@a.test>"
						      : "C <c@c.test>", "x");
	walk("r");
	assert_str(counts(), "c.test 0 9\n");
	commit(parent(a), "A <a@a.test>", "x");
	walk("r");
	assert_int_equal(digest.axes, DIGEST_COMMITS);
}

/* Fan-out, entries that are no notes, notes about what is elsewhere. */
static void test_trees_of_notes(void **state)
{
	const char *a, *b;

	(void)state;
	repo_init("r");
	a = commit("", "A <a@a.test>", "x\n");
	b = commit(parent(a), "A <a@a.test>", "x\n");
	repo_run("cd r && v() { printf 'Code-Review+1: V <v@%%s>\\n' $1 | "
		 "git hash-object -w --stdin; } && "
		 "o() { printf '100644 blob %%s\\t%%s\\n' $(v $1) $2; } && "
		 "{ o flat.test %s; o readme.test README; "
		 "o other.test 0123456789012345678901234567890123456789; "
		 "printf '040000 tree %%s\\t%%s\\n' "
		 "$(o deep.test %s | git mktree) zz; "
		 "printf '040000 tree %%s\\t%%s\\n' $(o fan.test %s | "
		 "git mktree) %.2s; } | git mktree >t && "
		 "git -c user.name=n -c user.email=e commit-tree -m n "
		 "$(cat t) >c && git update-ref refs/notes/review $(cat c)",
		 a, b, b + 2, b);
	walk("r");
	assert_str(counts(), "fan.test 1 0\nflat.test 1 0\n");
	assert_int_equal(repo_diags.kept.n, 0);
}

static void test_broken_notes(void **state)
{
	const char *a;

	(void)state;
	repo_init("r");
	a = commit("", "C <c@c.test>", "x\n");
	repo_run("git -C r rev-parse main^{tree} >t && "
		 "cp t r/refs/notes-tree && mkdir r/refs/notes && "
		 "cp t r/refs/notes/review");
	walk("r");
	assert_int_equal(repo_diags.counts[RW1412], 1);
	assert_true(digest.incomplete);
	assert_str(counts(), "c.test 0 1\n");
	repo_run("rm r/refs/notes/review");
	note(a, "Code-Review+1: V <v@v.test>");
	repo_run("cd r && n=$(git rev-parse refs/notes/review:%s) && "
		 "rm -f objects/$(echo $n | cut -c1-2)/$(echo $n | "
		 "cut -c3-)", a);
	walk("r");
	assert_int_equal(repo_diags.counts[RW1403], 1);
	assert_str(counts(), "c.test 0 1\n");
}

static void test_rubbish_in_notes(void **state)
{
	const char *a;

	(void)state;
	repo_init("r");
	a = commit("", "A <a@a.test>", "x\n");
	note(a, "Code-Review+2: \\n+2: X <x@x.test>\\nCode Review+1: Y <y@y>"
		"\\nLabel2: Z <z@z>\\nL+: Z <z@z>\\nL+1 Z <z@z>\\n"
		"L-2: \\377\\001 <>>\\nSubmitted-by: \\n"
		"Submitted-by: nobody\\n");
	walk("r");
	assert_str(counts(), " 2 0\n");
	assert_false(digest.incomplete);
}

int main(void)
{
	static struct fact rows[] = {
		{.kind = FACT_BOT, .subject = STR("bot@*"),
		 .confidence = FACT_A}};
	const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, repo_setup, teardown)
		T(test_notes), T(test_trailers), T(test_not_observed),
		T(test_nine_of_ten), T(test_trees_of_notes),
		T(test_broken_notes), T(test_rubbish_in_notes),
	};

	facts.rows.v = rows;
	facts.rows.n = 1;
	return cmocka_run_group_tests_name("review", tests, NULL, NULL);
}
