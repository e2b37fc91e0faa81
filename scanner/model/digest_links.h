/*
 * The links of a digest: what else is known of whoever stands behind a host,
 * by host and month.  Parts of the counts of hosts: nothing is counted twice,
 * nothing moved.
 */
#ifndef MODEL_DIGEST_LINKS_H
#define MODEL_DIGEST_LINKS_H

#include "model/digest.h"
#include "model/digest_part.h"
#include "model/digest_seats.h"

/* Hosts in one list; who has more of them is no person. */
#define DIGEST_LINKS_MOST 16

/* Order of rows: by host, month, and the hosts that they name. */
int digest_links_compare(const struct digest_link *a,
			 const struct digest_link *b);
/* Gives a row texts of its own. */
void digest_links_keep(struct digest_link *l, struct arena *a);
/*
 * For publishing, when hosts are folded and attributed: leaves out hosts that
 * are not listed, and rows of hosts that are an organisation's themselves.
 */
void digest_links_fold(struct digest *d, const struct digest_listed *l,
		       struct arena *a);

/* A part of d->links. */
struct digest_links_run {
	const struct digest_link *v;
	size_t n;
};
/* Those of a host in a month. */
struct digest_links_run digest_links_of(const struct digest *d,
					struct str host, int32_t month);
/* What all rows of a tier hold. */
struct digest_counts digest_links_sum(const struct digest *d,
				      enum digest_tier tier);
/* "open", "trailer", "identity", "conflict", "claim". */
const char *digest_links_tier_name(enum digest_tier t);

/* The member "links": null, or its rows. */
void digest_links_write(const struct digest *d, struct json_out *j);
/* Reads it when the hosts are read; what is wrong, or NULL. */
const char *digest_links_read(struct digest_reading *r, struct json_raw raw);

#endif
