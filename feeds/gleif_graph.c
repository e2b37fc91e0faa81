/* Sorted arrays of LEIs, and marks that spread along the relations. */
#include "feeds/gleif_graph.h"

#include <string.h>

#include "base/limits.h"

enum { WANTED = 1, ABOVE = 2, BELOW = 4 };

#define PAIRS_MAX 20000000

void gleif_graph_edge(struct gleif_graph *g, struct str held,
		      struct str holder)
{
	struct gleif_graph_pair *p;

	if (held.n != GLEIF_GRAPH_LEI || holder.n != GLEIF_GRAPH_LEI ||
	    g->pairs.n == PAIRS_MAX)
		return;
	p = vec_add(&g->pairs);
	memcpy(p->held.text, held.p, GLEIF_GRAPH_LEI);
	memcpy(p->holder.text, holder.p, GLEIF_GRAPH_LEI);
}

static int by_lei(const void *a, const void *b)
{
	return memcmp(a, b, GLEIF_GRAPH_LEI);
}

/* The number of a node, SIZE_MAX when it has no relation. */
static size_t find(const struct gleif_graph *g, const char *lei)
{
	size_t low = 0, high = g->nodes.n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int c = memcmp(g->nodes.v[mid].lei.text, lei,
			       GLEIF_GRAPH_LEI);

		if (!c)
			return mid;
		if (c < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return SIZE_MAX;
}

void gleif_graph_sort(struct gleif_graph *g)
{
	VEC(struct gleif_graph_lei) all = {0};

	for (size_t i = 0; i < g->pairs.n; i++) {
		vec_push(&all, g->pairs.v[i].held);
		vec_push(&all, g->pairs.v[i].holder);
	}
	vec_sort(&all, by_lei);
	for (size_t i = 0; i < all.n; i++)
		if (!i || by_lei(&all.v[i], &all.v[i - 1]))
			vec_push(&g->nodes, (struct gleif_graph_node){
				.lei = all.v[i]});
	vec_release(&all);
	for (size_t i = 0; i < g->pairs.n; i++) {
		vec_push(&g->edges, (uint32_t)find(
			g, g->pairs.v[i].held.text));
		vec_push(&g->edges, (uint32_t)find(
			g, g->pairs.v[i].holder.text));
	}
	vec_release(&g->pairs);
}

void gleif_graph_want(struct gleif_graph *g, struct str lei)
{
	size_t i = lei.n == GLEIF_GRAPH_LEI ? find(g, lei.p) : SIZE_MAX;

	if (i != SIZE_MAX)
		g->nodes.v[i].marks |= WANTED | ABOVE | BELOW;
}

void gleif_graph_hold(struct gleif_graph *g, const struct str *fields,
		      size_t n)
{
	size_t i = fields[0].n == GLEIF_GRAPH_LEI ? find(g, fields[0].p)
						  : SIZE_MAX;

	if (i == SIZE_MAX || g->nodes.v[i].waits)
		return;
	for (size_t k = 1; k < n; k++)
		if (str_find_ch(fields[k], '\0') != SIZE_MAX)
			return;
	g->width = n;
	g->nodes.v[i].waits = true;
	g->nodes.v[i].row = g->rows.n;
	for (size_t k = 1; k < n; k++) {
		strbuf_add(&g->rows, fields[k]);
		strbuf_ch(&g->rows, '\0');
	}
}

/* One step up or down along each relation; did a mark move? */
static bool spread(struct gleif_graph *g)
{
	bool has_moved = false;

	for (size_t i = 0; i < g->edges.n; i += 2) {
		unsigned char *held = &g->nodes.v[g->edges.v[i]].marks;
		unsigned char *holder = &g->nodes.v[g->edges.v[i + 1]].marks;

		if ((*held & ABOVE) && !(*holder & ABOVE)) {
			*holder |= ABOVE;
			has_moved = true;
		}
		if ((*holder & BELOW) && !(*held & BELOW)) {
			*held |= BELOW;
			has_moved = true;
		}
	}
	return has_moved;
}

void gleif_graph_close(struct gleif_graph *g, rows_take *take, void *context)
{
	struct str fields[ROWS_COLUMNS], rest;

	for (unsigned i = 0; i < LIMIT_CHAIN * 4 && spread(g); i++)
		;
	for (size_t i = 0; i < g->nodes.n; i++) {
		const struct gleif_graph_node *n = &g->nodes.v[i];

		if (!n->marks || (n->marks & WANTED) || !n->waits)
			continue;
		rest = str_from(strbuf_str(&g->rows), n->row);
		fields[0] = str_n(n->lei.text, GLEIF_GRAPH_LEI);
		for (size_t k = 1; k < ROWS_COLUMNS; k++)
			if (k >= g->width ||
			    !str_split(&rest, '\0', &fields[k]))
				fields[k] = STR("");
		take(context, fields);
	}
}

void gleif_graph_release(struct gleif_graph *g)
{
	vec_release(&g->pairs);
	vec_release(&g->nodes);
	vec_release(&g->edges);
	strbuf_release(&g->rows);
}
