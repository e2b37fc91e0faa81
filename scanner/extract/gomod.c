/*
 * go.mod: the modules that a Go module requires, after its own replace
 * directives and those of the workspace; go.sum beside it gives hashes.  What a
 * module path means for a repository is said only where Go itself fixes it
 * (a ".git" in the path, the hosts with three-part paths); vanity hosts are
 * left to resolve/.
 */
#include <string.h>

#include "base/limits.h"
#include "base/map.h"
#include "base/path.h"
#include "extract/declare.h"
#include "extract/gomod_lines.h"
#include "extract/gomod_sum.h"
#include "extract/gomod_work.h"
#include "extract/lines.h"
#include "extract/scope.h"

struct require {
	struct str path, version;
	unsigned line;
	bool is_indirect;
};

struct gomod {
	struct extraction *x;
	enum scope scope;
	VEC(struct require) requires;
	VEC(struct gomod_replace) replaces;
	struct map by_old;     /* "path" or "path version" -> replaces */
	struct gomod_sum sum;
	struct gomod_work work;
};

/* --- statements ----------------------------------------------------------- */

static bool is_indirect(struct str comment)
{
	return str_is(comment, "indirect") ||
	       str_has_prefix(comment, STR("indirect;"));
}

static bool is_module_path(struct str path)
{
	for (size_t i = 0; i < path.n; i++)
		if (!ascii_is_alnum(path.p[i]) &&
		    !memchr("-._~/+", path.p[i], 6))
			return false;
	return path.n != 0;
}

static bool add_require(struct gomod *g, const struct gomod_statement *s)
{
	if (s->is_bad || s->n != 2 || !is_module_path(s->words[0]))
		return false;
	vec_push(&g->requires, ((struct require){
		s->words[0], s->words[1], s->line, is_indirect(s->comment)}));
	return true;
}

static bool add_replace(struct gomod *g, const struct gomod_statement *s)
{
	struct gomod_replace r;

	if (!gomod_lines_replace(s, g->x->scratch, &r))
		return false;
	/* Of two for one module the later counts, as Go has it. */
	*map_put(&g->by_old, r.key, 0, NULL) = g->replaces.n;
	vec_push(&g->replaces, r);
	return true;
}

static bool add_statement(struct gomod *g, const struct gomod_statement *s)
{
	if (str_is(s->verb, "require"))
		return add_require(g, s);
	if (str_is(s->verb, "replace"))
		return add_replace(g, s);
	return s->verb.n != 0; /* what others say counts for nothing here */
}

static void read_lines(struct gomod *g)
{
	struct gomod_lines l = gomod_lines_of(g->x);
	struct gomod_statement s;

	while (gomod_lines_next(&l, &s))
		if (!add_statement(g, &s))
			lines_bad(g->x, s.line, "not understood", s.text);
}

/* --- components ----------------------------------------------------------- */

static bool is_digits(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!ascii_is_digit(s.p[i]))
			return false;
	return s.n != 0;
}

/* The commit prefix of a pseudo-version (vX.Y.Z-...yyyymmddhhmmss-abcdef...)
 * or "". */
static struct str pseudo_commit(struct str version)
{
	struct str v = str_head(version, str_find_ch(version, '+'));
	struct str commit, time;
	size_t dash = str_rfind_ch(v, '-');

	if (dash == SIZE_MAX || dash < 15)
		return STR("");
	commit = str_from(v, dash + 1);
	time = str_sub(v, dash - 14, dash);
	if (commit.n != 12 || !is_digits(time) ||
	    (v.p[dash - 15] != '-' && v.p[dash - 15] != '.'))
		return STR("");
	for (size_t i = 0; i < commit.n; i++)
		if (!ascii_is_hex(commit.p[i]))
			return STR("");
	return commit;
}

/* Go writes it where a replace gives the source: it says nothing. */
static bool is_placeholder(struct str version)
{
	return str_is(version, "v0.0.0-00010101000000-000000000000");
}

