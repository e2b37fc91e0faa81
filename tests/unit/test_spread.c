/* Elephant factor and concentration as bounds, and against all ways in which
 * the unknown can fall out. */
#include "unit.h"

#include "assess/spread.h"

static struct contribution rows[8];

static struct spread of(const uint64_t *known, size_t n, uint64_t unknown)
{
	for (size_t i = 0; i < n; i++)
		rows[i] = (struct contribution){
			.organisation = i, .units[AXIS_COMMITS] = known[i]};
	rows[n] = (struct contribution){.organisation = SIZE_MAX,
					.units[AXIS_COMMITS] = unknown};
	return spread_of(rows, n + 1, AXIS_COMMITS);
}

static void test_all_known(void **state)
{
	const uint64_t known[] = {1, 6, 3};
	struct spread s = of(known, 3, 0);

	(void)state;
	assert_int_equal(s.known, 3);
	assert_true(s.is_all_known);
	assert_int_equal(s.elephant_low, 1);
	assert_int_equal(s.elephant_high, 1);
	assert_int_equal(s.hhi_low_bp, 4600);
	assert_int_equal(s.hhi_high_bp, 4600);
}

static void test_the_unknown_widens(void **state)
{
	const uint64_t known[] = {3, 2};
	struct spread s = of(known, 2, 5);

	(void)state;
	assert_false(s.is_all_known);
	assert_int_equal(s.elephant_low, 1);
	assert_int_equal(s.elephant_high, 2);
	assert_int_equal(s.hhi_low_bp, 1300);
	assert_int_equal(s.hhi_high_bp, 6800);
	s = of(known, 2, 6);
	assert_int_equal(s.elephant_high, 0);
}

static void test_nothing_known(void **state)
{
	struct spread s = of(NULL, 0, 7);

	(void)state;
	assert_int_equal(s.elephant_low, 1);
	assert_int_equal(s.elephant_high, 0);
	assert_int_equal(s.hhi_low_bp, 0);
	assert_int_equal(s.hhi_high_bp, 10000);
	s = spread_of(rows, 0, AXIS_COMMITS);
	assert_int_equal(s.elephant_low, 0);
	assert_int_equal(s.hhi_high_bp, 10000);
}

static void test_what_does_not_fit_bounds_nothing(void **state)
{
	const uint64_t known[] = {UINT64_MAX, 1};
	struct spread s = of(known, 2, 0);

	(void)state;
	assert_int_equal(s.elephant_high, 0);
	assert_int_equal(s.hhi_low_bp, 0);
	assert_int_equal(s.hhi_high_bp, 10000);
}

/* One way in which four unknown units may fall out: to two known ones, or to
 * one of two others. */
static void check_way(struct spread s, const uint64_t *known, unsigned way)
{
	uint64_t n[4] = {known[0], known[1], 0, 0}, all = 0, squares = 0;
	uint64_t sum = 0;
	unsigned fewest = 0;

	for (unsigned i = 0; i < 4; i++)
		n[way >> 2 * i & 3]++;
	for (size_t i = 0; i < 4; i++) {
		all += n[i];
		squares += n[i] * n[i];
	}
	while (sum * 2 < all) {
		size_t best = 0;

		for (size_t i = 1; i < 4; i++)
			best = n[i] > n[best] ? i : best;
		sum += n[best];
		n[best] = 0;
		fewest++;
	}
	assert_true(s.elephant_low <= fewest);
	assert_true(s.elephant_high == 0 || fewest <= s.elephant_high);
	assert_true((uint64_t)s.hhi_low_bp * all * all <= squares * 10000);
	assert_true((uint64_t)s.hhi_high_bp * all * all >= squares * 10000);
}

static void test_no_way_leaves_the_bounds(void **state)
{
	(void)state;
	for (uint64_t a = 0; a < 6; a++)
		for (uint64_t b = 0; b < 6; b++) {
			const uint64_t known[] = {a, b};
			struct spread s = of(known, 2, 4);

			for (unsigned way = 0; way < 256; way++)
				check_way(s, known, way);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_all_known),
		cmocka_unit_test(test_the_unknown_widens),
		cmocka_unit_test(test_nothing_known),
		cmocka_unit_test(test_what_does_not_fit_bounds_nothing),
		cmocka_unit_test(test_no_way_leaves_the_bounds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
