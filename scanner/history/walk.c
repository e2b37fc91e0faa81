/* A stack of commits to read, and a table of those that are known. */
#include "history/walk.h"

#include <stdlib.h>

#include "history/ahead.h"
#include "history/commit.h"

#define AHEAD_FROM 256 /* commits; before, threads are not worth it */

void walk_init(struct walk *w, struct gitdir *g, const struct facts *facts)
{
	*w = (struct walk){.git = g, .max_commits = LIMIT_COMMITS,
			   .threads = 1, .facts = facts};
	address_init(&w->addresses, facts);
}

void walk_release(struct walk *w)
{
	vec_release(&w->commits);
	vec_release(&w->parents);
	vec_release(&w->coauthors);
	vec_release(&w->signers);
	free(w->lines);
	vec_release(&w->failures);
	free(w->table);
	address_release(&w->addresses);
}

static size_t slot_of(const struct walk *w, const struct oid *id)
{
	size_t i = oid_word(id) & (w->cap - 1);

	while (w->table[i] && !oid_eq(&w->commits.v[w->table[i] - 1].id, id))
		i = (i + 1) & (w->cap - 1);
	return i;
}

static void grow(struct walk *w)
{
	free(w->table);
	w->cap = w->cap ? w->cap * 2 : 4096;
	w->table = mem_new(w->cap, sizeof *w->table);
	for (size_t i = 0; i < w->commits.n; i++)
		w->table[slot_of(w, &w->commits.v[i].id)] = (uint32_t)i + 1;
}

/* The index of a commit, which becomes known. */
static uint32_t index_of(struct walk *w, const struct oid *id)
{
	size_t slot;

	if ((w->commits.n + 1) * 2 > w->cap)
		grow(w);
	slot = slot_of(w, id);
	if (!w->table[slot]) {
		struct walk_commit *c = vec_add(&w->commits);

		*c = (struct walk_commit){.id = *id};
		w->table[slot] = (uint32_t)w->commits.n;
	}
	return w->table[slot] - 1;
}

bool walk_find(const struct walk *w, const struct oid *id, uint32_t *ret)
{
	size_t slot = w->cap ? slot_of(w, id) : 0;

	if (!w->cap || !w->table[slot])
		return false;
	*ret = w->table[slot] - 1;
	return true;
}

static void fail(struct walk *w, uint32_t at, enum err e)
{
	w->commits.v[at].state = WALK_FAILED;
	vec_push(&w->failures, ((struct walk_failure){at, e}));
}

static void take(struct walk *w, uint32_t at, const struct record *r,
		 const struct record_lists *lists)
{
	bool is_cut = gitdir_is_shallow(w->git, &w->commits.v[at].id);
	size_t first = w->parents.n, coauthors = w->coauthors.n;
	struct walk_commit *c;

	if (!oid_eq(&r->id, &w->commits.v[at].id)) {
		fail(w, at, ERR_FORMAT);
		return;
	}
	for (uint32_t i = 0; i < r->n_parents && !is_cut; i++)
		vec_push(&w->parents, index_of(
			w, &lists->parents.list.v[r->parents + i]));
	for (uint32_t i = 0; i < r->n_coauthors; i++)
		vec_push(&w->coauthors,
			 lists->coauthors.v[r->coauthors + i]);
	for (uint32_t i = 0; i < r->n_signers; i++)
		vec_push(&w->signers, ((struct walk_signer){
			at, lists->signers.v[r->signers + i]}));
	c = &w->commits.v[at];
	c->coauthors = coauthors;
	c->n_coauthors = r->n_coauthors;
	c->is_squashed = r->is_squashed;
	c->is_automatic = r->is_automatic;
	c->is_signed_off = r->is_signed_off;
	c->signature = r->signature;
	c->parents = first;
	c->n_parents = (uint32_t)(w->parents.n - first);
	c->address = r->address;
	c->name = r->name;
	c->day = r->day;
	c->flaws = r->flaws;
	c->tree = r->tree;
	c->has_tree = r->has_tree;
	c->state = WALK_READ;
}

/* ---- what is to be read next ------------------------------------------ */

/* A heap by place in the packs: reading goes through a pack once.  Or by the
 * order in which commits became known: the nearest to the tip first. */
struct todo {
	uint32_t commit;
	uint64_t order;
	struct odb_spot spot;
};

struct todos {
	VEC(struct todo) heap;
	uint64_t n_pushed;
	uint32_t hint;
};

