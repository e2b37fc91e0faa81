/*
 * Hosts of universities: the list university-domains-list of Hipo.  It says
 * which host belongs to which university in which country, as anybody may
 * have written it there: all rows are B.  Where the bundled facts speak of a
 * host they are right.
 */
#include "feeds/feed.h"

#include "base/limits.h"
#include "model/facts_index.h"
#include "model/facts_name.h"

#define LIST_KEY STR("universities.json")
#define LEAST_ENTRIES 1000

static void ask(struct feed_run *r)
{
	struct feed_request q = {
		.key = LIST_KEY, .max_bytes = 32 * LIMIT_MB,
		.url = STR("/Hipo/university-domains-list/master/"
			   "world_universities_and_domains.json")};

	feed_ask(r, &q);
}

struct reading {
	struct feed_run *run;
	struct str source;
	struct map countries;  /* of a name's form; SEVERAL of them */
	size_t entries, others;
};

#define SEVERAL 0

static struct str text(struct feed_run *r, struct json_raw of,
		       const char *key)
{
	return json_raw_str(json_raw_get(of, key), &r->arena);
}

/* The hosts of an entry that nobody speaks of. */
static void take_hosts(struct feed_run *r, struct json_raw domains,
		       const struct feed_party *p)
{
	struct str host, id;
	struct json_raw one;
	struct json_walk w;

	json_walk_begin(&w, domains);
	while (json_walk_next(&w, NULL, &one)) {
		host = feed_host(r, json_raw_str(one, &r->arena));
		if (!host.n || feed_knows_host(r, host))
			continue;
		id = feed_organisation_in(r, p);
		if (!id.n)
			continue;
		feed_add(r, &(struct feed_row){
			.kind = "host", .subject = host, .object = id,
			.source = p->source, .confidence = "B",
			.time = r->now});
	}
}

static size_t code_of(struct str country)
{
	return (size_t)(unsigned char)country.p[0] << 8 |
	       (unsigned char)country.p[1];
}

/* What an entry says; false when it is none of this list. */
static bool read_entry(struct reading *w, struct json_raw entry,
		       struct feed_party *ret)
{
	*ret = (struct feed_party){
		.name = text(w->run, entry, "name"),
		.country = text(w->run, entry, "alpha_two_code"),
		.source = w->source, .kind = "university"};
	return ret->name.n && ret->country.n == 2 &&
	       json_raw_get(entry, "domains").type == JSON_ARRAY;
}

/* First the names: one that universities of several countries have. */
static void take_name(struct reading *w, struct json_raw entry)
{
	struct feed_party p;
	size_t *country;
	bool is_new;

	w->entries++;
	if (!read_entry(w, entry, &p)) {
		w->others++;
		return;
	}
	country = map_put(&w->countries,
			  facts_name_form(&w->run->arena, p.name),
			  code_of(p.country), &is_new);
	if (!is_new && *country != code_of(p.country))
		*country = SEVERAL;
}

static void take_entry(struct reading *w, struct json_raw entry)
{
	struct arena *a = &w->run->arena;
	struct feed_party p;
	const size_t *country;

	if (!read_entry(w, entry, &p))
		return;
	country = map_get(&w->countries, facts_name_form(a, p.name));
	if (country && *country == SEVERAL &&
	    facts_index_name(w->run->facts, p.name, NULL) == SIZE_MAX)
		p.name = arena_fmt(a, "%.*s (%.*s)", STR_ARG(p.name),
				   STR_ARG(p.country));
	take_hosts(w->run, json_raw_get(entry, "domains"), &p);
}

static enum err read_list(struct reading *w, struct str body)
{
	struct json_raw root, one;
	struct json_walk walk;

	if (feed_json(w->run, LIST_KEY, body, &root))
		return ERR_FEED;
	if (root.type != JSON_ARRAY)
		root = (struct json_raw){.type = JSON_ABSENT};
	json_walk_begin(&walk, root);
	while (json_walk_next(&walk, NULL, &one))
		take_name(w, one);
	if (w->entries < LEAST_ENTRIES || w->others > w->entries / 100)
		return feed_fail(w->run, LIST_KEY, "%zu entries, %zu of them "
				 "in another shape: not the list", w->entries,
				 w->others);
	json_walk_begin(&walk, root);
	while (json_walk_next(&walk, NULL, &one))
		take_entry(w, one);
	return OK;
}

static enum err publish(struct feed_run *r)
{
	struct reading w = {.run = r};
	struct arena bytes = {0};
	struct answer a;
	enum err e = feed_answer(r, LIST_KEY, &bytes, &a);

	if (!e)
		e = feed_begin(r, feed_time(r, r->now), feed_day(r, a.time),
			       false);
	if (!e) {
		w.source = feed_source(r, LIST_KEY, &a,
				       "university-domains-list, the file of "
				       "this digest");
		e = read_list(&w, a.body);
	}
	map_release(&w.countries);
	arena_release(&bytes);
	return e;
}

const struct feed feed_universities = {
	.name = "universities", .summary = "hosts of universities",
	.licence = "MIT", .url = "https://raw.githubusercontent.com",
	.hosts = "", .rate = "1/s", .token = "", .settings = "", .flags = 0,
	.parallel = 1, .ask = ask, .publish = publish,
};
