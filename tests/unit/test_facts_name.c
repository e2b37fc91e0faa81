/* Names: what is the same by its letters, and what only looks similar. */
#include "facts_text.h"

#include "model/facts_index.h"
#include "model/facts_name.h"
#include "model/facts_similar.h"

static struct arena arena;

static int teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

static struct str form(const char *name)
{
	return facts_name_form(&arena, str_c(name));
}

static struct str shorter(const char *name)
{
	return facts_name_short(form(name));
}

static void test_form(void **state)
{
	(void)state;
	assert_str(form("AT&T Inc."), "at and t inc");
	assert_str(form("  Alcatel-Lucent  "), "alcatel lucent");
	assert_str(form("The Linux Foundation"), "linux foundation");
	assert_str(form("The"), "the");
	assert_str(form("S.p.A."), "spa");
	assert_str(form("Xi'an"), "xian");
	assert_str(form("Xi\xe2\x80\x99" "an"), "xian");
	assert_str(form("China Mobile Technology (USA) Inc."),
		   "china mobile technology usa inc");
	assert_str(form("Telefónica, Ærø ß Œuvre Łódź"),
		   "telefonica aero ss oeuvre lodz");
	assert_str(form("Nokia® Bell™ Labs©"), "nokia bell labs");
	assert_str(form("ＺＴＥ　Ｃｏｒｐ．"), "zte corp");
	assert_str(form("华为技术有限公司"), "华为技术有限公司");
	assert_str(form("Việt Nam Ţară Șerban Hà Nội"),
		   "viet nam tara serban ha noi");
	assert_str(form("Te\xcc\x81le\xcc\x81" "com"), "telecom");
	assert_str(form("ГАЗПРОМ Ёлка ΩΜΕΓΑ"), "газпром ёлка ωμεγα");
	assert_str(form("Copyright (c) 2019-2021 Intel Corporation. "
			"All rights reserved."), "intel corporation");
	assert_str(form("© 2020 Nokia"), "nokia");
	assert_str(form("2020 Companies"), "2020 companies");
	assert_str(form("&&"), "and and");
	assert_str(form(""), "");
	assert_str(form("..., '"), "");
	assert_str(form("\xff\xfe"), "\xff\xfe");
	assert_str(form("a\xe4\xbd"), "a\xe4\xbd");
}

static void test_legal_forms(void **state)
{
	(void)state;
	assert_str(shorter("Huawei Technologies Co., Ltd."),
		   "huawei technologies");
	assert_str(shorter("Huawei Technologies India Pvt Ltd"),
		   "huawei technologies india");
	assert_str(shorter("Foo GmbH & Co. KG"), "foo");
	assert_str(shorter("Foo A/S"), "foo");
	assert_str(shorter("Foo Sp. z o.o."), "foo");
	assert_str(shorter("Foo S.A."), "foo");
	assert_str(shorter("Nokia Oyj"), "nokia");
	assert_str(shorter("华为技术有限公司"), "华为技术");
	assert_str(shorter("株式会社富士通"), "富士通");
	assert_str(shorter("富士通株式会社"), "富士通");
	assert_str(shorter("Foo S.à r.l."), "foo");
	assert_str(shorter("Foo S. p. A."), "foo");
	assert_str(shorter("Foo, S.A. de C.V."), "foo");
	assert_str(shorter("Foo (Pty) Ltd"), "foo");
	assert_str(shorter("Foo Sdn. Bhd."), "foo");
	assert_str(shorter("Foo AB (publ)"), "foo");
	assert_str(shorter("AB Foo"), "foo");
	assert_str(shorter("PT Foo Tbk"), "foo");
	assert_str(shorter("Foo A.Ş."), "foo");
	assert_str(shorter("Foo UG (haftungsbeschränkt)"), "foo");
	assert_str(shorter("Foo spol. s r.o."), "foo");
	assert_str(shorter("Foo Kabushiki Kaisha"), "foo");
	assert_str(shorter("ООО «Фоо»"), "фоо");
	assert_str(shorter("㈱日立製作所"), "日立製作所");
	assert_str(shorter("（株）日立製作所"), "日立製作所");
	assert_str(shorter("華為技術有限責任公司"), "華為技術");
	assert_str(shorter("삼성전자 주식회사"), "삼성전자");
	assert_str(shorter("株式会社 富士通"), "富士通");
	/* a name that is one: something has to remain */
	assert_str(shorter("Limited"), "limited");
	assert_str(shorter("Company Inc."), "company");
	assert_str(shorter("有限公司"), "有限公司");
	/* not forms */
	assert_str(shorter("Inco"), "inco");
	assert_str(shorter("Corp of Engineers"), "corp of engineers");
	assert_str(shorter("Salt and"), "salt and");
	assert_str(shorter("Abc"), "abc");
}

static struct facts facts;

static void finds(const char *name, const char *id)
{
	size_t fact = SIZE_MAX;
	size_t i = facts_index_name(&facts, str_c(name), &fact);

	print_message("# %s\n", name);
	if (!id) {
		assert_int_equal(i, SIZE_MAX);
		return;
	}
	assert_true(i != SIZE_MAX);
	assert_true(str_is(facts.organisations.v[i].id, id));
	assert_int_equal(facts.rows.v[fact].subject_org, i);
}

