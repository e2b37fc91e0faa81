/* Whole verdicts: headline, range, coverage, questions, outcome; and what
 * must hold for every scan: order changes nothing, an answer never widens. */
#include "judging.h"

static struct judging j, other;
static size_t prc, us, dark;

static int setup(void **state)
{
	(void)state;
	judging_init(&j);
	prc = judging_org(&j, "prc", STANDING_CONCERN, FACT_A);
	us = judging_org(&j, "us", STANDING_OTHER, FACT_A);
	dark = judging_org(&j, "dark", STANDING_UNKNOWN, FACT_A);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	judging_release(&j);
	judging_release(&other);
	other = (struct judging){0};
	return 0;
}

static void seat(size_t component, size_t org)
{
	struct seat *s = component_add_seat(&j.scan.parts, component,
					    SEAT_LEAD,
					    (struct evidence){0});

	s->organisation = org;
	s->confidence = FACT_A;
	s->host = STR("seat.example");
}

static void test_headline_range_and_coverage(void **state)
{
	size_t a = judging_component(&j, "a", true);
	size_t d = judging_digest(&j, a);
	const struct verdict *v;

	(void)state;
	judging_policy(&j, JUDGING_HEAD JUDGING_RULE
		       "weights: {axes: {commits: 3, stewardship: 1, "
		       "supply: 4}}\n");
	judging_commits(&j, d, "p", prc, 2);
	judging_commits(&j, d, "u", us, 8);
	seat(a, prc);
	v = judging_judge(&j);
	/* (3 * 20 % + 1 * 100 % + 4 * [0, 100 %]) / 8 */
	assert_int_equal(v->headline_low_bp, 2000);
	assert_int_equal(v->headline_high_bp, 7000);
	assert_int_equal(v->range_low_bp, 0);
	assert_int_equal(v->range_high_bp, 10000);
	assert_int_equal(v->coverage_bp, 5000);
	assert_int_equal(v->components_counted, 1);
	assert_int_equal(v->components_with_data, 1);
	assert_int_equal(v->axes[AXIS_COMMITS].exposure_low_bp, 2000);
	assert_int_equal(v->axes[AXIS_COMMITS].peak_component, 0);
}

static void test_weights_by_function_and_scope(void **state)
{
	size_t a = judging_component(&j, "a", true);
	size_t b = judging_component(&j, "b", true);
	size_t c = judging_component(&j, "c", true);
	const struct verdict *v;

	(void)state;
	judging_policy(&j, JUDGING_HEAD JUDGING_RULE
		       "scopes: [unknown, runtime]\n"
		       "weights: {axes: {commits: 1}, "
		       "functions: {O-DU: 30}, default: 10}\n");
	j.scan.parts.components.v[a].function = FUNCTION_O_DU;
	j.scan.parts.components.v[c].scope = SCOPE_TEST;
	judging_commits(&j, judging_digest(&j, a), "p", prc, 1);
	judging_commits(&j, judging_digest(&j, b), "u", us, 1);
	judging_commits(&j, judging_digest(&j, c), "p", prc, 1);
	v = judging_judge(&j);
	assert_int_equal(v->scores.v[c].weight, 0);
	assert_int_equal(v->components_counted, 2);
	assert_int_equal(v->headline_low_bp, 7500);
	assert_int_equal(v->headline_high_bp, 7500);
}

static void test_what_the_verdict_says_of_its_policy(void **state)
{
	const struct verdict *v;

	(void)state;
	v = judging_judge(&j);
	policy_release(&j.policy);
	j.policy = (struct policy){0};
	assert_str(v->policy, "test");
	assert_str(v->text_version, "T, 2020 (own)");
	assert_int_equal(v->policy_sha256.n, 64);
	assert_str(v->concern.jurisdictions[0], "CN");
	assert_int_equal(v->concern.as_of, j.scan.as_of);
}

static void test_a_list_that_is_not_there(void **state)
{
	const struct verdict *v;
	struct fact list = {.kind = FACT_LIST, .subject = STR("us-x"),
			    .subject_org = SIZE_MAX, .object_org = SIZE_MAX};

	(void)state;
	judging_policy(&j, "policy: 1\nname: t\ntitle: T\n"
		       "text: {title: T, date: 2020, source: s, status: own}\n"
		       "concern: {lists: [us-x], rungs: [listed]}\n"
		       JUDGING_WEIGHTS JUDGING_RULE);
	judging_commits(&j, judging_digest(&j,
		judging_component(&j, "a", true)), "u", us, 1);
	v = judging_judge(&j);
	assert_int_equal(v->missing_lists.n, 1);
	assert_str(v->missing_lists.v[0], "us-x");
	assert_int_equal(v->headline_high_bp, 10000);
	assert_int_equal(assess_exit_code(&j.scan, v, 1), 3);
	vec_push(&j.facts.rows, list);
	v = judging_judge(&j);
	assert_int_equal(v->missing_lists.n, 0);
	assert_int_equal(v->headline_high_bp, 0);
	assert_int_equal(assess_exit_code(&j.scan, v, 1), 0);
}

