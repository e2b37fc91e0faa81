/* Whom was asked in vain, in order and in words. */
#include "unit.h"

#include "model/inquiry.h"

#define TEXT(s) {s, sizeof s - 1}

static const struct inquiry rows[] = {
	{INQUIRY_NAME, TEXT("Acme Inc"), TEXT("wikidata"), 1, true},
	{INQUIRY_HOST, TEXT("acme.example"), TEXT("rdap"), 0, false},
	{INQUIRY_NAME, TEXT("Acme Inc"), TEXT("gleif-api"), 0, true},
	{INQUIRY_NAME, TEXT("Acme Inc"), TEXT("gleif-api"), 0, true},
	{INQUIRY_NAME, TEXT("acme.example"), TEXT("wikidata"), 0,
	 false}};

static struct inquiries all;
static struct strbuf text;

static int setup(void **state)
{
	(void)state;
	strbuf_init(&text, 0);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		vec_push(&all.list, rows[i]);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	strbuf_release(&text);
	vec_release(&all.list);
	return 0;
}

static void test_sorted_and_each_once(void **state)
{
	(void)state;
	assert_false(inquiry_is_sorted(&all));
	inquiry_sort(&all);
	assert_true(inquiry_is_sorted(&all));
	assert_int_equal(all.list.n, 4);
	assert_str(all.list.v[0].of, "acme.example");
	assert_str(all.list.v[1].feed, "gleif-api");
	all.list.v[1] = all.list.v[2];
	assert_false(inquiry_is_sorted(&all));
}

static void test_in_words(void **state)
{
	(void)state;
	inquiry_sort(&all);
	inquiry_words(&all, STR("Acme Inc"), STR("Acme Inc"), &text);
	assert_str(strbuf_str(&text),
		   "gleif-api was asked (1970-01-01) and does not settle it; "
		   "wikidata was asked (1970-01-02) and does not settle it");
}

static void test_hosts_above(void **state)
{
	(void)state;
	inquiry_sort(&all);
	inquiry_words(&all, STR("a.mail.acme.example"), STR("acme.example"),
		      &text);
	assert_str(strbuf_str(&text),
		   "rdap was asked (1970-01-01) and does not know it; "
		   "wikidata was asked (1970-01-01) and does not know it");
}

static void test_nobody_was_asked(void **state)
{
	struct inquiries none = {0};

	(void)state;
	inquiry_words(&none, STR("a.example"), STR("a.example"), &text);
	inquiry_sort(&all);
	inquiry_words(&all, STR("cme.example"), STR("Acme"), &text);
	inquiry_words(&all, STR(""), STR(""), &text);
	inquiry_words(&all, STR("..example."), STR("Acme Inc."), &text);
	assert_int_equal(text.n, 0);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_sorted_and_each_once), TEST(test_in_words),
		TEST(test_hosts_above), TEST(test_nobody_was_asked)};

	return cmocka_run_group_tests_name("inquiry", tests, NULL, NULL);
}
