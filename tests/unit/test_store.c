/* The store: opening, editions, answers, and what must be refused. */
#include "store_rows.h"

#include "base/archive_in.h"
#include "base/limits.h"
#include "store/answer.h"
#include "store/schema.h"

static struct arena arena;
static struct diags diags;

static int teardown(void **state)
{
	arena_release(&arena);
	diag_release(&diags);
	return folder_teardown(state);
}

static void publish(const char *name, unsigned first, unsigned n)
{
	struct store *s = rows_open(DB_WRITE, &diags);
	struct edition e = rows_edition(name);
	char id[32];

	assert_int_equal(edition_begin(s, &e), OK);
	for (unsigned i = 0; i < n; i++) {
		/* in an order of its own for each name */
		snprintf(id, sizeof id, "o-%u",
			 first + i * (*name == 'b' ? 3 : 7) % n);
		rows_add_fact(s, "organisation", id, "company", "A Name");
	}
	assert_int_equal(edition_publish(s), OK);
	store_close(s);
}

static void test_no_store(void **state)
{
	struct store *s;

	(void)state;
	assert_int_equal(store_open("none.db", DB_READ, &diags, &s),
			 ERR_NOTFOUND);
	assert_null(s);
	folder_add("empty.db", "");
	assert_int_equal(store_open("empty.db", DB_READ, &diags, &s),
			 ERR_NOTFOUND);
	assert_int_equal(diags.kept.n, 0);
}

static void test_path(void **state)
{
	(void)state;
	setenv("RANWHENCE_STORE", "/x/named.db", 1);
	assert_string_equal(store_path("given", &arena), "given");
	assert_string_equal(store_path(NULL, &arena), "/x/named.db");
	unsetenv("RANWHENCE_STORE");
	setenv("XDG_DATA_HOME", "/x/data", 1);
	assert_string_equal(store_path(NULL, &arena),
			    "/x/data/ranwhence/store.db");
	setenv("XDG_DATA_HOME", "relative", 1);
	setenv("HOME", "/h", 1);
	assert_string_equal(store_path(NULL, &arena),
			    "/h/.local/share/ranwhence/store.db");
	unsetenv("HOME");
	assert_null(store_path(NULL, &arena));
}

static void test_edition(void **state)
{
	struct store *reader, *writer;
	struct edition e = rows_edition("two");
	struct store_feed f;

	(void)state;
	publish("one", 0, 10);
	reader = rows_open(DB_READ, &diags);
	f = rows_feed(reader, &arena);
	assert_str(f.name, "test");
	assert_str(f.edition, "one");
	assert_str(f.licence, "free");
	assert_int_equal(f.rows, 10);
	assert_int_equal(f.sha256.n, 64);
	writer = rows_open(DB_WRITE, &diags);
	assert_int_equal(edition_begin(writer, &e), OK);
	for (int i = 0; i < 7; i++)
		rows_add_fact(writer, "alias", "o-1", "",
			      i % 2 ? "Other" : "Name");
	rows_add_entity(writer, 1, "One Ltd", "GB");
	rows_add_entity(writer, 1, "One Ltd.", "GB");
	rows_add_relation(writer, 1, 2, RELATION_DIRECT);
	rows_add_relation(writer, 1, 2, RELATION_ULTIMATE);
	assert_str(rows_feed(reader, &arena).edition, "one");
	assert_int_equal(edition_publish(writer), OK);
	/* twins are one row, the last record of an entity counts */
	f = rows_feed(reader, &arena);
	assert_str(f.edition, "two");
	assert_int_equal(f.rows, 5);
	store_close(writer);
	store_close(reader);
}

static void test_order_does_not_matter(void **state)
{
	struct str first;

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct store *s;

		publish(i ? "b" : "a", 0, 20);
		s = rows_open(DB_READ, &diags);
		if (i)
			assert_true(str_eq(first,
					   rows_feed(s, &arena).sha256));
		first = rows_feed(s, &arena).sha256;
		store_close(s);
	}
}

static void test_drop(void **state)
{
	struct store *s;
	struct edition e = rows_edition("two");

	(void)state;
	publish("one", 0, 4);
	s = rows_open(DB_WRITE, &diags);
	assert_int_equal(edition_begin(s, &e), OK);
	rows_add_fact(s, "alias", "o-1", "", "Other");
	edition_drop(s);
	edition_drop(s);
	assert_str(rows_feed(s, &arena).edition, "one");
	/* and again, on the same connection */
	assert_int_equal(edition_begin(s, &e), OK);
	for (int i = 0; i < 2; i++)
		rows_add_fact(s, "alias", "o-1", "", i ? "Other" : "Name");
	assert_int_equal(edition_publish(s), OK);
	assert_int_equal(rows_feed(s, &arena).rows, 2);
	store_close(s);
}

