/* Files: hostile names, links and kinds, limits, and whole writes. */
#include "folder.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>

#include "base/fs.h"
#include "base/limits.h"

static struct arena arena;
static struct diags diags;
static struct fs_root root;

static int setup(void **state)
{
	alarm(60); /* an open that waits for a writer must not go unnoticed */
	return folder_setup(state) || fs_root_open(&root, ".");
}

static int teardown(void **state)
{
	fs_root_close(&root);
	arena_release(&arena);
	diag_release(&diags);
	return folder_teardown(state);
}

static void assert_file(const char *path, const char *want)
{
	struct str got;

	assert_int_equal(fs_read(path, 1 << 20, &arena, &diags, &got), OK);
	assert_int_equal(got.n, strlen(want));
	assert_memory_equal(got.p, want, got.n + 1);
}

/* Reading the path below the root fails, with one diagnostic. */
static void assert_refused(struct str path, enum err want,
			   enum diag_code code)
{
	struct str got = STR("old");
	unsigned long before = diags.counts[code];

	assert_int_equal(fs_root_read(&root, path, 1 << 20, &arena, &diags,
				      &got), want);
	assert_int_equal(diags.counts[code], before + 1);
	assert_int_equal(got.n, 0);
}

static void test_kinds(void **state)
{
	(void)state;
	folder_add("d/", "");
	folder_add("f", "");
	assert_int_equal(symlink("d", "ld"), 0);
	assert_int_equal(symlink("nowhere", "ln"), 0);
	assert_int_equal(mkfifo("p", 0666), 0);
	assert_int_equal(fs_kind("d"), FS_DIR);
	assert_int_equal(fs_kind("f"), FS_FILE);
	assert_int_equal(fs_kind("ld"), FS_DIR);
	assert_int_equal(fs_kind("ln"), FS_NONE);
	assert_int_equal(fs_kind("p"), FS_OTHER);
	assert_int_equal(fs_kind(""), FS_NONE);
	assert_int_equal(fs_kind("f/x"), FS_NONE);
}

static void test_read(void **state)
{
	struct str got;

	(void)state;
	folder_add("f", "ten bytes.");
	assert_int_equal(symlink("f", "l"), 0);
	assert_file("f", "ten bytes.");
	assert_file("l", "ten bytes.");
	folder_add("empty", "");
	assert_file("empty", "");
	assert_int_equal(fs_read("f", 10, &arena, &diags, &got), OK);
	assert_int_equal(fs_read("f", 9, &arena, &diags, &got), ERR_LIMIT);
	assert_int_equal(diags.counts[RW1004], 1);
	assert_int_equal(fs_read("no", 9, &arena, &diags, &got),
			 ERR_NOTFOUND);
	assert_int_equal(fs_read("f/no", 9, &arena, &diags, &got),
			 ERR_NOTFOUND);
	assert_int_equal(diags.counts[RW1002], 2);
	assert_int_equal(fs_read(".", 9, &arena, &diags, &got),
			 ERR_UNSUPPORTED);
	assert_int_equal(diags.counts[RW1003], 1);
	assert_str(diags.kept.v[0].place.path, "f");
}

/* A size that lies: proc files claim to be empty. */
static void test_read_what_grows(void **state)
{
	struct str got;

	(void)state;
	if (access("/proc/self/status", R_OK))
		skip();
	assert_int_equal(fs_read("/proc/self/status", 1 << 20, &arena, &diags,
				 &got), OK);
	assert_true(got.n > 100);
	assert_int_equal(fs_read("/proc/self/status", 100, &arena, &diags,
				 &got), ERR_LIMIT);
	assert_int_equal(fs_read("/proc/self/status", 0, &arena, &diags,
				 &got), ERR_LIMIT);
	assert_int_equal(diags.counts[RW1004], 2);
}

/* Neither waits nor reads: FIFO, socket, endless device. */
static void test_special_files(void **state)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	struct str got;
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	(void)state;
	assert_int_equal(mkfifo("go.mod", 0666), 0);
	memcpy(address.sun_path, "socket", 7);
	assert_int_equal(bind(fd, (struct sockaddr *)&address,
			      sizeof address), 0);
	assert_refused(STR("go.mod"), ERR_UNSUPPORTED, RW1003);
	assert_refused(STR("socket"), ERR_UNSUPPORTED, RW1003);
	assert_int_equal(fs_read("go.mod", 9, &arena, &diags, &got),
			 ERR_UNSUPPORTED);
	assert_int_equal(fs_read("/dev/zero", 9, &arena, &diags, &got),
			 ERR_UNSUPPORTED);
	close(fd);
}

