/*
 * CycloneDX JSON 1.2 to 1.7 (ECMA-424 and the published schemas before it).
 * Nested components become components with an edge from what holds them.
 * Enumerations are open: a value that a schema does not know fails nothing.
 * What only `check` asks for is noted in cyclonedx_notes.c.
 */
#include "extract/cyclonedx_json.h"

#include "base/limits.h"
#include "base/path.h"
#include "extract/cyclonedx_notes.h"
#include "extract/sbom_json.h"
#include "extract/sbom_party.h"

/* Each level of components takes two of JSON. */
#define LEVELS (LIMIT_JSON_DEPTH / 2 + 1)
#define KEY(s) {s, sizeof s - 1}

enum document_key { D_VERSION, D_SERIAL, D_REVISION, D_METADATA,
		    D_COMPONENTS, D_DEPENDENCIES, D_SERVICES, D_COMPOSITIONS,
		    D_COUNT };
static const struct str document_keys[] = {
	KEY("specVersion"), KEY("serialNumber"), KEY("version"),
	KEY("metadata"), KEY("components"), KEY("dependencies"),
	KEY("services"), KEY("compositions")};

enum component_key { C_REF, C_TYPE, C_NAME, C_GROUP, C_VERSION, C_PURL,
		     C_SCOPE, C_SUPPLIER, C_MANUFACTURER, C_AUTHOR, C_AUTHORS,
		     C_PUBLISHER, C_HASHES, C_EXTERNAL, C_COMPONENTS,
		     C_COUNT };
static const struct str component_keys[] = {
	KEY("bom-ref"), KEY("type"), KEY("name"), KEY("group"),
	KEY("version"), KEY("purl"), KEY("scope"), KEY("supplier"),
	KEY("manufacturer"), KEY("author"), KEY("authors"), KEY("publisher"),
	KEY("hashes"), KEY("externalReferences"), KEY("components")};

static bool wants(const struct file *f)
{
	struct str name = path_base(f->path);

	return str_has_suffix(name, STR(".cdx.json")) ||
	       str_eq_nocase(name, STR("bom.json")) ||
	       str_eq_nocase(name, STR("sbom.json")) ||
	       str_find_nocase(name, STR("cyclonedx")) != SIZE_MAX;
}

static bool sniffs(struct str head)
{
	struct json_raw root, document, version;

	if (json_scan(head, &root, NULL) == ERR_FORMAT)
		return false;
	document = sbom_json_unwrap(root, "bomFormat");
	if (str_is(json_raw_get(document, "bomFormat").text,
		   "\"CycloneDX\""))
		return true;
	/* bomFormat may come after what is too long for the head */
	version = json_raw_get(root, "specVersion");
	return version.type == JSON_STRING &&
	       (json_raw_get(root, "components").type == JSON_ARRAY ||
		json_raw_get(root, "metadata").type == JSON_OBJECT);
}

/* --- one component ------------------------------------------------------ */

/* An organizationalEntity, or its name alone. */
static struct str organisation(struct sbom *b, struct json_raw v)
{
	if (v.type == JSON_OBJECT)
		v = json_raw_get(v, "name");
	return sbom_party_name(sbom_json_value(b, v, &b->temp),
			       SBOM_PARTY_ORGANISATION, b->x->arena);
}

/* The first author who is, or whose address names, an organisation. */
static struct str author(struct sbom *b, struct json_raw authors,
			 struct json_raw text)
{
	struct json_walk w = sbom_json_walk(authors);
	struct json_raw v;

	while (sbom_json_next(&w, &v)) {
		struct str name = sbom_json_value(b, json_raw_get(v, "name"),
					    &b->temp);
		struct str mail = sbom_json_value(b, json_raw_get(v, "email"),
					    &b->temp);
		struct str who = sbom_party_name(
			arena_fmt(&b->temp, "%.*s <%.*s>", STR_ARG(name),
				  STR_ARG(mail)),
			SBOM_PARTY_PERSON, b->x->arena);

		if (who.n)
			return who;
	}
	return sbom_party_name(sbom_json_value(b, text, &b->temp),
			       SBOM_PARTY_PERSON, b->x->arena);
}

