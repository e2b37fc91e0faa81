/*
 * Helm charts: what a chart depends on (Chart.yaml of API v2, the
 * requirements.yaml of v1), and the images that its values name.  A range of
 * versions is no version.
 */
#include "base/limits.h"
#include "base/path.h"
#include "extract/companion.h"
#include "extract/declare.h"
#include "extract/helm_values.h"
#include "extract/lines.h"
#include "extract/scope.h"

#define CHART_FILE "Chart.yaml"

/* --- dependencies --------------------------------------------------------- */

/* X.Y.Z with what may follow; everything else is a range. */
static bool is_exact(struct str version)
{
	struct str core = version, part;
	unsigned parts = 0;
	uint64_t number;

	if (str_has_prefix(core, STR("v")) || str_has_prefix(core, STR("=")))
		core = str_from(core, 1);
	core = str_head(core, str_find_ch(core, '+'));
	core = str_head(core, str_find_ch(core, '-'));
	while (str_split(&core, '.', &part)) {
		if (!str_to_u64(part, &number))
			return false;
		parts++;
	}
	return parts == 3 && str_find_ch(version, ' ') == SIZE_MAX &&
	       str_find_ch(version, '|') == SIZE_MAX;
}

/* A purl for where the chart is fetched from. */
static void set_purl(struct extraction *x, struct component *c,
		     struct str repository)
{
	struct purl p = {.type = STR("generic"), .name = c->name,
			 .version = c->version};
	struct str url = repository;

	while (url.n && url.p[url.n - 1] == '/')
		url.n--;
	if (str_has_prefix(url, STR("oci://"))) {
		p.type = STR("oci");
		p.version = STR("");
		url = arena_fmt(x->scratch, "%.*s/%.*s",
				STR_ARG(str_from(url, 6)), STR_ARG(c->name));
		vec_push(&p.qualifiers, ((struct purl_qualifier){
			STR("tag"), c->version}));
	}
	vec_push(&p.qualifiers, ((struct purl_qualifier){
		STR("repository_url"), url}));
	declare_purl(x, c, &p);
}

/* The folder of a chart in this tree: file://..., or none given and unpacked
 * below charts/; "" when it stands elsewhere. */
static struct str chart_folder(struct extraction *x, struct str name,
			       struct str repository)
{
	struct str dir = repository.n
		? str_from(repository, STR("file://").n)
		: path_join(x->scratch, STR("charts"), name);

	dir = declare_path(x, dir);
	return dir.n && declare_find(x->tree, path_join(
		x->scratch, dir, STR(CHART_FILE))) ? dir : STR("");
}

static bool is_web(struct str url)
{
	return str_has_prefix(url, STR("https://")) ||
	       str_has_prefix(url, STR("http://")) ||
	       str_has_prefix(url, STR("oci://"));
}

/* Where a chart comes from. */
static void set_origin(struct extraction *x, struct component *c,
		       struct str repository)
{
	if (is_web(repository) && repository.n <= LIMIT_NAME_BYTES &&
	    str_find_ch(repository, '@') == SIZE_MAX)
		set_purl(x, c, repository);
	else
		diag_add(x->diags, RW1302,
			 diag_at_line(x->path, c->evidence.v[0].line),
			 "where the chart %.*s comes from is not known",
			 STR_ARG(c->name));
}

static void add_dependency(struct extraction *x, enum scope scope,
			   const struct yaml *item)
{
	struct str name = str_trim(yaml_get_str(item, "name"));
	struct str version = str_trim(yaml_get_str(item, "version"));
	struct str repository = str_trim(yaml_get_str(item, "repository"));
	struct component *c;
	struct str dir = STR("");

	if (name.n == 0) {
		lines_bad(x, item->line, "a chart without a name", item->text);
		return;
	}
	if (!repository.n || str_has_prefix(repository, STR("file://")))
		dir = chart_folder(x, name, repository);
	if (dir.n) {
		diag_add(x->diags, RW1304, diag_at_line(x->path, item->line),
			 "the chart %.*s is taken from the folder %.*s",
			 STR_ARG(name), STR_ARG(dir));
		return;
	}
	c = declare_component(x, &extract_helm, name, "chart", item->line);
	if (!c)
		return;
	c->scope = scope;
	c->is_unpinned = !is_exact(version);
	if (!c->is_unpinned)
		declare_version(x, c, version);
	set_origin(x, c, repository);
}

static void read_dependencies(struct extraction *x, const struct yaml *root)
{
	enum scope scope = scope_of_path(x->path, SCOPE_RUNTIME);
	const struct yaml *list = yaml_get(root, "dependencies");

	if (list->type == YAML_SCALAR && yaml_str(list).n)
		lines_bad(x, list->line, "not a list of charts", list->text);
	for (const struct yaml *item = list->first; item; item = item->next)
		add_dependency(x, scope, item);
}

/* --- values --------------------------------------------------------------- */

/* appVersion of the chart in the same folder; what is wrong with that file is
 * said when it is read itself. */
static struct str app_version(struct extraction *x)
{
	struct str text = companion_beside(x, CHART_FILE);
	struct diags unheard = {0};
	const struct yaml *root;
	struct str version = STR("");

	if (text.n && !yaml_parse(text, 0, x->path, x->scratch, &unheard,
				  &root))
		version = str_trim(yaml_get_str(root, "appVersion"));
	diag_release(&unheard);
	return version;
}

/* --- files ---------------------------------------------------------------- */

static bool is_chart(struct str base)
{
	return str_is(base, CHART_FILE) || str_is(base, "requirements.yaml");
}

static bool wants(const struct file *f)
{
	static const char *const values[] = {
		"*values*.y*ml", "*override*.y*ml", "*recipe*.y*ml"};
	struct str base = path_base(f->path);

	if (path_has_dir(f->path, STR("templates")))
		return false;
	if (str_any(base, values, str_is_like))
		return true;
	return is_chart(base) ||
	       (path_has_dir(f->path, STR("RECIPE_EXAMPLE")) &&
		str_glob(base, STR("*.y*ml"), true));
}

static enum err extract(struct extraction *x)
{
	unsigned long lost = lines_lost(x);
	const struct yaml *root;
	enum err err = yaml_parse(x->text, 0, x->path, x->scratch, x->diags,
				  &root);

	if (err == ERR_NOTFOUND)
		return OK; /* an empty file */
	if (is_chart(path_base(x->path)))
		read_dependencies(x, root);
	else
		helm_values_read(x, root, app_version(x));
	return err ? err : lines_lost(x) > lost ? ERR_FORMAT : OK;
}

const struct extractor extract_helm = {
	.name = "helm/chart",
	.summary = "charts that a Helm chart needs, images in its values",
	.version = 1,
	.sees = SEES_VERSION | SEES_HASH,
	.wants = wants,
	.extract = extract,
};
