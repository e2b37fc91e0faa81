/*
 * The US Consolidated Screening List, the JSON file: listings of
 * organisations by BIS and OFAC.  It is the government's own transcription,
 * neither the order itself nor a finding: every row is B and wants the
 * Federal Register notice that its note names.  Persons are left out.
 */
#include "feeds/feed.h"

#include "base/fs.h"
#include "base/limits.h"
#include "model/facts_index.h"
#include "model/facts_name.h"

#define FILE_KEY STR("consolidated.json")
#define FILE_BYTES (512 * LIMIT_MB)
#define LEAST_RESULTS 1000 /* it has had 20,000 for years */
#define WORDING_BYTES 400

/* Lists that are taken: how the source begins, and the list's id. */
struct listing {
	const char *source, *id, *authority, *title;
	bool has_types;      /* entries say whether they are an entity */
};

static const struct listing listings[] = {
	{"Entity List (EL)", "us-entity-list",
	 "US Department of Commerce, Bureau of Industry and Security",
	 "Entity List", false},
	{"Military End User (MEU) List", "us-meu-list",
	 "US Department of Commerce, Bureau of Industry and Security",
	 "Military End User List", false},
	{"Non-SDN Chinese Military-Industrial Complex Companies List",
	 "us-ns-cmic", "US Department of the Treasury, OFAC",
	 "Non-SDN Chinese Military-Industrial Complex Companies List", true},
	{"Specially Designated Nationals (SDN)", "us-sdn",
	 "US Department of the Treasury, OFAC",
	 "Specially Designated Nationals and Blocked Persons", true},
	{"Unverified List (UVL)", "us-unverified-list",
	 "US Department of Commerce, Bureau of Industry and Security",
	 "Unverified List", false},
};
#define LISTINGS_N (sizeof listings / sizeof *listings)

/* One result of the file. */
struct entry {
	const struct listing *listing;
	struct str name, from, to, notice;
	struct json_raw other_names;
	bool is_near;        /* has an address in one of the countries */
};

struct reading {
	struct feed_run *run;
	struct str source, countries;
	struct map names;    /* forms of the names given out */
	size_t results, taken;
};

static void ask(struct feed_run *r)
{
	struct feed_request q = {
		.key = FILE_KEY, .max_bytes = FILE_BYTES,
		.url = STR("/downloadable_consolidated_screening_list/v1/"
			   "consolidated.json")};

	feed_ask_file(r, &q, 0);
}

static struct str text(struct reading *w, struct json_raw of, const char *key)
{
	return json_raw_str(json_raw_get(of, key), &w->run->arena);
}

static bool is_word_of(struct str words, struct str one)
{
	struct str word;

	while (str_word(&words, &word))
		if (str_eq(word, one))
			return true;
	return false;
}

static bool is_near(struct reading *w, struct json_raw result)
{
	struct json_walk addresses;
	struct json_raw one;

	json_walk_begin(&addresses, json_raw_get(result, "addresses"));
	while (json_walk_next(&addresses, NULL, &one))
		if (is_word_of(w->countries, text(w, one, "country")))
			return true;
	return false;
}

/* --- rows ----------------------------------------------------------------- */

static void add_listing(struct reading *w, const struct entry *e,
			struct str organisation)
{
	struct feed_run *r = w->run;
	struct str row[COLUMN_COUNT] = {{0}};

	row[COLUMN_KIND] = STR("lists");
	row[COLUMN_SUBJECT] = str_c(e->listing->id);
	row[COLUMN_OBJECT] = organisation;
	row[COLUMN_VALUE] = str_head(e->name, WORDING_BYTES);
	row[COLUMN_FROM] = e->from;
	row[COLUMN_TO] = e->to;
	row[COLUMN_SOURCE] = w->source;
	row[COLUMN_SPEAKS_FOR] = row[COLUMN_READ] = feed_day(r, r->now);
	row[COLUMN_CONFIDENCE] = STR("B");
	row[COLUMN_NOTE] = e->notice;
	feed_fact(r, row);
}

