/* Influence per component: tallies, bounds, windows, who contributed, and
 * what must never move a bound. */
#include "judging.h"

#include "assess/share.h"

static struct judging j;
static size_t prc, us, dark, prc_b, us_b; /* organisations */
static size_t kernel, history;            /* a component and its digest */

static int setup(void **state)
{
	(void)state;
	judging_init(&j);
	prc = judging_org(&j, "prc", STANDING_CONCERN, FACT_A);
	us = judging_org(&j, "us", STANDING_OTHER, FACT_A);
	dark = judging_org(&j, "dark", STANDING_UNKNOWN, FACT_A);
	prc_b = judging_org(&j, "prc-b", STANDING_CONCERN, FACT_B);
	us_b = judging_org(&j, "us-b", STANDING_OTHER, FACT_B);
	kernel = judging_component(&j, "kernel", true);
	history = judging_digest(&j, kernel);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	judging_release(&j);
	return 0;
}

static const struct component_score *score(void)
{
	return &judging_judge(&j)->scores.v[kernel];
}

static void assert_tally(const struct tally *t, uint64_t concern,
			 uint64_t other, uint64_t unknown)
{
	assert_true(t->is_observed);
	assert_int_equal(t->concern, concern);
	assert_int_equal(t->other, other);
	assert_int_equal(t->unknown, unknown);
}

static void assert_bounds(const struct tally *t, int low, int high)
{
	assert_int_equal(t->low_bp, low);
	assert_int_equal(t->high_bp, high);
}

static void test_units_stand_as_shown(void **state)
{
	const struct tally *t;

	(void)state;
	judging_commits(&j, history, "prc.example", prc, 10);
	judging_commits(&j, history, "us.example", us, 60);
	judging_commits(&j, history, "dark.example", dark, 10);
	judging_commits(&j, history, "nobody.example", SIZE_MAX, 20);
	t = &score()->axes[AXIS_COMMITS];
	assert_tally(t, 10, 60, 30);
	assert_bounds(t, 1000, 4000);
	assert_int_equal(t->on_b, 0);
}

/* What links lead to is no proof: it counts beside the bounds only. */
static void test_links_move_no_bound(void **state)
{
	static const struct str nowhere = {"x", 1};
	struct digest *d = &j.scan.digests.v[history];
	const size_t to[] = {us, prc, dark, SIZE_MAX};
	const struct tally *t;

	(void)state;
	judging_commits(&j, history, "mail.example", SIZE_MAX, 10);
	judging_commits(&j, history, "us.example", us, 10);
	for (size_t i = 0; i < 4; i++)
		vec_push(&d->links, ((struct digest_link){
			.from = STR("mail.example"), .month = AS_OF_MONTH,
			.to = &nowhere, .n_trailer = 1, .organisation = to[i],
			.counts = {.commits = 2 + (i == 1),
				   .credits = 2 + (i == 1)}}));
	t = &score()->axes[AXIS_COMMITS];
	assert_tally(t, 0, 10, 10);
	assert_bounds(t, 0, 5000);
	assert_int_equal(t->on_b, 2);
	assert_int_equal(t->concern_on_b, 3);
	assert_int_equal(t->on_b_low_bp, 1500);
	assert_int_equal(t->on_b_high_bp, 4000);
	/* the host has a row for each way in which its parts would stand */
	assert_int_equal(j.verdict.scores.v[0].by.n, 4);
	assert_int_equal(j.verdict.scores.v[0].spread[AXIS_COMMITS].known, 1);
	t = &j.verdict.years.v[0].axes[AXIS_COMMITS];
	assert_int_equal(t->unknown, 10);
	assert_int_equal(t->concern_on_b, 3);
}

static void test_bounds_round_outward(void **state)
{
	const struct tally *t;

	(void)state;
	judging_commits(&j, history, "a", prc, 1);
	judging_commits(&j, history, "b", us, 1);
	judging_commits(&j, history, "c", SIZE_MAX, 1);
	t = &score()->axes[AXIS_COMMITS];
	assert_bounds(t, 3333, 6667);
}

