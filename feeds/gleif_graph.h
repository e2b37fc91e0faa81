/*
 * Which legal entities hold or are held by those that are wanted: entities
 * that are not, but have a relation, wait until all are read.  Kept small, as
 * a register has millions.
 */
#ifndef FEEDS_GLEIF_GRAPH_H
#define FEEDS_GLEIF_GRAPH_H

#include "base/arena.h"
#include "base/vec.h"
#include "feeds/rows.h"

#define GLEIF_GRAPH_LEI 20

struct gleif_graph_lei { char text[GLEIF_GRAPH_LEI]; };
struct gleif_graph_pair { struct gleif_graph_lei held, holder; };
struct gleif_graph_node {
	struct gleif_graph_lei lei;
	unsigned char marks;   /* wanted, above one, below one */
	uint32_t waits;        /* number of its row from 1, 0: none */
};

struct gleif_graph {
	VEC(struct gleif_graph_pair) pairs; /* until they are sorted */
	VEC(struct gleif_graph_node) nodes; /* sorted by LEI */
	VEC(uint32_t) edges;                /* held, holder, held, ... */
	VEC(struct str) rows;               /* fields joined, in arena */
	struct arena arena;
};

/* A relation; before gleif_graph_sort. */
void gleif_graph_edge(struct gleif_graph *g, struct str held,
		      struct str holder);
/* All relations are in. */
void gleif_graph_sort(struct gleif_graph *g);
/* This entity is wanted. */
void gleif_graph_want(struct gleif_graph *g, struct str lei);
/* This one is not; its row (at most ROWS_COLUMNS fields) waits if it has a
 * relation. */
void gleif_graph_hold(struct gleif_graph *g, struct str lei,
		      const struct str *fields, size_t n);
/* Gives the rows of those that hold a wanted one or are held by one, over any
 * number of steps, in the order of their LEIs. */
void gleif_graph_close(struct gleif_graph *g, rows_take *take, void *context);
void gleif_graph_release(struct gleif_graph *g);

#endif
