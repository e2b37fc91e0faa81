/* The rows of a digest tell hosts and years; the policy says who of them is
 * of concern. */
#include "assess/owned.h"

#include <stdlib.h>

#include "assess/standing.h"
#include "model/digest_ownership.h"

static uint8_t part_of(enum standing s)
{
	switch (s) {
	case STANDING_CONCERN: return OWNERSHIP_IN;
	case STANDING_OTHER: return OWNERSHIP_OUT;
	case STANDING_UNKNOWN: break;
	}
	return OWNERSHIP_OPEN;
}

struct owned owned_of(const struct scan *s, const struct policy *p,
		      const struct verdict *v, size_t component,
		      const struct digest *d)
{
	size_t n = d ? d->ownership.holders.n : 0;
	/* no rung is kept of who holds a file */
	struct owned ret = {
		.is_known = d && p->authorship == AUTHORSHIP_CLAIMED &&
			    d->ownership.is_known &&
			    d->axes & ~d->incomplete & DIGEST_SURVIVING};
	struct attribution *by;
	size_t *organisations;
	uint8_t *now, *on_b;

	if (!ret.is_known)
		return ret;
	by = mem_new(n, sizeof *by);
	organisations = mem_new(n, sizeof *organisations);
	now = mem_new(n, sizeof *now);
	on_b = mem_new(n, sizeof *on_b);
	digest_ownership_by(d, by);
	for (size_t i = 0; i < n; i++) {
		struct standing_unit u = standing_unit(
			v, p, (struct standing_of){
				component, by[i].organisation,
				standing_fact(s->facts, by[i].fact)});

		organisations[i] = by[i].organisation;
		now[i] = part_of(u.standing);
		on_b[i] = part_of(u.on_b);
	}
	ownership_majority(&d->ownership, now, &ret.concern);
	ownership_majority(&d->ownership, on_b, &ret.on_b);
	truck_factor(&d->ownership, organisations, &ret.truck);
	free(by);
	free(organisations);
	free(now);
	free(on_b);
	return ret;
}
