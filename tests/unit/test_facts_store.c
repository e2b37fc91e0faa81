/* Loading facts: every check of a row, of rows against each other, and what
 * a user's rows do to bundled ones.  Each planted fault must be found. */
#include "facts_text.h"

#include <stdlib.h>
#include <string.h>

#include "folder.h"
#include "model/facts_index.h"

static struct facts facts;
static struct diags diags;

static int teardown(void **state)
{
	(void)state;
	facts_store_release(&facts);
	diag_release(&diags);
	return 0;
}

static void load(const char *rows)
{
	facts_store_release(&facts);
	diag_release(&diags);
	facts_text(&facts, &diags, rows);
}

/* The only diagnostic: its code, place and a part of its text. */
static void one(enum diag_code code, unsigned line, unsigned column,
		const char *part)
{
	const struct diag *d = diags.kept.v;

	assert_int_equal(diags.kept.n, 1);
	assert_string_equal(diag_name(d->code), diag_name(code));
	assert_int_equal(d->place.line, line);
	assert_int_equal(d->place.column, column);
	assert_str(d->place.path, "test.csv");
	if (str_find(d->message, str_c(part)) == SIZE_MAX)
		fail_msg("\"%.*s\" lacks \"%s\"", STR_ARG(d->message), part);
}

/* A row that must be refused, and its place. */
struct refused {
	const char *row;
	unsigned column;
	const char *part;
};

static void refuse(const struct refused *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		load(v[i].row);
		print_message("# %s", v[i].row);
		one(RW1701, 2, v[i].column, v[i].part);
		assert_int_equal(facts.rows.n, 0);
	}
}

static void test_rows_that_are_no_facts(void **state)
{
	static const struct refused rows[] = {
		{A("sells,a,b,"), 1, "not a kind of fact"},
		{"host,a.example,b\n", 1, "12 columns"},
		{"host,a.example,b,,,,,,,A,,,\n", 1, "12 columns"},
		{"host,\"a\"b,,,,,,,,A,,\n", 1, "no CSV"},
		{A("organisation,Nokia,vendor,Nokia"), 14, "not an id"},
		{A("extent,l,all,x"), 10, "neither whole nor part"},
		{A("extent,l,whole,"), 16, "must not be empty"},
		{A("suffix,com,,all"), 13, "exact nor below"},
		{A("suffix,*.ck,,below"), 8, "not a host"},
		{A("registrant,a.example,,China"), 23, "ISO 3166-1"},
		{A("undisclosed,a,both,NO_LEI"), 15, "direct nor"},
		{A("undisclosed,a,direct,"), 22, "must not be empty"},
		{A("exempts,l,,USA"), 12, "not a code"},
		{A("organisation,a--b,vendor,x"), 14, "not an id"},
		{A("organisation,a-,vendor,x"), 14, "not an id"},
		{A("organisation,a,firm,x"), 16, "kind of organisation"},
		{A("organisation,a,vendor,"), 23, "must not be empty"},
		{A("alias,a,b,x"), 9, "must be empty"},
		{A("host,a.Example,b,"), 6, "not a host"},
		{A("host,.example,b,"), 6, "not a host"},
		{A("host,a..b,b,"), 6, "not a host"},
		{A("host,,b,"), 6, "not a host"},
		{A("neutral,a.example,mail,"), 19, "not a class"},
		{A("typo,a.example,a.example,"), 16, "same as the subject"},
		{A("owns,a,a,50%"), 8, "same as the subject"},
		{A("controls,a,a,x"), 12, "same as the subject"},
		{A("establishes,a,,UK"), 16, "ISO 3166-1"},
		{A("establishes,a,,cn"), 16, "ISO 3166-1"},
		{A("establishes,a,, CN"), 16, "ISO 3166-1"},
		{A("bot,*@*,,all"), 5, "matches everything"},
		{A("bot,A*,,upper"), 5, "lower case"},
		{A("publishes,https://a/b,c,"), 11, "without scheme"},
		{A("publishes,a/b/,c,"), 11, "without scheme"},
		{A("publishes,A/b,c,"), 11, "lower case"},
		{A("lei,a,,529900T8BM49AURSDO56"), 8, "not an LEI"},
		{A("lei,a,,529900t8bm49aursdo55"), 8, "not an LEI"},
		{A("dispersed,a,,<51%"), 14, "neither"},
		{A("dispersed,a,,5%"), 14, "neither"},
		{"host,a.example,b,,2020-13,,,,,A,,\n", 19, "not a date"},
		{"host,a.example,b,,20200101,,,,,A,,\n", 19, "not a date"},
		{"host,a.example,b,,,2021-02-29,,,,A,,\n", 20, "not a date"},
		{"host,a.example,b,,2020,2019,,,,A,,\n", 24,
		 "not after the begin"},
		{"host,a.example,b,,2020-01-01,2020-01-01,,,,A,,\n", 30,
		 "not after the begin"},
		{"host,a.example,b,,,,a b,,,A,,\n", 21, "list of ids"},
		{"host,a.example,b,,,,a;;b,,,A,,\n", 21, "list of ids"},
		{"host,a.example,b,,,,,soon,,A,,\n", 22, "not a date"},
		{"host,a.example,b,,,,,,soon,A,,\n", 23, "not a date"},
		{"host,a.example,b,,,,,,,D,,\n", 24, "not A, B or C"},
		{"host,a.example,b,,,,,,,,,\n", 24, "not A, B or C"},
		{"host,a.example,b,,,,,,,A,maybe,\n", 26, "neither empty"},
		{A("alias,a,,x\x01"), 10, "control character"},
		{A("alias,a,,\xff"), 10, "not UTF-8"},
	};

	(void)state;
	refuse(rows, sizeof rows / sizeof *rows);
}

