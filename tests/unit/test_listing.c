/* The tree of HEAD as a list of files, sound and hostile. */
#include "repo.h"

#include "base/limits.h"
#include "history/history.h"

static struct tree tree;

static int teardown(void **state)
{
	if (tree.close)
		tree.close(&tree);
	return repo_teardown(state);
}

static enum err list(const char *repo, bool gitlinks_only)
{
	if (tree.close)
		tree.close(&tree);
	return history_tree(repo, gitlinks_only, &repo_arena, &repo_diags,
			    &tree);
}

static const struct file *file(const char *path)
{
	for (size_t i = 0; i < tree.files.n; i++)
		if (str_is(tree.files.v[i].path, path))
			return &tree.files.v[i];
	fail_msg("no file %s", path);
	return NULL;
}

/* A bare repository whose HEAD has the tree that shell commands print for
 * git mktree. */
static void make(const char *repo, const char *mktree)
{
	repo_init(repo);
	repo_run("cd %s && x=$(printf hello | git hash-object -w --stdin) && "
		 "t=$( (%s) | git mktree --missing) && git update-ref "
		 "refs/heads/main $(git -c user.name=n -c user.email=e "
		 "commit-tree -m m $t)", repo, mktree);
}

#define ENTRIES "printf \"100644 blob $x\\ta\\n100755 blob $x\\tb\\n" \
	"120000 blob $x\\tl\\n160000 commit " \
	"1111111111111111111111111111111111111111\\tm\\n\""

static void test_kinds_and_order(void **state)
{
	(void)state;
	repo_init("r");
	repo_run("cd r && x=$(printf hello | git hash-object -w --stdin) && "
		 "i=$(" ENTRIES " | git mktree --missing) && "
		 "t=$(printf '100644 blob %%s\\td.x\\n040000 tree %%s\\td\\n"
		 "100644 blob %%s\\td0\\n' $x $i $x | git mktree) && "
		 "git update-ref refs/heads/main $(git -c user.name=n "
		 "-c user.email=e commit-tree -m m $t)");
	assert_int_equal(list("r", false), OK);
	assert_str(tree.name, "r");
	assert_int_equal(tree.files.n, 6);
	for (size_t i = 1; i < tree.files.n; i++)
		assert_true(str_cmp(tree.files.v[i - 1].path,
				    tree.files.v[i].path) < 0);
	assert_int_equal(file("d/a")->size, 5);
	assert_false(file("d/a")->is_executable);
	assert_true(file("d/b")->is_executable);
	assert_true(file("d/l")->is_link);
	assert_true(file("d/m")->is_gitlink);
	assert_int_equal(file("d/m")->commit.n, 40);
	assert_int_equal(list("r", true), OK);
	assert_int_equal(tree.files.n, 1);
	assert_true(tree.files.v[0].is_gitlink);
	assert_int_equal(repo_diags.kept.n, 0);
}

static void test_reading(void **state)
{
	struct str got;
	struct file other = {.path = STR("nowhere")};

	(void)state;
	make("r", ENTRIES);
	assert_int_equal(list("r", false), OK);
	assert_int_equal(tree.read(&tree, file("a"), 5, &repo_arena,
				   &repo_diags, &got), OK);
	assert_str(got, "hello");
	assert_int_equal(tree.read(&tree, file("a"), 4, &repo_arena,
				   &repo_diags, &got), ERR_LIMIT);
	assert_int_equal(repo_diags.counts[RW1004], 1);
	assert_int_equal(tree.read(&tree, file("m"), 99, &repo_arena,
				   &repo_diags, &got), ERR_UNSUPPORTED);
	assert_int_equal(tree.read(&tree, &other, 99, &repo_arena,
				   &repo_diags, &got), ERR_UNSUPPORTED);
}

static void test_packed_sizes(void **state)
{
	(void)state;
	repo_run("git init -q -b main r && cd r && seq 3000 >a && (cat a; "
		 "echo more) >b && git add . && git -c user.name=n "
		 "-c user.email=e commit -q -m m && git gc -q");
	assert_int_equal(list("r", false), OK);
	assert_int_equal(file("b")->size, file("a")->size + 5);
}

