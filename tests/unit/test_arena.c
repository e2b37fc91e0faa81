/* The arena: alignment, zeroed and separate pieces, sizes around a block. */
#include "unit.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"

static void test_pieces(void **state)
{
	static const size_t sizes[] = {
		0, 1, 15, 16, 17, 255, 4096, 65519, 65520, 65535, 65536,
		65537, 200000, 3, 1000000, 8,
	};
	enum { N = sizeof sizes / sizeof *sizes };
	unsigned char *p[3 * N];
	struct arena a;

	(void)state;
	arena_init(&a);
	for (size_t i = 0; i < 3 * N; i++) {
		size_t n = sizes[i % N];

		p[i] = arena_alloc(&a, n);
		assert_non_null(p[i]);
		assert_int_equal((uintptr_t)p[i] % _Alignof(max_align_t), 0);
		for (size_t k = 0; k < n; k++)
			if (p[i][k])
				fail_msg("byte %zu of %zu is set", k, n);
		memset(p[i], (int)i + 1, n);
	}
	for (size_t i = 0; i < 3 * N; i++)
		for (size_t k = 0; k < sizes[i % N]; k++)
			if (p[i][k] != i + 1)
				fail_msg("piece %zu was written over", i);
	arena_release(&a);
	assert_int_equal(a.total, 0);
	assert_non_null(arena_alloc(&a, 5)); /* usable again */
	assert_int_equal(a.total, 5);
	arena_release(&a);
	arena_release(&a);
}

/* A large piece does not waste what is left of the block in use. */
static void test_large_piece_goes_behind(void **state)
{
	struct arena a = {0};
	char *first = arena_alloc(&a, 16), *second;

	(void)state;
	arena_alloc(&a, 1000000);
	second = arena_alloc(&a, 16);
	assert_true(second > first && second - first < 65536);
	arena_release(&a);
}

static void test_texts(void **state)
{
	char text[300];
	struct arena a = {0};
	struct str s;

	(void)state;
	s = arena_dup(&a, STR("a\0B"));
	assert_str(s, "a\0B");
	assert_int_equal(s.p[s.n], 0);
	assert_str(arena_lower(&a, STR("A\0\xc3\x84Z[")), "a\0\xc3\x84z[");
	assert_string_equal(arena_cstr(&a, (struct str){NULL, 0}), "");
	assert_string_equal(arena_cstr(&a, STR("ab")), "ab");
	s = arena_fmt(&a, "%s-%03d", "x", 7);
	assert_str(s, "x-007");
	assert_int_equal(s.p[s.n], 0);
	memset(text, 'y', sizeof text);
	s = arena_fmt(&a, "%.*s", (int)sizeof text, text);
	assert_int_equal(s.n, sizeof text);
	arena_release(&a);
}

/* A size that cannot be ends the program as want of memory does, and does
 * not wrap round to a small piece. */
static void test_impossible_size(void **state)
{
	pid_t child = fork();
	int status;

	(void)state;
	if (child == 0) {
		struct arena a = {0};

		close(STDERR_FILENO);
		arena_alloc(&a, SIZE_MAX - 8);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) != 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pieces),
		cmocka_unit_test(test_large_piece_goes_behind),
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_impossible_size),
	};

	return cmocka_run_group_tests_name("arena", tests, NULL, NULL);
}
