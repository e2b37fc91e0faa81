/*
 * A bill of materials of what was found, CycloneDX 1.7 as JSON: components
 * with their places and remarks, dependencies, how complete their lists are
 * said to be, the verdicts as annotations, and a citation for each remark
 * that rests on facts.
 */
#include "base/json_out.h"
#include "base/map.h"
#include "report/bom.h"

#define TOOL "ranwhence"
#define SUBJECT "subject"

struct writer {
	const struct report_input *in;
	struct json_out j;
	struct arena arena;
	struct str time;
	struct edge *edges;
	size_t edges_n;
};

static const struct component *component_at(const struct writer *w, size_t i)
{
	return &w->in->scan->parts.components.v[i];
}

static struct str ref(struct writer *w, size_t component)
{
	return arena_fmt(&w->arena, "component-%zu", component);
}

static void kstr_if(struct writer *w, const char *key, struct str s)
{
	if (s.n)
		json_out_kstr(&w->j, key, s);
}

/* --- components ----------------------------------------------------------- */

static struct str type_of(const struct component *c)
{
	static const char *const same[] = {
		"application", "framework", "library", "container",
		"platform", "operating-system", "device", "device-driver",
		"firmware", "file", "machine-learning-model", "data"};

	for (size_t i = 0; i < sizeof same / sizeof *same; i++)
		if (str_is(c->type, same[i]))
			return c->type;
	return c->is_root ? STR("application") : STR("library");
}

static struct str scope_of(const struct component *c)
{
	if (c->is_optional)
		return STR("optional");
	switch (c->scope) {
	case SCOPE_UNKNOWN:
		return STR("");
	case SCOPE_RUNTIME:
	case SCOPE_DEPLOY:
		return STR("required");
	default:
		return STR("excluded");
	}
}

static void write_party(struct writer *w, const char *key, struct str name)
{
	if (!name.n)
		return;
	json_out_key(&w->j, key);
	json_out_object(&w->j);
	json_out_kstr(&w->j, "name", name);
	json_out_object_end(&w->j);
}

static void write_hash(struct writer *w, struct str hash)
{
	struct str hex;
	const struct bom_algorithm *a = bom_hash(hash, &hex);

	if (!a)
		return;
	json_out_key(&w->j, "hashes");
	json_out_array(&w->j);
	json_out_object(&w->j);
	json_out_kstr(&w->j, "alg", str_c(a->cyclonedx));
	json_out_kstr(&w->j, "content", hex);
	json_out_object_end(&w->j);
	json_out_array_end(&w->j);
}

static void write_repository(struct writer *w, struct str address)
{
	if (!address.n)
		return;
	json_out_key(&w->j, "externalReferences");
	json_out_array(&w->j);
	json_out_object(&w->j);
	json_out_kstr(&w->j, "type", STR("vcs"));
	json_out_kstr(&w->j, "url", address);
	json_out_object_end(&w->j);
	json_out_array_end(&w->j);
}

static void write_places(struct writer *w, const struct component *c)
{
	json_out_key(&w->j, "evidence");
	json_out_object(&w->j);
	json_out_key(&w->j, "occurrences");
	json_out_array(&w->j);
	for (size_t i = 0; i < c->evidence.n; i++) {
		json_out_object(&w->j);
		json_out_kstr(&w->j, "location", c->evidence.v[i].path);
		if (c->evidence.v[i].line)
			json_out_ki64(&w->j, "line", c->evidence.v[i].line);
		json_out_object_end(&w->j);
	}
	json_out_array_end(&w->j);
	json_out_object_end(&w->j);
}

static void write_remarks(struct writer *w, size_t component)
{
	struct arena scratch = {0};
	struct bom_remarks r;

	bom_remark(w->in, component, &scratch, &r);
	json_out_key(&w->j, "properties");
	json_out_array(&w->j);
	for (size_t i = 0; i < r.list.n; i++) {
		json_out_object(&w->j);
		json_out_kstr(&w->j, "name", r.list.v[i].name);
		json_out_kstr(&w->j, "value", r.list.v[i].value);
		json_out_object_end(&w->j);
	}
	json_out_array_end(&w->j);
	vec_release(&r.list);
	arena_release(&scratch);
}

