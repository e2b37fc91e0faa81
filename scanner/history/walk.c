/* A stack of commits to read, and a table of those that are known. */
#include "history/walk.h"

#include <stdlib.h>

#include "base/date.h"
#include "history/commit.h"

void walk_init(struct walk *w, struct gitdir *g, const struct facts *facts)
{
	*w = (struct walk){.git = g, .max_commits = LIMIT_COMMITS};
	address_init(&w->addresses, facts);
}

void walk_release(struct walk *w)
{
	vec_release(&w->commits);
	vec_release(&w->parents);
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

static void take(struct walk *w, uint32_t at, struct str raw)
{
	struct commit_text text;
	struct oid id;
	size_t first = w->parents.n;
	struct walk_commit *c;

	commit_parse(raw, w->git->oid_bytes, &text);
	if (!gitdir_is_shallow(w->git, &w->commits.v[at].id))
		while (commit_next_parent(&text, w->git->oid_bytes, &id))
			vec_push(&w->parents, index_of(w, &id));
	c = &w->commits.v[at];
	c->parents = first;
	c->n_parents = (uint32_t)(w->parents.n - first);
	c->address = address_note(&w->addresses, text.address);
	c->month = date_month(date_of_seconds(text.seconds));
	c->flaws = (uint8_t)text.flaws;
	c->state = WALK_READ;
}

static void fail(struct walk *w, uint32_t at, enum err e)
{
	w->commits.v[at].state = WALK_FAILED;
	vec_push(&w->failures, ((struct walk_failure){at, e}));
}

static void read_commit(struct walk *w, struct odb_reader *r, uint32_t at)
{
	struct object *o;
	enum err e = odb_read(r, &w->commits.v[at].id, LIMIT_COMMIT_BYTES,
			      &o);

	if (e)
		fail(w, at, e);
	else if (o->type != PACK_COMMIT)
		fail(w, at, ERR_UNSUPPORTED);
	else
		take(w, at, str_n(o->p, o->n));
	odb_drop(r, o);
}

void walk_load(struct walk *w, struct odb_reader *r, const struct oid *tip)
{
	struct { VEC(uint32_t) list; } todo = {0};

	vec_push(&todo.list, index_of(w, tip));
	while (todo.list.n) {
		uint32_t at = todo.list.v[--todo.list.n];
		const struct walk_commit *c;

		if (w->commits.v[at].state != WALK_KNOWN)
			continue;
		if (w->n_read++ >= w->max_commits) {
			w->is_cut = true;
			break;
		}
		read_commit(w, r, at);
		c = &w->commits.v[at];
		for (size_t i = c->n_parents; i-- > 0;)
			vec_push(&todo.list, w->parents.v[c->parents + i]);
	}
	vec_release(&todo.list);
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
			 "only %llu commits were read",
			 (unsigned long long)w->max_commits);
}
