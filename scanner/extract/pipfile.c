/*
 * Pipfile (TOML) and Pipfile.lock (JSON) of pipenv.  The lock says of all
 * packages whether they are for development only, and of none what needs it.
 */
#include "base/json_in.h"
#include "base/limits.h"
#include "base/path.h"
#include "base/toml_in.h"
#include "extract/declare.h"
#include "extract/lines.h"
#include "extract/lock.h"
#include "extract/pep508.h"
#include "extract/pypi.h"
#include "extract/url.h"

/* --- Pipfile -------------------------------------------------------------- */

static void add_wanted(struct extraction *x, const struct toml *m,
		       enum scope scope)
{
	struct package p = {.type = "pypi", .name = m->key, .scope = scope,
			    .line = m->line, .may_be_locked = true};
	struct pypi to = {.x = x, .e = &extract_pipfile, .scope = scope,
			  .line = m->line};
	struct str path = toml_get_str(m, "path");
	struct str file = toml_get_str(m, "file");
	struct str clauses = m->type == TOML_TABLE
		? toml_get_str(m, "version") : toml_str(m);
	struct str variable;

	if (path.n || file.n) {
		pypi_add_url(&to, m->key, path.n ? path : file);
		return;
	}
	if (str_is(clauses, "*"))
		clauses = STR("");
	if (!pep508_pinned(clauses, &p.version, &variable)) {
		lines_bad(x, m->line, "not a version", clauses);
		p.version = STR("");
	}
	p.url = toml_get_str(m, "git");
	p.rev = toml_get_str(m, "ref");
	package_add(x, to.e, &p);
}

static enum err read_pipfile(struct extraction *x)
{
	const struct toml *root, *list;
	enum err err = toml_parse(x->text, x->path, x->scratch, x->diags,
				  &root);

	for (const struct toml *t = root->first; t; t = t->next) {
		bool is_dev = str_is(t->key, "dev-packages");

		if (t->type != TOML_TABLE ||
		    (!is_dev && !str_is(t->key, "packages")))
			continue;
		for (const struct toml *m = t->first; m; m = m->next)
			add_wanted(x, m, is_dev ? SCOPE_TEST : SCOPE_RUNTIME);
	}
	list = toml_get(root, "source");
	list = list->type == TOML_ARRAY && list->first ? list->first->next
						       : NULL;
	for (; list; list = list->next) /* the first is the public one */
		diag_add(x->diags, RW1305, diag_at_line(x->path, list->line),
			 "packages may come from %.*s",
			 STR_ARG(url_is(toml_get_str(list, "url"))
				 ? url_without_user(toml_get_str(list, "url"),
						    x->scratch) : STR("?")));
	return err;
}

/* --- Pipfile.lock --------------------------------------------------------- */

enum { KEY_VERSION, KEY_HASHES, KEY_GIT, KEY_REF, KEY_PATH, KEYS };

static struct str only_hash(struct json_raw hashes, struct arena *a)
{
	struct json_walk w;
	struct json_raw first, second;

	json_walk_begin(&w, hashes);
	if (hashes.type != JSON_ARRAY || !json_walk_next(&w, NULL, &first) ||
	    json_walk_next(&w, NULL, &second))
		return STR("");
	return json_raw_str(first, a);
}

static void add_locked(struct lock *l, struct str name, struct json_raw value,
		       enum scope scope)
{
	static const struct str keys[KEYS] = {
		{"version", 7}, {"hashes", 6}, {"git", 3}, {"ref", 3},
		{"path", 4}};
	struct extraction *x = l->x;
	struct package p = {.type = "pypi", .name = name, .scope = scope,
			    .line = value.line};
	struct json_raw v[KEYS];
	struct str clauses, variable;

	if (value.type != JSON_OBJECT) {
		lines_bad(x, value.line, "not a package", name);
		return;
	}
	json_raw_members(value, keys, KEYS, v, x->path, x->diags);
	clauses = json_raw_str(v[KEY_VERSION], x->scratch);
	if (v[KEY_PATH].type == JSON_STRING)
		return; /* said where the Pipfile asks for it */
	if (!pep508_pinned(clauses, &p.version, &variable))
		lines_bad(x, value.line, "not a version", clauses);
	p.hash = only_hash(v[KEY_HASHES], x->scratch);
	p.url = json_raw_str(v[KEY_GIT], x->scratch);
	p.rev = json_raw_str(v[KEY_REF], x->scratch);
	lock_add(l, &p);
}

static struct json_walk members_of(struct json_raw object)
{
	struct json_walk w;

	if (object.type != JSON_OBJECT)
		object = (struct json_raw){.type = JSON_ABSENT};
	json_walk_begin(&w, object);
	return w;
}

static enum err read_lock(struct extraction *x)
{
	struct lock l = {.x = x, .extractor = &extract_pipfile,
			 .fixes_all = true};
	struct json_raw root, value;
	struct json_walk groups, members;
	struct str key, name;
	enum err err = json_open(x->text, diag_at(x->path), x->diags, &root);

	groups = members_of(root);
	while (json_walk_next(&groups, &key, &value)) {
		enum scope scope = json_raw_key_is(key, STR("develop"))
			? SCOPE_TEST : SCOPE_RUNTIME;
		struct json_raw package;

		if (json_raw_key_is(key, STR("_meta")))
			continue;
		members = members_of(value);
		while (json_walk_next(&members, &name, &package))
			add_locked(&l, arena_dup(x->scratch, name), package,
				   scope);
	}
	lock_emit(&l);
	return err;
}

/* --- files ---------------------------------------------------------------- */

static bool wants(const struct file *f)
{
	return str_is(path_base(f->path), "Pipfile") ||
	       str_is(path_base(f->path), "Pipfile.lock");
}

static enum err extract(struct extraction *x)
{
	unsigned long lost = lines_lost(x);
	enum err err = str_has_suffix(x->path, STR(".lock"))
		? read_lock(x) : read_pipfile(x);

	return err ? err : lines_lost(x) > lost ? ERR_FORMAT : OK;
}

const struct extractor extract_pipfile = {
	.name = "python/pipfile",
	.summary = "packages of Pipfile and Pipfile.lock",
	.version = 1,
	.sees = SEES_VERSION | SEES_HASH | SEES_REPOSITORY | SEES_COMMIT,
	.max_bytes = LIMIT_LOCK_BYTES,
	.wants = wants,
	.extract = extract,
};
