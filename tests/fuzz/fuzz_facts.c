/* Any bytes as a facts file: what is kept is sound, and every organisation
 * gets a ladder whose bounds and proofs hang together. */
#include <assert.h>
#include <stdint.h>

#include "attribute/attribute.h"
#include "base/limits.h"
#include "store/facts_store.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void check_row(const struct facts *f, const struct fact *r)
{
	assert(r->line > 0 && r->kind < FACT_KIND_COUNT);
	assert(r->from.first <= r->from.last && r->to.first <= r->to.last);
	assert(facts_low(r) <= facts_high(r) || r->kind != FACT_OWNS);
	assert(r->subject_org == SIZE_MAX ||
	       str_eq(f->organisations.v[r->subject_org].id, r->subject));
	assert(r->object_org == SIZE_MAX ||
	       str_eq(f->organisations.v[r->object_org].id, r->object));
}

static void check_rung(const struct facts *f, const struct rung_result *r)
{
	assert(r->state <= RUNG_PROVEN && r->state_on_b <= RUNG_PROVEN);
	assert(r->state != RUNG_PROVEN || r->state_on_b == RUNG_PROVEN);
	assert(0 <= r->low_bp && r->low_bp <= r->high_bp);
	assert(r->high_bp <= 10000 && r->chain_n <= LIMIT_CHAIN);
	for (size_t i = 0; i < r->chain_n; i++) {
		const struct fact *row = &f->rows.v[r->chain[i]];

		assert(r->chain[i] < f->rows.n);
		assert(row->state == FACT_ACCEPTED);
		assert(row->confidence >= FACT_B);
		assert(row->confidence >= r->confidence);
	}
}

static void check_ladder(const struct facts *f, const struct ladder *l)
{
	for (size_t i = 0; i < RUNG_COUNT; i++)
		check_rung(f, &l->rungs[i]);
	assert(0 <= l->economic_low_bp &&
	       l->economic_low_bp <= l->economic_high_bp &&
	       l->economic_high_bp <= 10000);
}

static void check_ladders(const struct facts *f, struct arena *a)
{
	static const struct str places[] = {{"CN", 2}, {"HK", 2}};
	static const struct str lists[] = {{"l", 1}};
	struct concern c = {places, 2, lists, 1, 18000};
	struct ladders all;
	struct ladder one;

	attribute_ladders(f, &c, NULL, a, &all);
	for (size_t i = 0; i < all.n; i++)
		check_ladder(f, all.v[i]);
	if (!all.n)
		return;
	attribute_ladder(f, all.n - 1, &c, a, &one);
	for (size_t i = 0; i < RUNG_COUNT; i++)
		assert(one.rungs[i].state == all.v[all.n - 1]->rungs[i].state);
}

/* Everything that a row names can be asked for. */
static void ask(const struct facts *f, const struct fact *r)
{
	struct attribution by;
	size_t organisation;

	attribute_host(f, r->subject, (struct date_span){17000, 18000}, &by);
	assert(by.class != HOST_ORGANISATION ||
	       by.organisation < f->organisations.n);
	organisation = attribute_namespace(f, r->subject, 18000, NULL);
	assert(organisation == SIZE_MAX || organisation < f->organisations.n);
	organisation = attribute_name(f, r->value, NULL);
	assert(organisation == SIZE_MAX || organisation < f->organisations.n);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct facts f = {0};
	struct diags ds = {0};
	struct arena a = {0};
	struct str text = {(const char *)bytes, n};
	enum err e = facts_store_parse(&f, text, STR("fuzz.csv"), &ds);

	assert(e == OK || ds.counts[RW1701]);
	facts_store_index(&f, &ds);
	for (size_t i = 0; i < f.rows.n; i++) {
		check_row(&f, &f.rows.v[i]);
		ask(&f, &f.rows.v[i]);
	}
	check_ladders(&f, &a);
	arena_release(&a);
	facts_store_release(&f);
	diag_release(&ds);
	return 0;
}
