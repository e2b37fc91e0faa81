/* Any bytes as a policy; behind a line "%" the one that any policy it names
 * stands for.  What is taken is whole, and what is refused is told. */
#include <assert.h>
#include <stdint.h>

#include "assess/policy.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static enum err load(void *with, struct str name, struct str from,
		     struct str *ret_bytes, struct str *ret_path)
{
	(void)name;
	(void)from;
	*ret_bytes = *(struct str *)with;
	*ret_path = STR("extended.yaml");
	return OK;
}

static void check_rule(const struct policy *p, size_t i)
{
	const struct policy_rule *r = &p->rules.v[i];
	const struct stack_info nothing = {0};

	assert(r->id.n && r->title.n && r->kind);
	assert(r->limit_bp <= 10000 && r->from <= r->to);
	assert(r->severity < SEVERITY_COUNT && r->axis < AXIS_COUNT);
	assert(policy_rule_covers(r, &nothing));
	for (size_t k = 0; k < i; k++)
		assert(!str_eq(p->rules.v[k].id, r->id));
}

static void check(const struct policy *p)
{
	int64_t sum = 0;

	assert(p->name.n && p->sha256.n == 64 && p->rungs_n <= RUNG_COUNT);
	assert(p->evidence_other >= FACT_B);
	assert(!(policy_axes(p) >> AXIS_COUNT));
	for (size_t i = 0; i < AXIS_COUNT; i++) {
		assert(p->axis_weights[i] >= 0);
		sum += p->axis_weights[i];
	}
	assert(sum > 0);
	for (size_t i = 0; i < FUNCTION_COUNT; i++)
		assert(p->function_weights[i] >= 0);
	for (size_t i = 0; i < p->rules.n; i++)
		check_rule(p, i);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct str text = {(const char *)bytes, n}, extended = STR("");
	size_t at = str_find(text, STR("\n%\n"));
	const struct policy_source source = {load, &extended};
	struct diags ds = {0};
	struct policy p;

	if (at != SIZE_MAX) {
		extended = str_from(text, at + 3);
		text = str_head(text, at + 1);
	}
	if (!policy_parse_with(text, STR("p.yaml"), &source, &ds, &p)) {
		check(&p);
		policy_release(&p);
	} else {
		assert(ds.kept.n);
	}
	diag_release(&ds);
	return 0;
}
