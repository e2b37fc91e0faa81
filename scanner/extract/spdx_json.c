/*
 * SPDX 2.2 and 2.3 in JSON (ISO/IEC 5962:2021 and its successor), also in
 * GitHub's wrapper.  Packages become components; files and snippets are only
 * remembered by their ids.  2.1 differs in nothing that is read here.
 */
#include "base/limits.h"
#include "base/path.h"
#include "extract/sbom.h"
#include "extract/sbom_party.h"

#define KEY(s) {s, sizeof s - 1}
#define LENGTH(a) (sizeof(a) / sizeof *(a))

enum document_key { D_VERSION, D_ID, D_DESCRIBES, D_PACKAGES, D_FILES,
		    D_SNIPPETS, D_RELATIONSHIPS, D_CREATION, D_COUNT };
static const struct str document_keys[] = {
	KEY("spdxVersion"), KEY("SPDXID"), KEY("documentDescribes"),
	KEY("packages"), KEY("files"), KEY("snippets"),
	KEY("relationships"), KEY("creationInfo")};

enum package_key { P_ID, P_NAME, P_VERSION, P_SUPPLIER, P_ORIGINATOR,
		   P_DOWNLOAD, P_CHECKSUMS, P_REFERENCES, P_PURPOSE,
		   P_COUNT };
static const struct str package_keys[] = {
	KEY("SPDXID"), KEY("name"), KEY("versionInfo"), KEY("supplier"),
	KEY("originator"), KEY("downloadLocation"), KEY("checksums"),
	KEY("externalRefs"), KEY("primaryPackagePurpose")};

/* What a generator means by "supplier". */
enum role { ROLE_SUPPLIER, ROLE_PRODUCER, ROLE_PACKAGER };

struct generator {
	const char *tool;   /* how its name begins */
	enum role of_os;    /* on packages of an operating system */
	enum role of_others;
};

static const struct generator generators[] = {
	{"syft", ROLE_PACKAGER, ROLE_PRODUCER},
	{"trivy", ROLE_PACKAGER, ROLE_PACKAGER},
	{"ort-", ROLE_PRODUCER, ROLE_PRODUCER},
	{"openembedded", ROLE_PACKAGER, ROLE_PACKAGER},
};
static const struct generator unknown_generator;

struct reading {
	struct sbom b;
	const struct generator *generator;
};

static void members(struct sbom *b, struct json_raw of,
		    const struct str *keys, size_t n, struct json_raw *ret)
{
	json_raw_members(of, keys, n, ret, b->x->path, b->x->diags);
}

static bool wants(const struct file *f)
{
	struct str name = path_base(f->path);

	return str_has_suffix(name, STR(".spdx.json")) ||
	       str_eq_nocase(name, STR("sbom.json")) ||
	       str_eq_nocase(name, STR("spdx.json"));
}

static bool sniffs(struct str head)
{
	struct json_raw root, document, first;
	struct json_walk w;

	if (json_scan(head, &root, NULL) == ERR_FORMAT)
		return false;
	document = sbom_unwrap(root, "spdxVersion");
	if (str_has_prefix(json_raw_get(document, "spdxVersion").text,
			   STR("\"SPDX-")))
		return true;
	/* spdxVersion may come after what is too long for the head */
	json_walk_begin(&w, json_raw_get(root, "packages"));
	return json_walk_next(&w, NULL, &first) &&
	       json_raw_get(first, "SPDXID").type == JSON_STRING;
}

/* --- one package -------------------------------------------------------- */

static bool is_os_package(struct str purl)
{
	static const char *const types[] = {"pkg:deb/", "pkg:rpm/",
					    "pkg:apk/", "pkg:alpm/"};

	for (size_t i = 0; i < LENGTH(types); i++)
		if (str_has_prefix(purl, str_c(types[i])))
			return true;
	return false;
}

static void read_roles(struct reading *r, struct component *c,
		       const struct json_raw *v)
{
	struct arena *a = r->b.x->arena;
	struct str supplier = sbom_party_spdx(
		sbom_text(&r->b, v[P_SUPPLIER], &r->b.temp), a);
	struct str originator = sbom_party_spdx(
		sbom_text(&r->b, v[P_ORIGINATOR], &r->b.temp), a);
	enum role role = is_os_package(c->purl) ? r->generator->of_os
						: r->generator->of_others;

	c->producer = originator;
	switch (role) {
	case ROLE_PRODUCER:
		if (c->producer.n == 0)
			c->producer = supplier;
		break;
	case ROLE_PACKAGER:
		/* then it is written into both fields */
		if (str_eq(originator, supplier))
			c->producer = STR("");
		c->packager = supplier;
		break;
	default:
		c->supplier = supplier;
	}
}

