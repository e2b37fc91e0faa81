/*
 * Manifests of repo: projects with remote and revision, by the document
 * "repo Manifest Format".  Remotes and defaults of included manifests of the
 * tree are known as well; their projects are theirs.
 */
#include "base/limits.h"
#include "base/map.h"
#include "base/path.h"
#include "base/xml_in.h"
#include "extract/declare.h"
#include "extract/origin.h"
#include "extract/scope.h"

#define INCLUDES_MAX 32

struct remote {
	struct str fetch, revision;
};

struct project {
	struct str name, remote, revision;
	unsigned line;
	bool is_removed;
};

struct manifest {
	struct extraction *x;
	bool is_included;      /* the text at hand is another's */
	VEC(struct remote) remotes;
	struct map by_name;    /* of remotes */
	struct remote usual;   /* fetch: name of the remote */
	VEC(struct project) projects;
	struct map by_project; /* name -> last of them */
	struct str includes[INCLUDES_MAX];
	size_t include_count;
};

static struct str attribute(struct manifest *m, const struct xml_element *e,
			    const char *name)
{
	return arena_dup(m->x->scratch, str_c(xml_attribute(e, name)));
}

static void add_remote(struct manifest *m, const struct xml_element *e)
{
	struct str name = attribute(m, e, "name");
	bool is_new;

	map_put(&m->by_name, name, m->remotes.n, &is_new);
	if (is_new)
		vec_push(&m->remotes, ((struct remote){
			attribute(m, e, "fetch"),
			attribute(m, e, "revision")}));
}

static void add_project(struct manifest *m, const struct xml_element *e)
{
	struct str name = attribute(m, e, "name");

	if (m->is_included)
		return;
	*map_put(&m->by_project, name, 0, NULL) = m->projects.n;
	vec_push(&m->projects, ((struct project){
		.name = name, .remote = attribute(m, e, "remote"),
		.revision = attribute(m, e, "revision"), .line = e->line}));
}

/* extend-project and remove-project */
static void change_project(struct manifest *m, const struct xml_element *e)
{
	const size_t *at = map_get(&m->by_project, attribute(m, e, "name"));
	struct str revision = attribute(m, e, "revision");

	if (!at || m->is_included)
		return;
	if (str_is(e->name, "remove-project"))
		m->projects.v[*at].is_removed = true;
	else if (revision.n)
		m->projects.v[*at].revision = revision;
}

static void add_include(struct manifest *m, const struct xml_element *e)
{
	struct str name = attribute(m, e, "name");

	for (size_t i = 0; i < m->include_count; i++)
		if (str_eq(m->includes[i], name))
			return;
	if (m->include_count < INCLUDES_MAX)
		m->includes[m->include_count++] = name;
}

static void open_element(void *with, const struct xml_element *e)
{
	struct manifest *m = with;

	if (str_is(e->name, "remote")) {
		add_remote(m, e);
	} else if (str_is(e->name, "default")) {
		if (!m->usual.fetch.n)
			m->usual = (struct remote){
				attribute(m, e, "remote"),
				attribute(m, e, "revision")};
	} else if (str_is(e->name, "project")) {
		add_project(m, e);
	} else if (str_is(e->name, "extend-project") ||
		   str_is(e->name, "remove-project")) {
		change_project(m, e);
	} else if (str_is(e->name, "include")) {
		add_include(m, e);
	}
}

static void ignore_text(void *with, struct str text)
{
	(void)with;
	(void)text;
}

static void close_element(void *with)
{
	(void)with;
}

static const struct xml_events events = {open_element, ignore_text,
					 close_element};

/* Reads what is included, and what that includes. */
static void read_includes(struct manifest *m)
{
	struct extraction *x = m->x;

	m->is_included = true;
	for (size_t i = 0; i < m->include_count; i++) {
		struct str path = declare_path(x, m->includes[i]);
		const struct file *f = declare_find(x->tree, path);
		struct str text;

		if (!f || f->is_link || str_eq(path, x->path) ||
		    x->tree->read(x->tree, f, LIMIT_SOURCE_BYTES, x->scratch,
				  x->diags, &text))
			continue;
		if (xml_parse(text, f->path, x->diags, &events, m))
			continue; /* said; what stood before it counts */
	}
}

static void emit(struct manifest *m, const struct project *p)
{
	struct extraction *x = m->x;
	struct str name = p->remote.n ? p->remote : m->usual.fetch, url;
	const size_t *at = map_get(&m->by_name, name);
	struct str revision = p->revision;
	struct component *c;

	if (!at || str_has_prefix(m->remotes.v[*at].fetch, STR("."))) {
		diag_add(x->diags, RW1302, diag_at_line(x->path, p->line),
			 "the address of %.*s is not known: remote %.*s",
			 STR_ARG(p->name), STR_ARG(name));
		return;
	}
	if (!revision.n)
		revision = m->remotes.v[*at].revision;
	if (!revision.n)
		revision = m->usual.revision;
	url = path_join(x->scratch, m->remotes.v[*at].fetch, p->name);
	c = origin_repository(x, &extract_repo_manifest, url, revision,
			      p->line);
	if (c)
		c->scope = scope_of_path(x->path, SCOPE_RUNTIME);
}

static bool wants(const struct file *f)
{
	struct str base = path_base(f->path);

	if (!str_has_suffix(base, STR(".xml")) ||
	    str_is(base, "AndroidManifest.xml") || str_is(base, "pom.xml"))
		return false;
	return str_find_ch(f->path, '/') == SIZE_MAX ||
	       str_is(base, "default.xml") ||
	       str_glob(base, STR("*manifest*.xml"), true) ||
	       path_has_dir(f->path, STR("manifests")) ||
	       path_has_dir(f->path, STR("manifest"));
}

static bool sniffs(struct str head)
{
	return str_find(head, STR("<manifest>")) != SIZE_MAX ||
	       (str_find(head, STR("<manifest ")) != SIZE_MAX &&
		str_find(head, STR("<project ")) != SIZE_MAX);
}

static enum err extract(struct extraction *x)
{
	struct manifest m = {.x = x};
	enum err err = xml_parse(x->text, x->path, x->diags, &events, &m);

	read_includes(&m);
	for (size_t i = 0; i < m.projects.n; i++)
		if (!m.projects.v[i].is_removed)
			emit(&m, &m.projects.v[i]);
	vec_release(&m.remotes);
	vec_release(&m.projects);
	map_release(&m.by_name);
	map_release(&m.by_project);
	return err;
}

const struct extractor extract_repo_manifest = {
	.name = "git/repo-manifest",
	.summary = "manifests of repo: projects of a superproject",
	.version = 1,
	.sees = SEES_VERSION | SEES_REPOSITORY | SEES_COMMIT,
	.wants = wants,
	.sniffs = sniffs,
	.extract = extract,
};