static void read_roles(struct sbom *b, struct component *c,
		       const struct json_raw *v)
{
	c->supplier = organisation(b, v[C_SUPPLIER]);
	c->producer = organisation(b, v[C_MANUFACTURER]);
	if (c->producer.n == 0)
		c->producer = author(b, v[C_AUTHORS], v[C_AUTHOR]);
	c->packager = sbom_party_name(
		sbom_json_value(b, v[C_PUBLISHER], &b->temp),
		SBOM_PARTY_ANYBODY, b->x->arena);
}

static void read_hashes(struct sbom *b, size_t component,
			struct json_raw hashes)
{
	static const struct str keys[] = {KEY("alg"), KEY("content")};
	struct json_walk w = sbom_json_walk(hashes);
	struct json_raw hash, v[2];

	while (sbom_json_next(&w, &hash)) {
		sbom_json_members(b, hash, keys, 2, v);
		sbom_hash(b, component, sbom_json_value(b, v[0], &b->temp),
			  sbom_json_value(b, v[1], &b->temp));
	}
}

/* Another document that says more of this component. */
static void read_bom_link(struct sbom *b, size_t component,
			  struct json_raw url)
{
	struct document_link l = {
		.from = {.component = component}, .kind = EDGE_CONTAINS,
		.place = {b->x->path, url.line}};
	struct str ref = sbom_json_value(b, url, &b->temp);

	if (!str_has_prefix(ref, STR("urn:cdx:")))
		return;
	l.to = sbom_end(b, ref, url.line);
	sbom_relate(b, &l);
}

static void read_references(struct sbom *b, size_t component,
			    struct json_raw references)
{
	static const struct str keys[] = {KEY("type"), KEY("url")};
	struct component *c = sbom_at(b, component);
	struct json_walk w = sbom_json_walk(references);
	struct json_raw reference, v[2];

	while (sbom_json_next(&w, &reference)) {
		sbom_json_members(b, reference, keys, 2, v);
		if (str_is(v[0].text, "\"vcs\""))
			sbom_repository(b, c,
					sbom_json_value(b, v[1], &b->temp),
					"vcs reference of the SBOM");
		else if (str_is(v[0].text, "\"distribution\"") ||
			 str_is(v[0].text, "\"source-distribution\""))
			sbom_download(b, c,
				      sbom_json_value(b, v[1], &b->temp));
		else if (str_is(v[0].text, "\"bom\""))
			read_bom_link(b, component, v[1]);
	}
}

static enum scope scope_of(struct str text)
{
	if (str_is(text, "required"))
		return SCOPE_RUNTIME;
	return str_is(text, "excluded") ? SCOPE_TEST : SCOPE_UNKNOWN;
}

static void read_reference(struct sbom *b, size_t component,
			   const struct json_raw *v, unsigned line)
{
	struct str ref = sbom_json_key(b, v[C_REF]);

	/* documents without references name purls in their graph */
	if (ref.n == 0) {
		ref = sbom_json_key(b, v[C_PURL]);
		if (sbom_find(b, ref) != SIZE_MAX)
			return;
	}
	sbom_ref(b, ref, component, line);
}

/* The name, "group/name" where there is a group; the purl for want of one.
 * As it is written: "none" is a name too. */
static struct str name_of(struct sbom *b, const struct json_raw *v)
{
	struct arena *a = b->x->arena;
	struct str text = sbom_json_plain(b, v[C_NAME], a);
	struct str group = sbom_json_value(b, v[C_GROUP], &b->temp);

	if (text.n == 0)
		return sbom_json_plain(b, v[C_PURL], a);
	if (group.n == 0)
		return text;
	return arena_fmt(a, "%.*s/%.*s", STR_ARG(group), STR_ARG(text));
}

/* Adds one component; its nested ones are given back. */
static size_t read_component(struct sbom *b, struct json_raw raw,
			     struct json_raw *ret_nested)
{
	struct json_raw v[C_COUNT];
	struct component *c;
	struct str scope;
	size_t component;

	sbom_forget(b);
	sbom_json_members(b, raw, component_keys, C_COUNT, v);
	*ret_nested = v[C_COMPONENTS];
	component = sbom_add(b, name_of(b, v), raw.line, raw.cut);
	if (component == SIZE_MAX) {
		read_reference(b, SBOM_OTHER, v, raw.line);
		return component;
	}
	c = sbom_at(b, component);
	c->group = sbom_json_value(b, v[C_GROUP], b->x->arena);
	c->type = sbom_json_value(b, v[C_TYPE], b->x->arena);
	scope = sbom_json_value(b, v[C_SCOPE], &b->temp);
	c->scope = scope_of(scope);
	c->is_optional = str_is(scope, "optional");
	sbom_version(c, sbom_json_value(b, v[C_VERSION], b->x->arena));
	sbom_purl(b, component, sbom_json_plain(b, v[C_PURL], &b->temp),
		  v[C_PURL].line);
	read_roles(b, c, v);
	read_hashes(b, component, v[C_HASHES]);
	read_references(b, component, v[C_EXTERNAL]);
	read_reference(b, component, v, raw.line);
	if (b->x->documents->wants_elements)
		cyclonedx_notes_component(b, component, raw);
	return component;
}

