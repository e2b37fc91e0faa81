/* The control ladder on the traps of method.md: which rungs hold, at which
 * date, by which rows. */
#include "traps.h"

#include "attribute/attribute.h"
#include "base/limits.h"

static const struct facts *asked;
static struct arena arena;
static struct concern concern;
static struct ladder ladder;
static struct facts own;

static int teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	facts_store_release(&own);
	return 0;
}

/* "CN HK" as the jurisdictions, the list of the tests if `list`. */
static void ask_of(const struct facts *f, const char *places, bool list,
		   const char *date, const char *id)
{
	static struct str jurisdictions[8], lists[] = {{"test-list", 9}};
	struct str rest = str_c(places), one;
	struct ladders all;
	size_t i = facts_organisation(f, str_c(id));

	asked = f;
	concern = (struct concern){.jurisdictions = jurisdictions,
				   .lists = lists, .lists_n = list,
				   .as_of = day(date)};
	while (str_word(&rest, &one))
		jurisdictions[concern.jurisdictions_n++] = one;
	print_message("# %s for %s on %s\n", id, places, date);
	assert_true(i != SIZE_MAX);
	attribute_ladder(f, i, &concern, &arena, &ladder);
	/* one alone is as one of all */
	attribute_ladders(f, &concern, NULL, &arena, &all);
	for (size_t r = 0; r < RUNG_COUNT; r++) {
		const struct rung_result *a = &ladder.rungs[r];
		const struct rung_result *b = &all.v[i]->rungs[r];

		assert_int_equal(a->state, b->state);
		assert_int_equal(a->low_bp, b->low_bp);
		assert_int_equal(a->high_bp, b->high_bp);
		assert_int_equal(a->chain_n, b->chain_n);
		for (size_t k = 0; k < a->chain_n; k++)
			assert_int_equal(a->chain[k], b->chain[k]);
	}
}

static void ask(const char *id, const char *date)
{
	ask_of(&traps, "CN HK MO", true, date, id);
}

/* The states of listed, affiliate, owned50, controlled, state, established:
 * a letter each: no, open, yes. */
static void says(const char *want)
{
	static const enum rung rungs[] = {RUNG_LISTED, RUNG_AFFILIATE,
					  RUNG_OWNED50, RUNG_CONTROLLED,
					  RUNG_STATE, RUNG_ESTABLISHED};
	char got[7] = "";

	for (size_t i = 0; i < 6; i++)
		got[i] = "noy"[ladder.rungs[rungs[i]].state];
	assert_string_equal(got, want);
}

static void rung(enum rung r, enum rung_state state)
{
	assert_string_equal(ladder_state_name(ladder.rungs[r].state),
			    ladder_state_name(state));
}

/* The chain of a rung as "kind subject object" joined by "; ". */
static void chain(enum rung r, const char *want)
{
	const struct rung_result *x = &ladder.rungs[r];
	struct strbuf b;

	strbuf_init(&b, 0);
	for (size_t i = 0; i < x->chain_n; i++) {
		const struct fact *f = &asked->rows.v[x->chain[i]];

		strbuf_fmt(&b, "%s%s %.*s%s%.*s", i ? "; " : "",
			   facts_kind_name(f->kind), STR_ARG(f->subject),
			   f->object.n ? " " : "", STR_ARG(f->object));
	}
	assert_string_equal(b.p ? b.p : "", want);
	strbuf_release(&b);
}

#define NOW "2024-06-01"
/* The list of the tests, and that it has no other entries. */
#define LIST A("list,test-list,,x") A("extent,test-list,whole,x")

static void test_located_is_not_controlled(void **state)
{
	(void)state;
	ask("fujitsu-nanjing", NOW);
	says("nnnnnn");
	rung(RUNG_LOCATED, RUNG_PROVEN);
	rung(RUNG_UNKNOWN, RUNG_NO);
	chain(RUNG_LOCATED, "establishes fujitsu-nanjing");
	chain(RUNG_CONTROLLED,
	      "establishes fujitsu; dispersed fujitsu; "
	      "controls fujitsu fujitsu-nanjing");
	ask("fujitsu", NOW);
	says("nnnnnn");
	rung(RUNG_LOCATED, RUNG_NO);
}

