/* Rows of feeds and legal entities as facts: which organisation they mean,
 * and how far holders are followed. */
#include "store_rows.h"

#include "model/facts_index.h"
#include "store/facts_feed.h"
#include "store/facts_store.h"

static struct diags diags;
static struct facts facts;
static struct store *store;
static struct strbuf text;

static int setup(void **state)
{
	if (folder_setup(state))
		return 1;
	strbuf_init(&text, 0);
	strbuf_cstr(&text, "kind,subject,object,value,from,to,source,"
			   "speaks_for,read,confidence,state,note\n"
			   "source,s,free,https://example.com,,,,,,A,,\n"
			   "list,l,Authority,The List,,,s,,,A,,\n");
	store = rows_open(DB_WRITE, &diags);
	return 0;
}

static int teardown(void **state)
{
	facts_store_release(&facts);
	store_close(store);
	diag_release(&diags);
	strbuf_release(&text);
	return folder_teardown(state);
}

/* A row of the facts at hand. */
static void have(const char *kind, const char *subject, const char *object,
		 const char *value)
{
	strbuf_fmt(&text, "%s,%s,%s,\"%s\",,,s,,,A,,\n", kind, subject,
		   object, value);
}

static void begin(void)
{
	struct edition e = rows_edition("one");

	assert_int_equal(edition_begin(store, &e), OK);
}

/* A row of the feed, of confidence A. */
static void feed(const char *kind, const char *subject, const char *object,
		 const char *value)
{
	struct str fields[COLUMN_COUNT] = {
		str_c(kind), str_c(subject), str_c(object), str_c(value),
		STR(""), STR(""), STR("feed-source"), STR(""), STR(""),
		STR("A"), STR(""), STR("")};
	enum facts_column column;

	if (!strcmp(kind, "source"))
		fields[COLUMN_SOURCE] = STR("");
	assert_null(edition_add_fact(store, fields, &column));
}

static void load(const char *name)
{
	struct facts_feed_names names = {0};

	if (name)
		vec_push(&names.list, str_c(name));
	assert_int_equal(edition_publish(store), OK);
	assert_int_equal(facts_store_parse(&facts, strbuf_str(&text),
					   STR("have.csv"), &diags), OK);
	facts_feed_load(&facts, store, &names, &diags);
	facts_store_index(&facts, &diags);
	vec_release(&names.list);
	assert_int_equal(diags.counts[RW1701], 0);
}

/* The confidence of a row, '-' when there is none. */
static char letter(const char *kind, const char *subject, const char *object,
		   const char *value)
{
	enum fact_kind k;
	struct facts_run run;

	assert_true(facts_find_kind(str_c(kind), &k));
	run = facts_index_subject(&facts, k, str_c(subject));
	for (size_t i = run.first; i < run.first + run.n; i++)
		if (str_is(facts.rows.v[i].object, object) &&
		    (!*value || str_is(facts.rows.v[i].value, value)))
			return facts_confidence_letter(
				facts.rows.v[i].confidence);
	return '-';
}

static char *lei_id(char *room, unsigned n)
{
	char lei[32];

	rows_lei(lei, n);
	for (size_t i = 0; lei[i]; i++)
		lei[i] = ascii_lower(lei[i]);
	snprintf(room, 32, "lei-%.20s", lei);
	return room;
}

static void test_feed_names(void **state)
{
	(void)state;
	have("organisation", "acme", "company", "Acme Co., Ltd.");
	have("establishes", "acme", "", "CN");
	have("organisation", "twin-a", "company", "Twin");
	have("establishes", "twin-a", "", "CN");
	have("organisation", "twin-b", "company", "TWIN Ltd");
	have("establishes", "twin-b", "", "CN");
	begin();
	feed("source", "feed-source", "free", "https://example.org");
	feed("organisation", "f-1", "company", "ACME CO LTD");
	feed("alias", "f-1", "", "The Acme");
	feed("establishes", "f-1", "", "CN");
	feed("lists", "l", "f-1", "as printed");
	/* the same name elsewhere; a name of two; one nobody knows */
	feed("organisation", "f-2", "company", "Acme");
	feed("establishes", "f-2", "", "US");
	feed("organisation", "f-3", "company", "Twin Inc");
	feed("establishes", "f-3", "", "CN");
	feed("organisation", "f-4", "company", "Acme");
	load(NULL);
	/* no proven bound rests on a name */
	assert_int_equal(letter("lists", "l", "acme", "as printed"), 'B');
	assert_int_equal(letter("alias", "acme", "", "The Acme"), 'B');
	assert_int_equal(letter("alias", "acme", "", "ACME CO LTD"), '-');
	assert_int_equal(letter("establishes", "acme", "", "CN"), 'A');
	assert_int_equal(letter("organisation", "f-1", "company", ""), '-');
	assert_int_equal(letter("organisation", "f-2", "company", ""), 'A');
	assert_int_equal(letter("organisation", "f-3", "company", ""), 'A');
	assert_int_equal(letter("organisation", "f-4", "company", ""), 'A');
	assert_int_equal(diags.counts[RW1823], 0);
}