static void test_uncited_rungs_move_no_bound(void **state)
{
	const struct tally *t;

	(void)state;
	judging_commits(&j, history, "a", prc_b, 20);
	judging_commits(&j, history, "b", us_b, 30);
	judging_commits(&j, history, "c", us, 50);
	t = &score()->axes[AXIS_COMMITS];
	assert_tally(t, 0, 50, 50);
	assert_bounds(t, 0, 5000);
	assert_int_equal(t->on_b, 30);
	assert_int_equal(t->concern_on_b, 20);
	assert_int_equal(t->on_b_low_bp, 2000);
	assert_int_equal(t->on_b_high_bp, 2000);
}

/* The row that ties the host to the organisation is uncited, disputed,
 * withdrawn or a guess: the same as not known who it is. */
static void test_uncited_hosts_move_no_bound(void **state)
{
	static const struct { enum fact_confidence c; enum fact_state s;
			      uint64_t on_b; } rows[] = {
		{FACT_B, FACT_ACCEPTED, 10}, {FACT_C, FACT_ACCEPTED, 0},
		{FACT_A, FACT_DISPUTED, 0}, {FACT_A, FACT_WITHDRAWN, 0}};
	struct digest_month *m = judging_commits(&j, history, "a", prc, 10);
	struct fact *row = &j.facts.rows.v[m->by.fact];

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct tally *t;

		row->confidence = rows[i].c;
		row->state = rows[i].s;
		t = &score()->axes[AXIS_COMMITS];
		assert_tally(t, 0, 0, 10);
		assert_bounds(t, 0, 10000);
		assert_int_equal(t->concern_on_b, rows[i].on_b);
	}
}

static void test_a_policy_may_take_b_as_other(void **state)
{
	const struct tally *t;

	(void)state;
	judging_policy(&j, JUDGING_HEAD JUDGING_WEIGHTS JUDGING_RULE
		       "evidence: {other: B}\n");
	judging_commits(&j, history, "a", us_b, 30);
	judging_commits(&j, history, "b", prc_b, 70);
	t = &score()->axes[AXIS_COMMITS];
	assert_tally(t, 0, 30, 70);
	assert_bounds(t, 0, 7000);
}

static void test_an_owner_that_changed_is_unknown(void **state)
{
	(void)state;
	judging_commits(&j, history, "a", prc, 10)->by.is_ambiguous = true;
	assert_tally(&score()->axes[AXIS_COMMITS], 0, 0, 10);
}

static void test_bots_are_outside_and_counted(void **state)
{
	const struct tally *t;

	(void)state;
	judging_commits(&j, history, "a", us, 10)->counts.excluded = 90;
	t = &score()->axes[AXIS_COMMITS];
	assert_tally(t, 0, 10, 0);
	assert_int_equal(t->excluded, 90);
	assert_bounds(t, 0, 0);
}

static void share(struct ownership *o, uint32_t holder, uint64_t lines)
{
	vec_push(&o->shares, ((struct ownership_share){holder, 2, lines}));
	o->rows.v[o->rows.n - 1].n++;
}

static void file(struct ownership *o, uint64_t files, uint64_t lines)
{
	vec_push(&o->rows, ((struct ownership_row){
		files, 2, lines, 0, o->shares.n, 0}));
}

