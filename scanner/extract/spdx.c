/*
 * SPDX 2.2 and 2.3 (ISO/IEC 5962:2021 and its successor).  Packages become
 * components; files and snippets are only remembered by their ids.  2.1
 * differs in nothing that is read here.
 */
#include "extract/spdx.h"

#include "base/limits.h"
#include "extract/sbom_party.h"

#define KEY(s) {s, sizeof s - 1}
#define LENGTH(a) (sizeof(a) / sizeof *(a))

/* What a generator means by "supplier". */
enum role { ROLE_SUPPLIER, ROLE_PRODUCER, ROLE_PACKAGER };

struct spdx_generator {
	const char *tool;   /* how its name begins */
	enum role of_os;    /* on packages of an operating system */
	enum role of_others;
};

static const struct spdx_generator generators[] = {
	{"syft", ROLE_PACKAGER, ROLE_PRODUCER},
	{"trivy", ROLE_PACKAGER, ROLE_PACKAGER},
	{"ort-", ROLE_PRODUCER, ROLE_PRODUCER},
	{"openembedded", ROLE_PACKAGER, ROLE_PACKAGER},
};
static const struct spdx_generator unknown_generator;

void spdx_begin(struct spdx *r, struct extraction *x,
		const struct extractor *reader)
{
	*r = (struct spdx){.generator = &unknown_generator};
	sbom_init(&r->b, x, reader);
}

/* --- what the document says of itself ----------------------------------- */

void spdx_version(struct spdx *r, struct str version, const char *encoding,
		  unsigned line)
{
	static const char *const versions[] = {"2.1", "2.2", "2.3", NULL};
	struct str prefix = STR("SPDX-");

	version = str_trim(version);
	if (str_has_prefix(version, prefix))
		version = str_from(version, prefix.n);
	sbom_format(&r->b, "SPDX", version, encoding, versions, line);
}

/* Does a version number stand behind the name of the tool? */
static bool has_version(struct str tool)
{
	for (size_t i = 1; i < tool.n; i++)
		if (ascii_is_digit(tool.p[i]) &&
		    str_find_ch(STR("- :v@/"), tool.p[i - 1]) != SIZE_MAX)
			return true;
	return false;
}

static void read_tool(struct spdx *r, struct str tool)
{
	uint32_t *has = &r->b.document.has;

	*has |= DOCUMENT_TOOL;
	if (has_version(tool))
		*has |= DOCUMENT_TOOL_VERSION;
	for (size_t i = 0; i < LENGTH(generators); i++)
		if (r->generator == &unknown_generator &&
		    str_has_prefix_nocase(tool, str_c(generators[i].tool)))
			r->generator = &generators[i];
}

void spdx_creator(struct spdx *r, struct str creator)
{
	uint32_t *has = &r->b.document.has;
	struct str kind, who;

	if (!str_cut(str_trim(creator), ':', &kind, &who))
		return;
	who = str_trim(who);
	if (sbom_party_is_nobody(who))
		return;
	if (str_eq_nocase(kind, STR("Tool"))) {
		read_tool(r, who);
		return;
	}
	*has |= DOCUMENT_AUTHOR;
	if (str_eq_nocase(kind, STR("Organization")))
		*has |= DOCUMENT_ORGANISATION;
	if (sbom_party_has_contact(who))
		*has |= DOCUMENT_CONTACT;
}

void spdx_creator_comment(struct spdx *r, struct str comment)
{
	/* the six types of CISA's list of 2023 */
	static const char *const types[] = {"design", "source", "build",
					    "analyzed", "deployed",
					    "runtime"};

	for (size_t i = 0; i < LENGTH(types); i++)
		if (str_find_nocase(comment, str_c(types[i])) != SIZE_MAX)
			r->b.document.has |= DOCUMENT_CONTEXT;
}

