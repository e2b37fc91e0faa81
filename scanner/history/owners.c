/*
 * Lines come from the passes of blame, file by file; changes from the trees
 * that these passes were made for, so that nothing is read again.  At any
 * commit a change of a path counts for the files of the head that had this
 * path then: several where a file was taken apart.
 */
#include "history/owners.h"

#include <stdlib.h>

#include "base/date.h"
#include "base/limits.h"

#define SOME ((size_t)1 << 20) /* entries: more are put together first */

/* ---- holders ----------------------------------------------------------- */

static int32_t year_of(int32_t day)
{
	int year, month, of_month;

	date_civil(day, &year, &month, &of_month);
	return year;
}

static int compare_holders(const void *va, const void *vb)
{
	const struct ownership_holder *a = va, *b = vb;
	int d = str_cmp(a->host, b->host);

	return d ? d : (a->year > b->year) - (a->year < b->year);
}

static struct ownership_holder holder_of(const struct walk *w, size_t commit,
					 bool *ret_is_bot)
{
	const struct walk_commit *c = &w->commits.v[commit];
	const struct address *a = &w->addresses.list.v[
		address_find(&w->addresses, c->address)];

	*ret_is_bot = a->is_bot;
	return (struct ownership_holder){a->host, year_of(c->day)};
}

static void number_holders(struct owners *o)
{
	const struct walk *w = o->walk;
	size_t n = 0;

	for (size_t i = 0; i < w->commits.n; i++)
		if (w->commits.v[i].state == WALK_READ)
			vec_push(&o->holders,
				 holder_of(w, i, &o->is_bot[i]));
	vec_sort(&o->holders, compare_holders);
	for (size_t i = 0; i < o->holders.n; i++)
		if (!n || compare_holders(&o->holders.v[n - 1],
					  &o->holders.v[i]))
			o->holders.v[n++] = o->holders.v[i];
	o->holders.n = n;
}

static void place_holders(struct owners *o)
{
	const struct walk *w = o->walk;
	bool is_bot;

	for (size_t i = 0; i < w->commits.n; i++) {
		struct ownership_holder h;
		const struct ownership_holder *at;

		o->holder[i] = OWNERSHIP_NOBODY;
		if (w->commits.v[i].state != WALK_READ)
			continue;
		h = holder_of(w, i, &is_bot);
		at = bsearch(&h, o->holders.v, o->holders.n, sizeof h,
			     compare_holders);
		o->holder[i] = (uint32_t)(at - o->holders.v);
	}
}

void owners_init(struct owners *o, const struct walk *w)
{
	*o = (struct owners){.walk = w};
	o->holder = mem_new(w->commits.n, sizeof *o->holder);
	o->is_bot = mem_new(w->commits.n, sizeof *o->is_bot);
	o->parts = mem_new(w->threads, sizeof *o->parts);
	number_holders(o);
	place_holders(o);
}

void owners_release(struct owners *o)
{
	for (unsigned t = 0; o->parts && t < o->walk->threads; t++) {
		vec_release(&o->parts[t].entries.list);
		vec_release(&o->parts[t].renames);
	}
	free(o->parts);
	free(o->holder);
	free(o->is_bot);
	free(o->creators);
	vec_release(&o->holders);
	vec_release(&o->entries.list);
	vec_release(&o->files);
}

/* ---- entries ----------------------------------------------------------- */

static int compare_entries(const void *va, const void *vb)
{
	const struct owners_entry *a = va, *b = vb;

	if (a->file != b->file)
		return a->file < b->file ? -1 : 1;
	return (a->holder > b->holder) - (a->holder < b->holder);
}

/* Puts entries of one file and holder together, from the first of those that
 * may have any. */
static void join(struct owners_entries *e, size_t first)
{
	size_t n = first;

	if (e->list.n > first + 1)
		qsort(&e->list.v[first], e->list.n - first,
		      sizeof *e->list.v, compare_entries);
	for (size_t i = first; i < e->list.n; i++) {
		const struct owners_entry *x = &e->list.v[i];
		struct owners_entry *to = n > first ? &e->list.v[n - 1] : NULL;

		if (!to || compare_entries(to, x)) {
			e->list.v[n++] = *x;
			continue;
		}
		to->deliveries += x->deliveries;
		to->lines += x->lines;
	}
	e->list.n = e->settled = n;
}

