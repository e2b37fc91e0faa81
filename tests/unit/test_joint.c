/* Components whose commits count once: what one history with all of their
 * commits would give, whatever the histories are. */
#include "judging.h"

#include "assess/plan.h"
#include "assess/waive.h"

#define HOSTS 5
#define ROUNDS 40

#define WEIGHTS \
	"weights: {axes: {commits: 4, churn: 3, review: 2, supply: 1}, " \
	"functions: {tooling: 10}, default: 100, dependencies: 50}\n"
#define RULE(id, kind, more) \
	"  - {id: " id ", title: T, clause: C, confirmed: true, kind: " kind \
	", " more "severity: high}\n"
#define RULES \
	"component-limit: 25%\n" \
	"rules:\n" \
	RULE("R-1", "exposure", "axis: commits, limit: 10%, ") \
	RULE("R-2", "exposure", "axis: churn, window: 24, limit: 10%, ") \
	RULE("R-3", "breadth", "limit: 10%, ") \
	RULE("R-4", "unknown", "limit: 10%, ") \
	RULE("R-5", "concentration", "axis: commits, limit: 10%, ") \
	RULE("R-6", "coverage", "limit: 10%, ") \
	RULE("R-7", "peak", "axis: commits, limit: 10%, ")
#define PEAK 6 /* place of the last one */

static size_t orgs[4];
static uint64_t seed;

static uint64_t roll(uint64_t n)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (seed >> 33) % n;
}

static void setup(struct judging *j)
{
	judging_init(j);
	judging_policy(j, JUDGING_HEAD WEIGHTS RULES);
	orgs[0] = judging_org(j, "prc", STANDING_CONCERN, FACT_A);
	orgs[1] = judging_org(j, "us", STANDING_OTHER, FACT_A);
	orgs[2] = judging_org(j, "dark", STANDING_UNKNOWN, FACT_A);
	orgs[3] = judging_org(j, "us-b", STANDING_OTHER, FACT_B);
}

/* Commits that some histories have: by host, of one or another month. */
struct commits {
	uint64_t n[HOSTS][2], lines[HOSTS][2], votes[HOSTS][2];
};

static struct commits some(uint64_t most)
{
	struct commits c;

	for (size_t h = 0; h < HOSTS; h++)
		for (size_t m = 0; m < 2; m++) {
			c.n[h][m] = roll(most);
			c.lines[h][m] = c.n[h][m] * roll(50);
			c.votes[h][m] = roll(2) ? roll(most) : 0;
		}
	c.n[0][0]++; /* never nothing */
	c.lines[0][0]++;
	c.votes[0][0]++;
	return c;
}

static void add(struct judging *j, size_t digest, const struct commits *c)
{
	static const char *const hosts[HOSTS] = {
		"a.example", "b.example", "c.example", "d.example",
		"e.example"};

	for (size_t h = 0; h < HOSTS; h++)
		for (size_t m = 0; m < 2; m++) {
			size_t org = h < 4 ? orgs[h] : SIZE_MAX;
			struct digest_month *to = judging_commits(
				j, digest, hosts[h], org, c->n[h][m]);

			to->month = m ? AS_OF_MONTH - 3 : AS_OF_MONTH - 40;
			to->counts.weighed = c->lines[h][m];
			to->counts.reviews = c->votes[h][m];
			to->counts.surviving_source = 1;
		}
}

static size_t product(struct judging *j, const char *name,
		      const struct commits *a, const struct commits *b)
{
	size_t i = judging_component(j, name, true);
	size_t d = judging_digest(j, i);

	add(j, d, a);
	if (b)
		add(j, d, b);
	j->scan.parts.components.v[i].supply[SUPPLY_PRODUCER] =
		(struct supply){true, orgs[1],
				judging_row(j, FACT_A, FACT_ACCEPTED)};
	return i;
}

