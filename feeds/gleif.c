/*
 * GLEIF golden copy: who consolidates whom (all records), and the legal
 * entities that matter: those of some countries, those whose names the
 * bundled facts know, and what holds them or is held by them.  CSV in zip
 * files, read in pieces.  After the first time only what changed is fetched
 * of the entities.  Why an entity names no parent is kept for those that are:
 * it makes a dated statement of "none is known", and proves nothing.
 */
#include "feeds/feed.h"

#include <stdlib.h>
#include <string.h>

#include "base/archive_in.h"
#include "base/limits.h"
#include "feeds/gleif_graph.h"
#include "feeds/rows.h"
#include "model/facts_index.h"

#define PUBLISHES_KEY STR("publishes")
#define ENTITIES_KEY STR("lei2")
#define RELATIONS_KEY STR("rr")
#define EXCEPTIONS_KEY STR("repex")
#define FILE_BYTES (4096 * LIMIT_MB)

struct copy {
	struct feed_run *run;
	struct gleif_graph graph;
	struct str countries;
	size_t refused, wanted;
	VEC(struct gleif_graph_lei) kept; /* of entities, sorted */
};

/* --- asking --------------------------------------------------------------- */

static struct str day_of(struct str moment)
{
	return str_head(moment, 10);
}

/* The publication of the edition at hand, "" when there is none. */
static struct str edition_at_hand(struct feed_run *r)
{
	struct store_feeds feeds = {0};
	struct str name = STR("");

	if (!store_list_feeds(r->store, &r->arena, &feeds))
		for (size_t i = 0; i < feeds.list.n; i++)
			if (str_is(feeds.list.v[i].name, r->feed->name))
				name = feeds.list.v[i].edition;
	vec_release(&feeds.list);
	return name;
}

/* The smallest file of changes that reaches back to an edition, NULL: none
 * does.  A day is kept in hand. */
static const char *delta_since(struct str edition, struct str publication)
{
	static const struct { int32_t days; const char *name; } deltas[] = {
		{1, "LastDay"}, {6, "LastWeek"}, {27, "LastMonth"}};
	int32_t from, to;

	if (date_parse(str_head(edition, 10), &from) ||
	    date_parse(str_head(publication, 10), &to) || to < from)
		return NULL;
	for (size_t i = 0; i < sizeof deltas / sizeof *deltas; i++)
		if (to - from < deltas[i].days)
			return deltas[i].name;
	return NULL;
}

static bool ask_file(struct feed_run *r, struct str key, struct json_raw file)
{
	struct json_raw csv = json_raw_get(file, "csv");
	struct feed_request q = {.key = key, .max_bytes = FILE_BYTES};
	uint64_t size = 0;

	q.url = json_raw_str(json_raw_get(csv, "url"), &r->arena);
	if (!q.url.n ||
	    !str_to_u64(json_raw_get(csv, "size").text, &size))
		return false;
	feed_ask_file(r, &q, size);
	return true;
}

/* The first publication of an answer, and its date. */
static bool read_publication(struct feed_run *r, struct str body,
			     struct json_raw *ret, struct str *ret_date)
{
	struct json_raw root;
	struct json_walk w;

	if (feed_json(r, PUBLISHES_KEY, body, &root))
		return false;
	json_walk_begin(&w, json_raw_get(root, "data"));
	if (!json_walk_next(&w, NULL, ret))
		*ret = (struct json_raw){.type = JSON_ABSENT};
	*ret_date = json_raw_str(json_raw_get(*ret, "publish_date"),
				 &r->arena);
	return ret_date->n >= 10;
}

static void take_publishes(struct feed_run *r, struct str key,
			   const struct answer *a)
{
	struct json_raw publication, lei2, rr, repex;
	struct str date, edition = edition_at_hand(r);
	const char *delta;

	if (r->bad || !read_publication(r, a->body, &publication, &date)) {
		(void)feed_fail(r, key, "no publication: another shape");
		r->failed++;
		return;
	}
	if (str_eq(edition, date) || feed_is_older(r, date, day_of(date)))
		return;
	delta = delta_since(edition, date);
	lei2 = json_raw_get(publication, "lei2");
	rr = json_raw_get(json_raw_get(publication, "rr"), "full_file");
	repex = json_raw_get(json_raw_get(publication, "repex"), "full_file");
	lei2 = delta ? json_raw_get(json_raw_get(lei2, "delta_files"), delta)
		     : json_raw_get(lei2, "full_file");
	if (!ask_file(r, RELATIONS_KEY, rr) ||
	    !ask_file(r, EXCEPTIONS_KEY, repex) ||
	    !ask_file(r, ENTITIES_KEY, lei2)) {
		(void)feed_fail(r, key, "a file without address or size");
		r->failed++;
	}
}

