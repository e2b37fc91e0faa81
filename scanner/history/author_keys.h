/*
 * Keys of authors that the user vouches for, from files of allowed signers
 * (ssh-keygen(1)) and keys of OpenPGP, and whether a commit was signed by one
 * of them.
 */
#ifndef HISTORY_AUTHOR_KEYS_H
#define HISTORY_AUTHOR_KEYS_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/vec.h"
#include "history/pgpsig.h"

/* A key of SSH speaks for all authors at its host. */
struct author_key {
	struct str host; /* lower-case */
	struct str key;  /* its bytes */
};

struct author_keys {
	struct arena arena;
	VEC(struct author_key) list; /* ascending */
	VEC(struct pgpsig_keys *) pgp; /* of each such file */
	struct str sha256; /* of the file, in hex; of several: of that of those
			      before and its own */
};

/* Adds those of a file; *to is zeroed at first.  ERR_CONFIG after RW1417:
 * nothing that cannot be read is left out. */
NODISCARD enum err author_keys_parse(struct str text, struct str path,
				     struct diags *ds,
				     struct author_keys *to);
void author_keys_release(struct author_keys *k);
/*
 * Is a raw commit signed by a key that speaks for its author: for the host
 * (SSH) or the address (OpenPGP)?  `oid_bytes` says which of its signatures
 * counts.
 */
enum signature author_keys_check(const struct author_keys *k, struct str raw,
				 size_t oid_bytes, struct str host,
				 struct str address);

#endif
