/* A host may change hands within a term: whose it was is asked for each
 * period, and who controls them for the day of judgement, as everywhere. */
#include "cli/tenure.h"

#include "attribute/attribute.h"
#include "base/count.h"
#include "base/date.h"

#define MONTHS 3 /* of a quarter */

bool tenure_is_too_much(const struct scan *s, size_t periods)
{
	uint64_t terms = 0;

	for (size_t i = 0; i < s->digests.n; i++)
		terms += s->digests.v[i].terms.n;
	return periods && terms > TENURE_STEPS / periods;
}

static bool is_held(const struct digest_term *t, int32_t month)
{
	return t->from <= month && (t->is_open || t->to > month);
}

static struct str name_of(const struct scan *s, size_t organisation)
{
	return organisation == SIZE_MAX
		? STR("") : s->facts->organisations.v[organisation].name;
}

static int by_name(const void *x, const void *y)
{
	const struct periods_seats *a = x, *b = y;

	return str_cmp(a->organisation, b->organisation);
}

static int most_first(const void *x, const void *y)
{
	const struct periods_seats *a = x, *b = y;

	if (a->seats != b->seats)
		return a->seats < b->seats ? 1 : -1;
	return by_name(x, y);
}

/* Joins what is of one organisation. */
static void sort(struct periods_row *row)
{
	size_t n = 0;

	vec_sort(&row->seats, by_name);
	for (size_t i = 0; i < row->seats.n; i++) {
		struct periods_seats *of = row->seats.v;

		if (!n || by_name(&of[n - 1], &of[i]))
			of[n++] = of[i];
		else
			count_add(&of[n - 1].seats, of[i].seats);
	}
	row->seats.n = n;
	vec_sort(&row->seats, most_first);
}

struct looking {
	const struct scan *scan;
	const struct policy *policy;
	const struct verdict *verdict;
	struct timeline_period *to;
	struct periods_row *row;
	bool *seen;     /* histories */
};

/* The seats of a component, by its history. */
static void add_terms(struct looking *l, size_t component)
{
	const struct scan *s = l->scan;
	const struct component *c = &s->parts.components.v[component];
	const struct digest *d = &s->digests.v[c->digest];
	int32_t month = l->to->first_month + MONTHS - 1;
	struct date_span when = {date_month_first(month),
				 date_month_first(month + 1) - 1};

	for (size_t i = 0; i < d->terms.n; i++) {
		const struct digest_term *t = &d->terms.v[i];
		struct timeline_seats one = {.component = component,
					     .seats = t->seats};
		int sure;

		if (!is_held(t, month))
			continue;
		one.organisation = attribute_seat(s->facts, t->host,
						  t->company, when, &sure);
		one.confidence = c->has_claimed_digest && sure > FACT_B
			? FACT_B : (enum fact_confidence)sure;
		timeline_add_seats(l->policy, l->verdict, &one, l->to);
		vec_push(&l->row->seats, ((struct periods_seats){
			name_of(s, one.organisation), t->seats}));
	}
}

/* Each history once, of those that are a product's own before those that are
 * only claimed to be. */
static void add_some(struct looking *l, bool is_claimed)
{
	const struct scan *s = l->scan;

	for (size_t i = 0; i < l->verdict->scores.n; i++) {
		const struct component *c = &s->parts.components.v[i];

		if (!c->is_root || c->digest >= s->digests.n ||
		    l->seen[c->digest] || c->joint.is_contained ||
		    !l->verdict->scores.v[i].weight_alone ||
		    c->has_claimed_digest != is_claimed)
			continue;
		l->seen[c->digest] = true;
		add_terms(l, i);
	}
}

void tenure_at(const struct scan *s, const struct policy *p,
	       const struct verdict *v, struct timeline_period *to,
	       struct periods_row *ret)
{
	struct looking l = {s, p, v, to, ret,
			    mem_new(s->digests.n, sizeof(bool))};

	add_some(&l, false);
	add_some(&l, true);
	free(l.seen);
	sort(ret);
}
