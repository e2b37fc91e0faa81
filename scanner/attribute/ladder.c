/*
 * The ladders: two solutions, one of the rows of confidence A alone and one
 * with those of confidence B, put together by the table in model/ladder.h.
 */
#include "attribute/attribute.h"

#include <string.h>

#include "attribute/proof.h"

struct filler {
	struct solution *s;
	struct proof proof;
	struct arena *arena;
	enum fact_confidence level;
};

/* What a sum has to reach for a rung, or -1. */
static int64_t threshold(enum rung r)
{
	switch (r) {
	case RUNG_OWNED50: return 5000 * FACT_BP;
	case RUNG_OWNED25: return 2500 * FACT_BP;
	case RUNG_OWNED10: return 1000 * FACT_BP;
	case RUNG_OWNED5: return 500 * FACT_BP;
	default: return -1;
	}
}

/* Nearest basis point, and the next one for a bound that is not reached. */
static int32_t basis_points(int64_t share)
{
	int64_t bp = (share + FACT_BP / 2) / FACT_BP;
	int64_t rest = share - bp * FACT_BP;

	return (int32_t)(bp + (rest > 0) - (rest < 0));
}

static enum rung_state state_of(bool is_proven, bool is_possible)
{
	return is_proven ? RUNG_PROVEN : is_possible ? RUNG_POSSIBLE : RUNG_NO;
}

static enum rung_state by_rounds(const uint32_t *proven,
				 const uint32_t *ruled_out, size_t node)
{
	return state_of(proven[node] != SOLVE_NEVER,
			ruled_out[node] == SOLVE_NEVER);
}

static bool is_affiliate(const struct solution *s, size_t node)
{
	const struct graph *g = &s->graph;

	if (s->low.affiliate[node] != 0)
		return s->low.affiliate[node] != SOLVE_NEVER;
	/* a listed one is an affiliate of another one only */
	for (size_t i = g->in_first[node]; i < g->in_first[node + 1]; i++)
		if (graph_is_control(&g->edges[i]) &&
		    s->low.affiliate[g->edges[i].holder] != SOLVE_NEVER)
			return true;
	return false;
}

static enum rung_state affiliate(const struct solution *s, size_t node)
{
	bool is_mate = s->low.group[node] &&
		       s->graph.nodes[node].listed == GRAPH_NONE;

	return state_of(is_affiliate(s, node),
			s->high.affiliate[node] || is_mate);
}

/* A unit there, controlled elsewhere. */
static enum rung_state located(const struct solution *s, size_t node)
{
	const struct graph_node *n = &s->graph.nodes[node];
	bool is_inside = n->inside != GRAPH_NONE;
	bool is_ours = s->low.established[node] != SOLVE_NEVER;
	bool is_ruled_out = s->high.established[node] != SOLVE_NEVER;

	return state_of(n->located != GRAPH_NONE ||
				(is_inside && is_ruled_out),
			n->may_be_located || (is_inside && !is_ours));
}

static enum rung_state judge(const struct solution *s, size_t node,
			     enum rung r)
{
	const struct graph_node *n = &s->graph.nodes[node];

	switch (r) {
	case RUNG_LISTED:
		return state_of(n->listed != GRAPH_NONE, n->may_be_listed);
	case RUNG_AFFILIATE:
		return affiliate(s, node);
	case RUNG_CONTROLLED:
		return by_rounds(s->low.controlled, s->high.controlled, node);
	case RUNG_STATE:
		return by_rounds(s->low.state, s->high.state, node);
	case RUNG_ESTABLISHED:
		return by_rounds(s->low.established, s->high.established,
				 node);
	case RUNG_LOCATED:
		return located(s, node);
	case RUNG_UNKNOWN:
		return RUNG_NO; /* follows from the others */
	default:
		return state_of(s->low.share[node] >= threshold(r),
				s->high.share[node] >= threshold(r));
	}
}

static bool is_same_chain(const struct rung_result *r, const struct proof *p)
{
	return r->chain_n == p->n &&
	       (!p->n || !memcmp(r->chain, p->rows, p->n * sizeof *p->rows));
}

/* Keeps the proof; rungs of one organisation share equal ones. */
static void keep_chain(struct filler *w, size_t node, enum rung r,
		       enum rung_state state, struct ladder *ladder)
{
	struct rung_result *result = &ladder->rungs[r];
	size_t *rows;

	w->proof.s = w->s;
	proof_find(&w->proof, node, r, threshold(r), state == RUNG_NO);
	result->chain_n = w->proof.n;
	result->chain = NULL;
	for (size_t i = 0; i < r; i++)
		if (is_same_chain(&ladder->rungs[i], &w->proof)) {
			result->chain = ladder->rungs[i].chain;
			return;
		}
	rows = arena_alloc(w->arena, w->proof.n * sizeof *rows);
	memcpy(rows, w->proof.rows, w->proof.n * sizeof *rows);
	result->chain = rows;
}

static void bounds(const struct solution *s, size_t node, enum rung r,
		   struct rung_result *ret)
{
	bool is_sum = threshold(r) >= 0;

	ret->low_bp = is_sum ? basis_points(s->low.share[node]) : 0;
	ret->high_bp = is_sum ? basis_points(s->high.share[node]) : 10000;
}

