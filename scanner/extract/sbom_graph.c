/*
 * Strongly connected sets by Tarjan's algorithm, with the path kept on a
 * stack of its own; reachability depth first.
 */
#include "extract/sbom_graph.h"

void sbom_graph_init(struct sbom_graph *g, const struct parts *p,
		     size_t first_component, size_t first_edge,
		     bool only_depends_on)
{
	const struct edge *edges = p->edges.v;
	size_t n = p->components.n - first_component;
	size_t m = p->edges.n - first_edge;

	*g = (struct sbom_graph){.first = first_component, .n = n};
	g->start = mem_new(n + 2, sizeof *g->start);
	g->to = mem_new(m, sizeof *g->to);
	g->reached = mem_new(n, sizeof *g->reached);
	g->stack = mem_new(n, sizeof *g->stack);
	/* counted two places on, so that filling moves them one back */
	for (size_t i = first_edge; i < p->edges.n; i++)
		if (!only_depends_on || edges[i].kind == EDGE_DEPENDS_ON)
			g->start[edges[i].from - g->first + 2]++;
	for (size_t i = 2; i < n + 2; i++)
		g->start[i] += g->start[i - 1];
	for (size_t i = first_edge; i < p->edges.n; i++)
		if (!only_depends_on || edges[i].kind == EDGE_DEPENDS_ON)
			g->to[g->start[edges[i].from - g->first + 1]++] =
				edges[i].to - g->first;
}

void sbom_graph_release(struct sbom_graph *g)
{
	free(g->start);
	free(g->to);
	free(g->reached);
	free(g->stack);
	*g = (struct sbom_graph){0};
}

/* State of the search for connected sets, all by node. */
struct search {
	const struct sbom_graph *g;
	size_t *index;   /* order of discovery from 1; 0 = not yet */
	size_t *low;     /* least index reached; SIZE_MAX = set is known */
	size_t *next;    /* edge to follow next */
	size_t *path, path_n;
	size_t *open, open_n;
	size_t *size;    /* of the set, at its least node; 0 = no circle */
	size_t discovered;
};

static void discover(struct search *s, size_t node)
{
	s->index[node] = s->low[node] = ++s->discovered;
	s->next[node] = s->g->start[node];
	s->path[s->path_n++] = node;
	s->open[s->open_n++] = node;
}

static bool has_edge_to_itself(const struct sbom_graph *g, size_t node)
{
	for (size_t i = g->start[node]; i < g->start[node + 1]; i++)
		if (g->to[i] == node)
			return true;
	return false;
}

/* Takes the set whose first node is `node` off the open ones. */
static void close_set(struct search *s, size_t node)
{
	size_t least = SIZE_MAX, n = 0, member;

	do {
		member = s->open[--s->open_n];
		s->low[member] = SIZE_MAX;
		least = member < least ? member : least;
		n++;
	} while (member != node);
	if (n > 1 || has_edge_to_itself(s->g, node))
		s->size[least] = n;
}

/* One step: follow the next edge of the path's end, or go back. */
static void step(struct search *s)
{
	size_t node = s->path[s->path_n - 1], to;

	if (s->next[node] < s->g->start[node + 1]) {
		to = s->g->to[s->next[node]++];
		if (!s->index[to])
			discover(s, to);
		else if (s->low[to] != SIZE_MAX &&
			 s->index[to] < s->low[node])
			s->low[node] = s->index[to];
		return;
	}
	s->path_n--;
	to = s->low[node];
	if (to == s->index[node]) {
		close_set(s, node);
		return;
	}
	node = s->path[s->path_n - 1];
	if (to < s->low[node])
		s->low[node] = to;
}

void sbom_graph_cycles(const struct sbom_graph *g,
		       void (*found)(size_t least, size_t n, void *with),
		       void *with)
{
	size_t *memory = mem_new(6 * g->n, sizeof *memory);
	struct search s = {
		.g = g, .index = memory, .low = memory + g->n,
		.next = memory + 2 * g->n, .path = memory + 3 * g->n,
		.open = memory + 4 * g->n, .size = memory + 5 * g->n};

	for (size_t i = 0; i < g->n; i++) {
		if (!s.index[i])
			discover(&s, i);
		while (s.path_n)
			step(&s);
	}
	for (size_t i = 0; i < g->n; i++)
		if (s.size[i])
			found(g->first + i, s.size[i], with);
	free(memory);
}

void sbom_graph_reach(struct sbom_graph *g, size_t component)
{
	size_t n = 0;

	if (g->reached[component - g->first])
		return;
	g->reached[component - g->first] = true;
	g->stack[n++] = component - g->first;
	while (n) {
		size_t node = g->stack[--n];

		for (size_t i = g->start[node]; i < g->start[node + 1]; i++) {
			if (g->reached[g->to[i]])
				continue;
			g->reached[g->to[i]] = true;
			g->stack[n++] = g->to[i];
		}
	}
}

bool sbom_graph_is_reached(const struct sbom_graph *g, size_t component)
{
	return g->reached[component - g->first];
}
