/*
 * Rows of equal files: putting them in order, limits, who holds the greater
 * part (also against all units known), and the member of a digest.
 */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

#include "model/digest_ownership.h"

static struct ownership o;

static void holder(const char *host, int32_t year)
{
	vec_push(&o.holders, ((struct ownership_holder){str_c(host), year}));
}

static void file(uint64_t files, uint64_t deliveries, uint64_t lines,
		 uint32_t creator)
{
	vec_push(&o.rows, ((struct ownership_row){
		files, deliveries, lines, creator, o.shares.n, 0}));
}

static void by(uint32_t of, uint64_t deliveries, uint64_t lines)
{
	vec_push(&o.shares,
		 ((struct ownership_share){of, deliveries, lines}));
	o.rows.v[o.rows.n - 1].n++;
}

static void begin(void)
{
	ownership_release(&o);
	o = (struct ownership){.is_known = true};
}

/* ---- order ------------------------------------------------------------- */

static void test_settle(void **state)
{
	(void)state;
	begin();
	holder("b.test", 2001);
	holder("a.test", 2002);
	holder("unused.test", 2001);
	holder("a.test", 2002);
	file(1, 3, 10, 0), by(3, 1, 4), by(0, 1, 5), by(1, 1, 1);
	file(1, 1, 99, OWNERSHIP_NOBODY);
	file(1, 3, 10, 0), by(0, 1, 5), by(1, 2, 5);
	ownership_settle(&o);
	assert_int_equal(o.holders.n, 2);
	assert_str(o.holders.v[0].host, "a.test");
	assert_int_equal(o.holders.v[1].year, 2001);
	assert_int_equal(o.rows.n, 2);
	assert_int_equal(o.rows.v[0].files, 2);
	assert_int_equal(o.rows.v[0].creator, 1);
	assert_int_equal(o.rows.v[0].n, 2);
	assert_int_equal(o.shares.n, 2);
	assert_int_equal(o.shares.v[0].deliveries, 2);
	assert_int_equal(o.shares.v[0].lines, 5);
	assert_int_equal(o.rows.v[1].lines, 99);
	assert_int_equal(o.rows.v[1].creator, OWNERSHIP_NOBODY);
}

static void test_limits(void **state)
{
	struct ownership_majority m;
	uint8_t *in;

	(void)state;
	begin();
	for (int i = 0; i < OWNERSHIP_HOLDERS + 9; i++)
		holder("a.test", 1900 + i);
	file(1, 0, 2628, OWNERSHIP_NOBODY);
	for (uint32_t i = 0; i < o.holders.n; i++)
		by(i, 0, i);
	for (uint64_t i = 0; i < OWNERSHIP_ROWS + 4; i++)
		file(1, 0, i + 1, OWNERSHIP_NOBODY), by(0, 0, i + 1);
	ownership_settle(&o);
	assert_int_equal(o.rows.n, OWNERSHIP_ROWS);
	assert_int_equal(o.rest_files, 5);
	assert_int_equal(o.rest_lines, 15);
	/* the smallest shares are cut off, their lines are nobody's */
	for (size_t i = 0; i < o.rows.n; i++)
		assert_true(o.rows.v[i].n <= OWNERSHIP_HOLDERS);
	in = mem_new(o.holders.n, sizeof *in);
	for (size_t i = 0; i < o.holders.n; i++)
		in[i] = OWNERSHIP_IN;
	ownership_majority(&o, in, &m);
	free(in);
	assert_int_equal(m.files, OWNERSHIP_ROWS + 5);
	assert_int_equal(m.files_low, OWNERSHIP_ROWS);
	assert_int_equal(m.files_high, OWNERSHIP_ROWS + 5);
}

/* ---- the greater part -------------------------------------------------- */

static void test_majority(void **state)
{
	const uint8_t of[] = {OWNERSHIP_IN, OWNERSHIP_OUT, OWNERSHIP_OPEN};
	struct ownership_majority m;

	(void)state;
	begin();
	holder("a.test", 2001);
	holder("b.test", 2001);
	holder("c.test", 2001);
	file(1, 0, 10, 0), by(0, 0, 6), by(1, 0, 4);   /* in */
	file(2, 0, 10, 0), by(0, 0, 5), by(1, 0, 5);   /* half is not most */
	file(4, 0, 10, 0), by(0, 0, 5), by(2, 0, 1);   /* may be; 4 nobody's */
	file(8, 0, 10, 0), by(1, 0, 5), by(2, 0, 5);   /* cannot be */
	file(16, 0, 3, 0), by(2, 0, 3);                /* may be */
	ownership_majority(&o, of, &m);
	assert_int_equal(m.files, 31);
	assert_int_equal(m.lines, 15 * 10 + 16 * 3);
	assert_int_equal(m.files_low, 1);
	assert_int_equal(m.files_high, 1 + 4 + 16);
	assert_int_equal(m.lines_low, 10);
	assert_int_equal(m.lines_high, 10 + 40 + 48);
}