static void test_shrinking(void **state)
{
	struct store *s;
	struct edition e = rows_edition("two");

	(void)state;
	publish("one", 0, 10);
	s = rows_open(DB_WRITE, &diags);
	for (int shrinks = 0; shrinks < 2; shrinks++) {
		e.may_shrink = shrinks;
		assert_int_equal(edition_begin(s, &e), OK);
		rows_add_fact(s, "alias", "o-1", "", "Other");
		assert_int_equal(edition_publish(s), shrinks ? OK : ERR_LIMIT);
		assert_int_equal(diags.counts[RW1822], 1);
		assert_int_equal(rows_feed(s, &arena).rows, shrinks ? 1 : 10);
	}
	/* nothing at all is never taken over */
	assert_int_equal(edition_begin(s, &e), OK);
	assert_int_equal(edition_publish(s), ERR_LIMIT);
	store_close(s);
}

static void test_changes(void **state)
{
	struct store *s = rows_open(DB_WRITE, &diags);
	struct edition e = rows_edition("one");

	(void)state;
	assert_int_equal(edition_begin(s, &e), OK);
	for (unsigned i = 0; i < 5; i++) {
		rows_add_entity(s, i, "Name", "DE");
		rows_add_relation(s, i, i + 1, RELATION_DIRECT);
	}
	assert_int_equal(edition_publish(s), OK);
	e.name = STR("two");
	assert_int_equal(edition_begin_from_current(s, &e), OK);
	rows_add_entity(s, 4, "Other name", "FR");
	rows_add_entity(s, 5, "Name", "DE");
	rows_add_relation(s, 1, 2, RELATION_DIRECT);
	assert_int_equal(edition_publish(s), OK);
	assert_int_equal(rows_feed(s, &arena).rows, 11);
	assert_str(rows_feed(s, &arena).edition, "two");
	store_close(s);
}

static void count_lei(void *context, struct str lei)
{
	assert_int_equal(lei.n, 20);
	++*(unsigned *)context;
}

/* What a feed has in full replaces that of the edition before. */
static void test_renewal(void **state)
{
	struct store *s = rows_open(DB_WRITE, &diags);
	struct edition e = rows_edition("one");
	unsigned entities = 0;

	(void)state;
	assert_int_equal(edition_begin(s, &e), OK);
	for (unsigned i = 0; i < 4; i++) {
		rows_add_entity(s, i, "Name", "DE");
		rows_add_relation(s, i, i + 1, RELATION_DIRECT);
		rows_add_exception(s, i, "NO_LEI");
	}
	assert_int_equal(edition_publish(s), OK);
	assert_int_equal(rows_feed(s, &arena).rows, 12);
	e.name = STR("two");
	assert_int_equal(edition_begin_from_current(s, &e), OK);
	rows_add_entity(s, 9, "New", "DE");
	edition_each_entity(s, count_lei, &entities);
	assert_int_equal(entities, 5);
	edition_renew_exceptions(s);
	rows_add_exception(s, 9, "NON_PUBLIC");
	assert_int_equal(edition_publish(s), OK);
	assert_int_equal(rows_feed(s, &arena).rows, 5 + 4 + 1);
	e.name = STR("three");
	assert_int_equal(edition_begin_from_current(s, &e), OK);
	edition_renew_relations(s);
	rows_add_relation(s, 1, 2, RELATION_DIRECT);
	assert_int_equal(edition_publish(s), OK);
	assert_int_equal(rows_feed(s, &arena).rows, 5 + 1 + 1);
	store_close(s);
}

static void test_bad_exceptions(void **state)
{
	struct store *s = rows_open(DB_WRITE, &diags);
	struct edition e = rows_edition("one");
	char a[32];
	struct edition_exception x = {.lei = rows_lei(a, 1)};

	(void)state;
	assert_int_equal(edition_begin(s, &e), OK);
	assert_non_null(edition_add_exception(s, &x));
	x.reason = STR("A\nB");
	assert_non_null(edition_add_exception(s, &x));
	x.reason = STR("NO_LEI");
	x.lei = STR("X");
	assert_non_null(edition_add_exception(s, &x));
	edition_drop(s);
	store_close(s);
}