/* --- the document ------------------------------------------------------- */

/* An array of components that is being walked, and what holds it. */
struct level {
	struct json_walk walk;
	size_t holder;
};

/* All components of an array and below them, depth first. */
static void read_components(struct sbom *b, struct json_raw list,
			    size_t holder)
{
	struct level levels[LEVELS];
	struct json_raw raw, nested;
	size_t depth = 0, component;

	if (list.type != JSON_ARRAY)
		return;
	json_walk_begin(&levels[0].walk, list);
	levels[depth++].holder = holder;
	while (depth && !b->is_full) {
		struct level *top = &levels[depth - 1];

		if (!json_walk_next(&top->walk, NULL, &raw)) {
			depth--;
			continue;
		}
		component = read_component(b, raw, &nested);
		sbom_edge(b, top->holder, component, EDGE_CONTAINS);
		if (nested.type != JSON_ARRAY || depth == LEVELS)
			continue;
		json_walk_begin(&levels[depth].walk, nested);
		levels[depth++].holder = component == SIZE_MAX ? top->holder
							       : component;
	}
}

static void read_metadata(struct sbom *b, struct json_raw metadata)
{
	enum { M_COMPONENT, M_SUPPLIER, M_MANUFACTURE, M_MANUFACTURER,
	       M_COUNT };
	static const struct str keys[] = {
		KEY("component"), KEY("supplier"), KEY("manufacture"),
		KEY("manufacturer")};
	struct json_raw v[M_COUNT], nested;
	struct component *c;
	size_t root;

	cyclonedx_notes_metadata(b, metadata);
	sbom_json_members(b, metadata, keys, M_COUNT, v);
	if (v[M_COMPONENT].type != JSON_OBJECT)
		return;
	root = read_component(b, v[M_COMPONENT], &nested);
	if (root != SIZE_MAX) {
		sbom_root(b, root);
		c = sbom_at(b, root);
		if (c->supplier.n == 0)
			c->supplier = organisation(b, v[M_SUPPLIER]);
		if (c->producer.n == 0)
			c->producer = organisation(b, v[M_MANUFACTURE]);
		if (c->producer.n == 0)
			c->producer = organisation(b, v[M_MANUFACTURER]);
	}
	read_components(b, nested, root);
}

/* Services may stand in the graph, but are no components. */
static void read_services(struct sbom *b, struct json_raw services)
{
	struct json_walk w = sbom_json_walk(services);
	struct json_raw v;

	while (sbom_json_next(&w, &v)) {
		struct json_raw ref = json_raw_get(v, "bom-ref");

		sbom_ref(b, sbom_json_key(b, ref), SBOM_OTHER, v.line);
	}
}

/* What stands in an entry of the graph, be it without edges, is related. */
static void note_related(struct sbom *b, const struct document_end *end)
{
	if (end->component < SBOM_OTHER)
		sbom_has(b, end->component, COMPONENT_RELATED);
}

static void read_dependencies(struct sbom *b, struct json_raw list)
{
	static const struct str keys[] = {KEY("ref"), KEY("dependsOn")};
	struct json_walk w = sbom_json_walk(list), on;
	struct json_raw entry, v[2], ref;

	while (sbom_json_next(&w, &entry)) {
		struct document_link l = {.kind = EDGE_DEPENDS_ON};

		sbom_json_members(b, entry, keys, 2, v);
		if (v[0].type != JSON_STRING)
			continue;
		l.from = sbom_end(b, sbom_json_key(b, v[0]), v[0].line);
		note_related(b, &l.from);
		on = sbom_json_walk(v[1]);
		while (sbom_json_next(&on, &ref)) {
			l.to = sbom_end(b, sbom_json_key(b, ref), ref.line);
			l.place = (struct evidence){b->x->path, ref.line};
			sbom_relate(b, &l);
		}
	}
}

