/*
 * pyproject.toml: what a Python project needs, by PEP 517, 621 and 735 and
 * the tables of Poetry, uv, PDM and Hatch.  A range has no version here: the
 * lock beside may give one.
 */
#include "base/path.h"
#include "base/toml_in.h"
#include "extract/declare.h"
#include "extract/lines.h"
#include "extract/package.h"
#include "extract/pep508.h"
#include "extract/pypi.h"
#include "extract/url.h"

struct project {
	struct pypi to;
	const struct toml *root;
	const struct toml *sources; /* of uv: where a name is taken from */
};

/* The table at a dotted path; absent where there is none. */
static const struct toml *at(const struct toml *t, const char *path)
{
	struct str rest = str_c(path), part;

	while (str_split(&rest, '.', &part)) {
		const struct toml *m = t->type == TOML_TABLE ? t->first
							     : NULL;

		while (m && !str_eq(m->key, part))
			m = m->next;
		if (!m)
			return toml_get(t, ""); /* of no such key: absent */
		t = m;
	}
	return t;
}

static struct str first_of(const struct toml *t, const char *const *keys,
			   size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (toml_get_str(t, keys[i]).n)
			return toml_get_str(t, keys[i]);
	return STR("");
}

/* {git = ..., rev = ...}, {path = ...}, {url = ...}; false for others. */
static bool add_from(const struct project *p, struct str name,
		     const struct toml *from)
{
	static const char *const revs[] = {"rev", "tag", "branch"};
	struct package package = {
		.type = "pypi", .name = name, .scope = p->to.scope,
		.line = p->to.line, .is_optional = p->to.is_optional,
		.url = toml_get_str(from, "git"),
		.rev = first_of(from, revs, 3)};
	struct str path = toml_get_str(from, "path");
	struct str url = toml_get_str(from, "url");

	if (str_is(toml_get(from, "workspace")->text, "true"))
		return true; /* another part of the project */
	if (package.url.n)
		package_add(p->to.x, p->to.e, &package);
	else if (path.n || url.n)
		pypi_add_url(&p->to, name, path.n ? path : url);
	return package.url.n || path.n || url.n;
}

/* --- PEP 508 -------------------------------------------------------------- */

static const struct toml *find_source(const struct project *p,
				      struct str text)
{
	struct arena *a = p->to.x->scratch;
	struct str name = pypi_name(pep508_take_name(&text), a);

	for (const struct toml *m = p->sources->first; m; m = m->next)
		if (str_eq(pypi_name(m->key, a), name))
			return m;
	return NULL;
}

static void add_requirement(struct project *p, const struct toml *item)
{
	struct str text = str_trim(toml_str(item)), rest = text;
	const struct toml *from = find_source(p, text);

	p->to.line = item->line;
	if (item->type == TOML_TABLE)
		return; /* {include-group = ...} */
	if (!from || !add_from(p, pep508_take_name(&rest), from))
		pypi_add(&p->to, text, STR(""));
}

static void read_list(struct project *p, const struct toml *list,
		      enum scope scope)
{
	p->to.scope = scope;
	if (list->type == TOML_STRING || list->type == TOML_PLAIN)
		lines_bad(p->to.x, list->line, "not a list", list->text);
	if (list->type != TOML_ARRAY)
		return;
	for (const struct toml *i = list->first; i; i = i->next)
		add_requirement(p, i);
}

/* A table of lists: groups or extras. */
static void read_groups(struct project *p, const char *path,
			enum scope other)
{
	const struct toml *groups = at(p->root, path);

	if (groups->type != TOML_TABLE)
		return;
	for (const struct toml *g = groups->first; g; g = g->next)
		read_list(p, g, pypi_group_scope(g->key, other));
}

/* --- Poetry --------------------------------------------------------------- */

/* "1.2", "=1.2" or "==1.2" fix a version, what else there is does not. */
static struct str exact(struct str constraint)
{
	struct str s = str_trim(constraint);

	for (int i = 0; i < 2 && str_has_prefix(s, STR("=")); i++)
		s = str_trim(str_from(s, 1));
	for (size_t i = 0; i < s.n; i++)
		if (!ascii_is_alnum(s.p[i]) && s.p[i] != '.' &&
		    s.p[i] != '+' && s.p[i] != '!' && s.p[i] != '-')
			return STR("");
	return s.n && ascii_is_digit(s.p[0]) ? s : STR("");
}

