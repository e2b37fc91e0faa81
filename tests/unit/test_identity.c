/* Which addresses are one person's: sign-offs, accounts of forges, mailmaps;
 * never a name. */
#include "unit.h"

#include "history/identity.h"
#include "history/signers.h"

static struct addresses as;
static struct mailmap map;
static struct identities ids;
static struct record_lists lists;

static int teardown(void **state)
{
	(void)state;
	address_release(&as);
	as = (struct addresses){0};
	mailmap_release(&map);
	map = (struct mailmap){0};
	identity_release(&ids);
	ids = (struct identities){0};
	record_lists_release(&lists);
	lists = (struct record_lists){0};
	return 0;
}

static void note(const char *const *addresses, size_t n)
{
	for (size_t i = 0; i < n; i++)
		(void)address_note(&as, str_c(addresses[i]));
}

static uint32_t who(const char *address)
{
	uint64_t hash = address_note(&as, str_c(address));

	return identity_of(&ids, &as.list.v[address_find(&as, hash)]);
}

static bool is_one(const char *a, const char *b)
{
	return who(a) != IDENTITY_NONE && who(a) == who(b);
}

static const char *const known[] = {
	"12+ann@users.noreply.github.com", "12+Bob@Users.noreply.github.com",
	"13+ann@users.noreply.github.com", "ann@users.noreply.github.com",
	"12-ann@users.noreply.github.com", "12-ann@users.noreply.gitlab.com",
	"12-bob@users.noreply.gitlab.com", "12+ann@noreply.example",
	"a@one.test", "A@One.test", "b@two.test", "c@three.test", "", "d@d.t"};

static void join(const char *text)
{
	note(known, sizeof known / sizeof *known);
	mailmap_parse(&map, str_c(text));
	identity_join(&ids, &as, &map);
}

static void test_accounts(void **state)
{
	(void)state;
	join("");
	assert_true(is_one(known[0], known[1]));
	assert_false(is_one(known[0], known[2]));
	assert_int_equal(who(known[3]), IDENTITY_NONE); /* a login alone */
	assert_int_equal(who(known[4]), IDENTITY_NONE); /* a login "12-ann" */
	assert_true(is_one(known[5], known[6]));
	assert_false(is_one(known[0], known[5])); /* another forge */
	assert_int_equal(who(known[7]), IDENTITY_NONE);
	assert_int_equal(who("a@one.test"), IDENTITY_NONE);
	assert_int_equal(address_account(STR("@users.noreply.github.com")), 0);
	assert_int_equal(address_account(STR("12")), 0);
}

static void test_mailmap_joins(void **state)
{
	(void)state;
	join("Ann <b@two.test> <a@one.test>\n"
	     "<c@three.test> <12+ann@users.noreply.github.com>\n");
	assert_true(is_one("a@one.test", "b@two.test"));
	assert_true(is_one("A@One.test", "b@two.test"));
	assert_true(is_one("c@three.test", known[1])); /* the other login */
	assert_false(is_one("b@two.test", "c@three.test"));
	assert_int_equal(who("d@d.t"), IDENTITY_NONE);
}

static void test_the_last_row_holds(void **state)
{
	(void)state;
	join("<b@two.test> <a@one.test>\n<c@three.test> <a@one.test>\n");
	assert_true(is_one("a@one.test", "c@three.test"));
	assert_false(is_one("a@one.test", "b@two.test"));
}

/* Names are not compared over commits, nor with a file. */
static void test_rows_for_names_join_nothing(void **state)
{
	(void)state;
	join("Ann <b@two.test> Ann <a@one.test>\n"
	     "Cid <c@three.test> <a@one.test>\n"
	     "<a@one.test> <d@d.t>\n"
	     "Nobody <c@three.test> <>\n");
	assert_false(is_one("a@one.test", "b@two.test"));
	assert_false(is_one("a@one.test", "c@three.test"));
	assert_false(is_one("a@one.test", "d@d.t"));
	assert_false(is_one("", "c@three.test"));
}

static bool signs(const char *name, const char *address, const char *value)
{
	const struct commit_text text = {.name = str_c(name),
					 .address = str_c(address)};

	return signers_is_own(str_c(value), &text);
}

static void test_sign_offs(void **state)
{
	(void)state;
	assert_true(signs("Ann ", "a@one.test", " Ann <a@two.test>"));
	assert_true(signs("Ann", "a", "Ann <a@two.test>\r"));
	assert_false(signs("Ann", "a@one.test", "ann <a@two.test>"));
	assert_false(signs("Ann", "a@one.test", "Anna <a@two.test>"));
	assert_false(signs("Ann", "a@one.test", "Ann B <a@two.test>"));
	assert_false(signs("Ann", "a@one.test", "Ann <b@ONE.test>"));
	assert_false(signs("Ann", "a@one.test", "Ann <two.test>"));
	assert_false(signs("Ann", "a@one.test", "Ann <a@>"));
	assert_false(signs("Ann", "a@one.test", "Ann"));
	assert_false(signs("", "a@one.test", " <a@two.test>"));
	assert_false(signs(" ", "a@one.test", ""));
	signers_add(STR("Ann <A@Two.test>"), &as, &lists);
	assert_int_equal(lists.signers.n, 1);
	assert_str(as.list.v[address_find(&as, lists.signers.v[0])].host,
		   "two.test");
}

int main(void)
{
#define T(name) cmocka_unit_test_teardown(name, teardown)
	const struct CMUnitTest tests[] = {
		T(test_accounts), T(test_mailmap_joins),
		T(test_the_last_row_holds),
		T(test_rows_for_names_join_nothing), T(test_sign_offs),
	};

	return cmocka_run_group_tests_name("identity", tests, NULL, NULL);
}
