/*
 * Cargo.lock, versions 1 to 4: crates, checksums, what needs what.  Crates
 * without a source are parts of the project; which of their needs are for
 * tests or building it does not say: Cargo.toml beside it does for its own.
 */
#include "base/limits.h"
#include "base/map.h"
#include "base/path.h"
#include "base/toml_in.h"
#include "extract/companion.h"
#include "extract/declare.h"
#include "extract/lines.h"
#include "extract/lock.h"

struct cargo_lock {
	struct lock lock;
	struct map names;     /* "name" and "name version" -> packages */
	VEC(const struct toml *) nodes;
	const struct toml *manifest; /* beside it */
	size_t own;           /* parts of the project */
};

/* --- packages ------------------------------------------------------------- */

static void add_package(struct cargo_lock *l, const struct toml *t)
{
	struct extraction *x = l->lock.x;
	struct str source = toml_get_str(t, "source"), checksum, rev;
	struct package p = {.type = "cargo", .name = toml_get_str(t, "name"),
			    .version = toml_get_str(t, "version"),
			    .line = t->line};
	size_t i = l->lock.packages.n;

	if (!p.name.n) {
		lines_bad(x, t->line, "a package without a name", STR(""));
		return;
	}
	map_put(&l->names, p.name, i, NULL);
	map_put(&l->names, arena_fmt(x->scratch, "%.*s %.*s",
				     STR_ARG(p.name), STR_ARG(p.version)), i,
		NULL);
	vec_push(&l->nodes, t);
	if (!source.n) {
		l->own++;
		lock_add_own(&l->lock, path_dir(x->path));
		return;
	}
	checksum = toml_get_str(t, "checksum");
	if (checksum.n)
		p.hash = arena_fmt(x->scratch, "sha256:%.*s", STR_ARG(
			str_head(checksum, LIMIT_NAME_BYTES)));
	if (str_has_prefix(source, STR("git+"))) {
		str_cut(source, '#', &source, &rev);
		p.url = str_head(source, str_find_ch(source, '?'));
		p.rev = rev;
	}
	lock_add(&l->lock, &p);
}

/* --- edges ---------------------------------------------------------------- */

/* What the manifest beside says a need of its crate is for. */
static enum scope scope_of(struct cargo_lock *l, const struct toml *from,
			   struct str name)
{
	static const struct {
		const char *table;
		enum scope scope;
	} tables[] = {{"dependencies", SCOPE_RUNTIME},
		      {"build-dependencies", SCOPE_BUILD},
		      {"dev-dependencies", SCOPE_TEST}};
	struct str crate = toml_get_str(toml_get(l->manifest, "package"),
					"name");

	if (!str_eq(crate, toml_get_str(from, "name")))
		return SCOPE_RUNTIME;
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
		const struct toml *t = toml_get(l->manifest, tables[i].table);

		if (t->type != TOML_TABLE)
			continue;
		for (const struct toml *m = t->first; m; m = m->next)
			if (str_eq(m->key, name))
				return tables[i].scope;
	}
	return SCOPE_RUNTIME;
}

static void read_edges(struct cargo_lock *l, size_t from)
{
	const struct toml *t = l->nodes.v[from];
	const struct toml *list = toml_get(t, "dependencies");

	if (list->type != TOML_ARRAY)
		return;
	for (const struct toml *d = list->first; d; d = d->next) {
		/* "name", "name version" or "name version (source)" */
		struct str text = toml_str(d);
		struct str key = str_head(text, str_find(text, STR(" (")));
		const size_t *to = map_get(&l->names, key);
		enum scope scope = SCOPE_UNKNOWN;

		if (!to || *to == from)
			continue;
		if (l->lock.packages.v[from].is_own)
			scope = scope_of(l, t, str_head(
				key, str_find_ch(key, ' ')));
		lock_need(&l->lock, from, *to, scope, false);
	}
}

/* --- files ---------------------------------------------------------------- */

static void read_manifest(struct cargo_lock *l)
{
	struct diags unheard = {0};
	enum err err = toml_parse(companion_beside(l->lock.x, "Cargo.toml"),
				  l->lock.x->path, l->lock.x->scratch,
				  &unheard, &l->manifest);

	(void)err; /* said when it is read by itself */
	diag_release(&unheard);
}

static bool wants(const struct file *f)
{
	return str_is(path_base(f->path), "Cargo.lock");
}

static enum err extract(struct extraction *x)
{
	struct cargo_lock l = {
		.lock = {.x = x, .extractor = &extract_cargo_lock}};
	unsigned long lost = lines_lost(x);
	const struct toml *root, *list;
	enum err err = toml_parse(x->text, x->path, x->scratch, x->diags,
				  &root);

	read_manifest(&l);
	list = toml_get(root, "package");
	if (list->type == TOML_ARRAY)
		for (const struct toml *t = list->first; t; t = t->next)
			add_package(&l, t);
	for (size_t i = 0; i < l.nodes.n; i++)
		read_edges(&l, i);
	l.lock.is_below = l.own > 1;
	lock_emit(&l.lock);
	map_release(&l.names);
	vec_release(&l.nodes);
	return err ? err : lines_lost(x) > lost ? ERR_FORMAT : OK;
}

const struct extractor extract_cargo_lock = {
	.name = "rust/cargo-lock",
	.summary = "crates and edges of Cargo.lock",
	.version = 1,
	.sees = SEES_VERSION | SEES_HASH | SEES_EDGES | SEES_REPOSITORY |
		SEES_COMMIT,
	.max_bytes = LIMIT_LOCK_BYTES,
	.wants = wants,
	.extract = extract,
};
