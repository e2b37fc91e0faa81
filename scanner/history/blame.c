#include "history/blame.h"

#include <stdlib.h>

#include "history/diff.h"

#define BLOBS (24 * LIMIT_MB)
#define TEXTS (32 * LIMIT_MB)

/* A file of a parent that lines may have come from. */
struct goat {
	bool is_set, is_absent; /* absent: no file and no other thing there */
	uint32_t path;
	struct oid blob;
};

struct blame {
	const struct blame_input *in;
	const struct blame_sink *sink;
	struct odb_reader *reader;
	struct diff_work *work;
	struct texts texts;
	struct rename rename;
	struct live **at;        /* of each commit */
	struct paths own_paths;  /* of comparisons with other parents */
	struct treediff differ;
	VEC(struct goat) goats;
	struct rename_sources sources;
	uint32_t sources_commit, sources_parent; /* whose they are */
	uint32_t commit;         /* the one at work */
};

struct blame *blame_new(const struct blame_input *in)
{
	struct gitdir *g = in->walk->git;
	struct blame *b = mem_new(1, sizeof *b);

	b->in = in;
	b->reader = odb_reader_new(&g->odb, BLOBS);
	b->work = diff_work_new();
	texts_init(&b->texts, b->reader, b->work, TEXTS);
	rename_init(&b->rename, b->reader);
	paths_init(&b->own_paths);
	treediff_init(&b->differ, b->reader, g->oid_bytes, &b->own_paths);
	b->at = mem_new(in->walk->commits.n, sizeof(struct live *));
	b->sources_commit = UINT32_MAX;
	return b;
}

void blame_free(struct blame *b)
{
	texts_release(&b->texts);
	rename_release(&b->rename);
	treediff_release(&b->differ);
	paths_release(&b->own_paths);
	diff_work_free(b->work);
	odb_reader_free(b->reader);
	vec_release(&b->goats);
	vec_release(&b->sources.list);
	free(b->at);
	free(b);
}

/* ---- what becomes of lines --------------------------------------------- */

/* The lines of an origin are of the commit at work. */
static void keep(struct blame *b, struct live_origin *o)
{
	for (size_t i = 0; i < o->lines.n; i++)
		b->sink->found(b->sink->with, b->commit, &o->lines.v[i]);
	live_free_origin(o);
}

static void lose(struct blame *b, struct live_origin *o, enum err e)
{
	struct blame_loss loss = {b->commit, e, 0};

	for (size_t i = 0; i < o->lines.n; i++)
		loss.lines += o->lines.v[i].n;
	if (loss.lines)
		b->sink->lost(b->sink->with, &loss);
	live_free_origin(o);
}

static void end_all(struct blame *b, struct live *l, bool is_found, enum err e)
{
	for (size_t i = 0; i < l->cap; i++) {
		struct live_origin *o = l->slots[i];

		l->slots[i] = NULL;
		if (o && is_found)
			keep(b, o);
		else if (o)
			lose(b, o, e);
	}
	live_free(l);
}

static struct live *live_of(struct blame *b, uint32_t commit)
{
	if (!b->at[commit])
		b->at[commit] = live_new();
	return b->at[commit];
}

/* ---- where a path is in a parent --------------------------------------- */

static void set_goat(struct goat *g, uint32_t mode, uint32_t path,
		     const struct oid *blob)
{
	*g = (struct goat){.path = path};
	if (!mode || entry_kind(mode) == ENTRY_FOLDER)
		g->is_absent = true;
	else if (entry_kind(mode) == ENTRY_FILE) {
		g->is_set = true;
		g->blob = *blob;
	}
}

/* The entry of a name in a tree; mode 0 when there is none. */
static enum err find_entry(struct blame *b, const struct oid *tree,
			   struct str name, unsigned *ret_mode,
			   struct oid *ret)
{
	size_t bytes = b->in->walk->git->oid_bytes;
	struct object *o;
	struct entry entry;
	struct str rest;
	enum err e = odb_read(b->reader, tree, LIMIT_BLOB_BYTES, &o);

	*ret_mode = 0;
	if (e)
		return e;
	rest = str_n(o->p, o->n);
	if (o->type != PACK_TREE)
		e = ERR_FORMAT;
	while (!e) {
		e = entry_next(&rest, bytes, &entry);
		if (e || !str_eq(entry.name, name))
			continue;
		*ret_mode = entry.mode ? entry.mode : 0100644;
		*ret = oid_of(entry.id, bytes);
		break;
	}
	odb_drop(b->reader, o);
	return e == ERR_NOTFOUND ? OK : e;
}

