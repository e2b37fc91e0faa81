/*
 * Paths in the order of their texts; then commit by commit, in that of their
 * names; of a change its path, its class, which of its sides are there, and
 * the two counts.
 */
#include "history/churn_memo.h"

#include <stdlib.h>

#include "base/limits.h"

enum { CLASS = 3, BINARY = 4, OLD = 8, NEW = 16, FLAGS = 31 };

_Static_assert(LINE_CLASS_COUNT <= CLASS + 1, "a class has two bits");

/* A slice that is being read. */
struct reading {
	struct memo_in in;
	struct paths paths;
	const uint32_t *map; /* of them to the paths of all slices */
};

static void read_change(struct reading *r, uint32_t commit, bool is_all,
			struct churn_known *k)
{
	struct memo_in *in = &r->in;
	uint32_t path = (uint32_t)memo_get(in, r->paths.nodes.n - 1);
	unsigned flags = (unsigned)memo_get(in, FLAGS);
	struct churn_change c = {
		.path = r->map[path], .commit = commit, .is_known = true,
		.old.key = (flags & OLD) != 0, .new.key = (flags & NEW) != 0,
		.class = flags & CLASS, .is_binary = flags & BINARY};

	c.added = (uint32_t)memo_get(in, LIMIT_DIFF_LINES);
	c.deleted = (uint32_t)memo_get(in, LIMIT_DIFF_LINES);
	if (c.class >= LINE_CLASS_COUNT || !path)
		in->is_bad = true;
	if (commit != UINT32_MAX && is_all)
		vec_push(&k->changes, c);
	else if (commit != UINT32_MAX)
		vec_push(&k->some, c);
}

static void read_commit(const struct walk *w, struct reading *r,
			struct churn_known *k)
{
	struct memo_in *in = &r->in;
	struct oid id = memo_get_oid(in);
	uint32_t steps = (uint32_t)memo_get(in, LIMIT_COMMIT_STEPS), at;
	uint32_t n = (uint32_t)memo_get(in, LIMIT_COMMIT_STEPS);
	bool is_all = memo_get(in, CHURN_MEMO_SOME) == CHURN_MEMO_ALL;

	if (!walk_find(w, &id, &at) || !churn_compares(w, &w->commits.v[at]))
		at = UINT32_MAX;
	if (at != UINT32_MAX && k->has[at])
		in->is_bad = true;
	if (at != UINT32_MAX && is_all && !in->is_bad) {
		k->has[at] = true;
		k->efforts[at] = (struct churn_effort){steps, n};
	}
	for (uint32_t i = 0; i < n && !in->is_bad; i++)
		read_change(r, at, is_all, k);
}

static void read_slice(const struct walk *w, struct reading *r,
		       struct churn_known *k)
{
	uint32_t *map;
	uint64_t n;

	paths_init(&r->paths);
	memo_get_paths(&r->in, &r->paths);
	r->map = map = paths_merge(&k->paths, &r->paths);
	n = memo_get(&r->in, r->in.rest.n);
	for (uint64_t i = 0; i < n && !r->in.is_bad; i++)
		read_commit(w, r, k);
	free(map);
	paths_release(&r->paths);
}

bool churn_memo_read(const struct walk *w, const struct memo *m,
		     struct churn_known *ret)
{
	struct reading r = {.in = {.rest = m->before[MEMO_CHURN],
				   .oid_bytes = m->oid_bytes}};

	do
		read_slice(w, &r, ret);
	while (r.in.rest.n);
	return !r.in.is_bad;
}

/* ---- writing ----------------------------------------------------------- */

static void write_change(const struct churn_change *c, uint32_t path,
			 struct strbuf *to)
{
	memo_put(to, path);
	memo_put(to, c->class | (c->is_binary ? BINARY : 0u) |
			     (c->old.key ? OLD : 0u) |
			     (c->new.key ? NEW : 0u));
	memo_put(to, c->added);
	memo_put(to, c->deleted);
}

/* The changes of each commit: those of k are v[from[k]..from[k + 1]). */
struct by_commit { size_t *from; uint32_t *v; };