static bool is_before(const struct todo *a, const struct todo *b)
{
	return a->order < b->order;
}

static uint64_t order_of(const struct walk *w, struct todos *t,
			 struct odb_spot spot)
{
	if (w->is_nearest_first)
		return t->n_pushed++;
	return spot.pack == UINT32_MAX ? UINT64_MAX : odb_key(spot);
}

static void push(struct walk *w, struct todos *t, uint32_t commit)
{
	struct todo new = {.commit = commit,
			   .spot = odb_find(&w->git->odb,
					    &w->commits.v[commit].id,
					    &t->hint)};
	size_t i = t->heap.n;

	new.order = order_of(w, t, new.spot);
	vec_push(&t->heap, new);
	for (; i && is_before(&new, &t->heap.v[(i - 1) / 2]); i = (i - 1) / 2)
		t->heap.v[i] = t->heap.v[(i - 1) / 2];
	t->heap.v[i] = new;
}

static struct todo pop(struct todos *t)
{
	struct todo first = t->heap.v[0], last = t->heap.v[--t->heap.n];
	size_t n = t->heap.n, i = 0;

	for (size_t below = 1; below < n; below = 2 * i + 1) {
		if (below + 1 < n && is_before(&t->heap.v[below + 1],
					       &t->heap.v[below]))
			below++;
		if (!is_before(&t->heap.v[below], &last))
			break;
		t->heap.v[i] = t->heap.v[below];
		i = below;
	}
	if (n)
		t->heap.v[i] = last;
	return first;
}

/* ---- reading ----------------------------------------------------------- */

static void read_commit(struct walk *w, struct odb_reader *r,
			const struct todo *t)
{
	uint32_t at = t->commit;
	struct record_lists lists = {0};
	struct record record;
	struct object *o;
	enum err e = odb_read_spot(r, &w->commits.v[at].id, t->spot,
				   LIMIT_COMMIT_BYTES, &o);

	if (e) {
		fail(w, at, e);
	} else if (o->type != PACK_COMMIT) {
		fail(w, at, ERR_UNSUPPORTED);
	} else {
		record_parse(&record, str_n(o->p, o->n),
			     (struct record_by){w->git->oid_bytes, w->keys},
			     &w->addresses, &lists);
		take(w, at, &record, &lists);
	}
	record_lists_release(&lists);
	odb_drop(r, o);
}

static void load_commit(struct walk *w, struct odb_reader *r,
			struct ahead *ahead, const struct todo *t)
{
	const struct record_lists *lists;
	const struct record *record =
		ahead ? ahead_find(ahead, t->spot, &lists) : NULL;

	if (record)
		take(w, t->commit, record, lists);
	else
		read_commit(w, r, t);
}

/* Adds the parents of a commit that nobody has asked for yet. */
static void push_parents(struct walk *w, struct todos *todos, uint32_t at)
{
	const struct walk_commit *c = &w->commits.v[at];

	for (size_t i = 0; i < c->n_parents; i++) {
		struct walk_commit *parent =
			&w->commits.v[w->parents.v[c->parents + i]];

		if (parent->state != WALK_KNOWN)
			continue;
		parent->state = WALK_ASKED;
		push(w, todos, w->parents.v[c->parents + i]);
	}
}

void walk_load(struct walk *w, struct odb_reader *r, const struct oid *tip)
{
	struct todos todos = {0};
	struct ahead *ahead = NULL;
	uint32_t first = index_of(w, tip);
	size_t n = 0;

	if (w->commits.v[first].state == WALK_KNOWN)
		push(w, &todos, first);
	while (todos.heap.n) {
		struct todo t = pop(&todos);

		if (w->n_read >= w->max_commits || !walk_step(w, 1)) {
			w->is_cut = true;
			w->commits.v[t.commit].state = WALK_KNOWN;
			break;
		}
		w->n_read++;
		if (++n == AHEAD_FROM && !w->is_nearest_first)
			ahead = ahead_start(&w->git->odb, w->threads,
					    w->facts, w->keys);
		load_commit(w, r, ahead, &t);
		push_parents(w, &todos, t.commit);
	}
	for (size_t i = 0; i < todos.heap.n; i++)
		w->commits.v[todos.heap.v[i].commit].state = WALK_KNOWN;
	ahead_stop(ahead, &w->addresses);
	vec_release(&todos.heap);
}

bool walk_step(struct walk *w, uint64_t n)
{
	return !w->meter || meter_step(w->meter, n);
}

