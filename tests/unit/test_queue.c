/* The parts of the queue that need no database: items and their keys, what of
 * them is sound, services as budgets know them, the steps of the schema, and
 * units on their way. */
#include "unit.h"

#include "base/json_in.h"
#include "cli/hands.h"
#include "cli/queue_fetch.h"
#include "feeds/pq.h"
#include "feeds/queue.h"
#include "feeds/queue_schema.h"

static void kinds_have_names(void **state)
{
	enum queue_kind k;

	(void)state;
	for (int i = 0; i < QUEUE_KIND_COUNT; i++) {
		struct str name = str_c(queue_item_kind_name((enum queue_kind)i));

		assert_true(queue_item_kind_of(name, &k));
		assert_int_equal(k, i);
	}
	assert_false(queue_item_kind_of(STR("Fetch"), &k));
	assert_false(queue_item_kind_of(STR(""), &k));
}

static void one_thing_has_one_key(void **state)
{
	struct arena a = {0};
	struct queue_item x, y;

	(void)state;
	assert_true(queue_item_of(QUEUE_FETCH, STR("https://a.example/b"), &a,
				  &x));
	assert_true(queue_item_of(QUEUE_FETCH, STR("https://a.example/b"), &a,
				  &y));
	assert_true(str_eq(x.key, y.key));
	assert_int_equal(x.key.n, 64);
	assert_true(queue_item_of(QUEUE_FETCH, STR("https://a.example/c"), &a,
				  &y));
	assert_false(str_eq(x.key, y.key));
	assert_true(queue_item_of(QUEUE_PACKAGE, STR("pkg:npm/a\t1"), &a, &x));
	assert_true(queue_item_of(QUEUE_PACKAGE, STR("pkg:npm/a\t"), &a, &y));
	assert_false(str_eq(x.key, y.key));
	arena_release(&a);
}

static void what_is_not_sound_is_no_item(void **state)
{
	static const struct { enum queue_kind kind; const char *body; } bad[] = {
		{QUEUE_FETCH, ""}, {QUEUE_FETCH, "http://a.example/b"},
		{QUEUE_FETCH, "/etc/passwd"}, {QUEUE_FETCH, "file:///etc"},
		{QUEUE_FETCH, "https://a.example/\nb"},
		{QUEUE_FETCH, "https://a.example/b\tc"},
		{QUEUE_FETCH, "https://a.example/\x1b[2J"},
		{QUEUE_PACKAGE, "pkg:npm/a"}, {QUEUE_PACKAGE, "npm/a\t1"},
		{QUEUE_PACKAGE, "pkg:npm/a\t1\t2"},
		{QUEUE_PACKAGE, "pkg:npm/a\t1\n"},
		{QUEUE_COUNT, "https://a.example/b"}};
	char *large = calloc(1, 100000);
	struct arena a = {0};
	struct queue_item x;

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (queue_item_of(bad[i].kind, str_c(bad[i].body), &a, &x))
			fail_msg("%s", bad[i].body);
	memset(large, 'a', 99999);
	memcpy(large, "https://", 8);
	assert_false(queue_item_of(QUEUE_FETCH, str_c(large), &a, &x));
	free(large);
	arena_release(&a);
}

static void items_become_json(void **state)
{
	struct queue_items items = {0};
	struct queue_item x;
	struct arena a = {0};
	struct diags ds = {0};
	struct strbuf b;
	struct json *j;

	(void)state;
	strbuf_init(&b, 0);
	queue_item_write(&items, &b);
	assert_string_equal(b.p, "[]\n");
	assert_true(queue_item_of(QUEUE_PACKAGE, STR("pkg:npm/\"a\\\t1"), &a,
				  &x));
	x.depth = 2;
	vec_push(&items.list, x);
	x = (struct queue_item){.kind = QUEUE_COUNT, .key = STR("k"),
				.body = STR("{\n}"), .cost = INT64_MAX};
	vec_push(&items.list, x);
	strbuf_clear(&b);
	queue_item_write(&items, &b);
	assert_int_equal(json_parse(strbuf_str(&b), diag_at(STR("")), &ds,
				    &j), OK);
	assert_null(json_next(json_next(json_first(j))));
	assert_true(str_is(json_get_str(json_first(j), "body"),
			   "pkg:npm/\"a\\\t1"));
	assert_true(str_is(json_get_str(json_first(j), "kind"), "package"));
	json_free(j);
	strbuf_release(&b);
	vec_release(&items.list);
	diag_release(&ds);
	arena_release(&a);
}