static void test_unreadable(void **state)
{
	struct fs_entries list;

	(void)state;
	folder_add("f", "x");
	folder_add("d/", "");
	folder_add("d/f", "x");
	assert_int_equal(chmod("f", 0), 0);
	assert_int_equal(chmod("d", 0), 0);
	folder_be_nobody();
	assert_refused(STR("f"), ERR_IO, RW1002);
	assert_refused(STR("d/f"), ERR_IO, RW1002);
	assert_int_equal(fs_root_list(&root, &arena, &diags, &list), OK);
	assert_int_equal(list.list.n, 1);
	assert_int_equal(diags.counts[RW1002], 3);
	vec_release(&list.list);
}

/* No link below the root is followed, wherever it stands in the path. */
static void test_links(void **state)
{
	(void)state;
	folder_add("in/", "");
	folder_add("in/f", "secret");
	assert_int_equal(symlink("in/f", "file"), 0);
	assert_int_equal(symlink("in", "folder"), 0);
	assert_int_equal(symlink("/etc", "etc"), 0);
	assert_int_equal(symlink("..", "up"), 0);
	assert_int_equal(symlink("loop", "loop"), 0);
	assert_int_equal(symlink("nowhere", "in/dangling"), 0);
	assert_refused(STR("file"), ERR_UNSUPPORTED, RW1003);
	assert_refused(STR("folder/f"), ERR_UNSUPPORTED, RW1003);
	assert_refused(STR("etc/passwd"), ERR_UNSUPPORTED, RW1003);
	assert_refused(STR("up/x"), ERR_UNSUPPORTED, RW1003);
	assert_refused(STR("loop"), ERR_UNSUPPORTED, RW1003);
	assert_refused(STR("loop/x"), ERR_UNSUPPORTED, RW1003);
	assert_refused(STR("in/dangling"), ERR_UNSUPPORTED, RW1003);
}

static void test_paths(void **state)
{
	char name[300];
	struct str got;

	(void)state;
	folder_add("d/", "");
	folder_add("d/f", "x");
	assert_int_equal(fs_root_read(&root, STR("d/./../d//f"), 9, &arena,
				      &diags, &got), OK);
	assert_str(got, "x");
	assert_refused(STR("../f"), ERR_FORMAT, RW1002);
	assert_refused(STR("d/../../f"), ERR_FORMAT, RW1002);
	assert_refused(STR("/etc/passwd"), ERR_FORMAT, RW1002);
	assert_refused(STR("d/f\0x"), ERR_FORMAT, RW1002);
	assert_refused(STR("d/no"), ERR_NOTFOUND, RW1002);
	assert_refused(STR("d/f/x"), ERR_UNSUPPORTED, RW1003);
	assert_refused(STR("d"), ERR_UNSUPPORTED, RW1003);
	assert_refused(STR(""), ERR_UNSUPPORTED, RW1003);
	memset(name, 'n', sizeof name);
	assert_refused(str_n(name, sizeof name), ERR_IO, RW1002);
	assert_str(diags.kept.v[0].place.path, "./../f");
}

static void test_root(void **state)
{
	struct fs_root r;

	(void)state;
	folder_add("f", "");
	assert_int_equal(fs_root_open(&r, "nowhere"), ERR_NOTFOUND);
	assert_int_equal(fs_root_open(&r, "f"), ERR_NOTFOUND);
	fs_root_close(&r);
	assert_int_equal(symlink(".", "l"), 0);
	assert_int_equal(fs_root_open(&r, "l"), OK);
	fs_root_close(&r);
	fs_root_close(&r);
}

/* The paths of a list, joined. */
static const char *listed(const struct fs_root *r, enum err want)
{
	struct fs_entries list;
	struct str all = STR("");

	assert_int_equal(fs_root_list(r, &arena, &diags, &list), want);
	for (size_t i = 0; i < list.list.n; i++) {
		const struct fs_entry *e = &list.list.v[i];

		all = arena_fmt(&arena, "%.*s%s%.*s%s%s%s", STR_ARG(all),
				i ? " " : "", STR_ARG(e->path),
				e->is_link ? "@" : "",
				e->is_executable ? "*" : "",
				e->is_special ? "|" : "");
	}
	vec_release(&list.list);
	return all.p;
}

static void test_list(void **state)
{
	static const char *const names[] = {
		"z", "a/", "a/b/", "a/b/c", "a.x", "a0", "a/a", ".git/",
		".git/config", "a/.git/", "a/.git/x", "a/.github/",
		"a/.github/x", "empty/", "gitfile/", "gitfile/.git", "run",
	};

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		folder_add(names[i], "12345");
	assert_int_equal(symlink("a", "link"), 0);
	assert_int_equal(symlink(".", "self"), 0);
	assert_int_equal(mkfifo("fifo", 0777), 0);
	assert_int_equal(chmod("run", 0755), 0);
	assert_string_equal(listed(&root, OK),
			    "a.x a/.git| a/.github/x a/a a/b/c a0 fifo| gitfile/.git "
			    "link@ run* self@ z");
	assert_int_equal(diags.kept.n, 0);
}

