/* Which commits histories share, and what one has beyond them. */
#include "repo.h"

#include "history/history.h"

#define BY(host) "A <a@" host "> 1600000000 +0000"

static const char *tree; /* of one file */

static int setup(void **state)
{
	int code = repo_setup(state);

	repo_init("a");
	tree = str_trim(repo_output(
		"cd a && b=$(echo x | git hash-object -w --stdin) && printf "
		"'100644 blob %%s\\tf.c\\n' $b | git mktree")).p;
	return code;
}

/* A commit of that file in the repository a; its name. */
static const char *commit(const char *author, const char *parent1,
			  const char *parent2)
{
	return repo_object("a", "commit", arena_fmt(
		&repo_arena, "tree %.40s\n%s%s%s%s%s%sauthor %s\n"
		"committer C <c@committer.test> 1 +0000\n\nm\n", tree,
		parent1 ? "parent " : "", parent1 ? parent1 : "",
		parent1 ? "\n" : "", parent2 ? "parent " : "",
		parent2 ? parent2 : "", parent2 ? "\n" : "", author));
}

/* A repository with the objects of a and this head. */
static const char *fork_at(const char *name, const char *head)
{
	repo_run("cp -r a %s && git -C %s update-ref refs/heads/main %s",
		 name, name, head);
	return name;
}

static struct history_met met_by(struct history_seen *seen, const char *path)
{
	struct history_names *n = history_names_read(path, 1);
	struct history_met met;

	assert_non_null(n);
	history_meet(seen, n, &repo_arena, &met);
	history_names_free(n);
	return met;
}

static struct history_roots roots_of(const char *path)
{
	struct history_names *n = history_names_read(path, 1);
	struct history_roots r;

	assert_non_null(n);
	history_roots(n, &repo_arena, &r);
	history_names_free(n);
	return r;
}

static void test_first_commits_have_files(void **state)
{
	const char *none = repo_commit("a", BY("x.test"), NULL, NULL);
	const char *one = commit(BY("x.test"), none, NULL);
	const char *other = commit(BY("y.test"), NULL, NULL);
	const char *both = commit(BY("x.test"), one, other);
	struct history_roots r;
	bool is_first;

	(void)state;
	r = roots_of(fork_at("b", both));
	assert_int_equal(r.commits, 4);
	assert_string_equal(r.head.p, both);
	assert_int_equal(r.ids.n, 2);
	is_first = str_is(r.ids.v[0], one);
	assert_string_equal(r.ids.v[is_first].p, other);
	assert_string_equal(r.ids.v[!is_first].p, one);
	vec_release(&r.ids);
	/* of nothing but empty commits there is none */
	r = roots_of(fork_at("c", none));
	assert_int_equal(r.ids.n, 0);
	assert_int_equal(r.commits, 1);
}

static void test_what_is_not_whole_has_none(void **state)
{
	const char *one = commit(BY("x.test"), NULL, NULL);
	const char *two = commit(BY("x.test"), one, NULL);

	(void)state;
	fork_at("b", two);
	repo_run("echo %s > b/shallow", two);
	assert_null(history_names_read("b", 1));
	fork_at("c", two);
	repo_run("rm -f c/objects/%.2s/%s", one, one + 2);
	assert_null(history_names_read("c", 1));
	assert_null(history_names_read("/dev/null/x", 1));
}

/* A fork that took in its origin twice: what is shared ends where no shared
 * commit follows, and only what is beyond counts. */
