#include "history/firstdiff.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "history/firstdiff_memo.h"
#include "history/threads.h"

#define CHUNK 128
#define CACHE (16 * LIMIT_MB)

/* What one thread found, ascending by commit within a chunk. */
struct harvest {
	struct paths paths;
	VEC(struct firstdiff_found) found;
};

struct job {
	struct firstdiff *ret;
	struct walk *walk;
	atomic_size_t next;
	atomic_uint_fast64_t steps, n_changes;
	struct harvest *harvests;
	struct firstdiff_known known; /* steps: of all commits, in the end */
};

static bool is_too_much(struct job *j)
{
	return atomic_load(&j->steps) > LIMIT_TREE_STEPS ||
	       atomic_load(&j->n_changes) > LIMIT_CHANGES;
}

static const struct walk_commit *parent_of(const struct walk *w,
					   const struct walk_commit *c)
{
	return c->n_parents ? &w->commits.v[w->parents.v[c->parents]] : NULL;
}

enum err firstdiff_ready(const struct walk *w, const struct walk_commit *c)
{
	const struct walk_commit *parent = parent_of(w, c);

	if (c->state != WALK_READ || !c->has_tree)
		return ERR_FORMAT;
	if (parent && parent->state == WALK_KNOWN)
		return ERR_LIMIT; /* the walk ended before it */
	if (parent && (parent->state != WALK_READ || !parent->has_tree))
		return ERR_NOTFOUND;
	return OK;
}

static enum err compare(struct job *j, struct treediff *d,
			const struct walk_commit *c)
{
	const struct walk_commit *parent = parent_of(j->walk, c);
	enum err e = firstdiff_ready(j->walk, c);

	d->steps = LIMIT_COMMIT_STEPS;
	return e ? e : treediff_run(d, parent ? &parent->tree : NULL,
				    &c->tree);
}

static void run_commit(struct job *j, struct harvest *h, struct treediff *d,
		       uint32_t at)
{
	enum err e;

	vec_clear(&d->changes);
	d->steps = LIMIT_COMMIT_STEPS;
	e = compare(j, d, &j->walk->commits.v[at]);
	j->ret->error[at] = (uint8_t)e;
	j->known.steps[at] = (uint32_t)(LIMIT_COMMIT_STEPS - d->steps);
	atomic_fetch_add(&j->steps, j->known.steps[at]);
	atomic_fetch_add(&j->n_changes, d->changes.n);
	for (size_t i = 0; i < d->changes.n; i++) {
		const struct treediff_change *c = &d->changes.v[i];

		vec_push(&h->found, ((struct firstdiff_found){at, {
			c->path, c->old.mode, c->new.mode, c->old.id,
			c->new.id}}));
	}
}

static void run(void *arg, unsigned number)
{
	struct job *j = arg;
	struct walk *w = j->walk;
	struct harvest *h = &j->harvests[number];
	struct odb_reader *r = odb_reader_new(&w->git->odb, CACHE);
	struct treediff d;
	size_t first;

	paths_init(&h->paths);
	treediff_init(&d, r, w->git->oid_bytes, &h->paths);
	while (!is_too_much(j) && walk_step(w, CHUNK) &&
	       (first = atomic_fetch_add(&j->next, CHUNK)) < w->commits.n)
		for (size_t at = first; at < first + CHUNK &&
					at < w->commits.n &&
					!is_too_much(j); at++)
			if (!j->known.has[at])
				run_commit(j, h, &d, (uint32_t)at);
	treediff_release(&d);
	odb_reader_free(r);
}