static void test_futurewei(void **state)
{
	(void)state;
	ask("futurewei", NOW);
	says("nyyyon");
	chain(RUNG_OWNED50, "establishes huawei-technologies; "
	      "owns huawei-technologies futurewei");
	chain(RUNG_AFFILIATE, "lists test-list huawei-technologies; "
	      "owns huawei-technologies futurewei");
	chain(RUNG_ESTABLISHED, "establishes futurewei");
	ask("huawei-india", NOW);
	says("nyyyon");
	rung(RUNG_LOCATED, RUNG_PROVEN);
}

static void test_a_foreign_branch_of_a_state_company(void **state)
{
	(void)state;
	ask("china-mobile-usa", NOW);
	says("nnyyyn");
	chain(RUNG_STATE, "organisation sasac state-body; establishes sasac; "
	      "controls sasac china-mobile-group; "
	      "owns china-mobile-group china-mobile-usa");
	ask("china-mobile-group", NOW);
	says("nnoyyy");
	/* the ministry above leads nowhere else */
	ask("sasac", NOW);
	says("nnnyyy");
}

static void test_one_share_over_half(void **state)
{
	(void)state;
	ask("nokia-sbell", NOW);
	says("nnnnnn");
	rung(RUNG_OWNED25, RUNG_PROVEN);
	rung(RUNG_LOCATED, RUNG_PROVEN);
	assert_int_equal(ladder.rungs[RUNG_OWNED50].low_bp, 4999);
	assert_int_equal(ladder.rungs[RUNG_OWNED50].high_bp, 4999);
	chain(RUNG_OWNED25,
	      "establishes china-huaxin; owns china-huaxin nokia-sbell");
	chain(RUNG_OWNED50, "establishes nokia; dispersed nokia; "
	      "owns nokia nokia-sbell");
	assert_int_equal(ladder.economic_low_bp, 4999);
	/* what is below Nokia's threshold adds to it: 50 % + 10 % of 50 % */
	assert_int_equal(ladder.economic_high_bp, 5500);
	/* before the joint venture nothing is recorded */
	ask("nokia-sbell", "2016-01-01");
	says("nnoooy");
	rung(RUNG_OWNED5, RUNG_POSSIBLE);
}

static void test_taiwan_hong_kong_macau(void **state)
{
	(void)state;
	ask("ntust", NOW);
	says("nnnnnn");
	rung(RUNG_LOCATED, RUNG_NO);
	ask_of(&traps, "TW", false, NOW, "ntust");
	says("nnnyoy");
	ask_of(&traps, "CN", false, NOW, "astri");
	says("nnnnnn");
	ask_of(&traps, "CN HK", false, NOW, "astri");
	says("nnnyyy");
	ask_of(&traps, "CN HK", false, NOW, "umac");
	says("nnnnnn");
	ask_of(&traps, "CN HK MO", false, NOW, "umac");
	says("nnnyoy");
	ask_of(&traps, "RU", false, NOW, "china-mobile-group");
	says("nnnnnn");
}

static void test_universities(void **state)
{
	(void)state;
	ask("bupt", NOW);
	says("nnnyyy");
	chain(RUNG_CONTROLLED, "organisation bupt university; establishes bupt");
	chain(RUNG_STATE, "organisation moe state-body; establishes moe; "
	      "controls moe bupt");
	/* a campus that a university elsewhere controls */
	ask("nyu-shanghai", NOW);
	says("nnnnnn");
	rung(RUNG_LOCATED, RUNG_PROVEN);
}

static void wind_river(const char *date, const char *want)
{
	ask("wind-river", date);
	says("nnnnnn");
	chain(RUNG_CONTROLLED, want);
}

