/*
 * A bill of materials of what was found, SPDX 3.0.1 as JSON-LD: packages,
 * the organisations that are said to supply or make them, relationships, and
 * the remarks as annotations.
 */
#include "base/json_out.h"
#include "base/map.h"
#include "report/bom.h"

#define CREATION "_:creation"

struct writer {
	const struct report_input *in;
	struct json_out j;
	struct arena arena;
	struct str time, namespace;
	struct map agents; /* by name: their numbers */
};

static struct str iri(struct writer *w, const char *kind, size_t n)
{
	return arena_fmt(&w->arena, "%.*s#%s-%zu", STR_ARG(w->namespace),
			 kind, n);
}

/* The members that every element has. */
static void begin(struct writer *w, const char *type, struct str spdx_id)
{
	json_out_object(&w->j);
	json_out_kstr(&w->j, "type", str_c(type));
	json_out_kstr(&w->j, "spdxId", spdx_id);
	json_out_kstr(&w->j, "creationInfo", STR(CREATION));
}

static void klist(struct writer *w, const char *key, struct str only)
{
	json_out_key(&w->j, key);
	json_out_array(&w->j);
	json_out_str(&w->j, only);
	json_out_array_end(&w->j);
}

/* --- who ------------------------------------------------------------------ */

static void write_agent(struct writer *w, struct str name)
{
	size_t n = w->agents.n;
	bool is_new;

	if (!name.n)
		return;
	map_put(&w->agents, name, n, &is_new);
	if (!is_new)
		return;
	begin(w, "Organization", iri(w, "organization", n));
	json_out_kstr(&w->j, "name", name);
	json_out_object_end(&w->j);
}

static struct str agent(struct writer *w, struct str name)
{
	return iri(w, "organization", *map_get(&w->agents, name));
}

static void write_creation(struct writer *w)
{
	json_out_object(&w->j);
	json_out_kstr(&w->j, "type", STR("CreationInfo"));
	json_out_kstr(&w->j, "@id", STR(CREATION));
	json_out_kstr(&w->j, "specVersion", STR("3.0.1"));
	json_out_kstr(&w->j, "created", w->time);
	klist(w, "createdBy", iri(w, "tool", 0));
	json_out_object_end(&w->j);
	begin(w, "SoftwareAgent", iri(w, "tool", 0));
	json_out_kstr(&w->j, "name", arena_fmt(&w->arena, "ranwhence %s",
					       w->in->tool_version));
	json_out_object_end(&w->j);
}

static void write_document_element(struct writer *w)
{
	begin(w, "SpdxDocument", iri(w, "document", 0));
	json_out_kstr(&w->j, "name", bom_subject(w->in->scan));
	json_out_key(&w->j, "profileConformance");
	json_out_array(&w->j);
	json_out_str(&w->j, STR("core"));
	json_out_str(&w->j, STR("software"));
	json_out_array_end(&w->j);
	klist(w, "rootElement", iri(w, "subject", 0));
	json_out_object_end(&w->j);
}

/* --- packages ------------------------------------------------------------- */

static void write_hash(struct writer *w, struct str hash)
{
	struct str hex;
	const struct bom_algorithm *a = bom_hash(hash, &hex);

	if (!a)
		return;
	json_out_key(&w->j, "verifiedUsing");
	json_out_array(&w->j);
	json_out_object(&w->j);
	json_out_kstr(&w->j, "type", STR("Hash"));
	json_out_kstr(&w->j, "algorithm", str_c(a->name));
	json_out_kstr(&w->j, "hashValue", hex);
	json_out_object_end(&w->j);
	json_out_array_end(&w->j);
}

static void write_repository(struct writer *w, struct str address)
{
	if (!address.n)
		return;
	json_out_key(&w->j, "externalRef");
	json_out_array(&w->j);
	json_out_object(&w->j);
	json_out_kstr(&w->j, "type", STR("ExternalRef"));
	json_out_kstr(&w->j, "externalRefType", STR("vcs"));
	klist(w, "locator", address);
	json_out_object_end(&w->j);
	json_out_array_end(&w->j);
}

/* The whole: what the products are parts of. */
static void write_subject(struct writer *w)
{
	struct str supplier = w->in->scan->stack.supplier;

	write_agent(w, supplier);
	begin(w, "software_Package", iri(w, "subject", 0));
	json_out_kstr(&w->j, "name", bom_subject(w->in->scan));
	if (supplier.n)
		json_out_kstr(&w->j, "suppliedBy", agent(w, supplier));
	json_out_object_end(&w->j);
}

static void write_package(struct writer *w, size_t i)
{
	const struct component *c = &w->in->scan->parts.components.v[i];

	write_agent(w, c->supplier);
	write_agent(w, c->producer);
	begin(w, "software_Package", iri(w, "package", i));
	json_out_kstr(&w->j, "name", c->name);
	if (c->version.n)
		json_out_kstr(&w->j, "software_packageVersion", c->version);
	if (c->purl.n)
		json_out_kstr(&w->j, "software_packageUrl", c->purl);
	if (c->supplier.n)
		json_out_kstr(&w->j, "suppliedBy", agent(w, c->supplier));
	if (c->producer.n)
		klist(w, "originatedBy", agent(w, c->producer));
	write_hash(w, c->provenance.hash);
	write_repository(w, c->provenance.repository);
	json_out_object_end(&w->j);
}

