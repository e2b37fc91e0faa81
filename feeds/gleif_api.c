/*
 * GLEIF's interface for single entities: for a target that names a few, the
 * golden copy (gleif.c) is half a gigabyte too much.  Asked are the names of
 * which the bundled facts know nobody; taken are records that have exactly
 * such a name, what consolidates them, step by step, and why they name no
 * parent.  Each row cites the answer that says it.
 */
#include "feeds/feed.h"

#include "model/facts_name.h"

#define ACCEPT STR("application/vnd.api+json")
#define NAMES_MAX 200      /* that are asked for */
#define ENTITIES_MAX 1000  /* records, relations and exceptions */
#define PAGE_SIZE 50
#define PAGES_MAX 4

enum level { DIRECT, ULTIMATE, LEVELS };
struct level_words { const char *name, *link, *basis; };
static const struct level_words levels[LEVELS] = {
	{"direct", "direct-parent", "consolidates it as direct parent"},
	{"ultimate", "ultimate-parent", "consolidates it as ultimate parent"}};

/* --- reading -------------------------------------------------------------- */

static struct str text(struct feed_run *r, struct json_raw of,
		       const char *key)
{
	return json_raw_str(json_raw_get(of, key), &r->arena);
}

/* The LEI of a record; "" when it is none. */
static struct str lei_of(struct feed_run *r, struct json_raw record)
{
	struct str lei = text(r, json_raw_get(record, "attributes"), "lei");

	return facts_row_is_lei(lei) ? lei : STR("");
}

static bool is_name(struct str form, struct str name)
{
	struct arena scratch = {0};
	bool is = str_eq(form, facts_name_form(&scratch, name));

	arena_release(&scratch);
	return is;
}

/* Calls `take` for each name of an entity but the first; how many. */
static size_t each_name(struct feed_run *r, struct json_raw entity,
			void (*take)(struct feed_run *r, struct str name,
				     void *context), void *context)
{
	static const char *const lists[] = {"otherNames",
					    "transliteratedOtherNames"};
	struct json_raw one;
	struct json_walk w;
	size_t n = 0;

	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
		json_walk_begin(&w, json_raw_get(entity, lists[i]));
		for (; json_walk_next(&w, NULL, &one); n++)
			take(r, text(r, one, "name"), context);
	}
	return n;
}

struct look {
	struct str form;
	bool is_found;
};

static void look_at(struct feed_run *r, struct str name, void *context)
{
	struct look *look = context;

	(void)r;
	look->is_found = look->is_found || is_name(look->form, name);
}

/* Has a record the name that was asked for? */
static bool has_name(struct feed_run *r, struct json_raw record,
		     struct str name)
{
	struct json_raw entity = json_raw_get(json_raw_get(
		record, "attributes"), "entity");
	struct look look = {facts_name_form(&r->arena, name), false};

	look_at(r, text(r, json_raw_get(entity, "legalName"), "name"), &look);
	each_name(r, entity, look_at, &look);
	return look.form.n && look.is_found;
}

/* The name of "name NAME" and "name NAME\tPAGE". */
static struct str name_of_key(struct str key)
{
	key = str_from(key, STR("name ").n);
	return str_head(key, str_find_ch(key, '\t'));
}

/* The data of an answer; false: another shape, which is told. */
static bool read_data(struct feed_run *r, struct str key,
		      const struct answer *a, enum json_type type,
		      struct json_raw *ret)
{
	struct json_raw root;

	if (a->status != 200 || feed_json(r, key, a->body, &root))
		return false;
	*ret = json_raw_get(root, "data");
	if (ret->type == type)
		return true;
	(void)feed_fail(r, key, "no data: another shape");
	return false;
}

/* --- asking --------------------------------------------------------------- */

static void ask_record(struct feed_run *r, struct str lei);

static void ask_about(struct feed_run *r, struct str key, struct str path,
		      feed_then *then)
{
	struct feed_request q = {.key = key, .url = path, .accept = ACCEPT,
				 .may_be_unknown = true, .then = then};

	if (r->once.n < ENTITIES_MAX && feed_once(r, key))
		feed_ask(r, &q);
}

