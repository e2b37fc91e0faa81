/*
 * From above: what the rows leave open.  Everything is possible at first;
 * round by round what the rows rule out leaves.  Nodes that hold each other
 * in a circle, with nobody else known, stay: somebody decides there.
 */
#include "attribute/solve.h"

#include "base/mem.h"

/* What has been ruled out about the holders of a node so far. */
struct losses {
	int64_t owner_low;   /* shares of holders that count no more */
	int64_t concern_low; /* the same, of holders without control */
	int64_t owner_high;  /* what holders that still count may have */
	size_t controllers;  /* sure controllers that are of no concern */
	size_t by_row;       /* ... because a row says control */
	size_t possible;     /* possible controllers left */
	bool is_queued;
};

struct work {
	struct solution *s;
	struct graph *g;
	struct solve_high *h;
	struct losses *lost;
	VEC(size_t) now, next;
	uint32_t round;
};

static int64_t least(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static int64_t share_of(const struct work *w, size_t node)
{
	const struct graph_node *n = &w->g->nodes[node];
	const struct losses *l = &w->lost[node];
	int64_t share = least(n->cap, FACT_WHOLE - l->owner_low);

	if (solve_has_no_rest(n))
		share = least(share, l->owner_high);
	/* who controls it is known and elsewhere: no half of it is open */
	if (l->by_row)
		share = least(share, GRAPH_HALF - 1);
	return share > w->s->low.share[node] ? share : w->s->low.share[node];
}

static bool may_be_established(const struct work *w, size_t node)
{
	const struct graph_node *n = &w->g->nodes[node];

	return n->may_be_inside && n->from_outside == GRAPH_NONE &&
	       !w->lost[node].controllers;
}

/* An undisclosed party may decide. */
static bool is_open(const struct work *w, size_t node)
{
	const struct graph_node *n = &w->g->nodes[node];

	return !n->is_body && n->from_outside == GRAPH_NONE &&
	       n->dispersed == GRAPH_NONE && !w->lost[node].controllers &&
	       w->lost[node].concern_low < FACT_WHOLE;
}

static bool may_be_controlled(const struct work *w, size_t node)
{
	const struct graph_node *n = &w->g->nodes[node];

	return n->may_be_from_inside || w->lost[node].possible ||
	       (n->is_body && may_be_established(w, node)) ||
	       (n->is_state_body && n->may_be_inside) || is_open(w, node);
}

static void rule_out(struct work *w, uint32_t *round_of, size_t node)
{
	if (round_of[node] == SOLVE_NEVER)
		round_of[node] = w->round;
}

static void judge(struct work *w, size_t node)
{
	bool is_party = solve_may_be_party(&w->g->nodes[node]);
	bool is_established = may_be_established(w, node);
	bool is_owned = share_of(w, node) >= GRAPH_HALF;
	bool is_controlled = may_be_controlled(w, node);

	if (!is_established)
		rule_out(w, w->h->established, node);
	if (!is_owned)
		rule_out(w, w->h->owned, node);
	if (!is_controlled)
		rule_out(w, w->h->controlled, node);
	if (!is_party && !is_established && !is_owned) {
		rule_out(w, w->h->owner, node);
		if (!is_controlled)
			rule_out(w, w->h->concern, node);
	}
}

static void lose_owner(struct losses *l, const struct graph_edge *e)
{
	l->owner_low += e->low;
	l->owner_high -= e->high;
}

static void lose_concern(struct losses *l, const struct graph_edge *e)
{
	l->concern_low += e->low;
	l->controllers += graph_is_control(e);
	l->by_row += e->controls != GRAPH_NONE;
	l->possible -= e->is_possible;
}

static void queue(struct work *w, size_t node)
{
	if (w->lost[node].is_queued)
		return;
	w->lost[node].is_queued = true;
	vec_push(&w->next, node);
}

/* What a node lost in this round its held ones feel in the next. */
static void pass_on(struct work *w, size_t node)
{
	const struct graph *g = w->g;
	bool lost_owner = w->h->owner[node] == w->round;
	bool lost_concern = w->h->concern[node] == w->round;

	if (!lost_owner && !lost_concern)
		return;
	for (size_t i = g->out_first[node]; i < g->out_first[node + 1]; i++) {
		const struct graph_edge *e = &g->edges[g->out[i]];

		if (lost_owner)
			lose_owner(&w->lost[e->held], e);
		if (lost_concern)
			lose_concern(&w->lost[e->held], e);
		queue(w, e->held);
	}
}

static void begin(struct work *w)
{
	const struct graph *g = w->g;

	for (size_t i = 0; i < g->edges_n; i++) {
		const struct graph_edge *e = &g->edges[i];

		w->lost[e->held].owner_high += e->high;
		w->lost[e->held].possible += e->is_possible;
	}
	for (size_t i = 0; i < g->n; i++)
		queue(w, i);
}

static void take_turn(struct work *w)
{
	size_t *v = w->now.v, cap = w->now.cap;

	w->now.v = w->next.v;
	w->now.n = w->next.n;
	w->now.cap = w->next.cap;
	w->next.v = v;
	w->next.n = 0;
	w->next.cap = cap;
	for (size_t i = 0; i < w->now.n; i++)
		w->lost[w->now.v[i]].is_queued = false;
}

static void run(struct work *w)
{
	for (w->round = 0; w->next.n; w->round++) {
		take_turn(w);
		for (size_t i = 0; i < w->now.n; i++)
			judge(w, w->now.v[i]);
		for (size_t i = 0; i < w->now.n; i++)
			pass_on(w, w->now.v[i]);
	}
}

/* Runs with a set that only possible controllers of the set and what `may`
 * allows stay in. */
typedef bool may_stay(const struct work *w, size_t node);

static void run_set(struct work *w, uint32_t *round_of, may_stay *may)
{
	const struct graph *g = w->g;

	for (w->round = 0; w->next.n; w->round++) {
		take_turn(w);
		for (size_t i = 0; i < w->now.n; i++)
			if (!may(w, w->now.v[i]))
				rule_out(w, round_of, w->now.v[i]);
		for (size_t i = 0; i < w->now.n; i++) {
			size_t node = w->now.v[i];

			if (round_of[node] != w->round)
				continue;
			for (size_t k = g->out_first[node];
			     k < g->out_first[node + 1]; k++) {
				const struct graph_edge *e =
					&g->edges[g->out[k]];

				lose_concern(&w->lost[e->held], e);
				queue(w, e->held);
			}
		}
	}
}

/* --- state ---------------------------------------------------------------- */

/* A state institution of concern may decide what the node does.  Here
 * `concern` means such an institution. */
static bool may_be_state(const struct work *w, size_t node)
{
	const struct graph_node *n = &w->g->nodes[node];
	const struct losses *l = &w->lost[node];

	if (!w->g->has_jurisdictions)
		return false;
	if (n->is_state_body || !n->has_kind)
		return n->may_be_inside || l->possible || is_open(w, node);
	return n->may_be_from_inside || l->possible ||
	       (n->is_body && n->may_be_inside && !l->controllers) ||
	       is_open(w, node);
}

/* --- affiliates ----------------------------------------------------------- */

/* A listed one may decide what the node does: one that rows name, or an
 * undisclosed holder. */
static bool may_be_affiliate(const struct work *w, size_t node)
{
	return w->g->has_listed &&
	       (w->lost[node].possible || is_open(w, node));
}

static bool may_be_reached(const struct work *w, size_t node)
{
	return w->g->nodes[node].may_be_listed || may_be_affiliate(w, node);
}

void solve_high_run(struct solution *s)
{
	size_t n = s->graph.n + 1;
	struct work w = {.s = s, .g = &s->graph, .h = &s->high};

	s->high = (struct solve_high){
		.established = solve_rounds(s), .owned = solve_rounds(s),
		.controlled = solve_rounds(s), .owner = solve_rounds(s),
		.concern = solve_rounds(s), .state = solve_rounds(s),
		.reached = solve_rounds(s),
		.affiliate = arena_alloc(&s->arena, n * sizeof(bool)),
		.share = arena_alloc(&s->arena, n * sizeof(int64_t)),
	};
	w.lost = mem_new(n, sizeof *w.lost);
	begin(&w);
	run(&w);
	for (size_t i = 0; i < s->graph.n; i++)
		s->high.share[i] = share_of(&w, i);
	free(w.lost);
	w.lost = mem_new(n, sizeof *w.lost);
	begin(&w);
	run_set(&w, s->high.state, may_be_state);
	free(w.lost);
	w.lost = mem_new(n, sizeof *w.lost);
	begin(&w);
	run_set(&w, s->high.reached, may_be_reached);
	for (size_t i = 0; i < s->graph.n; i++)
		s->high.affiliate[i] = may_be_affiliate(&w, i);
	free(w.lost);
	vec_release(&w.now);
	vec_release(&w.next);
}
