/*
 * Digests of clones that `update` made, and of what servers tell of reviews,
 * under their keys.  What a scan keeps of a history is elsewhere (kept.h).
 */
#ifndef STORE_DIGEST_CACHE_H
#define STORE_DIGEST_CACHE_H

#include "base/sha256.h"
#include "model/digest.h"
#include "store/store.h"

/*
 * The digest of a key; texts go to `a`.  False when it is not there, or not
 * sound: then it is as if it was not there, without a word.
 */
bool digest_cache_find(struct store *s,
		       const unsigned char key[SHA256_BYTES],
		       struct arena *a, struct digest *ret);
/* Tells once more what was told when it was made, about the repository at
 * this path. */
void digest_cache_tell(const struct digest *d, struct str path,
		       struct diags *ds);
/*
 * Adds the text that is kept of a digest, with what was told about the
 * repository (diagnostics without a place that leave nothing out); false when
 * it is not to be kept.
 */
bool digest_cache_text(const struct digest *d, const struct diags *told,
		       struct strbuf *to);
/*
 * Keeps a digest in the store at this path: a text as digest_cache_text makes
 * it, if it is whole and reading it gives the same again.  A store that
 * cannot be written is left alone: nothing is missing.
 */
void digest_cache_put(const char *path,
		      const unsigned char key[SHA256_BYTES], struct str text);

/*
 * The digest of the clone that `update` made of a repository, found by the
 * address alone; it may be incomplete (a malformed commit that the repository
 * really has).  Nothing that digest_cache_put keeps is taken for one.
 */
void digest_cache_clone_key(struct str address,
			    unsigned char ret_key[SHA256_BYTES]);
bool digest_cache_find_clone(struct store *s, struct str address,
			     struct arena *a, struct digest *ret);
/* As digest_cache_put. */
void digest_cache_put_clone(const char *path,
			    const unsigned char key[SHA256_BYTES],
			    struct str text);

#endif
