/*
 * SPDX 3.0.1 in JSON-LD (the model as published; JSON-LD only as far as the
 * specification's own serialisation goes).  A document is a list of elements
 * that name each other by IRIs: packages become components, agents roles,
 * relationships edges; the others are only remembered by their names.
 */
#include "base/limits.h"
#include "base/path.h"
#include "extract/sbom_json.h"
#include "extract/sbom_party.h"

#define KEY(s) {s, sizeof s - 1}
#define LENGTH(a) (sizeof(a) / sizeof *(a))

/* Who writes, supplies or packages; or a tool. */
struct agent {
	struct str who;   /* as sbom_party.h gives it; may be "" */
	bool is_organisation, has_contact, has_version;
};

/* An element that is looked at once all are known. */
struct element {
	struct json_raw raw;
	struct str id;
};

struct elements { VEC(struct element) list; };

struct reading {
	struct sbom b;
	struct map agents;      /* IRI -> index of people */
	VEC(struct agent) people;
	struct elements packages, relationships, creations, sboms, documents;
	struct map names;       /* IRI -> index, of creations and of sboms */
};

enum element_key { E_TYPE, E_AT_TYPE, E_ID, E_AT_ID, E_COUNT };
static const struct str element_keys[] = {
	KEY("type"), KEY("@type"), KEY("spdxId"), KEY("@id")};

/* --- small things --------------------------------------------------------- */

/* The name behind a prefix or path: "software_Package" is a Package. */
static struct str local_part(struct str s)
{
	for (size_t i = s.n; i-- > 0;)
		if (s.p[i] == '_' || s.p[i] == '/' || s.p[i] == ':' ||
		    s.p[i] == '#')
			return str_from(s, i + 1);
	return s;
}

/* Of a value as it stands in the document: to be compared, never shown. */
static struct str local_name(struct str quoted)
{
	return local_part(str_sub(quoted, 1, quoted.n ? quoted.n - 1 : 0));
}

/* The values of a list, or the one value that stands in its place. */
struct values {
	struct json_walk walk;
	struct json_raw single;
	bool is_single;
};

static struct values values_of(struct json_raw v)
{
	return (struct values){.walk = sbom_json_walk(v), .single = v,
			       .is_single = v.type == JSON_STRING ||
					    v.type == JSON_OBJECT};
}

static bool next_value(struct values *v, struct json_raw *ret)
{
	if (!v->is_single)
		return sbom_json_next(&v->walk, ret);
	v->is_single = false;
	*ret = v->single;
	v->walk = sbom_json_walk((struct json_raw){.type = JSON_ABSENT});
	return true;
}

static struct str text_of(struct reading *r, struct json_raw object,
			  const char *key)
{
	return sbom_json_value(&r->b, json_raw_get(object, key), &r->b.temp);
}

/* --- agents --------------------------------------------------------------- */

/* The address of mail among the identifiers of an agent. */
static struct str mail_of(struct reading *r, struct json_raw agent)
{
	struct values ids = values_of(json_raw_get(agent,
						   "externalIdentifier"));
	struct json_raw id;

	while (next_value(&ids, &id))
		if (str_is(local_name(json_raw_get(
			id, "externalIdentifierType").text), "email"))
			return text_of(r, id, "identifier");
	return STR("");
}

static bool has_digit(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (ascii_is_digit(s.p[i]))
			return true;
	return false;
}

static struct agent read_agent(struct reading *r, struct json_raw raw,
			       struct str type)
{
	struct arena *temp = &r->b.temp;
	struct str name = text_of(r, raw, "name");
	struct str mail = mail_of(r, raw);
	bool is_organisation = str_is(type, "Organization");
	struct agent a = {.is_organisation = is_organisation,
			  .has_version = has_digit(name)};
	struct str text = is_organisation ? name
		: arena_fmt(temp, "%.*s <%.*s>", STR_ARG(name),
			    STR_ARG(mail));

	if (is_organisation || str_is(type, "Person"))
		a.who = sbom_party_name(text, is_organisation
					? SBOM_PARTY_ORGANISATION
					: SBOM_PARTY_PERSON, r->b.x->arena);
	a.has_contact = sbom_party_has_contact(mail) ||
			sbom_party_has_contact(name);
	return a;
}

