/* .mailmap files: whose address is joined to which. */
#include "unit.h"

#include "history/mailmap.h"

static struct mailmap map;

static int teardown(void **state)
{
	(void)state;
	mailmap_release(&map);
	map = (struct mailmap){0};
	return 0;
}

/* What an address is joined to; "" = it stays. */
static struct str to(const char *name, const char *address)
{
	const struct mailmap_row *row = mailmap_find(&map, str_c(name),
						     str_c(address));

	return row ? row->to : STR("");
}

static void test_four_forms(void **state)
{
	(void)state;
	mailmap_parse(&map, STR("Only Name <name@a.test>\n"
				"<new@b.test> <old@a.test>\n"
				"Name <new@c.test> <OLD@c.test>  # why\r\n"
				"N <new@d.test> Old Name <old@a.test>"));
	assert_int_equal(map.rows.n, 3);
	assert_str(to("N", "name@a.test"), "");
	assert_str(to("N", "old@a.test"), "new@b.test");
	assert_str(to("N", "Old@C.test"), "new@c.test");
	assert_str(to("OLD name", "OLD@a.test"), "new@d.test");
	/* blanks count before a name in a commit, not behind it */
	assert_str(to("Old Name \t", "old@a.test"), "new@d.test");
	assert_str(to(" Old Name", "old@a.test"), "new@b.test");
	assert_str(to("", "old@a.test"), "new@b.test");
}

static void test_the_last_holds(void **state)
{
	(void)state;
	mailmap_parse(&map, STR("<one@b.test> <a@a.test>\n"
				"<two@b.test> <A@A.test>\n"
				"A <a@a.test>\n"
				"<x@b.test> N <a@a.test>\n"
				"<y@b.test> n <a@a.test>\n"));
	assert_str(to("", "a@a.test"), "two@b.test");
	assert_str(to("N", "a@a.test"), "y@b.test");
}

static void test_odd_lines(void **state)
{
	static const char *const none[] = {
		"", "\n\n", "#<x@x> <a@a>", "<x@x", "<x@x> <a@a", "<> <a@a>",
		">x@x< <a@a>", "x@x a@a", "<x@x>\n<a@a>", "<x@x> N",
		"N <a@a> <", "#\n#", "<<<<<<", "><><><"};
	static const char *const some[] = {
		" # <x@x> <a@a>", "<x@x><a@a>", "> <<x@x> <a@a>",
		"<x@x> <a@a> <b@b>", "\v <x@x>\t<a@a>", "\r<x@x> <a@a>\r"};

	(void)state;
	for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
		mailmap_parse(&map, str_c(none[i]));
		if (to("", "a@a").n)
			fail_msg("read: %s", none[i]);
		teardown(NULL);
	}
	for (size_t i = 0; i < sizeof some / sizeof *some; i++) {
		mailmap_parse(&map, str_c(some[i]));
		if (!map.rows.n || !to("", "a@a").n)
			fail_msg("not read: %s", some[i]);
		teardown(NULL);
	}
}

static void test_bytes(void **state)
{
	struct str nul = STR("<x@x> <a@a>\n<y@y>\0 <b@b>\n<z@z> <c@c>\n");

	(void)state;
	mailmap_parse(&map, nul);
	assert_str(to("", "a@a"), "x@x");
	assert_str(to("", "b@b"), "");
	assert_str(to("", "c@c"), ""); /* git stops at the NUL */
	mailmap_parse(&map, STR("<\xff@x> <\xc3\xa4@a>\n<> <>\n<e@e> <>\n"));
	assert_str(to("", "\xc3\xa4@a"), "\xff@x");
	assert_str(to("", "\xc3\x84@a"), ""); /* letters of ASCII only */
	assert_str(to("", ""), "e@e");
	/* an address with a name in it is not one of the name */
	assert_null(mailmap_find(&map, STR(""), STR("a@a\0n")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_four_forms, teardown),
		cmocka_unit_test_teardown(test_the_last_holds, teardown),
		cmocka_unit_test_teardown(test_odd_lines, teardown),
		cmocka_unit_test_teardown(test_bytes, teardown)};

	return cmocka_run_group_tests_name("mailmap", tests, NULL, NULL);
}
