/*
 * The fronts of the line diff: on random sequences each point is as far as a
 * table over all changes says, and two of them meet at the least number.
 */
#include "unit.h"

#include <stdlib.h>

#include "base/mem.h"
#include "history/diff_front.h"

#define MOST 40
#define ROOM (2 * MOST + 4)

struct pair {
	int32_t n, m;
	uint32_t a[MOST], b[MOST];
};

static uint32_t next(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 8;
}

/* Two sequences whose first and last lines differ, as in every box. */
static void draw(struct pair *p, uint32_t seed)
{
	uint32_t kinds = 1 + seed % 7;

	p->n = (int32_t)(1 + next(&seed) % (MOST - 1));
	p->m = (int32_t)(1 + next(&seed) % (MOST - 1));
	for (int i = 0; i < MOST; i++) {
		p->a[i] = next(&seed) % kinds;
		p->b[i] = seed % 5 ? p->a[i] : next(&seed) % kinds;
	}
	p->b[0] = p->a[0] + 1;
	p->b[p->m - 1] = p->a[p->n - 1] + 1;
}

/* least[x][y]: changes between the first x and the first y lines. */
static void fill(const struct pair *p, int32_t least[MOST + 1][MOST + 1])
{
	for (int32_t x = 0; x <= p->n; x++)
		for (int32_t y = 0; y <= p->m; y++) {
			int32_t *at = &least[x][y];

			*at = x + y;
			if (x && y && p->a[x - 1] == p->b[y - 1])
				*at = least[x - 1][y - 1];
			if (x && least[x - 1][y] + 1 < *at)
				*at = least[x - 1][y] + 1;
			if (y && least[x][y - 1] + 1 < *at)
				*at = least[x][y - 1] + 1;
		}
}

static int32_t furthest(const struct pair *p,
			int32_t least[MOST + 1][MOST + 1], int32_t diagonal,
			int32_t changes)
{
	int32_t best = -1;

	for (int32_t x = 0; x <= p->n; x++) {
		int32_t y = x - diagonal;

		if (y >= 0 && y <= p->m && least[x][y] <= changes)
			best = x;
	}
	return best;
}

static int32_t *front_new(struct diff_front *f)
{
	int32_t *memory = mem_new(diff_front_size(ROOM), sizeof *memory);

	diff_front_init(f, memory, ROOM);
	return memory;
}

static void check_points(const struct pair *p)
{
	const struct diff_front_lines l = {p->a, p->b, p->n, p->m};
	int32_t least[MOST + 1][MOST + 1];
	struct diff_front f;
	int32_t *memory = front_new(&f);

	fill(p, least);
	diff_front_start(&f, 0, 0, -p->m, p->n);
	for (int32_t changes = 0; changes < least[p->n][p->m]; changes++) {
		diff_front_advance(&f, &l);
		for (int32_t d = f.low; d <= f.high; d += 2) {
			int32_t x = *diff_front_at(&f, d);

			/* what lies outside the box is of no meaning */
			if (x <= p->n && x - d <= p->m)
				assert_int_equal(x, furthest(p, least, d,
							     changes + 1));
		}
	}
	free(memory);
}

/* Takes as many rounds as it needs; the number of changes. */
static int32_t meet(const struct pair *p)
{
	const struct diff_front_lines ahead = {p->a, p->b, p->n, p->m};
	const struct diff_front_lines back = {p->a, p->b, 0, 0};
	struct diff_front f, g;
	int32_t *memory[2] = {front_new(&f), front_new(&g)};
	bool is_odd = (p->n - p->m) & 1, has_met = false;
	int32_t changes, d = 0;

	diff_front_start(&f, 0, 0, -p->m, p->n);
	diff_front_start(&g, p->n, p->n - p->m, -p->n, p->m);
	for (changes = 0; !has_met; ) {
		changes++;
		diff_front_advance(&f, &ahead);
		has_met = is_odd && diff_front_meet(&f, &g, &d);
		if (has_met)
			break;
		changes++;
		diff_front_retreat(&g, &back);
		has_met = !is_odd && diff_front_meet(&f, &g, &d);
	}
	assert_true(*diff_front_at(&f, d) >=
		    *diff_front_at(&g, d - (p->n - p->m)));
	free(memory[0]);
	free(memory[1]);
	return changes;
}

static void test_points(void **state)
{
	struct pair p;

	(void)state;
	for (uint32_t seed = 0; seed < 300; seed++) {
		draw(&p, seed);
		check_points(&p);
	}
}

static void test_meet(void **state)
{
	int32_t least[MOST + 1][MOST + 1];
	struct pair p;

	(void)state;
	for (uint32_t seed = 0; seed < 300; seed++) {
		draw(&p, seed);
		fill(&p, least);
		if (p.n > 1 && p.m > 1)
			assert_int_equal(meet(&p), least[p.n][p.m]);
	}
}

/* 21 equal lines are a long snake, 20 are none. */
static void test_snakes(void **state)
{
	uint32_t a[30] = {1}, b[30] = {2};
	struct diff_front f;
	int32_t *memory = front_new(&f);

	(void)state;
	for (int32_t n = DIFF_SNAKE; n <= DIFF_SNAKE + 1; n++) {
		const struct diff_front_lines l = {a, b, n + 1, n};

		for (int32_t i = 0; i < n; i++)
			a[i + 1] = b[i] = (uint32_t)i + 7;
		diff_front_start(&f, 0, 0, -n, n + 1);
		diff_front_advance(&f, &l);
		assert_int_equal(*diff_front_at(&f, 1), n + 1);
		assert_int_equal(f.is_long, n > DIFF_SNAKE);
	}
	free(memory);
}

/* A copy goes on as the front that it was taken from. */
static void test_copies(void **state)
{
	struct diff_front_reach r;
	struct diff_front f, g;
	int32_t *memory[2] = {front_new(&f), front_new(&g)};
	struct pair p;

	(void)state;
	draw(&p, 5);
	diff_front_start(&f, 0, 0, -p.m, p.n);
	diff_front_start(&g, 0, 0, -p.m, p.n);
	for (int i = 0; i < 4; i++) {
		const struct diff_front_lines l = {p.a, p.b, p.n, p.m};

		diff_front_advance(&f, &l);
		diff_front_reach(&f, &r);
		diff_front_advance(&g, &l);
		diff_front_copy(&g, &f);
		assert_int_equal(g.low, f.low);
		assert_int_equal(g.high, f.high);
		for (int32_t d = f.low; d <= f.high; d += 2) {
			int32_t x = *diff_front_at(&f, d);

			assert_int_equal(*diff_front_at(&g, d), x);
			assert_in_range(x, r.x[0], r.x[1]);
			assert_in_range(x - d + 9, r.y[0] + 9, r.y[1] + 9);
			assert_in_range(2 * x - d + 9, r.sum[0] + 9,
					r.sum[1] + 9);
		}
	}
	free(memory[0]);
	free(memory[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_points),
		cmocka_unit_test(test_meet),
		cmocka_unit_test(test_snakes),
		cmocka_unit_test(test_copies),
	};

	return cmocka_run_group_tests_name("diff_front", tests, NULL, NULL);
}
