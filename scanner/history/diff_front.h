/*
 * The points furthest along each diagonal of a box that are reached from one
 * of its ends by so many changes, for the search of diff_search.h.  Diagonals
 * are x - y and count from that of the end.
 */
#ifndef HISTORY_DIFF_FRONT_H
#define HISTORY_DIFF_FRONT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DIFF_SNAKE 20  /* equal lines in a row that speak for a path */

/* Two sequences, and how far the one or other front may go in them. */
struct diff_front_lines {
	const uint32_t *a, *b;
	int32_t x_end, y_end;
};

/*
 * Every other diagonal is reached by an even number of changes, the others
 * by an odd one, so that each half lies in an array of its own.
 */
struct diff_front {
	int32_t *x[2];
	uint32_t room;    /* diagonals on either side */
	int32_t centre;   /* the diagonal of the end */
	int32_t low, high, min, max; /* reached, possible */
	bool is_long;     /* a long snake in this round */
};

/* The least and most of x, of y and of their sum. */
struct diff_front_reach {
	int32_t x[2], y[2], sum[2];
};

/* How many numbers both arrays take for `room` diagonals on either side. */
static inline size_t diff_front_size(uint32_t room)
{
	return 2 * ((size_t)room + 8);
}

/* The x of a diagonal that was reached or is beside one that was. */
static inline int32_t *diff_front_at(const struct diff_front *f,
				     int32_t diagonal)
{
	uint32_t at = (uint32_t)diagonal + f->room;

	return &f->x[at & 1][at >> 1];
}

/* A front with memory of diff_front_size(room) numbers. */
void diff_front_init(struct diff_front *f, int32_t *memory, uint32_t room);
/* Puts it at an end of a box: (x, x - centre). */
void diff_front_start(struct diff_front *f, int32_t x, int32_t centre,
		      int32_t min, int32_t max);
/* Puts it where another front is that began at the same end of a larger
 * box, of the same room. */
void diff_front_copy(struct diff_front *to, const struct diff_front *from);
/* How far its points reach. */
void diff_front_reach(const struct diff_front *f,
		      struct diff_front_reach *ret);
/* One more change, from the start of the box up to the ends of `l`. */
void diff_front_advance(struct diff_front *f,
			const struct diff_front_lines *l);
/* The same from the end of the box back to the ends of `l`. */
void diff_front_retreat(struct diff_front *f,
			const struct diff_front_lines *l);
/*
 * Have the two met?  *ret is the highest diagonal where they have, counted
 * as `forward` does.  To be asked where both reach the same diagonals.
 */
bool diff_front_meet(const struct diff_front *forward,
		     const struct diff_front *backward, int32_t *ret);

#endif
