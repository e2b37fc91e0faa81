/* What a confined process can do and cannot, as far as the kernel goes along:
 * where it offers nothing, the tests say so and prove nothing. */
#include "unit.h"

#include <fcntl.h>
#include <pthread.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/sandbox.h"
#include "folder.h"

/* The sanitizers start processes of their own, which is let pass then. */
#if defined(__SANITIZE_ADDRESS__)
#define IS_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define IS_SANITIZED 1
#endif
#endif
#ifndef IS_SANITIZED
#define IS_SANITIZED 0
#endif

struct setting {
	const char *inside, *outside, *made;
	struct sandbox_root roots[2];
};

static bool can_read(const char *path)
{
	char c;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool can = fd >= 0 && read(fd, &c, 1) == 1;

	if (fd >= 0)
		close(fd);
	return can;
}

static bool can_make(const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

static void *nothing(void *with)
{
	return with;
}

static bool can_start_thread(void)
{
	pthread_t t;

	return pthread_create(&t, NULL, nothing, NULL) == 0 &&
	       pthread_join(t, NULL) == 0;
}

enum finding { LEVEL = 3, READ_IN = 4, READ_OUT = 8, MADE = 16, THREAD = 32,
	       SOCKET = 64 };

/* What a confined child finds, as a mask. */
static int find(const struct setting *s, size_t roots)
{
	int status;
	pid_t child = fork();

	if (child == 0) {
		int found = (int)sandbox_enter(s->roots, roots);

		found |= can_read(s->inside) ? READ_IN : 0;
		found |= can_read(s->outside) ? READ_OUT : 0;
		found |= can_make(s->made) ? MADE : 0;
		found |= can_start_thread() ? THREAD : 0;
		found |= socket(AF_INET, SOCK_STREAM, 0) >= 0 ? SOCKET : 0;
		_exit(found);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static bool is_full(int found)
{
	if ((found & LEVEL) == SANDBOX_FULL)
		return true;
	print_message("# isolation here: %s\n",
		      sandbox_level_name((enum sandbox_level)(found & LEVEL)));
	return false;
}

static void test_roots_are_all_there_is(void **state)
{
	struct setting s = {
		.inside = "in/a",
		.outside = "out/b",
		.made = "in/new",
		.roots = {{"in", false}, {"absent", false}}};
	int found;

	(void)state;
	folder_add("in/", "");
	folder_add("in/a", "x");
	folder_add("out/", "");
	folder_add("out/b", "x");
	found = find(&s, 2);
	assert_true(found & THREAD);
	assert_true(found & READ_IN);
	if (is_full(found))
		assert_int_equal(found & ~LEVEL, THREAD | READ_IN);
}

static void test_without_roots(void **state)
{
	struct setting s = {
		.inside = "in/a",
		.outside = "out/b",
		.made = "in/new"};
	int found;

	(void)state;
	folder_add("in/", "");
	folder_add("in/a", "x");
	found = find(&s, 0);
	if (is_full(found))
		assert_int_equal(found & ~LEVEL, THREAD);
}

static void test_a_writable_root(void **state)
{
	struct setting s = {
		.inside = "in/a",
		.outside = "out/b",
		.made = "in/new",
		.roots = {{"in", true}}};
	int found;

	(void)state;
	folder_add("in/", "");
	folder_add("in/a", "x");
	folder_add("out/", "");
	folder_add("out/b", "x");
	found = find(&s, 1);
	assert_true(found & MADE);
	if (is_full(found))
		assert_int_equal(found & ~LEVEL, THREAD | READ_IN | MADE);
}

static void test_trials(void **state)
{
	struct sandbox_trial trials[SANDBOX_TRIALS];
	enum sandbox_level level = sandbox_try(trials);

	(void)state;
	for (size_t i = 0; i < SANDBOX_TRIALS; i++)
		if (level == SANDBOX_FULL && !trials[i].was_refused)
			print_message("# let pass: %s\n", trials[i].what);
#if !IS_SANITIZED
	for (size_t i = 0; level == SANDBOX_FULL && i < SANDBOX_TRIALS; i++)
		assert_true(trials[i].was_refused);
#endif
	assert_string_equal(sandbox_level_name(SANDBOX_PARTIAL), "partial");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_roots_are_all_there_is,
						folder_setup,
						folder_teardown),
		cmocka_unit_test_setup_teardown(test_without_roots,
						folder_setup,
						folder_teardown),
		cmocka_unit_test_setup_teardown(test_a_writable_root,
						folder_setup,
						folder_teardown),
		cmocka_unit_test(test_trials),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
