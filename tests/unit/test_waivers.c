/* The waivers file: what is read, and what is refused with its place. */
#include "unit.h"

#include "assess/waivers.h"
#include "base/date.h"

static struct waivers waivers;
static struct diags diags;
static int32_t today;

static int setup(void **state)
{
	(void)state;
	today = date_of(2026, 11, 25);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	waivers_release(&waivers);
	waivers = (struct waivers){0};
	diag_release(&diags);
	return 0;
}

static enum err parse(const char *text)
{
	return waivers_parse(str_c(text), STR("w.yaml"), today, &diags,
			     &waivers);
}

#define HEAD "waivers: 1\nlist:\n"

static void test_all_is_read(void **state)
{
	const struct waiver *w;

	(void)state;
	assert_int_equal(parse(HEAD
		"  - rule: EU-1\n"
		"    purl: pkg:NPM/a@1?x=y\n"
		"    repository: git@github.com:A/b.git\n"
		"    path: src/*\n"
		"    organisation: ZTE\n"
		"    reason: we read it\n"
		"    owner: the office\n"
		"    since: 2026-06-01\n"
		"    expires: 2027-05-31\n"), OK);
	assert_int_equal(diags.kept.n, 0);
	assert_int_equal(waivers.list.n, 1);
	w = &waivers.list.v[0];
	assert_str(w->rule, "EU-1");
	assert_str(w->component.purl, "pkg:npm/a@1");
	assert_str(w->component.repository, "https://github.com/A/b");
	assert_str(w->component.path, "src/*");
	assert_str(w->organisation, "ZTE");
	assert_str(w->reason, "we read it");
	assert_str(w->owner, "the office");
	assert_int_equal(w->since, date_of(2026, 6, 1));
	assert_int_equal(w->expires, date_of(2027, 5, 31));
	assert_int_equal(w->state, WAIVER_HOLDS);
	assert_int_equal(w->line, 3);
	assert_false(w->is_used);
}

static enum waiver_state state_of(const char *days)
{
	struct arena a = {0};
	struct str text = arena_fmt(&a, HEAD "  - {rule: R, reason: r, "
				    "owner: o, %s}\n", days);
	enum err e = parse(text.p);

	arena_release(&a);
	assert_int_equal(e, OK);
	return waivers.list.v[waivers.list.n - 1].state;
}

static void test_days(void **state)
{
	(void)state;
	assert_int_equal(state_of("expires: 2026-11-26"), WAIVER_HOLDS);
	assert_int_equal(diags.kept.n, 0);
	assert_int_equal(state_of("expires: 2026-11-25"), WAIVER_EXPIRED);
	assert_int_equal(diags.kept.v[0].code, RW1604);
	assert_int_equal(diags.kept.v[0].place.line, 3);
	assert_str(diags.kept.v[0].message,
		   "expired on 2026-11-25; answered for by o");
	assert_int_equal(state_of("since: 2026-11-25, expires: 2027-01-01"),
			 WAIVER_HOLDS);
	assert_int_equal(diags.kept.n, 1);
	assert_int_equal(state_of("since: 2026-11-26, expires: 2027-01-01"),
			 WAIVER_AHEAD);
	assert_int_equal(diags.kept.v[1].code, RW1605);
	assert_int_equal(state_of("expires: 2027-11-26"), WAIVER_HOLDS);
	assert_int_equal(state_of("since: 2025-11-26, expires: 2026-11-27"),
			 WAIVER_HOLDS);
}

static void test_several_files_add_up(void **state)
{
	const char *text = HEAD "  - {rule: R, reason: r, owner: o, "
			   "expires: 2027-01-01}\n";

	(void)state;
	assert_int_equal(parse(text), OK);
	assert_int_equal(parse(text), OK);
	assert_int_equal(waivers.list.n, 2);
}

struct bad {
	const char *text;
	unsigned line, column;
	const char *says;
};

