/*
 * OpenSanctions, some datasets of it, as lines of FollowTheMoney entities: what
 * others transcribed from lists, and who owns whom.  Its licence forbids
 * commercial use, so it is asked only where the user says to have the right
 * (FEED_LICENCE).  All rows are B and want the primary text; persons are left
 * out.  Edges point by id, and may stand before what they point to, or in
 * another dataset: the files are read twice, line by line, and in memory are
 * only the organisations that are taken.
 */
#include "feeds/feed.h"

#include "base/limits.h"
#include "feeds/line_file.h"
#include "model/facts_index.h"

#define FILE_BYTES (1024 * LIMIT_MB)
#define DATASETS_MAX 16
#define WORDING_BYTES 400

/* Datasets and programmes that are lists which facts know. */
struct known_list { const char *word, *id; };
static const struct known_list known_lists[] = {
	{"US-DOD-1260H", "us-1260h"}, {"us_dod_chinese_milcorps", "us-1260h"},
	{"us_fcc_covered_list", "us-fcc-covered"}};

struct party { struct str id; };

struct reading {
	struct feed_run *run;
	struct str source, countries, dataset;
	struct map parties;   /* id in a file -> index */
	VEC(struct party) list;
	struct map lists;     /* that are declared */
	struct str newest;    /* day on which an entry of 1260H begins */
	size_t lines, others; /* of a file */
	bool is_second;       /* it is read for the second time */
	struct arena line;    /* texts of one line */
};

/* What is known of the files of an update: which datasets, and how many were
 * answered. */
struct feed_own {
	struct str datasets[DATASETS_MAX];
	size_t n, answered;
};

static struct feed_own *own_of(struct feed_run *r)
{
	struct str words, word;

	if (r->own)
		return r->own;
	r->own = arena_alloc(&r->arena, sizeof *r->own);
	*r->own = (struct feed_own){0};
	words = feed_setting(r, "dataset", "us_dod_chinese_milcorps");
	while (str_word(&words, &word)) {
		if (!feed_once(r, word))
			continue;
		if (r->own->n == DATASETS_MAX) {
			(void)feed_bound(r, DATASETS_MAX + 1, DATASETS_MAX,
					 "or more datasets");
			break;
		}
		r->own->datasets[r->own->n++] = word;
	}
	return r->own;
}

static feed_then take_answer;

static void ask_dataset(struct feed_run *r, struct str dataset, bool is_again)
{
	struct feed_request q = {
		.key = dataset, .max_bytes = FILE_BYTES,
		.is_always = is_again, .then = is_again ? NULL : take_answer};
	struct strbuf b = {0};

	strbuf_cstr(&b, "/datasets/latest/");
	origin_encode(&b, dataset);
	strbuf_cstr(&b, "/entities.ftm.json");
	q.url = strbuf_str(&b);
	feed_ask_file(r, &q, 0);
	strbuf_release(&b);
}

/* An edition is made of all files: where one is new, the others are fetched,
 * too, though they have not changed. */
static void take_answer(struct feed_run *r, struct str key,
			const struct answer *a)
{
	struct feed_own *own = own_of(r);

	(void)key;
	(void)a;
	if (++own->answered < own->n || !r->files.n)
		return;
	for (size_t i = 0; i < own->n; i++)
		if (!feed_has_file(r, own->datasets[i]))
			ask_dataset(r, own->datasets[i], true);
}

static void ask(struct feed_run *r)
{
	struct feed_own *own = own_of(r);

	for (size_t i = 0; i < own->n; i++)
		ask_dataset(r, own->datasets[i], false);
}

/* It is all in the run's memory. */
static void release(struct feed_run *r)
{
	r->own = NULL;
}

/* --- reading -------------------------------------------------------------- */

/* The first of the values of a property: each is a list. */
static struct str property(struct reading *w, struct json_raw entity,
			   const char *name)
{
	struct json_raw one;
	struct json_walk walk;

	json_walk_begin(&walk, json_raw_get(json_raw_get(
		entity, "properties"), name));
	return json_walk_next(&walk, NULL, &one)
		? json_raw_str(one, &w->line) : STR("");
}

static bool is_word_of(struct str words, struct str one)
{
	struct str word;

	while (one.n && str_word(&words, &word))
		if (str_eq_nocase(word, one))
			return true;
	return false;
}

/* A date as facts have it; "" for what is none. */
static struct str day_of(struct str s)
{
	struct date_span ignored;

	s = str_head(s, 10);
	return date_parse_span(s, &ignored) ? STR("") : s;
}

/* "51.5%" of "51.5" or "51.5 %"; what is no plain share is unknown. */
static struct str share_of(struct reading *w, struct str s)
{
	struct str whole, part;
	uint64_t percent;

