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
	uint32_t cost;  /* if it is known; 0: it is not */
};

/* Where a box is cut in two. */
struct cut {
	int32_t x, y;
	uint32_t cost;    /* of the whole box; 0 when a cut-off chose */
	uint32_t half;    /* of the half that is exact then; 0: not known */
	bool is_exact[2]; /* its halves */
};

enum known { NONE, FORWARD, BACKWARD };

struct search {
	const uint32_t *a, *b;
	uint32_t dear;    /* rounds before a box is cut in any case */
	uint32_t round;
	struct box box;
	struct diff_front forward, backward;
	/* of the last box that is not exact, after DEAR rounds; one of them
	 * began where the half of it that is not exact begins or ends */
	struct diff_front old_forward, old_backward;
	enum known known;
};

void diff_search_release(struct diff_search *s)
{
	for (size_t i = 0; i < sizeof s->front / sizeof *s->front; i++)
		diff_array_release(&s->front[i]);
}

/* ---- the two fronts ---------------------------------------------------- */

static void start(struct search *s)
{
	const struct box *b = &s->box;
	int32_t dx = b->x1 - b->x0, dy = b->y1 - b->y0;

	diff_front_start(&s->forward, b->x0, b->x0 - b->y0, -dy, dx);
	diff_front_start(&s->backward, b->x1, b->x1 - b->y1, -dx, dy);
	s->round = 0;
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
	*ret = (struct cut){x, x - d, cost, 0, {true, true}};
	return true;
}

static void advance(struct search *s)
{
	diff_front_advance(&s->forward, &(struct diff_front_lines){
		s->a, s->b, s->box.x1, s->box.y1});
}

static void retreat(struct search *s)
{
	diff_front_retreat(&s->backward, &(struct diff_front_lines){
		s->a, s->b, s->box.x0, s->box.y0});
}

/* A change more from the start of the box, then from its end; true when the
 * fronts meet.  They can after either of them, as the corners lie. */
static bool go_on(struct search *s, struct cut *ret)
{
	bool is_odd = (s->forward.centre - s->backward.centre) & 1;

	s->round++;
	advance(s);
	if (is_odd && meet(s, &s->forward, 2 * s->round - 1, ret))
		return true;
	retreat(s);
	return !is_odd && meet(s, &s->backward, 2 * s->round, ret);
}

/*
 * Brings both fronts to DEAR rounds with the work of one, when the other is
 * known from the box before: false when the new bounds would have stopped
 * that one, or when the two may have met on the way.
 */
static bool catch_up(struct search *s)
{
	struct diff_front_reach f, g;

	if (s->known == FORWARD) {
		diff_front_copy(&s->forward, &s->old_forward);
		diff_front_reach(&s->forward, &f);
		if (f.x[1] >= s->box.x1 || f.y[1] >= s->box.y1)
			return false;
		while (s->round++ < DEAR)
			retreat(s);
		diff_front_reach(&s->backward, &g);
	} else {
		diff_front_copy(&s->backward, &s->old_backward);
		diff_front_reach(&s->backward, &g);
		if (g.x[0] <= s->box.x0 || g.y[0] <= s->box.y0)
			return false;
		while (s->round++ < DEAR)
			advance(s);
		diff_front_reach(&s->forward, &f);
	}
	s->round = DEAR;
	return f.sum[1] < g.sum[0];
}

/* The rounds before any cut-off; true when the fronts meet. */
static bool run_up(struct search *s, struct cut *ret)
{
	start(s);
	if (s->known && !s->box.is_exact) {
		if (catch_up(s))
			return false;
		start(s);
	}
	while (s->round < DEAR)
		if (go_on(s, ret))
			return true;
	return false;
}

/* Leaves the fronts for catch_up. */
static void keep(struct search *s)
{
	diff_front_copy(&s->old_forward, &s->forward);
	diff_front_copy(&s->old_backward, &s->backward);
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
		*ret = (struct cut){x, y, 0, s->round, {true, false}};
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
		*ret = (struct cut){x, y, 0, s->round, {false, true}};
	}
	return best > least;
}

/* The point that either front has carried furthest.  What lies beyond the
 * box is taken back to its edge, where fewer changes may lead. */
static void cut_furthest(const struct search *s, struct cut *ret)
{
	const struct diff_front *f = &s->forward, *g = &s->backward;
	const struct box *b = &s->box;
	int32_t ahead = -1, back = INT32_MAX;
	struct cut from_start = {0}, from_end = {0};

	for (int32_t d = f->high; d >= f->low; d -= 2) {
		int32_t c = d + f->centre, from = *diff_front_at(f, d), x;

		x = from < b->x1 ? from : b->x1;
		x = x - c < b->y1 ? x : b->y1 + c;
		if (2 * x - c > ahead) {
			ahead = 2 * x - c;
			from_start = (struct cut){x, x - c, 0,
				x == from ? s->round : 0, {true, false}};
		}
	}
	for (int32_t d = g->high; d >= g->low; d -= 2) {
		int32_t c = d + g->centre, from = *diff_front_at(g, d), x;

		x = from > b->x0 ? from : b->x0;
		x = x - c > b->y0 ? x : b->y0 + c;
		if (2 * x - c < back) {
			back = 2 * x - c;
			from_end = (struct cut){x, x - c, 0,
				x == from ? s->round : 0, {false, true}};
		}
	}
	*ret = b->x1 + b->y1 - back < ahead - b->x0 - b->y0 ? from_start
							    : from_end;
}

/* A cut-off, if one is due after this round. */
static bool cut_off(const struct search *s, struct cut *ret)
{
	int32_t least = (int32_t)s->round * WORTH;

	if (s->round > DEAR && (s->forward.is_long || s->backward.is_long) &&
	    (cut_forward(s, least, ret) || cut_backward(s, least, ret)))
		return true;
	if (s->round < s->dear)
		return false;
	cut_furthest(s, ret);
	return true;
}

static void find_cut(struct search *s, struct cut *ret)
{
	if (run_up(s, ret))
		return;
	if (!s->box.is_exact)
		keep(s);
	while (s->box.is_exact || !cut_off(s, ret))
		if (go_on(s, ret))
			return;
	s->known = ret->is_exact[0] ? BACKWARD : FORWARD;
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
	struct diff_front *fronts[] = {&s->forward, &s->backward,
				       &s->old_forward, &s->old_backward};
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
	for (size_t i = 0; i < sizeof fronts / sizeof *fronts; i++)
		diff_front_init(fronts[i], diff_array_room(
			&memory->front[i], size, sizeof(int32_t)), room);
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
	while (2 * (s.round + 1) <= most)
		if (go_on(&s, &cut))
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
	low.cost = low.is_exact ? c->half : 0;
	high.cost = high.is_exact ? c->half : 0;
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
		bool is_done = s.box.cost || strip(&s);
		uint32_t dx = (uint32_t)(s.box.x1 - s.box.x0);
		uint32_t dy = (uint32_t)(s.box.y1 - s.box.y0);

		cut.cost = s.box.cost ? s.box.cost : dx + dy;
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
