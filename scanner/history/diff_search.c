#include "history/diff_search.h"

#include <assert.h>

#include "history/diff_front.h"

#define DEAR 256  /* rounds before any cut-off */
#define WORTH 4   /* progress for a round that makes a path good */
#define STACK 64  /* boxes: the larger half waits, so log2 is enough */

/* Lines [x0, x1) of the first against lines [y0, y1) of the second. */
struct box {
	int32_t x0, x1, y0, y1;
	bool is_exact;  /* no cut-offs: its cost is known to be small */
};

/* Where a box is cut in two. */
struct cut {
	int32_t x, y;
	uint32_t cost;    /* of the whole box; 0 when a cut-off chose */
	bool is_exact[2]; /* its halves */
};

struct search {
	const uint32_t *a, *b;
	uint32_t dear;    /* rounds before a box is cut in any case */
	struct box box;
	struct diff_front forward, backward;
};

void diff_search_release(struct diff_search *s)
{
	diff_array_release(&s->forward);
	diff_array_release(&s->backward);
}

/* ---- the two fronts ---------------------------------------------------- */

static void start(struct search *s)
{
	const struct box *b = &s->box;
	int32_t dx = b->x1 - b->x0, dy = b->y1 - b->y0;

	diff_front_start(&s->forward, b->x0, b->x0 - b->y0, -dy, dx);
	diff_front_start(&s->backward, b->x1, b->x1 - b->y1, -dx, dy);
}

/* Where the fronts meet, if they do: at the point that `f` has reached. */
static bool meet(const struct search *s, const struct diff_front *f,
		 uint32_t cost, struct cut *ret)
{
	int32_t d, x;

	if (!diff_front_meet(&s->forward, &s->backward, &d))
		return false;
	d += s->forward.centre;
	x = *diff_front_at(f, d - f->centre);
	*ret = (struct cut){x, x - d, cost, {true, true}};
	return true;
}

/* A change more from the start of the box, then from its end; true when the
 * fronts meet.  They can after either of them, as the corners lie. */
static bool go_on(struct search *s, uint32_t round, struct cut *ret)
{
	const struct box *b = &s->box;
	bool is_odd = (s->forward.centre - s->backward.centre) & 1;

	diff_front_advance(&s->forward, &(struct diff_front_lines){
		s->a, s->b, b->x1, b->y1});
	if (is_odd && meet(s, &s->forward, 2 * round - 1, ret))
		return true;
	diff_front_retreat(&s->backward, &(struct diff_front_lines){
		s->a, s->b, b->x0, b->y0});
	return !is_odd && meet(s, &s->backward, 2 * round, ret);
}

/* ---- cut-offs ---------------------------------------------------------- */

static int32_t distance(int32_t diagonal)
{
	return diagonal < 0 ? -diagonal : diagonal;
}

/* Are the DIFF_SNAKE lines from (x, y) on equal? */
static bool is_snake(const struct search *s, int32_t x, int32_t y)
{
	for (int32_t i = 0; i < DIFF_SNAKE; i++)
		if (s->a[x + i] != s->b[y + i])
			return false;
	return true;
}

/* The best point of the forward front that a long snake leads to. */
static bool cut_forward(const struct search *s, int32_t least,
			struct cut *ret)
{
	const struct diff_front *f = &s->forward;
	const struct box *b = &s->box;
	int32_t best = least;

	for (int32_t d = f->high; d >= f->low; d -= 2) {
		int32_t x = *diff_front_at(f, d), y = x - d - f->centre;
		int32_t gain = x - b->x0 + y - b->y0 - distance(d);

		if (gain <= best || x < b->x0 + DIFF_SNAKE || x >= b->x1 ||
		    y < b->y0 + DIFF_SNAKE || y >= b->y1 ||
		    !is_snake(s, x - DIFF_SNAKE, y - DIFF_SNAKE))
			continue;
		best = gain;
		*ret = (struct cut){x, y, 0, {true, false}};
	}
	return best > least;
}

/* The best point of the backward front that a long snake leads to. */
static bool cut_backward(const struct search *s, int32_t least,
			 struct cut *ret)
{
	const struct diff_front *g = &s->backward;
	const struct box *b = &s->box;
	int32_t best = least;

	for (int32_t d = g->high; d >= g->low; d -= 2) {
		int32_t x = *diff_front_at(g, d), y = x - d - g->centre;
		int32_t gain = b->x1 - x + b->y1 - y - distance(d);

		if (gain <= best || x > b->x1 - DIFF_SNAKE || x <= b->x0 ||
		    y > b->y1 - DIFF_SNAKE || y <= b->y0 || !is_snake(s, x, y))
			continue;
		best = gain;
		*ret = (struct cut){x, y, 0, {false, true}};
	}
	return best > least;
}

/* The point that either front has carried furthest. */
static void cut_furthest(const struct search *s, struct cut *ret)
{
	const struct diff_front *f = &s->forward, *g = &s->backward;
	const struct box *b = &s->box;
	int32_t ahead = -1, back = INT32_MAX;
	struct cut from_start = {0}, from_end = {0};

	for (int32_t d = f->high; d >= f->low; d -= 2) {
		int32_t c = d + f->centre, x = *diff_front_at(f, d);

		x = x < b->x1 ? x : b->x1;
		x = x - c < b->y1 ? x : b->y1 + c;
		if (2 * x - c > ahead) {
			ahead = 2 * x - c;
			from_start = (struct cut){x, x - c, 0, {true, false}};
		}
	}
	for (int32_t d = g->high; d >= g->low; d -= 2) {
		int32_t c = d + g->centre, x = *diff_front_at(g, d);

		x = x > b->x0 ? x : b->x0;
		x = x - c > b->y0 ? x : b->y0 + c;
		if (2 * x - c < back) {
			back = 2 * x - c;
			from_end = (struct cut){x, x - c, 0, {false, true}};
		}
	}
	*ret = b->x1 + b->y1 - back < ahead - b->x0 - b->y0 ? from_start
							    : from_end;
}

