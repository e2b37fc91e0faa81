/*
 * yarn.lock: the text form of yarn 1, and the YAML of yarn 2 and later.  Both
 * name a package by what was asked for ("name@range"), which is how needs
 * find it.  What the project itself needs yarn 1 does not say: package.json
 * beside it does.
 */
#include "base/limits.h"
#include "base/map.h"
#include "base/path.h"
#include "base/yaml_in.h"
#include "extract/declare.h"
#include "extract/lines.h"
#include "extract/lock.h"
#include "extract/npm.h"

struct wanted {
	size_t from;
	struct str key;   /* name@range */
	enum scope scope;
	bool is_optional;
};

struct yarn {
	struct lock lock;
	struct map keys;  /* name@range -> packages */
	VEC(struct wanted) wanted;
};

/* "name" and "range" of "name@range"; the name may begin with '@'. */
static void split_key(struct str key, struct str *name, struct str *range)
{
	size_t at = str_find_ch(str_from(key, 1), '@');

	*name = at == SIZE_MAX ? key : str_head(key, at + 1);
	*range = at == SIZE_MAX ? STR("") : str_from(key, at + 2);
}

/* All keys of a heading: a@1, "b@2 || 3" */
static void put_keys(struct yarn *y, struct str heading, size_t package)
{
	while (heading.n) {
		bool is_quoted = heading.p[0] == '"';
		size_t end = is_quoted
			? str_find_ch(str_from(heading, 1), '"')
			: str_find_ch(heading, ',');
		struct str key = is_quoted ? str_sub(heading, 1, end + 1)
					   : str_head(heading, end);

		if (end == SIZE_MAX)
			end = heading.n;
		map_put(&y->keys, str_trim(key), package, NULL);
		heading = str_trim(str_from(heading, end +
					    (is_quoted ? 2 : 1)));
		if (is_quoted && str_has_prefix(heading, STR(",")))
			heading = str_trim(str_from(heading, 1));
	}
}

static void want(struct yarn *y, size_t from, struct str name,
		 struct str range, bool is_optional)
{
	vec_push(&y->wanted, ((struct wanted){
		from, arena_fmt(y->lock.x->scratch, "%.*s@%.*s",
				STR_ARG(str_head(name, LIMIT_NAME_BYTES)),
				STR_ARG(str_head(range, LIMIT_NAME_BYTES))),
		SCOPE_UNKNOWN, is_optional}));
}

static void link_needs(struct yarn *y)
{
	for (size_t i = 0; i < y->wanted.n; i++) {
		const struct wanted *w = &y->wanted.v[i];
		const size_t *to = map_get(&y->keys, w->key);

		if (to && *to != w->from)
			lock_need(&y->lock, w->from, *to, w->scope,
				  w->is_optional);
	}
}

/* What package.json beside it needs; `protocol` stands before a range. */
static void want_of_manifest(struct yarn *y, size_t own, const char *protocol)
{
	struct npm_needs needs = {0};

	npm_read_manifest(&needs, y->lock.x);
	for (size_t i = 0; i < needs.list.n; i++) {
		const struct npm_need *n = &needs.list.v[i];
		bool is_plain = str_find_ch(n->spec, ':') == SIZE_MAX;

		want(y, own, n->name, is_plain ? arena_fmt(
			y->lock.x->scratch, "%s%.*s", protocol,
			STR_ARG(n->spec)) : n->spec, n->is_optional);
		y->wanted.v[y->wanted.n - 1].scope = n->scope;
	}
	npm_needs_release(&needs);
}

/* --- yarn 1 --------------------------------------------------------------- */

static size_t indent(struct str line)
{
	size_t n = 0;

	while (n < line.n && line.p[n] == ' ')
		n++;
	return n;
}

/* "a@^1, b@2:" begins a package. */
static size_t open_package(struct yarn *y, struct str line, unsigned number)
{
	struct package p = {.line = number};
	struct str heading = str_trim(line), first, name, range;
	size_t i;

	if (!str_has_suffix(heading, STR(":")) || heading.n < 2) {
		lines_bad(y->lock.x, number, "not understood", line);
		return SIZE_MAX;
	}
	heading.n--;
	first = heading.p[0] == '"' ? str_from(heading, 1) : heading;
	first = str_head(first, str_find_ch(first, heading.p[0] == '"'
					    ? '"' : ','));
	split_key(first, &name, &range);
	package_npm_name(&p, name);
	if (!npm_read_spec(&p, range, y->lock.x->scratch))
		i = lock_add_own(&y->lock, STR("\n")); /* no folder's name */
	else
		i = lock_add(&y->lock, &p);
	y->lock.packages.v[i].package.version = STR("");
	put_keys(y, heading, i);
	return i;
}

/* A field of the package at hand. */
static void read_field(struct yarn *y, size_t i, struct str line)
{
	struct package *p = &y->lock.packages.v[i].package;
	struct str rest = str_trim(line), key, hash;

	str_word(&rest, &key);
	rest = str_unquote(str_trim(rest));
	if (str_is(key, "version")) {
		p->version = rest;
	} else if (str_is(key, "integrity")) {
		p->hash = npm_hash(rest, y->lock.x->scratch);
	} else if (str_is(key, "resolved") && p->url.n) {
		if (str_cut(rest, '#', &rest, &hash))
			p->rev = hash;
		p->download = STR("");
	}
}

