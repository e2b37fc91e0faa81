/* Exporting and importing the store, and checking and cleaning it. */
#include "store_rows.h"

#include "base/archive_in.h"
#include "base/fs.h"
#include "base/limits.h"
#include "base/sha256.h"
#include "store/answer.h"
#include "store/exchange.h"
#include "store/verify.h"

static struct arena arena;
static struct diags diags;
static const struct exchange_licences licences; /* what is open */

static int teardown(void **state)
{
	arena_release(&arena);
	diag_release(&diags);
	return folder_teardown(state);
}

static struct store *open_at(const char *path)
{
	struct store *s;

	assert_int_equal(store_open(path, DB_WRITE, &diags, &s), OK);
	return s;
}

static void publish(struct store *s, const char *feed, const char *name,
		    unsigned n)
{
	struct edition e = rows_edition(name);
	char id[32];

	e.feed = str_c(feed);
	assert_int_equal(edition_begin(s, &e), OK);
	for (unsigned i = 0; i < n; i++) {
		snprintf(id, sizeof id, "o-%u", i * 7 % n);
		rows_add_fact(s, "organisation", id, "company",
			      "A \"name\", a\\b");
		rows_add_entity(s, i, "Name GmbH", "DE");
		rows_add_relation(s, i, i + 1, RELATION_ULTIMATE);
		rows_add_exception(s, i, "NON_PUBLIC");
	}
	assert_int_equal(edition_publish(s), OK);
}

static void fill(struct store *s)
{
	struct answer a = {.url = STR("https://example.com/"), .time = 5,
			   .status = 200, .next = STR("n"),
			   .body = STR("bytes\0and\nlines\n")};
	struct str alias = STR("\xc3\x89t\xc3\xa9");
	struct edition e = rows_edition("names");
	char lei[32];

	publish(s, "two", "x", 20);
	publish(s, "one", "y", 3);
	e.feed = STR("three");
	assert_int_equal(edition_begin(s, &e), OK);
	assert_null(edition_add_entity(s, &(struct edition_entity){
		.lei = rows_lei(lei, 1), .name = STR("N"),
		.aliases = &alias, .aliases_n = 1, .confidence = FACT_B,
		.seat = STR("FR"), .category = STR("FUND"),
		.updated = STR("2025-05")}));
	assert_int_equal(edition_publish(s), OK);
	assert_int_equal(answer_put(s, STR("one"), STR("k"), &a), OK);
}

static struct str read_file(const char *path)
{
	struct str bytes;

	assert_int_equal(fs_read(path, LIMIT_EXCHANGE_BYTES, &arena, &diags,
				 &bytes), OK);
	return bytes;
}

static struct str export(struct store *s)
{
	struct exchange_manifest manifest;

	assert_int_equal(store_export(s, "file", &licences, &arena,
				      &manifest), OK);
	vec_release(&manifest.list);
	return read_file("file");
}

/* Publishes one row of a feed and an answer. */
static void publish_under(struct store *s, const char *feed,
			  const char *licence)
{
	struct answer a = {.url = STR("https://example.com/"), .time = 5,
			   .status = 200, .body = STR("x")};
	struct edition e = rows_edition(feed);

	e.feed = str_c(feed);
	e.licence = str_c(licence);
	assert_int_equal(edition_begin(s, &e), OK);
	rows_add_fact(s, "organisation", "o", "company", "O");
	assert_int_equal(edition_publish(s), OK);
	assert_int_equal(answer_put(s, str_c(feed), STR("k"), &a), OK);
}

/* The feeds in what was exported, and how many answers. */
static struct exchange_counts reread(struct store *s, const char *path,
				     const struct exchange_licences *asked,
				     size_t *ret_leaving)
{
	struct store *to = open_at(path);
	struct exchange_manifest m;
	struct exchange_counts n;

	assert_int_equal(store_export(s, "part", asked, &arena, &m), OK);
	*ret_leaving = 0;
	for (size_t i = 0; i < m.list.n; i++)
		*ret_leaving += m.list.v[i].leaves;
	assert_int_equal(m.list.n, 4);
	vec_release(&m.list);
	assert_int_equal(store_import(to, read_file("part"), STR("part"), NULL, &n),
			 OK);
	store_close(to);
	return n;
}

