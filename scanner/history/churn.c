/*
 * In three steps: the trees of all commits are compared first, in the order
 * of the packs; then all changes are sorted by path, because the versions of
 * a file lie next to each other in a pack and build on each other; then the
 * pairs of blobs are compared.  Each step is shared by the threads.
 */
#include "history/churn.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "history/churn_memo.h"
#include "history/diff.h"
#include "history/threads.h"
#include "history/treediff.h"

#define TREE_CHUNK 128       /* commits that a thread takes at a time */
#define PAIR_CHUNK 256       /* changes */
#define TREE_CACHE (16 * LIMIT_MB)
#define BLOB_CACHE (16 * LIMIT_MB)
#define OTHER ((uint64_t)1 << 63)   /* key: number in churn.others + 1 */
#define GITLINK ((uint64_t)1 << 62) /* with OTHER: no blob but a commit */

/* Something that went wrong with a commit. */
struct trouble {
	uint32_t commit;
	enum err e;
	uint64_t n; /* files; 0 = a tree */
};

struct troubles { VEC(struct trouble) list; };

/* What one thread brings home from comparing trees. */
struct harvest {
	struct paths paths;
	struct oids others;
	VEC(struct churn_change) changes;
	struct troubles troubles;
};

struct job {
	struct churn *churn;
	const bool *wanted;       /* each commit; NULL: all are */
	atomic_size_t next;
	struct harvest *harvests; /* one for each thread */
	struct troubles troubles; /* of all of them, at the end */
	struct churn_known known; /* efforts: of all commits, in the end */
	atomic_uint_fast64_t steps, n_changes; /* of all */
};

/* ---- trees ------------------------------------------------------------- */

bool churn_compares(const struct walk *w, const struct walk_commit *c)
{
	const struct walk_commit *parent = NULL;

	if (c->n_parents)
		parent = &w->commits.v[w->parents.v[c->parents]];
	return c->state == WALK_READ && !c->is_hidden && c->n_parents < 2 &&
	       c->has_tree && !gitdir_is_shallow(w->git, &c->id) &&
	       (!parent || parent->has_tree); /* the walk has told why */
}

static struct churn_blob blob_of(struct job *j, struct harvest *h,
				 const struct treediff_side *s,
				 uint32_t *hint)
{
	struct odb_spot spot = {.pack = UINT32_MAX};
	bool is_gitlink = entry_kind(s->mode) == ENTRY_GITLINK;

	if (!s->mode)
		return (struct churn_blob){0};
	if (!is_gitlink)
		spot = odb_find(&j->churn->walk->git->odb, &s->id, hint);
	if (spot.pack != UINT32_MAX)
		return (struct churn_blob){odb_key(spot)};
	vec_push(&h->others.list, s->id);
	return (struct churn_blob){OTHER | (is_gitlink ? GITLINK : 0) |
				   h->others.list.n};
}

static void reap(struct job *j, struct harvest *h,
		 const struct treediff *d, uint32_t commit, uint32_t *hint)
{
	for (size_t i = 0; i < d->changes.n; i++) {
		const struct treediff_change *t = &d->changes.v[i];

		vec_push(&h->changes, ((struct churn_change){
			.path = t->path, .commit = commit,
			.old = blob_of(j, h, &t->old, hint),
			.new = blob_of(j, h, &t->new, hint)}));
	}
}

static bool is_wanted(const struct job *j, uint32_t commit)
{
	return !j->wanted || j->wanted[commit];
}

static void compare_trees(struct job *j, struct harvest *h,
			  struct treediff *d, uint32_t commit,
			  uint32_t *hint)
{
	const struct walk *w = j->churn->walk;
	const struct walk_commit *c = &w->commits.v[commit];
	const struct walk_commit *parent = NULL;
	enum err e;

	if (j->known.has[commit] || !is_wanted(j, commit) ||
	    !churn_compares(w, c))
		return;
	if (c->n_parents)
		parent = &w->commits.v[w->parents.v[c->parents]];
	d->steps = LIMIT_COMMIT_STEPS;
	e = treediff_run(d, parent ? &parent->tree : NULL, &c->tree);
	if (e)
		vec_push(&h->troubles.list, ((struct trouble){commit, e, 0}));
	reap(j, h, d, commit, hint);
	j->known.efforts[commit] = (struct churn_effort){
		(uint32_t)(LIMIT_COMMIT_STEPS - d->steps),
		(uint32_t)d->changes.n};
}

