/* On which rung of authorship commits of a history stand. */
#include "repo.h"

#include "history/history.h"
#include "model/digest_authorship.h"

#define DAY 86400
#define FROM 1600000000 /* in 2020-09 */

static struct digest digest;
static char parent[128]; /* line of the last commit */

static int teardown(void **state)
{
	digest_release(&digest);
	digest = (struct digest){0};
	parent[0] = '\0';
	return repo_teardown(state);
}

/* A commit with this message on top of the branch. */
static void commit(const char *address, long seconds, const char *message)
{
	const char *id = repo_object("r", "commit", arena_fmt(
		&repo_arena, "tree " REPO_EMPTY_TREE "\n%s"
		"author A <%s> %ld +0000\n"
		"committer C <c@committer.test> 1 +0000\n\n%s",
		parent, address, seconds, message));

	(void)snprintf(parent, sizeof parent, "parent %s\n", id);
	repo_run("git -C r update-ref refs/heads/main %s", id);
}

static void walk(void)
{
	struct history_options o = {.axes = DIGEST_COMMITS};

	digest_release(&digest);
	assert_int_equal(history_digest("r", &o, &repo_arena, &repo_diags,
					&digest), OK);
	assert_true(digest.has_authorship);
}

/* Commits of a host on exactly this rung. */
static uint64_t on(const char *host, enum authorship rung)
{
	uint64_t n = 0;

	for (size_t i = 0; i < digest.authorship.n; i++)
		if (str_is(digest.authorship.v[i].host, host) &&
		    digest.authorship.v[i].rung == rung)
			n += digest.authorship.v[i].counts.commits;
	return n;
}

static void test_sign_off_equals_the_author(void **state)
{
	static const char *const equal[] = {
		"t\n\nSigned-off-by: A <a@one.test>\n",
		"t\n\nsigned-off-by: Another Name <A@One.test>\n",
		"t\n\nb\n\nSigned-off-by : A <a@one.test>\n\nmore\n",
		"t\n\nCo-authored-by: B <b@two.test>\n"
		"Signed-off-by: A <a@one.test>\n",
		"t\n\nSigned-off-by: A <a@three.test>\n"
		"Signed-off-by: A <a@one.test>\n",
	};
	static const char *const other[] = {
		"t\n", "",
		"t\n\nSigned-off-by: A <b@one.test>\n",
		"t\n\nSigned-off-by: A <a@one.test.example>\n",
		"t\n\n    Signed-off-by: A <a@one.test>\n",
		"t\n\n> Signed-off-by: A <a@one.test>\n",
		"t\n\nSigned-off-by A <a@one.test>\n",
		"t\n\nReviewed-by: A <a@one.test>\n",
		"t\n\nSigned-off-by-bot: A <a@one.test>\n",
		"t\n\nSigned-off-by:",
	};
	size_t n_equal = sizeof equal / sizeof *equal;
	size_t n_other = sizeof other / sizeof *other;

	(void)state;
	repo_init("r");
	for (size_t i = 0; i < n_equal; i++)
		commit("a@one.test", FROM, equal[i]);
	for (size_t i = 0; i < n_other; i++)
		commit("a@one.test", FROM + 90 * DAY, other[i]);
	/* and a line alone proves nothing */
	commit("a@two.test", FROM, "t\n\nSigned-off-by: A <a@two.test>\n");
	/* who has no address signs nothing off */
	commit("", FROM, "t\n\nSigned-off-by: A <>\n");
	walk();
	assert_int_equal(digest.totals.commits, n_equal + n_other + 2);
	assert_int_equal(on("one.test", AUTHORSHIP_SIGN_OFF), n_equal);
	assert_int_equal(on("one.test", AUTHORSHIP_CONSISTENT), n_other);
	assert_int_equal(on("two.test", AUTHORSHIP_SIGN_OFF), 0);
	assert_int_equal(digest.authorship.n, 2);
	/* half of the fourth is the co-author's, and only claimed */
	assert_int_equal(digest.authorship.v[0].counts.credits,
			 n_equal * DIGEST_CREDITS - DIGEST_CREDITS / 2);
}

static void test_consistent_with_the_history(void **state)
{
	(void)state;
	repo_init("r");
	for (long i = 0; i < 10; i++) {
		commit("long@one.test", FROM + i * 10 * DAY, "t\n");
		commit("short@two.test", FROM + i * DAY, "t\n");
		commit("Long@three.test", FROM + i * 10 * DAY, "t\n");
		if (i)
			commit("few@four.test", FROM + i * 20 * DAY, "t\n");
	}
	commit("Long@three.test", FROM, "t\n\n"
	       "Signed-off-by: L <long@three.test>\n");
	commit("other@one.test", FROM, "t\n");
	walk();
	assert_int_equal(on("one.test", AUTHORSHIP_CONSISTENT), 10);
	assert_int_equal(on("two.test", AUTHORSHIP_CONSISTENT), 0);
	assert_int_equal(on("three.test", AUTHORSHIP_CONSISTENT), 10);
	assert_int_equal(on("three.test", AUTHORSHIP_SIGN_OFF), 1);
	assert_int_equal(on("four.test", AUTHORSHIP_CONSISTENT), 0);
	for (size_t i = 1; i < digest.authorship.n; i++)
		assert_true(digest_authorship_compare(
			&digest.authorship.v[i - 1],
			&digest.authorship.v[i]) < 0);
}

/* A host that is no text could not be read back. */
static void test_odd_hosts_are_claimed(void **state)
{
	(void)state;
	repo_init("r");
	commit("a@\xff.test", FROM, "t\n\nSigned-off-by: A <a@\xff.test>\n");
	commit("a@x y", FROM, "t\n\nSigned-off-by: A <a@x y>\n");
	walk();
	assert_int_equal(digest.authorship.n, 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, repo_setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_sign_off_equals_the_author),
		TEST(test_consistent_with_the_history),
		TEST(test_odd_hosts_are_claimed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
