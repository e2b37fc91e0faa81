/* Policies that build on others, and parameters. */
#include "unit.h"

#include "assess/policy.h"
#include "base/map.h"

#define HEAD(name) "policy: 1\nname: " name "\ntitle: T\n" \
	"text: {title: T, date: 2020, source: none, status: own}\n"
#define BODY "concern: {jurisdictions: [CN], rungs: [state]}\n" \
	"weights: {axes: {commits: 1}}\n"
#define RULE(id, limit) "  - {id: " id ", title: T, clause: C, " \
	"confirmed: true, kind: exposure, limit: \"" limit "\", " \
	"severity: high}\n"

static struct diags diags;
static struct policy policy;

static int teardown(void **state)
{
	(void)state;
	policy_release(&policy);
	policy = (struct policy){0};
	diag_release(&diags);
	return 0;
}

struct file { const char *name, *text; };

/* The policies that there are; the last is parsed. */
static enum err load(void *with, struct str name, struct str from,
		     struct str *ret_bytes, struct str *ret_path)
{
	const struct file *files = with;

	(void)from;
	for (size_t i = 0; files[i].name; i++)
		if (str_is(name, files[i].name)) {
			*ret_bytes = str_c(files[i].text);
			*ret_path = str_c(files[i].name);
			return OK;
		}
	return ERR_CONFIG;
}

static enum err parse(const struct file *files, const char *name)
{
	struct policy_source source = {load, (void *)(uintptr_t)files};
	struct str bytes, path;

	assert_int_equal(load((void *)(uintptr_t)files, str_c(name),
			      STR(""), &bytes, &path), OK);
	return policy_parse_with(bytes, path, &source, &diags, &policy);
}

static void test_keys_and_rules_are_laid_over(void **state)
{
	static const struct file files[] = {
		{"a", HEAD("a") BODY "component-limit: 7%\nrules:\n"
		 RULE("R-1", "1%") RULE("R-2", "2%")},
		{"b", HEAD("b") "extends: a\nscopes: [test]\nrules:\n"
		 RULE("R-3", "3%") RULE("R-1", "9%")},
		{NULL, NULL}};

	(void)state;
	assert_int_equal(parse(files, "b"), OK);
	assert_int_equal(diags.kept.n, 0);
	assert_str(policy.name, "b");
	assert_int_equal(policy.component_limit_bp, 700);
	assert_int_equal(policy.scopes, 1u << SCOPE_TEST);
	assert_int_equal(policy.rules.n, 3);
	assert_str(policy.rules.v[0].id, "R-1");
	assert_int_equal(policy.rules.v[0].limit_bp, 900);
	assert_int_equal(policy.rules.v[1].limit_bp, 200);
	assert_str(policy.rules.v[2].id, "R-3");
}

static void test_parameters(void **state)
{
	static const struct file files[] = {
		{"a", HEAD("a") BODY "parameters: {most: 4%, n: 1}\nrules:\n"
		 RULE("R-1", "${most}")},
		{"b", HEAD("b") "extends: a\nparameters: {most: 6%}\n"},
		{"c", HEAD("c") "extends: b\nparameters: {most: high}\n"},
		{NULL, NULL}};

	(void)state;
	assert_int_equal(parse(files, "a"), OK);
	assert_int_equal(policy.rules.v[0].limit_bp, 400);
	teardown(state);
	assert_int_equal(parse(files, "b"), OK);
	assert_int_equal(policy.rules.v[0].limit_bp, 600);
	teardown(state);
	/* the fault is where the parameter gets its value */
	assert_int_equal(parse(files, "c"), ERR_CONFIG);
	assert_str(diags.kept.v[0].place.path, "c");
	assert_int_equal(diags.kept.v[0].place.line, 6);
}

