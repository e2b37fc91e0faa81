/*
 * How far authorship is shown, by host and month: parts of the counts of
 * hosts, so that nothing is counted twice, nothing moved.
 */
#ifndef MODEL_DIGEST_AUTHORSHIP_H
#define MODEL_DIGEST_AUTHORSHIP_H

#include "model/digest.h"
#include "model/digest_part.h"

/* Order of rows: by host, month, rung. */
int digest_authorship_compare(const void *a, const void *b);
/* What stands on a rung or above it, of a host in a month. */
struct digest_counts digest_authorship_of(const struct digest *d,
					  struct str host, int32_t month,
					  enum authorship least);
/* Adds a host's commits of a month to those of each rung; what no row tells
 * is only claimed.  Nothing where it was not looked for. */
void digest_authorship_count(const struct digest *d, struct str host,
			     int32_t month, uint64_t commits,
			     uint64_t to[AUTHORSHIP_COUNT]);
/* The commits of each rung, over all hosts. */
void digest_authorship_sum(const struct digest *d,
			   uint64_t ret[AUTHORSHIP_COUNT]);
/* For publishing, when hosts are folded: rows of those that are gone become
 * rows of "(unlisted)". */
void digest_authorship_fold(struct digest *d);
/* "claimed", "consistent", "sign-off", "account", "signature". */
const char *digest_authorship_name(enum authorship rung);

/* The member "authorship": null, or keys and rows. */
void digest_authorship_write(const struct digest *d, struct json_out *j);
/* Reads it when the hosts are read; what is wrong, or NULL. */
const char *digest_authorship_read(struct digest_reading *r,
				   struct json_raw raw);

#endif
