/* Digests kept in the store: found again whole, or not at all. */
#include "store_rows.h"

#include "store/digest_cache.h"

static struct arena arena;
static struct diags diags;
static const struct diags nothing;
static unsigned char key[SHA256_BYTES];

static int teardown(void **state)
{
	arena_release(&arena);
	diag_release(&diags);
	return folder_teardown(state);
}

static void keep(const char *path, const struct digest *d,
		 const struct diags *told)
{
	struct strbuf b;

	strbuf_init(&b, 0);
	if (digest_cache_text(d, told, &b))
		digest_cache_put(path, key, strbuf_str(&b));
	strbuf_release(&b);
}

/* A small digest that adds up. */
static struct digest make(void)
{
	struct digest d = {.repository = STR("https://example.com/r"),
			   .head = STR("0123456789012345678901234567890123456"
				       "789"),
			   .engine = DIGEST_ENGINE, .axes = DIGEST_COMMITS,
			   .class_table = 1, .asked.since = DATE_MIN,
			   .merges = 3};
	struct digest_counts counts = {.commits = 7,
				       .credits = 7 * DIGEST_CREDITS};
	struct digest_month month = {.month = 600, .counts = counts};
	struct digest_host host = {.host = STR("huawei.com"),
				   .counts = counts};

	vec_push(&host.months, month);
	vec_push(&d.hosts, host);
	d.totals = counts;
	return d;
}

static void test_there_and_back(void **state)
{
	struct digest d = make(), found;
	struct store *s;

	(void)state;
	keep("t/store.db", &d, &nothing);
	s = rows_open(DB_READ, &diags);
	assert_true(digest_cache_find(s, key, &arena, &found));
	assert_str(found.head, "0123456789012345678901234567890123456789");
	assert_int_equal(found.totals.commits, 7);
	assert_int_equal(found.hosts.n, 1);
	digest_release(&found);
	key[3] ^= 1;
	assert_false(digest_cache_find(s, key, &arena, &found));
	key[3] ^= 1;
	store_close(s);
	digest_release(&d);
}

/* What was told of a .mailmap is told again, of the path it has now. */
static void test_told_again(void **state)
{
	struct digest d = make(), found;
	struct diags told = {0};
	struct store *s;

	(void)state;
	diag_add(&told, RW1415, diag_at(STR("")), "it \"moves\" 3 of \xff");
	keep("t/store.db", &d, &told);
	s = rows_open(DB_READ, &diags);
	assert_true(digest_cache_find(s, key, &arena, &found));
	digest_cache_tell(&found, STR("other"), &diags);
	assert_int_equal(diags.counts[RW1415], 1);
	assert_str(diags.kept.v[0].place.path, "other");
	assert_non_null(strstr(diags.kept.v[0].message.p, "it \"moves\" 3"));
	assert_int_equal(found.incomplete, 0);
	digest_release(&found);
	store_close(s);
	diag_release(&told);
	digest_release(&d);
}

static void test_not_kept(void **state)
{
	struct digest d = make(), found;
	struct store *s = rows_open(DB_WRITE, &diags);

	(void)state;
	d.incomplete = DIGEST_COMMITS;
	keep("t/store.db", &d, &nothing);
	assert_false(digest_cache_find(s, key, &arena, &found));
	/* what does not add up cannot be read back */
	d.incomplete = 0;
	d.totals.commits = 8;
	keep("t/store.db", &d, &nothing);
	assert_false(digest_cache_find(s, key, &arena, &found));
	/* and where nothing can be written nothing happens */
	d.totals.commits = 7;
	folder_add("file", "");
	keep("file/store.db", &d, &nothing);
	keep("t/store.db", &d, &nothing);
	assert_true(digest_cache_find(s, key, &arena, &found));
	digest_release(&found);
	digest_release(&d);
	store_close(s);
}

static void test_damaged(void **state)
{
	static const char *const damage[] = {
		"UPDATE digest SET body = x'00'",
		"UPDATE digest SET body = x''",
		"UPDATE digest SET body = substr(body, 1, length(body) - 9)",
		"DROP TABLE digest"};

	(void)state;
	for (size_t i = 0; i < sizeof damage / sizeof *damage; i++) {
		struct digest d = make(), found;
		struct store *s;

		keep("t/store.db", &d, &nothing);
		s = rows_open(DB_WRITE, &diags);
		db_run(s->db, damage[i]);
		assert_int_equal(db_error(s->db), OK);
		if (digest_cache_find(s, key, &arena, &found))
			fail_msg("found after: %s", damage[i]);
		assert_int_equal(db_error(s->db), OK);
		digest_release(&d);
		store_close(s);
	}
	assert_int_equal(diags.kept.n, 0);
}

/* What a scan keeps under a key of its choice is no clone's digest. */
static void test_of_a_clone(void **state)
{
	struct digest d = make(), found;
	unsigned char of_clone[SHA256_BYTES];
	struct strbuf b;
	struct store *s;

	(void)state;
	digest_cache_clone_key(d.repository, of_clone);
	d.incomplete = DIGEST_COMMITS;
	strbuf_init(&b, 0);
	(void)digest_cache_text(&d, &nothing, &b);
	s = rows_open(DB_WRITE, &diags);
	digest_cache_put("t/store.db", of_clone, strbuf_str(&b));
	digest_cache_put_clone("t/store.db", key, strbuf_str(&b));
	assert_false(digest_cache_find_clone(s, d.repository, &arena, &found));
	digest_cache_put_clone("t/store.db", of_clone, strbuf_str(&b));
	assert_true(digest_cache_find_clone(s, d.repository, &arena, &found));
	assert_int_equal(found.incomplete, DIGEST_COMMITS);
	digest_release(&found);
	/* one of another repository under its key */
	digest_cache_clone_key(STR("https://example.com/s"), of_clone);
	d.incomplete = 0;
	strbuf_clear(&b);
	(void)digest_cache_text(&d, &nothing, &b);
	digest_cache_put("t/store.db", of_clone, strbuf_str(&b));
	assert_false(digest_cache_find_clone(
		s, STR("https://example.com/s"), &arena, &found));
	strbuf_release(&b);
	digest_release(&d);
	store_close(s);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_there_and_back), TEST(test_told_again),
		TEST(test_not_kept),
		TEST(test_damaged), TEST(test_of_a_clone)};

	return cmocka_run_group_tests_name("digest_cache", tests, NULL, NULL);
}
