/* What a target leaves open, written and read back. */
#include "unit.h"

#include "cli/wants.h"
#include "store/facts_store.h"

static void test_there_and_back(void **state)
{
	struct feed_wants w = {0}, back;
	struct strbuf b = {0};

	(void)state;
	vec_push(&w.packages, ((struct feed_want){STR("pkg:npm/x"),
						  STR("1")}));
	vec_push(&w.packages, ((struct feed_want){STR("pkg:npm/y"),
						  STR("")}));
	vec_push(&w.names, STR("A Name, Ltd."));
	vec_push(&w.names, STR("with\ta tab"));
	vec_push(&w.names, STR("with\nhost\tevil\t"));
	vec_push(&w.hosts, STR("h.example"));
	vec_push(&w.repositories, STR("https://h.example/r"));
	wants_write(&w, &b);
	assert_int_equal(wants_read(strbuf_str(&b), &back), OK);
	assert_int_equal(back.packages.n, 2);
	assert_str(back.packages.v[0].version, "1");
	assert_str(back.packages.v[1].version, "");
	assert_int_equal(back.names.n, 1);
	assert_str(back.names.v[0], "A Name, Ltd.");
	assert_int_equal(back.hosts.n, 1);
	assert_int_equal(back.repositories.n, 1);
	wants_release(&w);
	wants_release(&back);
	strbuf_release(&b);
}

static void test_nonsense(void **state)
{
	static const char *const bad[] = {"x", "package", "package\tx",
		"odd\tx\t", "name\tx\ty\tz\n", "name\t\x01\t\n"};
	struct feed_wants w;

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		if (wants_read(str_c(bad[i]), &w) != ERR_FORMAT)
			fail_msg("%s", bad[i]);
		wants_release(&w);
	}
	assert_int_equal(wants_read(STR(""), &w), OK);
	wants_release(&w);
}

static void test_collect(void **state)
{
	struct facts f = {0};
	struct scan s = {.facts = &f};
	struct feed_wants w;
	size_t i;

	(void)state;
	facts_store_index(&f, &s.diags);
	for (i = 0; i < 3; i++) {
		struct component *c;

		component_add(&s.parts, STR("c"), STR("t"),
			      (struct evidence){STR("f"), 1});
		c = &s.parts.components.v[i];
		c->purl = i ? STR("pkg:npm/x@1") : STR("pkg:npm/a@2");
		c->supplier = STR("Supplier");
	}
	s.parts.components.v[0].provenance = (struct provenance){
		.kind = PROVENANCE_REPOSITORY,
		.repository = STR("https://h/r")};
	wants_collect(&s, &w);
	assert_int_equal(w.packages.n, 1);
	assert_str(w.packages.v[0].purl, "pkg:npm/x");
	assert_int_equal(w.names.n, 1);
	assert_int_equal(w.repositories.n, 1);
	assert_int_equal(w.hosts.n, 0);
	wants_release(&w);
	scan_release(&s);
	facts_store_release(&f);
}

/* What is only claimed is asked about, and so is where it is claimed to be;
 * of a package on which rows differ, all that they name. */
static void test_claims_and_what_feeds_found(void **state)
{
	static const char *const want[] = {
		"https://github.com/o/a", "https://github.com/o/b",
		"https://github.com/o/new", "https://h/claimed"};
	struct facts f = {0};
	struct scan s = {.facts = &f};
	struct feed_wants w;

	(void)state;
	assert_int_equal(facts_store_parse(&f, STR(
		"kind,subject,object,value,from,to,source,speaks_for,read,"
		"confidence,state,note\n"
		"package,pkg:npm/one,github.com/o/new,,,,,,,A,,\n"
		"package,pkg:npm/two,github.com/o/a,,,,,,,B,,\n"
		"package,pkg:npm/two@2,github.com/o/b,,,,,,,B,,\n"
		"package,pkg:npm/three,,unknown,,,,,,B,,\n"), STR("x"),
		&s.diags), OK);
	facts_store_index(&f, &s.diags);
	component_add(&s.parts, STR("c"), STR("t"),
		      (struct evidence){STR("f"), 1});
	s.parts.components.v[0].purl = STR("pkg:npm/one@1");
	s.parts.components.v[0].provenance = (struct provenance){
		.kind = PROVENANCE_REPOSITORY, .is_claimed = true,
		.repository = STR("https://h/claimed")};
	wants_collect(&s, &w);
	assert_int_equal(w.packages.n, 1);
	assert_int_equal(w.repositories.n, 1);
	vec_push(&w.packages, ((struct feed_want){STR("pkg:npm/three"),
						  STR("1")}));
	vec_push(&w.packages, ((struct feed_want){STR("pkg:npm/two"),
						  STR("2")}));
	vec_push(&w.packages, ((struct feed_want){STR("pkg:npm/two"),
						  STR("")}));
	wants_find(&w, &f, 20000);
	assert_int_equal(w.repositories.n, 4);
	for (size_t i = 0; i < 4; i++)
		assert_true(str_is(w.repositories.v[i], want[i]));
	wants_release(&w);
	scan_release(&s);
	facts_store_release(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_there_and_back),
		cmocka_unit_test(test_nonsense),
		cmocka_unit_test(test_collect),
		cmocka_unit_test(test_claims_and_what_feeds_found),
	};

	return cmocka_run_group_tests_name("wants", tests, NULL, NULL);
}
