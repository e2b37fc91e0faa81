/*
 * Which lines differ between two blobs, exactly as git's default line diff
 * says: Myers' search (Algorithmica 1, 1986) with git's cut-offs, and for
 * hunks the sliding of runs.  Written from the description of the observed
 * behaviour; git is the oracle of its tests.  Lines are bytes up to and with
 * LF; a last line without LF differs from the same text with one.  Blobs are
 * text here whatever they hold, unless said otherwise.
 */
#ifndef HISTORY_DIFF_H
#define HISTORY_DIFF_H

#include "base/err.h"
#include "base/str.h"

/* The memory of a thread's comparisons, used again by each. */
struct diff_work;

struct diff_counts {
	uint32_t added, deleted; /* lines; 0 when binary */
	bool is_binary;          /* `git log --numstat` prints "-" */
};

/* Lines [old_at, old_at + old_n) became [new_at, new_at + new_n); lines
 * count from 0. */
struct diff_hunk {
	uint32_t old_at, old_n, new_at, new_n;
};

/* Ascending; between two there is at least one common line. */
struct diff_hunks {
	const struct diff_hunk *v;
	size_t n;
};

/* The lines of a blob, found once for several comparisons. */
struct diff_text {
	struct str bytes;  /* not copied */
	uint32_t n;        /* lines */
	uint32_t *end;     /* the offset after each line */
	uint64_t *hash;    /* of each line */
};

/* Memory for one thread; nothing else is shared between two. */
struct diff_work *diff_work_new(void);
/* NULL is fine; texts made with it are of no use to another. */
void diff_work_free(struct diff_work *w);

/* Does git take these bytes for binary: a NUL in the first 8,000? */
bool diff_is_binary(struct str bytes);
/* How many lines there are; a last one without LF counts. */
uint32_t diff_lines(struct str bytes);
/*
 * The lines that `git log --numstat` counts between the blobs `a` (old) and
 * `b` (new).  ERR_LIMIT: over LIMIT_BLOB_BYTES or LIMIT_DIFF_LINES.
 */
NODISCARD enum err diff_count(struct diff_work *w, struct str a, struct str b,
			      struct diff_counts *ret);

/* Finds the lines of a blob; release it before `w`.  ERR_LIMIT as above. */
NODISCARD enum err diff_text_init(struct diff_text *t,
				  const struct diff_work *w,
				  struct str bytes);
/* The same, with less work where it begins or ends as another one does. */
NODISCARD enum err diff_text_init_like(struct diff_text *t,
				       const struct diff_work *w,
				       struct str bytes,
				       const struct diff_text *like);
void diff_text_release(struct diff_text *t);
/*
 * The hunks of `git diff -U0`, which are those that `git blame` works with.
 * Both texts were made with `w`; *ret is valid until its next use.
 */
void diff_hunks(struct diff_work *w, const struct diff_text *a,
		const struct diff_text *b, struct diff_hunks *ret);

#endif