static bool is_too_much(uint64_t steps, uint64_t changes)
{
	return steps > LIMIT_TREE_STEPS || changes > LIMIT_CHANGES;
}

/* Compares the commits [at, end) as long as they alone are not too much. */
static void run_chunk(struct job *j, struct harvest *h, struct treediff *d,
		      size_t at, size_t end)
{
	uint64_t steps = 0, changes = 0;
	uint32_t hint = 0;

	for (; at < end && !is_too_much(steps, changes); at++) {
		compare_trees(j, h, d, (uint32_t)at, &hint);
		steps += j->known.efforts[at].steps;
		changes += j->known.efforts[at].changes;
	}
	atomic_fetch_add(&j->steps, steps);
	atomic_fetch_add(&j->n_changes, changes);
}

static void run_trees(void *arg, unsigned number)
{
	struct job *j = arg;
	struct walk *w = j->churn->walk;
	struct harvest *h = &j->harvests[number];
	struct odb_reader *r = odb_reader_new(&w->git->odb, TREE_CACHE);
	struct treediff d;
	size_t at, end;

	paths_init(&h->paths);
	treediff_init(&d, r, w->git->oid_bytes, &h->paths);
	while (!is_too_much(atomic_load(&j->steps),
			    atomic_load(&j->n_changes)) &&
	       walk_step(w, TREE_CHUNK) &&
	       (at = atomic_fetch_add(&j->next, TREE_CHUNK)) <
		       w->commits.n) {
		end = at + TREE_CHUNK;
		run_chunk(j, h, &d, at, end < w->commits.n ? end
							  : w->commits.n);
	}
	treediff_release(&d);
	odb_reader_free(r);
}

/* ---- between the steps ------------------------------------------------- */

static struct churn_blob shifted(struct churn_blob b, size_t by)
{
	if (b.key & OTHER)
		b.key += by;
	return b;
}

/*
 * How many commits, from the first, are not too much together.  Chunks are
 * taken in order, so all of these were compared, whatever thread did it.
 */
static size_t affordable(const struct job *j)
{
	uint64_t steps = 0, changes = 0;
	size_t n = j->churn->walk->commits.n;

	for (size_t i = 0; i < n; i++) {
		steps += j->known.efforts[i].steps;
		changes += j->known.efforts[i].changes;
		if (is_too_much(steps, changes))
			return i;
	}
	return n;
}

/* Takes over what a thread found out about commits before `end`. */
static void gather(struct job *j, struct harvest *h, size_t end)
{
	struct churn *c = j->churn;
	uint32_t *map = paths_merge(&c->paths, &h->paths);
	size_t shift = c->others.list.n;

	for (size_t i = 0; i < h->others.list.n; i++)
		vec_push(&c->others.list, h->others.list.v[i]);
	for (size_t i = 0; i < h->changes.n; i++) {
		struct churn_change change = h->changes.v[i];

		if (change.commit >= end)
			continue;
		change.path = map[change.path];
		change.old = shifted(change.old, shift);
		change.new = shifted(change.new, shift);
		vec_push(&c->changes, change);
	}
	for (size_t i = 0; i < h->troubles.list.n; i++)
		if (h->troubles.list.v[i].commit < end)
			vec_push(&j->troubles.list, h->troubles.list.v[i]);
	vec_clear(&h->troubles.list);
	free(map);
	paths_release(&h->paths);
	vec_release(&h->others.list);
	vec_release(&h->changes);
}

/* The same for what is known from a memo. */
static void gather_known(struct job *j, size_t end)
{
	struct churn *c = j->churn;
	uint32_t *map = paths_merge(&c->paths, &j->known.paths);

	for (size_t i = 0; i < j->known.changes.n; i++) {
		struct churn_change change = j->known.changes.v[i];

		change.path = map[change.path];
		if (change.commit < end)
			vec_push(&c->changes, change);
	}
	for (size_t i = 0; i < j->known.some.n; i++)
		j->known.some.v[i].path = map[j->known.some.v[i].path];
	free(map);
	paths_release(&j->known.paths);
	vec_release(&j->known.changes);
}