static const struct bad bads[] = {
	{"", 0, 0, "not YAML"},
	{"x", 0, 0, "the file must be a mapping"},
	{"list: [", 0, 0, "not YAML"},
	{"waivers: 2\nlist: [{rule: R, reason: r, owner: o, "
	 "expires: 2027-01-01}]\n", 1, 10, "waivers must be 1"},
	{"list: [{rule: R, reason: r, owner: o, expires: 2027-01-01}]\n",
	 1, 1, "lacks the key 'waivers'"},
	{"waivers: 1\n", 1, 1, "lacks the key 'list'"},
	{"waivers: 1\nlist: []\n", 2, 7, "a list with at least one"},
	{"waivers: 1\nlist: 3\n", 2, 7, "a list with at least one"},
	{HEAD "  - x\n", 3, 5, "the waiver must be a mapping"},
	{HEAD "  - {rule: R, reason: r, owner: o}\n", 3, 5,
	 "lacks the key 'expires'"},
	{HEAD "  - {rule: R, owner: o, expires: 2027-01-01}\n", 3, 5,
	 "lacks the key 'reason'"},
	{HEAD "  - {rule: R, reason: r, expires: 2027-01-01}\n", 3, 5,
	 "lacks the key 'owner'"},
	{HEAD "  - {reason: r, owner: o, expires: 2027-01-01}\n", 3, 5,
	 "at least one of rule, purl"},
	{HEAD "  - {rule: R, reason: r, owner: o, expires: soon}\n", 3, 45,
	 "not a day"},
	{HEAD "  - {rule: R, reason: r, owner: o, expires: 2027-11-27}\n",
	 3, 45, "a year at most, from the day of judgement"},
	{HEAD "  - {rule: R, reason: r, owner: o, since: 2025-01-01, "
	 "expires: 2026-12-01}\n", 3, 64, "a year at most, from 'since'"},
	{HEAD "  - {rule: R, reason: r, owner: o, since: 2026-12-01, "
	 "expires: 2026-12-01}\n", 3, 64, "not after 'since'"},
	{HEAD "  - {rule: 'R 1', reason: r, owner: o, "
	 "expires: 2027-01-01}\n", 3, 12, "letters, digits"},
	{HEAD "  - {purl: npm/a, reason: r, owner: o, "
	 "expires: 2027-01-01}\n", 3, 12, "not a package URL"},
	{HEAD "  - {repository: here, reason: r, owner: o, "
	 "expires: 2027-01-01}\n", 3, 18, "not the address"},
	{HEAD "  - {rule: R, why: r, reason: r, owner: o, "
	 "expires: 2027-01-01}\n", 3, 15, "unknown key 'why'"},
};

static void refuses(const struct bad *b)
{
	const struct diag *d = NULL;

	assert_int_equal(parse(b->text), ERR_CONFIG);
	for (size_t i = 0; i < diags.kept.n; i++)
		if (str_find(diags.kept.v[i].message, str_c(b->says)) !=
		    SIZE_MAX)
			d = &diags.kept.v[i];
	if (!d)
		fail_msg("%s: no \"%s\"", b->text, b->says);
	assert_int_equal(d->code, RW1603);
	assert_str(d->place.path, "w.yaml");
	if (b->line && (d->place.line != b->line ||
			d->place.column != b->column))
		fail_msg("%s: %u:%u", b->text, d->place.line,
			 d->place.column);
}

static void test_what_is_refused(void **state)
{
	for (size_t i = 0; i < sizeof bads / sizeof *bads; i++) {
		refuses(&bads[i]);
		teardown(state);
	}
}

/* One bad waiver does not hide another, nor is the next one's fault. */
static void test_all_faults_are_named(void **state)
{
	(void)state;
	assert_int_equal(parse(HEAD
		"  - {rule: R, reason: r, owner: o}\n"
		"  - {rule: R, reason: r, owner: o, expires: 2020-01-01}\n"
		"  - {rule: R, owner: o, expires: 2027-01-01}\n"),
			 ERR_CONFIG);
	assert_int_equal(diags.counts[RW1603], 2);
	assert_int_equal(diags.counts[RW1604], 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_all_is_read, teardown),
		cmocka_unit_test_teardown(test_days, teardown),
		cmocka_unit_test_teardown(test_several_files_add_up,
					  teardown),
		cmocka_unit_test_teardown(test_what_is_refused, teardown),
		cmocka_unit_test_teardown(test_all_faults_are_named,
					  teardown),
	};

	return cmocka_run_group_tests_name("waivers", tests, setup, NULL);
}
