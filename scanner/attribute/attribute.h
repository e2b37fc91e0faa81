/*
 * From a host, a name or an address to an organisation, and from an
 * organisation to who controls it.  Judges organisations on facts alone: no
 * name of a person, time zone or language is ever looked at.
 */
#ifndef ATTRIBUTE_ATTRIBUTE_H
#define ATTRIBUTE_ATTRIBUTE_H

#include "model/digest.h"
#include "model/ladder.h"
#include "model/scan.h"

/* Whose contributions from a host are, on days [when.first, when.last]:
 * longest match wins, windows and typo rows respected. */
void attribute_host(const struct facts *f, struct str host,
		    struct date_span when, struct attribution *ret);
/* The organisation that a name means (exact after normalisation: legal
 * forms, punctuation, case, listed aliases), SIZE_MAX if none or several;
 * *ret_fact (may be NULL) is the row that names it so. */
size_t attribute_name(const struct facts *f, struct str name,
		      size_t *ret_fact);
/* The organisation that owns the namespace of a repository address or purl
 * (longest `publishes` prefix), SIZE_MAX if none; *ret_fact may be NULL. */
size_t attribute_namespace(const struct facts *f, struct str address,
			   int32_t day, size_t *ret_fact);
/* Fills tier and organisation of the links of a digest whose months are
 * attributed. */
void attribute_links(const struct facts *f, struct digest *d);
/* Fills digest_month.by for all months of a digest, and its links; not its
 * seats. */
void attribute_digest(const struct facts *f, struct digest *d);
/* Fills the supply of all components and of the stack: the names that they
 * state, and the owner of the namespace of purl or repository. */
void attribute_supply(const struct facts *f, struct scan *s);
/* Whose a seat is for which these are declared, on days [when.first,
 * when.last]: the host decides, else the company; SIZE_MAX if unknown.  How
 * sure that is goes to *ret_confidence. */
size_t attribute_seat(const struct facts *f, struct str host,
		      struct str company, struct date_span when,
		      int *ret_confidence);
/* Fills organisation of all seats, those of digests too; conflicts give
 * RW1702. */
void attribute_seats(const struct facts *f, struct scan *s);

/* Per organisation of the facts, whether the scan names it: a contribution, a
 * seat or a supply is its own.  Call when all of them are attributed. */
const bool *attribute_asked(const struct scan *s, struct arena *a);
/* The ladders for one concern of the organisations that are asked for (NULL:
 * all); they live in `a`.  Independent of the order of rows and of what else
 * is asked for; terminates on cycles. */
void attribute_ladders(const struct facts *f, const struct concern *c,
		       const bool *asked, struct arena *a,
		       struct ladders *ret);
/* The ladder of one organisation (for `entity`). */
void attribute_ladder(const struct facts *f, size_t organisation,
		      const struct concern *c, struct arena *a,
		      struct ladder *ret);

#endif
