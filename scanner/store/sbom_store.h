/*
 * SBOMs that a forge exports of its repositories, as the store keeps them of
 * an update: of what a stack file names by address only.
 */
#ifndef STORE_SBOM_STORE_H
#define STORE_SBOM_STORE_H

#include "store/store.h"

#define SBOM_STORE_FEED "github-sbom"

/* The key of its answer: "host/owner/name" in lower case; "" for what is no
 * address. */
struct str sbom_store_key(struct str repository, struct arena *a);
/* The document of a repository, in `a`; "" where there is none (NULL: no
 * store). */
struct str sbom_store_find(struct store *s, struct str repository,
			   struct arena *a);

#endif
