/* The graph of the components of one SBOM: cycles, and what a root reaches.
 * Without recursion, in linear time. */
#ifndef EXTRACT_SBOM_GRAPH_H
#define EXTRACT_SBOM_GRAPH_H

#include "model/component.h"

struct sbom_graph {
	size_t first, n;     /* components [first, first + n) */
	size_t *start, *to;  /* successors of i: to[start[i]..start[i + 1]) */
	bool *reached;
	size_t *stack;
};

/* Takes the edges from `first_edge` on, of all kinds or of one. */
void sbom_graph_init(struct sbom_graph *g, const struct parts *p,
		     size_t first_component, size_t first_edge,
		     bool only_depends_on);
void sbom_graph_release(struct sbom_graph *g);
/*
 * Calls `found` for each circle (strongly connected set of more than one, or
 * an edge to itself) with its least component and its size, in the order of
 * the least components.
 */
void sbom_graph_cycles(const struct sbom_graph *g,
		       void (*found)(size_t least, size_t n, void *with),
		       void *with);
/* Marks a component and all it leads to. */
void sbom_graph_reach(struct sbom_graph *g, size_t component);
bool sbom_graph_is_reached(const struct sbom_graph *g, size_t component);

#endif