static bool is_agent(struct str type)
{
	return str_is(type, "Organization") || str_is(type, "Person") ||
	       str_is(type, "SoftwareAgent") || str_is(type, "Agent") ||
	       str_is(type, "Tool");
}

/* The agent that a value names or is; false when it is not known. */
static bool find_agent(struct reading *r, struct json_raw v,
		       struct agent *ret)
{
	const size_t *at;

	if (v.type == JSON_OBJECT) {
		*ret = read_agent(r, v, local_name(json_raw_get(v, "type")
						   .text));
		return true;
	}
	at = map_get(&r->agents, sbom_json_key(&r->b, v));
	if (at)
		*ret = r->people.v[*at];
	return at != NULL;
}

/* --- packages ------------------------------------------------------------- */

enum package_key { P_NAME, P_VERSION, P_PURL, P_IDS, P_SUPPLIED, P_ORIGINATED,
		   P_DOWNLOAD, P_PURPOSE, P_HASHES, P_REFS, P_COPYRIGHT,
		   P_COUNT };
static const struct str package_keys[] = {
	KEY("name"), KEY("software_packageVersion"),
	KEY("software_packageUrl"), KEY("externalIdentifier"),
	KEY("suppliedBy"), KEY("originatedBy"),
	KEY("software_downloadLocation"), KEY("software_primaryPurpose"),
	KEY("verifiedUsing"), KEY("externalRef"),
	KEY("software_copyrightText")};

static void read_identifiers(struct reading *r, size_t package,
			     struct json_raw list)
{
	struct values ids = values_of(list);
	struct json_raw id;

	while (next_value(&ids, &id)) {
		struct json_raw type = json_raw_get(
			id, "externalIdentifierType");

		if (str_is(local_name(type.text), "packageUrl"))
			sbom_purl(&r->b, package, text_of(r, id, "identifier"),
				  id.line);
		else
			sbom_has(&r->b, package, COMPONENT_IDENTIFIER);
	}
}

static void read_hashes(struct reading *r, size_t package,
			struct json_raw list)
{
	struct values hashes = values_of(list);
	struct json_raw hash;

	while (next_value(&hashes, &hash)) {
		struct str algorithm = text_of(r, hash, "algorithm");
		size_t at = str_find_ch(algorithm, '_');

		/* sha3_256, blake2b_512 */
		if (at != SIZE_MAX)
			algorithm = arena_fmt(&r->b.temp, "%.*s-%.*s",
				STR_ARG(str_head(algorithm, at)),
				STR_ARG(str_from(algorithm, at + 1)));
		sbom_hash(&r->b, package, algorithm,
			  text_of(r, hash, "hashValue"));
	}
}

static void read_references(struct reading *r, size_t package,
			    struct json_raw list)
{
	struct values refs = values_of(list);
	struct json_raw ref, locator;

	while (next_value(&refs, &ref)) {
		struct values locators = values_of(json_raw_get(ref,
								"locator"));

		if (!str_is(local_name(json_raw_get(ref, "externalRefType")
				       .text), "vcs"))
			continue;
		while (next_value(&locators, &locator))
			sbom_repository(&r->b, sbom_at(&r->b, package),
					sbom_json_value(&r->b, locator,
							&r->b.temp),
					"vcs reference of the SBOM");
	}
}

static void read_roles(struct reading *r, size_t package,
		       const struct json_raw *v)
{
	struct sbom *b = &r->b;
	struct values supplied = values_of(v[P_SUPPLIED]);
	struct values originated = values_of(v[P_ORIGINATED]);
	struct json_raw who;
	struct agent a;

	while (next_value(&supplied, &who))
		if (find_agent(r, who, &a)) {
			if (sbom_at(b, package)->supplier.n == 0)
				sbom_at(b, package)->supplier = a.who;
			sbom_has(b, package, COMPONENT_SUPPLIER |
				 (a.has_contact ? COMPONENT_SUPPLIER_CONTACT
						: 0));
		}
	while (next_value(&originated, &who))
		if (find_agent(r, who, &a)) {
			if (sbom_at(b, package)->producer.n == 0)
				sbom_at(b, package)->producer = a.who;
			sbom_has(b, package, COMPONENT_PRODUCER |
				 (a.has_contact ? COMPONENT_PRODUCER_CONTACT
						: 0));
		}
}

