/* Two processes and their pipes: what breaks half-way leaves neither of them
 * waiting for the other. */
#include "unit.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/peer.h"

#define MOST_SECONDS 20 /* then it hangs */

static void begin(struct peer *p)
{
	signal(SIGPIPE, SIG_IGN);
	assert_true(peer_fork(p));
	alarm(MOST_SECONDS); /* of a fork: in both */
}

static int end(struct peer *p)
{
	int status = peer_end(p);

	alarm(0);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

/* The child: answers each number by the next one. */
static int count(struct peer *p)
{
	uint32_t n;

	while (peer_get(p, &n, sizeof n)) {
		n++;
		if (!peer_put(p, &n, sizeof n))
			return 1;
	}
	return p->to == -1 && p->from == -1 ? 7 : 1;
}

static void both_sides_talk(void **state)
{
	struct peer p;
	uint32_t n = 0;

	(void)state;
	begin(&p);
	if (p.pid == 0)
		_exit(count(&p));
	for (uint32_t i = 1; i < 4; i++) {
		assert_true(peer_put(&p, &n, sizeof n));
		assert_true(peer_get(&p, &n, sizeof n));
		assert_int_equal(n, i);
	}
	assert_int_equal(end(&p), 7);
}

static void texts_have_a_limit(void **state)
{
	struct arena a = {0};
	struct str text;
	struct peer p;

	(void)state;
	begin(&p);
	if (p.pid == 0)
		_exit(!peer_put(&p, "abcdef", 6) || peer_get(&p, &text, 1));
	assert_true(peer_get_text(&p, 3, 3, &a, &text));
	assert_str(text, "abc");
	assert_int_equal(text.p[3], '\0');
	assert_false(peer_get_text(&p, 4, 3, &a, &text));
	/* what follows cannot be told from what was too long */
	assert_false(peer_get(&p, &text, 1));
	assert_int_equal(end(&p), 0);
	arena_release(&a);
}

/* What is put fails in one of the two, while the other one waits for the
 * rest of it, which never comes. */
static void a_half_message_ends_the_talk(void **state)
{
	struct peer p;
	uint32_t n = 0;
	int to;

	(void)state;
	begin(&p);
	if (p.pid == 0)
		_exit(count(&p));
	assert_true(peer_put(&p, &n, 2));
	to = p.to;
	p.to = STDIN_FILENO; /* a write that fails */
	close(STDIN_FILENO);
	assert_false(peer_put(&p, &n, 2));
	assert_int_equal(p.from, -1);
	close(to);
	assert_false(peer_put(&p, &n, sizeof n));
	assert_false(peer_get(&p, &n, sizeof n));
	assert_int_equal(end(&p), 7);
}

static void a_child_that_is_gone_is_not_waited_for(void **state)
{
	struct peer p;
	char bytes[1 << 17] = {0}; /* more than a pipe holds */

	(void)state;
	begin(&p);
	if (p.pid == 0)
		_exit(5);
	assert_false(peer_get(&p, bytes, 1));
	assert_false(peer_put(&p, bytes, sizeof bytes));
	assert_int_equal(end(&p), 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(both_sides_talk),
		cmocka_unit_test(texts_have_a_limit),
		cmocka_unit_test(a_child_that_is_gone_is_not_waited_for),
		cmocka_unit_test(a_half_message_ends_the_talk),
	};

	return cmocka_run_group_tests_name("peer", tests, NULL, NULL);
}
