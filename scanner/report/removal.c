/* Paths and dependents of components of concern. */
#include "report/removal.h"

#include "model/removal.h"

#define PATH_SHOWN 12
#define NAMES_SHOWN 3

/* "product > a > b": from a product down to the component. */
static struct str path(struct page *p, const struct removal *r)
{
	size_t first = r->path_n > PATH_SHOWN ? r->path_n - PATH_SHOWN : 0;
	struct str s = str_c(first ? "..." : "");

	for (size_t i = first; i < r->path_n; i++)
		s = arena_fmt(&p->arena, "%.*s%s%.*s", STR_ARG(s),
			      s.n ? " > " : "",
			      STR_ARG(page_component(p, r->path[i])));
	return s;
}

/* "a, b and 3 more"; how many there are in *ret. */
static struct str names(struct page *p, const size_t *v, size_t n,
			size_t left_out, size_t *ret)
{
	struct str s = STR("");

	*ret = 0;
	for (size_t i = 0; i < n; i++) {
		if (v[i] == left_out)
			continue;
		if ((*ret)++ < NAMES_SHOWN)
			s = arena_fmt(&p->arena, "%.*s%s%.*s", STR_ARG(s),
				      s.n ? ", " : "",
				      STR_ARG(page_component(p, v[i])));
	}
	return *ret > NAMES_SHOWN
		? arena_fmt(&p->arena, "%.*s and %zu more", STR_ARG(s),
			    *ret - NAMES_SHOWN) : s;
}

static struct str dependents(struct page *p, const struct removal *r)
{
	size_t parent = p->v->scores.v[r->component].parent, n;
	struct str s = names(p, r->dependents, r->dependents_n, parent, &n);

	if (n == 0)
		return STR("nothing else depends on it");
	return arena_fmt(&p->arena, "%.*s depend%s on it, too", STR_ARG(s),
			 n == 1 ? "s" : "");
}

static const char *relation(enum removal_relation r)
{
	static const char *const words[] = {
		[REMOVAL_NAMED] = "named by the stack itself",
		[REMOVAL_DIRECT] = "direct",
		[REMOVAL_TRANSITIVE] = "transitive",
		[REMOVAL_UNREACHED] = "no product is known to bring it in"};

	return words[r];
}

/* What helps to be without it; "" where nothing is known to. */
static struct str ways_out(struct page *p, const struct removal *r)
{
	const struct component *c =
		&p->in->scan->parts.components.v[r->component];
	struct str s = str_c(c->is_optional ? "; declared as optional" : "");
	size_t n;
	struct str by = names(p, r->dropped_by, r->dropped_by_n, SIZE_MAX,
			      &n);

	if (n == 0)
		return s;
	return arena_fmt(&p->arena, "%.*s; %.*s do%s without it",
			 STR_ARG(s), STR_ARG(by), n == 1 ? "es" : "");
}

void removal_write(struct page *p, const size_t *components, size_t n)
{
	struct removal *all = removal_find(p->in->scan, p->v, components, n,
					   &p->arena);

	if (n)
		paint_heading(&p->paint, "How components of concern come in");
	for (size_t i = 0; i < n; i++) {
		struct str text = arena_fmt(
			&p->arena, "%.*s: %s; %.*s%.*s",
			STR_ARG(path(p, &all[i])), relation(all[i].relation),
			STR_ARG(dependents(p, &all[i])),
			STR_ARG(ways_out(p, &all[i])));

		strbuf_cstr(p->paint.out, "  ");
		paint_wrap(&p->paint, text, 2, 6);
	}
}
