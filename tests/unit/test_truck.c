/*
 * Truck factor: degrees and files by hand, and bounds against what comes out
 * when every commit of nobody known is given to somebody at random.
 */
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "model/truck.h"

#define ORGS 6       /* known ones; as many again come in as unknown */
#define FILES 12

static struct ownership o;
static size_t of[16];

static void begin(size_t holders)
{
	ownership_release(&o);
	o = (struct ownership){.is_known = true};
	for (size_t i = 0; i < holders; i++) {
		vec_push(&o.holders, ((struct ownership_holder){
			STR("h.test"), 2000 + (int32_t)i}));
		of[i] = i;
	}
}

static void file(uint64_t files, uint32_t creator)
{
	vec_push(&o.rows, ((struct ownership_row){
		.files = files, .lines = 1, .creator = creator,
		.first = o.shares.n}));
}

static void by(uint32_t holder, uint64_t deliveries)
{
	struct ownership_row *r = &o.rows.v[o.rows.n - 1];

	vec_push(&o.shares,
		 ((struct ownership_share){holder, deliveries, 0}));
	r->deliveries += deliveries;
	r->n++;
}

static void assert_factor(uint64_t low, uint64_t high)
{
	struct truck t;

	truck_factor(&o, of, &t);
	assert_int_equal(t.low, low);
	assert_int_equal(t.has_high, high != UINT64_MAX);
	if (t.has_high)
		assert_int_equal(t.high, high);
}

/* 3.293 + 1.098 FA + 0.164 DL - 0.321 ln(1 + AC), by hand. */
static void test_degrees(void **state)
{
	(void)state;
	assert_int_equal(truck_authorship(false, 0, 0), 3293000);
	assert_int_equal(truck_authorship(true, 1, 1), 4555000);
	/* ln 2 = 0.693147 */
	assert_int_equal(truck_authorship(true, 3, 4), 4660500);
	/* ln 10 = 2.302585 */
	assert_in_range(truck_authorship(false, 0, 9), 2553870, 2553873);
	/* ln 1001 = 6.908755 */
	assert_in_range(truck_authorship(false, 1, 1001), 1239289, 1239295);
	assert_true(truck_authorship(true, UINT64_MAX, UINT64_MAX) > 0);
	assert_true(truck_authorship(false, 0, UINT64_MAX) < 0);
	for (uint64_t n = 1; n < 5000; n += 7) {
		assert_true(truck_authorship(false, n, 5000) >
			    truck_authorship(false, n - 1, 5000));
		assert_true(truck_authorship(false, 0, n) <=
			    truck_authorship(false, 0, n - 1));
	}
}

static void test_all_known(void **state)
{
	(void)state;
	begin(3);
	assert_factor(0, UINT64_MAX); /* no file at all */
	/* 6 files of one, 3 of another, 1 of a third */
	file(6, 0), by(0, 2);
	file(3, 1), by(1, 2);
	file(1, 2), by(2, 2);
	assert_factor(1, 1);
	begin(3);
	file(4, 0), by(0, 2);
	file(3, 1), by(1, 2);
	file(2, 2), by(2, 2);
	assert_factor(2, 2);
}

/* Who made one commit of many is no author; of two who share, both are. */
static void test_authors(void **state)
{
	(void)state;
	begin(2);
	file(1, 0), by(0, 5), by(1, 1);
	assert_factor(1, 1);
	begin(3);
	file(3, 0), by(0, 9), by(1, 9);
	file(2, 2), by(2, 1);
	/* 3 of 5 are orphaned when both have left */
	assert_factor(1, 2);
	/* perhaps nobody is, where the creator has one commit of very many */
	begin(1);
	file(1, 0), by(0, 1);
	o.rows.v[0].deliveries += 500;
	assert_factor(0, UINT64_MAX);
}

static void test_the_unknown_widens(void **state)
{
	(void)state;
	begin(2);
	of[1] = SIZE_MAX;
	file(6, 0), by(0, 3);
	file(4, 1), by(1, 3);
	assert_factor(1, 1);  /* whoever has the 4, has fewer */
	begin(2);
	of[1] = SIZE_MAX;
	file(4, 0), by(0, 3);
	file(6, 1), by(1, 3);
	assert_factor(1, UINT64_MAX);
	/* a commit that is not known can make nobody else the author */
	begin(2);
	of[1] = SIZE_MAX;
	file(1, 0), by(0, 9), by(1, 1);
	assert_factor(1, 1);
	o.rest_files = 1;
	assert_factor(1, UINT64_MAX);
	o.rest_files = 0;
	begin(1);
	of[0] = SIZE_MAX;
	file(1, OWNERSHIP_NOBODY), by(0, 1);
	assert_factor(0, UINT64_MAX);
}