static void read_checksums(struct sbom *b, struct component *c,
			   struct json_raw checksums)
{
	static const struct str keys[] = {KEY("algorithm"),
					  KEY("checksumValue")};
	struct json_walk w;
	struct json_raw sum, v[2];

	json_walk_begin(&w, checksums);
	while (checksums.type == JSON_ARRAY &&
	       json_walk_next(&w, NULL, &sum)) {
		members(b, sum, keys, 2, v);
		sbom_hash(b, c, sbom_text(b, v[0], &b->temp),
			  sbom_text(b, v[1], &b->temp));
	}
}

/* Of several purls the first counts. */
static void read_references(struct sbom *b, struct component *c,
			    struct json_raw references)
{
	static const struct str keys[] = {KEY("referenceType"),
					  KEY("referenceLocator")};
	struct json_walk w;
	struct json_raw reference, v[2];

	json_walk_begin(&w, references);
	while (references.type == JSON_ARRAY &&
	       json_walk_next(&w, NULL, &reference)) {
		members(b, reference, keys, 2, v);
		/* the type may also be written as a URI */
		if (str_is(v[0].text, "\"purl\"") ||
		    str_has_suffix(v[0].text, STR("/purl\"")))
			sbom_purl(b, c, v[1]);
	}
}

/* The address of a repository, not that of an archive. */
static bool is_repository(struct str url)
{
	return str_has_prefix(url, STR("git+")) ||
	       str_has_prefix(url, STR("git://")) ||
	       str_has_suffix(url, STR(".git"));
}

static void read_package(struct reading *r, struct json_raw raw)
{
	struct sbom *b = &r->b;
	struct arena *a = b->x->arena;
	struct json_raw v[P_COUNT], absent = {.type = JSON_ABSENT};
	struct component *c;
	struct str url;
	size_t package;

	members(b, raw, package_keys, P_COUNT, v);
	package = sbom_add(b, sbom_name(b, absent, v[P_NAME], absent), raw);
	sbom_ref(b, sbom_key(b, v[P_ID]),
		 package == SIZE_MAX ? SBOM_OTHER : package, raw.line);
	if (package == SIZE_MAX)
		return;
	c = sbom_at(b, package);
	c->type = arena_lower(a, sbom_text(b, v[P_PURPOSE], &b->temp));
	sbom_version(c, sbom_text(b, v[P_VERSION], a));
	read_references(b, c, v[P_REFERENCES]);
	read_roles(r, c, v);
	read_checksums(b, c, v[P_CHECKSUMS]);
	url = sbom_text(b, v[P_DOWNLOAD], &b->temp);
	if (is_repository(url))
		sbom_repository(b, c, url, "download location of the SBOM");
	else
		sbom_download(b, c, url);
}

/* --- relationships ------------------------------------------------------ */

enum meaning { MEANS_EDGE, MEANS_EDGE_BACK, MEANS_CONTAINS,
	       MEANS_CONTAINS_BACK, MEANS_ROOT, MEANS_ROOT_BACK };

struct relationship {
	struct str type;
	enum meaning meaning;
	enum scope scope; /* of the one depended on */
};