/* What the rows of confidence A say alone. */
static void fill_strict(struct filler *w, size_t node, struct ladder *ret)
{
	for (size_t i = 0; i < RUNG_COUNT; i++) {
		struct rung_result *r = &ret->rungs[i];

		*r = (struct rung_result){.confidence = FACT_A};
		r->state = r->state_on_b = judge(w->s, node, (enum rung)i);
		bounds(w->s, node, (enum rung)i, r);
		if (r->state != RUNG_POSSIBLE)
			keep_chain(w, node, (enum rung)i, r->state, ret);
	}
	ret->economic_low_bp = (int32_t)(w->s->economic_low[node] / FACT_BP);
	ret->economic_high_bp = (int32_t)(
		(w->s->economic_high[node] + FACT_BP - 1) / FACT_BP);
}

/* One rung, with the rows of confidence B: see the table. */
static void fill_rung_on_b(struct filler *w, size_t node, enum rung i,
			   struct ladder *ret)
{
	struct rung_result *r = &ret->rungs[i];
	enum rung_state on_b = judge(w->s, node, i);

	r->state_on_b = on_b;
	if (on_b == r->state)
		return;
	r->confidence = FACT_B;
	if (on_b == RUNG_PROVEN ||
	    (on_b == RUNG_NO && r->state == RUNG_POSSIBLE))
		keep_chain(w, node, i, on_b, ret);
	/* what the A rows leave open is ruled out; but against them neither
	 * side is right */
	r->state = r->state == RUNG_POSSIBLE && on_b == RUNG_NO
		? RUNG_NO : RUNG_POSSIBLE;
	if (r->state == RUNG_NO) {
		bounds(w->s, node, i, r);
	} else if (threshold(i) >= 0) {
		struct rung_result b;

		bounds(w->s, node, i, &b);
		if (b.low_bp < r->low_bp)
			r->low_bp = b.low_bp;
		if (b.high_bp > r->high_bp)
			r->high_bp = b.high_bp;
	}
}

/* Nothing decisive is known: no rung holds, and some may. */
static void fill_unknown(struct ladder *l)
{
	static const enum rung decisive[] = {
		RUNG_LISTED, RUNG_AFFILIATE, RUNG_OWNED50, RUNG_CONTROLLED,
		RUNG_STATE, RUNG_ESTABLISHED};
	struct rung_result *r = &l->rungs[RUNG_UNKNOWN];
	bool proven[2] = {false, false}, possible[2] = {false, false};

	for (size_t i = 0; i < sizeof decisive / sizeof *decisive; i++) {
		const struct rung_result *d = &l->rungs[decisive[i]];
		enum rung_state states[2] = {d->state, d->state_on_b};

		for (size_t k = 0; k < 2; k++) {
			proven[k] |= states[k] == RUNG_PROVEN;
			possible[k] |= states[k] == RUNG_POSSIBLE;
		}
	}
	r->state = state_of(!proven[0] && possible[0], false);
	r->state_on_b = state_of(!proven[1] && possible[1], false);
	r->confidence = r->state == r->state_on_b ? FACT_A : FACT_B;
	if (r->state != r->state_on_b)
		r->state = RUNG_POSSIBLE;
}

static void fill_on_b(struct filler *w, size_t node, struct ladder *ret)
{
	for (size_t i = 0; i < RUNG_UNKNOWN; i++)
		fill_rung_on_b(w, node, (enum rung)i, ret);
	fill_unknown(ret);
	ret->economic_on_b_low_bp =
		(int32_t)(w->s->economic_low[node] / FACT_BP);
	ret->economic_on_b_high_bp = (int32_t)(
		(w->s->economic_high[node] + FACT_BP - 1) / FACT_BP);
}

/* Solves twice and fills the ladders of what is asked for, node by node. */
static void fill(const struct facts *f, const struct concern *c,
		 struct graph_asked asked, struct arena *a, struct ladder *v)
{
	static const enum fact_confidence levels[] = {FACT_A, FACT_B};
	struct solution s;
	struct filler w = {.s = &s, .arena = a};

	for (size_t level = 0; level < 2; level++) {
		solve(&s, f, c, levels[level], asked);
		for (size_t i = 0; i < asked.n; i++)
			if (level == 0)
				fill_strict(&w, i, &v[i]);
			else
				fill_on_b(&w, i, &v[i]);
		solve_release(&s);
	}
	proof_release(&w.proof);
}

void attribute_ladders(const struct facts *f, const struct concern *c,
		       const bool *asked, struct arena *a,
		       struct ladders *ret)
{
	VEC(size_t) orgs = {0};
	struct ladder *v;

	ret->n = f->organisations.n;
	ret->v = arena_alloc(a, (ret->n + 1) * sizeof *ret->v);
	for (size_t i = 0; i < ret->n; i++)
		if (!asked || asked[i])
			vec_push(&orgs, i);
	v = arena_alloc(a, (orgs.n + 1) * sizeof *v);
	for (size_t i = 0; i < orgs.n; i++)
		ret->v[orgs.v[i]] = &v[i];
	fill(f, c, (struct graph_asked){orgs.v, orgs.n}, a, v);
	vec_release(&orgs);
}

void attribute_ladder(const struct facts *f, size_t organisation,
		      const struct concern *c, struct arena *a,
		      struct ladder *ret)
{
	fill(f, c, (struct graph_asked){&organisation, 1}, a, ret);
}
