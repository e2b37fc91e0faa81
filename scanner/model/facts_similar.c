/*
 * Likeness is Dice's coefficient of the pairs of neighbouring bytes: twice
 * what both have over what they have together.  Pairs are counted in a table
 * of fixed size, so that a name costs no more than its length.
 */
#include "model/facts_similar.h"

#include "base/limits.h"
#include "model/facts_index.h"
#include "model/facts_name.h"

#define LIKE 600       /* least likeness, of 1000 */
#define NAME_MAX 256   /* longer names are like none */
#define CELLS 4096

struct best {
	size_t row;
	unsigned likeness;
};

struct search {
	const struct facts *f;
	struct str wanted; /* a short form */
	unsigned char cells[CELLS]; /* pairs of it */
	struct best best[SIMILAR_MAX];
	size_t n, most;
	struct arena arena;
};

static size_t cell_of(struct str s, size_t i)
{
	unsigned a = (unsigned char)s.p[i], b = (unsigned char)s.p[i + 1];

	return (a * 61 + b) % CELLS;
}

static unsigned likeness(struct search *s, struct str form)
{
	size_t pairs = s->wanted.n + form.n - 2, shared = 0;

	if (form.n < 2 || form.n > NAME_MAX)
		return 0;
	if ((form.n < s->wanted.n ? form.n : s->wanted.n) * 2000 / pairs <
	    LIKE)
		return 0;
	for (size_t i = 0; i + 1 < form.n; i++) {
		unsigned char *cell = &s->cells[cell_of(form, i)];

		shared += *cell > 0;
		*cell -= *cell > 0;
	}
	/* put back what was taken */
	for (size_t i = 0; i + 1 < s->wanted.n; i++)
		s->cells[cell_of(s->wanted, i)] = 0;
	for (size_t i = 0; i + 1 < s->wanted.n; i++)
		s->cells[cell_of(s->wanted, i)]++;
	return (unsigned)(2000 * shared / pairs);
}

/* Keeps the best row of each organisation, sorted; earlier rows first. */
static void offer(struct search *s, size_t row, unsigned how)
{
	size_t org = s->f->rows.v[row].subject_org, at = 0;

	for (size_t i = 0; i < s->n; i++)
		if (s->f->rows.v[s->best[i].row].subject_org == org) {
			if (s->best[i].likeness >= how)
				return;
			for (; i + 1 < s->n; i++)
				s->best[i] = s->best[i + 1];
			s->n--;
		}
	while (at < s->n && s->best[at].likeness >= how)
		at++;
	if (at == s->most)
		return;
	if (s->n < s->most)
		s->n++;
	for (size_t i = s->n - 1; i > at; i--)
		s->best[i] = s->best[i - 1];
	s->best[at] = (struct best){row, how};
}

static void look_at(struct search *s, size_t row)
{
	const struct fact *r = &s->f->rows.v[row];
	unsigned how;

	if (r->state != FACT_ACCEPTED || r->confidence == FACT_C)
		return;
	if (s->arena.total > LIMIT_MB)
		arena_release(&s->arena);
	how = likeness(s, facts_name_short(facts_name_form(&s->arena,
							   r->value)));
	if (how >= LIKE)
		offer(s, row, how);
}

size_t facts_similar(const struct facts *f, struct str name, size_t *rows,
		     size_t most)
{
	static const enum fact_kind kinds[] = {FACT_ORGANISATION, FACT_ALIAS};
	struct arena own = {0};
	struct search s = {.f = f, .most = most < SIMILAR_MAX ? most
							      : SIMILAR_MAX};

	s.wanted = facts_name_short(facts_name_form(&own, name));
	if (s.wanted.n >= 3 && s.wanted.n <= NAME_MAX) {
		for (size_t i = 0; i + 1 < s.wanted.n; i++)
			s.cells[cell_of(s.wanted, i)]++;
		for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
			struct facts_run run = facts_index_kind(f, kinds[k]);

			for (size_t i = 0; i < run.n; i++)
				look_at(&s, run.first + i);
		}
	}
	for (size_t i = 0; i < s.n; i++)
		rows[i] = s.best[i].row;
	arena_release(&s.arena);
	arena_release(&own);
	return s.n;
}