/* Puts a component into group 1; own: what none before it has, or NULL. */
static void join(struct judging *j, size_t i, size_t rank, size_t counted,
		 const struct commits *own)
{
	struct component *k = &j->scan.parts.components.v[i];
	size_t last = j->scan.digests.n;

	k->joint = (struct joint){
		.group = 1, .rank = rank, .counted = counted,
		.digest = k->digest, .beyond = SIZE_MAX};
	if (!own)
		return;
	/* made as any other digest, then moved */
	judging_digest(j, i);
	add(j, last, own);
	k->digest = k->joint.digest;
	k->joint.beyond = j->scan.beyond.n;
	vec_push(&j->scan.beyond, j->scan.digests.v[last]);
	j->scan.digests.n--;
}

static void assert_tallies(const struct tally *a, const struct tally *b)
{
	assert_int_equal(a->is_observed, b->is_observed);
	assert_int_equal(a->concern, b->concern);
	assert_int_equal(a->other, b->other);
	assert_int_equal(a->unknown, b->unknown);
	assert_int_equal(a->excluded, b->excluded);
	assert_int_equal(a->on_b, b->on_b);
	assert_int_equal(a->concern_on_b, b->concern_on_b);
	assert_int_equal(a->low_bp, b->low_bp);
	assert_int_equal(a->high_bp, b->high_bp);
}

static void assert_means(const struct rollup *a, const struct rollup *b)
{
	assert_int_equal(a->exposure_low_bp, b->exposure_low_bp);
	assert_int_equal(a->exposure_high_bp, b->exposure_high_bp);
	assert_int_equal(a->exposure_on_b_low_bp, b->exposure_on_b_low_bp);
	assert_int_equal(a->exposure_on_b_high_bp, b->exposure_on_b_high_bp);
	assert_int_equal(a->breadth_low_bp, b->breadth_low_bp);
	assert_int_equal(a->breadth_high_bp, b->breadth_high_bp);
}

static void assert_years(const struct verdict *a, const struct verdict *b)
{
	assert_int_equal(a->years.n, b->years.n);
	for (size_t i = 0; i < a->years.n; i++) {
		assert_int_equal(a->years.v[i].year, b->years.v[i].year);
		for (size_t k = 0; k < AXIS_COUNT; k++)
			assert_tallies(&a->years.v[i].axes[k],
				       &b->years.v[i].axes[k]);
	}
}

static void assert_findings(const struct verdict *a, const struct verdict *b,
			    bool with_peak)
{
	assert_int_equal(a->findings.n, b->findings.n);
	for (size_t i = 0; i < a->findings.n; i++) {
		const struct finding *x = &a->findings.v[i];
		const struct finding *y = &b->findings.v[i];

		if (i == PEAK && !with_peak)
			continue;
		assert_int_equal(x->state, y->state);
		assert_int_equal(x->low_bp, y->low_bp);
		assert_int_equal(x->high_bp, y->high_bp);
		assert_int_equal(x->organisations.n, y->organisations.n);
		for (size_t k = 0; k < x->organisations.n; k++)
			assert_int_equal(x->organisations.v[k],
					 y->organisations.v[k]);
	}
}

/* Do two verdicts say the same of the stack? */
static void assert_same(const struct verdict *a, const struct verdict *b,
			bool with_peak)
{
	for (size_t i = 0; i <= AXIS_COUNT; i++) {
		assert_means(&a->axes[i], &b->axes[i]);
		if (!with_peak)
			continue;
		assert_int_equal(a->axes[i].peak_low_bp,
				 b->axes[i].peak_low_bp);
		assert_int_equal(a->axes[i].peak_high_bp,
				 b->axes[i].peak_high_bp);
	}
	assert_int_equal(a->functions.n, b->functions.n);
	for (size_t i = 0; i < a->functions.n; i++) {
		assert_int_equal(a->functions.v[i].components,
				 b->functions.v[i].components);
		assert_means(&a->functions.v[i].all, &b->functions.v[i].all);
	}
	assert_years(a, b);
	assert_findings(a, b, with_peak);
	assert_int_equal(a->headline_low_bp, b->headline_low_bp);
	assert_int_equal(a->headline_high_bp, b->headline_high_bp);
	assert_int_equal(a->coverage_bp, b->coverage_bp);
	assert_int_equal(a->components_counted, b->components_counted);
	assert_int_equal(a->components_with_data, b->components_with_data);
	assert_int_equal(a->questions.n, b->questions.n);
	for (size_t i = 0; i < a->questions.n; i++)
		assert_int_equal(a->questions.v[i].gain_bp,
				 b->questions.v[i].gain_bp);
}

