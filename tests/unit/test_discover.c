/* A folder as a tree: what is listed, what is read, what is refused. */
#include "folder.h"

#include "discover/discover.h"

static struct arena arena;
static struct diags diags;
static struct tree tree;

static int setup(void **state)
{
	alarm(60);
	return folder_setup(state);
}

static int teardown(void **state)
{
	if (tree.close)
		tree.close(&tree);
	arena_release(&arena);
	diag_release(&diags);
	return folder_teardown(state);
}

static const struct file *find(const char *path)
{
	for (size_t i = 0; i < tree.files.n; i++)
		if (str_is(tree.files.v[i].path, path))
			return &tree.files.v[i];
	fail_msg("%s is not in the tree", path);
	return NULL;
}

static enum err read_one(const char *path, size_t max, struct str *got)
{
	return tree.read(&tree, find(path), max, &arena, &diags, got);
}

static void make_tree(void)
{
	folder_add("t/", "");
	folder_add("t/go.mod", "module x\n");
	folder_add("t/sub/", "");
	folder_add("t/sub/run.sh", "#!/bin/sh\n");
	folder_add("t/.git/", "");
	folder_add("t/.git/config", "[core]\n");
	assert_int_equal(chmod("t/sub/run.sh", 0755), 0);
	assert_int_equal(symlink("/etc/passwd", "t/link"), 0);
	assert_int_equal(mkfifo("t/Dockerfile", 0666), 0);
}

static void test_tree(void **state)
{
	struct str got;

	(void)state;
	make_tree();
	assert_int_equal(discover_open("t", &arena, &diags, &tree), OK);
	assert_str(tree.name, "t");
	assert_int_equal(tree.files.n, 3);
	assert_str(tree.files.v[0].path, "go.mod");
	assert_str(tree.files.v[1].path, "link");
	assert_str(tree.files.v[2].path, "sub/run.sh");
	assert_int_equal(tree.files.v[0].size, 9);
	assert_true(tree.files.v[1].is_link);
	assert_true(tree.files.v[2].is_executable);
	assert_int_equal(diags.kept.n, 1);
	assert_int_equal(diags.kept.v[0].code, RW1003);
	assert_str(diags.kept.v[0].place.path, "t/Dockerfile");
	assert_int_equal(read_one("go.mod", 9, &got), OK);
	assert_str(got, "module x\n");
	assert_int_equal(read_one("go.mod", 8, &got), ERR_LIMIT);
	assert_int_equal(diags.counts[RW1004], 1);
	assert_int_equal(read_one("link", 4096, &got), ERR_UNSUPPORTED);
	assert_int_equal(got.n, 0);
	assert_int_equal(diags.counts[RW1003], 2);
}

static void test_a_gitlink_has_no_bytes(void **state)
{
	struct file f = {.path = STR("sub"), .is_gitlink = true};
	struct str got;

	(void)state;
	make_tree();
	assert_int_equal(discover_open("t", &arena, &diags, &tree), OK);
	assert_int_equal(tree.read(&tree, &f, 9, &arena, &diags, &got),
			 ERR_UNSUPPORTED);
	assert_str(diags.kept.v[1].place.path, "t/sub");
}

/* Between listing and reading, a file became a link, a folder a link. */
static void test_swapped_for_a_link(void **state)
{
	struct str got;

	(void)state;
	make_tree();
	assert_int_equal(discover_open("t", &arena, &diags, &tree), OK);
	assert_int_equal(unlink("t/go.mod"), 0);
	assert_int_equal(symlink("/etc/passwd", "t/go.mod"), 0);
	assert_int_equal(rename("t/sub", "elsewhere"), 0);
	assert_int_equal(symlink("../elsewhere", "t/sub"), 0);
	assert_int_equal(read_one("go.mod", 4096, &got), ERR_UNSUPPORTED);
	assert_int_equal(read_one("sub/run.sh", 4096, &got),
			 ERR_UNSUPPORTED);
	assert_int_equal(diags.counts[RW1003], 3);
}

static void test_nothing_there(void **state)
{
	(void)state;
	folder_add("file", "");
	folder_add("shut/", "");
	assert_int_equal(discover_open("no", &arena, &diags, &tree),
			 ERR_NOTFOUND);
	assert_null(tree.close);
	assert_int_equal(discover_open("file", &arena, &diags, &tree),
			 ERR_NOTFOUND);
	assert_int_equal(diags.counts[RW1001], 2);
	assert_int_equal(chmod("shut", 0), 0);
	folder_be_nobody();
	assert_int_equal(discover_open("shut", &arena, &diags, &tree),
			 ERR_IO);
	assert_int_equal(diags.counts[RW1002], 1);
	assert_null(tree.close);
}

static void test_an_empty_folder(void **state)
{
	(void)state;
	assert_int_equal(discover_open(".", &arena, &diags, &tree), OK);
	assert_int_equal(tree.files.n, 0);
	assert_int_equal(diags.kept.n, 0);
}

/* An unreadable part lowers what is known and hides nothing else. */
static void test_an_unreadable_part(void **state)
{
	struct str got;

	(void)state;
	folder_add("a/", "");
	folder_add("a/x", "x");
	folder_add("b/", "");
	folder_add("b/x", "x");
	folder_add("c", "x");
	assert_int_equal(chmod("a", 0), 0);
	assert_int_equal(chmod("c", 0), 0);
	folder_be_nobody();
	assert_int_equal(discover_open(".", &arena, &diags, &tree), OK);
	assert_int_equal(tree.files.n, 2);
	assert_str(tree.files.v[0].path, "b/x");
	assert_str(diags.kept.v[0].place.path, "./a");
	assert_int_equal(read_one("c", 9, &got), ERR_IO);
	assert_int_equal(diags.counts[RW1002], 2);
	assert_true(diag_has_effect(&diags, DIAG_INCOMPLETE));
}

/* Trees made in opposite order are the same, file for file. */
static void test_order_of_the_disk(void **state)
{
	static const char *const names[] = {
		"b", "a", "B", "_", "ab", "a.b", "a-b", "c", "Z", "0",
	};
	enum { N = sizeof names / sizeof *names };
	struct tree other;
	char path[16];

	(void)state;
	folder_add("1/", "");
	folder_add("2/", "");
	for (int i = 0; i < N; i++) {
		snprintf(path, sizeof path, "1/%s", names[i]);
		folder_add(path, "");
		snprintf(path, sizeof path, "2/%s", names[N - 1 - i]);
		folder_add(path, "");
	}
	assert_int_equal(discover_open("1", &arena, &diags, &tree), OK);
	assert_int_equal(discover_open("2", &arena, &diags, &other), OK);
	assert_int_equal(tree.files.n, N);
	assert_int_equal(other.files.n, N);
	for (int i = 0; i < N; i++) {
		assert_true(str_eq(tree.files.v[i].path,
				   other.files.v[i].path));
		assert_true(!i || str_cmp(tree.files.v[i - 1].path,
					  tree.files.v[i].path) < 0);
	}
	other.close(&other);
}

#define IN_FOLDER(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(test_tree),
		IN_FOLDER(test_a_gitlink_has_no_bytes),
		IN_FOLDER(test_swapped_for_a_link),
		IN_FOLDER(test_nothing_there),
		IN_FOLDER(test_an_empty_folder),
		IN_FOLDER(test_an_unreadable_part),
		IN_FOLDER(test_order_of_the_disk),
	};

	return cmocka_run_group_tests_name("discover", tests, NULL, NULL);
}