static void ask(struct feed_run *r)
{
	struct feed_request q = {
		.key = PUBLISHES_KEY, .then = take_publishes,
		.url = STR("/api/v2/golden-copies/publishes?per_page=1")};

	feed_ask(r, &q);
}

/* --- reading -------------------------------------------------------------- */

/* Reads the one CSV file in a zip file. */
static enum err read_zip(struct copy *c, struct str key, struct rows *rows)
{
	struct feed_run *r = c->run;
	struct archive_in *a = archive_open_file(feed_file(r, key), r->diags);
	struct str name, piece;
	enum err e = a && archive_next_name(a, &name) ? OK : ERR_FORMAT;

	while (!e && archive_piece(a, &piece) && rows_feed(rows, piece))
		;
	if (!e && archive_error(a))
		e = archive_error(a);
	archive_close(a);
	if (rows_end(rows) && !e)
		return feed_fail(r, key, "row %lu: %s", rows->line,
				 rows->why);
	return e ? feed_fail(r, key, "not a whole zip file") : OK;
}

static void refuse(struct copy *c, struct str what, const char *why)
{
	if (!why)
		return;
	c->refused++;
	diag_add(c->run->diags, RW2005, diag_at(STR("feed gleif")),
		 "%.*s %s", STR_ARG(str_head(what, 40)), why);
}

/* --- relations ------------------------------------------------------------ */

#define PERIOD(n) "?Relationship.Period." n ".startDate", \
	"?Relationship.Period." n ".endDate", \
	"?Relationship.Period." n ".periodType"
enum { HELD, HELD_TYPE, HOLDER, HOLDER_TYPE, TYPE, STATUS, UPDATED, CHECKED,
       PERIODS, RELATION_COLUMNS = PERIODS + 15 };
static const char *const relation_columns[RELATION_COLUMNS] = {
	"Relationship.StartNode.NodeID", "Relationship.StartNode.NodeIDType",
	"Relationship.EndNode.NodeID", "Relationship.EndNode.NodeIDType",
	"Relationship.RelationshipType", "Relationship.RelationshipStatus",
	"Registration.LastUpdateDate", "?Registration.ValidationSources",
	PERIOD("1"), PERIOD("2"), PERIOD("3"), PERIOD("4"), PERIOD("5")};

static bool find_kind(struct str type, enum edition_relation_kind *ret)
{
	if (str_is(type, "IS_DIRECTLY_CONSOLIDATED_BY"))
		*ret = RELATION_DIRECT;
	else if (str_is(type, "IS_ULTIMATELY_CONSOLIDATED_BY"))
		*ret = RELATION_ULTIMATE;
	else if (str_is(type, "IS_INTERNATIONAL_BRANCH_OF"))
		*ret = RELATION_BRANCH;
	else
		return false; /* funds: not who controls */
	return true;
}

static enum fact_confidence confidence_of(struct str sources)
{
	return str_is(sources, "FULLY_CORROBORATED") || str_is(sources, "A")
		? FACT_A : FACT_B;
}

static void take_relation(void *context, const struct str *f)
{
	struct copy *c = context;
	struct edition_relation rel = {
		.held = f[HELD], .holder = f[HOLDER],
		.updated = day_of(f[UPDATED]),
		.confidence = confidence_of(f[CHECKED])};

	if (!str_is(f[HELD_TYPE], "LEI") || !str_is(f[HOLDER_TYPE], "LEI") ||
	    !find_kind(f[TYPE], &rel.kind))
		return;
	/* the financial year, often first, dates nothing */
	for (const struct str *p = f + PERIODS; p < f + RELATION_COLUMNS;
	     p += 3)
		if (str_is(p[2], "RELATIONSHIP_PERIOD")) {
			rel.from = day_of(p[0]);
			rel.to = day_of(p[1]);
		}
	if (!rel.to.n && !str_is(f[STATUS], "ACTIVE"))
		rel.to = rel.updated;
	gleif_graph_edge(&c->graph, rel.held, rel.holder);
	refuse(c, rel.held, edition_add_relation(c->run->store, &rel));
}

