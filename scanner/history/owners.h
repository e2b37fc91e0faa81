/*
 * Who holds each file of source at the head: how many of its lines and of the
 * commits that changed it came from which host in which year, and who created
 * it.  Renames are followed where blame follows them.
 */
#ifndef HISTORY_OWNERS_H
#define HISTORY_OWNERS_H

#include "history/firstdiff.h"
#include "history/walk.h"
#include "model/digest.h"

/* A file of the head that counts. */
struct owners_file {
	uint32_t path;
	uint32_t lines;   /* 0: it does not */
};

/* What somebody has in a file. */
struct owners_entry {
	uint32_t file, holder, deliveries, lines;
};

struct owners_entries { VEC(struct owners_entry) list; size_t settled; };

/* Before a commit, a file had another path. */
struct owners_rename {
	uint32_t commit, file, path;
};

/* What one thread found out. */
struct owners_part {
	struct owners_entries entries;
	VEC(struct owners_rename) renames;
};

struct owners {
	const struct walk *walk;
	VEC(struct ownership_holder) holders; /* by host and year */
	uint32_t *holder;          /* of each commit, or OWNERSHIP_NOBODY */
	bool *is_bot;              /* each commit's author */
	struct owners_part *parts; /* of each thread */
	struct owners_entries entries;
	VEC(struct owners_file) files;
	uint32_t *creators;        /* of each file: a holder, or nobody */
	bool is_done;
};

/* For a walk that was loaded, on its threads. */
void owners_init(struct owners *o, const struct walk *w);
void owners_release(struct owners *o);
/* Lines of a file are of a commit.  Any thread, for its own part. */
void owners_lines(struct owners *o, unsigned thread, uint32_t file,
		  uint32_t commit, uint32_t n);
/* A file was found under another path.  The same. */
void owners_renamed(struct owners *o, unsigned thread,
		    struct owners_rename r);
/* Some files are done: their entries are put together.  The same. */
void owners_rest(struct owners *o, unsigned thread);
/* All threads are done and o->files is filled: adds who changed them.
 * `order` are commits with children before parents.  False where it would be
 * too much: nothing is known then. */
bool owners_follow(struct owners *o, const struct firstdiff *diffs,
		   const uint32_t *order, size_t n);
/* The files that count, as rows of a digest; none where nothing is known.
 * Texts go to `a`. */
void owners_write(const struct owners *o, struct arena *a,
		  struct ownership *ret);

#endif
