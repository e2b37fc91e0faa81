/* Ways and dependents of components; see removal.h. */
#include "model/removal.h"

#include "base/map.h"
#include "model/selector.h"

/* The graph with its edges in both directions, sorted. */
struct ways {
	const struct scan *scan;
	struct arena *arena;
	VEC(struct edge) by_from, by_to;
	size_t *identities; /* of components: equal where they differ by no
			       more than their version */
	bool *needs;        /* by identity: it is one of the dependents */
};

static int compare(size_t a, size_t b)
{
	return (a > b) - (a < b);
}

static int by_from(const void *x, const void *y)
{
	const struct edge *a = x, *b = y;
	int d = compare(a->from, b->from);

	return d ? d : compare(a->to, b->to);
}

static int by_to(const void *x, const void *y)
{
	const struct edge *a = x, *b = y;
	int d = compare(a->to, b->to);

	return d ? d : compare(a->from, b->from);
}

static void number_identities(struct ways *w)
{
	const struct parts *p = &w->scan->parts;
	struct map seen = {0};
	bool is_new;

	w->identities = arena_alloc(w->arena, p->components.n *
				    sizeof *w->identities);
	w->needs = arena_alloc(w->arena, p->components.n * sizeof *w->needs);
	for (size_t i = 0; i < p->components.n; i++) {
		const struct component *c = &p->components.v[i];

		w->identities[i] = *map_put(
			&seen, selector_identity(c->purl,
				c->provenance.repository, c->name), i,
			&is_new);
	}
	map_release(&seen);
}

static void draw_ways(struct ways *w)
{
	const struct parts *p = &w->scan->parts;

	for (size_t i = 0; i < p->edges.n; i++) {
		if (p->edges.v[i].from == p->edges.v[i].to)
			continue;
		vec_push(&w->by_from, p->edges.v[i]);
		vec_push(&w->by_to, p->edges.v[i]);
	}
	vec_sort(&w->by_from, by_from);
	vec_sort(&w->by_to, by_to);
	number_identities(w);
}

/* The first edge in a sorted list that does not come before `edge`. */
static size_t lower(const struct edge *v, size_t n, struct edge edge,
		    int (*cmp)(const void *, const void *))
{
	size_t low = 0;

	while (low < n) {
		size_t middle = low + (n - low) / 2;

		if (cmp(&v[middle], &edge) < 0)
			low = middle + 1;
		else
			n = middle;
	}
	return low;
}

static void find_path(struct ways *w, const struct verdict *v,
		      struct removal *r)
{
	const struct component_score *s = v->scores.v;
	size_t *path, n = 1;

	for (size_t i = r->component; s[i].parent != SIZE_MAX; i = s[i].parent)
		n++;
	path = arena_alloc(w->arena, n * sizeof *path);
	r->path = path;
	r->path_n = n;
	for (size_t i = r->component; n > 0; i = s[i].parent)
		path[--n] = i;
	if (w->scan->parts.components.v[r->component].is_root)
		r->relation = REMOVAL_NAMED;
	else if (r->path_n == 1)
		r->relation = REMOVAL_UNREACHED;
	else
		r->relation = r->path_n == 2 ? REMOVAL_DIRECT
					     : REMOVAL_TRANSITIVE;
}

static void find_dependents(struct ways *w, struct removal *r)
{
	size_t first = lower(w->by_to.v, w->by_to.n,
			     (struct edge){.to = r->component}, by_to);
	size_t *found, n = 0;

	for (size_t i = first; i < w->by_to.n &&
			       w->by_to.v[i].to == r->component; i++)
		n++;
	found = arena_alloc(w->arena, n * sizeof *found);
	r->dependents = found;
	for (size_t i = first; n > 0; i++, n--) {
		size_t from = w->by_to.v[i].from;

		if (r->dependents_n == 0 ||
		    found[r->dependents_n - 1] != from)
			found[r->dependents_n++] = from;
	}
}

/* Is it known what a component needs, and no version of `what` among it? */
static bool is_without(const struct ways *w, size_t component, size_t what)
{
	const struct component *c = &w->scan->parts.components.v[component];
	size_t i = lower(w->by_from.v, w->by_from.n,
			 (struct edge){.from = component}, by_from);
	bool is_known = c->completeness == COMPLETENESS_COMPLETE;

	for (; i < w->by_from.n && w->by_from.v[i].from == component; i++) {
		is_known = true;
		if (w->identities[w->by_from.v[i].to] == w->identities[what])
			return false;
	}
	return is_known && c->completeness != COMPLETENESS_INCOMPLETE;
}

static void mark_dependents(struct ways *w, const struct removal *r, bool mark)
{
	for (size_t i = 0; i < r->dependents_n; i++)
		w->needs[w->identities[r->dependents[i]]] = mark;
}

static void find_dropped_by(struct ways *w, struct removal *r)
{
	const struct parts *p = &w->scan->parts;
	VEC(size_t) found = {0};
	size_t *kept;

	mark_dependents(w, r, true);
	for (size_t i = 0; i < p->components.n; i++)
		if (p->components.v[i].version.n &&
		    w->needs[w->identities[i]] &&
		    is_without(w, i, r->component))
			vec_push(&found, i);
	mark_dependents(w, r, false);
	kept = arena_alloc(w->arena, found.n * sizeof *kept);
	for (size_t i = 0; i < found.n; i++)
		kept[i] = found.v[i];
	r->dropped_by = kept;
	r->dropped_by_n = found.n;
	vec_release(&found);
}

struct removal *removal_find(const struct scan *s, const struct verdict *v,
			     const size_t *components, size_t n,
			     struct arena *a)
{
	struct removal *all = arena_alloc(a, n * sizeof *all);
	struct ways w = {.scan = s, .arena = a};

	draw_ways(&w);
	for (size_t i = 0; i < n; i++) {
		all[i].component = components[i];
		find_path(&w, v, &all[i]);
		find_dependents(&w, &all[i]);
		find_dropped_by(&w, &all[i]);
	}
	vec_release(&w.by_from);
	vec_release(&w.by_to);
	return all;
}

const char *removal_relation_name(enum removal_relation r)
{
	static const char *const names[] = {"named", "direct", "transitive",
					    "unreached"};

	return names[r];
}
