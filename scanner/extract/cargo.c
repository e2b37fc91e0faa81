/*
 * Cargo.toml: what a crate of Rust needs, with what it inherits from its
 * workspace, by the Cargo Book (1.80).  "1.2" is a range there; only "=1.2.3"
 * fixes a version: Cargo.lock has the rest.
 */
#include "base/path.h"
#include "base/toml_in.h"
#include "extract/companion.h"
#include "extract/declare.h"
#include "extract/lines.h"
#include "extract/package.h"

#define WORKSPACE_BYTES (256 << 10) /* it is read for each of its crates */

struct cargo {
	struct extraction *x;
	const struct toml *root;
	const struct toml *inherited; /* [workspace.dependencies], or absent */
};

static bool is_true(const struct toml *t)
{
	return t->type == TOML_PLAIN && str_is(t->text, "true");
}

/* The nearest Cargo.toml above that has a workspace. */
static const struct toml *find_workspace(struct cargo *c)
{
	const struct toml *own = toml_get(c->root, "workspace");
	struct str dir = path_dir(c->x->path);
	struct diags unheard = {0};
	const struct toml *root;

	while (own->type != TOML_TABLE && dir.n) {
		struct str text;
		enum err err;

		dir = path_dir(dir);
		text = companion_text(c->x, path_join(
			c->x->scratch, dir, STR("Cargo.toml")));
		if (!text.n || text.n > WORKSPACE_BYTES)
			continue;
		err = toml_parse(text, c->x->path, c->x->scratch, &unheard,
				 &root);
		(void)err; /* what is sound of it counts */
		own = toml_get(root, "workspace");
	}
	diag_release(&unheard);
	return toml_get(own, "dependencies");
}

static const struct toml *find_inherited(struct cargo *c, struct str name)
{
	if (!c->inherited)
		c->inherited = find_workspace(c);
	if (c->inherited->type != TOML_TABLE)
		return NULL;
	for (const struct toml *m = c->inherited->first; m; m = m->next)
		if (str_eq(m->key, name))
			return m;
	return NULL;
}

static struct str exact(struct str version)
{
	struct str v = str_trim(version);

	if (!str_has_prefix(v, STR("=")))
		return STR("");
	v = str_trim(str_from(v, 1));
	return package_is_semver(v) ? v : STR("");
}

/* The source that a table names; `says` is the table it stands in. */
static void set_source(struct package *p, const struct toml *says)
{
	static const char *const revs[] = {"rev", "tag", "branch"};

	if (says->type == TOML_STRING) {
		p->version = exact(says->text);
		return;
	}
	if (toml_get_str(says, "package").n)
		p->name = toml_get_str(says, "package");
	p->version = exact(toml_get_str(says, "version"));
	p->url = toml_get_str(says, "git");
	for (size_t i = 0; p->url.n && !p->rev.n && i < 3; i++)
		p->rev = toml_get_str(says, revs[i]);
}

static void add(struct cargo *c, const struct toml *m, enum scope scope)
{
	struct package p = {.type = "cargo", .name = m->key, .scope = scope,
			    .line = m->line, .may_be_locked = true,
			    .is_optional = is_true(toml_get(m, "optional"))};
	const struct toml *says = m;
	struct str path;

	if (m->type != TOML_STRING && m->type != TOML_TABLE) {
		lines_bad(c->x, m->line, "not a dependency", m->key);
		return;
	}
	if (is_true(toml_get(m, "workspace")))
		says = find_inherited(c, m->key);
	if (!says) {
		diag_add(c->x->diags, RW1302,
			 diag_at_line(c->x->path, m->line),
			 "the workspace of %.*s is not there",
			 STR_ARG(str_head(m->key, 100)));
		says = m;
	}
	path = toml_get_str(says, "path");
	if (path.n) {
		diag_add(c->x->diags, RW1304,
			 diag_at_line(c->x->path, m->line),
			 "the crate %.*s is taken from %.*s",
			 STR_ARG(str_head(m->key, 100)),
			 STR_ARG(str_head(path, 200)));
		return;
	}
	set_source(&p, says);
	package_add(c->x, &extract_cargo, &p);
}

static void read_table(struct cargo *c, const struct toml *table,
		       enum scope scope)
{
	if (table->type != TOML_TABLE)
		return;
	for (const struct toml *m = table->first; m; m = m->next)
		add(c, m, scope);
}

/* The tables of a crate, or of it on one kind of machine. */
static void read_tables(struct cargo *c, const struct toml *of)
{
	read_table(c, toml_get(of, "dependencies"), SCOPE_RUNTIME);
	read_table(c, toml_get(of, "build-dependencies"), SCOPE_BUILD);
	read_table(c, toml_get(of, "dev-dependencies"), SCOPE_TEST);
}

static bool wants(const struct file *f)
{
	return str_is(path_base(f->path), "Cargo.toml");
}

static enum err extract(struct extraction *x)
{
	struct cargo c = {.x = x};
	unsigned long lost = lines_lost(x);
	enum err err = toml_parse(x->text, x->path, x->scratch, x->diags,
				  &c.root);
	const struct toml *targets = toml_get(c.root, "target");

	read_tables(&c, c.root);
	if (targets->type == TOML_TABLE)
		for (const struct toml *t = targets->first; t; t = t->next)
			read_tables(&c, t);
	return err ? err : lines_lost(x) > lost ? ERR_FORMAT : OK;
}

const struct extractor extract_cargo = {
	.name = "rust/cargo",
	.summary = "crates that a Cargo.toml asks for",
	.version = 1,
	.sees = SEES_VERSION | SEES_REPOSITORY | SEES_COMMIT,
	.wants = wants,
	.extract = extract,
};