/* A fork, its origin and a third that has commits of both are one history
 * that has all of it, beside another product. */
static void test_a_group_is_the_union(void **state)
{
	(void)state;
	for (seed = 1; seed < ROUNDS; seed++) {
		uint64_t at = seed;
		struct commits shared = some(9), own = some(6);
		struct commits more = some(4), third = some(3);
		struct commits beside = some(20);
		struct judging one, many;
		size_t u, a, b, c;

		setup(&one);
		u = product(&one, "union", &shared, &own);
		add(&one, one.scan.parts.components.v[u].digest, &more);
		add(&one, one.scan.parts.components.v[u].digest, &third);
		product(&one, "beside", &beside, NULL);
		setup(&many);
		c = product(&many, "third", &more, &third);
		product(&many, "beside", &beside, NULL);
		a = product(&many, "origin", &shared, &own);
		b = product(&many, "fork", &shared, &more);
		join(&many, a, 0, 3, NULL);
		join(&many, b, 1, 3, &more);
		join(&many, c, 2, 3, &third);
		judging_judge(&one);
		assert_same(judging_judge(&many), &one.verdict, false);
		assert_int_equal(many.verdict.joints.n, 1);
		for (size_t i = 0; i < AXIS_SURVIVING; i++)
			assert_tallies(&many.verdict.joints.v[0].score.axes[i],
				       &one.verdict.scores.v[u].axes[i]);
		judging_release(&one);
		judging_release(&many);
		seed = at;
	}
}

/* The worst is one by itself: a large relative hides nobody. */
static void test_each_is_judged_by_itself(void **state)
{
	static const struct commits shared = {.n = {{1}}};
	static const struct commits clean = {.n = {{0}, {9}}};
	static const struct commits bad = {.n = {{4}}};
	struct judging j;
	const struct verdict *v;
	size_t a, b;

	(void)state;
	setup(&j);
	a = product(&j, "origin", &shared, &clean); /* 1 of 10 */
	b = product(&j, "fork", &shared, &bad);     /* 5 of 5 */
	join(&j, a, 0, 2, NULL);
	join(&j, b, 1, 2, &bad);                    /* 5 of 14 */
	v = judging_judge(&j);
	assert_int_equal(v->axes[AXIS_COMMITS].exposure_low_bp, 3571);
	assert_int_equal(v->axes[AXIS_COMMITS].peak_low_bp, 10000);
	assert_int_equal(v->axes[AXIS_COMMITS].peak_component, b);
	assert_int_equal(v->findings.v[PEAK].components.v[0], b);
	assert_int_equal(v->scores.v[a].axes[AXIS_COMMITS].low_bp, 1000);
	assert_int_equal(v->scores.v[a].weight, 100);
	assert_int_equal(v->scores.v[b].weight, 0);
	assert_int_equal(v->scores.v[b].weight_alone, 100);
	/* the trees of both are there: 10 months with a line each, in two */
	assert_int_equal(v->joints.v[0].score.axes[AXIS_SURVIVING].concern +
			 v->joints.v[0].score.axes[AXIS_SURVIVING].other +
			 v->joints.v[0].score.axes[AXIS_SURVIVING].unknown,
			 2 * 2 * 10);
	judging_release(&j);
}

