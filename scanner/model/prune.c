/*
 * A component goes when it is picked, or when it was reached from a product
 * and is no longer: breadth first over the edges, before and after.
 */
#include "model/prune.h"

struct graph {
	const struct parts *parts;
	size_t *from, *to; /* the edges of k: to[from[k]] .. to[from[k+1]) */
};

static void fill_graph(const struct parts *p, struct arena *a,
		       struct graph *g)
{
	size_t n = p->components.n;

	g->parts = p;
	g->from = arena_alloc(a, (n + 2) * sizeof *g->from);
	g->to = arena_alloc(a, p->edges.n * sizeof *g->to);
	for (size_t i = 0; i < p->edges.n; i++)
		g->from[p->edges.v[i].from + 2]++;
	for (size_t i = 0; i < n; i++)
		g->from[i + 2] += g->from[i + 1];
	for (size_t i = 0; i < p->edges.n; i++)
		g->to[g->from[p->edges.v[i].from + 1]++] =
			p->edges.v[i].to;
}

/* What the products reach without going through `blocked`. */
static bool *reach(const struct graph *g, const bool *blocked,
		   struct arena *a)
{
	size_t n = g->parts->components.n, end = 0;
	bool *seen = arena_alloc(a, n * sizeof *seen);
	size_t *queue = arena_alloc(a, n * sizeof *queue);

	for (size_t i = 0; i < n; i++)
		if (g->parts->components.v[i].is_root && !blocked[i]) {
			seen[i] = true;
			queue[end++] = i;
		}
	for (size_t at = 0; at < end; at++)
		for (size_t i = g->from[queue[at]];
		     i < g->from[queue[at] + 1]; i++)
			if (!seen[g->to[i]] && !blocked[g->to[i]]) {
				seen[g->to[i]] = true;
				queue[end++] = g->to[i];
			}
	return seen;
}

static void remove_parts(struct scan *s, const bool *gone, size_t *map)
{
	struct parts *p = &s->parts;
	size_t n = 0;

	for (size_t i = 0; i < p->components.n; i++) {
		map[i] = gone[i] ? SIZE_MAX : n;
		if (gone[i])
			component_release(&p->components.v[i]);
		else
			p->components.v[n++] = p->components.v[i];
	}
	p->components.n = n;
	n = 0;
	for (size_t i = 0; i < p->edges.n; i++) {
		struct edge e = p->edges.v[i];

		e.from = map[e.from];
		e.to = map[e.to];
		if (e.from != SIZE_MAX && e.to != SIZE_MAX)
			p->edges.v[n++] = e;
	}
	p->edges.n = n;
	n = 0;
	for (size_t i = 0; i < p->seats.n; i++) {
		struct seat seat = p->seats.v[i];

		seat.component = map[seat.component];
		if (seat.component != SIZE_MAX)
			p->seats.v[n++] = seat;
	}
	p->seats.n = n;
	for (size_t i = 0; i < s->targets.n; i++)
		if (s->targets.v[i].root != SIZE_MAX)
			s->targets.v[i].root = map[s->targets.v[i].root];
}

size_t prune_scan(struct scan *s, const struct selector *selectors, size_t n,
		  size_t *ret_all)
{
	size_t all = s->parts.components.n, picked = 0;
	struct arena a = {0};
	bool *gone = arena_alloc(&a, all * sizeof *gone);
	bool *none = arena_alloc(&a, all * sizeof *none);
	struct graph g;
	bool *before, *after;

	*ret_all = 0;
	for (size_t i = 0; i < all; i++)
		for (size_t k = 0; k < n && !gone[i]; k++)
			if (selector_picks(&selectors[k],
					   &s->parts.components.v[i])) {
				gone[i] = true;
				picked++;
			}
	fill_graph(&s->parts, &a, &g);
	before = reach(&g, none, &a);
	after = reach(&g, gone, &a);
	for (size_t i = 0; i < all; i++) {
		gone[i] = gone[i] || (before[i] && !after[i]);
		*ret_all += gone[i];
	}
	remove_parts(s, gone, arena_alloc(&a, all * sizeof(size_t)));
	arena_release(&a);
	return picked;
}