static void test_feed_lei(void **state)
{
	char lei[32], other[32];

	(void)state;
	have("organisation", "acme", "company", "Acme");
	have("lei", "acme", "", rows_lei(lei, 7).p);
	have("establishes", "acme", "", "CN");
	begin();
	feed("source", "feed-source", "free", "https://example.org");
	feed("organisation", "f-1", "vendor", "Something else");
	feed("lei", "f-1", "", rows_lei(lei, 7).p);
	feed("controls", "f-2", "f-1", "says so");
	feed("organisation", "f-2", "company", "Holder");
	/* the name and country of one that has another LEI */
	feed("organisation", "f-3", "company", "Acme");
	feed("lei", "f-3", "", rows_lei(other, 8).p);
	feed("establishes", "f-3", "", "CN");
	load(NULL);
	assert_int_equal(letter("controls", "f-2", "acme", "says so"), 'A');
	assert_int_equal(letter("alias", "acme", "", "Something else"), 'A');
	assert_int_equal(letter("organisation", "f-3", "company", ""), 'A');
}

static void test_feed_dangling(void **state)
{
	(void)state;
	have("organisation", "acme", "company", "Acme");
	begin();
	feed("controls", "nobody", "acme", "x");
	feed("source", "other-source", "free", "https://example.org");
	feed("alias", "acme", "", "Without a source");
	feed("lists", "no-list", "acme", "x");
	load(NULL);
	assert_int_equal(diags.counts[RW1823], 3);
	assert_int_equal(letter("alias", "acme", "", "Without a source"), '-');
}

static void test_holders(void **state)
{
	char a[32], b[32], c[32], lei[32];

	(void)state;
	have("organisation", "acme", "company", "Acme");
	have("lei", "acme", "", rows_lei(lei, 1).p);
	begin();
	rows_add_entity(store, 1, "Acme GmbH", "DE");
	rows_add_entity(store, 2, "Between", "CN");
	rows_add_entity(store, 3, "Top", "JP");
	rows_add_entity(store, 4, "Not asked for", "JP");
	rows_add_relation(store, 1, 2, RELATION_DIRECT);
	rows_add_relation(store, 1, 3, RELATION_ULTIMATE);
	rows_add_relation(store, 4, 1, RELATION_DIRECT);
	load(NULL);
	lei_id(a, 2), lei_id(b, 3), lei_id(c, 4);
	assert_int_equal(letter("controls", a, "acme", ""), 'A');
	assert_int_equal(letter("controls", b, "acme", ""), 'A');
	/* not its own master, though the register does not say so */
	assert_int_equal(letter("controls", b, a, ""), 'B');
	assert_int_equal(letter("establishes", a, "", "CN"), 'A');
	assert_int_equal(letter("lei", b, "", rows_lei(lei, 3).p), 'A');
	assert_int_equal(letter("organisation", c, "company", ""), '-');
	assert_int_equal(diags.kept.n, 0);
}

static void test_by_name(void **state)
{
	char a[32], lei[32];

	(void)state;
	have("organisation", "acme", "company", "Acme");
	have("establishes", "acme", "", "DE");
	have("organisation", "uni", "university", "Uni");
	have("establishes", "uni", "", "DE");
	begin();
	rows_add_entity(store, 1, "ACME GmbH", "DE");
	rows_add_entity(store, 2, "Acme Inc.", "US");
	rows_add_entity(store, 3, "Holder", "US");
	rows_add_entity(store, 4, "Uni", "DE");
	rows_add_relation(store, 1, 3, RELATION_DIRECT);
	rows_add_relation(store, 4, 3, RELATION_DIRECT);
	load(NULL);
	assert_int_equal(letter("lei", "acme", "", rows_lei(lei, 1).p), 'B');
	assert_int_equal(letter("controls", lei_id(a, 3), "acme", ""), 'B');
	/* nobody holds a university */
	assert_int_equal(letter("controls", lei_id(a, 3), "uni", ""), '-');
}