static void test_owners_by_date(void **state)
{
	(void)state;
	wind_river("2009-07-16", "dispersed wind-river");
	wind_river("2012-01-01", "establishes intel; dispersed intel; "
		   "controls intel wind-river");
	wind_river("2018-06-24", "establishes intel; dispersed intel; "
		   "controls intel wind-river");
	wind_river("2018-06-25", "establishes tpg; dispersed tpg; "
		   "controls tpg wind-river");
	wind_river("2024-01-01", "establishes aptiv; dispersed aptiv; "
		   "controls aptiv wind-river");
}

static void test_a_merger(void **state)
{
	(void)state;
	ask("freescale", "2015-12-06");
	says("nnnnnn");
	chain(RUNG_CONTROLLED, "dispersed freescale");
	ask("freescale", "2015-12-07");
	says("nnnnnn");
	chain(RUNG_CONTROLLED, "establishes nxp; dispersed nxp; "
	      "controls nxp freescale");
}

static void test_both_sides_of_a_quarter(void **state)
{
	(void)state;
	ask("zte", "2018-06-01");
	rung(RUNG_OWNED25, RUNG_PROVEN);
	assert_int_equal(ladder.rungs[RUNG_OWNED25].low_bp, 3034);
	ask("zte", "2023-06-01");
	says("nooooy");
	rung(RUNG_OWNED25, RUNG_POSSIBLE);
	rung(RUNG_OWNED10, RUNG_PROVEN);
	/* on which day of 2022 it changed is not known */
	ask("zte", "2022-06-01");
	rung(RUNG_OWNED10, RUNG_POSSIBLE);
}

static void test_a_sum_of_several(void **state)
{
	(void)state;
	ask("asiainfo", NOW);
	says("noooon");
	rung(RUNG_OWNED25, RUNG_PROVEN);
	rung(RUNG_UNKNOWN, RUNG_PROVEN);
	assert_int_equal(ladder.rungs[RUNG_OWNED25].low_bp, 4350);
	chain(RUNG_OWNED25, "controlled-from skipper; "
	      "establishes china-mobile-group; owns skipper asiainfo; "
	      "owns china-mobile-group asiainfo");
	chain(RUNG_OWNED10,
	      "controlled-from skipper; owns skipper asiainfo");
}

static void test_a_list_entry_added_and_removed(void **state)
{
	(void)state;
	ask("zte", "2020-03-07");
	rung(RUNG_LISTED, RUNG_NO);
	ask("zte", "2020-03-08");
	rung(RUNG_LISTED, RUNG_PROVEN);
	chain(RUNG_LISTED, "lists test-list zte");
	ask("zte", "2022-03-28");
	rung(RUNG_LISTED, RUNG_PROVEN);
	ask("zte", "2022-03-29");
	rung(RUNG_LISTED, RUNG_NO);
	/* a list that the policy does not name */
	ask_of(&traps, "CN", false, "2021-01-01", "zte");
	rung(RUNG_LISTED, RUNG_NO);
}

static void test_affiliates_follow_known_edges(void **state)
{
	(void)state;
	ask("hisilicon", NOW);
	rung(RUNG_AFFILIATE, RUNG_PROVEN);
	/* of the same group; whether the entry reaches up is its wording */
	ask("huawei-holding", NOW);
	rung(RUNG_AFFILIATE, RUNG_POSSIBLE);
	/* an undisclosed holder may be a listed one */
	ask("smallco", NOW);
	rung(RUNG_AFFILIATE, RUNG_POSSIBLE);
	/* whom somebody else controls is none */
	ask("fujitsu-nanjing", NOW);
	rung(RUNG_AFFILIATE, RUNG_NO);
	chain(RUNG_AFFILIATE, "extent test-list whole; dispersed fujitsu; "
	      "controls fujitsu fujitsu-nanjing");
	/* listed itself; an undisclosed holder may be, too */
	ask("huawei-technologies", NOW);
	says("yoyyoy");
	ask("futurewei", "2019-12-31");
	rung(RUNG_AFFILIATE, RUNG_NO);
}

/* Absence is a fact only where a row says that all of the list is there, or
 * that it cannot name such a one. */
