/* What waivers do to findings, and what they leave alone. */
#include "judging.h"

#include "assess/waive.h"

static struct judging j;
static struct waivers waivers;
static struct diags diags;
static size_t prc, us, dark;

static int setup(void **state)
{
	(void)state;
	judging_init(&j);
	/* organisations are sorted by id */
	dark = judging_org(&j, "dark", STANDING_UNKNOWN, FACT_A);
	prc = judging_org(&j, "prc", STANDING_CONCERN, FACT_A);
	us = judging_org(&j, "us", STANDING_OTHER, FACT_A);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	judging_release(&j);
	vec_release(&waivers.list);
	waivers = (struct waivers){0};
	diag_release(&diags);
	return 0;
}

/* A component of this package with commits of concern, others, unknown. */
static size_t component(const char *name, uint64_t concern, uint64_t other,
			uint64_t unknown)
{
	size_t i = judging_component(&j, name, true);
	size_t d = judging_digest(&j, i);

	j.scan.parts.components.v[i].purl =
		arena_fmt(&j.scan.arena, "pkg:npm/%s@1", name);
	judging_commits(&j, d, "prc.example", prc, concern);
	judging_commits(&j, d, "us.example", us, other);
	judging_commits(&j, d, "dark.example", dark, unknown);
	return i;
}

static struct waiver *add(struct waiver w)
{
	w.since = DATE_MIN;
	w.expires = DATE_MAX;
	vec_push(&waivers.list, w);
	return &waivers.list.v[waivers.list.n - 1];
}

#define ABOUT(name) .component = {.purl = STR("pkg:npm/" name)}
#define RULES \
	"rules:\n" \
	"  - {id: MEAN, title: T, clause: C, confirmed: true, " \
	"kind: exposure, axis: commits, limit: 10%, severity: high}\n" \
	"  - {id: PEAK, title: T, clause: C, confirmed: true, " \
	"kind: peak, axis: commits, limit: 10%, severity: high}\n"

/* The finding on a rule after the waivers. */
static const struct finding *judge(const char *rule)
{
	struct verdict *v;

	judging_policy(&j, JUDGING_HEAD JUDGING_WEIGHTS RULES);
	v = judging_judge(&j);
	waive_findings(&j.scan, &j.policy, &waivers, v);
	for (size_t i = 0; i < v->findings.n; i++)
		if (str_is(v->findings.v[i].rule, rule))
			return &v->findings.v[i];
	fail();
	return NULL;
}

static void assert_states(const struct finding *f, enum rule_state state,
			  enum rule_state waived, enum set_aside aside)
{
	if (f->state != state || f->waived_state != waived ||
	    f->aside != aside)
		fail_msg("%s, then %s, '%s'", verdict_state_name(f->state),
			 verdict_state_name(f->waived_state),
			 verdict_aside_name(f->aside));
}

static void test_without_waivers(void **state)
{
	(void)state;
	component("a", 50, 50, 0);
	assert_states(judge("MEAN"), RULE_NOT_MET, RULE_NOT_MET, ASIDE_NONE);
	assert_int_equal(judge("MEAN")->gate, RULE_NOT_MET);
}

static void test_a_component(void **state)
{
	const struct finding *f;

	(void)state;
	component("a", 50, 50, 0);
	component("b", 0, 100, 0);
	add((struct waiver){ABOUT("a")});
	f = judge("PEAK");
	assert_states(f, RULE_NOT_MET, RULE_MET, ASIDE_WAIVED);
	assert_int_equal(f->counts_as, RULE_NOT_MET);
	assert_int_equal(f->gate, RULE_MET);
	assert_int_equal(f->waivers.n, 1);
	assert_true(waivers.list.v[0].is_used);
	/* the figures stay */
	assert_int_equal(f->low_bp, 5000);
	assert_int_equal(j.verdict.headline_low_bp, 2500);
	assert_int_equal(j.verdict.state, RULE_NOT_MET);
}

static void test_one_waived_of_two(void **state)
{
	(void)state;
	component("a", 50, 50, 0);
	component("b", 50, 50, 0);
	add((struct waiver){ABOUT("a")});
	assert_states(judge("PEAK"), RULE_NOT_MET, RULE_NOT_MET, ASIDE_NONE);
	add((struct waiver){ABOUT("b")});
	assert_states(judge("PEAK"), RULE_NOT_MET, RULE_NOT_APPLICABLE,
		      ASIDE_WAIVED);
}

