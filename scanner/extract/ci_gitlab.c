/*
 * GitLab CI: images and services of jobs, what other projects are included,
 * and what scripts fetch, by the CI/CD YAML reference of GitLab.  Included
 * files of the project are read where their own path tells what they are.
 */
#include "base/path.h"
#include "extract/ci_steps.h"
#include "extract/declare.h"
#include "extract/lines.h"

#define NESTED_MAX 4 /* lists of lists of commands */

static bool wants(const struct file *f)
{
	struct str base = path_base(f->path);
	bool is_yaml = str_has_suffix(base, STR(".yml")) ||
		       str_has_suffix(base, STR(".yaml"));

	return is_yaml && (str_has_suffix(base, STR(".gitlab-ci.yml")) ||
			   str_has_suffix(base, STR(".gitlab-ci.yaml")) ||
			   str_has_prefix(f->path, STR(".gitlab/")) ||
			   str_has_prefix(f->path, STR(".gitlab-ci/")));
}

static void read_image(struct ci_steps *s, const struct yaml *node)
{
	ci_steps_image(s, node->type == YAML_MAPPING ? yaml_get(node, "name")
						     : node);
}

/* A list of commands, also of lists, as anchors make them. */
static void read_script(struct ci_steps *s, const struct yaml *node)
{
	const struct yaml *levels[NESTED_MAX];
	size_t depth = 0;

	if (node->type == YAML_SCALAR)
		ci_steps_read(s, node);
	if (node->type != YAML_SEQUENCE)
		return;
	levels[depth++] = node->first;
	while (depth) {
		const struct yaml *n = levels[depth - 1];

		if (!n) {
			depth--;
			continue;
		}
		levels[depth - 1] = n->next;
		if (n->type == YAML_SCALAR)
			ci_steps_read(s, n);
		else if (n->type == YAML_SEQUENCE && depth < NESTED_MAX)
			levels[depth++] = n->first;
	}
}

static void read_job(struct ci_steps *s, const struct yaml *job)
{
	const struct yaml *services = yaml_get(job, "services");

	s->shell.dir = (struct shell_dir){.n = 0};
	ci_steps_set(s, yaml_get(job, "variables"));
	read_image(s, yaml_get(job, "image"));
	for (const struct yaml *n = services->first;
	     services->type == YAML_SEQUENCE && n; n = n->next)
		read_image(s, n);
	read_script(s, yaml_get(job, "before_script"));
	read_script(s, yaml_get(job, "script"));
	read_script(s, yaml_get(job, "after_script"));
}

/* - project: group/name  ref: v1; - remote: address */
static void read_include(struct ci_steps *s, const struct yaml *node)
{
	struct str project = yaml_get_str(node, "project");
	struct str remote = yaml_get_str(node, "remote");
	struct component *c;

	if (remote.n)
		shell_fetch_add(&s->shell, remote, STR(""), node->line);
	if (!project.n)
		return;
	c = declare_component(s->x, s->extractor, project, "repository",
			      node->line);
	if (!c)
		return;
	c->scope = ci_steps_scope(s);
	c->is_unpinned = !declare_is_commit(yaml_get_str(node, "ref"));
	diag_add(s->x->diags, RW1302, diag_at_line(s->x->path, node->line),
		 "the host of the project is not known: %.*s",
		 STR_ARG(c->name));
}

static enum err extract(struct extraction *x)
{
	unsigned long lost = lines_lost(x);
	const struct yaml *root, *include;
	struct ci_steps s;
	enum err err = yaml_parse(x->text, 0, x->path, x->scratch, x->diags,
				  &root);

	if (err == ERR_NOTFOUND)
		return OK;
	ci_steps_init(&s, x, &extract_ci_gitlab);
	read_job(&s, root); /* the defaults of all jobs */
	include = yaml_get(root, "include");
	if (include->type == YAML_SEQUENCE)
		for (const struct yaml *n = include->first; n; n = n->next)
			read_include(&s, n);
	else
		read_include(&s, include);
	for (const struct yaml *job = root->first;
	     root->type == YAML_MAPPING && job; job = job->next)
		if (job->type == YAML_MAPPING)
			read_job(&s, job);
	shell_emit(&s.shell, &extract_ci_gitlab);
	ci_steps_release(&s);
	return err ? err : lines_lost(x) > lost ? ERR_FORMAT : OK;
}

const struct extractor extract_ci_gitlab = {
	.name = "ci/gitlab",
	.summary = "images, includes and commands of GitLab CI",
	.version = 1,
	.sees = SEES_VERSION | SEES_REPOSITORY | SEES_COMMIT,
	.wants = wants,
	.extract = extract,
};
