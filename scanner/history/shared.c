/* A table of the names of commits that histories have. */
#include <stdlib.h>

#include "history/history.h"
#include "history/refs.h"
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

/* Of what is not whole nobody knows what else there is. */
static void meet(struct history_seen *s, const struct walk *w,
		 struct history_met *ret)
{
	if (w->git->shallow.n || w->failures.n || w->is_cut)
		return;
	for (size_t i = 0; i < w->commits.n; i++)
		ret->shared += has(s, &w->commits.v[i].id);
	ret->commits = w->commits.n;
	for (size_t i = 0; i < w->commits.n; i++)
		put(s, &w->commits.v[i].id);
}

void history_meet(struct history_seen *s, const char *path,
		  struct history_met *ret)
{
	struct diags unsaid = {0}; /* the count of this history says it */
	struct gitdir g;
	struct oid head;
	struct walk w;

	*ret = (struct history_met){0};
	if (!gitdir_open_again(&g, path, &unsaid)) {
		struct odb_reader *r = odb_reader_new(&g.odb, CACHE);

		walk_init(&w, &g, NULL);
		if (!refs_resolve(&g, r, STR("HEAD"), &head)) {
			walk_load(&w, r, &head);
			meet(s, &w, ret);
		}
		walk_release(&w);
		odb_reader_free(r);
	}
	gitdir_close(&g);
	diag_release(&unsaid);
}