static void test_a_mirror_changes_nothing(void **state)
{
	(void)state;
	for (seed = 1; seed < ROUNDS; seed++) {
		uint64_t at = seed;
		struct commits all = some(9), beside = some(9);
		struct judging one, two;
		struct joint *mirror;
		size_t m, a;

		setup(&one);
		product(&one, "origin", &all, NULL);
		product(&one, "beside", &beside, NULL);
		setup(&two);
		m = product(&two, "mirror", &all, NULL);
		a = product(&two, "origin", &all, NULL);
		product(&two, "beside", &beside, NULL);
		join(&two, a, 0, 1, NULL);
		join(&two, m, 1, 1, NULL);
		mirror = &two.scan.parts.components.v[m].joint;
		mirror->is_contained = mirror->is_mirror = true;
		judging_judge(&one);
		assert_same(judging_judge(&two), &one.verdict, true);
		judging_release(&one);
		judging_release(&two);
		seed = at;
	}
}

/* Whoever hands over the mirror does so. */
static void test_a_mirror_has_its_supplier(void **state)
{
	const struct commits all = {.n = {{0}, {9}}};
	struct judging j;
	const struct tally *t;
	size_t a, m;

	(void)state;
	setup(&j);
	a = product(&j, "origin", &all, NULL);
	m = product(&j, "mirror", &all, NULL);
	join(&j, a, 0, 1, NULL);
	join(&j, m, 1, 1, NULL);
	j.scan.parts.components.v[m].joint.is_contained = true;
	j.scan.parts.components.v[m].supply[SUPPLY_PUBLISHER] =
		(struct supply){true, orgs[0],
				judging_row(&j, FACT_A, FACT_ACCEPTED)};
	t = &judging_judge(&j)->joints.v[0].score.axes[AXIS_SUPPLY];
	assert_true(t->is_observed);
	assert_int_equal(t->concern, 1);
	assert_int_equal(t->other, 1); /* the same producer, once */
	judging_release(&j);
}

/* What is not known of one is not known of both; what is missing of a group
 * leaves none. */
static void test_what_is_missing_is_unknown(void **state)
{
	const struct commits shared = {.n = {{0}, {9}}, .lines = {{0}, {9}},
				       .votes = {{0}, {9}}};
	const struct commits own = {.n = {{0}, {3}}, .lines = {{0}, {3}}};
	struct judging j;
	const struct verdict *v;
	size_t a, b;

	(void)state;
	setup(&j);
	a = product(&j, "origin", &shared, NULL);
	b = product(&j, "fork", &shared, &own);
	join(&j, a, 0, 2, NULL);
	join(&j, b, 1, 2, &own);
	j.scan.beyond.v[0].axes &= ~(unsigned)DIGEST_REVIEW;
	j.scan.beyond.v[0].incomplete = DIGEST_CHURN;
	j.scan.parts.components.v[b].supply[SUPPLY_PRODUCER].is_stated = false;
	v = judging_judge(&j);
	assert_true(v->joints.v[0].score.axes[AXIS_COMMITS].is_observed);
	assert_false(v->joints.v[0].score.axes[AXIS_REVIEW].is_observed);
	assert_false(v->joints.v[0].score.axes[AXIS_CHURN].is_observed);
	assert_false(v->joints.v[0].score.axes[AXIS_SUPPLY].is_observed);
	assert_true(v->scores.v[a].axes[AXIS_REVIEW].is_observed);
	assert_int_equal(v->components_counted, 1);
	j.scan.parts.components.v[a].joint.counted = 3; /* a third one is gone */
	v = judging_judge(&j);
	assert_int_equal(v->joints.n, 0);
	assert_int_equal(v->components_counted, 2);
	judging_release(&j);
}

/* A scope that a policy does not count leaves each by itself. */
static void test_a_group_counts_whole_or_not(void **state)
{
	const struct commits shared = {.n = {{0}, {9}}};
	const struct commits own = {.n = {{3}}};
	struct judging j;
	const struct verdict *v;
	size_t a, b;

	(void)state;
	setup(&j);
	judging_policy(&j, JUDGING_HEAD "scopes: [runtime]\n" WEIGHTS RULES);
	a = product(&j, "origin", &shared, NULL);
	b = product(&j, "fork", &shared, &own);
	join(&j, a, 0, 2, NULL);
	join(&j, b, 1, 2, &own);
	j.scan.parts.components.v[a].scope = SCOPE_TEST;
	j.scan.parts.components.v[b].scope = SCOPE_RUNTIME;
	v = judging_judge(&j);
	assert_int_equal(v->joints.n, 0);
	assert_int_equal(v->axes[AXIS_COMMITS].exposure_low_bp, 2500);
	judging_release(&j);
}

