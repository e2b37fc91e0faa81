/*
 * Wikidata: whose web site a host is, and who owns or leads that
 * organisation, by one bounded query for each host and name that the bundled
 * facts do not know.  Anybody may write there: a claim with a reference is B
 * and its reference is kept, a claim without is C.  Nothing of it moves a
 * proven bound.  Persons are left out of the queries.
 */
#include "feeds/feed.h"

#include "store/suffix.h"

#define HOSTS_MAX 100
#define NAMES_MAX 100

/* What of an item is asked for; %s says which items. */
static const char query[] =
	"SELECT DISTINCT ?o ?oLabel ?lei ?country ?p ?holder ?holderLabel"
	" ?holderLei ?holderCountry ?share ?from ?fromP ?to ?toP ?ref WHERE {\n"
	"%.*s\n"
	"FILTER NOT EXISTS { ?o wdt:P31 wd:Q5 }\n"
	"?o rdfs:label ?oLabel FILTER(LANG(?oLabel) = \"en\")\n"
	"OPTIONAL { ?o wdt:P1278 ?lei }\n"
	"OPTIONAL { ?o wdt:P17/wdt:P297 ?country }\n"
	"OPTIONAL {\n"
	" { ?o p:P127 ?s . ?s ps:P127 ?holder . BIND(\"P127\" AS ?p) } UNION\n"
	" { ?o p:P749 ?s . ?s ps:P749 ?holder . BIND(\"P749\" AS ?p) }\n"
	" ?s wikibase:rank ?r FILTER(?r != wikibase:DeprecatedRank)\n"
	" FILTER NOT EXISTS { ?holder wdt:P31 wd:Q5 }\n"
	" ?holder rdfs:label ?holderLabel FILTER(LANG(?holderLabel) ="
	" \"en\")\n"
	" OPTIONAL { ?holder wdt:P1278 ?holderLei }\n"
	" OPTIONAL { ?holder wdt:P17/wdt:P297 ?holderCountry }\n"
	" OPTIONAL { ?s pq:P1107 ?share }\n"
	" OPTIONAL { ?s pqv:P580 ?f . ?f wikibase:timeValue ?from ;"
	" wikibase:timePrecision ?fromP }\n"
	" OPTIONAL { ?s pqv:P582 ?t . ?t wikibase:timeValue ?to ;"
	" wikibase:timePrecision ?toP }\n"
	" OPTIONAL { ?s prov:wasDerivedFrom/pr:P854 ?ref }\n"
	"} } LIMIT 200\n";

/* --- asking --------------------------------------------------------------- */

static void ask_items(struct feed_run *r, struct str key, struct str items)
{
	struct feed_request q = {
		.key = key, .url = STR("/sparql"),
		.accept = STR("application/sparql-results+json"),
		.post = arena_fmt(&r->arena, query, STR_ARG(items)),
		.post_type = STR("application/sparql-query")};

	if (feed_once(r, key))
		feed_ask(r, &q);
}

/* Items whose official web site is at a host, however it is written. */
static void ask_host(struct feed_run *r, struct str host)
{
	static const char *const forms[] = {
		"https://www.%.*s/", "https://www.%.*s", "https://%.*s/",
		"https://%.*s", "http://www.%.*s/", "http://www.%.*s",
		"http://%.*s/", "http://%.*s"};
	struct str domain = suffix_is_known(r->store)
		? suffix_registered(r->store, host) : host;
	struct strbuf b = {0};

	domain = feed_host(r, domain);
	if (!domain.n)
		return;
	strbuf_cstr(&b, "VALUES ?site {");
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		size_t at = str_find(str_c(forms[i]), STR("%.*s"));

		strbuf_cstr(&b, " <");
		strbuf_add(&b, str_head(str_c(forms[i]), at));
		strbuf_add(&b, domain);
		strbuf_add(&b, str_from(str_c(forms[i]), at + 4));
		strbuf_ch(&b, '>');
	}
	strbuf_cstr(&b, " } ?o wdt:P856 ?site .");
	ask_items(r, arena_fmt(&r->arena, "host %.*s", STR_ARG(domain)),
		  strbuf_str(&b));
	strbuf_release(&b);
}

/* Items with a web site that have exactly this name. */
static void ask_name(struct feed_run *r, struct str name)
{
	struct strbuf b = {0};

	strbuf_cstr(&b, "?o wdt:P856 ?site ; rdfs:label|skos:altLabel \"");
	for (size_t i = 0; i < name.n; i++) {
		if (name.p[i] == '"' || name.p[i] == '\\')
			strbuf_ch(&b, '\\');
		strbuf_ch(&b, name.p[i]);
	}
	strbuf_cstr(&b, "\"@en .");
	ask_items(r, arena_fmt(&r->arena, "name %.*s", STR_ARG(name)),
		  strbuf_str(&b));
	strbuf_release(&b);
}

static void ask(struct feed_run *r)
{
	const struct feed_wants *w = r->wants;
	size_t n = feed_bound(r, w->hosts.n, HOSTS_MAX, "hosts");

	for (size_t i = 0; i < n; i++)
		ask_host(r, w->hosts.v[i]);
	n = feed_bound(r, w->names.n, NAMES_MAX, "names");
	for (size_t i = 0; i < n; i++)
		ask_name(r, w->names.v[i]);
}