/* The address of a repository, not that of an archive. */
static void read_download(struct reading *r, size_t package,
			  struct json_raw v)
{
	struct sbom *b = &r->b;
	struct str url = sbom_json_value(b, v, &b->temp);

	if (url.n)
		sbom_has(b, package, COMPONENT_DOWNLOAD);
	if (str_has_prefix(url, STR("git+")) ||
	    str_has_prefix(url, STR("git://")) ||
	    str_has_suffix(url, STR(".git")))
		sbom_repository(b, sbom_at(b, package), url,
				"download location of the SBOM");
	else
		sbom_download(b, sbom_at(b, package), url);
}

static void read_package(struct reading *r, const struct element *e)
{
	struct sbom *b = &r->b;
	struct arena *a = b->x->arena;
	struct json_raw v[P_COUNT];
	size_t package;

	sbom_forget(b);
	sbom_json_members(b, e->raw, package_keys, P_COUNT, v);
	package = sbom_add(b, sbom_json_plain(b, v[P_NAME], a), e->raw.line,
			   e->raw.cut);
	sbom_ref(b, e->id, package == SIZE_MAX ? SBOM_OTHER : package,
		 e->raw.line);
	if (package == SIZE_MAX)
		return;
	sbom_at(b, package)->type =
		arena_dup(a, local_part(sbom_json_value(b, v[P_PURPOSE],
							&b->temp)));
	sbom_version(sbom_at(b, package),
		     sbom_json_value(b, v[P_VERSION], a));
	sbom_purl(b, package, sbom_json_plain(b, v[P_PURL], &b->temp),
		  v[P_PURL].line);
	read_identifiers(r, package, v[P_IDS]);
	read_roles(r, package, v);
	read_hashes(r, package, v[P_HASHES]);
	read_references(r, package, v[P_REFS]);
	read_download(r, package, v[P_DOWNLOAD]);
	if (sbom_json_says(v[P_COPYRIGHT]))
		sbom_has(b, package, COMPONENT_COPYRIGHT);
}

/* --- relationships -------------------------------------------------------- */

enum meaning { MEANS_EDGE, MEANS_EDGE_BACK, MEANS_CONTAINS, MEANS_ROOT,
	       MEANS_PACKAGER, MEANS_DECLARED, MEANS_CONCLUDED };

struct relationship {
	struct str type;
	enum meaning meaning;
	enum scope scope;
};

/* The others say nothing of what a product is made of. */
static const struct relationship relationships[] = {
	{KEY("contains"), MEANS_CONTAINS, SCOPE_UNKNOWN},
	{KEY("dependsOn"), MEANS_EDGE, SCOPE_UNKNOWN},
	{KEY("hasConcludedLicense"), MEANS_CONCLUDED, SCOPE_UNKNOWN},
	{KEY("hasDeclaredLicense"), MEANS_DECLARED, SCOPE_UNKNOWN},
	{KEY("hasStaticLink"), MEANS_EDGE, SCOPE_RUNTIME},
	{KEY("hasDynamicLink"), MEANS_EDGE, SCOPE_RUNTIME},
	{KEY("hasPrerequisite"), MEANS_EDGE, SCOPE_UNKNOWN},
	{KEY("hasProvidedDependency"), MEANS_EDGE, SCOPE_RUNTIME},
	{KEY("hasOptionalDependency"), MEANS_EDGE, SCOPE_UNKNOWN},
	{KEY("hasOptionalComponent"), MEANS_CONTAINS, SCOPE_UNKNOWN},
	{KEY("generates"), MEANS_EDGE_BACK, SCOPE_UNKNOWN},
	{KEY("usesTool"), MEANS_EDGE, SCOPE_BUILD},
	{KEY("describes"), MEANS_ROOT, SCOPE_UNKNOWN},
	{KEY("packagedBy"), MEANS_PACKAGER, SCOPE_UNKNOWN},
};