static void write_annotation(struct writer *w, struct str subject,
			     size_t *number, struct str statement)
{
	begin(w, "Annotation", iri(w, "annotation", (*number)++));
	json_out_kstr(&w->j, "annotationType", STR("other"));
	json_out_kstr(&w->j, "subject", subject);
	json_out_kstr(&w->j, "statement", statement);
	json_out_object_end(&w->j);
}

static void write_remarks(struct writer *w, size_t i, size_t *number)
{
	struct arena scratch = {0};
	struct bom_remarks r;

	bom_remark(w->in, i, &scratch, &r);
	for (size_t k = 0; k < r.list.n; k++) {
		const struct bom_remark *m = &r.list.v[k];

		write_annotation(w, iri(w, "package", i), number, arena_fmt(
			&scratch, "%.*s=%.*s%s%.*s", STR_ARG(m->name),
			STR_ARG(m->value), m->citation.n ? " because: " : "",
			STR_ARG(m->citation)));
	}
	vec_release(&r.list);
	arena_release(&scratch);
}

/* --- relationships -------------------------------------------------------- */

static bool is_same_relation(const struct edge *a, const struct edge *b)
{
	return a->from == b->from && a->kind == b->kind;
}

static struct str completeness(const struct component *c)
{
	static const char *const names[] = {
		[COMPLETENESS_UNKNOWN] = "noAssertion",
		[COMPLETENESS_COMPLETE] = "complete",
		[COMPLETENESS_INCOMPLETE] = "incomplete"};

	return str_c(names[c->completeness]);
}

static void write_products(struct writer *w)
{
	const struct parts *p = &w->in->scan->parts;
	bool has_any = false;

	for (size_t i = 0; i < p->components.n; i++) {
		if (!p->components.v[i].is_root)
			continue;
		if (!has_any) {
			begin(w, "Relationship", iri(w, "products", 0));
			json_out_kstr(&w->j, "from", iri(w, "subject", 0));
			json_out_kstr(&w->j, "relationshipType",
				      STR("contains"));
			json_out_key(&w->j, "to");
			json_out_array(&w->j);
		}
		has_any = true;
		json_out_str(&w->j, iri(w, "package", i));
	}
	if (!has_any)
		return;
	json_out_array_end(&w->j);
	json_out_object_end(&w->j);
}

static void write_relations(struct writer *w)
{
	const struct parts *p = &w->in->scan->parts;
	struct arena scratch = {0};
	size_t n, i = 0, number = 0;
	const struct edge *e = bom_edges(p, &scratch, &n);

	while (i < n) {
		size_t first = i;

		begin(w, "Relationship", iri(w, "relationship", number++));
		json_out_kstr(&w->j, "from", iri(w, "package", e[i].from));
		json_out_kstr(&w->j, "relationshipType",
			      e[i].kind == EDGE_CONTAINS ? STR("contains")
							 : STR("dependsOn"));
		json_out_kstr(&w->j, "completeness",
			      completeness(&p->components.v[e[i].from]));
		json_out_key(&w->j, "to");
		json_out_array(&w->j);
		for (; i < n && is_same_relation(&e[i], &e[first]); i++)
			json_out_str(&w->j, iri(w, "package", e[i].to));
		json_out_array_end(&w->j);
		json_out_object_end(&w->j);
	}
	arena_release(&scratch);
}

static void write_document(struct writer *w, struct strbuf *out)
{
	size_t n = w->in->scan->parts.components.n, number = 0;

	json_out_init(&w->j, out, false);
	json_out_object(&w->j);
	json_out_kstr(&w->j, "@context", STR(
		"https://spdx.org/rdf/3.0.1/spdx-context.jsonld"));
	json_out_key(&w->j, "@graph");
	json_out_array(&w->j);
	write_creation(w);
	write_document_element(w);
	write_subject(w);
	for (size_t i = 0; i < n; i++)
		write_package(w, i);
	write_products(w);
	write_relations(w);
	for (size_t i = 0; i < w->in->verdicts_n; i++)
		write_annotation(w, iri(w, "document", 0), &number,
				 bom_verdict(&w->in->verdicts[i], &w->arena));
	for (size_t i = 0; i < n; i++)
		write_remarks(w, i, &number);
	json_out_array_end(&w->j);
	json_out_object_end(&w->j);
	json_out_end(&w->j);
	map_release(&w->agents);
	w->agents = (struct map){0};
}

static void write(const struct report_input *in,
		  const struct report_style *style, struct strbuf *out)
{
	struct writer w = {.in = in};
	struct strbuf draft;

	(void)style;
	w.time = bom_time(in->scan, &w.arena);
	strbuf_init(&draft, 0);
	write_document(&w, &draft);
	w.namespace = bom_namespace(strbuf_str(&draft), &w.arena);
	strbuf_release(&draft);
	write_document(&w, out);
	arena_release(&w.arena);
}

const struct reporter report_spdx3 = {
	.name = "spdx3",
	.summary = "what was found and judged, as SPDX 3.0.1",
	.write = write,
};
