/* What is kept of a commit that was read, whoever reads it. */
#ifndef HISTORY_RECORD_H
#define HISTORY_RECORD_H

#include "history/address.h"
#include "history/oid.h"

struct record {
	uint64_t address;    /* hash of the author's raw address */
	int32_t month;       /* of the author date, since 1970-01, UTC */
	struct oid tree;
	uint8_t flaws;       /* mask of enum commit_flaw */
	bool has_tree;
	uint32_t n_parents;
	size_t parents;      /* the first of them in a list of names */
};

/* Reads a raw commit: notes its address, adds its parents to `parents`. */
void record_parse(struct record *r, struct str raw, size_t oid_bytes,
		  struct addresses *addresses, struct oids *parents);

#endif