static void test_exit_codes(void **state)
{
	size_t a = judging_component(&j, "a", true);
	size_t d;

	(void)state;
	judging_judge(&j);
	assert_int_equal(j.verdict.state, RULE_UNPROVEN);
	assert_int_equal(assess_exit_code(&j.scan, &j.verdict, 1), 5);
	d = judging_digest(&j, a);
	judging_commits(&j, d, "u", us, 1);
	judging_judge(&j);
	assert_int_equal(assess_exit_code(&j.scan, &j.verdict, 1), 0);
	judging_commits(&j, d, "w", SIZE_MAX, 1);
	judging_judge(&j);
	assert_int_equal(j.verdict.state, RULE_UNPROVEN);
	assert_int_equal(assess_exit_code(&j.scan, &j.verdict, 1), 3);
	judging_commits(&j, d, "p", prc, 1);
	judging_judge(&j);
	assert_int_equal(j.verdict.state, RULE_NOT_MET);
	assert_int_equal(assess_exit_code(&j.scan, &j.verdict, 1), 1);
	diag_add(&j.scan.diags, RW1404, diag_at(STR("r")), "shallow");
	judging_judge(&j);
	assert_true(j.verdict.is_incomplete);
	assert_int_equal(assess_exit_code(&j.scan, &j.verdict, 1), 3);
	diag_add(&j.scan.diags, RW1601, diag_at(STR("r")), "bad");
	assert_int_equal(assess_exit_code(&j.scan, &j.verdict, 1), 2);
}

static void test_nothing_is_not_clean(void **state)
{
	const struct verdict *v = judging_judge(&j);

	(void)state;
	assert_int_equal(v->components_counted, 0);
	assert_int_equal(v->headline_low_bp, 0);
	assert_int_equal(v->headline_high_bp, 10000);
	assert_int_equal(v->axes[AXIS_COUNT].peak_component, SIZE_MAX);
	assert_int_equal(v->findings.v[0].state, RULE_NOT_APPLICABLE);
	assert_int_equal(assess_exit_code(&j.scan, v, 1), 5);
	assert_int_equal(assess_exit_code(&j.scan, NULL, 0), 5);
}

static void test_rules_for_information_do_not_count(void **state)
{
	(void)state;
	judging_policy(&j, JUDGING_HEAD JUDGING_WEIGHTS
		       "rules: [{id: R-1, title: T, clause: C, "
		       "confirmed: true, kind: peak, axis: commits, "
		       "limit: 1%, severity: info}]\n");
	judging_commits(&j, judging_digest(&j,
		judging_component(&j, "a", true)), "p", prc, 1);
	judging_judge(&j);
	assert_int_equal(j.verdict.findings.v[0].state, RULE_NOT_MET);
	assert_int_equal(j.verdict.findings.v[0].counts_as,
			 RULE_NOT_APPLICABLE);
	assert_int_equal(j.verdict.state, RULE_NOT_APPLICABLE);
}

static void test_the_worst_rule_decides(void **state)
{
	(void)state;
	judging_policy(&j, JUDGING_HEAD JUDGING_WEIGHTS "rules:\n"
		"- {id: A, title: T, clause: C, confirmed: true, kind: peak, "
		"axis: commits, limit: 100%, severity: low}\n"
		"- {id: B, title: T, clause: C, confirmed: true, kind: peak, "
		"axis: commits, limit: 50%, severity: low}\n"
		"- {id: C, title: T, clause: C, confirmed: true, kind: "
		"coverage, limit: 100%, severity: low, unproven: fail}\n");
	judging_commits(&j, judging_digest(&j,
		judging_component(&j, "a", true)), "x", SIZE_MAX, 1);
	assert_int_equal(judging_judge(&j)->state, RULE_UNPROVEN);
	judging_component(&j, "b", true);
	assert_int_equal(judging_judge(&j)->state, RULE_NOT_MET);
}

static const struct question *question(size_t i, const char *words)
{
	const struct verdict *v = &j.verdict;

	assert_true(i < v->questions.n);
	if (str_find(v->questions.v[i].text, str_c(words)) == SIZE_MAX)
		fail_msg("%.*s", STR_ARG(v->questions.v[i].text));
	return &v->questions.v[i];
}

