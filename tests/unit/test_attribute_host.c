/* From hosts to organisations: the traps of method.md that concern hosts,
 * and what windows do. */
#include "traps.h"

#include "attribute/attribute.h"

static struct attribution on(const struct facts *f, const char *host,
			     const char *first, const char *last)
{
	struct attribution by;

	attribute_host(f, str_c(host),
		       (struct date_span){day(first), day(last)}, &by);
	print_message("# %s\n", host);
	return by;
}

/* A host's organisation on one day. */
static void is(const char *host, const char *date, const char *id)
{
	struct attribution by = on(&traps, host, date, date);

	assert_string_equal(id_of(by.organisation), id);
	assert_int_equal(by.class, *id == '-' ? HOST_UNKNOWN
					      : HOST_ORGANISATION);
	assert_false(by.is_ambiguous);
}

static void is_neutral(const char *host)
{
	struct attribution by = on(&traps, host, "2020-01-01", "2020-01-01");

	assert_int_equal(by.class, HOST_NEUTRAL);
	assert_int_equal(by.organisation, SIZE_MAX);
	assert_int_equal(traps.rows.v[by.fact].kind, FACT_NEUTRAL);
}

#define NOW "2024-06-01"

static void test_the_longest_match_wins(void **state)
{
	(void)state;
	is("fujitsu.com", NOW, "fujitsu");
	is("cn.fujitsu.com", NOW, "fujitsu-nanjing");
	is("mail.cn.fujitsu.com", NOW, "fujitsu-nanjing");
	is("jp.fujitsu.com", NOW, "fujitsu");
	/* at a border of labels, and nowhere else */
	is("notfujitsu.com", NOW, "-");
	is("fujitsu.com.example", NOW, "-");
	is("com", NOW, "-");
}

static void test_spelling(void **state)
{
	(void)state;
	is("Huawei.COM", NOW, "huawei-technologies");
	is("huawei.com.", NOW, "huawei-technologies");
	is("huawei.com..", NOW, "-");
	is(".huawei.com", NOW, "huawei-technologies");
	is("", NOW, "-");
	is(".", NOW, "-");
	is("huawei com", NOW, "-");
}

static void test_several_hosts_of_one(void **state)
{
	(void)state;
	is("zte.com.cn", NOW, "zte");
	is("ztetx.com", NOW, "zte");
	is("dt.zte.com.cn", NOW, "zte");
}

static void test_mail_providers_employ_nobody(void **state)
{
	(void)state;
	is_neutral("139.com");
	is_neutral("163.com");
	is_neutral("vip.163.com");
	is_neutral("qq.com");
	is_neutral("foxmail.com");
	is_neutral("users.noreply.github.com");
	is_neutral("gamil.com");
	is("github.com", NOW, "github");
}

/* A country code at the end says nothing. */
static void test_top_level_domains_are_no_evidence(void **state)
{
	static const char *const hosts[] = {"dev.me", "radio.io", "ran.ai",
					    "firm.cn", "firm.com.cn",
					    "school.edu.cn", "firm.hk"};

	(void)state;
	for (size_t i = 0; i < sizeof hosts / sizeof *hosts; i++)
		is(hosts[i], NOW, "-");
}

static void test_typos_are_listed_and_never_guessed(void **state)
{
	struct attribution by = on(&traps, "chinamboile.com", NOW, NOW);

	(void)state;
	assert_string_equal(id_of(by.organisation), "china-mobile-group");
	/* the weaker of the two rows decides how sure that is */
	assert_int_equal(traps.rows.v[by.fact].kind, FACT_TYPO);
	assert_int_equal(traps.rows.v[by.fact].confidence, FACT_B);
	is("cmss.chinamboile.com", NOW, "china-mobile-group");
	is("chinamobil.com", NOW, "-");
	/* inference only */
	by = on(&traps, "hauwei.com", NOW, NOW);
	assert_int_equal(by.class, HOST_UNKNOWN);
	assert_int_equal(traps.rows.v[by.fact].kind, FACT_TYPO);
}

static void test_a_host_that_changed_hands(void **state)
{
	struct attribution by;

	(void)state;
	is("freescale.com", "2015-12-06", "freescale");
	is("freescale.com", "2015-12-07", "nxp");
	by = on(&traps, "freescale.com", "2015-12-01", "2015-12-31");
	assert_true(by.is_ambiguous);
	assert_int_equal(by.class, HOST_UNKNOWN);
	assert_int_equal(by.organisation, SIZE_MAX);
	by = on(&traps, "freescale.com", "2015-11-01", "2015-11-30");
	assert_string_equal(id_of(by.organisation), "freescale");
}