void owners_lines(struct owners *o, unsigned thread, uint32_t file,
		  uint32_t commit, uint32_t n)
{
	struct owners_entries *e = &o->parts[thread].entries;
	uint32_t holder = o->holder[commit];
	struct owners_entry *last = e->list.n ? &e->list.v[e->list.n - 1]
					      : NULL;

	if (holder == OWNERSHIP_NOBODY)
		return;
	if (last && e->list.n > e->settled && last->file == file &&
	    last->holder == holder)
		last->lines += n;
	else
		vec_push(&e->list, ((struct owners_entry){file, holder, 0,
							  n}));
}

void owners_renamed(struct owners *o, unsigned thread,
		    struct owners_rename r)
{
	vec_push(&o->parts[thread].renames, r);
}

void owners_rest(struct owners *o, unsigned thread)
{
	struct owners_entries *e = &o->parts[thread].entries;

	join(e, e->settled);
}

/* ---- changes ----------------------------------------------------------- */

/* A file that has a path; the next one that has it too. */
struct occupant {
	uint32_t file;
	uint32_t next;       /* its number + 1; 0: there is none */
};

/* Commits being gone through. */
struct following {
	struct owners *owners;
	const struct firstdiff *diffs;
	uint32_t *at;        /* of each path, its first place + 1; 0: none */
	VEC(struct occupant) places;
	uint32_t *moved;     /* of each file, commit + 1 that moved it last */
	uint32_t *changed;   /* the same: changed it */
	VEC(struct owners_rename) renames; /* by commit */
	size_t *first;       /* of them, of each commit, and the end */
	uint64_t steps;
};

static void put(struct following *f, uint32_t path, uint32_t file)
{
	vec_push(&f->places, ((struct occupant){file, f->at[path]}));
	f->at[path] = (uint32_t)f->places.n;
}

static int compare_renames(const void *va, const void *vb)
{
	const struct owners_rename *a = va, *b = vb;

	if (a->commit != b->commit)
		return a->commit < b->commit ? -1 : 1;
	if (a->file != b->file)
		return a->file < b->file ? -1 : 1;
	return (a->path > b->path) - (a->path < b->path);
}

/* Puts the renames of all threads in the order of commits. */
static void sort_renames(struct following *f)
{
	struct owners *o = f->owners;
	size_t n = o->walk->commits.n, next = 0;

	for (unsigned t = 0; t < o->walk->threads; t++)
		for (size_t i = 0; i < o->parts[t].renames.n; i++) {
			struct owners_rename r = o->parts[t].renames.v[i];

			if (o->files.v[r.file].lines)
				vec_push(&f->renames, r);
		}
	vec_sort(&f->renames, compare_renames);
	f->first = mem_new(n + 1, sizeof *f->first);
	for (size_t i = 0; i <= n; i++) {
		while (next < f->renames.n && f->renames.v[next].commit < i)
			next++;
		f->first[i] = next;
	}
}

static void mark_moved(struct following *f, uint32_t commit)
{
	for (size_t i = f->first[commit]; i < f->first[commit + 1]; i++)
		f->moved[f->renames.v[i].file] = commit + 1;
}

/* Whoever was moved to a path in a commit was not there before it. */
static void leave(struct following *f, uint32_t path, uint32_t commit)
{
	uint32_t *link = &f->at[path];

	for (; *link; f->steps++) {
		struct occupant *p = &f->places.v[*link - 1];

		if (f->moved[p->file] == commit + 1)
			*link = p->next;
		else
			link = &p->next;
	}
}

/* Before this commit files are where they came from.  A merge has other
 * parents, in which they may be where they are now. */
static void move_files(struct following *f, uint32_t commit)
{
	const struct firstdiff *d = f->diffs;
	size_t first = f->first[commit], end = f->first[commit + 1];

	if (first < end && f->owners->walk->commits.v[commit].n_parents < 2)
		for (size_t i = d->first[commit]; i < d->first[commit + 1];
		     i++)
			if (!d->changes.v[i].old_mode)
				leave(f, d->changes.v[i].path, commit);
	for (size_t i = first; i < end; i++) {
		const struct owners_rename *r = &f->renames.v[i];

		if (i == first || compare_renames(r - 1, r))
			put(f, r->path, r->file);
	}
}

static bool is_delivery(const struct following *f, uint32_t commit)
{
	const struct walk *w = f->owners->walk;
	const struct walk_commit *c = &w->commits.v[commit];

	return c->state == WALK_READ && c->has_tree && c->n_parents < 2 &&
	       !f->diffs->error[commit] && !gitdir_is_shallow(w->git, &c->id);
}

