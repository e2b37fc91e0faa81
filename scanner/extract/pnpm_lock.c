/*
 * pnpm-lock.yaml, lockfileVersion 5 to 9: parts of the project (importers),
 * packages, and from 9 on their needs apart from them (snapshots).
 */
#include "base/limits.h"
#include "base/map.h"
#include "base/path.h"
#include "base/yaml_in.h"
#include "extract/declare.h"
#include "extract/lines.h"
#include "extract/lock.h"
#include "extract/npm.h"

struct pnpm {
	struct lock lock;
	struct map keys;  /* name@version -> packages */
	bool is_fifth;    /* name/version */
};

static struct str text_of(const struct yaml *m)
{
	return m->key && m->key->type == YAML_SCALAR ? m->key->text
						     : STR("");
}

/* "/name@1.0(peer@2)", "/name/1.0_peer" as name and version. */
static bool split_key(const struct pnpm *p, struct str key, struct str *name,
		      struct str *version)
{
	size_t at;

	if (str_has_prefix(key, STR("/")))
		key = str_from(key, 1);
	key = str_head(key, str_find_ch(key, '('));
	at = str_rfind_ch(key, p->is_fifth ? '/' : '@');
	if (at == SIZE_MAX || at == 0)
		return false;
	*name = str_head(key, at);
	*version = str_from(key, at + 1);
	if (p->is_fifth)
		*version = str_head(*version, str_find_ch(*version, '_'));
	return true;
}

static struct str joined(struct pnpm *p, struct str name, struct str version)
{
	return arena_fmt(p->lock.x->scratch, "%.*s@%.*s",
			 STR_ARG(str_head(name, LIMIT_NAME_BYTES)),
			 STR_ARG(str_head(version, LIMIT_NAME_BYTES)));
}

/* --- packages ------------------------------------------------------------- */

static bool is_true(const struct yaml *node)
{
	bool value = false;

	return yaml_bool(node, &value) && value;
}

/* {integrity}, {tarball}, {type: git, repo, commit} */
static void set_source(struct pnpm *p, struct package *package,
		       const struct yaml *from)
{
	struct str tarball = yaml_get_str(from, "tarball");

	package->hash = npm_hash(yaml_get_str(from, "integrity"),
				 p->lock.x->scratch);
	package->url = yaml_get_str(from, "repo");
	package->rev = yaml_get_str(from, "commit");
	if (!package_is_semver(package->version)) {
		if (!package->url.n)
			package->download = tarball;
		package->version = STR("");
	}
}

static void add_package(struct pnpm *p, const struct yaml *m)
{
	struct extraction *x = p->lock.x;
	struct package package = {.line = m->key->line,
				  .is_optional = is_true(
					  yaml_get(m, "optional"))};
	struct str name, version;
	bool is_new;
	size_t *at;

	if (!split_key(p, text_of(m), &name, &version)) {
		lines_bad(x, m->key->line, "not a package", text_of(m));
		return;
	}
	if (str_has_prefix(version, STR("file:")) ||
	    str_has_prefix(version, STR("link:")))
		return; /* a folder */
	at = map_put(&p->keys, joined(p, name, version),
		     p->lock.packages.n, &is_new);
	if (!is_new)
		return; /* the same with other peers */
	*at = p->lock.packages.n;
	if (yaml_get_str(m, "name").n)
		name = yaml_get_str(m, "name");
	if (yaml_get_str(m, "version").n)
		version = yaml_get_str(m, "version");
	package_npm_name(&package, name);
	package.version = version;
	if (is_true(yaml_get(m, "dev")))
		package.scope = SCOPE_TEST;
	set_source(p, &package, yaml_get(m, "resolution"));
	lock_add(&p->lock, &package);
}

static const struct yaml *members(const struct yaml *node)
{
	return node->type == YAML_MAPPING ? node->first : NULL;
}

/* --- edges ---------------------------------------------------------------- */

