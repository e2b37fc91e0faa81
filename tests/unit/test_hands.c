/* The process that starts workers: what it reads of a target, what it refuses
 * to count, and that it is gone with who asks. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/date.h"
#include "base/fs.h"
#include "cli/command.h"
#include "cli/hands.h"
#include "cli/setup.h"
#include "cli/wants.h"
#include "store/facts_store.h"

#define KEY "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static char folder[] = "/tmp/rw-hands-XXXXXX";

static void write_file(const char *name, const char *text)
{
	struct arena a = {0};
	struct diags ds = {0};

	assert_int_equal(fs_write(arena_fmt(&a, "%s/%s", folder, name).p,
				  str_c(text), &ds), OK);
	diag_release(&ds);
	arena_release(&a);
}

static int set_up(void **state)
{
	(void)state;
	assert_non_null(mkdtemp(folder));
	write_file("CMakeLists.txt",
		   "FetchContent_Declare(x GIT_REPOSITORY "
		   "https://forge.example/a/b.git GIT_TAG v1)\n");
	write_file("package.json", "{\"name\": \"n\", \"version\": \"1\", "
		   "\"dependencies\": {\"left\": \"1.0.0\"}}");
	return 0;
}

static int tear_down(void **state)
{
	struct arena a = {0};

	(void)state;
	unlink(arena_fmt(&a, "%s/CMakeLists.txt", folder).p);
	unlink(arena_fmt(&a, "%s/package.json", folder).p);
	rmdir(folder);
	arena_release(&a);
	return 0;
}

/* In this process's child, without a worker: what that is confined to has
 * tests of its own. */
static void unconfined(struct opts *o)
{
	*o = (struct opts){0};
	vec_push(&o->given[OPT_ID_no_sandbox].list, NULL);
	vec_push(&o->given[OPT_ID_store].list, "/dev/null/store.db");
}

static void it_reads_what_a_target_leaves_open(void **state)
{
	struct opts o;
	struct arena a = {0};
	struct feed_wants w;
	struct str wants, units;
	struct hands *h;

	(void)state;
	unconfined(&o);
	h = hands_new(&o);
	assert_non_null(h);
	for (int i = 0; i < 2; i++) { /* one after the other */
		assert_int_equal(hands_read(h, str_c(folder), &a, &wants,
					    &units), EXIT_MET);
		assert_int_equal(wants_read(wants, &w), OK);
		assert_int_equal(w.repositories.n, 1);
		assert_str(w.repositories.v[0], "https://forge.example/a/b");
		assert_int_equal(w.packages.n, 1);
		assert_str(w.packages.v[0].purl, "pkg:npm/left");
		assert_int_equal(units.n, 0);
		wants_release(&w);
	}
	assert_int_equal(hands_read(h, STR("/dev/null/x"), &a, &wants,
				    &units), EXIT_USAGE);
	assert_int_equal(wants.n + units.n, 0);
	hands_free(h);
	opt_release(&o);
	arena_release(&a);
}

/* Of one unit at a path where there is nothing. */
static struct str plan_of_nothing(const struct opts *o, struct arena *a)
{
	struct facts facts = {0};
	struct diags ds = {0};
	struct strbuf basis;
	struct str plan;

	strbuf_init(&basis, 0);
	assert_int_equal(setup_facts(o, NULL, NULL, &facts, &ds), OK);
	reading_basis(&facts, date_of(2026, 1, 1), NULL, &basis);
	plan = arena_fmt(a, "{\"schema\": \"ranwhence.shards/2\", "
		"\"tool_version\": \"" PACKAGE_VERSION "\", \"basis\": "
		"\"%s\", \"as_of\": \"2026-01-01\", \"shards\": 1, "
		"\"units\": [{\"kind\": \"history\", \"key\": \"" KEY
		"\", \"history\": \"" KEY "\", \"slice\": 0, "
		"\"slices\": 1, \"path\": \"/dev/null/x\", \"shard\": 0, "
		"\"axes\": [\"commits\"]}]}", basis.p);
	strbuf_release(&basis);
	facts_store_release(&facts);
	diag_release(&ds);
	return plan;
}

static void plans_are_checked(void **state)
{
	static const char *const bad[] = {
		"", "{}", "nonsense", "{\"schema\": \"ranwhence.shards/2\"}",
		"{\"schema\": \"ranwhence.shards/2\", \"tool_version\": \""
		PACKAGE_VERSION "\", \"shards\": 1, \"units\": [{\"key\": "
		"\"../../x\", \"path\": \"/\", \"shard\": 0, \"axes\": "
		"[\"commits\"]}]}"};
	struct arena a = {0};
	struct str out = arena_fmt(&a, "%s/parts", folder);
	struct hands *h;
	struct opts o;

	(void)state;
	unconfined(&o);
	h = hands_new(&o);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_int_equal(hands_count(h, str_c(bad[i]), out),
				 EXIT_USAGE);
	/* sound, but there is no such repository */
	assert_int_equal(hands_count(h, plan_of_nothing(&o, &a), out),
			 EXIT_AGAIN);
	assert_int_equal(fs_kind(out.p), FS_NONE);
	hands_free(h);
	opt_release(&o);
	arena_release(&a);
}

static void a_plan_is_cut_into_units(void **state)
{
	struct shard_plan p = {0};
	struct hands_unit u;
	struct strbuf b;
	struct str rest;

	(void)state;
	strbuf_init(&b, 0);
	hands_write_units(&p, UINT64_MAX, &b);
	assert_int_equal(b.n, 0);
	for (int i = 0; i < 3; i++)
		vec_push(&p.units, ((struct shard_unit){
			.key = str_n(&KEY[i], 32), .path = STR("x"),
			.history = str_n(&KEY[i], 32), .slices = 1,
			.axes = 1, .cost = (uint64_t)i}));
	hands_write_units(&p, UINT64_MAX, &b);
	rest = strbuf_str(&b);
	for (int i = 0; i < 3; i++) {
		assert_true(hands_next_unit(&rest, &u));
		assert_true(str_eq(u.key, str_n(&KEY[i], 32)));
		assert_int_equal(u.cost, i);
		assert_true(str_find(u.plan, u.key) != SIZE_MAX);
	}
	assert_false(hands_next_unit(&rest, &u));
	strbuf_release(&b);
	shard_release(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_reads_what_a_target_leaves_open),
		cmocka_unit_test(plans_are_checked),
		cmocka_unit_test(a_plan_is_cut_into_units),
	};

	return cmocka_run_group_tests_name("hands", tests, set_up, tear_down);
}
