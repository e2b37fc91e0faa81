/*
 * What one scan leaves to the next one of the same repository, as bytes that
 * mean nothing to whoever keeps them: the changes of every commit, and whose
 * the lines of a head were.  All of it follows from commits, so it holds
 * wherever they are met again.  What is damaged is as if it was not there.
 */
#ifndef HISTORY_MEMO_H
#define HISTORY_MEMO_H

#include "base/strbuf.h"
#include "history/paths.h"
#include "history/oid.h"

enum memo_part {
	MEMO_CHURN,  /* churn_memo.h */
	MEMO_TREES,  /* firstdiff_memo.h */
	MEMO_LINES,  /* lines_memo.h */
	MEMO_PART_COUNT
};

struct memo {
	size_t oid_bytes;
	bool is_last;                         /* nothing is to be left */
	struct str before[MEMO_PART_COUNT];   /* "" = not known */
	struct strbuf after[MEMO_PART_COUNT]; /* "" = as before */
};

/* The parts of what was left; all are "" when it is not sound. */
void memo_init(struct memo *m, struct str bytes, size_t oid_bytes);
void memo_release(struct memo *m);
/* Adds several as one, each part of it those of all, one after the other; ""
 * adds nothing.  False when one is not sound. */
NODISCARD bool memo_join(const struct str *memos, size_t n, struct strbuf *to);
/* Adds what is to be left; nothing when all is as before. */
void memo_write(const struct memo *m, struct strbuf *to);

/* A part that is being read; after the first fault everything is 0 or "". */
struct memo_in {
	struct str rest;
	size_t oid_bytes;
	bool is_bad;
};

/* A number; more than `max` is a fault. */
uint64_t memo_get(struct memo_in *in, uint64_t max);
struct str memo_get_bytes(struct memo_in *in, size_t n);
struct oid memo_get_oid(struct memo_in *in);
/* Fills an empty table; the numbers are those that were written. */
void memo_get_paths(struct memo_in *in, struct paths *ret);
/* Adds a number, bytes, a name, all paths of a table. */
void memo_put(struct strbuf *to, uint64_t v);
void memo_put_oid(struct strbuf *to, const struct oid *id, size_t bytes);
void memo_put_paths(struct strbuf *to, const struct paths *p);

#endif
