/* Each code once for a digest, in the order of the digests. */
#include "cli/doubts.h"

#include "base/count.h"
#include "base/date.h"
#include "model/digest_part.h"

#define MUCH 10 /* told is what is more than one of so many */

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

static bool is_much(uint64_t n, uint64_t all)
{
	return n > all / MUCH;
}

/* Commits that robots may have made, and those that nobody made. */
static void tell_robots(struct scan *s, const struct digest *d)
{
	unsigned long long commits = d->totals.commits;
	unsigned long long excluded = d->totals.excluded;

	for (size_t i = 0; i < d->hosts.n; i++) {
		const struct digest_host *h = &d->hosts.v[i];

		if (str_is(h->host, DIGEST_ROBOTS) &&
		    is_much(h->counts.commits, commits))
			diag_add(&s->diags, RW1816, diag_at(d->repository),
				 "%llu of %llu commits bear addresses of "
				 "robots: they count as unknown",
				 (unsigned long long)h->counts.commits,
				 commits);
	}
	if (excluded && is_much(excluded, commits))
		diag_add(&s->diags, RW1817, diag_at(d->repository),
			 "%llu commits, beside %llu that count, change only "
			 "submodules, and are left out", excluded, commits);
}

/* Lines at the head that are no source. */
static void tell_classes(struct scan *s, const struct digest *d)
{
	const struct digest_lines *l = d->rest.lines;
	uint64_t all = d->totals.surviving, source = l[LINE_SOURCE].surviving;

	if (all > source && all - source > all / 2)
		diag_add(&s->diags, RW1818, diag_at(d->repository),
			 "of %llu lines at the head %llu count as source; "
			 "%llu are generated, %llu vendored, %llu data",
			 (unsigned long long)all, (unsigned long long)source,
			 (unsigned long long)l[LINE_GENERATED].surviving,
			 (unsigned long long)l[LINE_VENDORED].surviving,
			 (unsigned long long)l[LINE_DATA].surviving);
}

void doubts_tell(struct scan *s)
{
	for (size_t i = 0; i < s->digests.n; i++) {
		tell_later(s, &s->digests.v[i]);
		tell_robots(s, &s->digests.v[i]);
		tell_classes(s, &s->digests.v[i]);
	}
}