/* A store of the version before lacks the table, and is read all the same. */
static void test_without_exceptions(void **state)
{
	struct store *s = rows_open(DB_WRITE, &diags);
	struct edition e = rows_edition("one");
	unsigned char digest[32];
	uint64_t rows;

	(void)state;
	assert_int_equal(edition_begin(s, &e), OK);
	rows_add_entity(s, 1, "Name", "DE");
	assert_int_equal(edition_publish(s), OK);
	db_run(s->db, "DROP TABLE exception; PRAGMA user_version = 2");
	store_close(s);
	s = rows_open(DB_READ, &diags);
	assert_int_equal(edition_digest(s, 1, digest, &rows), OK);
	assert_int_equal(rows, 1);
	store_close(s);
	s = rows_open(DB_WRITE, &diags);
	assert_int_equal(edition_begin_from_current(s, &e), OK);
	rows_add_exception(s, 1, "NO_LEI");
	assert_int_equal(edition_publish(s), OK);
	assert_int_equal(rows_feed(s, &arena).rows, 2);
	store_close(s);
	assert_int_equal(diags.kept.n, 0);
}

static void test_bad_rows(void **state)
{
	static const struct edition_entity bad[] = {
		{.lei = {"X", 1}, .name = {"N", 1}},
		{.lei = {"TEST0000000000000199", 20}, .name = {"N", 1}},
		{.name = {"N", 1}}};
	struct store *s = rows_open(DB_WRITE, &diags);
	struct edition e = rows_edition("one");
	struct edition_entity entity;
	char a[32], b[32];

	(void)state;
	assert_int_equal(edition_begin(s, &e), OK);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_string_equal(edition_add_entity(s, &bad[i]),
				    "has no LEI");
	entity = (struct edition_entity){.lei = rows_lei(a, 1),
					 .name = STR("N")};
	assert_null(edition_add_entity(s, &entity));
	entity.country = STR("XX");
	assert_non_null(edition_add_entity(s, &entity));
	entity.country = STR("");
	entity.updated = STR("yesterday");
	assert_non_null(edition_add_entity(s, &entity));
	entity.updated = STR("");
	entity.name = STR(" ");
	assert_non_null(edition_add_entity(s, &entity));
	entity.name = STR("a\xff");
	assert_non_null(edition_add_entity(s, &entity));
	assert_non_null(edition_add_relation(s, &(struct edition_relation){
		.held = rows_lei(a, 1), .holder = rows_lei(b, 1)}));
	assert_non_null(edition_add_relation(s, &(struct edition_relation){
		.held = rows_lei(a, 1), .holder = STR("")}));
	assert_string_equal(
		edition_add_relation(s, &(struct edition_relation){
			.held = rows_lei(a, 1), .holder = rows_lei(b, 2),
			.from = STR("2020-05"), .to = STR("2019")}),
		"ends before it begins");
	assert_int_equal(edition_publish(s), OK);
	assert_int_equal(rows_feed(s, &arena).rows, 1);
	store_close(s);
}

static void test_feed_state(void **state)
{
	struct store *s = rows_open(DB_WRITE, &diags);
	struct store_feed f;

	(void)state;
	assert_int_equal(store_feed_failed(s, STR("test"), STR("no route"),
					   77), OK);
	f = rows_feed(s, &arena);
	assert_str(f.error, "no route");
	assert_int_equal(f.error_at, 77);
	assert_str(f.edition, "");
	assert_int_equal(store_feed_checked(s, STR("test"), 88), OK);
	f = rows_feed(s, &arena);
	assert_str(f.error, "");
	assert_int_equal(f.checked, 88);
	store_close(s);
	publish("one", 0, 3);
	s = rows_open(DB_WRITE, &diags);
	assert_int_equal(store_feed_failed(s, STR("test"), STR("429"), 99),
			 OK);
	f = rows_feed(s, &arena);
	assert_str(f.edition, "one");
	assert_str(f.error, "429");
	store_close(s);
}