/* --- entities ------------------------------------------------------------- */

#define OTHER "?Entity.OtherEntityNames.OtherEntityName."
#define LATIN "?Entity.TransliteratedOtherEntityNames." \
	"TransliteratedOtherEntityName."
#define NAMES_N 8
enum { LEI, NAME, JURISDICTION, COUNTRY, SEAT, CATEGORY, REGISTRATION,
       CHANGED, VALIDATED, NAMES, ENTITY_COLUMNS = NAMES + NAMES_N };
static const char *const entity_columns[ENTITY_COLUMNS] = {
	"LEI", "Entity.LegalName", "Entity.LegalJurisdiction",
	"Entity.LegalAddress.Country", "Entity.HeadquartersAddress.Country",
	"Entity.EntityCategory", "Registration.RegistrationStatus",
	"Registration.LastUpdateDate", "?Registration.ValidationSources",
	OTHER "1", OTHER "2", OTHER "3", OTHER "4", OTHER "5",
	LATIN "1", LATIN "2", LATIN "3"};

static bool is_word_of(struct str words, struct str one)
{
	struct str word;

	while (one.n && str_word(&words, &word))
		if (str_eq(word, one))
			return true;
	return false;
}

/* "US" of "US-DE"; "" for what is no country. */
static struct str country_of(struct str s)
{
	s = str_head(s, 2);
	return facts_is_country(s) ? s : STR("");
}

static bool is_wanted_name(const struct copy *c, struct str name)
{
	const struct feed_wants *w = c->run->wants;

	if (!name.n)
		return false;
	if (facts_index_name(c->run->facts, name, NULL) != SIZE_MAX)
		return true;
	for (size_t i = 0; i < w->names.n; i++)
		if (str_eq_nocase(w->names.v[i], name))
			return true;
	return false;
}

static void add_entity(void *context, const struct str *f)
{
	struct copy *c = context;
	struct edition_entity e = {
		.lei = f[LEI], .name = f[NAME],
		.country = country_of(f[JURISDICTION]),
		.seat = country_of(f[SEAT]), .category = f[CATEGORY],
		.updated = day_of(f[CHANGED]), .aliases = f + NAMES,
		.aliases_n = NAMES_N,
		.confidence = confidence_of(f[VALIDATED])};

	if (!e.country.n)
		e.country = country_of(f[COUNTRY]);
	refuse(c, e.lei, edition_add_entity(c->run->store, &e));
}

/* Keeps a row, as short as it can be said: most are never asked for. */
static void hold(struct copy *c, const struct str *fields)
{
	struct str f[ENTITY_COLUMNS];

	memcpy(f, fields, sizeof f);
	f[REGISTRATION] = STR("");
	f[CHANGED] = day_of(f[CHANGED]);
	f[VALIDATED] = confidence_of(f[VALIDATED]) == FACT_A ? STR("A")
							     : STR("");
	gleif_graph_hold(&c->graph, f, ENTITY_COLUMNS);
}

static void take_entity(void *context, const struct str *f)
{
	struct copy *c = context;
	bool is_wanted = is_word_of(c->countries, country_of(f[COUNTRY])) ||
		is_word_of(c->countries, country_of(f[SEAT])) ||
		is_word_of(c->countries, country_of(f[JURISDICTION]));

	if (str_is(f[REGISTRATION], "ANNULLED") ||
	    str_is(f[REGISTRATION], "DUPLICATE"))
		return;
	for (size_t i = 0; !is_wanted && i < NAMES_N; i++)
		is_wanted = is_wanted_name(c, f[NAMES + i]);
	if (is_wanted || is_wanted_name(c, f[NAME])) {
		c->wanted++;
		gleif_graph_want(&c->graph, f[LEI]);
		add_entity(c, f);
	} else {
		hold(c, f);
	}
}

/* --- exceptions ----------------------------------------------------------- */

enum { OF, LEVEL, REASON, EXCEPTION_COLUMNS };
static const char *const exception_columns[EXCEPTION_COLUMNS] = {
	"LEI", "Exception.Category", "Exception.Reason.1"};