static void test_one_rule_only(void **state)
{
	(void)state;
	component("a", 50, 50, 0);
	component("b", 0, 100, 0);
	add((struct waiver){.rule = STR("PEAK"), ABOUT("a")});
	assert_states(judge("PEAK"), RULE_NOT_MET, RULE_MET, ASIDE_WAIVED);
	assert_states(judge("MEAN"), RULE_NOT_MET, RULE_NOT_MET, ASIDE_NONE);
}

static void test_a_rule_as_a_whole(void **state)
{
	(void)state;
	component("a", 50, 50, 0);
	add((struct waiver){.rule = STR("MEAN")});
	assert_states(judge("MEAN"), RULE_NOT_MET, RULE_NOT_APPLICABLE,
		      ASIDE_WAIVED);
	assert_states(judge("PEAK"), RULE_NOT_MET, RULE_NOT_MET, ASIDE_NONE);
}

static void test_an_organisation(void **state)
{
	(void)state;
	component("a", 50, 50, 0);
	component("b", 0, 50, 50);
	add((struct waiver){.organisation = STR("prc")});
	assert_states(judge("MEAN"), RULE_NOT_MET, RULE_UNPROVEN,
		      ASIDE_WAIVED);
	add((struct waiver){.organisation = STR("dark"), ABOUT("b")});
	assert_states(judge("MEAN"), RULE_NOT_MET, RULE_MET, ASIDE_WAIVED);
	assert_true(waivers.list.v[1].is_used);
}

static void test_an_organisation_in_one_component(void **state)
{
	(void)state;
	component("a", 50, 50, 0);
	component("b", 50, 50, 0);
	add((struct waiver){.organisation = STR("prc"), ABOUT("b")});
	assert_states(judge("PEAK"), RULE_NOT_MET, RULE_NOT_MET, ASIDE_NONE);
	add((struct waiver){.organisation = STR("prc"), ABOUT("a")});
	assert_states(judge("PEAK"), RULE_NOT_MET, RULE_MET, ASIDE_WAIVED);
}

/* Leaving a harmless component out raises a mean: the waiver is of no use,
 * and does no harm. */
static void test_a_waiver_makes_nothing_worse(void **state)
{
	const struct finding *f;

	(void)state;
	component("a", 0, 100, 0);
	component("b", 20, 60, 20);
	add((struct waiver){ABOUT("a")});
	f = judge("MEAN");
	assert_states(f, RULE_UNPROVEN, RULE_UNPROVEN, ASIDE_NONE);
	assert_int_equal(f->gate, RULE_UNPROVEN);
}

static void test_what_does_not_hold_waives_nothing(void **state)
{
	(void)state;
	component("a", 50, 50, 0);
	add((struct waiver){ABOUT("a")})->state = WAIVER_EXPIRED;
	add((struct waiver){ABOUT("a")})->state = WAIVER_AHEAD;
	assert_states(judge("PEAK"), RULE_NOT_MET, RULE_NOT_MET, ASIDE_NONE);
	assert_false(waivers.list.v[0].is_used || waivers.list.v[1].is_used);
	waive_report_unused(&waivers, &diags);
	assert_int_equal(diags.kept.n, 0);
}

static void test_what_fits_nothing_is_named(void **state)
{
	(void)state;
	component("a", 50, 50, 0);
	component("b", 0, 100, 0);
	add((struct waiver){ABOUT("c")});
	add((struct waiver){.organisation = STR("prc"), ABOUT("c")});
	add((struct waiver){.organisation = STR("dark"), ABOUT("b")});
	add((struct waiver){.rule = STR("NONE"), ABOUT("a")});
	assert_states(judge("PEAK"), RULE_NOT_MET, RULE_NOT_MET, ASIDE_NONE);
	assert_int_equal(judge("PEAK")->waivers.n, 0);
	waive_report_unused(&waivers, &diags);
	assert_int_equal(diags.counts[RW1605], 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
		TEST(test_without_waivers),
		TEST(test_a_component),
		TEST(test_one_waived_of_two),
		TEST(test_one_rule_only),
		TEST(test_a_rule_as_a_whole),
		TEST(test_an_organisation),
		TEST(test_an_organisation_in_one_component),
		TEST(test_a_waiver_makes_nothing_worse),
		TEST(test_what_does_not_hold_waives_nothing),
		TEST(test_what_fits_nothing_is_named),
	};

	return cmocka_run_group_tests_name("waive", tests, NULL, NULL);
}
