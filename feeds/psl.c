/*
 * The public suffix list: below which hosts anybody registers names.  It
 * keeps a row about such a host from speaking for all below it, and tells
 * which part of a host is registered.  Only its ICANN section is taken: the
 * private one splits organisations, and mail comes from none of it.
 */
#include "feeds/feed.h"

#include "base/limits.h"
#include "feeds/punycode.h"

#define LIST_KEY STR("public_suffix_list.dat")
#define LEAST_RULES 1000 /* it has had several thousand for years */
#define DATED_BY "// VERSION: "

static void ask(struct feed_run *r)
{
	struct feed_request q = {
		.key = LIST_KEY, .url = STR("/list/public_suffix_list.dat"),
		.max_bytes = 8 * LIMIT_MB};

	feed_ask(r, &q);
}

/* The part between the marks of the section; false: another shape. */
static bool find_section(struct str text, struct str *ret)
{
	struct str begin = STR("===BEGIN ICANN DOMAINS===");
	size_t at = str_find(text, begin);
	size_t end = str_find(text, STR("===END ICANN DOMAINS==="));

	if (at == SIZE_MAX || end == SIZE_MAX || end < at)
		return false;
	*ret = str_sub(text, at + begin.n, end);
	return true;
}

/* "2026-11-20" of the line that dates the list; "" without one. */
static struct str date_of_list(struct str text)
{
	size_t at = str_find(text, STR(DATED_BY));
	struct str day = at == SIZE_MAX ? STR("")
		: str_head(str_from(text, at + STR(DATED_BY).n), 10);
	int32_t ignored;

	return date_parse(day, &ignored) ? STR("") : day;
}

/* "!www.ck", "*.ck", "com.cn": one rule a line, up to a blank. */
static bool take_rule(struct feed_run *r, struct str line, struct str source)
{
	struct feed_row row = {.kind = "suffix", .source = source,
			       .value = STR("exact"), .confidence = "B",
			       .time = r->now};
	struct str rule;

	if (!str_word(&line, &rule) || str_has_prefix(rule, STR("//")))
		return false;
	if (str_has_prefix(rule, STR("!"))) {
		row.value = STR("except");
		rule = str_from(rule, 1);
	} else if (str_has_prefix(rule, STR("*."))) {
		row.value = STR("below");
		rule = str_from(rule, 2);
	}
	row.subject = punycode_host(rule, &r->arena);
	feed_add(r, &row);
	return true;
}

static enum err read_list(struct feed_run *r, struct str text,
			  struct str source)
{
	struct str section, line;
	size_t rules = 0;

	if (!find_section(text, &section))
		return feed_fail(r, LIST_KEY, "no ICANN section: another "
				 "shape");
	while (str_line(&section, &line))
		rules += take_rule(r, line, source);
	if (rules < LEAST_RULES)
		return feed_fail(r, LIST_KEY, "%zu rules: not the whole list",
				 rules);
	return OK;
}

static enum err publish(struct feed_run *r)
{
	struct arena bytes = {0};
	struct answer a;
	enum err e = feed_answer(r, LIST_KEY, &bytes, &a);

	if (!e)
		e = feed_begin(r, feed_time(r, r->now), date_of_list(a.body),
			       false);
	if (!e)
		e = read_list(r, a.body,
			      feed_source(r, LIST_KEY, &a,
					  "Public Suffix List, the file of "
					  "this digest"));
	arena_release(&bytes);
	return e;
}

const struct feed feed_psl = {
	.name = "psl",
	.summary = "public suffixes: below which hosts anybody has names",
	.licence = "MPL-2.0", .url = "https://publicsuffix.org", .hosts = "",
	.rate = "1/s", .token = "", .settings = "", .flags = FEED_OF_HOSTS,
	.parallel = 1, .ask = ask, .publish = publish,
};