/* The others say nothing of what a product is made of. */
static const struct relationship relationships[] = {
	{KEY("DEPENDS_ON"), MEANS_EDGE, SCOPE_UNKNOWN},
	{KEY("DEPENDENCY_OF"), MEANS_EDGE_BACK, SCOPE_UNKNOWN},
	{KEY("CONTAINS"), MEANS_CONTAINS, SCOPE_UNKNOWN},
	{KEY("CONTAINED_BY"), MEANS_CONTAINS_BACK, SCOPE_UNKNOWN},
	{KEY("PACKAGE_OF"), MEANS_CONTAINS_BACK, SCOPE_UNKNOWN},
	{KEY("DESCRIBES"), MEANS_ROOT, SCOPE_UNKNOWN},
	{KEY("DESCRIBE"), MEANS_ROOT, SCOPE_UNKNOWN}, /* some Trivy */
	{KEY("DESCRIBED_BY"), MEANS_ROOT_BACK, SCOPE_UNKNOWN},
	{KEY("RUNTIME_DEPENDENCY_OF"), MEANS_EDGE_BACK, SCOPE_RUNTIME},
	{KEY("PROVIDED_DEPENDENCY_OF"), MEANS_EDGE_BACK, SCOPE_RUNTIME},
	{KEY("OPTIONAL_DEPENDENCY_OF"), MEANS_EDGE_BACK, SCOPE_UNKNOWN},
	{KEY("OPTIONAL_COMPONENT_OF"), MEANS_CONTAINS_BACK, SCOPE_UNKNOWN},
	{KEY("BUILD_DEPENDENCY_OF"), MEANS_EDGE_BACK, SCOPE_BUILD},
	{KEY("DEV_DEPENDENCY_OF"), MEANS_EDGE_BACK, SCOPE_BUILD},
	{KEY("TEST_DEPENDENCY_OF"), MEANS_EDGE_BACK, SCOPE_TEST},
	{KEY("BUILD_TOOL_OF"), MEANS_EDGE_BACK, SCOPE_BUILD},
	{KEY("DEV_TOOL_OF"), MEANS_EDGE_BACK, SCOPE_BUILD},
	{KEY("TEST_TOOL_OF"), MEANS_EDGE_BACK, SCOPE_TEST},
	{KEY("DYNAMIC_LINK"), MEANS_EDGE, SCOPE_RUNTIME},
	{KEY("STATIC_LINK"), MEANS_EDGE, SCOPE_RUNTIME},
	{KEY("HAS_PREREQUISITE"), MEANS_EDGE, SCOPE_UNKNOWN},
	{KEY("PREREQUISITE_FOR"), MEANS_EDGE_BACK, SCOPE_UNKNOWN},
	{KEY("GENERATED_FROM"), MEANS_EDGE, SCOPE_UNKNOWN},
	{KEY("GENERATES"), MEANS_EDGE_BACK, SCOPE_UNKNOWN},
};

static const struct relationship *find_relationship(struct json_raw type)
{
	struct str name = str_sub(type.text, 1, type.text.n - 1);

	for (size_t i = 0; i < LENGTH(relationships); i++)
		if (str_eq(name, relationships[i].type))
			return &relationships[i];
	return NULL;
}

/* One use at run time makes a component part of the product. */
static void set_scope(struct sbom *b, size_t component, enum scope scope)
{
	struct component *c;

	if (component >= SBOM_OTHER)
		return;
	c = sbom_at(b, component);
	if (c->scope == SCOPE_UNKNOWN || scope == SCOPE_RUNTIME)
		c->scope = scope;
}

static void relate(struct sbom *b, const struct relationship *type,
		   size_t from, size_t to)
{
	switch (type->meaning) {
	case MEANS_ROOT:
		sbom_root(b, to);
		return;
	case MEANS_ROOT_BACK:
		sbom_root(b, from);
		return;
	case MEANS_CONTAINS:
		sbom_edge(b, from, to, EDGE_CONTAINS);
		return;
	case MEANS_CONTAINS_BACK:
		sbom_edge(b, to, from, EDGE_CONTAINS);
		return;
	case MEANS_EDGE:
		sbom_edge(b, from, to, EDGE_DEPENDS_ON);
		break;
	case MEANS_EDGE_BACK:
		sbom_edge(b, to, from, EDGE_DEPENDS_ON);
		to = from;
	}
	if (type->scope != SCOPE_UNKNOWN)
		set_scope(b, to, type->scope);
}

static bool is_nothing(struct str ref)
{
	return str_is(ref, "NONE") || str_is(ref, "NOASSERTION");
}

