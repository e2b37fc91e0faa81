/* Hosts as A-labels: the samples of RFC 3492 that are in lower case, and what
 * is no host. */
#include "unit.h"

#include <string.h>

#include "feeds/punycode.h"

static void is(const char *host, const char *want)
{
	struct arena a = {0};

	unit_assert_str(punycode_host(str_c(host), &a), str_c(want), __FILE__,
			__LINE__);
	arena_release(&a);
}

static void test_ascii_stays(void **state)
{
	(void)state;
	is("example.com", "example.com");
	is("com", "com");
	is("a-b.c_d", "a-b.c_d");
}

static void test_other_scripts(void **state)
{
	(void)state;
	is("bücher.example", "xn--bcher-kva.example");
	is("公司.cn", "xn--55qx5d.cn");
	is("中国", "xn--fiqs8s");
	is("香港", "xn--j6w193g");
	is("澳門", "xn--mix891f");
	is("рф", "xn--p1ai");
	is("भारत", "xn--h2brj9c");
	is("موقع", "xn--4gbrim");
	is("他们为什么不说中文", "xn--ihqwcrb4cv8a8dqg056pqjye");
	is("なぜみんな日本語を話してくれないのか",
	   "xn--n8jok5ay5dzabd5bym9f0cm5685rrjetr6pdxa");
	is("ü.ü", "xn--tda.xn--tda");
	is("\xf0\x9f\x92\xa9.la", "xn--ls8h.la");
}

static void test_no_hosts(void **state)
{
	char wide[64 * 2 + 1] = "";

	(void)state;
	for (size_t i = 0; i < 64; i++)
		memcpy(wide + 2 * i, "ü", 2);
	is(wide, "");
	is("a..b", "");
	is("", "");
	is("\xff.com", "");
	is("a.\xc3", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ascii_stays),
		cmocka_unit_test(test_other_scripts),
		cmocka_unit_test(test_no_hosts)};

	return cmocka_run_group_tests_name("punycode", tests, NULL, NULL);
}
