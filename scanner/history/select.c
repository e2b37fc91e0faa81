/* Patterns are matched once for each path, folders looked at once. */
#include "history/select.h"

#include <stdlib.h>

#include "history/firstdiff.h"
#include "model/code_scope.h"

static bool is_all(const struct select_what *what)
{
	return !what || (!what->n && what->scope == DIGEST_ALL);
}

/* Which folders are part of what runs. */
static bool *running_folders(const struct paths *p)
{
	bool *is = mem_new(p->nodes.n, sizeof *is);

	is[PATHS_ROOT] = true;
	for (size_t i = PATHS_ROOT + 1; i < p->nodes.n; i++)
		is[i] = is[p->nodes.v[i].parent] &&
			code_scope_of_folder(p->nodes.v[i].name) ==
				SCOPE_RUNTIME;
	return is;
}

static bool matches(const struct select_what *what, struct str path)
{
	for (size_t i = 0; i < what->n; i++)
		if (str_glob(path, what->patterns[i], false))
			return true;
	return !what->n;
}

void select_init(struct select *s, const struct paths *p,
		 const struct select_what *what)
{
	struct strbuf path;
	bool *runs;

	*s = (struct select){0};
	if (is_all(what))
		return;
	strbuf_init(&path, 0);
	runs = running_folders(p);
	s->files = mem_new(p->nodes.n, sizeof *s->files);
	for (size_t i = 0; i < p->nodes.n; i++) {
		const struct paths_node *node = &p->nodes.v[i];

		strbuf_clear(&path);
		paths_write(p, (uint32_t)i, &path);
		s->files[i] = matches(what, strbuf_str(&path)) &&
			      (what->scope == DIGEST_ALL ||
			       (runs[node->parent] &&
				code_scope_of_name(node->name) ==
					SCOPE_RUNTIME));
	}
	strbuf_release(&path);
	free(runs);
}

void select_release(struct select *s)
{
	free(s->files);
}

bool select_has(const struct select *s, uint32_t path)
{
	return !s->files || s->files[path];
}

/* ---- commits ----------------------------------------------------------- */

static int by_name(const void *va, const void *vb)
{
	const struct walk_commit *a = *(struct walk_commit *const *)va;
	const struct walk_commit *b = *(struct walk_commit *const *)vb;

	return memcmp(&a->id, &b->id, sizeof a->id);
}

static void tell(struct walk *w, const struct walk_commit *c, enum err e,
		 struct diags *ds)
{
	struct arena scratch = {0};
	enum diag_code code = e == ERR_NOTFOUND ? RW1403 : RW1412;

	if (e == ERR_NOTFOUND && w->git->odb.has_promised)
		code = RW1405;
	diag_add(ds, e == ERR_LIMIT && w->is_cut ? RW1413 : code,
		 gitdir_place(w->git, ""),
		 "commit %s: which files it changes is not known: %s",
		 oid_hex(&c->id, w->git->oid_bytes, &scratch).p, err_name(e));
	arena_release(&scratch);
}

/* Tells what could not be compared, in the order of names. */
static void tell_all(struct walk *w, const struct firstdiff *f,
		     struct diags *ds)
{
	struct { VEC(const struct walk_commit *) list; } all = {0};

	for (size_t i = 0; i < w->commits.n; i++)
		if (f->error[i] && w->commits.v[i].state == WALK_READ &&
		    !w->commits.v[i].is_hidden)
			vec_push(&all.list, &w->commits.v[i]);
	vec_sort(&all.list, by_name);
	for (size_t i = 0; i < all.list.n; i++)
		tell(w, all.list.v[i],
		     f->error[all.list.v[i] - w->commits.v], ds);
	vec_release(&all.list);
}

static bool touches(const struct firstdiff *f, const struct select *s,
		    size_t commit)
{
	for (size_t i = f->first[commit]; i < f->first[commit + 1]; i++)
		if (select_has(s, f->changes.v[i].path))
			return true;
	return f->error[commit] != 0;
}

void select_commits(struct walk *w, const struct select_what *what,
		    struct diags *ds)
{
	struct firstdiff f;
	struct select s;

	if (is_all(what))
		return;
	if (firstdiff_run(&f, w, w->threads, NULL)) {
		diag_add(ds, RW1413, gitdir_place(w->git, ""),
			 "%s the commits of the wanted files cannot be told "
			 "from others", walk_is_late(w) ? "the time was up:"
			 : "so much was changed that");
		for (size_t i = 0; i < w->commits.n; i++)
			w->commits.v[i].is_elsewhere = true;
		return;
	}
	select_init(&s, &f.paths, what);
	for (size_t i = 0; i < w->commits.n; i++)
		w->commits.v[i].is_elsewhere = !touches(&f, &s, i);
	tell_all(w, &f, ds);
	select_release(&s);
	firstdiff_release(&f);
}
