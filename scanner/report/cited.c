/* Finding the records that a report rests on. */
#include "report/cited.h"

#include "base/mem.h"
#include "model/facts_index.h"

struct finder {
	const struct facts *facts;
	size_t *place;
	VEC(size_t) waiting; /* found; what they refer to is not */
};

static void find_row(struct finder *f, size_t row)
{
	if (row == SIZE_MAX || f->place[row] != SIZE_MAX)
		return;
	f->place[row] = 0;
	vec_push(&f->waiting, row);
}

static void find_organisation(struct finder *f, size_t organisation)
{
	if (organisation != SIZE_MAX)
		find_row(f, f->facts->organisations.v[organisation].fact);
}

static void find_named(struct finder *f, enum fact_kind kind, struct str name)
{
	struct facts_run run = facts_index_subject(f->facts, kind, name);

	if (run.n)
		find_row(f, run.first);
}

static void find_ladder(struct finder *f, const struct ladder *l)
{
	for (size_t i = 0; l && i < RUNG_COUNT; i++)
		for (size_t k = 0; k < l->rungs[i].chain_n; k++)
			find_row(f, l->rungs[i].chain[k]);
}

/* Of whom a verdict says where they stand. */
static void find_standing(struct finder *f, const struct verdict *v, size_t o)
{
	if (o == SIZE_MAX)
		return;
	find_organisation(f, o);
	find_ladder(f, v->ladders->v[o]);
}

static void find_verdict(struct finder *f, const struct verdict *v)
{
	for (size_t i = 0; i < v->scores.n; i++)
		for (size_t k = 0; k < v->scores.v[i].by.n; k++)
			find_standing(f, v,
				      v->scores.v[i].by.v[k].organisation);
	for (size_t i = 0; i < v->findings.n; i++)
		for (size_t k = 0; k < v->findings.v[i].organisations.n; k++)
			find_standing(f, v,
				      v->findings.v[i].organisations.v[k]);
	for (size_t i = 0; i < v->questions.n; i++)
		find_organisation(f, v->questions.v[i].organisation);
	for (size_t i = 0; i < v->concern.lists_n; i++)
		find_named(f, FACT_LIST, v->concern.lists[i]);
}

static void find_supply(struct finder *f, const struct component *c)
{
	for (size_t i = 0; i < SUPPLY_COUNT; i++) {
		if (!c->supply[i].is_stated)
			continue;
		find_organisation(f, c->supply[i].organisation);
		find_row(f, c->supply[i].fact);
	}
}

static void find_scan(struct finder *f, const struct scan *s)
{
	for (size_t i = 0; i < s->used.hosts.n; i++) {
		find_organisation(f, s->used.hosts.v[i].organisation);
		find_row(f, s->used.hosts.v[i].fact);
	}
	for (size_t i = 0; i < s->parts.components.n; i++)
		find_supply(f, &s->parts.components.v[i]);
	for (size_t i = 0; i < f->facts->rows.n; i++)
		if (f->facts->rows.v[i].is_assumed)
			find_row(f, i);
}

/* What a row refers to must be there, too. */
static void follow(struct finder *f, size_t row)
{
	const struct fact *r = &f->facts->rows.v[row];
	struct str rest = r->evidence->source, id;

	find_organisation(f, r->subject_org);
	find_organisation(f, r->object_org);
	if (r->kind == FACT_LISTS || r->kind == FACT_EXTENT ||
	    r->kind == FACT_EXEMPTS)
		find_named(f, FACT_LIST, r->subject);
	while (rest.n && str_split(&rest, ';', &id))
		find_named(f, FACT_SOURCE, str_trim(id));
}

void cited_find(const struct report_input *in, struct cited *ret)
{
	const struct facts *facts = in->scan->facts;
	struct finder f = {.facts = facts};
	size_t n = 0;

	*ret = (struct cited){.rows_n = facts ? facts->rows.n : 0};
	ret->place = f.place = mem_new(ret->rows_n + 1, sizeof *f.place);
	for (size_t i = 0; i < ret->rows_n; i++)
		f.place[i] = SIZE_MAX;
	if (!facts)
		return;
	for (size_t i = 0; i < in->verdicts_n; i++)
		find_verdict(&f, &in->verdicts[i]);
	find_scan(&f, in->scan);
	for (size_t i = 0; i < f.waiting.n; i++)
		follow(&f, f.waiting.v[i]);
	for (size_t i = 0; i < ret->rows_n; i++)
		if (f.place[i] != SIZE_MAX)
			f.place[i] = n++;
	vec_release(&f.waiting);
}

void cited_release(struct cited *c)
{
	free(c->place);
	*c = (struct cited){0};
}
