/* The rows of an edition: facts, their sources, organisations. */
#include "feeds/feed_rows.h"

#include "base/date.h"
#include "base/limits.h"
#include "feeds/config.h"
#include "model/component.h"
#include "model/digest_part.h"
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

void feed_add(struct feed_run *r, const struct feed_row *row)
{
	struct str fields[COLUMN_COUNT] = {
		[COLUMN_KIND] = str_c(row->kind),
		[COLUMN_SUBJECT] = row->subject, [COLUMN_OBJECT] = row->object,
		[COLUMN_VALUE] = row->value, [COLUMN_FROM] = row->from,
		[COLUMN_TO] = row->to, [COLUMN_SOURCE] = row->source,
		[COLUMN_CONFIDENCE] = str_c(row->confidence),
		[COLUMN_NOTE] = row->note};

	fields[COLUMN_SPEAKS_FOR] = fields[COLUMN_READ] =
		feed_day(r, row->time);
	feed_fact(r, fields);
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

void feed_say(struct feed_run *r, const struct feed_said *s,
	      struct str source, const struct answer *a)
{
	struct str row[COLUMN_COUNT] = {{0}};

	row[COLUMN_KIND] = str_c(s->kind);
	row[COLUMN_SUBJECT] = s->subject;
	row[COLUMN_OBJECT] = s->object;
	row[COLUMN_VALUE] = s->value;
	row[COLUMN_SOURCE] = source;
	row[COLUMN_SPEAKS_FOR] = row[COLUMN_READ] = feed_day(r, a->time);
	row[COLUMN_CONFIDENCE] = str_c(s->confidence);
	row[COLUMN_NOTE] = s->note;
	feed_fact(r, row);
}

struct str feed_repository(struct feed_run *r, struct str written)
{
	struct arena *a = &r->arena;
	struct str url = str_find_ch(written, ':') == SIZE_MAX
		? arena_fmt(a, "https://%.*s", STR_ARG(written)) : written;

	url = component_repository_url(url, a);
	if (str_has_prefix(url, STR("https://")))
		url = str_from(url, 8);
	return arena_lower(a, url);
}

struct str feed_known_name(const struct feed_run *r, struct str name)
{
	size_t org = name.n ? facts_index_name(r->facts, name, NULL)
			    : SIZE_MAX;

	return org == SIZE_MAX ? STR("") : r->facts->organisations.v[org].id;
}

struct str feed_known_host(const struct feed_run *r, struct str host)
{
	struct facts_run run = facts_index_subject(r->facts, FACT_HOST, host);

	for (size_t i = run.first; i < run.first + run.n; i++) {
		const struct fact *f = &r->facts->rows.v[i];

		if (f->state == FACT_ACCEPTED && f->confidence >= FACT_B &&
		    facts_holds(f, date_of_seconds(r->now)))
			return f->object;
	}
	return STR("");
}

void feed_keep_begin(struct json_out *j, struct strbuf *b, struct str body)
{
	unsigned char digest[SHA256_BYTES];
	struct strbuf hex = {0};

	strbuf_init(b, LIMIT_ANSWER_BYTES);
	json_out_init(j, b, true);
	json_out_object(j);
	sha256_of(body, digest);
	sha256_hex(&hex, digest, sizeof digest);
	json_out_kstr(j, "sha256", strbuf_str(&hex));
	strbuf_release(&hex);
}

void feed_keep(struct json_out *j, struct json_raw of, const char *names,
	       struct arena *a)
{
	struct str words = str_c(names), word;

	while (str_word(&words, &word)) {
		const char *key = arena_cstr(a, word);
		struct json_raw v = json_raw_get(of, key);

		if (v.type == JSON_BOOL)
			json_out_kbool(j, key, str_is(v.text, "true"));
		else
			json_out_kstr_or_null(j, key, json_raw_str(v, a));
	}
}

struct str feed_keep_end(struct feed_run *r, struct json_out *j,
			 struct strbuf *b)
{
	struct str text;

	json_out_object_end(j);
	json_out_end(j);
	text = b->full ? STR("") : arena_dup(&r->arena, strbuf_str(b));
	strbuf_release(b);
	return text;
}

bool feed_is_bot(const struct feed_run *r, struct str address)
{
	struct facts_run run = facts_index_kind(r->facts, FACT_BOT);

	for (size_t i = run.first; i < run.first + run.n; i++) {
		const struct fact *f = &r->facts->rows.v[i];

		if (f->state == FACT_ACCEPTED && f->confidence >= FACT_B &&
		    str_glob(address, f->subject, true))
			return true;
	}
	return false;
}

struct str feed_mail_host(struct str address)
{
	size_t at = str_rfind_ch(address, '@');
	struct str host = str_from(address, at == SIZE_MAX ? address.n
							   : at + 1);

	return host.n <= LIMIT_HOST_BYTES && digest_part_is_host(host)
		? host : STR("");
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

/* Do the bundled facts establish it there? */
static bool is_in(const struct feed_run *r, size_t organisation,
		  struct str country)
{
	struct str id = r->facts->organisations.v[organisation].id;
	struct facts_run run = facts_index_subject(r->facts, FACT_ESTABLISHES,
						   id);

	for (size_t i = 0; i < run.n; i++)
		if (str_eq(r->facts->rows.v[run.first + i].value, country))
			return true;
	return false;
}

struct str feed_organisation_in(struct feed_run *r, const struct feed_party *p)
{
	struct arena scratch = {0};
	struct str form = facts_name_form(&scratch, p->name), id = STR("");
	size_t known = facts_index_name(r->facts, p->name, NULL);
	unsigned char digest[SHA256_BYTES];
	struct strbuf hex = {0};
	bool has_country = facts_is_country(p->country);
	struct str name = p->name;

	/* a namesake elsewhere does not make the known one's name unclear */
	if (known != SIZE_MAX && has_country && !is_in(r, known, p->country))
		name = arena_fmt(&r->arena, "%.*s (%.*s)", STR_ARG(name),
				 STR_ARG(p->country));
	if (known != SIZE_MAX && name.n == p->name.n) {
		id = r->facts->organisations.v[known].id;
	} else if (form.n) {
		sha256_of(arena_fmt(&scratch, "%.*s\t%.*s", STR_ARG(form),
				    STR_ARG(p->country)), digest);
		sha256_hex(&hex, digest, 6);
		id = arena_fmt(&r->arena, "%s-%s", r->feed->name, hex.p);
		declare(r, id, name, p->kind, p->source);
		if (has_country) /* a second one is the same row */
			feed_add(r, &(struct feed_row){
				.kind = "establishes", .subject = id,
				.value = p->country, .source = p->source,
				.confidence = "B", .time = r->now});
		strbuf_release(&hex);
	}
	arena_release(&scratch);
	return id;
}

bool feed_knows_host(const struct feed_run *r, struct str host)
{
	static const enum fact_kind kinds[] = {FACT_HOST, FACT_NEUTRAL,
					       FACT_TYPO};
	size_t dot = 0;

	while (dot != SIZE_MAX) {
		for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
			if (facts_index_subject(r->facts, kinds[i], host).n)
				return true;
		dot = str_find_ch(host, '.');
		host = str_from(host, dot == SIZE_MAX ? dot : dot + 1);
	}
	return false;
}

struct str feed_host(struct feed_run *r, struct str written)
{
	struct str host = arena_lower(&r->arena, str_trim(written));
	size_t dot;

	if (str_has_suffix(host, STR(".")))
		host.n--;
	dot = str_find_ch(host, '.');
	for (size_t i = 0; i < host.n; i++)
		if (!ascii_is_alnum(host.p[i]) && host.p[i] != '-' &&
		    host.p[i] != '.')
			return STR("");
	if (host.n > LIMIT_HOST_BYTES || dot == SIZE_MAX || !dot ||
	    str_find(host, STR("..")) != SIZE_MAX)
		return STR("");
	return host;
}

static struct edition describe(struct feed_run *r, struct str name,
			       struct str speaks_for)
{
	bool is_per_target = r->feed->flags & FEED_PER_TARGET;

	return (struct edition){
		.feed = str_c(r->feed->name), .name = name,
		.speaks_for = speaks_for,
		.licence = str_c(r->feed->licence), .fetched = r->now,
		.url = origin_url(&r->service.origin, &r->arena),
		.may_shrink = r->config->may_shrink || is_per_target ||
			      r->is_accepted,
		.hold = r->is_accepted ? 0 : r->config->hold,
		.holds_lists_only = is_per_target,
		.may_be_older = r->is_accepted};
}

bool feed_is_older(struct feed_run *r, struct str name, struct str speaks_for)
{
	struct edition e = describe(r, name, speaks_for);
	const struct diags *ds = r->diags;

	if (!edition_check_age(r->store, &e))
		return false;
	r->failed++;
	if (!r->error.n && ds->kept.n)
		r->error = arena_fmt(&r->arena, "%s: %.*s", diag_name(RW1826),
				     STR_ARG(ds->kept.v[ds->kept.n - 1]
					     .message));
	return true;
}

enum err feed_begin(struct feed_run *r, struct str name,
		    struct str speaks_for, bool keeps)
{
	struct edition e = describe(r, name, speaks_for);
	struct answer self = {.url = e.url, .time = r->now};
	enum err err = keeps ? edition_begin_from_current(r->store, &e)
			     : edition_begin(r->store, &e);

	/* that nothing is known of what was asked for is an edition, too */
	if (!err && r->feed->flags & FEED_PER_TARGET)
		add_source(r, e.feed, &self, r->feed->summary);
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
