/*
 * container-tag.yaml of Linux Foundation projects: the tag that the next
 * image gets.  It is the version of the project where there is one such tag.
 */
#include "base/limits.h"
#include "base/path.h"
#include "base/yaml_in.h"
#include "extract/declare.h"
#include "extract/lines.h"

static bool wants(const struct file *f)
{
	return str_is(path_base(f->path), "container-tag.yaml");
}

/* Another such file spoke before. */
static bool has_tag(const struct component *c)
{
	for (size_t i = 0; i < c->evidence.n; i++)
		if (str_is(path_base(c->evidence.v[i].path),
			   "container-tag.yaml"))
			return true;
	return false;
}

static enum err extract(struct extraction *x)
{
	const struct yaml *root, *tag;
	struct component *c;
	enum err err = yaml_parse(x->text, 0, x->path, x->scratch, x->diags,
				  &root);

	tag = yaml_get(root, "tag");
	if (err == ERR_NOTFOUND)
		return OK;
	if (!yaml_str(tag).n || yaml_str(tag).n > LIMIT_NAME_BYTES) {
		lines_bad(x, tag->line, "no tag", STR(""));
		return ERR_FORMAT;
	}
	if (x->root == SIZE_MAX)
		return err;
	c = &x->parts->components.v[x->root];
	if (has_tag(c) && !str_eq(c->version, yaml_str(tag)))
		c->version = STR(""); /* several images */
	else if (!has_tag(c) && !c->version.n)
		c->version = arena_dup(x->arena, yaml_str(tag));
	component_add_evidence(c, (struct evidence){x->path, tag->line});
	return err;
}

const struct extractor extract_lf_tag = {
	.name = "lf/container-tag",
	.summary = "the tag of the next image as version of the project",
	.version = 1,
	.sees = SEES_VERSION,
	.wants = wants,
	.extract = extract,
};