static void test_namesakes(void **state)
{
	char lei[32];

	(void)state;
	have("organisation", "acme", "company", "Acme");
	have("establishes", "acme", "", "DE");
	begin();
	for (unsigned i = 1; i < 3; i++)
		rows_add_entity(store, i, i == 1 ? "Acme AG" : "Acme GmbH",
				"DE");
	load(NULL);
	assert_int_equal(letter("lei", "acme", "", rows_lei(lei, 1).p), '-');
	assert_int_equal(letter("lei", "acme", "", rows_lei(lei, 2).p), '-');
}

static void test_names_asked_for(void **state)
{
	char a[32], b[32];

	(void)state;
	begin();
	rows_add_entity(store, 1, "Supplier Ltd", "GB");
	rows_add_entity(store, 2, "Holder", "CN");
	rows_add_relation(store, 1, 2, RELATION_DIRECT);
	/* of its record the register has nothing */
	rows_add_relation(store, 2, 9, RELATION_ULTIMATE);
	load("supplier limited");
	lei_id(a, 1), lei_id(b, 2);
	assert_int_equal(letter("organisation", a, "company", "Supplier Ltd"),
			 'A');
	assert_int_equal(letter("controls", b, a, ""), 'A');
	assert_int_equal(letter("organisation", lei_id(a, 9), "company", ""),
			 'B');
	assert_int_equal(letter("controls", a, b, ""), 'A');
}

static void test_parents_withheld(void **state)
{
	char a[32], b[32];

	(void)state;
	begin();
	rows_add_entity(store, 1, "Supplier Ltd", "GB");
	rows_add_entity(store, 2, "Holder", "CN");
	rows_add_relation(store, 1, 2, RELATION_ULTIMATE);
	rows_add_exception(store, 1, "NO_LEI"); /* and yet it has one */
	rows_add_exception(store, 2, "NON_PUBLIC");
	load("supplier limited");
	lei_id(a, 1), lei_id(b, 2);
	assert_int_equal(letter("undisclosed", b, "ultimate", "NON_PUBLIC"),
			 'A');
	assert_int_equal(letter("undisclosed", a, "ultimate", ""), '-');
}

/* What somebody read is not contradicted, nor made more special. */
static void test_hosts_that_are_spoken_for(void **state)
{
	(void)state;
	have("organisation", "acme", "company", "Acme");
	have("host", "acme.example", "acme", "");
	have("neutral", "mail.example", "consumer-mail", "");
	begin();
	feed("source", "feed-source", "free", "https://example.org");
	feed("organisation", "f-1", "university", "University of F");
	feed("host", "acme.example", "f-1", "");
	feed("host", "lab.acme.example", "f-1", "");
	feed("neutral", "acme.example", "consumer-mail", "");
	feed("host", "mail.example", "f-1", "");
	feed("host", "f.example", "f-1", "");
	feed("undisclosed", "f-1", "direct", "NO_LEI");
	feed("registrant", "f.example", "", "CN");
	load(NULL);
	assert_int_equal(letter("host", "acme.example", "acme", ""), 'A');
	assert_int_equal(letter("host", "acme.example", "f-1", ""), '-');
	assert_int_equal(letter("host", "lab.acme.example", "f-1", ""), '-');
	assert_int_equal(letter("neutral", "acme.example", "consumer-mail",
				""), '-');
	assert_int_equal(letter("host", "mail.example", "f-1", ""), '-');
	assert_int_equal(letter("host", "f.example", "f-1", ""), 'A');
	assert_int_equal(letter("undisclosed", "f-1", "direct", "NO_LEI"),
			 'A');
	assert_int_equal(letter("registrant", "f.example", "", "CN"), 'A');
	assert_int_equal(diags.counts[RW1823], 0);
}

static void test_cycle(void **state)
{
	char lei[32];

	(void)state;
	have("organisation", "acme", "company", "Acme");
	have("lei", "acme", "", rows_lei(lei, 0).p);
	begin();
	for (unsigned i = 0; i < 300; i++) {
		rows_add_entity(store, i, "X", "DE");
		rows_add_relation(store, i, (i + 1) % 300, RELATION_DIRECT);
		rows_add_relation(store, i, (i + 2) % 300, RELATION_ULTIMATE);
	}
	load(NULL);
	assert_int_equal(facts.organisations.n, 300);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_feed_names), TEST(test_feed_lei),
		TEST(test_feed_dangling), TEST(test_holders),
		TEST(test_by_name), TEST(test_namesakes),
		TEST(test_names_asked_for), TEST(test_parents_withheld), TEST(test_cycle),
		TEST(test_hosts_that_are_spoken_for)};

	return cmocka_run_group_tests_name("facts_feed", tests, NULL, NULL);
}