static void test_absence_from_an_extract(void **state)
{
	static const char *const rows =
		ORG("us", "company") ORG("fi", "company") ORG("sub", "vendor")
		A("dispersed,us,,<5%") A("dispersed,fi,,<5%")
		A("establishes,us,,US") A("establishes,fi,,FI")
		A("establishes,sub,,FI") A("controls,fi,sub,x")
		DATED("list,test-list,,x", "2000", "")
		A("exempts,test-list,,US")
		DATED("extent,test-list,whole,an edition", "2022-03-01",
		      "2024-02") DATED("extent,test-list,part,x", "2024-02", "");
	const struct rung_result *r = ladder.rungs;

	(void)state;
	facts_good(&own, rows);
	ask_of(&own, "CN", true, "2023-01-01", "fi");
	says("nnnnnn");
	assert_int_equal(r[RUNG_LISTED].confidence, FACT_A);
	chain(RUNG_LISTED, "extent test-list whole");
	ask_of(&own, "CN", true, "2023-01-01", "sub");
	assert_int_equal(r[RUNG_AFFILIATE].confidence, FACT_A);
	/* before the edition, after it, and where its end is not sure */
	for (size_t i = 0; i < 3; i++) {
		ask_of(&own, "CN", true,
		       (const char *[]){"2022-02-28", NOW, "2024-02-10"}[i],
		       "fi");
		says("nnnnnn");
		assert_int_equal(r[RUNG_LISTED].confidence, FACT_B);
		assert_int_equal(r[RUNG_LISTED].state_on_b, RUNG_NO);
		assert_int_equal(r[RUNG_CONTROLLED].confidence, FACT_A);
		ask_of(&own, "CN", true, NOW, "sub");
		assert_int_equal(r[RUNG_AFFILIATE].confidence, FACT_B);
		/* who decides over it may be listed, so of concern */
		assert_int_equal(r[RUNG_CONTROLLED].confidence, FACT_B);
	}
	/* nobody is on a list before there is one */
	ask_of(&own, "CN", true, "1999-01-01", "fi");
	assert_int_equal(r[RUNG_LISTED].confidence, FACT_A);
	chain(RUNG_LISTED, "list test-list");
	/* it names foreign companies only */
	ask_of(&own, "CN", true, NOW, "us");
	assert_int_equal(r[RUNG_LISTED].confidence, FACT_A);
	chain(RUNG_LISTED, "establishes us; exempts test-list");
}

/* A state body's companies are no group of the one that is listed. */
static void test_a_ministry_makes_no_group(void **state)
{
	(void)state;
	facts_good(&own, ORG("ministry", "state-body") ORG("one", "vendor")
		   ORG("two", "vendor") ORG("head", "company")
		   ORG("three", "vendor") ORG("outside", "company")
		   ORG("four", "vendor") ORG("five", "vendor")
		   A("establishes,ministry,,CN") A("establishes,one,,CN")
		   A("establishes,two,,CN") A("establishes,head,,CN")
		   A("establishes,three,,CN") A("establishes,outside,,US")
		   A("establishes,four,,US") A("establishes,five,,US")
		   A("controls,ministry,head,x") A("controls,ministry,two,x")
		   A("controls,head,one,x") A("controls,head,three,x")
		   A("controls,outside,four,x") A("controls,outside,five,x")
		   A("controlled-from,outside,,US")
		   LIST
		   A("lists,test-list,one,x") A("lists,test-list,four,x"));
	ask_of(&own, "CN", true, NOW, "three");
	rung(RUNG_AFFILIATE, RUNG_POSSIBLE);
	ask_of(&own, "CN", true, NOW, "two");
	rung(RUNG_AFFILIATE, RUNG_NO);
	ask_of(&own, "CN", true, NOW, "ministry");
	rung(RUNG_AFFILIATE, RUNG_NO);
	/* an owner elsewhere of one listed firm taints nobody else */
	ask_of(&own, "CN", true, NOW, "outside");
	rung(RUNG_AFFILIATE, RUNG_NO);
	ask_of(&own, "CN", true, NOW, "five");
	rung(RUNG_AFFILIATE, RUNG_NO);
}

