/* Entries of caches: there and back, or not at all. */
#include "store_rows.h"

#include "base/limits.h"
#include "store/kept.h"

static struct arena arena;
static struct diags diags;
static unsigned char key[SHA256_BYTES] = {7};

static int teardown(void **state)
{
	arena_release(&arena);
	diag_release(&diags);
	return folder_teardown(state);
}

/* What is found under the key, "-" for nothing. */
static struct str find(enum kept_kind kind)
{
	struct store *s = rows_open(DB_READ, &diags);
	struct strbuf b;
	struct str found = STR("-");

	strbuf_init(&b, 0);
	if (kept_find(s, kind, key, &b))
		found = arena_dup(&arena, strbuf_str(&b));
	strbuf_release(&b);
	store_close(s);
	return found;
}

static void test_there_and_back(void **state)
{
	(void)state;
	kept_put("t/store.db", KEPT_HISTORY, key, str_n("a\0b", 3));
	assert_int_equal(find(KEPT_HISTORY).n, 3);
	assert_memory_equal(find(KEPT_HISTORY).p, "a\0b", 3);
	kept_put("t/store.db", KEPT_HISTORY, key, STR(""));
	assert_str(find(KEPT_HISTORY), "");
	key[1]++;
	assert_str(find(KEPT_HISTORY), "-");
	key[1]--;
}

/* That of a clone is one that can be read, and stands elsewhere. */
static void test_of_a_clone(void **state)
{
	struct store *s;

	(void)state;
	store_close(rows_open(DB_WRITE, &diags));
	kept_put("t/store.db", KEPT_CLONE, key, STR("{}"));
	kept_put("t/store.db", KEPT_CLONE, key, STR("nonsense"));
	s = rows_open(DB_READ, &diags);
	assert_false(db_row(db_query(s->db, "SELECT 1 FROM digest")));
	assert_false(db_row(db_query(s->db, "SELECT 1 FROM kept")));
	store_close(s);
	assert_int_equal(diags.kept.n, 0);
}

static void test_damaged(void **state)
{
	static const char *const damage[] = {
		"UPDATE kept SET body = x'00'", "UPDATE kept SET size = 1",
		"UPDATE kept SET body = substr(body, 1, length(body) - 9)",
		"DROP TABLE kept"};

	(void)state;
	for (size_t i = 0; i < sizeof damage / sizeof *damage; i++) {
		struct store *s;

		kept_put("t/store.db", KEPT_HISTORY, key, STR("some bytes"));
		assert_str(find(KEPT_HISTORY), "some bytes");
		s = rows_open(DB_WRITE, &diags);
		db_run(s->db, damage[i]);
		assert_int_equal(db_error(s->db), OK);
		store_close(s);
		assert_str(find(KEPT_HISTORY), "-");
	}
	assert_int_equal(diags.kept.n, 0);
}

/* A store of the version before lacks the table, and gets it. */
static void test_an_older_store(void **state)
{
	struct store *s = rows_open(DB_WRITE, &diags);

	(void)state;
	db_run(s->db, "DROP TABLE kept; PRAGMA user_version = 1");
	assert_int_equal(db_error(s->db), OK);
	store_close(s);
	assert_str(find(KEPT_HISTORY), "-");
	kept_put("t/store.db", KEPT_HISTORY, key, STR("now"));
	assert_str(find(KEPT_HISTORY), "now");
	assert_int_equal(diags.kept.n, 0);
}

/* What was used first goes, until the rest has room. */
static void test_trimmed(void **state)
{
	static const char *const sql[] = {
		"INSERT INTO kept VALUES('history', x'01', 1, 9, zeroblob(9))",
		"INSERT INTO kept VALUES('history', x'02', 3, 9, zeroblob(9))",
		"INSERT INTO kept VALUES('history', x'03', 2, 9, zeroblob(9))"};
	struct store *s = rows_open(DB_WRITE, &diags);
	struct db_query *q;

	(void)state;
	for (size_t i = 0; i < sizeof sql / sizeof *sql; i++)
		db_run(s->db, sql[i]);
	kept_trim(s, 27);
	q = db_query(s->db, "SELECT group_concat(used) FROM"
			    " (SELECT used FROM kept ORDER BY used)");
	assert_true(db_row(q));
	assert_str(db_text(q, 0), "1,2,3");
	db_reset(q);
	kept_trim(s, 26);
	q = db_query(s->db, "SELECT group_concat(used) FROM"
			    " (SELECT used FROM kept ORDER BY used)");
	assert_true(db_row(q));
	assert_str(db_text(q, 0), "2,3");
	db_reset(q);
	store_close(s);
	assert_int_equal(diags.kept.n, 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_there_and_back), TEST(test_of_a_clone),
		TEST(test_damaged), TEST(test_an_older_store),
		TEST(test_trimmed)};

	return cmocka_run_group_tests_name("kept", tests, NULL, NULL);
}
