/* Each code once for a digest, in the order of the digests. */
#include "cli/doubts.h"

#include "base/count.h"
#include "base/date.h"

/* Commits that may be of any day, by their dates. */
static void tell_later(struct scan *s, const struct digest *d)
{
	int32_t last = date_month(s->as_of);
	uint64_t n = 0;

	for (size_t i = 0; i < d->hosts.n; i++) {
		const struct digest_host *h = &d->hosts.v[i];

		for (size_t k = 0; k < h->months.n; k++)
			if (h->months.v[k].month > last)
				count_add(&n, h->months.v[k].counts.commits);
	}
	if (n)
		diag_add(&s->diags, RW1815, diag_at(d->repository),
			 "%llu commits are dated after the month of the day "
			 "of judgement: in windows they are unknown",
			 (unsigned long long)n);
}

void doubts_tell(struct scan *s)
{
	for (size_t i = 0; i < s->digests.n; i++)
		tell_later(s, &s->digests.v[i]);
}