static void test_undisclosed_holders(void **state)
{
	(void)state;
	ask("smallco", NOW);
	says("noooon");
	rung(RUNG_UNKNOWN, RUNG_PROVEN);
	assert_int_equal(ladder.rungs[RUNG_OWNED5].low_bp, 0);
	assert_int_equal(ladder.rungs[RUNG_OWNED5].high_bp, 10000);
	/* nothing at all is known: not even where it is */
	facts_good(&own, LIST ORG("a", "vendor"));
	ask_of(&own, "CN", true, NOW, "a");
	says("nnoooo");
	/* no jurisdictions: only a listed holder would count */
	ask_of(&own, "", true, NOW, "a");
	says("nnoonn");
}

static void test_a_disclosed_rest(void **state)
{
	(void)state;
	facts_good(&own, LIST ORG("a", "vendor") ORG("us", "company")
		   ORG("jp", "company") ORG("cn", "company")
		   A("controlled-from,us,,US") A("controlled-from,jp,,JP")
		   A("establishes,us,,US") A("establishes,jp,,JP")
		   A("establishes,cn,,CN") A("establishes,a,,DE")
		   A("owns,us,a,45%") A("owns,jp,a,45%") A("owns,cn,a,8%"));
	ask_of(&own, "CN", true, NOW, "a");
	says("nnnoon");
	rung(RUNG_OWNED5, RUNG_PROVEN);
	rung(RUNG_OWNED10, RUNG_POSSIBLE); /* 8 % and 2 % undisclosed */
	rung(RUNG_OWNED25, RUNG_NO);
	assert_int_equal(ladder.rungs[RUNG_OWNED10].high_bp, 1000);
	chain(RUNG_OWNED25, "establishes jp; controlled-from jp; "
	      "establishes us; controlled-from us; owns jp a; owns us a");
}

static void test_circles(void **state)
{
	(void)state;
	facts_good(&own, LIST
		   /* two that hold each other, all of it: nobody decides */
		   ORG("a", "vendor") ORG("b", "vendor")
		   A("establishes,a,,US") A("establishes,b,,US")
		   A("owns,a,b,100%") A("owns,b,a,100%")
		   /* the same inside: no controller elsewhere is known */
		   ORG("c", "vendor") ORG("d", "vendor")
		   A("establishes,c,,CN") A("establishes,d,,CN")
		   A("controls,c,d,x") A("controls,d,c,x")
		   /* a circle with an outsider */
		   ORG("e", "vendor") ORG("f", "vendor") ORG("g", "vendor")
		   A("establishes,e,,US") A("establishes,f,,US")
		   A("establishes,g,,CN")
		   A("owns,e,f,60%") A("owns,f,e,60%") A("owns,g,e,40%")
		   A("owns,g,f,40%"));
	ask_of(&own, "CN", true, NOW, "a");
	says("nnooon");
	assert_int_equal(ladder.economic_low_bp, 0);
	assert_int_equal(ladder.economic_high_bp, 10000);
	ask_of(&own, "CN", true, NOW, "c");
	says("nnoyoy");
	ask_of(&own, "CN", true, NOW, "e");
	says("nnooon");
	rung(RUNG_OWNED25, RUNG_PROVEN);
	/* all of it is the outsider's in the end: x = 40 % + 60 % x */
	assert_int_equal(ladder.economic_low_bp, 9999);
	assert_int_equal(ladder.economic_high_bp, 10000);
}

static void test_a_circle_across_the_border_accuses_nobody(void **state)
{
	(void)state;
	facts_good(&own, LIST ORG("a", "vendor") ORG("b", "vendor")
		   A("establishes,a,,CN") A("establishes,b,,US")
		   A("controls,a,b,x") A("controls,b,a,x"));
	ask_of(&own, "CN", true, NOW, "a");
	says("nnoooo");
	ask_of(&own, "CN", true, NOW, "b");
	says("nnooon");
}