static void test_odd_names(void **state)
{
	(void)state;
	folder_add("\xff\n\x1b", "");
	folder_add("-rf", "");
	folder_add("...", "");
	folder_add("a b/", "");
	folder_add("a b/*", "");
	assert_string_equal(listed(&root, OK), "-rf ... a b/* \xff\n\x1b");
}

static void test_depth(void **state)
{
	char path[2 * LIMIT_TREE_DEPTH + 8] = "";

	(void)state;
	for (int i = 0; i <= LIMIT_TREE_DEPTH; i++) {
		memcpy(path + 2 * i, "d/", 3);
		folder_add(path, "");
		path[2 * i + 2] = 'f';
		if (i >= LIMIT_TREE_DEPTH - 1)
			folder_add(path, "");
		path[2 * i + 2] = 0;
	}
	path[2 * LIMIT_TREE_DEPTH] = 'f';
	path[2 * LIMIT_TREE_DEPTH + 1] = 0;
	assert_string_equal(listed(&root, ERR_LIMIT), path);
	assert_int_equal(diags.counts[RW1005], 1);
}

/* The same names, made in the opposite order: the same list, also where a
 * limit cuts it. */
static void test_order_of_the_disk(void **state)
{
	enum { N = 200 };
	struct fs_root there[2];
	char name[32];

	(void)state;
	for (int r = 0; r < 2; r++) {
		folder_add(r ? "b/" : "a/", "");
		for (int i = 0; i < N; i++) {
			int k = r ? N - 1 - i : i;

			snprintf(name, sizeof name, "%c/%c%d/", r ? 'b' : 'a',
				 'a' + k % 7, k);
			folder_add(name, "");
			snprintf(name, sizeof name, "%c/%c%d/x", r ? 'b' : 'a',
				 'a' + k % 7, k);
			folder_add(name, "");
		}
		assert_int_equal(fs_root_open(&there[r], r ? "b" : "a"), OK);
	}
	assert_string_equal(listed(&there[0], OK), listed(&there[1], OK));
	for (size_t max = N - 1; max < 2 * N; max += N / 3) {
		there[0].max_entries = there[1].max_entries = max;
		assert_string_equal(listed(&there[0], ERR_LIMIT),
				    listed(&there[1], ERR_LIMIT));
	}
	fs_root_close(&there[0]);
	fs_root_close(&there[1]);
}

static void test_number_of_entries(void **state)
{
	(void)state;
	folder_add("a/", "");
	folder_add("a/1", "");
	folder_add("a/2", "");
	folder_add("b/", "");
	folder_add("b/1", "");
	folder_add("c", "");
	root.max_entries = 6;
	assert_string_equal(listed(&root, OK), "a/1 a/2 b/1 c");
	root.max_entries = 5;
	assert_string_equal(listed(&root, ERR_LIMIT), "a/1 a/2 c");
	assert_int_equal(diags.counts[RW1005], 1);
	assert_str(diags.kept.v[0].place.path, "./b");
	root.max_entries = 4; /* a/ is left out whole, b/ is not tried */
	assert_string_equal(listed(&root, ERR_LIMIT), "c");
	root.max_entries = 2;
	assert_string_equal(listed(&root, ERR_LIMIT), "");
}

/* No temporary file is left; only these names stand in the folder. */
static void assert_names(const char *want)
{
	assert_string_equal(listed(&root, OK), want);
}

