/*
 * Units by period.  Periods are sparse and sorted: a history may claim any
 * month from year 1 to 9999.
 */
#include "assess/timeline.h"

#include "assess/joint.h"
#include "assess/linked.h"
#include "assess/standing.h"
#include "assess/tally.h"
#include "assess/units.h"
#include "base/date.h"

static const enum axis dated[] = {AXIS_COMMITS, AXIS_CHURN, AXIS_REVIEW};

struct filling {
	const struct scan *scan;
	const struct policy *policy;
	const struct verdict *verdict;
	size_t component;
	unsigned axes;  /* that the history has */
	enum fact_confidence most; /* that it is worth */
	int32_t months; /* of a period; 0: all is one */
	struct timeline *to;
};

/* The month in which the period of a month begins. */
static int32_t first_of(int32_t month, int32_t months)
{
	int32_t rest = months ? month % months : 0;

	if (months == 0)
		return 0;
	return month - (rest < 0 ? rest + months : rest);
}

/* The tallies of a period, made where they are not there yet. */
static struct timeline_period *find_period(struct timeline *t, int32_t month)
{
	size_t low = 0, high = t->list.n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (t->list.v[mid].first_month < month)
			low = mid + 1;
		else
			high = mid;
	}
	if (low < t->list.n && t->list.v[low].first_month == month)
		return &t->list.v[low];
	(void)vec_add(&t->list);
	for (size_t i = t->list.n - 1; i > low; i--)
		t->list.v[i] = t->list.v[i - 1];
	t->list.v[low] = (struct timeline_period){.first_month = month};
	return &t->list.v[low];
}

static void add_part(const struct filling *f, struct timeline_period *y,
		     const struct digest_counts *counts,
		     const struct standing_unit *u)
{
	uint64_t units[AXIS_COUNT];

	units_of(counts, units);
	for (size_t i = 0; i < sizeof dated / sizeof *dated; i++)
		if (f->axes & units_bit(dated[i]))
			tally_add(&y->axes[dated[i]], u->standing, u->on_b,
				  units[dated[i]]);
}

static struct standing_unit unit_of(const struct filling *f,
				    const struct digest_month *m,
				    enum fact_confidence most)
{
	bool is_known = m->by.class == HOST_ORGANISATION &&
			!m->by.is_ambiguous;
	enum fact_confidence sure = standing_fact(f->scan->facts, m->by.fact);

	return standing_unit(
		f->verdict, f->policy, (struct standing_of){
			f->component,
			is_known ? m->by.organisation : SIZE_MAX,
			sure < most ? sure : most});
}

static void add_month(struct filling *f, const struct digest *d,
		      struct str host, const struct digest_month *m)
{
	struct standing_unit u = unit_of(f, m, f->most);
	struct timeline_period *y = find_period(
		f->to, first_of(m->month, f->months));
	struct linked_parts parts;

	linked_split(f->verdict, f->policy, &(struct linked_month){
		f->component, d, host, m}, &parts);
	add_part(f, y, &parts.rest, &u);
	if (parts.has_told) {
		struct standing_unit told = unit_of(f, m, FACT_B);

		add_part(f, y, &parts.told, &told);
	}
	u.on_b = STANDING_OTHER;
	add_part(f, y, &parts.other, &u);
	u.on_b = STANDING_CONCERN;
	add_part(f, y, &parts.concern, &u);
	u.standing = u.on_b = STANDING_UNKNOWN;
	add_part(f, y, &parts.below, &u);
	add_part(f, y, &parts.shared, &u);
	if (f->axes & DIGEST_COMMITS)
		tally_exclude(&y->axes[AXIS_COMMITS], m->counts.excluded);
}

static void add_history(struct filling *f, const struct digest *d,
			unsigned axes)
{
	const unsigned all = DIGEST_COMMITS | DIGEST_CHURN | DIGEST_REVIEW;

	f->axes = d->axes & ~d->incomplete & all & axes;
	for (size_t i = 0; f->axes && i < d->hosts.n; i++)
		for (size_t k = 0; k < d->hosts.v[i].months.n; k++)
			add_month(f, d, d->hosts.v[i].host,
				  &d->hosts.v[i].months.v[k]);
}

