/*
 * Keys of authors that the user vouches for, from a file of allowed signers
 * (ssh-keygen(1)), and whether a commit was signed by one of them.
 */
#ifndef HISTORY_AUTHOR_KEYS_H
#define HISTORY_AUTHOR_KEYS_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/vec.h"

/* A key speaks for all authors at its host. */
struct author_key {
	struct str host; /* lower-case */
	struct str key;  /* its bytes */
};

struct author_keys {
	struct arena arena;
	VEC(struct author_key) list; /* ascending */
	struct str sha256;           /* of the file, in hex */
};

/* Reads the file.  ERR_CONFIG after RW1417: nothing that cannot be read is
 * left out. */
NODISCARD enum err author_keys_parse(struct str text, struct str path,
				     struct diags *ds,
				     struct author_keys *ret);
void author_keys_release(struct author_keys *k);
/*
 * Is a raw commit signed by a key that speaks for the host of its author?
 * `oid_bytes` says which of its signatures counts.
 */
bool author_keys_signed(const struct author_keys *k, struct str raw,
			size_t oid_bytes, struct str host);

#endif
