/* Four diagonals at a time; the compiler makes of it what the machine has. */
#include "history/diff_front.h"

#include <assert.h>
#include <string.h>

#define LANES 4

typedef int32_t lanes __attribute__((vector_size(LANES * sizeof(int32_t))));

void diff_front_init(struct diff_front *f, int32_t *memory, uint32_t room)
{
	*f = (struct diff_front){
		.x = {memory, memory + diff_front_size(room) / 2},
		.room = room};
}

void diff_front_start(struct diff_front *f, int32_t x, int32_t centre,
		      int32_t min, int32_t max)
{
	f->centre = centre;
	f->min = min;
	f->max = max;
	f->low = f->high = 0;
	*diff_front_at(f, 0) = x;
}

void diff_front_copy(struct diff_front *to, const struct diff_front *from)
{
	/* both halves: they lie behind each other */
	memcpy(to->x[0], from->x[0],
	       diff_front_size(from->room) * sizeof *from->x[0]);
	to->low = from->low;
	to->high = from->high;
	to->is_long = from->is_long;
}

static void widen(int32_t range[2], int32_t v)
{
	range[0] = v < range[0] ? v : range[0];
	range[1] = v > range[1] ? v : range[1];
}

void diff_front_reach(const struct diff_front *f,
		      struct diff_front_reach *ret)
{
	*ret = (struct diff_front_reach){{INT32_MAX, INT32_MIN},
					 {INT32_MAX, INT32_MIN},
					 {INT32_MAX, INT32_MIN}};
	for (int32_t d = f->low; d <= f->high; d += 2) {
		int32_t x = *diff_front_at(f, d), y = x - d - f->centre;

		widen(ret->x, x);
		widen(ret->y, y);
		widen(ret->sum, x + y);
	}
}

/* One diagonal more on each side, or one less where the box ends.  How many
 * there are then. */
static size_t spread(struct diff_front *f, int32_t nowhere)
{
	assert(f->high - f->low < 2 * (int32_t)f->room - 2);
	if (f->low > f->min)
		*diff_front_at(f, --f->low - 1) = nowhere;
	else
		f->low++;
	if (f->high < f->max)
		*diff_front_at(f, ++f->high + 1) = nowhere;
	else
		f->high--;
	f->is_long = false;
	return f->high < f->low ? 0 : (size_t)(f->high - f->low) / 2 + 1;
}

static lanes load(const int32_t *p)
{
	lanes v;

	memcpy(&v, p, sizeof v);
	return v;
}

/* Steps along a line of either side: to[i] = max(from[i] + 1, from[i + 1]).
 * May write a few more. */
static void step_forward(const int32_t *from, int32_t *to, size_t n)
{
	for (size_t i = 0; i < n; i += LANES) {
		lanes left = load(from + i) + 1, right = load(from + i + 1);
		lanes more = left > right;

		left = (left & more) | (right & ~more);
		memcpy(to + i, &left, sizeof left);
	}
}

/* The same backwards: to[i] = min(from[i], from[i + 1] - 1). */
static void step_back(const int32_t *from, int32_t *to, size_t n)
{
	for (size_t i = 0; i < n; i += LANES) {
		lanes left = load(from + i), right = load(from + i + 1) - 1;
		lanes less = left < right;

		left = (left & less) | (right & ~less);
		memcpy(to + i, &left, sizeof left);
	}
}

/* Follows equal lines from (x, y) on; where they end, as x. */
static int32_t follow(struct diff_front *f, const struct diff_front_lines *l,
		      int32_t x, int32_t y)
{
	int32_t from = x;

	while (x < l->x_end && y < l->y_end && l->a[x] == l->b[y])
		x++, y++;
	f->is_long |= x - from > DIFF_SNAKE;
	return x;
}

static int32_t follow_back(struct diff_front *f,
			   const struct diff_front_lines *l, int32_t x,
			   int32_t y)
{
	int32_t from = x;

	while (x > l->x_end && y > l->y_end && l->a[x - 1] == l->b[y - 1])
		x--, y--;
	f->is_long |= from - x > DIFF_SNAKE;
	return x;
}

/* Most points have nothing to follow: that is found out in few steps. */
void diff_front_advance(struct diff_front *f,
			const struct diff_front_lines *l)
{
	size_t n = spread(f, -1);
	int32_t *to = diff_front_at(f, f->low), d = f->low + f->centre;
	const uint32_t *a = l->a, *b = l->b;
	const int32_t x_end = l->x_end, y_end = l->y_end;

	step_forward(diff_front_at(f, f->low - 1), to, n);
	for (size_t i = 0; i < n; i++, d += 2) {
		int32_t x = to[i], y = x - d;

		if (x < x_end && y < y_end && a[(uint32_t)x] == b[(uint32_t)y])
			to[i] = follow(f, l, x, y);
	}
}

void diff_front_retreat(struct diff_front *f,
			const struct diff_front_lines *l)
{
	size_t n = spread(f, INT32_MAX);
	int32_t *to = diff_front_at(f, f->low), d = f->low + f->centre;
	const uint32_t *a = l->a, *b = l->b;
	const int32_t x_end = l->x_end, y_end = l->y_end;

	step_back(diff_front_at(f, f->low - 1), to, n);
	for (size_t i = 0; i < n; i++, d += 2) {
		int32_t x = to[i], y = x - d;

		if (x > x_end && y > y_end &&
		    a[(uint32_t)x - 1] == b[(uint32_t)y - 1])
			to[i] = follow_back(f, l, x, y);
	}
}

/* Is any of x[i] at or behind y[i]? */
static bool is_any_behind(const int32_t *x, const int32_t *y, size_t n)
{
	lanes met = {0};
	bool is_any = false;

	for (; n >= LANES; n -= LANES, x += LANES, y += LANES)
		met |= load(x) >= load(y);
	while (n--)
		is_any |= x[n] >= y[n];
	return is_any || met[0] || met[1] || met[2] || met[3];
}

bool diff_front_meet(const struct diff_front *forward,
		     const struct diff_front *backward, int32_t *ret)
{
	int32_t shift = forward->centre - backward->centre;
	int32_t low = backward->low - shift, high = backward->high - shift;
	const int32_t *x, *y;
	size_t n;

	low = low < forward->low ? forward->low : low;
	high = high > forward->high ? forward->high : high;
	if (low > high)
		return false;
	n = (size_t)(high - low) / 2 + 1;
	x = diff_front_at(forward, low);
	y = diff_front_at(backward, low + shift);
	if (!is_any_behind(x, y, n))
		return false;
	while (n && x[n - 1] < y[n - 1])
		n--;
	*ret = low + 2 * ((int32_t)n - 1);
	return true;
}
