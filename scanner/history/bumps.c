/*
 * The trees of a commit and its parent are compared.  What cannot be read, or
 * not within the limit for all, stays a commit of its author's.
 */
#include "history/bumps.h"

#include "history/treediff.h"

/* Older versions of Gerrit say "Updated". */
bool bumps_is_title(struct str message)
{
	struct str title = str_head(message, str_find_ch(message, '\n'));

	return str_is(title, "Update git submodules") ||
	       str_is(title, "Updated git submodules");
}

static bool is_submodule(const struct treediff_side *s)
{
	return !s->mode || entry_kind(s->mode) == ENTRY_GITLINK;
}

static bool has_only_submodules(struct treediff *d, const struct oid *old,
				const struct oid *new)
{
	vec_clear(&d->changes);
	if (treediff_run(d, old, new))
		return false;
	for (size_t i = 0; i < d->changes.n; i++)
		if (!is_submodule(&d->changes.v[i].old) ||
		    !is_submodule(&d->changes.v[i].new))
			return false;
	return d->changes.n != 0;
}

/* The parent of a commit that may be one; NULL: it is none. */
static const struct walk_commit *parent_of(const struct walk *w,
					   const struct walk_commit *c)
{
	const struct walk_commit *parent;

	if (!c->is_automatic || c->state != WALK_READ || !c->has_tree ||
	    c->n_parents != 1)
		return NULL;
	parent = &w->commits.v[w->parents.v[c->parents]];
	return parent->state == WALK_READ && parent->has_tree ? parent : NULL;
}

void bumps_find(struct walk *w, struct odb_reader *r)
{
	uint64_t steps = LIMIT_TREE_STEPS;
	struct treediff d;
	struct paths paths;

	paths_init(&paths);
	treediff_init(&d, r, w->git->oid_bytes, &paths);
	for (size_t i = 0; i < w->commits.n; i++) {
		struct walk_commit *c = &w->commits.v[i];
		const struct walk_commit *parent = parent_of(w, c);
		uint64_t most = steps < LIMIT_COMMIT_STEPS
			? steps : LIMIT_COMMIT_STEPS;

		d.steps = most;
		c->is_automatic = parent && has_only_submodules(
			&d, &parent->tree, &c->tree);
		steps -= most - d.steps;
	}
	treediff_release(&d);
	paths_release(&paths);
}
