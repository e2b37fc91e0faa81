/*
 * From below: what the rows that hold for sure prove.  A node joins a set in
 * the round after its premises did.
 */
#include "attribute/solve.h"

#include "base/mem.h"

struct front { VEC(size_t) nodes; };

struct work {
	struct graph *g;
	struct solve_low *l;
	size_t *unknown;  /* controllers not known to be of concern */
	struct front owners[2], concerns[2]; /* of this and the next round */
};

static bool no_controller_elsewhere(const struct graph_node *n)
{
	return n->inside != GRAPH_NONE && !n->may_be_from_outside;
}

static void add_owner(struct work *w, size_t node, uint32_t round)
{
	if (w->l->owner[node] != SOLVE_NEVER)
		return;
	w->l->owner[node] = round;
	vec_push(&w->owners[1].nodes, node);
}

static void add_concern(struct work *w, size_t node, uint32_t round)
{
	if (w->l->concern[node] != SOLVE_NEVER)
		return;
	w->l->concern[node] = round;
	vec_push(&w->concerns[1].nodes, node);
}

static void set_controlled(struct work *w, size_t node, uint32_t round)
{
	if (w->l->controlled[node] != SOLVE_NEVER)
		return;
	w->l->controlled[node] = round;
	add_concern(w, node, round);
}

/* Universities, state bodies and the like are controlled from where they are
 * established. */
static void set_established(struct work *w, size_t node, uint32_t round)
{
	if (w->l->established[node] != SOLVE_NEVER)
		return;
	w->l->established[node] = round;
	add_owner(w, node, round);
	add_concern(w, node, round);
	if (w->g->nodes[node].is_body)
		set_controlled(w, node, round);
}

static void set_owned(struct work *w, size_t node, uint32_t round)
{
	if (w->l->owned[node] != SOLVE_NEVER)
		return;
	w->l->owned[node] = round;
	add_owner(w, node, round);
	add_concern(w, node, round);
}

static size_t known_controllers(const struct graph *g, size_t node)
{
	size_t n = 0;

	for (size_t i = g->in_first[node]; i < g->in_first[node + 1]; i++)
		n += g->edges[i].is_known;
	return n;
}

/* A node whose known controller is elsewhere blocks what it controls. */
static void block(struct graph *g, bool *is_blocked)
{
	struct front f = {0};

	for (size_t i = 0; i < g->n; i++) {
		is_blocked[i] = !no_controller_elsewhere(&g->nodes[i]) &&
				!solve_is_party(&g->nodes[i]);
		if (is_blocked[i])
			vec_push(&f.nodes, i);
	}
	while (f.nodes.n) {
		size_t node = f.nodes.v[--f.nodes.n];

		for (size_t i = g->out_first[node];
		     i < g->out_first[node + 1]; i++) {
			const struct graph_edge *e = &g->edges[g->out[i]];

			if (!e->is_known || is_blocked[e->held] ||
			    solve_is_party(&g->nodes[e->held]))
				continue;
			is_blocked[e->held] = true;
			vec_push(&f.nodes, e->held);
		}
	}
	vec_release(&f.nodes);
}

/* All known controllers are inside too, or parties; those that hold each
 * other in a circle lead nowhere else. */
static bool is_ours(const struct graph *g, const bool *is_blocked, size_t node)
{
	if (!no_controller_elsewhere(&g->nodes[node]))
		return false;
	for (size_t i = g->in_first[node]; i < g->in_first[node + 1]; i++)
		if (g->edges[i].is_known && is_blocked[g->edges[i].holder])
			return false;
	return true;
}

static void begin(struct work *w)
{
	struct graph *g = w->g;
	bool *is_blocked = mem_new(g->n + 1, sizeof *is_blocked);

	block(g, is_blocked);
	for (size_t i = 0; i < g->n; i++) {
		w->unknown[i] = known_controllers(g, i);
		if (is_ours(g, is_blocked, i))
			set_established(w, i, 0);
		if (solve_is_party(&g->nodes[i])) {
			add_owner(w, i, 0);
			add_concern(w, i, 0);
		}
		if (g->nodes[i].from_inside != GRAPH_NONE ||
		    (g->nodes[i].is_state_body &&
		     g->nodes[i].inside != GRAPH_NONE))
			set_controlled(w, i, 0);
	}
	free(is_blocked);
}

static void sum_shares(struct work *w, uint32_t round)
{
	struct graph *g = w->g;

	for (size_t k = 0; k < w->owners[0].nodes.n; k++) {
		size_t node = w->owners[0].nodes.v[k];

		for (size_t i = g->out_first[node];
		     i < g->out_first[node + 1]; i++) {
			const struct graph_edge *e = &g->edges[g->out[i]];
			int64_t *sum = &w->l->share[e->held];

			*sum += e->low;
			if (*sum > FACT_WHOLE)
				*sum = FACT_WHOLE;
			if (*sum >= GRAPH_HALF)
				set_owned(w, e->held, round);
		}
	}
}

