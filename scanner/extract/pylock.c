/*
 * Locks of Python: poetry.lock (1.x and 2.x), uv.lock, pdm.lock, which share
 * their tables.  Which packages the project itself needs only uv.lock says;
 * for the others pyproject.toml, which is read by itself.
 */
#include "base/limits.h"
#include "base/map.h"
#include "base/path.h"
#include "base/toml_in.h"
#include "extract/declare.h"
#include "extract/lines.h"
#include "extract/lock.h"
#include "extract/pep508.h"
#include "extract/pypi.h"

struct pylock {
	struct lock lock;
	struct map names;     /* as the register compares them -> packages */
	VEC(const struct toml *) nodes; /* of each package */
};

static struct str key_of(struct pylock *l, struct str name)
{
	return pypi_name(name, l->lock.x->scratch);
}

/* --- packages ------------------------------------------------------------- */

static enum scope groups_scope(const struct toml *groups)
{
	enum scope scope = SCOPE_UNKNOWN;

	for (const struct toml *g = groups->first; g; g = g->next) {
		enum scope one = pypi_group_scope(toml_str(g),
						  SCOPE_RUNTIME);

		if (one == SCOPE_RUNTIME || str_is(g->text, "main") ||
		    str_is(g->text, "default"))
			return SCOPE_RUNTIME;
		scope = one;
	}
	return scope;
}

/* The hash of the only file; of several, each is of another build. */
static struct str only_hash(const struct toml *package)
{
	static const char *const lists[] = {"files", "wheels"};
	const struct toml *sdist = toml_get(package, "sdist");
	struct str hash = toml_get_str(sdist, "hash");

	for (size_t i = 0; i < 2; i++) {
		const struct toml *list = toml_get(package, lists[i]);

		if (list->type != TOML_ARRAY || !list->first)
			continue;
		if (hash.n || list->first->next)
			return STR("");
		hash = toml_get_str(list->first, "hash");
	}
	return hash;
}

/* Of "git+https://host/path?rev=x#commit", or Poetry's two keys. */
static void set_git(struct package *p, const struct toml *from)
{
	struct str url = toml_get_str(from, "git"), fragment = STR("");

	if (!url.n && str_is(toml_get_str(from, "type"), "git")) {
		url = toml_get_str(from, "url");
		fragment = toml_get_str(from, "resolved_reference");
	} else {
		str_cut(url, '#', &url, &fragment);
		url = str_head(url, str_find_ch(url, '?'));
	}
	p->url = url;
	p->rev = fragment;
}

/* The folder of a part of the project; false for other packages. */
static bool is_own(const struct toml *from, struct str *ret_folder)
{
	static const char *const keys[] = {"virtual", "editable",
					   "directory", "path"};

	*ret_folder = STR("");
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		if (toml_get(from, keys[i])->type == TOML_STRING) {
			*ret_folder = toml_get_str(from, keys[i]);
			return true;
		}
	if (!str_is(toml_get_str(from, "type"), "directory"))
		return false;
	*ret_folder = toml_get_str(from, "url");
	return true;
}

static void add_package(struct pylock *l, const struct toml *t)
{
	struct extraction *x = l->lock.x;
	const struct toml *from = toml_get(t, "source");
	struct str folder, name = toml_get_str(t, "name");
	struct package p = {.type = "pypi", .name = name,
			    .version = toml_get_str(t, "version"),
			    .hash = only_hash(t), .line = t->line,
			    .scope = groups_scope(toml_get(t, "groups")),
			    .is_optional = str_is(toml_get(
				    t, "optional")->text, "true")};
	size_t i;

	if (!name.n) {
		lines_bad(x, t->line, "a package without a name", STR(""));
		return;
	}
	if (str_is(toml_get_str(t, "category"), "dev"))
		p.scope = SCOPE_TEST;
	set_git(&p, from);
	if (is_own(from, &folder) && declare_is_inside(x, folder))
		i = lock_add_own(&l->lock, path_dir(declare_path(
			x, path_join(x->scratch, folder, STR("x")))));
	else
		i = lock_add(&l->lock, &p);
	vec_push(&l->nodes, t);
	/* of several versions of one the first gets the edges */
	map_put(&l->names, key_of(l, name), i, NULL);
}