static void budgets_know_a_token_by_its_digest(void **state)
{
	struct fetch_service s = {
		.name = STR("github"),
		.origin = {STR("https"), STR("api.example"), 443, STR("/")}};
	struct strbuf name, token, other;

	(void)state;
	strbuf_init(&name, 0);
	strbuf_init(&token, 0);
	strbuf_init(&other, 0);
	queue_item_service(&s, &name, &token);
	assert_string_equal(name.p, "github https://api.example:443");
	assert_int_equal(token.n, 0);
	s.token_header = STR("Authorization: Bearer open-sesame");
	strbuf_clear(&name);
	queue_item_service(&s, &name, &token);
	assert_int_equal(token.n, 64);
	assert_null(strstr(token.p, "sesame"));
	/* the same token elsewhere is not seen to be the same */
	s.origin.host = STR("::1");
	strbuf_clear(&name);
	queue_item_service(&s, &name, &other);
	assert_string_equal(name.p, "github https://[::1]:443");
	assert_string_not_equal(token.p, other.p);
	strbuf_release(&name);
	strbuf_release(&token);
	strbuf_release(&other);
}

struct counter { int64_t wait, held; int drawn; };

static int64_t draw(void *with, const struct fetch_service *s)
{
	struct counter *c = with;

	(void)s;
	c->drawn++;
	return c->wait;
}

static void hold(void *with, const struct fetch_service *s, int64_t wait)
{
	struct counter *c = with;

	(void)s;
	c->held = wait;
}

static void nothing_starts_without_leave(void **state)
{
	struct counter c = {.wait = 500, .held = -1};
	const struct fetch_budget b = {draw, hold, &c};
	struct fetch_service s = {.pace = {.next = 100}};

	(void)state;
	assert_true(fetch_budget_must_wait(&b, &s, 1000));
	assert_int_equal(s.pace.next, 1500);
	s.pace.next = 9000;
	assert_true(fetch_budget_must_wait(&b, &s, 1000));
	assert_int_equal(s.pace.next, 9000);
	c.wait = 0;
	assert_false(fetch_budget_must_wait(&b, &s, 1000));
	assert_int_equal(c.drawn, 3);
	fetch_budget_hold(&b, &s, -1);
	fetch_budget_hold(&b, &s, 0);
	assert_int_equal(c.held, -1);
	fetch_budget_hold(&b, &s, 7);
	assert_int_equal(c.held, 7);
	/* nobody shares */
	assert_false(fetch_budget_must_wait(NULL, &s, 1000));
	fetch_budget_hold(NULL, &s, 7);
}

static void each_version_has_a_step(void **state)
{
	(void)state;
	for (unsigned v = 1; v <= QUEUE_SCHEMA_VERSION; v++)
		assert_non_null(queue_schema_step(v));
	assert_null(queue_schema_step(0));
	assert_null(queue_schema_step(QUEUE_SCHEMA_VERSION + 1));
}

static void without_libpq_it_says_so(void **state)
{
	struct diags ds = {0};
	struct queue *q = NULL;
	enum err e = queue_new("=", &ds, &q);

	(void)state;
	/* with it, it is no connection string: neither repeats what it is */
	assert_int_equal(e, pq_is_built_in() ? ERR_CONFIG : ERR_UNSUPPORTED);
	assert_null(q);
	assert_int_equal(ds.counts[RW2011], 1);
	assert_int_equal(pq_library_version() > 0, pq_is_built_in());
	diag_release(&ds);
}