static void test_files_have_holders(void **state)
{
	const struct owned *s = &score()->owned;
	struct digest *d = &j.scan.digests.v[history];
	struct ownership *o = &d->ownership;

	(void)state;
	assert_false(s->is_known);
	o->is_known = true;
	judging_commits(&j, history, "a", us, 10);
	judging_commits(&j, history, "b", prc, 10);
	judging_commits(&j, history, "c", SIZE_MAX, 10);
	for (size_t i = 0; i < 3; i++)
		vec_push(&o->holders, ((struct ownership_holder){
			d->hosts.v[i].host,
			1970 + d->hosts.v[i].months.v[0].month / 12}));
	file(o, 1, 10), share(o, 1, 6), share(o, 0, 4);
	file(o, 2, 10), share(o, 1, 5), share(o, 2, 1), share(o, 0, 4);
	file(o, 4, 10), share(o, 0, 5), share(o, 2, 5);
	s = &score()->owned;
	assert_true(s->is_known);
	assert_int_equal(s->concern.files, 7);
	assert_int_equal(s->concern.files_low, 1);
	assert_int_equal(s->concern.files_high, 3);
	assert_int_equal(s->concern.lines_high, 30);
	assert_int_equal(s->truck.low, 1);
	d->incomplete = DIGEST_SURVIVING;
	assert_false(score()->owned.is_known);
}

static void link_lines(struct digest *d, size_t organisation, uint64_t lines)
{
	vec_push(&d->links, ((struct digest_link){
		.from = d->hosts.v[2].host,
		.month = d->hosts.v[2].months.v[0].month,
		.counts = {.surviving_source = lines},
		.tier = DIGEST_IDENTITY, .organisation = organisation}));
}

/* A holder follows links only when all of its lines do, and alike; nothing
 * proven moves. */
static void test_files_follow_links(void **state)
{
	const struct owned *s;
	struct digest *d = &j.scan.digests.v[history];
	struct ownership *o = &d->ownership;

	(void)state;
	o->is_known = true;
	judging_commits(&j, history, "a", us, 10);
	judging_commits(&j, history, "b", prc, 10);
	judging_commits(&j, history, "c", SIZE_MAX, 10)
		->counts.surviving_source = 10;
	for (size_t i = 0; i < 3; i++)
		vec_push(&o->holders, ((struct ownership_holder){
			d->hosts.v[i].host,
			1970 + d->hosts.v[i].months.v[0].month / 12}));
	file(o, 2, 10), share(o, 1, 5), share(o, 2, 1), share(o, 0, 4);
	link_lines(d, prc, 9);
	s = &score()->owned;
	assert_int_equal(s->on_b.files_low, 0);
	assert_int_equal(s->on_b.files_high, 2);
	link_lines(d, us, 1);
	assert_int_equal(score()->owned.on_b.files_low, 0);
	d->links.v[1].organisation = prc;
	s = &score()->owned;
	assert_int_equal(s->on_b.files_low, 2);
	assert_int_equal(s->concern.files_low, 0);
	d->links.v[0].organisation = d->links.v[1].organisation = us;
	s = &score()->owned;
	assert_int_equal(s->on_b.files_high, 0);
	assert_int_equal(s->concern.files_high, 2);
	d->links.v[1].counts.surviving_source = 0;
	assert_int_equal(score()->owned.on_b.files_high, 2);
}

static void test_without_data_all_is_open(void **state)
{
	const struct component_score *s;

	(void)state;
	j.scan.parts.components.v[kernel].digest = SIZE_MAX;
	s = score();
	assert_false(s->has_data);
	assert_int_equal(s->low_bp, 0);
	assert_int_equal(s->high_bp, 10000);
	assert_int_equal(s->coverage_bp, 0);
	assert_str(s->why, "its source repository is not known");
	assert_int_equal(j.verdict.coverage_bp, 0);
	for (size_t i = 0; i < AXIS_COUNT; i++) {
		assert_false(s->axes[i].is_observed);
		assert_bounds(&s->axes[i], 0, 10000);
	}
}

static void test_no_commits_is_not_clean(void **state)
{
	const struct component_score *s = score();

	(void)state;
	assert_false(s->axes[AXIS_COMMITS].is_observed);
	assert_bounds(&s->axes[AXIS_COMMITS], 0, 10000);
}

static void test_half_a_history_bounds_nothing(void **state)
{
	const struct component_score *s;

	(void)state;
	judging_commits(&j, history, "a", us, 50);
	j.scan.digests.v[history].incomplete = DIGEST_COMMITS;
	s = score();
	assert_false(s->axes[AXIS_COMMITS].is_observed);
	assert_int_equal(s->axes[AXIS_COMMITS].other, 50);
	assert_bounds(&s->axes[AXIS_COMMITS], 0, 10000);
	assert_true(s->is_incomplete);
	assert_true(j.verdict.is_incomplete);
	assert_int_equal(assess_exit_code(&j.scan, &j.verdict, 1), 3);
}

