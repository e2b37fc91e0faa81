/*
 * A bill of materials of what was found, SPDX 2.3 as JSON: packages with the
 * remarks on them as annotations, and how they depend on each other.
 */
#include "base/json_out.h"
#include "report/bom.h"

#define SUBJECT "SPDXRef-subject"

struct writer {
	const struct report_input *in;
	struct json_out j;
	struct arena arena;
	struct str time, namespace, tool;
};

static struct str id(struct writer *w, size_t component)
{
	return arena_fmt(&w->arena, "SPDXRef-component-%zu", component);
}

static void write_annotation(struct writer *w, struct str comment)
{
	json_out_object(&w->j);
	json_out_kstr(&w->j, "annotationDate", w->time);
	json_out_kstr(&w->j, "annotationType", STR("OTHER"));
	json_out_kstr(&w->j, "annotator", w->tool);
	json_out_kstr(&w->j, "comment", comment);
	json_out_object_end(&w->j);
}

static void write_remarks(struct writer *w, size_t component)
{
	struct arena scratch = {0};
	struct bom_remarks r;

	bom_remark(w->in, component, &scratch, &r);
	json_out_key(&w->j, "annotations");
	json_out_array(&w->j);
	for (size_t i = 0; i < r.list.n; i++) {
		const struct bom_remark *m = &r.list.v[i];

		write_annotation(w, arena_fmt(
			&scratch, "%.*s=%.*s%s%.*s", STR_ARG(m->name),
			STR_ARG(m->value), m->citation.n ? " because: " : "",
			STR_ARG(m->citation)));
	}
	json_out_array_end(&w->j);
	vec_release(&r.list);
	arena_release(&scratch);
}

static void write_party(struct writer *w, const char *key, struct str name)
{
	if (name.n)
		json_out_kstr(&w->j, key, arena_fmt(
			&w->arena, "Organization: %.*s", STR_ARG(name)));
}

static void write_hash(struct writer *w, struct str hash)
{
	struct str hex;
	const struct bom_algorithm *a = bom_hash(hash, &hex);

	if (!a)
		return;
	json_out_key(&w->j, "checksums");
	json_out_array(&w->j);
	json_out_object(&w->j);
	json_out_kstr(&w->j, "algorithm", str_c(a->spdx));
	json_out_kstr(&w->j, "checksumValue", hex);
	json_out_object_end(&w->j);
	json_out_array_end(&w->j);
}

static void write_purl(struct writer *w, struct str purl)
{
	if (!purl.n)
		return;
	json_out_key(&w->j, "externalRefs");
	json_out_array(&w->j);
	json_out_object(&w->j);
	json_out_kstr(&w->j, "referenceCategory", STR("PACKAGE-MANAGER"));
	json_out_kstr(&w->j, "referenceType", STR("purl"));
	json_out_kstr(&w->j, "referenceLocator", purl);
	json_out_object_end(&w->j);
	json_out_array_end(&w->j);
}

static struct str location(struct writer *w, const struct provenance *p)
{
	if (!p->repository.n)
		return STR("NOASSERTION");
	return arena_fmt(&w->arena, "git+%.*s%s%.*s", STR_ARG(p->repository),
			 p->commit.n ? "@" : "", STR_ARG(p->commit));
}

/* The whole: what the products are parts of. */
static void write_subject(struct writer *w)
{
	json_out_object(&w->j);
	json_out_kstr(&w->j, "SPDXID", STR(SUBJECT));
	json_out_kstr(&w->j, "name", bom_subject(w->in->scan));
	write_party(w, "supplier", w->in->scan->stack.supplier);
	json_out_kstr(&w->j, "downloadLocation", STR("NOASSERTION"));
	json_out_kbool(&w->j, "filesAnalyzed", false);
	json_out_object_end(&w->j);
}

