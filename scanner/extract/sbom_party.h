/*
 * Who stands in a supplier, author or publisher field of an SBOM.  Names of
 * organisations are kept as printed; of a person only the host of the address
 * is kept, as "@host": ranwhence judges organisations.
 */
#ifndef EXTRACT_SBOM_PARTY_H
#define EXTRACT_SBOM_PARTY_H

#include "base/arena.h"

/* What the format says of a field. */
enum sbom_party {
	SBOM_PARTY_ORGANISATION,
	SBOM_PARTY_ANYBODY, /* organisation or person */
	SBOM_PARTY_PERSON
};

/*
 * The organisation's name, "@host", or "" when the text names nobody that may
 * be kept.  Understands "Name <address>", "Name (address)", an address alone,
 * empty brackets, and teams typed as persons.
 */
struct str sbom_party_name(struct str text, enum sbom_party party,
			   struct arena *a);
/* The same with the prefix that SPDX puts before: "Organization: " ... */
struct str sbom_party_spdx(struct str text, struct arena *a);
/* Does the text hold an address of mail or of the web, by which who is named
 * can be reached? */
bool sbom_party_has_contact(struct str text);
/* True for NOASSERTION, NONE, unknown, n/a and their like. */
bool sbom_party_is_nobody(struct str text);

#endif
