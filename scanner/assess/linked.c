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

bool linked_is_concern(const struct verdict *v, const struct policy *p,
		       size_t component, const struct attribution *by)
{
	struct standing_unit u = standing_unit(v, p, (struct standing_of){
		component, by->is_ambiguous ? SIZE_MAX : by->organisation,
		FACT_A});

	return u.standing == STANDING_CONCERN || u.on_b == STANDING_CONCERN;
}

/*
 * Reviews have rungs of their own kind, and are not asked for any; but what a
 * clone says of reviews by those of concern is only claimed.
 */
static void split_shown(const struct linked_month *m, enum authorship least,
			bool has_reviews, struct linked_parts *ret)
{
	ret->rest = digest_authorship_of(m->digest, m->host, m->month->month,
					 least);
	if (has_reviews) {
		ret->rest.reviews = m->month->counts.reviews;
		ret->rest.submits = m->month->counts.submits;
	}
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

/*
 * What a host has beyond its own commits it was given.  Where a part of a
 * commit is, at most that part of the lines that may weigh is, too.
 */
static void split_shared(const struct linked_month *m,
			 struct linked_parts *ret)
{
	uint64_t commits = m->month->counts.commits, given, most;

	if (ret->has_below ||
	    ret->rest.credits / DIGEST_CREDITS < commits)
		return;
	given = ret->rest.credits - commits * DIGEST_CREDITS;
	if (!given)
		return;
	most = (given / DIGEST_CREDITS + 1) * LINE_CLASS_CAP;
	ret->shared.credits = given;
	ret->shared.weighed = most < ret->rest.weighed ? most
						       : ret->rest.weighed;
	take(&ret->rest, &ret->shared);
	ret->has_shared = true;
}

void linked_split(const struct verdict *v, const struct policy *p,
		  const struct linked_month *m, struct linked_parts *ret)
{
	enum authorship least = p->authorship;
	bool is_accused = p->concern_authorship != AUTHORSHIP_CLAIMED &&
			  linked_is_concern(v, p, m->component,
					    &m->month->by);

	*ret = (struct linked_parts){.rest = m->month->counts};
	if (is_accused && p->concern_authorship > least)
		least = p->concern_authorship;
	if (least != AUTHORSHIP_CLAIMED)
		split_shown(m, least, !is_accused ||
				      m->digest->has_told_reviews, ret);
	else
		split_links(v, p, m, ret);
	split_shared(m, ret);
	if (!m->digest->has_told_reviews)
		return;
	ret->has_told = ret->rest.reviews || ret->rest.submits;
	ret->told.reviews = ret->rest.reviews;
	ret->told.submits = ret->rest.submits;
	ret->rest.reviews = ret->rest.submits = 0;
}
