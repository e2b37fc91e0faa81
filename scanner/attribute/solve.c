/* The parts of a solution, in their order. */
#include "attribute/solve.h"

bool solve_is_party(const struct graph_node *n)
{
	return n->listed != GRAPH_NONE || n->from_inside != GRAPH_NONE ||
	       (n->is_state_body && n->inside != GRAPH_NONE);
}

bool solve_may_be_party(const struct graph_node *n)
{
	return n->may_be_listed || n->may_be_from_inside ||
	       (n->is_state_body && n->may_be_inside);
}

bool solve_has_no_rest(const struct graph_node *n)
{
	return n->is_body || (n->from_outside != GRAPH_NONE &&
			      !n->may_be_from_inside);
}

uint32_t *solve_rounds(struct solution *s)
{
	uint32_t *v = arena_alloc(&s->arena, (s->graph.n + 1) * sizeof *v);

	for (size_t i = 0; i < s->graph.n; i++)
		v[i] = SOLVE_NEVER;
	return v;
}

void solve(struct solution *s, const struct facts *f, const struct concern *c,
	   enum fact_confidence least, struct graph_asked asked)
{
	*s = (struct solution){0};
	graph_build(&s->graph, f, c, least, asked);
	solve_low_run(s);
	solve_high_run(s);
	solve_economic_run(s);
}

void solve_release(struct solution *s)
{
	graph_release(&s->graph);
	arena_release(&s->arena);
}
