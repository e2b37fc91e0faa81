/*
 * What a run worked out and a later one may go on from: bytes under a key of
 * all that they depend on.  Nothing is missing where an entry is not there,
 * or not sound; they are not exported.
 */
#ifndef STORE_KEPT_H
#define STORE_KEPT_H

#include "base/sha256.h"
#include "base/strbuf.h"
#include "store/store.h"

/* One line adds a kind.  Digests of clones are read before they are kept, and
 * stand with the digests (digest_cache.h); the bytes of the others are their
 * reader's to check. */
#define KEPT_KINDS(X) \
	X(KEPT_DIGEST, "digest") \
	X(KEPT_CLONE, "digest of a clone") \
	X(KEPT_HISTORY, "history")
#define KEPT_ENUM(id, name) id,
enum kept_kind { KEPT_KINDS(KEPT_ENUM) KEPT_KIND_COUNT };
#undef KEPT_ENUM

/* Adds the bytes of an entry to `to`; false when it is not there or not what
 * was kept.  Not for digests of clones. */
bool kept_find(struct store *s, enum kept_kind kind,
	       const unsigned char key[SHA256_BYTES], struct strbuf *to);
/*
 * Keeps an entry in the store at this path, in the place of an earlier one of
 * its kind and key.  A store that cannot be written is left alone, and so are
 * more than LIMIT_KEPT_BYTES.  Others go where all would be too many.
 */
void kept_put(const char *path, enum kept_kind kind,
	      const unsigned char key[SHA256_BYTES], struct str bytes);
/* Removes entries, those used first, until all have `most` bytes at most. */
void kept_trim(struct store *s, uint64_t most);

#endif
