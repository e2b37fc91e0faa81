/* How far authorship is shown: written and read back, refused where it is
 * more than what it is a part of, folded, and what a policy makes of it. */
#include "judging.h"

#include "digesting.h"
#include "model/digest_authorship.h"

static struct digest_authorship *row(struct digest *d, const char *name,
				     enum authorship rung, uint64_t n)
{
	struct digest_authorship *r = vec_add(&d->authorship);

	*r = (struct digest_authorship){.host = str_c(name), .month = 600,
					.rung = rung, .counts = commits(n)};
	return r;
}

static void test_reads_what_it_writes(void **state)
{
	struct digest d;

	(void)state;
	host("a.example", 3);
	row(&digest, "a.example", AUTHORSHIP_CONSISTENT, 1);
	row(&digest, "a.example", AUTHORSHIP_SIGNATURE, 2);
	digest.authorship_keys = STR(ID "012345670123456701234567");
	assert_int_equal(digest_parse(written(), STR("x"), &arena, &diags,
				      &d), OK);
	assert_true(d.has_authorship);
	assert_int_equal(d.authorship_keys.n, 64);
	assert_int_equal(d.authorship.n, 2);
	assert_int_equal(digest_authorship_of(&d, STR("a.example"), 600,
					      AUTHORSHIP_CONSISTENT).commits,
			 3);
	assert_int_equal(digest_authorship_of(&d, STR("a.example"), 600,
					      AUTHORSHIP_SIGN_OFF).commits, 2);
	assert_int_equal(digest_authorship_of(&d, STR("a.example"), 601,
					      AUTHORSHIP_CONSISTENT).commits,
			 0);
	assert_int_equal(digest_authorship_of(&d, STR("b.example"), 600,
					      AUTHORSHIP_CONSISTENT).commits,
			 0);
	digest_release(&d);
}

static void test_not_looked_for(void **state)
{
	struct digest d;

	(void)state;
	host("a.example", 3);
	digest.has_authorship = false;
	assert_int_equal(digest_parse(written(), STR("x"), &arena, &diags,
				      &d), OK);
	assert_false(d.has_authorship);
	digest_release(&d);
}

static void test_refuses_more_than_the_whole(void **state)
{
	(void)state;
	host("a.example", 3);
	row(&digest, "a.example", AUTHORSHIP_CONSISTENT, 2);
	row(&digest, "a.example", AUTHORSHIP_SIGN_OFF, 2);
	refuses("authorship is more");
}

static void test_refuses_nobody(void **state)
{
	(void)state;
	host("a.example", 3);
	row(&digest, "b.example", AUTHORSHIP_SIGN_OFF, 1);
	refuses("authorship is more");
}

static void test_refuses_a_month_that_is_not_there(void **state)
{
	(void)state;
	host("a.example", 3);
	row(&digest, "a.example", AUTHORSHIP_SIGN_OFF, 1)->month = 602;
	refuses("authorship is more");
}

/* What is claimed is the rest, and has no row. */
static void test_refuses_what_is_claimed(void **state)
{
	(void)state;
	host("a.example", 3);
	row(&digest, "a.example", AUTHORSHIP_CLAIMED, 1);
	refuses("no host, month or rung");
}

static void test_refuses_disorder(void **state)
{
	(void)state;
	host("a.example", 3);
	row(&digest, "a.example", AUTHORSHIP_SIGN_OFF, 1);
	row(&digest, "a.example", AUTHORSHIP_SIGN_OFF, 1);
	refuses("not ascending");
}

static void test_refuses_other_keys(void **state)
{
	(void)state;
	host("a.example", 3);
	digest.authorship_keys = STR("abc");
	refuses("SHA-256");
}

static bool is_never_listed(const struct digest_host *h, void *with)
{
	(void)h;
	(void)with;
	return false;
}

static void test_folded_hosts_are_one(void **state)
{
	(void)state;
	host("a.example", 3);
	host("b.example", 3);
	row(&digest, "a.example", AUTHORSHIP_SIGN_OFF, 1);
	row(&digest, "b.example", AUTHORSHIP_CONSISTENT, 2);
	row(&digest, "b.example", AUTHORSHIP_SIGN_OFF, 1);
	digest_fold(&digest, is_never_listed, NULL);
	digest_authorship_fold(&digest);
	assert_int_equal(digest.authorship.n, 2);
	assert_str(digest.authorship.v[0].host, "(unlisted)");
	assert_int_equal(digest.authorship.v[0].rung, AUTHORSHIP_CONSISTENT);
	assert_int_equal(digest.authorship.v[1].counts.commits, 2);
}

/* --- judged --------------------------------------------------------------- */

static struct judging j;

static int judge_teardown(void **state)
{
	(void)state;
	judging_release(&j);
	return 0;
}

static void shown(struct digest *d, const char *name, enum authorship rung,
		  uint64_t n)
{
	struct digest_authorship *r = row(d, name, rung, 0);

	r->month = AS_OF_MONTH;
	r->counts = (struct digest_counts){.commits = n, .credits = n};
}

