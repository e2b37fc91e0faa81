/* What would run programs, and what cannot be looked at: nothing is taken for
 * absent that only could not be opened. */
#include "repo.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "history/beneath.h"
#include "history/history.h"

static int setup(void **state)
{
	if (repo_setup(state))
		return 1;
	repo_init("r");
	repo_commit("r", "A <a@sound.test> 9 +0000", NULL, NULL);
	return 0;
}

/* As many descriptors as are open, and `more`; all with -1. */
static void allow_files(int more)
{
	struct rlimit l;
	int next = more < 0 ? 0 : dup(STDERR_FILENO);

	assert_true(next >= 0);
	if (more >= 0)
		close(next);
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &l), 0);
	l.rlim_cur = more < 0 ? l.rlim_max : (rlim_t)(next + more);
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &l), 0);
}

static void test_kinds(void **state)
{
	char name[300];
	enum beneath_kind kind;
	enum err e[2];
	bool is_filled = true;
	int fd, got;

	(void)state;
	memset(name, 'x', sizeof name);
	folder_add("f/", "");
	folder_add("f/file", "x");
	folder_add("f/empty/", "");
	fd = open("f", O_RDONLY | O_DIRECTORY);
	assert_int_equal(beneath_kind(fd, STR("none")), BENEATH_NONE);
	assert_int_equal(beneath_kind(fd, STR("file")), BENEATH_FILE);
	assert_int_equal(beneath_kind(fd, STR("empty")), BENEATH_FOLDER);
	assert_int_equal(beneath_kind(fd, STR("empty/x")), BENEATH_NONE);
	/* no system has names as long */
	assert_int_equal(beneath_kind(fd, str_n(name, sizeof name)),
			 BENEATH_UNREAD);
	assert_int_equal(beneath_is_filled(fd, STR("."), &is_filled), OK);
	assert_true(is_filled);
	assert_int_equal(beneath_is_filled(fd, STR("empty"), &is_filled), OK);
	assert_false(is_filled);
	assert_int_equal(beneath_is_filled(fd, STR("file"), &is_filled), OK);
	assert_false(is_filled);
	allow_files(0);
	kind = beneath_kind(fd, STR("empty/x"));
	e[0] = beneath_is_filled(fd, STR("."), &is_filled);
	e[1] = beneath_open_folder(fd, STR("empty"), &got);
	allow_files(-1);
	assert_int_equal(kind, BENEATH_UNREAD);
	assert_int_equal(e[0], ERR_IO);
	assert_int_equal(e[1], ERR_IO);
	close(fd);
}

static void test_names(void **state)
{
	struct beneath_names names = {0};
	enum err e;
	int fd;

	(void)state;
	folder_add("f/", "");
	folder_add("f/b", "x");
	folder_add("f/a/", "");
	folder_add("f/a/x", "");
	folder_add("f/c", "x");
	fd = open("f", O_RDONLY | O_DIRECTORY);
	assert_int_equal(beneath_list(fd, 3, &repo_arena, &names), OK);
	assert_int_equal(names.list.n, 3);
	assert_str(names.list.v[0], "a");
	assert_str(names.list.v[2], "c");
	vec_release(&names.list);
	assert_int_equal(beneath_list(fd, 2, &repo_arena, &names), ERR_LIMIT);
	assert_int_equal(names.list.n, 0);
	vec_release(&names.list);
	allow_files(0);
	e = beneath_list(fd, 3, &repo_arena, &names);
	allow_files(-1);
	assert_int_equal(e, ERR_IO);
	close(fd);
}

/* With each number of descriptors: all is told, or that something is not. */
static void test_no_descriptors(void **state)
{
	int n = 0;

	(void)state;
	repo_run("printf '[core]\\n\\tpager = x\\n' >>r/config; "
		 "printf '#!/bin/sh\\n' >r/hooks/pre-commit; "
		 "chmod +x r/hooks/pre-commit");
	folder_add("r/info/attributes", "* filter=x\n");
	folder_add("r/modules/", "");
	folder_add("r/modules/m/", "");
	folder_add("r/modules/m/objects/", "");
	folder_add("r/modules/m/HEAD", "x\n");
	folder_add("r/modules/m/config", "[core]\n\teditor = x\n");
	for (; n < 20; n++) {
		allow_files(n);
		history_programs("r", &repo_diags);
		allow_files(-1);
		if (!diag_has_effect(&repo_diags, DIAG_INCOMPLETE))
			break;
		diag_release(&repo_diags);
	}
	assert_in_range(n, 3, 19);
	assert_int_equal(repo_diags.counts[RW1419], 2);
	assert_int_equal(repo_diags.counts[RW1420], 2);
}

static void test_form_not_known(void **state)
{
	enum history_form form;

	(void)state;
	allow_files(0);
	form = history_form("r");
	allow_files(-1);
	assert_int_equal(form, HISTORY_UNREAD);
	assert_int_equal(history_form("none"), HISTORY_NONE);
	assert_int_equal(history_form("r"), HISTORY_BARE);
}

static void test_hooks_elsewhere(void **state)
{
	(void)state;
	repo_run("rm -r r/hooks");
	assert_int_equal(symlink("/", "r/hooks"), 0);
	history_programs("r", &repo_diags);
	assert_int_equal(repo_diags.kept.n, 1);
	assert_int_equal(repo_diags.kept.v[0].code, RW1420);
	assert_str(repo_diags.kept.v[0].place.path, "r/hooks");
	diag_release(&repo_diags);
	unlink("r/hooks");
	folder_add("r/hooks", "no folder");
	history_programs("r", &repo_diags);
	assert_int_equal(repo_diags.kept.n, 0);
}

static void test_attributes(void **state)
{
	static const struct { const char *text; unsigned line; } t[] = {
		{"", 0}, {"* text=auto\n*.c diff=cpp merge=union\n", 0},
		{"# * filter=x\n", 0}, {"filter=x\n", 0},
		{"*.md diff=markdown\n*.x diff=x\n", 2},
		{"* -filter !merge\n[attr]y merge=y\n", 2},
		{"* filter=lfs diff=lfs merge=lfs -text\n", 1},
	};

	(void)state;
	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		folder_add("r/info/attributes", t[i].text);
		history_programs("r", &repo_diags);
		assert_int_equal(repo_diags.counts[RW1420], t[i].line != 0);
		if (t[i].line)
			assert_int_equal(repo_diags.kept.v[0].place.line,
					 t[i].line);
		diag_release(&repo_diags);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_kinds, setup,
						repo_teardown),
		cmocka_unit_test_setup_teardown(test_names, setup,
						repo_teardown),
		cmocka_unit_test_setup_teardown(test_no_descriptors, setup,
						repo_teardown),
		cmocka_unit_test_setup_teardown(test_form_not_known, setup,
						repo_teardown),
		cmocka_unit_test_setup_teardown(test_hooks_elsewhere, setup,
						repo_teardown),
		cmocka_unit_test_setup_teardown(test_attributes, setup,
						repo_teardown),
	};

	return cmocka_run_group_tests_name("programs", tests, NULL, NULL);
}
