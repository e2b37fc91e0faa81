#include "history/firstdiff.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "history/threads.h"

#define CHUNK 128
#define CACHE (16 * LIMIT_MB)

/* What one thread found, ascending by commit within a chunk. */
struct found {
	uint32_t commit;
	struct firstdiff_change change;
};

struct harvest {
	struct paths paths;
	VEC(struct found) found;
};

struct job {
	struct firstdiff *ret;
	struct walk *walk;
	atomic_size_t next;
	atomic_uint_fast64_t steps, n_changes;
	struct harvest *harvests;
};

static bool is_too_much(struct job *j)
{
	return atomic_load(&j->steps) > LIMIT_TREE_STEPS ||
	       atomic_load(&j->n_changes) > LIMIT_CHANGES;
}

static enum err compare(struct job *j, struct treediff *d,
			const struct walk_commit *c)
{
	const struct walk *w = j->walk;
	const struct walk_commit *parent = NULL;

	if (c->state != WALK_READ || !c->has_tree)
		return ERR_FORMAT;
	if (c->n_parents) {
		parent = &w->commits.v[w->parents.v[c->parents]];
		if (parent->state == WALK_KNOWN)
			return ERR_LIMIT; /* the walk ended before it */
		if (parent->state != WALK_READ || !parent->has_tree)
			return ERR_NOTFOUND;
	}
	d->steps = LIMIT_COMMIT_STEPS;
	return treediff_run(d, parent ? &parent->tree : NULL, &c->tree);
}

static void run_commit(struct job *j, struct harvest *h, struct treediff *d,
		       uint32_t at)
{
	enum err e;

	vec_clear(&d->changes);
	d->steps = LIMIT_COMMIT_STEPS;
	e = compare(j, d, &j->walk->commits.v[at]);
	j->ret->error[at] = (uint8_t)e;
	atomic_fetch_add(&j->steps, LIMIT_COMMIT_STEPS - d->steps);
	atomic_fetch_add(&j->n_changes, d->changes.n);
	for (size_t i = 0; i < d->changes.n; i++) {
		const struct treediff_change *c = &d->changes.v[i];

		vec_push(&h->found, ((struct found){at, {
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
			run_commit(j, h, &d, (uint32_t)at);
	treediff_release(&d);
	odb_reader_free(r);
}

/* Puts what the threads found in the order of commits. */
static void gather(struct job *j, unsigned threads)
{
	struct firstdiff *f = j->ret;
	size_t n = j->walk->commits.n, total = 0;
	size_t *at = mem_new(n + 1, sizeof *at);

	for (unsigned t = 0; t < threads; t++)
		for (size_t i = 0; i < j->harvests[t].found.n; i++)
			f->first[j->harvests[t].found.v[i].commit + 1]++;
	for (size_t i = 0; i < n; i++) {
		at[i] = total;
		total += f->first[i + 1];
		f->first[i + 1] = total;
	}
	f->changes.v = mem_new(total, sizeof *f->changes.v);
	f->changes.n = f->changes.cap = total;
	for (unsigned t = 0; t < threads; t++) {
		struct harvest *h = &j->harvests[t];
		uint32_t *map = paths_merge(&f->paths, &h->paths);

		for (size_t i = 0; i < h->found.n; i++) {
			struct found *x = &h->found.v[i];

			x->change.path = map[x->change.path];
			f->changes.v[at[x->commit]++] = x->change;
		}
		free(map);
		vec_release(&h->found);
	}
	free(at);
}

enum err firstdiff_run(struct firstdiff *f, struct walk *w, unsigned threads)
{
	struct job j = {.ret = f, .walk = w};
	bool is_over;

	*f = (struct firstdiff){0};
	paths_init(&f->paths);
	f->first = mem_new(w->commits.n + 1, sizeof *f->first);
	f->error = mem_new(w->commits.n, 1);
	j.harvests = mem_new(threads, sizeof *j.harvests);
	if (w->meter)
		meter_begin(w->meter, "comparing trees", w->commits.n);
	threads_run(threads, run, &j);
	is_over = is_too_much(&j) || atomic_load(&j.next) < w->commits.n;
	if (!is_over)
		gather(&j, threads);
	for (unsigned t = 0; t < threads; t++) {
		paths_release(&j.harvests[t].paths);
		vec_release(&j.harvests[t].found);
	}
	free(j.harvests);
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
