/*
 * Which legal entities hold or are held by those that are wanted: entities
 * that are not, but have a relation, wait until all are read.  Kept small, as
 * a register has millions: rows wait in a file.
 */
#ifndef FEEDS_GLEIF_GRAPH_H
#define FEEDS_GLEIF_GRAPH_H

#include "base/err.h"
#include "base/strbuf.h"
#include "base/vec.h"
#include "feeds/rows.h"

#define GLEIF_GRAPH_LEI 20

struct gleif_graph_lei { char text[GLEIF_GRAPH_LEI]; };
struct gleif_graph_node {
	struct gleif_graph_lei lei;
	uint32_t row;          /* where its row begins, if it waits; until they
				* are sorted, which end of a relation it is */
	unsigned char marks;   /* wanted, above one, below one */
	bool waits;
};

struct gleif_graph {
	VEC(struct gleif_graph_node) nodes; /* sorted by LEI, each once */
	VEC(uint32_t) edges;                /* held, holder, held, ... */
	struct strbuf rows;                 /* fields, each with a NUL: the
					     * last ones, not in the file yet */
	const char *folder;                 /* for the file, NULL: none */
	int file;                           /* 0 = not made yet */
	uint64_t written;                   /* bytes in it */
	bool has_failed;                    /* it could not be written */
	size_t width;                       /* fields of a row */
};

/* A relation; before gleif_graph_sort. */
void gleif_graph_edge(struct gleif_graph *g, struct str held,
		      struct str holder);
/* All relations are in. */
void gleif_graph_sort(struct gleif_graph *g);
/* This entity is wanted. */
void gleif_graph_want(struct gleif_graph *g, struct str lei);
/* This one is not; its row (at most ROWS_COLUMNS fields, the LEI first) waits
 * if it has a relation. */
void gleif_graph_hold(struct gleif_graph *g, const struct str *fields,
		      size_t n);
/* Gives the rows of those that hold a wanted one or are held by one, over any
 * number of steps, in the order of their LEIs.  ERR_IO when some are lost:
 * the file could not be written or read. */
NODISCARD enum err gleif_graph_close(struct gleif_graph *g, rows_take *take,
				     void *context);
void gleif_graph_release(struct gleif_graph *g);

#endif