static struct str holder_of(struct feed_run *r, struct json_raw relation)
{
	struct json_raw end = json_raw_get(json_raw_get(json_raw_get(
		relation, "attributes"), "relationship"), "endNode");
	struct str lei = text(r, end, "id");

	return facts_row_is_lei(lei) ? lei : STR("");
}

static void take_relation(struct feed_run *r, struct str key,
			  const struct answer *a)
{
	struct json_raw data;
	struct str lei;

	if (!read_data(r, key, a, JSON_OBJECT, &data))
		return;
	lei = holder_of(r, data);
	if (lei.n)
		ask_record(r, lei);
}

/* Of each level there is either a relationship or an exception. */
static void ask_parents(struct feed_run *r, struct json_raw record)
{
	struct json_raw links, all = json_raw_get(record, "relationships");
	struct str lei = lei_of(r, record);

	for (int i = 0; lei.n && i < LEVELS; i++) {
		const char *link = levels[i].link;

		links = json_raw_get(json_raw_get(all, link), "links");
		if (json_raw_get(links, "relationship-record").type ==
		    JSON_STRING)
			ask_about(r, arena_fmt(&r->arena, "relation %s %.*s",
					       levels[i].name, STR_ARG(lei)),
				  arena_fmt(&r->arena, "/api/v1/lei-records/"
					    "%.*s/%s-relationship",
					    STR_ARG(lei), link),
				  take_relation);
		else if (json_raw_get(links, "reporting-exception").type ==
			 JSON_STRING)
			ask_about(r, arena_fmt(&r->arena, "exception %s %.*s",
					       levels[i].name, STR_ARG(lei)),
				  arena_fmt(&r->arena, "/api/v1/lei-records/"
					    "%.*s/%s-reporting-exception",
					    STR_ARG(lei), link), NULL);
	}
}

static void take_record(struct feed_run *r, struct str key,
			const struct answer *a)
{
	struct json_raw data;

	if (read_data(r, key, a, JSON_OBJECT, &data))
		ask_parents(r, data);
}

static void ask_record(struct feed_run *r, struct str lei)
{
	ask_about(r, arena_fmt(&r->arena, "lei %.*s", STR_ARG(lei)),
		  arena_fmt(&r->arena, "/api/v1/lei-records/%.*s",
			    STR_ARG(lei)), take_record);
}

static void ask_page(struct feed_run *r, struct str name, unsigned page);

/* A page of records that have a name like the one asked for. */
static void take_records(struct feed_run *r, struct str key,
			 const struct answer *a)
{
	struct str name = name_of_key(key), rest = str_from(key, 5 + name.n);
	struct json_raw data, root, one;
	struct json_walk w;
	uint64_t page = 1;

	if (!read_data(r, key, a, JSON_ARRAY, &data))
		return;
	json_walk_begin(&w, data);
	while (json_walk_next(&w, NULL, &one))
		if (has_name(r, one, name))
			ask_parents(r, one);
	(void)str_to_u64(str_from(rest, 1), &page);
	if (page < PAGES_MAX && !feed_json(r, key, a->body, &root) &&
	    json_raw_get(json_raw_get(root, "links"), "next").type ==
	    JSON_STRING)
		ask_page(r, name, (unsigned)page + 1);
}

static void ask_page(struct feed_run *r, struct str name, unsigned page)
{
	struct strbuf url = {0};
	struct feed_request q = {.accept = ACCEPT, .then = take_records};

	strbuf_cstr(&url, "/api/v1/lei-records?filter%5Bentity.legalName%5D=");
	origin_encode(&url, name);
	strbuf_fmt(&url, "&page%%5Bsize%%5D=%d&page%%5Bnumber%%5D=%u",
		   PAGE_SIZE, page);
	q.key = page == 1 ? arena_fmt(&r->arena, "name %.*s", STR_ARG(name))
		: arena_fmt(&r->arena, "name %.*s\t%u", STR_ARG(name), page);
	q.url = strbuf_str(&url);
	feed_ask(r, &q);
	strbuf_release(&url);
}

static void ask(struct feed_run *r)
{
	size_t n = feed_bound(r, r->wants->names.n, NAMES_MAX, "names");

	for (size_t i = 0; i < n; i++)
		ask_page(r, r->wants->names.v[i], 1);
}

/* --- rows ----------------------------------------------------------------- */