static void test_confidence(void **state)
{
	const struct rung_result *r = ladder.rungs;

	(void)state;
	facts_good(&own, ORG("p", "vendor") ORG("x", "vendor")
		   ORG("y", "vendor") ORG("z", "vendor") ORG("v", "vendor")
		   A("establishes,p,,CN") A("establishes,x,,US")
		   A("establishes,y,,US") A("establishes,v,,CN")
		   A("controlled-from,z,,US")
		   B("owns,p,x,60%")           /* would prove it */
		   B("dispersed,y,,no-controller") /* would rule it out */
		   B("controls,z,v,x")         /* a controller elsewhere */
		   C("owns,p,z,100%"));
	ask_of(&own, "CN", false, NOW, "x");
	rung(RUNG_OWNED50, RUNG_POSSIBLE);
	assert_int_equal(r[RUNG_OWNED50].state_on_b, RUNG_PROVEN);
	assert_int_equal(r[RUNG_OWNED50].confidence, FACT_B);
	assert_int_equal(r[RUNG_OWNED50].low_bp, 0);
	chain(RUNG_OWNED50, "establishes p; owns p x");
	ask_of(&own, "CN", false, NOW, "y");
	rung(RUNG_CONTROLLED, RUNG_NO);
	assert_int_equal(r[RUNG_CONTROLLED].state_on_b, RUNG_NO);
	assert_int_equal(r[RUNG_CONTROLLED].confidence, FACT_B);
	chain(RUNG_CONTROLLED, "dispersed y");
	rung(RUNG_ESTABLISHED, RUNG_NO);
	assert_int_equal(r[RUNG_ESTABLISHED].confidence, FACT_A);
	/* against what the A rows prove a B row only makes it open */
	ask_of(&own, "CN", false, NOW, "v");
	rung(RUNG_ESTABLISHED, RUNG_POSSIBLE);
	assert_int_equal(r[RUNG_ESTABLISHED].state_on_b, RUNG_NO);
	assert_int_equal(r[RUNG_ESTABLISHED].confidence, FACT_B);
	/* inference decides nothing */
	ask_of(&own, "CN", false, NOW, "z");
	says("nnnnnn");
	assert_int_equal(r[RUNG_CONTROLLED].confidence, FACT_A);
}

static void test_disputes_decide_nothing(void **state)
{
	struct diags ds = {0};

	(void)state;
	facts_text(&own, &ds, ORG("p", "vendor") ORG("x", "vendor")
		   A("establishes,p,,CN") A("establishes,x,,US")
		   IN_STATE("owns,p,x,60%", "disputed")
		   IN_STATE("controls,p,x,x", "withdrawn"));
	diag_release(&ds);
	ask_of(&own, "CN", false, NOW, "x");
	says("nnooon");
	rung(RUNG_OWNED5, RUNG_POSSIBLE);
}

static void test_the_shortest_proof(void **state)
{
	(void)state;
	facts_good(&own, ORG("p", "vendor") ORG("q", "vendor")
		   ORG("m", "vendor") ORG("n", "vendor") ORG("x", "vendor")
		   A("establishes,p,,CN") A("establishes,q,,CN")
		   /* two steps from p, one from q and from n */
		   A("owns,p,m,60%") A("owns,m,x,50%") A("owns,q,x,20%")
		   A("controls,q,x,by contract") A("controls,n,x,x")
		   A("controlled-from,n,,CN"));
	ask_of(&own, "CN", false, NOW, "x");
	chain(RUNG_CONTROLLED, "controlled-from n; controls n x");
	chain(RUNG_OWNED10, "establishes q; owns q x");
	chain(RUNG_OWNED50, "establishes p; owns p m; owns m x");
}

static void test_the_fewest_holders(void **state)
{
	(void)state;
	facts_good(&own, ORG("p", "vendor") ORG("q", "vendor")
		   ORG("r", "vendor") ORG("x", "vendor")
		   A("establishes,p,,CN") A("establishes,q,,CN")
		   A("establishes,r,,CN") A("owns,p,x,15%")
		   A("owns,q,x,60%") A("owns,r,x,20%"));
	ask_of(&own, "CN", false, NOW, "x");
	chain(RUNG_OWNED50, "establishes q; owns q x");
	facts_store_release(&own);
	facts_good(&own, ORG("p", "vendor") ORG("q", "vendor")
		   ORG("r", "vendor") ORG("x", "vendor")
		   A("establishes,p,,CN") A("establishes,q,,CN")
		   A("establishes,r,,CN") A("owns,p,x,30%")
		   A("owns,q,x,30%") A("owns,r,x,30%"));
	ask_of(&own, "CN", false, NOW, "x");
	chain(RUNG_OWNED50, "establishes p; establishes q; owns p x; "
	      "owns q x");
}