/* A name, and what stands for its version there. */
static void need(struct pnpm *p, size_t from, const struct yaml *m,
		 enum scope scope, bool is_optional)
{
	struct str name = text_of(m), version = yaml_str(m), other, rest;
	const size_t *to;

	if (m->type == YAML_MAPPING)
		version = yaml_get_str(m, "version");
	rest = str_head(version, str_find_ch(version, '('));
	if (p->is_fifth)
		rest = str_head(rest, str_find_ch(rest, '_'));
	to = map_get(&p->keys, joined(p, name, rest));
	if (!to && split_key(p, version, &other, &rest)) /* another name */
		to = map_get(&p->keys, joined(p, other, rest));
	if (to && *to != from)
		lock_need(&p->lock, from, *to, scope, is_optional);
}

static void read_needs(struct pnpm *p, size_t from, const struct yaml *of,
		       bool is_own)
{
	static const struct {
		const char *key;
		enum scope scope;
	} lists[] = {{"dependencies", SCOPE_RUNTIME},
		     {"optionalDependencies", SCOPE_RUNTIME},
		     {"devDependencies", SCOPE_TEST}};

	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		for (const struct yaml *m = members(yaml_get(
			     of, lists[i].key)); m; m = m->next)
			need(p, from, m, is_own ? lists[i].scope
						: SCOPE_UNKNOWN, i == 1);
}

static void read_own(struct pnpm *p, struct str folder,
		     const struct yaml *needs)
{
	struct extraction *x = p->lock.x;

	read_needs(p, lock_add_own(&p->lock, path_dir(declare_path(
		x, path_join(x->scratch, folder, STR("x"))))), needs, true);
}

static void read_edges(struct pnpm *p, const struct yaml *packages)
{
	for (const struct yaml *m = members(packages); m; m = m->next) {
		struct str name, version;
		const size_t *at;

		if (!split_key(p, text_of(m), &name, &version))
			continue;
		at = map_get(&p->keys, joined(p, name, version));
		if (at)
			read_needs(p, *at, m, false);
	}
}

/* --- files ---------------------------------------------------------------- */

static void read_root(struct pnpm *p, const struct yaml *root)
{
	const struct yaml *importers = yaml_get(root, "importers");
	const struct yaml *packages = yaml_get(root, "packages");

	p->is_fifth = str_has_prefix(yaml_get_str(root, "lockfileVersion"),
				     STR("5"));
	for (const struct yaml *m = members(packages); m; m = m->next)
		add_package(p, m);
	read_edges(p, packages);
	read_edges(p, yaml_get(root, "snapshots"));
	if (importers->type == YAML_MAPPING)
		for (const struct yaml *m = importers->first; m; m = m->next)
			read_own(p, text_of(m), m);
	else
		read_own(p, STR(""), root);
}

static bool wants(const struct file *f)
{
	return str_is(path_base(f->path), "pnpm-lock.yaml") &&
	       !path_has_dir(f->path, STR("node_modules"));
}

static enum err extract(struct extraction *x)
{
	struct pnpm p = {.lock = {.x = x, .extractor = &extract_pnpm_lock}};
	unsigned long lost = lines_lost(x);
	const struct yaml *root;
	enum err err = yaml_parse(x->text, 0, x->path, x->scratch, x->diags,
				  &root);

	read_root(&p, root);
	lock_emit(&p.lock);
	map_release(&p.keys);
	if (err == ERR_NOTFOUND)
		return OK;
	return err ? err : lines_lost(x) > lost ? ERR_FORMAT : OK;
}

const struct extractor extract_pnpm_lock = {
	.name = "npm/pnpm",
	.summary = "packages and edges of pnpm-lock.yaml",
	.version = 1,
	.sees = SEES_VERSION | SEES_HASH | SEES_EDGES | SEES_REPOSITORY |
		SEES_COMMIT,
	.max_bytes = LIMIT_LOCK_BYTES,
	.wants = wants,
	.extract = extract,
};