/* What others may not have leaves only when its licence is named. */
static void test_licences(void **state)
{
	static const char *const nc[] = {"CC-BY-NC-4.0"};
	static const char *const both[] = {"open", "CC-BY-NC-4.0"};
	static const char *const none[] = {"cc-by-nc-4.0"};
	struct store *s = open_at("a.db");
	struct exchange_counts n;
	struct answer a = {.url = STR("https://example.com/"), .time = 5,
			   .status = 200, .body = STR("x")};
	size_t leaving;

	(void)state;
	publish_under(s, "open", "CC0-1.0");
	publish_under(s, "nc", "CC-BY-NC-4.0");
	publish_under(s, "sa", "CC-BY-SA-4.0");
	publish_under(s, "said", "attribution");
	assert_int_equal(answer_put(s, STR("no-edition"), STR("k"), &a), OK);
	n = reread(s, "b.db", &licences, &leaving);
	assert_int_equal(leaving, 2);
	assert_int_equal(n.feeds, 2);
	assert_int_equal(n.answers, 2);
	n = reread(s, "c.db", &(struct exchange_licences){nc, 1}, &leaving);
	assert_int_equal(n.feeds, 1);
	assert_int_equal(n.answers, 1);
	n = reread(s, "d.db", &(struct exchange_licences){both, 2}, &leaving);
	assert_int_equal(n.feeds, 3);
	n = reread(s, "e.db", &(struct exchange_licences){none, 1}, &leaving);
	assert_int_equal(n.feeds + n.answers + leaving, 0);
	store_close(s);
}

static void test_there_and_back(void **state)
{
	struct store *a = open_at("a.db"), *b = open_at("b.db");
	struct exchange_counts n;
	struct verify_counts checked;
	struct answer answer;
	struct str first;

	(void)state;
	/* another history, the same content */
	publish(a, "one", "old", 2);
	fill(a);
	first = export(a);
	assert_int_equal(store_import(b, first, STR("file"), NULL, &n), OK);
	assert_int_equal(n.feeds, 3);
	assert_int_equal(n.answers, 1);
	assert_true(str_eq(export(b), first));
	/* once more is fine */
	assert_int_equal(store_import(b, first, STR("file"), NULL, &n), OK);
	assert_true(str_eq(export(b), first));
	assert_int_equal(answer_get(b, STR("one"), STR("k"), &arena, &answer),
			 OK);
	assert_int_equal(answer.body.n, 16);
	assert_str(answer.next, "n");
	assert_int_equal(verify_store(b, &checked), OK);
	assert_int_equal(checked.answers, 1);
	assert_int_equal(diags.kept.n, 0);
	store_close(a);
	store_close(b);
}

/* The bytes of an export, unpacked. */
static struct str unpack(struct str bytes)
{
	struct strbuf b;
	struct str plain;

	strbuf_init(&b, 0);
	assert_int_equal(archive_gunzip(bytes, LIMIT_EXCHANGE_BYTES,
					STR("x"), &diags, &b), OK);
	plain = arena_dup(&arena, strbuf_str(&b));
	strbuf_release(&b);
	return plain;
}

/* Imports text as a file; the store must be as it was unless it is taken. */
static enum err import_text(struct store *s, struct str text)
{
	struct exchange_counts n;
	struct strbuf b;
	enum err e;

	strbuf_init(&b, 0);
	archive_gzip(text, &b);
	e = store_import(s, strbuf_str(&b), STR("x"), NULL, &n);
	strbuf_release(&b);
	return e;
}

static void test_every_cut_and_change(void **state)
{
	struct store *a = open_at("a.db"), *b = open_at("b.db");
	struct exchange_counts n;
	struct str file, plain, before;
	char *changed;

	(void)state;
	fill(a);
	publish(b, "one", "mine", 5);
	before = export(b);
	file = export(a);
	plain = unpack(file);
	for (size_t i = 0; i < file.n; i += 1 + file.n / 40)
		assert_true(store_import(b, str_head(file, i), STR("x"), NULL,
					    &n) != OK);
	for (size_t i = 0; i < plain.n; i += 1 + plain.n / 60)
		assert_true(import_text(b, str_head(plain, i)) != OK);
	changed = arena_cstr(&arena, plain);
	for (size_t i = 0; i < plain.n; i += 1 + plain.n / 120) {
		changed[i] ^= 1;
		assert_true(import_text(b, str_n(changed, plain.n)) != OK);
		changed[i] ^= 1;
	}
	assert_true(import_text(b, arena_fmt(&arena, "%.*sx",
					     STR_ARG(plain))) != OK);
	assert_true(str_eq(export(b), before));
	assert_true(diags.counts[RW1825] > 100);
	assert_int_equal(diags.counts[RW1820], 0);
	store_close(a);
	store_close(b);
}

/* A text with its last record. */
static struct str whole(const char *text, unsigned records)
{
	unsigned char digest[SHA256_BYTES];
	char n[16];
	struct strbuf b;
	struct str made;