static void read_text(struct yarn *y)
{
	struct lines l = lines_of(y->lock.x);
	size_t package = SIZE_MAX;
	bool in_needs = false, is_optional = false;
	struct str line;

	while (lines_next(&l, &line)) {
		struct str text = str_trim(line), name;

		if (!text.n || text.p[0] == '#')
			continue;
		if (indent(line) == 0) {
			package = open_package(y, line, l.number);
			in_needs = false;
		} else if (package == SIZE_MAX) {
			continue;
		} else if (indent(line) == 2) {
			is_optional = str_is(text, "optionalDependencies:");
			in_needs = is_optional ||
				   str_is(text, "dependencies:");
			if (!in_needs)
				read_field(y, package, line);
		} else if (in_needs && str_word(&text, &name)) {
			want(y, package, str_unquote(name),
			     str_unquote(str_trim(text)), is_optional);
		}
	}
}

/* --- yarn 2 and later ----------------------------------------------------- */

static void want_all(struct yarn *y, size_t from, const struct yaml *list,
		     enum scope scope)
{
	if (list->type != YAML_MAPPING)
		return;
	for (const struct yaml *m = list->first; m; m = m->next) {
		struct str range = yaml_str(m);

		if (str_find_ch(range, ':') == SIZE_MAX)
			range = arena_fmt(y->lock.x->scratch, "npm:%.*s",
					  STR_ARG(str_head(
						  range, LIMIT_NAME_BYTES)));
		want(y, from, m->key->text, range, false);
		y->wanted.v[y->wanted.n - 1].scope = scope;
	}
}

static void add_entry(struct yarn *y, const struct yaml *m)
{
	struct extraction *x = y->lock.x;
	struct str resolution = yaml_get_str(m, "resolution"), name, range;
	struct package p = {.line = m->key->line};
	bool is_own;
	size_t i;

	if (str_is(m->key->text, "__metadata"))
		return;
	if (!resolution.n) {
		lines_bad(x, p.line, "a package without a resolution",
			  m->key->text);
		return;
	}
	split_key(resolution, &name, &range);
	package_npm_name(&p, name);
	is_own = str_has_prefix(range, STR("workspace:"));
	if (is_own) {
		i = lock_add_own(&y->lock, path_dir(declare_path(
			x, path_join(x->scratch, str_from(range, 10),
				     STR("x")))));
		if (str_is(range, "workspace:."))
			want_of_manifest(y, i, "npm:");
	} else {
		range = str_head(range, str_find(range, STR("::")));
		if (!npm_read_spec(&p, range, x->scratch))
			return;
		if (!p.url.n)
			p.version = yaml_get_str(m, "version");
		i = lock_add(&y->lock, &p);
	}
	put_keys(y, m->key->text, i);
	want_all(y, i, yaml_get(m, "dependencies"),
		 is_own ? SCOPE_RUNTIME : SCOPE_UNKNOWN);
}

static enum err read_yaml(struct yarn *y)
{
	struct extraction *x = y->lock.x;
	const struct yaml *root;
	enum err err = yaml_parse(x->text, 0, x->path, x->scratch, x->diags,
				  &root);

	if (root->type == YAML_MAPPING)
		for (const struct yaml *m = root->first; m; m = m->next)
			if (m->key->type == YAML_SCALAR)
				add_entry(y, m);
	return err == ERR_NOTFOUND ? OK : err;
}

/* --- files ---------------------------------------------------------------- */

static bool wants(const struct file *f)
{
	return str_is(path_base(f->path), "yarn.lock") &&
	       !path_has_dir(f->path, STR("node_modules"));
}

static enum err extract(struct extraction *x)
{
	struct yarn y = {.lock = {.x = x, .extractor = &extract_yarn_lock}};
	unsigned long lost = lines_lost(x);
	enum err err = OK;

	if (str_find(str_head(x->text, 4096), STR("__metadata:")) !=
	    SIZE_MAX) {
		err = read_yaml(&y);
	} else {
		size_t own = lock_add_own(&y.lock, path_dir(x->path));

		want_of_manifest(&y, own, "");
		read_text(&y);
	}
	link_needs(&y);
	lock_emit(&y.lock);
	map_release(&y.keys);
	vec_release(&y.wanted);
	return err ? err : lines_lost(x) > lost ? ERR_FORMAT : OK;
}

const struct extractor extract_yarn_lock = {
	.name = "npm/yarn",
	.summary = "packages and edges of yarn.lock, of yarn 1 and later",
	.version = 1,
	.sees = SEES_VERSION | SEES_HASH | SEES_EDGES | SEES_REPOSITORY |
		SEES_COMMIT,
	.max_bytes = LIMIT_LOCK_BYTES,
	.wants = wants,
	.extract = extract,
};
