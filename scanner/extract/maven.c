/*
 * pom.xml: dependencies, plugins (for building), the parent and the lists of
 * versions that stand outside the tree.  Versions come from properties, from
 * parents in the tree and from what these manage; what only a register knows
 * stays unknown.  Modules of the tree are no components.
 */
#include "base/path.h"
#include "extract/declare.h"
#include "extract/lines.h"
#include "extract/package.h"
#include "extract/poms.h"

struct maven {
	struct extraction *x;
	const struct poms *poms;
	struct poms_chain chain; /* the file itself comes first */
};

/* "1.0", or "[1.0]"; a range, SNAPSHOT, LATEST and the like fix nothing. */
static struct str exact(struct str v)
{
	if (v.n > 2 && v.p[0] == '[' && v.p[v.n - 1] == ']' &&
	    str_find_ch(v, ',') == SIZE_MAX)
		v = str_trim(str_sub(v, 1, v.n - 1));
	for (size_t i = 0; i < v.n; i++)
		if (!ascii_is_alnum(v.p[i]) && v.p[i] != '.' &&
		    v.p[i] != '-' && v.p[i] != '_' && v.p[i] != '+')
			return STR("");
	if (str_has_suffix(v, STR("SNAPSHOT")) || str_is(v, "LATEST") ||
	    str_is(v, "RELEASE"))
		return STR("");
	return v;
}

static enum scope scope_of(const struct pom_item *item, struct str written)
{
	if (item->kind == POM_PLUGIN || item->kind == POM_PLUGIN_DEPENDENCY)
		return SCOPE_BUILD;
	if (str_is(written, "import"))
		return SCOPE_BUILD;
	return str_is(written, "test") ? SCOPE_TEST : SCOPE_RUNTIME;
}

/* The version with its properties, "" when it is not known (RW1302). */
static struct str version_of(struct maven *m, const struct pom_item *item,
			     const struct pom_item *managed)
{
	struct str written = item->version, version;

	if (!written.n && managed)
		written = managed->version;
	if (!poms_expand(&m->chain, written, m->x->scratch, &version)) {
		diag_add(m->x->diags, RW1302,
			 diag_at_line(m->x->path, item->line),
			 "a version is not known: %.*s",
			 STR_ARG(str_head(version, 200)));
		return STR("");
	}
	return exact(version);
}

/* Of a name that is not known in full there is no purl. */
static void add_unknown(struct maven *m, const struct pom_item *item,
			struct str group, struct str artifact)
{
	struct component *c = declare_component(
		m->x, &extract_maven, arena_fmt(
			m->x->scratch, "%.*s:%.*s", STR_ARG(group),
			STR_ARG(artifact)), "library", item->line);

	if (!c)
		return;
	c->is_unpinned = true;
	c->scope = scope_of(item, item->scope);
	diag_add(m->x->diags, RW1302, diag_at_line(m->x->path, item->line),
		 "a name is not known: %.*s", STR_ARG(c->name));
}

static bool is_own(struct maven *m, const struct pom_item *item,
		   struct str group, struct str artifact)
{
	const struct pom *own = poms_find(m->poms, group, artifact);

	if (own)
		diag_add(m->x->diags, RW1304,
			 diag_at_line(m->x->path, item->line),
			 "the module %.*s is taken from the folder %.*s",
			 STR_ARG(str_head(artifact, 200)),
			 STR_ARG(path_dir(own->path).n ? path_dir(own->path)
						       : STR(".")));
	return own != NULL;
}

/* Adds what an item names, by a managed one where the chain has it. */
static void add(struct maven *m, const struct pom_item *item,
		struct str group, struct str artifact)
{
	bool is_plugin = item->kind == POM_PLUGIN;
	struct str name = arena_fmt(m->x->scratch, "%.*s:%.*s",
				    STR_ARG(group), STR_ARG(artifact));
	const struct pom *in = NULL;
	const struct pom_item *managed = poms_managed(
		m->poms, &m->chain, is_plugin ? POM_MANAGED_PLUGIN
					      : POM_MANAGED, name, &in);
	struct package p = {
		.type = "maven", .namespace = group, .name = artifact,
		.line = item->line, .kind = item->type,
		.classifier = item->classifier,
		.is_optional = str_is(item->optional, "true")};
	struct component *c;

	p.scope = scope_of(item, item->scope.n || !managed
			   ? item->scope : managed->scope);
	p.version = version_of(m, item, managed);
	c = package_add(m->x, &extract_maven, &p);
	if (c && managed && !item->version.n)
		component_add_evidence(c, (struct evidence){
			arena_dup(m->x->arena, in->path), managed->line});
}

static void read_item(struct maven *m, const struct pom_item *item)
{
	struct str group = item->group, artifact = item->artifact;
	bool is_known;

	if (item->kind == POM_MANAGED_PLUGIN ||
	    (item->kind == POM_MANAGED && !str_is(item->scope, "import")))
		return;
	if (!group.n && item->kind == POM_PLUGIN)
		group = STR(POMS_PLUGINS);
	if (!group.n || !artifact.n) {
		lines_bad(m->x, item->line, "no name", artifact);
		return;
	}
	is_known = poms_expand(&m->chain, group, m->x->scratch, &group);
	is_known &= poms_expand(&m->chain, artifact, m->x->scratch,
				&artifact);
	if (!is_known)
		add_unknown(m, item, group, artifact);
	else if (!is_own(m, item, group, artifact))
		add(m, item, group, artifact);
}

/* A parent that stands outside the tree. */
static void add_parent(struct maven *m, const struct pom *pom)
{
	struct pom_item parent = pom->parent;

	if (!parent.line || m->chain.n > 1)
		return;
	parent.kind = POM_PLUGIN; /* for building, as the purpose goes */
	parent.type = STR("pom");
	if (parent.group.n && parent.artifact.n)
		add(m, &parent, parent.group, parent.artifact);
	else
		lines_bad(m->x, parent.line, "no name", parent.artifact);
}

static bool wants(const struct file *f)
{
	return str_is(path_base(f->path), "pom.xml");
}

static enum err extract(struct extraction *x)
{
	struct maven m = {.x = x, .poms = x->poms};
	unsigned long lost = lines_lost(x);
	struct pom pom;
	enum err err = pom_read(&pom, x->text, x->path, x->scratch,
				x->diags);

	poms_build(x->poms, x->tree);
	poms_chain(x->poms, x->path, &m.chain);
	add_parent(&m, &pom);
	for (size_t i = 0; i < pom.items.n; i++)
		read_item(&m, &pom.items.v[i]);
	pom_release(&pom);
	return err ? err : lines_lost(x) > lost ? ERR_FORMAT : OK;
}

const struct extractor extract_maven = {
	.name = "maven/pom",
	.summary = "dependencies and plugins of pom.xml, with its parents",
	.version = 1,
	.sees = SEES_VERSION,
	.wants = wants,
	.extract = extract,
};