/* The commits of a group once, with the first of it. */
static void add_joint(struct filling *f, size_t i, bool is_claimed)
{
	const struct joint_score *j = &f->verdict->joints.v[
		f->verdict->scores.v[i].joint - 1];
	struct joint_histories h;

	if (is_claimed || j->score.component != i ||
	    !f->verdict->scores.v[i].weight)
		return;
	for (size_t k = 0; k < j->components.n; k++) {
		f->component = j->components.v[k];
		if (!joint_histories(f->scan, f->component, &h))
			continue;
		add_history(f, h.commits, ~(unsigned)DIGEST_REVIEW);
		add_history(f, h.review, DIGEST_REVIEW);
	}
}

static void close_periods(struct timeline *t)
{
	for (size_t i = 0; i < t->list.n; i++)
		for (size_t a = 0; a < AXIS_COUNT; a++)
			tally_close(&t->list.v[i].axes[a], true);
}

/* Adds each history that is not there yet: those that are only claimed to be
 * a component's, or the others. */
static void add_some(struct filling *f, bool only_products, bool is_claimed,
		     bool *seen)
{
	const struct scan *s = f->scan;

	f->most = is_claimed ? FACT_B : FACT_A;
	for (size_t i = 0; i < f->verdict->scores.n; i++) {
		const struct component *c = &s->parts.components.v[i];
		size_t d = c->digest;

		if (f->verdict->scores.v[i].joint) {
			add_joint(f, i, is_claimed);
			continue;
		}
		if (d >= s->digests.n || seen[d] ||
		    !f->verdict->scores.v[i].weight ||
		    (only_products && !c->is_root) ||
		    c->has_claimed_digest != is_claimed)
			continue;
		seen[d] = true;
		f->component = i;
		add_history(f, &s->digests.v[d], ~0u);
	}
}

static void add_all(struct filling *f, bool only_products)
{
	bool *seen = mem_new(f->scan->digests.n, sizeof *seen);

	add_some(f, only_products, false, seen);
	add_some(f, only_products, true, seen);
	close_periods(f->to);
	free(seen);
}

void timeline_products(const struct scan *s, const struct policy *p,
		       const struct verdict *v, int32_t months,
		       struct timeline *ret)
{
	struct filling f = {.scan = s, .policy = p, .verdict = v,
			    .months = months, .to = ret};

	*ret = (struct timeline){0};
	add_all(&f, true);
}

void timeline_digest(const struct scan *s, const struct policy *p,
		     const struct verdict *v, const struct digest *d,
		     struct timeline *ret)
{
	struct filling f = {.scan = s, .policy = p, .verdict = v,
			    .component = SIZE_MAX, .most = FACT_A,
			    .to = ret};

	*ret = (struct timeline){0};
	add_history(&f, d, ~0u);
	close_periods(ret);
}

void timeline_add_seats(const struct policy *p, const struct verdict *v,
			const struct timeline_seats *seats,
			struct timeline_period *to)
{
	struct tally *t = &to->axes[AXIS_STEWARDSHIP];
	struct standing_unit u = standing_unit(v, p, (struct standing_of){
		seats->component, seats->organisation, seats->confidence});

	tally_add(t, u.standing, u.on_b, seats->seats);
	tally_close(t, true);
}

void timeline_release(struct timeline *t)
{
	vec_release(&t->list);
}

void timeline_fill(const struct scan *s, const struct policy *p,
		   struct verdict *v)
{
	struct timeline t = {0};
	struct filling f = {.scan = s, .policy = p, .verdict = v,
			    .months = 12, .to = &t};

	add_all(&f, false);
	for (size_t i = 0; i < t.list.n; i++) {
		struct year_tally *y = vec_add(&v->years);
		int month, day;

		date_civil(date_month_first(t.list.v[i].first_month),
			   &y->year, &month, &day);
		for (size_t a = 0; a < AXIS_COUNT; a++)
			y->axes[a] = t.list.v[i].axes[a];
	}
	timeline_release(&t);
}