static void test_questions_are_ranked_by_gain(void **state)
{
	size_t a = judging_component(&j, "a", true);
	size_t b = judging_component(&j, "b", true);
	size_t d = judging_digest(&j, a);

	(void)state;
	j.scan.parts.components.v[b].version = STR("2.0");
	judging_commits(&j, d, "u", us, 40);
	judging_commits(&j, d, "x.example", dark, 30);
	judging_commits(&j, d, "mail.example", SIZE_MAX, 20)->by.class =
		HOST_NEUTRAL;
	judging_commits(&j, d, "who.example", SIZE_MAX, 10);
	judging_judge(&j);
	assert_int_equal(j.verdict.questions.n, 4);
	assert_int_equal(question(0, "b 2.0: which repository and commit is it "
				  "built from? Now its source repository is "
				  "not known.")->gain_bp, 5000);
	assert_str(j.verdict.questions.v[0].settled_by, "the address and "
		   "commit, or a digest of its history");
	assert_int_equal(j.verdict.questions.v[0].kind, QUESTION_SOURCE);
	assert_int_equal(question(1, "Who owns and who controls dark, which "
				  "takes part in a?")->gain_bp, 1500);
	assert_int_equal(j.verdict.questions.v[1].organisation, dark);
	assert_int_equal(j.verdict.questions.v[1].kind, QUESTION_CONTROL);
	assert_int_equal(question(2, "For which organisations did the "
				  "contributors act who use mail.example in "
				  "a?")->gain_bp, 1000);
	assert_int_equal(question(3, "Which organisation does the address "
				  "domain who.example belong to in a?")
			 ->gain_bp, 500);
	assert_str(j.verdict.questions.v[3].host, "who.example");
	assert_int_equal(j.verdict.questions.v[2].kind,
			 QUESTION_AFFILIATION);
	assert_int_equal(j.verdict.questions.v[3].kind, QUESTION_DOMAIN);
	assert_int_equal(j.verdict.headline_high_bp -
			 j.verdict.headline_low_bp, 5000 + 1500 + 1000 + 500);
}

/* A name that an SBOM prints and a namespace are asked for as such. */
static void test_unknown_suppliers_are_asked_for(void **state)
{
	size_t a = judging_component(&j, "a", true);
	struct component *c = &j.scan.parts.components.v[a];

	(void)state;
	judging_policy(&j, JUDGING_HEAD JUDGING_RULE
		       "weights: {axes: {supply: 1}}\n");
	c->supplier = STR("Foo Ltd.");
	c->purl = STR("pkg:generic/a");
	c->supply[SUPPLY_SUPPLIER] = (struct supply){true, SIZE_MAX,
						     SIZE_MAX};
	c->supply[SUPPLY_PUBLISHER] = c->supply[SUPPLY_SUPPLIER];
	judging_judge(&j);
	question(0, "Which organisation is meant by \"Foo Ltd.\" in a?");
	question(1, "Which organisation publishes pkg:generic/a in a?");
	assert_int_equal(j.verdict.questions.v[0].kind, QUESTION_NAME);
	assert_int_equal(j.verdict.questions.v[1].kind, QUESTION_PUBLISHER);
}

static void test_one_question_for_many_components(void **state)
{
	(void)state;
	for (unsigned i = 0; i < 3; i++)
		judging_commits(&j, judging_digest(&j,
			judging_component(&j, i == 1 ? "big" : "small",
					  true)),
			"x.example", dark, 1);
	j.scan.parts.components.v[1].function = FUNCTION_O_DU;
	judging_policy(&j, JUDGING_HEAD JUDGING_RULE
		       "weights: {axes: {commits: 1}, functions: "
		       "{O-DU: 100}}\n");
	judging_judge(&j);
	assert_int_equal(j.verdict.questions.n, 1);
	question(0, "dark, which takes part in big and 2 more components?");
	assert_in_range(j.verdict.questions.v[0].gain_bp, 9999, 10000);
	assert_int_equal(j.verdict.questions.v[0].components, 3);
}

/* Rows of one organisation that stand apart are one component all the same,
 * and a digest's folded row is no domain. */
static void test_questions_count_components_once(void **state)
{
	size_t d = judging_digest(&j, judging_component(&j, "a", true));

	(void)state;
	judging_commits(&j, d, "x.example", dark, 9);
	judging_commits(&j, d, "y.example", dark, 5)->by.fact =
		judging_row(&j, FACT_B, FACT_ACCEPTED);
	judging_commits(&j, judging_digest(&j, judging_component(&j, "b",
								 true)),
			"(unlisted)", SIZE_MAX, 1);
	judging_judge(&j);
	question(0, "whose address domains are not listed one by one in b?");
	assert_int_equal(question(1, "dark, which takes part in a?")
			 ->components, 1);
}