static int compare_changes(const void *va, const void *vb)
{
	const struct churn_change *a = va, *b = vb;

	if (a->path != b->path)
		return a->path < b->path ? -1 : 1;
	return (a->commit > b->commit) - (a->commit < b->commit);
}

/* ---- blobs ------------------------------------------------------------- */

struct pairer {
	struct job *job;
	unsigned number;
	struct odb_reader *reader;
	struct diff_work *work;
	char link[2][64 + 2 * OID_MAX_BYTES]; /* texts of gitlinks */
};

/* What stands in for a submodule's commit. */
static struct str gitlink_text(struct pairer *p, const struct oid *id,
			       unsigned side)
{
	struct arena scratch = {0};
	size_t bytes = p->job->churn->walk->git->oid_bytes;
	struct str text = arena_fmt(&scratch, "Subproject commit %s\n",
				    oid_hex(id, bytes, &scratch).p);

	memcpy(p->link[side], text.p, text.n);
	text.p = p->link[side];
	arena_release(&scratch);
	return text;
}

static enum err read_side(struct pairer *p, struct churn_blob b,
			  unsigned side, struct object **ret_object,
			  struct str *ret)
{
	const struct churn *c = p->job->churn;
	const struct oid *id = NULL;
	enum err e;

	*ret_object = NULL;
	*ret = STR("");
	if (!b.key)
		return OK;
	if (b.key & OTHER)
		id = &c->others.list.v[(b.key & ~(OTHER | GITLINK)) - 1];
	if (b.key & GITLINK) {
		*ret = gitlink_text(p, id, side);
		return OK;
	}
	e = id ? odb_read(p->reader, id, LIMIT_BLOB_BYTES, ret_object)
	       : odb_read_key(p->reader, b.key, LIMIT_BLOB_BYTES,
			      ret_object);
	if (!e && (*ret_object)->type != PACK_BLOB)
		e = ERR_FORMAT;
	if (!e)
		*ret = str_n((*ret_object)->p, (*ret_object)->n);
	return e;
}

static void compare_pair(struct pairer *p, struct churn_change *c)
{
	struct object *objects[2] = {0};
	struct str old, new;
	struct diff_counts counts = {0};
	enum err e;

	if (c->is_known || c->old.key == c->new.key)
		return; /* or only the mode */
	e = read_side(p, c->old, 0, &objects[0], &old);
	if (!e)
		e = read_side(p, c->new, 1, &objects[1], &new);
	if (!e)
		e = diff_count(p->work, old, new, &counts);
	if (!e)
		c->class = (uint8_t)classify_file(
			&p->job->churn->classes, c->path,
			c->new.key ? new : old);
	odb_drop(p->reader, objects[0]);
	odb_drop(p->reader, objects[1]);
	c->added = counts.added;
	c->deleted = counts.deleted;
	c->is_binary = counts.is_binary;
	c->error = (uint8_t)e;
	if (e)
		vec_push(&p->job->harvests[p->number].troubles.list,
			 ((struct trouble){c->commit, e, 1}));
}

static void run_pairs(void *arg, unsigned number)
{
	struct job *j = arg;
	struct churn *c = j->churn;
	struct pairer p = {.job = j, .number = number};
	size_t first, at;

	p.reader = odb_reader_new(&c->walk->git->odb, BLOB_CACHE);
	p.work = diff_work_new();
	while (walk_step(c->walk, PAIR_CHUNK) &&
	       (first = atomic_fetch_add(&j->next, PAIR_CHUNK)) <
		       c->changes.n)
		for (at = first; at < first + PAIR_CHUNK &&
				 at < c->changes.n; at++)
			compare_pair(&p, &c->changes.v[at]);
	diff_work_free(p.work);
	odb_reader_free(p.reader);
}

/* ---- telling ----------------------------------------------------------- */

static int compare_troubles(const void *va, const void *vb, void *with)
{
	const struct trouble *a = va, *b = vb;
	const struct walk *w = with;
	int c = a->commit == b->commit
			? 0
			: memcmp(&w->commits.v[a->commit].id,
				 &w->commits.v[b->commit].id,
				 sizeof(struct oid));

	return c ? c : (a->e > b->e) - (a->e < b->e);
}

