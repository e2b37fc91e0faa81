/* Facts to a graph: nodes from the rows about one organisation, edges from
 * the rows about one pair. */
#include "attribute/graph.h"

#include "model/facts_index.h"

struct builder {
	struct graph *g;
	const struct facts *f;
	const struct concern *c;
	enum fact_confidence least;
	/* Per organisation, its node and one; 0: none.  Zeroed memory that
	 * nobody touches costs nothing: of millions a few are looked at. */
	size_t *node_of;
	size_t *orgs;    /* per node */
	size_t n;
	VEC(struct graph_edge) edges;
};

static bool has(const struct str *sorted, size_t n, struct str s)
{
	size_t lo = 0, hi = n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		int c = str_cmp(sorted[mid], s);

		if (!c)
			return true;
		if (c < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return false;
}

/* The row is accepted and may hold on the day. */
static bool may_count(const struct builder *b, const struct fact *r)
{
	return r->state == FACT_ACCEPTED && r->confidence >= b->least &&
	       facts_may_hold(r, b->c->as_of);
}

static bool is_sure(const struct builder *b, const struct fact *r)
{
	return facts_holds(r, b->c->as_of);
}

static void take(size_t *slot, size_t row)
{
	if (*slot == GRAPH_NONE)
		*slot = row;
}

/* A row that says a jurisdiction: one of two slots, or maybe one. */
static void take_place(const struct builder *b, size_t row, size_t *inside,
		       size_t *outside, bool *may_be_inside,
		       bool *may_be_outside)
{
	const struct fact *r = &b->f->rows.v[row];
	bool is_in = has(b->c->jurisdictions, b->c->jurisdictions_n, r->value);

	*(is_in ? may_be_inside : may_be_outside) = true;
	if (is_sure(b, r))
		take(is_in ? inside : outside, row);
}

static void take_kind(const struct builder *b, struct graph_node *n,
		      size_t row)
{
	struct str kind = b->f->organisations.v[n->organisation].kind;

	if (b->f->organisations.v[n->organisation].fact != row)
		return;
	n->declared = row;
	n->has_kind = true;
	n->is_body = !facts_has_holders(kind);
	n->is_state_body = str_is(kind, "state-body");
}

static void take_dispersed(const struct builder *b, struct graph_node *n,
			   size_t row)
{
	const struct fact *r = &b->f->rows.v[row];

	if (!is_sure(b, r))
		return;
	if (n->dispersed == GRAPH_NONE || facts_high(r) < n->cap)
		n->dispersed = row;
	if (facts_high(r) < n->cap)
		n->cap = facts_high(r);
}

/* A row about the node itself, not about a pair. */
static void take_row(const struct builder *b, struct graph_node *n,
		     size_t row)
{
	const struct fact *r = &b->f->rows.v[row];
	size_t no_row = 0;
	bool unused;

	switch (r->kind) {
	case FACT_ORGANISATION:
		take_kind(b, n, row);
		break;
	case FACT_ESTABLISHES:
		take_place(b, row, &n->inside, &n->outside,
			   &n->may_be_inside, &unused);
		break;
	case FACT_LOCATED:
		take_place(b, row, &n->located, &no_row,
			   &n->may_be_located, &unused);
		break;
	case FACT_CONTROLLED_FROM:
		take_place(b, row, &n->from_inside, &n->from_outside,
			   &n->may_be_from_inside, &n->may_be_from_outside);
		break;
	case FACT_DISPERSED:
		take_dispersed(b, n, row);
		break;
	case FACT_LISTS:
		if (!has(b->c->lists, b->c->lists_n, r->subject))
			break;
		n->may_be_listed = true;
		if (is_sure(b, r))
			take(&n->listed, row);
		break;
	default:
		break;
	}
}

static void build_node(const struct builder *b, size_t node)
{
	struct graph_node *n = &b->g->nodes[node];
	size_t rows_n;
	const size_t *rows = facts_index_about(b->f, b->orgs[node], &rows_n);

	*n = (struct graph_node){
		.organisation = b->orgs[node], .declared = GRAPH_NONE,
		.inside = GRAPH_NONE, .outside = GRAPH_NONE,
		.listed = GRAPH_NONE, .from_inside = GRAPH_NONE,
		.from_outside = GRAPH_NONE, .dispersed = GRAPH_NONE,
		.located = GRAPH_NONE, .cap = FACT_WHOLE};
	for (size_t i = 0; i < rows_n; i++)
		if (may_count(b, &b->f->rows.v[rows[i]]))
			take_row(b, n, rows[i]);
	n->may_be_listed |= extent_may_name(&b->g->extent, rows, rows_n);
	/* nobody knows where: it may be anywhere */
	if (n->inside == GRAPH_NONE && n->outside == GRAPH_NONE &&
	    b->g->has_jurisdictions)
		n->may_be_inside = true;
}

/* Rows of one pair and kind: a run in a list of rows. */
struct pair {
	const size_t *rows;
	size_t n;
};

/* The next run of rows of a kind into `held`; false at the end. */
static bool next_pair(const struct builder *b, size_t held,
		      enum fact_kind kind, struct pair *rest,
		      struct pair *ret)
{
	const struct fact *rows = b->f->rows.v;

	while (rest->n && (rows[rest->rows[0]].kind != kind ||
			   rows[rest->rows[0]].object_org != held)) {
		rest->rows++;
		rest->n--;
	}
	*ret = (struct pair){rest->rows, 0};
	while (rest->n && rows[rest->rows[0]].kind == kind &&
	       rows[rest->rows[0]].object_org == held &&
	       rows[rest->rows[0]].subject_org ==
		       rows[ret->rows[0]].subject_org) {
		rest->rows++;
		rest->n--;
		ret->n++;
	}
	return ret->n != 0;
}

/* The best confidence of a row of the pair that holds for sure, or 0. */
static int best_of(const struct builder *b, struct pair p)
{
	int best = 0;

	for (size_t i = 0; i < p.n; i++) {
		const struct fact *r = &b->f->rows.v[p.rows[i]];

		if (may_count(b, r) && is_sure(b, r) &&
		    (int)r->confidence > best)
			best = (int)r->confidence;
	}
	return best;
}

static int64_t least(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static int64_t most(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/* The first row of the pair with this lower bound, of those that count. */
static size_t row_with_low(const struct builder *b, struct pair p, int best,
			   int64_t low)
{
	for (size_t i = 0; i < p.n; i++) {
		const struct fact *r = &b->f->rows.v[p.rows[i]];

		if (may_count(b, r) && is_sure(b, r) &&
		    (int)r->confidence == best && facts_low(r) == low)
			return p.rows[i];
	}
	return GRAPH_NONE;
}

/*
 * The rows that hold for sure: all of them are true, so that the share lies
 * where they agree; where they contradict it may be any of them.
 */
static void narrow(const struct builder *b, struct pair p, int best,
		   struct graph_edge *e)
{
	int64_t low = 0, high = FACT_WHOLE; /* where they agree */
	int64_t bottom = FACT_WHOLE, top = 0; /* where any of them is */

	for (size_t i = 0; i < p.n; i++) {
		const struct fact *r = &b->f->rows.v[p.rows[i]];

		if (!may_count(b, r) || !is_sure(b, r) ||
		    (int)r->confidence != best)
			continue;
		low = most(low, facts_low(r));
		high = least(high, facts_high(r));
		bottom = least(bottom, facts_low(r));
		top = most(top, facts_high(r));
	}
	e->low = low <= high ? low : bottom;
	e->high = low <= high ? high : top;
	e->owns = row_with_low(b, p, best, e->low);
}

/* The `owns` rows of a pair: the better confidence speaks alone. */
static void merge_owns(const struct builder *b, struct pair p,
		       struct graph_edge *e)
{
	int best = best_of(b, p);

	for (size_t i = 0; i < p.n; i++) {
		const struct fact *r = &b->f->rows.v[p.rows[i]];

		if (!may_count(b, r))
			continue;
		e->is_known |= facts_low(r) > GRAPH_HALF;
		e->high = most(e->high, facts_high(r));
	}
	if (best)
		narrow(b, p, best, e);
}

static void merge_controls(const struct builder *b, struct pair p,
			   struct graph_edge *e)
{
	for (size_t i = 0; i < p.n; i++) {
		const struct fact *r = &b->f->rows.v[p.rows[i]];

		if (!may_count(b, r))
			continue;
		e->is_known = true;
		if (is_sure(b, r))
			take(&e->controls, p.rows[i]);
	}
}

static size_t holder_of(const struct builder *b, struct pair p)
{
	return p.n ? b->f->rows.v[p.rows[0]].subject_org : SIZE_MAX;
}

static void add_edge(struct builder *b, size_t held, struct pair owns,
		     struct pair controls)
{
	size_t by_owns = holder_of(b, owns);
	size_t by_controls = holder_of(b, controls);
	size_t holder = by_owns < by_controls ? by_owns : by_controls;
	struct graph_edge e = {.holder = b->node_of[holder] - 1, .held = held,
			       .owns = GRAPH_NONE, .controls = GRAPH_NONE};

	if (by_owns == holder)
		merge_owns(b, owns, &e);
	if (by_controls == holder)
		merge_controls(b, controls, &e);
	if (e.high || e.is_known) {
		vec_push(&b->edges, e);
		b->g->nodes[held].sum_low += e.low;
	}
}

/* Rows come sorted by kind and holder: two lists to be merged. */
static void build_in_edges(struct builder *b, size_t node)
{
	size_t org = b->orgs[node], n;
	const size_t *rows = facts_index_about(b->f, org, &n);
	struct pair rest[2] = {{rows, n}, {rows, n}}, owns, controls;
	bool more_owns = next_pair(b, org, FACT_OWNS, &rest[0], &owns);
	bool more_controls = next_pair(b, org, FACT_CONTROLS, &rest[1],
				       &controls);

	b->g->in_first[node] = b->edges.n;
	while (more_owns || more_controls) {
		size_t by_owns = holder_of(b, owns);
		size_t by_controls = holder_of(b, controls);

		add_edge(b, node, owns, controls);
		if (more_owns && by_owns <= by_controls)
			more_owns = next_pair(b, org, FACT_OWNS, &rest[0],
					      &owns);
		if (more_controls && by_controls <= by_owns)
			more_controls = next_pair(b, org, FACT_CONTROLS,
						  &rest[1], &controls);
	}
}

/* What the other holders surely have is not left for this one. */
static void find_possible(struct graph *g)
{
	for (size_t i = 0; i < g->edges_n; i++) {
		struct graph_edge *e = &g->edges[i];
		int64_t left = FACT_WHOLE - (g->nodes[e->held].sum_low -
					     e->low);

		e->is_possible = e->is_known ||
			(e->high > GRAPH_HALF && left > GRAPH_HALF);
	}
}

static void build_out_edges(struct graph *g)
{
	size_t *next;

	g->out_first = mem_new(g->n + 2, sizeof(size_t));
	g->out = mem_new(g->edges_n + 1, sizeof(size_t));
	next = g->out_first + 1;
	for (size_t i = 0; i < g->edges_n; i++)
		next[g->edges[i].holder + 1]++;
	for (size_t i = 1; i <= g->n; i++)
		next[i] += next[i - 1];
	for (size_t i = 0; i < g->edges_n; i++)
		g->out[next[g->edges[i].holder]++] = i;
}

static void add_node(struct builder *b, size_t organisation)
{
	if (b->node_of[organisation])
		return;
	b->orgs[b->n++] = organisation;
	b->node_of[organisation] = b->n;
}

static bool is_edge_into(const struct builder *b, const struct fact *r,
			 size_t organisation)
{
	return (r->kind == FACT_OWNS || r->kind == FACT_CONTROLS) &&
	       r->object_org == organisation && may_count(b, r);
}

/* What is asked for, the listed ones, and their holders upwards. */
static void choose_nodes(struct builder *b, struct graph_asked asked)
{
	size_t all = b->f->organisations.n;

	b->node_of = mem_new(all + 1, sizeof *b->node_of);
	b->orgs = mem_new(all + 1, sizeof *b->orgs);
	for (size_t i = 0; i < asked.n; i++)
		add_node(b, asked.v[i]);
	for (size_t i = 0; i < b->c->lists_n; i++) {
		struct facts_run run = facts_index_subject(
			b->f, FACT_LISTS, b->c->lists[i]);

		for (size_t k = 0; k < run.n; k++)
			add_node(b, b->f->rows.v[run.first + k].object_org);
	}
	for (size_t at = 0; at < b->n; at++) {
		size_t n, org = b->orgs[at];
		const size_t *rows = facts_index_about(b->f, org, &n);

		for (size_t i = 0; i < n; i++) {
			const struct fact *r = &b->f->rows.v[rows[i]];

			if (is_edge_into(b, r, org))
				add_node(b, r->subject_org);
		}
	}
}

void graph_build(struct graph *g, const struct facts *f,
		 const struct concern *c, enum fact_confidence least,
		 struct graph_asked asked)
{
	struct builder b = {.g = g, .f = f, .c = c, .least = least};

	choose_nodes(&b, asked);
	*g = (struct graph){.f = f, .n = b.n,
			    .has_jurisdictions = c->jurisdictions_n != 0};
	extent_read(&g->extent, f, c, least);
	g->nodes = mem_new(g->n + 1, sizeof *g->nodes);
	g->in_first = mem_new(g->n + 1, sizeof *g->in_first);
	g->has_listed = extent_is_open(&g->extent);
	for (size_t i = 0; i < g->n; i++) {
		build_node(&b, i);
		build_in_edges(&b, i);
		g->has_listed |= g->nodes[i].may_be_listed;
	}
	g->in_first[g->n] = b.edges.n;
	g->edges = b.edges.v;
	g->edges_n = b.edges.n;
	find_possible(g);
	build_out_edges(g);
	free(b.node_of);
	free(b.orgs);
}

void graph_release(struct graph *g)
{
	extent_release(&g->extent);
	free(g->nodes);
	free(g->edges);
	free(g->in_first);
	free(g->out_first);
	free(g->out);
	*g = (struct graph){0};
}

bool graph_is_control(const struct graph_edge *e)
{
	return e->controls != GRAPH_NONE || e->low > GRAPH_HALF;
}

size_t graph_control_row(const struct graph_edge *e)
{
	return e->low > GRAPH_HALF ? e->owns : e->controls;
}
