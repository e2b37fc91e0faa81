/*
 * Edges from one document of a run to another.  A document is found by its
 * namespace (SPDX 2), by serial number and version (CycloneDX); elements of
 * SPDX 3 have names that hold everywhere, in documents without an id.
 */
#include "base/map.h"
#include "extract/extract.h"

struct linker {
	struct scan *scan;
	struct map ids;       /* of documents -> index */
	struct map *elements; /* per document; filled when first needed */
	bool *is_filled;
	struct map everywhere; /* of SPDX 3, whatever the document */
	struct map missing;   /* documents that were said to be missing */
};

static void fill(struct linker *l, size_t document)
{
	const struct document *d = &l->scan->documents.list.v[document];

	if (l->is_filled[document])
		return;
	l->is_filled[document] = true;
	for (size_t i = 0; i < d->refs.n; i++)
		map_put(&l->elements[document], d->refs.v[i].ref,
			d->refs.v[i].component, NULL);
}

/* A missing document is said once. */
static void say_missing(struct linker *l, const struct document_link *link,
			struct str document)
{
	bool is_new;

	map_put(&l->missing, document, 0, &is_new);
	if (is_new)
		diag_add(&l->scan->diags, RW1211,
			 diag_at_line(link->place.path, link->place.line),
			 "%.*s", STR_ARG(str_head(document, 300)));
}

/* The component at an end, SIZE_MAX when there is none. */
static size_t find(struct linker *l, const struct document_link *link,
		   const struct document_end *end)
{
	const size_t *document, *component;

	if (end->component != SIZE_MAX)
		return end->component;
	component = map_get(&l->everywhere, end->ref);
	if (component)
		return *component;
	document = map_get(&l->ids, end->document);
	if (!document) {
		say_missing(l, link, end->document);
		return SIZE_MAX;
	}
	if (end->ref.n == 0)
		return l->scan->documents.list.v[*document].root;
	fill(l, *document);
	component = map_get(&l->elements[*document], end->ref);
	return component ? *component : SIZE_MAX;
}

static void draw(struct linker *l, const struct document_link *link)
{
	struct parts *p = &l->scan->parts;
	size_t from = find(l, link, &link->from);
	size_t to = find(l, link, &link->to);
	struct component *c;

	if (from == SIZE_MAX || to == SIZE_MAX || from == to)
		return;
	component_add_edge(p, from, to, link->kind);
	c = &p->components.v[to];
	if (c->scope == SCOPE_UNKNOWN || link->scope == SCOPE_RUNTIME)
		c->scope = link->scope;
}

static void fill_everywhere(struct linker *l)
{
	const struct documents *d = &l->scan->documents;

	for (size_t i = 0; i < d->list.n; i++)
		for (size_t k = 0; k < d->list.v[i].refs.n; k++)
			if (str_has_prefix(d->list.v[i].format,
					   STR("SPDX 3")))
				map_put(&l->everywhere,
					d->list.v[i].refs.v[k].ref,
					d->list.v[i].refs.v[k].component,
					NULL);
}

void extract_link(struct scan *s)
{
	struct documents *d = &s->documents;
	struct linker l = {.scan = s};

	if (!d->links.n)
		return;
	l.elements = mem_new(d->list.n, sizeof *l.elements);
	l.is_filled = mem_new(d->list.n, sizeof *l.is_filled);
	for (size_t i = 0; i < d->list.n; i++)
		if (d->list.v[i].id.n)
			map_put(&l.ids, d->list.v[i].id, i, NULL);
	fill_everywhere(&l);
	for (size_t i = 0; i < d->links.n; i++)
		draw(&l, &d->links.v[i]);
	for (size_t i = 0; i < d->list.n; i++)
		map_release(&l.elements[i]);
	free(l.elements);
	free(l.is_filled);
	map_release(&l.ids);
	map_release(&l.everywhere);
	map_release(&l.missing);
	vec_clear(&d->links);
}