static void tell(struct walk *w, const struct trouble *t, struct diags *ds)
{
	struct arena scratch = {0};
	const char *id = oid_hex(&w->commits.v[t->commit].id,
				 w->git->oid_bytes, &scratch).p;
	enum diag_code code = RW1412;

	if (t->e == ERR_NOTFOUND)
		code = w->git->odb.has_promised ? RW1405 : RW1403;
	if (t->n)
		diag_add(ds, odb_is_damage(t->e) ? code : RW1414,
			 gitdir_place(w->git, ""),
			 "commit %s: the lines of %llu files are not "
			 "counted: %s", id, (unsigned long long)t->n,
			 err_name(t->e));
	else
		diag_add(ds, code, gitdir_place(w->git, ""),
			 "commit %s: not all of its changes are counted: %s",
			 id, err_name(t->e));
	arena_release(&scratch);
}

/* Tells the troubles of all threads, one for a commit and an error. */
static void tell_all(struct job *j, struct diags *ds)
{
	struct troubles *all = &j->troubles;
	size_t n = all->list.n;

	if (n > 1)
		qsort_r(all->list.v, n, sizeof *all->list.v,
			compare_troubles, j->churn->walk);
	for (size_t i = 0; i < n; i++) {
		struct trouble t = all->list.v[i];

		while (i + 1 < n && all->list.v[i + 1].commit == t.commit &&
		       all->list.v[i + 1].e == t.e)
			t.n += all->list.v[++i].n;
		tell(j->churn->walk, &t, ds);
	}
	vec_release(&all->list);
}

/* ---- everything together ----------------------------------------------- */

/* Leaves the changes of files that count. */
static void keep_wanted(struct churn *c, const struct select_what *what)
{
	struct select s;
	size_t n = 0;

	select_init(&s, &c->paths, what);
	for (size_t i = 0; i < c->changes.n; i++)
		if (select_has(&s, c->changes.v[i].path))
			c->changes.v[n++] = c->changes.v[i];
	c->changes.n = n;
	select_release(&s);
}

static void begin(struct walk *w, const char *what, size_t n)
{
	if (w->meter)
		meter_begin(w->meter, what, n);
}

/* Tells where the time was up; the steps that were begun were finished. */
static void tell_late(struct job *j, const char *what, size_t n,
		      struct diags *ds)
{
	struct walk *w = j->churn->walk;
	size_t done = atomic_load(&j->next);

	if (done < n && walk_is_late(w))
		diag_add(ds, RW1413, gitdir_place(w->git, ""),
			 "the time was up: lines are counted of %zu of %zu %s",
			 done, n, what);
}

/* Of commits some of whose files could not be counted the others are known:
 * both lists are sorted. */
static void fill_some(struct job *j)
{
	struct churn *c = j->churn;
	size_t at = 0;

	vec_sort(&j->known.some, compare_changes);
	for (size_t i = 0; i < c->changes.n; i++) {
		struct churn_change *to = &c->changes.v[i];
		const struct churn_change *from;

		while (at < j->known.some.n &&
		       compare_changes(&j->known.some.v[at], to) < 0)
			at++;
		from = at < j->known.some.n ? &j->known.some.v[at] : NULL;
		if (!from || to->is_known || compare_changes(from, to) ||
		    !from->old.key != !to->old.key ||
		    !from->new.key != !to->new.key)
			continue;
		to->added = from->added;
		to->deleted = from->deleted;
		to->is_binary = from->is_binary;
		to->class = from->class;
		to->is_known = true;
	}
	vec_release(&j->known.some);
}

static void init_known(struct job *j)
{
	size_t n = j->churn->walk->commits.n;

	j->known = (struct churn_known){
		.has = mem_new(n, sizeof *j->known.has),
		.efforts = mem_new(n, sizeof *j->known.efforts)};
	paths_init(&j->known.paths);
}

static void release_known(struct job *j)
{
	paths_release(&j->known.paths);
	vec_release(&j->known.changes);
	vec_release(&j->known.some);
	free(j->known.has);
	free(j->known.efforts);
}

