/* Commit by commit; of a change its path, its class, which of its sides are
 * there, and the two counts. */
#include "history/churn_memo.h"

#include <stdlib.h>

#include "base/limits.h"

enum { CLASS = 3, BINARY = 4, OLD = 8, NEW = 16, FLAGS = 31 };

_Static_assert(LINE_CLASS_COUNT <= CLASS + 1, "a class has two bits");

static void read_change(struct memo_in *in, uint32_t commit, bool is_all,
			struct churn_known *k)
{
	uint32_t path = (uint32_t)memo_get(in, k->paths.nodes.n - 1);
	unsigned flags = (unsigned)memo_get(in, FLAGS);
	struct churn_change c = {
		.path = path, .commit = commit, .is_known = true,
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

static void read_commit(const struct walk *w, struct memo_in *in,
			struct churn_known *k)
{
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
		read_change(in, at, is_all, k);
}

bool churn_memo_read(const struct walk *w, const struct memo *m,
		     struct churn_known *ret)
{
	struct memo_in in = {.rest = m->before[MEMO_CHURN],
			     .oid_bytes = m->oid_bytes};
	uint64_t n;

	memo_get_paths(&in, &ret->paths);
	n = memo_get(&in, in.rest.n);
	for (uint64_t i = 0; i < n && !in.is_bad; i++)
		read_commit(w, &in, ret);
	return !in.is_bad && !in.rest.n;
}

/* ---- writing ----------------------------------------------------------- */

static void write_change(const struct churn_change *c, struct strbuf *to)
{
	memo_put(to, c->path);
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

static void write_commit(const struct churn *c, const uint32_t *v, size_t n,
			 struct strbuf *to)
{
	size_t sound = 0;

	for (size_t i = 0; i < n; i++)
		sound += !c->changes.v[v[i]].error;
	memo_put(to, sound);
	memo_put(to, sound == n ? CHURN_MEMO_ALL : CHURN_MEMO_SOME);
	for (size_t i = 0; i < n; i++)
		if (!c->changes.v[v[i]].error)
			write_change(&c->changes.v[v[i]], to);
}

void churn_memo_write(const struct churn *c, const struct churn_known *k,
		      const uint8_t *rest, size_t end, struct strbuf *to)
{
	const struct walk *w = c->walk;
	struct by_commit b = sort_changes(c);
	uint64_t n = 0;

	for (size_t i = 0; i < end; i++)
		n += churn_compares(w, &w->commits.v[i]) &&
		     rest[i] != CHURN_MEMO_NONE;
	memo_put_paths(to, &c->paths);
	memo_put(to, n);
	for (size_t i = 0; i < end; i++) {
		const struct walk_commit *commit = &w->commits.v[i];

		if (!churn_compares(w, commit) || rest[i] == CHURN_MEMO_NONE)
			continue;
		memo_put_oid(to, &commit->id, w->git->oid_bytes);
		memo_put(to, k->efforts[i].steps);
		write_commit(c, b.v + b.from[i], b.from[i + 1] - b.from[i],
			     to);
	}
	free(b.from);
	free(b.v);
}
