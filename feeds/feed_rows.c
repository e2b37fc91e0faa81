/* The rows of an edition: facts, their sources, organisations. */
#include "feeds/feed_rows.h"

#include "base/date.h"
#include "base/limits.h"
#include "feeds/config.h"
#include "model/facts_index.h"
#include "model/facts_name.h"

void feed_fact(struct feed_run *r, const struct str *fields)
{
	static const char *const names[] = {
#define NAME(id, name) [id] = name,
		FACTS_COLUMNS(NAME)
#undef NAME
	};
	enum facts_column column;
	const char *why = edition_add_fact(r->store, fields, &column);

	if (why)
		diag_add(r->diags, RW2005, feed_rows_place(r),
			 "%.*s %.*s: %s %s", STR_ARG(fields[COLUMN_KIND]),
			 STR_ARG(str_head(fields[COLUMN_SUBJECT], 100)),
			 names[column], why);
}

static void add_source(struct feed_run *r, struct str id,
		       const struct answer *a, const char *note)
{
	struct str row[COLUMN_COUNT] = {{0}};

	row[COLUMN_KIND] = STR("source");
	row[COLUMN_SUBJECT] = id;
	row[COLUMN_OBJECT] = str_c(r->feed->licence);
	row[COLUMN_VALUE] = a->url;
	row[COLUMN_SPEAKS_FOR] = row[COLUMN_READ] = feed_day(r, a->time);
	row[COLUMN_CONFIDENCE] = STR("A");
	row[COLUMN_NOTE] = str_c(note);
	feed_fact(r, row);
}

struct str feed_source(struct feed_run *r, struct str key,
		       const struct answer *a, const char *note)
{
	struct strbuf hex = {0};
	struct str id;

	for (size_t i = 0; !a && i < r->files.n; i++)
		if (str_eq(r->files.v[i]->q.key, key))
			a = &r->files.v[i]->noted;
	if (!a)
		return STR("");
	if (str_has_prefix(a->body, STR("sha256 ")))
		strbuf_add(&hex, str_sub(a->body, 7, 7 + 16));
	else
		sha256_hex(&hex, a->sha256, 8);
	id = arena_fmt(&r->arena, "%s-%s", r->feed->name, hex.p);
	strbuf_release(&hex);
	add_source(r, id, a, note);
	return id;
}

bool feed_names_organisation(struct str name)
{
	static const char *const words[] = {
		"academy", "ag", "administration", "agency", "aerospace",
		"army", "aviation", "bank", "bureau", "center", "centre",
		"co", "college", "commission", "committee", "communications",
		"company", "complex", "corp", "corporation", "department",
		"electronics", "energy", "enterprise", "enterprises",
		"equipment", "factory", "force", "foundation", "gmbh",
		"group", "holding", "holdings", "inc", "incorporated",
		"industries", "industry", "institute", "institution",
		"instruments", "international", "laboratory", "laboratories",
		"limited", "llc", "ltd", "machinery", "ministry", "network",
		"networks", "office", "optics", "petroleum", "plant", "plc",
		"research", "school", "science", "sciences", "semiconductor",
		"service", "services", "shipping", "software", "sas",
		"supercomputing", "system", "systems", "tech", "technologies",
		"technology", "telecom", "telecommunications", "trading",
		"university"};
	struct arena a = {0};
	struct str form = facts_name_form(&a, name), word;
	bool found = false;
	size_t n = 0;

	while (str_word(&form, &word)) {
		n++;
		for (size_t i = 0; i < sizeof words / sizeof *words; i++)
			found = found || str_is(word, words[i]);
	}
	arena_release(&a);
	return found || n == 1;
}

static void declare(struct feed_run *r, struct str id, struct str name,
		    const char *kind, struct str source)
{
	struct str row[COLUMN_COUNT] = {{0}};
	bool is_new;

	map_put(&r->declared, id, 1, &is_new);
	if (!is_new)
		return;
	row[COLUMN_KIND] = STR("organisation");
	row[COLUMN_SUBJECT] = id;
	row[COLUMN_OBJECT] = str_c(kind);
	row[COLUMN_VALUE] = name;
	row[COLUMN_SOURCE] = source;
	row[COLUMN_READ] = feed_day(r, r->now);
	row[COLUMN_CONFIDENCE] = STR("B");
	feed_fact(r, row);
}

struct str feed_organisation(struct feed_run *r, struct str name,
			     const char *kind, struct str source)
{
	struct arena scratch = {0};
	struct str form = facts_name_form(&scratch, name), id = STR("");
	size_t known = facts_index_name(r->facts, name, NULL);
	unsigned char digest[SHA256_BYTES];
	struct strbuf hex = {0};

	if (known != SIZE_MAX) {
		id = r->facts->organisations.v[known].id;
	} else if (form.n) {
		sha256_of(form, digest);
		sha256_hex(&hex, digest, 6);
		id = arena_fmt(&r->arena, "%s-%s", r->feed->name, hex.p);
		declare(r, id, name, kind, source);
		strbuf_release(&hex);
	}
	arena_release(&scratch);
	return id;
}

enum err feed_begin(struct feed_run *r, struct str name,
		    struct str speaks_for, bool keeps)
{
	bool is_per_target = r->feed->flags & FEED_PER_TARGET;
	struct str feed = str_c(r->feed->name);
	struct edition e = {
		.feed = feed, .name = name, .speaks_for = speaks_for,
		.licence = str_c(r->feed->licence), .fetched = r->now,
		.url = origin_url(&r->service.origin, &r->arena),
		.may_shrink = r->config->may_shrink || is_per_target};
	struct answer self = {.url = e.url, .time = r->now};
	enum err err = keeps ? edition_begin_from_current(r->store, &e)
			     : edition_begin(r->store, &e);

	/* that nothing is known of what was asked for is an edition, too */
	if (!err && is_per_target)
		add_source(r, feed, &self, r->feed->summary);
	return err;
}

struct str feed_day(struct feed_run *r, int64_t seconds)
{
	struct strbuf b = {0};
	struct str s;

	date_write(&b, date_of_seconds(seconds));
	s = arena_dup(&r->arena, strbuf_str(&b));
	strbuf_release(&b);
	return s;
}

struct str feed_time(struct feed_run *r, int64_t seconds)
{
	struct str day = feed_day(r, seconds);
	int second = (int)(((seconds % 86400) + 86400) % 86400);

	return arena_fmt(&r->arena, "%.*sT%02d:%02d:%02dZ", STR_ARG(day),
			 second / 3600, second / 60 % 60, second % 60);
}
