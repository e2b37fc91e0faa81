/*
 * The elephant factor (fewest organisations that hold half) and the
 * Herfindahl-Hirschman index (sum of the squares of the shares; 10000 = one
 * holds all).  All of the unknown with the greatest gives one bound, each
 * unknown unit with an organisation of its own the other.
 */
#include "assess/spread.h"

#include "assess/share.h"

__extension__ typedef unsigned __int128 wide;

/* Sums are kept below this, so that 10000 times their square fits. */
#define UNITS_MAX ((uint64_t)1 << 56)

struct holdings {
	VEC(uint64_t) known; /* of each organisation, greatest first */
	uint64_t all, unknown;
	bool fits;
};

static int by_number(const void *x, const void *y)
{
	uint64_t a = *(const uint64_t *)x, b = *(const uint64_t *)y;

	return (a < b) - (a > b);
}

static struct holdings collect(const struct contribution *rows, size_t n,
			       enum axis a)
{
	struct holdings h = {.fits = true};
	size_t last = SIZE_MAX;

	for (size_t i = 0; i < n; i++) {
		uint64_t units = rows[i].units[a];

		if (units == 0)
			continue;
		h.fits = h.fits && units < UNITS_MAX - h.all;
		if (!h.fits)
			break;
		h.all += units;
		if (rows[i].organisation == SIZE_MAX)
			h.unknown += units;
		else if (rows[i].organisation == last)
			h.known.v[h.known.n - 1] += units;
		else
			vec_push(&h.known, units);
		if (rows[i].organisation != SIZE_MAX)
			last = rows[i].organisation;
	}
	vec_sort(&h.known, by_number);
	return h;
}

/* The greatest until half is reached, `extra` with the first of them; 0 where
 * they do not reach it. */
static uint64_t elephant(const struct holdings *h, uint64_t extra)
{
	uint64_t sum = extra;

	for (size_t i = 0; i < h->known.n; i++) {
		sum += h->known.v[i];
		if (sum >= h->all - sum)
			return i + 1;
	}
	return extra && sum >= h->all - sum ? 1 : 0;
}

/* Sum of squares over the square of all; `extra` with the first. */
static wide squares(const struct holdings *h, uint64_t extra)
{
	wide sum = h->known.n ? 0 : (wide)extra * extra;

	for (size_t i = 0; i < h->known.n; i++) {
		wide n = h->known.v[i] + (i == 0 ? extra : 0);

		sum += n * n;
	}
	return sum;
}

struct spread spread_of(const struct contribution *rows, size_t n,
			enum axis a)
{
	struct holdings h = collect(rows, n, a);
	wide all = (wide)h.all * h.all;
	struct spread s = {.known = h.known.n, .is_all_known = h.unknown == 0,
			   .hhi_high_bp = SHARE_ALL};

	if (h.fits && h.all) {
		s.elephant_low = elephant(&h, h.unknown);
		s.elephant_high = elephant(&h, 0);
		s.hhi_low_bp = (int32_t)(squares(&h, 0) * SHARE_ALL / all);
		s.hhi_high_bp = (int32_t)((squares(&h, h.unknown) * SHARE_ALL +
					   all - 1) / all);
	}
	vec_release(&h.known);
	return s;
}
