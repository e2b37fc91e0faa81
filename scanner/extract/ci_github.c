/*
 * GitHub Actions: actions that steps use, reusable workflows, images of jobs
 * and services, and what `run` fetches, by the workflow syntax of GitHub.
 * What an action brings in is not seen.
 */
#include "base/path.h"
#include "extract/ci_steps.h"
#include "extract/declare.h"
#include "extract/lines.h"

static bool wants(const struct file *f)
{
	struct str base = path_base(f->path), dir = path_dir(f->path);

	if (str_is(base, "action.yml") || str_is(base, "action.yaml"))
		return true;
	return (str_has_suffix(base, STR(".yml")) ||
		str_has_suffix(base, STR(".yaml"))) &&
	       (str_is(dir, ".github/workflows") ||
		str_has_suffix(dir, STR("/.github/workflows")));
}

/* owner/name[/path]@ref; docker://image; ./path of the project itself. */
static void read_uses(struct ci_steps *s, const struct yaml *node)
{
	struct str text = yaml_str(node), path, ref, owner, name, rest;
	struct component *c;
	struct yaml image;

	if (!text.n || str_has_prefix(text, STR("./")))
		return;
	if (str_has_prefix(text, STR("docker://"))) {
		image = *node;
		image.text = str_from(text, STR("docker://").n);
		ci_steps_image(s, &image);
		return;
	}
	str_cut(text, '@', &path, &ref);
	if (!str_cut(path, '/', &owner, &rest)) {
		lines_bad(s->x, node->line, "not an action", text);
		return;
	}
	str_cut(rest, '/', &name, &rest);
	c = declare_component(s->x, s->extractor, str_head(
		path, owner.n + 1 + name.n), "repository", node->line);
	if (!c)
		return;
	c->scope = ci_steps_scope(s);
	if (declare_repository(s->x, c, arena_fmt(
		s->x->scratch, "https://github.com/%.*s", STR_ARG(c->name)),
		ref))
		return;
	c->is_unpinned = true;
	diag_add(s->x->diags, RW1302, diag_at_line(s->x->path, node->line),
		 "the action is not known: %.*s", STR_ARG(c->name));
}

static void read_steps(struct ci_steps *s, const struct yaml *steps)
{
	if (steps->type != YAML_SEQUENCE)
		return;
	for (const struct yaml *n = steps->first; n; n = n->next) {
		ci_steps_set(s, yaml_get(n, "env"));
		read_uses(s, yaml_get(n, "uses"));
		ci_steps_read(s, yaml_get(n, "run"));
	}
}

/* container: image, or a mapping with one */
static void read_container(struct ci_steps *s, const struct yaml *node)
{
	ci_steps_image(s, node->type == YAML_MAPPING ? yaml_get(node, "image")
						     : node);
}

static void read_jobs(struct ci_steps *s, const struct yaml *jobs)
{
	if (jobs->type != YAML_MAPPING)
		return;
	for (const struct yaml *job = jobs->first; job; job = job->next) {
		const struct yaml *services = yaml_get(job, "services");

		s->shell.dir = (struct shell_dir){.n = 0};
		ci_steps_set(s, yaml_get(job, "env"));
		read_uses(s, yaml_get(job, "uses"));
		read_container(s, yaml_get(job, "container"));
		for (const struct yaml *n = services->first;
		     services->type == YAML_MAPPING && n; n = n->next)
			read_container(s, n);
		read_steps(s, yaml_get(job, "steps"));
	}
}

static enum err extract(struct extraction *x)
{
	unsigned long lost = lines_lost(x);
	const struct yaml *root, *runs;
	struct ci_steps s;
	enum err err = yaml_parse(x->text, 0, x->path, x->scratch, x->diags,
				  &root);

	if (err == ERR_NOTFOUND)
		return OK;
	ci_steps_init(&s, x, &extract_ci_github);
	ci_steps_set(&s, yaml_get(root, "env"));
	read_jobs(&s, yaml_get(root, "jobs"));
	runs = yaml_get(root, "runs");
	read_steps(&s, yaml_get(runs, "steps"));
	if (str_has_prefix(yaml_get_str(runs, "image"), STR("docker://")))
		read_uses(&s, yaml_get(runs, "image"));
	shell_emit(&s.shell, &extract_ci_github);
	ci_steps_release(&s);
	return err ? err : lines_lost(x) > lost ? ERR_FORMAT : OK;
}

const struct extractor extract_ci_github = {
	.name = "ci/github",
	.summary = "actions, images and commands of GitHub workflows",
	.version = 1,
	.sees = SEES_VERSION | SEES_REPOSITORY | SEES_COMMIT,
	.wants = wants,
	.extract = extract,
};