static void test_missing_parts(void **state)
{
	struct str got;

	(void)state;
	make("r", ENTRIES);
	repo_run("cd r && x=$(printf hello | git hash-object --stdin) && "
		 "find objects -name $(echo $x | cut -c3-) -delete");
	assert_int_equal(list("r", false), OK);
	assert_int_equal(tree.files.n, 4);
	assert_int_equal(repo_diags.counts[RW1403], 0);
	assert_int_equal(tree.read(&tree, file("a"), 99, &repo_arena,
				   &repo_diags, &got), ERR_NOTFOUND);
	assert_int_equal(repo_diags.counts[RW1403], 1);
	repo_run("cd r && rm -r objects/$(git rev-parse HEAD^{tree} | "
		 "cut -c1-2)");
	assert_int_equal(list("r", false), OK);
	assert_int_equal(tree.files.n, 0);
	assert_int_equal(repo_diags.counts[RW1403], 2);
}

static void test_nothing_to_list(void **state)
{
	(void)state;
	repo_init("r");
	assert_int_equal(list("r", false), ERR_NOTFOUND);
	assert_int_equal(repo_diags.counts[RW1402], 1);
	assert_null(tree.close);
	assert_int_equal(list("absent", false), ERR_IO);
	assert_int_equal(repo_diags.counts[RW1401], 1);
	repo_run("echo 1111111111111111111111111111111111111111 "
		 ">r/refs/heads/main");
	assert_int_equal(list("r", false), ERR_NOTFOUND);
	assert_int_equal(repo_diags.counts[RW1403], 1);
}

/* Names that lead astray, names twice, no order: git checks none of it
 * when a tree is written by hand. */
static void test_hostile_names(void **state)
{
	(void)state;
	repo_init("r");
	repo_run("cd r && python3 -c \"import sys\n"
		 "for n in ['..', '.', '.git', '.GIT', 'a/b', 'z', 'z', 'c']:"
		 "\n sys.stdout.buffer.write(b'100644 ' + n.encode() + b'\\\\0'"
		 " + bytes(20))\" >../raw && t=$(git hash-object -w -t tree "
		 "--literally ../raw) && printf \"tree $t\\nauthor A <a@a> 9 "
		 "+0000\\ncommitter C <c@c> 9 +0000\\n\\nm\" >../commit && "
		 "git hash-object -w -t commit --literally ../commit "
		 ">refs/heads/main");
	assert_int_equal(list("r", false), OK);
	assert_int_equal(tree.files.n, 2);
	assert_str(tree.files.v[0].path, "c");
	assert_str(tree.files.v[1].path, "z");
	assert_int_equal(repo_diags.counts[RW1412], 6);
}

static void test_bombs(void **state)
{
	(void)state;
	repo_init("r");
	repo_run("cd r && id=$(printf '100644 blob %%s\\tf' "
		 "$(printf x | git hash-object -w --stdin) | git mktree) && "
		 "for level in 0 1 2 3 4 5 6; do id=$(for name in "
		 "0 1 2 3 4 5 6 7 8 9; do printf '040000 tree %%s\\t%%s\\n' "
		 "$id $name; done | git mktree); done && git update-ref "
		 "refs/heads/main $(git -c user.name=n -c user.email=e "
		 "commit-tree -m bomb $id)");
	assert_int_equal(list("r", true), OK);
	assert_int_equal(repo_diags.counts[RW1005], 1);
	repo_run("cd r && id=$(git mktree </dev/null) && for level in "
		 "$(seq 150); do id=$(printf '040000 tree %%s\\td\\n' $id | "
		 "git mktree); done && git update-ref refs/heads/main $(git "
		 "-c user.name=n -c user.email=e commit-tree -m deep $id)");
	assert_int_equal(list("r", false), OK);
	assert_int_equal(repo_diags.counts[RW1005], 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, repo_setup, teardown)
		T(test_kinds_and_order), T(test_reading),
		T(test_packed_sizes), T(test_missing_parts),
		T(test_nothing_to_list), T(test_hostile_names),
		T(test_bombs),
	};

	return cmocka_run_group_tests_name("listing", tests, NULL, NULL);
}
