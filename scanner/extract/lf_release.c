/*
 * Release files of Linux Foundation projects: which images were made, and
 * from which commit.  They are what the project puts out, not what it needs:
 * their scope is `release`, no policy counts it, and the image contains the
 * project.  Releases to Maven and packagecloud name no image.
 */
#include "base/limits.h"
#include "base/path.h"
#include "base/yaml_in.h"
#include "extract/declare.h"
#include "extract/image.h"
#include "extract/lines.h"

struct release {
	struct extraction *x;
	struct str registry;   /* where the images are released to */
	struct str repository; /* "" when not known */
	struct str commit;
};

static bool wants(const struct file *f)
{
	struct str base = path_base(f->path);
	struct str folder = path_base(path_dir(f->path));

	return (str_is(folder, "releases") || str_is(folder, ".releases")) &&
	       (str_has_suffix(base, STR(".yaml")) ||
		str_has_suffix(base, STR(".yml")));
}

/* Where the images and the repositories of an organisation lie. */
struct home {
	const char *registry, *folder, *repositories;
};

static struct home home_of(struct str registry)
{
	static const struct home homes[] = {
		{"nexus3.o-ran-sc.org", "o-ran-sc/",
		 "https://gerrit.o-ran-sc.org/r/"},
		{"nexus3.onap.org", "onap/", "https://gerrit.onap.org/r/"},
	};

	for (size_t i = 0; i < sizeof homes / sizeof *homes; i++)
		if (str_has_prefix(registry, str_c(homes[i].registry)))
			return homes[i];
	return (struct home){"", "", ""};
}

static void add_image(struct release *r, const struct yaml *container,
		      struct str version)
{
	struct extraction *x = r->x;
	struct str name = yaml_get_str(container, "name");
	struct str folder = str_find_ch(name, '/') == SIZE_MAX
		? str_c(home_of(r->registry).folder) : STR("");
	struct image image;
	struct component *c;
	struct str text;

	if (yaml_get_str(container, "version").n)
		version = yaml_get_str(container, "version");
	text = arena_fmt(x->scratch, "%.*s/%.*s%.*s:%.*s",
			 STR_ARG(r->registry),
			 STR_ARG(folder), STR_ARG(name), STR_ARG(version));
	if (!name.n || !version.n || !image_parse(text, &image)) {
		lines_bad(x, container->line, "not an image", text);
		return;
	}
	c = image_add(x, &extract_lf_release, &image, container->line);
	if (!c)
		return;
	c->scope = SCOPE_RELEASE;
	if (r->repository.n) {
		c->provenance.kind = PROVENANCE_REPOSITORY;
		c->provenance.repository = arena_dup(x->arena, r->repository);
		c->provenance.commit = arena_dup(x->arena, r->commit);
	}
	if (x->root != SIZE_MAX)
		component_add_edge(x->parts, x->parts->components.n - 1,
				   x->root, EDGE_CONTAINS);
}

/* That of the project where its name is a path, as on Gerrit; else the one
 * that the file stands in. */
static struct str repository_of(const struct release *r, struct str project)
{
	const struct extraction *x = r->x;
	struct str base = str_c(home_of(r->registry).repositories);

	if (base.n && str_find_ch(project, '/') != SIZE_MAX)
		return component_repository_url(
			arena_fmt(x->scratch, "%.*s%.*s", STR_ARG(base),
				  STR_ARG(project)), x->scratch);
	return x->root == SIZE_MAX
		? STR("")
		: x->parts->components.v[x->root].provenance.repository;
}

static enum err extract(struct extraction *x)
{
	unsigned long lost = lines_lost(x);
	const struct yaml *root, *list;
	struct release r = {.x = x};
	enum err err = yaml_parse(x->text, 0, x->path, x->scratch, x->diags,
				  &root);

	if (err == ERR_NOTFOUND)
		return OK;
	if (!str_is(yaml_get_str(root, "distribution_type"), "container"))
		return err;
	r.registry = yaml_get_str(root, "container_push_registry");
	if (!r.registry.n)
		r.registry = yaml_get_str(root, "container_pull_registry");
	r.commit = str_trim(yaml_get_str(root, "ref"));
	if (declare_is_commit(r.commit))
		r.repository = repository_of(&r, yaml_get_str(root,
							      "project"));
	list = yaml_get(root, "containers");
	if (list->type == YAML_SEQUENCE)
		for (const struct yaml *n = list->first; n; n = n->next)
			add_image(&r, n, yaml_get_str(
					root, "container_release_tag"));
	return err ? err : lines_lost(x) > lost ? ERR_FORMAT : OK;
}

const struct extractor extract_lf_release = {
	.name = "lf/releases",
	.summary = "released images and the commit they were made from",
	.version = 1,
	.sees = SEES_VERSION | SEES_EDGES | SEES_COMMIT | SEES_REPOSITORY,
	.wants = wants,
	.extract = extract,
};
