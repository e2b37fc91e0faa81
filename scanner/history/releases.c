/*
 * Tags are taken by the longest way from a root to their commit, then by
 * name: an ancestor always comes before its descendants, however wrong the
 * clocks were.
 */
#include "history/releases.h"

#include <stdlib.h>

#include "history/refs.h"
#include "history/tags.h"

/* The longest way from a root to each commit. */
static uint32_t *depths_of(const struct walk *w)
{
	uint32_t *depths = mem_new(w->commits.n, sizeof *depths);
	size_t n;
	uint32_t *order = walk_order(w, &n);

	while (n--) {
		const struct walk_commit *c = &w->commits.v[order[n]];

		for (uint32_t i = 0; i < c->n_parents; i++) {
			uint32_t above = depths[w->parents.v[c->parents + i]];

			if (depths[order[n]] <= above)
				depths[order[n]] = above + 1;
		}
	}
	free(order);
	return depths;
}

static int compare_releases(const void *va, const void *vb)
{
	const struct release *a = va, *b = vb;

	if (a->depth != b->depth)
		return a->depth < b->depth ? -1 : 1;
	return str_cmp(a->name, b->name);
}

static void add_tags(struct releases *r, struct walk *w,
		     struct odb_reader *reader, const struct tags *tags)
{
	uint32_t *depths = depths_of(w);

	for (size_t i = 0; i < tags->names.n; i++) {
		struct str name = tags->names.v[i];
		struct oid id;
		uint32_t at;
		enum err e = refs_resolve(w->git, reader, arena_fmt(
			&w->git->arena, "refs/tags/%.*s", STR_ARG(name)), &id);

		w->git->has_unread |= e == ERR_IO;
		if (e || !walk_find(w, &id, &at))
			continue;
		vec_push(&r->list, ((struct release){name, at, depths[at]}));
	}
	free(depths);
	vec_sort(&r->list, compare_releases);
}

/* Gives a release all commits before it that no other has. */
static void take(struct releases *r, const struct walk *w, uint32_t release)
{
	struct { VEC(uint32_t) list; } todo = {0};

	vec_push(&todo.list, r->list.v[release].commit);
	while (todo.list.n) {
		uint32_t at = todo.list.v[--todo.list.n];
		const struct walk_commit *c = &w->commits.v[at];

		if (r->of[at] != r->list.n)
			continue;
		r->of[at] = release;
		for (uint32_t i = 0; i < c->n_parents; i++)
			vec_push(&todo.list, w->parents.v[c->parents + i]);
	}
	vec_release(&todo.list);
}

void releases_find(struct releases *r, struct walk *w,
		   struct odb_reader *reader, struct diags *ds)
{
	struct tags tags;

	*r = (struct releases){0};
	if (tags_list(w->git, &tags))
		add_tags(r, w, reader, &tags);
	else
		diag_add(ds, RW1413, gitdir_place(w->git, ""),
			 "there are too many tags to tell releases apart");
	tags_release(&tags);
	r->of = mem_new(w->commits.n, sizeof *r->of);
	for (size_t i = 0; i < w->commits.n; i++)
		r->of[i] = (uint32_t)r->list.n;
	for (uint32_t i = 0; i < r->list.n; i++)
		take(r, w, i);
}

void releases_release(struct releases *r)
{
	vec_release(&r->list);
	free(r->of);
}
