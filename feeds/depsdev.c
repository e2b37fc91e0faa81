/*
 * deps.dev, version 3: from a package to the repository that it says it is
 * built from.  What ties artefact and repository together is A: an attestation
 * that deps.dev has verified, or the place from which a Go module was fetched.
 * What the publisher only claims (UNVERIFIED_METADATA) is B, unless the user
 * believes it (believe-claims = yes).
 */
#include "feeds/feed.h"

#include "model/purl.h"

/* Types of purls and the systems that deps.dev knows them by. */
struct system { const char *type, *system, *joiner; };

static const struct system systems[] = {
	{"cargo", "CARGO", ""}, {"gem", "RUBYGEMS", ""},
	{"golang", "GO", "/"}, {"maven", "MAVEN", ":"},
	{"npm", "NPM", "/"}, {"nuget", "NUGET", ""}, {"pypi", "PYPI", ""}};
#define SYSTEMS_N (sizeof systems / sizeof *systems)

/* What an answer says of a version of a package. */
struct package {
	struct str purl, version, repository;
	struct str provenance; /* as deps.dev names it */
	bool is_shown;         /* it does not rest on a claim */
};

/* "/v3/systems/NPM/packages/%40scope%2Fname"; "" for other types. */
static struct str package_path(const struct purl *p, struct arena *a)
{
	struct strbuf b = {0};
	struct str path = STR("");

	for (size_t i = 0; i < SYSTEMS_N; i++) {
		if (!str_is(p->type, systems[i].type))
			continue;
		strbuf_fmt(&b, "/v3/systems/%s/packages/", systems[i].system);
		origin_encode(&b, p->namespace);
		if (p->namespace.n)
			origin_encode(&b, str_c(systems[i].joiner));
		origin_encode(&b, p->name);
		path = arena_dup(a, strbuf_str(&b));
	}
	strbuf_release(&b);
	return path;
}

static void ask_version(struct feed_run *r, const struct purl *p,
			struct str version)
{
	struct str package = purl_package(p, &r->arena);
	struct feed_request q = {.may_be_unknown = true};
	struct strbuf path = {0};

	strbuf_add(&path, package_path(p, &r->arena));
	strbuf_cstr(&path, "/versions/");
	origin_encode(&path, version);
	q.url = strbuf_str(&path);
	q.key = arena_fmt(&r->arena, "%.*s@%.*s", STR_ARG(package),
			  STR_ARG(version));
	feed_ask(r, &q);
	strbuf_release(&path);
}

/* All versions of a package: asks for the one that is the default. */
static void take_versions(struct feed_run *r, struct str key,
			  const struct answer *a)
{
	struct json_raw root, version = {.type = JSON_ABSENT}, one;
	struct json_walk w;
	struct purl p;
	const char *why;

	if (a->status != 200 || feed_json(r, key, a->body, &root) ||
	    purl_parse(key, &r->arena, &p, &why))
		return;
	json_walk_begin(&w, json_raw_get(root, "versions"));
	while (json_walk_next(&w, NULL, &one)) {
		bool is_default = str_is(
			json_raw_get(one, "isDefault").text, "true");

		if (is_default || version.type != JSON_OBJECT)
			version = one;
	}
	version = json_raw_get(json_raw_get(version, "versionKey"), "version");
	if (version.type == JSON_STRING)
		ask_version(r, &p, json_raw_str(version, &r->arena));
	purl_release(&p);
}

static void ask(struct feed_run *r)
{
	for (size_t i = 0; i < r->wants->packages.n; i++) {
		const struct feed_want *want = &r->wants->packages.v[i];
		struct feed_request q = {.key = want->purl,
					 .may_be_unknown = true,
					 .then = take_versions};
		struct purl p;
		const char *why;

		if (purl_parse(want->purl, &r->arena, &p, &why))
			continue;
		q.url = package_path(&p, &r->arena);
		if (q.url.n && want->version.n)
			ask_version(r, &p, want->version);
		else if (q.url.n)
			feed_ask(r, &q);
		purl_release(&p);
	}
}

/* --- rows ----------------------------------------------------------------- */

/* The repository that a verified attestation names. */
static struct str attested(struct feed_run *r, struct json_raw root,
			   const char *list)
{
	struct arena *a = &r->arena;
	struct json_walk w;
	struct json_raw one;
	struct str found = STR("");

	json_walk_begin(&w, json_raw_get(root, list));
	while (!found.n && json_walk_next(&w, NULL, &one))
		if (str_is(json_raw_get(one, "verified").text, "true"))
			found = feed_repository(r, json_raw_str(json_raw_get(
				one, "sourceRepository"), a));
	return found;
}