/* Puts what the threads found in the order of commits. */
static void gather(struct job *j, unsigned harvests)
{
	struct firstdiff *f = j->ret;
	size_t n = j->walk->commits.n, total = 0;
	size_t *at = mem_new(n + 1, sizeof *at);

	for (unsigned t = 0; t < harvests; t++)
		for (size_t i = 0; i < j->harvests[t].found.n; i++)
			f->first[j->harvests[t].found.v[i].commit + 1]++;
	for (size_t i = 0; i < n; i++) {
		at[i] = total;
		total += f->first[i + 1];
		f->first[i + 1] = total;
	}
	f->changes.v = mem_new(total, sizeof *f->changes.v);
	f->changes.n = f->changes.cap = total;
	for (unsigned t = 0; t < harvests; t++) {
		struct harvest *h = &j->harvests[t];
		uint32_t *map = paths_merge(&f->paths, &h->paths);

		for (size_t i = 0; i < h->found.n; i++) {
			struct firstdiff_found *x = &h->found.v[i];

			x->change.path = map[x->change.path];
			f->changes.v[at[x->commit]++] = x->change;
		}
		free(map);
		vec_release(&h->found);
	}
	free(at);
}

static void init_known(struct firstdiff_known *k, size_t commits)
{
	*k = (struct firstdiff_known){
		.has = mem_new(commits, sizeof *k->has),
		.steps = mem_new(commits, sizeof *k->steps)};
	paths_init(&k->paths);
}

static void release_known(struct firstdiff_known *k)
{
	paths_release(&k->paths);
	vec_release(&k->found);
	free(k->has);
	free(k->steps);
}

/* What a memo knows is a harvest more, behind those of the threads. */
static void recall(struct job *j, unsigned threads, const struct memo *m)
{
	struct firstdiff_known *k = &j->known;
	struct harvest *h = &j->harvests[threads];

	init_known(k, j->walk->commits.n);
	if (m && !firstdiff_memo_read(j->walk, m, k)) {
		release_known(k);
		init_known(k, j->walk->commits.n);
	}
	for (size_t i = 0; i < j->walk->commits.n; i++)
		atomic_fetch_add(&j->steps, k->steps[i]);
	atomic_fetch_add(&j->n_changes, k->found.n);
	h->paths = k->paths;
	h->found.v = k->found.v;
	h->found.n = k->found.n;
	h->found.cap = k->found.cap;
	paths_init(&k->paths);
	k->found.v = NULL;
	k->found.n = k->found.cap = 0;
}

/* Leaves what was found for the next time, if anything is new. */
static void remember(const struct job *j, struct memo *m)
{
	bool is_new = false;

	for (size_t i = 0; i < j->walk->commits.n && !is_new; i++)
		is_new = !j->known.has[i] && !j->ret->error[i];
	if (is_new)
		firstdiff_memo_write(j->ret, j->walk, j->known.steps,
				     &m->after[MEMO_TREES]);
}

enum err firstdiff_run(struct firstdiff *f, struct walk *w, unsigned threads,
		       struct memo *memo)
{
	struct job j = {.ret = f, .walk = w};
	bool is_over;

	*f = (struct firstdiff){0};
	paths_init(&f->paths);
	f->first = mem_new(w->commits.n + 1, sizeof *f->first);
	f->error = mem_new(w->commits.n, 1);
	j.harvests = mem_new(threads + 1, sizeof *j.harvests);
	recall(&j, threads, memo);
	if (w->meter)
		meter_begin(w->meter, "comparing trees", w->commits.n);
	threads_run(threads, run, &j);
	is_over = is_too_much(&j) || atomic_load(&j.next) < w->commits.n;
	if (!is_over)
		gather(&j, threads + 1);
	if (!is_over && memo && !memo->is_last)
		remember(&j, memo);
	for (unsigned t = 0; t <= threads; t++) {
		paths_release(&j.harvests[t].paths);
		vec_release(&j.harvests[t].found);
	}
	free(j.harvests);
	release_known(&j.known);
	if (!is_over)
		return OK;
	firstdiff_release(f);
	return ERR_LIMIT;
}

void firstdiff_release(struct firstdiff *f)
{
	vec_release(&f->changes);
	paths_release(&f->paths);
	free(f->first);
	free(f->error);
	*f = (struct firstdiff){0};
}