/* Lines that are missing say nothing against the commits; and where nobody
 * asks for them, nothing is missing. */
static void test_half_of_the_lines_leaves_the_commits(void **state)
{
	const struct component_score *s;

	(void)state;
	judging_commits(&j, history, "a", us, 50)->counts.weighed = 7;
	j.scan.digests.v[history].incomplete = DIGEST_CHURN;
	s = score();
	assert_bounds(&s->axes[AXIS_COMMITS], 0, 0);
	assert_bounds(&s->axes[AXIS_CHURN], 0, 10000);
	assert_false(s->is_incomplete);
	judging_policy(&j, JUDGING_HEAD JUDGING_RULE "weights: {axes: "
		       "{commits: 1, churn: 1}}");
	assert_true(score()->is_incomplete);
}

static void test_axes_that_were_not_counted_are_open(void **state)
{
	const struct component_score *s;

	(void)state;
	judging_commits(&j, history, "a", us, 50)->counts.weighed = 7;
	j.scan.digests.v[history].axes = DIGEST_COMMITS;
	s = score();
	assert_bounds(&s->axes[AXIS_COMMITS], 0, 0);
	assert_bounds(&s->axes[AXIS_CHURN], 0, 10000);
	j.scan.digests.v[history].axes |= DIGEST_CHURN;
	assert_bounds(&score()->axes[AXIS_CHURN], 0, 0);
}

static void test_churn_review_and_surviving(void **state)
{
	struct digest_month *m = judging_commits(&j, history, "a", prc, 1);
	const struct component_score *s;

	(void)state;
	m->counts.added = 90;
	m->counts.weighed = 40;
	m->counts.reviews = 3;
	m->counts.submits = 2;
	m = judging_commits(&j, history, "b", us, 1);
	m->counts.weighed = 60;
	m->counts.reviews = 5;
	m->counts.surviving_source = 9;
	j.scan.digests.v[history].hosts.v[0].months.v[0].counts
		.surviving_source = 8;
	s = score();
	assert_tally(&s->axes[AXIS_CHURN], 40, 60, 0);
	assert_tally(&s->axes[AXIS_REVIEW], 5, 5, 0);
	assert_tally(&s->axes[AXIS_SURVIVING], 8, 9, 0);
	assert_false(s->windows[WINDOW_12][AXIS_SURVIVING].is_observed);
}

/* A line is of whoever had the host when it was written. */
static void test_surviving_lines_of_a_sold_host(void **state)
{
	(void)state;
	judging_commits(&j, history, "a", prc, 1)->counts.surviving_source = 5;
	judging_commits(&j, history, "a", us, 1)->counts.surviving_source = 3;
	assert_tally(&score()->axes[AXIS_SURVIVING], 5, 3, 0);
}

static void test_windows_end_at_the_day_of_judgement(void **state)
{
	static const int32_t months[] = {AS_OF_MONTH + 1, AS_OF_MONTH,
					 AS_OF_MONTH - 11, AS_OF_MONTH - 12,
					 AS_OF_MONTH - 23, AS_OF_MONTH - 24};
	const struct component_score *s;

	(void)state;
	for (size_t i = 0; i < 6; i++)
		judging_commits(&j, history, "a", prc, 1)->month = months[i];
	s = score();
	assert_int_equal(s->windows[WINDOW_ALL][AXIS_COMMITS].concern, 6);
	assert_tally(&s->windows[WINDOW_24][AXIS_COMMITS], 4, 0, 1);
	assert_tally(&s->windows[WINDOW_12][AXIS_COMMITS], 2, 0, 1);
	assert_int_equal(s->organisations[WINDOW_12], 1);
	assert_ptr_equal(s->axes, s->windows[WINDOW_ALL]);
}