/* Another name of an organisation that only this list knows. */
static void add_alias(struct reading *w, struct str id, struct str name)
{
	struct feed_run *r = w->run;
	struct str row[COLUMN_COUNT] = {{0}};
	struct str form = facts_name_form(&r->arena, name);
	bool is_new;

	if (!form.n || facts_index_name(r->facts, name, NULL) != SIZE_MAX)
		return;
	map_put(&w->names, form, 1, &is_new);
	if (!is_new)
		return;
	row[COLUMN_KIND] = STR("alias");
	row[COLUMN_SUBJECT] = id;
	row[COLUMN_VALUE] = name;
	row[COLUMN_SOURCE] = w->source;
	row[COLUMN_READ] = feed_day(r, r->now);
	row[COLUMN_CONFIDENCE] = STR("B");
	feed_fact(r, row);
}

static void add_aliases(struct reading *w, const struct entry *e,
			struct str id)
{
	struct arena *a = &w->run->arena;
	struct json_walk names;
	struct json_raw one;

	if (e->other_names.type == JSON_STRING)
		add_alias(w, id, json_raw_str(e->other_names, a));
	json_walk_begin(&names, e->other_names);
	while (json_walk_next(&names, NULL, &one))
		add_alias(w, id, json_raw_str(one, a));
}

/* One name of an entry: whose listing it is. */
static void add_name(struct reading *w, const struct entry *e,
		     struct str name, bool is_first)
{
	struct feed_run *r = w->run;
	size_t known = facts_index_name(r->facts, name, NULL);
	struct str id, form = facts_name_form(&r->arena, name);

	if (!form.n || (known == SIZE_MAX && !e->is_near) ||
	    (!e->listing->has_types && !feed_names_organisation(name)))
		return;
	map_put(&w->names, form, 1, NULL);
	id = feed_organisation(r, name, "company", w->source);
	add_listing(w, e, id);
	w->taken++;
	if (is_first && known == SIZE_MAX)
		add_aliases(w, e, id);
}

/* --- reading -------------------------------------------------------------- */

/* Where the next of the words begins that BIS writes into names. */
static size_t next_marker(struct str s, size_t *ret_length)
{
	static const char *const markers[] = {
		"a.k.a.", "f.k.a.", "Affiliated Entit", "Subordinate Inst",
		"including the following"};
	size_t least = SIZE_MAX;

	for (size_t i = 0; i < sizeof markers / sizeof *markers; i++) {
		size_t at = str_find_nocase(s, str_c(markers[i]));

		if (at < least) {
			least = at;
			*ret_length = str_c(markers[i]).n;
		}
	}
	return least;
}

/* A name without the punctuation around it and "(short form)" behind it. */
static struct str tidy(struct str s)
{
	struct str end = s;
	size_t open = str_rfind_ch(s, '(');

	while (end.n && str_find_ch(STR(" .,;"), end.p[end.n - 1]) != SIZE_MAX)
		end.n--;
	if (open != SIZE_MAX && open > 3 && end.p[end.n - 1] == ')')
		s.n = open;
	while (s.n && str_find_ch(STR(" ,;:(-"), s.p[s.n - 1]) != SIZE_MAX)
		s.n--;
	while (s.n && str_find_ch(STR(" ,;:)-."), s.p[0]) != SIZE_MAX)
		s = str_from(s, 1);
	return s;
}

/*
 * The name up to the first marker, and each affiliate or subordinate that is
 * named behind one; what stands behind "a.k.a." is another name and left out
 * here.
 */
static void take_names(struct reading *w, const struct entry *e)
{
	struct str rest = e->name;
	size_t length = 0, at = next_marker(rest, &length);
	size_t end;

	add_name(w, e, tidy(str_head(rest, at)), true);
	while (at != SIZE_MAX) {
		bool is_own = rest.p[at + 1] == 'f' ||
			      ascii_lower(rest.p[at]) == 's';

		rest = str_from(rest, at + length);
		at = next_marker(rest, &length);
		end = str_find_ch(str_head(rest, at), ':');
		if (is_own && end != SIZE_MAX)
			add_name(w, e, tidy(str_sub(rest, end + 1, at)),
				 false);
	}
}