enum relationship_key { R_TYPE, R_FROM, R_TO, R_SCOPE, R_COMPLETE, R_COUNT };
static const struct str relationship_keys[] = {
	KEY("relationshipType"), KEY("from"), KEY("to"), KEY("scope"),
	KEY("completeness")};

static enum scope scope_of(struct str name, enum scope fallback)
{
	if (str_is(name, "build") || str_is(name, "development"))
		return SCOPE_BUILD;
	if (str_is(name, "test"))
		return SCOPE_TEST;
	return str_is(name, "runtime") ? SCOPE_RUNTIME : fallback;
}

static enum completeness completeness_of(struct str name)
{
	if (str_is(name, "complete"))
		return COMPLETENESS_COMPLETE;
	return str_is(name, "incomplete") ? COMPLETENESS_INCOMPLETE
					  : COMPLETENESS_UNKNOWN;
}

static void draw(struct reading *r, const struct relationship *type,
		 const struct json_raw *v, struct json_raw to)
{
	struct sbom *b = &r->b;
	struct document_link l = {
		.from = sbom_end(b, sbom_json_key(b, v[R_FROM]),
				 v[R_FROM].line),
		.to = sbom_end(b, sbom_json_key(b, to), to.line),
		.kind = type->meaning == MEANS_CONTAINS ? EDGE_CONTAINS
							: EDGE_DEPENDS_ON,
		.scope = scope_of(local_name(v[R_SCOPE].text), type->scope),
		.place = {b->x->path, to.line}};

	if (type->meaning == MEANS_EDGE_BACK) {
		struct document_end from = l.from;

		l.from = l.to;
		l.to = from;
	}
	sbom_relate(b, &l);
}

/* What is said of the package itself, not of another one. */
static void describe(struct reading *r, const struct relationship *type,
		     size_t from, struct json_raw to)
{
	struct agent a;

	if (from >= SBOM_OTHER)
		return;
	if (type->meaning == MEANS_DECLARED)
		sbom_has(&r->b, from, COMPONENT_DECLARED | COMPONENT_LICENCE);
	else if (type->meaning == MEANS_CONCLUDED)
		sbom_has(&r->b, from, COMPONENT_CONCLUDED |
				      COMPONENT_LICENCE);
	else if (find_agent(r, to, &a) && a.who.n)
		sbom_at(&r->b, from)->packager = a.who;
}

static bool is_nothing(struct str quoted)
{
	struct str name = local_name(quoted);

	return str_is(name, "NoneElement") ||
	       str_is(name, "NoAssertionElement");
}

static void read_relationship(struct reading *r, struct json_raw raw)
{
	const struct relationship *type = relationships;
	struct sbom *b = &r->b;
	struct json_raw v[R_COUNT], to;
	struct values all;
	size_t from;

	sbom_json_members(b, raw, relationship_keys, R_COUNT, v);
	while (type < relationships + LENGTH(relationships) &&
	       !str_eq(local_name(v[R_TYPE].text), type->type))
		type++;
	if (type == relationships + LENGTH(relationships))
		return;
	from = sbom_find(b, sbom_json_key(b, v[R_FROM]));
	if (type->meaning == MEANS_EDGE || type->meaning == MEANS_CONTAINS) {
		sbom_complete(b, from, completeness_of(
				local_name(v[R_COMPLETE].text)));
		if (from < SBOM_OTHER)
			sbom_has(b, from, COMPONENT_RELATED);
	}
	all = values_of(v[R_TO]);
	while (next_value(&all, &to)) {
		if (type->meaning >= MEANS_PACKAGER)
			describe(r, type, from, to);
		else if (type->meaning == MEANS_ROOT)
			sbom_root(b, sbom_find(b, sbom_json_key(b, to)));
		else if (!is_nothing(to.text))
			draw(r, type, v, to);
	}
}

/* --- the document --------------------------------------------------------- */

