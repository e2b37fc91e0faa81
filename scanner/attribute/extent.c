/* Rows of the kinds `extent` and `exempts`, for the lists of one concern. */
#include "attribute/extent.h"

static bool may_count(const struct extent *x, const struct fact *r)
{
	return r->state == FACT_ACCEPTED && r->confidence >= x->least &&
	       facts_may_hold(r, x->as_of);
}

static bool counts(const struct extent *x, const struct fact *r)
{
	return may_count(x, r) && facts_holds(r, x->as_of);
}

/* The row of a list that is not in force on the day: nobody is on it. */
static size_t find_not_yet(const struct extent *x, struct str list)
{
	struct facts_run run = facts_index_subject(x->f, FACT_LIST, list);
	size_t found = SIZE_MAX;

	for (size_t i = run.first; i < run.first + run.n; i++) {
		const struct fact *r = &x->f->rows.v[i];

		if (r->state != FACT_ACCEPTED || r->confidence < x->least)
			continue;
		if (facts_may_hold(r, x->as_of))
			return SIZE_MAX;
		found = found == SIZE_MAX ? i : found;
	}
	return found;
}

static size_t find_closed(const struct extent *x, struct str list)
{
	size_t row = facts_index_whole(x->f, list, x->as_of, x->least);

	return row != SIZE_MAX ? row : find_not_yet(x, list);
}

void extent_read(struct extent *x, const struct facts *f,
		 const struct concern *c, enum fact_confidence least)
{
	*x = (struct extent){.f = f, .as_of = c->as_of, .least = least,
			     .is_strict = least == FACT_A};
	for (size_t i = 0; i < c->lists_n; i++)
		vec_push(&x->lists, ((struct extent_list){
			find_closed(x, c->lists[i]),
			facts_index_subject(f, FACT_EXEMPTS, c->lists[i])}));
}

void extent_release(struct extent *x)
{
	vec_release(&x->lists);
}

/* The row that exempts what is established in a country. */
static size_t exempt_of(const struct extent *x, const struct extent_list *l,
			struct str country)
{
	for (size_t i = l->exempts.first; i < l->exempts.first + l->exempts.n;
	     i++)
		if (counts(x, &x->f->rows.v[i]) &&
		    str_eq(x->f->rows.v[i].value, country))
			return i;
	return SIZE_MAX;
}

/* It must be established there for sure, and nowhere else. */
size_t extent_exempt(const struct extent *x, const struct extent_list *l,
		     const size_t *rows, size_t n)
{
	size_t exempt = SIZE_MAX;
	bool is_sure = false;

	for (size_t i = 0; l->exempts.n && i < n; i++) {
		const struct fact *r = &x->f->rows.v[rows[i]];

		if (r->kind != FACT_ESTABLISHES || !may_count(x, r))
			continue;
		exempt = exempt_of(x, l, r->value);
		if (exempt == SIZE_MAX)
			return SIZE_MAX;
		is_sure |= counts(x, r);
	}
	return is_sure ? exempt : SIZE_MAX;
}

bool extent_is_open(const struct extent *x)
{
	for (size_t i = 0; x->is_strict && i < x->lists.n; i++)
		if (x->lists.v[i].closed == SIZE_MAX)
			return true;
	return false;
}

bool extent_may_name(const struct extent *x, const size_t *rows, size_t n)
{
	for (size_t i = 0; x->is_strict && i < x->lists.n; i++)
		if (x->lists.v[i].closed == SIZE_MAX &&
		    extent_exempt(x, &x->lists.v[i], rows, n) == SIZE_MAX)
			return true;
	return false;
}