static void test_a_quiet_year_has_no_influence(void **state)
{
	const struct component_score *s;

	(void)state;
	judging_commits(&j, history, "a", prc, 5)->month = AS_OF_MONTH - 30;
	s = score();
	assert_bounds(&s->axes[AXIS_COMMITS], 10000, 10000);
	assert_bounds(&s->windows[WINDOW_12][AXIS_COMMITS], 0, 0);
	assert_false(s->windows[WINDOW_12][AXIS_STEWARDSHIP].is_observed);
	assert_bounds(&s->windows[WINDOW_12][AXIS_STEWARDSHIP], 0, 10000);
}

static void test_seats(void **state)
{
	struct evidence at = {STR("INFO.yaml"), 1};
	size_t orgs[] = {0, 0, 0};
	const struct tally *t;

	(void)state;
	orgs[0] = prc;
	orgs[1] = us;
	orgs[2] = SIZE_MAX;
	for (size_t i = 0; i < 3; i++) {
		struct seat *s = component_add_seat(&j.scan.parts, kernel,
						    SEAT_COMMITTER, at);

		s->organisation = orgs[i];
		s->confidence = FACT_A;
		s->company = STR("Some Company");
	}
	t = &score()->axes[AXIS_STEWARDSHIP];
	assert_tally(t, 1, 1, 1);
	j.scan.parts.seats.v[0].confidence = FACT_B;
	t = &score()->axes[AXIS_STEWARDSHIP];
	assert_tally(t, 0, 1, 2);
	assert_int_equal(t->concern_on_b, 1);
}

static void add_digest_seat(size_t org, uint64_t n, uint64_t lines)
{
	vec_push(&j.scan.digests.v[history].seats, ((struct digest_seat){
		.seats = n, .holders = n, .lines = lines,
		.organisation = org, .confidence = FACT_A}));
}

/* A component that declares no seats has those of its digest. */
static void test_seats_of_a_digest(void **state)
{
	struct evidence at = {STR("INFO.yaml"), 1};
	struct seat *own;

	(void)state;
	add_digest_seat(prc, 3, 100);
	add_digest_seat(us, 2, 700);
	assert_tally(&score()->axes[AXIS_STEWARDSHIP], 3, 2, 0);
	j.scan.digests.v[history].has_lines = true;
	assert_tally(&score()->axes[AXIS_STEWARDSHIP], 100, 700, 0);
	own = component_add_seat(&j.scan.parts, kernel, SEAT_LEAD, at);
	own->organisation = us;
	own->confidence = FACT_A;
	assert_tally(&score()->axes[AXIS_STEWARDSHIP], 0, 1, 0);
}

static void test_seats_weigh_the_lines_they_govern(void **state)
{
	struct evidence at = {STR("MAINTAINERS"), 1};
	size_t orgs[2];

	(void)state;
	orgs[0] = prc;
	orgs[1] = us;
	for (size_t i = 0; i < 2; i++) {
		struct seat *s = component_add_seat(&j.scan.parts, kernel,
						    SEAT_MAINTAINER, at);

		s->organisation = orgs[i];
		s->confidence = FACT_A;
		s->has_lines = true;
		s->lines = i ? 1000 : 10;
	}
	assert_tally(&score()->axes[AXIS_STEWARDSHIP], 10, 1000, 0);
	j.scan.parts.seats.v[1].has_lines = false;
	assert_tally(&score()->axes[AXIS_STEWARDSHIP], 1, 1, 0);
}

/* Votes may be kept elsewhere by now: a window without any proves nothing. */
static void test_a_year_without_reviews_is_not_observed(void **state)
{
	struct digest_month *m;
	const struct component_score *s;

	(void)state;
	m = judging_commits(&j, history, "a", prc, 5);
	m->month = AS_OF_MONTH - 30;
	m->counts.reviews = 3;
	s = score();
	assert_bounds(&s->axes[AXIS_REVIEW], 10000, 10000);
	assert_bounds(&s->windows[WINDOW_12][AXIS_REVIEW], 0, 10000);
	assert_false(s->windows[WINDOW_12][AXIS_REVIEW].is_observed);
}