static struct str id_of(struct feed_run *r, struct str lei)
{
	struct str lower = arena_lower(&r->arena, lei);

	return arena_fmt(&r->arena, "lei-%.*s", STR_ARG(lower));
}

static struct str source_of(struct feed_run *r, struct str key,
			    const struct answer *a)
{
	return feed_source(r, key, a, "GLEIF, the answer of this digest");
}

static const char *confidence_of(struct feed_run *r, struct json_raw of)
{
	struct json_raw registration = json_raw_get(json_raw_get(
		of, "attributes"), "registration");

	return str_is(text(r, registration, "corroborationLevel"),
		      "FULLY_CORROBORATED") ? "A" : "B";
}

static void add_alias(struct feed_run *r, struct str name, void *context)
{
	struct feed_row row = *(const struct feed_row *)context;

	row.kind = "alias";
	row.object = STR("");
	row.value = name;
	if (name.n)
		feed_add(r, &row);
}

/* "US" of "US-DE", "" for what is no country. */
static struct str country_of(struct feed_run *r, struct json_raw of,
			     const char *key)
{
	struct str s = str_head(text(r, of, key), 2);

	return facts_is_country(s) ? s : STR("");
}

static void add_places(struct feed_run *r, struct json_raw entity,
		       struct feed_row row)
{
	struct str seat = country_of(r, json_raw_get(
		entity, "headquartersAddress"), "country");

	row.kind = "establishes";
	row.object = STR("");
	row.value = country_of(r, entity, "jurisdiction");
	if (!row.value.n)
		row.value = country_of(r, json_raw_get(
			entity, "legalAddress"), "country");
	if (row.value.n)
		feed_add(r, &row);
	if (!seat.n || str_eq(seat, row.value))
		return;
	row.kind = "located";
	row.value = seat;
	feed_add(r, &row);
}

static void add_record(struct feed_run *r, struct json_raw record,
		       struct str source, int64_t time)
{
	struct json_raw attributes = json_raw_get(record, "attributes");
	struct json_raw entity = json_raw_get(attributes, "entity");
	struct str status = text(r, json_raw_get(attributes, "registration"),
				 "status");
	struct str lei = lei_of(r, record);
	struct feed_row row = {
		.kind = "organisation", .subject = id_of(r, lei),
		.object = str_is(text(r, entity, "category"),
				 "RESIDENT_GOVERNMENT_ENTITY")
			? STR("state-body") : STR("company"),
		.value = text(r, json_raw_get(entity, "legalName"), "name"),
		.source = source, .time = time,
		.confidence = confidence_of(r, record)};

	if (!lei.n || str_is(status, "ANNULLED") ||
	    str_is(status, "DUPLICATE") || !feed_once(r, row.subject))
		return;
	feed_add(r, &row);
	each_name(r, entity, add_alias, &row);
	add_places(r, entity, row);
	row.kind = "lei";
	row.object = STR("");
	row.value = lei;
	feed_add(r, &row);
}

/* Whom a relation names and no answer describes: by its LEI alone. */
static void add_bare(struct feed_run *r, struct str lei, struct str source,
		     int64_t time)
{
	struct feed_row row = {
		.kind = "organisation", .subject = id_of(r, lei),
		.object = STR("company"), .value = lei, .source = source,
		.confidence = "B", .time = time};

	if (!feed_once(r, row.subject))
		return;
	feed_add(r, &row);
	row.kind = "lei";
	row.object = STR("");
	feed_add(r, &row);
}

/* Only the period of the relationship dates it; of the others the financial
 * year is often first. */
static void take_period(struct feed_run *r, struct json_raw relationship,
			struct feed_row *row)
{
	struct json_raw one;
	struct json_walk w;

	json_walk_begin(&w, json_raw_get(relationship, "periods"));
	while (json_walk_next(&w, NULL, &one))
		if (str_is(text(r, one, "type"), "RELATIONSHIP_PERIOD")) {
			row->from = str_head(text(r, one, "startDate"), 10);
			row->to = str_head(text(r, one, "endDate"), 10);
		}
}

