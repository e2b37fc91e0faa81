/*
 * Reviews that a server of reviews tells of (Gerrit's REST API), where a
 * history comes without their record: digests of nothing but reviews, found by
 * the address of the repository.  They name hosts of the addresses that
 * accounts have now, not then, so what they say counts only if it is cited.
 */
#ifndef STORE_REVIEW_STORE_H
#define STORE_REVIEW_STORE_H

#include "model/scan.h"
#include "store/store.h"

/* Keeps one, in the place of an earlier one of its repository; ERR_FORMAT
 * where it is not sound or did not stay. */
NODISCARD enum err review_store_put(struct store *s, const struct facts *f,
				    int32_t day, const struct digest *d);
/* Has a history of the repository (canonical) that is at hand, bundled or of a
 * clone, its reviews already? */
bool review_store_is_known(struct store *s, const struct facts *f,
			   int32_t day, struct str repository);
/*
 * Adds to the digests of a scan that are without reviews what the store knows
 * (RW1807); has_told_reviews says so.
 */
void review_store_join(struct scan *s);

#endif
