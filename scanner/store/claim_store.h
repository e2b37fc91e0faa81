/*
 * What profiles of those who committed to a repository claim, as the feed
 * `github-graphql` keeps it of an update: commits by host, month and
 * organisation.  Claims of persons about themselves: they join a history as
 * links of a tier of their own, and count only if they are cited.
 */
#ifndef STORE_CLAIM_STORE_H
#define STORE_CLAIM_STORE_H

#include "model/scan.h"
#include "store/store.h"

#define CLAIM_STORE_FEED "github-graphql"
#define CLAIM_STORE_PAGE 100 /* commits of one answer */

/* The key of the page of a repository (address_key) that begins behind so
 * many commits, and back. */
struct str claim_store_key(struct str place, uint64_t first, struct arena *a);
struct str claim_store_place(struct str key);
uint64_t claim_store_first(struct str key);
/*
 * Adds claims to the digests of a scan, month by month, where a host has just
 * as many commits here as there, and no link tells more of them.  Told is how
 * many (RW1808).
 */
void claim_store_join(struct scan *s);

#endif
