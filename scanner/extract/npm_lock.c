/*
 * package-lock.json and npm-shrinkwrap.json of npm, lockfileVersion 1 to 3.
 * Where a package lies says who gets it: what is needed is looked for in the
 * node_modules of the folder, then of those above.  Version 1 does not say
 * what the project itself needs: package.json beside it does.
 */
#include "base/limits.h"
#include "base/map.h"
#include "base/path.h"
#include "extract/declare.h"
#include "extract/lines.h"
#include "extract/lock.h"
#include "extract/npm_lock.h"

#define MODULES "node_modules/"
#define DEPTH_MAX (LIMIT_JSON_DEPTH / 2)
#define STEPS_MAX 1000000000 /* bytes of paths that are looked for */

/* A package where it lies. */
struct placed {
	struct str path;     /* "node_modules/a/node_modules/b", "parts/x" */
	struct json_raw needs; /* the object that says what it needs */
};

struct npm_lock {
	struct lock lock;
	struct map paths;    /* -> packages */
	VEC(struct placed) placed;
	struct strbuf text;  /* a path that is looked for */
	size_t steps;
	bool is_first;       /* lockfileVersion 1 */
};

enum { KEY_NAME, KEY_VERSION, KEY_RESOLVED, KEY_INTEGRITY, KEY_DEV,
       KEY_DEV_OPTIONAL, KEY_OPTIONAL, KEY_LINK, KEYS };

static const struct str keys[KEYS] = {
	{"name", 4}, {"version", 7}, {"resolved", 8}, {"integrity", 9},
	{"dev", 3}, {"devOptional", 11}, {"optional", 8}, {"link", 4}};

static bool is_true(struct json_raw v)
{
	return str_is(v.text, "true");
}

/* --- packages ------------------------------------------------------------- */

/* The name of what lies at a path; "" for a part of the project. */
static struct str name_at(struct str path)
{
	struct str rest = path, name = STR("");
	size_t at;

	while ((at = str_find(rest, STR(MODULES))) != SIZE_MAX)
		name = rest = str_from(rest, at + STR(MODULES).n);
	return name;
}

static void place(struct npm_lock *l, struct str path, struct json_raw needs,
		  size_t i)
{
	bool is_new;

	map_put(&l->paths, path, i, &is_new);
	if (!is_new)
		diag_add(l->lock.x->diags, RW1103,
			 diag_at_line(l->lock.x->path, needs.line),
			 "the key \"%.*s\" is there twice",
			 STR_ARG(str_head(path, 100)));
	vec_push(&l->placed, ((struct placed){path, needs}));
}

static void add_own(struct npm_lock *l, struct str path,
		    struct json_raw value)
{
	struct extraction *x = l->lock.x;
	struct str folder = path_dir(declare_path(x, path_join(
		x->scratch, path, STR("x"))));

	place(l, path, value, lock_add_own(&l->lock, folder));
}

/* Version and address: the version of a package that is not the register's
 * stands in its address. */
static void set_source(struct npm_lock *l, struct package *p,
		       struct str version, struct str resolved)
{
	struct arena *a = l->lock.x->scratch;

	if (!str_has_prefix(resolved, STR("http")))
		npm_read_spec(p, resolved, a);
	if (!p->url.n && npm_read_spec(p, version, a) && !p->url.n &&
	    !p->version.n && !p->download.n)
		lines_bad(l->lock.x, p->line, "not a version", version);
}

/* An entry; a link leads to a part of the project. */
static void add(struct npm_lock *l, struct str path, struct json_raw value)
{
	struct extraction *x = l->lock.x;
	struct package p = {.line = value.line};
	struct json_raw v[KEYS];
	struct str name = name_at(path);

	if (value.type != JSON_OBJECT) {
		lines_bad(x, value.line, "not a package", path);
		return;
	}
	if (!name.n) {
		add_own(l, path, value);
		return;
	}
	json_raw_members(value, keys, KEYS, v, x->path, x->diags);
	if (is_true(v[KEY_LINK]))
		return;
	if (v[KEY_NAME].type == JSON_STRING)
		name = json_raw_str(v[KEY_NAME], x->scratch);
	package_npm_name(&p, name);
	p.hash = npm_hash(json_raw_str(v[KEY_INTEGRITY], x->scratch),
			  x->scratch);
	p.scope = is_true(v[KEY_DEV]) || is_true(v[KEY_DEV_OPTIONAL])
		? SCOPE_TEST : SCOPE_RUNTIME;
	p.is_optional = is_true(v[KEY_OPTIONAL]);
	set_source(l, &p, str_trim(json_raw_str(v[KEY_VERSION], x->scratch)),
		   json_raw_str(v[KEY_RESOLVED], x->scratch));
	place(l, path, value, lock_add(&l->lock, &p));
}

static void read_packages(struct npm_lock *l, struct json_raw packages)
{
	struct json_walk w = npm_members(packages);
	struct json_raw value;
	struct str key;

	while (json_walk_next(&w, &key, &value))
		add(l, arena_dup(l->lock.x->scratch,
				 str_head(key, LIMIT_PATH_BYTES)), value);
}

/* --- version 1 ------------------------------------------------------------ */