/* Looks a path up in the tree of a commit. */
static enum err look_up(struct blame *b, uint32_t commit, uint32_t path,
			struct goat *ret)
{
	const struct paths *paths = &b->in->diffs->paths;
	const struct walk_commit *c = &b->in->walk->commits.v[commit];
	uint32_t chain[LIMIT_TREE_DEPTH + 1], at;
	struct oid id = c->tree;
	unsigned mode = 0040000;
	size_t n = 0;

	if (c->state == WALK_KNOWN)
		return ERR_LIMIT; /* the walk ended before it */
	if (c->state != WALK_READ || !c->has_tree)
		return ERR_NOTFOUND;
	for (at = path; at != PATHS_ROOT; at = paths->nodes.v[at].parent) {
		if (n > LIMIT_TREE_DEPTH)
			return ERR_LIMIT;
		chain[n++] = at;
	}
	while (n && entry_kind(mode) == ENTRY_FOLDER) {
		struct str name = paths->nodes.v[chain[--n]].name;
		struct oid tree = id;
		enum err e = find_entry(b, &tree, name, &mode, &id);

		if (e)
			return e;
		if (!mode)
			break;
	}
	set_goat(ret, n ? 0 : mode, path, &id);
	return OK;
}

/* ---- renames ----------------------------------------------------------- */

static void add_source(struct blame *b, uint32_t path, unsigned mode,
		       const struct oid *blob)
{
	vec_push(&b->sources.list, ((struct rename_source){
		path, entry_kind(mode) == ENTRY_FILE, *blob,
		b->in->diffs->paths.nodes.v[path].name}));
}

/* The files that the first parent has and the commit has not. */
static void sources_of_first(struct blame *b)
{
	const struct firstdiff *f = b->in->diffs;

	for (size_t i = f->first[b->commit]; i < f->first[b->commit + 1];
	     i++) {
		const struct firstdiff_change *c = &f->changes.v[i];

		if (!c->new_mode)
			add_source(b, c->path, c->old_mode, &c->old);
	}
}

/* The number that everybody uses for a path of our own; the top folder for
 * one that nobody else has met. */
static uint32_t shared_path(struct blame *b, uint32_t own)
{
	uint32_t chain[LIMIT_TREE_DEPTH + 1], at = PATHS_ROOT;
	size_t n = 0;

	for (; own != PATHS_ROOT && n <= LIMIT_TREE_DEPTH;
	     own = b->own_paths.nodes.v[own].parent)
		chain[n++] = own;
	while (n--) {
		at = paths_find(&b->in->diffs->paths, at,
				b->own_paths.nodes.v[chain[n]].name);
		if (at == PATHS_ROOT)
			break;
	}
	return at;
}

/* The same for another parent. */
static enum err sources_of_other(struct blame *b, uint32_t parent)
{
	const struct walk *w = b->in->walk;
	const struct walk_commit *p = &w->commits.v[parent];
	enum err e;

	b->differ.steps = LIMIT_COMMIT_STEPS;
	e = treediff_run(&b->differ, &p->tree,
			 &w->commits.v[b->commit].tree);
	for (size_t i = 0; !e && i < b->differ.changes.n; i++) {
		const struct treediff_change *c = &b->differ.changes.v[i];
		uint32_t path;

		if (c->new.mode)
			continue;
		path = shared_path(b, c->path);
		if (path == PATHS_ROOT)
			return ERR_NOTFOUND;
		add_source(b, path, c->old.mode, &c->old.id);
	}
	return e;
}

static enum err find_sources(struct blame *b, size_t number, uint32_t parent)
{
	enum err e = OK;

	if (b->sources_commit == b->commit && b->sources_parent == parent)
		return OK;
	b->sources_commit = UINT32_MAX;
	vec_clear(&b->sources.list);
	if (!number)
		sources_of_first(b);
	else
		e = sources_of_other(b, parent);
	if (!e) {
		b->sources_commit = b->commit;
		b->sources_parent = parent;
	}
	return e;
}

static void tell_rename(struct blame *b, const struct live_origin *o,
			uint32_t path)
{
	for (size_t i = 0; i < o->lines.n; i++)
		b->sink->renamed(b->sink->with, b->commit, &o->lines.v[i],
				 path);
}

