/*
 * A bill of materials of what was found, CycloneDX 1.7 as JSON: components
 * with their places and remarks, dependencies, how complete their lists are
 * said to be, the verdicts as annotations, and a citation for each remark
 * that rests on facts.  Where the target is such a document itself, it is the
 * same again, as far as it was read: its references, names, and whole.
 */
#include "base/json_out.h"
#include "base/map.h"
#include "report/bom.h"
#include "report/bom_ref.h"

struct writer {
	const struct report_input *in;
	struct json_out j;
	struct arena arena;
	struct str time;
	struct bom_ref_names refs;
	bool is_again;       /* the target is a document of the format */
	size_t whole;        /* the component that is described, or SIZE_MAX */
	struct edge *edges, *holds; /* "contains" for itself, if again */
	size_t edges_n, holds_n, holds_at;
};

static const struct component *component_at(const struct writer *w, size_t i)
{
	return &w->in->scan->parts.components.v[i];
}

static struct str ref(const struct writer *w, size_t component)
{
	return w->refs.components[component];
}

static struct str subject(const struct writer *w)
{
	return w->whole == SIZE_MAX ? w->refs.subject : ref(w, w->whole);
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
		"firmware", "file", "machine-learning-model", "data",
		"cryptographic-asset"};

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

static void write_property(struct writer *w, struct str name,
			   struct str value)
{
	json_out_object(&w->j);
	json_out_kstr(&w->j, "name", name);
	json_out_kstr(&w->j, "value", value);
	json_out_object_end(&w->j);
}

/* What the document said and has no other place: further references of what
 * stood there more than once, and what it holds.  The whole holds all. */
static void write_kept(struct writer *w, size_t component)
{
	const struct component *c = component_at(w, component);

	for (size_t i = 0; w->is_again && i < c->refs.n; i++)
		if (!str_eq(c->refs.v[i], ref(w, component)))
			write_property(w, STR("ranwhence:bom_ref"),
				       c->refs.v[i]);
	if (component == w->whole)
		return;
	while (w->holds_at < w->holds_n &&
	       w->holds[w->holds_at].from <= component) {
		const struct edge *e = &w->holds[w->holds_at++];

		if (e->from == component)
			write_property(w, STR("ranwhence:contains"),
				       ref(w, e->to));
	}
}

/* Citations point to the remarks by number: they come first. */
static void write_remarks(struct writer *w, size_t component)
{
	struct arena scratch = {0};
	struct bom_remarks r;

	bom_remark(w->in, component, &scratch, &r);
	json_out_key(&w->j, "properties");
	json_out_array(&w->j);
	for (size_t i = 0; i < r.list.n; i++)
		write_property(w, r.list.v[i].name, r.list.v[i].value);
	write_kept(w, component);
	json_out_array_end(&w->j);
	vec_release(&r.list);
	arena_release(&scratch);
}

/* A group is a part of the name but in a document that has it so. */
static void write_name(struct writer *w, const struct component *c)
{
	struct str rest = str_from(c->name, c->group.n + 1);

	if (w->is_again)
		kstr_if(w, "publisher", c->packager);
	if (!w->is_again || !c->group.n || !rest.n ||
	    !str_has_prefix(c->name, c->group)) {
		json_out_kstr(&w->j, "name", c->name);
		return;
	}
	json_out_kstr(&w->j, "group", c->group);
	json_out_kstr(&w->j, "name", rest);
}

static void write_component(struct writer *w, size_t i)
{
	const struct component *c = component_at(w, i);

	json_out_object(&w->j);
	json_out_kstr(&w->j, "bom-ref", ref(w, i));
	json_out_kstr(&w->j, "type", type_of(c));
	write_party(w, "supplier", c->supplier);
	write_party(w, "manufacturer", c->producer);
	write_name(w, c);
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
		json_out_kstr(&w->j, "bom-ref", w->refs.tool);
	json_out_kstr(&w->j, "type", STR("application"));
	json_out_kstr(&w->j, "name", STR("ranwhence"));
	json_out_kstr(&w->j, "version", str_c(w->in->tool_version));
	json_out_object_end(&w->j);
}

