/*
 * Contradictions between facts.  Only what holds for sure on a day counts: a
 * partial date is given the benefit of the doubt.
 */
#include "store/facts_check.h"

#include "model/facts_index.h"

/* Rows of one pair or host; more are not looked at. */
#define ROWS_MAX 256

struct checker {
	const struct facts *f;
	struct diags *ds;
	VEC(struct change) changes;
	VEC(const struct fact *) hosts;
};

/* From that day the sum of known shares is higher (or lower) by `by`. */
struct change {
	int32_t day;
	int64_t by;
	const struct fact *row;
};

static void contradict(struct checker *c, const struct fact *r,
		       const char *what, struct str name)
{
	diag_add(c->ds, RW1703, diag_at_line(r->evidence->file, r->line),
		 "%s: %.*s", what, STR_ARG(name));
}

static bool counts(const struct fact *r)
{
	return r->state == FACT_ACCEPTED && r->confidence >= FACT_B;
}

/* There is a day on which both hold for sure. */
static bool overlap(const struct fact *a, const struct fact *b)
{
	int32_t from = a->from.last > b->from.last ? a->from.last
						   : b->from.last;
	int32_t to = a->to.first < b->to.first ? a->to.first : b->to.first;

	return from < to;
}

/* The greatest share that one of the rows gives for sure on a day. */
static int64_t most_on(const struct facts *f, const size_t *rows, size_t n,
		       int32_t day)
{
	int64_t most = 0;

	for (size_t i = 0; i < n; i++) {
		const struct fact *r = &f->rows.v[rows[i]];

		if (counts(r) && facts_holds(r, day) && facts_low(r) > most)
			most = facts_low(r);
	}
	return most;
}

/* The rows of one pair: do two of them disagree; what they add to the sum. */
static void check_pair(struct checker *c, const size_t *rows, size_t n)
{
	const struct facts *f = c->f;

	for (size_t i = 0; i < n; i++) {
		const struct fact *a = &f->rows.v[rows[i]];
		int32_t days[] = {a->from.last, a->to.first};

		for (size_t k = 0; counts(a) && k < i; k++) {
			const struct fact *b = &f->rows.v[rows[k]];

			if (counts(b) && overlap(a, b) &&
			    (facts_low(a) > facts_high(b) ||
			     facts_low(b) > facts_high(a)))
				contradict(c, a, "two shares of one holder",
					   a->object);
		}
		for (size_t k = 0; counts(a) && k < 2; k++)
			vec_push(&c->changes, ((struct change){
				days[k], most_on(f, rows, n, days[k]), a}));
	}
}

static int compare_changes(const void *a, const void *b)
{
	const struct change *x = a, *y = b;
	int day = (x->day > y->day) - (x->day < y->day);

	return day ? day : (x->row > y->row) - (x->row < y->row);
}

/* From the level of each pair on a day to the difference it makes; equal
 * days of one pair fold. */
static void take_differences(struct checker *c, size_t first)
{
	size_t n = c->changes.n - first, kept = 0;
	struct change *v = n ? c->changes.v + first : NULL;
	int64_t level = 0;

	if (!n)
		return;
	qsort(v, n, sizeof *v, compare_changes);
	for (size_t i = 0; i < n; i++) {
		int64_t by = v[i].by - level;

		level = v[i].by;
		if (by)
			v[kept++] = (struct change){v[i].day, by, v[i].row};
	}
	c->changes.n = first + kept;
}

static void check_sum(struct checker *c, struct str id)
{
	int64_t sum = 0;

	vec_sort(&c->changes, compare_changes);
	for (size_t i = 0; i < c->changes.n; i++) {
		const struct change *x = &c->changes.v[i];

		sum += x->by;
		if (i + 1 < c->changes.n && x[1].day == x->day)
			continue;
		if (sum > FACT_WHOLE) {
			contradict(c, x->row, "shares are over 100 %", id);
			return;
		}
	}
}

/* All that owns a part of an organisation. */
static void check_holders(struct checker *c, size_t organisation)
{
	const struct facts *f = c->f;
	size_t n, first, at = 0;
	const size_t *rows = facts_index_about(f, organisation, &n);

	vec_clear(&c->changes);
	while (at < n) {
		const struct fact *r = &f->rows.v[rows[at]];
		size_t pair = at++;

		if (r->kind != FACT_OWNS || r->object_org != organisation)
			continue;
		while (at < n && f->rows.v[rows[at]].kind == FACT_OWNS &&
		       f->rows.v[rows[at]].subject_org == r->subject_org)
			at++;
		if (at - pair > ROWS_MAX) {
			contradict(c, r, "too many shares of one holder",
				   r->object);
			continue;
		}
		first = c->changes.n;
		check_pair(c, rows + pair, at - pair);
		take_differences(c, first);
	}
	check_sum(c, f->organisations.v[organisation].id);
}

static bool is_controller(const struct fact *r, size_t organisation)
{
	return counts(r) && r->object_org == organisation &&
	       (r->kind == FACT_CONTROLS ||
		(r->kind == FACT_OWNS && facts_low(r) > FACT_WHOLE / 2));
}

