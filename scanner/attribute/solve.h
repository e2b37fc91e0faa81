/*
 * Which rungs hold in a graph.  From below, the least set that the known
 * edges force: what is in it is proven.  From above, the greatest set that
 * they leave open: what is not in it is ruled out.  Both are found in rounds,
 * so that the result does not depend on any order, each edge is looked at a
 * bounded number of times, and the round tells how long the shortest proof
 * is.
 */
#ifndef ATTRIBUTE_SOLVE_H
#define ATTRIBUTE_SOLVE_H

#include "attribute/graph.h"

#define SOLVE_NEVER UINT32_MAX

/* Per node: the round in which it was proven, or SOLVE_NEVER. */
struct solve_low {
	uint32_t *established; /* inside, no controller elsewhere known */
	uint32_t *owned;       /* parties of concern hold half or more */
	uint32_t *controlled;
	uint32_t *owner;       /* counts where shares are summed */
	uint32_t *concern;     /* counts where controllers are looked for */
	uint32_t *state;
	uint32_t *affiliate;   /* below a listed one; 0: listed itself */
	bool *group;           /* of the group of a listed one */
	int64_t *share;        /* known to be held by parties of concern */
};

/* Per node: the round in which it was ruled out, or SOLVE_NEVER. */
struct solve_high {
	uint32_t *established, *owned, *controlled, *owner, *concern, *state;
	uint32_t *reached;     /* neither listed nor below a listed one */
	bool *affiliate;       /* may be below one */
	int64_t *share;        /* most that parties of concern may hold */
};

struct solution {
	struct graph graph;
	struct solve_low low;
	struct solve_high high;
	int64_t *economic_low, *economic_high;
	struct arena arena;
};

/* Solves for one confidence; what is asked as in graph_build. */
void solve(struct solution *s, const struct facts *f, const struct concern *c,
	   enum fact_confidence least, struct graph_asked asked);
void solve_release(struct solution *s);

/* Of concern by itself: listed, a state body inside, or controlled from
 * inside, whoever holds it. */
bool solve_is_party(const struct graph_node *n);
bool solve_may_be_party(const struct graph_node *n);
/* Nobody undisclosed holds a part that counts. */
bool solve_has_no_rest(const struct graph_node *n);
/* A round per node, SOLVE_NEVER at first. */
uint32_t *solve_rounds(struct solution *s);

/* The parts of solve(), in files of their own. */
void solve_low_run(struct solution *s);
void solve_high_run(struct solution *s);
void solve_economic_run(struct solution *s);

#endif