static void add_relation(struct feed_run *r, struct str key,
			 const struct answer *a, enum level level)
{
	struct feed_row row = {.kind = "controls", .time = a->time,
			       .value = str_c(levels[level].basis)};
	struct json_raw data, attributes, relationship;
	struct str holder, held;

	if (!read_data(r, key, a, JSON_OBJECT, &data))
		return;
	attributes = json_raw_get(data, "attributes");
	relationship = json_raw_get(attributes, "relationship");
	holder = holder_of(r, data);
	held = text(r, json_raw_get(relationship, "startNode"), "id");
	if (!holder.n || !str_has_suffix(key, held) || str_eq(holder, held)) {
		(void)feed_fail(r, key, "not the relationship that was asked "
				"for: another shape");
		return;
	}
	row.source = source_of(r, key, a);
	row.subject = id_of(r, holder);
	row.object = id_of(r, held);
	row.confidence = confidence_of(r, data);
	take_period(r, relationship, &row);
	if (!row.to.n && !str_is(text(r, relationship, "status"), "ACTIVE"))
		row.to = str_head(text(r, json_raw_get(
			attributes, "registration"), "lastUpdateDate"), 10);
	add_bare(r, holder, row.source, a->time);
	add_bare(r, held, row.source, a->time);
	feed_add(r, &row);
}

static void add_exception(struct feed_run *r, struct str key,
			  const struct answer *a, enum level level)
{
	struct json_raw data, attributes;
	struct str lei, source;

	if (!read_data(r, key, a, JSON_OBJECT, &data))
		return;
	attributes = json_raw_get(data, "attributes");
	lei = text(r, attributes, "lei");
	if (!facts_row_is_lei(lei) || !str_has_suffix(key, lei)) {
		(void)feed_fail(r, key, "not the exception that was asked "
				"for: another shape");
		return;
	}
	source = source_of(r, key, a);
	add_bare(r, lei, source, a->time);
	feed_add(r, &(struct feed_row){
		.kind = "undisclosed", .subject = id_of(r, lei),
		.object = str_c(levels[level].name), .confidence = "A",
		.value = text(r, attributes, "reason"), .source = source,
		.from = str_head(text(r, attributes, "validFrom"), 10),
		.time = a->time});
}

/* The level of "relation direct LEI"; LEVELS: another key. */
static enum level level_of(struct str key, const char *kind)
{
	struct str word;

	if (!str_word(&key, &word) || !str_is(word, kind) ||
	    !str_word(&key, &word))
		return LEVELS;
	for (int i = 0; i < LEVELS; i++)
		if (str_is(word, levels[i].name))
			return (enum level)i;
	return LEVELS;
}

/* Records first: what they say is more than what relations say of them. */
static void take_entities(struct feed_run *r, struct str key,
			  const struct answer *a)
{
	bool is_list = str_has_prefix(key, STR("name "));
	struct json_raw data, one;
	struct json_walk w;

	if ((!is_list && !str_has_prefix(key, STR("lei "))) ||
	    !read_data(r, key, a, is_list ? JSON_ARRAY : JSON_OBJECT, &data))
		return;
	if (!is_list) {
		add_record(r, data, source_of(r, key, a), a->time);
		return;
	}
	json_walk_begin(&w, data);
	while (json_walk_next(&w, NULL, &one))
		if (has_name(r, one, name_of_key(key)))
			add_record(r, one, source_of(r, key, a), a->time);
}

static void take_others(struct feed_run *r, struct str key,
			const struct answer *a)
{
	enum level relation = level_of(key, "relation");
	enum level exception = level_of(key, "exception");

	if (relation != LEVELS)
		add_relation(r, key, a, relation);
	else if (exception != LEVELS)
		add_exception(r, key, a, exception);
}

static enum err publish(struct feed_run *r)
{
	enum err e = feed_begin(r, feed_time(r, r->now), feed_day(r, r->now),
				false);

	if (e)
		return e;
	map_release(&r->once); /* from here on: who is declared */
	feed_each(r, take_entities);
	feed_each(r, take_others);
	return OK;
}

const struct feed feed_gleif_api = {
	.name = "gleif-api",
	.summary = "legal entities that a target names, from GLEIF",
	.licence = "CC0-1.0", .url = "https://api.gleif.org", .hosts = "",
	.rate = "1/s", .token = "", .settings = "",
	.flags = FEED_PER_TARGET, .parallel = 1, .ask = ask,
	.publish = publish,
};