static void take_result(struct reading *w, struct json_raw result)
{
	struct str source = text(w, result, "source");
	struct entry e = {.other_names = json_raw_get(result, "alt_names")};
	struct str type = text(w, result, "type");

	w->results++;
	for (size_t i = 0; i < LISTINGS_N; i++)
		if (str_has_prefix(source, str_c(listings[i].source)))
			e.listing = &listings[i];
	if (!e.listing || (e.listing->has_types && !str_is(type, "Entity")))
		return;
	e.name = text(w, result, "name");
	e.from = text(w, result, "start_date");
	e.to = text(w, result, "end_date");
	e.notice = text(w, result, "federal_register_notice");
	e.is_near = is_near(w, result);
	take_names(w, &e);
}

static void add_lists(struct reading *w)
{
	struct feed_run *r = w->run;

	for (size_t i = 0; i < LISTINGS_N; i++) {
		struct str row[COLUMN_COUNT] = {{0}};

		if (facts_index_subject(r->facts, FACT_LIST,
					str_c(listings[i].id)).n)
			continue;
		row[COLUMN_KIND] = STR("list");
		row[COLUMN_SUBJECT] = str_c(listings[i].id);
		row[COLUMN_OBJECT] = str_c(listings[i].authority);
		row[COLUMN_VALUE] = str_c(listings[i].title);
		row[COLUMN_SOURCE] = w->source;
		row[COLUMN_READ] = feed_day(r, r->now);
		row[COLUMN_CONFIDENCE] = STR("B");
		feed_fact(r, row);
	}
}

static enum err read_results(struct reading *w, struct json_raw root)
{
	struct json_raw results = json_raw_get(root, "results"), one;
	struct json_walk walk;
	uint64_t total;

	if (results.type != JSON_ARRAY ||
	    !str_to_u64(json_raw_get(root, "total").text, &total))
		return feed_fail(w->run, FILE_KEY,
				 "no results or no total: another shape");
	add_lists(w);
	json_walk_begin(&walk, results);
	while (json_walk_next(&walk, NULL, &one))
		take_result(w, one);
	if (w->results != total || w->results < LEAST_RESULTS)
		return feed_fail(w->run, FILE_KEY, "%zu results of %llu",
				 w->results, (unsigned long long)total);
	if (!w->taken)
		return feed_fail(w->run, FILE_KEY,
				 "no result of a known list: another shape");
	return OK;
}

static enum err publish(struct feed_run *r)
{
	struct reading w = {.run = r,
			    .countries = feed_setting(r, "countries",
						      "CN HK MO")};
	struct arena bytes = {0};
	struct json_raw root;
	struct str body;
	enum err e = fs_read(feed_file(r, FILE_KEY), FILE_BYTES, &bytes,
			     r->diags, &body);

	if (!e)
		e = feed_json(r, FILE_KEY, body, &root);
	if (!e)
		e = feed_begin(r, feed_time(r, r->now), feed_day(r, r->now),
			       false);
	if (!e) {
		w.source = feed_source(r, FILE_KEY, NULL,
				       "Consolidated Screening List, the "
				       "file of this digest");
		e = read_results(&w, root);
	}
	map_release(&w.names);
	arena_release(&bytes);
	return e;
}

const struct feed feed_csl = {
	.name = "csl",
	.summary = "US Consolidated Screening List: BIS and OFAC listings",
	.licence = "public-domain", .url = "https://data.trade.gov",
	.hosts = ".trade.gov", .rate = "1/s", .token = "",
	.settings = "countries", .flags = FEED_FILES, .parallel = 1, .ask = ask,
	.publish = publish,
};