static void test_shares_that_are_none(void **state)
{
	static const char *const shares[] = {
		"", "50", "%", "101%", "100.01%", "-5%", "5 %", "50.%", ".5%",
		"50%+2", "0%-1", "100%+1", "33.333%+1", "30%-20%", "20%-",
		">100%", "<0%", ">", ">=", "50%%", "1e1%", "0x10%", "=50%",
		"99999999999999999999%", "UNKNOWN",
	};

	(void)state;
	for (size_t i = 0; i < sizeof shares / sizeof *shares; i++) {
		char row[96] = "owns,a,b,";

		strncat(row, shares[i], 40);
		strncat(row, ",,,,,,A,,\n", 20);
		load(row);
		print_message("# %s", row);
		one(RW1701, 2, 10, "is not a share");
	}
}

static void share(const char *text, int low, int low_side, int high,
		  int high_side)
{
	char rows[256] = ORG("a", "vendor") ORG("b", "vendor") "owns,a,b,";
	const struct fact *r;

	strncat(rows, text, 40);
	strncat(rows, ",,,,,,A,,\n", 20);
	load(rows);
	print_message("# %s\n", text);
	assert_int_equal(diags.kept.n, 0);
	r = &facts.rows.v[facts_index_kind(&facts, FACT_OWNS).first];
	assert_int_equal(r->low_bp, low);
	assert_int_equal(r->low_side, low_side);
	assert_int_equal(r->high_bp, high);
	assert_int_equal(r->high_side, high_side);
}

static void test_shares(void **state)
{
	(void)state;
	share("30.34%", 3034, 0, 3034, 0);
	share("100%", 10000, 0, 10000, 0);
	share("0.5%", 50, 0, 50, 0);
	share("33.333%", 3333, 0, 3334, 0);
	share("33.330%", 3333, 0, 3333, 0);
	share(">50%", 5000, 1, 10000, 0);
	share(">=25%", 2500, 0, 10000, 0);
	share("<50%", 0, 0, 5000, -1);
	share("<=5%", 0, 0, 500, 0);
	share("<33.333%", 0, 0, 3334, 0);
	share(">33.333%", 3333, 0, 10000, 0);
	share("20%-30%", 2000, 0, 3000, 0);
	share("50%+1", 5000, 1, 5000, 1);
	share("50%-1", 5000, -1, 5000, -1);
	share("50%-100%", 5000, 0, 10000, 0);
	share("unknown", 0, 0, 10000, 0);
}

