/*
 * The graph of a lock file.  What the project itself needs is direct; what is
 * needed by that for the product is of the product, then for building, tests
 * and documentation.  Where a lock does not say what is direct, the manifest
 * does, which is read by itself.
 */
#include "extract/lock.h"

#include "base/limits.h"
#include "base/path.h"
#include "extract/locked.h"

size_t lock_add(struct lock *l, const struct package *p)
{
	vec_push(&l->packages, ((struct lock_package){
		.package = *p, .component = SIZE_MAX}));
	return l->packages.n - 1;
}

size_t lock_add_own(struct lock *l, struct str folder)
{
	vec_push(&l->packages, ((struct lock_package){
		.is_own = true, .folder = folder, .component = SIZE_MAX}));
	return l->packages.n - 1;
}

void lock_need(struct lock *l, size_t from, size_t to, enum scope scope,
	       bool is_optional)
{
	vec_push(&l->edges, ((struct lock_edge){from, to, scope,
						is_optional}));
}

static int compare_edges(const void *va, const void *vb)
{
	const struct lock_edge *a = va, *b = vb;

	if (a->from != b->from)
		return a->from < b->from ? -1 : 1;
	return (a->to > b->to) - (a->to < b->to);
}

/* --- purposes ------------------------------------------------------------- */

struct walk {
	struct lock *lock;
	size_t *first; /* edges of each package, one more at the end */
	VEC(size_t) todo;
	enum scope scope;
};

static void reach(struct walk *w, size_t i, bool is_optional)
{
	struct lock_package *p = &w->lock->packages.v[i];

	if (p->is_reached || p->is_own)
		return;
	p->is_reached = true;
	if (!p->package.scope)
		p->package.scope = w->scope;
	p->package.is_optional |= is_optional;
	vec_push(&w->todo, i);
}

static void reach_from_own(struct walk *w, bool is_optional)
{
	for (size_t i = 0; i < w->lock->edges.n; i++) {
		const struct lock_edge *e = &w->lock->edges.v[i];

		if (w->lock->packages.v[e->from].is_own &&
		    e->scope == w->scope && e->is_optional == is_optional)
			reach(w, e->to, is_optional);
	}
	while (w->todo.n) {
		size_t i = w->todo.v[--w->todo.n];

		for (size_t k = w->first[i]; k < w->first[i + 1]; k++)
			reach(w, w->lock->edges.v[k].to, is_optional);
	}
}

static void give_purposes(struct lock *l)
{
	static const enum scope order[] = {SCOPE_RUNTIME, SCOPE_BUILD,
					   SCOPE_TEST, SCOPE_DOCS};
	struct walk w = {.lock = l};
	size_t k = 0;

	w.first = mem_new(l->packages.n + 1, sizeof *w.first);
	for (size_t i = 0; i <= l->packages.n; i++) {
		while (k < l->edges.n && l->edges.v[k].from < i)
			k++;
		w.first[i] = k;
	}
	for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
		w.scope = order[i];
		reach_from_own(&w, false);
		reach_from_own(&w, true);
	}
	vec_release(&w.todo);
	free(w.first);
}

/* --- components ----------------------------------------------------------- */

/* Marks what the project itself needs; where the lock does not say, what
 * nothing else needs.  False when it says nothing of needs at all. */
static bool mark_direct(struct lock *l)
{
	bool *is_needed = mem_new(l->packages.n, sizeof *is_needed);
	bool is_known = false;

	for (size_t i = 0; i < l->edges.n; i++) {
		const struct lock_edge *e = &l->edges.v[i];
		bool is_own = l->packages.v[e->from].is_own;

		l->packages.v[e->to].is_direct |= is_own;
		is_needed[e->to] = true;
		is_known |= is_own;
	}
	for (size_t i = 0; !is_known && i < l->packages.n; i++)
		l->packages.v[i].is_direct = !is_needed[i];
	free(is_needed);
	return l->edges.n != 0;
}

static void add_components(struct lock *l, bool is_known)
{
	struct extraction *x = l->x;

	for (size_t i = 0; i < l->packages.n; i++) {
		struct lock_package *p = &l->packages.v[i];
		struct component *c;

		if (p->is_own)
			continue;
		p->package.is_indirect |= is_known && !p->is_direct;
		if (!p->package.scope)
			p->package.scope = SCOPE_RUNTIME;
		c = package_add(x, l->extractor, &p->package);
		if (!c)
			continue;
		p->component = x->parts->components.n - 1;
		if (l->fixes_all && x->locked)
			locked_add(x->locked, path_dir(x->path), c,
				   l->is_below);
	}
}

static void add_edges(struct lock *l)
{
	struct extraction *x = l->x;

	for (size_t i = 0; i < l->edges.n; i++) {
		const struct lock_edge *e = &l->edges.v[i];
		const struct lock_package *from = &l->packages.v[e->from];
		size_t to = l->packages.v[e->to].component;

		if (to == SIZE_MAX ||
		    (!from->is_own && from->component == SIZE_MAX))
			continue;
		if (x->parts->edges.n >= LIMIT_EDGES) {
			diag_add(x->diags, RW1901, diag_at(x->path),
				 "more than %d edges", LIMIT_EDGES);
			return;
		}
		if (from->is_own && !l->fixes_all && x->locked)
			locked_add(x->locked, from->folder,
				   &x->parts->components.v[to], l->is_below);
		if (!from->is_own)
			component_add_edge(x->parts, from->component, to,
					   EDGE_DEPENDS_ON);
		else if (x->root != SIZE_MAX)
			component_add_edge(x->parts, x->root, to,
					   EDGE_DEPENDS_ON);
	}
}

void lock_emit(struct lock *l)
{
	vec_sort(&l->edges, compare_edges);
	give_purposes(l);
	add_components(l, mark_direct(l));
	add_edges(l);
	vec_release(&l->packages);
	vec_release(&l->edges);
}