static void test_answers(void **state)
{
	struct store *s = rows_open(DB_WRITE, &diags);
	struct answer a = {.url = STR("https://example.com/"), .time = 5,
			   .status = 200, .etag = STR("\"x\""),
			   .next = STR("https://example.com/2"),
			   .body = STR("some some some bytes")}, b;
	struct answer_keys keys;
	struct strbuf packed;
	char *large = mem_new(LIMIT_ANSWER_BYTES + 1, 1);

	(void)state;
	assert_int_equal(answer_get(s, STR("f"), STR("k"), &arena, &b),
			 ERR_NOTFOUND);
	assert_int_equal(answer_put(s, STR("f"), STR("k"), &a), OK);
	assert_int_equal(answer_get(s, STR("f"), STR("k"), &arena, &b), OK);
	assert_str(b.body, "some some some bytes");
	assert_str(b.etag, "\"x\"");
	assert_str(b.next, "https://example.com/2");
	assert_str(b.last_modified, "");
	assert_int_equal(b.status, 200);
	assert_int_equal(answer_renew(s, STR("f"), STR("k"), 9), OK);
	a.body = STR("");
	assert_int_equal(answer_put(s, STR("f"), STR("none"), &a), OK);
	assert_int_equal(answer_get(s, STR("f"), STR("none"), &arena, &b), OK);
	assert_str(b.body, "");
	/* what is an archive itself comes back as that */
	strbuf_init(&packed, 0);
	archive_gzip(STR("within"), &packed);
	a.body = strbuf_str(&packed);
	assert_int_equal(answer_put(s, STR("f"), STR("gz"), &a), OK);
	assert_int_equal(answer_get(s, STR("f"), STR("gz"), &arena, &b), OK);
	assert_true(str_eq(b.body, strbuf_str(&packed)));
	strbuf_release(&packed);
	assert_int_equal(answer_list(s, STR("f"), &arena, &keys), OK);
	assert_int_equal(keys.list.n, 3);
	assert_str(keys.list.v[0], "gz");
	assert_str(keys.list.v[2], "none");
	vec_release(&keys.list);
	assert_int_equal(answer_get(s, STR("f"), STR("k"), &arena, &b), OK);
	assert_int_equal(b.time, 9);
	a.body = str_n(large, LIMIT_ANSWER_BYTES + 1);
	assert_int_equal(answer_put(s, STR("f"), STR("k"), &a), ERR_LIMIT);
	assert_int_equal(answer_get(s, STR("f"), STR("k"), &arena, &b), OK);
	assert_str(b.body, "some some some bytes");
	/* somebody changed the file */
	db_run(s->db, "UPDATE answer SET sha256 = x'00' WHERE key = 'k'");
	assert_int_equal(answer_get(s, STR("f"), STR("k"), &arena, &b),
			 ERR_NOTFOUND);
	assert_int_equal(diags.counts[RW1820], 1);
	free(large);
	store_close(s);
}

static void test_foreign_files(void **state)
{
	struct store *s;
	struct db *db;

	(void)state;
	folder_add("text.db", "This is no database, but it is long enough to "
			      "be looked at: 0123456789012345678901234567890"
			      "1234567890123456789012345678901234567890");
	folder_add("folder.db/", "");
	for (int mode = DB_READ; mode <= DB_WRITE; mode++) {
		assert_true(store_open("text.db", mode, &diags, &s) != OK);
		assert_null(s);
		assert_true(store_open("folder.db", mode, &diags, &s) != OK);
	}
	assert_int_equal(diags.counts[RW1820], 4);
	assert_int_equal(db_open("other.db", DB_WRITE, &db), OK);
	db_run(db, "CREATE TABLE t(x); PRAGMA user_version = 1;");
	assert_int_equal(db_error(db), OK);
	db_close(db);
	for (int mode = DB_READ; mode <= DB_WRITE; mode++)
		assert_int_equal(store_open("other.db", mode, &diags, &s),
				 ERR_FORMAT);
	assert_int_equal(diags.counts[RW1820], 6);
}

static void test_newer(void **state)
{
	struct store *s;
	struct db *db;

	(void)state;
	publish("one", 0, 3);
	assert_int_equal(db_open("t/store.db", DB_WRITE, &db), OK);
	db_run(db, "PRAGMA user_version = 99");
	db_close(db);
	for (int mode = DB_READ; mode <= DB_WRITE; mode++)
		assert_int_equal(store_open("t/store.db", mode, &diags, &s),
				 ERR_UNSUPPORTED);
	assert_int_equal(diags.counts[RW1821], 2);
	assert_non_null(strstr(diags.kept.v[0].message.p, "version 99"));
}

static void test_read_only(void **state)
{
	struct store *s;

	(void)state;
	publish("one", 0, 3);
	assert_int_equal(chmod("t/store.db", 0444), 0);
	assert_int_equal(chmod("t", 0555), 0);
	folder_be_nobody();
	s = rows_open(DB_READ, &diags);
	assert_str(rows_feed(s, &arena).edition, "one");
	assert_int_equal(store_feed_failed(s, STR("test"), STR("x"), 1),
			 ERR_IO);
	assert_str(rows_feed(s, &arena).edition, "one");
	store_close(s);
	assert_true(store_open("t/store.db", DB_WRITE, &diags, &s) != OK);
	assert_int_equal(seteuid(folder_uid), 0);
	assert_int_equal(chmod("t", 0755), 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_no_store), TEST(test_path), TEST(test_edition),
		TEST(test_order_does_not_matter), TEST(test_drop),
		TEST(test_shrinking), TEST(test_changes),
		TEST(test_bad_rows),
		TEST(test_renewal), TEST(test_bad_exceptions),
		TEST(test_without_exceptions), TEST(test_feed_state),
		TEST(test_answers),
		TEST(test_foreign_files), TEST(test_newer),
		TEST(test_read_only)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