/* --- rows ----------------------------------------------------------------- */

/* The value of a variable; "" where it is not bound. */
static struct str bound(struct feed_run *r, struct json_raw binding,
			const char *variable)
{
	return json_raw_str(json_raw_get(json_raw_get(binding, variable),
					 "value"), &r->arena);
}

static bool is_item(struct str iri)
{
	size_t at = str_rfind_ch(iri, '/');
	uint64_t number;

	return at != SIZE_MAX && str_has_prefix(str_from(iri, at),
						STR("/Q")) &&
	       str_to_u64(str_from(iri, at + 2), &number);
}

/* "2018" of a moment that is known to the year, and so on. */
static struct str moment_of(struct feed_run *r, struct json_raw binding,
			  const char *moment, const char *precision)
{
	struct str p = bound(r, binding, precision);
	size_t n = str_is(p, "9") ? 4 : str_is(p, "10") ? 7
		 : str_is(p, "11") ? 10 : 0;

	return str_head(bound(r, binding, moment), n);
}

/* "51.5%" of "0.515"; what is no proportion is unknown. */
static struct str share_of(struct feed_run *r, struct str s)
{
	struct str whole, part, digits, rest;
	uint64_t percent;

	str_cut(s, '.', &whole, &part);
	if (str_is(whole, "1") && !part.n)
		return STR("100%");
	digits = arena_fmt(&r->arena, "%.*s00", STR_ARG(str_head(part, 8)));
	rest = str_from(str_head(digits, digits.n - 2), 2);
	if (!str_is(whole, "0") || !part.n ||
	    !str_to_u64(str_head(digits, 2), &percent))
		return STR("unknown");
	return rest.n ? arena_fmt(&r->arena, "%llu.%.*s%%",
				  (unsigned long long)percent, STR_ARG(rest))
		      : arena_fmt(&r->arena, "%llu%%",
				  (unsigned long long)percent);
}

/* An item as an organisation; "" for what is none. */
static struct str party(struct feed_run *r, struct json_raw binding,
			const char *const *names, const struct feed_row *row)
{
	struct feed_party p = {.name = bound(r, binding, names[1]),
			       .country = bound(r, binding, names[3]),
			       .source = row->source, .kind = "company"};
	struct feed_row lei = {.kind = "lei", .source = row->source,
			       .confidence = "B", .time = row->time};

	if (!is_item(bound(r, binding, names[0])) || !p.name.n)
		return STR("");
	lei.subject = feed_organisation_in(r, &p);
	lei.value = bound(r, binding, names[2]);
	if (str_has_prefix(lei.subject, STR("wikidata-")) &&
	    facts_row_is_lei(lei.value))
		feed_add(r, &lei);
	return lei.subject;
}

static void take_binding(struct feed_run *r, struct str key,
			 struct json_raw binding, struct feed_row row)
{
	static const char *const own[] = {"o", "oLabel", "lei", "country"};
	static const char *const other[] = {"holder", "holderLabel",
					    "holderLei", "holderCountry"};
	struct str ref = bound(r, binding, "ref");
	bool is_owned = str_is(bound(r, binding, "p"), "P127");

	row.object = party(r, binding, own, &row);
	if (row.object.n && str_has_prefix(key, STR("host "))) {
		row.kind = "host";
		row.confidence = "B";
		row.subject = str_from(key, STR("host ").n);
		feed_add(r, &row);
	}
	row.subject = party(r, binding, other, &row);
	if (!row.subject.n || !row.object.n ||
	    str_eq(row.subject, row.object))
		return;
	row.kind = is_owned ? "owns" : "controls";
	row.value = is_owned ? share_of(r, bound(r, binding, "share"))
			     : STR("parent organisation");
	row.from = moment_of(r, binding, "from", "fromP");
	row.to = moment_of(r, binding, "to", "toP");
	row.confidence = ref.n ? "B" : "C";
	row.note = ref.n ? arena_fmt(&r->arena, "reference: %.*s",
				     STR_ARG(str_head(ref, 1000)))
			 : STR("no reference");
	feed_add(r, &row);
}

static void take_answer(struct feed_run *r, struct str key,
			const struct answer *a)
{
	struct feed_row row = {.time = a->time};
	struct json_raw root, bindings, one;
	struct json_walk w;

	if (a->status != 200 || feed_json(r, key, a->body, &root))
		return;
	bindings = json_raw_get(json_raw_get(root, "results"), "bindings");
	if (bindings.type != JSON_ARRAY) {
		(void)feed_fail(r, key, "no bindings: another shape");
		return;
	}
	row.source = feed_source(r, key, a,
				 "Wikidata, the answer of this digest");
	json_walk_begin(&w, bindings);
	while (json_walk_next(&w, NULL, &one))
		take_binding(r, key, one, row);
}

static enum err publish(struct feed_run *r)
{
	return feed_publish_each(r, take_answer);
}

const struct feed feed_wikidata = {
	.name = "wikidata",
	.summary = "owners and web sites of organisations, from Wikidata",
	.licence = "CC0-1.0", .url = "https://query.wikidata.org",
	.hosts = "", .rate = "1/s", .token = "", .settings = "",
	.flags = FEED_PER_TARGET, .parallel = 1, .ask = ask,
	.publish = publish,
};
