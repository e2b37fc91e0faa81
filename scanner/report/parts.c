/* Months are put into rows, then sorted by who wrote, and joined. */
#include "report/parts.h"

#include "base/date.h"

#define ALL INT32_MIN /* the quarter of a row that is none */

/* A month of a host, on its way into a row. */
struct entry {
	int32_t quarter;
	struct parts_share share;
};

struct entries { VEC(struct entry) list; };

static const char *const names[] = {
	[PARTS_BY_HOST] = "host", [PARTS_BY_ORGANISATION] = "organisation",
	[PARTS_BY_QUARTER] = "quarter", [PARTS_BY_RELEASE] = "release"};

const char *parts_by_name(enum parts_by by)
{
	return names[by];
}

bool parts_find_by(struct str name, enum parts_by *ret)
{
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (str_is(name, names[i])) {
			*ret = (enum parts_by)i;
			return true;
		}
	return false;
}

static int32_t quarter_of(int32_t month)
{
	return month >= 0 ? month / 3 : -((2 - month) / 3);
}

static struct parts_share share_of(const struct digest_month *m)
{
	bool is_known = m->by.class == HOST_ORGANISATION &&
			!m->by.is_ambiguous;
	enum host_class class = m->by.class == HOST_NEUTRAL ? HOST_NEUTRAL
							    : HOST_UNKNOWN;

	return (struct parts_share){
		is_known ? HOST_ORGANISATION : class,
		is_known ? m->by.organisation : SIZE_MAX, m->counts};
}

static int by_whom(const struct parts_share *a, const struct parts_share *b)
{
	if (a->organisation != b->organisation)
		return a->organisation < b->organisation ? -1 : 1;
	return (int)a->class - (int)b->class;
}

static int by_row_and_whom(const void *va, const void *vb)
{
	const struct entry *a = va, *b = vb;

	if (a->quarter != b->quarter)
		return a->quarter < b->quarter ? -1 : 1;
	return by_whom(&a->share, &b->share);
}

static int greatest_first(const void *va, const void *vb)
{
	const struct parts_share *a = va, *b = vb;

	if (a->counts.credits != b->counts.credits)
		return a->counts.credits < b->counts.credits ? 1 : -1;
	if (a->counts.surviving != b->counts.surviving)
		return a->counts.surviving < b->counts.surviving ? 1 : -1;
	return by_whom(a, b);
}

static struct str name_of(struct parts_table *t, int32_t quarter,
			  struct str name)
{
	int year, month, day;

	if (quarter == ALL)
		return arena_dup(&t->arena, name);
	date_civil(date_month_first(quarter * 3), &year, &month, &day);
	return arena_fmt(&t->arena, "%04d-Q%d", year, (month + 2) / 3);
}

/* The entries [from, to) are one row. */
static void add_row(struct parts_table *t, const struct entry *e,
		    const struct entry *end, struct str name)
{
	struct parts_row row = {.name = name_of(t, e->quarter, name),
				.from = t->shares.n};

	for (; e < end; e++) {
		struct parts_share *last =
			t->shares.n > row.from
				? &t->shares.v[t->shares.n - 1] : NULL;

		digest_counts_add(&row.counts, &e->share.counts);
		if (last && !by_whom(last, &e->share))
			digest_counts_add(&last->counts, &e->share.counts);
		else
			vec_push(&t->shares, e->share);
	}
	row.to = t->shares.n;
	qsort(t->shares.v + row.from, row.to - row.from, sizeof *t->shares.v,
	      greatest_first);
	vec_push(&t->rows, row);
}

void parts_add(struct parts_table *t, const struct digest *d, struct str name,
	       bool is_one)
{
	struct entries all = {0};
	size_t end;

	for (size_t i = 0; i < d->hosts.n; i++)
		for (size_t k = 0; k < d->hosts.v[i].months.n; k++) {
			const struct digest_month *m =
				&d->hosts.v[i].months.v[k];

			vec_push(&all.list, ((struct entry){
				is_one ? ALL : quarter_of(m->month),
				share_of(m)}));
		}
	vec_sort(&all.list, by_row_and_whom);
	for (size_t i = 0; i < all.list.n; i = end) {
		for (end = i; end < all.list.n && all.list.v[end].quarter ==
						  all.list.v[i].quarter; end++)
			continue;
		add_row(t, &all.list.v[i], all.list.v + end, name);
	}
	vec_release(&all.list);
}

void parts_table_release(struct parts_table *t)
{
	vec_release(&t->rows);
	vec_release(&t->shares);
	arena_release(&t->arena);
}

struct str parts_name(const struct parts_share *s, const struct facts *f)
{
	if (s->organisation != SIZE_MAX)
		return f->organisations.v[s->organisation].name;
	return s->class == HOST_NEUTRAL ? STR("(neutral)") : STR("(unknown)");
}
