/*
 * The SBOM that GitHub exports of a repository, made from the manifests of its
 * default branch: SPDX 2.3 in JSON.  Asked for what a stack file names by its
 * address; a scan reads what is kept like any other SBOM (sbom_store.h).  Of
 * packages nothing is kept but what names them: copyright lines name persons.
 */
#include "feeds/forge_rows.h"

#include "store/sbom_store.h"

#define SITE "github.com"
#define MOST_REPOSITORIES 50
#define MOST_PACKAGES 20000
#define MOST_RELATIONS 200000
#define MOST_BYTES (32u << 20)

/* A document while it is read. */
struct reading {
	struct arena a;
	struct json_raw root;
	size_t n;
};

static struct str text(struct reading *d, struct json_raw of,
		       const char *key)
{
	return json_raw_str(json_raw_get(of, key), &d->a);
}

/* --- what is kept --------------------------------------------------------- */

static void keep_references(struct reading *d, struct json_raw package,
			    struct json_out *j)
{
	struct json_raw one;
	struct json_walk w;

	json_out_key(j, "externalRefs");
	json_out_array(j);
	json_walk_begin(&w, json_raw_get(package, "externalRefs"));
	while (json_walk_next(&w, NULL, &one)) {
		if (!str_is(text(d, one, "referenceType"), "purl"))
			continue;
		json_out_object(j);
		feed_keep(j, one, "referenceCategory referenceType "
			  "referenceLocator", &d->a);
		json_out_object_end(j);
	}
	json_out_array_end(j);
}

static bool keep_packages(struct reading *d, struct json_out *j)
{
	struct json_raw list = json_raw_get(d->root, "packages"), one;
	struct json_walk w;
	bool is = list.type == JSON_ARRAY;

	json_out_key(j, "documentDescribes");
	json_out_array(j);
	json_walk_begin(&w, json_raw_get(d->root, "documentDescribes"));
	while (json_walk_next(&w, NULL, &one))
		json_out_str(j, json_raw_str(one, &d->a));
	json_out_array_end(j);
	json_out_key(j, "packages");
	json_out_array(j);
	json_walk_begin(&w, list);
	while (is && json_walk_next(&w, NULL, &one)) {
		is = json_raw_get(one, "SPDXID").type == JSON_STRING &&
		     json_raw_get(one, "name").type == JSON_STRING &&
		     d->n++ < MOST_PACKAGES;
		json_out_object(j);
		feed_keep(j, one, "SPDXID name versionInfo downloadLocation",
			  &d->a);
		keep_references(d, one, j);
		json_out_object_end(j);
	}
	json_out_array_end(j);
	return is;
}

static bool keep_relations(struct reading *d, struct json_out *j)
{
	struct json_raw one;
	struct json_walk w;
	size_t n = 0;

	json_out_key(j, "relationships");
	json_out_array(j);
	json_walk_begin(&w, json_raw_get(d->root, "relationships"));
	for (; n <= MOST_RELATIONS && json_walk_next(&w, NULL, &one); n++) {
		json_out_object(j);
		feed_keep(j, one, "spdxElementId relatedSpdxElement "
			  "relationshipType", &d->a);
		json_out_object_end(j);
	}
	json_out_array_end(j);
	return n <= MOST_RELATIONS;
}

static struct str keep(struct feed_run *r, struct str key, struct str body)
{
	struct reading d = {0};
	struct json_raw all;
	struct json_out j;
	struct strbuf b;
	struct str kept;
	bool is;

	(void)key;
	if (json_scan(body, &all, NULL) || all.cut)
		return STR("");
	d.root = json_raw_get(all, "sbom");
	is = str_has_prefix(text(&d, d.root, "spdxVersion"), STR("SPDX-2."));
	feed_keep_begin(&j, &b, body);
	feed_keep(&j, d.root, "spdxVersion SPDXID dataLicense name "
		  "documentNamespace", &d.a);
	forge_rows_keep(&j, d.root, "creationInfo", "created", &d.a);
	is = is && keep_packages(&d, &j) && keep_relations(&d, &j);
	kept = feed_keep_end(r, &j, &b);
	arena_release(&d.a);
	return is ? kept : STR("");
}

/* --- asking --------------------------------------------------------------- */

static void ask_repository(struct feed_run *r, struct str address)
{
	struct feed_request q = {.accept = STR("application/vnd.github+json"),
				 .may_be_unknown = true,
				 .max_bytes = MOST_BYTES};
	struct strbuf url = {0};
	struct str path, owner, name;

	q.key = sbom_store_key(address, &r->arena);
	path = str_from(q.key, sizeof SITE);
	if (!str_has_prefix(q.key, STR(SITE "/")) ||
	    !str_cut(path, '/', &owner, &name) ||
	    str_find_ch(name, '/') != SIZE_MAX || !feed_once(r, q.key))
		return;
	strbuf_cstr(&url, "/repos/");
	origin_encode(&url, owner);
	strbuf_ch(&url, '/');
	origin_encode(&url, name);
	strbuf_cstr(&url, "/dependency-graph/sbom");
	q.url = strbuf_str(&url);
	feed_ask(r, &q);
	strbuf_release(&url);
}

static void ask(struct feed_run *r)
{
	size_t n = feed_bound(r, r->wants->products.n, MOST_REPOSITORIES,
			      "repositories of a stack");

	for (size_t i = 0; i < n; i++)
		ask_repository(r, r->wants->products.v[i]);
}

static void take_answer(struct feed_run *r, struct str key,
			const struct answer *a)
{
	if (a->status == 200)
		(void)feed_source(r, key, a, "SBOM that GitHub exports of a "
				  "repository, what was kept of it");
}

static enum err publish(struct feed_run *r)
{
	return feed_publish_each(r, take_answer);
}

const struct feed feed_github_sbom = {
	.name = SBOM_STORE_FEED,
	.summary = "SBOMs of repositories that a stack names, from GitHub",
	.licence = "service-terms", .url = "https://api.github.com",
	.hosts = "", .rate = "1/s 5000/h", .token = "", .settings = "",
	.flags = FEED_PER_TARGET, .parallel = 1, .ask = ask,
	.publish = publish, .keep = keep,
};
