/* Paths and dependents of components of concern. */
#include "report/removal.h"

#define PATH_SHOWN 12
#define DEPENDENTS_SHOWN 3

/* "product > a > b": from a product down to the component. */
static struct str path(struct page *p, size_t i)
{
	struct str s = page_component(p, i);
	size_t at = p->v->scores.v[i].parent;

	for (unsigned n = 0; at != SIZE_MAX; n++) {
		if (n == PATH_SHOWN)
			return arena_fmt(&p->arena, "... > %.*s", STR_ARG(s));
		s = arena_fmt(&p->arena, "%.*s > %.*s",
			      STR_ARG(page_component(p, at)), STR_ARG(s));
		at = p->v->scores.v[at].parent;
	}
	return s;
}

static struct str dependents(struct page *p, size_t i)
{
	const struct parts *parts = &p->in->scan->parts;
	size_t parent = p->v->scores.v[i].parent, n = 0;
	struct str s = STR("");

	for (size_t k = 0; k < parts->edges.n; k++) {
		const struct edge *e = &parts->edges.v[k];

		if (e->to != i || e->from == parent || e->from == i)
			continue;
		if (n++ < DEPENDENTS_SHOWN)
			s = arena_fmt(&p->arena, "%.*s%s%.*s", STR_ARG(s),
				      s.n ? ", " : "",
				      STR_ARG(page_component(p, e->from)));
	}
	if (n == 0)
		return STR("nothing else depends on it");
	if (n > DEPENDENTS_SHOWN)
		return arena_fmt(&p->arena, "%.*s and %zu more depend on it, "
				 "too", STR_ARG(s), n - DEPENDENTS_SHOWN);
	return arena_fmt(&p->arena, "%.*s depend%s on it, too", STR_ARG(s),
			 n == 1 ? "s" : "");
}

static const char *relation(const struct page *p, size_t i)
{
	const struct component_score *s = p->v->scores.v;

	if (p->in->scan->parts.components.v[i].is_root)
		return "named by the stack itself";
	if (s[i].parent == SIZE_MAX)
		return "no product is known to bring it in";
	return s[s[i].parent].parent == SIZE_MAX ? "direct" : "transitive";
}

void removal_write(struct page *p, const size_t *components, size_t n)
{
	if (n)
		paint_heading(&p->paint, "How components of concern come in");
	for (size_t i = 0; i < n; i++) {
		struct str text = arena_fmt(
			&p->arena, "%.*s: %s; %.*s",
			STR_ARG(path(p, components[i])),
			relation(p, components[i]),
			STR_ARG(dependents(p, components[i])));

		strbuf_cstr(p->paint.out, "  ");
		paint_wrap(&p->paint, text, 2, 6);
	}
}
