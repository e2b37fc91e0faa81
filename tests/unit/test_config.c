/* The configuration file: what it sets, and what is refused with its line. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "feeds/config.h"

static struct diags ds;

static enum err parse(const char *text, struct config *ret)
{
	diag_release(&ds);
	return config_parse(str_c(text), STR("f"), &ds, ret);
}

static const struct config_feed *feed_of(const struct config *c,
					 const char *name)
{
	for (size_t i = 0; i < c->feeds.n; i++)
		if (str_is(str_c(name), c->feeds.v[i].feed->name))
			return &c->feeds.v[i];
	fail_msg("%s", name);
	return NULL;
}

static void test_values(void **state)
{
	struct config c;
	const struct config_feed *f;

	(void)state;
	assert_int_equal(parse("# x\n; y\n\n[fetch]\ntime = 5s\nbytes = 2M\n"
			       "tries=7\ncontact = a b\n[store]\nfile=/s\n"
			       "[feed gleif]\nurl = https://m.example/g//\n"
			       "rate = 2/s 9/h\nenabled = no\nprivate = yes\n"
			       "hold-withdrawals = 5 % # few\n"
			       "countries = CN RU\n[feed fcc]\n"
			       "hold-withdrawals = no\n", &c), OK);
	assert_int_equal(c.fetch.time, 5 * PACE_SECOND);
	assert_int_equal(c.fetch.bytes, 2 << 20);
	assert_int_equal(c.fetch.tries, 7);
	assert_string_equal(c.fetch.contact, "a b");
	assert_string_equal(c.store, "/s");
	f = feed_of(&c, "gleif");
	assert_str(f->url, "https://m.example/g");
	assert_int_equal(f->rate.n, 9);
	assert_true(f->is_disabled && f->is_private && !f->is_enabled);
	assert_str(f->settings.v[0].value, "CN RU");
	assert_int_equal(f->hold, 5);
	assert_int_equal(feed_of(&c, "fcc")->hold, 0);
	assert_int_equal(feed_of(&c, "csl")->hold, 10);
	assert_false(feed_of(&c, "csl")->is_disabled);
	config_release(&c);
	assert_int_equal(parse("", &c), OK);
	assert_true(c.fetch.tries > 1 && c.fetch.requests > 1);
	config_release(&c);
}

static void test_lines(void **state)
{
	static const char *const bad[] = {
		"x\n[fetch]\n", "[fetch]\nx\n", "[fetch]\nx = 1\n",
		"[fetch]\ntime =\n", "[fetch]\nbytes = 5X\n",
		"[fetch]\nbytes = 0\n", "[fetch]\nproxy = x\n",
		"[feed fcc]\nurl = http://fcc.example\n",
		"[feed fcc]\nurl = https://a@b\n",
		"[feed fcc]\nurl = https://b?x\n",
		"[feed fcc]\nurl = file:///etc\n",
		"[feed fcc]\nhold-withdrawals = 0\n",
		"[feed fcc]\nhold-withdrawals = 100%\n",
		"[feed fcc]\nhold-withdrawals = x%\n",
		"[feed fcc]\ncountries = CN\n", "[feed none]\nurl = x\n",
		"[feed]\nurl = x\n", "[fetch\ntime = 1s\n",
		"[store]\ntime = 1s\n"};
	struct config c;

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		if (parse(bad[i], &c) != ERR_CONFIG || !ds.counts[RW2001])
			fail_msg("%s", bad[i]);
		assert_in_range(ds.kept.v[0].place.line, 1, 2);
		config_release(&c);
	}
	/* loopback may be plain */
	assert_int_equal(parse("[feed fcc]\nurl = http://127.0.0.1:1\n", &c),
			 OK);
	config_release(&c);
}

static void test_token_files(void **state)
{
	char path[] = "/tmp/rw-token-XXXXXX", text[100];
	int fd = mkstemp(path);
	struct config c;

	(void)state;
	assert_int_equal(write(fd, "sesame\n", 7), 7);
	close(fd);
	snprintf(text, sizeof text, "[feed fcc]\ntoken-file = %s\n", path);
	chmod(path, 0644);
	assert_int_equal(parse(text, &c), ERR_CONFIG);
	assert_true(str_find(ds.kept.v[0].message, STR("chmod 600")) !=
		    SIZE_MAX);
	assert_true(str_find(ds.kept.v[0].message, STR("sesame")) ==
		    SIZE_MAX);
	config_release(&c);
	chmod(path, 0600);
	assert_int_equal(parse(text, &c), OK);
	assert_str(feed_of(&c, "fcc")->token, "sesame");
	config_release(&c);
	assert_int_equal(truncate(path, 0), 0);
	assert_int_equal(parse(text, &c), ERR_CONFIG);
	config_release(&c);
	unlink(path);
	assert_int_equal(parse(text, &c), ERR_CONFIG);
	assert_int_equal(ds.counts[RW2002], 1);
	config_release(&c);
	assert_int_equal(parse("[feed fcc]\ntoken-env = RW_NOT_SET\n", &c),
			 ERR_CONFIG);
	assert_int_equal(ds.counts[RW2002], 1);
	config_release(&c);
}

static int teardown(void **state)
{
	(void)state;
	diag_release(&ds);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_values), cmocka_unit_test(test_lines),
		cmocka_unit_test(test_token_files),
	};

	return cmocka_run_group_tests_name("config", tests, NULL, teardown);
}