static void write_package(struct writer *w, size_t i)
{
	const struct component *c = &w->in->scan->parts.components.v[i];

	json_out_object(&w->j);
	json_out_kstr(&w->j, "SPDXID", id(w, i));
	json_out_kstr(&w->j, "name", c->name);
	if (c->version.n)
		json_out_kstr(&w->j, "versionInfo", c->version);
	write_party(w, "supplier", c->supplier);
	write_party(w, "originator", c->producer);
	json_out_kstr(&w->j, "downloadLocation", location(w, &c->provenance));
	json_out_kbool(&w->j, "filesAnalyzed", false);
	write_hash(w, c->provenance.hash);
	write_purl(w, c->purl);
	write_remarks(w, i);
	json_out_object_end(&w->j);
}

static void write_relation(struct writer *w, struct str from,
			   const char *type, struct str to)
{
	json_out_object(&w->j);
	json_out_kstr(&w->j, "spdxElementId", from);
	json_out_kstr(&w->j, "relationshipType", str_c(type));
	json_out_kstr(&w->j, "relatedSpdxElement", to);
	json_out_object_end(&w->j);
}

static void write_relations(struct writer *w)
{
	const struct parts *p = &w->in->scan->parts;
	struct arena scratch = {0};
	size_t n;
	const struct edge *edges = bom_edges(p, &scratch, &n);

	json_out_key(&w->j, "relationships");
	json_out_array(&w->j);
	write_relation(w, STR("SPDXRef-DOCUMENT"), "DESCRIBES", STR(SUBJECT));
	for (size_t i = 0; i < p->components.n; i++)
		if (p->components.v[i].is_root)
			write_relation(w, STR(SUBJECT), "CONTAINS", id(w, i));
	for (size_t i = 0; i < n; i++)
		write_relation(w, id(w, edges[i].from),
			       edges[i].kind == EDGE_CONTAINS
			       ? "CONTAINS" : "DEPENDS_ON",
			       id(w, edges[i].to));
	json_out_array_end(&w->j);
	arena_release(&scratch);
}

static void write_head(struct writer *w)
{
	json_out_kstr(&w->j, "spdxVersion", STR("SPDX-2.3"));
	json_out_kstr(&w->j, "dataLicense", STR("CC0-1.0"));
	json_out_kstr(&w->j, "SPDXID", STR("SPDXRef-DOCUMENT"));
	json_out_kstr(&w->j, "name", bom_subject(w->in->scan));
	json_out_kstr(&w->j, "documentNamespace", w->namespace);
	json_out_key(&w->j, "creationInfo");
	json_out_object(&w->j);
	json_out_kstr(&w->j, "created", w->time);
	json_out_key(&w->j, "creators");
	json_out_array(&w->j);
	json_out_str(&w->j, w->tool);
	json_out_array_end(&w->j);
	json_out_object_end(&w->j);
}

static void write_document(struct writer *w, struct strbuf *out)
{
	json_out_init(&w->j, out, false);
	json_out_object(&w->j);
	write_head(w);
	json_out_key(&w->j, "annotations");
	json_out_array(&w->j);
	for (size_t i = 0; i < w->in->verdicts_n; i++)
		write_annotation(w, bom_verdict(&w->in->verdicts[i],
						&w->arena));
	json_out_array_end(&w->j);
	json_out_key(&w->j, "packages");
	json_out_array(&w->j);
	write_subject(w);
	for (size_t i = 0; i < w->in->scan->parts.components.n; i++)
		write_package(w, i);
	json_out_array_end(&w->j);
	write_relations(w);
	json_out_object_end(&w->j);
	json_out_end(&w->j);
}

/* Documents that differ need names that do: that of a document is the hash of
 * what it says without it. */
static void write(const struct report_input *in,
		  const struct report_style *style, struct strbuf *out)
{
	struct writer w = {.in = in};
	struct strbuf draft;

	(void)style;
	w.time = bom_time(in->scan, &w.arena);
	w.tool = arena_fmt(&w.arena, "Tool: ranwhence-%s", in->tool_version);
	strbuf_init(&draft, 0);
	write_document(&w, &draft);
	w.namespace = bom_namespace(strbuf_str(&draft), &w.arena);
	strbuf_release(&draft);
	write_document(&w, out);
	arena_release(&w.arena);
}

const struct reporter report_spdx = {
	.name = "spdx", .summary = "what was found and judged, as SPDX 2.3",
	.write = write,
};