static void add_poetry(struct project *p, const struct toml *m)
{
	struct package package = {.type = "pypi", .name = m->key,
				  .line = m->line, .may_be_locked = true};
	struct str version = toml_str(m);

	p->to.line = m->line;
	p->to.is_optional = false;
	if (m->type == TOML_TABLE) {
		p->to.is_optional = str_is(toml_get(m, "optional")->text,
					   "true");
		version = toml_get_str(m, "version");
		if (add_from(p, m->key, m))
			return;
	}
	package.version = exact(version);
	package.scope = p->to.scope;
	package.is_optional = p->to.is_optional;
	package_add(p->to.x, p->to.e, &package);
}

static void read_poetry_table(struct project *p, const struct toml *table,
			      enum scope scope)
{
	p->to.scope = scope;
	if (table->type != TOML_TABLE)
		return;
	for (const struct toml *m = table->first; m; m = m->next)
		if (!str_is(m->key, "python"))
			add_poetry(p, m);
	p->to.is_optional = false;
}

static void read_poetry(struct project *p)
{
	const struct toml *poetry = at(p->root, "tool.poetry");
	const struct toml *groups = toml_get(poetry, "group");

	read_poetry_table(p, toml_get(poetry, "dependencies"),
			  SCOPE_RUNTIME);
	read_poetry_table(p, toml_get(poetry, "dev-dependencies"),
			  SCOPE_TEST);
	if (groups->type != TOML_TABLE)
		return;
	for (const struct toml *g = groups->first; g; g = g->next)
		read_poetry_table(p, toml_get(g, "dependencies"),
				  pypi_group_scope(g->key, SCOPE_RUNTIME));
}

/* --- files ---------------------------------------------------------------- */

static void say_indexes(struct project *p, const char *path)
{
	const struct toml *list = at(p->root, path);

	if (list->type != TOML_ARRAY)
		return;
	for (const struct toml *i = list->first; i; i = i->next) {
		struct str url = toml_get_str(i, "url");

		if (url_is(url))
			diag_add(p->to.x->diags, RW1305,
				 diag_at_line(p->to.x->path, i->line),
				 "packages may come from %.*s",
				 STR_ARG(url_without_user(
					 url, p->to.x->scratch)));
	}
}

static void read_hatch(struct project *p)
{
	const struct toml *envs = at(p->root, "tool.hatch.envs");

	if (envs->type != TOML_TABLE)
		return;
	for (const struct toml *e = envs->first; e; e = e->next) {
		enum scope scope = pypi_group_scope(e->key, SCOPE_TEST);

		read_list(p, toml_get(e, "dependencies"), scope);
		read_list(p, toml_get(e, "extra-dependencies"), scope);
	}
}

static void read_project(struct project *p)
{
	const struct toml *project = toml_get(p->root, "project");

	p->to.own_name = toml_get_str(project, "name");
	p->to.may_be_locked = true;
	p->sources = at(p->root, "tool.uv.sources");
	read_list(p, toml_get(project, "dependencies"), SCOPE_RUNTIME);
	p->to.is_optional = true;
	read_groups(p, "project.optional-dependencies", SCOPE_RUNTIME);
	p->to.is_optional = false;
	read_groups(p, "dependency-groups", SCOPE_TEST);
	read_list(p, at(p->root, "tool.uv.dev-dependencies"), SCOPE_TEST);
	read_groups(p, "tool.pdm.dev-dependencies", SCOPE_TEST);
	read_hatch(p);
	read_poetry(p);
	p->to.may_be_locked = false; /* no lock has these */
	read_list(p, at(p->root, "build-system.requires"), SCOPE_BUILD);
	say_indexes(p, "tool.poetry.source");
	say_indexes(p, "tool.uv.index");
}

static bool wants(const struct file *f)
{
	return str_is(path_base(f->path), "pyproject.toml");
}

static enum err extract(struct extraction *x)
{
	struct project p = {.to = {.x = x, .e = &extract_pyproject}};
	unsigned long lost = lines_lost(x);
	enum err err = toml_parse(x->text, x->path, x->scratch, x->diags,
				  &p.root);

	read_project(&p);
	return err ? err : lines_lost(x) > lost ? ERR_FORMAT : OK;
}

const struct extractor extract_pyproject = {
	.name = "python/pyproject",
	.summary = "packages that a pyproject.toml asks for",
	.version = 1,
	.sees = SEES_VERSION | SEES_REPOSITORY | SEES_COMMIT,
	.wants = wants,
	.extract = extract,
};
