/* Whether a store is what was kept in it, and throwing away what nobody reads
 * any more. */
#ifndef STORE_VERIFY_H
#define STORE_VERIFY_H

#include "store/store.h"

struct verify_counts {
	uint64_t editions, rows, answers, digests;
};
/*
 * Checks the file, the rows of each edition against its digest, and each
 * answer and digest against its own.  What is wrong is RW1824; ERR_FORMAT
 * then.
 */
NODISCARD enum err verify_store(struct store *s, struct verify_counts *ret);

struct verify_freed {
	uint64_t editions, rows, digests;
	int64_t bytes;   /* by which the file became smaller */
};
/* Removes editions that readers do not see, and the digests that were used
 * least recently past LIMIT_DIGESTS; gives the room back to the system. */
NODISCARD enum err verify_gc(struct store *s, struct verify_freed *ret);

#endif
