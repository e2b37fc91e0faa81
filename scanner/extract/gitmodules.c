/*
 * Submodules: the gitlinks of a tree give the fixed commits, .gitmodules the
 * addresses; both are joined on the path, by gitmodules(5) and the syntax of
 * git-config(1).  A gitlink that no entry explains is kept all the same.
 */
#include "base/limits.h"
#include "base/map.h"
#include "base/path.h"
#include "base/strbuf.h"
#include "extract/declare.h"
#include "extract/lines.h"
#include "extract/scope.h"

#define MODULES_FILE ".gitmodules"

struct entry {
	struct str path, url, branch;
	unsigned line;  /* of its section */
	bool is_used;   /* a gitlink stands at its path */
};

struct gitmodules {
	struct extraction *x;
	struct lines lines;
	VEC(struct entry) entries;
	struct map by_path;
	bool in_module;      /* in a section of a submodule */
	struct strbuf value;
};

/* --- syntax --------------------------------------------------------------- */

/* The value of a key: quotes, escapes, comments, lines that go on.  False
 * when a quote stays open or it is too long. */
static bool read_value(struct gitmodules *g, struct str rest)
{
	bool is_quoted = false;

	strbuf_clear(&g->value);
	while (rest.n) {
		char c = rest.p[0];
		char next = rest.n > 1 ? rest.p[1] : 0;

		if (c == '\\' && rest.n == 1) {
			if (!lines_next(&g->lines, &rest))
				break;
			continue;
		}
		if (c == '\\')
			strbuf_ch(&g->value, next == 'n' ? '\n'
					     : next == 't' ? '\t' : next);
		else if (c == '"')
			is_quoted = !is_quoted;
		else if (!is_quoted && (c == '#' || c == ';'))
			break;
		else
			strbuf_ch(&g->value, c);
		rest = str_from(rest, c == '\\' ? 2 : 1);
	}
	return !is_quoted && !g->value.full;
}

static void read_section(struct gitmodules *g, struct str line)
{
	struct str name = str_trim(str_from(line, 1));

	g->in_module = false;
	if (str_find_ch(line, ']') == SIZE_MAX) {
		lines_bad(g->x, g->lines.number, "not a section", line);
	} else if (str_has_prefix_nocase(name, STR("submodule"))) {
		g->in_module = true;
		vec_push(&g->entries, ((struct entry){
			.line = g->lines.number}));
	}
}

static void read_key(struct gitmodules *g, struct str line)
{
	unsigned number = g->lines.number;
	struct str key, rest, value;
	struct entry *e;

	if (!str_cut(line, '=', &key, &rest) ||
	    !read_value(g, str_trim(rest))) {
		lines_bad(g->x, number, "not understood", line);
		return;
	}
	if (!g->in_module)
		return;
	e = &g->entries.v[g->entries.n - 1];
	value = arena_dup(g->x->scratch, str_trim(strbuf_str(&g->value)));
	key = str_trim(key);
	if (str_eq_nocase(key, STR("path")))
		e->path = value;
	else if (str_eq_nocase(key, STR("url")))
		e->url = value;
	else if (str_eq_nocase(key, STR("branch")))
		e->branch = value;
}

static void read_entries(struct gitmodules *g)
{
	struct str line;

	g->lines = lines_of(g->x);
	while (lines_next(&g->lines, &line)) {
		line = str_trim(line);
		if (line.n == 0 || line.p[0] == '#' || line.p[0] == ';')
			continue;
		if (line.p[0] == '[')
			read_section(g, line);
		else
			read_key(g, line);
	}
	for (size_t i = 0; i < g->entries.n; i++)
		if (g->entries.v[i].path.n)
			map_put(&g->by_path, g->entries.v[i].path, i, NULL);
}

/* --- components ----------------------------------------------------------- */

/* A relative address against that of the tree itself; "" when the latter is
 * not known or is left. */
static struct str absolute_url(struct extraction *x, struct str url)
{
	struct str base = x->root < x->parts->components.n
		? x->parts->components.v[x->root].provenance.repository
		: STR("");

	if (!str_has_prefix(url, STR("./")) &&
	    !str_has_prefix(url, STR("../")))
		return url;
	for (;;) {
		if (str_has_prefix(url, STR("./"))) {
			url = str_from(url, 2);
		} else if (str_has_prefix(url, STR("../"))) {
			url = str_from(url, 3);
			base = path_dir(base);
		} else {
			break;
		}
	}
	if (base.n <= STR("https://").n)
		return STR("");
	return path_join(x->scratch, base, url);
}

