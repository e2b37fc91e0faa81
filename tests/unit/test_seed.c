/*
 * The lint of the bundled facts: they load without a word, and every row that
 * may move a score says where it comes from and when that was read.  That the
 * loader finds what is wrong is shown by test_facts_store.
 */
#include "unit.h"

#include "model/facts_index.h"
#include "store/facts_store.h"

static struct facts facts;
static struct diags diags;

static int setup(void **state)
{
	(void)state;
	(void)!facts_store_load(&facts, &diags);
	facts_store_index(&facts, &diags);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	facts_store_release(&facts);
	diag_release(&diags);
	return 0;
}

static void test_nothing_is_wrong(void **state)
{
	(void)state;
	diag_sort(&diags);
	for (size_t i = 0; i < diags.kept.n; i++) {
		const struct diag *d = &diags.kept.v[i];

		print_error("feeds/%.*s:%u:%u: %.*s\n", STR_ARG(d->place.path),
			    d->place.line, d->place.column,
			    STR_ARG(d->message));
	}
	assert_int_equal(diags.kept.n, 0);
	assert_true(facts.organisations.n > 0);
}

static void complain(const struct fact *r, const char *what, size_t *bad)
{
	print_error("feeds/%.*s:%u: %s\n", STR_ARG(r->evidence->file),
		    r->line, what);
	++*bad;
}

/* A row of confidence A was read by somebody on some day, and its sources
 * were, too. */
static void test_evidence_was_read(void **state)
{
	size_t bad = 0;

	(void)state;
	for (size_t i = 0; i < facts.rows.n; i++) {
		const struct fact *r = &facts.rows.v[i];

		if (r->confidence == FACT_A && !r->evidence->read.n &&
		    r->kind != FACT_SOURCE)
			complain(r, "a row of confidence A without the day "
				 "on which it was read", &bad);
		if (r->kind == FACT_SOURCE && !r->evidence->note.n)
			complain(r, "a source without a title", &bad);
	}
	assert_int_equal(bad, 0);
}

/* Nothing moves a score for one organisation only: each row of ownership is
 * about organisations, each list entry on a list, that the rows declare (the
 * loader drops others), and each organisation is of use. */
static void test_organisations_are_established_somewhere(void **state)
{
	size_t bad = 0;

	(void)state;
	for (size_t i = 0; i < facts.organisations.n; i++) {
		const struct organisation *o = &facts.organisations.v[i];
		size_t n;
		const size_t *rows = facts_index_about(&facts, i, &n);
		bool is_placed = false;

		for (size_t k = 0; k < n; k++)
			is_placed |= facts.rows.v[rows[k]].kind ==
				     FACT_ESTABLISHES;
		if (!is_placed && n < 2)
			complain(&facts.rows.v[o->fact], "an organisation "
				 "that no other row is about", &bad);
	}
	assert_int_equal(bad, 0);
}

/* A register of research organisations knows where a company sits, not by
 * which law it is established. */
static void test_registers_establish_no_company(void **state)
{
	static const char *const kinds[] = {"vendor", "company", "operator"};
	static const char *const registers[] = {"ror", "hipo-universities"};
	struct facts_run run = facts_index_kind(&facts, FACT_ESTABLISHES);
	size_t bad = 0;

	(void)state;
	for (size_t i = 0; i < run.n; i++) {
		const struct fact *r = &facts.rows.v[run.first + i];
		const struct organisation *o =
			&facts.organisations.v[r->subject_org];
		bool is_company = false, is_register = false;

		for (size_t k = 0; k < 3; k++)
			is_company |= str_is(facts.rows.v[o->fact].object,
					     kinds[k]);
		for (size_t k = 0; k < 2; k++)
			is_register |= str_is(r->evidence->source,
					      registers[k]);
		if (r->confidence == FACT_A && is_company && is_register)
			complain(r, "a register does not know by which law "
				 "a company is established", &bad);
	}
	assert_true(run.n > 0);
	assert_int_equal(bad, 0);
}

/* Each list says how much of it is here, and nothing on a list that is here
 * whole by rows of confidence A is a guess. */
static void test_lists_say_how_much_of_them_is_here(void **state)
{
	struct facts_run run = facts_index_kind(&facts, FACT_LIST);
	size_t bad = 0, whole = 0;

	(void)state;
	for (size_t i = run.first; i < run.first + run.n; i++) {
		const struct fact *r = &facts.rows.v[i];

		if (!facts_index_subject(&facts, FACT_EXTENT, r->subject).n)
			complain(r, "a list that does not say how much of it "
				 "is here", &bad);
		whole += facts_index_whole(&facts, r->subject,
					   date_of(2026, 11, 25), FACT_A) !=
			 SIZE_MAX;
	}
	assert_int_equal(bad, 0);
	assert_true(whole >= 8);
}

/* What the kinds of addresses demand that must never be an organisation. */
static void test_mail_providers_are_neutral(void **state)
{
	static const char *const hosts[] = {
		"139.com", "163.com", "126.com", "qq.com", "foxmail.com",
		"gmail.com", "outlook.com", "users.noreply.github.com",
	};

	(void)state;
	for (size_t i = 0; i < sizeof hosts / sizeof *hosts; i++) {
		print_message("# %s\n", hosts[i]);
		assert_int_equal(facts_index_subject(&facts, FACT_HOST,
						     str_c(hosts[i])).n, 0);
		assert_true(facts_index_subject(&facts, FACT_NEUTRAL,
						str_c(hosts[i])).n > 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nothing_is_wrong),
		cmocka_unit_test(test_evidence_was_read),
		cmocka_unit_test(
			test_organisations_are_established_somewhere),
		cmocka_unit_test(test_registers_establish_no_company),
		cmocka_unit_test(test_lists_say_how_much_of_them_is_here),
		cmocka_unit_test(test_mail_providers_are_neutral),
	};

	return cmocka_run_group_tests_name("seed", tests, setup, teardown);
}
