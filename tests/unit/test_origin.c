/* Addresses: what is one, what is refused, and where it leads to. */
#include "unit.h"

#include <arpa/inet.h>
#include <string.h>
#include <sys/socket.h>

#include "feeds/origin.h"

static struct arena a;

static enum err parse(const char *url, struct origin *ret)
{
	return origin_parse(str_c(url), &a, ret);
}

static void test_parse(void **state)
{
	struct origin o;

	(void)state;
	assert_int_equal(parse("HTTPS://API.Example.ORG:8443/a?b#c", &o), OK);
	assert_str(o.scheme, "https");
	assert_str(o.host, "api.example.org");
	assert_int_equal(o.port, 8443);
	assert_str(o.target, "/a?b");
	assert_int_equal(parse("https://h?x=1", &o), OK);
	assert_str(o.target, "/?x=1");
	assert_int_equal(o.port, 443);
	assert_int_equal(parse("http://[::1]:80/", &o), OK);
	assert_str(o.host, "::1");
	assert_str(origin_url(&o, &a), "http://[::1]/");
}

static void test_refused(void **state)
{
	static const char *const bad[] = {
		"https://user@host/", "https://user:pw@host/", "https:///x",
		"https://host:0/", "https://host:65536/", "https://host:1x/",
		"https://ho st/", "https://host\\@evil/", "https://h\n/",
		"https://[::1/", "https://[::1]x/", "https://h\xc3\xa4/",
		"https://host:/"};
	static const char *const other[] = {
		"", "file:///etc/passwd", "ftp://h/", "//h/", "h", "gopher://"};
	struct origin o;

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (parse(bad[i], &o) != ERR_FORMAT)
			fail_msg("%s", bad[i]);
	for (size_t i = 0; i < sizeof other / sizeof *other; i++)
		if (parse(other[i], &o) != ERR_UNSUPPORTED)
			fail_msg("%s", other[i]);
}

static void test_resolve(void **state)
{
	struct origin o;

	(void)state;
	assert_int_equal(parse("https://h:1/a/b?c=/d", &o), OK);
	assert_str(origin_resolve(&o, STR("/x"), &a), "https://h:1/x");
	assert_str(origin_resolve(&o, STR("x"), &a), "https://h:1/a/x");
	assert_str(origin_resolve(&o, STR("?x"), &a), "https://h:1/a/b?x");
	assert_str(origin_resolve(&o, STR("//k/x"), &a), "https://k/x");
	assert_str(origin_resolve(&o, STR("http://k/"), &a), "http://k/");
	assert_str(origin_resolve(&o, STR(""), &a), "https://h:1/a/");
}

static void test_hosts(void **state)
{
	struct origin o, p;

	(void)state;
	assert_int_equal(parse("https://files.gleif.org/", &o), OK);
	assert_true(origin_is_among(&o, STR("x .gleif.org")));
	assert_true(origin_is_among(&o, STR("files.gleif.org")));
	assert_false(origin_is_among(&o, STR("gleif.org s.gleif.org")));
	assert_false(origin_is_among(&o, STR("")));
	assert_int_equal(parse("https://evilgleif.org/", &p), OK);
	assert_false(origin_is_among(&p, STR(".gleif.org")));
	assert_false(origin_eq(&o, &p));
	assert_int_equal(parse("http://files.gleif.org:443/", &p), OK);
	assert_false(origin_eq(&o, &p));
	assert_int_equal(parse("https://Files.gleif.org:443/x", &p), OK);
	assert_true(origin_eq(&o, &p));
}

static void test_loopback(void **state)
{
	static const char *const yes[] = {"http://localhost/",
		"http://127.0.0.1:1/", "http://127.9.9.9/", "http://[::1]/"};
	static const char *const no[] = {"http://localhost.evil/",
		"http://10.0.0.1/", "http://127.evil/", "http://[::2]/"};
	struct origin o;

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		assert_int_equal(parse(yes[i], &o), OK);
		assert_true(origin_is_loopback(&o));
		assert_int_equal(parse(no[i], &o), OK);
		assert_false(origin_is_loopback(&o));
	}
}

static enum origin_reach reach(const char *text)
{
	struct sockaddr_storage all = {0};
	struct sockaddr_in *four = (struct sockaddr_in *)&all;
	struct sockaddr_in6 *six = (struct sockaddr_in6 *)&all;

	if (inet_pton(AF_INET, text, &four->sin_addr) == 1)
		all.ss_family = AF_INET;
	else if (inet_pton(AF_INET6, text, &six->sin6_addr) == 1)
		all.ss_family = AF_INET6;
	else
		fail_msg("%s", text);
	return origin_reach((struct sockaddr *)&all);
}

static void test_reach(void **state)
{
	static const char *const public[] = {"8.8.8.8", "172.32.0.1",
		"100.128.0.1", "2606:4700::1", "::ffff:8.8.8.8",
		"64:ff9b::808:808", "2002:808:808::1", "223.255.255.1"};
	static const char *const private[] = {"0.0.0.0", "10.1.2.3",
		"100.64.0.1", "169.254.169.254", "172.16.0.1", "172.31.9.9",
		"192.168.1.1", "198.18.0.1", "224.0.0.1", "255.255.255.255",
		"::", "fe80::1", "fd00::1", "ff02::1", "::ffff:10.0.0.1",
		"64:ff9b::a00:1", "2002:a00:1::", "2001::1", "2001:db8::1",
		"fec0::1", "4000::1"};
	static const char *const here[] = {"127.0.0.1", "127.1.2.3", "::1",
		"::ffff:127.0.0.1", "64:ff9b::7f00:1"};
	struct sockaddr unix_socket = {.sa_family = AF_UNIX};

	(void)state;
	for (size_t i = 0; i < sizeof public / sizeof *public; i++)
		if (reach(public[i]) != ORIGIN_PUBLIC)
			fail_msg("%s", public[i]);
	for (size_t i = 0; i < sizeof private / sizeof *private; i++)
		if (reach(private[i]) != ORIGIN_PRIVATE)
			fail_msg("%s", private[i]);
	for (size_t i = 0; i < sizeof here / sizeof *here; i++)
		if (reach(here[i]) != ORIGIN_LOOPBACK)
			fail_msg("%s", here[i]);
	assert_int_equal(origin_reach(&unix_socket), ORIGIN_PRIVATE);
}

static void test_encode(void **state)
{
	struct strbuf b = {0};

	(void)state;
	origin_encode(&b, str_n("@a/b c\0\xff-._~", 12));
	assert_str(strbuf_str(&b), "%40a%2Fb%20c%00%FF-._~");
	strbuf_release(&b);
}

static int teardown(void **state)
{
	(void)state;
	arena_release(&a);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parse), cmocka_unit_test(test_refused),
		cmocka_unit_test(test_resolve), cmocka_unit_test(test_hosts),
		cmocka_unit_test(test_loopback), cmocka_unit_test(test_reach),
		cmocka_unit_test(test_encode),
	};

	return cmocka_run_group_tests_name("origin", tests, NULL, teardown);
}