static void write_subject(struct writer *w)
{
	const struct scan *s = w->in->scan;

	json_out_key(&w->j, "component");
	if (w->whole != SIZE_MAX) {
		write_component(w, w->whole);
		return;
	}
	json_out_object(&w->j);
	json_out_kstr(&w->j, "bom-ref", subject(w));
	json_out_kstr(&w->j, "type", STR("application"));
	write_party(w, "supplier", s->stack.supplier);
	json_out_kstr(&w->j, "name", bom_subject(s));
	json_out_object_end(&w->j);
}

static void write_metadata(struct writer *w)
{
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
	write_subject(w);
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

/* What is described, where it is none of the components, needs the targets. */
static void write_targets(struct writer *w)
{
	json_out_object(&w->j);
	json_out_kstr(&w->j, "ref", subject(w));
	json_out_key(&w->j, "dependsOn");
	json_out_array(&w->j);
	for (size_t i = 0; i < w->in->scan->parts.components.n; i++)
		if (component_at(w, i)->is_root)
			json_out_str(&w->j, ref(w, i));
	json_out_array_end(&w->j);
	json_out_object_end(&w->j);
}

static void write_dependencies(struct writer *w)
{
	size_t n = w->in->scan->parts.components.n, at = 0;

	json_out_key(&w->j, "dependencies");
	json_out_array(&w->j);
	if (w->whole == SIZE_MAX)
		write_targets(w);
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
		json_out_str(&w->j, subject(w));
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

/* Where the value of a property of a component stands. */
static struct str pointer(struct writer *w, size_t component, size_t property)
{
	if (component == w->whole)
		return arena_fmt(&w->arena, "/metadata/component/properties/"
				 "%zu/value", property);
	return arena_fmt(&w->arena, "/components/%zu/properties/%zu/value",
			 component - (component > w->whole), property);
}

static void collect(struct writer *w, size_t component, struct citations *to)
{
	struct arena scratch = {0};
	struct bom_remarks r;

	bom_remark(w->in, component, &scratch, &r);
	for (size_t i = 0; i < r.list.n; i++)
		if (r.list.v[i].citation.n)
			vec_push(&citation_of(w, r.list.v[i].citation, to)
				 ->pointers, pointer(w, component, i));
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
	json_out_kstr(&w->j, "attributedTo", w->refs.tool);
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

/* What holds what is apart from what needs what where the document tells
 * them apart. */
static void split_edges(struct writer *w, size_t n)
{
	struct edge *all = w->edges;

	w->holds = arena_alloc(&w->arena, n * sizeof *w->holds);
	for (size_t i = 0; i < n; i++)
		if (w->is_again && all[i].kind == EDGE_CONTAINS)
			w->holds[w->holds_n++] = all[i];
		else
			w->edges[w->edges_n++] = all[i];
}

static void begin(struct writer *w)
{
	const struct scan *s = w->in->scan;
	size_t n;

	w->is_again = scan_is_cyclonedx(s);
	w->whole = w->is_again ? s->targets.v[0].root : SIZE_MAX;
	w->time = bom_time(s, &w->arena);
	bom_ref_name(s, &w->arena, &w->refs);
	w->edges = bom_edges(&s->parts, &w->arena, &n);
	split_edges(w, n);
}

static void write(const struct report_input *in,
		  const struct report_style *style, struct strbuf *out)
{
	struct writer w = {.in = in};

	(void)style;
	begin(&w);
	json_out_init(&w.j, out, false);
	json_out_object(&w.j);
	json_out_kstr(&w.j, "bomFormat", STR("CycloneDX"));
	json_out_kstr(&w.j, "specVersion", STR("1.7"));
	json_out_ki64(&w.j, "version", 1);
	write_metadata(&w);
	json_out_key(&w.j, "components");
	json_out_array(&w.j);
	for (size_t i = 0; i < in->scan->parts.components.n; i++)
		if (i != w.whole)
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
