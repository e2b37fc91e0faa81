/*
 * Who holds the seats of a project.  The host of the declared address decides;
 * the company that the project states only counts where the host says
 * nothing.
 */
#include "attribute/attribute.h"

static void conflict(struct scan *s, const struct facts *f,
		     const struct seat *seat, size_t by_host, size_t by_name)
{
	diag_add(&s->diags, RW1702,
		 diag_at_line(seat->evidence.path, seat->evidence.line),
		 "an address at %.*s (%.*s) is declared for %.*s (%.*s)",
		 STR_ARG(seat->host),
		 STR_ARG(f->organisations.v[by_host].name),
		 STR_ARG(seat->company),
		 STR_ARG(f->organisations.v[by_name].name));
}

static void attribute_seat(const struct facts *f, struct scan *s,
			   struct seat *seat)
{
	struct date_span when = {s->as_of, s->as_of};
	struct attribution by_host;
	size_t fact = SIZE_MAX;
	size_t by_name = attribute_name(f, seat->company, &fact);

	attribute_host(f, seat->host, when, &by_host);
	if (by_host.organisation != SIZE_MAX) {
		if (by_name != SIZE_MAX && by_name != by_host.organisation)
			conflict(s, f, seat, by_host.organisation, by_name);
		by_name = by_host.organisation;
		fact = by_host.fact;
	}
	seat->organisation = by_name;
	seat->confidence = by_name == SIZE_MAX
		? FACT_C : f->rows.v[fact].confidence;
}

void attribute_seats(const struct facts *f, struct scan *s)
{
	for (size_t i = 0; i < s->parts.seats.n; i++)
		attribute_seat(f, s, &s->parts.seats.v[i]);
}