/* A controller of what is said to have none. */
static void check_dispersed(struct checker *c, const struct fact *none)
{
	size_t n;
	const size_t *rows = facts_index_about(c->f, none->subject_org, &n);

	for (size_t i = 0; counts(none) && i < n; i++) {
		const struct fact *r = &c->f->rows.v[rows[i]];

		if (is_controller(r, none->subject_org) && overlap(none, r))
			contradict(c, none, "dispersed, but controlled",
				   none->subject);
	}
}

/* Rows of one organisation stand together: of each the first ROWS_MAX. */
static void check_all_dispersed(struct checker *c)
{
	struct facts_run run = facts_index_kind(c->f, FACT_DISPERSED);
	size_t seen = 0;

	for (size_t i = 0; i < run.n; i++) {
		const struct fact *r = &c->f->rows.v[run.first + i];

		seen = i && r[-1].subject_org == r->subject_org ? seen + 1 : 0;
		if (seen < ROWS_MAX)
			check_dispersed(c, r);
	}
}

static int compare_begin(const void *a, const void *b)
{
	const struct fact *x = *(const struct fact *const *)a;
	const struct fact *y = *(const struct fact *const *)b;

	if (x->from.last != y->from.last)
		return x->from.last < y->from.last ? -1 : 1;
	return (x > y) - (x < y);
}

/* Sorted by their begin, rows overlap only if neighbours do. */
static void check_windows(struct checker *c)
{
	vec_sort(&c->hosts, compare_begin);
	for (size_t i = 1; i < c->hosts.n; i++)
		if (overlap(c->hosts.v[i - 1], c->hosts.v[i]))
			contradict(c, c->hosts.v[i],
				   "overlapping windows of one host",
				   c->hosts.v[i]->subject);
}

static void check_host(struct checker *c, struct str host)
{
	static const enum fact_kind kinds[] = {FACT_HOST, FACT_NEUTRAL,
					       FACT_TYPO};

	vec_clear(&c->hosts);
	for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
		struct facts_run run = facts_index_subject(c->f, kinds[k],
							   host);

		for (size_t i = 0; i < run.n; i++) {
			const struct fact *r = &c->f->rows.v[run.first + i];

			if (r->state == FACT_ACCEPTED &&
			    r->from.last < r->to.first)
				vec_push(&c->hosts, r);
		}
	}
	check_windows(c);
}

static void check_hosts(struct checker *c, enum fact_kind kind)
{
	struct facts_run run = facts_index_kind(c->f, kind);
	struct str last = {0};

	for (size_t i = 0; i < run.n; i++) {
		struct str host = c->f->rows.v[run.first + i].subject;

		/* a host that is of two kinds is looked at twice: equal
		 * diagnostics fold */
		if (!i || !str_eq(host, last))
			check_host(c, host);
		last = host;
	}
}

/* A typo of a host that no row knows helps nobody. */
static void check_typo(struct checker *c, const struct fact *r)
{
	struct str host = r->object;
	size_t dot;

	for (;;) {
		if (facts_index_subject(c->f, FACT_HOST, host).n ||
		    facts_index_subject(c->f, FACT_NEUTRAL, host).n)
			return;
		dot = str_find_ch(host, '.');
		if (dot == SIZE_MAX)
			break;
		host = str_from(host, dot + 1);
	}
	contradict(c, r, "typo of a host that no row knows", r->object);
}

static void check_names(struct checker *c)
{
	size_t n;
	const size_t *rows = facts_index_unclear(c->f, &n);

	for (size_t i = 0; i < n; i++) {
		const struct fact *r = &c->f->rows.v[rows[i]];

		contradict(c, r, "a name that means several organisations, "
			   "or none", r->value);
	}
}

static void check_typos(struct checker *c)
{
	struct facts_run run = facts_index_kind(c->f, FACT_TYPO);

	for (size_t i = 0; i < run.n; i++)
		check_typo(c, &c->f->rows.v[run.first + i]);
}

static void check_operators(struct checker *c)
{
	struct facts_run run = facts_index_kind(c->f, FACT_NEUTRAL);

	for (size_t i = 0; i < run.n; i++) {
		const struct fact *r = &c->f->rows.v[run.first + i];

		if (r->value.n && facts_organisation(c->f, r->value) ==
				  SIZE_MAX)
			contradict(c, r, "an operator that no row declares",
				   r->value);
	}
}

void facts_check(const struct facts *f, struct diags *ds)
{
	struct checker c = {.f = f, .ds = ds};

	for (size_t i = 0; i < f->organisations.n; i++)
		check_holders(&c, i);
	check_hosts(&c, FACT_HOST);
	check_hosts(&c, FACT_NEUTRAL);
	check_hosts(&c, FACT_TYPO);
	check_names(&c);
	check_typos(&c);
	check_operators(&c);
	check_all_dispersed(&c);
	vec_release(&c.changes);
	vec_release(&c.hosts);
}