/* Only what weighs is asked for, and all of it at once. */
static void test_what_a_component_lacks(void **state)
{
	size_t a = judging_component(&j, "a", true);

	(void)state;
	judging_policy(&j, JUDGING_HEAD JUDGING_RULE "weights: {axes: "
		       "{commits: 1, churn: 1, stewardship: 1, supply: 1}}");
	judging_judge(&j);
	question(0, "a: which repository and commit is it built from; which "
		 "organisations hold its seats; who produces and who supplies "
		 "it?");
	judging_commits(&j, judging_digest(&j, a), "u", us, 1);
	j.scan.digests.v[0].axes = DIGEST_COMMITS;
	seat(a, us);
	judging_judge(&j);
	question(0, "a: what does its history say of lines and reviews; who "
		 "produces and who supplies it?");
	assert_str(j.verdict.questions.v[0].settled_by, "a digest that "
		   "counts them; both fields in the SBOM");
}

static void test_uncited_records_are_asked_for(void **state)
{
	size_t us_b = judging_org(&j, "us-b", STANDING_OTHER, FACT_B);

	(void)state;
	judging_commits(&j, judging_digest(&j,
		judging_component(&j, "a", true)), "u", us_b, 1);
	judging_judge(&j);
	question(0, "us-b takes part in a: which documents show who controls "
		 "it");
}

static void test_questions_are_bounded(void **state)
{
	(void)state;
	for (size_t i = 0; i < 300; i++)
		judging_component(&j, "x", true);
	assert_int_equal(judging_judge(&j)->questions.n, 100);
}

/* Numbers that look random and are the same each time. */
static uint64_t next_random(uint64_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return *seed;
}

#define HOSTS 6
#define COMPONENTS 7

/* Fills a scan; with `backwards`, the same one in another order.  Host k of
 * component i is by the organisation `orgs` says. */
static void fill(struct judging *to, bool backwards, uint64_t seed,
		 const size_t orgs[COMPONENTS][HOSTS])
{
	uint64_t counts[COMPONENTS][HOSTS];

	judging_init(to);
	judging_org(to, "prc", STANDING_CONCERN, FACT_A);
	judging_org(to, "us", STANDING_OTHER, FACT_A);
	judging_org(to, "dark", STANDING_UNKNOWN, FACT_A);
	for (size_t i = 0; i < COMPONENTS; i++)
		for (size_t k = 0; k < HOSTS; k++)
			counts[i][k] = next_random(&seed) % 50;
	for (size_t n = 0; n < COMPONENTS; n++) {
		size_t i = backwards ? COMPONENTS - 1 - n : n;
		struct str name = arena_fmt(&to->scan.arena, "c%zu", i);
		size_t c = judging_component(to, name.p, i % 3 != 2);
		size_t d = judging_digest(to, c);

		for (size_t m = 0; m < HOSTS; m++) {
			size_t k = backwards ? HOSTS - 1 - m : m;
			struct str host = arena_fmt(&to->scan.arena,
						    "h%zu.example", k);

			judging_commits(to, d, host.p, orgs[i][k],
					counts[i][k]);
		}
	}
	judging_judge(to);
}

static void random_orgs(uint64_t *seed, size_t orgs[COMPONENTS][HOSTS])
{
	for (size_t i = 0; i < COMPONENTS; i++)
		for (size_t k = 0; k < HOSTS; k++) {
			orgs[i][k] = next_random(seed) % 4;
			if (orgs[i][k] == 3)
				orgs[i][k] = SIZE_MAX;
		}
}

static void assert_within(int32_t low, int32_t high, int32_t outer_low,
			  int32_t outer_high)
{
	assert_true(low <= high);
	assert_true(outer_low <= low);
	assert_true(high <= outer_high);
}

