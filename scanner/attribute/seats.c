/*
 * Who holds the seats of a project.  The host of the declared address decides;
 * the company that the project states only counts where the host says
 * nothing.
 */
#include "attribute/attribute.h"

/* What a seat says of whoever holds it, and where it says so. */
struct declared {
	struct str host, company;
	struct place at;
};

static void conflict(struct scan *s, const struct facts *f,
		     const struct declared *d, size_t by_host, size_t by_name)
{
	diag_add(&s->diags, RW1702, d->at,
		 "an address at %.*s (%.*s) is declared for %.*s (%.*s)",
		 STR_ARG(d->host),
		 STR_ARG(f->organisations.v[by_host].name),
		 STR_ARG(d->company),
		 STR_ARG(f->organisations.v[by_name].name));
}

/* By the host and by the name alone: SIZE_MAX where they do not tell. */
struct finding {
	size_t by_host, host_row, by_name, name_row;
};

static struct finding find(const struct facts *f, struct str host,
			   struct str company, struct date_span when)
{
	struct finding ret = {.name_row = SIZE_MAX};
	struct attribution by;

	ret.by_name = attribute_name(f, company, &ret.name_row);
	attribute_host(f, host, when, &by);
	ret.by_host = by.organisation;
	ret.host_row = by.fact;
	return ret;
}

static size_t decide(const struct facts *f, const struct finding *found,
		     int *ret_confidence)
{
	bool by_host = found->by_host != SIZE_MAX;
	size_t row = by_host ? found->host_row : found->name_row;
	size_t ret = by_host ? found->by_host : found->by_name;

	*ret_confidence = ret == SIZE_MAX ? FACT_C
					  : f->rows.v[row].confidence;
	return ret;
}

size_t attribute_seat(const struct facts *f, struct str host,
		      struct str company, struct date_span when,
		      int *ret_confidence)
{
	struct finding found = find(f, host, company, when);

	return decide(f, &found, ret_confidence);
}

/* The organisation, SIZE_MAX when unknown, and how sure that is. */
static size_t organisation_of(const struct facts *f, struct scan *s,
			      const struct declared *d, int *ret_confidence)
{
	struct date_span when = {s->as_of, s->as_of};
	struct finding found = find(f, d->host, d->company, when);

	if (found.by_host != SIZE_MAX && found.by_name != SIZE_MAX &&
	    found.by_name != found.by_host)
		conflict(s, f, d, found.by_host, found.by_name);
	return decide(f, &found, ret_confidence);
}

static void attribute_digest_seats(const struct facts *f, struct scan *s,
				   struct digest *of)
{
	for (size_t i = 0; i < of->seats.n; i++) {
		struct digest_seat *seat = &of->seats.v[i];
		struct declared d = {seat->host, seat->company,
				     diag_at(of->repository)};

		seat->organisation = organisation_of(f, s, &d,
						     &seat->confidence);
	}
}

void attribute_seats(const struct facts *f, struct scan *s)
{
	for (size_t i = 0; i < s->parts.seats.n; i++) {
		struct seat *seat = &s->parts.seats.v[i];
		struct declared d = {
			seat->host, seat->company,
			diag_at_line(seat->evidence.path,
				     seat->evidence.line)};

		seat->organisation = organisation_of(f, s, &d,
						     &seat->confidence);
	}
	for (size_t i = 0; i < s->digests.n; i++)
		attribute_digest_seats(f, s, &s->digests.v[i]);
}