/* "dependencies" within "dependencies". */
static void read_nested(struct npm_lock *l, struct json_raw dependencies)
{
	struct level {
		struct json_walk walk;
		struct str path;
	} levels[DEPTH_MAX];
	struct extraction *x = l->lock.x;
	size_t depth = 1;

	levels[0].walk = npm_members(dependencies);
	levels[0].path = STR("");
	while (depth) {
		struct level *top = &levels[depth - 1];
		struct json_raw value, inner;
		struct str name, path;

		if (!json_walk_next(&top->walk, &name, &value)) {
			depth--;
			continue;
		}
		path = arena_fmt(x->scratch, "%.*s%s" MODULES "%.*s",
				 STR_ARG(top->path), top->path.n ? "/" : "",
				 STR_ARG(str_head(name, LIMIT_NAME_BYTES)));
		if (path.n > LIMIT_PATH_BYTES) {
			lines_bad(x, value.line, "nested too deeply", name);
			continue;
		}
		add(l, path, value);
		inner = json_raw_get(value, "dependencies");
		if (inner.type == JSON_OBJECT && depth < DEPTH_MAX)
			levels[depth++] = (struct level){npm_members(inner),
							 path};
	}
}

/* --- edges ---------------------------------------------------------------- */

/* Where `name` is found from a folder: there, or above. */
static size_t find(struct npm_lock *l, struct str from, struct str name)
{
	for (;;) {
		const size_t *at;

		strbuf_clear(&l->text);
		strbuf_fmt(&l->text, "%.*s%s" MODULES "%.*s", STR_ARG(from),
			   from.n ? "/" : "",
			   STR_ARG(str_head(name, LIMIT_NAME_BYTES)));
		at = map_get(&l->paths, strbuf_str(&l->text));
		l->steps += l->text.n;
		if (at)
			return *at;
		if (!from.n || l->steps > STEPS_MAX)
			return SIZE_MAX;
		from = path_dir(from);
		while (from.n && str_is(path_base(from), "node_modules"))
			from = path_dir(from);
	}
}

static void need(struct npm_lock *l, size_t from, struct str path,
		 const struct npm_need *n)
{
	bool is_own = l->lock.packages.v[from].is_own;
	size_t to = find(l, path, n->name);

	if (to == SIZE_MAX || to == from || (!is_own && n->scope == SCOPE_TEST))
		return;
	lock_need(&l->lock, from, to, is_own ? n->scope : SCOPE_UNKNOWN,
		  n->is_optional);
}

/* "requires" of version 1. */
static void read_requires(struct npm_lock *l, size_t from)
{
	const struct placed *p = &l->placed.v[from];
	struct json_walk w = npm_members(json_raw_get(p->needs, "requires"));
	struct json_raw value;
	struct npm_need n = {0};

	while (json_walk_next(&w, &n.name, &value))
		need(l, from, p->path, &n);
}

static void read_edges(struct npm_lock *l)
{
	for (size_t i = 0; i < l->placed.n && l->steps <= STEPS_MAX; i++) {
		struct npm_needs needs = {0};

		if (l->is_first && !l->lock.packages.v[i].is_own)
			read_requires(l, i);
		else if (l->is_first)
			npm_read_manifest(&needs, l->lock.x);
		else
			npm_read_needs(&needs, l->lock.x,
				       l->placed.v[i].needs);
		for (size_t k = 0; k < needs.list.n; k++)
			need(l, i, l->placed.v[i].path, &needs.list.v[k]);
		npm_needs_release(&needs);
	}
	if (l->steps > STEPS_MAX)
		diag_add(l->lock.x->diags, RW1901, diag_at(l->lock.x->path),
			 "paths are too long and too many: edges are missing");
}

/* --- files ---------------------------------------------------------------- */

static bool wants(const struct file *f)
{
	struct str base = path_base(f->path);

	return (str_is(base, "package-lock.json") ||
		str_is(base, "npm-shrinkwrap.json")) &&
	       !path_has_dir(f->path, STR("node_modules"));
}

void npm_lock_read(struct extraction *x, struct json_raw root)
{
	struct npm_lock l = {.lock = {.x = x,
				      .extractor = &extract_npm_lock}};
	struct json_raw packages, none = {.type = JSON_ABSENT};

	packages = json_raw_get(root, "packages");
	l.is_first = packages.type != JSON_OBJECT;
	if (l.is_first) {
		add_own(&l, STR(""), none);
		read_nested(&l, json_raw_get(root, "dependencies"));
	} else {
		read_packages(&l, packages);
	}
	read_edges(&l);
	lock_emit(&l.lock);
	map_release(&l.paths);
	vec_release(&l.placed);
	strbuf_release(&l.text);
}

static enum err extract(struct extraction *x)
{
	unsigned long lost = lines_lost(x);
	struct json_raw root;
	enum err err = json_open(x->text, diag_at(x->path), x->diags, &root);

	npm_lock_read(x, root);
	return err ? err : lines_lost(x) > lost ? ERR_FORMAT : OK;
}

const struct extractor extract_npm_lock = {
	.name = "npm/lock",
	.summary = "packages and edges of package-lock.json",
	.version = 1,
	.sees = SEES_VERSION | SEES_HASH | SEES_EDGES | SEES_REPOSITORY |
		SEES_COMMIT,
	.max_bytes = LIMIT_LOCK_BYTES,
	.wants = wants,
	.extract = extract,
};