static void supply(enum supply_role role, size_t org)
{
	struct supply *s = &j.scan.parts.components.v[kernel].supply[role];

	*s = (struct supply){.is_stated = true, .organisation = org,
			     .fact = SIZE_MAX};
	if (org != SIZE_MAX)
		s->fact = judging_row(&j, FACT_A, FACT_ACCEPTED);
}

static void test_supply_roles(void **state)
{
	(void)state;
	supply(SUPPLY_SUPPLIER, us);
	supply(SUPPLY_PRODUCER, prc);
	supply(SUPPLY_PUBLISHER, SIZE_MAX);
	assert_tally(&score()->axes[AXIS_SUPPLY], 1, 1, 1);
}

static void test_a_stamped_supplier_is_no_evidence(void **state)
{
	const struct tally *t;

	(void)state;
	supply(SUPPLY_SUPPLIER, prc);
	j.scan.parts.components.v[kernel].is_stamped = true;
	t = &score()->axes[AXIS_SUPPLY];
	assert_false(t->is_observed);
	assert_int_equal(t->concern, 0);
	assert_int_equal(t->excluded, 1);
	assert_bounds(t, 0, 10000);
}

static void test_an_unowned_namespace_states_nothing(void **state)
{
	(void)state;
	supply(SUPPLY_PUBLISHER, SIZE_MAX);
	assert_false(score()->axes[AXIS_SUPPLY].is_observed);
}

static uint64_t sum_of_rows(const struct component_score *s, enum axis a,
			    enum standing standing)
{
	uint64_t n = 0;

	for (size_t i = 0; i < s->by.n; i++)
		if (s->by.v[i].standing == standing)
			n += s->by.v[i].units[a];
	return n;
}

static void test_rows_add_up_and_are_ranked(void **state)
{
	const struct component_score *s;
	struct digest_month *m;

	(void)state;
	judging_commits(&j, history, "a", prc, 5);
	judging_commits(&j, history, "b", us, 7);
	m = judging_commits(&j, history, "c", prc, 2);
	j.facts.rows.v[m->by.fact].confidence = FACT_B;
	judging_commits(&j, history, "d", us, 4);
	judging_commits(&j, history, "e", SIZE_MAX, 1);
	s = score();
	assert_int_equal(s->by.n, 4);
	assert_int_equal(s->by.v[0].organisation, us);
	assert_int_equal(s->by.v[0].units[AXIS_COMMITS], 11);
	assert_int_equal(s->by.v[1].organisation, prc);
	assert_int_equal(s->by.v[2].organisation, prc);
	assert_int_equal(s->by.v[2].standing, STANDING_UNKNOWN);
	assert_int_equal(s->by.v[2].on_b, STANDING_CONCERN);
	assert_str(s->by.v[3].host, "e");
	assert_int_equal(sum_of_rows(s, AXIS_COMMITS, STANDING_CONCERN), 5);
	assert_int_equal(sum_of_rows(s, AXIS_COMMITS, STANDING_OTHER), 11);
	assert_int_equal(sum_of_rows(s, AXIS_COMMITS, STANDING_UNKNOWN), 3);
	assert_int_equal(s->spread[AXIS_COMMITS].known, 2);
	assert_int_equal(s->spread[AXIS_COMMITS].elephant_high, 1);
}

/* Rows without commits stand between those of the organisations. */
static void test_a_row_without_commits_lends_none(void **state)
{
	struct digest_month *m;

	(void)state;
	judging_commits(&j, history, "a", prc, 5);
	supply(SUPPLY_SUPPLIER, us);
	m = judging_commits(&j, history, "b", us, 3);
	j.facts.rows.v[m->by.fact].confidence = FACT_B;
	assert_int_equal(score()->spread[AXIS_COMMITS].known, 2);
}

