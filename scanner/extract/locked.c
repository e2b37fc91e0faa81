/* Versions that locks fix, by folder and package. */
#include "extract/locked.h"

#include "base/limits.h"
#include "base/path.h"

/* A canonical purl up to its version. */
static struct str package_of(struct str purl)
{
	purl = str_head(purl, str_find_ch(purl, '?'));
	return str_head(purl, str_find_ch(purl, '@'));
}

static struct str key_of(struct arena *a, struct str folder, struct str purl)
{
	/* a path may be longer than what a format holds */
	return path_join(a, path_join(a, folder, STR("\n")), purl);
}

void locked_add(struct locked *l, struct str folder,
		const struct component *c, bool is_below)
{
	struct str key;
	struct locked_row *row;
	size_t *at;
	bool is_new;

	if (!c->version.n || !c->purl.n)
		return;
	key = key_of(&l->arena, folder, package_of(c->purl));
	at = map_put(&l->by_place, key, l->rows.n, &is_new);
	if (is_new) {
		vec_push(&l->rows, ((struct locked_row){
			c->version, c->purl, is_below, false}));
		return;
	}
	row = &l->rows.v[*at];
	row->is_ambiguous |= !str_eq(row->version, c->version);
}

/* The row for a package in a folder, or in the nearest above that counts. */
static const struct locked_row *find(const struct locked *l, struct str dir,
				     struct str package, struct arena *temp)
{
	bool is_own = true;

	for (;; dir = path_dir(dir), is_own = false) {
		const size_t *at = map_get(&l->by_place,
					   key_of(temp, dir, package));

		if (at && (is_own || l->rows.v[*at].is_below))
			return &l->rows.v[*at];
		if (!dir.n)
			return NULL;
	}
}

void locked_ask(struct locked *l, size_t component)
{
	vec_push(&l->asked, component);
}

void locked_apply(const struct locked *l, struct scan *s)
{
	struct arena temp = {0};

	for (size_t i = 0; l->rows.n && i < l->asked.n; i++) {
		struct component *c = &s->parts.components.v[l->asked.v[i]];
		const struct locked_row *row;

		row = find(l, path_dir(c->evidence.v[0].path), c->purl,
			   &temp);
		if (row && !row->is_ambiguous) {
			c->version = row->version;
			c->purl = row->purl;
			c->is_unpinned = false;
		}
		if (temp.total > LIMIT_MB)
			arena_release(&temp);
	}
	arena_release(&temp);
}

void locked_release(struct locked *l)
{
	map_release(&l->by_place);
	vec_release(&l->rows);
	vec_release(&l->asked);
	arena_release(&l->arena);
}
