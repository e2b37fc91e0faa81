/*
 * The organisations that a component states as its supplier and producer, and
 * the one that owns the namespace it is published in.  A namespace of no known
 * owner states nothing: unlike a name, nobody wrote it as a claim.
 */
#include "attribute/attribute.h"

static struct supply by_name(const struct facts *f, struct str name)
{
	struct supply s = {.is_stated = name.n != 0, .fact = SIZE_MAX,
			   .organisation = SIZE_MAX};

	if (s.is_stated)
		s.organisation = attribute_name(f, name, &s.fact);
	return s;
}

/* The purl says where this copy comes from, the repository where its source
 * does: the first that is known. */
static struct supply by_namespace(const struct facts *f, int32_t day,
				  const struct component *c)
{
	struct supply s = {0};

	s.organisation = attribute_namespace(f, c->purl, day, &s.fact);
	if (s.organisation == SIZE_MAX)
		s.organisation = attribute_namespace(
			f, c->provenance.repository, day, &s.fact);
	s.is_stated = s.organisation != SIZE_MAX;
	return s;
}

void attribute_supply(const struct facts *f, struct scan *s)
{
	s->stack.supplied_by = by_name(f, s->stack.supplier);
	for (size_t i = 0; i < s->parts.components.n; i++) {
		struct component *c = &s->parts.components.v[i];

		c->supply[SUPPLY_SUPPLIER] = by_name(f, c->supplier);
		c->supply[SUPPLY_PRODUCER] = by_name(f, c->producer);
		c->supply[SUPPLY_PUBLISHER] = by_namespace(f, s->as_of, c);
	}
}