	sha256_of(str_c(text), digest);
	snprintf(n, sizeof n, "%u", records);
	strbuf_init(&b, 0);
	strbuf_fmt(&b, "%send %zu 64\n%s", text, strlen(n), n);
	sha256_hex(&b, digest, sizeof digest);
	strbuf_ch(&b, '\n');
	made = arena_dup(&arena, strbuf_str(&b));
	strbuf_release(&b);
	return made;
}

#define FIRST "ranwhence-store 1\n"

static void test_hostile(void **state)
{
	static const char *const texts[] = {
		FIRST "feed 1 1\nf1\n",                /* no edition */
		FIRST "feed 0 1\n1\n",                 /* no name */
		FIRST "fact 0 0 0 0 0 0 0 0 0 0 0 0\n\n", /* no feed */
		FIRST "edition 1 0 1 1 64 0 0\nx10\n",
		FIRST "feed 1 1\nf1\nfeed 1 1\ng1\n",
		FIRST "nonsense 1\nx\n",
		FIRST "feed 1\nf\n",
		FIRST "feed 99999999999999999999 1\nf\n",
		FIRST "feed 18446744073709551615 2\nf\n",
		FIRST "feed 268435455 268435455\nf\n",
		FIRST "feed -1 1\nf\n",
		FIRST "digest 64 0 0 1 0\n"
		"0000000000000000000000000000000000000000000000000000000000"
		"0000001\n",
		"ranwhence-store 2\n", "something else\n", ""};
	struct store *s = open_at("a.db");
	struct str before;

	(void)state;
	publish(s, "one", "mine", 5);
	before = export(s);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		for (unsigned n = 0; n < 3; n++)
			if (!import_text(s, whole(texts[i], n)))
				fail_msg("taken: %s", texts[i]);
	assert_true(str_eq(export(s), before));
	/* nothing is a store, too */
	assert_int_equal(import_text(s, whole(FIRST, 0)), OK);
	store_close(s);
}

static void test_older(void **state)
{
	struct store *a = open_at("a.db"), *b = open_at("b.db");
	struct edition e = rows_edition("newer");
	struct exchange_counts n;
	struct store_feed f;

	(void)state;
	publish(a, "test", "older", 4);
	e.fetched++;
	assert_int_equal(edition_begin(b, &e), OK);
	rows_add_fact(b, "organisation", "o", "company", "Newer");
	assert_int_equal(edition_publish(b), OK);
	assert_int_equal(store_import(b, export(a), STR("file"), NULL, &n), OK);
	assert_int_equal(n.left_out, 1);
	assert_int_equal(diags.counts[RW1826], 1);
	f = rows_feed(b, &arena);
	assert_str(f.edition, "newer");
	assert_int_equal(f.rows, 1);
	store_close(a);
	store_close(b);
}

static void test_gc(void **state)
{
	struct store *s = open_at("a.db");
	struct verify_freed freed;
	struct verify_counts n;
	struct str before;

	(void)state;
	publish(s, "one", "first", 500);
	publish(s, "one", "second", 400);
	before = export(s);
	assert_int_equal(verify_gc(s, &freed), OK);
	assert_int_equal(freed.editions, 1);
	assert_int_equal(freed.rows, 2000);
	assert_true(freed.bytes > 0);
	assert_true(str_eq(export(s), before));
	assert_int_equal(verify_gc(s, &freed), OK);
	assert_int_equal(freed.editions, 0);
	assert_int_equal(verify_store(s, &n), OK);
	assert_int_equal(n.rows, 1600);
	store_close(s);
}

static void test_verify(void **state)
{
	static const char *const damage[] = {
		("UPDATE fact SET value = 'Another name'"
		 " WHERE subject = 'o-3'"),
		"DELETE FROM entity WHERE lei LIKE '%1%'",
		"UPDATE edition SET rows = rows + 1",
		"UPDATE feed SET edition = 77",
		"UPDATE answer SET size = 1",
		"UPDATE answer SET body = x'1f8b'"};

	(void)state;
	for (size_t i = 0; i < sizeof damage / sizeof *damage; i++) {
		struct verify_counts n;
		char name[16];
		struct store *s;

		snprintf(name, sizeof name, "%zu.db", i);
		s = open_at(name);
		fill(s);
		assert_int_equal(verify_store(s, &n), OK);
		db_run(s->db, damage[i]);
		assert_int_equal(db_error(s->db), OK);
		if (!verify_store(s, &n))
			fail_msg("not noticed: %s", damage[i]);
		assert_true(diags.counts[RW1824] > i);
		store_close(s);
	}
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_there_and_back), TEST(test_every_cut_and_change),
		TEST(test_hostile), TEST(test_older), TEST(test_gc),
		TEST(test_verify), TEST(test_licences)};

	return cmocka_run_group_tests_name("exchange", tests, NULL, NULL);
}