static void test_elephant_counts_the_unknown(void **state)
{
	(void)state;
	judging_commits(&j, history, "a", prc, 3);
	judging_commits(&j, history, "b", us, 2);
	judging_commits(&j, history, "c", SIZE_MAX, 5);
	assert_int_equal(score()->spread[AXIS_COMMITS].elephant_high, 2);
	judging_commits(&j, history, "d", SIZE_MAX, 1);
	assert_int_equal(score()->spread[AXIS_COMMITS].elephant_high, 0);
}

static void test_many_hosts_fold(void **state)
{
	const struct component_score *s;

	(void)state;
	for (unsigned i = 0; i < 1000; i++) {
		struct str host = arena_fmt(&j.scan.arena, "h%04u.example",
					    i);

		judging_commits(&j, history, host.p, SIZE_MAX, 1000 - i);
	}
	s = score();
	assert_int_equal(s->by.n, 257);
	assert_str(s->by.v[0].host, "(other hosts)");
	assert_str(s->by.v[1].host, "h0000.example");
	assert_int_equal(sum_of_rows(s, AXIS_COMMITS, STANDING_UNKNOWN),
			 s->axes[AXIS_COMMITS].unknown);
}

/* Counts that do not fit are not observed, rather than wrong. */
static void test_counts_past_64_bits(void **state)
{
	const struct component_score *s;
	struct digest_month *m;

	(void)state;
	judging_commits(&j, history, "a", prc, UINT64_MAX / 2);
	m = judging_commits(&j, history, "b", us, UINT64_MAX / 2);
	m->counts.added = UINT64_MAX;
	m->counts.deleted = 1;
	s = score();
	assert_true(s->axes[AXIS_COMMITS].is_observed);
	assert_in_range(s->axes[AXIS_COMMITS].low_bp, 4999, 5000);
	assert_in_range(s->axes[AXIS_COMMITS].high_bp, 5000, 5001);
	assert_bounds(&s->axes[AXIS_CHURN], 0, 10000);
	judging_commits(&j, history, "c", us, 10);
	assert_bounds(&score()->axes[AXIS_COMMITS], 0, 10000);
}

static void test_shares_stay_on_their_side(void **state)
{
	(void)state;
	assert_int_equal(share_floor(1, 3, SHARE_ALL), 3333);
	assert_int_equal(share_ceil(1, 3, SHARE_ALL), 3334);
	assert_int_equal(share_floor(UINT64_MAX, UINT64_MAX, SHARE_ALL),
			 10000);
	assert_int_equal(share_ceil(UINT64_MAX, UINT64_MAX, SHARE_ALL),
			 10000);
	assert_int_equal(share_floor(0, UINT64_MAX, SHARE_ALL), 0);
	assert_int_equal(share_ceil(0, UINT64_MAX, SHARE_ALL), 0);
}

__extension__ typedef unsigned __int128 wide;

/* floor * all <= part * scale <= ceil * all, whatever the size. */
static void test_shares_hold_for_any_size(void **state)
{
	uint64_t seed = 88172645463325252u;

	(void)state;
	for (size_t i = 0; i < 20000; i++) {
		uint64_t all, part;

		seed ^= seed << 13;
		seed ^= seed >> 7;
		seed ^= seed << 17;
		all = (seed >> i % 64) + 1;
		all = all ? all : 1;
		part = (seed * 2862933555777941757u) % all;
		part |= i % 3 ? 0 : part >> 1;
		part = part > all ? all : part;
		assert_true((wide)share_floor(part, all, SHARE_ALL) * all <=
			    (wide)part * SHARE_ALL);
		assert_true((wide)share_ceil(part, all, SHARE_ALL) * all >=
			    (wide)part * SHARE_ALL);
	}
	/* one unit past a whole basis point of 2^63 */
	for (uint64_t bp = 1; bp < SHARE_ALL; bp++) {
		uint64_t all = UINT64_C(1) << 63;
		uint64_t part = (uint64_t)((wide)all * bp / SHARE_ALL) + 1;

		assert_int_equal(share_ceil(part, all, SHARE_ALL), bp + 1);
	}
}