static void find_cut(struct search *s, struct cut *ret)
{
	start(s);
	for (uint32_t round = 1; ; round++) {
		int32_t least = (int32_t)round * WORTH;

		if (go_on(s, round, ret))
			return;
		if (s->box.is_exact)
			continue;
		if (round > DEAR &&
		    (s->forward.is_long || s->backward.is_long) &&
		    (cut_forward(s, least, ret) ||
		     cut_backward(s, least, ret)))
			return;
		if (round >= s->dear) {
			cut_furthest(s, ret);
			return;
		}
	}
}

/* ---- boxes ------------------------------------------------------------- */

/*
 * No box needs more rounds than those that came before the cut which made
 * it, so `dear` bounds them all.
 */
static void prepare(struct search *s, struct diff_search *memory,
		    const struct diff_side side[2])
{
	uint64_t lines = (uint64_t)side[0].n_kept + side[1].n_kept + 3;
	uint32_t room;
	size_t size;

	*s = (struct search){.a = side[0].kept, .b = side[1].kept};
	s->box.x1 = (int32_t)side[0].n_kept;
	s->box.y1 = (int32_t)side[1].n_kept;
	for (s->dear = 1; lines; lines >>= 2)
		s->dear <<= 1;
	s->dear = s->dear > DEAR ? s->dear : DEAR;
	room = s->dear + 4;
	size = diff_front_size(room);
	diff_front_init(&s->forward, diff_array_room(
		&memory->forward, size, sizeof(int32_t)), room);
	diff_front_init(&s->backward, diff_array_room(
		&memory->backward, size, sizeof(int32_t)), room);
}

/* Takes equal lines off both ends of the box; true when a side is empty. */
static bool strip(struct search *s)
{
	struct box *b = &s->box;

	while (b->x0 < b->x1 && b->y0 < b->y1 &&
	       s->a[b->x0] == s->b[b->y0])
		b->x0++, b->y0++;
	while (b->x0 < b->x1 && b->y0 < b->y1 &&
	       s->a[b->x1 - 1] == s->b[b->y1 - 1])
		b->x1--, b->y1--;
	return b->x0 == b->x1 || b->y0 == b->y1;
}

size_t diff_search_least(struct diff_search *memory,
			 const struct diff_side side[2], size_t most)
{
	struct search s;
	struct cut cut;

	prepare(&s, memory, side);
	if (strip(&s))
		return (size_t)(s.box.x1 - s.box.x0 + s.box.y1 - s.box.y0);
	start(&s);
	for (uint32_t round = 1; 2 * round <= most; round++)
		if (go_on(&s, round, &cut))
			return cut.cost;
	return SIZE_MAX;
}

/* Cuts the box; the larger half goes on the stack, the other is next. */
static void divide(struct search *s, const struct cut *c, struct box *waits)
{
	struct box low = s->box, high = s->box;

	low.x1 = high.x0 = c->x;
	low.y1 = high.y0 = c->y;
	low.is_exact = c->is_exact[0];
	high.is_exact = c->is_exact[1];
	if (c->x - s->box.x0 + c->y - s->box.y0 <
	    s->box.x1 - c->x + s->box.y1 - c->y) {
		s->box = low;
		*waits = high;
	} else {
		s->box = high;
		*waits = low;
	}
}

void diff_search_count(struct diff_search *memory,
		       const struct diff_side side[2],
		       uint32_t ret_changed[2])
{
	struct box waiting[STACK];
	size_t n = 0;
	struct search s;
	struct cut cut;

	ret_changed[0] = ret_changed[1] = 0;
	prepare(&s, memory, side);
	for (;;) {
		bool is_done = strip(&s);
		uint32_t dx = (uint32_t)(s.box.x1 - s.box.x0);
		uint32_t dy = (uint32_t)(s.box.y1 - s.box.y0);

		cut.cost = dx + dy;
		if (!is_done)
			find_cut(&s, &cut);
		if (cut.cost || is_done) {
			ret_changed[0] += (cut.cost + dx - dy) / 2;
			ret_changed[1] += (cut.cost + dy - dx) / 2;
			if (!n)
				return;
			s.box = waiting[--n];
		} else {
			assert(n < STACK);
			divide(&s, &cut, &waiting[n++]);
		}
	}
}

static void mark_box(const struct box *b, struct diff_side side[2])
{
	for (int32_t x = b->x0; x < b->x1; x++)
		side[0].changed[side[0].at[x]] = 1;
	for (int32_t y = b->y0; y < b->y1; y++)
		side[1].changed[side[1].at[y]] = 1;
}

void diff_search_mark(struct diff_search *memory, struct diff_side side[2])
{
	struct box waiting[STACK];
	size_t n = 0;
	struct search s;
	struct cut cut;

	prepare(&s, memory, side);
	for (;;) {
		if (strip(&s)) {
			mark_box(&s.box, side);
			if (!n)
				return;
			s.box = waiting[--n];
		} else {
			find_cut(&s, &cut);
			assert(n < STACK);
			divide(&s, &cut, &waiting[n++]);
		}
	}
}
