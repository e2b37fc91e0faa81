/*
 * From what a project or an SBOM states to an organisation: a name, or an
 * address or web site in the place of one.
 */
#include "attribute/attribute.h"

#include "model/facts_index.h"
#include "model/purl.h"

size_t attribute_name(const struct facts *f, struct str name, size_t *ret_fact)
{
	return facts_index_name(f, name, ret_fact);
}

/* The host in `someone@host` or `https://host/...`; "" in a plain name. */
static struct str host_in(struct str stated)
{
	size_t at = str_find(stated, STR("://")), n = 0;

	if (at != SIZE_MAX) {
		stated = str_from(stated, at + 3);
		stated = str_head(stated, str_find_ch(stated, '/'));
		at = str_rfind_ch(stated, '@');
		if (at != SIZE_MAX)
			stated = str_from(stated, at + 1);
	} else if ((at = str_rfind_ch(stated, '@')) != SIZE_MAX) {
		stated = str_from(stated, at + 1);
	} else {
		return STR("");
	}
	while (n < stated.n && (ascii_is_alnum(stated.p[n]) ||
				stated.p[n] == '.' || stated.p[n] == '-'))
		n++;
	return str_head(stated, n);
}

static void supply_by_name(const struct facts *f, struct str stated,
			   int32_t day, struct supply *ret)
{
	struct attribution by;

	stated = str_trim(stated);
	*ret = (struct supply){stated.n != 0, SIZE_MAX, SIZE_MAX};
	if (!stated.n)
		return;
	ret->organisation = attribute_name(f, stated, &ret->fact);
	if (ret->organisation != SIZE_MAX)
		return;
	attribute_host(f, host_in(stated), (struct date_span){day, day}, &by);
	ret->organisation = by.organisation;
	ret->fact = by.fact;
}

/* A generic purl names no registry, so nobody publishes it. */
static bool names_publisher(struct str purl)
{
	return purl.n && !str_has_prefix(purl, STR("pkg:generic/"));
}

static void supply_by_namespace(const struct facts *f,
				const struct component *c, int32_t day,
				struct supply *ret)
{
	struct str places[] = {names_publisher(c->purl) ? c->purl : STR(""),
			       c->provenance.is_claimed
			       ? STR("") : c->provenance.repository};

	*ret = (struct supply){false, SIZE_MAX, SIZE_MAX};
	for (size_t i = 0; i < 2 && ret->organisation == SIZE_MAX; i++) {
		if (!places[i].n)
			continue;
		ret->is_stated = true;
		ret->organisation = attribute_namespace(f, places[i], day,
							&ret->fact);
	}
}

void attribute_supply(const struct facts *f, struct scan *s)
{
	const struct supply unknown = {true, SIZE_MAX, SIZE_MAX};

	supply_by_name(f, s->stack.supplier, s->as_of,
		       &s->stack.supplied_by);
	for (size_t i = 0; i < s->parts.components.n; i++) {
		struct component *c = &s->parts.components.v[i];

		supply_by_name(f, c->supplier, s->as_of,
			       &c->supply[SUPPLY_SUPPLIER]);
		supply_by_name(f, c->producer, s->as_of,
			       &c->supply[SUPPLY_PRODUCER]);
		supply_by_namespace(f, c, s->as_of,
				    &c->supply[SUPPLY_PUBLISHER]);
		if (c->disputes & DISPUTE_SUPPLIER)
			c->supply[SUPPLY_SUPPLIER] = unknown;
		if (c->disputes & DISPUTE_PRODUCER)
			c->supply[SUPPLY_PRODUCER] = unknown;
	}
}
