/*
 * Which links of a digest settle whose contributions are.  Only where the own
 * host says nothing: it is no organisation's, or a mail service's.  The
 * operator of the service is no employer of its users, and what leads to two
 * organisations leads nowhere.
 */
#include "attribute/attribute.h"

#include "base/date.h"

struct judging {
	const struct facts *f;
	struct date_span when;
	size_t operator; /* of the mail service; SIZE_MAX: none is known */
};

/* What a list of hosts leads to. */
struct leads {
	size_t organisation;
	bool is_weak;    /* not by rows of confidence A */
	bool is_several;
};

/* Whose a host is changed in that month, or nobody knows; what has no dot is
 * the name of a machine. */
static bool is_open(const struct attribution *by, struct str host)
{
	return by->is_ambiguous || (by->class == HOST_UNKNOWN &&
				    str_find_ch(host, '.') != SIZE_MAX);
}

static struct leads follow(const struct judging *j, const struct str *hosts,
			   size_t n)
{
	struct leads l = {.organisation = SIZE_MAX};

	for (size_t i = 0; i < n; i++) {
		struct attribution by;

		attribute_host(j->f, hosts[i], j->when, &by);
		l.is_several |= is_open(&by, hosts[i]);
		if (by.is_ambiguous || by.class != HOST_ORGANISATION ||
		    by.organisation == j->operator)
			continue;
		l.is_several |= l.organisation != SIZE_MAX &&
				l.organisation != by.organisation;
		l.is_weak |= j->f->rows.v[by.fact].confidence < FACT_A;
		l.organisation = by.organisation;
	}
	return l;
}

static void judge(const struct judging *j, struct digest_link *link)
{
	struct leads l = follow(j, link->to, link->n_trailer);

	link->tier = DIGEST_TRAILER;
	if (l.organisation == SIZE_MAX) {
		link->tier = DIGEST_IDENTITY;
		l = follow(j, link->to + link->n_trailer, link->n_identity);
	}
	if (l.organisation == SIZE_MAX)
		link->tier = DIGEST_OPEN;
	else if (l.is_several)
		link->tier = DIGEST_CONFLICT;
	else if (l.is_weak)
		link->tier = DIGEST_OPEN;
	else
		link->organisation = l.organisation;
}

/* What a profile claims is believed but for the operator of the mail service,
 * who is in the profiles of many of its users. */
static void judge_claim(const struct judging *j, struct digest_link *link)
{
	size_t organisation = facts_organisation(j->f, link->claim);

	if (organisation == SIZE_MAX || organisation == j->operator)
		return;
	link->tier = DIGEST_CLAIM;
	link->organisation = organisation;
}

static const struct fact *neutral_row(const struct facts *f,
				      const struct attribution *by)
{
	return by->class == HOST_NEUTRAL && by->fact != SIZE_MAX
		? &f->rows.v[by->fact] : NULL;
}

/* May somebody at the host have acted for whom the links tell? */
static bool is_for_links(const struct facts *f, const struct attribution *by)
{
	const struct fact *row = neutral_row(f, by);

	return by->class != HOST_ORGANISATION && !by->is_ambiguous &&
	       !(row && (str_is(row->object, "bot") ||
			 str_is(row->object, "ai-coauthor")));
}

static void judge_month(const struct facts *f, const struct digest_month *m,
			struct digest_link *link)
{
	const struct fact *row = neutral_row(f, &m->by);
	struct judging j = {f, {date_month_first(m->month),
				date_month_first(m->month + 1) - 1},
			    row ? facts_organisation(f, row->value)
				: SIZE_MAX};

	if (!is_for_links(f, &m->by))
		return;
	if (link->claim.n)
		judge_claim(&j, link);
	else
		judge(&j, link);
}

/* Links and what they are parts of have one order. */
void attribute_links(const struct facts *f, struct digest *d)
{
	size_t h = 0, m = 0;

	for (size_t i = 0; i < d->links.n; i++) {
		struct digest_link *link = &d->links.v[i];

		link->tier = DIGEST_OPEN;
		link->organisation = SIZE_MAX;
		while (h < d->hosts.n &&
		       str_cmp(d->hosts.v[h].host, link->from) < 0) {
			h++;
			m = 0;
		}
		if (h == d->hosts.n ||
		    !str_eq(d->hosts.v[h].host, link->from))
			continue;
		while (m < d->hosts.v[h].months.n &&
		       d->hosts.v[h].months.v[m].month < link->month)
			m++;
		if (m < d->hosts.v[h].months.n &&
		    d->hosts.v[h].months.v[m].month == link->month)
			judge_month(f, &d->hosts.v[h].months.v[m], link);
	}
}
