/* Components: addresses in canonical form, parts put together, names. */
#include "unit.h"

#include "model/component.h"

static struct arena arena;

static int teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

static void test_addresses(void **state)
{
	static const struct { const char *written, *want; } t[] = {
		{"https://GitHub.com/A/b.git", "https://github.com/A/b"},
		{" http://h.org/a/ ", "https://h.org/a"},
		{"git@github.com:A/b.git", "https://github.com/A/b"},
		{"ssh://git@h.org:29418/r/a", "https://h.org/r/a"},
		{"ssh://h.org:29418/r/a", "https://h.org/r/a"},
		{"git://h.org/a.git", "https://h.org/a"},
		{"git+https://h.org/a@v1#x", "https://h.org/a"},
		{"git+ssh://git@h.org/a.git", "https://h.org/a"},
		{"scm:git:https://h.org/a.git", "https://h.org/a"},
		{"scm:git:git@h.org:a/b.git", "https://h.org/a/b"},
		{"https://user:secret@h.org/a", "https://h.org/a"},
		{"//h.org/a", "https://h.org/a"},
		{"h.org/a?x=1", "https://h.org/a"},
		{"https://localhost/a", "https://localhost/a"},
		{"https://10.0.0.1:8080/a", "https://10.0.0.1/a"},
		{"https://h.org/a.git.git", "https://h.org/a"},
		{"https://h.org/a/.git", "https://h.org/a"},
		{"https://h.org/a@1.git@2", "https://h.org/a"},
		{"../clone", ""}, {"./a", ""}, {"../../a/b.git", ""},
		{"/srv/git/a.git", ""}, {"file:///srv/a", ""},
		{"a/b", ""}, {"host/a", ""}, {".org/a", ""}, {"h..org/a", ""},
		{"https://h.org", ""}, {"https://h.org/", ""},
		{"https://h.org/.git", ""}, {"https:///a", ""},
		{"https://h_.org/a", ""}, {"https://h.org/a b", ""},
		{"https://h.org/$VERSION", ""}, {"https://h.org/a\\b", ""},
		{"https://h.org/a\x1b", ""}, {"https://ho\xc3\xa9.org/a", ""},
		{"NOASSERTION", ""}, {"", ""}, {"@", ""}, {":", ""},
		{"@:", ""}, {"git@", ""}, {"https://", ""}};

	(void)state;
	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		struct str got = component_repository_url(
			str_c(t[i].written), &arena);

		if (!str_is(got, t[i].want))
			fail_msg("%s: %.*s", t[i].written, STR_ARG(got));
		/* canonical stays canonical */
		assert_true(str_eq(component_repository_url(got, &arena),
				   got));
	}
}

static void test_names(void **state)
{
	enum function f;
	enum seat_role r;

	(void)state;
	for (int i = 0; i < SEAT_ROLE_COUNT; i++) {
		assert_true(component_find_role(
			str_c(component_role_name((enum seat_role)i)), &r));
		assert_int_equal(r, i);
	}
	assert_false(component_find_role(STR("Lead"), &r));
	for (int i = 1; i < FUNCTION_COUNT; i++) {
		assert_true(component_find_function(
			str_c(component_function_name((enum function)i)),
			&f));
		assert_int_equal(f, i);
	}
	assert_true(component_find_function(STR("NEAR-RT ric"), &f));
	assert_int_equal(f, FUNCTION_NEAR_RT_RIC);
	assert_false(component_find_function(STR(""), &f));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_addresses),
		cmocka_unit_test(test_names),
	};

	return cmocka_run_group_tests_name("component", tests, NULL,
					   teardown);
}