#define HOLDERS 7
#define FILES 20

static unsigned random_of(unsigned n)
{
	static unsigned seed = 3;

	seed = seed * 1103515245u + 12345u;
	return (seed >> 16) % n;
}

/* Whoever is behind what is open, the truth lies within the bounds; and where
 * nothing is open they are the truth. */
static void test_bounds_hold(void **state)
{
	(void)state;
	for (int round = 0; round < 2000; round++) {
		uint8_t of[HOLDERS];
		uint64_t files = 0, lines = 0;
		struct ownership_majority m;
		bool is_open = round % 4 != 0;

		begin();
		for (int i = 0; i < HOLDERS; i++) {
			of[i] = (uint8_t)random_of(3);
			if (!is_open && of[i] == OWNERSHIP_OPEN)
				of[i] = OWNERSHIP_OUT;
			holder("h.test", 2000 + i);
		}
		for (int f = 0; f < FILES; f++) {
			uint64_t in = 0, all = 0;

			file(1, 0, 0, 0);
			for (uint32_t i = 0; i < HOLDERS; i++) {
				uint64_t n = random_of(2) * random_of(9);
				bool is_in = of[i] == OWNERSHIP_IN ||
					     (of[i] == OWNERSHIP_OPEN &&
					      random_of(2));

				by(i, 0, n);
				all += n;
				in += is_in ? n : 0;
			}
			if (is_open) {
				uint64_t lost = random_of(3);

				all += lost;
				in += random_of((unsigned)lost + 1);
			}
			all += all == 0;
			o.rows.v[f].lines = all;
			files += in * 2 > all;
			lines += in * 2 > all ? all : 0;
		}
		ownership_majority(&o, of, &m);
		assert_in_range(files, m.files_low, m.files_high);
		assert_in_range(lines, m.lines_low, m.lines_high);
		if (!is_open && m.files_low != files)
			fail_msg("%s", "bounds are wider than they must be");
		ownership_settle(&o);
		assert_int_equal(o.rest_files, 0);
	}
}

/* ---- in a digest ------------------------------------------------------- */

static struct arena arena;
static struct digest made;

/* A digest of two hosts with 30 and 12 lines of 2001 and 2002. */
static void make_digest(void)
{
	static const char *const hosts[] = {"a.test", "b.test"};
	static const uint64_t lines[] = {30, 12};

	digest_release(&made);
	made = (struct digest){.axes = DIGEST_SURVIVING | DIGEST_COMMITS};
	for (size_t i = 0; i < 2; i++) {
		struct digest_host h = {.host = str_c(hosts[i])};

		for (int32_t k = 0; k < 2; k++)
			vec_push(&h.months, ((struct digest_month){
				.month = (31 + k) * 12 + 3,
				.counts.surviving_source = lines[i] / 2}));
		h.rest.contributors = 1;
		vec_push(&made.hosts, h);
	}
}

#define HOLDERS_TEXT "{\"holders\": [[\"a.test\", 2001], [\"a.test\", " \
		     "2002], [\"b.test\", 2001]], \"files\": "
#define REST_TEXT ", \"rest\": {\"files\": 1, \"lines\": 7}}"

static const char *read(const char *text)
{
	struct json_raw raw;
	struct digest_reading r = {&made, &arena, 0};

	make_digest();
	assert_int_equal(json_scan(str_c(text), &raw, NULL), OK);
	return digest_ownership_read(&r, raw);
}

#define assert_refused(files, why) \
	assert_string_equal(read(HOLDERS_TEXT files REST_TEXT), why)

static void test_reading(void **state)
{
	struct strbuf out;
	struct json_out j;

	(void)state;
	assert_null(read(HOLDERS_TEXT "[[2, 3, 9, 0, 0, 2, 7, 2, 1, 2], "
			 "[1, 4, 5, null, 1, 1, 1]]" REST_TEXT));
	assert_int_equal(made.ownership.rows.n, 2);
	assert_int_equal(made.ownership.shares.v[1].lines, 2);
	assert_int_equal(made.ownership.rest_lines, 7);
	strbuf_init(&out, 0);
	json_out_init(&j, &out, false);
	json_out_object(&j);
	digest_ownership_write(&made, &j);
	json_out_object_end(&j);
	json_out_end(&j);
	assert_true(str_find(strbuf_str(&out),
			     STR("[2,3,9,0,0,2,7,2,1,2],")) !=
		    SIZE_MAX);
	strbuf_release(&out);
	assert_null(read("null"));
	assert_false(made.ownership.is_known);
}