static void a_lost_secret_is_not_told(void **state)
{
	struct diags ds = {0};
	struct queue *q = NULL;

	(void)state;
	assert_int_not_equal(queue_new("host=x password='open-sesame", &ds,
				       &q), OK);
	assert_int_equal(str_find(ds.kept.v[0].message, STR("sesame")),
			 SIZE_MAX);
	diag_release(&ds);
}

static void the_next_unit(void **state)
{
	struct str rest = STR("aa 12 3\nxyzbb 0 0\n");
	struct hands_unit u;

	(void)state;
	assert_true(hands_next_unit(&rest, &u));
	assert_true(str_is(u.key, "aa") && u.cost == 12 &&
		    str_is(u.plan, "xyz"));
	assert_true(hands_next_unit(&rest, &u));
	assert_true(str_is(u.key, "bb") && !u.cost && !u.plan.n);
	assert_false(hands_next_unit(&rest, &u));
}

static void units_of_a_worker_are_checked(void **state)
{
	static const char *const bad[] = {
		"aa\n", "aa 1\n", "aa 1 4\nxyz", "aa -1 0\n", "aa 1 x\n",
		"aa 99999999999999999999 0\n", "aa 1 99999999999999999999\n",
		"aa 9223372036854775808 0\n", "aa 1 1", "\n"};
	struct queue_items items = {0};
	struct arena a = {0};

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct str rest = str_c(bad[i]);
		struct hands_unit u;

		if (hands_next_unit(&rest, &u))
			fail_msg("%s", bad[i]);
		assert_int_equal(queue_fetch_found(STR(""), str_c(bad[i]), 0,
						   &a, &items), ERR_FORMAT);
	}
	/* a key is 64 digits */
	assert_int_equal(queue_fetch_found(STR(""), STR("aa 1 0\n"), 0, &a,
					   &items), ERR_FORMAT);
	assert_int_equal(queue_fetch_found(STR("nonsense\n"), STR(""), 0, &a,
					   &items), ERR_FORMAT);
	vec_release(&items.list);
	arena_release(&a);
}

static void what_a_target_leaves_open_is_added(void **state)
{
	struct queue_items items = {0};
	struct arena a = {0};

	(void)state;
	assert_int_equal(queue_fetch_found(STR(
		"package\tpkg:npm/a\t1\n"
		"repository\thttps://Git.example/x/y.git\t\n"
		"repository\tgit://git.example/x/z\t\n"
		"repository\tfile:///etc/passwd\t\n"
		"name\tSomebody\t\nhost\thost.example\t\n"),
		STR("0123456789012345678901234567890123456789012345678901234"
		    "567890123 7 2\n{}"), 4, &a, &items), OK);
	assert_int_equal(items.list.n, 4);
	assert_int_equal(items.list.v[0].kind, QUEUE_PACKAGE);
	assert_int_equal(items.list.v[0].depth, 4);
	assert_true(str_is(items.list.v[1].body, "https://git.example/x/y"));
	assert_true(str_is(items.list.v[2].body, "https://git.example/x/z"));
	assert_int_equal(items.list.v[3].kind, QUEUE_COUNT);
	assert_int_equal(items.list.v[3].cost, 7);
	assert_int_equal(items.list.v[3].depth, 0);
	vec_release(&items.list);
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(kinds_have_names),
		cmocka_unit_test(one_thing_has_one_key),
		cmocka_unit_test(what_is_not_sound_is_no_item),
		cmocka_unit_test(items_become_json),
		cmocka_unit_test(budgets_know_a_token_by_its_digest),
		cmocka_unit_test(nothing_starts_without_leave),
		cmocka_unit_test(each_version_has_a_step),
		cmocka_unit_test(without_libpq_it_says_so),
		cmocka_unit_test(a_lost_secret_is_not_told),
		cmocka_unit_test(the_next_unit),
		cmocka_unit_test(units_of_a_worker_are_checked),
		cmocka_unit_test(what_a_target_leaves_open_is_added),
	};

	return cmocka_run_group_tests_name("queue", tests, NULL, NULL);
}