static int by_lei(const void *a, const void *b)
{
	return memcmp(a, b, GLEIF_GRAPH_LEI);
}

static void take_kept(void *context, struct str lei)
{
	struct copy *c = context;

	if (lei.n == GLEIF_GRAPH_LEI)
		memcpy(vec_add(&c->kept), lei.p, GLEIF_GRAPH_LEI);
}

static void take_exception(void *context, const struct str *f)
{
	struct copy *c = context;
	struct edition_exception x = {.lei = f[OF], .reason = f[REASON]};
	bool is_direct = str_is(f[LEVEL],
				"DIRECT_ACCOUNTING_CONSOLIDATION_PARENT");

	if (f[OF].n != GLEIF_GRAPH_LEI || !c->kept.n ||
	    !bsearch(f[OF].p, c->kept.v, c->kept.n, GLEIF_GRAPH_LEI, by_lei))
		return;
	x.level = is_direct ? RELATION_DIRECT : RELATION_ULTIMATE;
	if (is_direct ||
	    str_is(f[LEVEL], "ULTIMATE_ACCOUNTING_CONSOLIDATION_PARENT"))
		refuse(c, x.lei, edition_add_exception(c->run->store, &x));
}

/* Those of the entities that the edition has by now. */
static enum err read_exceptions(struct copy *c)
{
	struct rows rows;

	edition_each_entity(c->run->store, take_kept, c);
	vec_sort(&c->kept, by_lei);
	edition_renew_exceptions(c->run->store);
	rows_init(&rows, exception_columns, EXCEPTION_COLUMNS,
		  take_exception, c);
	return read_zip(c, EXCEPTIONS_KEY, &rows);
}

/* --- the edition ---------------------------------------------------------- */

static enum err read_copy(struct copy *c)
{
	struct rows rows;
	enum err e = OK;

	if (feed_has_file(c->run, RELATIONS_KEY)) {
		edition_renew_relations(c->run->store);
		rows_init(&rows, relation_columns, RELATION_COLUMNS,
			  take_relation, c);
		e = read_zip(c, RELATIONS_KEY, &rows);
	}
	gleif_graph_sort(&c->graph);
	if (!e && feed_has_file(c->run, ENTITIES_KEY)) {
		rows_init(&rows, entity_columns, ENTITY_COLUMNS, take_entity,
			  c);
		e = read_zip(c, ENTITIES_KEY, &rows);
	}
	if (!e)
		e = gleif_graph_close(&c->graph, add_entity, c);
	if (!e && feed_has_file(c->run, EXCEPTIONS_KEY))
		e = read_exceptions(c);
	return e;
}

/* Are the rows at hand still needed?  With changes only, or where one of the
 * files is what it was. */
static bool keeps(const struct feed_run *r, struct str edition,
		  struct str publication)
{
	return edition.n && (delta_since(edition, publication) ||
			     !feed_has_file(r, ENTITIES_KEY) ||
			     !feed_has_file(r, RELATIONS_KEY));
}

static enum err publish(struct feed_run *r)
{
	struct copy c = {.run = r, .graph.folder = r->folder,
			 .countries = feed_setting(r, "countries",
						   "CN HK MO")};
	struct arena scratch = {0};
	struct json_raw publication;
	struct answer a;
	struct str date = STR(""), edition = edition_at_hand(r);
	enum err e = feed_answer(r, PUBLISHES_KEY, &scratch, &a);

	if (!e && !read_publication(r, a.body, &publication, &date))
		e = ERR_FEED;
	arena_release(&scratch);
	if (!e)
		e = feed_begin(r, date, day_of(date), keeps(r, edition, date));
	if (!e)
		e = read_copy(&c);
	gleif_graph_release(&c.graph);
	vec_release(&c.kept);
	return e;
}

const struct feed feed_gleif = {
	.name = "gleif",
	.summary = "legal entities and who consolidates them, from GLEIF",
	.licence = "CC0-1.0", .url = "https://goldencopy.gleif.org",
	.hosts = ".gleif.org", .rate = "1/s", .token = "",
	.settings = "countries", .flags = FEED_FILES, .parallel = 2, .ask = ask,
	.publish = publish,
};
