/*
 * Breadth first from all roots at once, those of the weightiest functions
 * first, so that a component which several products bring in serves the most
 * critical of the nearest ones.
 */
#include "assess/reach.h"

/* The edges by where they begin: those of k lead to to[from[k]..from[k+1]),
 * ascending. */
struct ways {
	size_t *from, *to;
};

static int by_edge(const void *x, const void *y)
{
	const struct edge *a = x, *b = y;

	if (a->from != b->from)
		return a->from < b->from ? -1 : 1;
	return (a->to > b->to) - (a->to < b->to);
}

static void sort_edges(const struct parts *p, struct arena *a,
		       struct ways *ret)
{
	VEC(struct edge) edges = {0};
	size_t n = p->components.n;

	for (size_t i = 0; i < p->edges.n; i++)
		if (p->edges.v[i].from < n && p->edges.v[i].to < n)
			vec_push(&edges, p->edges.v[i]);
	vec_sort(&edges, by_edge);
	ret->from = arena_alloc(a, (n + 1) * sizeof *ret->from);
	ret->to = arena_alloc(a, edges.n * sizeof *ret->to);
	for (size_t i = 0; i < edges.n; i++) {
		ret->to[i] = edges.v[i].to;
		ret->from[edges.v[i].from + 1]++;
	}
	for (size_t i = 0; i < n; i++)
		ret->from[i + 1] += ret->from[i];
	vec_release(&edges);
}

struct root {
	size_t component;
	enum function function;
	int32_t weight;
};

static int by_weight(const void *x, const void *y)
{
	const struct root *a = x, *b = y;

	if (a->weight != b->weight)
		return a->weight > b->weight ? -1 : 1;
	if (a->function != b->function)
		return (int)a->function - (int)b->function;
	return (a->component > b->component) - (a->component < b->component);
}

/* Puts the roots into the queue, the weightiest first; how many. */
static size_t queue_roots(const struct scan *s, const struct policy *p,
			  size_t *queue)
{
	VEC(struct root) roots = {0};
	size_t n;

	for (size_t i = 0; i < s->parts.components.n; i++) {
		const struct component *k = &s->parts.components.v[i];

		if (k->is_root)
			vec_push(&roots, ((struct root){
				i, k->function,
				p->function_weights[k->function]}));
	}
	vec_sort(&roots, by_weight);
	for (n = 0; n < roots.n; n++)
		queue[n] = roots.v[n].component;
	vec_release(&roots);
	return n;
}

struct walk {
	struct verdict *verdict;
	struct ways ways;
	bool *seen;
	size_t *queue, n;
};

/* Follows the edges of one component. */
static void follow(struct walk *w, size_t k)
{
	struct component_score *scores = w->verdict->scores.v;

	for (size_t i = w->ways.from[k]; i < w->ways.from[k + 1]; i++) {
		size_t to = w->ways.to[i];

		if (w->seen[to])
			continue;
		w->seen[to] = true;
		scores[to].parent = k;
		scores[to].product = scores[k].product;
		scores[to].in_service = scores[k].in_service;
		if (scores[to].function == FUNCTION_NONE)
			scores[to].function = scores[k].function;
		w->queue[w->n++] = to;
	}
}

static void set_weights(const struct scan *s, const struct policy *p,
			struct verdict *v)
{
	for (size_t i = 0; i < v->scores.n; i++) {
		struct component_score *score = &v->scores.v[i];
		const struct component *k = &s->parts.components.v[i];

		score->weight = p->scopes & 1u << k->scope
				? p->function_weights[score->function] : 0;
		score->weight_alone = score->weight;
	}
}

void reach_components(const struct scan *s, const struct policy *p,
		      struct verdict *v)
{
	size_t n = s->parts.components.n;
	struct arena scratch = {0};
	struct walk w = {.verdict = v};

	w.queue = arena_alloc(&scratch, n * sizeof *w.queue);
	w.seen = arena_alloc(&scratch, n * sizeof *w.seen);
	for (size_t i = 0; i < n; i++) {
		const struct component *k = &s->parts.components.v[i];
		struct component_score *score = &v->scores.v[i];

		score->parent = SIZE_MAX;
		score->product = k->is_root ? i : SIZE_MAX;
		score->in_service = k->in_service;
		score->function = k->function;
	}
	sort_edges(&s->parts, &scratch, &w.ways);
	w.n = queue_roots(s, p, w.queue);
	for (size_t i = 0; i < w.n; i++)
		w.seen[w.queue[i]] = true;
	for (size_t i = 0; i < w.n; i++)
		follow(&w, w.queue[i]);
	set_weights(s, p, v);
	arena_release(&scratch);
}
