/*
 * Proofs are taken apart backwards: a claim about a node stands on rows and on
 * claims that were settled in an earlier round.  The latest claim is taken
 * first, so that the rows, reversed, lead from the party of concern down.
 */
#include "attribute/proof.h"

enum claim {
	LISTED, PARTY, ESTABLISHED, OWNED, OWNER, CONTROLLED, CONCERN, STATE,
	AFFILIATE, LOCATED,
	NOT_ESTABLISHED, NOT_OWNED, NOT_OWNER, NOT_CONTROLLED, NOT_CONCERN,
	NOT_STATE, NOT_LISTED, NOT_AFFILIATE, NOT_REACHED
};

static const struct graph_node *node_of(const struct proof *p, size_t node)
{
	return &p->s->graph.nodes[node];
}

static void add_row(struct proof *p, size_t row)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->rows[i] == row)
			return;
	if (row != GRAPH_NONE && p->n < LIMIT_CHAIN)
		p->rows[p->n++] = row;
}

static void need(struct proof *p, enum claim claim, size_t node, int64_t share,
		 uint32_t round)
{
	for (size_t i = 0; i < p->steps.n; i++)
		if (p->steps.v[i].claim == (int)claim &&
		    p->steps.v[i].node == node)
			return;
	if (p->steps.n < 4 * LIMIT_CHAIN)
		vec_push(&p->steps, ((struct proof_step){
			(int)claim, node, share, round, false}));
}

/* --- from below ----------------------------------------------------------- */

static void need_owner(struct proof *p, size_t node)
{
	need(p, OWNER, node, 0, p->s->low.owner[node]);
}

static void need_concern(struct proof *p, size_t node)
{
	need(p, CONCERN, node, 0, p->s->low.concern[node]);
}

/* Edges sort by share (greatest first), then by round and row. */
struct pick {
	int64_t share;
	uint32_t round;
	size_t edge, row;
};

static int compare_picks(const void *a, const void *b)
{
	const struct pick *x = a, *y = b;

	if (x->share != y->share)
		return x->share > y->share ? -1 : 1;
	if (x->round != y->round)
		return x->round < y->round ? -1 : 1;
	return (x->row > y->row) - (x->row < y->row);
}

static int compare_rounds(const void *a, const void *b)
{
	const struct pick *x = a, *y = b;

	return (x->round > y->round) - (x->round < y->round);
}

/*
 * The fewest edges into a node whose shares reach `share`, of those whose
 * holders were settled first: into p->edges.
 */
static void pick_edges(struct proof *p, size_t node, int64_t share,
		       const uint32_t *round_of)
{
	const struct graph *g = &p->s->graph;
	VEC(struct pick) picks = {0};
	int64_t sum = 0;
	size_t n = 0;

	vec_clear(&p->edges);
	for (size_t i = g->in_first[node]; i < g->in_first[node + 1]; i++) {
		const struct graph_edge *e = &g->edges[i];

		if (e->low && round_of[e->holder] != SOLVE_NEVER)
			vec_push(&picks, ((struct pick){
				e->low, round_of[e->holder], i, e->owns}));
	}
	vec_sort(&picks, compare_rounds);
	while (n < picks.n && sum < share)
		sum += picks.v[n++].share;
	while (n && n < picks.n && picks.v[n].round == picks.v[n - 1].round)
		n++;
	picks.n = n;
	vec_sort(&picks, compare_picks);
	sum = 0;
	for (size_t i = 0; i < picks.n && sum < share; i++) {
		sum += picks.v[i].share;
		vec_push(&p->edges, picks.v[i].edge);
	}
	vec_release(&picks);
}

static void prove_owned(struct proof *p, size_t node, int64_t share)
{
	const struct graph *g = &p->s->graph;

	pick_edges(p, node, share, p->s->low.owner);
	for (size_t i = p->edges.n; i-- > 0;) {
		const struct graph_edge *e = &g->edges[p->edges.v[i]];

		add_row(p, e->owns);
		need_owner(p, e->holder);
	}
}

static void prove_party(struct proof *p, size_t node)
{
	const struct graph_node *n = node_of(p, node);

	if (n->listed != GRAPH_NONE) {
		add_row(p, n->listed);
	} else if (n->from_inside != GRAPH_NONE) {
		add_row(p, n->from_inside);
	} else {
		add_row(p, n->inside);
		add_row(p, n->declared);
	}
}

