/* Any bytes as the answer of a service that is asked about a target: the first
 * byte says of which one, the rest is kept as its feed keeps it, and becomes an
 * edition, whose rows are all sound. */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>

#include "feeds/config.h"
#include "fuzz_store.h"
#include "store/facts_store.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static const struct { const char *feed, *key; } asked[] = {
	{"depsdev", "pkg:npm/x@1"}, {"depsdev", "pkg:npm/x"},
	{"ecosystems", "pkg:npm/x"}, {"github", "repos/o/r"},
	{"github", "orgs/o"}, {"gitlab", "gitlab.com/o/r"},
	{"scorecard", "github.com/o/r"},
	{"softwareheritage", "https://github.com/o/r"}};
#define ASKED (sizeof asked / sizeof *asked)

static struct diags ignored;
static struct facts facts;

static void clean(void)
{
	facts_store_release(&facts);
	diag_release(&ignored);
}

static void begin(void)
{
	if (!fuzz_store_open(&ignored))
		return;
	facts_store_index(&facts, &ignored);
	atexit(clean);
}

/* Of what is sound so many go to the store: that takes nearly all the time. */
static bool is_chosen(struct str body)
{
	unsigned sum = 0;

	for (size_t i = 0; i < body.n; i++)
		sum += (unsigned char)body.p[i];
	return sum % 16 == 0;
}

static void take(struct feed_run *r, struct str key, struct str body)
{
	struct answer a = {.url = STR("https://h.example/"), .time = 1,
			   .status = 200, .body = body};
	struct json_raw root;

	if (r->feed->keep)
		a.body = r->feed->keep(r, key, body);
	if (json_scan(a.body, &root, NULL) || root.cut || !is_chosen(body))
		return;
	if (answer_put(fuzz_store, str_c(r->feed->name), key, &a))
		return;
	(void)r->feed->publish(r);
	edition_drop(fuzz_store);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	static const struct feed_wants nothing;
	struct str body = {(const char *)bytes + 1, n - 1};
	struct feed_run r = {.wants = &nothing, .facts = &facts, .now = 1,
			     .folder = "/tmp"};
	struct diags ds = {0};
	struct config c;
	size_t which;

	if (!n)
		return 0;
	begin();
	which = bytes[0] % ASKED;
	r.feed = feed_find(str_c(asked[which].feed));
	r.store = fuzz_store;
	r.diags = &ds;
	if (config_parse(STR(""), STR("f"), &ds, &c) ||
	    origin_parse(str_c(r.feed->url), &r.arena, &r.service.origin))
		abort();
	for (size_t i = 0; i < c.feeds.n; i++)
		if (c.feeds.v[i].feed == r.feed)
			r.config = &c.feeds.v[i];
	take(&r, str_c(asked[which].key), body);
	feed_settle(&r, false);
	config_release(&c);
	arena_release(&r.arena);
	diag_release(&ds);
	return 0;
}