	s = str_trim(s);
	if (str_has_suffix(s, STR("%")))
		s = str_trim(str_head(s, s.n - 1));
	str_cut(s, '.', &whole, &part);
	if (!str_to_u64(whole, &percent) || percent > 100 || part.n > 8 ||
	    s.n != whole.n + part.n + (part.n != 0) ||
	    (percent == 100 && part.n))
		return STR("unknown");
	for (size_t i = 0; i < part.n; i++)
		if (!ascii_is_digit(part.p[i]))
			return STR("unknown");
	return arena_fmt(&w->line, "%.*s%%", STR_ARG(s));
}

static const char *kind_of(struct str schema, struct str name)
{
	if (str_is(schema, "PublicBody"))
		return "state-body";
	if (str_is(schema, "Company") || str_is(schema, "Organization"))
		return "company";
	/* a legal entity may be a person */
	return str_is(schema, "LegalEntity") && feed_names_organisation(name)
		? "company" : NULL;
}

static bool is_wanted(struct reading *w, struct str name, struct str country)
{
	return is_word_of(w->countries, country) ||
	       facts_index_name(w->run->facts, name, NULL) != SIZE_MAX;
}

static struct str upper(struct reading *w, struct str s)
{
	char *p = arena_cstr(&w->line, s);

	for (size_t i = 0; i < s.n; i++)
		if (p[i] >= 'a' && p[i] <= 'z')
			p[i] = (char)(p[i] - 'a' + 'A');
	return str_n(p, s.n);
}

static void put_id(struct reading *w, struct str id, size_t at)
{
	if (id.n)
		map_put(&w->parties, arena_dup(&w->run->arena, id), at, NULL);
}

/* First: organisations, under all ids that they had. */
static void take_party(struct reading *w, struct json_raw entity,
		       struct str schema)
{
	struct arena *a = &w->line;
	struct feed_party p = {.name = property(w, entity, "name"),
			       .country = upper(w, property(w, entity,
							    "country")),
			       .source = w->source};
	struct str lei = property(w, entity, "leiCode");
	struct json_walk walk;
	struct json_raw one;
	struct party party;

	if (!p.country.n)
		p.country = upper(w, property(w, entity, "jurisdiction"));
	p.kind = kind_of(schema, p.name);
	if (!p.kind || !is_wanted(w, p.name, p.country))
		return;
	party.id = feed_organisation_in(w->run, &p);
	if (!party.id.n)
		return;
	put_id(w, json_raw_str(json_raw_get(entity, "id"), a), w->list.n);
	json_walk_begin(&walk, json_raw_get(entity, "referents"));
	while (json_walk_next(&walk, NULL, &one))
		put_id(w, json_raw_str(one, a), w->list.n);
	vec_push(&w->list, party);
	if (facts_row_is_lei(lei) &&
	    str_has_prefix(party.id, STR("opensanctions-")))
		feed_add(w->run, &(struct feed_row){
			.kind = "lei", .subject = party.id, .value = lei,
			.source = w->source, .confidence = "B",
			.time = w->run->now});
}

static struct str party_of(struct reading *w, struct json_raw entity,
			   const char *name)
{
	const size_t *at = map_get(&w->parties, property(w, entity, name));

	return at ? w->list.v[*at].id : STR("");
}

/* --- rows ----------------------------------------------------------------- */

static void take_ownership(struct reading *w, struct json_raw entity)
{
	struct feed_row row = {
		.kind = "owns", .subject = party_of(w, entity, "owner"),
		.object = party_of(w, entity, "asset"),
		.value = share_of(w, property(w, entity, "percentage")),
		.from = day_of(property(w, entity, "startDate")),
		.to = day_of(property(w, entity, "endDate")),
		.source = w->source, .confidence = "B", .time = w->run->now};

	if (row.subject.n && row.object.n && !str_eq(row.subject, row.object))
		feed_add(w->run, &row);
}

/* The list that an entry is of; one of ours, or one named after the data. */
static struct str list_of(struct reading *w, struct json_raw entity)
{
	struct str program = property(w, entity, "programId");
	struct strbuf b = {0};
	struct str id;

	for (size_t i = 0; i < sizeof known_lists / sizeof *known_lists; i++)
		if (str_is(program, known_lists[i].word) ||
		    str_is(w->dataset, known_lists[i].word))
			return str_c(known_lists[i].id);
	strbuf_cstr(&b, "opensanctions");
	for (size_t i = 0; i < w->dataset.n; i++) {
		char c = ascii_lower(w->dataset.p[i]);

		if (!i || (!ascii_is_alnum(c) && b.p[b.n - 1] != '-'))
			strbuf_ch(&b, '-');
		if (ascii_is_alnum(c))
			strbuf_ch(&b, c);
	}
	id = arena_dup(&w->line, strbuf_str(&b));
	strbuf_release(&b);
	return id;
}

