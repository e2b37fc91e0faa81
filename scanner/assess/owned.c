/* The rows of a digest tell hosts and years; the policy says who of them is
 * of concern. */
#include "assess/owned.h"

#include <stdlib.h>

#include "assess/standing.h"
#include "model/digest_authorship.h"
#include "model/digest_links.h"
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

/* Whose files are they? */
struct owning {
	const struct scan *scan;
	const struct policy *policy;
	const struct verdict *verdict;
	size_t component;
	const struct digest *digest;
};

static enum standing on_b_of(const struct owning *o, size_t organisation,
			     enum fact_confidence confidence)
{
	return standing_unit(o->verdict, o->policy, (struct standing_of){
		o->component, organisation, confidence}).on_b;
}

/*
 * How a holder stands if links are taken as shown.  Of its lines it is known
 * how many are linked, and not which: so only where all of them are linked to
 * organisations that stand alike.
 */
static enum standing linked(const struct owning *o,
			    const struct ownership_holder *holder)
{
	uint64_t all = 0, concern = 0, other = 0;
	size_t n;
	const struct digest_month *m = digest_ownership_months(
		o->digest, holder, &n);

	for (size_t i = 0; i < n; i++) {
		struct digest_links_run run = digest_links_of(
			o->digest, holder->host, m[i].month);

		ownership_add(&all, 1, m[i].counts.surviving_source);
		for (size_t k = 0; k < run.n; k++) {
			enum standing s = on_b_of(o, run.v[k].organisation,
						  FACT_B);
			uint64_t lines = run.v[k].counts.surviving_source;

			ownership_add(&concern, s == STANDING_CONCERN, lines);
			ownership_add(&other, s == STANDING_OTHER, lines);
		}
	}
	if (all && concern == all)
		return STANDING_CONCERN;
	return all && other == all ? STANDING_OTHER : STANDING_UNKNOWN;
}

/* Are all lines of a holder shown to be written by who it says? */
static bool is_shown(const struct owning *o,
		     const struct ownership_holder *holder)
{
	enum authorship least = o->policy->concern_authorship;
	size_t n;
	const struct digest_month *m = digest_ownership_months(
		o->digest, holder, &n);

	for (size_t i = 0; least != AUTHORSHIP_CLAIMED && i < n; i++)
		if (digest_authorship_of(o->digest, holder->host, m[i].month,
					 least).surviving_source !=
		    m[i].counts.surviving_source)
			return false;
	return true;
}

/* What is only claimed to be of those of concern is open. */
static uint8_t shown_part(const struct owning *o, size_t i, enum standing s)
{
	const struct ownership_holder *h = &o->digest->ownership.holders.v[i];

	if (s == STANDING_CONCERN && !is_shown(o, h))
		s = STANDING_UNKNOWN;
	return part_of(s);
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
	const struct owning o = {s, p, v, component, d};
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
		now[i] = shown_part(&o, i, u.standing);
		on_b[i] = shown_part(&o, i, by[i].organisation == SIZE_MAX
				     ? linked(&o, &d->ownership.holders.v[i])
				     : u.on_b);
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