/* The edge of control whose holder was settled first, then the first row. */
static size_t first_controller(const struct proof *p, size_t node,
			       const uint32_t *round_of)
{
	const struct graph *g = &p->s->graph;
	size_t best = GRAPH_NONE;

	for (size_t i = g->in_first[node]; i < g->in_first[node + 1]; i++) {
		const struct graph_edge *e = &g->edges[i], *b;
		uint32_t round = round_of[e->holder];

		if (!graph_is_control(e) || round == SOLVE_NEVER)
			continue;
		b = best == GRAPH_NONE ? NULL : &g->edges[best];
		if (!b || round < round_of[b->holder] ||
		    (round == round_of[b->holder] &&
		     graph_control_row(e) < graph_control_row(b)))
			best = i;
	}
	return best;
}

static void prove_controlled(struct proof *p, size_t node)
{
	bool is_established = p->s->low.established[node] != SOLVE_NEVER;
	const struct graph_node *n = node_of(p, node);
	const struct graph_edge *e;

	if (n->from_inside != GRAPH_NONE) {
		add_row(p, n->from_inside);
	} else if (n->is_state_body ? n->inside != GRAPH_NONE
				    : n->is_body && is_established) {
		add_row(p, n->inside);
		add_row(p, n->declared);
	} else {
		e = &p->s->graph.edges[first_controller(
			p, node, p->s->low.concern)];
		add_row(p, graph_control_row(e));
		need_concern(p, e->holder);
	}
}

/*
 * By what it was settled first; control is one edge, a sum may be several.
 * One that is established because all of its controllers are of concern (so
 * not in round 0) is shown by them.
 */
static void prove_concern(struct proof *p, size_t node, bool is_owner)
{
	const struct solve_low *l = &p->s->low;
	uint32_t round = is_owner ? l->owner[node] : l->concern[node];

	if (round == 0 && l->established[node] == 0)
		need(p, ESTABLISHED, node, 0, round);
	else if (solve_is_party(node_of(p, node)))
		need(p, PARTY, node, 0, round);
	else if (!is_owner && l->controlled[node] == round)
		need(p, CONTROLLED, node, 0, round);
	else if (l->owned[node] == round)
		need(p, OWNED, node, GRAPH_HALF, round);
	else
		need(p, ESTABLISHED, node, 0, round);
}

static void prove_state(struct proof *p, size_t node)
{
	const struct graph_node *n = node_of(p, node);
	const struct graph_edge *e;

	if (p->s->low.state[node] == 0) {
		add_row(p, n->inside);
		add_row(p, n->declared);
		return;
	}
	e = &p->s->graph.edges[first_controller(p, node, p->s->low.state)];
	add_row(p, graph_control_row(e));
	need(p, STATE, e->holder, 0, p->s->low.state[e->holder]);
}

static void prove_affiliate(struct proof *p, size_t node)
{
	const uint32_t *round_of = p->s->low.affiliate;
	size_t edge = first_controller(p, node, round_of);
	const struct graph_edge *e = &p->s->graph.edges[edge];

	add_row(p, graph_control_row(e));
	need(p, round_of[e->holder] ? AFFILIATE : LISTED, e->holder, 0,
	     round_of[e->holder]);
}

/* --- from above ----------------------------------------------------------- */

static void need_not(struct proof *p, enum claim claim, size_t node,
		     const uint32_t *round_of)
{
	need(p, claim, node, GRAPH_HALF, round_of[node]);
}

static void refute_by_controller(struct proof *p, size_t edge,
				 enum claim claim, const uint32_t *round_of)
{
	const struct graph_edge *e = &p->s->graph.edges[edge];

	add_row(p, graph_control_row(e));
	need_not(p, claim, e->holder, round_of);
}

static void refute_established(struct proof *p, size_t node)
{
	const struct graph_node *n = node_of(p, node);
	const uint32_t *round_of = p->s->high.concern;

	if (!n->may_be_inside)
		add_row(p, n->outside);
	else if (n->from_outside != GRAPH_NONE)
		add_row(p, n->from_outside);
	else
		refute_by_controller(p, first_controller(p, node, round_of),
				     NOT_CONCERN, round_of);
}