static struct facts own;

static int release_own(void **state)
{
	(void)state;
	facts_store_release(&own);
	return 0;
}

static struct attribution own_on(const char *host, const char *first,
				 const char *last)
{
	return on(&own, host, first, last);
}

static void test_windows(void **state)
{
	struct attribution by;

	(void)state;
	facts_good(&own, ORG("a", "vendor") ORG("b", "vendor")
		   A("host,x.example,a,")
		   DATED("host,cn.x.example,b,", "2010", "2015-06-15")
		   DATED("host,y.example,a,", "", "2016")
		   DATED("host,y.example,b,", "2016", ""));
	/* outside of its window the shorter host speaks */
	by = own_on("cn.x.example", "2009-12-01", "2009-12-31");
	assert_int_equal(by.organisation, 0);
	by = own_on("cn.x.example", "2015-06-15", "2015-06-30");
	assert_int_equal(by.organisation, 0);
	by = own_on("cn.x.example", "2015-06-01", "2015-06-14");
	assert_int_equal(by.organisation, 1);
	/* within one month, or within a year that is all the row says */
	by = own_on("cn.x.example", "2015-06-01", "2015-06-30");
	assert_true(by.is_ambiguous);
	by = own_on("cn.x.example", "2010-03-01", "2010-03-31");
	assert_true(by.is_ambiguous);
	by = own_on("y.example", "2016-05-01", "2016-05-31");
	assert_true(by.is_ambiguous);
	by = own_on("y.example", "2017-01-01", "2017-01-31");
	assert_int_equal(by.organisation, 1);
}

static void test_windows_of_one_that_meet(void **state)
{
	struct attribution by;

	(void)state;
	facts_good(&own, ORG("a", "vendor")
		   DATED("host,x.example,a,", "2010-01-01", "2015-06-15")
		   DATED("host,x.example,a,", "2015-06-15", "2020-01-01"));
	by = own_on("x.example", "2015-06-01", "2015-06-30");
	assert_int_equal(by.organisation, 0);
	assert_false(by.is_ambiguous);
	by = own_on("x.example", "2019-12-01", "2020-01-31");
	assert_true(by.is_ambiguous);
	by = own_on("x.example", "2020-02-01", "2020-02-28");
	assert_int_equal(by.class, HOST_UNKNOWN);
	assert_false(by.is_ambiguous);
}

/* A doubtful row keeps a shorter one from speaking for the host. */
static void test_doubt_is_not_passed_over(void **state)
{
	struct diags ds = {0};
	struct attribution by;

	(void)state;
	facts_text(&own, &ds, ORG("a", "vendor") ORG("b", "vendor")
		   A("host,x.example,a,") C("host,c.x.example,b,")
		   IN_STATE("host,d.x.example,b,", "disputed")
		   IN_STATE("host,w.x.example,b,", "withdrawn"));
	diag_release(&ds);
	by = own_on("c.x.example", NOW, NOW);
	assert_int_equal(by.class, HOST_UNKNOWN);
	assert_int_equal(own.rows.v[by.fact].confidence, FACT_C);
	by = own_on("d.x.example", NOW, NOW);
	assert_int_equal(by.class, HOST_UNKNOWN);
	assert_int_equal(own.rows.v[by.fact].state, FACT_DISPUTED);
	by = own_on("w.x.example", NOW, NOW);
	assert_int_equal(by.organisation, 0);
}

static void test_contradicting_rows_decide_nothing(void **state)
{
	struct diags ds = {0};
	struct attribution by;

	(void)state;
	facts_text(&own, &ds, ORG("a", "vendor") ORG("b", "vendor")
		   A("host,x.example,a,") A("host,x.example,b,"));
	diag_release(&ds);
	by = own_on("x.example", NOW, NOW);
	assert_int_equal(by.class, HOST_UNKNOWN);
	assert_true(by.is_ambiguous);
}

static void test_typos_that_lead_in_a_circle(void **state)
{
	struct diags ds = {0};

	(void)state;
	facts_text(&own, &ds, A("typo,x.example,y.example,")
		   A("typo,y.example,x.example,")
		   A("typo,z.example,sub.z.example,"));
	diag_release(&ds);
	assert_int_equal(own_on("x.example", NOW, NOW).class, HOST_UNKNOWN);
	assert_int_equal(own_on("a.z.example", NOW, NOW).class,
			 HOST_UNKNOWN);
}

