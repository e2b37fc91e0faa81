/*
 * RDAP (RFC 9083): in which country the registrant of a host says to be,
 * where its registry publishes that.  It is kept beside the host as evidence
 * and decides nothing: where somebody sits is not who controls them.  Names,
 * streets and the like are neither read nor kept.  Registries are found by
 * IANA's list (RFC 9224), and only those in `hosts` are asked.
 */
#include "feeds/feed.h"

#include "store/suffix.h"

#define BOOTSTRAP_KEY STR("dns.json")
#define HOSTS_MAX 100
#define COUNTRY "registrant_country" /* in what is kept */

static struct str text(struct feed_run *r, struct json_raw of,
		       const char *key)
{
	return json_raw_str(json_raw_get(of, key), &r->arena);
}

/* --- asking --------------------------------------------------------------- */

/* The first https address of a service that has this suffix; "" for none. */
static struct str address_of(struct feed_run *r, struct json_raw service,
			     struct str suffix)
{
	struct json_raw suffixes, urls, one;
	struct json_walk w;
	struct str found = STR("");
	bool is_it = false;

	json_walk_begin(&w, service);
	if (!json_walk_next(&w, NULL, &suffixes) ||
	    !json_walk_next(&w, NULL, &urls))
		return found;
	json_walk_begin(&w, suffixes);
	while (!is_it && json_walk_next(&w, NULL, &one))
		is_it = str_eq_nocase(json_raw_str(one, &r->arena), suffix);
	json_walk_begin(&w, urls);
	while (is_it && !found.n && json_walk_next(&w, NULL, &one))
		found = json_raw_str(one, &r->arena);
	return found;
}

/* Where a domain is to be asked about: the longest suffix decides. */
static struct str service_of(struct feed_run *r, struct json_raw services,
			     struct str domain)
{
	struct json_raw one;
	struct json_walk w;
	struct str url = STR("");
	size_t dot = str_find_ch(domain, '.');

	while (!url.n && dot != SIZE_MAX) {
		domain = str_from(domain, dot + 1);
		json_walk_begin(&w, services);
		while (!url.n && json_walk_next(&w, NULL, &one))
			url = address_of(r, one, domain);
		dot = str_find_ch(domain, '.');
	}
	return url;
}

static bool may_ask(struct feed_run *r, struct str url)
{
	struct origin o;

	return !origin_parse(url, &r->arena, &o) &&
	       (origin_eq(&o, &r->service.origin) ||
		origin_is_among(&o, r->service.hosts));
}

static void ask_domain(struct feed_run *r, struct json_raw services,
		       struct str host)
{
	struct str domain = suffix_registered(r->store, host), url;
	struct feed_request q = {.accept = STR("application/rdap+json"),
				 .may_be_unknown = true};

	if (!domain.n || feed_host(r, domain).n != domain.n ||
	    !feed_once(r, domain))
		return;
	url = service_of(r, services, domain);
	if (!url.n || !may_ask(r, url)) {
		diag_add(r->diags, RW2005, diag_at(STR("feed rdap")),
			 "%.*s: %s", STR_ARG(domain), url.n
			 ? "its registry is not among `hosts`"
			 : "no registry says that it answers");
		return;
	}
	q.key = arena_fmt(&r->arena, "host %.*s", STR_ARG(domain));
	q.url = arena_fmt(&r->arena, "%.*s%sdomain/%.*s", STR_ARG(url),
			  str_has_suffix(url, STR("/")) ? "" : "/",
			  STR_ARG(domain));
	feed_ask(r, &q);
}

static void take_bootstrap(struct feed_run *r, struct str key,
			   const struct answer *a)
{
	const struct feed_wants *w = r->wants;
	struct json_raw root, services;
	size_t n;

	if (feed_json(r, key, a->body, &root))
		return;
	services = json_raw_get(root, "services");
	if (services.type != JSON_ARRAY) {
		(void)feed_fail(r, key, "no services: another shape");
		return;
	}
	n = feed_bound(r, w->hosts.n, HOSTS_MAX, "hosts");
	for (size_t i = 0; i < n; i++)
		ask_domain(r, services, w->hosts.v[i]);
}