static void write_component(struct writer *w, size_t i)
{
	const struct component *c = component_at(w, i);

	json_out_object(&w->j);
	json_out_kstr(&w->j, "bom-ref", ref(w, i));
	json_out_kstr(&w->j, "type", type_of(c));
	write_party(w, "supplier", c->supplier);
	write_party(w, "manufacturer", c->producer);
	json_out_kstr(&w->j, "name", c->name);
	kstr_if(w, "version", c->version);
	kstr_if(w, "scope", scope_of(c));
	write_hash(w, c->provenance.hash);
	kstr_if(w, "purl", c->purl);
	write_repository(w, c->provenance.repository);
	write_places(w, c);
	write_remarks(w, i);
	json_out_object_end(&w->j);
}

/* --- head ----------------------------------------------------------------- */

static void write_tool(struct writer *w, bool has_ref)
{
	json_out_object(&w->j);
	if (has_ref)
		json_out_kstr(&w->j, "bom-ref", STR(TOOL));
	json_out_kstr(&w->j, "type", STR("application"));
	json_out_kstr(&w->j, "name", STR("ranwhence"));
	json_out_kstr(&w->j, "version", str_c(w->in->tool_version));
	json_out_object_end(&w->j);
}

static void write_metadata(struct writer *w)
{
	const struct scan *s = w->in->scan;

	json_out_key(&w->j, "metadata");
	json_out_object(&w->j);
	json_out_kstr(&w->j, "timestamp", w->time);
	json_out_key(&w->j, "tools");
	json_out_object(&w->j);
	json_out_key(&w->j, "components");
	json_out_array(&w->j);
	write_tool(w, true);
	json_out_array_end(&w->j);
	json_out_object_end(&w->j);
	json_out_key(&w->j, "component");
	json_out_object(&w->j);
	json_out_kstr(&w->j, "bom-ref", STR(SUBJECT));
	json_out_kstr(&w->j, "type", STR("application"));
	write_party(w, "supplier", s->stack.supplier);
	json_out_kstr(&w->j, "name", bom_subject(s));
	json_out_object_end(&w->j);
	json_out_object_end(&w->j);
}

/* --- relations ------------------------------------------------------------ */

static void write_dependency(struct writer *w, size_t *at, size_t from)
{
	if (*at == w->edges_n || w->edges[*at].from != from)
		return;
	json_out_object(&w->j);
	json_out_kstr(&w->j, "ref", ref(w, from));
	json_out_key(&w->j, "dependsOn");
	json_out_array(&w->j);
	for (size_t last = SIZE_MAX; *at < w->edges_n &&
				     w->edges[*at].from == from; (*at)++) {
		size_t to = w->edges[*at].to;

		if (to != last)
			json_out_str(&w->j, ref(w, to));
		last = to;
	}
	json_out_array_end(&w->j);
	json_out_object_end(&w->j);
}

static void write_dependencies(struct writer *w)
{
	size_t n = w->in->scan->parts.components.n, at = 0;

	json_out_key(&w->j, "dependencies");
	json_out_array(&w->j);
	json_out_object(&w->j);
	json_out_kstr(&w->j, "ref", STR(SUBJECT));
	json_out_key(&w->j, "dependsOn");
	json_out_array(&w->j);
	for (size_t i = 0; i < n; i++)
		if (component_at(w, i)->is_root)
			json_out_str(&w->j, ref(w, i));
	json_out_array_end(&w->j);
	json_out_object_end(&w->j);
	for (size_t i = 0; i < n; i++)
		write_dependency(w, &at, i);
	json_out_array_end(&w->j);
}

static void write_composition(struct writer *w, enum completeness is,
			      const char *aggregate)
{
	bool is_open = false;

	for (size_t i = 0; i < w->in->scan->parts.components.n; i++) {
		if (component_at(w, i)->completeness != is)
			continue;
		if (!is_open) {
			json_out_object(&w->j);
			json_out_kstr(&w->j, "aggregate", str_c(aggregate));
			json_out_key(&w->j, "dependencies");
			json_out_array(&w->j);
		}
		is_open = true;
		json_out_str(&w->j, ref(w, i));
	}
	if (!is_open)
		return;
	json_out_array_end(&w->j);
	json_out_object_end(&w->j);
}

static void write_compositions(struct writer *w)
{
	json_out_key(&w->j, "compositions");
	json_out_array(&w->j);
	write_composition(w, COMPLETENESS_COMPLETE, "complete");
	write_composition(w, COMPLETENESS_INCOMPLETE, "incomplete");
	write_composition(w, COMPLETENESS_UNKNOWN, "unknown");
	json_out_array_end(&w->j);
}