static struct by_commit sort_changes(const struct churn *c)
{
	size_t n = c->walk->commits.n;
	struct by_commit b = {mem_new(n + 2, sizeof *b.from),
			      mem_new(c->changes.n, sizeof *b.v)};

	for (size_t i = 0; i < c->changes.n; i++)
		b.from[c->changes.v[i].commit + 2]++;
	for (size_t i = 2; i < n + 2; i++)
		b.from[i] += b.from[i - 1];
	for (size_t i = 0; i < c->changes.n; i++)
		b.v[b.from[c->changes.v[i].commit + 1]++] = (uint32_t)i;
	return b;
}

/* A list that is being written. */
struct writing {
	const struct churn *churn;
	const struct churn_known *known;
	struct by_commit by;
	uint32_t *commits;    /* those that are left, by their names */
	size_t n;
	struct paths paths;   /* that their changes are of */
	uint32_t *map;
};

static int compare_commits(const void *va, const void *vb, void *with)
{
	const struct walk *w = with;

	return memcmp(&w->commits.v[*(const uint32_t *)va].id,
		      &w->commits.v[*(const uint32_t *)vb].id,
		      sizeof(struct oid));
}

static void choose_commits(struct writing *w, const uint8_t *rest, size_t end)
{
	struct walk *walk = w->churn->walk;

	w->commits = mem_new(end, sizeof *w->commits);
	for (uint32_t i = 0; i < end; i++)
		if (churn_compares(walk, &walk->commits.v[i]) &&
		    rest[i] != CHURN_MEMO_NONE)
			w->commits[w->n++] = i;
	if (w->n > 1)
		qsort_r(w->commits, w->n, sizeof *w->commits,
			compare_commits, walk);
}

static void choose_paths(struct writing *w)
{
	const struct churn *c = w->churn;
	bool *used = mem_new(c->paths.nodes.n, sizeof *used);

	for (size_t i = 0; i < w->n; i++) {
		size_t k = w->by.from[w->commits[i]];

		for (; k < w->by.from[w->commits[i] + 1]; k++) {
			const struct churn_change *x =
				&c->changes.v[w->by.v[k]];

			used[x->path] |= !x->error;
		}
	}
	paths_init(&w->paths);
	w->map = paths_sort(&w->paths, &c->paths, used);
	free(used);
}

static int compare_paths(const void *va, const void *vb, void *with)
{
	const struct writing *w = with;
	const struct churn_change *all = w->churn->changes.v;
	uint32_t a = w->map[all[*(const uint32_t *)va].path];
	uint32_t b = w->map[all[*(const uint32_t *)vb].path];

	return (a > b) - (a < b);
}

static void write_commit(struct writing *w, uint32_t at, struct strbuf *to)
{
	const struct churn_change *all = w->churn->changes.v;
	uint32_t *v = w->by.v + w->by.from[at];
	size_t n = w->by.from[at + 1] - w->by.from[at], sound = 0;

	memo_put_oid(to, &w->churn->walk->commits.v[at].id,
		     w->churn->walk->git->oid_bytes);
	memo_put(to, w->known->efforts[at].steps);
	for (size_t i = 0; i < n; i++)
		sound += !all[v[i]].error;
	memo_put(to, sound);
	memo_put(to, sound == n ? CHURN_MEMO_ALL : CHURN_MEMO_SOME);
	if (n > 1)
		qsort_r(v, n, sizeof *v, compare_paths, w);
	for (size_t i = 0; i < n; i++)
		if (!all[v[i]].error)
			write_change(&all[v[i]], w->map[all[v[i]].path], to);
}

void churn_memo_write(const struct churn *c, const struct churn_known *k,
		      const uint8_t *rest, size_t end, struct strbuf *to)
{
	struct writing w = {.churn = c, .known = k, .by = sort_changes(c)};

	choose_commits(&w, rest, end);
	choose_paths(&w);
	memo_put_paths(to, &w.paths);
	memo_put(to, w.n);
	for (size_t i = 0; i < w.n; i++)
		write_commit(&w, w.commits[i], to);
	paths_release(&w.paths);
	free(w.commits);
	free(w.map);
	free(w.by.from);
	free(w.by.v);
}
