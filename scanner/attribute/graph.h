/*
 * Who holds whom on one day, for one concern, by rows of at least one
 * confidence: facts made ready for solving.  What holds `for sure` may lower
 * no bound by guesswork; what `may` hold (a partial date, a share between two
 * bounds) only widens it.
 */
#ifndef ATTRIBUTE_GRAPH_H
#define ATTRIBUTE_GRAPH_H

#include "attribute/extent.h"

#define GRAPH_NONE SIZE_MAX
#define GRAPH_HALF (FACT_WHOLE / 2)

/* Holder to held: all rows about the pair in one. */
struct graph_edge {
	size_t holder, held; /* nodes */
	int64_t low, high;   /* the share */
	size_t owns;         /* the row that proves `low`, or none */
	size_t controls;     /* a row that proves control, or none */
	bool is_known;       /* a row says control, if it holds */
	bool is_possible;    /* known, or the share may be more than half */
};

/* An organisation.  Rows hold for sure; GRAPH_NONE where there is none. */
struct graph_node {
	size_t organisation;
	size_t declared;    /* the row that tells its kind */
	size_t inside;      /* established in a jurisdiction of concern */
	size_t outside;     /* established in another one */
	size_t listed;      /* on a list of the concern */
	size_t from_inside; /* controlled from a jurisdiction of concern */
	size_t from_outside;
	size_t dispersed;
	size_t located;     /* has a unit in a jurisdiction of concern */
	bool may_be_inside, may_be_listed, may_be_from_inside,
	     may_be_from_outside, may_be_located;
	bool has_kind;      /* `declared` is there */
	bool is_body;       /* of a kind that nobody holds shares of */
	bool is_state_body;
	int64_t cap;        /* what no undisclosed holder reaches */
	int64_t sum_low;    /* of all holders */
};

struct graph {
	const struct facts *f;
	struct extent extent; /* of the lists of the concern */
	struct graph_node *nodes;
	size_t n;
	bool has_jurisdictions;
	bool has_listed;      /* somebody may be on a list */
	struct graph_edge *edges; /* by held, then by holder */
	size_t edges_n;
	size_t *in_first;         /* of a node, into edges; one more */
	size_t *out_first, *out;  /* of a node, into out; edge indices */
};

/* The organisations that are asked for: the first nodes, in this order. */
struct graph_asked {
	const size_t *v;
	size_t n;
};

/* Builds the graph of those, of the listed ones and of all that may hold
 * them. */
void graph_build(struct graph *g, const struct facts *f,
		 const struct concern *c, enum fact_confidence least,
		 struct graph_asked asked);
void graph_release(struct graph *g);
/* The holder decides for sure what the held one does. */
bool graph_is_control(const struct graph_edge *e);
/* The row that proves it. */
size_t graph_control_row(const struct graph_edge *e);

#endif