static void test_an_answer_never_widens(void **state)
{
	uint64_t seed = 88172645463325252u;
	size_t orgs[COMPONENTS][HOSTS];

	(void)state;
	for (size_t round = 0; round < 60; round++) {
		const struct verdict *a = &j.verdict, *b = &other.verdict;
		uint64_t counts = next_random(&seed);
		size_t i = next_random(&seed) % COMPONENTS;
		size_t k = next_random(&seed) % HOSTS;

		random_orgs(&seed, orgs);
		judging_release(&j);
		judging_release(&other);
		orgs[i][k] = round % 2 ? SIZE_MAX : 2;
		fill(&j, false, counts, orgs);
		orgs[i][k] = next_random(&seed) % 2;
		fill(&other, false, counts, orgs);
		assert_within(b->headline_low_bp, b->headline_high_bp,
			      a->headline_low_bp, a->headline_high_bp);
		assert_within(b->range_low_bp, b->range_high_bp,
			      a->range_low_bp, a->range_high_bp);
		for (size_t x = 0; x <= AXIS_COUNT; x++) {
			const struct rollup *p = &a->axes[x];
			const struct rollup *q = &b->axes[x];

			assert_within(q->peak_low_bp, q->peak_high_bp,
				      p->peak_low_bp, p->peak_high_bp);
			assert_within(q->breadth_low_bp, q->breadth_high_bp,
				      p->breadth_low_bp, p->breadth_high_bp);
		}
		if (a->findings.v[0].state != RULE_UNPROVEN)
			assert_int_equal(a->findings.v[0].state,
					 b->findings.v[0].state);
	}
}

static void test_order_changes_nothing(void **state)
{
	uint64_t seed = 2463534242u;
	size_t orgs[COMPONENTS][HOSTS];

	(void)state;
	for (size_t round = 0; round < 20; round++) {
		const struct verdict *a = &j.verdict, *b = &other.verdict;
		uint64_t counts = next_random(&seed);

		random_orgs(&seed, orgs);
		judging_release(&j);
		judging_release(&other);
		fill(&j, false, counts, orgs);
		fill(&other, true, counts, orgs);
		assert_int_equal(a->headline_low_bp, b->headline_low_bp);
		assert_int_equal(a->headline_high_bp, b->headline_high_bp);
		assert_int_equal(a->coverage_bp, b->coverage_bp);
		assert_true(str_eq(a->findings.v[0].reason,
				   b->findings.v[0].reason));
		for (size_t i = 0; i < COMPONENTS; i++) {
			const struct component_score *s = &a->scores.v[i];
			const struct component_score *t =
				&b->scores.v[COMPONENTS - 1 - i];

			assert_int_equal(s->by.n, t->by.n);
			for (size_t k = 0; k < s->by.n; k++)
				assert_int_equal(s->by.v[k].organisation,
						 t->by.v[k].organisation);
		}
		assert_int_equal(a->questions.n, b->questions.n);
		for (size_t i = 0; i < a->questions.n; i++)
			assert_int_equal(a->questions.v[i].gain_bp,
					 b->questions.v[i].gain_bp);
	}
}

/* A row of confidence B, true or not, leaves every bound where it is. */
static void test_b_rows_move_nothing(void **state)
{
	uint64_t seed = 362436069u;
	size_t orgs[COMPONENTS][HOSTS];

	(void)state;
	random_orgs(&seed, orgs);
	judging_release(&j);
	fill(&j, false, 1, orgs);
	fill(&other, false, 1, orgs);
	other.ladders.v[2].rungs[RUNG_CONTROLLED] =
		judging_rung(STANDING_CONCERN, FACT_B);
	judging_judge(&other);
	assert_int_equal(j.verdict.headline_low_bp,
			 other.verdict.headline_low_bp);
	assert_int_equal(j.verdict.headline_high_bp,
			 other.verdict.headline_high_bp);
	assert_true(other.verdict.axes[AXIS_COMMITS].exposure_on_b_low_bp >
		    other.verdict.headline_low_bp);
	assert_int_equal(other.verdict.standings.v[2].standing,
			 STANDING_UNKNOWN);
	assert_int_equal(other.verdict.standings.v[2].on_b,
			 STANDING_CONCERN);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_headline_range_and_coverage),
		TEST(test_weights_by_function_and_scope),
		TEST(test_what_the_verdict_says_of_its_policy),
		TEST(test_a_list_that_is_not_there),
		TEST(test_exit_codes),
		TEST(test_nothing_is_not_clean),
		TEST(test_rules_for_information_do_not_count),
		TEST(test_the_worst_rule_decides),
		TEST(test_questions_are_ranked_by_gain),
		TEST(test_unknown_suppliers_are_asked_for),
		TEST(test_one_question_for_many_components),
		TEST(test_what_a_component_lacks),
		TEST(test_uncited_records_are_asked_for),
		TEST(test_questions_count_components_once),
		TEST(test_questions_are_bounded),
		TEST(test_an_answer_never_widens),
		TEST(test_order_changes_nothing),
		TEST(test_b_rows_move_nothing),
	};

	return cmocka_run_group_tests_name("verdict", tests, NULL, NULL);
}
