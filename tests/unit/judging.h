/*
 * Scans made by hand for the tests of assess/: organisations with ladders,
 * components with digests, seats and suppliers, and a policy from YAML.
 */
#ifndef TESTS_JUDGING_H
#define TESTS_JUDGING_H

#include "unit.h"

#include "assess/assess.h"
#include "model/facts_index.h"

#define AS_OF_MONTH 600 /* 2020-01 */

struct judging {
	struct facts facts;
	VEC(struct ladder) ladders;
	struct scan scan;
	struct policy policy;
	struct ladders view;
	struct verdict verdict;
};

#define JUDGING_HEAD \
	"policy: 1\n" \
	"name: test\n" \
	"title: A test\n" \
	"text: {title: T, date: 2020, source: none, status: own}\n" \
	"concern: {jurisdictions: [CN], rungs: [controlled, state]}\n"
#define JUDGING_WEIGHTS \
	"weights: {axes: {commits: 1}, functions: {tooling: 10}, " \
	"default: 100, dependencies: 50}\n"
#define JUDGING_RULE \
	"rules: [{id: R-1, title: T, clause: C, confirmed: true, " \
	"kind: exposure, axis: commits, limit: 10%, severity: high}]\n"

/* Reads a policy that must be sound. */
static inline void judging_policy(struct judging *j, const char *text)
{
	struct diags ds = {0};

	policy_release(&j->policy);
	if (policy_parse(str_c(text), STR("p.yaml"), &ds, &j->policy))
		for (size_t i = 0; i < ds.kept.n; i++)
			print_error("%u:%u: %.*s\n",
				    ds.kept.v[i].place.line,
				    ds.kept.v[i].place.column,
				    STR_ARG(ds.kept.v[i].message));
	assert_int_equal(ds.kept.n, 0);
	diag_release(&ds);
}

static inline void judging_init(struct judging *j)
{
	*j = (struct judging){0};
	j->scan.as_of = date_month_first(AS_OF_MONTH) + 14;
	judging_policy(j, JUDGING_HEAD JUDGING_WEIGHTS JUDGING_RULE);
}

static inline void judging_release(struct judging *j)
{
	verdict_release(&j->verdict);
	policy_release(&j->policy);
	for (size_t i = 0; i < j->scan.digests.n; i++)
		digest_release(&j->scan.digests.v[i]);
	for (size_t i = 0; i < j->scan.beyond.n; i++)
		digest_release(&j->scan.beyond.v[i]);
	vec_release(&j->scan.digests);
	vec_release(&j->scan.beyond);
	component_parts_release(&j->scan.parts);
	vec_release(&j->scan.targets);
	diag_release(&j->scan.diags);
	arena_release(&j->scan.arena);
	facts_index_release(&j->facts);
	vec_release(&j->facts.rows);
	vec_release(&j->facts.organisations);
	vec_release(&j->ladders);
}

/* The verdict on what is there now. */
static inline struct verdict *judging_judge(struct judging *j)
{
	facts_index_release(&j->facts);
	facts_index_build(&j->facts);
	j->scan.facts = &j->facts;
	j->view.n = j->ladders.n;
	j->view.v = arena_alloc(&j->scan.arena,
				(j->view.n + 1) * sizeof *j->view.v);
	for (size_t i = 0; i < j->view.n; i++)
		j->view.v[i] = &j->ladders.v[i];
	verdict_release(&j->verdict);
	assess_scan(&j->scan, &j->policy, &j->view, &j->verdict);
	return &j->verdict;
}

/* The result of a rung by which an organisation stands so. */
static inline struct rung_result judging_rung(enum standing s,
					      enum fact_confidence c)
{
	static const enum rung_state states[] = {
		[STANDING_OTHER] = RUNG_NO,
		[STANDING_UNKNOWN] = RUNG_POSSIBLE,
		[STANDING_CONCERN] = RUNG_PROVEN};
	struct rung_result r = {.state = states[s], .state_on_b = states[s],
				.confidence = c};

	if (s == STANDING_CONCERN && c < FACT_A)
		r.state = RUNG_POSSIBLE;
	return r;
}

/* An organisation that stands so, on rows of this confidence. */
static inline size_t judging_org(struct judging *j, const char *id,
				 enum standing s, enum fact_confidence c)
{
	struct organisation o = {.id = str_c(id), .name = str_c(id)};
	struct ladder l = {0};

	for (size_t i = 0; i < RUNG_COUNT; i++)
		l.rungs[i] = judging_rung(STANDING_OTHER, FACT_A);
	l.rungs[RUNG_CONTROLLED] = judging_rung(s, c);
	vec_push(&j->facts.organisations, o);
	vec_push(&j->ladders, l);
	return j->ladders.n - 1;
}

/* A row of facts. */
static inline size_t judging_row(struct judging *j, enum fact_confidence c,
				 enum fact_state state)
{
	struct fact row = {.kind = FACT_HOST, .confidence = c,
			   .state = state, .subject_org = SIZE_MAX,
			   .object_org = SIZE_MAX};

	vec_push(&j->facts.rows, row);
	return j->facts.rows.n - 1;
}

/* A component; a root with a digest of all axes, or a dependency. */
static inline size_t judging_component(struct judging *j, const char *name,
				       bool is_root)
{
	size_t i = component_add(&j->scan.parts, str_c(name), STR("test"),
				 (struct evidence){STR("x"), 1});

	j->scan.parts.components.v[i].is_root = is_root;
	return i;
}

static inline size_t judging_digest(struct judging *j, size_t component)
{
	struct digest d = {.axes = DIGEST_COMMITS | DIGEST_CHURN |
				   DIGEST_SURVIVING | DIGEST_REVIEW};

	vec_push(&j->scan.digests, d);
	j->scan.parts.components.v[component].digest =
		j->scan.digests.n - 1;
	return j->scan.digests.n - 1;
}

/* Commits from a host in a month, by an organisation (SIZE_MAX: unknown)
 * that a row of this confidence names; a credit each. */
static inline struct digest_month *judging_commits(
	struct judging *j, size_t digest, const char *host, size_t org,
	uint64_t n)
{
	struct digest *d = &j->scan.digests.v[digest];
	struct digest_month m = {
		.month = AS_OF_MONTH, .counts = {.commits = n, .credits = n},
		.by = {.organisation = org, .fact = SIZE_MAX}};
	struct digest_host *h = NULL;

	if (org != SIZE_MAX) {
		m.by.class = HOST_ORGANISATION;
		m.by.fact = judging_row(j, FACT_A, FACT_ACCEPTED);
	}
	for (size_t i = 0; i < d->hosts.n; i++)
		if (str_is(d->hosts.v[i].host, host))
			h = &d->hosts.v[i];
	if (!h) {
		vec_push(&d->hosts,
			 ((struct digest_host){.host = str_c(host)}));
		h = &d->hosts.v[d->hosts.n - 1];
	}
	vec_push(&h->months, m);
	return &h->months.v[h->months.n - 1];
}

#endif
