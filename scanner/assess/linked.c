/* Links stand in the digest by host and month. */
#include "assess/linked.h"

#include "assess/standing.h"
#include "model/digest_authorship.h"
#include "model/digest_links.h"

/* Links are parts of the month: no difference is negative. */
static void take(struct digest_counts *from, const struct digest_counts *c)
{
	from->commits -= c->commits;
	from->credits -= c->credits;
	from->excluded -= c->excluded;
	from->added -= c->added;
	from->deleted -= c->deleted;
	from->weighed -= c->weighed;
	from->surviving -= c->surviving;
	from->surviving_source -= c->surviving_source;
	from->reviews -= c->reviews;
	from->submits -= c->submits;
}

/* Reviews have rungs of their own kind, and are not asked for any. */
static void split_shown(const struct policy *p, const struct linked_month *m,
			struct linked_parts *ret)
{
	ret->rest = digest_authorship_of(m->digest, m->host, m->month->month,
					 p->authorship);
	ret->rest.reviews = m->month->counts.reviews;
	ret->rest.submits = m->month->counts.submits;
	ret->below = m->month->counts;
	take(&ret->below, &ret->rest);
	ret->has_below = true;
}

static void split_links(const struct verdict *v, const struct policy *p,
			const struct linked_month *m,
			struct linked_parts *ret)
{
	struct digest_links_run run = digest_links_of(m->digest, m->host,
						      m->month->month);

	for (size_t i = 0; i < run.n; i++) {
		const struct digest_link *l = &run.v[i];
		enum standing on_b = standing_unit(v, p, (struct standing_of){
			m->component, l->organisation, FACT_B}).on_b;

		if (on_b == STANDING_UNKNOWN)
			continue;
		take(&ret->rest, &l->counts);
		if (on_b == STANDING_OTHER) {
			digest_counts_add(&ret->other, &l->counts);
			ret->has_other = true;
		} else {
			digest_counts_add(&ret->concern, &l->counts);
			ret->has_concern = true;
		}
	}
}

void linked_split(const struct verdict *v, const struct policy *p,
		  const struct linked_month *m, struct linked_parts *ret)
{
	*ret = (struct linked_parts){.rest = m->month->counts};
	if (p->authorship != AUTHORSHIP_CLAIMED)
		split_shown(p, m, ret);
	else
		split_links(v, p, m, ret);
	if (!m->digest->has_told_reviews)
		return;
	ret->has_told = ret->rest.reviews || ret->rest.submits;
	ret->told.reviews = ret->rest.reviews;
	ret->told.submits = ret->rest.submits;
	ret->rest.reviews = ret->rest.submits = 0;
}
