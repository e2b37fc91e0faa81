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

struct history_names {
	size_t oid_bytes;
	struct oid head;
	struct oids ids;
	VEC(uint32_t) parents;  /* places in ids; those of i begin at from[i] */
	VEC(size_t) from;       /* one more than ids */
	VEC(uint32_t) first;    /* those with files and nothing before */
};

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

static struct history_names *names_of(const struct walk *w)
{
	struct history_names *n = mem_new(1, sizeof *n);
	struct oid empty = empty_tree(w->git->oid_bytes);

	n->oid_bytes = w->git->oid_bytes;
	for (uint32_t i = 0; i < w->commits.n; i++) {
		const struct walk_commit *c = &w->commits.v[i];

		vec_push(&n->ids.list, c->id);
		vec_push(&n->from, n->parents.n);
		for (uint32_t k = 0; k < c->n_parents; k++)
			vec_push(&n->parents, w->parents.v[c->parents + k]);
		if (is_first(w, c, &empty))
			vec_push(&n->first, i);
	}
	vec_push(&n->from, n->parents.n);
	return n;
}

struct history_names *history_names_read(const char *path, unsigned threads)
{
	struct diags unsaid = {0}; /* the count of this history says it */
	struct history_names *ret = NULL;
	struct gitdir g;
	struct oid head;
	struct walk w;

	if (!gitdir_open_again(&g, path, &unsaid)) {
		struct odb_reader *r = odb_reader_new(&g.odb, CACHE);

		walk_init(&w, &g, NULL);
		w.threads = threads ? threads : threads_available();
		if (!refs_resolve(&g, r, STR("HEAD"), &head)) {
			walk_load(&w, r, &head);
			if (!g.shallow.n && !w.failures.n && !w.is_cut)
				ret = names_of(&w);
		}
		if (ret)
			ret->head = head;
		walk_release(&w);
		odb_reader_free(r);
	}
	gitdir_close(&g);
	diag_release(&unsaid);
	return ret;
}

void history_names_free(struct history_names *n)
{
	if (!n)
		return;
	vec_release(&n->ids.list);
	vec_release(&n->parents);
	vec_release(&n->from);
	vec_release(&n->first);
	free(n);
}

static int by_text(const void *va, const void *vb)
{
	const struct str *a = va, *b = vb;

	return str_cmp(*a, *b);
}

void history_roots(const struct history_names *n, struct arena *a,
		   struct history_roots *ret)
{
	*ret = (struct history_roots){
		.head = oid_hex(&n->head, n->oid_bytes, a),
		.commits = n->ids.list.n};
	for (size_t i = 0; i < n->first.n; i++)
		vec_push(&ret->ids, oid_hex(&n->ids.list.v[n->first.v[i]],
					    n->oid_bytes, a));
	vec_sort(&ret->ids, by_text);
}

/* --- several -------------------------------------------------------------- */

/* Marks what a shared commit comes directly after. */
static void mark_inner(const struct history_names *n, const bool *is_shared,
		       bool *is_inner)
{
	for (size_t i = 0; i < n->ids.list.n; i++)
		for (size_t k = n->from.v[i]; is_shared[i] &&
		     k < n->from.v[i + 1]; k++)
			is_inner[n->parents.v[k]] = true;
}

void history_meet(struct history_seen *s, const struct history_names *n,
		  struct arena *a, struct history_met *ret)
{
	size_t all = n->ids.list.n;
	bool *is_shared = mem_new(all, sizeof *is_shared);
	bool *is_inner = mem_new(all, sizeof *is_inner);

	*ret = (struct history_met){.commits = all};
	for (size_t i = 0; i < all; i++) {
		is_shared[i] = has(s, &n->ids.list.v[i]);
		ret->shared += is_shared[i];
	}
	mark_inner(n, is_shared, is_inner);
	for (size_t i = 0; i < all; i++)
		if (is_shared[i] && !is_inner[i])
			vec_push(&ret->last, oid_hex(&n->ids.list.v[i],
						     n->oid_bytes, a));
	vec_sort(&ret->last, by_text);
	for (size_t i = 0; i < all; i++)
		put(s, &n->ids.list.v[i]);
	free(is_shared);
	free(is_inner);
}