static void test_component_interval_weighs_the_axes(void **state)
{
	const struct component_score *s;

	(void)state;
	judging_policy(&j, JUDGING_HEAD JUDGING_RULE
		       "weights: {axes: {commits: 1, stewardship: 2}}\n");
	judging_commits(&j, history, "a", prc, 1);
	s = score();
	assert_int_equal(s->low_bp, 3333);
	assert_int_equal(s->high_bp, 10000);
	assert_int_equal(s->coverage_bp, 3333);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

/* A history that is only claimed to be the component's moves no bound, tells
 * no absence, is not covered, and shows what it would say. */
static void test_a_claimed_history_counts_if_cited(void **state)
{
	const struct component_score *s;
	const struct tally *t;

	(void)state;
	judging_commits(&j, history, "prc.example", prc, 30);
	judging_commits(&j, history, "us.example", us, 60);
	judging_commits(&j, history, "nobody.example", SIZE_MAX, 10);
	j.scan.parts.components.v[kernel].has_claimed_digest = true;
	s = score();
	t = &s->axes[AXIS_COMMITS];
	assert_tally(t, 0, 0, 100);
	assert_bounds(t, 0, 10000);
	assert_int_equal(t->on_b_low_bp, 3000);
	assert_int_equal(t->on_b_high_bp, 4000);
	assert_int_equal(s->coverage_bp, 0);
	assert_true(s->has_data);
	assert_true(s->why.n != 0);
	assert_bounds(&s->windows[WINDOW_12][AXIS_COMMITS], 0, 10000);
	for (size_t i = 0; i < s->by.n; i++)
		assert_true(s->by.v[i].confidence < FACT_A);
	assert_int_equal(j.verdict.questions.n, 1);
	assert_int_equal(j.verdict.questions.v[0].kind, QUESTION_SOURCE);
	for (size_t i = 0; i < j.verdict.years.n; i++)
		assert_int_equal(j.verdict.years.v[i].axes[AXIS_COMMITS]
				 .concern, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_units_stand_as_shown),
		TEST(test_links_move_no_bound),
		TEST(test_bounds_round_outward),
		TEST(test_uncited_rungs_move_no_bound),
		TEST(test_uncited_hosts_move_no_bound),
		TEST(test_a_policy_may_take_b_as_other),
		TEST(test_an_owner_that_changed_is_unknown),
		TEST(test_bots_are_outside_and_counted),
		TEST(test_files_have_holders),
		TEST(test_files_follow_links),
		TEST(test_without_data_all_is_open),
		TEST(test_no_commits_is_not_clean),
		TEST(test_half_a_history_bounds_nothing),
		TEST(test_half_of_the_lines_leaves_the_commits),
		TEST(test_axes_that_were_not_counted_are_open),
		TEST(test_churn_review_and_surviving),
		TEST(test_surviving_lines_of_a_sold_host),
		TEST(test_windows_end_at_the_day_of_judgement),
		TEST(test_a_quiet_year_has_no_influence),
		TEST(test_seats),
		TEST(test_seats_of_a_digest),
		TEST(test_seats_weigh_the_lines_they_govern),
		TEST(test_a_year_without_reviews_is_not_observed),
		TEST(test_supply_roles),
		TEST(test_a_stamped_supplier_is_no_evidence),
		TEST(test_an_unowned_namespace_states_nothing),
		TEST(test_rows_add_up_and_are_ranked),
		TEST(test_a_row_without_commits_lends_none),
		TEST(test_elephant_counts_the_unknown),
		TEST(test_many_hosts_fold),
		TEST(test_counts_past_64_bits),
		TEST(test_shares_stay_on_their_side),
		TEST(test_shares_hold_for_any_size),
		TEST(test_component_interval_weighs_the_axes),
		TEST(test_a_claimed_history_counts_if_cited),
	};

	return cmocka_run_group_tests_name("score", tests, NULL, NULL);
}