/* 100 commits: 40 name an organisation of concern, 60 another. */
static void given_history(void)
{
	size_t kernel, history, prc, us;

	judging_init(&j);
	prc = judging_org(&j, "prc", STANDING_CONCERN, FACT_A);
	us = judging_org(&j, "us", STANDING_OTHER, FACT_A);
	kernel = judging_component(&j, "kernel", true);
	history = judging_digest(&j, kernel);
	judging_commits(&j, history, "prc.example", prc, 40)->counts.reviews =
		3;
	judging_commits(&j, history, "us.example", us, 60);
	shown(&j.scan.digests.v[0], "prc.example", AUTHORSHIP_SIGN_OFF, 5);
	shown(&j.scan.digests.v[0], "prc.example", AUTHORSHIP_SIGNATURE, 10);
	shown(&j.scan.digests.v[0], "us.example", AUTHORSHIP_SIGNATURE, 30);
}

static void demand(const char *yaml)
{
	judging_policy(&j, yaml);
	judging_judge(&j);
}

static void assert_commits(const struct tally *t, uint64_t concern,
			   uint64_t other, uint64_t unknown)
{
	assert_true(t->is_observed);
	assert_int_equal(t->concern, concern);
	assert_int_equal(t->other, other);
	assert_int_equal(t->unknown, unknown);
}

#define DEMAND(rung) \
	JUDGING_HEAD "evidence: {authorship: " rung "}\n" \
	JUDGING_WEIGHTS JUDGING_RULE

static void test_no_rung_is_demanded_by_default(void **state)
{
	(void)state;
	given_history();
	judging_judge(&j);
	assert_commits(&j.verdict.scores.v[0].axes[AXIS_COMMITS], 40, 60, 0);
	demand(DEMAND("claimed"));
	assert_commits(&j.verdict.scores.v[0].axes[AXIS_COMMITS], 40, 60, 0);
}

static void test_below_the_rung_is_unknown(void **state)
{
	const struct component_score *s;

	(void)state;
	given_history();
	demand(DEMAND("sign-off"));
	s = &j.verdict.scores.v[0];
	assert_commits(&s->axes[AXIS_COMMITS], 15, 30, 55);
	/* rows that lack a citation are not what is missing */
	assert_int_equal(s->axes[AXIS_COMMITS].on_b, 0);
	assert_int_equal(s->axes[AXIS_COMMITS].concern_on_b, 0);
	/* a vote is no authorship */
	assert_int_equal(s->axes[AXIS_REVIEW].concern, 3);
	demand(DEMAND("signature"));
	s = &j.verdict.scores.v[0];
	assert_commits(&s->axes[AXIS_COMMITS], 10, 30, 60);
	assert_int_equal(s->axes[AXIS_COMMITS].low_bp, 1000);
	assert_int_equal(s->axes[AXIS_COMMITS].high_bp, 7000);
	assert_commits(&s->windows[WINDOW_12][AXIS_COMMITS], 10, 30, 60);
	assert_commits(&j.verdict.years.v[0].axes[AXIS_COMMITS], 10, 30, 60);
}

/* Whoever is behind it is no organisation that could be counted. */
static void test_who_is_below_is_nobody(void **state)
{
	const struct component_score *s;
	bool is_there = false;

	(void)state;
	given_history();
	j.scan.digests.v[0].authorship.n = 0;
	demand(DEMAND("consistent"));
	s = &j.verdict.scores.v[0];
	assert_int_equal(s->spread[AXIS_COMMITS].known, 0);
	assert_int_equal(s->organisations[WINDOW_ALL], 0);
	for (size_t i = 0; i < s->by.n; i++)
		is_there |= str_is(s->by.v[i].host, "(authorship not shown)");
	assert_true(is_there);
}

static void test_a_digest_without_rungs_is_claimed(void **state)
{
	(void)state;
	given_history();
	vec_release(&j.scan.digests.v[0].authorship);
	demand(DEMAND("signature"));
	assert_commits(&j.verdict.scores.v[0].axes[AXIS_COMMITS], 0, 0, 100);
}

static void test_other_rungs_are_refused(void **state)
{
	struct policy p;
	struct diags ds = {0};

	(void)state;
	assert_int_equal(policy_parse(STR(DEMAND("sworn")), STR("p"), &ds,
				      &p), ERR_CONFIG);
	assert_int_equal(ds.kept.v[0].code, RW1601);
	diag_release(&ds);
}

#define TEST(f) cmocka_unit_test_teardown(f, teardown)
#define JUDGED(f) cmocka_unit_test_teardown(f, judge_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_reads_what_it_writes),
		TEST(test_not_looked_for),
		TEST(test_refuses_more_than_the_whole),
		TEST(test_refuses_nobody),
		TEST(test_refuses_a_month_that_is_not_there),
		TEST(test_refuses_what_is_claimed),
		TEST(test_refuses_disorder),
		TEST(test_refuses_other_keys),
		TEST(test_folded_hosts_are_one),
		JUDGED(test_no_rung_is_demanded_by_default),
		JUDGED(test_below_the_rung_is_unknown),
		JUDGED(test_who_is_below_is_nobody),
		JUDGED(test_a_digest_without_rungs_is_claimed),
		cmocka_unit_test(test_other_rungs_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
