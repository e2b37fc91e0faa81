/*
 * Integrated ownership: shares multiplied along chains and added over all of
 * them, as an interval.  Organisations that hold each other in circles are
 * taken together (Tarjan's strongly connected components, holders first) and
 * come closer to their shares round by round.  Rounding is always outwards,
 * so that the bounds are bounds after every round.
 */
#include "attribute/solve.h"

#include "base/mem.h"

/* Rounds for one circle, by the number of its edges: more rounds only make
 * the bounds narrower. */
#define ROUNDS_MIN 16
#define ROUNDS_MAX 4096
#define ROUND_EDGES ((size_t)1 << 22)

__extension__ typedef unsigned __int128 wide;

/* What a holder's share brings: all of it for a party of concern. */
struct weight {
	int64_t low, high;
	bool is_party, may_be_party;
};

struct work {
	struct solution *s;
	const struct graph *g;
	struct weight *weights;
	/* Tarjan's */
	size_t *number, *lowest, *cursor; /* per node; number 0: not seen */
	bool *is_open;
	VEC(size_t) path, pending;
	size_t count;
	VEC(int64_t) fresh; /* low and high of the circle's nodes */
};

static int64_t times(int64_t a, int64_t b, bool up)
{
	wide product = (wide)a * (wide)b;

	return (int64_t)((product + (up ? FACT_WHOLE - 1 : 0)) / FACT_WHOLE);
}

/* A share's bound in whole basis points: "one share more" has no size. */
static int64_t round_down(int64_t share)
{
	return share / FACT_BP * FACT_BP;
}

static int64_t round_up(int64_t share)
{
	return (share + FACT_BP - 1) / FACT_BP * FACT_BP;
}

static int64_t least(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/* What the holders' weights make of a node. */
static void weigh(const struct work *w, size_t node, int64_t *ret_low,
		  int64_t *ret_high)
{
	const struct graph *g = w->g;
	int64_t low = 0, known = 0, most = 0;

	for (size_t i = g->in_first[node]; i < g->in_first[node + 1]; i++) {
		const struct graph_edge *e = &g->edges[i];
		struct weight by = w->weights[e->holder];
		int64_t share = round_down(e->low);

		low += times(share, by.low, false);
		known += times(share, FACT_WHOLE - by.high, false);
		most += times(round_up(e->high), by.high, true);
	}
	*ret_low = least(low, FACT_WHOLE);
	*ret_high = FACT_WHOLE - least(known, FACT_WHOLE);
	*ret_high = least(*ret_high, round_up(g->nodes[node].cap));
	if (solve_has_no_rest(&g->nodes[node]))
		*ret_high = least(*ret_high, most);
	if (*ret_high < *ret_low)
		*ret_high = *ret_low;
}

/* The result of a node, and what it weighs as a holder. */
static bool settle(struct work *w, size_t node, int64_t low, int64_t high)
{
	struct solution *s = w->s;
	bool is_changed = s->economic_low[node] != low ||
			  s->economic_high[node] != high;

	s->economic_low[node] = low;
	s->economic_high[node] = high;
	if (!w->weights[node].is_party)
		w->weights[node].low = low;
	if (!w->weights[node].may_be_party)
		w->weights[node].high = high;
	return is_changed;
}

/* One round for all nodes of a circle; false when nothing changed. */
static bool weigh_circle(struct work *w, const size_t *nodes, size_t n)
{
	bool is_changed = false;

	vec_clear(&w->fresh);
	for (size_t i = 0; i < n; i++) {
		int64_t low, high;

		weigh(w, nodes[i], &low, &high);
		vec_push(&w->fresh, low);
		vec_push(&w->fresh, high);
	}
	for (size_t i = 0; i < n; i++)
		is_changed |= settle(w, nodes[i], w->fresh.v[2 * i],
				     w->fresh.v[2 * i + 1]);
	return is_changed;
}

static void solve_circle(struct work *w, const size_t *nodes, size_t n)
{
	size_t edges = 1, rounds;

	for (size_t i = 0; i < n; i++)
		edges += w->g->in_first[nodes[i] + 1] -
			 w->g->in_first[nodes[i]];
	rounds = ROUND_EDGES / edges;
	rounds = rounds < ROUNDS_MIN ? ROUNDS_MIN
		: rounds > ROUNDS_MAX ? ROUNDS_MAX : rounds;
	if (n == 1)
		rounds = 1;
	while (rounds-- && weigh_circle(w, nodes, n))
		;
}

static void open_node(struct work *w, size_t node)
{
	w->number[node] = w->lowest[node] = ++w->count;
	w->cursor[node] = w->g->in_first[node];
	w->is_open[node] = true;
	vec_push(&w->path, node);
	vec_push(&w->pending, node);
}

/* All holders were seen: the node may close a circle. */
static void close_node(struct work *w, size_t node)
{
	size_t first = w->pending.n, parent;

	w->path.n--;
	if (w->path.n) {
		parent = w->path.v[w->path.n - 1];
		if (w->lowest[node] < w->lowest[parent])
			w->lowest[parent] = w->lowest[node];
	}
	if (w->lowest[node] != w->number[node])
		return;
	do
		w->is_open[w->pending.v[--first]] = false;
	while (w->pending.v[first] != node);
	solve_circle(w, w->pending.v + first, w->pending.n - first);
	w->pending.n = first;
}

static void visit(struct work *w, size_t start)
{
	const struct graph *g = w->g;

	open_node(w, start);
	while (w->path.n) {
		size_t node = w->path.v[w->path.n - 1], holder;

		if (w->cursor[node] == g->in_first[node + 1]) {
			close_node(w, node);
			continue;
		}
		holder = g->edges[w->cursor[node]++].holder;
		if (!w->number[holder])
			open_node(w, holder);
		else if (w->is_open[holder] &&
			 w->number[holder] < w->lowest[node])
			w->lowest[node] = w->number[holder];
	}
}

static void weigh_parties(struct work *w)
{
	const struct solution *s = w->s;

	for (size_t i = 0; i < w->g->n; i++) {
		const struct graph_node *n = &w->g->nodes[i];
		struct weight *p = &w->weights[i];

		p->is_party = solve_is_party(n) ||
			      s->low.established[i] != SOLVE_NEVER;
		p->may_be_party = solve_may_be_party(n) ||
				  s->high.established[i] == SOLVE_NEVER;
		p->low = p->is_party ? FACT_WHOLE : 0;
		p->high = FACT_WHOLE;
	}
}

void solve_economic_run(struct solution *s)
{
	size_t n = s->graph.n + 1;
	struct work w = {.s = s, .g = &s->graph};

	s->economic_low = arena_alloc(&s->arena, n * sizeof(int64_t));
	s->economic_high = arena_alloc(&s->arena, n * sizeof(int64_t));
	for (size_t i = 0; i < s->graph.n; i++)
		s->economic_high[i] = FACT_WHOLE;
	w.weights = mem_new(n, sizeof *w.weights);
	weigh_parties(&w);
	w.number = mem_new(n, sizeof(size_t));
	w.lowest = mem_new(n, sizeof(size_t));
	w.cursor = mem_new(n, sizeof(size_t));
	w.is_open = mem_new(n, sizeof(bool));
	for (size_t i = 0; i < s->graph.n; i++)
		if (!w.number[i])
			visit(&w, i);
	free(w.weights);
	free(w.number);
	free(w.lowest);
	free(w.cursor);
	free(w.is_open);
	vec_release(&w.path);
	vec_release(&w.pending);
	vec_release(&w.fresh);
}
