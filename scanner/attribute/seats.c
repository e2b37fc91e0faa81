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

/* The organisation, SIZE_MAX when unknown, and how sure that is. */
static size_t organisation_of(const struct facts *f, struct scan *s,
			      const struct declared *d, int *ret_confidence)
{
	struct date_span when = {s->as_of, s->as_of};
	struct attribution by_host;
	size_t fact = SIZE_MAX;
	size_t by_name = attribute_name(f, d->company, &fact);

	attribute_host(f, d->host, when, &by_host);
	if (by_host.organisation != SIZE_MAX) {
		if (by_name != SIZE_MAX && by_name != by_host.organisation)
			conflict(s, f, d, by_host.organisation, by_name);
		by_name = by_host.organisation;
		fact = by_host.fact;
	}
	*ret_confidence = by_name == SIZE_MAX ? FACT_C
					      : f->rows.v[fact].confidence;
	return by_name;
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
