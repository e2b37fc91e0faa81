/* Policies: what is read, and what is refused with line and column. */
#include "unit.h"

#include <string.h>

#include "assess/policy.h"
#include "assess/rules.h"

static const char sound[] =
	"policy: 1\n"                                               /* 1 */
	"name: test\n"
	"title: A test\n"
	"text: {title: T, date: 2020-05, source: none, status: own}\n"
	"concern:\n"                                                /* 5 */
	"  jurisdictions: [HK, CN]\n"
	"  lists: [us-b, us-a]\n"
	"  rungs: [listed, owned10, established]\n"
	"weights:\n"
	"  axes: {commits: 40, supply: 60}\n"                       /* 10 */
	"  functions: {O-DU: 100, Near-RT RIC: 7}\n"
	"  default: 30\n"
	"rules:\n"
	"  - id: A-1\n"
	"    title: First\n"                                        /* 15 */
	"    clause: 1.1\n"
	"    confirmed: true\n"
	"    kind: exposure\n"
	"    axis: commits\n"
	"    limit: 2.5%\n"                                         /* 20 */
	"    severity: high\n"
	"  - id: A-2\n"
	"    title: Second\n"
	"    clause: 1.2\n"
	"    confirmed: false\n"                                    /* 25 */
	"    kind: supplier\n"
	"    functions: [core NF, O-DU]\n"
	"    perimeters: [core]\n"
	"    user-classes: [government, critical]\n"
	"    severity: info\n"                                      /* 30 */
	"    unproven: fail\n"
	"    from: 2024-01-01\n"
	"    to: 2025-01-01\n";

static struct arena arena;
static struct diags diags;
static struct policy policy;

static int teardown(void **state)
{
	(void)state;
	policy_release(&policy);
	policy = (struct policy){0};
	diag_release(&diags);
	arena_release(&arena);
	return 0;
}

static enum err parse(struct str text)
{
	return policy_parse(text, STR("dir/p.yaml"), &diags, &policy);
}

/* `sound` with the first `from` replaced. */
static struct str changed(const char *from, const char *to)
{
	struct str s = str_c(sound);
	size_t at = str_find(s, str_c(from));

	assert_true(at != SIZE_MAX);
	return arena_fmt(&arena, "%.*s%s%s", (int)at, s.p, to,
			 s.p + at + strlen(from));
}

static void test_all_is_read(void **state)
{
	(void)state;
	assert_int_equal(parse(str_c(sound)), OK);
	assert_int_equal(diags.kept.n, 0);
	assert_str(policy.name, "test");
	assert_str(policy.text_date, "2020-05");
	assert_int_equal(policy.sha256.n, 64);
	assert_int_equal(policy.concern.jurisdictions_n, 2);
	assert_str(policy.concern.jurisdictions[0], "CN");
	assert_str(policy.concern.lists[1], "us-b");
	assert_int_equal(policy.rungs_n, 3);
	assert_int_equal(policy.rungs[1], RUNG_OWNED10);
	assert_int_equal(policy.axis_weights[AXIS_SUPPLY], 60);
	assert_int_equal(policy.axis_weights[AXIS_CHURN], 0);
	assert_int_equal(policy.function_weights[FUNCTION_NEAR_RT_RIC], 7);
	assert_int_equal(policy.function_weights[FUNCTION_O_RU], 30);
	assert_int_equal(policy.function_weights[FUNCTION_NONE], 30);
}

static void test_rules_are_read(void **state)
{
	const struct policy_rule *r;

	(void)state;
	assert_int_equal(parse(str_c(sound)), OK);
	assert_int_equal(policy.rules.n, 2);
	r = &policy.rules.v[0];
	assert_true(r->has_axis && r->is_confirmed);
	assert_int_equal(r->limit_bp, 250);
	assert_int_equal(r->from, DATE_MIN);
	assert_int_equal(r->to, DATE_MAX);
	assert_string_equal(r->kind->name, "exposure");
	r = &policy.rules.v[1];
	assert_false(r->has_axis || r->is_confirmed);
	assert_int_equal(r->functions,
			 1u << FUNCTION_CORE_NF | 1u << FUNCTION_O_DU);
	assert_int_equal(r->unproven, UNPROVEN_FAIL);
	assert_int_equal(r->severity, SEVERITY_INFO);
	assert_int_equal(r->to - r->from, 366);
}

static void test_defaults(void **state)
{
	(void)state;
	assert_int_equal(parse(str_c(sound)), OK);
	assert_int_equal(policy.evidence_other, FACT_A);
	assert_int_equal(policy.dependency_percent, 50);
	assert_int_equal(policy.component_limit_bp, 2500);
	assert_int_equal(policy.scopes | 1u << SCOPE_RELEASE,
			 (1u << SCOPE_COUNT) - 1);
	assert_false(policy.scopes & 1u << SCOPE_RELEASE);
	assert_int_equal(policy.rules.v[0].unproven, UNPROVEN_WARN);
	assert_int_equal(policy.rules.v[0].window, WINDOW_ALL);
}

