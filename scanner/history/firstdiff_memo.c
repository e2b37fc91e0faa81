/*
 * Commit by commit; of a change its path, and the mode and blob of its sides.
 * What a commit changes is often what the one before in the list, which is
 * younger, changed further: such a blob is not written again.
 */
#include "history/firstdiff_memo.h"

#include "base/limits.h"

#define PLAIN 0100644
enum { OLD = 1, NEW = 2, OLD_PLAIN = 4, NEW_PLAIN = 8, LAST = 16, FLAGS = 31 };

/* The blobs before the last change of each path. */
struct last { VEC(struct oid) of; };

static struct oid *last_of(struct last *l, uint32_t path)
{
	while (l->of.n <= path)
		vec_push(&l->of, (struct oid){{0}});
	return &l->of.v[path];
}

/* ---- reading ----------------------------------------------------------- */

static void read_change(struct memo_in *in, struct last *l, uint32_t commit,
			struct firstdiff_known *k)
{
	uint32_t path = (uint32_t)memo_get(in, k->paths.nodes.n - 1);
	unsigned flags = (unsigned)memo_get(in, FLAGS);
	struct firstdiff_change c = {.path = path};
	struct oid *last = last_of(l, path);

	if (flags & OLD) {
		c.old_mode = flags & OLD_PLAIN
			? PLAIN : (uint32_t)memo_get(in, UINT32_MAX);
		c.old = memo_get_oid(in);
	}
	if (flags & NEW) {
		c.new_mode = flags & NEW_PLAIN
			? PLAIN : (uint32_t)memo_get(in, UINT32_MAX);
		c.new = flags & LAST ? *last : memo_get_oid(in);
	}
	*last = c.old;
	if (!path || !c.old_mode != !(flags & OLD) ||
	    !c.new_mode != !(flags & NEW))
		in->is_bad = true;
	if (commit != UINT32_MAX)
		vec_push(&k->found, ((struct firstdiff_found){commit, c}));
}

static void read_commit(const struct walk *w, struct memo_in *in,
			struct last *l, struct firstdiff_known *k)
{
	struct oid id = memo_get_oid(in);
	uint32_t steps = (uint32_t)memo_get(in, LIMIT_COMMIT_STEPS), at;
	uint32_t n = (uint32_t)memo_get(in, LIMIT_COMMIT_STEPS);

	if (!walk_find(w, &id, &at) || firstdiff_ready(w, &w->commits.v[at]))
		at = UINT32_MAX;
	if (at != UINT32_MAX && k->has[at])
		in->is_bad = true;
	if (at != UINT32_MAX && !in->is_bad) {
		k->has[at] = true;
		k->steps[at] = steps;
	}
	for (uint32_t i = 0; i < n && !in->is_bad; i++)
		read_change(in, l, at, k);
}

bool firstdiff_memo_read(const struct walk *w, const struct memo *m,
			 struct firstdiff_known *ret)
{
	struct memo_in in = {.rest = m->before[MEMO_TREES],
			     .oid_bytes = m->oid_bytes};
	struct last last = {0};
	uint64_t n;

	memo_get_paths(&in, &ret->paths);
	n = memo_get(&in, in.rest.n);
	for (uint64_t i = 0; i < n && !in.is_bad; i++)
		read_commit(w, &in, &last, ret);
	vec_release(&last.of);
	return !in.is_bad && !in.rest.n;
}

/* ---- writing ----------------------------------------------------------- */

static void write_change(const struct firstdiff_change *c, struct last *l,
			 size_t oid_bytes, struct strbuf *to)
{
	struct oid *last = last_of(l, c->path);
	bool is_last = c->new_mode && oid_eq(last, &c->new);

	memo_put(to, c->path);
	memo_put(to, (c->old_mode ? OLD : 0u) | (c->new_mode ? NEW : 0u) |
			     (c->old_mode == PLAIN ? OLD_PLAIN : 0u) |
			     (c->new_mode == PLAIN ? NEW_PLAIN : 0u) |
			     (is_last ? LAST : 0u));
	if (c->old_mode && c->old_mode != PLAIN)
		memo_put(to, c->old_mode);
	if (c->old_mode)
		memo_put_oid(to, &c->old, oid_bytes);
	if (c->new_mode && c->new_mode != PLAIN)
		memo_put(to, c->new_mode);
	if (c->new_mode && !is_last)
		memo_put_oid(to, &c->new, oid_bytes);
	*last = c->old;
}

void firstdiff_memo_write(const struct firstdiff *f, const struct walk *w,
			  const uint32_t *steps, struct strbuf *to)
{
	size_t oid_bytes = w->git->oid_bytes;
	struct last last = {0};
	uint64_t n = 0;

	for (size_t i = 0; i < w->commits.n; i++)
		n += !f->error[i];
	memo_put_paths(to, &f->paths);
	memo_put(to, n);
	for (size_t i = 0; i < w->commits.n; i++) {
		if (f->error[i])
			continue;
		memo_put_oid(to, &w->commits.v[i].id, oid_bytes);
		memo_put(to, steps[i]);
		memo_put(to, f->first[i + 1] - f->first[i]);
		for (size_t k = f->first[i]; k < f->first[i + 1]; k++)
			write_change(&f->changes.v[k], &last, oid_bytes, to);
	}
	vec_release(&last.of);
}