static void pass_control(struct work *w, uint32_t round)
{
	struct graph *g = w->g;

	for (size_t k = 0; k < w->concerns[0].nodes.n; k++) {
		size_t node = w->concerns[0].nodes.v[k];

		for (size_t i = g->out_first[node];
		     i < g->out_first[node + 1]; i++) {
			const struct graph_edge *e = &g->edges[g->out[i]];

			if (graph_is_control(e))
				set_controlled(w, e->held, round);
			if (e->is_known && --w->unknown[e->held] == 0 &&
			    no_controller_elsewhere(&g->nodes[e->held]))
				set_established(w, e->held, round);
		}
	}
}

static void next_front(struct front *f)
{
	struct front old = f[0];

	f[0] = f[1];
	f[1] = old;
	vec_clear(&f[1].nodes);
}

static void run(struct work *w)
{
	begin(w);
	for (uint32_t round = 1;
	     w->owners[1].nodes.n || w->concerns[1].nodes.n; round++) {
		next_front(w->owners);
		next_front(w->concerns);
		sum_shares(w, round);
		pass_control(w, round);
	}
	for (size_t i = 0; i < 2; i++) {
		vec_release(&w->owners[i].nodes);
		vec_release(&w->concerns[i].nodes);
	}
}

/* Sets the round of what is below the nodes of round 0 by control. */
static void spread(const struct graph *g, uint32_t *round_of)
{
	struct front f = {0};

	for (size_t i = 0; i < g->n; i++)
		if (round_of[i] == 0)
			vec_push(&f.nodes, i);
	for (size_t at = 0; at < f.nodes.n; at++) {
		size_t node = f.nodes.v[at];

		for (size_t i = g->out_first[node];
		     i < g->out_first[node + 1]; i++) {
			const struct graph_edge *e = &g->edges[g->out[i]];

			if (!graph_is_control(e) ||
			    round_of[e->held] != SOLVE_NEVER)
				continue;
			round_of[e->held] = round_of[node] + 1;
			vec_push(&f.nodes, e->held);
		}
	}
	vec_release(&f.nodes);
}

/* Marks what controls a listed one, as long as it is of concern itself and
 * no state body: a ministry does not make a group of all that it holds. */
static void mark_heads(struct solution *s, uint32_t *round_of)
{
	const struct graph *g = &s->graph;
	struct front f = {0};

	for (size_t i = 0; i < g->n; i++)
		if (g->nodes[i].listed != GRAPH_NONE)
			vec_push(&f.nodes, i);
	for (size_t at = 0; at < f.nodes.n; at++) {
		size_t node = f.nodes.v[at];

		for (size_t i = g->in_first[node];
		     i < g->in_first[node + 1]; i++) {
			const struct graph_edge *e = &g->edges[i];

			if (!graph_is_control(e) ||
			    round_of[e->holder] == 0 ||
			    g->nodes[e->holder].is_state_body ||
			    s->low.concern[e->holder] == SOLVE_NEVER)
				continue;
			round_of[e->holder] = 0;
			vec_push(&f.nodes, e->holder);
		}
	}
	vec_release(&f.nodes);
}

static void find_affiliates(struct solution *s)
{
	const struct graph *g = &s->graph;
	uint32_t *group = solve_rounds(s);

	for (size_t i = 0; i < g->n; i++)
		if (g->nodes[i].listed != GRAPH_NONE)
			s->low.affiliate[i] = 0;
	spread(g, s->low.affiliate);
	mark_heads(s, group);
	spread(g, group);
	for (size_t i = 0; i < g->n; i++)
		s->low.group[i] = group[i] != SOLVE_NEVER;
}

static void find_state(struct solution *s)
{
	for (size_t i = 0; i < s->graph.n; i++) {
		const struct graph_node *n = &s->graph.nodes[i];

		if (n->is_state_body && n->inside != GRAPH_NONE)
			s->low.state[i] = 0;
	}
	spread(&s->graph, s->low.state);
}

void solve_low_run(struct solution *s)
{
	size_t n = s->graph.n + 1;
	struct work w = {.g = &s->graph, .l = &s->low};

	s->low = (struct solve_low){
		.established = solve_rounds(s), .owned = solve_rounds(s),
		.controlled = solve_rounds(s), .owner = solve_rounds(s),
		.concern = solve_rounds(s), .state = solve_rounds(s),
		.affiliate = solve_rounds(s),
		.group = arena_alloc(&s->arena, n * sizeof(bool)),
		.share = arena_alloc(&s->arena, n * sizeof(int64_t)),
	};
	w.unknown = mem_new(n, sizeof *w.unknown);
	run(&w);
	free(w.unknown);
	find_state(s);
	find_affiliates(s);
}