static void test_the_header_is_demanded(void **state)
{
	struct str text = STR("kind,subject\nhost,a\n");

	(void)state;
	assert_int_equal(facts_store_parse(&facts, text, STR("test.csv"),
					   &diags), ERR_CONFIG);
	one(RW1701, 1, 1, "header");
	diag_release(&diags);
	assert_int_equal(facts_store_parse(&facts, STR(""), STR("test.csv"),
					   &diags), ERR_CONFIG);
	one(RW1701, 1, 1, "header");
}

static void test_sound_rows_are_kept(void **state)
{
	(void)state;
	load(ORG("a", "vendor") A("host,A,a,") A("host,a.example,a,"));
	one(RW1701, 3, 6, "not a host");
	assert_int_equal(facts_index_kind(&facts, FACT_HOST).n, 1);
	assert_int_equal(facts.organisations.n, 1);
}

static void test_a_quoted_field_has_its_line(void **state)
{
	(void)state;
	load(A("alias,a,,\"x \"\"y\"\"\"") A("alias,\"A\"\"\",,x"));
	/* row 2 dangles, row 3 has a bad id in memory of its own */
	assert_int_equal(diags.kept.n, 2);
	assert_int_equal(diags.kept.v[0].place.line, 3);
	assert_int_equal(diags.kept.v[0].place.column, 0);
}