/* The shares of holders that do not count leave less than `share`. */
static void refute_by_sum(struct proof *p, size_t node, int64_t share,
			  enum claim claim, const uint32_t *round_of)
{
	const struct graph *g = &p->s->graph;

	pick_edges(p, node, FACT_WHOLE - share + 1, round_of);
	for (size_t i = p->edges.n; i-- > 0;) {
		const struct graph_edge *e = &g->edges[p->edges.v[i]];

		add_row(p, e->owns);
		need_not(p, claim, e->holder, round_of);
	}
}

/* A controller that a row names. */
static size_t named_controller(const struct proof *p, size_t node)
{
	const struct graph *g = &p->s->graph;

	for (size_t i = g->in_first[node]; i < g->in_first[node + 1]; i++)
		if (g->edges[i].controls != GRAPH_NONE &&
		    p->s->high.concern[g->edges[i].holder] != SOLVE_NEVER)
			return i;
	return GRAPH_NONE;
}

static void refute_owned(struct proof *p, size_t node, int64_t share)
{
	const struct graph_node *n = node_of(p, node);
	size_t named = named_controller(p, node);

	if (solve_has_no_rest(n))
		add_row(p, n->is_body ? n->declared : n->from_outside);
	else if (n->cap < share)
		add_row(p, n->dispersed);
	else if (named != GRAPH_NONE && share >= GRAPH_HALF)
		refute_by_controller(p, named, NOT_CONCERN,
				     p->s->high.concern);
	else
		refute_by_sum(p, node, share, NOT_OWNER, p->s->high.owner);
}

/* Control or state: what closes the one closes the other. */
static void refute_control(struct proof *p, size_t node, enum claim claim,
			   const uint32_t *round_of)
{
	const struct graph_node *n = node_of(p, node);
	size_t controller = first_controller(p, node, round_of);

	if (n->from_outside != GRAPH_NONE) {
		add_row(p, n->from_outside);
	} else if (n->is_body) {
		add_row(p, n->declared);
		if (!n->may_be_inside)
			add_row(p, n->outside);
		else
			refute_by_controller(p, controller, claim, round_of);
	} else if (n->dispersed != GRAPH_NONE) {
		add_row(p, n->dispersed);
	} else if (controller != GRAPH_NONE) {
		refute_by_controller(p, controller, claim, round_of);
	} else {
		refute_by_sum(p, node, 1, claim, round_of);
	}
}

/* Nor is it such an institution itself. */
static void refute_state(struct proof *p, size_t node)
{
	const struct graph_node *n = node_of(p, node);

	if (!p->s->graph.has_jurisdictions)
		return;
	refute_control(p, node, NOT_STATE, p->s->high.state);
	add_row(p, n->may_be_inside ? n->declared : n->outside);
}

static size_t place_of(const struct graph_node *n)
{
	return n->outside != GRAPH_NONE ? n->outside : n->inside;
}

/* The lists are held whole, or cannot name it. */
static void refute_listed(struct proof *p, size_t node)
{
	const struct graph *g = &p->s->graph;
	size_t n;
	const size_t *rows = facts_index_about(
		g->f, node_of(p, node)->organisation, &n);

	for (size_t i = 0; i < g->extent.lists.n; i++) {
		const struct extent_list *l = &g->extent.lists.v[i];
		size_t exempt;

		add_row(p, l->closed);
		if (l->closed != SIZE_MAX)
			continue;
		exempt = extent_exempt(&g->extent, l, rows, n);
		add_row(p, exempt);
		if (exempt != SIZE_MAX)
			add_row(p, place_of(node_of(p, node)));
	}
}

/* No listed one decides what it does. */
static void refute_affiliate(struct proof *p, size_t node)
{
	const struct graph_node *n = node_of(p, node);
	const uint32_t *round_of = p->s->high.reached;
	size_t controller = first_controller(p, node, round_of);

	if (n->from_outside != GRAPH_NONE)
		add_row(p, n->from_outside);
	else if (n->is_body)
		add_row(p, n->declared);
	else if (n->dispersed != GRAPH_NONE)
		add_row(p, n->dispersed);
	else if (controller != GRAPH_NONE)
		refute_by_controller(p, controller, NOT_REACHED, round_of);
	else
		refute_by_sum(p, node, 1, NOT_REACHED, round_of);
}

