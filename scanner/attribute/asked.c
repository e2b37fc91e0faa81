/* Which organisations a scan names: the others need no ladder. */
#include "attribute/attribute.h"

static void ask(bool *asked, size_t n, size_t organisation)
{
	if (organisation < n)
		asked[organisation] = true;
}

static void ask_digest(bool *asked, size_t n, const struct digest *d)
{
	for (size_t i = 0; i < d->hosts.n; i++) {
		const struct digest_host *h = &d->hosts.v[i];

		for (size_t m = 0; m < h->months.n; m++)
			ask(asked, n, h->months.v[m].by.organisation);
	}
	for (size_t i = 0; i < d->links.n; i++)
		ask(asked, n, d->links.v[i].organisation);
	for (size_t i = 0; i < d->seats.n; i++)
		ask(asked, n, d->seats.v[i].organisation);
}

static void ask_supply(bool *asked, size_t n, const struct supply *s)
{
	if (s->is_stated)
		ask(asked, n, s->organisation);
}

const bool *attribute_asked(const struct scan *s, struct arena *a)
{
	size_t n = s->facts->organisations.n;
	bool *asked = arena_alloc(a, (n + 1) * sizeof *asked);

	for (size_t i = 0; i < s->digests.n; i++)
		ask_digest(asked, n, &s->digests.v[i]);
	for (size_t i = 0; i < s->beyond.n; i++)
		ask_digest(asked, n, &s->beyond.v[i]);
	for (size_t i = 0; i < s->parts.seats.n; i++)
		ask(asked, n, s->parts.seats.v[i].organisation);
	for (size_t i = 0; i < s->parts.components.n; i++)
		for (size_t k = 0; k < SUPPLY_COUNT; k++)
			ask_supply(asked, n,
				   &s->parts.components.v[i].supply[k]);
	ask_supply(asked, n, &s->stack.supplied_by);
	return asked;
}