static void ask(struct feed_run *r)
{
	struct feed_request q = {.key = BOOTSTRAP_KEY,
				 .url = STR("/rdap/dns.json"),
				 .then = take_bootstrap};

	if (r->wants->hosts.n && !suffix_is_known(r->store))
		(void)feed_fail(r, BOOTSTRAP_KEY, "which part of a host is "
				"registered is not known: update --feed psl "
				"first");
	else if (r->wants->hosts.n)
		feed_ask(r, &q);
}

/* --- what is kept --------------------------------------------------------- */

/* The country of a jCard's address: its code, never a name. */
static struct str country_of_card(struct feed_run *r, struct json_raw card)
{
	struct json_raw properties, one, parts[4], code;
	struct json_walk w, p;
	struct str found = STR("");

	json_walk_begin(&w, card);
	if (!json_walk_next(&w, NULL, &one) ||
	    !json_walk_next(&w, NULL, &properties))
		return found;
	json_walk_begin(&w, properties);
	while (!found.n && json_walk_next(&w, NULL, &one)) {
		size_t n = 0;

		json_walk_begin(&p, one);
		while (n < 4 && json_walk_next(&p, NULL, &parts[n]))
			n++;
		if (n < 4 || !str_is(json_raw_str(parts[0], &r->arena), "adr"))
			continue;
		found = text(r, parts[1], "cc");
		json_walk_begin(&p, parts[3]);
		for (n = 0; !found.n && json_walk_next(&p, NULL, &code); n++)
			if (n == 6)
				found = json_raw_str(code, &r->arena);
	}
	return facts_is_country(found) ? found : STR("");
}

static bool is_registrant(struct feed_run *r, struct json_raw entity)
{
	struct json_raw one;
	struct json_walk w;

	json_walk_begin(&w, json_raw_get(entity, "roles"));
	while (json_walk_next(&w, NULL, &one))
		if (str_is(json_raw_str(one, &r->arena), "registrant"))
			return true;
	return false;
}

/* The first of a registrant that has one. */
static struct str country_of(struct feed_run *r, struct json_raw domain)
{
	struct str found = STR("");
	struct json_raw one;
	struct json_walk w;

	json_walk_begin(&w, json_raw_get(domain, "entities"));
	while (!found.n && json_walk_next(&w, NULL, &one))
		if (is_registrant(r, one))
			found = country_of_card(r, json_raw_get(
				one, "vcardArray"));
	return found;
}

/* Of an answer about a domain, which may name persons, only the country. */
static struct str keep(struct feed_run *r, struct str key, struct str body)
{
	struct json_raw root;
	struct json_out j;
	struct strbuf b;

	if (str_eq(key, BOOTSTRAP_KEY))
		return body;
	if (json_scan(body, &root, NULL) || root.cut ||
	    !str_is(text(r, root, "objectClassName"), "domain"))
		return STR("");
	feed_keep_begin(&j, &b, body);
	json_out_kstr_or_null(&j, COUNTRY, country_of(r, root));
	return feed_keep_end(r, &j, &b);
}

/* --- rows ----------------------------------------------------------------- */

static void take_answer(struct feed_run *r, struct str key,
			const struct answer *a)
{
	struct feed_row row = {.kind = "registrant", .confidence = "B",
			       .time = a->time};
	struct json_raw root;

	if (!str_has_prefix(key, STR("host ")) || a->status != 200 ||
	    feed_json(r, key, a->body, &root))
		return;
	row.value = text(r, root, COUNTRY);
	if (!facts_is_country(row.value))
		return;
	row.subject = str_from(key, STR("host ").n);
	row.source = feed_source(r, key, a, "RDAP, the answer of this digest");
	feed_add(r, &row);
}

static enum err publish(struct feed_run *r)
{
	return feed_publish_each(r, take_answer);
}

const struct feed feed_rdap = {
	.name = "rdap",
	.summary = "countries of registrants of hosts, where published",
	.licence = "registry-terms", .url = "https://data.iana.org",
	.hosts = "rdap.verisign.com rdap.publicinterestregistry.org "
		 "rdap.identitydigital.services rdap.centralnic.com "
		 "rdap.nic.google .nic.fr .denic.de .nominet.uk .eurid.eu",
	.rate = "1/s", .token = "", .settings = "",
	.flags = FEED_PER_TARGET | FEED_AFTER, .parallel = 1, .ask = ask,
	.publish = publish, .keep = keep,
};
