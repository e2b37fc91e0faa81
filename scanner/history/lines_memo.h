/*
 * Whose the lines of a head were, from one scan to the next.  Whose a line
 * is follows from where it stands at which commit and from nothing else, so a
 * later pass of blame that comes to that commit may stop there.  Several slices
 * of the files may stand one after the other.  Whoever traced them writes the
 * same bytes.
 */
#ifndef HISTORY_LINES_MEMO_H
#define HISTORY_LINES_MEMO_H

#include "history/live.h"
#include "history/memo.h"
#include "history/walk.h"

/* Lines [from, from + n) of a file are of a commit, or were found under
 * another path before it. */
struct lines_memo_run { uint32_t from, n, commit; };
struct lines_memo_move { uint32_t from, n, path, commit; };

struct lines_memo_file {
	struct oid blob;
	uint32_t lines;     /* 0 where git takes it for binary */
	uint8_t class;      /* enum line_class */
	uint32_t n_runs, n_moves;
	size_t run, move;   /* the first of each: runs ascend, and cover all */
};

/* All zero: nothing is known. */
struct lines_memo {
	bool is_known;
	uint32_t head;      /* in the walk */
	uint32_t *of;       /* of each path its file + 1; 0: not known */
	size_t n_paths;
	VEC(struct lines_memo_file) files;
	VEC(struct lines_memo_run) runs;
	VEC(struct lines_memo_move) moves;
};

/* Reads what is known of a head that the walk has met; paths by their numbers
 * in `paths`.  Files of which not all is known any more are left out. */
void lines_memo_read(struct lines_memo *l, const struct memo *m,
		     const struct walk *w, const struct paths *paths);
void lines_memo_release(struct lines_memo *l);
/* What is known of a file at that head; NULL when nothing is. */
const struct lines_memo_file *lines_memo_find(const struct lines_memo *l,
					      uint32_t path,
					      const struct oid *blob);
/* The run that holds a line of a file. */
const struct lines_memo_run *lines_memo_run_at(
	const struct lines_memo *l, const struct lines_memo_file *f,
	uint32_t line);

/* What passes find out, in no order: of which file in a list of them. */
struct lines_memo_found { uint32_t file, from, n, commit; };
struct lines_memo_moved { uint32_t file, from, n, path, commit; };
struct lines_memo_finds {
	VEC(struct lines_memo_found) found;
	VEC(struct lines_memo_moved) moved;
};

/* A file of the head, as it is written. */
struct lines_memo_row {
	uint32_t path;
	struct oid blob;
	uint32_t lines;
	uint8_t class;
	bool is_read;
};

struct lines_memo_head {
	const struct walk *walk;
	const struct paths *paths;
	struct oid id;
	VEC(struct lines_memo_row) rows; /* files, in the order of the list */
};

/* Writes all files of which every line was found; sorts what was. */
void lines_memo_write(const struct lines_memo_head *h,
		      struct lines_memo_finds *all, struct strbuf *to);

#endif