static void recall(struct job *j, const struct memo *m)
{
	init_known(j);
	if (!m || churn_memo_read(j->churn->walk, m, &j->known))
		return;
	release_known(j);
	init_known(j);
}

/* Leaves what was found for the next time, if anything is new. */
static void remember(struct job *j, size_t end, struct memo *m)
{
	const struct walk *w = j->churn->walk;
	uint8_t *rest = mem_new(w->commits.n, sizeof *rest);
	bool is_new = j->wanted != NULL; /* even if it is nothing */

	for (uint32_t i = 0; i < w->commits.n; i++)
		if (!is_wanted(j, i))
			rest[i] = CHURN_MEMO_NONE;
	for (size_t i = 0; i < j->troubles.list.n; i++) {
		const struct trouble *t = &j->troubles.list.v[i];
		uint8_t left = t->n ? CHURN_MEMO_SOME : CHURN_MEMO_NONE;

		if (rest[t->commit] < left)
			rest[t->commit] = left;
	}
	for (size_t i = 0; i < end && !is_new; i++)
		is_new = !j->known.has[i] && !rest[i] &&
			 churn_compares(w, &w->commits.v[i]);
	if (is_new)
		churn_memo_write(j->churn, &j->known, rest, end,
				 &m->after[MEMO_CHURN]);
	free(rest);
}

/* Compares all trees and puts what the threads found together; how many
 * commits count, from the first. */
static size_t compare_commits(struct job *j, unsigned threads,
			      struct diags *ds)
{
	struct walk *w = j->churn->walk;
	size_t end;

	begin(w, "comparing trees", w->commits.n);
	threads_run(threads, run_trees, j);
	end = affordable(j);
	tell_late(j, "commits", w->commits.n, ds);
	gather_known(j, end);
	for (unsigned i = 0; i < threads; i++)
		gather(j, &j->harvests[i], end);
	if (end < w->commits.n)
		diag_add(ds, RW1413, gitdir_place(w->git, ""),
			 "so much was changed that lines are counted for the "
			 "%zu newest of %zu commits only", end, w->commits.n);
	vec_sort(&j->churn->changes, compare_changes);
	fill_some(j);
	return end;
}

void churn_run(struct churn *c, struct walk *w,
	       const struct churn_options *o, struct diags *ds)
{
	bool *wanted = slice_commits(o->slice, w);
	struct job j = {.churn = c, .wanted = wanted};
	unsigned threads = w->threads;
	size_t end;

	*c = (struct churn){.walk = w};
	paths_init(&c->paths);
	odb_prepare(&w->git->odb);
	j.harvests = mem_new(threads, sizeof *j.harvests);
	recall(&j, o->memo);
	end = compare_commits(&j, threads, ds);
	keep_wanted(c, o->what);
	classify_init(&c->classes, &c->paths, o->choices);
	atomic_store(&j.next, 0);
	begin(w, "counting changed lines", c->changes.n);
	threads_run(threads, run_pairs, &j);
	tell_late(&j, "changed files", c->changes.n, ds);
	for (unsigned i = 0; i < threads; i++) {
		struct troubles *from = &j.harvests[i].troubles;

		for (size_t k = 0; k < from->list.n; k++)
			vec_push(&j.troubles.list, from->list.v[k]);
		vec_release(&from->list);
	}
	free(j.harvests);
	if (o->memo && !o->memo->is_last)
		remember(&j, end, o->memo);
	release_known(&j);
	tell_all(&j, ds);
	free(wanted);
}

void churn_sum(const struct churn *c)
{
	walk_count_lines(c->walk);
	for (size_t i = 0; i < c->changes.n; i++) {
		const struct churn_change *change = &c->changes.v[i];
		struct walk_lines *l = &c->walk->lines[change->commit];

		l->of[change->class].added += change->added;
		l->of[change->class].deleted += change->deleted;
		l->created += change->old.key ? 0 : change->added;
		l->is_lost |= change->error && classify_may_be_source(
						       &c->classes,
						       change->path);
	}
}

void churn_release(struct churn *c)
{
	vec_release(&c->changes);
	vec_release(&c->others.list);
	classify_release(&c->classes);
	paths_release(&c->paths);
}
