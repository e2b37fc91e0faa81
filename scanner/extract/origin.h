/*
 * Sources that a file names by address: a repository at a revision, a file to
 * download with its hash.  Texts may hold expressions (vars.h).
 */
#ifndef EXTRACT_ORIGIN_H
#define EXTRACT_ORIGIN_H

#include "extract/extract.h"

/*
 * Adds a repository.  NULL where the address is not known (RW1302) or is no
 * repository (RW1304); a revision that is not known is left out (RW1302).
 */
struct component *origin_repository(struct extraction *x,
				    const struct extractor *e,
				    struct str url, struct str rev,
				    unsigned line);
/* Adds what an address of a file names; NULL for keys, signatures and local
 * files. */
struct component *origin_download(struct extraction *x,
				  const struct extractor *e, struct str url,
				  unsigned line);
/* Sets the hash of a component, "sha256" and hex digits; others are left. */
void origin_hash(struct extraction *x, struct component *c, struct str kind,
		 struct str hex);

#endif