/* ---- against all known ------------------------------------------------- */

static unsigned seed;

static unsigned random_of(unsigned n)
{
	seed = seed * 1103515245u + 12345u;
	return (seed >> 16) % n;
}

/* What really happened: commits of each organisation, and who created. */
static uint64_t truth[FILES][2 * ORGS];
static unsigned creators[FILES];

static bool is_author(size_t f, size_t org)
{
	uint64_t all = 0;
	int64_t degree[2 * ORGS], greatest = INT64_MIN;

	for (size_t i = 0; i < 2 * ORGS; i++)
		all += truth[f][i];
	for (size_t i = 0; i < 2 * ORGS; i++) {
		degree[i] = truck_authorship(creators[f] == i, truth[f][i],
					     all);
		if (degree[i] > greatest &&
		    (truth[f][i] || creators[f] == i))
			greatest = degree[i];
	}
	return (truth[f][org] || creators[f] == org) &&
	       degree[org] >= 3293000 && 4 * degree[org] > 3 * greatest;
}

/* The greedy way, file by file; of equals the first leaves first. */
static uint64_t slow_factor(void)
{
	bool has_left[2 * ORGS] = {0};
	size_t counts[2 * ORGS] = {0};

	for (size_t f = 0; f < FILES; f++)
		for (size_t i = 0; i < 2 * ORGS; i++)
			counts[i] += is_author(f, i);
	for (uint64_t k = 0;; k++) {
		size_t orphans = 0, most = SIZE_MAX;

		for (size_t f = 0; f < FILES; f++) {
			bool has_author = false;

			for (size_t i = 0; i < 2 * ORGS; i++)
				has_author |= !has_left[i] && is_author(f, i);
			orphans += !has_author;
		}
		if (orphans * 2 > FILES)
			return k;
		for (size_t i = 0; i < 2 * ORGS; i++)
			if (!has_left[i] && (most == SIZE_MAX ||
					     counts[i] > counts[most]))
				most = i;
		has_left[most] = true;
	}
}

/* Commits of known organisations are told as theirs, or as unknown. */
static void make_file(size_t f, unsigned unknown)
{
	uint64_t hidden = 0;
	uint32_t creator = random_of(2) ? random_of(2 * ORGS) : 0;

	memset(truth[f], 0, sizeof truth[f]);
	creators[f] = creator;
	if (random_of(12))
		truth[f][creator] = 1;
	for (unsigned i = random_of(5); i-- > 0; )
		truth[f][random_of(2) ? random_of(2 * ORGS) : creator] +=
			random_of(random_of(8) ? 4 : 60);
	file(1, creator < ORGS && random_of(100) >= unknown
			? creator : random_of(2) ? ORGS : OWNERSHIP_NOBODY);
	for (uint32_t i = 0; i < 2 * ORGS; i++) {
		uint64_t told = 0;

		for (uint64_t k = 0; k < truth[f][i]; k++)
			told += i < ORGS && random_of(100) >= unknown;
		hidden += truth[f][i] - told;
		if (told)
			by(i, told);
	}
	if (hidden && random_of(2))
		by(ORGS, hidden);
	else
		o.rows.v[o.rows.n - 1].deliveries += hidden;
}

static void test_bounds_hold(void **state)
{
	static const unsigned unknown[] = {0, 0, 2, 10, 50};
	size_t n_high = 0;

	(void)state;
	for (seed = 1; seed < 5000000; seed += 1500) {
		unsigned saved = seed;
		struct truck t;
		uint64_t k;

		begin(ORGS + 1);
		of[ORGS] = SIZE_MAX;
		for (size_t f = 0; f < FILES; f++)
			make_file(f, unknown[saved % 5]);
		truck_factor(&o, of, &t);
		k = slow_factor();
		if (t.low > k || (t.has_high && t.high < k))
			print_error("seed %u\n", saved);
		assert_true(t.low <= k);
		assert_true(!t.has_high || t.high >= k);
		n_high += t.has_high;
		seed = saved;
	}
	assert_true(n_high > 500);
}

static int end(void **state)
{
	(void)state;
	ownership_release(&o);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_degrees),
		cmocka_unit_test(test_all_known),
		cmocka_unit_test(test_authors),
		cmocka_unit_test(test_the_unknown_widens),
		cmocka_unit_test(test_bounds_hold),
	};

	return cmocka_run_group_tests(tests, NULL, end);
}