/* Variants such as "incomplete_first_party_only" are incomplete too. */
static enum completeness aggregate(struct str text)
{
	if (str_is(text, "complete"))
		return COMPLETENESS_COMPLETE;
	return str_has_prefix(text, STR("incomplete"))
		? COMPLETENESS_INCOMPLETE : COMPLETENESS_UNKNOWN;
}

/* How complete what the components of a list contain and need is. */
static void complete_all(struct sbom *b, struct json_raw list,
			 enum completeness how)
{
	struct json_walk w = sbom_json_walk(list);
	struct json_raw ref;

	while (sbom_json_next(&w, &ref))
		sbom_complete(b, sbom_resolve(b, sbom_json_key(b, ref),
					      ref.line), how);
}

/* A composition that names nothing speaks of the whole. */
static void read_compositions(struct sbom *b, struct json_raw list)
{
	enum { K_AGGREGATE, K_ASSEMBLIES, K_DEPENDENCIES, K_COUNT };
	static const struct str keys[] = {
		KEY("aggregate"), KEY("assemblies"), KEY("dependencies")};
	struct json_walk w = sbom_json_walk(list);
	struct json_raw raw, v[K_COUNT];

	while (sbom_json_next(&w, &raw)) {
		enum completeness how;

		sbom_json_members(b, raw, keys, K_COUNT, v);
		how = aggregate(sbom_json_value(b, v[K_AGGREGATE], &b->temp));
		complete_all(b, v[K_ASSEMBLIES], how);
		complete_all(b, v[K_DEPENDENCIES], how);
		if (!sbom_json_says(v[K_ASSEMBLIES]) &&
		    !sbom_json_says(v[K_DEPENDENCIES]))
			sbom_complete(b, b->root, how);
	}
}

/* "urn:cdx:serial/version", by which a BOM-Link names the document. */
static void read_identity(struct sbom *b, struct json_raw serial,
			  struct json_raw revision)
{
	struct str id = sbom_json_value(b, serial, &b->temp);
	struct str n = sbom_json_value(b, revision, &b->temp);
	struct str prefix = STR("urn:uuid:");

	if (!str_has_prefix(id, prefix))
		return;
	b->document.has |= DOCUMENT_ID;
	b->document.id = arena_fmt(b->x->arena, "urn:cdx:%.*s/%.*s",
				   STR_ARG(str_from(id, prefix.n)),
				   STR_ARG(n.n ? n : STR("1")));
}

void cyclonedx_json_read(struct extraction *x, const struct extractor *reader,
			 const char *encoding, struct json_raw root)
{
	static const char *const versions[] = {"1.2", "1.3", "1.4", "1.5",
					       "1.6", "1.7", NULL};
	struct json_raw v[D_COUNT];
	struct sbom b;

	sbom_init(&b, x, reader);
	sbom_json_members(&b, sbom_json_unwrap(root, "bomFormat"),
			  document_keys, D_COUNT, v);
	sbom_format(&b, "CycloneDX",
		    sbom_json_value(&b, v[D_VERSION], &b.temp), encoding,
		    versions, v[D_VERSION].line);
	read_identity(&b, v[D_SERIAL], v[D_REVISION]);
	read_metadata(&b, v[D_METADATA]);
	read_components(&b, v[D_COMPONENTS], SIZE_MAX);
	read_services(&b, v[D_SERVICES]);
	read_dependencies(&b, v[D_DEPENDENCIES]);
	read_compositions(&b, v[D_COMPOSITIONS]);
	sbom_finish(&b);
	sbom_release(&b);
}

static enum err extract(struct extraction *x)
{
	struct json_raw root;
	enum err err = json_open(x->text, diag_at(x->path), x->diags, &root);

	if (root.type != JSON_OBJECT)
		return ERR_FORMAT;
	cyclonedx_json_read(x, &extract_cyclonedx_json, "JSON", root);
	return err;
}

const struct extractor extract_cyclonedx_json = {
	.name = "cyclonedx/json",
	.summary = "CycloneDX 1.2 to 1.7 in JSON",
	.version = 2,
	.sees = SEES_VERSION | SEES_HASH | SEES_EDGES | SEES_SUPPLIER |
		SEES_REPOSITORY | SEES_COMMIT,
	.is_sbom = true,
	.max_bytes = LIMIT_SBOM_BYTES,
	.wants = wants,
	.sniffs = sniffs,
	.extract = extract,
};