bool walk_is_late(const struct walk *w)
{
	return w->meter && atomic_load(&w->meter->is_over);
}

void walk_hide_before(struct walk *w, int32_t day)
{
	for (size_t i = 0; i < w->commits.n; i++)
		if (w->commits.v[i].day < day)
			w->commits.v[i].is_hidden = true;
}

void walk_count_lines(struct walk *w)
{
	if (!w->lines)
		w->lines = mem_new(w->commits.n, sizeof *w->lines);
}

void walk_hide(struct walk *w, const struct oid *tip)
{
	struct { VEC(uint32_t) list; } todo = {0};

	vec_push(&todo.list, index_of(w, tip));
	while (todo.list.n) {
		uint32_t at = todo.list.v[--todo.list.n];
		struct walk_commit *c = &w->commits.v[at];

		if (c->is_hidden)
			continue;
		c->is_hidden = true;
		for (size_t i = 0; i < c->n_parents; i++)
			vec_push(&todo.list, w->parents.v[c->parents + i]);
	}
	vec_release(&todo.list);
}

uint32_t *walk_order(const struct walk *w, size_t *ret_n)
{
	size_t n = w->commits.n, n_stack = 0, done = 0;
	uint32_t *children = mem_new(n, sizeof *children);
	uint32_t *stack = mem_new(n, sizeof *stack);
	uint32_t *order = mem_new(n, sizeof *order);

	for (size_t i = 0; i < w->parents.n; i++)
		children[w->parents.v[i]]++;
	for (size_t i = n; i-- > 0; )
		if (!children[i])
			stack[n_stack++] = (uint32_t)i;
	while (n_stack) {
		uint32_t at = stack[--n_stack];
		const struct walk_commit *c = &w->commits.v[at];

		order[done++] = at;
		for (uint32_t i = c->n_parents; i-- > 0; ) {
			uint32_t parent = w->parents.v[c->parents + i];

			if (!--children[parent])
				stack[n_stack++] = parent;
		}
	}
	free(children);
	free(stack);
	*ret_n = done;
	return order;
}

/* ---- what went wrong --------------------------------------------------- */

struct trouble {
	const struct walk_commit *commit;
	enum err e; /* OK: malformed */
};

static int compare_troubles(const void *va, const void *vb)
{
	const struct trouble *a = va, *b = vb;

	return memcmp(&a->commit->id, &b->commit->id, sizeof(struct oid));
}

static void tell(struct walk *w, const struct trouble *t, struct diags *ds)
{
	struct arena scratch = {0};
	struct place at = gitdir_place(w->git, "");
	const char *id = oid_hex(&t->commit->id, w->git->oid_bytes,
				 &scratch).p;

	switch (t->e) {
	case OK:
		diag_add(ds, RW1407, at, "commit %s: %s", id,
			 commit_flaw_text(t->commit->flaws));
		break;
	case ERR_NOTFOUND:
		diag_add(ds, w->git->odb.has_promised ? RW1405 : RW1403, at,
			 "commit %s is not there", id);
		break;
	case ERR_UNSUPPORTED:
		diag_add(ds, RW1412, at, "%s is not a commit", id);
		break;
	case ERR_FORMAT:
		diag_add(ds, RW1412, at, "commit %s is damaged, or another "
			 "than its name says", id);
		break;
	default:
		diag_add(ds, RW1412, at, "commit %s cannot be read: %s", id,
			 err_name(t->e));
	}
	arena_release(&scratch);
}

void walk_report(struct walk *w, struct diags *ds)
{
	struct { VEC(struct trouble) list; } all = {0};

	for (size_t i = 0; i < w->failures.n; i++)
		vec_push(&all.list, ((struct trouble){
			&w->commits.v[w->failures.v[i].commit],
			w->failures.v[i].e}));
	for (size_t i = 0; i < w->commits.n; i++)
		if (w->commits.v[i].flaws && !w->commits.v[i].is_hidden)
			vec_push(&all.list, ((struct trouble){
				&w->commits.v[i], OK}));
	vec_sort(&all.list, compare_troubles);
	for (size_t i = 0; i < all.list.n; i++)
		tell(w, &all.list.v[i], ds);
	vec_release(&all.list);
	if (w->is_cut)
		diag_add(ds, RW1413, gitdir_place(w->git, ""),
			 "only %llu commits were read%s",
			 (unsigned long long)w->n_read,
			 walk_is_late(w) ? ": the time was up" : "");
}