/* The oldest commit that adds a file comes last, and stays its creator. */
static void follow_file(struct following *f, uint32_t commit, uint32_t file,
			bool is_new)
{
	struct owners *o = f->owners;
	uint32_t holder = o->holder[commit];

	if (is_new && f->moved[file] != commit + 1)
		o->creators[file] = o->is_bot[commit] ? OWNERSHIP_NOBODY
						      : holder;
	if (f->changed[file] != commit + 1 && !o->is_bot[commit])
		vec_push(&o->entries.list,
			 ((struct owners_entry){file, holder, 1, 0}));
	f->changed[file] = commit + 1;
	f->steps++;
}

static void follow_commit(struct following *f, uint32_t commit)
{
	const struct firstdiff *d = f->diffs;
	struct owners_entries *e = &f->owners->entries;

	for (size_t i = d->first[commit]; i < d->first[commit + 1]; i++) {
		const struct firstdiff_change *c = &d->changes.v[i];
		uint32_t at = c->new_mode ? f->at[c->path] : 0;

		for (; at; at = f->places.v[at - 1].next)
			follow_file(f, commit, f->places.v[at - 1].file,
				    !c->old_mode);
	}
	if (e->list.n - e->settled > SOME + e->settled)
		join(e, 0);
}

/* The lines of all threads, and nobody as a creator yet. */
static void gather(struct owners *o)
{
	o->creators = mem_new(o->files.n, sizeof *o->creators);
	for (size_t i = 0; i < o->files.n; i++)
		o->creators[i] = OWNERSHIP_NOBODY;
	for (unsigned t = 0; t < o->walk->threads; t++) {
		struct owners_entries *e = &o->parts[t].entries;

		for (size_t i = 0; i < e->list.n; i++)
			vec_push(&o->entries.list, e->list.v[i]);
		vec_release(&e->list);
	}
}

bool owners_follow(struct owners *o, const struct firstdiff *diffs,
		   const uint32_t *order, size_t n)
{
	struct following f = {.owners = o, .diffs = diffs};

	f.at = mem_new(diffs->paths.nodes.n, sizeof *f.at);
	f.moved = mem_new(o->files.n, sizeof *f.moved);
	f.changed = mem_new(o->files.n, sizeof *f.changed);
	for (uint32_t i = 0; i < o->files.n; i++)
		if (o->files.v[i].lines)
			put(&f, o->files.v[i].path, i);
	sort_renames(&f);
	gather(o);
	for (size_t i = 0; i < n && f.steps <= LIMIT_OWNER_STEPS; i++) {
		mark_moved(&f, order[i]);
		if (is_delivery(&f, order[i]))
			follow_commit(&f, order[i]);
		move_files(&f, order[i]);
	}
	join(&o->entries, 0);
	o->is_done = f.steps <= LIMIT_OWNER_STEPS;
	vec_release(&f.places);
	vec_release(&f.renames);
	free(f.first);
	free(f.at);
	free(f.moved);
	free(f.changed);
	return o->is_done;
}

/* ---- rows -------------------------------------------------------------- */

/* Adds the row of a file, whose entries begin at `at`; where they end. */
static size_t add_row(const struct owners *o, size_t file, size_t at,
		      struct ownership *ret)
{
	struct ownership_row r = {.files = 1, .first = ret->shares.n,
				  .lines = o->files.v[file].lines,
				  .creator = o->creators[file]};

	for (; at < o->entries.list.n && o->entries.list.v[at].file == file;
	     at++) {
		const struct owners_entry *e = &o->entries.list.v[at];

		if (!r.lines)
			continue;
		r.deliveries += e->deliveries;
		vec_push(&ret->shares, ((struct ownership_share){
			e->holder, e->deliveries, e->lines}));
	}
	r.n = ret->shares.n - r.first;
	if (r.lines)
		vec_push(&ret->rows, r);
	return at;
}

void owners_write(const struct owners *o, struct arena *a,
		  struct ownership *ret)
{
	size_t at = 0;

	*ret = (struct ownership){.is_known = o->is_done};
	if (!o->is_done)
		return;
	for (size_t i = 0; i < o->holders.n; i++)
		vec_push(&ret->holders, o->holders.v[i]);
	for (size_t i = 0; i < o->files.n; i++)
		at = add_row(o, i, at, ret);
	ownership_settle(ret);
	for (size_t i = 0; i < ret->holders.n; i++)
		ret->holders.v[i].host = arena_dup(a, ret->holders.v[i].host);
}
