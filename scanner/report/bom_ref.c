/* Naming what a bill of materials speaks of; see bom_ref.h. */
#include "report/bom_ref.h"

#include "base/map.h"
#include "base/utf8.h"

struct namer {
	struct map taken;
	struct arena *arena;
};

/* References that begin so lead to another document. */
static bool is_usable(struct str ref)
{
	return ref.n && utf8_is_valid(ref) &&
	       !str_has_prefix(ref, STR("urn:cdx:"));
}

static bool take(struct namer *n, struct str ref)
{
	bool is_new;

	map_put(&n->taken, ref, 0, &is_new);
	return is_new;
}

/* The name itself, else with the first number that makes it new. */
static struct str make(struct namer *n, struct str name)
{
	struct str made = name;

	for (size_t i = 2; !take(n, made); i++)
		made = arena_fmt(n->arena, "%.*s-%zu", STR_ARG(name), i);
	return made;
}

static void keep(struct namer *n, const struct component *c, struct str *to)
{
	for (size_t i = 0; i < c->refs.n && !to->n; i++)
		if (is_usable(c->refs.v[i]) && take(n, c->refs.v[i]))
			*to = c->refs.v[i];
}

void bom_ref_name(const struct scan *s, struct arena *a,
		  struct bom_ref_names *ret)
{
	size_t count = s->parts.components.n;
	struct namer n = {.arena = a};

	ret->components = arena_alloc(a, count * sizeof *ret->components);
	for (size_t i = 0; scan_is_cyclonedx(s) && i < count; i++)
		keep(&n, &s->parts.components.v[i], &ret->components[i]);
	for (size_t i = 0; i < count; i++)
		if (!ret->components[i].n)
			ret->components[i] = make(&n, arena_fmt(
				a, "component-%zu", i));
	ret->subject = make(&n, STR("subject"));
	ret->tool = make(&n, STR("ranwhence"));
	map_release(&n.taken);
}