/* The first rule's state when components of these names are waived. */
static enum rule_state waived(struct judging *j, const char *const *names)
{
	struct waivers w = {0};
	struct verdict *v = judging_judge(j);
	enum rule_state state;

	for (; *names; names++)
		vec_push(&w.list, ((struct waiver){
			.component = {.purl = arena_fmt(&j->scan.arena,
							"pkg:npm/%s", *names)},
			.since = DATE_MIN, .expires = DATE_MAX}));
	waive_findings(&j->scan, &j->policy, &w, v);
	state = v->findings.v[0].waived_state;
	vec_release(&w.list);
	return state;
}

/* Commits of one that is waived are another's too. */
static void test_a_waiver_takes_all_of_a_group(void **state)
{
	static const struct commits shared = {.n = {{9}, {1}}};
	static const struct commits own = {.n = {{1}}};
	static const struct commits clean = {.n = {{0}, {9}}};
	struct judging j;
	size_t of[3];

	(void)state;
	setup(&j);
	of[0] = product(&j, "origin", &shared, NULL);
	of[1] = product(&j, "fork", &shared, &own);
	of[2] = product(&j, "beside", &clean, NULL);
	for (size_t i = 0; i < 3; i++) {
		struct component *k = &j.scan.parts.components.v[of[i]];

		k->purl = arena_fmt(&j.scan.arena, "pkg:npm/%.*s@1",
				    STR_ARG(k->name));
	}
	join(&j, of[0], 0, 2, NULL);
	join(&j, of[1], 1, 2, &own);
	assert_int_equal(waived(&j, (const char *const[]){"origin", NULL}),
			 RULE_NOT_MET);
	assert_int_equal(waived(&j, (const char *const[]){"fork", NULL}),
			 RULE_NOT_MET);
	assert_int_equal(waived(&j, (const char *const[]){"fork", "origin",
							  NULL}),
			 RULE_MET);
	judging_release(&j);
}

/* Each product of a group is to be replaced; what is left is of it as one. */
static void test_a_plan_has_each_product(void **state)
{
	static const struct commits shared = {.n = {{1}, {8}}};
	static const struct commits own = {.n = {{1}}};
	struct judging j;
	const struct verdict *v;
	struct plan plan;
	size_t a, b;

	(void)state;
	setup(&j);
	a = product(&j, "origin", &shared, NULL);
	b = product(&j, "fork", &shared, &own);
	join(&j, a, 0, 2, NULL);
	join(&j, b, 1, 2, &own);
	v = judging_judge(&j);
	plan_make(&j.scan, &j.policy, v, &plan);
	assert_int_equal(plan.assets.n, 2);
	assert_int_equal(plan.points.v[0].low_bp, v->headline_low_bp);
	assert_int_equal(plan.points.v[0].high_bp, v->headline_high_bp);
	for (size_t i = 0; i < 2; i++)
		assert_int_equal(plan.assets.v[i].low_bp, v->scores.v[
			plan.assets.v[i].component].low_bp);
	plan_release(&plan);
	judging_release(&j);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_group_is_the_union),
		cmocka_unit_test(test_each_is_judged_by_itself),
		cmocka_unit_test(test_a_mirror_changes_nothing),
		cmocka_unit_test(test_a_mirror_has_its_supplier),
		cmocka_unit_test(test_what_is_missing_is_unknown),
		cmocka_unit_test(test_a_group_counts_whole_or_not),
		cmocka_unit_test(test_a_waiver_takes_all_of_a_group),
		cmocka_unit_test(test_a_plan_has_each_product),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
