/*
 * Units by year.  Years are sparse and sorted: a history may claim any month
 * from year 1 to 9999.
 */
#include "assess/timeline.h"

#include "assess/standing.h"
#include "assess/tally.h"
#include "assess/units.h"
#include "base/date.h"

static const enum axis dated[] = {AXIS_COMMITS, AXIS_CHURN, AXIS_REVIEW};

struct filling {
	const struct scan *scan;
	const struct policy *policy;
	struct verdict *verdict;
	size_t component;
	unsigned axes; /* that the history has */
};

static int32_t year_of(int32_t month)
{
	int year, m, day;

	date_civil(date_month_first(month), &year, &m, &day);
	return year;
}

/* The tallies of a year, made where they are not there yet. */
static struct year_tally *find_year(struct verdict *v, int32_t year)
{
	size_t low = 0, high = v->years.n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (v->years.v[mid].year < year)
			low = mid + 1;
		else
			high = mid;
	}
	if (low < v->years.n && v->years.v[low].year == year)
		return &v->years.v[low];
	(void)vec_add(&v->years);
	for (size_t i = v->years.n - 1; i > low; i--)
		v->years.v[i] = v->years.v[i - 1];
	v->years.v[low] = (struct year_tally){.year = year};
	return &v->years.v[low];
}

static void add_month(struct filling *f, const struct digest_month *m)
{
	bool is_known = m->by.class == HOST_ORGANISATION &&
			!m->by.is_ambiguous;
	struct standing_unit u = standing_unit(
		f->verdict, f->policy, (struct standing_of){
			f->component,
			is_known ? m->by.organisation : SIZE_MAX,
			standing_fact(f->scan->facts, m->by.fact)});
	struct year_tally *y = find_year(f->verdict, year_of(m->month));
	uint64_t units[AXIS_COUNT];

	units_of(&m->counts, units);
	for (size_t i = 0; i < sizeof dated / sizeof *dated; i++)
		if (f->axes & units_bit(dated[i]))
			tally_add(&y->axes[dated[i]], u.standing, u.on_b,
				  units[dated[i]]);
	if (f->axes & DIGEST_COMMITS)
		tally_exclude(&y->axes[AXIS_COMMITS], m->counts.excluded);
}

static void add_history(struct filling *f, const struct digest *d)
{
	const unsigned all = DIGEST_COMMITS | DIGEST_CHURN | DIGEST_REVIEW;

	f->axes = d->axes & ~d->incomplete & all;
	for (size_t i = 0; f->axes && i < d->hosts.n; i++)
		for (size_t k = 0; k < d->hosts.v[i].months.n; k++)
			add_month(f, &d->hosts.v[i].months.v[k]);
}

void timeline_fill(const struct scan *s, const struct policy *p,
		   struct verdict *v)
{
	bool *seen = mem_new(s->digests.n, sizeof *seen);
	struct filling f = {.scan = s, .policy = p, .verdict = v};

	for (size_t i = 0; i < v->scores.n; i++) {
		size_t d = s->parts.components.v[i].digest;

		if (d >= s->digests.n || seen[d] || !v->scores.v[i].weight)
			continue;
		seen[d] = true;
		f.component = i;
		add_history(&f, &s->digests.v[d]);
	}
	for (size_t i = 0; i < v->years.n; i++)
		for (size_t a = 0; a < AXIS_COUNT; a++)
			tally_close(&v->years.v[i].axes[a], true);
	free(seen);
}