static void test_refusing(void **state)
{
	(void)state;
	assert_refused("[[1, 1, 9]]",
		       "a row of files is not an array of its counts");
	assert_refused("[[0, 1, 9, 0]]",
		       "a row of files is not an array of its counts");
	assert_refused("[[1, 1, 9, 3]]", "the creator of files is not a "
		       "place among the holders or null");
	assert_refused("[[1, 1, 9, 0, 0, 1]]",
		       "a share is not three whole numbers");
	assert_refused("[[1, 1, 9, 0, 3, 1, 1]]", "the holders of a row of "
		       "files are not ascending places among the holders");
	assert_refused("[[1, 1, 9, 0, 1, 0, 1, 0, 0, 1]]", "the holders of "
		       "a row of files are not ascending places among the "
		       "holders");
	assert_refused("[[1, 1, 9, 0, 0, 1, 8, 1, 0, 2]]",
		       "the shares of files are more than there is");
	assert_refused("[[1, 1, 9, 0, 0, 2, 8]]",
		       "the shares of files are more than there is");
	assert_refused("[[1, 1, 9, 0], [2, 1, 9, 0]]",
		       "rows of files are not in their order");
	assert_refused("[[1, 1, 9, 0], [1, 1, 9, 0]]",
		       "rows of files are not in their order");
	assert_refused("[[2, 1, 9, 0, 0, 1, 8]]",
		       "a holder has more lines than its host");
	assert_refused("[[9007199254740991, 1, 2, 0]]",
		       "the sum of the files is over 2^53-1");
	assert_string_equal(read("{\"holders\": [[\"c.test\", 2001]], "
				 "\"files\": []" REST_TEXT),
			    "the host of a holder is none of the hosts");
	assert_string_equal(read("{\"holders\": [[\"a.test\", 2001], "
				 "[\"a.test\", 2001]], \"files\": []"
				 REST_TEXT), "holders are not ascending");
	assert_string_equal(read("{\"holders\": [[\"a.test\", 0]], "
				 "\"files\": []" REST_TEXT),
			    "a holder is not an array of a host and a year");
	assert_string_equal(read("{\"holders\": [], \"files\": []}"),
			    "a key is missing");
	assert_string_equal(read("[]"), "an object is missing");
}

static bool is_b(const struct digest_host *h, void *with)
{
	(void)with;
	return str_is(h->host, "b.test");
}

static void test_folding(void **state)
{
	struct attribution by[2];

	(void)state;
	assert_null(read(HOLDERS_TEXT "[[1, 3, 9, 1, 0, 1, 4, 1, 1, 2, 2, "
			 "1, 3]]" REST_TEXT));
	digest_fold(&made, is_b, NULL);
	assert_int_equal(made.ownership.holders.n, 3);
	assert_str(made.ownership.holders.v[0].host, "(unlisted)");
	assert_str(made.ownership.holders.v[2].host, "b.test");
	assert_int_equal(made.ownership.rows.v[0].creator, 1);

	/* of a year in which a host changed hands nobody is known */
	assert_null(read("{\"holders\": [[\"a.test\", 2001], [\"b.test\", "
			 "2001]], \"files\": [[1, 1, 1, 0, 1, 1, 1]], "
			 "\"rest\": {\"files\": 0, \"lines\": 0}}"));
	for (size_t i = 0; i < 2; i++) {
		struct digest_host *h = &made.hosts.v[i];
		struct digest_month more;

		for (size_t k = 0; k < 2; k++)
			h->months.v[k].by = (struct attribution){
				HOST_ORGANISATION, 4, 9, false};
		more = h->months.v[0];
		h->months.v[0].month--;
		h->months.v[1] = more;
	}
	made.hosts.v[1].months.v[1].by.organisation = 5;
	digest_ownership_by(&made, by);
	assert_int_equal(by[0].organisation, 4);
	assert_int_equal(by[0].fact, 9);
	assert_int_equal(by[1].organisation, SIZE_MAX);
	made.hosts.v[0].months.v[1].by.fact = 8;
	digest_ownership_by(&made, by);
	assert_int_equal(by[0].organisation, 4);
	assert_int_equal(by[0].fact, SIZE_MAX);
}

static int end(void **state)
{
	(void)state;
	ownership_release(&o);
	digest_release(&made);
	arena_release(&arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_settle),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_majority),
		cmocka_unit_test(test_bounds_hold),
		cmocka_unit_test(test_reading),
		cmocka_unit_test(test_refusing),
		cmocka_unit_test(test_folding),
	};

	return cmocka_run_group_tests(tests, NULL, end);
}
