/*
 * Which commits histories share: a table of their names, and what of a history
 * is beyond it.
 */
#include <stdlib.h>

#include "history/history.h"
#include "history/refs.h"
#include "history/threads.h"
#include "history/walk.h"

#define CACHE (1 * LIMIT_MB)

struct history_seen {
	struct oids ids;
	uint32_t *table; /* place in ids + 1 */
	size_t cap;
};

struct history_seen *history_seen_new(void)
{
	return mem_new(1, sizeof(struct history_seen));
}

void history_seen_free(struct history_seen *s)
{
	if (!s)
		return;
	vec_release(&s->ids.list);
	free(s->table);
	free(s);
}

static size_t slot_of(const struct history_seen *s, const struct oid *id)
{
	size_t i = oid_word(id) & (s->cap - 1);

	while (s->table[i] && !oid_eq(&s->ids.list.v[s->table[i] - 1], id))
		i = (i + 1) & (s->cap - 1);
	return i;
}

static bool has(const struct history_seen *s, const struct oid *id)
{
	return s->cap && s->table[slot_of(s, id)];
}

static void grow(struct history_seen *s)
{
	free(s->table);
	s->cap = s->cap ? s->cap * 2 : 4096;
	s->table = mem_new(s->cap, sizeof *s->table);
	for (size_t i = 0; i < s->ids.list.n; i++)
		s->table[slot_of(s, &s->ids.list.v[i])] = (uint32_t)i + 1;
}

static void put(struct history_seen *s, const struct oid *id)
{
	size_t slot;

	if ((s->ids.list.n + 1) * 2 > s->cap)
		grow(s);
	slot = slot_of(s, id);
	if (s->table[slot])
		return;
	vec_push(&s->ids.list, *id);
	s->table[slot] = (uint32_t)s->ids.list.n;
}

/* --- one history ---------------------------------------------------------- */

/* A history that was opened and walked; is_whole: nothing is missing. */
struct opened {
	struct gitdir git;
	struct odb_reader *reader;
	struct walk walk;
	struct oid head;
	bool is_whole;
};

static void open_whole(struct opened *o, const char *path, unsigned threads)
{
	struct diags unsaid = {0}; /* the count of this history says it */
	struct walk *w = &o->walk;

	*o = (struct opened){.is_whole = false};
	if (!gitdir_open_again(&o->git, path, &unsaid)) {
		o->reader = odb_reader_new(&o->git.odb, CACHE);
		walk_init(w, &o->git, NULL);
		w->threads = threads ? threads : threads_available();
		if (!refs_resolve(&o->git, o->reader, STR("HEAD"),
				  &o->head)) {
			walk_load(w, o->reader, &o->head);
			o->is_whole = !o->git.shallow.n && !w->failures.n &&
				      !w->is_cut;
		}
	}
	diag_release(&unsaid);
}

static void close_whole(struct opened *o)
{
	if (o->reader)
		walk_release(&o->walk);
	odb_reader_free(o->reader);
	gitdir_close(&o->git);
}

static int by_text(const void *va, const void *vb)
{
	const struct str *a = va, *b = vb;

	return str_cmp(*a, *b);
}

/* The name of a tree without entries, which depends on nothing. */
static struct oid empty_tree(size_t bytes)
{
	static const char *const names[] = {
		"4b825dc642cb6eb9a060e54bf8d69288fbee4904",
		"6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc"
		"5321"};
	struct oid id = {0};

	(void)oid_parse(str_c(names[bytes != OID_SHA1_BYTES]), bytes, &id);
	return id;
}

/* Does a commit have files, and nothing before it? */
static bool is_first(const struct walk *w, const struct walk_commit *c,
		     const struct oid *empty)
{
	bool is = !oid_eq(&c->tree, empty);

	for (uint32_t i = 0; is && i < c->n_parents; i++)
		is = oid_eq(&w->commits.v[w->parents.v[c->parents + i]].tree,
			    empty);
	return is;
}

bool history_roots(const char *path, unsigned threads, struct arena *a,
		   struct history_roots *ret)
{
	struct opened o;
	const struct walk *w = &o.walk;
	struct oid empty;
	bool is_whole;

	*ret = (struct history_roots){.commits = 0};
	open_whole(&o, path, threads);
	is_whole = o.is_whole;
	empty = empty_tree(o.git.oid_bytes);
	if (is_whole) {
		ret->head = oid_hex(&o.head, o.git.oid_bytes, a);
		ret->commits = w->commits.n;
	}
	for (size_t i = 0; is_whole && i < w->commits.n; i++)
		if (is_first(w, &w->commits.v[i], &empty))
			vec_push(&ret->ids, oid_hex(&w->commits.v[i].id,
						    o.git.oid_bytes, a));
	vec_sort(&ret->ids, by_text);
	close_whole(&o);
	return is_whole;
}

/* --- several -------------------------------------------------------------- */

/* Marks what a shared commit comes directly before. */
static void mark_inner(const struct walk *w, const bool *is_shared,
		       bool *is_inner)
{
	for (size_t i = 0; i < w->commits.n; i++) {
		const struct walk_commit *c = &w->commits.v[i];

		for (uint32_t k = 0; is_shared[i] && k < c->n_parents; k++)
			is_inner[w->parents.v[c->parents + k]] = true;
	}
}

static void find_shared(const struct history_seen *s, const struct opened *o,
			struct arena *a, struct history_met *ret)
{
	const struct walk *w = &o->walk;
	size_t n = w->commits.n;
	bool *is_shared = mem_new(n, sizeof *is_shared);
	bool *is_inner = mem_new(n, sizeof *is_inner);

	for (size_t i = 0; i < n; i++) {
		is_shared[i] = has(s, &w->commits.v[i].id);
		ret->shared += is_shared[i];
	}
	mark_inner(w, is_shared, is_inner);
	for (size_t i = 0; i < n; i++)
		if (is_shared[i] && !is_inner[i])
			vec_push(&ret->last, oid_hex(&w->commits.v[i].id,
						     o->git.oid_bytes, a));
	vec_sort(&ret->last, by_text);
	free(is_shared);
	free(is_inner);
}

void history_meet(struct history_seen *s, const char *path, unsigned threads,
		  struct arena *a, struct history_met *ret)
{
	struct opened o;

	*ret = (struct history_met){.commits = 0};
	open_whole(&o, path, threads);
	if (o.is_whole) {
		find_shared(s, &o, a, ret);
		ret->commits = o.walk.commits.n;
		for (size_t i = 0; i < o.walk.commits.n; i++)
			put(s, &o.walk.commits.v[i].id);
	}
	close_whole(&o);
}