static void test_the_hash_is_of_all(void **state)
{
	struct file files[] = {
		{"a", HEAD("a") BODY "rules:\n" RULE("R-1", "1%")},
		{"b", HEAD("b") "extends: a\n"}, {NULL, NULL}};
	struct arena a = {0};
	struct str before;

	(void)state;
	assert_int_equal(parse(files, "b"), OK);
	before = arena_dup(&a, policy.sha256);
	teardown(state);
	files[0].text = HEAD("a") BODY "rules:\n" RULE("R-1", "2%");
	assert_int_equal(parse(files, "b"), OK);
	assert_false(str_eq(before, policy.sha256));
	arena_release(&a);
}

static void refuses(const struct file *files, const char *name,
		    const char *path, unsigned line, const char *says)
{
	const struct diag *d;

	assert_int_equal(parse(files, name), ERR_CONFIG);
	d = &diags.kept.v[diags.kept.n - 1];
	if (!str_is(d->place.path, path) || d->place.line != line ||
	    str_find(d->message, str_c(says)) == SIZE_MAX)
		fail_msg("%.*s:%u: %.*s", STR_ARG(d->place.path),
			 d->place.line, STR_ARG(d->message));
	assert_int_equal(d->code, RW1601);
	diag_release(&diags);
}

static void test_circles(void **state)
{
	static const struct file files[] = {
		{"a", HEAD("a") "extends: b\n"},
		{"b", HEAD("b") "extends: a\n"},
		{"c", HEAD("c") "extends: c\n"},
		{"d", HEAD("d") "extends: a\n"}, {NULL, NULL}};

	(void)state;
	refuses(files, "a", "b", 5, "in a circle");
	refuses(files, "c", "c", 5, "in a circle");
	refuses(files, "d", "b", 5, "in a circle");
}

static void test_too_many(void **state)
{
	static const struct file files[] = {
		{"1", HEAD("n") "extends: 2\n"},
		{"2", HEAD("n") "extends: 3\n"},
		{"3", HEAD("n") "extends: 4\n"},
		{"4", HEAD("n") "extends: 5\n"},
		{"5", HEAD("n") "extends: 6\n"},
		{"6", HEAD("n") "extends: 7\n"},
		{"7", HEAD("n") "extends: 8\n"},
		{"8", HEAD("n") "extends: 9\n"},
		{"9", HEAD("n")}, {NULL, NULL}};

	(void)state;
	refuses(files, "1", "8", 5, "more than 8");
}

static void test_other_faults(void **state)
{
	static const struct file files[] = {
		{"a", HEAD("a") BODY "rules:\n" RULE("R-1", "1%")
		 "colour: red\n"},
		{"b", HEAD("b") "extends: a\n"},
		{"c", HEAD("c") "extends: none\n"},
		{"d", HEAD("d") BODY "rules:\n" RULE("R-1", "${gone}")},
		{"e", HEAD("e") "extends: [a]\n"},
		{"f", HEAD("f") BODY "parameters: {x: [1]}\nrules:\n"
		 RULE("R-1", "1%")},
		{"g", HEAD("g") BODY "parameters: 3\nrules:\n"
		 RULE("R-1", "1%")},
		{NULL, NULL}};

	(void)state;
	refuses(files, "b", "a", 9, "unknown key 'colour'");
	refuses(files, "c", "c", 5, "cannot be read");
	refuses(files, "e", "e", 5, "not a policy to extend");
	refuses(files, "f", "f", 7, "one value");
	refuses(files, "g", "g", 7, "a mapping of names");
	assert_int_equal(parse(files, "d"), ERR_CONFIG);
	assert_int_equal(diags.kept.v[0].place.line, 8);
}

static void test_without_a_source(void **state)
{
	(void)state;
	assert_int_equal(policy_parse(STR(HEAD("a") "extends: b\n"),
				      STR("a"), &diags, &policy),
			 ERR_CONFIG);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_teardown(name, teardown)
		TEST(test_keys_and_rules_are_laid_over),
		TEST(test_parameters),
		TEST(test_the_hash_is_of_all),
		TEST(test_circles),
		TEST(test_too_many),
		TEST(test_other_faults),
		TEST(test_without_a_source),
	};

	return cmocka_run_group_tests_name("extend", tests, NULL, NULL);
}
