/* Picking components by package URL, repository and place. */
#include "unit.h"

#include "model/selector.h"

static struct arena arena;

static int teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

static struct component component(const char *purl, const char *repository)
{
	return (struct component){
		.name = STR("n"), .purl = str_c(purl),
		.provenance.repository = str_c(repository)};
}

static bool picks_purl(const char *wanted, const char *purl)
{
	struct selector s = {.purl = selector_purl(str_c(wanted), &arena)};
	struct component c = component(purl, "");

	return selector_picks(&s, &c);
}

static void test_purl(void **state)
{
	(void)state;
	assert_true(picks_purl("pkg:npm/a", "pkg:npm/a"));
	assert_true(picks_purl("pkg:npm/a", "pkg:npm/a@1"));
	assert_true(picks_purl("pkg:npm/a", "pkg:npm/a?arch=x"));
	assert_true(picks_purl("pkg:npm/a@1", "pkg:npm/a@1?arch=x#s"));
	assert_true(picks_purl("PKG:NPM/a@1?b=c#d", "pkg:npm/a@1"));
	assert_true(picks_purl("pkg:npm/%40s/a", "pkg:npm/%40s/a@2"));
	assert_false(picks_purl("pkg:npm/a", "pkg:npm/ab"));
	assert_false(picks_purl("pkg:npm/a", "pkg:npm/a/b"));
	assert_false(picks_purl("pkg:npm/a@1", "pkg:npm/a@1.2"));
	assert_false(picks_purl("pkg:npm/a@1", "pkg:npm/a"));
	assert_false(picks_purl("pkg:npm/a", ""));
}

static void test_what_is_no_purl(void **state)
{
	(void)state;
	assert_str(selector_purl(STR("npm/a"), &arena), "");
	assert_str(selector_purl(STR(""), &arena), "");
	assert_true(selector_is_empty(&(struct selector){0}));
}

static void test_nothing_picks_nothing(void **state)
{
	struct component c = component("pkg:npm/a", "https://x.example/y");

	(void)state;
	assert_false(selector_picks(&(struct selector){0}, &c));
}

static void test_repository(void **state)
{
	struct selector s = {.repository = STR("https://github.com/A/b")};
	struct component c = component("", "https://github.com/a/B");

	(void)state;
	assert_true(selector_picks(&s, &c));
	c = component("", "https://github.com/a/bc");
	assert_false(selector_picks(&s, &c));
}

static void test_all_that_is_given_must_fit(void **state)
{
	struct selector s = {.purl = STR("pkg:npm/a"),
			     .path = STR("web/*")};
	struct component c = component("pkg:npm/a@1", "");

	(void)state;
	assert_false(selector_picks(&s, &c));
	component_add_evidence(&c, (struct evidence){STR("x/y"), 1});
	assert_false(selector_picks(&s, &c));
	component_add_evidence(&c, (struct evidence){STR("web/p"), 1});
	assert_true(selector_picks(&s, &c));
	s.purl = STR("pkg:npm/b");
	assert_false(selector_picks(&s, &c));
	vec_release(&c.evidence);
}

static void test_identity(void **state)
{
	(void)state;
	assert_str(selector_identity(STR("pkg:npm/%40a/b@1?c=d#e"),
				     STR("https://r"), STR("n")),
		   "pkg:npm/%40a/b");
	assert_str(selector_identity(STR(""), STR("https://r"), STR("n")),
		   "https://r");
	assert_str(selector_identity(STR(""), STR(""), STR("n")), "n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_purl, teardown),
		cmocka_unit_test_teardown(test_what_is_no_purl, teardown),
		cmocka_unit_test(test_nothing_picks_nothing),
		cmocka_unit_test(test_repository),
		cmocka_unit_test(test_all_that_is_given_must_fit),
		cmocka_unit_test(test_identity),
	};

	return cmocka_run_group_tests_name("selector", tests, NULL, NULL);
}