static enum err find_rename(struct blame *b, const struct live_origin *o,
			    size_t number, uint32_t parent, struct goat *g)
{
	size_t at;
	enum err e = find_sources(b, number, parent);

	if (!e)
		e = rename_find(&b->rename, &o->blob,
				b->in->diffs->paths.nodes.v[o->path].name,
				&b->sources, &at);
	if (!e && at != SIZE_MAX) {
		const struct rename_source *s = &b->sources.list.v[at];

		*g = (struct goat){.is_set = true, .path = s->path,
				   .blob = s->blob};
		tell_rename(b, o, s->path);
	}
	return e;
}

/* ---- passing lines on -------------------------------------------------- */

/* One stretch of lines, cut at hunks: what is between them goes to `to`,
 * the rest to `rest`. */
static void cut(struct live_lines l, const struct diff_hunks *h, size_t at,
		struct live_origin *to, struct live_origin *rest)
{
	while (l.n) {
		const struct diff_hunk *x = at < h->n ? &h->v[at] : NULL;
		const struct diff_hunk *before = at ? &h->v[at - 1] : NULL;
		uint32_t end = x ? x->new_at : UINT32_MAX;
		struct live_lines part = l;

		if (l.here < end) {
			if (part.n > end - l.here)
				part.n = end - l.here;
			if (before)
				part.here += before->old_at + before->old_n -
					     before->new_at - before->new_n;
			live_add(to, part);
		} else {
			end = x->new_at + x->new_n;
			if (part.n > end - l.here)
				part.n = end - l.here;
			if (part.n)
				live_add(rest, part);
			at++;
		}
		l.final += part.n;
		l.here += part.n;
		l.n -= part.n;
	}
}

/* Passes the lines that a parent's file has too on to it. */
static enum err pass_on(struct blame *b, struct live_origin *o,
			uint32_t parent, const struct goat *g)
{
	const struct diff_text *old, *new;
	struct live_origin rest = {0}, *to;
	struct diff_hunks h;
	size_t at = 0;
	enum err e = texts_get(&b->texts, &o->blob, NULL, &new);

	if (!e)
		e = texts_get(&b->texts, &g->blob, new, &old);
	if (e)
		return e;
	diff_hunks(b->work, old, new, &h);
	live_sort(o);
	to = live_put(live_of(b, parent), g->path, &g->blob);
	for (size_t i = 0; i < o->lines.n; i++) {
		struct live_lines l = o->lines.v[i];

		while (at < h.n && h.v[at].new_at + h.v[at].new_n <= l.here)
			at++;
		cut(l, &h, at, to, &rest);
	}
	vec_release(&o->lines);
	o->lines.v = rest.lines.v;
	o->lines.n = rest.lines.n;
	o->lines.cap = rest.lines.cap;
	return OK;
}

static uint32_t parent_of(const struct blame *b, size_t number)
{
	const struct walk *w = b->in->walk;

	return w->parents.v[w->commits.v[b->commit].parents + number];
}

/* Gives everything to the parent that has the very blob; true if so. */
static bool give(struct blame *b, struct live_origin *o, size_t number)
{
	const struct goat *g = &b->goats.v[number];

	if (!g->is_set || !oid_eq(&g->blob, &o->blob))
		return false;
	live_move(live_of(b, parent_of(b, number)), g->path, o);
	return true;
}

static bool is_repeated(const struct blame *b, size_t number)
{
	const struct goat *g = b->goats.v;

	for (size_t i = 0; i < number; i++)
		if (g[i].is_set && oid_eq(&g[i].blob, &g[number].blob))
			return true;
	return false;
}

/* Finds the file in each parent; true when one of them took all. */
static bool find_goats(struct blame *b, struct live_origin *o,
		       const struct firstdiff_change *change, size_t n,
		       enum err *ret)
{
	for (size_t i = 0; i < n && !*ret; i++) {
		struct goat *g = &b->goats.v[i];

		if (!i)
			set_goat(g, change->old_mode, o->path, &change->old);
		else
			*ret = look_up(b, parent_of(b, i), o->path, g);
		if (!*ret && give(b, o, i))
			return true;
	}
	for (size_t i = 0; i < n && !*ret; i++) {
		struct goat *g = &b->goats.v[i];

		if (g->is_absent)
			*ret = find_rename(b, o, i, parent_of(b, i), g);
		if (!*ret && give(b, o, i))
			return true;
	}
	return false;
}