static void test_look_up(void **state)
{
	struct diags ds = {0};

	(void)state;
	facts_text(&facts, &ds,
		   A("organisation,group,operator,China Mobile Group")
		   A("organisation,ltd,operator,China Mobile Limited")
		   A("organisation,usa,operator,"
		     "China Mobile Technology (USA) Inc.")
		   A("alias,group,,China Mobile") A("alias,group,,CMCC")
		   A("alias,group,,中国移动")
		   B("alias,ltd,,China Mobile HK")
		   C("alias,ltd,,Mobile of China")
		   IN_STATE("alias,ltd,,Chinese Mobile", "disputed")
		   A("organisation,one,vendor,Acme Inc.")
		   A("organisation,two,vendor,Acme GmbH"));
	assert_int_equal(ds.kept.n, 1); /* the dispute is noted */
	diag_release(&ds);
	finds("China Mobile", "group");
	finds("CHINA  MOBILE", "group");
	finds("cmcc", "group");
	finds("中国移动", "group");
	finds("China Mobile Limited", "ltd");
	finds("China Mobile (HK)", "ltd");
	finds("China Mobile Technology (USA), Inc", "usa");
	finds("China Mobile Technology USA", "usa");
	/* of two that share it without its legal form, neither */
	finds("China Mobile Ltd", NULL);
	finds("Acme", NULL);
	finds("Acme GmbH", "two");
	finds("ACME, INC", "one");
	/* inference and disputes name nobody; similar is not the same */
	finds("Mobile of China", NULL);
	finds("Chinese Mobile", NULL);
	finds("ChinaMobile", NULL);
	finds("China Mobil", NULL);
	finds("", NULL);
	finds("Ltd.", NULL);
	facts_store_release(&facts);
}

static void test_the_best_row_names(void **state)
{
	size_t fact;

	(void)state;
	facts_good(&facts, B("organisation,a,vendor,Acme")
		   A("alias,a,,ACME Inc") A("alias,a,,Acme"));
	assert_int_equal(facts_index_name(&facts, STR("acme"), &fact), 0);
	assert_int_equal(facts.rows.v[fact].confidence, FACT_A);
	facts_store_release(&facts);
}

static void looks_like(const char *name, const char *wanted)
{
	size_t rows[SIMILAR_MAX];
	size_t n = facts_similar(&facts, str_c(name), rows, SIMILAR_MAX);

	print_message("# %.60s\n", name);
	if (!*wanted) {
		assert_int_equal(n, 0);
		return;
	}
	assert_true(n > 0 && n <= SIMILAR_MAX);
	assert_true(str_is(facts.rows.v[rows[0]].subject, wanted));
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < i; k++)
			assert_true(facts.rows.v[rows[i]].subject_org !=
				    facts.rows.v[rows[k]].subject_org);
}

static void test_similar(void **state)
{
	struct strbuf b;

	(void)state;
	strbuf_init(&b, 0);
	strbuf_pad(&b, 'h', 5000);
	facts_good(&facts, A("organisation,huawei,vendor,Huawei Technologies")
		   A("organisation,india,vendor,Huawei Technologies India")
		   A("organisation,hcl,vendor,HCL Technologies")
		   A("alias,huawei,,Huawei Tech")
		   C("organisation,c,vendor,Huwaei Technologies Guess"));
	looks_like("Huwaei Technologies Co., Ltd.", "huawei");
	looks_like("Huawei Technologes India", "india");
	looks_like("HCL Technolgies", "hcl");
	looks_like("Nokia", "");
	looks_like("", "");
	looks_like("H", "");
	looks_like("GmbH", "");
	looks_like(b.p, "");
	strbuf_release(&b);
	facts_store_release(&facts);
}

/* Names without end of one form or one hash are still found. */
static void test_many_of_one_name(void **state)
{
	struct diags ds = {0};
	struct strbuf b;
	size_t n;

	(void)state;
	strbuf_init(&b, 0);
	for (int i = 0; i < 3000; i++)
		strbuf_fmt(&b, "organisation,o%d,vendor,%s,,,,,,A,,\n"
			       "alias,o%d,,Other %d,,,,,,A,,\n", i,
			   i % 2 ? "Acme Inc" : "ACME Inc.", i, i);
	facts_text(&facts, &ds, b.p);
	finds("Acme Inc", NULL);
	finds("Other 2999", "o2999");
	finds("Other 0", "o0");
	facts_index_unclear(&facts, &n);
	assert_int_equal(n, 3000);
	diag_release(&ds);
	strbuf_release(&b);
	facts_store_release(&facts);
}

#define TEST(name) cmocka_unit_test_teardown(name, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_form),
		TEST(test_legal_forms),
		TEST(test_look_up),
		TEST(test_the_best_row_names),
		TEST(test_similar),
		TEST(test_many_of_one_name),
	};

	return cmocka_run_group_tests_name("facts_name", tests, NULL, NULL);
}