static void refute_concern(struct proof *p, size_t node, bool is_owner)
{
	if (!is_owner)
		need_not(p, NOT_CONTROLLED, node, p->s->high.controlled);
	need_not(p, NOT_OWNED, node, p->s->high.owned);
	need_not(p, NOT_ESTABLISHED, node, p->s->high.established);
}

/* --- both ----------------------------------------------------------------- */

static void take_apart(struct proof *p, const struct proof_step *step)
{
	size_t node = step->node;
	const struct graph_node *n = node_of(p, node);

	switch ((enum claim)step->claim) {
	case LISTED: add_row(p, n->listed); break;
	case PARTY: prove_party(p, node); break;
	case ESTABLISHED: add_row(p, n->inside); break;
	case OWNED: prove_owned(p, node, step->share); break;
	case OWNER: prove_concern(p, node, true); break;
	case CONTROLLED: prove_controlled(p, node); break;
	case CONCERN: prove_concern(p, node, false); break;
	case STATE: prove_state(p, node); break;
	case AFFILIATE: prove_affiliate(p, node); break;
	case LOCATED:
		add_row(p, n->located != GRAPH_NONE ? n->located : n->inside);
		break;
	case NOT_ESTABLISHED: refute_established(p, node); break;
	case NOT_OWNED: refute_owned(p, node, step->share); break;
	case NOT_OWNER: refute_concern(p, node, true); break;
	case NOT_CONTROLLED:
		refute_control(p, node, NOT_CONCERN, p->s->high.concern);
		break;
	case NOT_CONCERN: refute_concern(p, node, false); break;
	case NOT_STATE: refute_state(p, node); break;
	case NOT_LISTED: refute_listed(p, node); break;
	case NOT_AFFILIATE: refute_affiliate(p, node); break;
	case NOT_REACHED:
		refute_affiliate(p, node);
		refute_listed(p, node);
		break;
	}
}

/* The latest of the steps that are left, or NULL. */
static struct proof_step *latest(struct proof *p)
{
	struct proof_step *best = NULL;

	for (size_t i = 0; i < p->steps.n; i++) {
		struct proof_step *step = &p->steps.v[i];

		if (!step->is_done && (!best || step->round > best->round))
			best = step;
	}
	return best;
}

static void run(struct proof *p)
{
	struct proof_step *next;

	while (p->n < LIMIT_CHAIN && (next = latest(p))) {
		struct proof_step step = *next;

		next->is_done = true;
		take_apart(p, &step);
	}
	for (size_t i = 0; i < p->n / 2; i++) {
		size_t row = p->rows[i];

		p->rows[i] = p->rows[p->n - 1 - i];
		p->rows[p->n - 1 - i] = row;
	}
}

static int claim_of(enum rung rung, bool is_no)
{
	switch (rung) {
	case RUNG_LISTED: return is_no ? NOT_LISTED : LISTED;
	case RUNG_AFFILIATE: return is_no ? NOT_AFFILIATE : AFFILIATE;
	case RUNG_LOCATED: return is_no ? -1 : LOCATED;
	case RUNG_CONTROLLED: return is_no ? NOT_CONTROLLED : CONTROLLED;
	case RUNG_STATE: return is_no ? NOT_STATE : STATE;
	case RUNG_ESTABLISHED: return is_no ? NOT_ESTABLISHED : ESTABLISHED;
	case RUNG_OWNED50:
	case RUNG_OWNED25:
	case RUNG_OWNED10:
	case RUNG_OWNED5: return is_no ? NOT_OWNED : OWNED;
	default: return -1;
	}
}

void proof_find(struct proof *p, size_t node, enum rung rung, int64_t share,
		bool is_no)
{
	int claim = claim_of(rung, is_no);

	p->n = 0;
	vec_clear(&p->steps);
	if (claim < 0)
		return;
	need(p, (enum claim)claim, node, share, SOLVE_NEVER);
	run(p);
}

void proof_release(struct proof *p)
{
	vec_release(&p->steps);
	vec_release(&p->edges);
}