void spdx_namespace(struct spdx *r, struct str uri, unsigned line)
{
	struct document *d = &r->b.document;

	d->id = sbom_value(&r->b, uri, line, r->b.x->arena);
	if (d->id.n)
		d->has |= DOCUMENT_ID;
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

static void read_contacts(struct spdx *r, size_t package, struct str supplier,
			  struct str originator)
{
	uint32_t has = 0;

	if (supplier.n)
		has |= COMPONENT_SUPPLIER;
	if (sbom_party_has_contact(supplier))
		has |= COMPONENT_SUPPLIER_CONTACT;
	if (originator.n)
		has |= COMPONENT_PRODUCER;
	if (sbom_party_has_contact(originator))
		has |= COMPONENT_PRODUCER_CONTACT;
	sbom_has(&r->b, package, has);
}

static void read_roles(struct spdx *r, size_t package,
		       const struct spdx_package *p)
{
	struct sbom *b = &r->b;
	struct arena *a = b->x->arena;
	struct component *c = sbom_at(b, package);
	struct str written[] = {
		sbom_value(b, p->supplier, p->line, &b->temp),
		sbom_value(b, p->originator, p->line, &b->temp)};
	struct str supplier = sbom_party_spdx(written[0], a);
	struct str originator = sbom_party_spdx(written[1], a);
	enum role role = is_os_package(c->purl) ? r->generator->of_os
						: r->generator->of_others;

	read_contacts(r, package, written[0], written[1]);
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

static void read_references(struct sbom *b, size_t package,
			    const struct spdx_package *p)
{
	for (size_t i = 0; i < p->references.list.n; i++) {
		const struct spdx_pair *v = &p->references.list.v[i];

		/* the type may also be written as a URI */
		if (str_is(v->key, "purl") ||
		    str_has_suffix(v->key, STR("/purl")))
			sbom_purl(b, package, v->value, v->line);
		else if (str_find(v->key, STR("cpe2")) != SIZE_MAX ||
			 str_has_suffix(v->key, STR("swid")) ||
			 str_has_suffix(v->key, STR("swh")) ||
			 str_has_suffix(v->key, STR("gitoid")))
			sbom_has(b, package, COMPONENT_IDENTIFIER);
	}
}

/* The address of a repository, not that of an archive. */
static bool is_repository(struct str url)
{
	return str_has_prefix(url, STR("git+")) ||
	       str_has_prefix(url, STR("git://")) ||
	       str_has_suffix(url, STR(".git"));
}

static void read_download(struct sbom *b, size_t package,
			  const struct spdx_package *p)
{
	struct component *c = sbom_at(b, package);
	struct str url = sbom_value(b, p->download, p->line, &b->temp);

	if (is_repository(url))
		sbom_repository(b, c, url, "download location of the SBOM");
	else
		sbom_download(b, c, url);
}

void spdx_package_clear(struct spdx_package *p)
{
	struct spdx_pairs checksums = p->checksums;
	struct spdx_pairs references = p->references;

	vec_clear(&checksums.list);
	vec_clear(&references.list);
	*p = (struct spdx_package){.checksums = checksums,
				   .references = references};
}

void spdx_package_release(struct spdx_package *p)
{
	vec_release(&p->checksums.list);
	vec_release(&p->references.list);
}

void spdx_package_add(struct spdx *r, const struct spdx_package *p)
{
	struct sbom *b = &r->b;
	struct arena *a = b->x->arena;
	size_t package = sbom_add(b, sbom_plain(b, p->name, p->line, a),
				  p->line, p->cut);
	struct component *c;

	sbom_ref(b, p->id, package == SIZE_MAX ? SBOM_OTHER : package,
		 p->line);
	if (package == SIZE_MAX)
		return;
	sbom_has(b, package, p->has);
	c = sbom_at(b, package);
	c->type = arena_lower(a, sbom_value(b, p->purpose, p->line,
					    &b->temp));
	sbom_version(c, sbom_value(b, p->version, p->line, a));
	read_references(b, package, p);
	read_roles(r, package, p);
	for (size_t i = 0; i < p->checksums.list.n; i++)
		sbom_hash(b, package, p->checksums.list.v[i].key,
			  p->checksums.list.v[i].value);
	read_download(b, package, p);
}

bool spdx_means(struct str text)
{
	return !sbom_party_is_nobody(str_trim(text));
}

/* --- relationships ------------------------------------------------------ */

enum meaning { MEANS_EDGE, MEANS_EDGE_BACK, MEANS_CONTAINS,
	       MEANS_CONTAINS_BACK, MEANS_ROOT, MEANS_ROOT_BACK };

struct spdx_relationship {
	struct str type;
	enum meaning meaning;
	enum scope scope; /* of the one depended on */
};

/* The others say nothing of what a product is made of. */
static const struct spdx_relationship relationships[] = {
	{KEY("CONTAINS"), MEANS_CONTAINS, SCOPE_UNKNOWN},
	{KEY("DEPENDS_ON"), MEANS_EDGE, SCOPE_UNKNOWN},
	{KEY("DEPENDENCY_OF"), MEANS_EDGE_BACK, SCOPE_UNKNOWN},
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

const struct spdx_relationship *spdx_find_relationship(struct str type)
{
	for (size_t i = 0; i < LENGTH(relationships); i++)
		if (str_eq(type, relationships[i].type))
			return &relationships[i];
	return NULL;
}

static void draw(struct sbom *b, const struct spdx_relation *rel, bool is_back)
{
	struct document_link l = {
		.from = sbom_end(b, is_back ? rel->to : rel->from, rel->line),
		.to = sbom_end(b, is_back ? rel->from : rel->to, rel->line),
		.kind = rel->type->meaning >= MEANS_CONTAINS
			? EDGE_CONTAINS : EDGE_DEPENDS_ON,
		.scope = rel->type->scope,
		.is_optional = str_has_prefix(rel->type->type,
					      STR("OPTIONAL_")),
		.place = {b->x->path, rel->line}};

	if (l.kind == EDGE_CONTAINS)
		b->document.has |= DOCUMENT_CONTAINS;
	sbom_relate(b, &l);
}

static bool is_nothing(struct str ref)
{
	return str_is(ref, "NONE") || str_is(ref, "NOASSERTION");
}

/* Nothing follows: NONE says so, NOASSERTION that it is not known. */
static bool ends_here(struct sbom *b, const struct spdx_relation *rel)
{
	if (!is_nothing(rel->to))
		return is_nothing(rel->from);
	if (str_is(rel->to, "NONE") && (rel->type->meaning == MEANS_EDGE ||
			rel->type->meaning == MEANS_CONTAINS))
		sbom_complete(b, sbom_find(b, rel->from),
			      COMPLETENESS_COMPLETE);
	return true;
}

void spdx_relate(struct spdx *r, const struct spdx_relation *rel)
{
	struct sbom *b = &r->b;

	if (ends_here(b, rel))
		return;
	switch (rel->type->meaning) {
	case MEANS_ROOT:
		spdx_describes(r, rel->to, rel->line);
		return;
	case MEANS_ROOT_BACK:
		spdx_describes(r, rel->from, rel->line);
		return;
	case MEANS_EDGE:
	case MEANS_CONTAINS:
		draw(b, rel, false);
		return;
	case MEANS_EDGE_BACK:
	case MEANS_CONTAINS_BACK:
		draw(b, rel, true);
	}
}

void spdx_describes(struct spdx *r, struct str id, unsigned line)
{
	r->is_described = true;
	sbom_root(&r->b, sbom_end(&r->b, id, line).component);
}

void spdx_end(struct spdx *r)
{
	struct document *d = &r->b.document;

	/* one package alone needs no relationship to be described */
	if (!r->is_described && r->b.x->parts->components.n == d->first + 1)
		sbom_root(&r->b, d->first);
	sbom_finish(&r->b);
	sbom_release(&r->b);
}
