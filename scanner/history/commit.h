/*
 * The parts of a raw commit that count here.  The addresses of author and
 * committer are read exactly as `git log --format=%ae%ce` prints them.
 */
#ifndef HISTORY_COMMIT_H
#define HISTORY_COMMIT_H

#include "history/oid.h"

/* Why a commit is malformed; 0 = it is not. */
enum commit_flaw {
	COMMIT_NO_TREE = 1,     /* no tree line at the start */
	COMMIT_NO_AUTHOR = 2,   /* no author line */
	COMMIT_NO_ADDRESS = 4,  /* no <address> in it */
	COMMIT_NO_DATE = 8,     /* no date, or not within years 1..9999 */
	COMMIT_BAD_PARENT = 16, /* a parent that is not an object name */
	COMMIT_LATE_PARENT = 32 /* one behind other lines: not followed */
};

struct commit_text {
	struct str tree;     /* hex digits, checked; empty when there is none */
	struct str parents;  /* the lines of parents, one after the other */
	size_t n_parents;
	struct str name;     /* what stands before '<' */
	struct str address;  /* raw, between '<' and '>' */
	int64_t seconds;     /* the author date; 0 when there is none */
	struct str committer; /* raw address, like the author's; or "" */
	struct str message;  /* behind the blank line, up to a NUL */
	unsigned flaws;      /* mask of enum commit_flaw */
};

/* Reads a raw commit; slices point into it. */
void commit_parse(struct str raw, size_t oid_bytes, struct commit_text *ret);
/* Takes the next parent off c->parents; false at the end. */
bool commit_next_parent(struct commit_text *c, size_t oid_bytes,
			struct oid *ret);
/* A mask of flaws in words; static storage. */
const char *commit_flaw_text(unsigned flaws);

#endif
