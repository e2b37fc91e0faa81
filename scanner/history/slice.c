/*
 * Commits are taken by their days: what was written at a time changes the
 * same files, and their versions are stored on top of each other.
 */
#include "history/slice.h"

#include <stdlib.h>

#include "history/churn.h"

#define CHUNK 512 /* commits that stay together */

size_t slice_count(const struct slice *s, size_t n)
{
	return n > s->number ? (n - s->number - 1) / s->of + 1 : 0;
}

static int compare_commits(const void *va, const void *vb, void *with)
{
	const struct walk *w = with;
	const struct walk_commit *a = &w->commits.v[*(const uint32_t *)va];
	const struct walk_commit *b = &w->commits.v[*(const uint32_t *)vb];

	if (a->day != b->day)
		return a->day < b->day ? -1 : 1;
	return memcmp(&a->id, &b->id, sizeof a->id);
}

bool *slice_commits(const struct slice *s, const struct walk *w)
{
	struct { VEC(uint32_t) list; } all = {0};
	bool *ret;

	if (!s)
		return NULL;
	ret = mem_new(w->commits.n, sizeof *ret);
	for (uint32_t i = 0; i < w->commits.n; i++)
		if (churn_compares(w, &w->commits.v[i]))
			vec_push(&all.list, i);
	if (all.list.n > 1)
		qsort_r(all.list.v, all.list.n, sizeof *all.list.v,
			compare_commits, (void *)(uintptr_t)w);
	for (size_t i = 0; i < all.list.n; i++)
		ret[all.list.v[i]] = i / CHUNK % s->of == s->number;
	vec_release(&all.list);
	return ret;
}