/* The perimeter and the class of user narrow a rule; silence does not. */
static void test_what_a_rule_covers(void **state)
{
	const struct policy_rule *r;

	(void)state;
	assert_int_equal(parse(str_c(sound)), OK);
	r = &policy.rules.v[1];
	assert_true(policy_rule_covers(r, &(struct stack_info){0}));
	assert_true(policy_rule_covers(r, &(struct stack_info){
		.perimeter = STR("core"), .user_class = STR("critical")}));
	assert_false(policy_rule_covers(r, &(struct stack_info){
		.perimeter = STR("ran"), .user_class = STR("critical")}));
	assert_false(policy_rule_covers(r, &(struct stack_info){
		.perimeter = STR("core"), .user_class = STR("general")}));
	assert_true(policy_rule_covers(&policy.rules.v[0],
		&(struct stack_info){.perimeter = STR("ran")}));
}

struct bad {
	const char *from, *to;
	unsigned line, column;
	const char *says;
};

static const struct bad bads[] = {
	{"policy: 1", "policy: 2", 1, 9, "policy must be 1"},
	{"name: test\n", "", 1, 1, "the policy lacks the key 'name'"},
	{"name: test", "name: a b", 2, 7, "'a b' must be made of"},
	{"name: test", "nane: test", 2, 1, "unknown key 'nane'"},
	{"title: A test", "title: [x]", 3, 8, "must be a text"},
	{"date: 2020-05", "date: 2020-13", 4, 24, "is not a date"},
	{"status: own", "status: law", 4, 55, "'law' is not a status"},
	{"[HK, CN]", "[HK, cn]", 6, 18, "'cn' is not an ISO 3166-1"},
	{"[HK, CN]", "[CN, CN]", 6, 18, "'CN' stands there twice"},
	{"[HK, CN]", "CN", 6, 18, "must be a list"},
	{"[HK, CN]", "[]", 6, 18, "must be a list"},
	{"  lists: [us-b, us-a]\n", "", 6, 3,
	 "nobody can reach the rung 'listed'"},
	{"  jurisdictions: [HK, CN]\n", "", 6, 3,
	 "nobody can reach the rung 'established'"},
	{"[listed,", "[located,", 8, 11, "never counts"},
	{"[listed,", "[owned10,", 8, 20, "stands there twice"},
	{"[listed,", "[boss,", 8, 11, "'boss' is not a rung"},
	{"commits: 40", "comits: 40", 10, 10, "'comits' is not"},
	{"commits: 40", "commits: -1", 10, 19, "'-1' is not a whole number"},
	{"commits: 40", "commits: 1001", 10, 19, "is not a whole number"},
	{"commits: 40, supply: 60", "commits: 0", 10, 9, "no axis has"},
	{"O-DU: 100", "O-DO: 100", 11, 15, "'O-DO' is not"},
	{"id: A-2", "id: A-1", 22, 9, "the id 'A-1' stands there twice"},
	{"confirmed: true", "confirmed: maybe", 17, 16,
	 "'maybe' is neither true nor false"},
	{"kind: exposure", "kind: exposed", 18, 11,
	 "'exposed' is not a kind of rule; known: breadth,"},
	{"axis: commits", "axis: comments", 19, 11,
	 "'comments' is not an axis"},
	{"limit: 2.5%", "limit: 2.5", 20, 12, "'2.5' is not a percentage"},
	{"limit: 2.5%", "limit: 100.01%", 20, 12, "more than 100%"},
	{"limit: 2.5%", "limit: 0.001%", 20, 12, "is not a percentage"},
	{"limit: 2.5%", "limit: -1%", 20, 12, "is not a percentage"},
	{"limit: 2.5%", "note: x", 14, 5, "needs 'limit'"},
	{"severity: high", "severity: huge", 21, 15, "'huge' is not"},
	{"severity: high", "severty: high", 21, 5, "unknown key 'severty' in "
	 "the rule; known: id, title,"},
	{"kind: supplier", "kind: supplier\n    limit: 5%", 27, 5,
	 "a rule of kind supplier takes no 'limit'"},
	{"kind: supplier", "kind: concentration\n    limit: 5%", 22, 5,
	 "needs 'axis'"},
	{"axis: commits", "axis: supply\n    window: 12", 20, 13,
	 "only the axes commits, churn and review are dated"},
	{"axis: commits", "window: 12", 19, 13, "only the axes"},
	{"axis: commits", "axis: commits\n    window: 36", 20, 13,
	 "'36' is not a window"},
	{"[core NF,", "[RAN,", 27, 17, "'RAN' is not known here"},
	{"[core]", "[edge]", 28, 18, "'edge' is not known here"},
	{"unproven: fail", "unproven: ignore", 31, 15, "'ignore' is not"},
	{"to: 2025-01-01", "to: 2023-01-01", 22, 5, "is not before"},
	{"from: 2024-01-01", "from: 2024-02-30", 32, 11, "is not a day"},
	{"rules:", "evidence: {concern: B}\nrules:", 13, 21,
	 "must be A"},
	{"rules:", "evidence: {other: C}\nrules:", 13, 19, "'C' is not"},
	{"rules:", "scopes: [prod]\nrules:", 13, 10, "'prod' is not"},
};