static void test_ids_must_exist(void **state)
{
	static const struct {
		const char *rows, *part;
	} v[] = {
		{A("host,a.example,b,"), "no organisation b"},
		{A("owns,b,c,50%") ORG("c", "vendor"), "no organisation b"},
		{ORG("c", "vendor") A("owns,c,b,50%"), "no organisation b"},
		{A("establishes,b,,CN"), "no organisation b"},
		{A("alias,b,,x"), "no organisation b"},
		{A("publishes,a/b,b,"), "no organisation b"},
		{ORG("b", "vendor") A("lists,l,b,x"), "no list l"},
		{ORG("b", "vendor") A("extent,l,whole,x"), "no list l"},
		{"neutral,a.example,bot,,,,s,,,A,,\n", "no source s"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof v / sizeof *v; i++) {
		load(v[i].rows);
		assert_int_equal(diags.kept.n, 1);
		one(RW1701, diags.kept.v[0].place.line, 0, v[i].part);
		assert_int_equal(facts.rows.n, facts.organisations.n);
	}
}

static void test_an_organisation_is_declared_once(void **state)
{
	(void)state;
	load(ORG("a", "vendor") ORG("a", "operator"));
	one(RW1701, 2, 0, "declared twice");
	assert_int_equal(facts.organisations.n, 1);
	assert_str(facts.organisations.v[0].kind, "operator");
	assert_int_equal(facts.rows.n, 1);
}

static void test_contradictions(void **state)
{
	static const struct {
		const char *rows, *part;
	} v[] = {
		{ORG("a", "vendor") ORG("b", "vendor") ORG("c", "vendor")
		 A("owns,a,c,60%") A("owns,b,c,40.01%"), "over 100 %"},
		{ORG("a", "vendor") ORG("b", "vendor") ORG("c", "vendor")
		 A("owns,a,c,>50%") A("owns,b,c,50%"), "over 100 %"},
		{ORG("a", "vendor") ORG("b", "vendor") ORG("c", "vendor")
		 DATED("owns,a,c,60%", "2010", "2015")
		 DATED("owns,b,c,60%", "2014", ""), "over 100 %"},
		{ORG("a", "vendor") ORG("c", "vendor")
		 A("owns,a,c,60%") A("owns,a,c,>70%"), "two shares"},
		{ORG("a", "vendor") ORG("b", "vendor")
		 A("host,x.example,a,") A("host,x.example,b,"),
		 "overlapping windows"},
		{ORG("a", "vendor") DATED("host,x.example,a,", "2010", "")
		 DATED("neutral,x.example,bot,", "", "2012"),
		 "overlapping windows"},
		{ORG("a", "vendor") A("host,y.example,a,")
		 A("neutral,x.example,bot,") A("typo,x.example,y.example,"),
		 "overlapping windows"},
		{ORG("a", "vendor") ORG("b", "vendor") A("alias,b,,A"),
		 "several organisations"},
		{ORG("a", "vendor") ORG("b", "vendor")
		 A("dispersed,b,,no-controller") A("owns,a,b,51%"),
		 "dispersed, but controlled"},
		{ORG("a", "vendor") ORG("b", "vendor")
		 A("dispersed,b,,<10%") A("controls,a,b,by contract"),
		 "dispersed, but controlled"},
		{A("typo,x.example,y.example,"), "no row knows"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof v / sizeof *v; i++) {
		load(v[i].rows);
		diag_sort(&diags);
		assert_true(diags.kept.n >= 1);
		for (size_t k = 0; k < diags.kept.n; k++) {
			const struct diag *d = &diags.kept.v[k];

			print_message("# %.*s\n", STR_ARG(d->message));
			assert_int_equal(d->code, RW1703);
			assert_true(d->place.line > 1);
			assert_true(str_find(d->message, str_c(v[i].part)) !=
				    SIZE_MAX);
		}
	}
}

static void test_what_only_looks_like_a_contradiction(void **state)
{
	(void)state;
	facts_good(&facts,
		   ORG("a", "vendor") ORG("b", "vendor") ORG("c", "vendor")
		   /* one share twice, by two sources */
		   A("owns,a,c,50%+1") B("owns,a,c,>50%")
		   A("owns,b,c,50%-1")
		   /* one after the other, within one year */
		   DATED("host,x.example,a,", "", "2016")
		   DATED("host,x.example,b,", "2016", "")
		   DATED("controls,a,b,bought", "", "2016-07-03")
		   DATED("dispersed,b,,no-controller", "2016-07-03", "")
		   /* withdrawn rows contradict nobody */
		   ORG("d", "vendor") A("host,y.example,d,")
		   A("host,z.y.example,a,"));
}

static void test_the_sums_follow_the_days(void **state)
{
	(void)state;
	/* a sells to b in 2015; c holds the rest all the time */
	facts_good(&facts,
		   ORG("a", "vendor") ORG("b", "vendor") ORG("c", "vendor")
		   ORG("d", "vendor")
		   DATED("owns,a,d,70%", "", "2015-05-01")
		   DATED("owns,b,d,70%", "2015-05-01", "")
		   A("owns,c,d,30%"));
}

static void test_order_of_rows_changes_nothing(void **state)
{
	struct facts other = {0};

	(void)state;
	facts_good(&facts, ORG("a", "vendor") ORG("b", "vendor")
		   A("owns,a,b,50%") A("host,a.example,a,"));
	facts_good(&other, A("host,a.example,a,") A("owns,a,b,50%")
		   ORG("b", "vendor") ORG("a", "vendor"));
	assert_int_equal(facts.rows.n, other.rows.n);
	for (size_t i = 0; i < facts.rows.n; i++) {
		assert_int_equal(facts.rows.v[i].kind, other.rows.v[i].kind);
		assert_true(str_eq(facts.rows.v[i].subject,
				   other.rows.v[i].subject));
	}
	facts_store_release(&other);
}

/* Bundled rows, made for the test, and a file of the user's over them. */
static void override(const char *bundled, const char *own)
{
	facts_store_release(&facts);
	diag_release(&diags);
	(void)!facts_store_parse(&facts, arena_fmt(&facts.arena, "%s%s",
						   HEADER, bundled),
				 STR("bundled.csv"), &diags);
	for (size_t i = 0; i < facts.rows.n; i++)
		facts.rows.v[i].is_assumed = false;
	(void)!facts_store_parse(&facts, arena_fmt(&facts.arena, "%s%s",
						   HEADER, own),
				 STR("own.csv"), &diags);
	facts_store_index(&facts, &diags);
}

static void test_rows_of_the_user_replace(void **state)
{
	struct facts_run run;

	(void)state;
	override(B("organisation,a,vendor,a") B("organisation,b,vendor,b")
		 B("host,x.example,a,") B("host,y.example,a,")
		 B("owns,a,b,60%"),
		 A("host,x.example,b,") A("neutral,y.example,bot,"));
	assert_int_equal(diags.kept.n, 0);
	run = facts_index_subject(&facts, FACT_HOST, STR("x.example"));
	assert_int_equal(run.n, 1);
	assert_str(facts.rows.v[run.first].object, "b");
	assert_true(facts.rows.v[run.first].is_assumed);
	run = facts_index_subject(&facts, FACT_HOST, STR("y.example"));
	assert_int_equal(run.n, 0);
	assert_int_equal(facts_index_kind(&facts, FACT_OWNS).n, 1);
}

static void test_the_user_can_withdraw_a_row(void **state)
{
	(void)state;
	override(B("organisation,a,vendor,a") B("organisation,b,vendor,b")
		 B("owns,a,b,60%") B("controls,a,b,consolidated"),
		 IN_STATE("owns,a,b,60%", "withdrawn"));
	assert_int_equal(facts_index_kind(&facts, FACT_CONTROLS).n, 0);
	assert_int_equal(facts_index_kind(&facts, FACT_OWNS).n, 1);
	assert_int_equal(diags.kept.n, 1);
	assert_int_equal(diags.kept.v[0].code, RW1704);
	assert_str(diags.kept.v[0].message, "the row is withdrawn");
}

static void test_bundled_rows_of_confidence_a_need_a_source(void **state)
{
	(void)state;
	override(A("neutral,x.example,bot,"), "");
	assert_int_equal(facts.rows.n, 0);
	assert_int_equal(diags.kept.n, 1);
	assert_str(diags.kept.v[0].message,
		   "a row of confidence A needs a source");
	override(B("neutral,x.example,bot,"), "");
	assert_int_equal(diags.kept.n, 0);
}

static void test_a_file_of_the_user(void **state)
{
	folder_add("f.csv", HEADER ORG("a", "vendor"));
	assert_int_equal(facts_store_add(&facts, "f.csv", &diags), OK);
	assert_true(facts.rows.v[0].is_assumed);
	assert_str(facts.rows.v[0].evidence->file, "f.csv");
	assert_int_equal(facts_store_add(&facts, "none.csv", &diags),
			 ERR_CONFIG);
	assert_int_equal(diags.kept.n, 1);
	teardown(state);
}

static void test_rows_by_organisation(void **state)
{
	const size_t *rows;
	size_t n;

	(void)state;
	facts_good(&facts, ORG("a", "vendor") ORG("b", "vendor")
		   A("owns,a,b,50%") A("host,a.example,a,")
		   A("establishes,b,,US"));
	rows = facts_index_about(&facts, facts_organisation(&facts, STR("b")),
				 &n);
	assert_int_equal(n, 3);
	assert_int_equal(facts.rows.v[rows[0]].kind, FACT_ORGANISATION);
	assert_int_equal(facts.rows.v[rows[1]].kind, FACT_ESTABLISHES);
	assert_int_equal(facts.rows.v[rows[2]].kind, FACT_OWNS);
	assert_int_equal(facts_organisation(&facts, STR("c")), SIZE_MAX);
}

#define TEST(name) cmocka_unit_test_teardown(name, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_rows_that_are_no_facts),
		TEST(test_shares_that_are_none),
		TEST(test_shares),
		TEST(test_the_header_is_demanded),
		TEST(test_sound_rows_are_kept),
		TEST(test_a_quoted_field_has_its_line),
		TEST(test_ids_must_exist),
		TEST(test_an_organisation_is_declared_once),
		TEST(test_contradictions),
		TEST(test_what_only_looks_like_a_contradiction),
		TEST(test_the_sums_follow_the_days),
		TEST(test_order_of_rows_changes_nothing),
		TEST(test_rows_of_the_user_replace),
		TEST(test_the_user_can_withdraw_a_row),
		TEST(test_bundled_rows_of_confidence_a_need_a_source),
		cmocka_unit_test_setup_teardown(test_a_file_of_the_user,
						folder_setup,
						folder_teardown),
		TEST(test_rows_by_organisation),
	};

	return cmocka_run_group_tests_name("facts_store", tests, NULL, NULL);
}