static void read_relationships(struct sbom *b, struct json_raw list)
{
	static const struct str keys[] = {
		KEY("spdxElementId"), KEY("relatedSpdxElement"),
		KEY("relationshipType")};
	struct json_walk w;
	struct json_raw raw, v[3];

	json_walk_begin(&w, list);
	while (list.type == JSON_ARRAY && json_walk_next(&w, NULL, &raw)) {
		const struct relationship *type;
		struct str from, to;
		size_t one, other;

		members(b, raw, keys, 3, v);
		type = find_relationship(v[2]);
		from = sbom_key(b, v[0]);
		to = sbom_key(b, v[1]);
		if (!type || is_nothing(from) || is_nothing(to))
			continue;
		one = sbom_resolve(b, from, raw.line);
		other = sbom_resolve(b, to, raw.line);
		relate(b, type, one, other);
	}
}

/* --- the document ------------------------------------------------------- */

static const struct generator *find_generator(struct sbom *b,
					      struct json_raw creation)
{
	struct json_raw creators = json_raw_get(creation, "creators"), v;
	struct json_walk w;

	json_walk_begin(&w, creators);
	while (creators.type == JSON_ARRAY && json_walk_next(&w, NULL, &v)) {
		struct str text = sbom_text(b, v, &b->temp);

		if (!str_has_prefix(text, STR("Tool:")))
			continue;
		text = str_trim(str_from(text, STR("Tool:").n));
		for (size_t i = 0; i < LENGTH(generators); i++)
			if (str_has_prefix_nocase(
				    text, str_c(generators[i].tool)))
				return &generators[i];
	}
	return &unknown_generator;
}

static void read_packages(struct reading *r, struct json_raw list)
{
	struct json_walk w;
	struct json_raw raw;

	json_walk_begin(&w, list);
	while (list.type == JSON_ARRAY && !r->b.is_full &&
	       json_walk_next(&w, NULL, &raw))
		read_package(r, raw);
}

/* Files and snippets may stand in relationships, but are no components. */
static void remember(struct sbom *b, struct json_raw list)
{
	struct json_walk w;
	struct json_raw raw;

	json_walk_begin(&w, list);
	while (list.type == JSON_ARRAY && json_walk_next(&w, NULL, &raw))
		sbom_ref(b, sbom_key(b, json_raw_get(raw, "SPDXID")),
			 SBOM_OTHER, raw.line);
}

static void read_described(struct sbom *b, struct json_raw list)
{
	struct json_walk w;
	struct json_raw raw;

	json_walk_begin(&w, list);
	while (list.type == JSON_ARRAY && json_walk_next(&w, NULL, &raw))
		sbom_root(b, sbom_resolve(b, sbom_key(b, raw), raw.line));
}

static struct str version_of(struct sbom *b, struct json_raw v)
{
	struct str text = sbom_text(b, v, &b->temp), prefix = STR("SPDX-");

	return str_has_prefix(text, prefix) ? str_from(text, prefix.n) : text;
}

static enum err extract(struct extraction *x)
{
	static const char *const versions[] = {"2.1", "2.2", "2.3"};
	struct reading r;
	struct sbom *b = &r.b;
	struct json_raw root, v[D_COUNT];
	enum err err = json_open(x->text, diag_at(x->path), x->diags, &root);

	if (root.type != JSON_OBJECT)
		return ERR_FORMAT;
	sbom_init(b, x, &extract_spdx_json);
	members(b, sbom_unwrap(root, "spdxVersion"), document_keys, D_COUNT,
		v);
	sbom_format(b, "SPDX", version_of(b, v[D_VERSION]), versions,
		    LENGTH(versions), v[D_VERSION].line);
	r.generator = find_generator(b, v[D_CREATION]);
	sbom_ref(b, sbom_key(b, v[D_ID]), SBOM_OTHER, v[D_ID].line);
	read_packages(&r, v[D_PACKAGES]);
	remember(b, v[D_FILES]);
	remember(b, v[D_SNIPPETS]);
	read_described(b, v[D_DESCRIBES]);
	read_relationships(b, v[D_RELATIONSHIPS]);
	sbom_finish(b);
	sbom_release(b);
	return err;
}

const struct extractor extract_spdx_json = {
	.name = "spdx/json",
	.summary = "SPDX 2.2 and 2.3 in JSON",
	.version = 1,
	.sees = SEES_VERSION | SEES_HASH | SEES_EDGES | SEES_SUPPLIER |
		SEES_REPOSITORY | SEES_COMMIT,
	.is_sbom = true,
	.max_bytes = LIMIT_SBOM_BYTES,
	.wants = wants,
	.sniffs = sniffs,
	.extract = extract,
};