/* A fixed version; Go takes branches and the like too, before it rewrites
 * the file. */
static bool is_version(struct str v)
{
	return v.n > 1 && v.p[0] == 'v' && ascii_is_digit(v.p[1]) &&
	       !is_placeholder(v);
}

/* "/v2" at the end of a path is a major version, not a folder. */
static struct str without_major(struct str dir)
{
	struct str base = path_base(dir);

	if (str_has_prefix(base, STR("v")) && is_digits(str_from(base, 1)))
		return path_dir(dir);
	return dir;
}

/* Offset of the n-th slash of s, or its length. */
static size_t slash_at(struct str s, unsigned n)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == '/' && --n == 0)
			return i;
	return s.n;
}

/* Cuts a module path into the repository and the folder in it; false when
 * only the host could say where. */
static bool split_path(struct str path, struct str *repository,
		       struct str *dir)
{
	size_t git = str_find(path, STR(".git/"));
	size_t at;

	if (git != SIZE_MAX)
		at = git + STR(".git").n;
	else if (str_has_suffix(path, STR(".git")))
		at = path.n;
	else if ((str_has_prefix(path, STR("github.com/")) ||
		  str_has_prefix(path, STR("bitbucket.org/"))) &&
		 slash_at(path, 2) < path.n)
		at = slash_at(path, 3);
	else
		return false;
	*repository = str_head(path, at);
	*dir = without_major(str_from(path, at + 1));
	return true;
}

/* The tag, commit prefix or branch that a version stands for; tags of a
 * module in a folder begin with the folder. */
static struct str version_ref(struct str version, struct str dir,
			      struct arena *a)
{
	struct str commit = pseudo_commit(version);
	struct str tag = str_head(version, str_find_ch(version, '+'));

	if (is_placeholder(version) || version.n > LIMIT_NAME_BYTES)
		return STR("");
	if (commit.n)
		return arena_dup(a, commit);
	if (dir.n && is_version(version))
		return arena_fmt(a, "%.*s/%.*s", STR_ARG(dir), STR_ARG(tag));
	return arena_dup(a, tag);
}

/* Where the module's source is, as far as path and version say. */
static void set_source(struct gomod *g, struct component *c,
		       struct str version)
{
	struct provenance *from = &c->provenance;
	struct str repository, dir = STR("");

	if (split_path(c->name, &repository, &dir))
		from->repository = component_repository_url(
			arena_fmt(g->x->scratch, "https://%.*s",
				  STR_ARG(repository)), g->x->arena);
	if (from->repository.n)
		from->kind = PROVENANCE_REPOSITORY;
	from->ref = version_ref(version, dir, g->x->arena);
}

static void set_purl(struct gomod *g, struct component *c)
{
	struct purl p = {.type = STR("golang"),
			 .namespace = path_dir(c->name),
			 .name = path_base(c->name), .version = c->version};

	declare_purl(g->x, c, &p);
}

static const struct gomod_replace *find_replace(struct gomod *g,
						const struct require *r)
{
	struct str key = arena_fmt(g->x->scratch, "%.*s %.*s",
				   STR_ARG(r->path), STR_ARG(r->version));
	const size_t *i = map_get(&g->by_old, key);

	if (!i)
		i = map_get(&g->by_old, r->path);
	return i ? &g->replaces.v[*i] : NULL;
}

/* What a workspace says goes before what the module says. */
static bool find_source(struct gomod *g, const struct require *r,
			struct gomod_replace *ret)
{
	const struct gomod_replace *by = find_replace(g, r);

	if (gomod_work_replace(&g->work, r->path, r->version, ret)) {
		ret->line = r->line;
		return true;
	}
	if (by)
		*ret = *by;
	return by != NULL;
}