static bool is_shown_by(struct str provenance)
{
	return str_is(provenance, "SLSA_ATTESTATION") ||
	       str_is(provenance, "GO_ORIGIN") ||
	       str_is(provenance, "PYPI_PUBLISH_ATTESTATION") ||
	       str_is(provenance, "RUBYGEMS_PUBLISH_ATTESTATION");
}

/* The source among the related projects: the first that is shown, else the
 * first that is claimed. */
static void take_related(struct feed_run *r, struct package *p,
			 struct json_raw root)
{
	struct arena *a = &r->arena;
	struct json_walk w;
	struct json_raw one;

	json_walk_begin(&w, json_raw_get(root, "relatedProjects"));
	while (!p->is_shown && json_walk_next(&w, NULL, &one)) {
		struct str type = json_raw_str(json_raw_get(
			one, "relationType"), a);
		struct str by = json_raw_str(json_raw_get(
			one, "relationProvenance"), a);
		struct str found;

		if (!str_is(type, "SOURCE_REPO") ||
		    (p->repository.n && !is_shown_by(by)))
			continue;
		found = feed_repository(r, json_raw_str(json_raw_get(
			json_raw_get(one, "projectKey"), "id"), a));
		if (!found.n)
			continue;
		p->repository = found;
		p->provenance = by;
		p->is_shown = is_shown_by(by);
	}
}

static void take_source(struct feed_run *r, struct package *p,
			struct json_raw root)
{
	p->repository = attested(r, root, "attestations");
	if (!p->repository.n)
		p->repository = attested(r, root, "slsaProvenances");
	p->is_shown = p->repository.n != 0;
	p->provenance = STR("verified attestation");
	if (!p->is_shown)
		take_related(r, p, root);
}

static bool believes(const struct feed_run *r)
{
	return str_is(feed_setting(r, "believe-claims", "no"), "yes");
}

/* A row about a package or a version of it. */
static void write_row(struct feed_run *r, const struct package *p,
		      struct str subject, struct str source,
		      const struct answer *a)
{
	struct feed_said row = {
		.kind = "package", .subject = arena_lower(&r->arena, subject),
		.object = p->repository, .confidence = "B"};

	if (p->is_shown || (p->repository.n && believes(r)))
		row.confidence = "A";
	if (p->repository.n)
		row.note = p->provenance;
	else
		row.value = p->provenance;
	feed_say(r, &row, source, a);
}

/* Of a version that is the default, the row is one about the package, too. */
static void write_rows(struct feed_run *r, const struct package *p,
		       struct str key, const struct answer *a,
		       bool is_default)
{
	struct str source = feed_source(r, key, a, "deps.dev, the answer of "
						   "this digest");

	write_row(r, p, key, source, a);
	if (is_default)
		write_row(r, p, p->purl, source, a);
}

/* One kept answer: "PURL@VERSION" of a version, "PURL" of all of them. */
static void take_answer(struct feed_run *r, struct str key,
			const struct answer *a)
{
	size_t at = str_rfind_ch(key, '@');
	struct package p = {.purl = str_head(key, at),
			    .provenance = STR("unknown")};
	struct json_raw root;
	bool is_default;

	if (a->status != 200) {
		write_row(r, &p, key, feed_source(r, key, a, "deps.dev"), a);
		return;
	}
	if (at == SIZE_MAX || feed_json(r, key, a->body, &root))
		return;
	if (json_raw_get(root, "versionKey").type != JSON_OBJECT) {
		(void)feed_fail(r, key, "no versionKey: not the shape of v3");
		return;
	}
	take_source(r, &p, root);
	if (!p.repository.n)
		p.provenance = STR("no-source");
	is_default = str_is(json_raw_get(root, "isDefault").text, "true");
	write_rows(r, &p, key, a, is_default);
}

static enum err publish(struct feed_run *r)
{
	return feed_publish_each(r, take_answer);
}

const struct feed feed_depsdev = {
	.name = "depsdev",
	.summary = "source repositories of packages, from deps.dev",
	.licence = "CC-BY-4.0", .url = "https://api.deps.dev", .hosts = "",
	.rate = "10/s", .token = "", .settings = "believe-claims",
	.flags = FEED_PER_TARGET, .parallel = 4, .ask = ask,
	.publish = publish,
};
