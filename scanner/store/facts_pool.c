/* Texts of facts, each kept once. */
#include "store/facts_pool.h"

#include <string.h>

#define ROOM 65536

/* A copy; small ones stand close together, without a gap. */
static struct str copy(struct facts *f, struct str s)
{
	struct facts_pool *pool = f->pool;
	char *p;

	if (s.n > ROOM / 8)
		return arena_dup(&f->arena, s);
	if (s.n > pool->room_n) {
		pool->room = arena_alloc(&f->arena, ROOM);
		pool->room_n = ROOM;
	}
	p = pool->room;
	if (s.n)
		memcpy(p, s.p, s.n);
	pool->room += s.n;
	pool->room_n -= s.n;
	return str_n(p, s.n);
}

/* The number of a text, which becomes the copy. */
static size_t keep(struct facts *f, struct str *s)
{
	struct facts_pool *pool = f->pool;
	const size_t *at = map_get(&pool->numbers, *s);

	if (at) {
		*s = pool->texts.v[*at];
		return *at;
	}
	*s = copy(f, *s);
	map_put(&pool->numbers, *s, pool->texts.n, NULL);
	vec_push(&pool->texts, *s);
	return pool->texts.n - 1;
}

static bool is_same(const struct fact_evidence *a,
		    const struct fact_evidence *b)
{
	return str_eq(a->source, b->source) &&
	       str_eq(a->speaks_for, b->speaks_for) &&
	       str_eq(a->read, b->read) && str_eq(a->note, b->note) &&
	       str_eq(a->file, b->file);
}

/* All texts in one.  No field of a row holds a line break, and the name of
 * the file comes last. */
static struct str key_of(struct facts_pool *pool,
			 const struct fact_evidence *e)
{
	const struct str parts[] = {e->source, e->speaks_for, e->read,
				    e->note, e->file};

	strbuf_clear(&pool->key);
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		if (i)
			strbuf_ch(&pool->key, '\n');
		strbuf_add(&pool->key, parts[i]);
	}
	return strbuf_str(&pool->key);
}

static const struct fact_evidence *add_evidence(struct facts *f,
						struct str key)
{
	struct fact_evidence *e = arena_alloc(&f->arena, sizeof *e);
	struct str rest = copy(f, key);

	map_put(&f->pool->evidences, rest, f->pool->evidence.n, NULL);
	vec_push(&f->pool->evidence, e);
	str_split(&rest, '\n', &e->source);
	str_split(&rest, '\n', &e->speaks_for);
	str_split(&rest, '\n', &e->read);
	str_split(&rest, '\n', &e->note);
	e->file = rest;
	return e;
}

static const struct fact_evidence *
keep_evidence(struct facts *f, const struct fact_evidence *e)
{
	struct facts_pool *pool = f->pool;
	struct str key;
	const size_t *at;

	if (f->rows.n && is_same(f->rows.v[f->rows.n - 1].evidence, e))
		return f->rows.v[f->rows.n - 1].evidence;
	key = key_of(pool, e);
	at = map_get(&pool->evidences, key);
	return at ? pool->evidence.v[*at] : add_evidence(f, key);
}

void facts_pool_keep(struct facts *f, struct fact *r)
{
	/* names and the like are said once: nothing is shared */
	bool is_single = r->kind == FACT_ORGANISATION ||
			 r->kind == FACT_ALIAS || r->kind == FACT_LEI;

	if (!f->pool)
		f->pool = mem_new(1, sizeof *f->pool);
	r->subject_org = keep(f, &r->subject);
	r->object_org = keep(f, &r->object);
	if (is_single)
		r->value = copy(f, r->value);
	else
		keep(f, &r->value);
	r->evidence = keep_evidence(f, r->evidence);
}

void facts_pool_release(struct facts *f)
{
	struct facts_pool *pool = f->pool;

	if (!pool)
		return;
	vec_release(&pool->texts);
	map_release(&pool->numbers);
	vec_release(&pool->evidence);
	map_release(&pool->evidences);
	strbuf_release(&pool->key);
	free(pool);
	f->pool = NULL;
}