static bool is_folder(struct str path)
{
	return str_has_prefix(path, STR("/")) || str_is(path, ".") ||
	       str_has_prefix(path, STR("./")) || str_is(path, "..") ||
	       str_has_prefix(path, STR("../"));
}

/* The code of the module stands in a folder: it is nobody's package.  Outside
 * the tree nobody has seen it. */
static void add_folder(struct gomod *g, const struct require *r,
		       const struct gomod_replace *by)
{
	bool is_inside = declare_is_inside(g->x, by->path);
	struct str dir = is_inside ? declare_path(g->x, by->path) : by->path;
	struct component *c;

	diag_add(g->x->diags, RW1304, diag_at_line(g->x->path, by->line),
		 "module %.*s is taken from %s %.*s", STR_ARG(r->path),
		 is_inside ? "the folder" : "a folder outside the tree:",
		 STR_ARG(dir.n ? dir : STR(".")));
	if (is_inside)
		return;
	c = declare_component(g->x, &extract_gomod, r->path, "library",
			      by->line);
	if (!c)
		return;
	c->scope = g->scope;
	c->is_indirect = r->is_indirect;
	c->is_unpinned = true;
}

static void say_unpinned(struct gomod *g, const struct component *c,
			 struct str version)
{
	diag_add(g->x->diags, RW1302,
		 diag_at_line(g->x->path, c->evidence.v[0].line),
		 "%.*s has no fixed version: %.*s", STR_ARG(c->name),
		 STR_ARG(version));
}

static void add_module(struct gomod *g, const struct require *r)
{
	struct gomod_replace by;
	bool is_replaced = find_source(g, r, &by);
	struct str path = is_replaced ? by.path : r->path;
	struct str version = is_replaced ? by.version : r->version;
	struct component *c;

	if (is_replaced && (by.version.n == 0 || is_folder(by.path))) {
		add_folder(g, r, &by);
		return;
	}
	c = declare_component(g->x, &extract_gomod, path, "library", r->line);
	if (!c)
		return;
	if (is_replaced && by.line != r->line)
		component_add_evidence(c, (struct evidence){
			g->x->path, by.line});
	c->scope = g->scope;
	c->is_indirect = r->is_indirect;
	c->is_unpinned = !is_version(version);
	if (!c->is_unpinned)
		declare_version(g->x, c, version);
	else
		say_unpinned(g, c, version);
	set_source(g, c, version);
	set_purl(g, c);
	gomod_sum_confirm(&g->sum, g->x, c, version);
}

static void say_vendored(struct gomod *g)
{
	struct str list = declare_path(g->x, STR("vendor/modules.txt"));

	if (declare_find(g->x->tree, list))
		diag_add(g->x->diags, RW1304, diag_at(g->x->path),
			 "the modules are taken from the folder %.*s",
			 STR_ARG(path_dir(list)));
}

static bool wants(const struct file *f)
{
	return str_is(path_base(f->path), "go.mod");
}

static enum err extract(struct extraction *x)
{
	struct gomod g = {.x = x,
			  .scope = scope_of_path(x->path, SCOPE_RUNTIME)};
	unsigned long lost = lines_lost(x);

	gomod_sum_read(&g.sum, x);
	gomod_work_read(&g.work, x);
	read_lines(&g);
	for (size_t i = 0; i < g.requires.n; i++)
		add_module(&g, &g.requires.v[i]);
	say_vendored(&g);
	vec_release(&g.requires);
	vec_release(&g.replaces);
	map_release(&g.by_old);
	gomod_sum_release(&g.sum);
	gomod_work_release(&g.work);
	return lines_lost(x) > lost ? ERR_FORMAT : OK;
}

const struct extractor extract_gomod = {
	.name = "go/gomod",
	.summary = "modules that go.mod requires, after its replaces",
	.version = 2,
	.sees = SEES_VERSION | SEES_HASH | SEES_COMMIT | SEES_REPOSITORY,
	.wants = wants,
	.extract = extract,
};