/* --- what is said of it --------------------------------------------------- */

static void write_annotations(struct writer *w)
{
	json_out_key(&w->j, "annotations");
	json_out_array(&w->j);
	for (size_t i = 0; i < w->in->verdicts_n; i++) {
		json_out_object(&w->j);
		json_out_key(&w->j, "subjects");
		json_out_array(&w->j);
		json_out_str(&w->j, STR(SUBJECT));
		json_out_array_end(&w->j);
		json_out_key(&w->j, "annotator");
		json_out_object(&w->j);
		json_out_key(&w->j, "component");
		write_tool(w, false);
		json_out_object_end(&w->j);
		json_out_kstr(&w->j, "timestamp", w->time);
		json_out_kstr(&w->j, "text",
			      bom_verdict(&w->in->verdicts[i], &w->arena));
		json_out_object_end(&w->j);
	}
	json_out_array_end(&w->j);
}

/* What remarks rest on: one citation for each text, with all of them. */
struct citation {
	struct str text;
	VEC(struct str) pointers;
};

struct citations {
	VEC(struct citation) list;
	struct map by_text;
};

static struct citation *citation_of(struct writer *w, struct str text,
				    struct citations *all)
{
	size_t *known = map_get(&all->by_text, text);

	if (known)
		return &all->list.v[*known];
	text = arena_dup(&w->arena, text);
	map_put(&all->by_text, text, all->list.n, NULL);
	vec_push(&all->list, ((struct citation){.text = text}));
	return &all->list.v[all->list.n - 1];
}

static void collect(struct writer *w, size_t component, struct citations *to)
{
	struct arena scratch = {0};
	struct bom_remarks r;

	bom_remark(w->in, component, &scratch, &r);
	for (size_t i = 0; i < r.list.n; i++)
		if (r.list.v[i].citation.n)
			vec_push(&citation_of(w, r.list.v[i].citation, to)
				 ->pointers, arena_fmt(&w->arena,
				 "/components/%zu/properties/%zu/value",
				 component, i));
	vec_release(&r.list);
	arena_release(&scratch);
}

static void write_citation(struct writer *w, const struct citation *c)
{
	json_out_object(&w->j);
	json_out_key(&w->j, "pointers");
	json_out_array(&w->j);
	for (size_t i = 0; i < c->pointers.n; i++)
		json_out_str(&w->j, c->pointers.v[i]);
	json_out_array_end(&w->j);
	json_out_kstr(&w->j, "timestamp", w->time);
	json_out_kstr(&w->j, "attributedTo", STR(TOOL));
	json_out_kstr(&w->j, "note", c->text);
	json_out_object_end(&w->j);
}

static void write_citations(struct writer *w)
{
	struct citations all = {0};

	for (size_t i = 0; i < w->in->scan->parts.components.n; i++)
		collect(w, i, &all);
	json_out_key(&w->j, "citations");
	json_out_array(&w->j);
	for (size_t i = 0; i < all.list.n; i++) {
		write_citation(w, &all.list.v[i]);
		vec_release(&all.list.v[i].pointers);
	}
	json_out_array_end(&w->j);
	vec_release(&all.list);
	map_release(&all.by_text);
}

static void write(const struct report_input *in,
		  const struct report_style *style, struct strbuf *out)
{
	struct writer w = {.in = in};

	(void)style;
	w.time = bom_time(in->scan, &w.arena);
	w.edges = bom_edges(&in->scan->parts, &w.arena, &w.edges_n);
	json_out_init(&w.j, out, false);
	json_out_object(&w.j);
	json_out_kstr(&w.j, "bomFormat", STR("CycloneDX"));
	json_out_kstr(&w.j, "specVersion", STR("1.7"));
	json_out_ki64(&w.j, "version", 1);
	write_metadata(&w);
	json_out_key(&w.j, "components");
	json_out_array(&w.j);
	for (size_t i = 0; i < in->scan->parts.components.n; i++)
		write_component(&w, i);
	json_out_array_end(&w.j);
	write_dependencies(&w);
	write_compositions(&w);
	write_annotations(&w);
	write_citations(&w);
	json_out_object_end(&w.j);
	json_out_end(&w.j);
	arena_release(&w.arena);
}

const struct reporter report_cyclonedx = {
	.name = "cyclonedx",
	.summary = "what was found and judged, as CycloneDX 1.7",
	.write = write,
};
