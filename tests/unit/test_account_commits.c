/* Ids of commits: which are taken, found, and what all of them are. */
#include "unit.h"

#include "model/account_commits.h"

#define ONE "00000000000000000000000000000000000000fF"
#define TWO "ff00000000000000000000000000000000000000"

static struct strbuf digest_of(const struct account_commits *c)
{
	struct strbuf b;

	strbuf_init(&b, 0);
	account_commits_digest(c, &b);
	return b;
}

static void test_found(void **state)
{
	static const unsigned char one[ACCOUNT_COMMITS_ID] = {[19] = 0xff};
	static const unsigned char none[ACCOUNT_COMMITS_ID] = {[18] = 0xff};
	struct account_commits c = {0};

	(void)state;
	assert_false(account_commits_has(&c, one));
	account_commits_add(&c, STR(TWO));
	account_commits_add(&c, STR(ONE));
	account_commits_add(&c, STR(TWO));
	account_commits_sort(&c);
	assert_int_equal(c.list.n, 2);
	assert_true(account_commits_has(&c, one));
	assert_false(account_commits_has(&c, none));
	account_commits_release(&c);
}

static void test_what_is_no_id(void **state)
{
	static const char *const odd[] = {
		"", "ff", ONE "0", "0000000000000000000000000000000000000 ff",
		"g000000000000000000000000000000000000000",
		ONE ONE, "000000000000000000000000000000000000000"};
	struct account_commits c = {0};

	(void)state;
	for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
		account_commits_add(&c, str_c(odd[i]));
	assert_int_equal(c.list.n, 0);
	account_commits_sort(&c);
	account_commits_release(&c);
}

static void test_the_same_in_any_order(void **state)
{
	struct account_commits a = {0}, b = {0}, less = {0};
	struct strbuf of_a, of_b, of_less;

	(void)state;
	account_commits_add(&a, STR(ONE));
	account_commits_add(&a, STR(TWO));
	account_commits_add(&b, STR(TWO));
	account_commits_add(&b, STR(ONE));
	account_commits_add(&b, STR(ONE));
	account_commits_sort(&a);
	account_commits_sort(&b);
	of_a = digest_of(&a);
	of_b = digest_of(&b);
	of_less = digest_of(&less);
	assert_int_equal(of_a.n, 64);
	assert_true(str_eq(strbuf_str(&of_a), strbuf_str(&of_b)));
	assert_false(str_eq(strbuf_str(&of_a), strbuf_str(&of_less)));
	strbuf_release(&of_a);
	strbuf_release(&of_b);
	strbuf_release(&of_less);
	account_commits_release(&a);
	account_commits_release(&b);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_found),
		cmocka_unit_test(test_what_is_no_id),
		cmocka_unit_test(test_the_same_in_any_order)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
