/* Runs of sorted rows, rows by organisation, and organisations by name. */
#include "model/facts_index.h"

struct facts_index {
	size_t kind_first[FACT_KIND_COUNT + 1];
	size_t *about_first; /* per organisation, into about; one more */
	size_t *about;
	struct facts_names names;
};

static void index_kinds(struct facts *f)
{
	size_t at = 0;

	for (size_t k = 0; k <= FACT_KIND_COUNT; k++) {
		while (at < f->rows.n && f->rows.v[at].kind < k)
			at++;
		f->index->kind_first[k] = at;
	}
}

/* Counts, then places: the rows of an organisation end up in their order. */
static void index_about(struct facts *f)
{
	size_t n = f->organisations.n, *next;

	f->index->about_first = mem_new(n + 2, sizeof(size_t));
	next = f->index->about_first + 1;
	for (size_t i = 0; i < f->rows.n; i++) {
		const struct fact *r = &f->rows.v[i];

		if (r->subject_org != SIZE_MAX)
			next[r->subject_org + 1]++;
		if (r->object_org != SIZE_MAX)
			next[r->object_org + 1]++;
	}
	for (size_t i = 1; i <= n; i++)
		next[i] += next[i - 1];
	f->index->about = mem_new(next[n] + 1, sizeof(size_t));
	for (size_t i = 0; i < f->rows.n; i++) {
		const struct fact *r = &f->rows.v[i];

		if (r->subject_org != SIZE_MAX)
			f->index->about[next[r->subject_org]++] = i;
		if (r->object_org != SIZE_MAX)
			f->index->about[next[r->object_org]++] = i;
	}
}

static void index_rows(struct facts *f)
{
	f->index = mem_new(1, sizeof *f->index);
	index_kinds(f);
	index_about(f);
}

void facts_index_build(struct facts *f)
{
	index_rows(f);
	facts_names_build(&f->index->names, f);
}

void facts_index_take(struct facts *f, struct facts_names *names)
{
	index_rows(f);
	f->index->names = *names;
	*names = (struct facts_names){0};
}

void facts_index_release(struct facts *f)
{
	if (!f->index)
		return;
	free(f->index->about_first);
	free(f->index->about);
	facts_names_release(&f->index->names);
	free(f->index);
	f->index = NULL;
}

struct facts_run facts_index_kind(const struct facts *f, enum fact_kind k)
{
	const size_t *first = f->index->kind_first;

	return (struct facts_run){first[k], first[k + 1] - first[k]};
}

/* The first row of the run whose subject is not before `subject` (or, with
 * `after`, is past it). */
static size_t bound(const struct facts *f, struct facts_run run,
		    struct str subject, bool after)
{
	size_t lo = run.first, hi = run.first + run.n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (str_cmp(f->rows.v[mid].subject, subject) < after)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

struct facts_run facts_index_subject(const struct facts *f, enum fact_kind k,
				     struct str subject)
{
	struct facts_run run = facts_index_kind(f, k);
	size_t first = bound(f, run, subject, false);

	return (struct facts_run){first,
				  bound(f, run, subject, true) - first};
}

const size_t *facts_index_about(const struct facts *f, size_t organisation,
				size_t *ret_n)
{
	const size_t *first = f->index->about_first + organisation;

	*ret_n = first[1] - first[0];
	return f->index->about + first[0];
}

size_t facts_index_whole(const struct facts *f, struct str list, int32_t day,
			 enum fact_confidence least)
{
	struct facts_run run = facts_index_subject(f, FACT_EXTENT, list);

	for (size_t i = run.first; i < run.first + run.n; i++) {
		const struct fact *r = &f->rows.v[i];

		if (str_is(r->object, "whole") && r->confidence >= least &&
		    r->state == FACT_ACCEPTED && facts_holds(r, day))
			return i;
	}
	return SIZE_MAX;
}

size_t facts_index_name(const struct facts *f, struct str name,
			size_t *ret_fact)
{
	return facts_names_find(&f->index->names, f, name, ret_fact);
}

const struct facts_names *facts_index_names(const struct facts *f)
{
	return &f->index->names;
}

const size_t *facts_index_unclear(const struct facts *f, size_t *ret_n)
{
	*ret_n = f->index->names.unclear.n;
	return f->index->names.unclear.v;
}
