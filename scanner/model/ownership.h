/*
 * Who holds the files of source at a head, as far as it can be told without
 * a path and without a person: of each file the hosts and years of those who
 * wrote its lines and made its changes.  Files that are equal in this are one
 * row.  Which organisation a host is, is for the reader to say; what no
 * holder stands for is of nobody known, so that bounds hold.
 */
#ifndef MODEL_OWNERSHIP_H
#define MODEL_OWNERSHIP_H

#include <stdbool.h>

#include "base/str.h"
#include "base/vec.h"

#define OWNERSHIP_NOBODY UINT32_MAX
/* Rows that are kept, and holders of one; the rest is nobody's. */
#define OWNERSHIP_ROWS 10000
#define OWNERSHIP_HOLDERS 64

/* All that came from one host in one year of the author date (UTC). */
struct ownership_holder {
	struct str host;
	int32_t year;
};

/* What one of them has in a file. */
struct ownership_share {
	uint32_t holder;      /* its place among the holders */
	uint64_t deliveries;  /* commits that changed the file */
	uint64_t lines;       /* that stand there now */
};

/* Equal files: how many, and what each of them has. */
struct ownership_row {
	uint64_t files;
	uint64_t deliveries, lines; /* at least those of its shares */
	uint32_t creator;     /* a holder, or OWNERSHIP_NOBODY */
	size_t first, n;      /* of its shares */
};

struct ownership {
	bool is_known;        /* it was computed */
	VEC(struct ownership_holder) holders; /* by host and year */
	VEC(struct ownership_share) shares;   /* of a row by holder */
	VEC(struct ownership_row) rows;       /* greatest first */
	uint64_t rest_files, rest_lines;      /* that no row tells of */
};

/* Frees the vectors. */
void ownership_release(struct ownership *o);
/*
 * Puts into order what was filled in any: joins holders of one host and year,
 * shares of one holder, rows that are equal; leaves out unused holders; folds
 * what is beyond the limits.
 */
void ownership_settle(struct ownership *o);
/* In which of two rows more is; 0: they are equal. */
int ownership_compare(const struct ownership *o,
		      const struct ownership_row *a,
		      const struct ownership_row *b);
/* a += n * each; UINT64_MAX where it does not fit. */
void ownership_add(uint64_t *a, uint64_t n, uint64_t each);

/* What a holder is to a question. */
enum ownership_part { OWNERSHIP_OUT, OWNERSHIP_OPEN, OWNERSHIP_IN };

/* Files, and the lines of all of them, in which those who are IN hold more
 * than half of the lines: at least, and at most, all that is open with
 * them. */
struct ownership_majority {
	uint64_t files, lines; /* of all */
	uint64_t files_low, files_high;
	uint64_t lines_low, lines_high;
};

/* of[i] says what holder i is (enum ownership_part). */
void ownership_majority(const struct ownership *o, const uint8_t *of,
			struct ownership_majority *ret);

/* Which organisation (of[i] is that of holder i, SIZE_MAX: not known) holds
 * more than half of the lines of a row's files; SIZE_MAX: none for sure. */
size_t ownership_most(const struct ownership *o,
		      const struct ownership_row *r, const size_t *of);

#endif
