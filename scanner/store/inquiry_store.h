/*
 * Which feeds were asked about what is not known, from the answers that the
 * store keeps.
 */
#ifndef STORE_INQUIRY_STORE_H
#define STORE_INQUIRY_STORE_H

#include "base/map.h"
#include "model/scan.h"
#include "store/store.h"

/* What is not known; zeroed, then filled, then looked up once. */
struct inquiry_store {
	struct arena *arena;
	struct map wanted; /* keys of answers */
};

/* Adds a host and those above it, or a name as printed. */
void inquiry_store_want(struct inquiry_store *q, enum inquiry_kind kind,
			struct str of);
/* Adds what the store has to *ret, in order; frees the keys.  Errors are told
 * as the store tells them. */
void inquiry_store_find(struct inquiry_store *q, struct store *s,
			struct inquiries *ret);
/*
 * Fills s->inquiries: suppliers, producers and hosts of an attributed scan of
 * which nobody is known.  Not from `rdap`, which never names who is behind a
 * host, and whose answers do not leave a store.
 */
void inquiry_store_scan(struct scan *s);

#endif