static void test_write(void **state)
{
	struct stat st;

	(void)state;
	umask(022);
	assert_int_equal(fs_write("out", STR("one"), &diags), OK);
	assert_file("out", "one");
	assert_int_equal(stat("out", &st), 0);
	assert_int_equal(st.st_mode & 0777, 0644);
	assert_int_equal(chmod("out", 0600), 0);
	assert_int_equal(symlink("out", "link"), 0);
	assert_int_equal(fs_write("link", STR("two"), &diags), OK);
	assert_file("out", "two");
	assert_int_equal(stat("out", &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(fs_write("out", STR(""), &diags), OK);
	assert_file("out", "");
	assert_names("link@ out");
	assert_int_equal(diags.kept.n, 0);
}

static void test_write_to_a_device(void **state)
{
	struct stat st;

	(void)state;
	assert_int_equal(fs_write("/dev/null", STR("x"), &diags), OK);
	assert_int_equal(stat("/dev/null", &st), 0);
	assert_true(S_ISCHR(st.st_mode));
	if (access("/dev/full", W_OK))
		return;
	assert_int_equal(fs_write("/dev/full", STR("x"), &diags), ERR_IO);
	assert_int_equal(diags.counts[RW1008], 1);
}

static void test_write_to_standard_output(void **state)
{
	int saved = dup(STDOUT_FILENO);
	int fd = open("out", O_WRONLY | O_CREAT, 0666);
	enum err e;

	(void)state;
	fflush(stdout);
	dup2(fd, STDOUT_FILENO);
	fputs("first ", stdout);
	e = fs_write("-", STR("second"), &diags);
	dup2(saved, STDOUT_FILENO);
	close(saved);
	close(fd);
	assert_int_equal(e, OK);
	assert_file("out", "first second");
}

static void test_write_fails(void **state)
{
	(void)state;
	folder_add("d/", "");
	folder_add("old", "old");
	assert_int_equal(chmod("old", 0444), 0);
	assert_int_equal(fs_write("d", STR("x"), &diags), ERR_IO);
	assert_int_equal(fs_write("no/out", STR("x"), &diags), ERR_IO);
	assert_int_equal(fs_write("", STR("x"), &diags), ERR_IO);
	assert_int_equal(fs_write("old/x", STR("x"), &diags), ERR_IO);
	folder_be_nobody();
	assert_int_equal(fs_write("old", STR("new"), &diags), ERR_IO);
	assert_int_equal(diags.counts[RW1008], 5);
	assert_file("old", "old");
	assert_names("old");
}

/* A disk that is full half-way: the old file stays whole. */
static void test_write_is_whole_or_not(void **state)
{
	struct rlimit before, small;

	(void)state;
	folder_add("out", "old");
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	small = before;
	small.rlim_cur = 4;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	assert_int_equal(fs_write("out", STR("too long"), &diags), ERR_IO);
	assert_int_equal(fs_write("new", STR("too long"), &diags), ERR_IO);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	assert_file("out", "old");
	assert_names("out");
}

/* What a killed run left behind is not taken for its own. */
static void test_write_beside_leftovers(void **state)
{
	char name[64];

	(void)state;
	snprintf(name, sizeof name, ".ranwhence-%ld-0.tmp", (long)getpid());
	folder_add("victim", "whole");
	assert_int_equal(symlink("victim", name), 0);
	assert_int_equal(fs_write("out", STR("new"), &diags), OK);
	assert_file("out", "new");
	assert_file("victim", "whole");
}

static void test_drop_temporaries(void **state)
{
	char own[64];
	long gone;

	(void)state;
	/* a process that has ended and was waited for */
	gone = fork();
	if (!gone)
		_exit(0);
	assert_true(gone > 0);
	waitpid((pid_t)gone, NULL, 0);
	folder_add("d/", "");
	folder_add("d/file", "");
	folder_add("d/.ranwhence-x.tmp", "");
	snprintf(own, sizeof own, "d/.ranwhence-%ld-0.tmp", (long)getpid());
	folder_add(own, "");
	snprintf(own, sizeof own, "d/.ranwhence-%ld-1.tmp", gone);
	folder_add(own, "");
	fs_drop_temporaries("d", false);
	assert_int_equal(fs_kind(own), FS_NONE);
	snprintf(own, sizeof own, "d/.ranwhence-%ld-0.tmp", (long)getpid());
	assert_int_equal(fs_kind(own), FS_FILE);
	assert_int_equal(fs_kind("d/.ranwhence-x.tmp"), FS_FILE);
	fs_drop_temporaries("d", true);
	assert_int_equal(fs_kind(own), FS_NONE);
	assert_int_equal(fs_kind("d/file"), FS_FILE);
	fs_drop_temporaries("absent", true);
}

#define IN_FOLDER(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(test_kinds),
		IN_FOLDER(test_read),
		IN_FOLDER(test_read_what_grows),
		IN_FOLDER(test_special_files),
		IN_FOLDER(test_unreadable),
		IN_FOLDER(test_links),
		IN_FOLDER(test_paths),
		IN_FOLDER(test_root),
		IN_FOLDER(test_list),
		IN_FOLDER(test_odd_names),
		IN_FOLDER(test_depth),
		IN_FOLDER(test_order_of_the_disk),
		IN_FOLDER(test_number_of_entries),
		IN_FOLDER(test_write),
		IN_FOLDER(test_write_to_a_device),
		IN_FOLDER(test_write_to_standard_output),
		IN_FOLDER(test_write_fails),
		IN_FOLDER(test_write_is_whole_or_not),
		IN_FOLDER(test_write_beside_leftovers),
		IN_FOLDER(test_drop_temporaries),
	};

	return cmocka_run_group_tests_name("fs", tests, NULL, NULL);
}
