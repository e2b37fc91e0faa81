/* Digests in short. */
#include "model/used.h"

#include "base/count.h"
#include "base/date.h"
#include "model/digest_authorship.h"
#include "model/digest_links.h"

static int by_row(const void *va, const void *vb)
{
	const struct used_host *a = va, *b = vb;
	int d = str_cmp(a->host, b->host);

	if (!d)
		d = (a->organisation > b->organisation) -
		    (a->organisation < b->organisation);
	return d ? d : (a->fact > b->fact) - (a->fact < b->fact);
}

static void add_month(struct used *u, const struct digest *d,
		      const struct digest_host *h,
		      const struct digest_month *m)
{
	struct used_host *to = vec_add(&u->hosts);

	*to = (struct used_host){
		.host = h->host, .organisation = m->by.organisation,
		.fact = m->by.fact, .commits = m->counts.commits,
		.churn = m->counts.added, .reviews = m->counts.reviews};
	count_add(&to->churn, m->counts.deleted);
	count_add(&to->reviews, m->counts.submits);
	digest_authorship_count(d, h->host, m->month, m->counts.commits,
				to->shown);
}

/* Joins the rows from `first` on that are of one host, organisation and
 * record. */
static void join(struct used *u, size_t first)
{
	size_t n = first;

	if (u->hosts.n > first)
		qsort(u->hosts.v + first, u->hosts.n - first,
		      sizeof *u->hosts.v, by_row);
	for (size_t i = first; i < u->hosts.n; i++) {
		const struct used_host *h = &u->hosts.v[i];
		struct used_host *last;

		if (n == first || by_row(&u->hosts.v[n - 1], h)) {
			u->hosts.v[n++] = *h;
			continue;
		}
		last = &u->hosts.v[n - 1];
		count_add(&last->commits, h->commits);
		count_add(&last->churn, h->churn);
		count_add(&last->reviews, h->reviews);
		for (size_t r = 0; r < AUTHORSHIP_COUNT; r++)
			count_add(&last->shown[r], h->shown[r]);
	}
	u->hosts.n = n;
}

static void add_links(struct used_digest *to, const struct digest *d)
{
	to->has_links = d->has_links;
	for (size_t t = 0; t < DIGEST_TIERS; t++) {
		struct digest_counts c =
			digest_links_sum(d, (enum digest_tier)t);

		to->linked[t] = (struct used_linked){
			c.commits, c.weighed, c.surviving_source};
	}
}

void used_add(struct used *u, const struct digest *d)
{
	struct used_digest *to = vec_add(&u->digests);

	*to = (struct used_digest){
		.repository = d->repository, .head = d->head,
		.is_bundled = d->is_bundled, .is_clone = d->is_clone,
		.is_incomplete = d->incomplete,
		.fetched = d->is_clone ? d->fetched : DATE_MIN,
		.commits = d->totals.commits, .merges = d->merges,
		.excluded = d->totals.excluded, .hosts = d->hosts.n,
		.first = u->hosts.n, .has_terms = d->has_terms,
		.first_term = u->terms.n, .n_terms = d->terms.n,
		.has_authorship = d->has_authorship,
		.keys = d->authorship_keys};
	add_links(to, d);
	digest_authorship_sum(d, to->shown);
	for (size_t i = 0; i < d->terms.n; i++)
		vec_push(&u->terms, d->terms.v[i]);
	for (size_t i = 0; i < d->hosts.n; i++)
		for (size_t m = 0; m < d->hosts.v[i].months.n; m++)
			if (d->hosts.v[i].months.v[m].by.organisation !=
			    SIZE_MAX)
				add_month(u, d, &d->hosts.v[i],
					  &d->hosts.v[i].months.v[m]);
	join(u, to->first);
	to->n = u->hosts.n - to->first;
}

void used_release(struct used *u)
{
	vec_release(&u->digests);
	vec_release(&u->hosts);
	vec_release(&u->terms);
}
