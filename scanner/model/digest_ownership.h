/* The member `ownership` of a digest (docs/digest.md). */
#ifndef MODEL_DIGEST_OWNERSHIP_H
#define MODEL_DIGEST_OWNERSHIP_H

#include "base/json_out.h"
#include "model/digest.h"
#include "model/digest_part.h"

/*
 * Whose each holder is (room for all of them), from the months of the digest,
 * which are attributed: of nobody known where those of its year do not agree,
 * by no certain row where they go by several.
 */
void digest_ownership_by(const struct digest *d, struct attribution *ret);
/* What the host of a holder has in its year, by month; how many are there. */
const struct digest_month *digest_ownership_months(
	const struct digest *d, const struct ownership_holder *holder,
	size_t *ret_n);
/* For publishing: after hosts were folded, theirs are "(unlisted)" here. */
void digest_ownership_fold(struct digest *d);

/* The member, or null. */
void digest_ownership_write(const struct digest *d, struct json_out *j);
/* Reads it when hosts were read; what is wrong, or NULL.  It may be
 * absent. */
const char *digest_ownership_read(struct digest_reading *r,
				  struct json_raw raw);

#endif