/* --- edges ---------------------------------------------------------------- */

static void need(struct pylock *l, size_t from, struct str name,
		 enum scope scope, bool is_optional)
{
	const size_t *to = map_get(&l->names, key_of(l, name));

	if (to && *to != from)
		lock_need(&l->lock, from, *to, scope, is_optional);
}

/* Poetry's tables by name, uv's lists of tables, PDM's requirements. */
static void read_needs(struct pylock *l, size_t from, const struct toml *list,
		       enum scope scope, bool is_optional)
{
	if (list->type != TOML_TABLE && list->type != TOML_ARRAY)
		return;
	for (const struct toml *d = list->first; d; d = d->next) {
		struct str text = toml_str(d);

		if (list->type == TOML_TABLE)
			need(l, from, d->key, scope, is_optional);
		else if (d->type == TOML_TABLE)
			need(l, from, toml_get_str(d, "name"), scope,
			     is_optional);
		else if (d->type == TOML_STRING)
			need(l, from, pep508_take_name(&text), scope,
			     is_optional);
	}
}

/* uv: a table of lists. */
static void read_groups(struct pylock *l, size_t from,
			const struct toml *groups, enum scope other,
			bool is_optional)
{
	if (groups->type != TOML_TABLE)
		return;
	for (const struct toml *g = groups->first; g; g = g->next)
		read_needs(l, from, g, pypi_group_scope(g->key, other),
			   is_optional);
}

static void read_edges(struct pylock *l)
{
	for (size_t i = 0; i < l->nodes.n; i++) {
		const struct toml *t = l->nodes.v[i];

		read_needs(l, i, toml_get(t, "dependencies"), SCOPE_RUNTIME,
			   false);
		if (!l->lock.packages.v[i].is_own)
			continue;
		read_groups(l, i, toml_get(t, "optional-dependencies"),
			    SCOPE_RUNTIME, true);
		read_groups(l, i, toml_get(t, "dev-dependencies"),
			    SCOPE_TEST, false);
	}
}

/* --- files ---------------------------------------------------------------- */

static bool wants(const struct file *f)
{
	struct str base = path_base(f->path);

	return str_is(base, "poetry.lock") || str_is(base, "uv.lock") ||
	       str_is(base, "pdm.lock");
}

static enum err extract(struct extraction *x)
{
	struct pylock l = {.lock = {.x = x, .extractor = &extract_pylock}};
	unsigned long lost = lines_lost(x);
	const struct toml *root, *list;
	enum err err = toml_parse(x->text, x->path, x->scratch, x->diags,
				  &root);

	l.lock.fixes_all = !str_is(path_base(x->path), "uv.lock");
	list = toml_get(root, "package");
	if (list->type != TOML_ARRAY && list->type != TOML_ABSENT)
		lines_bad(x, list->line, "not a list of packages", STR(""));
	for (const struct toml *t = list->type == TOML_ARRAY ? list->first
							     : NULL;
	     t; t = t->next)
		add_package(&l, t);
	read_edges(&l);
	lock_emit(&l.lock);
	map_release(&l.names);
	vec_release(&l.nodes);
	return err ? err : lines_lost(x) > lost ? ERR_FORMAT : OK;
}

const struct extractor extract_pylock = {
	.name = "python/lock",
	.summary = "packages and edges of poetry.lock, uv.lock, pdm.lock",
	.version = 1,
	.sees = SEES_VERSION | SEES_HASH | SEES_EDGES | SEES_REPOSITORY |
		SEES_COMMIT,
	.max_bytes = LIMIT_LOCK_BYTES,
	.wants = wants,
	.extract = extract,
};
