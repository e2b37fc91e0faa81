/* The policies that come with the program: each is sound, its rules stand in
 * policies/README.md, and the lists it names are among the bundled facts. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

#include "assess/policy.h"
#include "base/map.h"
#include "store/bundle.h"
#include "store/facts_store.h"

static struct str text_of(const struct bundle_file *f)
{
	return str_n((const char *)f->data, f->size);
}

/* Calls `with` for each policy, which must be sound. */
static void for_each(void (*with)(const struct policy *p, void *to),
		     void *to)
{
	const struct bundle_file *f;
	size_t n = bundle_list("policies/", &f);

	assert_true(n >= 3);
	for (size_t i = 0; i < n; i++) {
		struct diags ds = {0};
		struct policy p;

		if (policy_parse(text_of(&f[i]), str_c(f[i].path), &ds, &p))
			fail_msg("%s:%u:%u: %.*s", f[i].path,
				 ds.kept.v[0].place.line,
				 ds.kept.v[0].place.column,
				 STR_ARG(ds.kept.v[0].message));
		assert_int_equal(ds.kept.n, 0);
		with(&p, to);
		policy_release(&p);
		diag_release(&ds);
	}
}

static void is_named_like_its_file(const struct policy *p, void *to)
{
	struct arena *a = to;

	assert_true(str_eq(p->path, arena_fmt(a, "policies/%.*s.yaml",
					      STR_ARG(p->name))));
}

static void test_all_are_sound(void **state)
{
	struct arena a = {0};

	(void)state;
	for_each(is_named_like_its_file, &a);
	arena_release(&a);
}

struct ids {
	struct map seen;
	struct arena arena;
};

static void has_ids_of_its_own(const struct policy *p, void *to)
{
	struct ids *ids = to;

	for (size_t i = 0; i < p->rules.n; i++) {
		struct str id = arena_dup(&ids->arena, p->rules.v[i].id);
		bool is_new;

		map_put(&ids->seen, id, i, &is_new);
		if (!is_new)
			fail_msg("%.*s is in two policies", STR_ARG(id));
	}
}

static void test_ids_are_unique(void **state)
{
	struct ids ids = {0};

	(void)state;
	for_each(has_ids_of_its_own, &ids);
	map_release(&ids.seen);
	arena_release(&ids.arena);
}

static struct str read_readme(struct arena *a)
{
	struct str path = arena_fmt(a, "%s/policies/README.md",
				    getenv("SRCDIR"));
	FILE *in = fopen(path.p, "rb");
	struct strbuf b;
	struct str text;
	int c;

	assert_non_null(in);
	strbuf_init(&b, 0);
	while ((c = getc(in)) != EOF)
		strbuf_ch(&b, (char)c);
	fclose(in);
	text = arena_dup(a, strbuf_str(&b));
	strbuf_release(&b);
	return text;
}

static void is_explained(const struct policy *p, void *to)
{
	struct arena a = {0};
	struct str row, section = arena_fmt(&a, "\n## %.*s: ",
					    STR_ARG(p->name));

	if (str_find(*(struct str *)to, section) == SIZE_MAX)
		fail_msg("no section on %.*s", STR_ARG(p->name));
	for (size_t i = 0; i < p->rules.n; i++) {
		row = arena_fmt(&a, "\n| %.*s | ",
				STR_ARG(p->rules.v[i].id));
		if (str_find(*(struct str *)to, row) == SIZE_MAX)
			fail_msg("no row for %.*s",
				 STR_ARG(p->rules.v[i].id));
	}
	arena_release(&a);
}

static void test_rules_stand_in_the_readme(void **state)
{
	struct arena a = {0};
	struct str text;

	(void)state;
	if (!getenv("SRCDIR"))
		skip();
	text = read_readme(&a);
	for_each(is_explained, &text);
	arena_release(&a);
}

static bool is_list(const struct facts *f, struct str id)
{
	for (size_t i = 0; i < f->rows.n; i++)
		if (f->rows.v[i].kind == FACT_LIST &&
		    str_eq(f->rows.v[i].subject, id))
			return true;
	return false;
}

static void names_known_lists(const struct policy *p, void *to)
{
	for (size_t i = 0; i < p->concern.lists_n; i++)
		if (!is_list(to, p->concern.lists[i]))
			fail_msg("%.*s names %.*s", STR_ARG(p->name),
				 STR_ARG(p->concern.lists[i]));
}

static void test_lists_are_known(void **state)
{
	struct facts f = {0};
	struct diags ds = {0};

	(void)state;
	assert_int_equal(facts_store_load(&f, &ds), OK);
	facts_store_index(&f, &ds);
	for_each(names_known_lists, &f);
	facts_store_release(&f);
	diag_release(&ds);
}

/* A measure that no rulebook was read to ask for says whose idea it is. */
static void claims_no_more_than_was_read(const struct policy *p, void *to)
{
	(void)to;
	for (size_t i = 0; i < p->rules.n; i++) {
		const struct policy_rule *r = &p->rules.v[i];

		if (!r->is_confirmed && r->has_axis && r->note.n == 0)
			fail_msg("%.*s lacks a note", STR_ARG(r->id));
	}
}

static void test_own_readings_say_so(void **state)
{
	(void)state;
	for_each(claims_no_more_than_was_read, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_all_are_sound),
		cmocka_unit_test(test_ids_are_unique),
		cmocka_unit_test(test_rules_stand_in_the_readme),
		cmocka_unit_test(test_lists_are_known),
		cmocka_unit_test(test_own_readings_say_so),
	};

	return cmocka_run_group_tests_name("policies", tests, NULL, NULL);
}
