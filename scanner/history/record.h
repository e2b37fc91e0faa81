/* What is kept of a commit that was read, whoever reads it. */
#ifndef HISTORY_RECORD_H
#define HISTORY_RECORD_H

#include "history/address.h"
#include "history/author_keys.h"
#include "history/oid.h"

/* What records point into. */
struct record_lists {
	struct oids parents;
	VEC(uint64_t) coauthors; /* hashes of addresses */
	VEC(uint64_t) signers;   /* the same */
};

struct record {
	struct oid id;       /* what its bytes are named */
	uint64_t address;    /* hash of the author's raw address */
	uint64_t name;       /* and of the name before it */
	int32_t day;         /* of the author date, UTC */
	struct oid tree;
	uint8_t flaws;       /* mask of enum commit_flaw */
	bool has_tree;
	bool is_squashed;    /* its message says so */
	bool is_automatic;   /* it may be: bumps.h */
	bool is_signed_off;  /* by the author's own address */
	uint8_t signature;   /* enum signature */
	uint32_t n_parents, n_coauthors;
	uint32_t n_signers;  /* other addresses by which the author signed */
	size_t parents, coauthors, signers; /* the first in their lists */
};

/* By what a raw commit is read. */
struct record_by {
	size_t oid_bytes;
	const struct author_keys *keys; /* NULL: no signature is verified */
};

/* Reads a raw commit: notes its addresses, adds its parents and co-authors to
 * `lists`. */
void record_parse(struct record *r, struct str raw, struct record_by by,
		  struct addresses *addresses, struct record_lists *lists);
void record_lists_release(struct record_lists *l);

#endif