static void read_creation(struct reading *r, struct json_raw creation)
{
	uint32_t *has = &r->b.document.has;
	struct values by = values_of(json_raw_get(creation, "createdBy"));
	struct values with = values_of(json_raw_get(creation, "createdUsing"));
	struct json_raw who;
	struct agent a;

	if (sbom_json_says(json_raw_get(creation, "created")))
		*has |= DOCUMENT_TIME;
	while (next_value(&by, &who)) {
		*has |= DOCUMENT_AUTHOR;
		if (!find_agent(r, who, &a))
			continue;
		if (a.is_organisation)
			*has |= DOCUMENT_ORGANISATION;
		if (a.has_contact)
			*has |= DOCUMENT_CONTACT;
	}
	while (next_value(&with, &who)) {
		*has |= DOCUMENT_TOOL;
		if (find_agent(r, who, &a) && a.has_version)
			*has |= DOCUMENT_TOOL_VERSION;
	}
}

static struct element *find_element(const struct reading *r,
				    const struct elements *in, struct str id)
{
	const size_t *at = map_get(&r->names, id);
	struct element *e = at && *at < in->list.n ? &in->list.v[*at] : NULL;

	return e && str_eq(e->id, id) ? e : NULL;
}

/* The elements that a document or SBOM is about. */
static void read_roots(struct reading *r, struct json_raw of, bool is_inner)
{
	struct values roots = values_of(json_raw_get(of, "rootElement"));
	struct json_raw root;

	while (next_value(&roots, &root)) {
		struct str id = sbom_json_key(&r->b, root);
		struct element *sbom = find_element(r, &r->sboms, id);

		if (sbom && !is_inner) {
			/* once is enough, however often it is named */
			read_roots(r, sbom->raw, true);
			sbom->raw = (struct json_raw){.type = JSON_ABSENT};
		} else if (!sbom) {
			sbom_root(&r->b,
				  sbom_end(&r->b, id, root.line).component);
		}
	}
}

/* Elements of other documents that this one names. */
static void read_imports(struct reading *r, struct json_raw document)
{
	struct values imports = values_of(json_raw_get(document, "import"));
	struct json_raw import;

	while (next_value(&imports, &import)) {
		struct str id = sbom_json_key(
			&r->b, json_raw_get(import, "externalSpdxId"));

		if (id.n)
			sbom_other(&r->b, id, id);
	}
}

static void read_document(struct reading *r, const struct element *e)
{
	struct document *d = &r->b.document;
	struct json_raw creation = json_raw_get(e->raw, "creationInfo");
	const struct element *named;

	d->id = sbom_plain(&r->b, e->id, e->raw.line, r->b.x->arena);
	if (d->id.n)
		d->has |= DOCUMENT_ID;
	if (sbom_json_says(json_raw_get(e->raw, "name")))
		d->has |= DOCUMENT_NAME;
	if (sbom_json_says(json_raw_get(e->raw, "dataLicense")))
		d->has |= DOCUMENT_LICENCE;
	named = find_element(r, &r->creations,
			     sbom_json_key(&r->b, creation));
	if (creation.type == JSON_OBJECT)
		read_creation(r, creation);
	else if (named)
		read_creation(r, named->raw);
	read_imports(r, e->raw);
}

static void read_version(struct reading *r)
{
	static const char *const versions[] = {"3.0.0", "3.0.1", NULL};
	struct json_raw v = {.type = JSON_ABSENT};

	if (r->creations.list.n)
		v = json_raw_get(r->creations.list.v[0].raw, "specVersion");
	else if (r->documents.list.n)
		v = json_raw_get(json_raw_get(r->documents.list.v[0].raw,
					      "creationInfo"),
				 "specVersion");
	sbom_format(&r->b, "SPDX", sbom_json_value(&r->b, v, &r->b.temp),
		    "JSON-LD", versions, v.line);
}

/* --- all elements --------------------------------------------------------- */

static struct elements *list_of(struct reading *r, struct str type)
{
	if (str_is(type, "Relationship") ||
	    str_is(type, "LifecycleScopedRelationship"))
		return &r->relationships;
	if (str_is(type, "Package") || str_is(type, "AIPackage") ||
	    str_is(type, "DatasetPackage"))
		return &r->packages;
	if (str_is(type, "CreationInfo"))
		return &r->creations;
	if (str_is(type, "Sbom") || str_is(type, "Bom"))
		return &r->sboms;
	return str_is(type, "SpdxDocument") ? &r->documents : NULL;
}

