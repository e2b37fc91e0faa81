/* Lines added and deleted equal git's, path by path and commit by commit. */
#include "repo.h"

#include "history/churn.h"
#include "history/refs.h"

static struct gitdir git;
static struct odb_reader *reader;
static struct walk walk;
static struct churn churn;
static bool is_open;

static void close_all(void)
{
	if (is_open) {
		churn_release(&churn);
		walk_release(&walk);
		odb_reader_free(reader);
		gitdir_close(&git);
	}
	is_open = false;
}

static int teardown(void **state)
{
	close_all();
	return repo_teardown(state);
}

static void run(const char *repo, unsigned threads)
{
	struct oid tip;

	close_all();
	assert_int_equal(gitdir_open(&git, repo, &repo_diags), OK);
	reader = odb_reader_new(&git.odb, 1 << 20);
	assert_int_equal(refs_resolve(&git, reader, STR("HEAD"), &tip), OK);
	walk_init(&walk, &git, NULL);
	walk_load(&walk, reader, &tip);
	walk.threads = threads;
	churn_run(&churn, &walk, &(struct churn_options){0}, &repo_diags);
	churn_sum(&churn);
	is_open = true;
}

static int compare_strs(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

/* Ours as lines "commit added deleted path", sorted. */
static struct str lines_of_ours(void)
{
	struct { VEC(struct str) list; } lines = {0};
	struct strbuf out = {0}, path = {0};
	struct str all;

	for (size_t i = 0; i < churn.changes.n; i++) {
		const struct churn_change *c = &churn.changes.v[i];
		struct str id = oid_hex(&walk.commits.v[c->commit].id,
					git.oid_bytes, &repo_arena);

		strbuf_clear(&path);
		paths_write(&churn.paths, c->path, &path);
		vec_push(&lines.list, c->is_binary
			? arena_fmt(&repo_arena, "%.*s - - %.*s\n",
				    STR_ARG(id), STR_ARG(strbuf_str(&path)))
			: arena_fmt(&repo_arena, "%.*s %u %u %.*s\n",
				    STR_ARG(id), c->added, c->deleted,
				    STR_ARG(strbuf_str(&path))));
	}
	vec_sort(&lines.list, compare_strs);
	for (size_t i = 0; i < lines.list.n; i++)
		strbuf_add(&out, lines.list.v[i]);
	all = arena_dup(&repo_arena, strbuf_str(&out));
	strbuf_release(&out);
	strbuf_release(&path);
	vec_release(&lines.list);
	return all;
}

/* Equal to git's numstat of the whole history, for 1 and 3 threads. */
static void assert_like_git(const char *repo)
{
	struct str want = repo_output(
		"git -C %s -c core.quotePath=false log --no-merges --numstat "
		"--no-renames --format=%%x01%%H | LC_ALL=C awk -F '\\t' "
		"'/^\\001/ {id = substr($0, 2); next} NF == 3 {print id, $1, "
		"$2, $3}' | LC_ALL=C sort", repo);

	for (unsigned threads = 1; threads < 4; threads += 2) {
		struct str got;

		run(repo, threads);
		got = lines_of_ours();
		if (!str_eq(got, want))
			print_error("got:\n%.*swant:\n%.*s", STR_ARG(got),
				    STR_ARG(want));
		assert_true(str_eq(got, want));
	}
}

/* A work tree repository where shell commands make the history. */
static void script(const char *commands)
{
	repo_run("git init -q -b main r && cd r && export "
		 "GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@a.test "
		 "GIT_COMMITTER_NAME=c GIT_COMMITTER_EMAIL=c@c.test && "
		 "commit() { git add -A && git commit -q --allow-empty "
		 "--allow-empty-message -m \"$*\"; } && %s", commands);
}

static void test_plain_changes(void **state)
{
	(void)state;
	script("mkdir d d/e && seq 50 >f && seq 9 >d/g && : >d/e/empty && "
	       "commit 1 && sed -i '7d;20s/.*/x/' f && rm d/g && commit 2 && "
	       "printf 'a\\nb' >no-eol && commit 3 && "
	       "printf 'a\\nb\\n' >no-eol && commit 4 && "
	       "printf 'a\\r\\nb\\r\\n' >no-eol && commit 5 && "
	       "commit nothing && seq 3 >d/e/empty && mv f d/f && commit 6");
	assert_like_git("r");
}

static void test_kinds_of_entries(void **state)
{
	(void)state;
	script("seq 5 >f && seq 5 >x && ln -s target l && commit 1 && "
	       "chmod +x x && commit mode && ln -sf other l && commit 2 && "
	       "rm f && ln -s f2 f && commit 'file to link' && rm l && "
	       "seq 4 >l && commit 'link to file' && rm f && mkdir f && "
	       "seq 3 >f/a && commit 'link to folder' && rm -r f && seq 2 >f "
	       "&& commit 'folder to file' && printf 'a\\0b' >bin && "
	       "commit binary && printf 'a\\0b\\n' >>bin && seq 2 >>x && "
	       "commit 'binary again' && seq 3 >bin && commit 'text now' && "
	       "chmod +x bin && rm x && commit end && "
	       "seq 3000 | tr '1-9' 'x' >late && printf '\\0' >>late && "
	       "commit 'NUL behind 8000 bytes'");
	assert_like_git("r");
}

static void test_submodules(void **state)
{
	(void)state;
	script("seq 5 >f && commit 1 && "
	       "link() { git update-index --add --cacheinfo 160000,$1,sub && "
	       "git commit -q -m link; } && "
	       "link 1111111111111111111111111111111111111111 && "
	       "link 2222222222222222222222222222222222222222 && "
	       "git rm -q --cached sub && seq 4 >sub && git add sub && "
	       "git commit -q -m 'link to file' && git rm -q -f sub && "
	       "link 3333333333333333333333333333333333333333 && "
	       "git rm -q --cached sub && git commit -q -m gone");
	assert_like_git("r");
}

static void test_names(void **state)
{
	(void)state;
	script("mkdir a a.b && for f in a/x a.b/x a-b 'sp ace' \\$ \xc3\xa4; "
	       "do seq 3 >\"$f\"; done && commit 1 && "
	       "for f in a/x a.b/x a-b; do seq 2 >$f; done && commit 2 && "
	       "rm -r a && seq 2 >a && commit 3 && rm a.b/x && commit 4");
	assert_like_git("r");
}

static void test_merges_and_roots(void **state)
{
	(void)state;
	script("seq 9 >f && commit 1 && git checkout -q -b side && "
	       "seq 5 >g && commit 2 && git checkout -q main && seq 8 >f && "
	       "commit 3 && git merge -q --no-ff --no-commit side && "
	       "echo evil >>f && commit evil && git checkout -q --orphan o && "
	       "seq 3 >h && commit root && git checkout -q main && "
	       "git merge -q --no-edit --allow-unrelated-histories o && "
	       "git gc -q");
	assert_like_git("r");
}

/* A pack with deltas, and enough commits for several chunks. */
static void test_long_history(void **state)
{
	FILE *f = fopen("stream", "wb");
	uint64_t x = 1;

	(void)state;
	assert_non_null(f);
	for (int i = 0; i < 400; i++) {
		fprintf(f, "commit refs/heads/main\ncommitter C <c@c.test> %d "
			"+0000\ndata 0\n", 1000000 + i);
		for (int k = 0; k < 3; k++) {
			fprintf(f, "M 644 inline d%d/f%d\ndata <<END\n",
				(i + k) % 3, (i + k) % 7);
			for (int line = 0; line < 40; line++) {
				x = x * 6364136223846793005u + 1;
				fprintf(f, "%d\n", (int)(x >> 60) ? line
						   : (int)(x >> 40 & 15));
			}
			fprintf(f, "END\n");
		}
	}
	assert_int_equal(fclose(f), 0);
	repo_run("git init -q --bare -b main r && "
		 "git -C r fast-import --quiet <stream && "
		 "git -C r repack -q -a -d -f --depth=40");
	assert_like_git("r");
}

static void test_missing_objects(void **state)
{
	struct str blob, tree;

	(void)state;
	script("mkdir d && seq 5 >f && seq 6 >d/g && commit 1 && "
	       "seq 7 >f && seq 8 >h && commit 2 && seq 9 >d/g && commit 3");
	blob = str_trim(repo_output("git -C r rev-parse HEAD:h"));
	tree = str_trim(repo_output("git -C r rev-parse HEAD:d"));
	repo_run("cd r/.git/objects && rm -f %.2s/%.38s %.2s/%.38s", blob.p,
		 blob.p + 2, tree.p, tree.p + 2);
	run("r", 2);
	assert_int_equal(repo_diags.counts[RW1403], 1); /* the tree */
	assert_int_equal(repo_diags.counts[RW1414], 1);
	assert_int_equal(churn.changes.n, 4);
	for (size_t i = 0; i < walk.commits.n; i++)
		assert_true(walk.lines[i].of[LINE_SOURCE].added < 12);
}

/* Ten names that are the same folder, ten folders deep; and 200 deep. */
static void test_tree_bombs(void **state)
{
	(void)state;
	repo_init("r");
	repo_run("cd r && id=$(echo x | git hash-object -w --stdin) && "
		 "id=$(printf '100644 blob %%s\tf' $id | git mktree) && "
		 "for level in 0 1 2 3 4 5 6 7 8 9; do id=$(for name in "
		 "0 1 2 3 4 5 6 7 8 9; do printf '040000 tree %%s\t%%s\n' "
		 "$id $name; done | git mktree); done && git update-ref "
		 "refs/heads/main $(git -c user.name=n -c user.email=e "
		 "commit-tree -m bomb $id)");
	run("r", 2);
	assert_true(churn.changes.n > 100000);
	assert_true(churn.changes.n < LIMIT_COMMIT_STEPS);
	assert_int_equal(repo_diags.counts[RW1412], 1);
	repo_run("cd r && id=$(git mktree </dev/null) && "
		 "for level in $(seq 200); do id=$(printf '040000 tree "
		 "%%s\td\n' $id | git mktree); done && git update-ref "
		 "refs/heads/main $(git -c user.name=n -c user.email=e "
		 "commit-tree -m deep $id)");
	run("r", 1);
	assert_int_equal(churn.changes.n, 0);
	assert_int_equal(repo_diags.counts[RW1412], 2);
}

static void test_malformed_trees(void **state)
{
	static const struct str trees[] = {
		STR("100644 a\0short"), STR("100644"), STR("1006x4 a\0"),
		STR("100644 \0aaaaaaaaaaaaaaaaaaaa"), STR("\0"),
		STR("10064400000 a\0aaaaaaaaaaaaaaaaaaaa")};
	const char *parent = NULL;

	(void)state;
	repo_init("r");
	for (size_t i = 0; i < sizeof trees / sizeof *trees; i++) {
		const char *tree = str_trim(repo_output(
			"printf '%s' | git -C r hash-object -w -t tree "
			"--literally --stdin", trees[i].p)).p;

		parent = repo_object("r", "commit", arena_fmt(
			&repo_arena, "tree %.40s\n%s%s%sauthor A <a@a> 9 +0000"
			"\ncommitter C <c@c> 9 +0000\n\n", tree,
			parent ? "parent " : "", parent ? parent : "",
			parent ? "\n" : ""));
		repo_run("git -C r update-ref refs/heads/main %s", parent);
	}
	run("r", 2);
	assert_int_equal(churn.changes.n, 0);
	assert_int_equal(repo_diags.counts[RW1412],
			 sizeof trees / sizeof *trees);
}

/* What is cut off has no parent to be compared with. */
static void test_shallow(void **state)
{
	(void)state;
	script("seq 5 >f && commit 1 && seq 7 >f && commit 2 && seq 9 >f && "
	       "commit 3");
	repo_run("git clone -q --bare --depth 2 file://$PWD/r s");
	run("s", 1);
	assert_int_equal(churn.changes.n, 1);
	assert_int_equal(churn.changes.v[0].added, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, repo_setup, teardown)
		T(test_plain_changes), T(test_kinds_of_entries),
		T(test_submodules), T(test_names), T(test_merges_and_roots),
		T(test_long_history), T(test_missing_objects),
		T(test_tree_bombs), T(test_malformed_trees), T(test_shallow),
	};

	return cmocka_run_group_tests_name("churn", tests, NULL, NULL);
}