static struct component *add_module(struct extraction *x, struct str path,
				    struct str name, unsigned line)
{
	struct component *c = declare_component(x, &extract_gitmodules, name,
						"repository", line);

	if (c) /* the folder itself counts as one of its folders */
		c->scope = scope_of_path(arena_fmt(x->scratch, "%.*s/",
						   STR_ARG(path)),
					 SCOPE_RUNTIME);
	return c;
}

/* A gitlink whose address nobody gives. */
static void add_bare(struct extraction *x, const struct file *f)
{
	struct component *c = add_module(x, f->path, path_base(f->path), 0);

	if (!c)
		return;
	c->evidence.v[0].path = arena_dup(x->arena, f->path);
	c->provenance.commit = arena_dup(x->arena, f->commit);
	c->version = c->provenance.commit;
	diag_add(x->diags, RW1303, diag_at(f->path),
		 "the submodule has no entry in " MODULES_FILE);
}

/* An entry, at the commit of its gitlink or at none (""). */
static void add_entry(struct extraction *x, const struct entry *e,
		      const struct file *link)
{
	struct str url = absolute_url(x, e->url);
	struct str path = link ? link->path : e->path;
	struct str commit = link ? link->commit : STR("");
	struct component *c = add_module(x, path, path_base(path), e->line);

	if (!c)
		return;
	if (link)
		component_add_evidence(c, (struct evidence){
			arena_dup(x->arena, path), 0});
	if (declare_repository(x, c, url, commit)) {
		c->name = path_base(c->provenance.repository);
		c->provenance.ref = arena_dup(x->arena, e->branch);
		return;
	}
	c->provenance.commit = arena_dup(x->arena, commit);
	c->version = c->provenance.commit;
	c->is_unpinned = commit.n == 0;
	diag_add(x->diags, RW1303, diag_at_line(x->path, e->line),
		 "the submodule %.*s has no usable address", STR_ARG(path));
}

/* All gitlinks in order of their paths, then what has no gitlink. */
static void add_all(struct gitmodules *g)
{
	const struct tree *t = g->x->tree;

	for (size_t i = 0; t && i < t->files.n; i++) {
		const struct file *f = &t->files.v[i];
		const size_t *at;

		if (!f->is_gitlink)
			continue;
		at = map_get(&g->by_path, f->path);
		if (at) {
			g->entries.v[*at].is_used = true;
			add_entry(g->x, &g->entries.v[*at], f);
		} else {
			add_bare(g->x, f);
		}
	}
	for (size_t i = 0; i < g->entries.n; i++) {
		const struct entry *e = &g->entries.v[i];

		if (e->path.n == 0)
			lines_bad(g->x, e->line, "the submodule has no path",
				  e->url);
		else if (*map_get(&g->by_path, e->path) != i)
			lines_bad(g->x, e->line, "another submodule has the "
				  "path", e->path);
		else if (!e->is_used)
			add_entry(g->x, e, NULL);
	}
}

static bool wants(const struct file *f)
{
	return f->is_gitlink || str_is(f->path, MODULES_FILE);
}

static enum err extract(struct extraction *x)
{
	struct gitmodules g = {.x = x};
	unsigned long lost = lines_lost(x);
	const struct file *list = declare_find(x->tree, STR(MODULES_FILE));

	if (x->file->is_gitlink) {
		if (!list || list->is_link)
			add_bare(x, x->file);
		return OK; /* else it was added along with .gitmodules */
	}
	strbuf_init(&g.value, LIMIT_NAME_BYTES);
	read_entries(&g);
	add_all(&g);
	strbuf_release(&g.value);
	map_release(&g.by_path);
	vec_release(&g.entries);
	return lines_lost(x) > lost ? ERR_FORMAT : OK;
}

const struct extractor extract_gitmodules = {
	.name = "git/submodules",
	.summary = "submodules: gitlinks and .gitmodules",
	.version = 1,
	.sees = SEES_VERSION | SEES_REPOSITORY | SEES_COMMIT,
	.max_bytes = 64 * LIMIT_MB,
	.wants = wants,
	.extract = extract,
};