/* Where all of it is disclosed and elsewhere, nobody else can decide. */
static void test_nothing_is_left(void **state)
{
	(void)state;
	facts_good(&own, LIST ORG("a", "vendor") ORG("us", "company")
		   ORG("jp", "company") ORG("kr", "company")
		   A("controlled-from,us,,US") A("controlled-from,jp,,JP")
		   A("controlled-from,kr,,KR") A("establishes,us,,US")
		   A("establishes,jp,,JP") A("establishes,kr,,KR")
		   A("establishes,a,,DE") A("owns,us,a,40%")
		   A("owns,jp,a,30%") A("owns,kr,a,30%"));
	ask_of(&own, "CN", true, NOW, "a");
	says("nnnnnn");
	rung(RUNG_OWNED5, RUNG_NO);
}

static void test_a_very_long_chain(void **state)
{
	struct strbuf b;
	struct ladders all;
	const struct rung_result *r;

	(void)state;
	strbuf_init(&b, 0);
	for (int i = 0; i < 100000; i++)
		strbuf_fmt(&b, ORG("o%06d", "vendor"), i, i);
	for (int i = 1; i < 100000; i++)
		strbuf_fmt(&b, "owns,o%06d,o%06d,100%%,,,,,,A,,\n", i - 1, i);
	strbuf_cstr(&b, A("establishes,o000000,,CN"));
	facts_good(&own, b.p);
	strbuf_release(&b);
	concern.as_of = day(NOW);
	concern.jurisdictions = (const struct str[]){{"CN", 2}};
	concern.jurisdictions_n = 1;
	attribute_ladders(&own, &concern, NULL, &arena, &all);
	r = &all.v[99999]->rungs[RUNG_OWNED50];
	assert_int_equal(r->state, RUNG_PROVEN);
	assert_int_equal(r->chain_n, LIMIT_CHAIN);
	assert_str(own.rows.v[r->chain[LIMIT_CHAIN - 1]].object, "o099999");
	attribute_ladder(&own, 99999, &concern, &arena, &ladder);
	assert_int_equal(ladder.rungs[RUNG_CONTROLLED].state, RUNG_PROVEN);
	assert_int_equal(ladder.economic_low_bp, 10000);
}

static void test_no_facts(void **state)
{
	struct ladders all;

	(void)state;
	facts_good(&own, "");
	attribute_ladders(&own, &concern, NULL, &arena, &all);
	assert_int_equal(all.n, 0);
}

#define TEST(name) cmocka_unit_test_teardown(name, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_located_is_not_controlled),
		TEST(test_futurewei),
		TEST(test_a_foreign_branch_of_a_state_company),
		TEST(test_one_share_over_half),
		TEST(test_taiwan_hong_kong_macau),
		TEST(test_universities),
		TEST(test_owners_by_date),
		TEST(test_a_merger),
		TEST(test_both_sides_of_a_quarter),
		TEST(test_a_sum_of_several),
		TEST(test_a_list_entry_added_and_removed),
		TEST(test_affiliates_follow_known_edges),
		TEST(test_absence_from_an_extract),
		TEST(test_a_ministry_makes_no_group),
		TEST(test_undisclosed_holders),
		TEST(test_a_disclosed_rest),
		TEST(test_circles),
		TEST(test_a_circle_across_the_border_accuses_nobody),
		TEST(test_confidence),
		TEST(test_disputes_decide_nothing),
		TEST(test_the_shortest_proof),
		TEST(test_the_fewest_holders),
		TEST(test_nothing_is_left),
		TEST(test_a_very_long_chain),
		TEST(test_no_facts),
	};

	return cmocka_run_group_tests_name("ladder", tests, traps_load,
					   traps_release);
}