static void test_bad_policies_name_the_place(void **state)
{
	size_t good = 0;

	(void)state;
	for (size_t i = 0; i < sizeof bads / sizeof *bads; i++) {
		const struct bad *b = &bads[i];
		const struct diag *d;

		assert_int_equal(parse(changed(b->from, b->to)), ERR_CONFIG);
		assert_true(diags.kept.n >= 1);
		d = &diags.kept.v[0];
		if (str_find(d->message, str_c(b->says)) == SIZE_MAX ||
		    d->place.line != b->line || d->place.column != b->column)
			print_error("%s: %u:%u: %.*s\n", b->to,
				    d->place.line, d->place.column,
				    STR_ARG(d->message));
		else
			good++;
		assert_int_equal(d->code, RW1601);
		assert_str(d->place.path, "dir/p.yaml");
		diag_release(&diags);
	}
	assert_int_equal(good, sizeof bads / sizeof *bads);
}

static void test_all_that_is_wrong_is_named_at_once(void **state)
{
	(void)state;
	assert_int_equal(parse(STR("policy: 1\nname: ''\nextra: 1\n"
				   "rules: [1, {id: X}]\n")), ERR_CONFIG);
	/* name, extra, rule 1, five keys of rule 2, four top keys */
	assert_int_equal(diags.counts[RW1601], 3 + 5 + 4);
}

static void test_what_is_no_policy(void **state)
{
	static const char *const texts[] = {"", "- a\n", "policy\n", "{", "\0",
					    "policy: [1\n", "# only\n"};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		assert_int_equal(parse(str_c(texts[i])), ERR_CONFIG);
		assert_true(diags.counts[RW1601] > 0);
		diag_release(&diags);
	}
}

/* A policy cut anywhere is refused or sound, and never crashes. */
static void test_cut_policies(void **state)
{
	(void)state;
	for (size_t n = 0; n < sizeof sound - 1; n++) {
		enum err e = parse(str_n(sound, n));

		assert_true(e == OK || e == ERR_CONFIG);
		assert_int_equal(e == OK, diags.counts[RW1601] == 0);
		policy_release(&policy);
		policy = (struct policy){0};
		diag_release(&diags);
	}
}

static void test_the_digest_is_of_the_bytes(void **state)
{
	char first[64];

	(void)state;
	assert_int_equal(parse(str_c(sound)), OK);
	memcpy(first, policy.sha256.p, 64);
	policy_release(&policy);
	assert_int_equal(parse(changed("policy: 1", "policy:  1")), OK);
	assert_memory_not_equal(first, policy.sha256.p, 64);
}

static void test_kinds_are_sorted_and_found(void **state)
{
	(void)state;
	for (size_t i = 0; i < rules_count; i++) {
		const struct rule_kind *k = rules_table[i];

		assert_ptr_equal(rules_find(str_c(k->name)), k);
		assert_true(i == 0 ||
			    strcmp(rules_table[i - 1]->name, k->name) < 0);
	}
	assert_null(rules_find(STR("")));
}

#define TEST(f) cmocka_unit_test_teardown(f, teardown)

/* What is weighed (commits, supply) and what a rule measures count. */
static void test_axes_that_matter(void **state)
{
	struct policy p = {.axis_weights = {[AXIS_COMMITS] = 1}};

	(void)state;
	assert_int_equal(policy_axes(&p), 1u << AXIS_COMMITS);
	vec_push(&p.rules, ((struct policy_rule){
		.has_axis = true, .axis = AXIS_SURVIVING}));
	vec_push(&p.rules, ((struct policy_rule){.axis = AXIS_REVIEW}));
	assert_int_equal(policy_axes(&p),
			 1u << AXIS_COMMITS | 1u << AXIS_SURVIVING);
	vec_release(&p.rules);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_all_is_read),
		TEST(test_rules_are_read),
		TEST(test_defaults),
		TEST(test_what_a_rule_covers),
		TEST(test_bad_policies_name_the_place),
		TEST(test_all_that_is_wrong_is_named_at_once),
		TEST(test_what_is_no_policy),
		TEST(test_cut_policies),
		TEST(test_the_digest_is_of_the_bytes),
		TEST(test_kinds_are_sorted_and_found),
		TEST(test_axes_that_matter),
	};

	return cmocka_run_group_tests_name("policy", tests, NULL, NULL);
}