static void take_element(struct reading *r, struct json_raw raw)
{
	struct sbom *b = &r->b;
	struct json_raw v[E_COUNT];
	struct elements *list;
	struct str type, id;

	sbom_forget(b);
	sbom_json_members(b, raw, element_keys, E_COUNT, v);
	type = local_name(v[v[E_TYPE].type == JSON_STRING ? E_TYPE
							  : E_AT_TYPE].text);
	id = sbom_json_key(b, v[v[E_ID].type == JSON_STRING ? E_ID
							    : E_AT_ID]);
	list = list_of(r, type);
	if (list == &r->creations || list == &r->sboms)
		map_put(&r->names, id, list->list.n, NULL);
	if (list)
		vec_push(&list->list, ((struct element){raw, id}));
	if (is_agent(type)) {
		map_put(&r->agents, id, r->people.n, NULL);
		vec_push(&r->people, read_agent(r, raw, type));
	}
	if (list != &r->packages && list != &r->relationships)
		sbom_ref(b, id, SBOM_OTHER, raw.line);
	if (list == &r->sboms &&
	    sbom_json_says(json_raw_get(raw, "software_sbomType")))
		b->document.has |= DOCUMENT_CONTEXT;
}

static void take_all(struct reading *r, struct json_raw root)
{
	struct json_raw graph = json_raw_get(root, "@graph"), raw;
	struct json_walk w = sbom_json_walk(graph);

	if (graph.type == JSON_ABSENT)
		take_element(r, root);
	while (sbom_json_next(&w, &raw))
		if (raw.type == JSON_OBJECT)
			take_element(r, raw);
}

static void read_all(struct reading *r)
{
	size_t packages = r->packages.list.n;

	read_version(r);
	for (size_t i = 0; i < r->documents.list.n && i < 1; i++)
		read_document(r, &r->documents.list.v[i]);
	for (size_t i = 0; i < packages && !r->b.is_full; i++)
		read_package(r, &r->packages.list.v[i]);
	for (size_t i = 0; i < r->documents.list.n && i < 1; i++)
		read_roots(r, r->documents.list.v[i].raw, false);
	for (size_t i = 0; i < r->sboms.list.n && !r->documents.list.n; i++)
		read_roots(r, r->sboms.list.v[i].raw, true);
	for (size_t i = 0; i < r->relationships.list.n; i++)
		read_relationship(r, r->relationships.list.v[i].raw);
}

static void release(struct reading *r)
{
	map_release(&r->agents);
	map_release(&r->names);
	vec_release(&r->people);
	vec_release(&r->packages.list);
	vec_release(&r->relationships.list);
	vec_release(&r->creations.list);
	vec_release(&r->sboms.list);
	vec_release(&r->documents.list);
	sbom_release(&r->b);
}

static bool wants(const struct file *f)
{
	struct str name = path_base(f->path);

	return str_has_suffix(name, STR(".spdx.json")) ||
	       str_has_suffix(name, STR(".spdx3.json")) ||
	       str_has_suffix(name, STR(".jsonld")) ||
	       str_eq_nocase(name, STR("sbom.json"));
}

static bool sniffs(struct str head)
{
	struct json_raw root;

	return json_scan(head, &root, NULL) != ERR_FORMAT &&
	       str_find(json_raw_get(root, "@context").text,
			STR("spdx.org/rdf/3")) != SIZE_MAX;
}

static enum err extract(struct extraction *x)
{
	struct reading r = {0};
	struct json_raw root;
	enum err err = json_open(x->text, diag_at(x->path), x->diags, &root);

	if (root.type != JSON_OBJECT)
		return ERR_FORMAT;
	sbom_init(&r.b, x, &extract_spdx3_json);
	take_all(&r, root);
	read_all(&r);
	sbom_finish(&r.b);
	release(&r);
	return err;
}

const struct extractor extract_spdx3_json = {
	.name = "spdx/json-ld",
	.summary = "SPDX 3.0.1 in JSON-LD",
	.version = 1,
	.sees = SEES_VERSION | SEES_HASH | SEES_EDGES | SEES_SUPPLIER |
		SEES_REPOSITORY | SEES_COMMIT,
	.is_sbom = true,
	.max_bytes = LIMIT_SBOM_BYTES,
	.wants = wants,
	.sniffs = sniffs,
	.extract = extract,
};