static void declare(struct reading *w, struct str list,
		    struct json_raw entity)
{
	struct str title = property(w, entity, "program");
	bool is_new;

	map_put(&w->lists, arena_dup(&w->run->arena, list), 1, &is_new);
	if (!is_new || facts_index_subject(w->run->facts, FACT_LIST, list).n)
		return;
	feed_add(w->run, &(struct feed_row){
		.kind = "list", .subject = list,
		.object = property(w, entity, "authority"),
		.value = title.n ? title : w->dataset, .source = w->source,
		.confidence = "B", .time = w->run->now});
}

/* An open entry of an older edition of 1260H is not all still listed: it ends
 * where the newest begins. */
static void take_sanction(struct reading *w, struct json_raw entity)
{
	struct feed_row row = {
		.kind = "lists", .object = party_of(w, entity, "entity"),
		.value = str_head(property(w, entity, "program"),
				  WORDING_BYTES),
		.from = day_of(property(w, entity, "startDate")),
		.to = day_of(property(w, entity, "endDate")),
		.source = w->source, .confidence = "B", .time = w->run->now,
		.note = property(w, entity, "sourceUrl")};

	if (!row.object.n)
		return;
	row.subject = list_of(w, entity);
	if (str_is(row.subject, "us-1260h") && !row.to.n && row.from.n &&
	    str_cmp(row.from, w->newest) < 0)
		row.to = w->newest;
	declare(w, row.subject, entity);
	feed_add(w->run, &row);
}

/* --- the files ------------------------------------------------------------ */

/* The day on which the newest edition of 1260H begins. */
static void take_newest(struct reading *w, struct json_raw entity)
{
	struct str day = day_of(property(w, entity, "startDate"));

	if (str_cmp(day, w->newest) > 0 &&
	    str_is(list_of(w, entity), "us-1260h"))
		w->newest = arena_dup(&w->run->arena, day);
}

static void take_line(struct reading *w, struct str line)
{
	struct json_raw entity;
	struct str schema;

	w->lines++;
	if (json_scan(line, &entity, NULL) || entity.cut ||
	    json_raw_get(entity, "properties").type != JSON_OBJECT) {
		w->others++;
		return;
	}
	schema = json_raw_str(json_raw_get(entity, "schema"), &w->line);
	if (w->is_second && str_is(schema, "Ownership"))
		take_ownership(w, entity);
	else if (w->is_second && str_is(schema, "Sanction"))
		take_sanction(w, entity);
	else if (!w->is_second && str_is(schema, "Sanction"))
		take_newest(w, entity);
	else if (!w->is_second)
		take_party(w, entity, schema);
}

static enum err read_file(struct reading *w, struct str dataset)
{
	struct line_file l;
	struct str line;
	enum err e;

	w->dataset = dataset;
	w->source = feed_source(w->run, dataset, NULL, "OpenSanctions, the "
				"file of this digest");
	w->lines = w->others = 0;
	line_file_open(&l, feed_file(w->run, dataset));
	while (line_file_next(&l, &line)) {
		if (str_trim(line).n)
			take_line(w, line);
		arena_release(&w->line);
	}
	e = l.error;
	line_file_close(&l);
	if (e)
		return feed_fail(w->run, dataset, e == ERR_LIMIT
				 ? "a line is too long: another shape"
				 : "the file cannot be read");
	if (!w->lines || w->others)
		return feed_fail(w->run, dataset, "%zu lines, %zu of them no "
				 "entities: another shape", w->lines,
				 w->others);
	return OK;
}

static enum err read_files(struct reading *w)
{
	const struct feed_own *own = own_of(w->run);
	enum err e = OK;

	for (size_t i = 0; !e && i < 2 * own->n; i++) {
		w->is_second = i >= own->n;
		e = read_file(w, own->datasets[i % own->n]);
	}
	return e;
}

static enum err publish(struct feed_run *r)
{
	struct reading w = {.run = r, .newest = STR(""),
			    .countries = feed_setting(r, "countries",
						      "CN HK MO")};
	enum err e = feed_begin(r, feed_time(r, r->now), feed_day(r, r->now),
				false);

	if (!e)
		e = read_files(&w);
	map_release(&w.parties);
	map_release(&w.lists);
	vec_release(&w.list);
	return e;
}

const struct feed feed_opensanctions = {
	.name = "opensanctions",
	.summary = "lists and owners as OpenSanctions transcribes them",
	.licence = "CC-BY-NC-4.0", .url = "https://data.opensanctions.org",
	.hosts = ".opensanctions.org", .rate = "1/s", .token = "",
	.settings = "countries dataset",
	.flags = FEED_OFF | FEED_FILES | FEED_LICENCE, .parallel = 1,
	.ask = ask, .publish = publish, .release = release,
};