/* A file that the commit has changed, in any way. */
static void blame_file(struct blame *b, struct live_origin *o,
		       const struct firstdiff_change *change)
{
	size_t n = b->in->walk->commits.v[b->commit].n_parents;
	enum err e = OK;

	if (!o->lines.n) { /* its child had none to pass on */
		live_free_origin(o);
		return;
	}
	vec_clear(&b->goats);
	for (size_t i = 0; i < n; i++)
		*vec_add(&b->goats) = (struct goat){0};
	if (find_goats(b, o, change, n, &e))
		return;
	for (size_t i = 0; i < n && o->lines.n && !e; i++)
		if (b->goats.v[i].is_set && !is_repeated(b, i))
			e = pass_on(b, o, parent_of(b, i), &b->goats.v[i]);
	if (e)
		lose(b, o, e);
	else
		keep(b, o);
}

/* ---- what is known already --------------------------------------------- */

/* The part of some lines that stands in [from, from + n) of the origin. */
static bool part_in(const struct live_lines *l, uint32_t from, uint32_t n,
		    struct live_lines *ret)
{
	uint32_t end = l->here + l->n, here = l->here > from ? l->here : from;

	*ret = *l;
	end = end < from + n ? end : from + n;
	if (here >= end)
		return false;
	ret->final += here - l->here;
	ret->here = here;
	ret->n = end - here;
	return true;
}

static void answer_lines(struct blame *b, const struct lines_memo_file *f,
			 const struct live_lines *l)
{
	const struct lines_memo *known = b->in->known;
	struct live_lines rest = *l, part;

	while (rest.n) {
		const struct lines_memo_run *run =
			lines_memo_run_at(known, f, rest.here);

		if (!part_in(&rest, run->from, run->n, &part))
			break; /* cannot be: runs cover all lines */
		b->sink->found(b->sink->with, run->commit, &part);
		rest.final += part.n;
		rest.here += part.n;
		rest.n -= part.n;
	}
	for (size_t i = f->move; i < f->move + f->n_moves; i++) {
		const struct lines_memo_move *m = &known->moves.v[i];

		if (part_in(l, m->from, m->n, &part))
			b->sink->renamed(b->sink->with, m->commit, &part,
					 m->path);
	}
}

/* Answers for the files of which an earlier scan knows whose they are. */
static void answer(struct blame *b, struct live *l)
{
	struct { VEC(uint32_t) list; } paths = {0};

	for (size_t i = 0; i < l->cap; i++) {
		const struct live_origin *o = l->slots[i];

		if (o && lines_memo_find(b->in->known, o->path, &o->blob))
			vec_push(&paths.list, o->path);
	}
	for (size_t i = 0; i < paths.list.n; i++) {
		struct live_origin *o = live_take(l, paths.list.v[i]);
		const struct lines_memo_file *f =
			lines_memo_find(b->in->known, o->path, &o->blob);

		for (size_t k = 0; k < o->lines.n; k++)
			answer_lines(b, f, &o->lines.v[k]);
		live_free_origin(o);
	}
	vec_release(&paths.list);
}

/* ---- commits ----------------------------------------------------------- */

static void blame_commit(struct blame *b, struct live *l)
{
	const struct firstdiff *f = b->in->diffs;
	const struct walk *w = b->in->walk;
	const struct walk_commit *c = &w->commits.v[b->commit];
	uint32_t first;

	if (b->in->known && b->in->known->is_known &&
	    b->in->known->head == b->commit)
		answer(b, l);
	if (f->error[b->commit]) {
		end_all(b, l, false, (enum err)f->error[b->commit]);
		return;
	}
	if (!c->n_parents) {
		end_all(b, l, !gitdir_is_shallow(w->git, &c->id), OK);
		return;
	}
	first = parent_of(b, 0);
	for (size_t i = f->first[b->commit]; i < f->first[b->commit + 1];
	     i++) {
		const struct firstdiff_change *change = &f->changes.v[i];
		struct live_origin *o =
			change->new_mode ? live_take(l, change->path) : NULL;

		if (o)
			blame_file(b, o, change);
	}
	b->at[first] = live_join(b->at[first], l);
}

void blame_run(struct blame *b, struct live *head,
	       const struct blame_sink *sink)
{
	const struct blame_input *in = b->in;

	b->sink = sink;
	rename_begin(&b->rename, LIMIT_RENAME_STEPS);
	b->sources_commit = UINT32_MAX;
	b->at[in->order[0]] = head;
	for (size_t i = 0; i < in->n_order; i++) {
		struct live *l = b->at[in->order[i]];

		if (!l)
			continue;
		b->commit = in->order[i];
		b->at[b->commit] = NULL;
		if (l->n)
			blame_commit(b, l);
		else
			live_free(l);
	}
}