static void test_very_long_hosts(void **state)
{
	char host[600];
	struct attribution by;

	(void)state;
	for (size_t i = 0; i < sizeof host; i++)
		host[i] = i % 2 ? '.' : 'a';
	facts_good(&own, ORG("a", "vendor") A("host,a.a.a.a,a,")
		   B("typo,a.a.a,a.a.a.a,"));
	attribute_host(&own, str_n(host, 600), (struct date_span){0, 0}, &by);
	assert_int_equal(by.class, HOST_UNKNOWN);
	attribute_host(&own, str_n(host, 255), (struct date_span){0, 0}, &by);
	assert_int_equal(by.organisation, 0);
}

static void test_many_rows_of_one_host(void **state)
{
	struct diags ds = {0};
	struct strbuf b;
	struct attribution by;

	(void)state;
	strbuf_init(&b, 0);
	strbuf_cstr(&b, ORG("a", "vendor"));
	for (int i = 0; i < 300; i++)
		strbuf_fmt(&b, "host,x.example,a,,,,,,,A,,%d\n", i);
	facts_text(&own, &ds, b.p);
	strbuf_release(&b);
	diag_release(&ds);
	by = own_on("x.example", NOW, NOW);
	assert_int_equal(by.class, HOST_UNKNOWN);
	assert_true(by.is_ambiguous);
}

static void test_public_suffixes_belong_to_nobody(void **state)
{
	struct attribution by;
	struct diags ds = {0};

	(void)state;
	facts_text(&own, &ds, ORG("a", "vendor") A("host,com.example,a,")
		   A("host,x.com.example,a,") A("host,city.other,a,")
		   A("host,www.other,a,")
		   B("suffix,example,,exact") B("suffix,com.example,,exact")
		   B("suffix,other,,below") B("suffix,www.other,,except"));
	assert_int_equal(ds.kept.n, 0);
	diag_release(&ds);
	by = on(&own, "y.com.example", "2024-06-01", "2024-06-01");
	assert_int_equal(by.class, HOST_UNKNOWN);
	by = on(&own, "com.example", "2024-06-01", "2024-06-01");
	assert_int_equal(by.class, HOST_UNKNOWN);
	by = on(&own, "z.x.com.example", "2024-06-01", "2024-06-01");
	assert_int_equal(by.class, HOST_ORGANISATION);
	by = on(&own, "y.city.other", "2024-06-01", "2024-06-01");
	assert_int_equal(by.class, HOST_UNKNOWN);
	by = on(&own, "y.www.other", "2024-06-01", "2024-06-01");
	assert_int_equal(by.class, HOST_ORGANISATION);
}

static void test_a_digest(void **state)
{
	struct digest d = {0};
	struct digest_host h = {.host = STR("freescale.com")};

	(void)state;
	for (int month = 550; month < 553; month++)
		vec_push(&h.months, ((struct digest_month){.month = month}));
	vec_push(&d.hosts, h);
	h = (struct digest_host){.host = STR("huawei.com")};
	for (int month = 0; month < 3; month++)
		vec_push(&h.months, ((struct digest_month){.month = month}));
	vec_push(&d.hosts, h);
	attribute_digest(&traps, &d);
	/* 2015-11, 2015-12, 2016-01 */
	assert_string_equal(id_of(d.hosts.v[0].months.v[0].by.organisation),
			    "freescale");
	assert_true(d.hosts.v[0].months.v[1].by.is_ambiguous);
	assert_string_equal(id_of(d.hosts.v[0].months.v[2].by.organisation),
			    "nxp");
	for (size_t i = 0; i < 3; i++)
		assert_string_equal(
			id_of(d.hosts.v[1].months.v[i].by.organisation),
			"huawei-technologies");
	vec_release(&d.hosts.v[0].months);
	vec_release(&d.hosts.v[1].months);
	vec_release(&d.hosts);
}

#define OWN(name) cmocka_unit_test_teardown(name, release_own)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_longest_match_wins),
		cmocka_unit_test(test_spelling),
		cmocka_unit_test(test_several_hosts_of_one),
		cmocka_unit_test(test_mail_providers_employ_nobody),
		cmocka_unit_test(test_top_level_domains_are_no_evidence),
		cmocka_unit_test(test_typos_are_listed_and_never_guessed),
		cmocka_unit_test(test_a_host_that_changed_hands),
		OWN(test_windows),
		OWN(test_windows_of_one_that_meet),
		OWN(test_doubt_is_not_passed_over),
		OWN(test_contradicting_rows_decide_nothing),
		OWN(test_typos_that_lead_in_a_circle),
		OWN(test_very_long_hosts),
		OWN(test_many_rows_of_one_host),
		OWN(test_public_suffixes_belong_to_nobody),
		cmocka_unit_test(test_a_digest),
	};

	return cmocka_run_group_tests_name("attribute_host", tests,
					   traps_load, traps_release);
}
