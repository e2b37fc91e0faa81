/*
 * A commit is no older than what it builds on, so the latest date of its
 * ancestors is carried from parents to children.
 */
#include "history/clock.h"

#include <stdlib.h>

#include "base/date.h"

/* How many commits have which fault. */
struct clock_counts {
	unsigned long long late, early;
};

static int32_t latest_before(const struct walk *w, const int32_t *latest,
			     const struct walk_commit *c)
{
	int32_t day = DATE_MIN;

	for (uint32_t i = 0; i < c->n_parents; i++) {
		int32_t one = latest[w->parents.v[c->parents + i]];

		day = one > day ? one : day;
	}
	return day;
}

/* What is dated past 2100 says nothing about those that build on it. */
static void look_at(const struct walk *w, uint32_t at, int32_t *latest,
		    struct clock_counts *n)
{
	const struct walk_commit *c = &w->commits.v[at];
	int32_t before = latest_before(w, latest, c);
	bool is_read = c->state == WALK_READ && !c->flaws;
	bool is_late = is_read && c->day >= date_of(2100, 1, 1);

	latest[at] = before;
	if (!is_read)
		return;
	if (!is_late && c->day > before)
		latest[at] = c->day;
	if (c->is_hidden || c->is_elsewhere)
		return;
	n->late += is_late;
	n->early += (int64_t)before - c->day > CLOCK_DAYS;
}

void clock_tell(const struct walk *w, struct diags *ds)
{
	struct clock_counts counts = {0, 0};
	size_t n;
	uint32_t *order = walk_order(w, &n);
	int32_t *latest = mem_new(w->commits.n, sizeof *latest);

	while (n--)
		look_at(w, order[n], latest, &counts);
	if (counts.late)
		diag_add(ds, RW1430, gitdir_place(w->git, ""),
			 "%llu commits are dated in 2100 or later",
			 counts.late);
	if (counts.early)
		diag_add(ds, RW1430, gitdir_place(w->git, ""),
			 "%llu commits are dated more than a year before one "
			 "that they build on", counts.early);
	free(latest);
	free(order);
}