static void test_what_is_beyond(void **state)
{
	const char *one = commit(BY("x.test"), NULL, NULL);
	const char *two = commit(BY("x.test"), one, NULL);
	const char *side = commit(BY("y.test"), one, NULL);
	const char *own = commit(BY("own.test"), one, NULL);
	const char *merged = commit(BY("m.test"), own, two);
	const char *last = commit(BY("own.test"), merged, side);
	struct history_seen *seen = history_seen_new();
	struct history_options o = {.axes = DIGEST_COMMITS | DIGEST_CHURN};
	struct history_met met;
	struct digest d;

	(void)state;
	met = met_by(seen, fork_at("b", commit(BY("m.test"), two, side)));
	assert_int_equal(met.shared, 0);
	assert_int_equal(met.last.n, 0);
	met = met_by(seen, fork_at("c", last));
	assert_int_equal(met.commits, 6);
	assert_int_equal(met.shared, 3);
	assert_int_equal(met.last.n, 2);
	assert_true(str_cmp(met.last.v[0], met.last.v[1]) < 0);
	o.beyond = met.last.v;
	o.n_beyond = met.last.n;
	assert_int_equal(history_digest("c", &o, &repo_arena, &repo_diags, &d),
			 OK);
	assert_int_equal(d.totals.commits, 1); /* the others are merges */
	assert_int_equal(d.merges, 2);
	assert_int_equal(d.hosts.n, 1);
	assert_true(str_is(d.hosts.v[0].host, "own.test"));
	assert_int_equal(d.asked.beyond.n, 2);
	assert_true(digest_is_part(&d));
	assert_int_equal(d.incomplete, 0);
	digest_release(&d);
	/* met again it has nothing of its own */
	vec_release(&met.last);
	met = met_by(seen, "c");
	assert_int_equal(met.shared, met.commits);
	vec_release(&met.last);
	history_seen_free(seen);
}

/* What is not in the history is no end of it: nothing is proven then. */
static void test_beyond_what_is_not_there(void **state)
{
	const struct str ids[] = {
		STR("00000000000000000000000000000000000000aa")};
	struct history_options o = {.axes = DIGEST_COMMITS, .beyond = ids,
				    .n_beyond = 1};
	struct digest d;

	(void)state;
	fork_at("b", commit(BY("x.test"), NULL, NULL));
	assert_int_equal(history_digest("b", &o, &repo_arena, &repo_diags, &d),
			 OK);
	assert_int_equal(repo_diags.counts[RW1409], 1);
	assert_int_equal(d.incomplete, DIGEST_COMMITS);
	digest_release(&d);
}

/* Its text says what it is beyond, and is read back as it was; nothing else
 * passes for it. */
static void test_the_text_says_so(void **state)
{
	const char *one = commit(BY("x.test"), NULL, NULL);
	const struct str ids[] = {str_c(one)};
	struct history_options o = {.axes = DIGEST_COMMITS, .beyond = ids,
				    .n_beyond = 1};
	const struct digest_names names = {0};
	const struct diags nothing = {0};
	struct strbuf text, bad;
	struct digest d, again;
	size_t at;

	(void)state;
	fork_at("b", commit(BY("x.test"), one, NULL));
	assert_int_equal(history_digest("b", &o, &repo_arena, &repo_diags, &d),
			 OK);
	vec_release(&d.hosts.v[0].months);
	vec_release(&d.hosts);
	d.totals = (struct digest_counts){0};
	d.rest = (struct digest_rest){0};
	d.links.n = d.authorship.n = 0;
	strbuf_init(&text, 0);
	strbuf_init(&bad, 0);
	digest_write(&d, &names, &nothing, &text);
	assert_int_equal(digest_parse(strbuf_str(&text), STR(""), &repo_arena,
				      &repo_diags, &again), OK);
	assert_int_equal(again.asked.beyond.n, 1);
	assert_true(str_is(again.asked.beyond.v[0], one));
	at = str_find(strbuf_str(&text), ids[0]);
	assert_int_not_equal(at, SIZE_MAX);
	for (const char *const *with = (const char *const[]){
		"A", "", "zz", NULL}; *with; with++) {
		struct str rest = str_from(strbuf_str(&text), at);

		strbuf_clear(&bad);
		strbuf_add(&bad, str_head(strbuf_str(&text), at));
		strbuf_cstr(&bad, *with);
		strbuf_add(&bad, str_from(rest, 2));
		assert_int_equal(digest_parse(strbuf_str(&bad), STR(""),
					      &repo_arena, &repo_diags,
					      &(struct digest){0}),
				 ERR_FORMAT);
	}
	strbuf_release(&text);
	strbuf_release(&bad);
	digest_release(&again);
	digest_release(&d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_first_commits_have_files,
						setup, repo_teardown),
		cmocka_unit_test_setup_teardown(
			test_what_is_not_whole_has_none, setup, repo_teardown),
		cmocka_unit_test_setup_teardown(test_what_is_beyond, setup,
						repo_teardown),
		cmocka_unit_test_setup_teardown(test_beyond_what_is_not_there,
						setup, repo_teardown),
		cmocka_unit_test_setup_teardown(test_the_text_says_so, setup,
						repo_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
